#include "base/growing.h"
#include "desk/import_columns.h"

#include <mulin/base/table_file.h>
#include <mulin/base/text.h>
#include <mulin/desk/attendance.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WHO_SIZE = MU_PERSON_NAME_SIZE, NUMBER_SIZE = 16, NONE = -1 };

/* What a column may hold besides people. */
enum column { MINUTES, HOURS, FROM, TO, TIMES, POINTS, WHO, COLUMNS };

static const char *const names[COLUMNS] = {
    [MINUTES] = "分钟 分钟数 服务分钟 minutes",
    [HOURS] = "小时 小时数 时长 服务时长 工时 hours",
    [FROM] = "开始 开始时间 签到 签到时间 from start",
    [TO] = "结束 结束时间 签退 签退时间 to end",
    [TIMES] = "次数 次 times",
    [POINTS] = "积分 积分余额 余额 分值 points balance",
    [WHO] = "居民 人员 志愿者 who",
};

/* 时长（分钟）: what stands in parentheses is no part of a header, but here it is the unit. */
#define UNIT "分钟"

/* In which column what stands; NONE: in none. */
struct reading {
    const char *path;
    int at[COLUMNS];
    int name, phone, card, id_number;
    struct mu_people people;
    size_t room;
};

static void find_columns(struct reading *reading, const struct mu_table_row *header)
{
    static const char *const keys[] = {"name", "phone", "card", "id_number"};
    int *const own[] = {&reading->name, &reading->phone, &reading->card, &reading->id_number};

    for (size_t i = 0; i < COLUMNS; i++)
        reading->at[i] = NONE;
    for (size_t k = 0; k < 4; k++)
        *own[k] = NONE;
    for (size_t i = header->count; i-- > 0;) {
        const struct mu_field *field = import_field_of(header->cell[i]);

        for (size_t k = 0; field && k < 4; k++)
            if (strcmp(field->key, keys[k]) == 0)
                *own[k] = (int)i;
        for (size_t k = 0; k < COLUMNS; k++)
            if (import_header_among(header->cell[i], names[k]))
                reading->at[k == HOURS && strstr(header->cell[i], UNIT) ? MINUTES : k] = (int)i;
    }
}

static const char *cell(const struct mu_table_row *row, int column)
{
    return column == NONE || (size_t)column >= row->count ? ""
                                                          : mu_table_cell_text(row->cell[column]);
}

static enum mu_status bad_cell(const struct reading *reading, const struct mu_table_row *row,
                               int column, struct mu_error *error)
{
    char line[24];

    snprintf(line, sizeof line, "%lu", row->line);
    return mu_fail(error, MU_INPUT, MU_SAY_error_people_cell, reading->path, line,
                   cell(row, column), NULL);
}

/* A whole number up to `most`; nothing for an empty cell. */
static bool whole(const char *text, int most, int *out)
{
    char folded[NUMBER_SIZE], *end;
    long number;

    if (!*text)
        return true;
    if (!mu_text_fold_word(folded, sizeof folded, text) || *folded < '0' || *folded > '9')
        return false;
    number = strtol(folded, &end, 10);
    if (*end || number > most)
        return false;
    *out = (int)number;
    return true;
}

/* Hours as 2 or 1.5, in minutes. */
static bool hours(const char *text, int *out)
{
    char folded[NUMBER_SIZE], *end;
    double number;

    if (!*text)
        return true;
    if (!mu_text_fold_word(folded, sizeof folded, text) || *folded < '0' || *folded > '9' ||
        strspn(folded, "0123456789.") != strlen(folded))
        return false;
    number = strtod(folded, &end);
    if (*end || number > 100000)
        return false;
    *out = (int)(number * 60 + 0.5);
    return true;
}

static bool clock_of(const char *text, int *out)
{
    char folded[NUMBER_SIZE];

    return !*text ||
           (mu_text_fold_word(folded, sizeof folded, text) && mu_clock_parse(folded, out));
}

