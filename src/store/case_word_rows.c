#include "store/case_word_rows.h"

#include <mulin/base/id_set.h>

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NUMBER = 4, /* bytes of a case's number in a part */
    CASES_BYTES = NUMBER * MU_CASE_PART,
    SEALED_KEY = MU_SEAL_KEY + MU_SEAL_MORE,
    SEALED_CASES = CASES_BYTES + MU_SEAL_MORE,
    SEALED_MAP = MU_WORD_MAP_BYTES + MU_SEAL_MORE,
    SEALED_SLICE = MU_CASE_SLICE_BYTES + MU_SEAL_PIECE_MORE,
};

enum mu_status mu_case_words_damaged(const char *table, int64_t row, struct mu_error *error)
{
    char number[24];

    snprintf(number, sizeof number, "%lld", (long long)row);
    return mu_fail(error, MU_STORE, MU_SAY_error_case_words, table, number, NULL);
}

/* Opens a column that holds `length` bytes of text. */
static bool open_column(const struct mu_query *query, int column, const struct mu_seal_keys *keys,
                        const struct mu_seal_place *place, void *out, size_t length)
{
    size_t sealed_length;
    const void *sealed = mu_column_blob(query, column, &sealed_length);

    return sealed && sealed_length == length + MU_SEAL_MORE &&
           mu_seal_open(keys, place, sealed, sealed_length, out);
}

enum mu_status mu_case_part_next(struct mu_db *db, const struct mu_seal_keys *keys,
                                 struct mu_case_part *part, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT part_id, key FROM case_word_part"
                                         " WHERE part_id > ?1 ORDER BY part_id LIMIT 1");
    enum mu_status status;
    bool open = true;

    mu_bind_integer(&query, 1, part->id);
    part->id = 0;
    if (mu_query_row(&query)) {
        const struct mu_seal_place place = {"case_word_part", "key", mu_column_integer(&query, 0)};

        part->id = place.row;
        open = place.row <= MU_CASE_PARTS &&
               open_column(&query, 1, keys, &place, part->key, sizeof part->key);
    }
    status = mu_query_end(&query, error);
    if (status == MU_OK && !open)
        status = mu_case_words_damaged("case_word_part", part->id, error);
    return status;
}

static int64_t number_at(const unsigned char *bytes)
{
    return (int64_t)((uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
                     (uint32_t)bytes[3] << 24);
}

enum mu_status mu_case_part_cases(struct mu_db *db, const struct mu_seal_keys *keys,
                                  int64_t part_id, int64_t cases[MU_CASE_PART],
                                  struct mu_error *error)
{
    const struct mu_seal_place place = {"case_word_part", "cases", part_id};
    struct mu_query query = mu_query(db, "SELECT cases FROM case_word_part WHERE part_id = ?1");
    unsigned char bytes[CASES_BYTES];
    enum mu_status status;
    bool open;

    mu_bind_integer(&query, 1, part_id);
    open = mu_query_row(&query) && open_column(&query, 0, keys, &place, bytes, sizeof bytes);
    status = mu_query_end(&query, error);
    if (status == MU_OK && !open)
        status = mu_case_words_damaged("case_word_part", part_id, error);
    for (size_t i = 0; status == MU_OK && i < MU_CASE_PART; i++)
        cases[i] = number_at(bytes + i * NUMBER);
    return status;
}

static bool open_slice(const struct mu_query *query, int column, const struct mu_case_part *part,
                       uint64_t mark, unsigned char *bits)
{
    size_t length;
    const void *sealed = mu_column_blob(query, column, &length);

    return sealed && length == SEALED_SLICE &&
           mu_seal_piece_open(part->key, mark, sealed, length, bits);
}

enum mu_status mu_case_slice_read(struct mu_db *db, const struct mu_case_part *part, uint16_t mark,
                                  unsigned char bits[MU_CASE_SLICE_BYTES], struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT bits FROM case_word_slice WHERE slice_id = ?1");
    const int64_t id = part->id * MU_CASE_SLICES + mark;
    enum mu_status status;
    bool open;

    mu_bind_integer(&query, 1, id);
    open = mu_query_row(&query) && open_slice(&query, 0, part, mark, bits);
    status = mu_query_end(&query, error);
    return status == MU_OK && !open ? mu_case_words_damaged("case_word_slice", id, error) : status;
}

enum mu_status mu_case_slices_read(struct mu_db *db, const struct mu_case_part *part,
                                   unsigned char *bits, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT slice_id, bits FROM case_word_slice"
                                         " WHERE slice_id >= ?1 AND slice_id < ?2"
                                         " ORDER BY slice_id");
    const int64_t first = part->id * MU_CASE_SLICES;
    int64_t mark = 0;
    enum mu_status status;

    mu_bind_integer(&query, 1, first);
    mu_bind_integer(&query, 2, first + MU_CASE_SLICES);
    while (mark < MU_WORD_MAP_MARKS && mu_query_row(&query) &&
           mu_column_integer(&query, 0) == first + mark &&
           open_slice(&query, 1, part, (uint64_t)mark, bits + mark * MU_CASE_SLICE_BYTES))
        mark++;
    status = mu_query_end(&query, error);
    if (status == MU_OK && mark < MU_WORD_MAP_MARKS)
        status = mu_case_words_damaged("case_word_slice", first + mark, error);
    return status;
}

