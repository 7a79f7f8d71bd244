/* The inside of a form, for form.c, form_draw.c and form_draft.c. */
#ifndef MULIN_TUI_FORM_STATE_H
#define MULIN_TUI_FORM_STATE_H

#include "tui/form.h"
#include "tui/line_edit.h"

/* Where the text of a field came from, if not from the record or a person. */
enum mu_entry_mark { MU_ENTRY_PLAIN, MU_ENTRY_CARRIED, MU_ENTRY_SUGGESTED };

struct mu_entry {
    struct mu_line_edit line;
    enum mu_entry_mark mark;
    bool bad;   /* the last check refused it */
    bool fresh; /* changed since the last good check */
};

struct mu_form {
    const struct mu_field *fields;
    size_t count;
    void *record;
    const void *last;
    enum mu_language language;
    struct mu_date today;
    struct mu_entry *entry; /* one for each field; owned */
    size_t focus;
    int top; /* first row of fields shown */
    bool dirty, draft_due;
    struct mu_error error; /* of the field `bad` */
    size_t bad;
    void (*left)(void *context, struct mu_form *form, const struct mu_field *field);
    void *left_context;
};

#endif
