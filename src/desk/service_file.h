/* What the use cases of services share: a run of recordings in one write transaction. */
#ifndef MULIN_SRC_DESK_SERVICE_FILE_H
#define MULIN_SRC_DESK_SERVICE_FILE_H

#include "desk/desk_internal.h"
#include "store/service_store.h"

#include <mulin/desk/earning.h>

struct mu_recording {
    struct mu_desk *desk;
    struct mu_moment now;
    int last_closed;              /* month; 0: none */
    const struct mu_rules *rules; /* of the day below; borrowed from the desk */
    int version;
    struct mu_date day;
    bool trying; /* nothing is written */
};

/* Inside the caller's transaction. MU_STORE. */
enum mu_status mu_recording_begin(struct mu_recording *recording, struct mu_desk *desk,
                                  struct mu_error *error) MU_CHECKED;
/* Takes the book of the day; before the first one was adopted today's. MU_STORE. */
enum mu_status mu_recording_book(struct mu_recording *recording, struct mu_date day,
                                 struct mu_error *error) MU_CHECKED;
/* The duty of that book, as mu_service_duty. MU_INPUT. */
enum mu_status mu_recording_duty(const struct mu_recording *recording, const char *text,
                                 const struct mu_duty **out, struct mu_error *error) MU_CHECKED;

/* Those whom a request names in words; its texts borrow from here. */
struct mu_service_others {
    struct mu_resident recipient, confirmer;
};
/* Finds recipient and confirmer in the register, where a card or a whole name says who they are;
 * any other words stay words. Not inside a transaction. MU_STORE. */
enum mu_status mu_service_others(struct mu_desk *desk, struct mu_service_request *request,
                                 struct mu_service_others *names,
                                 struct mu_error *error) MU_CHECKED;

/* Cleans the texts of a request into the service. MU_INPUT. */
enum mu_status mu_service_texts(const struct mu_service_request *request, struct mu_service *out,
                                struct mu_error *error) MU_CHECKED;
/* Times and minutes of a request for the duty. MU_INPUT. */
enum mu_status mu_service_time(const struct mu_service_request *request, const struct mu_duty *duty,
                               struct mu_service *out, struct mu_error *error) MU_CHECKED;

/* Whose file it is and who speaks for it; does it serve on that day? MU_INPUT, MU_REFUSED,
 * MU_STORE. */
enum mu_status mu_service_who(struct mu_desk *desk, int64_t resident_id, struct mu_date day,
                              struct mu_service_person *out, struct mu_error *error) MU_CHECKED;

/* Is it a day that points may still count for? Of a closed month only with a reason, which then
 * names the day. *counts: the day that the entry gets. `reason` has MU_REASON_SIZE bytes. MU_INPUT,
 * MU_REFUSED. */
enum mu_status mu_recording_day(const struct mu_recording *recording, struct mu_date day,
                                struct mu_date *counts, char *reason,
                                struct mu_error *error) MU_CHECKED;

/* Decides and writes one service whose person, duty, day and time are known: a new one, or an open
 * one (it has an id) that ends. answer->service, name and resident are the caller's; the rest is
 * filled.
 *   duty  of the recording's book
 * MU_REFUSED, MU_INPUT, MU_STORE. */
enum mu_status mu_service_write(struct mu_recording *recording, const struct mu_duty *duty,
                                const char *reason, bool again, struct mu_service_answer *answer,
                                struct mu_error *error) MU_CHECKED;

/* Closes one open service by rule. MU_STORE, or what mu_service_write says. */
enum mu_status mu_service_forget(struct mu_recording *recording, const struct mu_service *open,
                                 struct mu_error *error) MU_CHECKED;

/* Who is meant, before the write transaction begins. MU_REFUSED, MU_STORE. */
enum mu_status mu_service_identify(struct mu_desk *desk, const char *who, int64_t resident_id,
                                   int64_t *out, struct mu_error *error) MU_CHECKED;

#endif
