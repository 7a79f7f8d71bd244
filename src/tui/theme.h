/* Themes: what each style looks like. Sixteen colours at most; mono uses none. */
#ifndef MULIN_TUI_THEME_H
#define MULIN_TUI_THEME_H

#include "tui/grid.h"

enum mu_theme { MU_THEME_DARK, MU_THEME_LIGHT, MU_THEME_CONTRAST, MU_THEME_MONO, MU_THEME_COUNT };

enum { MU_LOOK_BOLD = 1, MU_LOOK_REVERSE = 2, MU_LOOK_UNDERLINE = 4, MU_LOOK_DIM = 8 };

struct mu_look {
    signed char foreground, background; /* 0..7 as ANSI numbers them, -1 the terminal's own */
    unsigned char attributes;           /* MU_LOOK_ */
};

/* How `style` looks; also for a style that does not exist (then as MU_STYLE_NORMAL). */
struct mu_look mu_theme_look(enum mu_theme theme, enum mu_style style);
/* The theme called dark, light, contrast or mono. False, *out untouched, for other names. */
bool mu_theme_by_name(const char *name, enum mu_theme *out);
/* The word for a theme; static. */
const char *mu_theme_word(enum mu_theme theme, enum mu_language language);
/* The theme to start with: mono when `no_color` (NO_COLOR) is set and not empty, else the one
 * called `name` (MULIN_THEME), else dark. Both may be NULL. */
enum mu_theme mu_theme_start(const char *name, const char *no_color);

#endif
