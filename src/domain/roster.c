#include <mulin/domain/roster.h>

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/domain/tag.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct mu_roster_column_row mu_roster_columns[MU_ROSTER_COLUMN_COUNT] = {
    [MU_ROSTER_NUMBER] = {"number", MU_SAY_list_number, NULL, true},
    [MU_ROSTER_NAME] = {"name", MU_SAY_field_name, "name", true},
    [MU_ROSTER_SEX] = {"sex", MU_SAY_field_sex, "sex", true},
    [MU_ROSTER_AGE] = {"age", MU_SAY_person_age_column, NULL, true},
    [MU_ROSTER_BIRTH_DATE] = {"birth_date", MU_SAY_field_birth_date, "birth_date", true},
    [MU_ROSTER_ID_NUMBER] = {"id_number", MU_SAY_field_id_number, "id_number", false},
    [MU_ROSTER_PHONE] = {"phone", MU_SAY_field_phone, "phone", false},
    [MU_ROSTER_ADDRESS] = {"address", MU_SAY_person_address, NULL, true},
    [MU_ROSTER_HOUSEHOLD] = {"household_number", MU_SAY_field_household_number, "household_number",
                             true},
    [MU_ROSTER_RELATION] = {"relation", MU_SAY_field_relation, "relation", true},
    [MU_ROSTER_OCCUPANCY] = {"occupancy", MU_SAY_field_occupancy, "occupancy", true},
    [MU_ROSTER_RESIDENCE] = {"residence", MU_SAY_field_residence, "residence", true},
    [MU_ROSTER_OCCUPATION] = {"occupation", MU_SAY_field_occupation, "occupation", true},
    [MU_ROSTER_TAGS] = {"tags", MU_SAY_field_tags, "tags", true},
    [MU_ROSTER_CARD] = {"card", MU_SAY_field_card, "card", true},
    [MU_ROSTER_GRID] = {"grid", MU_SAY_field_grid, "grid", true},
    [MU_ROSTER_STATUS] = {"status", MU_SAY_field_status, "status", true},
    [MU_ROSTER_ENDED_ON] = {"ended_on", MU_SAY_field_ended_on, "ended_on", true},
};

#define MEMBER(name)                                                                               \
    offsetof(struct mu_roster_request, name), sizeof(((struct mu_roster_request *)0)->name)

const struct mu_field mu_roster_fields[] = {
    {"text", MU_SAY_list_text, MU_SAY_list_text_hint, MU_FIELD_TEXT, false, false, MEMBER(text),
     NULL},
    {"tags", MU_SAY_field_tags, MU_SAY_list_tags_hint, MU_FIELD_TAGS, false, false, MEMBER(tags),
     NULL},
    {"age", MU_SAY_person_age_column, MU_SAY_list_age_hint, MU_FIELD_TEXT, false, false,
     MEMBER(age), NULL},
    {"grid", MU_SAY_field_grid, MU_SAY_list_grid_hint, MU_FIELD_TEXT, false, false, MEMBER(grid),
     NULL},
    {"estate", MU_SAY_field_estate, MU_SAY_list_estate_hint, MU_FIELD_TEXT, false, false,
     MEMBER(estate), NULL},
    {"building", MU_SAY_field_building, MU_SAY_hint_building, MU_FIELD_TEXT, false, false,
     MEMBER(building), NULL},
    {"unit", MU_SAY_field_unit, MU_SAY_hint_unit, MU_FIELD_TEXT, false, false, MEMBER(unit), NULL},
    {"room", MU_SAY_field_room, MU_SAY_hint_room, MU_FIELD_TEXT, false, false, MEMBER(room), NULL},
    {"occupancy", MU_SAY_field_occupancy, MU_SAY_hint_occupancy, MU_FIELD_CHOICE, false, false,
     MEMBER(occupancy), &mu_occupancies},
    {"residence", MU_SAY_field_residence, MU_SAY_hint_residence, MU_FIELD_CHOICE, false, false,
     MEMBER(residence), &mu_residences},
    {"status", MU_SAY_field_status, MU_SAY_list_status_hint, MU_FIELD_CHOICE, false, false,
     MEMBER(status), &mu_statuses},
};

const size_t mu_roster_field_count = sizeof mu_roster_fields / sizeof *mu_roster_fields;

enum mu_roster_column mu_roster_column_by_word(const char *word)
{
    for (int i = 0; i < MU_ROSTER_COLUMN_COUNT; i++)
        if (strcmp(word, mu_roster_columns[i].key) == 0 ||
            strcmp(word, mu_message_text(mu_roster_columns[i].label, MU_CHINESE)) == 0 ||
            strcasecmp(word, mu_message_text(mu_roster_columns[i].label, MU_ENGLISH)) == 0)
            return (enum mu_roster_column)i;
    return MU_ROSTER_COLUMN_COUNT;
}

