/* The real terminal, through ncursesw. */
#ifndef MULIN_TUI_TERM_CURSES_H
#define MULIN_TUI_TERM_CURSES_H

#include "tui/term.h"

/* Opens the terminal on standard input and output: raw mode, keys of the usual terminals, bracketed
 * paste, signals. It is asked for UTF-8 and the width of ─ (MULIN_PROBE=0: it is not), and while
 * its answers are on their way, which may be a long one, there is time for other work. setlocale
 * must not have been called; C.UTF-8 is used where the environment names no UTF-8 locale.
 * Fails (MU_USAGE), leaving the terminal as it was, with what to do: not a terminal, TERM unknown
 * or dumb. One at a time in a process. Close with mu_term_curses_close, also before printing
 * anything. */
enum mu_status mu_term_curses_open(struct mu_term **out, struct mu_error *error) MU_CHECKED;
/* Takes its answers, for which it has 300 ms; before anything is drawn. MU_USAGE: it shows bytes
 * instead of characters (say that in both languages: Chinese may not show). */
enum mu_status mu_term_curses_ready(struct mu_term *term, struct mu_error *error) MU_CHECKED;
void mu_term_curses_close(struct mu_term **term);

/* The line has closed or a signal asks to end: MU_EVENT_HANGUP comes next. For who waits elsewhere
 * while a terminal is open. */
bool mu_term_curses_leaving(void);

#endif
