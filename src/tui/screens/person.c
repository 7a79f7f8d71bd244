#include "tui/screens/person.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/domain/tag.h>

#include <stdio.h>
#include <string.h>

const struct mu_column mu_person_columns[MU_PERSON_COLUMNS] = {
    [MU_PERSON_NAME] = {MU_SAY_field_name, 8, 12, 0, MU_MARK, true},
    [MU_PERSON_SEX] = {MU_SAY_field_sex, 4, 4, 3, MU_MARK, false},
    [MU_PERSON_AGE] = {MU_SAY_person_age_column, 4, 4, 1, MU_RIGHT, true},
    [MU_PERSON_PHONE] = {MU_SAY_field_phone, 11, 11, 2, MU_MARK, false},
    [MU_PERSON_ADDRESS] = {MU_SAY_person_address, 18, 22, 0, MU_MARK, true},
    [MU_PERSON_TAGS] = {MU_SAY_field_tags, 6, 24, 4, MU_MARK, false},
    [MU_PERSON_STATUS] = {MU_SAY_person_status_column, 4, 4, 0, MU_MARK, false},
};

void mu_person_age(const struct mu_resident *resident, struct mu_date today,
                   enum mu_language language, char *out, size_t size)
{
    int age = mu_resident_age(resident, today);
    char number[MU_COUNT_SIZE];

    *out = '\0';
    if (age < 0)
        return;
    mu_count_text(age, number);
    mu_message_format(out, size, language, MU_SAY_person_age, number, NULL);
}

static void add(char *out, size_t size, const char *part)
{
    char before[MU_NOTE_SIZE];

    if (!*part)
        return;
    mu_text_copy(before, sizeof before, out);
    snprintf(out, size, "%s%s%s", before, *before ? "  " : "", part);
}

void mu_person_line(const struct mu_resident *resident, struct mu_date today,
                    enum mu_language language, char *out, size_t size)
{
    char age[32];

    *out = '\0';
    mu_person_age(resident, today, language, age, sizeof age);
    if (resident->sex == MU_SEX_MALE || resident->sex == MU_SEX_FEMALE)
        add(out, size, mu_choice_word(&mu_sexes, resident->sex, language));
    add(out, size, age);
}

void mu_person_whole_line(const struct mu_resident *resident, struct mu_date today,
                          enum mu_language language, char *out, size_t size)
{
    char birth[MU_DATE_SIZE];

    mu_person_line(resident, today, language, out, size);
    mu_date_format(resident->birth_date, birth);
    add(out, size, birth);
}

enum mu_style mu_person_status(const struct mu_resident *resident, enum mu_language language,
                               char *out, size_t size)
{
    char day[MU_DATE_SIZE];

    *out = '\0';
    add(out, size, mu_choice_word(&mu_statuses, resident->status, language));
    if (resident->status == MU_LIVING_HERE)
        return MU_STYLE_GOOD;
    mu_date_format(resident->ended_on, day);
    add(out, size, day);
    return MU_STYLE_WARNING;
}

/* 金桂花园3-2-201, as people say it at the desk and type it to search. */
static void short_address(const struct mu_resident *resident, char *out, size_t size)
{
    const char *parts[] = {resident->building, resident->unit, resident->room};
    const char *separator = "";
    char number[MU_PLACE_SIZE], places[3 * MU_PLACE_SIZE] = "";
    size_t used = 0, i;

    for (i = 0; i < 3; i++) {
        if (!*parts[i])
            continue;
        mu_place_number(parts[i], number);
        used += (size_t)snprintf(places + used, sizeof places - used, "%s%s", separator, number);
        separator = "-";
    }
    snprintf(out, size, "%s%s", resident->estate, places);
}

/* Short enough for a column. */
static enum mu_message status_word(const struct mu_resident *resident)
{
    if (resident->status == MU_MOVED_OUT)
        return MU_SAY_person_moved;
    if (resident->status == MU_ENTERED_IN_ERROR)
        return MU_SAY_person_error;
    return resident->status == MU_DECEASED ? MU_SAY_person_died : MU_SAY_person_here;
}

void mu_person_cell(const struct mu_resident *resident, struct mu_date today,
                    enum mu_person_column column, enum mu_language language, char *out, size_t size,
                    enum mu_style *style)
{
    char tags[MU_TOLD_SIZE];
    int age;

