/* A form over a field table (mulin/base/field.h). It knows nothing of screens: events go in,
 * results come out; app.h has mu_app_form, which also does the popups and messages. */
#ifndef MULIN_TUI_FORM_H
#define MULIN_TUI_FORM_H

#include "tui/grid.h"
#include "tui/key.h"

#include <mulin/base/field.h>

enum mu_form_result {
    MU_FORM_IGNORED, /* not an event for a form */
    MU_FORM_USED,
    MU_FORM_BAD,        /* a field is bad: see mu_form_error; on saving the caret jumped to it */
    MU_FORM_CHOOSE,     /* F4 on a field with choices: let one be picked, then mu_form_choose */
    MU_FORM_NO_CHOICES, /* F4 on a field without */
    MU_FORM_NO_LAST,    /* F6 where nothing can be repeated */
    MU_FORM_FULL,       /* the field has no room for what came */
    MU_FORM_SAVE,       /* F2, or Enter on the last field, and every field is good: save record */
    MU_FORM_LEAVE,      /* Esc, nothing changed */
    MU_FORM_ASK         /* Esc, but something changed: ask before leaving */
};

struct mu_form; /* opaque */

/* A form over `record`, whose members it shows and, field by field as they are left, fills with
 * mu_field_read: after MU_FORM_SAVE all of it is good. Fields and record are borrowed and must
 * outlive the form. `today` completes dates typed without a year.
 * Returns NULL and fills `error` without memory. Free with mu_form_free. */
struct mu_form *mu_form_new(const struct mu_field *fields, size_t count, void *record,
                            enum mu_language language, struct mu_date today,
                            struct mu_error *error);
void mu_form_free(struct mu_form **form);

/* The last record saved (borrowed, may be NULL): F6 takes a carried field's value from it. */
void mu_form_last(struct mu_form *form, const void *last);
/* Starts every empty carried field with the last record's value, visibly marked. Not a change. */
void mu_form_carry(struct mu_form *form);
/* Called when a good field has been left: screens suggest others from it (birth date and sex from
 * the ID number) with mu_form_suggest. */
void mu_form_on_left(struct mu_form *form,
                     void (*left)(void *context, struct mu_form *form,
                                  const struct mu_field *field),
                     void *context);
/* Fills the field `key` with `text`, marked as suggested, when it is empty or holds an older
 * suggestion; what a person typed is never overwritten. */
void mu_form_suggest(struct mu_form *form, const char *key, const char *text);

/* Feeds KEY, TEXT and PASTE. */
enum mu_form_result mu_form_event(struct mu_form *form, const struct mu_event *event);
/* Why the last result was MU_FORM_BAD. */
const struct mu_error *mu_form_error(const struct mu_form *form);
/* The field that it was about. */
const struct mu_field *mu_form_bad_field(const struct mu_form *form);
/* The field with the caret. */
const struct mu_field *mu_form_field(const struct mu_form *form);
/* Puts the caret into the field `key` (a store's refusal may name one). */
void mu_form_go(struct mu_form *form, const char *key);
/* Takes a picked choice for the field with the caret and moves on to the next. */
void mu_form_choose(struct mu_form *form, int code);
/* What stands in the field `key` now, checked or not; NULL for no such field. Borrowed. */
const char *mu_form_text(const struct mu_form *form, const char *key);

/* Puts `text` into the field `key` as if a person had typed it. */
void mu_form_put(struct mu_form *form, const char *key, const char *text);
/* Takes what a scanner typed out of the field with the caret again. */
void mu_form_take_back(struct mu_form *form, const char *text);

/* True when something was typed since the form began or mu_form_clean. */
bool mu_form_dirty(const struct mu_form *form);
/* Nothing to lose any more (saved, or the person chose to leave). */
void mu_form_clean(struct mu_form *form);
/* The language changed: choices show in the new one. */
void mu_form_language(struct mu_form *form, enum mu_language language);

enum { MU_FORM_CHANGES_SIZE = 8192 }; /* bytes of such a draft against a base, at most */

/* Writes a draft: lines KEY=TEXT, one for each field, and caret=KEY. Returns the bytes needed
 * without the NUL, as snprintf.
 *   base  the record as it was read: fields that still say the same are left out, so that what
 *         other desks change in them meanwhile is not undone by them; NULL: all fields */
size_t mu_form_draft_write(const struct mu_form *form, const void *base, char *out, size_t size);
/* True when anything changed since the last call: write the draft only then. */
bool mu_form_draft_due(struct mu_form *form);
/* It could not be written: it is due again. */
void mu_form_draft_again(struct mu_form *form);
/* Takes the values of a draft; unknown keys are passed over. The form is dirty afterwards. */
void mu_form_draft_read(struct mu_form *form, const char *draft);

/* Draws the fields into `area` (two columns of fields when they are many and the area is at least
 * 76 wide, else one that scrolls) and the hint of the field with the caret into `hint_row`. Puts
 * the hardware cursor on the caret when `focus`. */
void mu_form_draw(struct mu_form *form, struct mu_grid *grid, struct mu_area area, int hint_row,
                  bool focus);
/* Rows that the fields take of such an area. */
int mu_form_rows(const struct mu_form *form, struct mu_area area);

/* Draws only the box of the field with the caret, for screens that ask for one field at a time. */
void mu_form_draw_box(struct mu_form *form, struct mu_grid *grid, int row, int column, int width);

#endif
