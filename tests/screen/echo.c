/* echo: shows what the terminal makes of the bytes that come in. Row 0 counts, the rows below hold
 * the last events by name. Ends with 7 when the line is closed or a signal asks for it. */
#include "tui/term_curses.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum { LOG = 4096, SHOWN = 800 };

static struct {
    char log[LOG];
    size_t used;
    int keys, characters, enters, pasted;
} heard;

static void note(const char *word)
{
    size_t length = strlen(word);

    if (heard.used + length + 2 > LOG) {
        memmove(heard.log, heard.log + heard.used - SHOWN, SHOWN);
        heard.used = SHOWN;
    }
    memcpy(heard.log + heard.used, word, length);
    heard.used += length;
    heard.log[heard.used++] = ' ';
    heard.log[heard.used] = '\0';
}

static void take(const struct mu_event *event)
{
    char name[MU_KEY_NAME_SIZE];

    if (event->kind == MU_EVENT_KEY) {
        heard.keys++;
        heard.enters += event->key == MU_KEY_ENTER;
        mu_key_name(event->key, MU_ENGLISH, name);
        note(event->key == MU_KEY_OTHER ? "other" : name);
    } else if (event->kind == MU_EVENT_TEXT) {
        heard.characters++;
        note(event->text);
    } else if (event->kind == MU_EVENT_PASTE) {
        heard.pasted = (int)strlen(event->text);
        note("paste");
    } else if (event->kind == MU_EVENT_RESIZE) {
        note("resize");
    }
}

static void draw(struct mu_term *term, struct mu_grid *grid)
{
    char counts[128];
    int rows, columns;
    size_t from = heard.used > SHOWN ? heard.used - SHOWN : 0;

    term->size(term, &rows, &columns);
    if (mu_grid_resize(grid, rows, columns, NULL) != MU_OK)
        return;
    snprintf(counts, sizeof counts, "keys %d characters %d enters %d pasted %d lines %s",
             heard.keys, heard.characters, heard.enters, heard.pasted,
             grid->glyphs.wide_ambiguous ? "wide" : "narrow");
    mu_grid_put(grid, 0, 0, columns, counts, MU_LEFT, MU_STYLE_TITLE);
    mu_grid_paragraph(grid, (struct mu_area){1, 0, rows - 1, columns}, heard.log + from,
                      MU_STYLE_NORMAL);
    mu_grid_cursor(grid, 0, 0);
    term->present(term, grid);
}

int main(void)
{
    struct mu_term *term = NULL;
    struct mu_error error;
    struct mu_grid *grid;
    struct mu_event event = {0};
    char text[512];

    if (mu_term_curses_open(&term, &error) != MU_OK ||
        mu_term_curses_ready(term, &error) != MU_OK) {
        mu_term_curses_close(&term);
        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        puts(text);
        return 2;
    }
    grid = mu_grid_new(24, 80);
    if (!grid)
        return 1;
    grid->glyphs = term->glyphs;
    term->theme(term, MU_THEME_DARK);
    while (event.kind != MU_EVENT_HANGUP) {
        term->next(term, 0, &event);
        if (event.kind == MU_EVENT_NONE) {
            draw(term, grid);
            term->settled(term);
            term->next(term, 1000, &event);
        }
        take(&event);
    }
    mu_term_curses_close(&term);
    mu_grid_free(&grid);
    return 7;
}
