#include "desk/import_columns.h"

#include <mulin/base/name_key.h>
#include <mulin/base/text.h>
#include <mulin/domain/resident.h>

#include <stdio.h>
#include <string.h>

enum { HEADER_SIZE = 128, LIST_SIZE = MU_ERROR_ARGUMENT_SIZE };

const char import_reason_header[] = "拒收原因";

static const struct {
    const char *key, *names;
} headers[] = {
#define HEADER(key, names) {#key, names},
#include "import_headers.def"
#undef HEADER
};

/* Cuts out what stands between `open` and `close`, both included. */
static void cut_notes(char *text, const char *open, const char *close)
{
    char *from;
    while ((from = strstr(text, open))) {
        char *to = strstr(from, close);
        if (!to)
            break;
        to += strlen(close);
        memmove(from, to, strlen(to) + 1);
    }
}

/* The form in which headers are compared. */
static void fold_header(char *out, const char *header)
{
    mu_name_fold(header, out, HEADER_SIZE);
    cut_notes(out, "(", ")");
    cut_notes(out, "【", "】");
    cut_notes(out, "[", "]");
    char *to = out;
    for (const char *from = out; *from; from++)
        if ((unsigned char)*from > ' ' && !strchr("*:_-.#", *from))
            *to++ = *from;
    *to = '\0';
}

static bool same_header(const char *folded, const char *other)
{
    char other_folded[HEADER_SIZE];
    fold_header(other_folded, other);
    return strcmp(folded, other_folded) == 0;
}

/* True when one of the names separated by blanks is the header. */
static bool among(const char *folded, const char *names)
{
    char name[HEADER_SIZE];
    while (*names) {
        size_t length = strcspn(names, " ");
        snprintf(name, sizeof name, "%.*s", (int)length, names);
        if (same_header(folded, name))
            return true;
        names += length + strspn(names + length, " ");
    }
    return false;
}

static bool is_header_of(const struct mu_field *field, const char *folded)
{
    if (same_header(folded, mu_message_text(field->label, MU_CHINESE)) ||
        same_header(folded, mu_message_text(field->label, MU_ENGLISH)))
        return true;
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        if (strcmp(headers[i].key, field->key) == 0)
            return among(folded, headers[i].names);
    return false;
}

static struct import_column read_header(const char *header)
{
    char folded[HEADER_SIZE];
    fold_header(folded, header);
    if (!*folded)
        return (struct import_column){IMPORT_BLANK, NULL};
    if (same_header(folded, import_reason_header))
        return (struct import_column){IMPORT_REASON, NULL};
    for (size_t i = 0; i < mu_resident_field_count; i++)
        if (is_header_of(&mu_resident_fields[i], folded))
            return (struct import_column){IMPORT_FIELD, &mu_resident_fields[i]};
    return (struct import_column){IMPORT_UNKNOWN, NULL};
}

/* Appends to a list of words as far as there is room. */
static void list(char *out, const char *word)
{
    size_t used = strlen(out);
    if (!*word || used + strlen(word) + sizeof "、" > LIST_SIZE)
        return;
    snprintf(out + used, LIST_SIZE - used, "%s%s", used ? "、" : "", word);
}

static enum mu_status fail_no_name(const struct mu_table_row *header, const char *path,
                                   struct mu_error *error)
{
    char found[LIST_SIZE] = "", known[LIST_SIZE] = "";
    for (size_t i = 0; i < header->count; i++)
        list(found, header->cell[i]);
    for (size_t i = 0; i < mu_resident_field_count; i++)
        list(known, mu_message_text(mu_resident_fields[i].label, MU_CHINESE));
    return mu_fail(error, MU_INPUT, MU_SAY_import_no_name_column, path, found, known, NULL);
}

static enum mu_status fail_twice(const struct import_columns *columns, size_t first, size_t second,
                                 const char *path, struct mu_error *error)
{
    char numbers[2][24];
    snprintf(numbers[0], sizeof numbers[0], "%zu", first + 1);
    snprintf(numbers[1], sizeof numbers[1], "%zu", second + 1);
    const struct mu_field *field = columns->column[first].field;
    return mu_fail(error, MU_INPUT, MU_SAY_import_header_twice, path, numbers[0], numbers[1],
                   field ? mu_message_text(field->label, MU_CHINESE) : import_reason_header, NULL);
}

enum mu_status import_columns_map(struct import_columns *columns, const struct mu_table_row *header,
                                  const char *path, struct mu_error *error)
{
    columns->count = header->count;
    for (size_t i = 0; i < header->count; i++) {
        columns->column[i] = read_header(header->cell[i]);
        for (size_t before = 0; before < i; before++) {
            const struct import_column *one = &columns->column[before];
            if (one->role <= IMPORT_REASON && one->role == columns->column[i].role &&
                one->field == columns->column[i].field)
                return fail_twice(columns, before, i, path, error);
        }
    }
    if (import_column_of_field(columns, "name") == columns->count)
        return fail_no_name(header, path, error);
    return MU_OK;
}

size_t import_column_of_field(const struct import_columns *columns, const char *key)
{
    size_t i = 0;
    while (i < columns->count &&
           (!columns->column[i].field || strcmp(columns->column[i].field->key, key) != 0))
        i++;
    return i;
}

size_t import_column_of_role(const struct import_columns *columns, enum import_role role)
{
    size_t i = 0;
    while (i < columns->count && columns->column[i].role != role)
        i++;
    return i;
}
