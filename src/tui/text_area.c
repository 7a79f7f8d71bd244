#include "tui/text_area_state.h"

#include "tui/typable.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>
#include <uchar.h>

enum {
    WIDTH_AT_FIRST = 76,
    ROWS_AT_FIRST = 16,
    HISTORY = 2,      /* times the limit */
    NORMAL_GROWTH = 3 /* times: no text in NFC is longer */
};

struct mu_text_area *mu_text_area_new(size_t limit, struct mu_error *error)
{
    struct mu_text_area *area = calloc(1, sizeof *area);

    if (area)
        area->text = calloc(1, limit + 1);
    if (!area || !area->text || !mu_text_rows_init(&area->rows, limit, &area->measured)) {
        mu_text_area_free(&area);
        mu_fail_memory(error);
        return NULL;
    }
    area->limit = limit;
    area->history.limit = HISTORY * limit;
    area->wish = -1;
    area->shown = ROWS_AT_FIRST;
    mu_text_rows_width(&area->rows, WIDTH_AT_FIRST);
    return area;
}

void mu_text_area_free(struct mu_text_area **area)
{
    if (!*area)
        return;
    if ((*area)->text)
        explicit_bzero((*area)->text, (*area)->longest);
    mu_text_history_clear(&(*area)->history);
    free((*area)->rows.start);
    free((*area)->text);
    free(*area);
    *area = NULL;
}

const char *mu_text_area_text(const struct mu_text_area *area)
{
    return area->text;
}

size_t mu_text_area_length(const struct mu_text_area *area)
{
    return area->length;
}

char *mu_text_area_copy(const struct mu_text_area *area, size_t *length)
{
    size_t size = area->length * NORMAL_GROWTH + 1;
    char *copy = malloc(size);

    if (!copy || !mu_text_clean(copy, size, area->text, true)) {
        free(copy);
        return NULL;
    }
    *length = strlen(copy);
    return copy;
}

size_t mu_text_area_count(const struct mu_text_area *area)
{
    return area->count;
}

size_t mu_text_area_caret(const struct mu_text_area *area)
{
    return area->caret;
}

size_t mu_text_area_measured(const struct mu_text_area *area)
{
    return area->measured;
}

static size_t step_at(struct mu_text_area *area, size_t offset, int *cells)
{
    area->measured++;
    return mu_text_cluster(area->text + offset, cells);
}

size_t mu_text_area_row(struct mu_text_area *area)
{
    size_t row = mu_text_rows_of(&area->rows, area->text, area->caret);

    return area->late && row > 0 && area->rows.start[row] == area->caret ? row - 1 : row;
}

int mu_text_area_cells(struct mu_text_area *area, size_t from, size_t to)
{
    int total = 0, cells;

    for (; from < to; total += cells)
        from += step_at(area, from, &cells);
    return total;
}

void mu_text_area_go(struct mu_text_area *area, size_t offset)
{
    size_t at;

    if (offset > area->length)
        offset = area->length;
    at = area->rows.start[mu_text_rows_of(&area->rows, area->text, offset)];
    while (at < offset)
        at += step_at(area, at, NULL);
    area->caret = at;
    area->late = false;
    area->wish = -1;
}

/* The start of the cluster before the caret. */
static size_t before(struct mu_text_area *area)
{
    size_t at, last;

    if (area->caret == 0)
        return 0;
    at = last = area->rows.start[mu_text_rows_of(&area->rows, area->text, area->caret - 1)];
    while (at < area->caret) {
        last = at;
        at += step_at(area, at, NULL);
    }
    return last;
}

static size_t characters(const char *text, size_t length)
{
    size_t count = 0;

    for (size_t i = 0; i < length; i++)
        count += (text[i] & 0xC0) != 0x80 && text[i] != '\n';
    return count;
}

/* Makes room for `added` bytes in place of `removed` ones; returns where they go. */
static char *open_gap(struct mu_text_area *area, size_t at, size_t removed, size_t added)
{
    area->count -= characters(area->text + at, removed);
    memmove(area->text + at + added, area->text + at + removed, area->length - at - removed + 1);
    area->length += added - removed;
    if (area->length > area->longest)
        area->longest = area->length;
    return area->text + at;
}

