/* Services of the past decided anew by a draft of the rule book. Pure. */
#ifndef MULIN_DOMAIN_POINTS_REPLAY_H
#define MULIN_DOMAIN_POINTS_REPLAY_H

#include <mulin/domain/points.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A recorded service, as far as its points depend on it. */
struct mu_past_service {
    int64_t resident_id;        /* of the file that speaks for the person */
    int64_t entry_id;           /* that recorded it, */
    int64_t reversed_by;        /* and that took it back; 0: it stands */
    const struct mu_duty *duty; /* of the draft, borrowed; NULL: the draft has none of this id */
    struct mu_date date;
    int starts_at, minutes, times; /* as in struct mu_service_facts */
    struct mu_points was;          /* earned by the book of that time */
    struct mu_points would;        /* decided by mu_replay_services, */
    struct mu_points cut;          /* and what the draft's caps took from it */
};

/* Decides the services of one person in one month, in the order of their entries: what was earned
 * before each of them is what the draft gave until then, less what had been taken back by then. A
 * service whose duty the draft has not keeps what it earned. */
void mu_replay_services(const struct mu_points_rules *draft, struct mu_past_service *services,
                        size_t count);

#endif
