/* How the full form looks: the pages' names in a row, one page below. */
#include "tui/screens/case_intake.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum { TAB_SIZE = 64, TAB_NAME = 10, FORM_COLUMNS = 100 };

static void tab_words(const struct mu_intake *self, struct mu_intake_place place, char *out)
{
    static const enum mu_message words[] = {
        [MU_INTAKE_MATTER] = MU_SAY_intake_tab_matter,
        [MU_INTAKE_REPORT] = MU_SAY_intake_tab_report,
        [MU_INTAKE_ABOUT] = MU_SAY_intake_tab_about,
        [MU_INTAKE_MEDIATION] = MU_SAY_intake_tab_mediation,
    };
    static const enum mu_message empty[] = {MU_SAY_intake_tab_first, MU_SAY_intake_tab_other,
                                            MU_SAY_intake_tab_more};
    const char *name;

    if (place.part != MU_INTAKE_PARTY) {
        mu_text_copy(out, TAB_SIZE, mu_message_text(words[place.part], self->language));
        return;
    }
    name = mu_intake_name(self, place.party);
    if (!*name)
        mu_text_copy(out, TAB_SIZE,
                     mu_message_text(empty[place.party < 2 ? place.party : 2], self->language));
    else
        snprintf(out, TAB_SIZE, "%zu %.*s", place.party + 1, (int)mu_text_fit(name, TAB_NAME, NULL),
                 name);
}

/* The pages from `first` on; returns whether the one at `at` is wholly to be seen. */
static bool draw_tabs(const struct mu_intake *self, struct mu_grid *grid, int row, int columns,
                      const struct mu_intake_place *place, size_t count, size_t first, size_t at)
{
    char words[TAB_SIZE];
    int column = 1;

    mu_grid_put(grid, row, 0, columns, "", MU_LEFT, MU_STYLE_NORMAL);
    if (first)
        column += mu_grid_run(grid, row, column, 2, "< ", MU_STYLE_DIM);
    for (size_t i = first; i < count; i++) {
        int cells;

        tab_words(self, place[i], words);
        cells = mu_text_cells(words) + 2;
        if (column + cells > columns - 2) {
            mu_grid_run(grid, row, columns - 2, 2, ">", MU_STYLE_DIM);
            return at < i;
        }
        mu_grid_put(grid, row, column, cells, words, MU_CENTRE,
                    i == at                             ? MU_STYLE_SELECTED
                    : place[i].part == MU_INTAKE_REPORT ? MU_STYLE_BAD
                                                        : MU_STYLE_TITLE);
        column += cells + 1;
    }
    return true;
}

static void draw_form(struct mu_intake *self, struct mu_grid *grid, struct mu_area area,
                      int hint_row)
{
    struct mu_form *form = mu_intake_form(self, self->at);
    enum mu_message head = MU_SAY_intake_head_matter;
    enum mu_style style = MU_STYLE_HINT;

    if (self->at.part == MU_INTAKE_REPORT) {
        head = MU_SAY_intake_danger;
        style = MU_STYLE_BAD;
    } else if (self->at.part == MU_INTAKE_PARTY) {
        head = self->party[self->at.party].step.resident_id ? MU_SAY_intake_head_known
                                                            : MU_SAY_intake_head_party;
        style = self->party[self->at.party].step.resident_id ? MU_STYLE_GOOD : MU_STYLE_HINT;
    }
    mu_grid_put(grid, area.row, 1, area.columns - 2, mu_message_text(head, self->language), MU_MARK,
                style);
    area.row += 2;
    area.rows -= 2;
    area.columns = area.columns > FORM_COLUMNS ? FORM_COLUMNS : area.columns;
    mu_form_draw(form, grid, area, hint_row, true);
}

void mu_intake_draw(struct mu_intake *self, struct mu_grid *grid, const struct mu_layout *layout)
{
    struct mu_intake_place place[MU_INTAKE_PAGES];
    size_t count = mu_intake_pages(self, place), at = 0, first = 0;
    struct mu_area area = layout->work;
    bool list = self->at.part == MU_INTAKE_MEDIATION;

    while (at < count - 1 && (place[at].part != self->at.part || place[at].party != self->at.party))
        at++;
    while (!draw_tabs(self, grid, layout->status_row, layout->columns, place, count, first, at) &&
           first < at)
        first++;
    area.row++;
    area.rows--;
    if (self->at.part != MU_INTAKE_ABOUT && !list) {
        draw_form(self, grid, area, layout->hint_row);
        return;
    }
    mu_grid_put(grid, area.row, 1, area.columns - 2,
                mu_message_text(list ? MU_SAY_ask_mediator_example : MU_SAY_ask_about_example,
                                self->language),
                MU_MARK, MU_STYLE_HINT);
    area.row += 2;
    area.rows -= 2;
    if (list) {
        mu_list_draw(&self->mediator_list, grid, area, true, self->language);
    } else {
        area.column++;
        area.columns -= 2;
        mu_text_area_draw(self->about, grid, area, true, self->language);
    }
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 2,
                mu_message_text(MU_SAY_intake_hint_tab, self->language), MU_MARK, MU_STYLE_HINT);
}
