/* Who works here, and signing in. Every change is in the audit trail, passwords never are. */
#ifndef MULIN_DESK_OPERATORS_H
#define MULIN_DESK_OPERATORS_H

#include <mulin/base/error.h>
#include <mulin/desk/desk.h>
#include <mulin/desk/rights.h>
#include <mulin/domain/operator.h>

/* The operator `name` works at this desk from now on, with the rights of his role. Each try is
 * counted in the record file before it is looked at, so that several programs guessing at once have
 * MU_TRIES in all; then the operator is locked for a minute, and for twice as long (up to
 * MU_LONGEST_LOCK minutes) after each further wrong try. The right password clears the count. Who
 * worked at the desk before goes on working there unless MU_OK.
 *   password  borrowed; wiping it is the caller's
 * MU_REFUSED (wrong name or password, locked, no password set), MU_STORE, MU_MEMORY. */
enum mu_status mu_desk_sign_in(struct mu_desk *desk, const char *name, const char *password,
                               struct mu_error *error) MU_CHECKED;

/* Who works at this desk, as the record file has it now; borrowed until the next call. */
const struct mu_operator *mu_desk_self(struct mu_desk *desk);
/* What a use case would answer to the operator at this desk before it begins: MU_OK or MU_REFUSED.
 */
enum mu_status mu_desk_ask(struct mu_desk *desk, enum mu_operation operation,
                           struct mu_error *error) MU_CHECKED;
/* While it is on, mu_desk_ask answers from what the record file said of the operator when it was
 * turned on: a drawing asks for each place and each key. Use cases read it themselves as ever. */
void mu_desk_glance(struct mu_desk *desk, bool on);

/* Those who work here, for the choice at sign-in: anybody who can open the file may read it.
 * MU_STORE. */
enum mu_status mu_list_colleagues(struct mu_desk *desk, mu_operator_row *row, void *context,
                                  struct mu_error *error) MU_CHECKED;
/* Everybody, those who have left too. MU_REFUSED (right), MU_STORE. */
enum mu_status mu_list_operators(struct mu_desk *desk, mu_operator_row *row, void *context,
                                 struct mu_error *error) MU_CHECKED;

/* Adds an operator without a password.
 *   system_user  the account that acts as this operator without signing in, or NULL
 * MU_INPUT (name empty, too long or taken; system user bound to somebody else), MU_REFUSED (right),
 * MU_STORE. */
enum mu_status mu_add_operator(struct mu_desk *desk, const char *name, enum mu_role role,
                               const char *system_user, struct mu_error *error) MU_CHECKED;
/* MU_INPUT (nobody of this name works here), MU_REFUSED (right; the last keeper who can get in, by
 * a password or an account), MU_STORE. */
enum mu_status mu_change_role(struct mu_desk *desk, const char *name, enum mu_role role,
                              struct mu_error *error) MU_CHECKED;
/* `system_user` acts as this operator without signing in; NULL: nobody does any longer. MU_INPUT
 * (no such operator, bound to somebody else), MU_REFUSED (right; releasing the last keeper who can
 * get in), MU_STORE. */
enum mu_status mu_bind_operator(struct mu_desk *desk, const char *name, const char *system_user,
                                struct mu_error *error) MU_CHECKED;
/* The operator works here no longer; what he did stays under his name. MU_INPUT (no such operator),
 * MU_REFUSED (right; the last keeper), MU_STORE. */
enum mu_status mu_end_operator(struct mu_desk *desk, const char *name,
                               struct mu_error *error) MU_CHECKED;
/* Sets a password or PIN of 4 to 64 characters and clears the count of wrong tries.
 *   name  NULL or one's own: granted to everybody
 * MU_INPUT (no such operator, a password that breaks the rule), MU_REFUSED (right), MU_STORE,
 * MU_MEMORY. */
enum mu_status mu_set_password(struct mu_desk *desk, const char *name, const char *password,
                               struct mu_error *error) MU_CHECKED;

#endif
