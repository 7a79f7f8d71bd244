/* A file of its own: <term.h> makes macros of words such as columns and bell. */
#include "tui/term/term_state.h"

#include <curses.h>
#include <term.h>

bool mu_term_moves_cursor(void)
{
    const char *capability = tigetstr("cup");

    return capability && capability != (const char *)-1;
}
