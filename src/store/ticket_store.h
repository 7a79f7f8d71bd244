/* Tickets that were handed to the printer, in the record file. */
#ifndef MULIN_SRC_STORE_TICKET_STORE_H
#define MULIN_SRC_STORE_TICKET_STORE_H

#include "store/db.h"

#include <mulin/domain/canteen.h>

/* How often the meal's ticket was printed. */
enum mu_status mu_ticket_count(struct mu_db *db, int64_t meal_id, int *printed,
                               struct mu_error *error) MU_CHECKED;
/* The number of the meal among those of its session, voided ones too; the first is 1. */
enum mu_status mu_ticket_number(struct mu_db *db, const struct mu_meal *meal, int *number,
                                struct mu_error *error) MU_CHECKED;
/* Notes what became of a ticket; `fault` is "" for one that was printed. */
enum mu_status mu_ticket_add(struct mu_db *db, int64_t meal_id, bool printed, const char *fault,
                             struct mu_moment ended_at, int64_t operator_id,
                             struct mu_error *error) MU_CHECKED;

#endif
