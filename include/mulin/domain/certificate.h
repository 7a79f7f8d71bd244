/* Certificates of voluntary service (志愿服务证明): what stands on one. */
#ifndef MULIN_DOMAIN_CERTIFICATE_H
#define MULIN_DOMAIN_CERTIFICATE_H

#include <mulin/domain/ledger.h>
#include <mulin/domain/operator.h>
#include <mulin/domain/resident.h>
#include <mulin/rules.h>

enum { MU_CERTIFICATE_NUMBER_SIZE = 24 /* 2026-0012, the NUL counted */ };

/* One that was given out; it never changes. */
struct mu_certificate {
    int64_t id;                              /* 1, 2, 3 …; 0: not given out yet */
    char number[MU_CERTIFICATE_NUMBER_SIZE]; /* the year and which one of it; "" before */
    int64_t resident_id;                     /* of the file that spoke for the person */
    struct mu_date from, to;                 /* both included */
    int64_t services, minutes;               /* recorded in these days, and not reversed by then */
    int64_t last_entry;                      /* the last ledger entry that it knows of, */
    unsigned char head[MU_HASH_SIZE];        /* whose hash this is */
    struct mu_moment issued_at;
    int64_t operator_id;
    char operator_name[MU_OPERATOR_NAME_SIZE]; /* filled when read */
    char name[MU_PERSON_NAME_SIZE];            /* of the person, likewise */
};

/* What the person did: the services of one duty. */
struct mu_certificate_duty {
    char name[MU_RULE_NAME_SIZE]; /* of the duty by the last book that decided about one of them */
    char team[MU_RULE_NAME_SIZE];
    int64_t services, minutes;
    struct mu_date first, last;
};

#endif
