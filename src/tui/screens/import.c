/* Bringing a spreadsheet in: the file is chosen, its columns are looked at, what would change is
 * counted, and then it is done. */
#include "tui/screens/import_screen.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/import.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELD_CODES = 1, PASSED_CODE = 0, BY_HEADER_CODE = -1 };

const char *import_file_name(const struct import_screen *self)
{
    const char *slash = strrchr(self->path, '/');

    return slash ? slash + 1 : self->path;
}

static void say_failed(struct mu_app *app, enum mu_status status, const struct mu_error *error)
{
    if (status != MU_OK)
        mu_app_say_error(app, error);
}

/* Choosing the file. */

static void list_files(struct import_screen *self)
{
    char path[MU_TYPED_PATH_SIZE];

    mu_typed_path(self->box.text, path);
    mu_table_files_read(self->files, path);
    mu_list_count(&self->file_list, self->files->count);
}

static bool show_bytes(void *context, int64_t done, int64_t all)
{
    struct import_screen *self = context;
    int64_t rows = self->look->rows ? self->look->rows : 100;

    return mu_app_progress(self->app, self->working,
                           (size_t)(all > 0 ? (double)done / (double)all * (double)rows : 0),
                           (size_t)rows);
}

/* Says at once when the columns don't do. */
static void check_columns(struct import_screen *self)
{
    self->faulty = mu_import_map_columns(self->look, self->mapping, import_file_name(self),
                                         &self->fault) != MU_OK;
    mu_list_count(&self->column_list, self->look->count);
}

static void look(struct mu_app *app, struct import_screen *self, const char *path)
{
    struct mu_error error;
    enum mu_status status;

    self->look->rows = 0;
    self->working = MU_SAY_import_looking;
    mu_app_progress(app, self->working, 0, 100);
    if (strcmp(path, self->path) != 0) {
        self->mapping->count = 0;
        *self->mapping_name = '\0';
    }
    status = mu_import_look(mu_screens_desk(app), path, self->mapping, show_bytes, self, self->look,
                            &error);
    say_failed(app, status, &error);
    if (status != MU_OK) {
        self->stage = IMPORT_CHOOSE;
        return;
    }
    mu_text_copy(self->path, sizeof self->path, path);
    self->column_list.cursor = self->column_list.top = 0;
    check_columns(self);
    self->stage = IMPORT_COLUMNS;
}

static void take_entry(struct mu_app *app, struct import_screen *self, bool open)
{
    char path[MU_TYPED_PATH_SIZE];

    if (self->file_list.cursor >= self->files->count)
        return;
    mu_table_entry_path(self->files, self->file_list.cursor, path);
    if (!*path)
        return;
    mu_line_edit_set(&self->box, path);
    if (self->files->entry[self->file_list.cursor].folder || !open) {
        self->file_list.cursor = self->file_list.top = 0;
        list_files(self);
    } else {
        look(app, self, path);
    }
}

/* What was typed, unless it only narrowed the list down. */
static void open_typed(struct mu_app *app, struct import_screen *self)
{
    char path[MU_TYPED_PATH_SIZE];

    mu_typed_path(self->box.text, path);
    if (*path && strcmp(path, self->files->folder) != 0 && mu_folder_path(path)) {
        mu_line_edit_set(&self->box, path);
        list_files(self);
    } else if (self->files->count) {
        take_entry(app, self, true);
    } else if (*path) {
        look(app, self, path);
    }
}

static bool choose_event(struct mu_app *app, struct import_screen *self,
                         const struct mu_event *event)
{
    enum mu_line_result result;

    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_accept) {
        open_typed(app, self);
        return true;
    }
    if (event->kind == MU_EVENT_KEY &&
        (event->action == MU_DO_choose || event->action == MU_DO_refresh)) {
        if (event->action == MU_DO_choose)
            take_entry(app, self, false);
        list_files(self);
        return true;
    }
    if (event->kind == MU_EVENT_KEY && event->action != MU_DO_first &&
        event->action != MU_DO_last && event->action != MU_DO_sort && event->action != MU_DO_mark &&
        mu_list_event(&self->file_list, event, NULL) != MU_LIST_IGNORED)
        return true;
    result = mu_line_edit_event(&self->box, event);
    if (result == MU_LINE_CHANGED || result == MU_LINE_FULL) {
        self->file_list.cursor = self->file_list.top = 0;
        list_files(self);
    }
    return result != MU_LINE_IGNORED;
}

