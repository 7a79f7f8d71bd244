#include "tui/screens/closing_form.h"

#include "tui/form.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/closing.h>
#include <mulin/desk/round.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECES_SIZE = 8, FORM_COLUMNS = 48, WITH_SIDE = 76, LEFT_ROWS = 3 };

/* What the form fills, as it was typed. */
struct count {
    char counted[MU_MONEY_SIZE];
    char reason[MU_REASON_SIZE];
    char pieces[MU_DENOMINATIONS][PIECES_SIZE];
};

#define PIECES(index)                                                                              \
    {                                                                                              \
        .key = "pieces_" #index, .label = MU_SAY_closing_pieces_##index,                           \
        .help = MU_SAY_closing_pieces_help, .kind = MU_FIELD_TEXT,                                 \
        .offset = offsetof(struct count, pieces[index]), .size = PIECES_SIZE                       \
    }

static const struct mu_field fields[] = {
    {.key = "counted",
     .label = MU_SAY_closing_counted,
     .help = MU_SAY_closing_counted_help,
     .kind = MU_FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct count, counted),
     .size = MU_MONEY_SIZE},
    {.key = "reason",
     .label = MU_SAY_closing_reason,
     .help = MU_SAY_closing_reason_help,
     .kind = MU_FIELD_NOTE,
     .offset = offsetof(struct count, reason),
     .size = MU_REASON_SIZE},
    PIECES(0),
    PIECES(1),
    PIECES(2),
    PIECES(3),
    PIECES(4),
    PIECES(5),
    PIECES(6),
    PIECES(7),
};

enum { FIELDS = sizeof fields / sizeof *fields, FIRST_PIECES = FIELDS - MU_DENOMINATIONS };

struct closing_form {
    struct mu_form *form;
    struct count count;
    struct mu_date date;
    char session[MU_RULE_ID_SIZE];
    char name[MU_RULE_NAME_SIZE]; /* of the session */
    struct mu_settlement settlement;
    struct mu_rounds_left left; /* of what couriers bring */
    char notes[MU_NOTES_SIZE];
    struct mu_money counted;
    unsigned seen;
};

/* "" is none. False for what is no number of pieces. */
static bool read_pieces(const char *text, int *pieces)
{
    char folded[PIECES_SIZE];
    char *end;
    long number;

    *pieces = 0;
    if (!mu_text_fold_word(folded, sizeof folded, text))
        return false;
    if (!*folded)
        return true;
    number = strtol(folded, &end, 10);
    if (*end || *folded < '0' || *folded > '9' || number > MU_PIECES_LIMIT)
        return false;
    *pieces = (int)number;
    return true;
}

/* What stands in the form just now; what is no number counts as none. */
static void read_all_pieces(const struct mu_form *form, int pieces[MU_DENOMINATIONS])
{
    for (size_t i = 0; i < MU_DENOMINATIONS; i++)
        if (!read_pieces(mu_form_text(form, fields[FIRST_PIECES + i].key), &pieces[i]))
            pieces[i] = 0;
}

static void field_left(void *context, struct mu_form *form, const struct mu_field *field)
{
    int pieces[MU_DENOMINATIONS];
    char sum[MU_MONEY_SIZE];

    (void)context;
    if (field < &fields[FIRST_PIECES])
        return;
    read_all_pieces(form, pieces);
    mu_money_format(mu_notes_sum(pieces), sum);
    mu_form_suggest(form, "counted", sum);
}

static enum mu_status read_settlement(struct mu_app *app, struct closing_form *self,
                                      struct mu_error *error)
{
    struct mu_desk *desk = mu_screens_desk(app);
    const char *session = *self->session ? self->session : NULL;
    enum mu_status status = mu_settle(desk, self->date, self->session, &self->settlement, error);

    if (status != MU_OK)
        return status;
    status = mu_read_rounds_left(desk, self->date, session, &self->left, error);
    return status == MU_REFUSED ? MU_OK : status; /* to know of them is another right */
}

