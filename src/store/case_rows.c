#include "store/case_rows.h"

#include "store/chain.h"
#include "store/vault.h"

#include <mulin/base/text.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum {
    DISPUTE,
    SOURCE,
    LEVEL,
    WEIGHT,
    DANGER,
    STATION,
    PARTIES,
    FORM,
    KEPT,
    PROMISED,
    PAID,
    STEPS,
    NUMBERS
};
enum { STATE, OUTCOME, ACCEPTED, AGREED, ENDED, CLOSED, WORDS, WORD_SIZE = 32 };

/* Everything of the row that stands in the clear and is worked out, in the order of COLUMNS. */
struct row {
    int64_t number[NUMBERS];
    char word[WORDS][WORD_SIZE];
};

static void row_of(const struct mu_case *mediated, struct row *out)
{
    const struct mu_case_intake *intake = mediated->intake;

    *out = (struct row){.number = {
                            [DISPUTE] = intake->dispute,
                            [SOURCE] = intake->source,
                            [LEVEL] = intake->level,
                            [WEIGHT] = intake->weight,
                            [DANGER] = intake->danger,
                            [STATION] = mediated->station,
                            [PARTIES] = (int64_t)mediated->persons,
                            [FORM] = mediated->form,
                            [KEPT] = mediated->kept,
                            [PROMISED] = mediated->promised.fen,
                            [PAID] = mediated->paid.fen,
                            [STEPS] = (int64_t)mediated->steps,
                        }};
    mu_text_copy(out->word[STATE], WORD_SIZE, mu_case_state_word(mediated->state));
    mu_text_copy(out->word[OUTCOME], WORD_SIZE, mu_case_outcome_word(mediated->outcome));
    mu_date_format(mediated->accepted_on, out->word[ACCEPTED]);
    mu_date_format(mediated->agreed_on, out->word[AGREED]);
    mu_date_format(mediated->ended_on, out->word[ENDED]);
    mu_date_format(mediated->closed_on, out->word[CLOSED]);
}

static const unsigned char *head_of(const struct mu_case *mediated)
{
    return mediated->step[mediated->steps - 1].hash;
}

/* ---- the row ---- */

struct sealed_label {
    unsigned char bytes[MU_CASE_LABEL_SIZE + MU_SEAL_MORE];
    size_t length;
};

static enum mu_status seal_label(struct mu_db *db, const struct mu_case *mediated,
                                 struct sealed_label *out, struct mu_error *error)
{
    const struct mu_seal_place place = {"mediation_case", "label", mediated->id};
    const struct mu_seal_keys *keys;
    char label[MU_CASE_LABEL_SIZE];
    enum mu_status status = mu_vault_keys(db, &keys, error);

    if (status != MU_OK)
        return status;
    mu_case_label(mediated, label);
    mu_seal(keys, &place, label, strlen(label), out->bytes);
    out->length = strlen(label) + MU_SEAL_MORE;
    sodium_memzero(label, sizeof label);
    return MU_OK;
}

