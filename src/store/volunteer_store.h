/* Volunteers, their awards, and what the points book has of them. */
#ifndef MULIN_SRC_STORE_VOLUNTEER_STORE_H
#define MULIN_SRC_STORE_VOLUNTEER_STORE_H

#include "store/db.h"

#include <mulin/domain/volunteer.h>

/* What a file holds; an empty one of version 0 when nothing is stored. */
enum mu_status mu_volunteer_of_file(struct mu_db *db, int64_t resident_id, struct mu_volunteer *out,
                                    struct mu_error *error) MU_CHECKED;
/* What the first of the file and those that it speaks for holds that is registered; else what the
 * file itself holds. */
enum mu_status mu_volunteer_of_person(struct mu_db *db, int64_t resident_id,
                                      struct mu_volunteer *out, struct mu_error *error) MU_CHECKED;
/* True when the file stands in the points book, in a team, or as a volunteer or with an award. */
enum mu_status mu_volunteer_used(struct mu_db *db, int64_t resident_id, bool *used,
                                 struct mu_error *error) MU_CHECKED;
/* Whose number in the national system this is; 0: nobody's. */
enum mu_status mu_volunteer_by_number(struct mu_db *db, const char *number, int64_t *resident_id,
                                      struct mu_error *error) MU_CHECKED;
/* Writes it; the version is counted up. *stale: another desk changed it meanwhile. */
enum mu_status mu_volunteer_write(struct mu_db *db, struct mu_volunteer *volunteer, bool *stale,
                                  struct mu_error *error) MU_CHECKED;

/* Called for each; false stops. Borrowed. */
typedef bool mu_volunteer_each(void *context, const struct mu_volunteer *volunteer,
                               int64_t resident_id, const char *name);

/* Who registered, in the order of their files' numbers, each person once: `resident_id` and `name`
 * are those of the file that speaks for the person.
 *   left  those who left too */
enum mu_status mu_volunteer_all(struct mu_db *db, bool left, mu_volunteer_each *each, void *context,
                                struct mu_error *error) MU_CHECKED;

/* How many people are registered and have not left. */
enum mu_status mu_volunteer_count(struct mu_db *db, int64_t *count,
                                  struct mu_error *error) MU_CHECKED;

/* Sums over a file and those that it speaks for: everything that counts in the months from
 * `from_month` (202611; 0: all) on. Reads the person's own lines only. */
enum mu_status mu_volunteer_sum(struct mu_db *db, int64_t resident_id, int from_month,
                                struct mu_volunteer_sum *out, struct mu_error *error) MU_CHECKED;

/* Recorded services of a person that stand, the latest first, at most `limit`. */
enum mu_status mu_volunteer_services(struct mu_db *db, int64_t resident_id, size_t limit,
                                     mu_latest_row *row, void *context,
                                     struct mu_error *error) MU_CHECKED;
/* Certificates of a person, the latest first. */
enum mu_status mu_volunteer_certificates(struct mu_db *db, int64_t resident_id,
                                         mu_certificate_row *row, void *context,
                                         struct mu_error *error) MU_CHECKED;

/* Awards of a person and the files spoken for, or of one file alone, the first one first. */
enum mu_status mu_award_of_person(struct mu_db *db, int64_t resident_id, bool file_alone,
                                  mu_award_row *row, void *context,
                                  struct mu_error *error) MU_CHECKED;
/* Adds one; id is set. *twice: the file has this award of this month; nothing is written. */
enum mu_status mu_award_add(struct mu_db *db, struct mu_award *award, int64_t operator_id,
                            bool *twice, struct mu_error *error) MU_CHECKED;
/* Takes one of a file away again, by month and name. */
enum mu_status mu_award_remove(struct mu_db *db, const struct mu_award *award,
                               struct mu_error *error) MU_CHECKED;

#endif