/* What was typed fits together. */
static bool check(struct mu_app *app, struct closing_form *self)
{
    int pieces[MU_DENOMINATIONS];
    char sum[MU_MONEY_SIZE];
    struct mu_money of_pieces;

    if (!mu_money_parse(self->count.counted, &self->counted)) {
        mu_form_go(self->form, "counted");
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_closing_no_amount, NULL);
        return false;
    }
    for (size_t i = 0; i < MU_DENOMINATIONS; i++)
        if (!read_pieces(self->count.pieces[i], &pieces[i])) {
            mu_form_go(self->form, fields[FIRST_PIECES + i].key);
            mu_app_say(app, MU_TONE_WARNING, MU_SAY_closing_no_pieces, NULL);
            return false;
        }
    mu_notes_write(pieces, self->notes);
    of_pieces = mu_notes_sum(pieces);
    if (*self->notes && mu_money_compare(of_pieces, self->counted) != 0) {
        mu_money_format(of_pieces, sum);
        mu_form_go(self->form, "counted");
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_closing_pieces_differ, sum, NULL);
        return false;
    }
    if (mu_money_compare(self->counted, self->settlement.figures.expected) != 0 &&
        !*self->count.reason) {
        mu_form_go(self->form, "reason");
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_closing_explain, NULL);
        return false;
    }
    return true;
}

static void close_with(struct mu_app *app, void *state, const char *name, const char *password)
{
    struct closing_form *self = state;
    const struct mu_closing_request request = {.date = self->date,
                                               .session = self->session,
                                               .counted = self->counted,
                                               .notes = self->notes,
                                               .reason = self->count.reason,
                                               .second_name = name,
                                               .second_password = password,
                                               .expected = &self->settlement.figures.expected};
    struct mu_settlement done;
    struct mu_error error, later;
    char number[24];

    if (mu_close_session(mu_screens_desk(app), &request, &done, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        if (read_settlement(app, self, &later) != MU_OK)
            mu_app_say_error(app, &later);
        return;
    }
    snprintf(number, sizeof number, "%lld", (long long)done.closing.id);
    mu_form_clean(self->form);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_closing_done, number, self->name,
               done.closing.operator_name, done.closing.second_name, NULL);
    mu_app_pop(app);
}

static void named(struct mu_app *app, void *state, const char *name)
{
    if (name)
        close_with(app, state, name, "");
}

static void ask_second(struct mu_app *app, struct closing_form *self)
{
    struct mu_error error;
    bool signs = true;

    if (mu_second_signs(mu_screens_desk(app), self->date, &signs, &error) != MU_OK)
        mu_app_say_error(app, &error);
    else if (signs)
        mu_ask_colleague(app, close_with, self);
    else
        mu_app_prompt(app, mu_message_text(MU_SAY_closing_ask_name, mu_app_language(app)),
                      MU_OPERATOR_NAME_SIZE, true, named, self);
}

static bool form_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct closing_form *self = state;

    switch (mu_app_form(app, self->form, event)) {
    case MU_FORM_SAVE:
        if (check(app, self))
            ask_second(app, self);
        return true;
    case MU_FORM_LEAVE:
        mu_app_pop(app);
        return true;
    case MU_FORM_IGNORED:
        return false;
    default:
        return true;
    }
}

static struct mu_offer form_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    struct mu_offer offer = mu_form_offer(action);

    (void)app, (void)state;
    if (action == MU_DO_save)
        offer.label = MU_SAY_closing_sign;
    if (action == MU_DO_same || action == MU_DO_choose)
        offer.kind = MU_OFFER_NONE;
    return offer;
}

static void amount_line(struct mu_grid *grid, struct mu_area *area, const char *label,
                        struct mu_money amount, enum mu_style style)
{
    char text[MU_MONEY_SIZE];

    if (area->rows <= 0)
        return;
    mu_money_format(amount, text);
    mu_grid_put(grid, area->row, area->column, area->columns - 12, label, MU_MARK, MU_STYLE_LABEL);
    mu_grid_put(grid, area->row, area->column + area->columns - 12, 12, text, MU_RIGHT | MU_WHOLE,
                style);
    area->row++;
    area->rows--;
}

/* Where the cash should have come from, and how it differs from what was counted. */
static void draw_cash(const struct closing_form *self, struct mu_grid *grid, struct mu_area area,
                      enum mu_language language)
{
    const struct mu_closing_figures *figures = &self->settlement.figures;
    struct mu_money counted, difference;
    enum mu_style style = MU_STYLE_GOOD;

