/* Teams of volunteers and who belongs to them. */
#ifndef MULIN_DOMAIN_TEAM_H
#define MULIN_DOMAIN_TEAM_H

#include <mulin/base/field.h>
#include <mulin/domain/resident.h>
#include <mulin/rules.h>

struct mu_team {
    int64_t id;                   /* 0: only the rule book names it so far */
    int version;                  /* counts the changes */
    bool incomplete;              /* not the whole record, and not to be written back */
    char name[MU_RULE_NAME_SIZE]; /* as the rule book's duties call it */
    struct mu_date founded_on, ended_on;
    char note[MU_NOTE_SIZE];
    int withdrawn; /* data/codes/answer.def; founded by mistake, on no list */
};

/* In form order; behind mu_team_field_count come those that no form shows. */
extern const struct mu_field mu_team_fields[];
extern const size_t mu_team_field_count, mu_team_stored_field_count;

/* What somebody is in a team: data/codes/team_role.def. */
enum mu_team_role { MU_TEAM_MEMBER = 1, MU_TEAM_LEADER, MU_TEAM_DEPUTY };

struct mu_membership {
    int64_t team_id;
    char team[MU_RULE_NAME_SIZE];
    int64_t resident_id;
    char name[MU_PERSON_NAME_SIZE]; /* of the person */
    struct mu_date from, until;     /* the last day; not known: still there */
    int role;                       /* enum mu_team_role */
};

/* Somebody's memberships as one text, the first one first, which history and undo keep:
 * "2025-03-01～2026-01-31 队员 小巷骑兵；2026-02-01～ 队长 小巷骑兵". */
struct mu_team_book {
    char times[MU_FIELD_LONGEST];
};
extern const struct mu_field mu_team_book_fields[];
extern const size_t mu_team_book_field_count;

/* Adds a membership at the end; false when it does not fit. */
bool mu_team_book_add(struct mu_team_book *book, const struct mu_membership *membership);
/* Takes the next membership (days, role, name of the team; all else 0 or "") and moves *times
 * behind it. False at the end and at what is none (then *times is not at its end). */
bool mu_team_book_next(const char **times, struct mu_membership *out);

#endif
