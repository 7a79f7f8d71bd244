#include "store/case_store.h"

#include "store/chain.h"
#include "store/vault.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum mu_status mu_case_next_number(struct mu_db *db, int year, int64_t *case_id, int *serial,
                                   struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT coalesce(max(case_id), 0) + 1,"
                     " (SELECT coalesce(max(serial), 0) + 1 FROM mediation_case WHERE year = ?1)"
                     " FROM mediation_case");

    mu_bind_integer(&query, 1, year);
    *case_id = 0;
    if (mu_query_row(&query)) {
        *case_id = mu_column_integer(&query, 0);
        mu_column_int(&query, 1, serial);
    }
    return mu_query_end(&query, error);
}

static enum mu_status one_id(struct mu_query *query, int64_t *id, struct mu_error *error)
{
    *id = mu_query_row(query) ? mu_column_integer(query, 0) : 0;
    return mu_query_end(query, error);
}

enum mu_status mu_case_by_serial(struct mu_db *db, int year, int serial, int64_t *case_id,
                                 struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT case_id FROM mediation_case WHERE year = ?1 AND serial = ?2");

    mu_bind_integer(&query, 1, year);
    mu_bind_integer(&query, 2, serial);
    return one_id(&query, case_id, error);
}

enum mu_status mu_case_by_number(struct mu_db *db, const char *number, int64_t *case_id,
                                 struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT case_id FROM mediation_case WHERE number = ?1");

    mu_bind_text(&query, 1, number);
    return one_id(&query, case_id, error);
}

/* ---- reading ---- */

static enum mu_status read_head(struct mu_db *db, int64_t case_id, bool *found, struct mu_case *out,
                                struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT year, serial, number FROM mediation_case WHERE case_id = ?1");

    mu_bind_integer(&query, 1, case_id);
    *found = mu_query_row(&query);
    if (*found) {
        out->id = case_id;
        mu_column_int(&query, 0, &out->year);
        mu_column_int(&query, 1, &out->serial);
        mu_column_text(&query, 2, out->number, sizeof out->number);
    }
    return mu_query_end(&query, error);
}

static enum mu_status refuse_altered(const struct mu_case *mediated, struct mu_error *error)
{
    return mu_fail(error, MU_STORE, MU_SAY_error_case_altered, mediated->number, NULL);
}

/* Opens the body of the current row; *body is owned, NULL when it does not open. */
static enum mu_status open_body(const struct mu_query *query, int column, int64_t step_id,
                                char **body, struct mu_error *error)
{
    const struct mu_seal_place place = {"case_step", "body", step_id};
    size_t size;

    mu_column_blob(query, column, &size);
    *body = malloc(++size);
    if (!*body)
        return mu_fail_memory(error);
    if (!mu_column_sealed(query, column, &place, *body, size) || !**body) {
        free(*body);
        *body = NULL;
    }
    return MU_OK;
}

static bool step_from_row(const struct mu_query *query, struct mu_case_step *step)
{
    char word[32];
    bool good = mu_column_int(query, 1, &step->number);

    step->id = mu_column_integer(query, 0);
    good &=
        mu_column_text(query, 2, word, sizeof word) && mu_case_step_from_word(word, &step->kind);
    good &= mu_column_date(query, 3, &step->date);
    good &= mu_column_moment(query, 4, &step->recorded_at);
    step->operator_id = mu_column_integer(query, 5);
    mu_column_text(query, 6, step->operator_name, sizeof step->operator_name);
    mu_column_hash(query, 8, step->hash);
    return good;
}

/* Folds the current row into the case. */
static enum mu_status take_row(const struct mu_query *query, struct mu_case *out,
                               struct mu_error *error)
{
    static const unsigned char first[MU_HASH_SIZE];
    const unsigned char *previous = out->steps ? out->step[out->steps - 1].hash : first;
    unsigned char hash[MU_HASH_SIZE];
    struct mu_case_step step = {.id = 0};
    char *body;
    bool good = step_from_row(query, &step);
    enum mu_status status = open_body(query, 7, step.id, &body, error);

    if (status != MU_OK)
        return status;
    if (good && body) {
        mu_case_step_hash(out->id, &step, body, previous, hash);
        good = memcmp(hash, step.hash, sizeof hash) == 0;
    }
    status = good && body ? mu_case_body_read(body, &step, error) : MU_STORE;
    if (status == MU_OK)
        status = mu_case_take(out, &step, error);
    if (status != MU_OK && status != MU_MEMORY)
        status = refuse_altered(out, error);
    mu_case_step_clear(&step);
    if (body)
        sodium_memzero(body, strlen(body));
    free(body);
    return status;
}