static enum mu_status keep_row(struct mu_db *db, const struct mu_case *mediated, const char *grade,
                               int64_t operator_id, struct mu_error *error)
{
    struct sealed_label label;
    struct mu_query query;
    struct row row;
    enum mu_status status = seal_label(db, mediated, &label, error);

    if (status != MU_OK)
        return status;
    query =
        operator_id
            ? mu_query(db, "INSERT INTO mediation_case (state, outcome, accepted_on, agreed_on,"
                           " ended_on, closed_on, dispute, source, level, weight, danger, station,"
                           " parties, form, kept, promised, paid, steps, grade, label, head,"
                           " case_id, year, serial, number, operator_id) VALUES (?1, ?2, ?3, ?4,"
                           " ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,"
                           " ?20, ?21, ?22, ?23, ?24, ?25, ?26)")
            : mu_query(db, "UPDATE mediation_case SET state = ?1, outcome = ?2, accepted_on = ?3,"
                           " agreed_on = ?4, ended_on = ?5, closed_on = ?6, dispute = ?7,"
                           " source = ?8, level = ?9, weight = ?10, danger = ?11, station = ?12,"
                           " parties = ?13, form = ?14, kept = ?15, promised = ?16, paid = ?17,"
                           " steps = ?18, grade = ?19, label = ?20, head = ?21"
                           " WHERE case_id = ?22");
    row_of(mediated, &row);
    for (int i = 0; i < WORDS; i++)
        mu_bind_text(&query, 1 + i, row.word[i]);
    for (int i = 0; i < NUMBERS; i++)
        mu_bind_integer(&query, 1 + WORDS + i, row.number[i]);
    mu_bind_text(&query, 19, grade);
    mu_bind_blob(&query, 20, label.bytes, label.length);
    mu_bind_blob(&query, 21, head_of(mediated), MU_HASH_SIZE);
    mu_bind_integer(&query, 22, mediated->id);
    if (operator_id) {
        mu_bind_integer(&query, 23, mediated->year);
        mu_bind_integer(&query, 24, mediated->serial);
        mu_bind_text(&query, 25, mediated->number);
        mu_bind_integer(&query, 26, operator_id);
    }
    return mu_query_run(&query, error);
}

/* The current row against the case. */
static bool row_fits(const struct mu_query *query, const struct mu_case *mediated)
{
    const struct mu_seal_place place = {"mediation_case", "label", mediated->id};
    char label[MU_CASE_LABEL_SIZE], stored[MU_CASE_LABEL_SIZE];
    unsigned char head[MU_HASH_SIZE];
    struct row row;
    bool same = true;

    row_of(mediated, &row);
    for (int i = 0; i < WORDS; i++)
        same &= strcmp(mu_column_borrow(query, i), row.word[i]) == 0;
    for (int i = 0; i < NUMBERS; i++)
        same &= mu_column_integer(query, WORDS + i) == row.number[i];
    mu_case_label(mediated, label);
    same &= mu_column_sealed(query, WORDS + NUMBERS, &place, stored, sizeof stored) &&
            strcmp(label, stored) == 0;
    mu_column_hash(query, WORDS + NUMBERS + 1, head);
    return same && memcmp(head, head_of(mediated), sizeof head) == 0;
}

static enum mu_status compare_row(struct mu_db *db, const struct mu_case *mediated, bool *same,
                                  struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT state, outcome, accepted_on, agreed_on, ended_on, closed_on, dispute,"
                     " source, level, weight, danger, station, parties, form, kept, promised, paid,"
                     " steps, label, head FROM mediation_case WHERE case_id = ?1");

    mu_bind_integer(&query, 1, mediated->id);
    *same = mu_query_row(&query) && row_fits(&query, mediated);
    return mu_query_end(&query, error);
}

/* ---- mediators ---- */

static enum mu_status keep_mediators(struct mu_db *db, const struct mu_case *mediated,
                                     struct mu_error *error)
{
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < mediated->mediators && status == MU_OK; i++) {
        struct mu_query query =
            mu_query(db, "INSERT INTO case_mediator (case_id, mediator_id, at_work)"
                         " VALUES (?1, ?2, ?3) ON CONFLICT (case_id, mediator_id)"
                         " DO UPDATE SET at_work = excluded.at_work");

        mu_bind_integer(&query, 1, mediated->id);
        mu_bind_integer(&query, 2, mediated->mediator[i].mediator_id);
        mu_bind_integer(&query, 3, mediated->mediator[i].at_work);
        status = mu_query_run(&query, error);
    }
    return status;
}

static bool mediates(const struct mu_case *mediated, int64_t mediator_id, bool at_work)
{
    for (size_t i = 0; i < mediated->mediators; i++)
        if (mediated->mediator[i].mediator_id == mediator_id)
            return mediated->mediator[i].at_work == at_work;
    return false;
}