/* What open_gap made room for is there. */
static void changed(struct mu_text_area *area, size_t at, size_t added)
{
    area->count += characters(area->text + at, added);
    mu_text_rows_changed(&area->rows, at);
    mu_text_area_go(area, at + added);
    area->dirty = area->draft_due = true;
}

/* Copies what of `text` may stand behind `previous` in a text of lines; NULL: only counts. Returns
 * bytes. */
static size_t take_in(char *out, const char *text, uint32_t previous)
{
    size_t used = 0, step;
    uint32_t rune;

    for (; (step = mu_text_rune(text, &rune)) > 0; text += step) {
        const char *taken = text;

        if (rune == '\r' && text[1] == '\n')
            continue;
        if (rune == '\r')
            taken = "\n";
        else if (rune == '\t')
            taken = " ";
        else if (rune != '\n' && !mu_is_typable(rune, step, previous))
            continue;
        if (out)
            memcpy(out + used, taken, step);
        used += step;
        previous = (unsigned char)*taken < 0x80 ? (unsigned char)*taken : rune;
    }
    return used;
}

/* What ends a word for undo: it is taken back from one such place to the next. */
static bool ends_word(uint32_t rune)
{
    static const char16_t marks[] = u" \n\u3000，。、；：？！）》”’…,.;:?!)";
    const char16_t *mark = marks;

    while (*mark && *mark != rune)
        mark++;
    return *mark != 0;
}

static bool goes_on(uint32_t previous, const char *text)
{
    uint32_t rune;

    mu_text_rune(text, &rune);
    return !ends_word(previous) || ends_word(rune);
}

static enum mu_text_area_result insert(struct mu_text_area *area, const char *text, bool typed)
{
    uint32_t previous = mu_rune_before(area->text, area->caret);
    size_t at = area->caret, added = take_in(NULL, text, previous);

    if (added == 0)
        return MU_TEXT_AREA_USED;
    if (added > area->limit - area->length) {
        area->full = true;
        return MU_TEXT_AREA_FULL;
    }
    mu_text_history_add(&area->history, at, NULL, 0, added, typed && goes_on(previous, text));
    if (!typed)
        area->history.open = false;
    take_in(open_gap(area, at, 0, added), text, previous);
    changed(area, at, added);
    area->typed = true;
    return MU_TEXT_AREA_CHANGED;
}

static enum mu_text_area_result erase(struct mu_text_area *area, size_t from, size_t to)
{
    if (from == to)
        return MU_TEXT_AREA_USED;
    mu_text_history_add(&area->history, from, area->text + from, to - from, 0, true);
    open_gap(area, from, to - from, 0);
    changed(area, from, 0);
    area->typed = true;
    return MU_TEXT_AREA_CHANGED;
}

bool mu_text_area_replace(struct mu_text_area *area, const char *text)
{
    size_t added = take_in(NULL, text, 0);

    if (added > area->limit)
        return false;
    mu_text_history_add(&area->history, 0, area->text, area->length, added, false);
    area->history.open = false;
    take_in(open_gap(area, 0, area->length, added), text, 0);
    changed(area, 0, added);
    return true;
}

bool mu_text_area_set(struct mu_text_area *area, const char *text)
{
    if (!mu_text_area_replace(area, text))
        return false;
    mu_text_history_clear(&area->history);
    area->full = false;
    mu_text_area_clean(area);
    return true;
}

bool mu_text_area_can(const struct mu_text_area *area, bool back)
{
    return mu_text_history_next(&area->history, back) != NULL;
}

/* Takes a step back, or does it again. */
static enum mu_text_area_result travel(struct mu_text_area *area, bool back)
{
    const struct mu_text_step *next = mu_text_history_next(&area->history, back);
    struct mu_text_step step;
    char *was;

    if (!next)
        return MU_TEXT_AREA_NO_STEP;
    step = *next;
    mu_text_history_went(&area->history, back, area->text + step.at, &was);
    open_gap(area, step.at, step.added, step.removed);
    if (was) {
        memcpy(area->text + step.at, was, step.removed);
        explicit_bzero(was, step.removed);
    }
    free(was);
    changed(area, step.at, step.removed);
    return MU_TEXT_AREA_CHANGED;
}

