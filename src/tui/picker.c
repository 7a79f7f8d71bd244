#include "tui/picker.h"

#include <mulin/base/name_key.h>
#include <mulin/base/text.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILTER_SIZE = 64, FOLDED_SIZE = 512 };

struct mu_picker {
    struct mu_line_edit filter;
    struct mu_pick *pick;
    size_t *shown; /* indexes of those that match */
    size_t count, shown_count, cursor, top;
    int page;
};

/* True when `word` (folded) is found in the pick. */
static bool matches(const struct mu_pick *pick, const char *word)
{
    char folded[FOLDED_SIZE], code[16];
    struct mu_name_keys keys;
    size_t length = strlen(word);

    mu_name_fold(pick->text, folded, sizeof folded);
    if (strstr(folded, word))
        return true;
    if (pick->words) {
        mu_text_fold(folded, sizeof folded, pick->words);
        if (strstr(folded, word))
            return true;
    }
    if (isdigit((unsigned char)word[0])) {
        snprintf(code, sizeof code, "%d", pick->code);
        while (length > 1 && *word == '0') {
            word++;
            length--;
        }
        return strncmp(code, word, length) == 0;
    }
    mu_name_keys(pick->text, &keys);
    for (size_t i = 0; i < keys.count; i++)
        if (strncmp(keys.key[i].text, word, length) == 0)
            return true;
    return false;
}

/* Every word of the filter must be found. */
static bool matches_all(const struct mu_pick *pick, const char *filter)
{
    char folded[FILTER_SIZE], word[FILTER_SIZE], key[FILTER_SIZE];

    mu_text_fold(folded, sizeof folded, filter);
    for (const char *at = folded; *(at += strspn(at, " ")) != '\0';) {
        size_t length = strcspn(at, " ");

        memcpy(word, at, length);
        word[length] = '\0';
        at += length;
        mu_name_fold(word, key, sizeof key);
        if (!matches(pick, key))
            return false;
    }
    return true;
}

static void filter(struct mu_picker *picker)
{
    picker->shown_count = 0;
    for (size_t i = 0; i < picker->count; i++)
        if (matches_all(&picker->pick[i], picker->filter.text))
            picker->shown[picker->shown_count++] = i;
    picker->cursor = picker->top = 0;
}

struct mu_picker *mu_picker_new(const struct mu_pick *picks, size_t count, int code,
                                struct mu_error *error)
{
    struct mu_picker *picker = calloc(1, sizeof *picker);

    if (picker) {
        picker->pick = calloc(count + 1, sizeof *picker->pick);
        picker->shown = calloc(count + 1, sizeof *picker->shown);
    }
    if (!picker || !picker->pick || !picker->shown) {
        mu_picker_free(&picker);
        mu_fail_memory(error);
        return NULL;
    }
    if (count > 0)
        memcpy(picker->pick, picks, count * sizeof *picks);
    picker->count = count;
    picker->page = 1;
    mu_line_edit_init(&picker->filter, FILTER_SIZE);
    filter(picker);
    for (size_t i = 0; i < count; i++)
        if (picks[i].code == code) {
            picker->cursor = i;
            break;
        }
    return picker;
}

void mu_picker_free(struct mu_picker **picker)
{
    if (!*picker)
        return;
    free((*picker)->pick);
    free((*picker)->shown);
    free(*picker);
    *picker = NULL;
}

size_t mu_picker_shown(const struct mu_picker *picker)
{
    return picker->shown_count;
}

static enum mu_picker_result leave(struct mu_picker *picker)
{
    if (picker->filter.length == 0)
        return MU_PICKER_LEFT;
    mu_line_edit_clear(&picker->filter);
    filter(picker);
    return MU_PICKER_USED;
}

void mu_picker_take_back(struct mu_picker *picker, const char *text)
{
    mu_line_edit_take_back(&picker->filter, text);
    filter(picker);
}

static enum mu_picker_result choose(struct mu_picker *picker, const struct mu_event *event,
                                    int *code)
{
    if (event->scan || picker->shown_count == 0) /* a scan is no choice */
        return MU_PICKER_USED;
    *code = picker->pick[picker->shown[picker->cursor]].code;
    return MU_PICKER_CHOSEN;
}

