#include "desk/roster_file.h"

#include <mulin/base/name_key.h>
#include <mulin/base/text.h>
#include <mulin/domain/place.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    KEY_SIZE = 4 * MU_PLACE_SIZE + MU_TAGS_SIZE,
    LOOK = 256 /* moves between looks at a clock */
};

/* What a key is made of: a row of a walk or a whole resident. */
struct person {
    bool is_row;
    const struct mu_roster_row *row;
    const struct mu_resident *resident;
};

static int64_t id_of(const struct person *person)
{
    return person->is_row ? person->row->id : person->resident->id;
}

static int code_of(const struct person *person, enum mu_roster_text column)
{
    const struct mu_resident *resident = person->resident;

    if (person->is_row)
        return mu_roster_row_code(person->row, column);
    switch (column) {
    case MU_ROSTER_TEXT_SEX:
        return resident->sex;
    case MU_ROSTER_TEXT_RELATION:
        return resident->relation;
    case MU_ROSTER_TEXT_OCCUPANCY:
        return resident->occupancy;
    case MU_ROSTER_TEXT_RESIDENCE:
        return resident->residence;
    default:
        return resident->status;
    }
}

/* `buffer` has MU_DATE_SIZE bytes. */
static const char *text_of(const struct person *person, enum mu_roster_text column, char *buffer)
{
    const struct mu_resident *resident = person->resident;

    if (person->is_row)
        return mu_roster_row_text(person->row, column);
    switch (column) {
    case MU_ROSTER_TEXT_NAME:
        return resident->name;
    case MU_ROSTER_TEXT_BIRTH_DATE:
        mu_date_format(resident->birth_date, buffer);
        return buffer;
    case MU_ROSTER_TEXT_ENDED_ON:
        mu_date_format(resident->ended_on, buffer);
        return buffer;
    case MU_ROSTER_TEXT_ESTATE:
        return resident->estate;
    case MU_ROSTER_TEXT_BUILDING:
        return resident->building;
    case MU_ROSTER_TEXT_UNIT:
        return resident->unit;
    case MU_ROSTER_TEXT_ROOM:
        return resident->room;
    case MU_ROSTER_TEXT_HOUSEHOLD:
        return resident->household_number;
    case MU_ROSTER_TEXT_OCCUPATION:
        return resident->occupation;
    case MU_ROSTER_TEXT_TAGS:
        return resident->tags;
    case MU_ROSTER_TEXT_CARD:
        return resident->card;
    case MU_ROSTER_TEXT_GRID:
        return resident->grid;
    default:
        return "";
    }
}

/* Where the key of a column comes from. */
static const struct {
    enum mu_roster_text text;
    bool code;    /* 0 is not known */
    bool natural; /* as people count: H9 before H10 */
} sources[MU_ROSTER_COLUMN_COUNT] = {
    [MU_ROSTER_NAME] = {MU_ROSTER_TEXT_NAME, false, false},
    [MU_ROSTER_SEX] = {MU_ROSTER_TEXT_SEX, true, false},
    [MU_ROSTER_AGE] = {MU_ROSTER_TEXT_BIRTH_DATE, false, false},
    [MU_ROSTER_BIRTH_DATE] = {MU_ROSTER_TEXT_BIRTH_DATE, false, false},
    [MU_ROSTER_ADDRESS] = {MU_ROSTER_TEXT_ESTATE, false, true},
    [MU_ROSTER_HOUSEHOLD] = {MU_ROSTER_TEXT_HOUSEHOLD, false, true},
    [MU_ROSTER_RELATION] = {MU_ROSTER_TEXT_RELATION, true, false},
    [MU_ROSTER_OCCUPANCY] = {MU_ROSTER_TEXT_OCCUPANCY, true, false},
    [MU_ROSTER_RESIDENCE] = {MU_ROSTER_TEXT_RESIDENCE, true, false},
    [MU_ROSTER_OCCUPATION] = {MU_ROSTER_TEXT_OCCUPATION, false, false},
    [MU_ROSTER_TAGS] = {MU_ROSTER_TEXT_TAGS, false, false},
    [MU_ROSTER_CARD] = {MU_ROSTER_TEXT_CARD, false, true},
    [MU_ROSTER_GRID] = {MU_ROSTER_TEXT_GRID, false, true},
    [MU_ROSTER_STATUS] = {MU_ROSTER_TEXT_STATUS, true, false},
    [MU_ROSTER_ENDED_ON] = {MU_ROSTER_TEXT_ENDED_ON, false, false},
};

