#include <mulin/domain/case_step.h>

#include "domain/chain_hash.h"

#include <mulin/base/text.h>
#include <mulin/domain/snapshot.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_SIZE = 256 };

void mu_case_step_clear(struct mu_case_step *step)
{
    if (step->text)
        sodium_memzero(step->text, strlen(step->text));
    free(step->text);
    sodium_memzero(step, sizeof *step);
}

/* ---- the body ---- */

static size_t write_number(char *out, size_t used, const char *key, int64_t number)
{
    if (!number)
        return used;
    return used +
           (size_t)snprintf(out + used, HEAD_SIZE - used, "%s=%lld\n", key, (long long)number);
}

static void write_head(const struct mu_case_step *step, char out[HEAD_SIZE])
{
    char salt[2 * MU_CASE_SALT + 1], due[MU_DATE_SIZE];
    size_t used;

    mu_hash_text(step->salt, MU_CASE_SALT, salt);
    used = (size_t)snprintf(out, HEAD_SIZE, "salt=%s\n", salt);
    used = write_number(out, used, "about", step->about);
    used = write_number(out, used, "resident", step->resident_id);
    used = write_number(out, used, "mediator", step->mediator_id);
    mu_date_format(step->due, due);
    if (*due)
        snprintf(out + used, HEAD_SIZE - used, "due=%s\n", due);
}

enum mu_status mu_case_body_write(const struct mu_case_step *step, char **out,
                                  struct mu_error *error)
{
    const struct mu_case_step_type *type = mu_case_step_type(step->kind);
    const char *text = step->text ? step->text : "";
    char head[HEAD_SIZE], *nothing = NULL, *fields = NULL, *body;
    enum mu_status status;
    size_t size;

    status = mu_snapshot_diff(type->fields, type->field_count, NULL, &step->record, &nothing,
                              &fields, error);
    if (status != MU_OK)
        return status;
    write_head(step, head);
    size = strlen(head) + strlen(fields) + sizeof "\n" + strlen(text);
    body = malloc(size);
    if (body) {
        snprintf(body, size, "%s%s\n%s", head, fields, text);
        *out = body;
    }
    sodium_memzero(fields, strlen(fields));
    free(fields);
    return body ? MU_OK : mu_fail_memory(error);
}

static bool read_number(const char *text, int64_t *out)
{
    char *end;
    long long number;

    if (*text < '1' || *text > '9')
        return false;
    errno = 0;
    number = strtoll(text, &end, 10);
    if (*end || errno)
        return false;
    *out = number;
    return true;
}

static bool read_about(const char *text, int *out)
{
    int64_t number;

    if (!read_number(text, &number) || number > MU_CASE_STEPS)
        return false;
    *out = (int)number;
    return true;
}

static bool read_salt(const char *text, unsigned char salt[MU_CASE_SALT])
{
    size_t length;

    return sodium_hex2bin(salt, MU_CASE_SALT, text, strlen(text), NULL, &length, NULL) == 0 &&
           length == MU_CASE_SALT;
}

static bool take_line(const struct mu_snapshot_line *line, struct mu_case_step *step)
{
    static const struct mu_date no_day;

    if (line->field)
        return mu_field_read(line->field, line->value, no_day, &step->record, NULL) == MU_OK;
    if (strcmp(line->key, "salt") == 0)
        return read_salt(line->value, step->salt);
    if (strcmp(line->key, "about") == 0)
        return read_about(line->value, &step->about);
    if (strcmp(line->key, "resident") == 0)
        return read_number(line->value, &step->resident_id);
    if (strcmp(line->key, "mediator") == 0)
        return read_number(line->value, &step->mediator_id);
    return strcmp(line->key, "due") == 0 && mu_date_read(line->value, &step->due);
}

/* The lines up to the empty one; *text is left at the long text. */
static bool read_lines(const char **text, struct mu_case_step *step)
{
    const struct mu_case_step_type *type = mu_case_step_type(step->kind);
    struct mu_snapshot_line line;
    bool good = true;

    while (good && mu_snapshot_next(text, type->fields, type->field_count, &line))
        good = take_line(&line, step);
    sodium_memzero(&line, sizeof line);
    if (!good || **text != '\n')
        return false;
    ++*text;
    return strlen(*text) < MU_CASE_TEXT_SIZE && (!**text || type->text_label) &&
           mu_text_check(*text, true) == MU_TEXT_GOOD;
}

static enum mu_status refuse_body(const struct mu_case_step *step, struct mu_error *error)
{
    char number[24];

    snprintf(number, sizeof number, "%lld", (long long)step->id);
    return mu_fail(error, MU_STORE, MU_SAY_error_case_body, number, NULL);
}

enum mu_status mu_case_body_read(const char *body, struct mu_case_step *step,
                                 struct mu_error *error)
{
    struct mu_case_step read = *step;
    enum mu_status status = MU_OK;
    size_t length;

    memset(&read.record, 0, sizeof read.record);
    read.about = 0;
    read.resident_id = read.mediator_id = 0;
    read.due = (struct mu_date){0};
    read.text = NULL;
    if (!read_lines(&body, &read))
        status = refuse_body(step, error);
    length = status == MU_OK ? strlen(body) : 0;
    if (length > 0) {
        read.text = malloc(length + 1);
        if (read.text)
            memcpy(read.text, body, length + 1);
        else
            status = mu_fail_memory(error);
    }
    if (status == MU_OK) {
        mu_case_step_clear(step);
        *step = read;
    }
    sodium_memzero(&read, sizeof read);
    return status;
}

void mu_case_step_hash(int64_t case_id, const struct mu_case_step *step, const char *body,
                       const unsigned char previous[MU_HASH_SIZE], unsigned char hash[MU_HASH_SIZE])
{
    struct mu_chain_hash chain;
    char date[MU_DATE_SIZE];

    mu_date_format(step->date, date);
    mu_chain_begin(&chain, "mulin-case-step-1");
    mu_chain_number(&chain, case_id);
    mu_chain_number(&chain, step->number);
    mu_chain_text(&chain, mu_case_step_type(step->kind)->word);
    mu_chain_text(&chain, date);
    mu_chain_moment(&chain, step->recorded_at);
    mu_chain_number(&chain, step->operator_id);
    mu_chain_text(&chain, body);
    mu_chain_bytes(&chain, previous, MU_HASH_SIZE);
    mu_chain_end(&chain, hash);
}
