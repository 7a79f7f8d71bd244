/* The points bank's month: looked through, approved by two people, closed for good. */
#ifndef MULIN_DESK_POINTS_MONTH_H
#define MULIN_DESK_POINTS_MONTH_H

#include <mulin/base/error.h>
#include <mulin/desk/desk.h>
#include <mulin/desk/house.h>
#include <mulin/domain/points_month.h>
#include <mulin/domain/resident.h>

enum mu_tally_by { MU_TALLY_BY_PERSON, MU_TALLY_BY_TEAM, MU_TALLY_BY_DUTY, MU_TALLY_GROUPS };

enum { MU_TALLY_TREND = 6 }; /* months of a trend, the tallied one the last */

struct mu_tally_row {
    char id[MU_RULE_ID_SIZE];           /* of a duty; else "" */
    char name[MU_PERSON_NAME_SIZE];     /* of the person, team ("": of no team) or duty */
    struct mu_points_month_line person; /* resident_id 0 of a team or duty: only `moved` counts, of
                                         * services alone */
    int64_t people;                     /* of a team or duty: who served */
    int stars_before;                   /* of a person */
    bool shows_name;                    /* of a person: agreed to it, in every file */
    struct mu_points rated;             /* of a person: what ratings gave */
    int64_t trend[MU_TALLY_TREND];      /* points earned */
};

/* Its rows stand packed: mu_tally_row reads one. */
struct mu_tally_group {
    struct mu_tally_packed *packed; /* owned by the tally */
    size_t count;
    bool read;
};

/* A month, or a quarter or year of closed ones. */
struct mu_tally {
    int from, to;               /* 202607, 202609; the same for a month */
    int closed, months;         /* how many of its months are closed */
    bool over;                  /* the last month is */
    struct mu_points_month sum; /* of a closed month that month; else as it would be closed now;
                                 * of several what they come to, entry_id 0 */
    struct mu_tally_group group[MU_TALLY_GROUPS];
};

/* Tallies a month by person, most earned first; those follow of whom nothing moved. A closed one
 * is read as it was sealed. With another `to` the closed months from one to the other are summed
 * up. All from one state of the records.
 *   progress  may be NULL; false stops with MU_REFUSED
 * *out is owned by the caller (mu_tally_free), untouched on failure. MU_INPUT (a month that has not
 * begun), MU_REFUSED (right; of several months none is closed), MU_STORE, MU_MEMORY. */
enum mu_status mu_points_tally(struct mu_desk *desk, int from, int to, mu_progress *progress,
                               void *context, struct mu_tally **out,
                               struct mu_error *error) MU_CHECKED;
void mu_tally_free(struct mu_tally **tally);

/* Reads the row at a place of the group, from 0 to below its count, as it was tallied. */
void mu_tally_row(const struct mu_tally_group *group, size_t place, struct mu_tally_row *out);

/* Reads the rows of teams or duties, most earned first, when they were not read yet. Names as the
 * book of the last month has them. As mu_points_tally. */
enum mu_status mu_tally_look(struct mu_desk *desk, struct mu_tally *tally, enum mu_tally_by by,
                             mu_progress *progress, void *context,
                             struct mu_error *error) MU_CHECKED;

/* The names leave the house: asks for the right to take out lists, and notes in the audit trail
 * where they go. MU_REFUSED, MU_STORE. */
enum mu_status mu_tally_take_out(struct mu_desk *desk, const struct mu_tally *tally,
                                 const char *target, struct mu_error *error) MU_CHECKED;

/* Something of a month that looks wrong. */
struct mu_tally_doubt {
    enum mu_points_doubt kind;
    int64_t resident_id; /* of linked files the one that speaks for the person */
    char name[MU_PERSON_NAME_SIZE];
    int64_t service_id; /* 0: it is about the month */
    int64_t entry_id;   /* of the service, to be reversed (mu_reverse_points); 0: none */
    int64_t other_id;   /* of two places the other service; else 0 */
    struct mu_date date;
    char duty[MU_RULE_NAME_SIZE]; /* its name */
    int starts_at, ends_at, minutes;
    char confirmed_by[MU_SERVICE_TEXT_SIZE];
    struct mu_points points;   /* of the service; of a cap or jump, of the day or month */
    struct mu_points usual;    /* the cap, or the usual month */
    char word[MU_REASON_SIZE]; /* with which it was accepted; "": it is open */
    char accepted_by[MU_OPERATOR_NAME_SIZE];
};

