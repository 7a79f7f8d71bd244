/* The inside of the curses terminal. */
#ifndef MULIN_TUI_TERM_STATE_H
#define MULIN_TUI_TERM_STATE_H

#include "tui/term_curses.h"

enum {
    EMPTY = MU_STYLE_COUNT, /* the style of a cell of which nothing is to be seen */
    STYLES,
    EARLY_SIZE = 256,
    PASTE_SIZE = 1048576 /* more than any text takes, which then says that it is too much */
};

struct mu_curses {
    struct mu_term term; /* first: a mu_term is a mu_curses */
    void *screen;        /* SCREEN */
    void *keys;          /* WINDOW, a pad: reading keys through it draws nothing */
    enum mu_theme theme;
    bool colour;
    short pair[STYLES]; /* of curses, for each style */
    unsigned attributes[STYLES];
    bool clear[MU_STYLE_COUNT]; /* nothing is to be seen of a blank of this style */
    struct mu_grid *shown;      /* what was presented last; NULL: nothing */
    struct mu_grid *next;       /* room for the next one; NULL: none yet */
    int test_descriptor;        /* MULIN_TEST_FD, -1 without */
    bool heard;                 /* something came since the last byte was written to it */

    bool asked;                      /* the terminal's answers are awaited */
    unsigned char early[EARLY_SIZE]; /* typed before they came */
    size_t early_count, early_next;
    char character[5]; /* bytes of a character that has not come wholly */
    size_t character_length;
    int pushed;       /* a byte or key read too far, -1 for none */
    bool garbled;     /* the bytes before were no UTF-8 either: said once */
    int64_t returned; /* when CR came: an LF right behind belongs to it */
    char *paste;      /* PASTE_SIZE bytes */
};

/* What the terminal answers to the probe. */
struct mu_probe {
    int han, line;                   /* cells that 中 and ─ took; 0: no answer */
    unsigned char early[EARLY_SIZE]; /* what else came in meanwhile */
    size_t early_count;
};

/* Asks the terminal on descriptors 0 and 1, which is in raw mode. False when it cannot be asked. */
bool mu_term_ask(void);
/* Takes its answers, for which it has 300 ms from now on. */
void mu_term_answers(struct mu_probe *probe);

/* True when the terminal type is known and can move its cursor. Asked before curses opens it, which
 * would leak on an unknown one. */
bool mu_term_usable(const char *type);

/* Signals become flags and bytes in a pipe. False when they can't be set up. */
bool mu_term_signals_begin(void);
void mu_term_signals_end(void);
int mu_term_signals_pipe(void); /* readable when a signal came */
bool mu_term_signals_waiting(void);
/* Empties the pipe. *ended is the signal to end by or 0; true when the size changed. */
bool mu_term_signals_take(int *ended);
/* The last signal to end by, or 0. */
int mu_term_signals_ended(void);

/* mu_term.next. */
void mu_term_next(struct mu_term *term, int wait, struct mu_event *event);
/* The keys of terminals that their terminfo entries leave out. */
void mu_term_define_keys(void);

int64_t mu_term_milliseconds(struct mu_term *term);

#endif
