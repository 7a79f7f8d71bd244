/* Who may read a case beside its mediators: named by the keeper, with a reason, until ended. */
#include "tui/screens/case_page.h"
#include "tui/screens/records.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/case.h>
#include <mulin/desk/operators.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLLEAGUES = 100 };

struct readers {
    struct mu_records records; /* of struct mu_case_reader */
    int64_t case_id;
    char number[MU_CASE_NUMBER_SIZE];
    char colleague[COLLEAGUES][MU_OPERATOR_NAME_SIZE]; /* who can be named */
    size_t colleagues;
    char chosen[MU_OPERATOR_NAME_SIZE];
};

static bool take(void *context, const struct mu_case_reader *reader)
{
    return mu_records_add(context, reader) != NULL;
}

static enum mu_status read_all(struct mu_app *app, void *state, struct mu_error *error)
{
    const struct readers *self = state;

    return mu_list_case_readers(mu_screens_desk(app), self->case_id, take, state, error);
}

/* ---- naming ---- */

static void reason_given(struct mu_app *app, void *state, const char *text)
{
    struct readers *self = state;
    struct mu_error error;

    if (!text)
        return;
    if (mu_name_case_reader(mu_screens_desk(app), self->case_id, self->chosen, text, &error) !=
        MU_OK)
        mu_app_say_error(app, &error);
    else
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_case_readers_named, self->chosen, NULL);
    mu_records_read(app, self);
}

static void colleague_picked(struct mu_app *app, void *state, bool chosen, int code)
{
    struct readers *self = state;
    char question[256];

    if (!chosen)
        return;
    mu_text_copy(self->chosen, sizeof self->chosen, self->colleague[code]);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_case_readers_ask_why,
                      self->chosen, NULL);
    mu_app_prompt(app, question, MU_REASON_SIZE, true, reason_given, self);
}

static bool take_colleague(void *context, const struct mu_operator *operator)
{
    struct readers *self = context;

    if (!operator->ended)
        mu_text_copy(self->colleague[self->colleagues++], MU_OPERATOR_NAME_SIZE, operator->name);
    return self->colleagues < COLLEAGUES;
}

static void name_one(struct mu_app *app, void *state)
{
    struct readers *self = state;
    struct mu_pick picks[COLLEAGUES];
    struct mu_error error;

    self->colleagues = 0;
    if (mu_list_colleagues(mu_screens_desk(app), take_colleague, self, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    for (size_t i = 0; i < self->colleagues; i++)
        picks[i] = (struct mu_pick){.code = (int)i, .text = self->colleague[i]};
    mu_app_pick(app, mu_message_text(MU_SAY_case_readers_who, mu_app_language(app)), picks,
                self->colleagues, 0, colleague_picked, self);
}

/* ---- ending ---- */

static void end_agreed(struct mu_app *app, void *state, bool yes)
{
    struct readers *self = state;
    const struct mu_case_reader *reader = mu_records_chosen(&self->records);
    struct mu_error error;

    if (!yes || !reader)
        return;
    mu_text_copy(self->chosen, sizeof self->chosen, reader->operator_name);
    if (mu_end_case_reader(mu_screens_desk(app), reader->id, &error) != MU_OK)
        mu_app_say_error(app, &error);
    else
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_case_readers_ended, self->chosen, NULL);
    mu_records_read(app, self);
}

static void end_one(struct mu_app *app, void *state)
{
    struct readers *self = state;
    const struct mu_case_reader *reader = mu_records_chosen(&self->records);
    char question[256];

    if (mu_date_known(reader->until_at.date)) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_case_readers_over, reader->operator_name, NULL);
        return;
    }
    mu_message_format(question, sizeof question, mu_app_language(app),
                      MU_SAY_case_readers_confirm_end, reader->operator_name, NULL);
    mu_app_confirm(app, question, end_agreed, self);
}

static const struct mu_list_key readers_key[] = {
    {MU_DO_new, name_one, MU_SAY_case_readers_name_label, false, MU_SAY_error_may_name_case_readers,
     MU_MAY_name_case_readers},
    {MU_DO_accept, end_one, MU_SAY_case_readers_end_label, true, MU_SAY_error_may_name_case_readers,
     MU_MAY_name_case_readers},
};

/* ---- drawing ---- */

enum { NAME, SCOPE, REASON, SINCE, UNTIL };

static const struct mu_column columns[] = {
    [NAME] = {MU_SAY_case_readers_name_column, 10, 16, 0, MU_MARK, false},
    [SCOPE] = {MU_SAY_case_readers_scope_column, 8, 12, 2, MU_MARK, false},
    [REASON] = {MU_SAY_case_readers_reason_column, 14, 60, 0, MU_MARK, false},
    [SINCE] = {MU_SAY_case_readers_since_column, 17, 22, 1, MU_MARK, false},
    [UNTIL] = {MU_SAY_case_readers_until_column, 10, 10, 0, MU_MARK, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct mu_case_reader *reader = mu_records_row(context, row);
    char since[MU_DATE_SIZE], until[MU_DATE_SIZE];

    mu_date_format(reader->named_at.date, since);
    mu_date_format(reader->until_at.date, until);
    if (*until)
        *style = MU_STYLE_DIM;
    if (column == SINCE)
        snprintf(out, size, "%s %s", since, reader->named_by);
    else if (column == UNTIL)
        mu_text_copy(out, size,
                     *until ? until : mu_message_text(MU_SAY_case_readers_still, language));
    else if (column == SCOPE)
        mu_text_copy(
            out, size,
            mu_message_text(reader->case_id ? MU_SAY_case_readers_this : MU_SAY_case_readers_all,
                            language));
    else
        mu_text_copy(out, size, column == NAME ? reader->operator_name : reader->reason);
}

static void readers_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                         const struct mu_layout *layout)
{
    struct readers *self = state;
    char line[256];

    mu_message_format(line, sizeof line, mu_app_language(app), MU_SAY_case_readers_line,
                      self->number, NULL);
    mu_records_draw(&self->records, app, grid, layout, line, MU_SAY_case_readers_hint);
}

static const struct mu_screen_type readers_type = {
    .name = "case_readers",
    .title = MU_SAY_case_readers_title,
    .event = mu_records_event,
    .draw = readers_draw,
    .offer = mu_records_offer,
    .typing = mu_typing_keys,
    .tick = mu_records_tick,
    .resume = mu_records_read,
    .close = mu_records_close,
};

static const struct mu_records_kind readers_kind = {
    .type = &readers_type,
    .row_size = sizeof(struct mu_case_reader),
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .source = {.cell = cell},
    .empty = MU_SAY_case_readers_none,
    .keys = readers_key,
    .key_count = sizeof readers_key / sizeof *readers_key,
    .read = read_all,
    .must_read = true,
};

enum mu_status mu_open_case_readers(struct mu_app *app, int64_t case_id, const char *number,
                                    struct mu_error *error)
{
    struct readers *self = calloc(1, sizeof *self);

    if (self) {
        self->case_id = case_id;
        mu_text_copy(self->number, sizeof self->number, number);
    }
    return mu_records_open(app, &readers_kind, self, error);
}
