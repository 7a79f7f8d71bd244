#include <mulin/domain/snapshot.h>

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

/* Bytes that a line of any value takes at most. */
static size_t line_most(const struct mu_field *field)
{
    enum { WORD_MOST = 256 }; /* a date, the word of a code */
    size_t value = field->size > WORD_MOST ? field->size : WORD_MOST;

    return strlen(field->key) + sizeof "=\n" + 2 * value;
}

static char *append_line(char *end, const struct mu_field *field, const char *value)
{
    size_t length = strlen(field->key);

    memcpy(end, field->key, length);
    end += length;
    *end++ = '=';
    for (; *value; value++) {
        if (*value == '\n' || *value == '\\')
            *end++ = '\\';
        *end++ = (char)(*value == '\n' ? 'n' : *value);
    }
    *end++ = '\n';
    *end = '\0';
    return end;
}

static void value_of(const struct mu_field *field, const void *record, char *out)
{
    mu_field_write(field, record, MU_CHINESE, out, MU_FIELD_LONGEST);
}

enum mu_status mu_snapshot_diff(const struct mu_field *fields, size_t count, const void *before,
                                const void *after, char **old_text, char **new_text,
                                struct mu_error *error)
{
    char was[MU_FIELD_LONGEST] = "", is[MU_FIELD_LONGEST];
    char *old = NULL, *new, *old_end, *new_end;
    size_t most = 1;

    for (size_t i = 0; i < count; i++)
        most += line_most(&fields[i]);
    new = malloc(most);
    if (before)
        old = malloc(most);
    if (!new || (before && !old)) {
        free(new);
        free(old);
        return mu_fail_memory(error);
    }
    new_end = new;
    old_end = old;
    *new = '\0';
    if (old)
        *old = '\0';
    for (size_t i = 0; i < count; i++) {
        if (before)
            value_of(&fields[i], before, was);
        value_of(&fields[i], after, is);
        if (strcmp(was, is) == 0)
            continue;
        if (old)
            old_end = append_line(old_end, &fields[i], was);
        new_end = append_line(new_end, &fields[i], is);
    }
    *old_text = old;
    *new_text = new;
    return MU_OK;
}

/* The value up to the end of its line. False when it does not fit. */
static bool read_value(const char *text, size_t length, char *out)
{
    size_t used = 0;

    for (size_t i = 0; i < length; i++) {
        char sign = text[i];

        if (sign == '\\' && i + 1 < length) {
            sign = text[++i];
            if (sign == 'n')
                sign = '\n';
        }
        if (used + 1 == MU_FIELD_LONGEST)
            return false;
        out[used++] = sign;
    }
    out[used] = '\0';
    return true;
}

bool mu_snapshot_next(const char **text, const struct mu_field *fields, size_t count,
                      struct mu_snapshot_line *line)
{
    size_t length = strcspn(*text, "\n"), key = strcspn(*text, "=\n");

    if ((*text)[key] != '=' || key >= sizeof line->key || (*text)[length] != '\n')
        return false;
    memcpy(line->key, *text, key);
    line->key[key] = '\0';
    line->field = mu_field_by_key(fields, count, line->key);
    if (!read_value(*text + key + 1, length - key - 1, line->value))
        return false;
    *text += length + 1;
    return true;
}

bool mu_snapshot_value(const char *text, const char *key, char *out)
{
    struct mu_snapshot_line line;

    *out = '\0';
    while (text && mu_snapshot_next(&text, NULL, 0, &line)) {
        if (strcmp(line.key, key) != 0)
            continue;
        memcpy(out, line.value, sizeof line.value);
        return true;
    }
    return false;
}

static enum mu_status apply(const struct mu_field *fields, size_t count, const char *text,
                            struct mu_date today, void *record, struct mu_error *error)
{
    struct mu_snapshot_line line;
    enum mu_status status = MU_OK;

    while (status == MU_OK && mu_snapshot_next(&text, fields, count, &line))
        status = line.field ? mu_field_read(line.field, line.value, today, record, error)
                            : mu_fail(error, MU_INPUT, MU_SAY_error_snapshot, line.key, NULL);
    if (status == MU_OK && *text)
        status = mu_fail(error, MU_INPUT, MU_SAY_error_snapshot, "", NULL);
    return status;
}

enum mu_status mu_snapshot_apply(const struct mu_field *fields, size_t count, const char *text,
                                 struct mu_date today, void *record, size_t size,
                                 struct mu_error *error)
{
    void *copy = malloc(size);
    enum mu_status status;

    if (!copy)
        return mu_fail_memory(error);
    memcpy(copy, record, size);
    status = apply(fields, count, text, today, copy, error);
    if (status == MU_OK)
        memcpy(record, copy, size);
    free(copy);
    return status;
}

const struct mu_field *mu_snapshot_differs(const struct mu_field *fields, size_t count,
                                           const char *text, const void *record)
{
    struct mu_snapshot_line line;
    char value[MU_FIELD_LONGEST];

    while (mu_snapshot_next(&text, fields, count, &line)) {
        if (!line.field)
            continue;
        value_of(line.field, record, value);
        if (strcmp(value, line.value) != 0)
            return line.field;
    }
    return NULL;
}
