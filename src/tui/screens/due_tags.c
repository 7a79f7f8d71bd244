#include "tui/screens/list_keys.h"
#include "tui/screens/person.h"
#include "tui/screens/screens.h"
#include "tui/screens/tag_view.h"

#include <mulin/base/text.h>
#include <mulin/desk/tag.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct due {
    struct mu_resident person;
    struct mu_tag tag;
};

struct due_tags {
    struct due *due; /* MU_DUE_LIMIT; owned */
    size_t count;
    struct mu_date today;
    struct mu_list list;
    bool failed;
    struct mu_error error;
    unsigned seen;
};

static bool take(void *context, const struct mu_resident *resident, const struct mu_tag *tag)
{
    struct due_tags *self = context;

    self->due[self->count++] = (struct due){*resident, *tag};
    return self->count < MU_DUE_LIMIT;
}

static void read_due(struct mu_app *app, void *state)
{
    struct due_tags *self = state;

    self->today = mu_app_now(app).date;
    self->count = 0;
    self->failed = mu_list_due_tags(mu_screens_desk(app), take, self, &self->error) != MU_OK;
    mu_list_count(&self->list, self->count);
}

static const struct due *chosen(const struct due_tags *self)
{
    return &self->due[self->list.cursor];
}

static void renew(struct mu_app *app, void *state)
{
    const struct due_tags *self = state;
    struct mu_error error;

    if (mu_open_tag_form(app, chosen(self)->person.id, chosen(self)->tag.word, false, false,
                         &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void end_agreed(struct mu_app *app, void *state, bool yes)
{
    struct due_tags *self = state;
    struct due due = *chosen(self);
    struct mu_error error;

    if (!yes)
        return;
    /* It runs out on its day; what is recorded is that nobody has to look at it again. */
    if (mu_date_compare(due.tag.until, self->today) >= 0)
        due.tag.until = (struct mu_date){0, 0, 0};
    if (mu_end_tag(mu_screens_desk(app), due.person.id, due.tag.word, due.tag.until, &error) !=
        MU_OK)
        mu_app_say_error(app, &error);
    else
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_tag_ended_done, due.person.name, due.tag.word, NULL);
    read_due(app, self);
}

static void ask_end(struct mu_app *app, void *state)
{
    struct due_tags *self = state;
    char question[512];

    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_tag_ask_end,
                      chosen(self)->person.name, chosen(self)->tag.word, NULL);
    mu_app_confirm(app, question, end_agreed, self);
}

static void open_file(struct mu_app *app, void *state)
{
    const struct due_tags *self = state;
    struct mu_error error;

    if (mu_open_resident_file(app, chosen(self)->person.id, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static const struct mu_list_key due_key[] = {
    {MU_DO_accept, open_file, MU_SAY_due_open_label, true, 0, 0},
    {MU_DO_save, renew, MU_SAY_tag_renew_label, true, 0, 0},
    {MU_DO_delete, ask_end, 0, true, 0, 0},
};

static const struct mu_list_keys due_keys = {due_key, sizeof due_key / sizeof *due_key, read_due,
                                             NULL};

static bool due_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct due_tags *self = state;

    return mu_list_keys_event(&due_keys, app, self, &self->list, event);
}

static struct mu_offer due_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct due_tags *self = state;

    return mu_list_keys_offer(&due_keys, app, &self->list, action);
}

enum { NAME, WORD, LEFT, UNTIL, ADDRESS, EVIDENCE };

static const struct mu_column columns[] = {
    [NAME] = {MU_SAY_field_name, 8, 8, 0, MU_MARK, false},
    [WORD] = {MU_SAY_field_tag_word, 8, 8, 0, MU_MARK, false},
    [LEFT] = {MU_SAY_due_left_column, 13, 13, 0, MU_MARK, false},
    [UNTIL] = {MU_SAY_field_tag_until, 10, 10, 2, MU_MARK, false},
    [ADDRESS] = {MU_SAY_person_address, 14, 18, 3, MU_MARK, false},
    [EVIDENCE] = {MU_SAY_field_tag_evidence, 10, 60, 1, MU_MARK, false},
};

static void left_text(const struct due_tags *self, const struct mu_tag *tag,
                      enum mu_language language, char *out, size_t size, enum mu_style *style)
{
    int days = mu_date_days_between(self->today, tag->until);
    char number[MU_COUNT_SIZE];
    enum mu_message words = MU_SAY_tag_days_left;

    if (days == 0)
        words = MU_SAY_tag_last_day;
    else if (days < 0)
        words = MU_SAY_tag_ran_out;
    if (days <= 0)
        *style = MU_STYLE_WARNING;
    mu_count_text(days < 0 ? -days : days, number);
    mu_message_format(out, size, language, words, number, NULL);
}

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct due_tags *self = context;
    const struct due *due = &self->due[row];
    char day[MU_TAG_CELL_SIZE];

    switch (column) {
    case NAME:
        mu_text_copy(out, size, due->person.name);
        break;
    case WORD:
        mu_text_copy(out, size, due->tag.word);
        break;
    case LEFT:
        left_text(self, &due->tag, language, out, size, style);
        break;
    case UNTIL:
        mu_tag_until_text(&due->tag, language, day);
        mu_text_copy(out, size, day);
        break;
    case ADDRESS:
        mu_person_cell(&due->person, self->today, MU_PERSON_ADDRESS, language, out, size, style);
        break;
    default:
        mu_text_copy(out, size, due->tag.evidence);
        break;
    }
}

static const struct mu_list_source source = {.cell = cell};

static void due_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                     const struct mu_layout *layout)
{
    struct due_tags *self = state;

    mu_app_draw_list(app, &self->list, grid, layout,
                     mu_message_text(MU_SAY_due_line, mu_app_language(app)),
                     self->failed ? &self->error : NULL, MU_SAY_due_hint);
}

static bool due_tick(struct mu_app *app, void *state)
{
    struct due_tags *self = state;

    if (!mu_screens_changed(app, &self->seen))
        return false;
    read_due(app, self);
    return true;
}

static void due_resume(struct mu_app *app, void *state)
{
    read_due(app, state);
}

static void due_close(struct mu_app *app, void *state)
{
    struct due_tags *self = state;

    (void)app;
    free(self->due);
    free(self);
}

static const struct mu_screen_type due_type = {
    .name = "due_tags",
    .title = MU_SAY_due_title,
    .event = due_event,
    .draw = due_draw,
    .offer = due_offer,
    .typing = mu_typing_keys,
    .tick = due_tick,
    .resume = due_resume,
    .close = due_close,
};

enum mu_status mu_open_due_tags(struct mu_app *app, struct mu_error *error)
{
    struct due_tags *self = calloc(1, sizeof *self);

    if (self)
        self->due = calloc(MU_DUE_LIMIT, sizeof *self->due);
    if (!self || !self->due) {
        free(self);
        return mu_fail_memory(error);
    }
    mu_list_init(&self->list, columns, sizeof columns / sizeof *columns, &source, self);
    self->list.empty = MU_SAY_tag_none_due;
    self->seen = mu_screens_of(app)->changes;
    read_due(app, self);
    return mu_app_push(app, &due_type, self, error);
}
