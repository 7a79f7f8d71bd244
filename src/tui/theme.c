#include "tui/theme.h"

#include <string.h>

enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE, OWN = -1 };
enum { BOLD = MU_LOOK_BOLD, REVERSE = MU_LOOK_REVERSE, UNDERLINE = MU_LOOK_UNDERLINE };

/* What is good or bad differs in brightness and word, never only by red against green; dark blue
 * never stands on black. */
static const struct mu_look looks[MU_THEME_COUNT][MU_STYLE_COUNT] =
    {
        [MU_THEME_DARK] =
            {
                [MU_STYLE_NORMAL] = {OWN, OWN, 0},
                [MU_STYLE_BAR] = {WHITE, BLUE, BOLD},
                [MU_STYLE_TITLE] = {CYAN, OWN, BOLD},
                [MU_STYLE_LABEL] = {CYAN, OWN, 0},
                [MU_STYLE_VALUE] = {OWN, OWN, 0},
                [MU_STYLE_HINT] = {CYAN, OWN, 0},
                [MU_STYLE_SELECTED] = {BLACK, CYAN, 0},
                [MU_STYLE_GOOD] = {GREEN, OWN, BOLD},
                [MU_STYLE_WARNING] = {YELLOW, OWN, BOLD},
                [MU_STYLE_BAD] = {WHITE, RED, BOLD},
                [MU_STYLE_DIM] = {OWN, OWN, MU_LOOK_DIM},
                [MU_STYLE_KEY] = {YELLOW, OWN, BOLD},
                [MU_STYLE_INPUT] = {OWN, OWN, UNDERLINE},
                [MU_STYLE_FOCUS] = {WHITE, BLUE, BOLD},
                [MU_STYLE_BIG] = {YELLOW, OWN, BOLD},
                [MU_STYLE_FRAME] = {CYAN, OWN, 0},
                [MU_STYLE_GHOST] = {CYAN, BLUE, 0},
            },
        [MU_THEME_LIGHT] =
            {
                [MU_STYLE_NORMAL] = {BLACK, WHITE, 0},
                [MU_STYLE_BAR] = {WHITE, BLUE, BOLD},
                [MU_STYLE_TITLE] = {BLUE, WHITE, BOLD},
                [MU_STYLE_LABEL] = {BLUE, WHITE, 0},
                [MU_STYLE_VALUE] = {BLACK, WHITE, 0},
                [MU_STYLE_HINT] = {BLUE, WHITE, 0},
                [MU_STYLE_SELECTED] = {WHITE, BLUE, BOLD},
                [MU_STYLE_GOOD] = {BLACK, GREEN, 0},
                [MU_STYLE_WARNING] = {BLACK, YELLOW, 0},
                [MU_STYLE_BAD] = {WHITE, RED, BOLD},
                [MU_STYLE_DIM] = {BLACK, WHITE, MU_LOOK_DIM},
                [MU_STYLE_KEY] = {RED, WHITE, BOLD},
                [MU_STYLE_INPUT] = {BLACK, WHITE, UNDERLINE},
                [MU_STYLE_FOCUS] = {BLACK, CYAN, 0},
                [MU_STYLE_BIG] = {BLUE, WHITE, BOLD},
                [MU_STYLE_FRAME] = {BLUE, WHITE, 0},
                [MU_STYLE_GHOST] = {BLUE, CYAN, 0},
            },
        [MU_THEME_CONTRAST] =
            {
                [MU_STYLE_NORMAL] = {WHITE, BLACK, BOLD},
                [MU_STYLE_BAR] = {BLACK, WHITE, 0},
                [MU_STYLE_TITLE] = {YELLOW, BLACK, BOLD},
                [MU_STYLE_LABEL] = {WHITE, BLACK, BOLD},
                [MU_STYLE_VALUE] = {WHITE, BLACK, BOLD},
                [MU_STYLE_HINT] = {WHITE, BLACK, BOLD},
                [MU_STYLE_SELECTED] = {BLACK, YELLOW, 0},
                [MU_STYLE_GOOD] = {BLACK, WHITE, 0},
                [MU_STYLE_WARNING] = {BLACK, YELLOW, 0},
                [MU_STYLE_BAD] = {YELLOW, BLACK, BOLD | REVERSE},
                [MU_STYLE_DIM] = {WHITE, BLACK, 0},
                [MU_STYLE_KEY] = {YELLOW, BLACK, BOLD},
                [MU_STYLE_INPUT] = {WHITE, BLACK, BOLD | UNDERLINE},
                [MU_STYLE_FOCUS] = {BLACK, YELLOW, 0},
                [MU_STYLE_BIG] = {YELLOW, BLACK, BOLD},
                [MU_STYLE_FRAME] = {WHITE, BLACK, BOLD},
                [MU_STYLE_GHOST] = {WHITE, BLACK, BOLD | UNDERLINE},
            },
        [MU_THEME_MONO] =
            {
                [MU_STYLE_NORMAL] = {OWN, OWN, 0},
                [MU_STYLE_BAR] = {OWN, OWN, REVERSE},
                [MU_STYLE_TITLE] = {OWN, OWN, BOLD},
                [MU_STYLE_LABEL] = {OWN, OWN, 0},
                [MU_STYLE_VALUE] = {OWN, OWN, 0},
                [MU_STYLE_HINT] = {OWN, OWN, 0},
                [MU_STYLE_SELECTED] = {OWN, OWN, REVERSE},
                [MU_STYLE_GOOD] = {OWN, OWN, BOLD},
                [MU_STYLE_WARNING] = {OWN, OWN, BOLD | UNDERLINE},
                [MU_STYLE_BAD] = {OWN, OWN, BOLD | REVERSE},
                [MU_STYLE_DIM] = {OWN, OWN, 0},
                [MU_STYLE_KEY] = {OWN, OWN, BOLD},
                [MU_STYLE_INPUT] = {OWN, OWN, UNDERLINE},
                [MU_STYLE_FOCUS] = {OWN, OWN, REVERSE},
                [MU_STYLE_BIG] = {OWN, OWN, BOLD},
                [MU_STYLE_FRAME] = {OWN, OWN, 0},
                [MU_STYLE_GHOST] = {OWN, OWN, UNDERLINE},
            },
};

static const char *const names[MU_THEME_COUNT] = {"dark", "light", "contrast", "mono"};

struct mu_look mu_theme_look(enum mu_theme theme, enum mu_style style)
{
    size_t row = (size_t)theme < MU_THEME_COUNT ? (size_t)theme : 0;

    return looks[row][(size_t)style < MU_STYLE_COUNT ? (size_t)style : 0];
}

bool mu_theme_by_name(const char *name, enum mu_theme *out)
{
    for (size_t i = 0; i < MU_THEME_COUNT; i++) {
        if (strcmp(name, names[i]) == 0) {
            *out = (enum mu_theme)i;
            return true;
        }
    }
    return false;
}

const char *mu_theme_word(enum mu_theme theme, enum mu_language language)
{
    static const enum mu_message words[MU_THEME_COUNT] = {
        MU_SAY_tui_theme_dark, MU_SAY_tui_theme_light, MU_SAY_tui_theme_contrast,
        MU_SAY_tui_theme_mono};

    return mu_message_text(words[(size_t)theme < MU_THEME_COUNT ? theme : 0], language);
}

enum mu_theme mu_theme_start(const char *name, const char *no_color)
{
    enum mu_theme theme = MU_THEME_DARK;

    if (no_color && *no_color)
        return MU_THEME_MONO;
    if (name)
        mu_theme_by_name(name, &theme);
    return theme;
}
