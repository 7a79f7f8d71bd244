#include "desk/import_columns.h"

#include <mulin/base/name_key.h>
#include <mulin/base/text.h>
#include <mulin/domain/resident.h>

#include <stdio.h>
#include <string.h>

enum { HEADER_SIZE = MU_HEADER_SIZE, LIST_SIZE = MU_ERROR_ARGUMENT_SIZE };

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

bool import_header_among(const char *header, const char *names)
{
    char folded[HEADER_SIZE];

    fold_header(folded, header);
    return *folded && among(folded, names);
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

const struct mu_field *import_field_of(const char *word)
{
    char folded[HEADER_SIZE];
    const struct mu_field *field =
        mu_field_by_key(mu_resident_fields, mu_resident_field_count, word);

    if (field)
        return field;
    fold_header(folded, word);
    for (size_t i = 0; *folded && i < mu_resident_field_count; i++)
        if (is_header_of(&mu_resident_fields[i], folded))
            return &mu_resident_fields[i];
    return NULL;
}

static struct import_column read_header(const char *header)
{
    char folded[HEADER_SIZE];
    const struct mu_field *field;
    fold_header(folded, header);
    if (!*folded)
        return (struct import_column){MU_COLUMN_BLANK, NULL};
    if (same_header(folded, import_reason_header))
        return (struct import_column){MU_COLUMN_REASON, NULL};
    field = import_field_of(header);
    return (struct import_column){field ? MU_COLUMN_FIELD : MU_COLUMN_UNKNOWN, field};
}

/* Which of the columns of this header the column is; the first is 1. A column without header is
 * counted among all. */
static size_t ordinal(const struct mu_table_row *header, size_t index)
{
    char folded[HEADER_SIZE];
    size_t count = 1;
    fold_header(folded, header->cell[index]);
    if (!*folded)
        return index + 1;
    for (size_t i = 0; i < index; i++)
        count += same_header(folded, header->cell[i]);
    return count;
}

void import_column_name(const struct mu_table_row *header, size_t index, char out[MU_HEADER_SIZE])
{
    char folded[HEADER_SIZE], inert[HEADER_SIZE - 24];
    size_t number = ordinal(header, index);
    fold_header(folded, header->cell[index]);
    mu_text_inert(inert, sizeof inert, header->cell[index]);
    if (!*folded)
        snprintf(out, HEADER_SIZE, "#%zu", number);
    else if (number > 1)
        snprintf(out, HEADER_SIZE, "%s#%zu", inert, number);
    else
        mu_text_copy(out, HEADER_SIZE, inert);
}

/* What was said about the column last; NULL: nothing. */
static const struct mu_import_map *said_about(const struct mu_import_mapping *mapping,
                                              const struct mu_table_row *header, size_t index)
{
    char name[HEADER_SIZE], folded[HEADER_SIZE];
    if (!mapping || !mapping->count)
        return NULL;
    import_column_name(header, index, name);
    fold_header(folded, header->cell[index]);
    bool first = *folded && ordinal(header, index) == 1;
    for (size_t i = mapping->count; i-- > 0;) {
        const char *said = mapping->map[i].header;
        if (strcmp(said, name) == 0 || (first && !strrchr(said, '#') && same_header(folded, said)))
            return &mapping->map[i];
    }
    return NULL;
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

void import_columns_read(struct import_columns *columns, const struct mu_table_row *header,
                         const struct mu_import_mapping *mapping)
{
    columns->count = header->count;
    for (size_t i = 0; i < header->count; i++) {
        const struct mu_import_map *said = said_about(mapping, header, i);
        const struct mu_field *field = said ? import_field_of(said->field) : NULL;
        if (!said)
            columns->column[i] = read_header(header->cell[i]);
        else
            columns->column[i] =
                (struct import_column){field ? MU_COLUMN_FIELD : MU_COLUMN_PASSED, field};
    }
}

/* A list of homes may do without people. */
static bool has_homes(const struct import_columns *columns)
{
    static const char *const places[] = {"building", "room", "household_number"};
    bool place = false;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        place |= import_column_of_field(columns, places[i]) < columns->count;
    return place && import_column_of_field(columns, "occupancy") < columns->count;
}

enum mu_status import_columns_check(const struct import_columns *columns,
                                    const struct mu_table_row *header, const char *path,
                                    struct mu_error *error)
{
    for (size_t i = 0; i < header->count; i++) {
        for (size_t before = 0; before < i; before++) {
            const struct import_column *one = &columns->column[before];
            if (one->role <= MU_COLUMN_REASON && one->role == columns->column[i].role &&
                one->field == columns->column[i].field)
                return fail_twice(columns, before, i, path, error);
        }
    }
    if (import_column_of_field(columns, "name") == columns->count && !has_homes(columns))
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

size_t import_column_of_role(const struct import_columns *columns, enum mu_import_use role)
{
    size_t i = 0;
    while (i < columns->count && columns->column[i].role != role)
        i++;
    return i;
}
