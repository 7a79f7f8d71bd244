/* Services at the desk: recorded with what they earn, begun and ended by a scan. Lists of those who
 * came together are in attendance.h; what else earns points, and taking back, in earning.h. */
#ifndef MULIN_DESK_SERVICE_H
#define MULIN_DESK_SERVICE_H

#include <mulin/base/error.h>
#include <mulin/desk/desk.h>
#include <mulin/domain/attendance.h>
#include <mulin/domain/points.h>

struct mu_service_request {
    const char *who;     /* as mu_find_person; not used with resident_id */
    int64_t resident_id; /* chosen from a list; 0: use who */
    const char *duty;    /* as mu_service_duty */
    struct mu_date date; /* unknown: today */
    int starts_at;       /* minutes since midnight. With 0 for both no times are told; */
    int ends_at;         /* at or before starts_at: on the day after */
    int minutes;         /* 0: from the times, or nothing told */
    int times;           /* 0: once */
    const char *place;   /* texts may be NULL */
    const char *recipient;
    int64_t recipient_id;
    const char *confirmed_by;
    int64_t confirmed_id;
    const char *note;
    const char *reason; /* why a day of a closed month counts in this one; stands in the entry */
    bool again; /* though a service of this duty is recorded for the day and times were not told */
};

struct mu_service_answer {
    struct mu_service service; /* as recorded; id 0: it was not */
    char name[MU_PERSON_NAME_SIZE];
    struct mu_service_points decided; /* how the points came about; what it points at is borrowed
                                       * from the book until the next call on the desk */
    bool standing;                    /* nothing new: the person stands on this list already */
    struct mu_points balance;         /* of the file, with this */
    enum mu_status status;            /* what came of it, */
    struct mu_error why;              /* and why not */
};

/* The duty that a text means by the book in force on `day` (unknown: today): its id, its name, or
 * team and name together (小巷骑兵 送餐). *out is borrowed until the next call on the desk.
 * MU_INPUT (none, or several teams have one of this name), MU_STORE. */
enum mu_status mu_service_duty(struct mu_desk *desk, const char *text, struct mu_date day,
                               const struct mu_duty **out, struct mu_error *error) MU_CHECKED;

/* Its name by today's book; the id itself when the book has none. */
void mu_duty_name(struct mu_desk *desk, const char *id, char *out, size_t size);

/* Records one service: finds the person, decides the points by the book of the day, writes them to
 * the ledger, all in one commit. A file that another one speaks for earns for that one.
 *   answer  filled on every return
 * MU_INPUT (duty, times, a text; longer than a day; for a duty paid by the hour no time told),
 * MU_REFUSED (right record_service; nobody or several answer; the file had ended by then; a day to
 * come; a closed month without a reason; at another duty at that time, or on a file linked with
 * this one; more than a day's hours on one day; perhaps typed twice), MU_STORE. */
enum mu_status mu_record_service(struct mu_desk *desk, const struct mu_service_request *request,
                                 struct mu_service_answer *answer,
                                 struct mu_error *error) MU_CHECKED;

/* The same without recording anything: what would come of it. */
enum mu_status mu_try_service(struct mu_desk *desk, const struct mu_service_request *request,
                              struct mu_service_answer *answer, struct mu_error *error) MU_CHECKED;

/* The person begins now. Of the request who, resident_id, duty, place, recipient, note count.
 * Whoever forgot to check out before is checked out by rule first.
 * As mu_record_service; MU_REFUSED also when the person is at a duty already. */
enum mu_status mu_service_check_in(struct mu_desk *desk, const struct mu_service_request *request,
                                   struct mu_service_answer *answer,
                                   struct mu_error *error) MU_CHECKED;

/* The person goes now: the open service is recorded. Of the request who, resident_id, times,
 * confirmed_by and confirmed_id, note and reason count. Whoever comes later than the duty's longest
 * time forgot: the service is closed by rule.
 * MU_REFUSED when none is open, or it began in this minute; else as mu_record_service. */
enum mu_status mu_service_check_out(struct mu_desk *desk, const struct mu_service_request *request,
                                    struct mu_service_answer *answer,
                                    struct mu_error *error) MU_CHECKED;

/* Closes every open service that lasts longer than its duty's longest time allows: it gets the
 * minutes that the book has for the forgotten, and is marked. *count: how many. MU_REFUSED (right),
 * MU_STORE. */
enum mu_status mu_close_forgotten(struct mu_desk *desk, size_t *count,
                                  struct mu_error *error) MU_CHECKED;

/* False stops. Borrowed; the desk must not be called. */
typedef bool mu_service_row(void *context, const struct mu_service_line *line);

/* The services, the latest first, those that were reversed too. MU_REFUSED (right read_points),
 * MU_STORE. */
enum mu_status mu_list_services(struct mu_desk *desk, const struct mu_service_filter *filter,
                                mu_service_row *row, void *context,
                                struct mu_error *error) MU_CHECKED;

/* MU_INPUT (no such service), MU_REFUSED, MU_STORE. */
enum mu_status mu_read_service(struct mu_desk *desk, int64_t service_id,
                               struct mu_service_line *out, struct mu_error *error) MU_CHECKED;

/* What a person has, over all linked files. MU_REFUSED (right read_points), MU_INPUT, MU_STORE. */
enum mu_status mu_points_balance(struct mu_desk *desk, int64_t resident_id, struct mu_points *out,
                                 struct mu_error *error) MU_CHECKED;

/* The sentence to say about an answer: recorded with what it earned and why not more, or why not.
 * `out` has `size` bytes. */
void mu_service_answer_text(const struct mu_service_answer *answer, enum mu_language language,
                            char *out, size_t size);

#endif
