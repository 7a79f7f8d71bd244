/* What was ever decided about files that look alike, newest first, and taking it back. */
#include "base/growing.h"
#include "tui/screens/screens.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/twin.h>

#include <stdio.h>
#include <stdlib.h>

enum { DO_TAKE_BACK, DO_OPEN_FIRST, DO_OPEN_SECOND, DOINGS };

struct verdicts {
    struct mu_twin_verdict *verdict; /* owned */
    size_t count, room;
    struct mu_list list;
    struct mu_twin_verdict asked; /* about this one: the list may move on under the question */
    char text[DOINGS][MU_MESSAGE_SIZE / 2]; /* while they are picked from */
    bool failed;
    struct mu_error error;
    unsigned seen;
};

static bool take(void *context, const struct mu_twin_verdict *verdict)
{
    struct verdicts *self = context;
    struct mu_twin_verdict *more =
        mu_grown(self->verdict, self->count, &self->room, sizeof *self->verdict);

    if (!more) {
        self->failed = true;
        (void)mu_fail_memory(&self->error);
        return false;
    }
    self->verdict = more;
    self->verdict[self->count++] = *verdict;
    return true;
}

static void read_verdicts(struct mu_app *app, void *state)
{
    struct verdicts *self = state;
    struct mu_error error;

    self->count = 0;
    self->failed = false;
    if (mu_list_verdicts(mu_screens_desk(app), MU_VERDICT_NONE, take, self, &error) != MU_OK) {
        self->failed = true;
        self->error = error;
    }
    mu_list_count(&self->list, self->count);
}

static void withdraw_agreed(struct mu_app *app, void *state, bool yes)
{
    struct verdicts *self = state;
    const struct mu_twin_verdict *verdict = &self->asked;
    struct mu_error error;

    if (!yes)
        return;
    if (mu_withdraw_different(mu_screens_desk(app), verdict->first_id, verdict->second_id,
                              &error) != MU_OK)
        mu_app_say_error(app, &error);
    else
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_twin_different_back, NULL);
    read_verdicts(app, self);
}

static void take_back(struct mu_app *app, struct verdicts *self)
{
    const struct mu_twin_verdict *verdict = &self->asked;
    char question[MU_MESSAGE_SIZE], numbers[2][MU_COUNT_SIZE];

    if (verdict->verdict == MU_ONE_PERSON) {
        mu_ask_unlink(
            app, verdict->leading == verdict->first_id ? verdict->second_id : verdict->first_id,
            read_verdicts, self);
        return;
    }
    mu_count_text(verdict->first_id, numbers[0]);
    mu_count_text(verdict->second_id, numbers[1]);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_twin_confirm_withdraw,
                      verdict->first_name, numbers[0], verdict->second_name, numbers[1], NULL);
    mu_app_confirm(app, question, withdraw_agreed, self);
}

static void picked(struct mu_app *app, void *state, bool yes, int code)
{
    struct verdicts *self = state;
    const struct mu_twin_verdict *verdict = &self->asked;
    struct mu_error error;

    if (!yes)
        return;
    if (code == DO_TAKE_BACK)
        take_back(app, self);
    else if (mu_open_resident_file(app,
                                   code == DO_OPEN_FIRST ? verdict->first_id : verdict->second_id,
                                   &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void ask_what(struct mu_app *app, struct verdicts *self)
{
    const struct mu_twin_verdict *verdict = &self->asked;
    enum mu_language language = mu_app_language(app);
    struct mu_pick picks[DOINGS];
    char numbers[2][MU_COUNT_SIZE];
    size_t count = 0;
    int from = verdict->ended ? DO_OPEN_FIRST : DO_TAKE_BACK;

    mu_count_text(verdict->first_id, numbers[0]);
    mu_count_text(verdict->second_id, numbers[1]);
    mu_text_copy(self->text[DO_TAKE_BACK], sizeof *self->text,
                 mu_message_text(MU_SAY_twin_take_back, language));
    mu_message_format(self->text[DO_OPEN_FIRST], sizeof *self->text, language, MU_SAY_twin_open,
                      verdict->first_name, numbers[0], NULL);
    mu_message_format(self->text[DO_OPEN_SECOND], sizeof *self->text, language, MU_SAY_twin_open,
                      verdict->second_name, numbers[1], NULL);
    for (int code = from; code < DOINGS; code++)
        picks[count++] = (struct mu_pick){.code = code, .text = self->text[code]};
    mu_app_pick(app, mu_message_text(MU_SAY_verdicts_title, language), picks, count, from, picked,
                self);
}

static bool verdicts_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct verdicts *self = state;

    if (event->kind != MU_EVENT_KEY)
        return false;
    if (event->action == MU_DO_refresh) {
        read_verdicts(app, self);
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_screen_refreshed, NULL);
        return true;
    }
    if (event->action == MU_DO_undo) {
        mu_ask_undo(app, read_verdicts, self);
        return true;
    }
    switch (mu_list_event(&self->list, event, NULL)) {
    case MU_LIST_OPENED:
        self->asked = self->verdict[self->list.cursor];
        ask_what(app, self);
        return true;
    case MU_LIST_IGNORED:
        return false;
    default:
        return true;
    }
}

static struct mu_offer verdicts_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct verdicts *self = state;

    (void)app;
    if (action == MU_DO_accept && self->count)
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_verdict_act};
    if (action == MU_DO_refresh || action == MU_DO_undo)
        return (struct mu_offer){.kind = MU_OFFER_YES};
    return (struct mu_offer){.kind = MU_OFFER_NONE};
}

