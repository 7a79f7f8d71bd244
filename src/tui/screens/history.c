/* What was done to the file of a resident, newest first. */
#include "tui/list.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/act.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct step {
    struct mu_act act;
    char what[MU_ACT_WORDS_SIZE];
};

struct history {
    int64_t resident_id;
    char name[MU_PERSON_NAME_SIZE];
    struct mu_list list;
    struct step *step; /* MU_HISTORY_LIMIT of them; owned */
    size_t count;
    unsigned seen;
    struct mu_error error;
    bool failed;
};

static bool take(void *context, const struct mu_act_view *view)
{
    struct history *self = context;
    struct step *step = &self->step[self->count++];

    step->act = view->act;
    memcpy(step->what, view->what, sizeof step->what);
    return true;
}

static void read_steps(struct mu_app *app, struct history *self)
{
    self->count = 0;
    self->failed = mu_list_history(mu_screens_desk(app), self->resident_id, 0, MU_HISTORY_LIMIT,
                                   mu_app_language(app), take, self, &self->error) != MU_OK;
    mu_list_count(&self->list, self->count);
}

static void steps_changed(struct mu_app *app, void *state)
{
    read_steps(app, state);
}

/* "2026-11-22 11:30", as lists show it. */
static void moment_text(const struct mu_act *act, char *out)
{
    mu_moment_format(act->recorded_at, out);
    out[MU_DATE_SIZE - 1] = ' ';
    out[MU_DATE_SIZE + MU_CLOCK_SIZE - 1] = '\0';
}

enum { TIME, WHO, WHAT, COLUMNS };

static const struct mu_column columns[COLUMNS] = {
    [TIME] = {MU_SAY_history_time, 16, 16, 0, MU_LEFT | MU_WHOLE, false},
    [WHO] = {MU_SAY_history_who, 8, 12, 1, MU_MARK, false},
    [WHAT] = {MU_SAY_history_what, 24, 90, 0, MU_MARK, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct history *self = context;
    const struct step *step = &self->step[row];
    char moment[MU_MOMENT_SIZE];

    (void)language;
    if (step->act.undone_by)
        *style = MU_STYLE_DIM;
    switch (column) {
    case TIME:
        moment_text(&step->act, moment);
        mu_text_copy(out, size, moment);
        break;
    case WHO:
        mu_text_copy(out, size, step->act.operator_name);
        break;
    default:
        mu_text_copy(out, size, step->what);
    }
}

static const struct mu_list_source source = {.cell = cell};

struct telling {
    FILE *stream;
    enum mu_language language;
};

static void write_field(const struct telling *telling, const struct mu_act_field *field)
{
    const char *nothing = mu_message_text(MU_SAY_act_nothing, telling->language);

    if (field->hidden)
        fprintf(telling->stream, "%s  %s\n", field->label,
                mu_message_text(MU_SAY_history_hidden, telling->language));
    else if (field->made)
        fprintf(telling->stream, "%s  %s\n", field->label, field->after);
    else
        fprintf(telling->stream, "%s  %s → %s\n", field->label,
                *field->before ? field->before : nothing, *field->after ? field->after : nothing);
}

/* A step in full, as lines to read. */
static bool tell(void *context, const struct mu_act_view *view)
{
    const struct telling *telling = context;
    char moment[MU_MOMENT_SIZE];

    moment_text(&view->act, moment);
    fprintf(telling->stream, "%s  %s  %s\n", moment, view->act.operator_name, view->act.subject);
    if (view->act.undone_by)
        fprintf(telling->stream, "%s\n",
                mu_message_text(MU_SAY_history_taken_back, telling->language));
    for (size_t i = 0; i < view->count; i++) {
        const struct mu_act_field *field = &view->field[i];

        if (i == 0 || field->row != field[-1].row || strcmp(field->kind, field[-1].kind) != 0)
            fprintf(telling->stream, "\n%s %lld\n", field->record, (long long)field->row);
        write_field(telling, field);
    }
    return true;
}

static void open_step(struct mu_app *app, const struct step *step)
{
    char *text = NULL;
    size_t length;
    struct telling telling = {open_memstream(&text, &length), mu_app_language(app)};
    struct mu_error error;
    enum mu_status status;

    if (!telling.stream) {
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
        return;
    }
    status =
        mu_read_act(mu_screens_desk(app), step->act.id, telling.language, tell, &telling, &error);
    if (fclose(telling.stream) != 0 && status == MU_OK)
        status = mu_fail_memory(&error);
    if (status == MU_OK)
        mu_app_read(app, step->what, text);
    else
        mu_app_say_error(app, &error);
    free(text);
}

static bool history_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct history *self = state;

    if (event->kind != MU_EVENT_KEY)
        return false;
    if (event->action == MU_DO_refresh) {
        read_steps(app, self);
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_screen_refreshed, NULL);
        return true;
    }
    if (event->action == MU_DO_undo) {
        mu_ask_undo_of(app, self->step[self->list.cursor].act.id, steps_changed, self);
        return true;
    }
    switch (mu_list_event(&self->list, event, NULL)) {
    case MU_LIST_OPENED:
        open_step(app, &self->step[self->list.cursor]);
        return true;
    case MU_LIST_IGNORED:
        return false;
    default:
        return true;
    }
}

static struct mu_offer history_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct history *self = state;

    (void)app;
    if (action == MU_DO_accept && self->count)
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_history_whole};
    if (action == MU_DO_refresh || (action == MU_DO_undo && self->count))
        return (struct mu_offer){.kind = MU_OFFER_YES};
    return (struct mu_offer){.kind = MU_OFFER_NONE};
}

static void history_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                         const struct mu_layout *layout)
{
    struct history *self = state;
    char title[MU_MESSAGE_SIZE];

    mu_message_format(title, sizeof title, mu_app_language(app), MU_SAY_history_line, self->name,
                      NULL);
    mu_app_draw_list(app, &self->list, grid, layout, title, self->failed ? &self->error : NULL,
                     MU_SAY_history_hint);
}

static bool history_tick(struct mu_app *app, void *state)
{
    struct history *self = state;

    if (!mu_screens_changed(app, &self->seen))
        return false;
    read_steps(app, self);
    return true;
}

static void history_close(struct mu_app *app, void *state)
{
    struct history *self = state;

    (void)app;
    free(self->step);
    free(self);
}

static const struct mu_screen_type history_type = {
    .name = "history",
    .title = MU_SAY_history_title,
    .event = history_event,
    .draw = history_draw,
    .offer = history_offer,
    .typing = mu_typing_keys,
    .tick = history_tick,
    .resume = steps_changed,
    .language = steps_changed,
    .close = history_close,
};

enum mu_status mu_open_history(struct mu_app *app, int64_t id, const char *name,
                               struct mu_error *error)
{
    struct history *self = calloc(1, sizeof *self);

    if (self)
        self->step = calloc(MU_HISTORY_LIMIT, sizeof *self->step);
    if (!self || !self->step) {
        free(self);
        return mu_fail_memory(error);
    }
    self->resident_id = id;
    mu_text_copy(self->name, sizeof self->name, name);
    mu_list_init(&self->list, columns, COLUMNS, &source, self);
    self->list.empty = MU_SAY_history_nothing;
    self->seen = mu_screens_of(app)->changes;
    read_steps(app, self);
    return mu_app_push(app, &history_type, self, error);
}
