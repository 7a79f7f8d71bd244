/* Alerts at the desk: whoever does not come is missed, until somebody wrote what they found. */
#ifndef MULIN_DESK_ALERT_H
#define MULIN_DESK_ALERT_H

#include <mulin/desk/desk.h>
#include <mulin/domain/alert.h>
#include <mulin/domain/person_file.h>

enum { MU_ALERTS_LIMIT = 500 }; /* told by mu_list_alerts */

/* An alert with what one needs to find the person; phones masked. */
struct mu_alert_case {
    struct mu_alert alert;
    struct mu_resident resident;
    struct mu_person_file file; /* guardian and whom to call */
    struct mu_date last_meal;   /* unknown: none is on record */
    char last_session[MU_RULE_ID_SIZE];
    char last_session_name[MU_RULE_NAME_SIZE];
    char session_name[MU_RULE_NAME_SIZE]; /* of the alert */
};

/* Asks, for each session that has ended since it was last asked, who is missed, and opens an alert
 * for each (canteen.alerts of today's book): for somebody who had been a regular eater and then
 * missed the meals, on days on which the canteen served, without having told; and again for
 * somebody who was answered for and goes on to stay away. A person is missed once for the same
 * days, whichever desk asks and however often. Alerts are opened at most once a session, so this
 * may be asked often: it costs a few reads when there is nothing to ask. again   also those
 * sessions that were asked about already opened  may be NULL; gets how many alerts were opened
 * MU_REFUSED (right), MU_STORE, MU_MEMORY. */
enum mu_status mu_check_alerts(struct mu_desk *desk, bool again, size_t *opened,
                               struct mu_error *error) MU_CHECKED;

/* Called for each; false stops. Borrowed, without what was found; the desk must not be called. */
typedef bool mu_alert_case_row(void *context, const struct mu_alert_case *alert);

/* Open alerts, those of a door that stayed shut first, then the newest; or with `answered` all of
 * them, the newest first. At most MU_ALERTS_LIMIT. MU_REFUSED, MU_STORE, MU_MEMORY. */
enum mu_status mu_list_alerts(struct mu_desk *desk, bool answered, mu_alert_case_row *row,
                              void *context, struct mu_error *error) MU_CHECKED;

/* One alert with everything. MU_INPUT (no such alert), MU_REFUSED, MU_STORE. */
enum mu_status mu_read_alert(struct mu_desk *desk, int64_t alert_id, struct mu_alert_case *out,
                             struct mu_error *error) MU_CHECKED;

/* Writes what somebody found of the person. It answers the other open alerts of the person too,
 * because it is the person that was found; a false alarm answers this one only.
 *   field  may be NULL; gets the key of the field at fault, static, or NULL
 *   count  may be NULL; gets how many alerts were answered
 * MU_INPUT (no such alert, the answer), MU_REFUSED (right; answered already), MU_STORE. */
enum mu_status mu_answer_alert(struct mu_desk *desk, int64_t alert_id,
                               const struct mu_alert_answer *answer, const char **field,
                               size_t *count, struct mu_error *error) MU_CHECKED;

#endif
