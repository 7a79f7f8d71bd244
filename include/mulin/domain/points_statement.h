/* What a person reads about points: entries, lists on the wall, certificates. */
#ifndef MULIN_DOMAIN_POINTS_STATEMENT_H
#define MULIN_DOMAIN_POINTS_STATEMENT_H

#include <mulin/domain/operator.h>
#include <mulin/domain/points.h>
#include <mulin/domain/resident.h>
#include <mulin/domain/service.h>

/* An entry of the points book as far as it moved points of one file. */
struct mu_points_entry {
    int64_t entry_id;
    int64_t resident_id; /* the file on which it was booked */
    int month;           /* 202611: in which it counts */
    struct mu_date date; /* the day it counts for */
    struct mu_moment recorded_at;
    enum mu_points_kind kind; /* 0: none that this program knows */
    struct mu_points points;  /* above nothing: the person gained */
    struct mu_points balance; /* behind it, over all files of the person */
    int services, minutes;    /* of service: 1 of a service, -1 of one that is taken back */
    char rule_id[MU_RULE_SIZE];
    int rules_version;
    char about[MU_RULE_NAME_SIZE]; /* duty, rating or goods by their names in that book, the id when
                                    * it has none; of a reversal those of what is taken back */
    char team[MU_RULE_NAME_SIZE];  /* of a service */
    int number;         /* of a service how often, of a rating its score, of goods how many; or 0 */
    struct mu_date day; /* of the service or rating, when it is not the one it counts for */
    int starts_at, ends_at; /* of a service: minutes since midnight, -1: not told */
    char place[MU_SERVICE_TEXT_SIZE];
    bool forgotten;      /* to check out: the service was closed by rule */
    int64_t reverses;    /* the entry that is taken back, or 0 */
    int64_t reversed_by; /* the entry that took it back, or 0 */
    char reason[MU_REASON_SIZE];
    char operator_name[MU_OPERATOR_NAME_SIZE];
};

#endif
