/* Services, attendance lists and ratings in the record file. No decisions here: the desk takes
 * them. */
#ifndef MULIN_SRC_STORE_SERVICE_STORE_H
#define MULIN_SRC_STORE_SERVICE_STORE_H

#include "store/ledger_walk.h"

#include <mulin/domain/attendance.h>
#include <mulin/domain/points.h>

/* What a service needs to know of somebody, without opening what is sealed. */
struct mu_service_person {
    int64_t id; /* of the file that speaks for the person */
    char name[MU_PERSON_NAME_SIZE];
    int status; /* enum mu_resident_status */
    struct mu_date ended_on;
};
/* Who speaks for the file; id 0: there is none. MU_STORE. */
enum mu_status mu_service_person(struct mu_db *db, int64_t resident_id,
                                 struct mu_service_person *out, struct mu_error *error) MU_CHECKED;

/* The number of the service that is recorded next, inside the caller's write transaction. */
enum mu_status mu_service_next(struct mu_db *db, int64_t *id, struct mu_error *error) MU_CHECKED;
/* Adds the service under its id, open when it has no entry. */
enum mu_status mu_service_add(struct mu_db *db, const struct mu_service *service,
                              struct mu_error *error) MU_CHECKED;
/* Writes what an open service became when its person went. */
enum mu_status mu_service_end(struct mu_db *db, const struct mu_service *service,
                              struct mu_error *error) MU_CHECKED;
/* Marks the service of this entry as reversed by another; nothing happens when it has none. */
enum mu_status mu_service_mark_reversed(struct mu_db *db, int64_t entry_id, int64_t reversed_by,
                                        struct mu_error *error) MU_CHECKED;

/* False stops. Borrowed; nothing else may be asked meanwhile. */
typedef bool mu_service_each(void *context, const struct mu_service *service);
/* The services of a person, in all files that this one speaks for, that stand and began on these
 * days, open ones too. */
enum mu_status mu_service_between(struct mu_db *db, int64_t leading, struct mu_date from,
                                  struct mu_date to, mu_service_each *each, void *context,
                                  struct mu_error *error) MU_CHECKED;
/* The open service of a person, in any file that this one speaks for; out->id 0: none. */
enum mu_status mu_service_open_of(struct mu_db *db, int64_t leading, struct mu_service *out,
                                  struct mu_error *error) MU_CHECKED;
/* The first open service behind number `after` that began on this day or before; id 0: none. */
enum mu_status mu_service_open_next(struct mu_db *db, int64_t after, struct mu_date until,
                                    struct mu_service *out, struct mu_error *error) MU_CHECKED;

typedef bool mu_service_line_each(void *context, const struct mu_service_line *line);
/* Those of the filter, the latest first; duty_name is left "". */
enum mu_status mu_service_list(struct mu_db *db, const struct mu_service_filter *filter,
                               mu_service_line_each *each, void *context,
                               struct mu_error *error) MU_CHECKED;
/* *found; out->duty_name is left "". */
enum mu_status mu_service_read(struct mu_db *db, int64_t id, bool *found,
                               struct mu_service_line *out, struct mu_error *error) MU_CHECKED;

/* The number of the last service, 0 when there is none. MU_STORE. */
enum mu_status mu_service_last(struct mu_db *db, int64_t *service_id,
                               struct mu_error *error) MU_CHECKED;
/* Behind the number `after` and up to `last`, the first service that is not what its ledger entry
 * was posted for, or 0. What those of the span should have earned is added to `served`. */
enum mu_status mu_service_find_altered(struct mu_db *db, const struct mu_ledger_span *span,
                                       int64_t after, int64_t last, struct mu_fingerprint *served,
                                       int64_t *service_id, struct mu_error *error) MU_CHECKED;
/* What was served is not what lines of points say: the first service with another line, or 0.
 * *entry_id: when there is none, the first entry of a service that is not there, or 0. */
enum mu_status mu_service_find_difference(struct mu_db *db, const struct mu_ledger_span *span,
                                          int64_t *service_id, int64_t *entry_id,
                                          struct mu_error *error) MU_CHECKED;

/* The list of this title, duty and day; 0: none. */
enum mu_status mu_attendance_find(struct mu_db *db, const struct mu_attendance_sheet *attendance,
                                  int64_t *id, struct mu_error *error) MU_CHECKED;
/* Adds a list and sets its id. */
enum mu_status mu_attendance_add(struct mu_db *db, struct mu_attendance_sheet *attendance,
                                 struct mu_error *error) MU_CHECKED;
typedef bool mu_attendance_each(void *context, const struct mu_attendance_sheet *attendance);
enum mu_status mu_attendance_list(struct mu_db *db, struct mu_date from, struct mu_date to,
                                  size_t limit, mu_attendance_each *each, void *context,
                                  struct mu_error *error) MU_CHECKED;
enum mu_status mu_attendance_read(struct mu_db *db, int64_t id, bool *found,
                                  struct mu_attendance_sheet *out,
                                  struct mu_error *error) MU_CHECKED;

struct mu_rating {
    int64_t entry_id;
    int64_t resident_id;
    const char *source;
    struct mu_date date;
    int score;
    const char *note;
};
enum mu_status mu_rating_add(struct mu_db *db, const struct mu_rating *rating,
                             struct mu_error *error) MU_CHECKED;
/* How many ratings of this source the person has of these days that were not reversed. */
enum mu_status mu_rating_count(struct mu_db *db, int64_t leading, const char *source,
                               struct mu_date from, struct mu_date to, int *count,
                               struct mu_error *error) MU_CHECKED;

/* The line of an entry, or kind 0. `resident_id` is that of the entry. */
struct mu_points_line;
enum mu_status mu_points_line_read(struct mu_db *db, int64_t entry_id, int64_t resident_id,
                                   struct mu_points_line *out, struct mu_error *error) MU_CHECKED;
/* The person has a balance that was brought over and not reversed. */
enum mu_status mu_points_opened(struct mu_db *db, int64_t leading, bool *opened,
                                struct mu_error *error) MU_CHECKED;
/* What the person has in all files that this one speaks for. */
enum mu_status mu_points_of_person(struct mu_db *db, int64_t leading, struct mu_points *out,
                                   struct mu_error *error) MU_CHECKED;
/* The number of the entry that takes this one back, or 0. */
enum mu_status mu_points_reversed_by(struct mu_db *db, int64_t entry_id, int64_t *reversal,
                                     struct mu_error *error) MU_CHECKED;

#endif