    for (int line = 0; line < MU_CASH_LINES; line++)
        if (line == MU_CASH_OWN || figures->cash[line].fen)
            amount_line(grid, &area,
                        mu_message_text(mu_cash_line_name((enum mu_cash_line)line), language),
                        figures->cash[line], MU_STYLE_VALUE);
    amount_line(grid, &area, mu_message_text(MU_SAY_closing_expected, language), figures->expected,
                MU_STYLE_BIG);
    area.row++, area.rows--;
    if (!mu_money_parse(mu_form_text(self->form, "counted"), &counted))
        return;
    difference = mu_money_subtract(counted, figures->expected);
    if (difference.fen)
        style = MU_STYLE_BAD;
    amount_line(grid, &area, mu_message_text(MU_SAY_closing_counted, language), counted,
                MU_STYLE_BIG);
    amount_line(grid, &area,
                mu_message_text(difference.fen < 0   ? MU_SAY_closing_short
                                : difference.fen > 0 ? MU_SAY_closing_over
                                                     : MU_SAY_closing_fits,
                                language),
                difference, style);
}

/* Doors that nobody has told of: once the session is closed their meals count as late. */
static void draw_left(const struct closing_form *self, struct mu_grid *grid, struct mu_area side,
                      enum mu_language language)
{
    char doors[MU_COUNT_SIZE], meals[MU_COUNT_SIZE], text[256];

    if (!self->left.not_told && !self->left.unassigned)
        return;
    mu_count_text((int64_t)self->left.unassigned, meals);
    mu_count_text(self->left.not_told, doors);
    mu_message_format(text, sizeof text, language, MU_SAY_round_left, meals, doors, NULL);
    side.row += side.rows - LEFT_ROWS;
    side.rows = LEFT_ROWS;
    mu_grid_paragraph(grid, side, text, MU_STYLE_WARNING);
}

static void form_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    struct closing_form *self = state;
    enum mu_language language = mu_app_language(app);
    struct mu_area area = layout->work, side = layout->work;
    char day[MU_DATE_SIZE];
    bool beside = layout->columns >= WITH_SIDE;

    mu_date_format(self->date, day);
    mu_grid_say(grid, layout->status_row, 1, layout->columns - 1, MU_MARK, MU_STYLE_TITLE, language,
                MU_SAY_closing_line, day, self->name, NULL);
    area.row++, area.rows--;
    if (beside) {
        side.row++, side.rows--;
        side.column = FORM_COLUMNS + 2;
        side.columns = (layout->columns > 100 ? 100 : layout->columns) - side.column - 1;
        area.columns = FORM_COLUMNS;
    } else {
        side.rows = 7 + (self->left.not_told || self->left.unassigned ? LEFT_ROWS : 0);
        side.row = area.row + area.rows - side.rows;
        side.column = 1;
        side.columns = layout->columns - 2;
        area.rows -= side.rows + 1;
    }
    draw_cash(self, grid, side, language);
    draw_left(self, grid, side, language);
    mu_form_draw(self->form, grid, area, layout->hint_row, true);
}

static bool form_tick(struct mu_app *app, void *state)
{
    struct closing_form *self = state;
    struct mu_error error;

    if (!mu_screens_changed(app, &self->seen))
        return false;
    if (read_settlement(app, self, &error) != MU_OK)
        mu_app_say_error(app, &error);
    return true;
}

static void form_language(struct mu_app *app, void *state)
{
    struct closing_form *self = state;

    mu_form_language(self->form, mu_app_language(app));
}

static void form_close(struct mu_app *app, void *state)
{
    struct closing_form *self = state;

    (void)app;
    mu_form_free(&self->form);
    free(self);
}

static const struct mu_screen_type form_type = {
    .name = "closing_form",
    .title = MU_SAY_closing_title,
    .event = form_event,
    .draw = form_draw,
    .offer = form_offer,
    .tick = form_tick,
    .language = form_language,
    .close = form_close,
};

enum mu_status mu_open_closing_form(struct mu_app *app, struct mu_date date, const char *session,
                                    struct mu_error *error)
{
    struct closing_form *self = calloc(1, sizeof *self);
    enum mu_language language = mu_app_language(app);
    enum mu_status status;

    if (!self)
        return mu_fail_memory(error);
    self->date = date;
    self->seen = mu_screens_of(app)->changes;
    mu_text_copy(self->session, sizeof self->session, session);
    mu_text_copy(self->name, sizeof self->name,
                 mu_message_text(MU_SAY_settlement_whole_day, language));
    if (*session)
        mu_session_name(mu_screens_desk(app), session, self->name, sizeof self->name);
    status = read_settlement(app, self, error);
    if (status == MU_OK) {
        self->form =
            mu_form_new(fields, FIELDS, &self->count, language, mu_app_now(app).date, error);
        status = self->form ? MU_OK : MU_MEMORY;
    }
    if (status != MU_OK) {
        form_close(app, self);
        return status;
    }
    mu_form_on_left(self->form, field_left, NULL);
    return mu_app_push(app, &form_type, self, error);
}
