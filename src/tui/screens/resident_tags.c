#include "tui/list.h"
#include "tui/screens/person.h"
#include "tui/screens/screens.h"
#include "tui/screens/tag_view.h"

#include <mulin/base/text.h>
#include <mulin/desk/operators.h>
#include <mulin/desk/register.h>
#include <mulin/desk/tag.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TAGS = 100, REASON_ROWS = 4 };

struct resident_tags {
    struct mu_resident person;
    struct mu_date day;  /* for which they are told */
    struct mu_tag *tags; /* owned */
    size_t count;
    struct mu_list list;
    char *reasons; /* of the computed ones; owned */
    bool from_file;
    unsigned seen;
};

void mu_tag_from_text(const struct mu_tag *tag, enum mu_language language, char *out)
{
    mu_date_format(tag->from, out);
    if (!*out)
        mu_text_copy(out, MU_TAG_CELL_SIZE, mu_message_text(MU_SAY_tag_no_start, language));
}

void mu_tag_until_text(const struct mu_tag *tag, enum mu_language language, char *out)
{
    mu_date_format(tag->until, out);
    if (!*out)
        mu_text_copy(out, MU_TAG_CELL_SIZE, mu_message_text(MU_SAY_tag_no_end, language));
}

const char *mu_tag_standing(const struct mu_tag *tag, struct mu_date day, enum mu_language language,
                            enum mu_style *style)
{
    enum mu_message words = MU_SAY_tag_over;

    if (mu_tag_holds(tag, day))
        words = MU_SAY_tag_in_force;
    else if (mu_date_compare(tag->from, day) > 0)
        words = MU_SAY_tag_to_come;
    if (words == MU_SAY_tag_over)
        *style = MU_STYLE_DIM;
    return mu_message_text(words, language);
}

static bool take(void *context, const struct mu_tag *tag)
{
    struct resident_tags *self = context;

    self->tags[self->count++] = *tag;
    return self->count < TAGS;
}

static enum mu_status read_tags(struct mu_app *app, struct resident_tags *self, int64_t id,
                                struct mu_error *error)
{
    struct mu_desk *desk = mu_screens_desk(app);
    char *reasons;
    enum mu_status status = mu_read_resident(desk, id, &self->person, error);

    if (status == MU_OK)
        status = mu_explain_tags(desk, id, mu_app_language(app), &reasons, error);
    if (status != MU_OK)
        return status;
    free(self->reasons);
    self->reasons = reasons;
    self->day = mu_tags_day(&self->person, mu_app_now(app).date);
    self->count = 0;
    status = mu_list_tags(desk, id, take, self, error);
    mu_list_count(&self->list, self->count);
    return status;
}

