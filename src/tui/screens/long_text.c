#include "tui/screens/long_text.h"

#include "tui/screens/screen_draft.h"
#include "tui/screens/screens.h"
#include "tui/text_area.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SUBJECT_SIZE = 256,
    COLUMNS = 100, /* it is not drawn wider: longer rows are hard to follow */
    HAN_BYTES = 3,
    CARET_SIZE = 24
};

static const char caret_line[] = "caret=";

struct long_text {
    struct mu_long_text request; /* its texts are the copies below */
    struct mu_screen_type type;  /* with the title of the request */
    struct mu_text_area *area;
    char subject[SUBJECT_SIZE];
    struct mu_screen_draft draft;
    char *was; /* the text before; owned */
    size_t was_length;
};

static bool is_changed(const struct long_text *self)
{
    return mu_text_area_dirty(self->area) && strcmp(mu_text_area_text(self->area), self->was) != 0;
}

/* Whether somebody else sits at the desk now. */
static bool is_others(const struct mu_app *app, const struct long_text *self)
{
    return mu_screen_draft_is_others(&self->draft, app);
}

/* ---- drafts ---- */

static bool write_draft(struct mu_app *app, struct long_text *self)
{
    const char *text = mu_text_area_text(self->area);
    size_t size = mu_text_area_length(self->area) + sizeof caret_line + CARET_SIZE;
    char *body;
    bool kept;

    if (!is_changed(self))
        return mu_screen_draft_keep(&self->draft, app, NULL);
    body = malloc(size);
    if (!body) {
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
        return false;
    }
    snprintf(body, size, "%s%zu\n%s", caret_line, mu_text_area_caret(self->area), text);
    kept = mu_screen_draft_keep(&self->draft, app, body);
    explicit_bzero(body, size);
    free(body);
    return kept;
}

static void keep_draft(struct mu_app *app, void *state)
{
    struct long_text *self = state;

    if (mu_text_area_draft_due(self->area) && !write_draft(app, self))
        mu_text_area_draft_again(self->area);
}

/* Puts a draft in place of the text so far, which undo brings back. */
static void put_back(struct mu_app *app, struct long_text *self, const char *draft)
{
    size_t caret = 0;
    const char *text = draft;
    char *rest;

    if (strncmp(draft, caret_line, sizeof caret_line - 1) == 0) {
        caret = strtoul(draft + sizeof caret_line - 1, &rest, 10);
        text = *rest == '\n' ? rest + 1 : draft;
    }
    if (strcmp(text, self->was) == 0 || !mu_text_area_replace(self->area, text))
        return;
    mu_text_area_go(self->area, caret);
    mu_app_say(app, MU_TONE_PLAIN, MU_SAY_long_text_draft_found, NULL);
}

static void take_up_draft(struct mu_app *app, struct long_text *self)
{
    struct mu_error error;
    char *draft = NULL;

    if (mu_desk_draft(mu_screens_desk(app), self->draft.name, &draft, &error) != MU_OK)
        mu_app_say_error(app, &error);
    else if (draft)
        put_back(app, self, draft);
    free(draft);
}

/* ---- leaving ---- */

/* Closes the screen; its draft is of no use any more. */
static void leave(struct mu_app *app, struct long_text *self)
{
    mu_screen_draft_drop(&self->draft, app);
    mu_app_pop(app);
}

static void leave_with_draft(struct mu_app *app, struct long_text *self)
{
    if (!write_draft(app, self))
        return;
    mu_text_area_clean(self->area);
    mu_app_pop(app);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_long_text_kept, NULL);
}

enum way { STAY, LATER, LOSE };

static void way_picked(struct mu_app *app, void *context, bool chosen, int code)
{
    if (!chosen || is_others(app, context))
        return;
    if (code == LATER)
        leave_with_draft(app, context);
    else if (code == LOSE)
        leave(app, context);
}

static void ask_to_leave(struct mu_app *app, struct long_text *self)
{
    enum mu_language language = mu_app_language(app);
    const struct mu_pick ways[] = {
        {STAY, mu_message_text(MU_SAY_long_text_stay, language), NULL, NULL},
        {LATER, mu_message_text(MU_SAY_long_text_later, language), NULL, NULL},
        {LOSE, mu_message_text(MU_SAY_long_text_lose, language), NULL, NULL},
    };

    mu_app_pick(app, mu_message_text(MU_SAY_long_text_leave, language), ways,
                sizeof ways / sizeof *ways, STAY, way_picked, self);
}

/* ---- events ---- */

static void say_no_room(struct mu_app *app, const struct long_text *self)
{
    char fits[MU_COUNT_SIZE], written[MU_COUNT_SIZE];

    mu_count_text((int64_t)(self->request.limit / HAN_BYTES), fits);
    mu_count_text((int64_t)mu_text_area_count(self->area), written);
    mu_app_say(app, MU_TONE_WARNING, MU_SAY_long_text_no_room, fits, written, NULL);
}

static void save(struct mu_app *app, struct long_text *self)
{
    size_t length = 0;
    char *text = mu_text_area_copy(self->area, &length);
    bool taken = false;

    if (!text) {
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
        return;
    }
    if (length > self->request.limit)
        say_no_room(app, self);
    else
        taken = self->request.done(app, self->request.context, text);
    explicit_bzero(text, length);
    free(text);
    if (taken)
        leave(app, self);
}