void mu_roster_request_init(struct mu_roster_request *request)
{
    static const enum mu_roster_column usual[] = {
        MU_ROSTER_NAME,    MU_ROSTER_SEX,  MU_ROSTER_AGE,   MU_ROSTER_PHONE,
        MU_ROSTER_ADDRESS, MU_ROSTER_TAGS, MU_ROSTER_STATUS};

    memset(request, 0, sizeof *request);
    request->sort = MU_ROSTER_COLUMN_COUNT;
    request->column_count = sizeof usual / sizeof *usual;
    memcpy(request->column, usual, sizeof usual);
}

/* Up to three digits; -1 for none. Moves *text behind them. */
static int read_age(const char **text)
{
    int age = 0, digits = 0;

    for (; **text >= '0' && **text <= '9' && digits < 4; digits++)
        age = age * 10 + (*(*text)++ - '0');
    return digits == 0 ? -1 : age;
}

bool mu_roster_ages(const char *text, int *from, int *to)
{
    static const char *const marks[] = {"-", "~", "～", "—", "–", "至", "到"};
    char word[2 * MU_ROSTER_AGE_SIZE];
    const char *rest = word;
    size_t mark = 0;

    if (!mu_text_fold_word(word, sizeof word, text))
        return false;
    *from = read_age(&rest);
    for (size_t i = 0; i < sizeof marks / sizeof *marks && !mark; i++)
        if (strncmp(rest, marks[i], strlen(marks[i])) == 0)
            mark = strlen(marks[i]);
    if (*rest == '+' && *from >= 0) {
        *to = -1;
        return rest[1] == '\0';
    }
    rest += mark;
    *to = mark ? read_age(&rest) : *from;
    return *rest == '\0' && (*from >= 0 || *to >= 0) && *from <= 999 && *to <= 999 &&
           (*from < 0 || *to < 0 || *from <= *to);
}

enum mu_status mu_roster_check(const struct mu_roster_request *request, const char **field,
                               struct mu_error *error)
{
    int from, to;

    if (*request->age && !mu_roster_ages(request->age, &from, &to)) {
        if (field)
            *field = "age";
        return mu_fail(error, MU_INPUT, MU_SAY_error_list_age, request->age, NULL);
    }
    if (request->status == MU_ENTERED_IN_ERROR) {
        if (field)
            *field = "status";
        return mu_fail(error, MU_INPUT, MU_SAY_error_list_status, NULL);
    }
    return MU_OK;
}

static bool is_empty(const struct mu_field *field, const struct mu_roster_request *request)
{
    char text[MU_FIELD_LONGEST];

    mu_field_write(field, request, MU_CHINESE, text, sizeof text);
    return *text == '\0';
}

bool mu_roster_unfiltered(const struct mu_roster_request *request)
{
    for (size_t i = 1; i < mu_roster_field_count; i++)
        if (!is_empty(&mu_roster_fields[i], request))
            return false;
    return true;
}

void mu_roster_words(const struct mu_roster_request *request, enum mu_language language, char *out,
                     size_t size)
{
    char text[MU_TAGS_SIZE];
    size_t used = 0;

    *out = '\0';
    for (size_t i = 0; i < mu_roster_field_count && used < size; i++) {
        mu_field_write(&mu_roster_fields[i], request, language, text, sizeof text);
        if (*text)
            used += (size_t)snprintf(out + used, size - used, "%s%s %s", used ? " · " : "",
                                     mu_message_text(mu_roster_fields[i].label, language), text);
    }
}

enum mu_status mu_roster_read_columns(struct mu_roster_request *request, const char *words,
                                      struct mu_error *error)
{
    struct mu_roster_request read = *request;
    char text[MU_ROSTER_BODY_SIZE], *rest = text, *word;

    read.column_count = 0;
    if (!mu_text_copy(text, sizeof text, words))
        return mu_fail(error, MU_INPUT, MU_SAY_error_list_columns, NULL);
    while ((word = strsep(&rest, " ,")) != NULL) {
        enum mu_roster_column column = mu_roster_column_by_word(word);
        size_t i = 0;

        if (!*word)
            continue;
        if (column == MU_ROSTER_COLUMN_COUNT)
            return mu_fail(error, MU_INPUT, MU_SAY_error_list_column, word, NULL);
        while (i < read.column_count && read.column[i] != column)
            i++;
        read.column[i] = column;
        read.column_count += i == read.column_count;
    }
    if (read.column_count == 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_list_columns, NULL);
    *request = read;
    return MU_OK;
}

enum mu_status mu_roster_read_sort(struct mu_roster_request *request, const char *word,
                                   struct mu_error *error)
{
    bool descending = *word == '-';
    enum mu_roster_column column = mu_roster_column_by_word(word + descending);

