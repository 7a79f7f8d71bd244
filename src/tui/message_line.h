/* The one message row, and what was said before. */
#ifndef MULIN_TUI_MESSAGE_LINE_H
#define MULIN_TUI_MESSAGE_LINE_H

#include "tui/grid.h"

#include <mulin/base/date.h>

enum mu_tone { MU_TONE_PLAIN, MU_TONE_GOOD, MU_TONE_WARNING, MU_TONE_BAD };

enum { MU_MESSAGE_HISTORY = 50, MU_MESSAGE_SIZE = 512 };

struct mu_said {
    enum mu_tone tone;
    struct mu_moment when;
    char text[MU_MESSAGE_SIZE];
};

struct mu_message_line {
    struct mu_said said[MU_MESSAGE_HISTORY]; /* a ring */
    size_t count;                            /* ever said */
    bool showing;                            /* the last one is on the row */
};

void mu_message_line_init(struct mu_message_line *line);
/* Shows `text` (made inert, cut between characters) and keeps it in the history. */
void mu_message_line_say(struct mu_message_line *line, enum mu_tone tone, struct mu_moment when,
                         const char *text);
/* A person went on. Errors and warnings stay until a key action; what went well also goes when
 * typing starts (`typing`). */
void mu_message_line_next(struct mu_message_line *line, bool typing);
/* The n-th message back, 0 the last; NULL when there are not so many. */
const struct mu_said *mu_message_line_back(const struct mu_message_line *line, size_t n);
/* Symbol, text and style of one message, on one row: √ ! ×. */
void mu_said_draw(const struct mu_said *said, struct mu_grid *grid, int row, int column, int width);
/* Draws the row, blank when nothing is to be shown. */
void mu_message_line_draw(const struct mu_message_line *line, struct mu_grid *grid, int row);

#endif
