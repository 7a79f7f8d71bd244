#include "desk/import_row.h"

#include <mulin/base/text.h>
#include <mulin/domain/tag.h>

#include <stdio.h>
#include <string.h>

enum { CELL_SIZE = 4096 };

/* Blanks as spreadsheets have them: ASCII, the full-width and the no-break one. */
static bool blank(const char *text)
{
    while (*text) {
        if (strchr(" \t\r\n", *text))
            text++;
        else if (strncmp(text, "\u3000", 3) == 0)
            text += 3;
        else if (strncmp(text, "\u00A0", 2) == 0)
            text += 2;
        else
            return false;
    }
    return true;
}

bool import_row_empty(const struct mu_table_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (!blank(row->cell[i]))
            return false;
    return true;
}

static size_t field_index(const struct mu_field *field)
{
    return (size_t)(field - mu_resident_fields);
}

/* Line ends inside a cell, typed with Alt+Enter: they part tags and phones, and stay in notes.
 * False when the cell is too long to be any field. */
static bool settle_line_ends(char *out, const char *cell, enum mu_field_kind kind)
{
    if (strlen(cell) >= CELL_SIZE)
        return false;
    bool list = kind == MU_FIELD_TAGS || kind == MU_FIELD_PHONE;
    for (; *cell; cell++) {
        if (*cell == '\r' && cell[1] == '\n')
            continue;
        bool end = *cell == '\r' || *cell == '\n';
        *out++ = !end ? *cell : list ? ' ' : '\n';
    }
    *out = '\0';
    return true;
}

/* 3.30205E+17: the spreadsheet took the number for an amount, and its last digits are lost. */
static bool turned_into_amount(const char *cell)
{
    size_t digits = strspn(cell, "0123456789.");
    return digits > 1 && (cell[digits] == 'E' || cell[digits] == 'e') && cell[digits + 1] == '+';
}

/* Bytes of a day without the midnight that spreadsheets add to it: 1946/3/8 0:00. */
static size_t day_length(const char *cell)
{
    size_t length = strcspn(cell, " ");
    const char *time = cell + length + strspn(cell + length, " ");
    bool midnight = *time == '0' && strspn(time, "0:") == strlen(time);
    return midnight ? length : strlen(cell);
}

/* Dates must have their year: no day is given to complete them with, because a birthday without a
 * year would make its owner a baby. */
static enum mu_status read_cell(const struct mu_field *field, const char *cell,
                                struct mu_resident *resident, struct mu_error *error)
{
    const struct mu_date no_day = {0, 0, 0};
    cell = mu_table_cell_text(cell);
    bool number = field->kind == MU_FIELD_ID_NUMBER || field->kind == MU_FIELD_PHONE ||
                  strcmp(field->key, "card") == 0;
    if (number && turned_into_amount(cell))
        return mu_fail(error, MU_INPUT, MU_SAY_import_amount, cell, NULL);
    char settled[CELL_SIZE];
    if (field->kind == MU_FIELD_DATE && day_length(cell) < strlen(cell)) {
        snprintf(settled, sizeof settled, "%.*s", (int)day_length(cell), cell);
        return mu_field_read(field, settled, no_day, resident, error);
    }
    if (!strpbrk(cell, "\r\n"))
        return mu_field_read(field, cell, no_day, resident, error);
    if (!settle_line_ends(settled, cell, field->kind))
        return mu_fail(error, MU_INPUT, MU_SAY_import_cell_too_long, NULL);
    return mu_field_read(field, settled, no_day, resident, error);
}

/* Spreadsheets leave out empty cells at the end of a row, so fewer cells than headers are no fault,
 * unless the file ends right there: then it was torn off. */
static enum mu_status check_width(const struct mu_table_row *row,
                                  const struct import_columns *columns, struct mu_error *error)
{
    char numbers[2][24];
    snprintf(numbers[0], sizeof numbers[0], "%zu", row->count);
    snprintf(numbers[1], sizeof numbers[1], "%zu", columns->count);
    if (row->count < columns->count && row->open_end)
        return mu_fail(error, MU_INPUT, MU_SAY_import_torn_row, numbers[0], numbers[1], NULL);
    for (size_t i = columns->count; i < row->count; i++)
        if (!blank(row->cell[i]))
            return mu_fail(error, MU_INPUT, MU_SAY_import_too_many_cells, numbers[0], numbers[1],
                           NULL);
    return MU_OK;
}

/* Code 0 of a code table says "not known", which is nothing to write over what is known. */
static bool says_something(const struct mu_field *field, const struct mu_resident *resident)
{
    int code = 1;
    if (field->kind == MU_FIELD_TAGS)
        return *resident->tags != '\0';
    if (field->kind == MU_FIELD_CHOICE)
        memcpy(&code, (const char *)resident + field->offset, sizeof code);
    return code != 0;
}

