#include "tui/screens/audit.h"

#include "tui/line_edit.h"
#include "tui/list.h"
#include "tui/screens/person.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/rights.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* SCANNED: how far back a filter looks. */
enum { ROWS = 500, SCANNED = 100000, OF_ONE = 200, BOX_SIZE = 96, WORD_SIZE = 96 };

struct audit {
    struct mu_line_edit box;
    struct mu_list list;
    struct mu_audit_record *record; /* ROWS of them; owned */
    size_t count;
    const char *words; /* of the box, while the trail is read */
    enum mu_language language;
    struct mu_error error;
    bool failed;
};

static void action_name(const struct mu_audit_record *record, enum mu_language language, char *out,
                        size_t size)
{
    enum mu_operation operation;

    mu_text_copy(out, size,
                 mu_operation_from_word(record->action, &operation)
                     ? mu_operation_name(operation, language)
                     : record->action);
}

/* A field's label where the subject is one. */
static void subject_text(const struct mu_audit_record *record, enum mu_language language, char *out,
                         size_t size)
{
    const struct mu_field *field =
        mu_field_by_key(mu_resident_fields, mu_resident_field_count, record->subject);

    mu_text_copy(out, size, field ? mu_message_text(field->label, language) : record->subject);
}

/* "2026-11-22 11:30", as lists show it. */
static void moment_text(const struct mu_audit_record *record, char *out)
{
    mu_moment_format(record->recorded_at, out);
    out[10] = ' ';
    out[16] = '\0';
}

/* Each word of the box stands in what the row shows. */
static bool fits(const struct audit *self, const struct mu_audit_record *record)
{
    char shown[1024], moment[MU_MOMENT_SIZE], action[WORD_SIZE], subject[WORD_SIZE];
    char words[BOX_SIZE], *rest = words;
    const char *word;

    moment_text(record, moment);
    action_name(record, self->language, action, sizeof action);
    subject_text(record, self->language, subject, sizeof subject);
    snprintf(shown, sizeof shown, "%s %s %s %s %s %s", moment, record->operator_name, action,
             record->resident_name, subject, record->reason);
    mu_text_copy(words, sizeof words, self->words);
    while ((word = strsep(&rest, " ")) != NULL)
        if (!strstr(shown, word))
            return false;
    return true;
}

static bool take(void *context, const struct mu_audit_record *record)
{
    struct audit *self = context;

    if (fits(self, record))
        self->record[self->count++] = *record;
    return self->count < ROWS;
}

static void read_trail(struct mu_app *app, struct audit *self)
{
    const struct mu_audit_filter everything = {0};
    char words[BOX_SIZE];

    mu_text_narrow(words, sizeof words, self->box.text);
    self->words = words;
    self->language = mu_app_language(app);
    self->count = 0;
    self->failed = mu_list_audit(mu_screens_desk(app), &everything, SCANNED, take, self,
                                 &self->error) != MU_OK;
    self->words = "";
    mu_list_count(&self->list, self->count);
}

enum { TIME, WHO, ACTION, WHOSE, SUBJECT, REASON, COLUMNS };

