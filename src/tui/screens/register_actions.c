/* What can be done with the register's list: order, columns, lists kept by name, files, paper,
 * marks. */
#include "tui/screens/register_list.h"

#include <mulin/base/text.h>
#include <mulin/desk/operators.h>
#include <mulin/desk/rights.h>
#include <mulin/report/roster.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DOWN = 100 /* added to the code of a column: from the other end */ };

static void say_status(struct mu_app *app, enum mu_status status, const struct mu_error *error,
                       enum mu_message done, const char *first, const char *second)
{
    if (status != MU_OK)
        mu_app_say_error(app, error);
    else
        mu_app_say(app, MU_TONE_GOOD, done, first, second, NULL);
}

/* ---- order and columns ---- */

static void sort_picked(struct mu_app *app, void *context, bool chosen, int code)
{
    struct mu_register_list *self = context;

    if (!chosen)
        return;
    self->request.descending = code >= DOWN;
    self->request.sort = (enum mu_roster_column)(code % DOWN);
    mu_register_columns(self);
    self->list.cursor = self->list.top = 0;
    self->at_end = false;
    mu_roster_free(&self->roster);
    mu_register_read(app, self);
}

static void pick_sort(struct mu_app *app, struct mu_register_list *self)
{
    enum mu_language language = mu_app_language(app);
    struct mu_pick picks[2 * MU_ROSTER_COLUMN_COUNT + 1];
    size_t count = 0;
    int now = (int)self->request.sort + (self->request.descending ? DOWN : 0);

    picks[count++] = (struct mu_pick){
        MU_ROSTER_COLUMN_COUNT, mu_message_text(MU_SAY_register_unsorted, language), NULL, NULL};
    for (int i = 0; i < MU_ROSTER_COLUMN_COUNT; i++) {
        const char *label = mu_message_text(mu_roster_columns[i].label, language);

        if (!mu_roster_columns[i].sortable)
            continue;
        picks[count++] = (struct mu_pick){i, label, "↑", mu_roster_columns[i].key};
        picks[count++] = (struct mu_pick){i + DOWN, label, "↓", mu_roster_columns[i].key};
    }
    mu_app_pick(app, mu_message_text(MU_SAY_register_sort, language), picks, count, now,
                sort_picked, self);
}

static void pick_columns(struct mu_app *app, struct mu_register_list *self, int at);

static void column_picked(struct mu_app *app, void *context, bool chosen, int code)
{
    struct mu_register_list *self = context;
    struct mu_roster_request *request = &self->request;
    size_t i = 0;

    if (!chosen) {
        self->redo = true;
        mu_register_read(app, self);
        return;
    }
    while (i < request->column_count && (int)request->column[i] != code)
        i++;
    if (i == request->column_count && request->column_count < MU_LIST_COLUMNS) {
        request->column[request->column_count++] = (enum mu_roster_column)code;
    } else if (i == request->column_count) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_register_columns_full, NULL);
    } else if (request->column_count == 1) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_register_columns_one, NULL);
    } else {
        request->column_count--;
        memmove(&request->column[i], &request->column[i + 1],
                (request->column_count - i) * sizeof *request->column);
    }
    mu_register_columns(self);
    pick_columns(app, self, code);
}

/* Each choice takes a column in or out, until Esc. */
static void pick_columns(struct mu_app *app, struct mu_register_list *self, int at)
{
    enum mu_language language = mu_app_language(app);
    struct mu_pick picks[MU_ROSTER_COLUMN_COUNT];

    for (int i = 0; i < MU_ROSTER_COLUMN_COUNT; i++) {
        const char *mark = "";

        for (size_t j = 0; j < self->request.column_count; j++)
            if ((int)self->request.column[j] == i)
                mark = "[x]";
        picks[i] = (struct mu_pick){i, mu_message_text(mu_roster_columns[i].label, language), mark,
                                    mu_roster_columns[i].key};
    }
    mu_app_pick(app, mu_message_text(MU_SAY_register_columns, language), picks,
                MU_ROSTER_COLUMN_COUNT, at, column_picked, self);
}

/* ---- lists kept by name ---- */

static void keep_named(struct mu_app *app, void *context, const char *name)
{
    struct mu_register_list *self = context;
    struct mu_roster_request request = self->request;
    struct mu_error error;

    if (!name)
        return;
    mu_text_copy(request.text, sizeof request.text, self->box.text);
    say_status(app, mu_keep_roster(mu_screens_desk(app), name, &request, &error), &error,
               MU_SAY_list_kept, name, NULL);
}