enum mu_picker_result mu_picker_event(struct mu_picker *picker, const struct mu_event *event,
                                      int *code)
{
    size_t last = picker->shown_count > 0 ? picker->shown_count - 1 : 0;
    size_t page = (size_t)picker->page;
    enum mu_line_result result;

    switch (event->kind == MU_EVENT_KEY ? (int)event->action : MU_DO_nothing) {
    case MU_DO_up:
        picker->cursor -= picker->cursor > 0;
        return MU_PICKER_USED;
    case MU_DO_down:
        picker->cursor += picker->cursor < last;
        return MU_PICKER_USED;
    case MU_DO_page_up:
        picker->cursor = picker->cursor > page ? picker->cursor - page : 0;
        return MU_PICKER_USED;
    case MU_DO_page_down:
        picker->cursor = last - picker->cursor > page ? picker->cursor + page : last;
        return MU_PICKER_USED;
    case MU_DO_accept:
        return choose(picker, event, code);
    case MU_DO_back:
        return leave(picker);
    default:
        break;
    }
    result = mu_line_edit_event(&picker->filter, event);
    if (result == MU_LINE_IGNORED)
        return MU_PICKER_IGNORED;
    if (result == MU_LINE_CHANGED || result == MU_LINE_FULL)
        filter(picker);
    return MU_PICKER_USED;
}

static void draw_filter(struct mu_picker *picker, struct mu_grid *grid, struct mu_area area,
                        enum mu_language language)
{
    char count[48];
    int label, aside;

    snprintf(count, sizeof count, "%zu / %zu", picker->shown_count, picker->count);
    aside = mu_text_cells(count);
    label = mu_grid_run(grid, area.row, area.column, area.columns,
                        mu_message_text(MU_SAY_tui_picker_filter, language), MU_STYLE_LABEL) +
            1;
    if (area.columns - label - aside > 8) {
        mu_grid_put(grid, area.row, area.column + area.columns - aside, aside, count, MU_LEFT,
                    MU_STYLE_HINT);
        area.columns -= aside + 1;
    }
    mu_line_edit_draw(&picker->filter, grid, area.row, area.column + label, area.columns - label,
                      true, language);
}

static void draw_pick(const struct mu_pick *pick, struct mu_grid *grid, int row, int column,
                      int width, bool selected)
{
    enum mu_style style = selected ? MU_STYLE_SELECTED : MU_STYLE_NORMAL;
    int aside = pick->aside ? mu_text_cells(pick->aside) : 0;

    if (aside > width / 2)
        aside = width / 2;
    mu_grid_put(grid, row, column, 2, selected ? ">" : "", MU_LEFT, style);
    mu_grid_put(grid, row, column + 2, width - 2, pick->text, MU_MARK, style);
    if (aside > 0)
        mu_grid_put(grid, row, column + width - aside - 1, aside + 1, pick->aside,
                    MU_RIGHT | MU_MARK, selected ? style : MU_STYLE_HINT);
}

void mu_picker_draw(struct mu_picker *picker, struct mu_grid *grid, struct mu_area area,
                    enum mu_language language)
{
    mu_grid_fill(grid, area, MU_STYLE_NORMAL);
    picker->page = area.rows > 1 ? area.rows - 1 : 1;
    if (picker->cursor < picker->top)
        picker->top = picker->cursor;
    if (picker->cursor >= picker->top + (size_t)picker->page)
        picker->top = picker->cursor + 1 - (size_t)picker->page;
    for (size_t i = 0; i < (size_t)picker->page && picker->top + i < picker->shown_count; i++) {
        size_t at = picker->top + i;

        draw_pick(&picker->pick[picker->shown[at]], grid, area.row + 1 + (int)i, area.column,
                  area.columns, at == picker->cursor);
    }
    if (picker->shown_count == 0)
        mu_grid_put(grid, area.row + 1, area.column, area.columns,
                    mu_message_text(MU_SAY_tui_picker_none, language), MU_MARK, MU_STYLE_WARNING);
    draw_filter(picker, grid, area, language);
}