void mu_text_area_tick(struct mu_text_area *area)
{
    if (!area->typed)
        area->history.open = false;
    area->typed = false;
}

bool mu_text_area_dirty(const struct mu_text_area *area)
{
    return area->dirty;
}

void mu_text_area_clean(struct mu_text_area *area)
{
    area->dirty = area->draft_due = false;
}

bool mu_text_area_draft_due(struct mu_text_area *area)
{
    bool due = area->draft_due;

    area->draft_due = false;
    return due;
}

void mu_text_area_draft_again(struct mu_text_area *area)
{
    area->draft_due = true;
}

/* To the wished column of the row, or of the last one when there is no such row. */
static void go_to_row(struct mu_text_area *area, size_t row)
{
    size_t end, at;
    int cells = 0, glyph;

    if (!mu_text_rows_reach(&area->rows, area->text, row))
        row = area->rows.count - 1;
    end = mu_text_rows_end(&area->rows, area->text, row);
    at = area->rows.start[row];
    while (at < end) {
        size_t step = step_at(area, at, &glyph);

        if (cells + glyph > area->wish)
            break;
        cells += glyph;
        at += step;
    }
    area->caret = at;
    area->late = at == end && at > area->rows.start[row];
}

/* Up and down by rows; the view goes along when it is turned by pages. */
static void move_rows(struct mu_text_area *area, long by, bool page)
{
    size_t row = mu_text_area_row(area), most;

    if (area->wish < 0)
        area->wish = mu_text_area_cells(area, area->rows.start[row], area->caret);
    most = by < 0 ? (size_t)-by : (size_t)by;
    if (page && by < 0)
        area->top -= area->top < most ? area->top : most;
    else if (page && mu_text_rows_reach(&area->rows, area->text, row + most))
        area->top += most;
    if (by < 0)
        go_to_row(area, row > most ? row - most : 0);
    else
        go_to_row(area, row + most);
}

/* Home and End of the row. */
static void go_to_edge(struct mu_text_area *area, bool end)
{
    size_t row = mu_text_area_row(area), start = area->rows.start[row];

    area->wish = -1;
    area->caret = end ? mu_text_rows_end(&area->rows, area->text, row) : start;
    area->late = end && area->caret > start;
}

static enum mu_text_area_result move(struct mu_text_area *area, enum mu_action action)
{
    long page = area->shown > 1 ? area->shown - 1 : 1;

    switch ((int)action) {
    case MU_DO_left:
        mu_text_area_go(area, before(area));
        break;
    case MU_DO_right:
        mu_text_area_go(area, area->caret + step_at(area, area->caret, NULL));
        break;
    case MU_DO_up:
        move_rows(area, -1, false);
        break;
    case MU_DO_down:
        move_rows(area, 1, false);
        break;
    case MU_DO_page_up:
        move_rows(area, -page, true);
        break;
    case MU_DO_page_down:
        move_rows(area, page, true);
        break;
    case MU_DO_first:
        go_to_edge(area, false);
        break;
    case MU_DO_last:
        go_to_edge(area, true);
        break;
    case MU_DO_top:
        mu_text_area_go(area, 0);
        break;
    case MU_DO_bottom:
        mu_text_area_go(area, area->length);
        break;
    default:
        return MU_TEXT_AREA_IGNORED;
    }
    area->history.open = false;
    return MU_TEXT_AREA_USED;
}

enum mu_text_area_result mu_text_area_event(struct mu_text_area *area, const struct mu_event *event)
{
    size_t caret = area->caret;

    if (event->kind != MU_EVENT_TEXT && event->kind != MU_EVENT_PASTE &&
        event->kind != MU_EVENT_KEY)
        return MU_TEXT_AREA_IGNORED;
    area->full = false;
    if (event->kind != MU_EVENT_KEY)
        return insert(area, event->text, event->kind == MU_EVENT_TEXT);
    switch ((int)event->action) {
    case MU_DO_accept:
        return insert(area, "\n", true);
    case MU_DO_erase:
        return erase(area, before(area), caret);
    case MU_DO_delete:
        return erase(area, caret, caret + step_at(area, caret, NULL));
    case MU_DO_undo:
        return travel(area, true);
    case MU_DO_redo:
        return travel(area, false);
    default:
        return move(area, event->action);
    }
}
