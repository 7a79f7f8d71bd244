#include "tui/form_state.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

enum { SLACK = 16, WORD_SIZE = 96 }; /* bytes for blanks between digits; for dates and choices */

static void init_line(struct mu_line_edit *line, const struct mu_field *field)
{
    enum mu_field_kind kind = field->kind;

    bool number = kind == MU_FIELD_DATE || kind == MU_FIELD_YEAR || kind == MU_FIELD_FLOOR_AREA;

    if (number || kind == MU_FIELD_CHOICE)
        mu_line_edit_init(line, WORD_SIZE);
    else if (kind == MU_FIELD_PHONE || kind == MU_FIELD_ID_NUMBER)
        mu_line_edit_init(line, field->size + SLACK);
    else
        mu_line_edit_init(line, field->size);
    line->folded = number || kind == MU_FIELD_PHONE || kind == MU_FIELD_ID_NUMBER;
}

/* Shows what the record holds. */
static void show_member(struct mu_form *form, size_t index, const void *record)
{
    char text[MU_LINE_SIZE];

    mu_field_write(&form->fields[index], record, form->language, text, sizeof text);
    if (strcmp(text, form->entry[index].line.text) != 0)
        mu_line_edit_set(&form->entry[index].line, text);
}

struct mu_form *mu_form_new(const struct mu_field *fields, size_t count, void *record,
                            enum mu_language language, struct mu_date today, struct mu_error *error)
{
    struct mu_form *form = calloc(1, sizeof *form);

    if (form)
        form->entry = calloc(count + 1, sizeof *form->entry);
    if (!form || !form->entry) {
        mu_form_free(&form);
        mu_fail_memory(error);
        return NULL;
    }
    form->fields = fields;
    form->count = count;
    form->record = record;
    form->language = language;
    form->today = today;
    for (size_t i = 0; i < count; i++) {
        init_line(&form->entry[i].line, &fields[i]);
        show_member(form, i, record);
    }
    return form;
}

void mu_form_free(struct mu_form **form)
{
    if (!*form)
        return;
    free((*form)->entry);
    free(*form);
    *form = NULL;
}

void mu_form_last(struct mu_form *form, const void *last)
{
    form->last = last;
}

void mu_form_on_left(struct mu_form *form,
                     void (*left)(void *context, struct mu_form *form,
                                  const struct mu_field *field),
                     void *context)
{
    form->left = left;
    form->left_context = context;
}

const struct mu_error *mu_form_error(const struct mu_form *form)
{
    return &form->error;
}

const struct mu_field *mu_form_field(const struct mu_form *form)
{
    return &form->fields[form->focus];
}

const struct mu_field *mu_form_bad_field(const struct mu_form *form)
{
    return &form->fields[form->bad];
}

static size_t index_of(const struct mu_form *form, const char *key)
{
    const struct mu_field *field = mu_field_by_key(form->fields, form->count, key);

    return field ? (size_t)(field - form->fields) : form->count;
}

const char *mu_form_text(const struct mu_form *form, const char *key)
{
    size_t index = index_of(form, key);

    return index < form->count ? form->entry[index].line.text : NULL;
}

static void changed(struct mu_form *form, size_t index, enum mu_entry_mark mark)
{
    form->entry[index].mark = mark;
    form->entry[index].fresh = true;
    form->dirty = form->draft_due = true;
}

/* A text as the record shows it needs no reading; a masked number could not be read at all. */
static bool as_in_record(const struct mu_form *form, size_t index)
{
    char text[MU_LINE_SIZE];

    mu_field_write(&form->fields[index], form->record, form->language, text, sizeof text);
    return strcmp(text, form->entry[index].line.text) == 0;
}

/* Reads a field into the record. A text that is good is shown as the record holds it. */
static bool check(struct mu_form *form, size_t index, bool saving)
{
    struct mu_entry *entry = &form->entry[index];
    const struct mu_field *field = &form->fields[index];
    bool fresh = entry->fresh;

    if (entry->line.length == 0 && field->required && !saving) {
        entry->bad = false; /* passing over an empty field is no fault until it is saved */
        return true;
    }
    entry->bad =
        !(entry->line.length > 0 && as_in_record(form, index)) &&
        mu_field_read(field, entry->line.text, form->today, form->record, &form->error) != MU_OK;
    if (entry->bad) {
        form->bad = index;
        return false;
    }
    entry->fresh = false;
    show_member(form, index, form->record);
    if (fresh && form->left)
        form->left(form->left_context, form, field);
    return true;
}

/* Leaves the field with the caret for another; the caret goes there whatever the check says. */
static enum mu_form_result move(struct mu_form *form, size_t index)
{
    bool good = check(form, form->focus, false);

    if (index < form->count && index != form->focus) {
        form->focus = index;
        form->entry[index].line.caret = form->entry[index].line.length;
        form->draft_due = form->draft_due || form->dirty;
    }
    return good ? MU_FORM_USED : MU_FORM_BAD;
}