bool mu_case_fresh_open(const struct mu_query *query, int column, const struct mu_seal_keys *keys,
                        int64_t case_id, unsigned char *map)
{
    const struct mu_seal_place place = {"case_word_fresh", "map", case_id};

    return open_column(query, column, keys, &place, map, MU_WORD_MAP_BYTES);
}

enum mu_status mu_case_fresh_read(struct mu_db *db, const struct mu_seal_keys *keys,
                                  int64_t case_id, unsigned char *map, bool *there,
                                  struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT map FROM case_word_fresh WHERE case_id = ?1");
    enum mu_status status;
    bool open = true;

    mu_bind_integer(&query, 1, case_id);
    *there = mu_query_row(&query);
    if (*there)
        open = mu_case_fresh_open(&query, 0, keys, case_id, map);
    status = mu_query_end(&query, error);
    if (status == MU_OK && !open)
        status = mu_case_words_damaged("case_word_fresh", case_id, error);
    return status;
}

enum mu_status mu_case_fresh_write(struct mu_db *db, const struct mu_seal_keys *keys,
                                   int64_t case_id, const unsigned char *map,
                                   struct mu_error *error)
{
    const struct mu_seal_place place = {"case_word_fresh", "map", case_id};
    struct mu_query query = mu_query(db, "INSERT INTO case_word_fresh (case_id, map)"
                                         " VALUES (?1, ?2)"
                                         " ON CONFLICT (case_id) DO UPDATE SET map = ?2");
    unsigned char sealed[SEALED_MAP];

    mu_seal(keys, &place, map, MU_WORD_MAP_BYTES, sealed);
    mu_bind_integer(&query, 1, case_id);
    mu_bind_blob(&query, 2, sealed, sizeof sealed);
    return mu_query_run(&query, error);
}

/* The map of the case at this place. */
static void map_of(const unsigned char *slices, size_t place, unsigned char *map)
{
    memset(map, 0, MU_WORD_MAP_BYTES);
    for (size_t mark = 0; mark < MU_WORD_MAP_MARKS; mark++)
        if ((unsigned)slices[mark * MU_CASE_SLICE_BYTES + place / 8] >> (place % 8) & 1u)
            map[mark / 8] = (unsigned char)(map[mark / 8] | 1u << (mark % 8));
}

