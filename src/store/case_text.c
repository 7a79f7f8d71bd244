#include "store/case_text.h"

#include "store/vault.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* Words, and no codes, days, amounts, hashes. */
static bool is_searched(const struct mu_field *field)
{
    return field->kind == MU_FIELD_NAME || field->kind == MU_FIELD_NOTE ||
           field->kind == MU_FIELD_PHONE ||
           (field->kind == MU_FIELD_TEXT && field->size == MU_CASE_LINE_SIZE);
}

enum mu_status mu_case_step_texts(const struct mu_case_step *step, char **out,
                                  struct mu_error *error)
{
    const struct mu_case_step_type *type = mu_case_step_type(step->kind);
    size_t size = step->text ? strlen(step->text) + 1 : 1, used = 0;
    char *texts;

    for (size_t i = 0; i < type->field_count; i++)
        if (is_searched(&type->fields[i]))
            size += type->fields[i].size;
    texts = malloc(size);
    if (!texts)
        return mu_fail_memory(error);
    for (size_t i = 0; i < type->field_count; i++) {
        const char *value = (const char *)&step->record + type->fields[i].offset;
        size_t length = is_searched(&type->fields[i]) ? strlen(value) : 0;

        if (!length)
            continue;
        memcpy(texts + used, value, length);
        used += length;
        texts[used++] = '\n';
    }
    texts[used] = '\0';
    if (step->text)
        memcpy(texts + used, step->text, strlen(step->text) + 1);
    *out = texts;
    return MU_OK;
}

/* *more: the taker has not got enough. */
static enum mu_status take_texts(const char *body, struct mu_case_step *step,
                                 mu_case_text_take *take, void *taker, bool *more,
                                 struct mu_error *error)
{
    char *texts = NULL;
    enum mu_status status = mu_case_body_read(body, step, error);

    if (status == MU_OK)
        status = mu_case_step_texts(step, &texts, error);
    if (status == MU_OK && *texts)
        *more = take(taker, texts);
    if (texts)
        sodium_memzero(texts, strlen(texts));
    free(texts);
    mu_case_step_clear(step);
    return status;
}

static enum mu_status take_row(const struct mu_query *query, mu_case_text_take *take, void *taker,
                               bool *more, struct mu_error *error)
{
    const struct mu_seal_place place = {"case_step", "body", mu_column_integer(query, 0)};
    struct mu_case_step step = {.id = place.row};
    enum mu_status status;
    size_t size;
    char *body;

    mu_column_blob(query, 2, &size);
    body = malloc(++size);
    if (!body)
        return mu_fail_memory(error);
    if (mu_case_step_from_word(mu_column_borrow(query, 1), &step.kind) &&
        mu_column_sealed(query, 2, &place, body, size))
        status = take_texts(body, &step, take, taker, more, error);
    else
        status =
            mu_fail(error, MU_STORE, MU_SAY_error_case_altered, mu_column_borrow(query, 3), NULL);
    sodium_memzero(body, size);
    free(body);
    return status;
}

static enum mu_status read_texts(void *context, int64_t case_id, mu_case_text_take *take,
                                 void *taker, struct mu_error *error)
{
    struct mu_query query =
        mu_query(context, "SELECT s.step_id, s.kind, s.body, c.number FROM case_step s"
                          " JOIN mediation_case c ON c.case_id = s.case_id WHERE s.case_id = ?1"
                          " ORDER BY s.number");
    enum mu_status status = MU_OK, ended;
    bool more = true;

    mu_bind_integer(&query, 1, case_id);
    while (more && status == MU_OK && mu_query_row(&query))
        status = take_row(&query, take, taker, &more, error);
    ended = mu_query_end(&query, status == MU_OK ? error : NULL);
    return status == MU_OK ? ended : status;
}

struct mu_case_texts mu_case_texts_of(struct mu_db *db)
{
    return (struct mu_case_texts){read_texts, db};
}