/* Columns. */

static void field_picked(struct mu_app *app, void *context, bool chosen, int code)
{
    struct import_screen *self = context;
    const char *name = self->look->column[self->column_list.cursor].name;
    struct mu_error error;
    size_t at = 0;

    if (!chosen)
        return;
    if (code == BY_HEADER_CODE) {
        while (at < self->mapping->count && strcmp(self->mapping->map[at].header, name) != 0)
            at++;
        if (at < self->mapping->count)
            self->mapping->map[at] = self->mapping->map[--self->mapping->count];
    } else {
        const char *key = code == PASSED_CODE ? "" : mu_resident_fields[code - FIELD_CODES].key;

        say_failed(app, mu_import_map_header(self->mapping, name, key, &error), &error);
    }
    check_columns(self);
}

static void pick_field(struct mu_app *app, struct import_screen *self)
{
    enum mu_language language = mu_app_language(app);
    const struct mu_import_column *column = &self->look->column[self->column_list.cursor];
    struct mu_pick picks[MU_RESIDENT_FIELDS + 2] = {
        {.code = PASSED_CODE, .text = mu_message_text(MU_SAY_import_passed, language)},
        {.code = BY_HEADER_CODE, .text = mu_message_text(MU_SAY_import_by_header, language)},
    };
    size_t count = 2;
    int code = PASSED_CODE;

    if (self->column_list.cursor >= self->look->count)
        return;
    for (size_t i = 0; i < mu_resident_field_count; i++) {
        picks[count++] =
            (struct mu_pick){.code = (int)i + FIELD_CODES,
                             .text = mu_message_text(mu_resident_fields[i].label, language),
                             .aside = mu_resident_fields[i].key,
                             .words = mu_resident_fields[i].key};
        if (column->field == &mu_resident_fields[i])
            code = (int)i + FIELD_CODES;
    }
    mu_app_pick(app, column->name, picks, count, code, field_picked, self);
}

static bool take_kept(void *context, const char *name, int64_t headers)
{
    struct import_screen *self = context;

    (void)headers;
    mu_text_copy(self->kept[self->kept_count++], MU_MAPPING_SIZE, name);
    return self->kept_count < IMPORT_KEPT;
}

static void kept_picked(struct mu_app *app, void *context, bool chosen, int code)
{
    struct import_screen *self = context;
    struct mu_error error;
    enum mu_status status;

    if (!chosen)
        return;
    status = mu_read_mapping(mu_screens_desk(app), self->kept[code], self->mapping, &error);
    say_failed(app, status, &error);
    if (status == MU_OK)
        mu_text_copy(self->mapping_name, sizeof self->mapping_name, self->kept[code]);
    check_columns(self);
}

static void pick_kept(struct mu_app *app, struct import_screen *self)
{
    struct mu_pick picks[IMPORT_KEPT];
    struct mu_error error;
    enum mu_status status;

    self->kept_count = 0;
    status = mu_list_mappings(mu_screens_desk(app), take_kept, self, &error);
    say_failed(app, status, &error);
    for (size_t i = 0; i < self->kept_count; i++)
        picks[i] = (struct mu_pick){.code = (int)i, .text = self->kept[i]};
    if (self->kept_count)
        mu_app_pick(app, mu_message_text(MU_SAY_import_kept, mu_app_language(app)), picks,
                    self->kept_count, 0, kept_picked, self);
    else if (status == MU_OK)
        mu_app_say(app, MU_TONE_PLAIN, MU_SAY_import_no_mappings, NULL);
}

static void mapping_named(struct mu_app *app, void *context, const char *text)
{
    struct import_screen *self = context;
    struct mu_error error;
    enum mu_status status;

    if (!text)
        return;
    status = mu_save_mapping(mu_screens_desk(app), text, self->mapping, &error);
    say_failed(app, status, &error);
    if (status != MU_OK)
        return;
    mu_text_copy(self->mapping_name, sizeof self->mapping_name, text);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_import_mapping_saved, text, NULL);
}

/* The import itself. */

static void take_row(void *context, unsigned long line, enum mu_import_outcome outcome,
                     const struct mu_resident *resident)
{
    struct import_screen *self = context;

    import_result_row(self->result, line, outcome, resident);
}

