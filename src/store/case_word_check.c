#include "store/case_word_rows.h"
#include "store/case_word_store.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLICES_SIZE = MU_WORD_MAP_MARKS * MU_CASE_SLICE_BYTES, STEP = 200 };
_Static_assert((int)SLICES_SIZE == (int)MU_CASE_PART * (int)MU_WORD_MAP_BYTES,
               "turned, they are as large");

struct check {
    struct mu_db *db;
    const struct mu_case_texts *texts; /* NULL: only the rows */
    const struct mu_seal_keys *keys;
    int64_t last;          /* case that there is */
    struct mu_id_set seen; /* cases whose texts were compared */
    unsigned char *slices; /* owned: of a part, */
    unsigned char *maps;   /* and what they are for each of its cases */
    struct mu_word_text folded;
    unsigned char map[MU_WORD_MAP_BYTES]; /* of the texts */
    bool no_memory;
};

static enum mu_status last_case(struct mu_db *db, int64_t *last, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT coalesce(max(case_id), 0) FROM mediation_case");

    *last = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

static enum mu_status not_found(int64_t case_id, struct mu_error *error)
{
    char number[24];

    snprintf(number, sizeof number, "%lld", (long long)case_id);
    return mu_fail(error, MU_STORE, MU_SAY_error_verify_case_words, number, NULL);
}

static bool mark_text(void *taker, const char *text)
{
    struct check *check = taker;

    check->no_memory = !mu_word_text_fold(&check->folded, text);
    if (!check->no_memory)
        mu_word_map_add(check->map, check->folded.text);
    return !check->no_memory;
}

static bool covers(const unsigned char *map, const unsigned char *part)
{
    size_t i = 0;

    while (i < MU_WORD_MAP_BYTES && (part[i] & ~map[i]) == 0)
        i++;
    return i == MU_WORD_MAP_BYTES;
}

/* Has this map all marks of the case's texts? When not, and it is an old one, its newest has. */
static enum mu_status compare(struct check *check, int64_t case_id, const unsigned char *map,
                              struct mu_error *error)
{
    unsigned char newest[MU_WORD_MAP_BYTES];
    bool fresh, fits;
    enum mu_status status;

    if (case_id < 1 || case_id > check->last)
        return not_found(case_id, error);
    if (!check->texts || mu_id_set_has(&check->seen, case_id))
        return MU_OK;
    memset(check->map, 0, sizeof check->map);
    status = check->texts->read(check->texts->context, case_id, mark_text, check, error);
    if (status == MU_OK && (check->no_memory || !mu_id_set_add(&check->seen, case_id)))
        status = mu_fail_memory(error);
    if (status != MU_OK || covers(map, check->map))
        return status;
    status = mu_case_map_read(check->db, check->keys, case_id, newest, &fresh, error);
    fits = status == MU_OK && covers(newest, check->map);
    sodium_memzero(newest, sizeof newest);
    return status == MU_OK && !fits ? not_found(case_id, error) : status;
}

/* Most bytes of most slices are empty. */
static void turn_slices(const unsigned char *slices, unsigned char *maps)
{
    memset(maps, 0, SLICES_SIZE);
    for (size_t mark = 0; mark < MU_WORD_MAP_MARKS; mark++) {
        const unsigned char *slice = slices + mark * MU_CASE_SLICE_BYTES;

        for (size_t i = 0; i < MU_CASE_PART; i++) {
            unsigned bits = (unsigned)slice[i / 8] >> (i % 8);
            unsigned char *map = maps + i * MU_WORD_MAP_BYTES;

            if (bits == 0)
                i |= 7;
            else if (bits & 1u)
                map[mark / 8] = (unsigned char)(map[mark / 8] | 1u << (mark % 8));
        }
    }
}

static enum mu_status compare_part(struct check *check, const struct mu_case_part *part,
                                   struct mu_error *error)
{
    int64_t cases[MU_CASE_PART];
    enum mu_status status = mu_case_slices_read(check->db, part, check->slices, error);

    if (status == MU_OK)
        status = mu_case_part_cases(check->db, check->keys, part->id, cases, error);
    if (status == MU_OK && check->texts)
        turn_slices(check->slices, check->maps);
    for (size_t i = 0; i < MU_CASE_PART && status == MU_OK; i++)
        status = compare(check, cases[i], check->maps + i * MU_WORD_MAP_BYTES, error);
    return status;
}

/* A part after the one with this number; 0: that was the last. */
static enum mu_status check_part(struct check *check, int64_t *part_id, struct mu_error *error)
{
    struct mu_case_part part = {.id = *part_id};
    enum mu_status status = mu_case_part_next(check->db, check->keys, &part, error);

    *part_id = part.id;
    if (status == MU_OK && part.id)
        status = compare_part(check, &part, error);
    sodium_memzero(&part, sizeof part);
    return status;
}

/* Some fresh rows and cases behind this one: what was not compared yet is found by its words
 * wherever they stand. 0: that was the last. */
static enum mu_status check_cases(struct check *check, int64_t *case_id, struct mu_error *error)
{
    unsigned char map[MU_WORD_MAP_BYTES] = {0};
    enum mu_status status = MU_OK;

    for (int i = 0; i < STEP && status == MU_OK && *case_id < check->last; i++) {
        bool there;

        status = mu_case_fresh_read(check->db, check->keys, ++*case_id, map, &there, error);
        if (status == MU_OK && !there)
            memset(map, 0, sizeof map);
        if (status == MU_OK)
            status = compare(check, *case_id, map, error);
    }
    if (*case_id >= check->last)
        *case_id = 0;
    sodium_memzero(map, sizeof map);
    return status;
}

static enum mu_status strange_case(struct check *check, int64_t *none, struct mu_error *error)
{
    struct mu_query query = mu_query(check->db, "SELECT case_id FROM case_word_fresh"
                                                " WHERE case_id < 1 OR case_id > ?1 LIMIT 1");
    int64_t strange = 0;
    enum mu_status status;

    *none = 0;
    mu_bind_integer(&query, 1, check->last);
    if (mu_query_row(&query))
        strange = mu_column_integer(&query, 0);
    status = mu_query_end(&query, error);
    return status == MU_OK && strange ? not_found(strange, error) : status;
}

/* A transaction for each step. */
static enum mu_status walk(struct check *check,
                           enum mu_status (*step)(struct check *check, int64_t *at,
                                                  struct mu_error *error),
                           struct mu_error *error)
{
    int64_t at = 0;
    enum mu_status status;

    do {
        status = mu_db_begin_read(check->db, error);
        if (status != MU_OK)
            return status;
        status = mu_vault_keys(check->db, &check->keys, error);
        if (status == MU_OK)
            status = last_case(check->db, &check->last, error);
        if (status == MU_OK)
            status = step(check, &at, error);
        mu_db_end_read(check->db);
    } while (status == MU_OK && at != 0);
    return status;
}

enum mu_status mu_case_words_check(struct mu_db *db, const struct mu_case_texts *texts,
                                   struct mu_error *error)
{
    struct check check = {.db = db, .texts = texts};
    enum mu_status status;

    if (!mu_db_vault(db))
        return MU_OK;
    check.slices = malloc(2 * (size_t)SLICES_SIZE);
    check.maps = check.slices ? check.slices + SLICES_SIZE : NULL;
    status = check.slices ? walk(&check, check_part, error) : mu_fail_memory(error);
    if (status == MU_OK)
        status = walk(&check, check_cases, error);
    if (status == MU_OK)
        status = walk(&check, strange_case, error);
    if (check.slices)
        sodium_memzero(check.slices, 2 * (size_t)SLICES_SIZE);
    free(check.slices);
    mu_word_text_clear(&check.folded);
    mu_id_set_clear(&check.seen);
    sodium_memzero(check.map, sizeof check.map);
    return status;
}

static enum mu_status reseal_parts(struct mu_db *db, const struct mu_seal_keys *old,
                                   const struct mu_seal_keys *keys, struct mu_error *error)
{
    struct mu_case_part part = {0};
    int64_t cases[MU_CASE_PART];
    enum mu_status status;

    while ((status = mu_case_part_next(db, old, &part, error)) == MU_OK && part.id) {
        status = mu_case_part_cases(db, old, part.id, cases, error);
        if (status == MU_OK)
            status = mu_case_part_write(db, keys, &part, cases, error);
        if (status != MU_OK)
            break;
    }
    sodium_memzero(&part, sizeof part);
    return status;
}

/* The next fresh case behind this one; 0: there is none. */
static enum mu_status next_fresh(struct mu_db *db, int64_t *case_id, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT case_id FROM case_word_fresh WHERE case_id > ?1"
                                         " ORDER BY case_id LIMIT 1");

    mu_bind_integer(&query, 1, *case_id);
    *case_id = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_case_words_reseal(struct mu_db *db, const struct mu_seal_keys *keys,
                                    struct mu_error *error)
{
    unsigned char map[MU_WORD_MAP_BYTES];
    const struct mu_seal_keys *old;
    int64_t case_id = 0;
    bool there;
    enum mu_status status = mu_vault_keys(db, &old, error);

    if (status == MU_OK)
        status = reseal_parts(db, old, keys, error);
    while (status == MU_OK && (status = next_fresh(db, &case_id, error)) == MU_OK && case_id) {
        status = mu_case_fresh_read(db, old, case_id, map, &there, error);
        if (status == MU_OK)
            status = mu_case_fresh_write(db, keys, case_id, map, error);
    }
    sodium_memzero(map, sizeof map);
    return status;
}

struct rebuild {
    struct mu_db *db;
    int64_t case_id;
    enum mu_status status;
    struct mu_error *error;
};

static bool add_text(void *taker, const char *text)
{
    struct rebuild *rebuild = taker;

    rebuild->status = mu_case_words_add(rebuild->db, rebuild->case_id, text, rebuild->error);
    return rebuild->status == MU_OK;
}

enum mu_status mu_case_words_rebuild(struct mu_db *db, const struct mu_case_texts *texts,
                                     struct mu_error *error)
{
    struct rebuild rebuild = {.db = db, .error = error};
    int64_t last;
    enum mu_status status = mu_db_execute(db,
                                          "DELETE FROM case_word_fresh;"
                                          "DELETE FROM case_word_part;"
                                          "DELETE FROM case_word_slice",
                                          error);

    if (status == MU_OK)
        status = last_case(db, &last, error);
    while (status == MU_OK && rebuild.case_id < last) {
        rebuild.case_id++;
        status = texts->read(texts->context, rebuild.case_id, add_text, &rebuild, error);
        if (status == MU_OK)
            status = rebuild.status;
    }
    return status;
}
