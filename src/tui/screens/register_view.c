/* How the register's list looks: its columns and cells, the lines over and under it. */
#include "tui/screens/person.h"
#include "tui/screens/register_list.h"

#include <mulin/base/floor_area.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

/* The columns that the other lists of people have, too. */
static const struct {
    enum mu_roster_column column;
    enum mu_person_column person;
} of_person[] = {
    {MU_ROSTER_NAME, MU_PERSON_NAME},       {MU_ROSTER_SEX, MU_PERSON_SEX},
    {MU_ROSTER_AGE, MU_PERSON_AGE},         {MU_ROSTER_PHONE, MU_PERSON_PHONE},
    {MU_ROSTER_ADDRESS, MU_PERSON_ADDRESS}, {MU_ROSTER_TAGS, MU_PERSON_TAGS},
    {MU_ROSTER_STATUS, MU_PERSON_STATUS},
};

static const struct mu_column others[MU_ROSTER_COLUMN_COUNT] = {
    [MU_ROSTER_NUMBER] = {MU_SAY_list_number, 6, 9, 3, MU_RIGHT, true},
    [MU_ROSTER_BIRTH_DATE] = {MU_SAY_field_birth_date, 10, 10, 3, MU_WHOLE, true},
    [MU_ROSTER_ID_NUMBER] = {MU_SAY_field_id_number, 18, 18, 3, MU_WHOLE, false},
    [MU_ROSTER_HOUSEHOLD] = {MU_SAY_field_household_number, 8, 12, 4, MU_MARK, true},
    [MU_ROSTER_RELATION] = {MU_SAY_field_relation, 6, 12, 4, MU_MARK, true},
    [MU_ROSTER_OCCUPANCY] = {MU_SAY_field_occupancy, 6, 14, 4, MU_MARK, true},
    [MU_ROSTER_RESIDENCE] = {MU_SAY_field_residence, 6, 10, 4, MU_MARK, true},
    [MU_ROSTER_OCCUPATION] = {MU_SAY_field_occupation, 6, 12, 4, MU_MARK, true},
    [MU_ROSTER_CARD] = {MU_SAY_field_card, 6, 12, 4, MU_MARK, true},
    [MU_ROSTER_GRID] = {MU_SAY_field_grid, 8, 12, 3, MU_MARK, true},
    [MU_ROSTER_ENDED_ON] = {MU_SAY_field_ended_on, 10, 10, 3, MU_WHOLE, true},
};

static enum mu_person_column as_person(enum mu_roster_column column)
{
    for (size_t i = 0; i < sizeof of_person / sizeof *of_person; i++)
        if (of_person[i].column == column)
            return of_person[i].person;
    return MU_PERSON_COLUMNS;
}

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    struct mu_register_list *self = context;
    const struct mu_resident *person = mu_register_row(self, row);
    enum mu_roster_column shown = self->request.column[column];
    enum mu_person_column usual = as_person(shown);

    *out = '\0';
    if (!person)
        return;
    if (usual != MU_PERSON_COLUMNS) {
        mu_person_cell(person, self->today, usual, language, out, size, style);
        return;
    }
    if (person->status != MU_LIVING_HERE)
        *style = MU_STYLE_DIM;
    mu_roster_cell(person, shown, self->today, language, out, size);
}

static bool marked(void *context, size_t row)
{
    const struct mu_register_list *self = context;

    return self->roster && row < mu_roster_count(self->roster) &&
           mu_id_set_has(&self->marked, mu_roster_id(self->roster, row));
}

const struct mu_list_source mu_register_source = {.cell = cell, .marked = marked};

void mu_register_columns(struct mu_register_list *self)
{
    size_t count = self->request.column_count;
    size_t cursor = self->list.cursor, top = self->list.top, rows = self->list.count;
    int page = self->list.page;
    enum mu_message empty = self->list.empty;

    count = count < MU_LIST_COLUMNS ? count : MU_LIST_COLUMNS;
    for (size_t i = 0; i < count; i++) {
        enum mu_roster_column column = self->request.column[i];
        enum mu_person_column usual = as_person(column);

        self->columns[i] = usual == MU_PERSON_COLUMNS ? others[column] : mu_person_columns[usual];
        self->columns[i].sortable = mu_roster_columns[column].sortable;
    }
    mu_list_init(&self->list, self->columns, count, &mu_register_source, self);
    self->list.cursor = cursor;
    self->list.top = top;
    self->list.count = rows;
    self->list.page = page;
    self->list.empty = empty;
    for (size_t i = 0; i < count; i++)
        if (self->request.column[i] == self->request.sort) {
            self->list.sort_column = (int)i;
            self->list.descending = self->request.descending;
        }
}

void mu_register_draw_filter(struct mu_register_list *self, struct mu_grid *grid, int row,
                             int columns, enum mu_language language)
{
    char words[MU_ROSTER_BODY_SIZE], percent[16];
    bool sorting;
    int column = 1, progress;

    mu_roster_words(&self->request, language, words, sizeof words);
    if (*words)
        column += mu_grid_run(grid, row, column, columns - 26, words, MU_STYLE_TITLE) + 2;
    if (self->request.sort != MU_ROSTER_COLUMN_COUNT)
        mu_grid_say(grid, row, column, columns - column - 20, MU_MARK, MU_STYLE_HINT, language,
                    self->request.descending ? MU_SAY_register_sorted_down
                                             : MU_SAY_register_sorted_up,
                    mu_message_text(mu_roster_columns[self->request.sort].label, language), NULL);
    if (!self->roster || mu_roster_whole(self->roster))
        return;
    progress = mu_roster_progress(self->roster, &sorting);
    snprintf(percent, sizeof percent, "%d", progress);
    mu_grid_say(grid, row, columns - 22, 21, MU_RIGHT, MU_STYLE_WARNING, language,
                sorting ? MU_SAY_register_sorting : MU_SAY_register_reading, percent, NULL);
}

void mu_register_draw_sum(struct mu_register_list *self, struct mu_grid *grid, int row, int columns,
                          enum mu_language language)
{
    const struct mu_roster_sum *sum = &self->sum;
    struct mu_floor_area area = {sum->area};
    char people[MU_COUNT_SIZE], homes[MU_COUNT_SIZE], ages[MU_COUNT_SIZE] = "—";
    char square[MU_FLOOR_AREA_SIZE] = "—", more[8] = "";

    if (!sum->whole)
        mu_text_copy(more, sizeof more, "…");
    mu_count_text((int64_t)self->marked.count, people);
    mu_count_text(sum->homes, homes);
    if (sum->aged)
        mu_count_text(sum->ages / sum->aged, ages);
    if (sum->area)
        mu_floor_area_format(area, square);
    mu_grid_say(grid, row, 1, columns - 2, MU_MARK, MU_STYLE_TITLE, language,
                *more ? MU_SAY_register_sum_more : MU_SAY_register_sum, people, homes, ages, square,
                NULL);
}