    if (column == MU_ROSTER_COLUMN_COUNT)
        return mu_fail(error, MU_INPUT, MU_SAY_error_list_column, word + descending, NULL);
    if (!mu_roster_columns[column].sortable)
        return mu_fail(error, MU_INPUT, MU_SAY_error_list_sort, word + descending, NULL);
    request->sort = column;
    request->descending = descending;
    return MU_OK;
}

void mu_roster_body_write(const struct mu_roster_request *request, char *out)
{
    char text[MU_TAGS_SIZE];
    size_t used = 0;

    for (size_t i = 0; i < mu_roster_field_count; i++) {
        mu_field_write(&mu_roster_fields[i], request, MU_CHINESE, text, sizeof text);
        if (*text)
            used += (size_t)snprintf(out + used, MU_ROSTER_BODY_SIZE - used, "%s=%s\n",
                                     mu_roster_fields[i].key, text);
    }
    if (request->sort != MU_ROSTER_COLUMN_COUNT)
        used +=
            (size_t)snprintf(out + used, MU_ROSTER_BODY_SIZE - used, "sort=%s%s\n",
                             request->descending ? "-" : "", mu_roster_columns[request->sort].key);
    used += (size_t)snprintf(out + used, MU_ROSTER_BODY_SIZE - used, "columns=");
    for (size_t i = 0; i < request->column_count; i++)
        used += (size_t)snprintf(out + used, MU_ROSTER_BODY_SIZE - used, "%s%s", i ? " " : "",
                                 mu_roster_columns[request->column[i]].key);
    snprintf(out + used, MU_ROSTER_BODY_SIZE - used, "\n");
}

static bool read_line(struct mu_roster_request *request, char *line, struct mu_date today)
{
    char *value = strchr(line, '=');
    const struct mu_field *field;

    if (!value)
        return *line == '\0';
    *value++ = '\0';
    if (strcmp(line, "sort") == 0)
        return mu_roster_read_sort(request, value, NULL) == MU_OK;
    if (strcmp(line, "columns") == 0)
        return mu_roster_read_columns(request, value, NULL) == MU_OK;
    field = mu_field_by_key(mu_roster_fields, mu_roster_field_count, line);
    return field && mu_field_read(field, value, today, request, NULL) == MU_OK;
}

void mu_roster_body_read(const char *body, struct mu_date today, struct mu_roster_request *out,
                         bool *whole)
{
    char text[MU_ROSTER_BODY_SIZE], *rest = text, *line;
    const char *field;

    mu_roster_request_init(out);
    *whole = mu_text_copy(text, sizeof text, body);
    while ((line = strsep(&rest, "\n")) != NULL)
        *whole &= read_line(out, line, today);
    while (mu_roster_check(out, &field, NULL) != MU_OK) {
        *whole = false;
        if (strcmp(field, "age") == 0)
            memset(out->age, 0, sizeof out->age);
        else
            out->status = 0;
    }
}

bool mu_roster_grid_meant(const char *wanted, const char *grid)
{
    size_t length = strlen(wanted), before = strcspn(grid, "0123456789");

    if (strncmp(grid, wanted, length) == 0)
        return grid[length] < '0' || grid[length] > '9';
    /* 3 means 第3网格. */
    return strspn(wanted, "0123456789") == length && strncmp(grid + before, wanted, length) == 0 &&
           strspn(grid + before, "0123456789") == length;
}

bool mu_roster_estate_meant(const char *wanted, const char *estate)
{
    return strncmp(estate, wanted, strlen(wanted)) == 0;
}

bool mu_roster_place_meant(const char *wanted, const char *place)
{
    char first[MU_PLACE_SIZE], second[MU_PLACE_SIZE];

    if (strcmp(wanted, place) == 0)
        return true;
    mu_place_number(wanted, first);
    mu_place_number(place, second);
    return strcmp(first, second) == 0;
}

void mu_roster_cell(const struct mu_resident *resident, enum mu_roster_column column,
                    struct mu_date today, enum mu_language language, char *out, size_t size)
{
    char text[MU_ADDRESS_SIZE + MU_TOLD_SIZE];
    int age;

    *out = '\0';
    if (column == MU_ROSTER_NUMBER) {
        snprintf(out, size, "%lld", (long long)resident->id);
    } else if (column == MU_ROSTER_AGE) {
        age = mu_resident_age(resident, today);
        if (age >= 0)
            snprintf(out, size, "%d", age);
    } else if (column == MU_ROSTER_ADDRESS) {
        mu_resident_address(resident, text);
        mu_text_copy(out, size, text);
    } else if (column == MU_ROSTER_TAGS) {
        mu_tags_told(resident, false, text);
        mu_text_copy(out, size, text);
    } else {
        mu_field_write(mu_field_by_key(mu_resident_fields, mu_resident_stored_field_count,
                                       mu_roster_columns[column].field),
                       resident, language, out, size);
    }
}
