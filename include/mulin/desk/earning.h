/* What else earns points, and how what was earned by mistake is taken back. */
#ifndef MULIN_DESK_EARNING_H
#define MULIN_DESK_EARNING_H

#include <mulin/desk/attendance.h>

struct mu_earning {
    int64_t entry_id; /* of the ledger */
    int64_t resident_id;
    char name[MU_PERSON_NAME_SIZE];
    enum mu_points_kind kind;
    struct mu_points points;  /* that the entry moved */
    struct mu_points balance; /* of the file, with this */
};

/* Takes back a service, a rating or an opening balance by an entry of its own, which counts on the
 * day of what it takes back while that month is open, else today; both stay visible. What was spent
 * meanwhile stays spent: the balance may fall below nothing.
 *   out  may be NULL; gets the new entry
 * MU_INPUT (no such entry, no reason or too long), MU_REFUSED (right correct_points; reversed
 * already; of another kind: goods are given back), MU_STORE. */
enum mu_status mu_reverse_points(struct mu_desk *desk, int64_t entry_id, const char *reason,
                                 struct mu_earning *out, struct mu_error *error) MU_CHECKED;

struct mu_rating_request {
    const char *who;     /* as mu_find_person; not used with resident_id */
    int64_t resident_id; /* 0: use who */
    const char *source;  /* id or name in the rule book; NULL: the only one */
    int score;
    struct mu_date date; /* unknown: today */
    const char *note;    /* may be NULL */
};

/* Records what somebody else said of a volunteer, with what it earns by rule.
 * MU_INPUT (source, score, note), MU_REFUSED (right record_service; nobody answers; the file had
 * ended; a day to come, a closed month; as many ratings of this month as the book allows),
 * MU_STORE. */
enum mu_status mu_rate_volunteer(struct mu_desk *desk, const struct mu_rating_request *request,
                                 struct mu_earning *out, struct mu_error *error) MU_CHECKED;

/* Brings balances over from the book that was kept before: points and minutes of each row, an entry
 * for each person, all in one commit, and once for each person: who has one already is left as he
 * is.
 *   answer  one for each row: name, status and why, `standing`, balance
 * MU_OK also when everybody was refused. MU_INPUT (too many), MU_REFUSED (right correct_points),
 * MU_STORE, MU_MEMORY. */
enum mu_status mu_open_balances(struct mu_desk *desk, const struct mu_people *people,
                                struct mu_service_answer *answers, struct mu_attendance_result *out,
                                struct mu_error *error) MU_CHECKED;

#endif