/* A row without a name: a home that nobody lives in, or somebody whose name was forgotten. */
static enum mu_status read_home(struct import_row *out, const struct import_columns *columns,
                                size_t *column, struct mu_error *error)
{
    static const char *const of_home[] = {
        "estate",    "building", "unit",  "room", "household_number",
        "occupancy", "grid",     "phone", "note",
    };
    const struct mu_resident *row = &out->resident;
    uint64_t of_nobody = out->given;
    for (size_t i = 0; i < sizeof of_home / sizeof *of_home; i++)
        of_nobody &= ~(UINT64_C(1) << field_index(mu_field_by_key(
                           mu_resident_fields, mu_resident_field_count, of_home[i])));
    *column = import_column_of_field(columns, "name");
    if (of_nobody || !row->occupancy)
        return mu_fail(error, MU_INPUT, MU_SAY_import_no_name, NULL);
    if (!*row->building && !*row->room && !*row->household_number)
        return mu_fail(error, MU_INPUT, MU_SAY_import_home_nowhere, NULL);
    out->home = true;
    return MU_OK;
}

enum mu_status import_row_read(struct import_row *out, const struct mu_table_row *row,
                               const struct import_columns *columns, struct mu_date today,
                               size_t *column, struct mu_error *error)
{
    memset(out, 0, sizeof *out);
    out->line = row->line;
    out->resident.status = MU_LIVING_HERE;
    *column = columns->count;
    enum mu_status status = check_width(row, columns, error);
    for (size_t i = 0; status == MU_OK && i < row->count && i < columns->count; i++) {
        const struct mu_field *field = columns->column[i].field;
        if (!field || blank(row->cell[i]))
            continue;
        status = read_cell(field, row->cell[i], &out->resident, error);
        if (status == MU_OK && field->kind == MU_FIELD_TAGS)
            out->derived_tags = mu_tags_without_derived(out->resident.tags, out->resident.tags);
        if (status != MU_OK)
            *column = i;
        else if (says_something(field, &out->resident))
            out->given |= UINT64_C(1) << field_index(field);
    }
    if (status != MU_OK)
        return status;
    if (!*out->resident.name)
        return read_home(out, columns, column, error);
    const char *key = NULL;
    status = mu_resident_check(&out->resident, today, &key, error);
    if (status != MU_OK && key)
        *column = import_column_of_field(columns, key);
    out->old_id_number = strlen(out->resident.id_number) == 15;
    return status;
}

bool import_row_gives(const struct import_row *row, const char *key)
{
    const struct mu_field *field =
        mu_field_by_key(mu_resident_fields, mu_resident_field_count, key);
    return field && (row->given >> field_index(field) & 1);
}

static bool of_household(const struct mu_field *field)
{
    return field->offset == offsetof(struct mu_resident, occupancy) ||
           field->offset == offsetof(struct mu_resident, grid);
}

void import_row_merge(const struct import_row *row, struct mu_resident *resident)
{
    for (size_t i = 0; i < mu_resident_field_count; i++) {
        const struct mu_field *field = &mu_resident_fields[i];
        if ((row->given >> i & 1) && !of_household(field))
            memcpy((char *)resident + field->offset, (const char *)&row->resident + field->offset,
                   field->size);
    }
}

bool import_same_fields(const struct mu_resident *a, const struct mu_resident *b, bool household)
{
    for (size_t i = 0; i < mu_resident_field_count; i++) {
        const struct mu_field *field = &mu_resident_fields[i];
        const char *one = (const char *)a + field->offset, *other = (const char *)b + field->offset;
        bool text = field->kind != MU_FIELD_CHOICE && field->kind != MU_FIELD_DATE;
        if (of_household(field) && !household)
            continue;
        if (text ? strcmp(one, other) != 0 : memcmp(one, other, field->size) != 0)
            return false;
    }
    return true;
}

static bool same_place_number(const char *a, const char *b)
{
    char number[2][MU_PLACE_SIZE];
    if (strcmp(a, b) == 0)
        return true;
    mu_place_number(a, number[0]);
    mu_place_number(b, number[1]);
    return strcmp(number[0], number[1]) == 0;
}

bool import_same_home(const struct mu_resident *a, const struct mu_resident *b)
{
    return (*a->building || *a->room) && strcmp(a->estate, b->estate) == 0 &&
           same_place_number(a->building, b->building) && same_place_number(a->unit, b->unit) &&
           same_place_number(a->room, b->room);
}

bool import_share_phone(const struct mu_resident *a, const struct mu_resident *b)
{
    for (const char *phone = a->phone; *phone;) {
        size_t length = strcspn(phone, " ");
        for (const char *other = b->phone; *other;) {
            size_t other_length = strcspn(other, " ");
            if (length == other_length && strncmp(phone, other, length) == 0)
                return true;
            other += other_length + strspn(other + other_length, " ");
        }
        phone += length + strspn(phone + length, " ");
    }
    return false;
}