static void take_note(void *context, const struct mu_import_note *note)
{
    struct import_screen *self = context;

    import_result_note(self->result, note);
}

static void write_lines(struct mu_app *app, struct import_screen *self)
{
    import_result_write(self->result, self->look, self->stage == IMPORT_CHECKED,
                        mu_app_now(app).date, mu_app_language(app));
    mu_list_count(&self->line_list, self->result->count);
}

static void run(struct mu_app *app, struct import_screen *self, bool dry)
{
    const struct mu_import_options options = {
        .mapping = self->mapping,
        .file = &self->look->file,
        .dry_run = dry,
        .language = mu_app_language(app),
        .progress = show_bytes,
        .note = take_note,
        .row = take_row,
        .context = self,
    };
    struct mu_error error;
    enum mu_status status;

    import_result_clear(self->result);
    self->working = dry ? MU_SAY_import_checking : MU_SAY_import_landing;
    mu_app_progress(app, self->working, 0, (size_t)self->look->rows);
    status = mu_import_residents(mu_screens_desk(app), self->path, &options, &self->result->report,
                                 &error);
    self->line_list.cursor = self->line_list.top = 0;
    self->stage = status != MU_OK ? IMPORT_COLUMNS : dry ? IMPORT_CHECKED : IMPORT_DONE;
    say_failed(app, status, &error);
    if (status != MU_OK)
        return;
    write_lines(app, self);
    if (!dry)
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_import_landed, import_file_name(self), NULL);
}

static void check(struct mu_app *app, struct import_screen *self)
{
    if (self->faulty)
        mu_app_say_error(app, &self->fault);
    else
        run(app, self, true);
}

static void go(struct mu_app *app, void *context, bool yes)
{
    if (yes)
        run(app, context, false);
    else
        mu_app_say(app, MU_TONE_PLAIN, MU_SAY_import_not_done, NULL);
}

static void ask(struct mu_app *app, struct import_screen *self)
{
    const struct mu_import_report *report = &self->result->report;
    char question[MU_MESSAGE_SIZE], number[3][MU_COUNT_SIZE];

    if (report->added + report->updated + report->homes == 0) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_import_nothing_new, NULL);
        return;
    }
    mu_count_text(report->added, number[0]);
    mu_count_text(report->updated, number[1]);
    mu_count_text(report->homes, number[2]);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_import_ask,
                      import_file_name(self), number[0], number[1], number[2], NULL);
    mu_app_confirm(app, question, go, self);
}

static void undone(struct mu_app *app, void *state)
{
    struct import_screen *self = state;

    (void)app;
    self->stage = IMPORT_CHOOSE;
    list_files(self);
}

static bool columns_event(struct mu_app *app, struct import_screen *self,
                          const struct mu_event *event)
{
    switch (event->action) {
    case MU_DO_save:
        check(app, self);
        return true;
    case MU_DO_choose:
        pick_field(app, self);
        return true;
    case MU_DO_same:
        pick_kept(app, self);
        return true;
    case MU_DO_new:
        mu_app_prompt(app, mu_message_text(MU_SAY_import_mapping_ask, mu_app_language(app)),
                      MU_MAPPING_SIZE, true, mapping_named, self);
        return true;
    case MU_DO_refresh:
        look(app, self, self->path);
        return true;
    default:
        break;
    }
    switch (mu_list_event(&self->column_list, event, NULL)) {
    case MU_LIST_OPENED:
        pick_field(app, self);
        return true;
    case MU_LIST_IGNORED:
        return false;
    default:
        return true;
    }
}

static bool lines_event(struct mu_app *app, struct import_screen *self,
                        const struct mu_event *event)
{
    if (event->action == MU_DO_save && self->stage == IMPORT_CHECKED) {
        ask(app, self);
        return true;
    }
    if (event->action == MU_DO_undo && self->stage == IMPORT_DONE) {
        mu_ask_undo(app, undone, self);
        return true;
    }
    if (event->action == MU_DO_new && self->stage == IMPORT_DONE) {
        undone(app, self);
        return true;
    }
    switch (mu_list_event(&self->line_list, event, NULL)) {
    case MU_LIST_OPENED:
        mu_app_read(app, import_file_name(self), self->result->line[self->line_list.cursor].text);
        return true;
    case MU_LIST_IGNORED:
        return false;
    default:
        return true;
    }
}