/* The map of a case in the last part that has it. */
static enum mu_status read_from_parts(struct mu_db *db, const struct mu_seal_keys *keys,
                                      int64_t case_id, unsigned char *map, struct mu_error *error)
{
    int64_t *cases = malloc(MU_CASE_PART * sizeof *cases);
    struct mu_case_part part = {0}, newest = {0};
    unsigned char *slices = NULL;
    enum mu_status status = cases ? MU_OK : mu_fail_memory(error);
    size_t at = 0;

    while (status == MU_OK && (status = mu_case_part_next(db, keys, &part, error)) == MU_OK &&
           part.id) {
        status = mu_case_part_cases(db, keys, part.id, cases, error);
        for (size_t i = 0; status == MU_OK && i < MU_CASE_PART; i++) {
            if (cases[i] != case_id)
                continue;
            newest = part;
            at = i;
        }
    }
    if (status == MU_OK && newest.id) {
        slices = malloc(MU_WORD_MAP_MARKS * MU_CASE_SLICE_BYTES);
        status = slices ? mu_case_slices_read(db, &newest, slices, error) : mu_fail_memory(error);
        if (status == MU_OK)
            map_of(slices, at, map);
    }
    sodium_memzero(&part, sizeof part);
    sodium_memzero(&newest, sizeof newest);
    free(slices);
    free(cases);
    return status;
}

enum mu_status mu_case_map_read(struct mu_db *db, const struct mu_seal_keys *keys, int64_t case_id,
                                unsigned char *map, bool *fresh, struct mu_error *error)
{
    struct mu_query query;
    int64_t last;
    enum mu_status status = mu_case_fresh_read(db, keys, case_id, map, fresh, error);

    if (status != MU_OK || *fresh)
        return status;
    memset(map, 0, MU_WORD_MAP_BYTES);
    /* A part is made of the lowest numbers: behind the last fresh one nobody stands in any. */
    query = mu_query(db, "SELECT coalesce(max(case_id), 0) FROM case_word_fresh");
    last = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    status = mu_query_end(&query, error);
    if (status != MU_OK || case_id > last)
        return status;
    return read_from_parts(db, keys, case_id, map, error);
}

enum mu_status mu_case_part_write(struct mu_db *db, const struct mu_seal_keys *keys,
                                  const struct mu_case_part *part,
                                  const int64_t cases[MU_CASE_PART], struct mu_error *error)
{
    const struct mu_seal_place key_place = {"case_word_part", "key", part->id};
    const struct mu_seal_place cases_place = {"case_word_part", "cases", part->id};
    struct mu_query query = mu_query(db, "INSERT INTO case_word_part (part_id, key, cases)"
                                         " VALUES (?1, ?2, ?3)"
                                         " ON CONFLICT (part_id) DO UPDATE SET key = ?2,"
                                         " cases = ?3");
    unsigned char bytes[CASES_BYTES], key[SEALED_KEY], sealed[SEALED_CASES];

    for (size_t i = 0; i < MU_CASE_PART; i++)
        for (size_t j = 0; j < NUMBER; j++)
            bytes[i * NUMBER + j] = (unsigned char)((uint64_t)cases[i] >> (8 * j));
    mu_seal(keys, &key_place, part->key, sizeof part->key, key);
    mu_seal(keys, &cases_place, bytes, sizeof bytes, sealed);
    mu_bind_integer(&query, 1, part->id);
    mu_bind_blob(&query, 2, key, sizeof key);
    mu_bind_blob(&query, 3, sealed, sizeof sealed);
    return mu_query_run(&query, error);
}

static void put_map(unsigned char *slices, size_t place, const unsigned char *map)
{
    const unsigned char bit = (unsigned char)(1u << (place % 8));

    for (size_t i = 0; i < MU_WORD_MAP_BYTES; i++)
        for (size_t j = 0; map[i] >> j; j++)
            if (map[i] >> j & 1)
                slices[(i * 8 + j) * MU_CASE_SLICE_BYTES + place / 8] |= bit;
}

