/* A text of many lines that is typed in: wrapped at the edge, undone and redone, up to hundreds of
 * kilobytes. It knows nothing of screens: events go in, results come out.
 *
 * The text is one run of bytes, since clusters are read where they stand; moving half a megabyte
 * for a key takes some twenty microseconds. What a key costs beyond that is the rows that are shown
 * (text_rows.h). All room for the text is taken at the start: nobody who types runs out of memory.
 */
#ifndef MULIN_TUI_TEXT_AREA_H
#define MULIN_TUI_TEXT_AREA_H

#include "tui/grid.h"
#include "tui/key.h"

enum mu_text_area_result {
    MU_TEXT_AREA_IGNORED, /* not an event for a text; Tab is none */
    MU_TEXT_AREA_USED,    /* the caret moved, or there was nothing left to move or erase */
    MU_TEXT_AREA_CHANGED,
    MU_TEXT_AREA_FULL,   /* what came does not fit: nothing of it was taken */
    MU_TEXT_AREA_NO_STEP /* nothing (more) to undo or to redo */
};

struct mu_text_area; /* opaque */

/* An empty text of at most `limit` bytes, without the NUL. NULL and `error` without memory. Free
 * with mu_text_area_free, which also wipes it. */
struct mu_text_area *mu_text_area_new(size_t limit, struct mu_error *error);
void mu_text_area_free(struct mu_text_area **area);

/* Begins with this text (made fit as a pasted one is), caret at its end, nothing changed or to be
 * undone. False, and nothing happens, when it does not fit. */
bool mu_text_area_set(struct mu_text_area *area, const char *text);
/* Puts this text in place of what is there, as a step that undo takes back. The same. */
bool mu_text_area_replace(struct mu_text_area *area, const char *text);
/* What stands there now, UTF-8 with LF between lines; borrowed until the next event. */
const char *mu_text_area_text(const struct mu_text_area *area);
size_t mu_text_area_length(const struct mu_text_area *area); /* in bytes */
/* A copy of it for the store: in NFC, blanks and empty lines at both ends cut off. *length gets its
 * bytes, which may be a few more than the limit. Owned by the caller (free); NULL without memory.
 */
char *mu_text_area_copy(const struct mu_text_area *area, size_t *length);
/* How many characters that is, line ends not counted. */
size_t mu_text_area_count(const struct mu_text_area *area);
/* The caret as a byte offset, always between clusters. */
size_t mu_text_area_caret(const struct mu_text_area *area);
/* Puts the caret at the byte `offset`, or behind the cluster that it is in. */
void mu_text_area_go(struct mu_text_area *area, size_t offset);

/* Takes TEXT and PASTE, and the keys Left Right Up Down Home End PgUp PgDn Ctrl-Home Ctrl-End
 * Backspace Delete Enter undo redo. Control, bidi and zero-width characters never get in; a tab
 * becomes a blank. Typing is undone word by word or from mark to mark, a paste as a whole. */
enum mu_text_area_result mu_text_area_event(struct mu_text_area *area,
                                            const struct mu_event *event);
/* Whether undo (`back`) or redo has something to do. */
bool mu_text_area_can(const struct mu_text_area *area, bool back);
/* Once a second: a pause in typing ends what undo takes back at once. */
void mu_text_area_tick(struct mu_text_area *area);

/* True when something was typed since the text was set or mu_text_area_clean. */
bool mu_text_area_dirty(const struct mu_text_area *area);
void mu_text_area_clean(struct mu_text_area *area);
/* True when anything changed since the last call: write the draft only then. */
bool mu_text_area_draft_due(struct mu_text_area *area);
/* It could not be written: it is due again. */
void mu_text_area_draft_again(struct mu_text_area *area);

/* Draws the rows around the caret into `place` and, in its last row, how long the text is and how
 * far down the caret stands. Puts the hardware cursor on the caret when `focus`. The width that Up,
 * Down and the like go by is that of the last drawing. */
void mu_text_area_draw(struct mu_text_area *area, struct mu_grid *grid, struct mu_area place,
                       bool focus, enum mu_language language);

/* Clusters measured since the text was made: what a key costs, for tests. */
size_t mu_text_area_measured(const struct mu_text_area *area);

#endif
