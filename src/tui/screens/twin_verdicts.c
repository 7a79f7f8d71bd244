/* What was ever decided about files that look alike, newest first, and taking it back. */
#include "tui/screens/records.h"
#include "tui/screens/screens.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/twin.h>

#include <stdio.h>
#include <stdlib.h>

enum { DO_TAKE_BACK, DO_OPEN_FIRST, DO_OPEN_SECOND, DOINGS };

struct verdicts {
    struct mu_records records;    /* of struct mu_twin_verdict */
    struct mu_twin_verdict asked; /* about this one: the list may move on under the question */
    char text[DOINGS][MU_MESSAGE_SIZE / 2]; /* while they are picked from */
};

static bool take(void *context, const struct mu_twin_verdict *verdict)
{
    return mu_records_add(context, verdict) != NULL;
}

static enum mu_status read_verdicts(struct mu_app *app, void *state, struct mu_error *error)
{
    return mu_list_verdicts(mu_screens_desk(app), MU_VERDICT_NONE, take, state, error);
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
    mu_records_read(app, self);
}

static void take_back(struct mu_app *app, struct verdicts *self)
{
    const struct mu_twin_verdict *verdict = &self->asked;
    char question[MU_MESSAGE_SIZE], numbers[2][MU_COUNT_SIZE];

    if (verdict->verdict == MU_ONE_PERSON) {
        mu_ask_unlink(
            app, verdict->leading == verdict->first_id ? verdict->second_id : verdict->first_id,
            mu_records_read, self);
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

static void ask_what(struct mu_app *app, void *state)
{
    struct verdicts *self = state;
    const struct mu_twin_verdict *verdict = mu_records_chosen(&self->records);
    enum mu_language language = mu_app_language(app);
    struct mu_pick picks[DOINGS];
    char numbers[2][MU_COUNT_SIZE];
    size_t count = 0;
    int from = verdict->ended ? DO_OPEN_FIRST : DO_TAKE_BACK;

    self->asked = *verdict;
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

static const struct mu_list_key verdicts_key[] = {
    {MU_DO_accept, ask_what, MU_SAY_verdict_act, true, 0, 0},
    {MU_DO_undo, mu_records_undo, 0, false, 0, 0},
};

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
    const struct mu_twin_verdict *verdict = mu_records_row(context, row);
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

static void verdicts_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                          const struct mu_layout *layout)
{
    struct verdicts *self = state;

    mu_records_draw(&self->records, app, grid, layout,
                    mu_message_text(MU_SAY_verdicts_line, mu_app_language(app)),
                    MU_SAY_verdicts_hint);
}

static const struct mu_screen_type verdicts_type = {
    .name = "twin_verdicts",
    .title = MU_SAY_verdicts_title,
    .event = mu_records_event,
    .draw = verdicts_draw,
    .offer = mu_records_offer,
    .typing = mu_typing_keys,
    .tick = mu_records_tick,
    .resume = mu_records_read,
    .close = mu_records_close,
};

static const struct mu_records_kind verdicts_kind = {
    .type = &verdicts_type,
    .row_size = sizeof(struct mu_twin_verdict),
    .columns = columns,
    .column_count = COLUMNS,
    .source = {.cell = cell},
    .empty = MU_SAY_verdicts_none,
    .keys = verdicts_key,
    .key_count = sizeof verdicts_key / sizeof *verdicts_key,
    .read = read_verdicts,
};

enum mu_status mu_open_twin_verdicts(struct mu_app *app, struct mu_error *error)
{
    return mu_records_open(app, &verdicts_kind, calloc(1, sizeof(struct verdicts)), error);
}
