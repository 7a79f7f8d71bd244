/* Mediators: the neighbours whom the parties may choose. */
#ifndef MULIN_DOMAIN_MEDIATOR_H
#define MULIN_DOMAIN_MEDIATOR_H

#include <mulin/base/field.h>
#include <mulin/domain/case.h>

struct mu_mediator {
    int64_t id;          /* 0: not kept yet */
    int version;         /* counts the changes */
    int64_t operator_id; /* as who they sign in, or 0: what operator_name says */
    int64_t resident_id; /* their own file, or 0 */
    char name[MU_PERSON_NAME_SIZE];
    char operator_name[MU_OPERATOR_NAME_SIZE]; /* "": they do not sign in */
    char team[MU_RULE_NAME_SIZE];              /* 红烛格老 */
    char skills[MU_TAGS_SIZE];                 /* words separated by blanks */
    struct mu_date from, until;                /* the last day; unknown: still there */
    char file[24];   /* the digits of resident_id, or "": as it is kept for taking back */
    int withdrawn;   /* data/codes/answer.def: entered by mistake */
    bool incomplete; /* the record file holds more than this program shows */
};

/* In form order; behind mu_mediator_field_count come those that no form shows. */
extern const struct mu_field mu_mediator_fields[];
extern const size_t mu_mediator_field_count, mu_mediator_stored_field_count;

/* How close a mediator is to a party: the reasons to step aside. */
enum mu_closeness {
    MU_CLOSE_NOT,
    MU_CLOSE_SELF,      /* is the party */
    MU_CLOSE_KIN,       /* of the same household, or kin (domain/kinship.h) */
    MU_CLOSE_NEIGHBOUR, /* lives in the same unit of the building */
};

#endif