/* Undo and redo say what they did: the place may be far from where one looks. */
static void say_step(struct mu_app *app, const struct long_text *self, size_t before, bool back)
{
    size_t now = mu_text_area_count(self->area);
    char count[MU_COUNT_SIZE];

    mu_count_text((int64_t)(now > before ? now - before : before - now), count);
    if (now > before)
        mu_app_say(app, MU_TONE_GOOD,
                   back ? MU_SAY_long_text_undone_more : MU_SAY_long_text_redone_more, count, NULL);
    else if (now < before)
        mu_app_say(app, MU_TONE_GOOD,
                   back ? MU_SAY_long_text_undone_less : MU_SAY_long_text_redone_less, count, NULL);
    else
        mu_app_say(app, MU_TONE_GOOD, back ? MU_SAY_long_text_undone : MU_SAY_long_text_redone,
                   NULL);
}

static bool type_in(struct mu_app *app, struct long_text *self, const struct mu_event *event)
{
    size_t before = mu_text_area_count(self->area);
    bool key = event->kind == MU_EVENT_KEY;

    switch (mu_text_area_event(self->area, event)) {
    case MU_TEXT_AREA_IGNORED:
        return false;
    case MU_TEXT_AREA_CHANGED:
        if (key && (event->action == MU_DO_undo || event->action == MU_DO_redo))
            say_step(app, self, before, event->action == MU_DO_undo);
        break;
    case MU_TEXT_AREA_FULL:
        say_no_room(app, self);
        break;
    case MU_TEXT_AREA_NO_STEP:
    case MU_TEXT_AREA_USED:
        break;
    }
    return true;
}

static bool long_text_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct long_text *self = state;
    enum mu_action action = event->kind == MU_EVENT_KEY ? event->action : MU_DO_nothing;

    if (is_others(app, self)) {
        if (action == MU_DO_back)
            leave_with_draft(app, self);
        else
            mu_app_say(app, MU_TONE_WARNING, MU_SAY_long_text_others, NULL);
        return true;
    }
    if (action == MU_DO_save)
        save(app, self);
    else if (action == MU_DO_back && is_changed(self))
        ask_to_leave(app, self);
    else if (action == MU_DO_back)
        leave(app, self);
    else
        return type_in(app, self, event);
    return true;
}

static struct mu_offer long_text_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct long_text *self = state;
    const struct mu_offer none = {MU_OFFER_NONE, 0, 0}, yes = {MU_OFFER_YES, 0, 0};

    if (is_others(app, self))
        return none;
    switch ((int)action) {
    case MU_DO_save:
        return yes;
    case MU_DO_accept:
        return (struct mu_offer){MU_OFFER_YES, 0, MU_SAY_long_text_line_end};
    case MU_DO_undo:
        return mu_text_area_can(self->area, true)
                   ? yes
                   : (struct mu_offer){MU_OFFER_NOT_NOW, MU_SAY_long_text_no_undo, 0};
    case MU_DO_redo:
        return mu_text_area_can(self->area, false)
                   ? yes
                   : (struct mu_offer){MU_OFFER_NOT_NOW, MU_SAY_long_text_no_redo, 0};
    default:
        return none;
    }
}

static void long_text_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                           const struct mu_layout *layout)
{
    struct long_text *self = state;
    struct mu_area place = layout->work;

    if (is_others(app, self)) {
        mu_grid_paragraph(grid, place,
                          mu_message_text(MU_SAY_long_text_others, mu_app_language(app)),
                          MU_STYLE_WARNING);
        return;
    }
    mu_grid_put(grid, layout->status_row, 1, layout->columns - 1, self->subject, MU_MARK,
                MU_STYLE_TITLE);
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(self->request.hint, mu_app_language(app)), MU_MARK, MU_STYLE_HINT);
    place.row++, place.rows--;
    place.column++, place.columns -= 2;
    place.columns = place.columns > COLUMNS ? COLUMNS : place.columns;
    mu_text_area_draw(self->area, grid, place, true, mu_app_language(app));
}

static bool long_text_tick(struct mu_app *app, void *state)
{
    struct long_text *self = state;

    (void)app;
    mu_text_area_tick(self->area);
    return false;
}

static void long_text_close(struct mu_app *app, void *state)
{
    struct long_text *self = state;

    (void)app;
    mu_text_area_free(&self->area);
    if (self->was)
        explicit_bzero(self->was, self->was_length);
    free(self->was);
    free(self);
}

static const struct mu_screen_type long_text_type = {
    .name = "long_text",
    .event = long_text_event,
    .draw = long_text_draw,
    .offer = long_text_offer,
    .tick = long_text_tick,
    .draft = keep_draft,
    .close = long_text_close,
};

static enum mu_status begin(struct mu_app *app, struct long_text *self,
                            const struct mu_long_text *request, struct mu_error *error)
{
    self->request = *request;
    if (request->limit == 0 || request->limit > MU_LONG_TEXT_LIMIT)
        self->request.limit = MU_LONG_TEXT_LIMIT;
    self->type = long_text_type;
    self->type.title = request->title;
    mu_text_copy(self->subject, sizeof self->subject, request->subject);
    mu_screen_draft_begin(&self->draft, app, "%s", request->draft);
    self->area = mu_text_area_new(self->request.limit, error);
    if (!self->area)
        return MU_MEMORY;
    if (request->text && !mu_text_area_set(self->area, request->text))
        return mu_fail(error, MU_INPUT, MU_SAY_error_long_text, NULL);
    self->was = strdup(mu_text_area_text(self->area));
    self->was_length = mu_text_area_length(self->area);
    return self->was ? MU_OK : mu_fail_memory(error);
}

enum mu_status mu_open_long_text(struct mu_app *app, const struct mu_long_text *request,
                                 struct mu_error *error)
{
    struct long_text *self = calloc(1, sizeof *self);
    enum mu_status status;

    if (!self)
        return mu_fail_memory(error);
    status = begin(app, self, request, error);
    if (status != MU_OK) {
        long_text_close(app, self);
        return status;
    }
    status = mu_app_push(app, &self->type, self, error);
    if (status == MU_OK)
        take_up_draft(app, self);
    return status;
}
