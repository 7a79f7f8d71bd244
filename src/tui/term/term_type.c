/* A file of its own: <term.h> makes macros of words such as columns and bell. */
#include "tui/term/term_state.h"

#include <curses.h>
#include <term.h>
#include <unistd.h>

bool mu_term_usable(const char *type)
{
    int result;
    const char *capability;
    bool usable;

    if (setupterm(type, STDOUT_FILENO, &result) != OK)
        return false;
    capability = tigetstr("cup");
    usable = capability && capability != (const char *)-1;
    del_curterm(cur_term);
    return usable;
}
