#include "tui/screens/household_view.h"

#include <mulin/base/field.h>
#include <mulin/base/text.h>

/* "label value" pairs on one row; empty ones are left out. */
static void draw_pairs(struct mu_grid *grid, int row, int width, enum mu_language language,
                       const struct mu_household *household, const char *const *keys, size_t count)
{
    char value[MU_NOTE_SIZE];
    int column = 1;

    for (size_t i = 0; i < count; i++) {
        const struct mu_field *field =
            mu_field_by_key(mu_household_fields, mu_household_field_count, keys[i]);

        mu_field_write(field, household, language, value, sizeof value);
        if (!*value || column >= width - 4)
            continue;
        column += mu_grid_run(grid, row, column, width - column,
                              mu_message_text(field->label, language), MU_STYLE_LABEL);
        column++;
        column += mu_grid_run(grid, row, column, width - column, value, MU_STYLE_NORMAL);
        column += 2;
    }
}

/* What goes on here, beside the register. */
static void draw_matters(const struct mu_household_page *page, const struct mu_family *family,
                         struct mu_grid *grid, int row, int width, enum mu_language language)
{
    const struct {
        int64_t count;
        enum mu_message words;
        enum mu_style style;
    } matters[] = {{page->missed, MU_SAY_household_missed, MU_STYLE_WARNING},
                   {page->ordering, MU_SAY_household_ordering, MU_STYLE_NORMAL},
                   {(int64_t)page->neighbours, MU_SAY_household_neighbours, MU_STYLE_HINT}};
    char index[2][MU_COUNT_SIZE], said[128];
    int column = 1;

    if (family->index && (family->volunteers || family->earned.count || family->balance.count)) {
        mu_count_text(family->index, index[0]);
        mu_count_text(family->balance.count, index[1]);
        mu_message_format(said, sizeof said, language, MU_SAY_household_family, index[0], index[1],
                          NULL);
        column += 2 + mu_grid_run(grid, row, column, width - column, said, MU_STYLE_NORMAL);
    }
    for (size_t i = 0; i < sizeof matters / sizeof *matters; i++) {
        char number[MU_COUNT_SIZE], words[128];

        if (!matters[i].count)
            continue;
        mu_count_text(matters[i].count, number);
        mu_message_format(words, sizeof words, language, matters[i].words, number, NULL);
        column += 2 + mu_grid_run(grid, row, column, width - column, words, matters[i].style);
    }
}

void mu_draw_household(const struct mu_household_page *page, const struct mu_family *family,
                       struct mu_grid *grid, int row, int width, enum mu_language language)
{
    static const char *const home[] = {"household_number", "occupancy", "occupied_from",
                                       "floor_area", "grid"};
    static const char *const people[] = {"contact", "contact_phone"};
    static const char *const note[] = {"note"};

    draw_pairs(grid, row, width, language, &page->household, home, sizeof home / sizeof *home);
    draw_pairs(grid, row + 1, width, language, &page->household, people,
               sizeof people / sizeof *people);
    draw_pairs(grid, row + 2, width, language, &page->household, note, 1);
    draw_matters(page, family, grid, row + 3, width, language);
}