static const struct mu_column columns[COLUMNS] = {
    [TIME] = {MU_SAY_audit_time, 16, 16, 0, MU_LEFT | MU_WHOLE, false},
    [WHO] = {MU_SAY_audit_who, 8, 14, 0, MU_MARK, false},
    [ACTION] = {MU_SAY_audit_action, 17, 24, 0, MU_MARK, false},
    [WHOSE] = {MU_SAY_audit_whose, 6, 16, 0, MU_MARK, false},
    [SUBJECT] = {MU_SAY_audit_subject, 9, 20, 2, MU_MARK, false},
    [REASON] = {MU_SAY_audit_reason, 8, 60, 1, MU_MARK, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct audit *self = context;
    const struct mu_audit_record *record = &self->record[row];
    char moment[MU_MOMENT_SIZE];

    (void)style;
    *out = '\0';
    switch (column) {
    case TIME:
        moment_text(record, moment);
        mu_text_copy(out, size, moment);
        break;
    case WHO:
        mu_text_copy(out, size, record->operator_name);
        break;
    case ACTION:
        action_name(record, language, out, size);
        break;
    case WHOSE:
        mu_text_copy(out, size, record->resident_name);
        break;
    case SUBJECT:
        subject_text(record, language, out, size);
        break;
    default:
        mu_text_copy(out, size, record->reason);
    }
}

static const struct mu_list_source source = {.cell = cell};

/* One record in full, as lines to read. */
static void write_record(FILE *out, const struct mu_audit_record *record, enum mu_language language)
{
    char moment[MU_MOMENT_SIZE], action[WORD_SIZE], subject[WORD_SIZE];

    moment_text(record, moment);
    action_name(record, language, action, sizeof action);
    subject_text(record, language, subject, sizeof subject);
    fprintf(out, "%s  %s  %s  %s %s\n", moment, record->operator_name, action,
            record->resident_name, subject);
    if (*record->reason)
        fprintf(out, "    %s %s\n", mu_message_text(MU_SAY_audit_reason, language), record->reason);
    if (*record->before)
        fprintf(out, "%s\n%s", mu_message_text(MU_SAY_audit_before, language), record->before);
    if (*record->after)
        fprintf(out, "%s\n%s", mu_message_text(MU_SAY_audit_after, language), record->after);
}

static void show_text(struct mu_app *app, FILE *stream, char **text, const char *title)
{
    bool cut = ferror(stream) != 0;

    if (fclose(stream) == 0 && !cut && *text)
        mu_app_read(app, title, *text);
    else
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
    free(*text);
}

static void open_record(struct mu_app *app, const struct mu_audit_record *record)
{
    char *text = NULL;
    size_t length;
    FILE *stream = open_memstream(&text, &length);

    if (!stream) {
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
        return;
    }
    write_record(stream, record, mu_app_language(app));
    fprintf(stream, "%s %s\n", mu_message_text(MU_SAY_audit_terminal, mu_app_language(app)),
            *record->terminal ? record->terminal : "-");
    show_text(app, stream, &text, mu_message_text(MU_SAY_audit_title, mu_app_language(app)));
}

struct telling {
    FILE *stream;
    enum mu_language language;
    size_t count;
};

static bool tell(void *context, const struct mu_audit_record *record)
{
    struct telling *telling = context;

    write_record(telling->stream, record, telling->language);
    telling->count++;
    return true;
}

void mu_show_audit_of(struct mu_app *app, int64_t resident_id, const char *name)
{
    const struct mu_audit_filter filter = {.resident_id = resident_id};
    char *text = NULL, title[256];
    size_t length;
    struct telling telling = {open_memstream(&text, &length), mu_app_language(app), 0};
    struct mu_error error;

    if (!telling.stream) {
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
        return;
    }
    if (mu_list_audit(mu_screens_desk(app), &filter, OF_ONE, tell, &telling, &error) != MU_OK) {
        fclose(telling.stream);
        free(text);
        mu_app_say_error(app, &error);
        return;
    }
    if (!telling.count)
        fprintf(telling.stream, "%s\n", mu_message_text(MU_SAY_audit_nothing, telling.language));
    mu_message_format(title, sizeof title, telling.language, MU_SAY_file_trail_title, name, NULL);
    show_text(app, telling.stream, &text, title);
}

static bool audit_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct audit *self = state;

    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_refresh) {
        read_trail(app, self);
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_screen_refreshed, NULL);
        return true;
    }
    switch (mu_list_event(&self->list, event, NULL)) {
    case MU_LIST_OPENED:
        open_record(app, &self->record[self->list.cursor]);
        return true;
    case MU_LIST_IGNORED:
        break;
    default:
        return true;
    }
    switch (mu_line_edit_event(&self->box, event)) {
    case MU_LINE_IGNORED:
        return false;
    case MU_LINE_CHANGED:
        read_trail(app, self);
        return true;
    default:
        return true;
    }
}

static void audit_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                       const struct mu_layout *layout)
{
    struct audit *self = state;
    enum mu_language language = mu_app_language(app);
    char text[MU_MESSAGE_SIZE], position[WORD_SIZE];
    struct mu_area area = layout->work;
    int column = 1;

    area.row++, area.rows--;
    if (self->failed) {
        mu_error_text(&self->error, language, text, sizeof text);
        mu_grid_paragraph(grid, area, text, MU_STYLE_BAD);
    } else {
        mu_list_draw(&self->list, grid, area, false, language);
    }
    mu_list_position(&self->list, position, sizeof position);
    mu_grid_put(grid, layout->status_row, layout->columns - 20, 19, position, MU_RIGHT,
                MU_STYLE_DIM);
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(MU_SAY_audit_hint, language), MU_LEFT, MU_STYLE_HINT);
    column += mu_grid_run(grid, layout->status_row, column, 12,
                          mu_message_text(MU_SAY_audit_box, language), MU_STYLE_LABEL);
    mu_line_edit_draw(&self->box, grid, layout->status_row, column, layout->columns - column - 21,
                      true, language);
}

static struct mu_offer audit_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct audit *self = state;

    (void)app;
    if (action == MU_DO_refresh || (action == MU_DO_accept && self->count))
        return (struct mu_offer){.kind = MU_OFFER_YES};
    return (struct mu_offer){.kind = MU_OFFER_NONE};
}

static void audit_close(struct mu_app *app, void *state)
{
    struct audit *self = state;

    (void)app;
    free(self->record);
    free(self);
}

static void audit_language(struct mu_app *app, void *state)
{
    read_trail(app, state);
}

static const struct mu_screen_type audit_type = {
    .name = "audit",
    .title = MU_SAY_audit_title,
    .event = audit_event,
    .draw = audit_draw,
    .offer = audit_offer,
    .language = audit_language,
    .close = audit_close,
};

enum mu_status mu_open_audit(struct mu_app *app, struct mu_error *error)
{
    struct audit *self = calloc(1, sizeof *self);

    if (!self)
        return mu_fail_memory(error);
    self->record = calloc(ROWS, sizeof *self->record);
    if (!self->record) {
        free(self);
        return mu_fail_memory(error);
    }
    mu_line_edit_init(&self->box, BOX_SIZE);
    mu_list_init(&self->list, columns, COLUMNS, &source, self);
    self->list.empty = MU_SAY_audit_nothing;
    read_trail(app, self);
    return mu_app_push(app, &audit_type, self, error);
}
