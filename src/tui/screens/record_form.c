#include "tui/screens/record_form.h"

#include "tui/screens/screen_draft.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/domain/resident.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SUBJECT_SIZE = 256 };

struct record_form {
    const struct mu_record_form *kind;
    struct mu_screen_type type; /* with the kind's name and title */
    struct mu_form *form;
    void *record, *base; /* owned: what the form fills, and the record as it was read */
    char subject[SUBJECT_SIZE];
    struct mu_screen_draft draft;
    enum mu_language language;
};

/* A new form over self->record, in place of the one before. */
static enum mu_status start(struct mu_app *app, struct record_form *self, struct mu_error *error)
{
    struct mu_form *form = mu_form_new(self->kind->fields, *self->kind->count, self->record,
                                       self->language, mu_app_now(app).date, error);

    if (!form)
        return MU_MEMORY;
    mu_form_free(&self->form);
    self->form = form;
    memcpy(self->base, self->record, self->kind->size);
    if (self->kind->begin)
        self->kind->begin(form, self->record);
    return MU_OK;
}

static void keep_draft(struct mu_app *app, void *state)
{
    struct record_form *self = state;

    mu_screen_draft_keep_form(&self->draft, app, self->form, self->base);
}

/* Closes the form, whose typing is of no use any more, and goes back. */
static void leave(struct mu_app *app, struct record_form *self)
{
    const struct mu_record_form *kind = self->kind;
    void *record = self->record;
    struct mu_error error;

    mu_screen_draft_drop(&self->draft, app);
    self->record = NULL;
    mu_app_pop(app);
    if (kind->leave && kind->leave(app, record, &error) != MU_OK)
        mu_app_say_error(app, &error);
    free(record);
}

/* The first field that was changed here and elsewhere, to different values. *same says whether
 * nothing was changed elsewhere. */
static const struct mu_field *changed_twice(const struct record_form *self, const void *theirs,
                                            bool *same)
{
    const struct mu_field *both = NULL;
    char was[MU_NOTE_SIZE], is[MU_NOTE_SIZE];

    *same = true;
    for (size_t i = 0; i < *self->kind->count; i++) {
        const struct mu_field *field = &self->kind->fields[i];
        const char *typed = mu_form_text(self->form, field->key);

        mu_field_write(field, self->base, self->language, was, sizeof was);
        mu_field_write(field, theirs, self->language, is, sizeof is);
        if (strcmp(was, is) == 0)
            continue;
        *same = false;
        if (!both && strcmp(was, typed) != 0 && strcmp(is, typed) != 0)
            both = field;
    }
    return both;
}

/* Another desk changed the record: takes its state up and puts what was typed here on top. Nothing
 * is saved before somebody has looked at it. */
static void merge(struct mu_app *app, struct record_form *self, const struct mu_error *refusal)
{
    char changes[MU_FORM_CHANGES_SIZE], before[MU_NOTE_SIZE] = "";
    const struct mu_field *both = NULL;
    struct mu_error error;
    bool same = true;
    void *theirs = calloc(1, self->kind->size);

    mu_form_draft_write(self->form, self->base, changes, sizeof changes);
    if (theirs && self->kind->read(app, self->base, theirs, &error) == MU_OK)
        both = changed_twice(self, theirs, &same);
    if (same) {
        free(theirs);
        mu_app_say_error(app, refusal);
        return;
    }
    if (both)
        mu_field_write(both, theirs, self->language, before, sizeof before);
    memcpy(self->record, theirs, self->kind->size);
    free(theirs);
    if (start(app, self, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_form_draft_read(self->form, changes);
    if (both)
        mu_form_go(self->form, both->key);
    if (both)
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_record_both,
                   mu_message_text(both->label, self->language), before, NULL);
    else
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_merge_left, NULL);
}

static void save(struct mu_app *app, struct record_form *self)
{
    const char *field = NULL;
    struct mu_error error;
    enum mu_status status = self->kind->save(app, self->record, &field, &error);

    if (status == MU_REFUSED && self->kind->read) {
        merge(app, self, &error);
        return;
    }
    if (status != MU_OK) {
        if (field)
            mu_form_go(self->form, field);
        mu_app_say_error(app, &error);
        return;
    }
    mu_form_clean(self->form);
    if (self->kind->say_saved)
        self->kind->say_saved(app, self->record);
    else
        mu_app_say(app, MU_TONE_GOOD, self->kind->saved, self->subject, NULL);
    leave(app, self);
}

static bool form_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct record_form *self = state;

    switch (mu_app_form(app, self->form, event)) {
    case MU_FORM_SAVE:
        save(app, self);
        return true;
    case MU_FORM_LEAVE:
        leave(app, self);
        return true;
    case MU_FORM_IGNORED:
        return false;
    default:
        return true;
    }
}

static struct mu_offer form_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    (void)app, (void)state;
    return mu_form_offer(action);
}

static void form_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    struct record_form *self = state;

    mu_app_draw_form(app, self->form, grid, layout, self->kind->line, self->subject);
}

static void form_language(struct mu_app *app, void *state)
{
    struct record_form *self = state;

    self->language = mu_app_language(app);
    mu_form_language(self->form, self->language);
}

static void form_close(struct mu_app *app, void *state)
{
    struct record_form *self = state;

    (void)app;
    mu_form_free(&self->form);
    free(self->record);
    free(self->base);
    free(self);
}

static const struct mu_screen_type form_type = {
    .event = form_event,
    .draw = form_draw,
    .offer = form_offer,
    .draft = keep_draft,
    .language = form_language,
    .close = form_close,
};

enum mu_status mu_open_record_form(struct mu_app *app, const struct mu_record_form *kind,
                                   const void *record, const char *key, const char *subject,
                                   struct mu_error *error)
{
    struct record_form *self = calloc(1, sizeof *self);
    enum mu_status status;

    if (self) {
        self->kind = kind;
        self->type = form_type;
        self->type.name = kind->name;
        self->type.title = kind->title;
        self->record = malloc(kind->size);
        self->base = malloc(kind->size);
    }
    if (!self || !self->record || !self->base) {
        if (self)
            form_close(app, self);
        return mu_fail_memory(error);
    }
    memcpy(self->record, record, kind->size);
    mu_text_copy(self->subject, sizeof self->subject, subject);
    mu_screen_draft_begin(&self->draft, app, "%s %s", kind->name, key);
    self->language = mu_app_language(app);
    status = start(app, self, error);
    if (status != MU_OK) {
        form_close(app, self);
        return status;
    }
    status = mu_app_push(app, &self->type, self, error);
    if (status == MU_OK)
        mu_screen_draft_take_up(&self->draft, app, self->form);
    return status;
}