    *out = '\0';
    if (resident->status != MU_LIVING_HERE)
        *style = MU_STYLE_DIM;
    switch (column) {
    case MU_PERSON_NAME:
        mu_text_copy(out, size, resident->name);
        break;
    case MU_PERSON_SEX:
        if (resident->sex == MU_SEX_MALE)
            mu_text_copy(out, size, mu_message_text(MU_SAY_person_male, language));
        else if (resident->sex == MU_SEX_FEMALE)
            mu_text_copy(out, size, mu_message_text(MU_SAY_person_female, language));
        break;
    case MU_PERSON_AGE:
        age = mu_resident_age(resident, today);
        if (age >= 0)
            snprintf(out, size, "%d", age);
        break;
    case MU_PERSON_PHONE:
        mu_phone_mask(resident->phone, out, size);
        break;
    case MU_PERSON_ADDRESS:
        short_address(resident, out, size);
        break;
    case MU_PERSON_TAGS:
        mu_tags_told(resident, false, tags);
        mu_text_copy(out, size, tags);
        break;
    case MU_PERSON_STATUS:
        mu_text_copy(out, size, mu_message_text(status_word(resident), language));
        break;
    case MU_PERSON_COLUMNS:
        break;
    }
}

/* The fields in the order and pairing of the page; an `address` stands for the four of a place. */
static const struct shown {
    const char *key;
    bool whole_row, second; /* of a pair */
} page[] = {
    {"id_number", false, false},    {"phone", false, true},
    {"ethnic_group", false, false}, {"marital_status", false, true},
    {"address", true, false},       {"household_number", false, false},
    {"relation", false, true},      {"occupancy", false, false},
    {"residence", false, true},     {"card", false, false},
    {"occupation", false, true},    {"tags", false, false},
    {"grid", false, true},          {"note", true, false},
};

/* With where it was given out, because nobody knows all the codes. */
static void masked_number(const char *id_number, enum mu_language language, char *out, size_t size)
{
    char mask[MU_ID_NUMBER_SIZE];

    mu_id_number_mask(id_number, mask);
    snprintf(out, size, "%s %s", mask, mu_id_number_origin(id_number, language));
}

static enum mu_message shown_text(const struct shown *shown, const struct mu_resident *resident,
                                  enum mu_language language, char *out, size_t size)
{
    const struct mu_field *field =
        mu_field_by_key(mu_resident_fields, mu_resident_field_count, shown->key);

    if (!field) {
        char address[MU_ADDRESS_SIZE];

        mu_resident_address(resident, address);
        mu_text_copy(out, size, address);
        return MU_SAY_person_address;
    }
    if (field->kind == MU_FIELD_ID_NUMBER && *resident->id_number)
        masked_number(resident->id_number, language, out, size);
    else if (field->kind == MU_FIELD_PHONE)
        mu_phone_mask(resident->phone, out, size);
    else
        mu_field_write(field, resident, language, out, size);
    return field->label;
}

enum { FIRST_VALUE = 20, PAIRED = 58 };

static int label_width(enum mu_language language)
{
    return language == MU_CHINESE ? 10 : 13;
}

void mu_person_put(struct mu_grid *grid, struct mu_area area, int row, enum mu_message label,
                   const char *text, enum mu_language language)
{
    int width = label_width(language);

    mu_grid_put(grid, area.row + row, area.column, width, mu_message_text(label, language),
                MU_RIGHT, MU_STYLE_LABEL);
    mu_grid_put(grid, area.row + row, area.column + width + 1, area.columns - width - 1, text,
                MU_MARK, MU_STYLE_VALUE);
}

int mu_person_draw(struct mu_grid *grid, struct mu_area area, const struct mu_resident *resident,
                   enum mu_language language)
{
    int label = label_width(language), row = 0;
    int half = label + 1 + FIRST_VALUE;
    bool pairs = area.columns >= PAIRED;
    size_t i;

    for (i = 0; i < sizeof page / sizeof *page && row < area.rows; i++) {
        char text[MU_NOTE_SIZE];
        enum mu_message title = shown_text(&page[i], resident, language, text, sizeof text);
        int column = pairs && page[i].second ? half : 0;
        int width = area.columns - column;

        if (pairs && !page[i].whole_row && !page[i].second)
            width = half - 1;
        if (!pairs && !*text)
            continue;
        mu_grid_put(grid, area.row + row, area.column + column, label,
                    mu_message_text(title, language), MU_RIGHT, MU_STYLE_LABEL);
        mu_grid_put(grid, area.row + row, area.column + column + label + 1, width - label - 1, text,
                    MU_MARK, MU_STYLE_VALUE);
        if (!pairs || page[i].whole_row || page[i].second)
            row++;
    }
    return row;
}

int mu_person_draw_reasons(struct mu_grid *grid, struct mu_area area, const char *reasons,
                           enum mu_language language)
{
    const char *rest = reasons + strcspn(reasons, "\n");
    int rows = 0;

    for (; *rest && rows < area.rows; rows++) {
        size_t length = strcspn(++rest, "\n");
        char line[256];

        snprintf(line, sizeof line, "%.*s", (int)length, rest);
        rest += length;
        mu_person_put(grid, area, rows, MU_SAY_tag_computed, line, language);
    }
    return rows;
}
