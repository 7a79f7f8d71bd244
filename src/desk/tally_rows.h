/* The rows of a tally as they stand in memory: of tens of thousands of people each takes about
 * forty bytes and is unpacked when it is looked at. */
#ifndef MULIN_SRC_DESK_TALLY_ROWS_H
#define MULIN_SRC_DESK_TALLY_ROWS_H

#include <mulin/desk/points_month.h>

/* Adds a row at the end of the group. False without memory: the group stays as it was. */
bool mu_tally_row_add(struct mu_tally_group *group, const struct mu_tally_row *row);
/* People, most earned first; among equals whoever has anything that moved, who served longer, who
 * has more points, and the lower number. */
void mu_tally_rows_sort(struct mu_tally_group *group);
/* Leaves out the rows that `keeps` does not want. */
void mu_tally_rows_keep(struct mu_tally_group *group,
                        bool (*keeps)(const struct mu_tally_row *row));
/* Frees what the group holds; it is empty then, and not read. */
void mu_tally_rows_clear(struct mu_tally_group *group);

#endif
