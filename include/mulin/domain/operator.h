/* Who works here. */
#ifndef MULIN_DOMAIN_OPERATOR_H
#define MULIN_DOMAIN_OPERATOR_H

#include <mulin/base/date.h>

#include <stdbool.h>
#include <stdint.h>

/* Sizes in bytes, the NUL counted. */
enum { MU_OPERATOR_NAME_SIZE = 64, MU_ROLE_WORD_SIZE = 16, MU_SYSTEM_USER_SIZE = 64 };

struct mu_operator {
    int64_t id; /* 0: none */
    char name[MU_OPERATOR_NAME_SIZE];
    char role[MU_ROLE_WORD_SIZE];          /* "keeper" */
    char system_user[MU_SYSTEM_USER_SIZE]; /* acts as this operator without signing in; "": none */
    bool has_password;
    bool ended;                        /* works here no longer */
    int wrong_tries;                   /* since the last right password */
    char locked_until[MU_MOMENT_SIZE]; /* no try before this moment; "": never locked */
};

/* Called for each operator in the order of their names; false stops. Borrowed; the desk must not be
 * called. */
typedef bool mu_operator_row(void *context, const struct mu_operator *operator);

enum { MU_TRIES = 5, MU_LONGEST_LOCK = 60 /* minutes */ };

/* Minutes that so many wrong tries lock: 0 below MU_TRIES, then 1, 2, 4 … up to MU_LONGEST_LOCK. */
int mu_lock_minutes(int wrong_tries);
/* The moment so many minutes (0..1440) later. */
struct mu_moment mu_moment_after(struct mu_moment moment, int minutes);
/* True when the operator may not try at `now`. What is locked for longer than its tries say (the
 * clock went back) is not. */
bool mu_operator_locked(const struct mu_operator *operator, struct mu_moment now);

#endif
