#include "tui/message_line.h"

#include <mulin/base/text.h>

#include <string.h>

void mu_message_line_init(struct mu_message_line *line)
{
    memset(line, 0, sizeof *line);
}

void mu_message_line_say(struct mu_message_line *line, enum mu_tone tone, struct mu_moment when,
                         const char *text)
{
    struct mu_said *said = &line->said[line->count % MU_MESSAGE_HISTORY];

    said->tone = tone;
    said->when = when;
    mu_text_inert(said->text, sizeof said->text, text);
    line->count++;
    line->showing = true;
}

void mu_message_line_next(struct mu_message_line *line, bool typing)
{
    const struct mu_said *said = mu_message_line_back(line, 0);

    if (said && typing && (said->tone == MU_TONE_BAD || said->tone == MU_TONE_WARNING))
        return;
    line->showing = false;
}

const struct mu_said *mu_message_line_back(const struct mu_message_line *line, size_t n)
{
    if (n >= line->count || n >= MU_MESSAGE_HISTORY)
        return NULL;
    return &line->said[(line->count - 1 - n) % MU_MESSAGE_HISTORY];
}

void mu_said_draw(const struct mu_said *said, struct mu_grid *grid, int row, int column, int width)
{
    static const struct {
        const char *symbol; /* the sentence has the word: colour never tells alone */
        enum mu_style style;
    } looks[] = {
        [MU_TONE_PLAIN] = {"", MU_STYLE_NORMAL},
        [MU_TONE_GOOD] = {"√ ", MU_STYLE_GOOD},
        [MU_TONE_WARNING] = {"! ", MU_STYLE_WARNING},
        [MU_TONE_BAD] = {"× ", MU_STYLE_BAD},
    };
    enum mu_style style = looks[said->tone].style;
    int used = mu_grid_run(grid, row, column, width, looks[said->tone].symbol, style);

    mu_grid_put(grid, row, column + used, width - used, said->text, MU_MARK, style);
}

void mu_message_line_draw(const struct mu_message_line *line, struct mu_grid *grid, int row)
{
    const struct mu_said *said = line->showing ? mu_message_line_back(line, 0) : NULL;

    if (said)
        mu_said_draw(said, grid, row, 0, grid->columns);
    else
        mu_grid_put(grid, row, 0, grid->columns, "", MU_LEFT, MU_STYLE_NORMAL);
}