/* The first fresh ones, as slices and in `cases`. */
static enum mu_status gather(struct mu_db *db, const struct mu_seal_keys *keys,
                             unsigned char *slices, int64_t cases[MU_CASE_PART],
                             struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT case_id, map FROM case_word_fresh"
                                         " ORDER BY case_id LIMIT ?1");
    unsigned char map[MU_WORD_MAP_BYTES];
    int64_t bad = 0;
    size_t count = 0;
    enum mu_status status;

    mu_bind_integer(&query, 1, MU_CASE_PART);
    while (bad == 0 && count < MU_CASE_PART && mu_query_row(&query)) {
        cases[count] = mu_column_integer(&query, 0);
        if (cases[count] < 1 || cases[count] > MU_ID_SET_HIGHEST ||
            !mu_case_fresh_open(&query, 1, keys, cases[count], map))
            bad = cases[count];
        else
            put_map(slices, count, map);
        count++;
    }
    status = mu_query_end(&query, error);
    sodium_memzero(map, sizeof map);
    if (status == MU_OK && bad != 0)
        status = mu_case_words_damaged("case_word_fresh", bad, error);
    return status;
}

static enum mu_status write_slices(struct mu_db *db, const struct mu_case_part *part,
                                   const unsigned char *slices, struct mu_error *error)
{
    unsigned char sealed[SEALED_SLICE];
    enum mu_status status = MU_OK;

    for (int64_t mark = 0; mark < MU_WORD_MAP_MARKS && status == MU_OK; mark++) {
        struct mu_query query =
            mu_query(db, "INSERT INTO case_word_slice (slice_id, bits) VALUES (?1, ?2)");

        mu_seal_piece(part->key, (uint64_t)mark, slices + mark * MU_CASE_SLICE_BYTES,
                      MU_CASE_SLICE_BYTES, sealed);
        mu_bind_integer(&query, 1, part->id * MU_CASE_SLICES + mark);
        mu_bind_blob(&query, 2, sealed, sizeof sealed);
        status = mu_query_run(&query, error);
    }
    return status;
}

static enum mu_status write_part(struct mu_db *db, const struct mu_seal_keys *keys,
                                 const unsigned char *slices, const int64_t cases[MU_CASE_PART],
                                 struct mu_error *error)
{
    struct mu_case_part part;
    struct mu_query query = mu_query(db, "SELECT coalesce(max(part_id), 0) FROM case_word_part");
    enum mu_status status;

    part.id = mu_query_row(&query) ? mu_column_integer(&query, 0) + 1 : 0;
    status = mu_query_end(&query, error);
    if (status == MU_OK && (part.id < 1 || part.id > MU_CASE_PARTS))
        return mu_case_words_damaged("case_word_part", part.id - 1, error);
    randombytes_buf(part.key, sizeof part.key);
    if (status == MU_OK)
        status = mu_case_part_write(db, keys, &part, cases, error);
    if (status == MU_OK)
        status = write_slices(db, &part, slices, error);
    sodium_memzero(&part, sizeof part);
    if (status != MU_OK)
        return status;
    query = mu_query(db, "DELETE FROM case_word_fresh WHERE case_id <= ?1");
    mu_bind_integer(&query, 1, cases[MU_CASE_PART - 1]);
    return mu_query_run(&query, error);
}

enum mu_status mu_case_part_make(struct mu_db *db, const struct mu_seal_keys *keys,
                                 struct mu_error *error)
{
    const size_t size = MU_WORD_MAP_MARKS * MU_CASE_SLICE_BYTES;
    struct mu_query query = mu_query(db, "SELECT count(*) FROM case_word_fresh");
    int64_t fresh = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    unsigned char *slices;
    int64_t *cases;
    enum mu_status status = mu_query_end(&query, error);

    if (status != MU_OK || fresh < MU_CASE_FRESH)
        return status;
    slices = calloc(size, 1);
    cases = calloc(MU_CASE_PART, sizeof *cases);
    status = slices && cases ? gather(db, keys, slices, cases, error) : mu_fail_memory(error);
    if (status == MU_OK)
        status = write_part(db, keys, slices, cases, error);
    if (slices)
        sodium_memzero(slices, size);
    free(slices);
    free(cases);
    return status;
}
