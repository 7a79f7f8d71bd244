/* A service of a volunteer, as it is recorded. */
#ifndef MULIN_DOMAIN_SERVICE_H
#define MULIN_DOMAIN_SERVICE_H

#include <mulin/base/date.h>
#include <mulin/base/points.h>
#include <mulin/domain/ledger.h>
#include <mulin/rules.h>

#include <stdbool.h>

/* Sizes in bytes, the NUL counted. */
enum { MU_SERVICE_TEXT_SIZE = 192 };

enum { MU_SERVICE_LONGEST = 24 * 60 }; /* minutes of one service at most */

struct mu_service {
    int64_t id;       /* 0: not recorded yet */
    int64_t entry_id; /* 0: the person has not gone yet */
    int64_t resident_id;
    char duty[MU_RULE_ID_SIZE];
    char team[MU_RULE_NAME_SIZE];
    struct mu_date date; /* on which it began */
    int starts_at;       /* minutes since midnight, -1: not told */
    int ends_at;         /* likewise; behind 1439: on the day after */
    int minutes;         /* worked */
    int times;
    struct mu_points points; /* that it earned */
    char place[MU_SERVICE_TEXT_SIZE];
    char recipient[MU_SERVICE_TEXT_SIZE];    /* for whom, in words */
    int64_t recipient_id;                    /* or whose file it is; 0: nobody's */
    char confirmed_by[MU_SERVICE_TEXT_SIZE]; /* "": nobody */
    int64_t confirmed_id;                    /* whose file it is; 0: nobody's */
    bool forgotten;                          /* to check out: closed by rule */
    int64_t attendance_id;                   /* 0: of no list */
    char note[MU_SERVICE_TEXT_SIZE];
    int64_t operator_id;
    struct mu_moment begun_at; /* of the first record */
    int64_t reversed_by;       /* 0: it stands */
};

/* BLAKE2b-256 over a recorded service, the document of its ledger entry. Fields as in
 * mu_entry_hash: "mulin-service-1", the entry's idempotency key, then the members in their order
 * from id to begun_at, without entry_id; minutes and flags in decimal. */
void mu_service_hash(const struct mu_service *service, const char *idempotency_key,
                     unsigned char hash[MU_HASH_SIZE]);

/* True when the two overlap in time; those whose times were not told do not. */
bool mu_services_overlap(const struct mu_service *a, const struct mu_service *b);

#endif
