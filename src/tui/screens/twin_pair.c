/* Two files side by side, and what is decided about them. */
#include "tui/screens/person.h"
#include "tui/screens/screens.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/twin.h>

#include <stdlib.h>
#include <string.h>

enum { ASKED_SIZE = 320 };

struct twin_pair {
    struct mu_resident side[2]; /* the first one has id 0 while it is being typed */
    unsigned reasons;
    int asked;                /* what is to be confirmed */
    char text[5][ASKED_SIZE]; /* of the actions, while they are picked from */
    char number[2][MU_COUNT_SIZE];
};

enum { DO_FIRST_LEADS, DO_SECOND_LEADS, DO_DIFFERENT, DO_OPEN_FIRST, DO_OPEN_SECOND, DOINGS };

static void say_done(struct mu_app *app, const struct twin_pair *self)
{
    int leading = self->asked == DO_SECOND_LEADS, other = !leading;

    if (self->asked == DO_DIFFERENT)
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_twin_different, self->side[0].name, self->number[0],
                   self->side[1].name, self->number[1], NULL);
    else
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_twin_linked, self->side[other].name,
                   self->number[other], self->number[leading], NULL);
}

static void agreed(struct mu_app *app, void *state, bool yes)
{
    struct twin_pair *self = state;
    struct mu_desk *desk = mu_screens_desk(app);
    int64_t first = self->side[0].id, second = self->side[1].id;
    struct mu_error error;
    enum mu_status status;

    if (!yes)
        return;
    if (self->asked == DO_DIFFERENT)
        status = mu_declare_different(desk, first, second, NULL, &error);
    else if (self->asked == DO_FIRST_LEADS)
        status = mu_link_twins(desk, first, second, NULL, &error);
    else
        status = mu_link_twins(desk, second, first, NULL, &error);
    if (status != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    say_done(app, self);
    mu_app_pop(app);
}

static void picked(struct mu_app *app, void *state, bool chosen, int code)
{
    struct twin_pair *self = state;
    int one = code == DO_SECOND_LEADS;
    char question[2 * ASKED_SIZE];
    struct mu_error error;

    if (!chosen)
        return;
    self->asked = code;
    if (code == DO_OPEN_FIRST || code == DO_OPEN_SECOND) {
        if (mu_open_resident_file(app, self->side[code == DO_OPEN_SECOND].id, &error) != MU_OK)
            mu_app_say_error(app, &error);
        return;
    }
    mu_message_format(
        question, sizeof question, mu_app_language(app),
        code == DO_DIFFERENT ? MU_SAY_twin_confirm_different : MU_SAY_twin_confirm_link,
        self->side[one].name, self->number[one], self->side[!one].name, self->number[!one], NULL);
    mu_app_confirm(app, question, agreed, self);
}

static void ask_what(struct mu_app *app, struct twin_pair *self)
{
    static const struct {
        enum mu_message words;
        int about; /* whose number comes first */
    } doings[DOINGS] = {
        [DO_FIRST_LEADS] = {MU_SAY_twin_ask_link, 0},
        [DO_SECOND_LEADS] = {MU_SAY_twin_ask_link, 1},
        [DO_DIFFERENT] = {MU_SAY_twin_ask_different, 0},
        [DO_OPEN_FIRST] = {MU_SAY_twin_open, 0},
        [DO_OPEN_SECOND] = {MU_SAY_twin_open, 1},
    };
    struct mu_pick picks[DOINGS];
    size_t count = 0;
    int from = self->side[0].id ? DO_FIRST_LEADS : DO_OPEN_SECOND;

    for (int i = from; i < DOINGS; i++) {
        int one = doings[i].about;

        mu_message_format(self->text[i], sizeof self->text[i], mu_app_language(app),
                          doings[i].words, self->side[one].name, self->number[one], NULL);
        picks[count++] = (struct mu_pick){.code = i, .text = self->text[i]};
    }
    mu_app_pick(app, mu_message_text(MU_SAY_twin_pair_title, mu_app_language(app)), picks, count,
                from, picked, self);
}

static bool pair_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct twin_pair *self = state;

    if (event->kind != MU_EVENT_KEY ||
        (event->action != MU_DO_accept && event->action != MU_DO_choose))
        return false;
    ask_what(app, self);
    return true;
}

static struct mu_offer pair_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    (void)app, (void)state;
    if (action == MU_DO_choose || action == MU_DO_accept)
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_twin_decide};
    return (struct mu_offer){.kind = MU_OFFER_NONE};
}