static bool take_name(void *context, const char *name, const struct mu_roster_request *request,
                      bool whole)
{
    struct mu_register_list *self = context;

    (void)request, (void)whole;
    mu_text_copy(self->names[self->name_count++], MU_ROSTER_NAME_SIZE, name);
    return self->name_count < MU_ROSTERS_SAVED;
}

/* Lets one of the kept lists be chosen. */
static void pick_kept(struct mu_app *app, struct mu_register_list *self, enum mu_message title,
                      void (*picked)(struct mu_app *app, void *context, bool chosen, int code))
{
    struct mu_pick picks[MU_ROSTERS_SAVED];
    struct mu_error error;

    if (!self->names)
        self->names = malloc(MU_ROSTERS_SAVED * sizeof *self->names);
    self->name_count = 0;
    if (!self->names) {
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
        return;
    }
    if (mu_list_rosters(mu_screens_desk(app), take_name, self, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    if (self->name_count == 0) {
        mu_app_say(app, MU_TONE_PLAIN, MU_SAY_list_none_saved, NULL);
        return;
    }
    for (size_t i = 0; i < self->name_count; i++)
        picks[i] = (struct mu_pick){(int)i, self->names[i], NULL, NULL};
    mu_app_pick(app, mu_message_text(title, mu_app_language(app)), picks, self->name_count, 0,
                picked, self);
}

static void open_picked(struct mu_app *app, void *context, bool chosen, int code)
{
    struct mu_register_list *self = context;
    struct mu_roster_request request;
    struct mu_error error;
    bool whole;

    if (!chosen)
        return;
    if (mu_read_roster(mu_screens_desk(app), self->names[code], &request, &whole, &error) !=
        MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    if (!whole)
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_list_saved_partly, self->names[code], NULL);
    mu_line_edit_set(&self->box, request.text);
    self->request = request;
    *self->request.text = '\0';
    mu_register_columns(self);
    self->stale = true;
}

static void forget_picked(struct mu_app *app, void *context, bool chosen, int code)
{
    struct mu_register_list *self = context;
    struct mu_error error;

    if (chosen)
        say_status(app, mu_forget_roster(mu_screens_desk(app), self->names[code], &error), &error,
                   MU_SAY_list_forgotten, self->names[code], NULL);
}

/* ---- files and paper ---- */

static bool show_progress(void *context, int64_t done, int64_t all)
{
    return mu_app_progress(context, MU_SAY_register_exporting, (size_t)done, (size_t)all);
}

static struct mu_roster_export usual_export(struct mu_app *app, struct mu_register_list *self)
{
    return (struct mu_roster_export){.language = mu_app_language(app),
                                     .full = self->full,
                                     .reason = self->reason,
                                     .only = self->marked.count ? &self->marked : NULL,
                                     .progress = show_progress,
                                     .context = app};
}

static void write_file(struct mu_app *app, void *state, const struct mu_report_target *target)
{
    struct mu_register_list *self = state;
    struct mu_roster_export export = usual_export(app, self);
    struct mu_error error;
    char count[MU_COUNT_SIZE];
    size_t people = 0;
    enum mu_status status;

    export.path = target->path;
    export.overwrite = target->overwrite;
    export.format = target->format;
    if (!self->roster)
        return;
    mu_app_progress(app, MU_SAY_register_exporting, 0, 100);
    status = mu_export_roster(self->roster, &export, &people, &error);
    mu_count_text((int64_t)people, count);
    say_status(app, status, &error, MU_SAY_list_exported, count, target->path);
    self->redo = true;
}

static void ask_path(struct mu_app *app, struct mu_register_list *self)
{
    struct mu_date today = mu_app_now(app).date;
    char question[MU_MESSAGE_SIZE], name[128], count[MU_COUNT_SIZE];
    size_t people = self->marked.count ? self->marked.count
                    : self->roster     ? mu_roster_count(self->roster)
                                       : 0;

    snprintf(name, sizeof name, "%s-%04d%02d%02d",
             mu_message_text(MU_SAY_register_file, mu_app_language(app)), today.year, today.month,
             today.day);
    mu_save_as_usual(&self->save, name);
    mu_count_text((int64_t)people, count);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_register_path, count,
                      self->save.usual, NULL);
    mu_save_as_ask(app, &self->save, question, write_file, self);
}

static void reason_given(struct mu_app *app, void *context, const char *text)
{
    struct mu_register_list *self = context;

    if (!text)
        return;
    mu_text_copy(self->reason, sizeof self->reason, text);
    ask_path(app, self);
}

static void export_list(struct mu_app *app, struct mu_register_list *self, bool full)
{
    struct mu_error error;

    if (mu_desk_ask(mu_screens_desk(app), full ? MU_MAY_export_numbers : MU_MAY_export_residents,
                    &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    self->full = full;
    *self->reason = '\0';
    if (full)
        mu_app_prompt(app, mu_message_text(MU_SAY_register_reason, mu_app_language(app)),
                      MU_REASON_SIZE, true, reason_given, self);
    else
        ask_path(app, self);
}

static void print_answered(struct mu_app *app, void *context, bool yes)
{
    struct mu_register_list *self = context;
    struct mu_roster_export export;
    struct mu_error error;
    char count[MU_COUNT_SIZE];
    size_t people = 0;
    enum mu_status status;

    if (!yes || !self->roster)
        return;
    self->full = false;
    *self->reason = '\0';
    export = usual_export(app, self);
    mu_app_progress(app, MU_SAY_register_exporting, 0, 100);
    status = mu_print_roster(self->roster, &export, &people, &error);
    mu_count_text((int64_t)people, count);
    say_status(app, status, &error, MU_SAY_list_printed, count, NULL);
}

static void ask_print(struct mu_app *app, struct mu_register_list *self)
{
    char question[MU_MESSAGE_SIZE], count[MU_COUNT_SIZE];
    size_t people = self->marked.count ? self->marked.count
                    : self->roster     ? mu_roster_count(self->roster)
                                       : 0;

    mu_count_text((int64_t)people, count);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_register_ask_print,
                      count, NULL);
    mu_app_confirm(app, question, print_answered, self);
}

/* ---- marks ---- */

static void mark_all(struct mu_app *app, struct mu_register_list *self)
{
    size_t count = self->roster ? mu_roster_count(self->roster) : 0;
    bool room = true;

    if (self->roster && !mu_roster_whole(self->roster)) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_register_wait, NULL);
        return;
    }
    for (size_t i = 0; i < count && room; i++)
        room = mu_id_set_add(&self->marked, mu_roster_id(self->roster, i));
    if (!room)
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
    mu_register_marked(self);
}