static enum mu_form_result save(struct mu_form *form)
{
    for (size_t i = 0; i < form->count; i++) {
        if (!check(form, i, true)) {
            form->focus = i;
            return MU_FORM_BAD;
        }
    }
    return MU_FORM_SAVE;
}

void mu_form_go(struct mu_form *form, const char *key)
{
    size_t index = index_of(form, key);

    if (index < form->count)
        form->focus = index;
}

/* Takes the last record's value of a carried field. */
static bool take_last(struct mu_form *form, size_t index)
{
    if (!form->last || !form->fields[index].carried)
        return false;
    show_member(form, index, form->last);
    return true;
}

void mu_form_carry(struct mu_form *form)
{
    for (size_t i = 0; i < form->count; i++)
        if (form->entry[i].line.length == 0 && take_last(form, i) && form->entry[i].line.length > 0)
            form->entry[i].mark = MU_ENTRY_CARRIED;
}

void mu_form_suggest(struct mu_form *form, const char *key, const char *text)
{
    size_t index = index_of(form, key);
    struct mu_entry *entry;

    if (index == form->count)
        return;
    entry = &form->entry[index];
    if (entry->line.length > 0 && entry->mark != MU_ENTRY_SUGGESTED)
        return;
    mu_line_edit_set(&entry->line, text);
    entry->mark = MU_ENTRY_SUGGESTED;
    entry->bad = false;
    form->draft_due = true;
}

void mu_form_put(struct mu_form *form, const char *key, const char *text)
{
    size_t index = index_of(form, key);

    if (index == form->count)
        return;
    mu_line_edit_set(&form->entry[index].line, text);
    form->entry[index].bad = false;
    changed(form, index, MU_ENTRY_PLAIN);
}

void mu_form_take_back(struct mu_form *form, const char *text)
{
    mu_line_edit_take_back(&form->entry[form->focus].line, text);
    form->draft_due = true;
}

void mu_form_choose(struct mu_form *form, int code)
{
    const struct mu_field *field = mu_form_field(form);

    if (!field->choices)
        return;
    mu_line_edit_set(&form->entry[form->focus].line,
                     mu_choice_word(field->choices, code, form->language));
    changed(form, form->focus, MU_ENTRY_PLAIN);
    (void)move(form, form->focus + 1);
}

static enum mu_form_result same(struct mu_form *form)
{
    if (!take_last(form, form->focus))
        return MU_FORM_NO_LAST;
    changed(form, form->focus, MU_ENTRY_CARRIED);
    form->entry[form->focus].bad = false;
    return MU_FORM_USED;
}

static enum mu_form_result type(struct mu_form *form, const struct mu_event *event)
{
    struct mu_entry *entry = &form->entry[form->focus];
    size_t length = entry->line.length;

    switch (mu_line_edit_event(&entry->line, event)) {
    case MU_LINE_CHANGED:
        changed(form, form->focus, MU_ENTRY_PLAIN);
        return MU_FORM_USED;
    case MU_LINE_FULL:
        if (entry->line.length != length)
            changed(form, form->focus, MU_ENTRY_PLAIN);
        return MU_FORM_FULL;
    case MU_LINE_USED:
        return MU_FORM_USED;
    case MU_LINE_IGNORED:
        break;
    }
    return MU_FORM_IGNORED;
}

enum mu_form_result mu_form_event(struct mu_form *form, const struct mu_event *event)
{
    size_t last = form->count - 1, focus = form->focus;

    switch (event->kind == MU_EVENT_KEY ? (int)event->action : MU_DO_nothing) {
    case MU_DO_accept:
        if (focus < last)
            return move(form, focus + 1);
        return event->scan ? MU_FORM_USED : save(form); /* a scanner's Enter saves nothing */
    case MU_DO_next:
    case MU_DO_down:
        return move(form, focus < last ? focus + 1 : last);
    case MU_DO_previous:
    case MU_DO_up:
        return move(form, focus > 0 ? focus - 1 : 0);
    case MU_DO_page_up:
        return move(form, 0);
    case MU_DO_page_down:
        return move(form, last);
    case MU_DO_save:
        return save(form);
    case MU_DO_choose:
        return form->fields[focus].choices ? MU_FORM_CHOOSE : MU_FORM_NO_CHOICES;
    case MU_DO_same:
        return same(form);
    case MU_DO_back:
        return form->dirty ? MU_FORM_ASK : MU_FORM_LEAVE;
    default:
        return type(form, event);
    }
}

bool mu_form_dirty(const struct mu_form *form)
{
    return form->dirty;
}

void mu_form_clean(struct mu_form *form)
{
    form->dirty = form->draft_due = false;
}

void mu_form_language(struct mu_form *form, enum mu_language language)
{
    form->language = language;
    for (size_t i = 0; i < form->count; i++) {
        const struct mu_choices *choices = form->fields[i].choices;
        const struct mu_choice *choice =
            choices ? mu_choice_by_text(choices, form->entry[i].line.text) : NULL;

        if (choice)
            mu_line_edit_set(&form->entry[i].line, mu_choice_word(choices, choice->code, language));
    }
}