enum { DAY, FIRST, FIRST_NUMBER, SECOND, SECOND_NUMBER, VERDICT, WHO, NOTE, COLUMNS };

static const struct mu_column columns[COLUMNS] = {
    [DAY] = {MU_SAY_verdict_day, 10, 10, 1, MU_LEFT | MU_WHOLE, false},
    [FIRST] = {MU_SAY_field_name, 8, 10, 0, MU_MARK, false},
    [FIRST_NUMBER] = {MU_SAY_twin_number, 6, 7, 2, MU_RIGHT, false},
    [SECOND] = {MU_SAY_twin_other, 9, 10, 0, MU_MARK, false},
    [SECOND_NUMBER] = {MU_SAY_twin_number, 6, 7, 2, MU_RIGHT, false},
    [VERDICT] = {MU_SAY_field_verdict, 10, 10, 0, MU_MARK, false},
    [WHO] = {MU_SAY_history_who, 8, 12, 3, MU_MARK, false},
    [NOTE] = {MU_SAY_field_verdict_reason, 14, 60, 1, MU_MARK, false},
};

/* That it was taken back; or which file leads, and why. */
static void note_text(const struct mu_twin_verdict *verdict, enum mu_language language, char *out,
                      size_t size)
{
    char number[MU_COUNT_SIZE];

    if (verdict->ended) {
        mu_text_copy(out, size, mu_message_text(MU_SAY_twin_taken_back, language));
        return;
    }
    if (!verdict->leading) {
        mu_text_copy(out, size, verdict->reason);
        return;
    }
    mu_count_text(verdict->leading, number);
    mu_message_format(out, size, language,
                      *verdict->reason ? MU_SAY_verdict_leading_why : MU_SAY_verdict_leading,
                      number, verdict->reason, NULL);
}

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct verdicts *self = context;
    const struct mu_twin_verdict *verdict = &self->verdict[row];
    char text[MU_DATE_SIZE + MU_COUNT_SIZE];

    if (verdict->ended)
        *style = MU_STYLE_DIM;
    switch (column) {
    case DAY:
        mu_date_format(verdict->decided_at.date, text);
        mu_text_copy(out, size, text);
        break;
    case FIRST:
    case SECOND:
        mu_text_copy(out, size, column == FIRST ? verdict->first_name : verdict->second_name);
        break;
    case VERDICT:
        mu_text_copy(out, size, mu_choice_word(&mu_verdicts, (int)verdict->verdict, language));
        break;
    case WHO:
        mu_text_copy(out, size, verdict->operator_name);
        break;
    case NOTE:
        note_text(verdict, language, out, size);
        break;
    default:
        mu_count_text(column == FIRST_NUMBER ? verdict->first_id : verdict->second_id, text);
        mu_text_copy(out, size, text);
    }
}

static const struct mu_list_source source = {.cell = cell};

static void verdicts_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                          const struct mu_layout *layout)
{
    struct verdicts *self = state;

    mu_app_draw_list(app, &self->list, grid, layout,
                     mu_message_text(MU_SAY_verdicts_line, mu_app_language(app)),
                     self->failed ? &self->error : NULL, MU_SAY_verdicts_hint);
}

static bool verdicts_tick(struct mu_app *app, void *state)
{
    struct verdicts *self = state;

    if (!mu_screens_changed(app, &self->seen))
        return false;
    read_verdicts(app, self);
    return true;
}

static void verdicts_close(struct mu_app *app, void *state)
{
    struct verdicts *self = state;

    (void)app;
    free(self->verdict);
    free(self);
}

static const struct mu_screen_type verdicts_type = {
    .name = "twin_verdicts",
    .title = MU_SAY_verdicts_title,
    .event = verdicts_event,
    .draw = verdicts_draw,
    .offer = verdicts_offer,
    .typing = mu_typing_keys,
    .tick = verdicts_tick,
    .resume = read_verdicts,
    .close = verdicts_close,
};

enum mu_status mu_open_twin_verdicts(struct mu_app *app, struct mu_error *error)
{
    struct verdicts *self = calloc(1, sizeof *self);

    if (!self)
        return mu_fail_memory(error);
    mu_list_init(&self->list, columns, COLUMNS, &source, self);
    self->list.empty = MU_SAY_verdicts_none;
    self->seen = mu_screens_of(app)->changes;
    read_verdicts(app, self);
    return mu_app_push(app, &verdicts_type, self, error);
}
