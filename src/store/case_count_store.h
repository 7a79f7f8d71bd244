/* The cases of mediation as they are counted: plain columns only. */
#ifndef MULIN_SRC_STORE_CASE_COUNT_STORE_H
#define MULIN_SRC_STORE_CASE_COUNT_STORE_H

#include "store/db.h"

#include <mulin/base/money.h>
#include <mulin/domain/case.h>

/* Which column a case is grouped by: what is not asked for is not read. */
enum mu_counted_group {
    MU_COUNTED_ALONE,
    MU_COUNTED_DISPUTE,
    MU_COUNTED_SOURCE,
    MU_COUNTED_LEVEL,
    MU_COUNTED_GROUPS
};

struct mu_counted_case {
    int group; /* the code in that column; 0 of MU_COUNTED_ALONE */
    enum mu_case_outcome outcome;
    int weight, kept;
    struct mu_date accepted_on, ended_on;
    struct mu_money promised, paid;
};
typedef void mu_counted_case_row(void *context, const struct mu_counted_case *counted);

/* The cases accepted from `from` to `to`, without those entered by mistake. */
enum mu_status mu_counted_cases(struct mu_db *db, struct mu_date from, struct mu_date to,
                                enum mu_counted_group group, mu_counted_case_row *row,
                                void *context, struct mu_error *error) MU_CHECKED;

/* The same once for each mediator at work in it, and once without any (id 0, name ""); the name is
 * borrowed. The rows of a case follow one another. */
typedef void mu_counted_mediator_row(void *context, const struct mu_counted_case *counted,
                                     int64_t case_id, int64_t mediator_id, const char *name);
enum mu_status mu_counted_mediators(struct mu_db *db, struct mu_date from, struct mu_date to,
                                    mu_counted_mediator_row *row, void *context,
                                    struct mu_error *error) MU_CHECKED;

#endif