/* Where the rows of the fields go. */
struct pen {
    struct mu_grid *grid;
    struct mu_area area;
    int row, label, width; /* columns of the label and of each side */
    enum mu_language language;
};

static void put_row(struct pen *pen, const char *label, const char *const text[2], bool differs,
                    enum mu_style style)
{
    int row = pen->area.row + pen->row++, column = pen->area.column;

    mu_grid_put(pen->grid, row, column, pen->label, label, MU_RIGHT, MU_STYLE_LABEL);
    mu_grid_put(pen->grid, row, column + pen->label, 2, differs ? " *" : "", MU_LEFT,
                MU_STYLE_WARNING);
    for (int side = 0; side < 2; side++)
        mu_grid_put(pen->grid, row, column + pen->label + 3 + side * (pen->width + 1), pen->width,
                    text[side], MU_MARK, differs ? MU_STYLE_WARNING : style);
}

static void write_sides(const struct twin_pair *self, const struct mu_field *field,
                        enum mu_language language, char text[2][MU_NOTE_SIZE])
{
    for (int side = 0; side < 2; side++)
        mu_field_write(field, &self->side[side], language, text[side], MU_NOTE_SIZE);
}

/* How many fields hold something, or hold two different things. */
static int count_rows(const struct twin_pair *self, bool differing, enum mu_language language)
{
    char text[2][MU_NOTE_SIZE];
    int rows = 0;

    for (size_t i = 0; i < mu_resident_stored_field_count; i++) {
        write_sides(self, &mu_resident_fields[i], language, text);
        rows += differing ? strcmp(text[0], text[1]) != 0 : *text[0] || *text[1];
    }
    return rows;
}

/* Without room for all fields, those that are the same are left out. */
static void draw_fields(struct pen *pen, const struct twin_pair *self)
{
    char text[2][MU_NOTE_SIZE];
    bool all = count_rows(self, false, pen->language) <= pen->area.rows - pen->row;

    for (size_t i = 0; i < mu_resident_stored_field_count && pen->row < pen->area.rows; i++) {
        const struct mu_field *field = &mu_resident_fields[i];
        bool differs;

        write_sides(self, field, pen->language, text);
        differs = strcmp(text[0], text[1]) != 0;
        if (differs || (all && (*text[0] || *text[1])))
            put_row(pen, mu_message_text(field->label, pen->language),
                    (const char *const[2]){text[0], text[1]}, differs, MU_STYLE_VALUE);
    }
}

static void pair_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    const struct twin_pair *self = state;
    struct pen pen = {.grid = grid, .area = layout->work, .language = mu_app_language(app)};
    char words[256], heading[2][64];

    mu_twin_words(self->reasons, pen.language, words, sizeof words);
    mu_grid_say(grid, layout->status_row, 1, layout->columns - 1, MU_MARK, MU_STYLE_TITLE,
                pen.language, MU_SAY_twin_pair_line, words, NULL);
    pen.label = pen.language == MU_CHINESE ? 10 : 16;
    pen.width = (layout->columns - pen.label - 5) / 2;
    for (int side = 0; side < 2; side++)
        if (self->side[side].id)
            mu_message_format(heading[side], sizeof heading[side], pen.language, MU_SAY_file_number,
                              self->number[side], NULL);
        else
            mu_text_copy(heading[side], sizeof heading[side],
                         mu_message_text(MU_SAY_twin_typed, pen.language));
    put_row(&pen, "", (const char *const[2]){heading[0], heading[1]}, false, MU_STYLE_TITLE);
    draw_fields(&pen, self);
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(MU_SAY_twin_pair_hint, pen.language), MU_LEFT, MU_STYLE_HINT);
    mu_grid_cursor(grid, layout->status_row, 1);
}

static void pair_close(struct mu_app *app, void *state)
{
    (void)app;
    free(state);
}

static const struct mu_screen_type pair_type = {
    .name = "twin_pair",
    .title = MU_SAY_twin_pair_title,
    .event = pair_event,
    .draw = pair_draw,
    .offer = pair_offer,
    .typing = mu_typing_keys,
    .close = pair_close,
};

enum mu_status mu_open_twin_pair(struct mu_app *app, const struct mu_resident *first,
                                 const struct mu_resident *second, unsigned reasons,
                                 struct mu_error *error)
{
    struct twin_pair *self = calloc(1, sizeof *self);

    if (!self)
        return mu_fail_memory(error);
    self->side[0] = *first;
    self->side[1] = *second;
    self->reasons = reasons;
    for (int side = 0; side < 2; side++)
        mu_count_text(self->side[side].id, self->number[side]);
    return mu_app_push(app, &pair_type, self, error);
}
