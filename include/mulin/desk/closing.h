/* Closing a session: what was taken is counted against the ledger by two people, and from then on
 * the session's figures stand. */
#ifndef MULIN_DESK_CLOSING_H
#define MULIN_DESK_CLOSING_H

#include <mulin/base/error.h>
#include <mulin/desk/desk.h>
#include <mulin/domain/closing.h>

/* What a closing shows, or one would show if it were made now. */
struct mu_settlement {
    struct mu_closing closing; /* entry_id 0: not closed yet */
    struct mu_closing_figures figures;
};

/* The settlement of a session of the day; "" for all sessions of the day that were not closed one
 * by one; also that of the whole day for a session that was closed with it. What is not closed yet
 * is told as it would be closed now: the cash is all that was taken since the last closing, up to
 * the end of that day. MU_INPUT (no such session), MU_REFUSED (no right), MU_STORE. */
enum mu_status mu_settle(struct mu_desk *desk, struct mu_date date, const char *session,
                         struct mu_settlement *out, struct mu_error *error) MU_CHECKED;

/* True when the session of the day was closed; false also when that cannot be read. */
bool mu_session_is_closed(struct mu_desk *desk, struct mu_date date, const char *session);

struct mu_closing_request {
    struct mu_date date;
    const char *session;     /* id, or "" */
    struct mu_money counted; /* cash, without the change that stays in the box */
    const char *notes;       /* as of mu_notes_write, or NULL */
    const char *reason;      /* of a difference; may be NULL without one */
    /* The second person: an operator, who signs with a password. Where the rule book says that the
     * second person is one who does not sign in (canteen.closing.second: name), any name. */
    const char *second_name, *second_password;
    const struct mu_money *expected; /* what the person saw; NULL: does not matter */
};

/* Does the second person sign with a password, by the rule book of the day? MU_STORE. */
enum mu_status mu_second_signs(struct mu_desk *desk, struct mu_date date, bool *signs,
                               struct mu_error *error) MU_CHECKED;

/* Closes it: the figures stand, the difference is booked, and the printed head covers both. Whoever
 * eats in the session later, or is voided, shows in the next closing.
 *   out  may be NULL
 * MU_INPUT (no such session, a day to come, counted below nothing, no second person, the same
 * person twice, a difference without a reason), MU_REFUSED (no right; closed already; not begun;
 * the second person's password; cash was taken since the person looked), MU_STORE. */
enum mu_status mu_close_session(struct mu_desk *desk, const struct mu_closing_request *request,
                                struct mu_settlement *out, struct mu_error *error) MU_CHECKED;

/* False stops. The records are being read: the desk must not be called. */
typedef bool mu_closing_told(void *context, const struct mu_closing *closing);
/* The closings of these days, both included, in the order in which they were made. MU_REFUSED,
 * MU_STORE. */
enum mu_status mu_list_closings(struct mu_desk *desk, struct mu_date from, struct mu_date to,
                                mu_closing_told *told, void *context,
                                struct mu_error *error) MU_CHECKED;

/* The meals that the settlement has as late or corrected, served ones first, at most `limit` into
 * `out`. MU_REFUSED, MU_STORE. */
enum mu_status mu_late_meals(struct mu_desk *desk, const struct mu_closing *closing, size_t limit,
                             struct mu_late_meal *out, size_t *count,
                             struct mu_error *error) MU_CHECKED;

/* The last day before today, of the last MU_UNCLOSED_DAYS, on which a session ended without being
 * closed, and that session (MU_RULE_ID_SIZE bytes); an unknown date when there is none. MU_STORE.
 */
enum { MU_UNCLOSED_DAYS = 7 };
enum mu_status mu_unclosed_day(struct mu_desk *desk, struct mu_date *date, char *session,
                               struct mu_error *error) MU_CHECKED;

#endif