static bool points_of(const char *text, struct mu_points *out)
{
    return !*text || mu_points_parse(text, out);
}

static enum mu_status read_numbers(const struct reading *reading, const struct mu_table_row *row,
                                   struct mu_people_row *out, struct mu_error *error)
{
    const int *at = reading->at;
    const bool good[COLUMNS] = {[MINUTES] = whole(cell(row, at[MINUTES]), 10000000, &out->minutes),
                                [HOURS] = *cell(row, at[MINUTES]) ||
                                          hours(cell(row, at[HOURS]), &out->minutes),
                                [FROM] = clock_of(cell(row, at[FROM]), &out->starts_at),
                                [TO] = clock_of(cell(row, at[TO]), &out->ends_at),
                                [TIMES] = whole(cell(row, at[TIMES]), 99, &out->times),
                                [POINTS] = points_of(cell(row, at[POINTS]), &out->points),
                                [WHO] = true};

    for (size_t i = 0; i < COLUMNS; i++)
        if (!good[i])
            return bad_cell(reading, row, at[i], error);
    return MU_OK;
}

/* Card or ID number say who it is; a name, with the phone when there is one. */
static void read_who(const struct reading *reading, const struct mu_table_row *row,
                     char out[2 * WHO_SIZE])
{
    const char *only[] = {cell(row, reading->at[WHO]), cell(row, reading->card),
                          cell(row, reading->id_number)};
    const char *name = cell(row, reading->name), *phone = cell(row, reading->phone);

    *out = '\0';
    for (size_t i = 0; !*out && i < 3; i++)
        mu_text_copy(out, WHO_SIZE, only[i]);
    if (!*out)
        snprintf(out, 2 * WHO_SIZE, "%.*s%s%.*s", WHO_SIZE - 1, name, *name && *phone ? " " : "",
                 WHO_SIZE - 1, phone);
}

static enum mu_status take_row(struct reading *reading, const struct mu_table_row *row,
                               struct mu_error *error)
{
    struct mu_people_row found = {.line = row->line};
    struct mu_people_row *grown;
    char who[2 * WHO_SIZE];
    enum mu_status status = read_numbers(reading, row, &found, error);

    if (status != MU_OK)
        return status;
    read_who(reading, row, who);
    grown = mu_grown(reading->people.row, reading->people.count, &reading->room,
                     sizeof *reading->people.row);
    if (!grown)
        return mu_fail_memory(error);
    reading->people.row = grown;
    found.who = strdup(who);
    if (!found.who)
        return mu_fail_memory(error);
    reading->people.row[reading->people.count++] = found;
    return MU_OK;
}

void mu_people_clear(struct mu_people *people)
{
    for (size_t i = 0; i < people->count; i++)
        free(people->row[i].who);
    free(people->row);
    *people = (struct mu_people){0};
}

enum mu_status mu_people_read(const char *path, struct mu_people *out, struct mu_error *error)
{
    struct reading reading = {.path = path};
    const struct mu_table_row *row = NULL;
    struct mu_table_file *file;
    enum mu_status status = mu_table_file_open(&file, path, error);

    if (status != MU_OK)
        return status;
    find_columns(&reading, mu_table_file_header(file));
    if (reading.name == NONE && reading.card == NONE && reading.id_number == NONE &&
        reading.phone == NONE && reading.at[WHO] == NONE)
        status = mu_fail(error, MU_INPUT, MU_SAY_error_people_columns, path, NULL);
    do {
        if (status == MU_OK)
            status = mu_table_file_next(file, &row, error);
        if (status == MU_OK && row && reading.people.count == MU_ATTENDEES)
            status = mu_fail(error, MU_INPUT, MU_SAY_error_attendance_many, NULL);
        if (status == MU_OK && row)
            status = take_row(&reading, row, error);
    } while (status == MU_OK && row);
    mu_table_file_close(&file);
    if (status == MU_OK)
        *out = reading.people;
    else
        mu_people_clear(&reading.people);
    return status;
}
