#include "store/case_rows.h"

#include "store/chain.h"
#include "store/vault.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum { SLICE = 50, NOTES = 2000 }; /* between two pauses, in which other desks may save */

static void blame(const struct mu_case *mediated, char *number)
{
    mu_text_copy(number, MU_CASE_NUMBER_SIZE, mediated->number);
}

/* The first case of a year before which a number is missing, or a case before which one is. */
static enum mu_status find_gap(struct mu_db *db, char *number, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT c.number FROM mediation_case c WHERE (c.serial <> 1 AND NOT EXISTS"
                     " (SELECT 1 FROM mediation_case p WHERE p.year = c.year"
                     " AND p.serial = c.serial - 1)) OR (c.case_id <> 1 AND NOT EXISTS"
                     " (SELECT 1 FROM mediation_case p WHERE p.case_id = c.case_id - 1))"
                     " ORDER BY c.case_id LIMIT 1");

    if (mu_query_row(&query))
        mu_column_text(&query, 0, number, MU_CASE_NUMBER_SIZE);
    return mu_query_end(&query, error);
}

static enum mu_status number_of(struct mu_db *db, int64_t case_id, bool *found, char *number,
                                struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT number FROM mediation_case WHERE case_id = ?1");

    mu_bind_integer(&query, 1, case_id);
    *found = mu_query_row(&query);
    if (*found)
        mu_column_text(&query, 0, number, MU_CASE_NUMBER_SIZE);
    return mu_query_end(&query, error);
}

static enum mu_status check_case(struct mu_db *db, int64_t case_id, bool *found, char *number,
                                 struct mu_error *error)
{
    struct mu_error why;
    struct mu_case mediated = {.id = 0};
    bool same = true;
    enum mu_status status = mu_case_load(db, case_id, found, &mediated, &why);

    if (status == MU_STORE && why.message == MU_SAY_error_case_altered)
        return number_of(db, case_id, found, number, error);
    if (status != MU_OK || !*found) {
        if (status != MU_OK && error)
            *error = why;
        return status;
    }
    status = mu_case_rows_compare(db, &mediated, &same, error);
    if (status == MU_OK && same)
        status = mu_case_marks_compare(db, &mediated, &same, error);
    if (status == MU_OK && !same)
        blame(&mediated, number);
    mu_case_clear(&mediated);
    return status;
}

enum mu_status mu_case_check_steps(struct mu_db *db, char *number, struct mu_error *error)
{
    int64_t case_id = 0;
    bool found = mu_db_vault(db) != NULL;
    enum mu_status status;

    *number = '\0';
    status = find_gap(db, number, error);
    while (status == MU_OK && found && !*number) {
        status = mu_db_begin_read(db, error);
        if (status != MU_OK)
            return status;
        for (int i = 0; i < SLICE && status == MU_OK && found && !*number; i++)
            status = check_case(db, ++case_id, &found, number, error);
        mu_db_end_read(db);
    }
    return status;
}

/* ---- the audit trail ---- */

/* Steps and notes are written together: read side by side, the next of each is of the same step. */
struct notes {
    int64_t step_id, entry_id; /* the last that were read */
    bool more;
};

static bool note_fits(const struct mu_query *steps, const struct mu_query *notes)
{
    struct mu_case_step step = {.number = 0};
    char text[MU_CASE_NOTE_SIZE];

    mu_column_int(steps, 1, &step.number);
    if (!mu_case_step_from_word(mu_column_borrow(steps, 2), &step.kind))
        return false;
    mu_column_hash(steps, 3, step.hash);
    mu_case_note_text(&step, text);
    return strcmp(mu_column_borrow(notes, 1), mu_column_borrow(steps, 6)) == 0 &&
           strcmp(mu_column_borrow(notes, 2), text) == 0 &&
           strcmp(mu_column_borrow(notes, 3), mu_column_borrow(steps, 4)) == 0 &&
           mu_column_integer(notes, 4) == mu_column_integer(steps, 5);
}

static void compare_side_by_side(struct mu_query *steps, struct mu_query *notes,
                                 struct notes *state, char *number)
{
    int read = 0;

    for (state->more = true; state->more && !*number && read < NOTES; read++) {
        bool step = mu_query_row(steps), note = mu_query_row(notes);

        state->more = step && note;
        if (step && (!note || mu_column_integer(steps, 0) != state->step_id + 1 ||
                     !note_fits(steps, notes)))
            mu_column_text(steps, 6, number, MU_CASE_NUMBER_SIZE);
        else if (note && !step)
            mu_column_text(notes, 1, number, MU_CASE_NUMBER_SIZE);
        if (state->more) {
            state->step_id = mu_column_integer(steps, 0);
            state->entry_id = mu_column_integer(notes, 0);
        }
    }
}

static enum mu_status check_slice(struct mu_db *db, struct notes *state, char *number,
                                  struct mu_error *error)
{
    struct mu_query steps =
        mu_query(db, "SELECT s.step_id, s.number, s.kind, s.hash, s.recorded_at, s.operator_id,"
                     " c.number FROM case_step s JOIN mediation_case c ON c.case_id = s.case_id"
                     " WHERE s.step_id > ?1 ORDER BY s.step_id");
    struct mu_query notes =
        mu_query(db, "SELECT entry_id, subject, after, recorded_at, operator_id FROM audit_entry"
                     " WHERE entry_id > ?1 AND action IN ('open_case', 'handle_case')"
                     " ORDER BY entry_id");
    enum mu_status status, other;

    mu_bind_integer(&steps, 1, state->step_id);
    mu_bind_integer(&notes, 1, state->entry_id);
    compare_side_by_side(&steps, &notes, state, number);
    status = mu_query_end(&steps, error);
    other = mu_query_end(&notes, status == MU_OK ? error : NULL);
    return status == MU_OK ? other : status;
}

enum mu_status mu_case_check_notes(struct mu_db *db, char *number, struct mu_error *error)
{
    struct notes state = {.more = true};
    enum mu_status status = MU_OK;

    *number = '\0';
    while (status == MU_OK && state.more && !*number) {
        status = mu_db_begin_read(db, error);
        if (status != MU_OK)
            return status;
        status = check_slice(db, &state, number, error);
        mu_db_end_read(db);
    }
    return status;
}
