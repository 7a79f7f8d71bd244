/* A long text on a screen of its own: the notes of a meeting, an addition to them. Half-written
 * ones are kept every two seconds, sealed, for the operator who writes; whoever takes over the desk
 * does not see them. */
#ifndef MULIN_TUI_SCREENS_LONG_TEXT_H
#define MULIN_TUI_SCREENS_LONG_TEXT_H

#include "tui/app.h"

enum {
    MU_LONG_TEXT_LIMIT = 524288 /* bytes of the longest text, some 170,000 Chinese characters */
};

struct mu_long_text {
    enum mu_message title; /* its part of row 0: 调解记录 */
    const char *subject;   /* whose text it is, in row 1: a case number and a meeting; copied */
    enum mu_message hint;  /* what to write: who came, what each said, what was offered */
    const char *text;      /* the text so far, NULL for none; copied */
    size_t limit;          /* bytes without the NUL, at most MU_LONG_TEXT_LIMIT; 0: that */
    const char *draft;     /* what it is kept under while half-written ("case_note 12"), at most 200
                            * bytes; copied */
    /* F2: takes the text, without blanks around it, in NFC; it may be "". True: the screen closes,
     * the draft is dropped. False: it stays open, and why has been said. Opens and closes no
     * screen. */
    bool (*done)(struct mu_app *app, void *context, const char *text);
    void *context; /* borrowed while the screen is open: the state of the screen below */
};

/* Opens it over what is open; a draft that is found is put back and said. MU_REFUSED (too many
 * screens are open), MU_INPUT (the text so far is longer than the limit), MU_MEMORY. */
enum mu_status mu_open_long_text(struct mu_app *app, const struct mu_long_text *request,
                                 struct mu_error *error) MU_CHECKED;

#endif
