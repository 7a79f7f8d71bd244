/* The groups of the register's report while it is counted. */
#ifndef MULIN_SRC_DESK_REGISTER_GROUPS_H
#define MULIN_SRC_DESK_REGISTER_GROUPS_H

#include <mulin/desk/report.h>

/* The band of an age; MU_AGE_BANDS when it is not known (below 0). */
size_t register_band(int age);

/* The group of this name, made when there is none; NULL without memory. Groups stand in the order
 * of their bytes until register_sort. Valid until the next call. */
struct mu_register_group *register_group(struct mu_register_groups *groups, const char *name);

void register_add_home(struct mu_register_group *group, int occupancy);
/* Adds somebody who lives there; elders are told by the ages of the report. */
void register_add_person(const struct mu_register_report *report, struct mu_register_group *group,
                         int sex, int age);

/* Puts groups into the order in which people count, tags by their number. */
void register_sort(struct mu_register_report *report);
/* Frees what the report owns. */
void register_clear(struct mu_register_report *report);

#endif
