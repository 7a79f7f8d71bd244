#include "desk/tally_rows.h"

#include "base/growing.h"
#include "base/packed.h"
#include "desk/points_tally.h"

#include <stdlib.h>
#include <string.h>

/* A row is its numbers, packed, then id and name, each with its NUL. It begins with what people are
 * sorted by, their own number at last, which tells any two apart: rows compare as those bytes do.
 */
enum {
    SORTED_BY = 5,
    SORTED_SIZE = SORTED_BY * MU_PACKED_SIZE,
    NUMBERS = SORTED_BY + 10 + MU_TALLY_TREND,
    ROW_SIZE = NUMBERS * MU_PACKED_SIZE + MU_RULE_ID_SIZE + MU_PERSON_NAME_SIZE,
    BLOCK_SIZE = 32 * 1024
};

struct block {
    struct block *before;
    size_t used;
    unsigned char bytes[BLOCK_SIZE + SORTED_SIZE]; /* as many may be compared of the last row */
};

struct mu_tally_packed {
    const unsigned char **row; /* owned; rows lie in the blocks */
    size_t room;
    struct block *last; /* owned */
};

/* More comes first: turned round, and that back again. */
static int64_t turned(int64_t number)
{
    return ~number;
}

static void numbers_of(const struct mu_tally_row *row, int64_t out[NUMBERS])
{
    const struct mu_points_month_line *person = &row->person;
    const int64_t numbers[NUMBERS - MU_TALLY_TREND] = {turned(person->moved.earned.count),
                                                       turned(mu_points_moved(&person->moved)),
                                                       turned(person->moved.minutes),
                                                       turned(person->balance.count),
                                                       person->resident_id,
                                                       person->moved.services,
                                                       person->moved.spent.count,
                                                       person->moved.expired.count,
                                                       person->total_minutes,
                                                       person->total_earned.count,
                                                       person->stars,
                                                       row->stars_before,
                                                       row->shows_name,
                                                       row->rated.count,
                                                       row->people};

    memcpy(out, numbers, sizeof numbers);
    memcpy(out + NUMBERS - MU_TALLY_TREND, row->trend, sizeof row->trend);
}

static void row_of(const int64_t numbers[NUMBERS], struct mu_tally_row *out)
{
    out->person = (struct mu_points_month_line){.resident_id = numbers[4],
                                                .moved = {.services = numbers[5],
                                                          .minutes = turned(numbers[2]),
                                                          .earned = {turned(numbers[0])},
                                                          .spent = {numbers[6]},
                                                          .expired = {numbers[7]}},
                                                .balance = {turned(numbers[3])},
                                                .total_minutes = numbers[8],
                                                .total_earned = {numbers[9]},
                                                .stars = (int)numbers[10]};
    out->stars_before = (int)numbers[11];
    out->shows_name = numbers[12] != 0;
    out->rated.count = numbers[13];
    out->people = numbers[14];
    memcpy(out->trend, numbers + NUMBERS - MU_TALLY_TREND, sizeof out->trend);
}

static unsigned char *pack_text(unsigned char *out, const char *text)
{
    size_t size = strlen(text) + 1;

    memcpy(out, text, size);
    return out + size;
}

static const unsigned char *unpack_text(const unsigned char *packed, char *out)
{
    size_t size = strlen((const char *)packed) + 1;

    memcpy(out, packed, size);
    return packed + size;
}

/* Room for the largest row behind those of the last block, or in a new one; NULL without memory. */
static unsigned char *room_for_row(struct mu_tally_packed *packed)
{
    struct block *block = packed->last;

    if (!block || BLOCK_SIZE - block->used < ROW_SIZE) {
        block = calloc(1, sizeof *block);
        if (!block)
            return NULL;
        block->before = packed->last;
        packed->last = block;
    }
    return block->bytes + block->used;
}

bool mu_tally_row_add(struct mu_tally_group *group, const struct mu_tally_row *row)
{
    const unsigned char **grown;
    unsigned char *bytes, *end;
    int64_t numbers[NUMBERS];

    if (!group->packed)
        group->packed = calloc(1, sizeof *group->packed);
    if (!group->packed)
        return false;
    grown = mu_grown(group->packed->row, group->count, &group->packed->room, sizeof *grown);
    if (!grown)
        return false;
    group->packed->row = grown;
    bytes = end = room_for_row(group->packed);
    if (!bytes)
        return false;
    numbers_of(row, numbers);
    for (int i = 0; i < NUMBERS; i++)
        end = mu_pack(end, numbers[i]);
    end = pack_text(end, row->id);
    end = pack_text(end, row->name);
    group->packed->last->used += (size_t)(end - bytes);
    grown[group->count++] = bytes;
    return true;
}

void mu_tally_row(const struct mu_tally_group *group, size_t place, struct mu_tally_row *out)
{
    const unsigned char *packed = group->packed->row[place];
    int64_t numbers[NUMBERS];

    for (int i = 0; i < NUMBERS; i++)
        packed = mu_unpack(packed, &numbers[i]);
    row_of(numbers, out);
    unpack_text(unpack_text(packed, out->id), out->name);
}

static int in_order(const void *first, const void *second)
{
    const unsigned char *const *a = first, *const *b = second;

    return memcmp(*a, *b, SORTED_SIZE);
}

void mu_tally_rows_sort(struct mu_tally_group *group)
{
    if (group->count)
        qsort(group->packed->row, group->count, sizeof *group->packed->row, in_order);
}

void mu_tally_rows_keep(struct mu_tally_group *group, bool (*keeps)(const struct mu_tally_row *row))
{
    size_t kept = 0;

    for (size_t i = 0; i < group->count; i++) {
        struct mu_tally_row row;

        mu_tally_row(group, i, &row);
        if (keeps(&row))
            group->packed->row[kept++] = group->packed->row[i];
    }
    group->count = kept;
}

void mu_tally_rows_clear(struct mu_tally_group *group)
{
    if (group->packed) {
        while (group->packed->last) {
            struct block *block = group->packed->last;

            group->packed->last = block->before;
            free(block);
        }
        free(group->packed->row);
        free(group->packed);
    }
    *group = (struct mu_tally_group){0};
}
