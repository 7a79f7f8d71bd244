#include "tui/form.h"
#include "tui/screens/merge_dialogue.h"
#include "tui/screens/person.h"
#include "tui/screens/screen_draft.h"
#include "tui/screens/screens.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/register.h>
#include <mulin/desk/twin.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct resident_form {
    struct mu_form *form;
    struct mu_resident person; /* what the form fills */
    struct mu_resident base;   /* the file as it was read, to know what was changed here */
    struct mu_resident last;   /* whose values F6 repeats; name "" when there is nobody */
    bool member;               /* for somebody of last's household: home is carried over */
    int64_t from;              /* the file that was left for this, or 0 */
    bool twins_agreed;
    /* Who may be the person that is typed, the most alike; id 0: nobody. */
    struct mu_resident twin;
    unsigned reasons;
    const struct mu_field *at; /* the field that had the caret when that was asked */
    /* While another desk's changes of the file are being asked about. */
    struct mu_resident_merge merge;
    struct mu_merge_dialogue dialogue;
    enum mu_language language;
    struct mu_screen_draft draft;
};

/* What follows from a good ID number. */
static void field_left(void *context, struct mu_form *form, const struct mu_field *field)
{
    const struct resident_form *self = context;
    struct mu_id_number id;
    char birth[MU_DATE_SIZE];

    if (field->kind != MU_FIELD_ID_NUMBER ||
        mu_id_number_parse(mu_form_text(form, field->key), &id) > MU_ID_OLD_FORM)
        return;
    mu_date_format(id.birth_date, birth);
    mu_form_suggest(form, "birth_date", birth);
    mu_form_suggest(form, "sex", mu_choice_word(&mu_sexes, (int)id.sex, self->language));
}

/* A new form over self->person, in place of the one before. */
static enum mu_status start(struct mu_app *app, struct resident_form *self, struct mu_error *error)
{
    struct mu_form *form = mu_form_new(mu_resident_fields, mu_resident_field_count, &self->person,
                                       self->language, mu_app_now(app).date, error);

    if (!form)
        return MU_MEMORY;
    mu_form_free(&self->form);
    self->form = form;
    self->base = self->person;
    self->twins_agreed = false;
    self->twin.id = 0;
    self->at = mu_form_field(form);
    mu_form_on_left(form, field_left, self);
    if (*self->last.name)
        mu_form_last(form, &self->last);
    if (self->member)
        mu_form_carry(form);
    return MU_OK;
}

static void keep_draft(struct mu_app *app, void *state)
{
    struct resident_form *self = state;

    mu_screen_draft_keep_form(&self->draft, app, self->form, &self->base);
}

