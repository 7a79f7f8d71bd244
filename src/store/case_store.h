/* The mediation log in the record file. A case is its steps: what else stands in tables is worked
 * out from them and written anew with each. Wants the vault. */
#ifndef MULIN_SRC_STORE_CASE_STORE_H
#define MULIN_SRC_STORE_CASE_STORE_H

#include "store/db.h"

#include <mulin/domain/case.h>

/* The number of the next case, and its number in the year. Inside the caller's write transaction.
 */
enum mu_status mu_case_next_number(struct mu_db *db, int year, int64_t *case_id, int *serial,
                                   struct mu_error *error) MU_CHECKED;

/* The case with this number of the year, or with this printed number; 0: there is none. */
enum mu_status mu_case_by_serial(struct mu_db *db, int year, int serial, int64_t *case_id,
                                 struct mu_error *error) MU_CHECKED;
enum mu_status mu_case_by_number(struct mu_db *db, const char *number, int64_t *case_id,
                                 struct mu_error *error) MU_CHECKED;

/* Opens all steps of a case and folds them. Inside the caller's transaction.
 *   out  owned (mu_case_clear); untouched when *found is false and on failure
 * MU_STORE, also when a step does not open, does not fit its hash or its place; MU_MEMORY. */
enum mu_status mu_case_load(struct mu_db *db, int64_t case_id, bool *found, struct mu_case *out,
                            struct mu_error *error) MU_CHECKED;

/* Writes the step as the next one of the case, whose id is set, and folds it in: the case takes
 * over what the step owns. Fills in id, number, salt and hash. Inside the caller's write
 * transaction, which is given up when this fails. */
enum mu_status mu_case_append(struct mu_db *db, struct mu_case *mediated, struct mu_case_step *step,
                              struct mu_error *error) MU_CHECKED;

/* What the grade of risk adds to what the steps come to. */
struct mu_case_risk {
    const char *grade;      /* id in the rule book, or "" */
    struct mu_date care_by; /* unknown: no care visit is due */
};

/* Writes what the case comes to: its row (a new one when `operator_id` is not 0: who wrote it down
 * first), who mediates it, what is due, and by what it is found again. */
enum mu_status mu_case_keep(struct mu_db *db, const struct mu_case *mediated,
                            const struct mu_case_risk *risk, int64_t operator_id,
                            struct mu_error *error) MU_CHECKED;

/* Called with the numbers of cases of the same people or at the same address, newest first; false
 * stops.
 *   from, to  accepted between them; unknown: any */
typedef bool mu_case_id_row(void *context, int64_t case_id);
enum mu_status mu_case_related(struct mu_db *db, const struct mu_case *mediated,
                               struct mu_date from, struct mu_date to, mu_case_id_row *row,
                               void *context, struct mu_error *error) MU_CHECKED;

/* Makes all marks anew, inside the transaction of a change of the key and before their sources are
 * sealed anew. */
struct mu_seal_keys;
enum mu_status mu_case_marks_renew(struct mu_db *db, const struct mu_seal_keys *keys,
                                   struct mu_error *error) MU_CHECKED;

/* What `verify` asks. `number` (MU_CASE_NUMBER_SIZE bytes) gets the number of the first case at
 * fault, "" when all are sound; MU_STORE only when the records cannot be read. Other desks may save
 * meanwhile.
 *   steps  of each case: chain, hash, and whether the tables say what they come to
 *   notes  the audit trail has each step, in their order, with the same hash, and no other */
enum mu_status mu_case_check_steps(struct mu_db *db, char *number,
                                   struct mu_error *error) MU_CHECKED;
enum mu_status mu_case_check_notes(struct mu_db *db, char *number,
                                   struct mu_error *error) MU_CHECKED;
/* What the audit trail says of a step. */
enum { MU_CASE_NOTE_SIZE = 64 };
void mu_case_note_text(const struct mu_case_step *step, char *out);

#endif
