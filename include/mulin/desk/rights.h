/* Roles, operations, and the one table that says who may do what: data/rights.def. */
#ifndef MULIN_DESK_RIGHTS_H
#define MULIN_DESK_RIGHTS_H

#include <mulin/base/message.h>

#include <stdbool.h>

enum mu_role {
    MU_ROLE_DESK,
    MU_ROLE_MEDIATOR,
    MU_ROLE_TALLY,
    MU_ROLE_KEEPER,
    MU_ROLE_AUDITOR,
    MU_ROLE_COUNT
};

enum mu_operation {
#define RIGHT(name, ...) MU_MAY_##name,
#include "rights.def"
#undef RIGHT
    MU_OPERATION_COUNT
};

/* True when the table grants it; anything else is denied, roles and operations that do not exist
 * included. */
bool mu_role_may(enum mu_role role, enum mu_operation operation);

/* "keeper"; the word in the record file and in commands. Static. */
const char *mu_role_word(enum mu_role role);
/* False, *out untouched, when the word names no role. */
bool mu_role_from_word(const char *word, enum mu_role *out);
/* 管理员. Static. */
const char *mu_role_name(enum mu_role role, enum mu_language language);

/* "save_resident"; the word in the audit trail. Static. */
const char *mu_operation_word(enum mu_operation operation);
/* False, *out untouched, when the word names no operation. */
bool mu_operation_from_word(const char *word, enum mu_operation *out);
/* 新建和修改档案. Static. */
const char *mu_operation_name(enum mu_operation operation, enum mu_language language);

#endif