/* Closes the form and goes back to where it was opened from. */
static void leave(struct mu_app *app, struct resident_form *self)
{
    struct mu_error error;
    int64_t from = self->from;

    mu_app_pop(app);
    if (from && mu_open_resident_file(app, from, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void save(struct mu_app *app, struct resident_form *self);

/* Puts what was decided into the form: their file with one's own fields on top. */
static bool take_up_merge(struct mu_app *app, struct resident_form *self)
{
    const struct mu_resident mine = self->person;
    struct mu_error error;
    char changes[MU_FORM_CHANGES_SIZE], value[MU_NOTE_SIZE];
    size_t used = 0;

    *changes = '\0';
    for (size_t i = 0; i < mu_resident_field_count; i++) {
        const struct mu_field *field = &mu_resident_fields[i];

        if (self->merge.side[i] != MU_MERGE_MINE && self->merge.side[i] != MU_MERGE_BOTH)
            continue;
        mu_field_write(field, &mine, self->language, value, sizeof value);
        if (used < sizeof changes)
            used += (size_t)snprintf(changes + used, sizeof changes - used, "%s=%s\n", field->key,
                                     value);
    }
    self->person = self->merge.theirs;
    if (start(app, self, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return false;
    }
    mu_form_draft_read(self->form, changes);
    for (size_t i = 0; i < mu_resident_field_count; i++)
        if (self->merge.side[i] == MU_MERGE_MINE)
            mu_field_copy(&mu_resident_fields[i], &mine, &self->person);
    return true;
}

static void merge_decided(struct mu_app *app, void *context, bool agreed)
{
    struct resident_form *self = context;

    if (!take_up_merge(app, self))
        return;
    if (agreed)
        save(app, self);
    else
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_merge_left, NULL);
}

/* Another desk changed the file meanwhile. */
static void merge(struct mu_app *app, struct resident_form *self)
{
    struct mu_error error;

    if (mu_merge_resident(mu_screens_desk(app), &self->base, &self->person, &self->merge, &error) !=
        MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    self->dialogue = (struct mu_merge_dialogue){.fields = mu_resident_fields,
                                                .count = mu_resident_field_count,
                                                .base = &self->base,
                                                .mine = &self->person,
                                                .theirs = &self->merge.theirs,
                                                .side = self->merge.side,
                                                .decided = merge_decided,
                                                .context = self};
    mu_merge_who(self->merge.operator_name, self->merge.changed_at, self->language,
                 self->dialogue.who);
    mu_merge_ask(app, &self->dialogue);
}

/* After a new file: an empty form for the next person. */
static void next_person(struct mu_app *app, struct resident_form *self)
{
    struct mu_error error;
    char number[MU_COUNT_SIZE], name[MU_PERSON_NAME_SIZE];

    mu_count_text(self->person.id, number);
    mu_text_copy(name, sizeof name, self->person.name);
    self->last = self->person;
    self->person = (struct mu_resident){.status = MU_LIVING_HERE};
    if (start(app, self, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        mu_app_pop(app);
        return;
    }
    mu_app_say(app, MU_TONE_GOOD, self->member ? MU_SAY_form_added_member : MU_SAY_form_added, name,
               number, NULL);
}

static bool take_twin(void *context, const struct mu_resident *other, unsigned reasons)
{
    struct resident_form *self = context;

    self->twin = *other;
    self->reasons = reasons;
    return false;
}

/* What stands in the form so far, as far as it says who that is: an ID number with a slip in it
 * is no good one yet. */
static struct mu_resident typed_person(struct mu_app *app, const struct resident_form *self)
{
    struct mu_resident typed = self->person;
    static const char *const keys[] = {"name", "birth_date", "phone"};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct mu_error error;
        const struct mu_field *field =
            mu_field_by_key(mu_resident_fields, mu_resident_field_count, keys[i]);

        if (mu_field_read(field, mu_form_text(self->form, keys[i]), mu_app_now(app).date, &typed,
                          &error) != MU_OK)
            continue; /* not yet */
    }
    if (!mu_text_fold_word(typed.id_number, sizeof typed.id_number,
                           mu_form_text(self->form, "id_number")))
        *typed.id_number = '\0';
    for (char *at = typed.id_number; *at; at++)
        if (*at == 'x')
            *at = 'X';
    return typed;
}

/* Once a field is left: does somebody stand in the register who may be this one? */
static void look_for_twin(struct mu_app *app, struct resident_form *self)
{
    struct mu_resident typed;
    struct mu_error error;

    if (self->at == mu_form_field(self->form))
        return;
    self->at = mu_form_field(self->form);
    self->twin.id = 0;
    typed = typed_person(app, self);
    if (mu_find_twins(mu_screens_desk(app), &typed, take_twin, self, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void compare(struct mu_app *app, const struct resident_form *self)
{
    struct mu_resident typed = typed_person(app, self);
    char id_number[MU_ID_NUMBER_SIZE] = "", phone[MU_PHONE_SIZE];
    struct mu_error error;

    if (*typed.id_number)
        mu_id_number_mask(typed.id_number, id_number);
    mu_phone_mask(typed.phone, phone, sizeof phone);
    memcpy(typed.id_number, id_number, sizeof id_number);
    memcpy(typed.phone, phone, sizeof phone);
    if (mu_open_twin_pair(app, &typed, &self->twin, self->reasons, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void twins_answered(struct mu_app *app, void *state, bool yes)
{
    struct resident_form *self = state;

    self->twins_agreed = yes;
    if (yes)
        save(app, self);
    else
        mu_app_say(app, MU_TONE_PLAIN, MU_SAY_form_not_saved, NULL);
}

/* True when there is somebody who may be the same one: the question is asked then. */
static bool ask_about_twins(struct mu_app *app, struct resident_form *self)
{
    struct mu_error error;
    char question[512], number[MU_COUNT_SIZE], address[MU_ADDRESS_SIZE], words[256];

    self->twin.id = 0;
    if (mu_find_twins(mu_screens_desk(app), &self->person, take_twin, self, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return true;
    }
    if (!self->twin.id || (self->reasons & MU_TWIN_ID)) /* that is refused anyway */
        return false;
    mu_count_text(self->twin.id, number);
    mu_resident_address(&self->twin, address);
    mu_twin_words(self->reasons, self->language, words, sizeof words);
    mu_message_format(question, sizeof question, self->language, MU_SAY_form_twin, self->twin.name,
                      number, address, words, NULL);
    mu_app_confirm(app, question, twins_answered, self);
    return true;
}

static void save(struct mu_app *app, struct resident_form *self)
{
    struct mu_error error;
    const char *field = NULL;
    bool is_new = !self->person.id;
    enum mu_status status;

    if (is_new && !self->twins_agreed && ask_about_twins(app, self))
        return;
    self->twins_agreed = false;
    status = mu_save_resident(mu_screens_desk(app), &self->person, &field, &error);
    if (status == MU_REFUSED && error.message == MU_SAY_error_resident_changed) {
        merge(app, self);
        return;
    }
    if (status != MU_OK) {
        if (field)
            mu_form_go(self->form, field);
        mu_app_say_error(app, &error);
        return;
    }
    mu_form_clean(self->form);
    mu_screen_draft_drop(&self->draft, app);
    mu_screens_of(app)->last = self->person;
    if (is_new) {
        next_person(app, self);
        return;
    }
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_form_saved, self->person.name, NULL);
    leave(app, self);
}

static void nothing_to_read(struct mu_app *app, void *state)
{
    (void)app, (void)state;
}

static bool form_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct resident_form *self = state;
    enum mu_form_result result;

    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_undo) {
        mu_ask_undo(app, nothing_to_read, self);
        return true;
    }
    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_choose && self->twin.id &&
        !mu_form_field(self->form)->choices) {
        compare(app, self);
        return true;
    }
    result = mu_app_form(app, self->form, event);
    if (result == MU_FORM_USED)
        look_for_twin(app, self);
    switch (result) {
    case MU_FORM_SAVE:
        save(app, self);
        return true;
    case MU_FORM_LEAVE:
        mu_screen_draft_drop(&self->draft, app);
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
    if (action == MU_DO_undo)
        return (struct mu_offer){.kind = MU_OFFER_YES};
    return mu_form_offer(action);
}

/* An ID number that nobody ever gave out, as it seems. */
static void draw_question(struct mu_app *app, const struct resident_form *self,
                          struct mu_grid *grid, const struct mu_layout *layout)
{
    enum mu_language language = mu_app_language(app);
    struct mu_id_number id;
    char digits[3];

    if (mu_id_number_parse(mu_form_text(self->form, "id_number"), &id) > MU_ID_OLD_FORM ||
        *mu_id_number_origin(id.text, language))
        return;
    snprintf(digits, sizeof digits, "%.2s", id.text);
    mu_grid_say(grid, layout->work.row, 1, layout->columns - 1, MU_MARK, MU_STYLE_WARNING, language,
                MU_SAY_resident_id_origin, digits, NULL);
}

static void draw_twin(struct mu_app *app, const struct resident_form *self, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    char number[MU_COUNT_SIZE], words[256];

    if (!self->twin.id) {
        draw_question(app, self, grid, layout);
        return;
    }
    mu_count_text(self->twin.id, number);
    mu_twin_words(self->reasons, mu_app_language(app), words, sizeof words);
    mu_grid_say(grid, layout->work.row, 1, layout->columns - 1, MU_MARK, MU_STYLE_WARNING,
                mu_app_language(app), MU_SAY_twin_warning, self->twin.name, number, words, NULL);
}

static void form_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    struct resident_form *self = state;
    enum mu_message what = MU_SAY_form_new_line;

    if (self->person.id)
        what = MU_SAY_form_edit_line;
    else if (self->member)
        what = MU_SAY_form_member_line;
    mu_app_draw_form(app, self->form, grid, layout, what,
                     self->person.id ? self->base.name : self->last.name);
    draw_twin(app, self, grid, layout);
}

static void form_language(struct mu_app *app, void *state)
{
    struct resident_form *self = state;

    self->language = mu_app_language(app);
    mu_form_language(self->form, self->language);
}

static void form_subject(struct mu_app *app, const void *state, char *out, size_t size)
{
    const struct resident_form *self = state;

    (void)app;
    mu_text_copy(out, size, self->base.name);
}

static void form_close(struct mu_app *app, void *state)
{
    struct resident_form *self = state;

    (void)app;
    mu_form_free(&self->form);
    free(self);
}

#define RESIDENT_FORM(message)                                                                     \
    {                                                                                              \
        .name = "resident_form", .title = (message), .event = form_event, .draw = form_draw,       \
        .offer = form_offer, .draft = keep_draft, .language = form_language,                       \
        .subject = form_subject, .close = form_close                                               \
    }

static const struct mu_screen_type new_type = RESIDENT_FORM(MU_SAY_resident_new_title);
static const struct mu_screen_type edit_type = RESIDENT_FORM(MU_SAY_form_edit_title);

/* Opens a form over self->person (owned from now on) and takes up its draft. */
static enum mu_status open_form(struct mu_app *app, struct resident_form *self,
                                const struct mu_screen_type *type, struct mu_error *error)
{
    enum mu_status status;

    self->language = mu_app_language(app);
    status = start(app, self, error);
    if (status != MU_OK) {
        form_close(app, self);
        return status;
    }
    status = mu_app_push(app, type, self, error);
    if (status == MU_OK)
        mu_screen_draft_take_up(&self->draft, app, self->form);
    return status;
}

static struct resident_form *make(struct mu_app *app, int64_t id, struct mu_error *error)
{
    struct resident_form *self = calloc(1, sizeof *self);

    if (!self) {
        mu_fail_memory(error);
        return NULL;
    }
    self->from = id;
    self->last = mu_screens_of(app)->last;
    return self;
}

enum mu_status mu_open_new_resident(struct mu_app *app, struct mu_error *error)
{
    struct resident_form *self = make(app, 0, error);

    if (!self)
        return MU_MEMORY;
    self->person.status = MU_LIVING_HERE;
    mu_screen_draft_begin(&self->draft, app, "resident");
    return open_form(app, self, &new_type, error);
}

enum mu_status mu_open_edit_resident(struct mu_app *app, int64_t id, struct mu_error *error)
{
    struct resident_form *self = make(app, id, error);
    enum mu_status status;

    if (!self)
        return MU_MEMORY;
    status = mu_read_resident(mu_screens_desk(app), id, &self->person, error);
    if (status != MU_OK) {
        form_close(app, self);
        return status;
    }
    mu_screen_draft_begin(&self->draft, app, "resident %" PRId64, id);
    return open_form(app, self, &edit_type, error);
}

enum mu_status mu_open_new_member(struct mu_app *app, int64_t id, struct mu_error *error)
{
    struct resident_form *self = make(app, id, error);
    enum mu_status status;

    if (!self)
        return MU_MEMORY;
    status = mu_read_resident(mu_screens_desk(app), id, &self->last, error);
    if (status != MU_OK) {
        form_close(app, self);
        return status;
    }
    self->member = true;
    self->person.status = MU_LIVING_HERE;
    mu_screen_draft_begin(&self->draft, app, "resident beside %" PRId64, id);
    return open_form(app, self, &new_type, error);
}
