/* The form over a record: a household, a building, a person file, a tag. Residents have a form of
 * their own, which knows twins and members. */
#ifndef MULIN_TUI_SCREENS_RECORD_FORM_H
#define MULIN_TUI_SCREENS_RECORD_FORM_H

#include "tui/app.h"
#include "tui/form.h"

#include <mulin/base/field.h>

/* What a kind of record needs for its form. */
struct mu_record_form {
    const char *name;      /* "household_form": of the screen, and of the draft with the key */
    enum mu_message title; /* its part of row 0 */
    enum mu_message line;  /* row 1: {0} is the subject */
    enum mu_message saved; /* said after saving: {0} is the subject; unused with `say_saved` */
    const struct mu_field *fields;
    const size_t *count; /* of fields */
    size_t size;         /* bytes of a record */

    /* Called with each new form over `record`, to put the caret or to set what follows from a
     * field. NULL: nothing is to be done. */
    void (*begin)(struct mu_form *form, void *record);
    /* Reads the record that `like` is a state of, as it is now. NULL for new records, which no
     * other desk can change. */
    enum mu_status (*read)(struct mu_app *app, const void *like, void *out, struct mu_error *error);
    /* Saves it; *field gets the key of the field at fault. */
    enum mu_status (*save)(struct mu_app *app, void *record, const char **field,
                           struct mu_error *error);
    /* Says after saving what `saved` cannot. NULL: that is said. */
    void (*say_saved)(struct mu_app *app, const void *record);
    /* Goes back to where the form was opened from, after it has closed; `record` as it was saved,
     * or as it was when the form was left. NULL: to the screen below, which reads anew when it is
     * on top again. */
    enum mu_status (*leave)(struct mu_app *app, const void *record, struct mu_error *error);
};

/* Opens the form over a copy of `record`.
 *   kind     static
 *   key      what tells the record from all others of its kind, its number or its name: half-typed
 *            forms are kept under it
 *   subject  what names it to people: an address, a person
 * MU_REFUSED (too many screens are open), MU_MEMORY. */
enum mu_status mu_open_record_form(struct mu_app *app, const struct mu_record_form *kind,
                                   const void *record, const char *key, const char *subject,
                                   struct mu_error *error) MU_CHECKED;

#endif
