/* Choosing one of several things by typing a part of its word, its pinyin or initials, or the
 * number of its code. */
#ifndef MULIN_TUI_PICKER_H
#define MULIN_TUI_PICKER_H

#include "tui/line_edit.h"

struct mu_pick {
    int code;          /* what choosing it returns */
    const char *text;  /* borrowed until the picker closes */
    const char *aside; /* shown behind it: a key, an explanation; may be NULL */
    const char *words; /* further words that find it, separated by blanks; may be NULL */
};

struct mu_picker; /* opaque */

/* A picker over a copy of `picks` (their texts stay borrowed). The cursor starts on `code` if it is
 * among them. NULL and `error` without memory. */
struct mu_picker *mu_picker_new(const struct mu_pick *picks, size_t count, int code,
                                struct mu_error *error);
void mu_picker_free(struct mu_picker **picker);

enum mu_picker_result {
    MU_PICKER_IGNORED,
    MU_PICKER_USED,
    MU_PICKER_CHOSEN, /* *code is set */
    MU_PICKER_LEFT    /* Esc with an empty filter; Esc first clears the filter */
};

/* Feeds an event. Typing filters; Up, Down, PgUp, PgDn move; Enter chooses. */
enum mu_picker_result mu_picker_event(struct mu_picker *picker, const struct mu_event *event,
                                      int *code);
/* Draws the filter line and the rows into `area` and puts the hardware cursor on the caret. */
/* Takes out of the filter again what a scanner typed. */
void mu_picker_take_back(struct mu_picker *picker, const char *text);
void mu_picker_draw(struct mu_picker *picker, struct mu_grid *grid, struct mu_area area,
                    enum mu_language language);
/* Rows that match now, of all. */
size_t mu_picker_shown(const struct mu_picker *picker);

#endif
