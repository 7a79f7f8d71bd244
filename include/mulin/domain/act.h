/* What somebody did to the records of the register. */
#ifndef MULIN_DOMAIN_ACT_H
#define MULIN_DOMAIN_ACT_H

#include <mulin/domain/audit.h>
#include <mulin/domain/operator.h>

enum { MU_ACT_KIND_SIZE = 16 }; /* bytes, the NUL counted */

struct mu_act {
    int64_t id; /* 1, 2, 3 …; 0: none */
    struct mu_moment recorded_at;
    int64_t operator_id;
    char operator_name[MU_OPERATOR_NAME_SIZE]; /* filled when read */
    char operation[MU_ACTION_SIZE];            /* word of an operation: save_resident, undo */
    char subject[MU_SUBJECT_SIZE];             /* what it was about: a file's name, a building */
    int64_t first_new, last_new;               /* an import: the residents that it added; 0: none */
    int64_t changed;                           /* an import: the files and homes that it changed */
    int64_t homes;     /* an import: the homes without people that it made */
    int64_t undone_by; /* the act that took it back, or 0 */
};

#endif