static enum mu_status read_steps(struct mu_db *db, struct mu_case *out, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT s.step_id, s.number, s.kind, s.date, s.recorded_at, s.operator_id,"
                     " o.name, s.body, s.hash FROM case_step s"
                     " JOIN operator o ON o.operator_id = s.operator_id"
                     " WHERE s.case_id = ?1 ORDER BY s.number");
    enum mu_status status = MU_OK, ended;

    mu_bind_integer(&query, 1, out->id);
    while (status == MU_OK && mu_query_row(&query))
        status = take_row(&query, out, error);
    ended = mu_query_end(&query, status == MU_OK ? error : NULL);
    if (status == MU_OK)
        status = ended;
    return status == MU_OK && !out->intake ? refuse_altered(out, error) : status;
}

enum mu_status mu_case_load(struct mu_db *db, int64_t case_id, bool *found, struct mu_case *out,
                            struct mu_error *error)
{
    struct mu_case mediated = {.id = 0};
    enum mu_status status = read_head(db, case_id, found, &mediated, error);

    if (status == MU_OK && *found)
        status = read_steps(db, &mediated, error);
    if (status == MU_OK && *found)
        *out = mediated;
    else
        mu_case_clear(&mediated);
    return status;
}

/* ---- writing ---- */

static enum mu_status next_step(struct mu_db *db, int64_t *step_id, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT coalesce(max(step_id), 0) + 1 FROM case_step");

    return one_id(&query, step_id, error);
}

static enum mu_status insert_step(struct mu_db *db, int64_t case_id,
                                  const struct mu_case_step *step, const char *body,
                                  struct mu_error *error)
{
    const struct mu_seal_place place = {"case_step", "body", step->id};
    size_t length = strlen(body);
    const struct mu_seal_keys *keys;
    char moment[MU_MOMENT_SIZE];
    unsigned char *sealed;
    struct mu_query query;
    enum mu_status status = mu_vault_keys(db, &keys, error);

    if (status != MU_OK)
        return status;
    sealed = malloc(length + MU_SEAL_MORE);
    if (!sealed)
        return mu_fail_memory(error);
    mu_seal(keys, &place, body, length, sealed);
    mu_moment_format(step->recorded_at, moment);
    query = mu_query(db, "INSERT INTO case_step (step_id, case_id, number, kind, date, recorded_at,"
                         " operator_id, body, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    mu_bind_integer(&query, 1, step->id);
    mu_bind_integer(&query, 2, case_id);
    mu_bind_integer(&query, 3, step->number);
    mu_bind_text(&query, 4, mu_case_step_type(step->kind)->word);
    mu_bind_date(&query, 5, step->date);
    mu_bind_text(&query, 6, moment);
    mu_bind_integer(&query, 7, step->operator_id);
    mu_bind_blob(&query, 8, sealed, length + MU_SEAL_MORE);
    mu_bind_blob(&query, 9, step->hash, sizeof step->hash);
    status = mu_query_run(&query, error);
    free(sealed);
    return status;
}

enum mu_status mu_case_append(struct mu_db *db, struct mu_case *mediated, struct mu_case_step *step,
                              struct mu_error *error)
{
    static const unsigned char first[MU_HASH_SIZE];
    char *body = NULL;
    enum mu_status status = next_step(db, &step->id, error);

    if (status != MU_OK)
        return status;
    step->number = (int)mediated->steps + 1;
    randombytes_buf(step->salt, sizeof step->salt);
    status = mu_case_body_write(step, &body, error);
    if (status != MU_OK)
        return status;
    mu_case_step_hash(mediated->id, step, body,
                      mediated->steps ? mediated->step[mediated->steps - 1].hash : first,
                      step->hash);
    status = insert_step(db, mediated->id, step, body, error);
    sodium_memzero(body, strlen(body));
    free(body);
    return status == MU_OK ? mu_case_take(mediated, step, error) : status;
}

void mu_case_note_text(const struct mu_case_step *step, char *out)
{
    enum { TOLD = 8 };
    char hash[2 * TOLD + 1];

    mu_hash_text(step->hash, TOLD, hash);
    snprintf(out, MU_CASE_NOTE_SIZE, "%d %s %s", step->number, mu_case_step_type(step->kind)->word,
             hash);
}
