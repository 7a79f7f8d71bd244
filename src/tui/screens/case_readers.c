/* Who may read a case beside its mediators: named by the keeper, with a reason, until ended. */
#include "base/growing.h"
#include "tui/screens/case_page.h"
#include "tui/screens/list_keys.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/case.h>
#include <mulin/desk/operators.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLLEAGUES = 100 };

struct readers {
    int64_t case_id;
    char number[MU_CASE_NUMBER_SIZE];
    struct mu_case_reader *reader; /* owned */
    size_t count, room;
    bool failed;
    struct mu_error error;
    struct mu_list list;
    unsigned seen;
    char colleague[COLLEAGUES][MU_OPERATOR_NAME_SIZE]; /* who can be named */
    size_t colleagues;
    char chosen[MU_OPERATOR_NAME_SIZE];
};

static bool take(void *context, const struct mu_case_reader *reader)
{
    struct readers *self = context;
    struct mu_case_reader *grown =
        mu_grown(self->reader, self->count, &self->room, sizeof *self->reader);

    self->failed |= !grown;
    if (!grown)
        return false;
    self->reader = grown;
    grown[self->count++] = *reader;
    return true;
}

static void read_all(struct mu_app *app, void *state)
{
    struct readers *self = state;
    enum mu_status status;

    self->count = 0;
    self->failed = false;
    status = mu_list_case_readers(mu_screens_desk(app), self->case_id, take, self, &self->error);
    if (status == MU_OK && self->failed)
        status = mu_fail_memory(&self->error);
    self->failed = status != MU_OK;
    mu_list_count(&self->list, self->count);
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
    read_all(app, self);
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
    struct mu_error error;

    if (!yes || self->list.cursor >= self->count)
        return;
    mu_text_copy(self->chosen, sizeof self->chosen, self->reader[self->list.cursor].operator_name);
    if (mu_end_case_reader(mu_screens_desk(app), self->reader[self->list.cursor].id, &error) !=
        MU_OK)
        mu_app_say_error(app, &error);
    else
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_case_readers_ended, self->chosen, NULL);
    read_all(app, self);
}

static void end_one(struct mu_app *app, void *state)
{
    struct readers *self = state;
    const struct mu_case_reader *reader = &self->reader[self->list.cursor];
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

static const struct mu_list_keys readers_keys = {
    readers_key, sizeof readers_key / sizeof *readers_key, read_all, NULL};

static bool readers_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct readers *self = state;

    return mu_list_keys_event(&readers_keys, app, self, &self->list, event);
}

static struct mu_offer readers_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct readers *self = state;

    return mu_list_keys_offer(&readers_keys, app, &self->list, action);
}

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
    const struct mu_case_reader *reader = &((const struct readers *)context)->reader[row];
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

static const struct mu_list_source source = {.cell = cell};

static void readers_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                         const struct mu_layout *layout)
{
    struct readers *self = state;
    char line[256];

    mu_message_format(line, sizeof line, mu_app_language(app), MU_SAY_case_readers_line,
                      self->number, NULL);
    self->list.empty = MU_SAY_case_readers_none;
    mu_app_draw_list(app, &self->list, grid, layout, line, self->failed ? &self->error : NULL,
                     MU_SAY_case_readers_hint);
}

static bool readers_tick(struct mu_app *app, void *state)
{
    struct readers *self = state;

    if (!mu_screens_changed(app, &self->seen))
        return false;
    read_all(app, self);
    return true;
}

static void readers_close(struct mu_app *app, void *state)
{
    struct readers *self = state;

    (void)app;
    free(self->reader);
    free(self);
}

static const struct mu_screen_type readers_type = {
    .name = "case_readers",
    .title = MU_SAY_case_readers_title,
    .event = readers_event,
    .draw = readers_draw,
    .offer = readers_offer,
    .typing = mu_typing_keys,
    .tick = readers_tick,
    .resume = read_all,
    .close = readers_close,
};

enum mu_status mu_open_case_readers(struct mu_app *app, int64_t case_id, const char *number,
                                    struct mu_error *error)
{
    struct readers *self = calloc(1, sizeof *self);

    if (!self)
        return mu_fail_memory(error);
    self->case_id = case_id;
    mu_text_copy(self->number, sizeof self->number, number);
    self->seen = mu_screens_of(app)->changes;
    mu_list_init(&self->list, columns, sizeof columns / sizeof *columns, &source, self);
    read_all(app, self);
    if (self->failed) {
        enum mu_status status = self->error.status;

        if (error)
            *error = self->error;
        readers_close(app, self);
        return status;
    }
    return mu_app_push(app, &readers_type, self, error);
}
