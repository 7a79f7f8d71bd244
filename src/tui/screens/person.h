/* How people and figures are shown, the same on every screen: ID numbers and phones masked. */
#ifndef MULIN_TUI_SCREENS_PERSON_H
#define MULIN_TUI_SCREENS_PERSON_H

#include "tui/grid.h"
#include "tui/list.h"

#include <mulin/base/money.h>
#include <mulin/base/text.h>
#include <mulin/domain/resident.h>

/* "82 岁", or "" when the birth date is not known. `out` has `size` bytes. */
void mu_person_age(const struct mu_resident *resident, struct mu_date today,
                   enum mu_language language, char *out, size_t size);
/* "女  82 岁": what is known of it. */
void mu_person_line(const struct mu_resident *resident, struct mu_date today,
                    enum mu_language language, char *out, size_t size);
/* "女  82 岁  1943-05-06": with the birth date. */
void mu_person_whole_line(const struct mu_resident *resident, struct mu_date today,
                          enum mu_language language, char *out, size_t size);
/* "在住", or "去世 2026-03-01" with the style that an ended file has. */
enum mu_style mu_person_status(const struct mu_resident *resident, enum mu_language language,
                               char *out, size_t size);

/* The columns in which people are listed, and a cell of them; `today` decides the age. */
enum mu_person_column {
    MU_PERSON_NAME,
    MU_PERSON_SEX,
    MU_PERSON_AGE,
    MU_PERSON_PHONE,
    MU_PERSON_ADDRESS,
    MU_PERSON_TAGS,
    MU_PERSON_STATUS,
    MU_PERSON_COLUMNS
};
extern const struct mu_column mu_person_columns[MU_PERSON_COLUMNS];
void mu_person_cell(const struct mu_resident *resident, struct mu_date today,
                    enum mu_person_column column, enum mu_language language, char *out, size_t size,
                    enum mu_style *style);

/* Draws the fields of a file with their labels, in pairs where the area is wide enough, one below
 * the other (and only those that are filled) where it is not. Returns the rows used. */
int mu_person_draw(struct mu_grid *grid, struct mu_area area, const struct mu_resident *resident,
                   enum mu_language language);
/* One more line of the same form over the whole width. */
void mu_person_put(struct mu_grid *grid, struct mu_area area, int row, enum mu_message label,
                   const char *text, enum mu_language language);

/* Why the computed tags are the person's, from mu_explain_tags; the age says itself. Returns the
 * rows used. */
int mu_person_draw_reasons(struct mu_grid *grid, struct mu_area area, const char *reasons,
                           enum mu_language language);

#endif