struct mu_tally_doubts {
    struct mu_tally_doubt *doubt; /* open ones first, then by person and day */
    size_t count, room, open;
};

/* What looks wrong in a month. What was reversed is gone; of a closed month the accepted ones are
 * told. *out is owned by the caller (mu_tally_doubts_clear), untouched on failure. As
 * mu_points_tally. */
enum mu_status mu_points_doubts(struct mu_desk *desk, int month, mu_progress *progress,
                                void *context, struct mu_tally_doubts *out,
                                struct mu_error *error) MU_CHECKED;
void mu_tally_doubts_clear(struct mu_tally_doubts *doubts);

/* In words why it is doubted, with its figures. `out` has `size` bytes, the NUL counted. */
void mu_tally_doubt_text(const struct mu_tally_doubt *doubt, enum mu_language language, char *out,
                         size_t size);

/* Accepts it with a word. Accepting again changes the word. MU_INPUT (no word), MU_REFUSED (right;
 * the month is closed), MU_STORE. */
enum mu_status mu_accept_doubt(struct mu_desk *desk, int month, const struct mu_tally_doubt *doubt,
                               const char *word, struct mu_error *error) MU_CHECKED;

/* Who is put forward for an award by the book, and who has a new star (`award` "", value: stars).
 */
struct mu_tally_candidate {
    char award[MU_RULE_NAME_SIZE];
    int place;             /* 1, 2, 3 …; of a star 0 */
    size_t row;            /* its place among the people of the tally */
    int64_t resident_id;   /* of that row, */
    int64_t total_minutes; /* likewise */
    int64_t value;         /* points, minutes, points of ratings */
    int by;                /* enum mu_award_by */
    bool given;            /* the award was given for the month */
};
/* Awards in the order of the book, each with its best first: as many as it has places, those who
 * served longer first among equals; then new stars. *out is owned by the caller (free). MU_REFUSED,
 * MU_STORE, MU_MEMORY. */
enum mu_status mu_tally_candidates(struct mu_desk *desk, const struct mu_tally *tally,
                                   struct mu_tally_candidate **out, size_t *count,
                                   struct mu_error *error) MU_CHECKED;

struct mu_points_closing_request {
    int month;
    /* The second person: an operator, who signs with a password; or, where the rule book says
     * points.tally.second: name, any name. */
    const char *second_name, *second_password;
    const struct mu_points_sums *expected; /* what the person saw; NULL: does not matter */
    mu_progress *progress;                 /* may be NULL; false stops */
    void *context;
};

/* Does the second person sign with a password, by the rule book of the month? MU_STORE. */
enum mu_status mu_points_second_signs(struct mu_desk *desk, int month, bool *signs,
                                      struct mu_error *error) MU_CHECKED;

/* Closes a month in one step: its lines are sealed, and nothing counts in it any more; later
 * corrections fall in the open month. Broken off at any point it is not closed.
 *   out  may be NULL
 * MU_INPUT (no such month, no second person, the same person twice), MU_REFUSED (right; closed
 * already; not over; an earlier month is open; open doubts; the second person's password; something
 * moved since the person looked; stopped), MU_STORE, MU_MEMORY. */
enum mu_status mu_close_points_month(struct mu_desk *desk,
                                     const struct mu_points_closing_request *request,
                                     struct mu_points_month *out,
                                     struct mu_error *error) MU_CHECKED;

/* False stops. The records are being read: the desk must not be called. */
typedef bool mu_points_month_told(void *context, const struct mu_points_month *month);
/* The closed months, the last one first. MU_REFUSED, MU_STORE. */
enum mu_status mu_list_points_months(struct mu_desk *desk, mu_points_month_told *told,
                                     void *context, struct mu_error *error) MU_CHECKED;

/* The first month with points that is over and not closed, 0 for none. MU_REFUSED, MU_STORE. */
enum mu_status mu_points_month_due(struct mu_desk *desk, int *month,
                                   struct mu_error *error) MU_CHECKED;

#endif