/* The levels of an address, a line each; "" without any. */
static void write_address(const struct person *person, char *out)
{
    static const enum mu_roster_text parts[] = {MU_ROSTER_TEXT_ESTATE, MU_ROSTER_TEXT_BUILDING,
                                                MU_ROSTER_TEXT_UNIT, MU_ROSTER_TEXT_ROOM,
                                                MU_ROSTER_TEXT_HOUSEHOLD};
    char buffer[MU_DATE_SIZE];
    size_t used = 0;
    bool any = false;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *text = text_of(person, parts[i], buffer);

        any |= *text != '\0';
        if (used < KEY_SIZE)
            used += (size_t)snprintf(out + used, KEY_SIZE - used, "%s\n", text);
    }
    if (!any)
        *out = '\0';
}

static void write_key(enum mu_roster_column column, const struct person *person, char *out)
{
    char buffer[MU_DATE_SIZE];
    const char *text;
    size_t used;

    if (column == MU_ROSTER_NUMBER) {
        snprintf(out, KEY_SIZE, "%020lld", (long long)id_of(person));
        return;
    }
    if (column == MU_ROSTER_ADDRESS) {
        write_address(person, out);
        return;
    }
    if (sources[column].code) {
        snprintf(out, KEY_SIZE, "%04d", code_of(person, sources[column].text));
        if (strcmp(out, "0000") == 0)
            *out = '\0';
        return;
    }
    text = text_of(person, sources[column].text, buffer);
    if (column == MU_ROSTER_NAME) {
        mu_name_pinyin(text, out, KEY_SIZE / 2);
        used = strlen(out);
        snprintf(out + used, KEY_SIZE - used, "\n%s", text);
    } else {
        mu_text_copy(out, KEY_SIZE, text);
    }
}

static bool add_key(struct mu_roster *roster, const struct person *person)
{
    struct mu_roster_sorter *sorter = &roster->sorter;
    char text[KEY_SIZE];
    size_t length;

    write_key(roster->key_column, person, text);
    if (roster->key_column == MU_ROSTER_TAGS && !mu_roster_join_tags(roster, id_of(person), text))
        return false;
    length = strlen(text) + 1;
    if (sorter->count == sorter->key_room) {
        size_t room = sorter->key_room + sorter->key_room / 2 + 256;
        uint32_t *key = realloc(sorter->key, room * sizeof *key);

        if (!key)
            return false;
        sorter->key = key;
        sorter->key_room = room;
    }
    if (sorter->used + length > sorter->room) {
        size_t room = sorter->room + sorter->room / 2 + 16 * KEY_SIZE;
        char *texts = room < UINT32_MAX ? realloc(sorter->texts, room) : NULL;

        if (!texts)
            return false;
        sorter->texts = texts;
        sorter->room = room;
    }
    memcpy(sorter->texts + sorter->used, text, length);
    sorter->key[sorter->count++] = (uint32_t)sorter->used;
    sorter->used += length;
    return true;
}

bool mu_roster_key_row(struct mu_roster *roster, const struct mu_roster_row *row)
{
    return add_key(roster, &(struct person){.is_row = true, .row = row});
}

bool mu_roster_key_resident(struct mu_roster *roster, const struct mu_resident *resident)
{
    return add_key(roster, &(struct person){.resident = resident});
}

/* Line by line, as people count. */
static int compare_lines(const char *a, const char *b)
{
    char first[MU_TAGS_SIZE], second[MU_TAGS_SIZE];
    int order = 0;

    while (!order && *a && *b) {
        size_t left = strcspn(a, "\n"), right = strcspn(b, "\n");

        if (left != right || memcmp(a, b, left) != 0) {
            snprintf(first, sizeof first, "%.*s", (int)left, a);
            snprintf(second, sizeof second, "%.*s", (int)right, b);
            order = mu_place_compare(first, second);
        }
        a += left + (a[left] == '\n');
        b += right + (b[right] == '\n');
    }
    return order ? order : (*a != '\0') - (*b != '\0');
}