static void read_again(struct mu_app *app, struct resident_tags *self)
{
    struct mu_error error;

    if (read_tags(app, self, self->person.id, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

/* Gives its place on the stack to the form, which opens it again. */
static void go_to_form(struct mu_app *app, const struct resident_tags *self, bool renew)
{
    struct mu_error error;
    int64_t id = self->person.id;
    bool from_file = self->from_file;
    char word[MU_TAGS_SIZE] = "";

    if (renew)
        mu_text_copy(word, sizeof word, self->tags[self->list.cursor].word);
    if (mu_desk_ask(mu_screens_desk(app), MU_MAY_save_resident, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_app_pop(app);
    if (mu_open_tag_form(app, id, word, true, from_file, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void end_agreed(struct mu_app *app, void *state, bool yes)
{
    struct resident_tags *self = state;
    const struct mu_date yesterday = {0, 0, 0};
    char word[MU_TAGS_SIZE];
    struct mu_error error;

    if (!yes)
        return;
    mu_text_copy(word, sizeof word, self->tags[self->list.cursor].word);
    if (mu_end_tag(mu_screens_desk(app), self->person.id, word, yesterday, &error) != MU_OK)
        mu_app_say_error(app, &error);
    else
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_tag_ended_done, self->person.name, word, NULL);
    read_again(app, self);
}

static void ask_end(struct mu_app *app, struct resident_tags *self)
{
    char question[512];

    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_tag_ask_end,
                      self->person.name, self->tags[self->list.cursor].word, NULL);
    mu_app_confirm(app, question, end_agreed, self);
}

static void leave(struct mu_app *app, const struct resident_tags *self)
{
    struct mu_error error;
    int64_t id = self->person.id;
    bool from_file = self->from_file;

    mu_app_pop(app);
    if (from_file && mu_open_resident_file(app, id, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static bool tags_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct resident_tags *self = state;

    if (event->kind != MU_EVENT_KEY)
        return false;
    switch (event->action) {
    case MU_DO_new:
    case MU_DO_save:
        go_to_form(app, self, event->action == MU_DO_save);
        return true;
    case MU_DO_delete:
        if (self->count)
            ask_end(app, self);
        return self->count > 0;
    case MU_DO_refresh:
        read_again(app, self);
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_screen_refreshed, NULL);
        return true;
    case MU_DO_back:
        leave(app, self);
        return true;
    default:
        break;
    }
    switch (mu_list_event(&self->list, event, NULL)) {
    case MU_LIST_OPENED:
        go_to_form(app, self, true);
        return true;
    case MU_LIST_IGNORED:
        return false;
    default:
        return true;
    }
}

static struct mu_offer tags_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct resident_tags *self = state;

    (void)app;
    switch (action) {
    case MU_DO_new:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_tag_new_label};
    case MU_DO_save:
    case MU_DO_accept:
        if (!self->count)
            return (struct mu_offer){.kind = MU_OFFER_NONE};
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_tag_renew_label};
    case MU_DO_refresh:
        return (struct mu_offer){.kind = MU_OFFER_YES};
    default:
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    }
}

enum { WORD, FROM, UNTIL, STANDING, WHO, EVIDENCE };

static const struct mu_column columns[] = {
    [WORD] = {MU_SAY_field_tag_word, 8, 10, 0, MU_MARK, false},
    [FROM] = {MU_SAY_field_tag_from, 10, 10, 2, MU_MARK, false},
    [UNTIL] = {MU_SAY_field_tag_until, 10, 10, 0, MU_MARK, false},
    [STANDING] = {MU_SAY_tag_standing_column, 6, 8, 0, MU_MARK, false},
    [WHO] = {MU_SAY_tag_who_column, 6, 8, 3, MU_MARK, false},
    [EVIDENCE] = {MU_SAY_field_tag_evidence, 10, 60, 1, MU_MARK, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct resident_tags *self = context;
    const struct mu_tag *tag = &self->tags[row];
    const char *standing = mu_tag_standing(tag, self->day, language, style);
    char day[MU_TAG_CELL_SIZE];

    switch (column) {
    case WORD:
        mu_text_copy(out, size, tag->word);
        break;
    case FROM:
        mu_tag_from_text(tag, language, day);
        mu_text_copy(out, size, day);
        break;
    case UNTIL:
        mu_tag_until_text(tag, language, day);
        mu_text_copy(out, size, day);
        break;
    case STANDING:
        mu_text_copy(out, size, standing);
        break;
    case WHO:
        mu_text_copy(out, size, tag->operator_name);
        break;
    default:
        mu_text_copy(out, size, tag->evidence);
        break;
    }
}

static const struct mu_list_source source = {.cell = cell};

static void tags_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    struct resident_tags *self = state;
    enum mu_language language = mu_app_language(app);
    struct mu_area area = layout->work, below;
    char line[128], status[64];
    int column = 1;
    enum mu_style style = mu_person_status(&self->person, language, status, sizeof status);

    column += mu_grid_run(grid, layout->status_row, column, layout->columns - 30, self->person.name,
                          MU_STYLE_BIG) +
              2;
    mu_person_line(&self->person, mu_app_now(app).date, language, line, sizeof line);
    column += mu_grid_run(grid, layout->status_row, column, layout->columns - column, line,
                          MU_STYLE_NORMAL) +
              2;
    mu_grid_run(grid, layout->status_row, column, layout->columns - column, status, style);
    area.row++, area.rows--;
    if (*self->reasons) {
        below = area;
        below.rows = REASON_ROWS;
        below.row = area.row + area.rows - below.rows;
        below.column++, below.columns--;
        area.rows -= REASON_ROWS + 2;
        mu_grid_put(grid, below.row - 1, 1, layout->columns - 1,
                    mu_message_text(MU_SAY_tag_computed_title, language), MU_LEFT, MU_STYLE_TITLE);
        mu_grid_paragraph(grid, below, self->reasons, MU_STYLE_NORMAL);
    }
    mu_list_draw(&self->list, grid, area, true, language);
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(MU_SAY_tag_hint, language), MU_LEFT, MU_STYLE_HINT);
}

static bool tags_tick(struct mu_app *app, void *state)
{
    struct resident_tags *self = state;
    struct mu_error error;

    if (!mu_screens_changed(app, &self->seen))
        return false;
    return read_tags(app, self, self->person.id, &error) == MU_OK;
}

static void tags_language(struct mu_app *app, void *state)
{
    read_again(app, state);
}

static void tags_subject(struct mu_app *app, const void *state, char *out, size_t size)
{
    const struct resident_tags *self = state;

    (void)app;
    mu_text_copy(out, size, self->person.name);
}

static void tags_close(struct mu_app *app, void *state)
{
    struct resident_tags *self = state;

    (void)app;
    free(self->reasons);
    free(self->tags);
    free(self);
}

static const struct mu_screen_type tags_type = {
    .name = "resident_tags",
    .title = MU_SAY_tag_page_title,
    .event = tags_event,
    .draw = tags_draw,
    .offer = tags_offer,
    .typing = mu_typing_keys,
    .tick = tags_tick,
    .language = tags_language,
    .subject = tags_subject,
    .close = tags_close,
};

enum mu_status mu_open_resident_tags(struct mu_app *app, int64_t id, bool from_file,
                                     struct mu_error *error)
{
    struct resident_tags *self = calloc(1, sizeof *self);
    enum mu_status status;

    if (self)
        self->tags = calloc(TAGS, sizeof *self->tags);
    if (!self || !self->tags) {
        free(self);
        return mu_fail_memory(error);
    }
    self->from_file = from_file;
    mu_list_init(&self->list, columns, sizeof columns / sizeof *columns, &source, self);
    self->list.empty = MU_SAY_tag_page_empty;
    self->seen = mu_screens_of(app)->changes;
    status = read_tags(app, self, id, error);
    if (status != MU_OK) {
        tags_close(app, self);
        return status;
    }
    mu_screens_remember(app, id);
    return mu_app_push(app, &tags_type, self, error);
}