/* ---- the menu ---- */

enum choice {
    SORT,
    COLUMNS,
    KEEP,
    OPEN,
    FORGET,
    EXPORT,
    EXPORT_FULL,
    PRINT,
    MARK_ALL,
    MARK_NONE,
    CHOICES
};

static void menu_picked(struct mu_app *app, void *context, bool chosen, int code)
{
    struct mu_register_list *self = context;

    switch (chosen ? (enum choice)code : CHOICES) {
    case SORT:
        pick_sort(app, self);
        break;
    case COLUMNS:
        pick_columns(app, self, 0);
        break;
    case KEEP:
        mu_app_prompt(app, mu_message_text(MU_SAY_register_keep_name, mu_app_language(app)),
                      MU_ROSTER_NAME_SIZE, true, keep_named, self);
        break;
    case OPEN:
        pick_kept(app, self, MU_SAY_register_open_kept, open_picked);
        break;
    case FORGET:
        pick_kept(app, self, MU_SAY_register_forget, forget_picked);
        break;
    case EXPORT:
        export_list(app, self, false);
        break;
    case EXPORT_FULL:
        export_list(app, self, true);
        break;
    case PRINT:
        ask_print(app, self);
        break;
    case MARK_ALL:
        mark_all(app, self);
        break;
    case MARK_NONE:
        mu_id_set_clear(&self->marked);
        mu_register_marked(self);
        break;
    case CHOICES:
        break;
    }
}

void mu_register_menu(struct mu_app *app, struct mu_register_list *self)
{
    static const enum mu_message labels[CHOICES] = {
        [SORT] = MU_SAY_register_sort,         [COLUMNS] = MU_SAY_register_choose_columns,
        [KEEP] = MU_SAY_register_keep,         [OPEN] = MU_SAY_register_open_kept,
        [FORGET] = MU_SAY_register_forget,     [EXPORT] = MU_SAY_register_export,
        [EXPORT_FULL] = MU_SAY_register_whole, [PRINT] = MU_SAY_register_print,
        [MARK_ALL] = MU_SAY_register_mark_all, [MARK_NONE] = MU_SAY_register_mark_none,
    };
    enum mu_language language = mu_app_language(app);
    struct mu_pick picks[CHOICES];

    for (int i = 0; i < CHOICES; i++)
        picks[i] = (struct mu_pick){
            i, mu_message_text(labels[i], language), NULL,
            mu_message_text(labels[i], language == MU_CHINESE ? MU_ENGLISH : MU_CHINESE)};
    mu_app_pick(app, mu_message_text(MU_SAY_register_actions, language), picks, CHOICES, SORT,
                menu_picked, self);
}