int mu_roster_compare(const struct mu_roster *roster, uint32_t a, uint32_t b)
{
    const char *first = roster->sorter.texts + roster->sorter.key[a];
    const char *second = roster->sorter.texts + roster->sorter.key[b];
    int order;

    /* What is not known stands at the end whichever way the others are sorted. */
    if (!*first || !*second)
        return (*first == '\0') - (*second == '\0');
    if (sources[roster->key_column].natural)
        order = compare_lines(first, second);
    else if (roster->key_column == MU_ROSTER_AGE)
        order = strcmp(second, first);
    else
        order = strcmp(first, second);
    return roster->request.descending ? -order : order;
}

static bool begin_sort(struct mu_roster_sorter *sorter)
{
    sorter->from = malloc((sorter->count + 1) * sizeof *sorter->from);
    sorter->to = malloc((sorter->count + 1) * sizeof *sorter->to);
    if (!sorter->from || !sorter->to)
        return false;
    for (size_t i = 0; i < sorter->count; i++)
        sorter->from[i] = (uint32_t)i;
    sorter->width = 1;
    sorter->left = sorter->i = sorter->k = 0;
    sorter->j = 1;
    sorter->begun = true;
    return true;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Moves the next position of a merge, or goes on to the next two runs. */
static void merge_one(const struct mu_roster *roster, struct mu_roster_sorter *sorter)
{
    size_t middle = least(sorter->left + sorter->width, sorter->count);
    size_t end = least(sorter->left + 2 * sorter->width, sorter->count);
    bool left = sorter->i < middle, right = sorter->j < end;

    if (left && (!right || mu_roster_compare(roster, sorter->from[sorter->i],
                                             sorter->from[sorter->j]) <= 0)) {
        sorter->to[sorter->k++] = sorter->from[sorter->i++];
    } else if (right) {
        sorter->to[sorter->k++] = sorter->from[sorter->j++];
    } else {
        sorter->left = sorter->i = end;
        if (end == sorter->count) {
            uint32_t *swap = sorter->from;

            sorter->from = sorter->to;
            sorter->to = swap;
            sorter->width *= 2;
            sorter->left = sorter->i = sorter->k = 0;
        }
        sorter->j = least(sorter->left + sorter->width, sorter->count);
    }
}

/* Puts the people in the order that was found. */
static bool apply(struct mu_roster *roster, const uint32_t *order, size_t first)
{
    size_t count = roster->count - first;
    int64_t *ids = malloc((count + 1) * sizeof *ids);

    if (!ids)
        return false;
    for (size_t i = 0; i < count; i++)
        ids[i] = roster->ids[first + order[i]];
    memcpy(roster->ids + first, ids, count * sizeof *ids);
    free(ids);
    return true;
}

enum mu_status mu_roster_sort_on(struct mu_roster *roster, struct mu_error *error)
{
    struct mu_roster_sorter *sorter = &roster->sorter;

    if (!sorter->begun && !begin_sort(sorter))
        return mu_fail_memory(error);
    while (sorter->width < sorter->count) {
        for (int i = 0; i < LOOK && sorter->width < sorter->count; i++)
            merge_one(roster, sorter);
        if (sorter->count >= roster->sure && mu_roster_clock() >= roster->until)
            return MU_OK;
    }
    if (!apply(roster, sorter->from, 0))
        return mu_fail_memory(error);
    mu_roster_sorter_clear(sorter);
    roster->sorted = true;
    return MU_OK;
}

static int by_key(const void *first, const void *second, void *roster)
{
    uint32_t a = *(const uint32_t *)first, b = *(const uint32_t *)second;
    int order = mu_roster_compare(roster, a, b);

    return order ? order : (a > b) - (a < b);
}

void mu_roster_sort_tail(struct mu_roster *roster, size_t first)
{
    size_t count = roster->sorter.count;
    uint32_t *order = malloc((count + 1) * sizeof *order);

    if (order) {
        for (size_t i = 0; i < count; i++)
            order[i] = (uint32_t)i;
        qsort_r(order, count, sizeof *order, by_key, roster);
    }
    if (!order || !apply(roster, order, first))
        roster->status = mu_fail_memory(&roster->error);
    free(order);
    roster->sorter.count = roster->sorter.used = 0;
}

void mu_roster_sorter_clear(struct mu_roster_sorter *sorter)
{
    free(sorter->texts);
    free(sorter->key);
    free(sorter->from);
    free(sorter->to);
    *sorter = (struct mu_roster_sorter){0};
}
