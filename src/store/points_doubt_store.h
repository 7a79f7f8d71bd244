/* The services of a month, to be looked through, and what was accepted of them. */
#ifndef MULIN_SRC_STORE_POINTS_DOUBT_STORE_H
#define MULIN_SRC_STORE_POINTS_DOUBT_STORE_H

#include "store/points_month_store.h"

#include <mulin/domain/points_month.h>
#include <mulin/domain/resident.h>

/* A service with the name on its file. Of the service are filled: id, entry_id, resident_id, duty,
 * date, starts_at, ends_at, minutes, points, confirmed_by, confirmed_id, forgotten, attendance_id.
 */
struct mu_points_served {
    struct mu_service service;
    char name[MU_PERSON_NAME_SIZE];
};
/* False stops. */
typedef bool mu_points_served_row(void *context, const struct mu_points_served *served);
/* The services of these files that count in the month and were not reversed, by file. */
enum mu_status mu_points_served(struct mu_db *db, int month, struct mu_files files,
                                mu_points_served_row *row, void *context,
                                struct mu_error *error) MU_CHECKED;
/* Those of its days from which nobody has checked out. */
enum mu_status mu_points_serving(struct mu_db *db, int month, mu_points_served_row *row,
                                 void *context, struct mu_error *error) MU_CHECKED;

struct mu_points_acceptance {
    enum mu_points_doubt kind;
    int64_t resident_id, service_id;
    char word[MU_REASON_SIZE];
    int64_t operator_id;
    char operator_name[MU_OPERATOR_NAME_SIZE]; /* filled when read */
    struct mu_moment accepted_at;
};
typedef bool mu_points_acceptance_row(void *context, const struct mu_points_acceptance *row);
/* What was accepted in the month; false stops. */
enum mu_status mu_points_accepted(struct mu_db *db, int month, mu_points_acceptance_row *row,
                                  void *context, struct mu_error *error) MU_CHECKED;
/* Keeps it in the place of an earlier one, inside the caller's write transaction. */
enum mu_status mu_points_accept(struct mu_db *db, int month,
                                const struct mu_points_acceptance *acceptance,
                                struct mu_error *error) MU_CHECKED;

/* What a service or its reversal adds to a team (`by_team`) or duty. */
struct mu_points_group_move {
    const char *id; /* team or duty; borrowed until the row returns */
    int month;
    int64_t leading;  /* the file that speaks for the person */
    int64_t services; /* 1, of a reversal -1 */
    int64_t minutes;
    struct mu_points points;
};
typedef bool mu_points_group_row(void *context, const struct mu_points_group_move *move);
/* All of them from one month to the other, month by month, reversals at the end; false stops. */
enum mu_status mu_points_group_moves(struct mu_db *db, int from, int to, bool by_team,
                                     mu_points_group_row *row, void *context,
                                     struct mu_error *error) MU_CHECKED;

/* Was the award given to the person for this month? */
enum mu_status mu_award_given(struct mu_db *db, int64_t resident_id, const char *name, int month,
                              bool *given, struct mu_error *error) MU_CHECKED;

#endif