static enum mu_status compare_mediators(struct mu_db *db, const struct mu_case *mediated,
                                        bool *same, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT mediator_id, at_work FROM case_mediator WHERE case_id = ?1");
    size_t count = 0;

    mu_bind_integer(&query, 1, mediated->id);
    *same = true;
    for (; mu_query_row(&query); count++)
        *same &= mediates(mediated, mu_column_integer(&query, 0), mu_column_integer(&query, 1));
    *same &= count == mediated->mediators;
    return mu_query_end(&query, error);
}

/* ---- dues ---- */

static enum mu_status insert_due(struct mu_db *db, int64_t case_id, const struct mu_case_due *due,
                                 struct mu_error *error)
{
    struct mu_query query = mu_query(db, "INSERT INTO case_due (case_id, kind, number, due_on)"
                                         " VALUES (?1, ?2, ?3, ?4)");

    mu_bind_integer(&query, 1, case_id);
    mu_bind_text(&query, 2, mu_case_due_word(due->kind));
    mu_bind_integer(&query, 3, due->number);
    mu_bind_date(&query, 4, due->due_on);
    return mu_query_run(&query, error);
}

static enum mu_status keep_dues(struct mu_db *db, const struct mu_case *mediated,
                                struct mu_date care_by, struct mu_error *error)
{
    const struct mu_case_due care = {MU_CASE_DUE_CARE, 0, care_by};
    struct mu_case_due due[MU_CASE_DUES];
    size_t count = mu_case_dues(mediated, due);
    struct mu_query query = mu_query(db, "DELETE FROM case_due WHERE case_id = ?1");
    enum mu_status status;

    mu_bind_integer(&query, 1, mediated->id);
    status = mu_query_run(&query, error);
    for (size_t i = 0; i < count && status == MU_OK; i++)
        status = insert_due(db, mediated->id, &due[i], error);
    if (status == MU_OK && mu_date_known(care_by))
        status = insert_due(db, mediated->id, &care, error);
    return status;
}

static bool is_due(const struct mu_query *query, const struct mu_case_due *due, size_t count)
{
    struct mu_date due_on;

    mu_column_date(query, 2, &due_on);
    for (size_t i = 0; i < count; i++)
        if (strcmp(mu_column_borrow(query, 0), mu_case_due_word(due[i].kind)) == 0 &&
            mu_column_integer(query, 1) == due[i].number)
            return mu_date_compare(due_on, due[i].due_on) == 0;
    return false;
}

static enum mu_status compare_dues(struct mu_db *db, const struct mu_case *mediated, bool *same,
                                   struct mu_error *error)
{
    struct mu_case_due due[MU_CASE_DUES];
    size_t count = mu_case_dues(mediated, due), stored = 0;
    struct mu_query query = mu_query(db, "SELECT kind, number, due_on FROM case_due"
                                         " WHERE case_id = ?1 AND kind <> ?2");

    mu_bind_integer(&query, 1, mediated->id);
    mu_bind_text(&query, 2, mu_case_due_word(MU_CASE_DUE_CARE));
    *same = true;
    for (; mu_query_row(&query); stored++)
        *same &= is_due(&query, due, count);
    *same &= stored == count;
    return mu_query_end(&query, error);
}

/* ---- all of it ---- */

enum mu_status mu_case_keep(struct mu_db *db, const struct mu_case *mediated,
                            const struct mu_case_risk *risk, int64_t operator_id,
                            struct mu_error *error)
{
    enum mu_status status = keep_row(db, mediated, risk->grade, operator_id, error);

    if (status == MU_OK)
        status = keep_mediators(db, mediated, error);
    if (status == MU_OK)
        status = keep_dues(db, mediated, risk->care_by, error);
    return status == MU_OK ? mu_case_marks_keep(db, mediated, error) : status;
}

enum mu_status mu_case_rows_compare(struct mu_db *db, const struct mu_case *mediated, bool *same,
                                    struct mu_error *error)
{
    enum mu_status status = compare_row(db, mediated, same, error);

    if (status == MU_OK && *same)
        status = compare_mediators(db, mediated, same, error);
    if (status == MU_OK && *same)
        status = compare_dues(db, mediated, same, error);
    return status;
}