/* One step back; out of the last one the screen closes. */
static bool back(struct import_screen *self)
{
    if (self->stage == IMPORT_CHOOSE || self->stage == IMPORT_DONE)
        return false;
    self->stage = self->stage == IMPORT_CHECKED ? IMPORT_COLUMNS : IMPORT_CHOOSE;
    return true;
}

static bool import_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct import_screen *self = state;

    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_back)
        return back(self);
    if (self->stage == IMPORT_CHOOSE)
        return choose_event(app, self, event);
    if (event->kind != MU_EVENT_KEY)
        return false;
    return self->stage == IMPORT_COLUMNS ? columns_event(app, self, event)
                                         : lines_event(app, self, event);
}

static struct mu_offer import_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    static const struct {
        enum import_stage stage;
        enum mu_action action;
        enum mu_message label;
    } offers[] = {
        {IMPORT_CHOOSE, MU_DO_accept, MU_SAY_screen_open},
        {IMPORT_CHOOSE, MU_DO_choose, MU_SAY_import_fill_in},
        {IMPORT_CHOOSE, MU_DO_refresh, 0},
        {IMPORT_COLUMNS, MU_DO_save, MU_SAY_import_try},
        {IMPORT_COLUMNS, MU_DO_choose, MU_SAY_import_which},
        {IMPORT_COLUMNS, MU_DO_accept, MU_SAY_import_which},
        {IMPORT_COLUMNS, MU_DO_same, MU_SAY_import_use_kept},
        {IMPORT_COLUMNS, MU_DO_new, MU_SAY_import_keep},
        {IMPORT_COLUMNS, MU_DO_refresh, 0},
        {IMPORT_CHECKED, MU_DO_save, MU_SAY_import_do},
        {IMPORT_CHECKED, MU_DO_accept, MU_SAY_import_read_line},
        {IMPORT_DONE, MU_DO_undo, 0},
        {IMPORT_DONE, MU_DO_new, MU_SAY_import_another},
        {IMPORT_DONE, MU_DO_accept, MU_SAY_import_read_line},
    };
    const struct import_screen *self = state;

    (void)app;
    for (size_t i = 0; i < sizeof offers / sizeof *offers; i++)
        if (offers[i].stage == self->stage && offers[i].action == action)
            return (struct mu_offer){.kind = MU_OFFER_YES, .label = offers[i].label};
    return (struct mu_offer){.kind = MU_OFFER_NONE};
}

static enum mu_typing import_typing(const struct mu_app *app, const void *state)
{
    const struct import_screen *self = state;

    (void)app;
    return self->stage == IMPORT_CHOOSE ? MU_TYPING_TEXT : MU_TYPING_KEYS;
}

static void import_language(struct mu_app *app, void *state)
{
    struct import_screen *self = state;

    if (self->stage >= IMPORT_CHECKED)
        write_lines(app, self);
}

static void free_screen(struct import_screen *self)
{
    if (self->result)
        import_result_clear(self->result);
    free(self->result);
    free(self->files);
    free(self->look);
    free(self->mapping);
    free(self);
}

static void import_close(struct mu_app *app, void *state)
{
    (void)app;
    free_screen(state);
}

static const struct mu_screen_type import_type = {
    .name = "import",
    .title = MU_SAY_import_title,
    .event = import_event,
    .draw = import_draw,
    .offer = import_offer,
    .typing = import_typing,
    .language = import_language,
    .close = import_close,
};

enum mu_status mu_open_import(struct mu_app *app, struct mu_error *error)
{
    struct import_screen *self = calloc(1, sizeof *self);

    if (!self)
        return mu_fail_memory(error);
    self->app = app;
    self->files = calloc(1, sizeof *self->files);
    self->look = calloc(1, sizeof *self->look);
    self->mapping = calloc(1, sizeof *self->mapping);
    self->result = calloc(1, sizeof *self->result);
    if (!self->files || !self->look || !self->mapping || !self->result) {
        free_screen(self);
        return mu_fail_memory(error);
    }
    mu_line_edit_init(&self->box, MU_TYPED_PATH_SIZE);
    self->box.placeholder = MU_SAY_import_placeholder;
    import_lists_init(self);
    list_files(self);
    return mu_app_push(app, &import_type, self, error);
}
