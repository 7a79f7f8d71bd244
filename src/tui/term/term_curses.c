#include "tui/term/term_state.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

enum { ESCAPE_DELAY = 150, FEW_BLANKS = 3 };

static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";

int64_t mu_term_milliseconds(struct mu_term *term)
{
    struct timespec now;

    (void)term;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int cells_of(uint32_t rune)
{
    return wcwidth((wchar_t)rune);
}

static int cells_of_console(uint32_t rune)
{
    return rune < 0x250 ? cells_of(rune) : -1;
}

static void size(struct mu_term *term, int *rows, int *columns)
{
    (void)term;
    *rows = LINES;
    *columns = COLS;
}

/* ---- drawing ---- */

static attr_t attributes_of(struct mu_look look)
{
    attr_t attributes = A_NORMAL;

    if (look.attributes & MU_LOOK_BOLD)
        attributes |= A_BOLD;
    if (look.attributes & MU_LOOK_REVERSE)
        attributes |= A_REVERSE;
    if (look.attributes & MU_LOOK_UNDERLINE)
        attributes |= A_UNDERLINE;
    if (look.attributes & MU_LOOK_DIM)
        attributes |= A_DIM;
    return attributes;
}

/* The colours of a style have a pair of curses; styles of the same colours share it, so that no
 * colour is sent where none changes. */
static short pair_of(enum mu_theme theme, enum mu_style style)
{
    struct mu_look look = mu_theme_look(theme, style);
    int first = 0;

    for (; first < (int)style; first++) {
        struct mu_look other = mu_theme_look(theme, (enum mu_style)first);

        if (other.foreground == look.foreground && other.background == look.background)
            break;
    }
    return (short)(first + 1);
}

static void set_theme(struct mu_term *term, enum mu_theme theme)
{
    struct mu_curses *curses = (struct mu_curses *)term;
    struct mu_look normal;
    cchar_t blank;

    curses->theme = curses->colour ? theme : MU_THEME_MONO;
    normal = mu_theme_look(curses->theme, MU_STYLE_NORMAL);
    for (int i = 0; i < MU_STYLE_COUNT; i++) {
        struct mu_look look = mu_theme_look(curses->theme, (enum mu_style)i);

        curses->attributes[i] = attributes_of(look);
        curses->clear[i] = look.background == normal.background &&
                           (look.attributes & (MU_LOOK_REVERSE | MU_LOOK_UNDERLINE)) == 0;
        if (curses->theme == MU_THEME_MONO)
            continue;
        curses->pair[i] = pair_of(curses->theme, (enum mu_style)i);
        if (curses->pair[i] == i + 1)
            init_pair((short)(i + 1), look.foreground, look.background);
    }
    if (curses->theme == MU_THEME_MONO)
        memset(curses->pair, 0, sizeof curses->pair);
    /* What the terminal clears its screen to, if these are its own colours. The attributes of the
     * background would be added to those of every character. */
    curses->pair[EMPTY] = normal.background < 0 ? 0 : curses->pair[MU_STYLE_NORMAL];
    if (setcchar(&blank, L" ", A_NORMAL, curses->pair[EMPTY], NULL) == OK)
        bkgrndset(&blank);
    mu_grid_free(&curses->shown); /* every cell is drawn anew */
}

static void put_cell(const struct mu_curses *curses, int row, int column,
                     const struct mu_cell *cell)
{
    attr_t attributes = (attr_t)curses->attributes[cell->style];
    short pair = curses->pair[cell->style];
    wchar_t wide[CCHARW_MAX + 1];
    size_t length = 0;
    mbstate_t state = {0};
    cchar_t character;

    for (const char *at = cell->text; *at && length < CCHARW_MAX;) {
        size_t step = mbrtowc(&wide[length], at, MU_CELL_BYTES, &state);

        if (step == 0 || step > MU_CELL_BYTES)
            break;
        at += step;
        length++;
    }
    wide[length] = L'\0';
    if (setcchar(&character, wide, attributes, pair, NULL) == OK)
        mvadd_wch(row, column, &character);
}

static struct mu_cell *row_of(const struct mu_grid *grid, int row)
{
    return &grid->cell[(size_t)row * (size_t)grid->columns];
}

static bool same_cell(const struct mu_cell *a, const struct mu_cell *b)
{
    if (a->style != b->style || a->width != b->width)
        return false;
    for (int i = 0; a->text[i] == b->text[i]; i++)
        if (a->text[i] == '\0')
            return true;
    return false;
}

/* Whether nothing is to be seen of a cell, not even its style. */
static bool is_clear(const struct mu_curses *curses, const struct mu_cell *cell)
{
    return cell->text[0] == ' ' && cell->text[1] == '\0' && curses->clear[cell->style];
}

/* Clear cells take the style that costs the fewest bytes: a few of them that of the character
 * before, which is sent anyway, more of them that of an empty screen. */
static void settle_blanks(const struct mu_curses *curses, struct mu_cell *cell, int columns)
{
    for (int column = 0, end; column < columns; column = end) {
        unsigned char style = EMPTY;

        for (end = column; end < columns && is_clear(curses, &cell[end]); end++)
            ;
        if (column > 0 && end < columns && end - column <= FEW_BLANKS &&
            curses->clear[cell[column - 1].style])
            style = cell[column - 1].style;
        for (int i = column; i < end; i++)
            cell[i].style = style;
        end += end == column;
    }
}

/* A copy of the grid as it is sent, or NULL without memory. */
static struct mu_grid *settled_copy(struct mu_curses *curses, const struct mu_grid *grid)
{
    if (curses->next && mu_grid_resize(curses->next, grid->rows, grid->columns, NULL) != MU_OK)
        mu_grid_free(&curses->next);
    if (!curses->next)
        curses->next = mu_grid_new(grid->rows, grid->columns);
    if (!curses->next)
        return NULL;
    memcpy(curses->next->cell, grid->cell,
           (size_t)grid->rows * (size_t)grid->columns * sizeof *grid->cell);
    for (int row = 0; row < grid->rows; row++)
        settle_blanks(curses, row_of(curses->next, row), grid->columns);
    return curses->next;
}

/* Gives curses the cells that changed: all but the empty ones when nothing is shown. What is shown
 * is remembered; without memory for that the next grid is just drawn whole. */
static void present(struct mu_term *term, const struct mu_grid *grid)
{
    static const struct mu_cell empty = {.text = " ", .width = 1, .style = EMPTY};
    struct mu_curses *curses = (struct mu_curses *)term;
    struct mu_grid *next = settled_copy(curses, grid), *shown = curses->shown;
    bool whole = !next || !shown || shown->rows != grid->rows || shown->columns != grid->columns;

    if (whole)
        erase();
    for (int row = 0; row < grid->rows; row++) {
        const struct mu_cell *cell = row_of(next ? next : grid, row);
        const struct mu_cell *before = whole ? NULL : row_of(shown, row);

        for (int column = 0; column < grid->columns; column++)
            if (cell[column].width > 0 &&
                !same_cell(&cell[column], whole ? &empty : &before[column]))
                put_cell(curses, row, column, &cell[column]);
    }
    curses->shown = next;
    curses->next = shown;
    move(grid->cursor_row, grid->cursor_column);
    refresh();
}

static void repaint(struct mu_term *term)
{
    mu_grid_free(&((struct mu_curses *)term)->shown);
    clearok(curscr, TRUE);
}

static void bell(struct mu_term *term)
{
    (void)term;
    beep();
}

static void settled(struct mu_term *term)
{
    struct mu_curses *curses = (struct mu_curses *)term;

    if (curses->heard && curses->test_descriptor >= 0 &&
        write(curses->test_descriptor, ".", 1) != 1)
        curses->test_descriptor = -1;
    curses->heard = false;
}

/* ---- opening and closing ---- */

static bool use_utf8(void)
{
    setlocale(LC_CTYPE, ""); /* the others are a dozen files that nothing here asks for */
    if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
        return true;
    return setlocale(LC_CTYPE, "C.UTF-8") != NULL && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static int test_descriptor(void)
{
    const char *text = getenv("MULIN_TEST_FD");
    char *end;
    long number;

    if (!text || !*text)
        return -1;
    number = strtol(text, &end, 10);
    return *end == '\0' && number > STDERR_FILENO && number < 1024 ? (int)number : -1;
}

static bool ask(const struct mu_curses *curses)
{
    const char *wanted = getenv("MULIN_PROBE");

    return !curses->term.no_han && !(wanted && strcmp(wanted, "0") == 0) && mu_term_ask();
}

enum mu_status mu_term_curses_ready(struct mu_term *term, struct mu_error *error)
{
    struct mu_curses *curses = (struct mu_curses *)term;
    struct mu_probe probe;

    if (!curses->asked)
        return MU_OK;
    curses->asked = false;
    mu_term_answers(&probe);
    memcpy(curses->early, probe.early, sizeof curses->early);
    curses->early_count = probe.early_count;
    if (probe.han != 0 && probe.han != 2)
        return mu_fail(error, MU_USAGE, MU_SAY_tui_term_encoding, NULL);
    term->glyphs.wide_ambiguous = probe.line == 2;
    return MU_OK;
}

static enum mu_status begin_curses(struct mu_curses *curses, const char *type,
                                   struct mu_error *error)
{
    setenv("NCURSES_NO_UTF8_ACS", "1", 0);
    curses->screen = newterm(NULL, stdout, stdin);
    if (!curses->screen)
        return mu_fail(error, MU_USAGE, MU_SAY_tui_term_dumb, type, NULL);
    /* Until the screen was left once and taken again, ncurses 6.4 sends what it has at each
     * movement of the cursor: 150 writes for a page, each of which may be a packet of its own over
     * ssh. That is before there are colours: taking the screen resets a palette. */
    endwin();
    doupdate();
    curses->keys = newpad(1, 1);
    if (!curses->keys)
        return mu_fail_memory(error);
    raw();
    noecho();
    nonl();
    keypad(curses->keys, TRUE);
    meta(curses->keys, TRUE);
    if (!getenv("ESCDELAY"))
        set_escdelay(ESCAPE_DELAY);
    mu_term_define_keys();
    curses->colour = has_colors() && start_color() == OK && use_default_colors() == OK;
    curs_set(1);
    fputs(paste_on, stdout);
    fflush(stdout);
    return MU_OK;
}

static enum mu_status open_terminal(struct mu_curses *curses, struct mu_error *error)
{
    const char *type = getenv("TERM");
    enum mu_status status;

    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return mu_fail(error, MU_USAGE, MU_SAY_tui_term_none, NULL);
    if (!type || !*type || strcmp(type, "dumb") == 0 || !mu_term_usable(type))
        return mu_fail(error, MU_USAGE, MU_SAY_tui_term_dumb, type ? type : "", NULL);
    if (!use_utf8())
        return mu_fail(error, MU_USAGE, MU_SAY_tui_term_locale, NULL);
    curses->term.no_han = strcmp(type, "linux") == 0;
    curses->term.glyphs.cells = curses->term.no_han ? cells_of_console : cells_of;
    status = begin_curses(curses, type, error);
    if (status == MU_OK && !mu_term_signals_begin()) {
        endwin();
        status = mu_fail_memory(error);
    }
    if (status == MU_OK)
        curses->asked = ask(curses);
    return status;
}

static void free_terminal(struct mu_curses *curses)
{
    if (curses->keys)
        delwin(curses->keys);
    if (curses->screen)
        delscreen(curses->screen);
    mu_grid_free(&curses->shown);
    mu_grid_free(&curses->next);
    free(curses->paste);
    free(curses);
}

enum mu_status mu_term_curses_open(struct mu_term **out, struct mu_error *error)
{
    struct mu_curses *curses = calloc(1, sizeof *curses);
    enum mu_status status;

    if (!curses || !(curses->paste = malloc(PASTE_SIZE))) {
        free(curses);
        return mu_fail_memory(error);
    }
    curses->pushed = -1;
    curses->heard = true; /* the first screen counts */
    curses->test_descriptor = test_descriptor();
    status = open_terminal(curses, error);
    if (status != MU_OK) {
        free_terminal(curses);
        return status;
    }
    curses->term.next = mu_term_next;
    curses->term.size = size;
    curses->term.present = present;
    curses->term.theme = set_theme;
    curses->term.repaint = repaint;
    curses->term.bell = bell;
    curses->term.settled = settled;
    curses->term.milliseconds = mu_term_milliseconds;
    *out = &curses->term;
    return MU_OK;
}

void mu_term_curses_close(struct mu_term **term)
{
    struct mu_probe late;

    if (!*term)
        return;
    if (((struct mu_curses *)*term)->asked)
        mu_term_answers(&late); /* or the shell would read them */
    fputs(paste_off, stdout);
    fflush(stdout);
    endwin();
    mu_term_signals_end();
    free_terminal((struct mu_curses *)*term);
    *term = NULL;
}

bool mu_term_curses_leaving(void)
{
    struct pollfd line = {STDIN_FILENO, 0, 0};

    return mu_term_signals_ended() != 0 || poll(&line, 1, 0) > 0;
}
