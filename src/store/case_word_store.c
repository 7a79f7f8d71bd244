#include "store/case_word_store.h"

#include "base/growing.h"
#include "store/case_word_rows.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { MARKS = 96 }; /* of a query that are looked up; the rest is left to looking at the text */

enum mu_status mu_case_words_add(struct mu_db *db, int64_t case_id, const char *text,
                                 struct mu_error *error)
{
    unsigned char map[MU_WORD_MAP_BYTES], before[MU_WORD_MAP_BYTES];
    const struct mu_seal_keys *keys;
    struct mu_word_text folded = {0};
    bool fresh = false, changed = false;
    enum mu_status status = mu_vault_keys(db, &keys, error);

    if (status == MU_OK)
        status = mu_case_map_read(db, keys, case_id, map, &fresh, error);
    if (status == MU_OK && !mu_word_text_fold(&folded, text))
        status = mu_fail_memory(error);
    if (status == MU_OK) {
        memcpy(before, map, sizeof map);
        mu_word_map_add(map, folded.text);
        changed = memcmp(before, map, sizeof map) != 0;
    }
    mu_word_text_clear(&folded);
    if (status == MU_OK && changed)
        status = mu_case_fresh_write(db, keys, case_id, map, error);
    if (status == MU_OK && changed && !fresh)
        status = mu_case_part_make(db, keys, error);
    sodium_memzero(map, sizeof map);
    sodium_memzero(before, sizeof before);
    return status;
}

/* A query on its way. */
struct search {
    struct mu_db *db;
    const struct mu_case_words_search *asked;
    const struct mu_seal_keys *keys;
    struct mu_word_text folded; /* the query; its words end with a NUL each */
    const char *word[MU_CASE_WORDS];
    size_t words;
    uint16_t mark[MARKS];
    size_t marks;
    int64_t *candidate; /* owned */
    size_t candidates, room;
};

static enum mu_status split_words(struct search *search, struct mu_error *error)
{
    char *rest, *word;

    if (strlen(search->asked->query) > MU_CASE_QUERY_BYTES)
        return mu_fail(error, MU_INPUT, MU_SAY_error_case_words_long, NULL);
    if (!mu_word_text_fold(&search->folded, search->asked->query))
        return mu_fail_memory(error);
    for (word = strtok_r(search->folded.text, " ", &rest); word;
         word = strtok_r(NULL, " ", &rest)) {
        if (search->words == MU_CASE_WORDS)
            return mu_fail(error, MU_INPUT, MU_SAY_error_case_words_many, NULL);
        search->word[search->words++] = word;
    }
    if (search->words == 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_case_words_none, NULL);
    return MU_OK;
}

/* As many of each word, so that none is left out. */
static void find_marks(struct search *search)
{
    for (size_t i = 0; i < search->words; i++)
        search->marks +=
            mu_word_marks(search->word[i], search->mark + search->marks, MARKS / search->words);
}

static enum mu_status add_candidate(struct search *search, int64_t case_id, struct mu_error *error)
{
    const struct mu_case_words_search *asked = search->asked;
    int64_t *grown;

    if (case_id < 1 || (asked->before > 0 && case_id >= asked->before) ||
        (asked->among && !mu_id_set_has(asked->among, case_id)))
        return MU_OK;
    grown = mu_grown(search->candidate, search->candidates, &search->room, sizeof *grown);
    if (!grown)
        return mu_fail_memory(error);
    search->candidate = grown;
    grown[search->candidates++] = case_id;
    return MU_OK;
}

static bool has_marks(const struct search *search, const unsigned char *map)
{
    size_t i = 0;

    while (i < search->marks && mu_word_map_has(map, search->mark[i]))
        i++;
    return i == search->marks;
}

static enum mu_status ask_fresh(struct search *search, struct mu_error *error)
{
    struct mu_query query = mu_query(search->db, "SELECT case_id, map FROM case_word_fresh");
    unsigned char map[MU_WORD_MAP_BYTES];
    enum mu_status status, taken = MU_OK;

    while (taken == MU_OK && mu_query_row(&query)) {
        int64_t id = mu_column_integer(&query, 0);

        if (!mu_case_fresh_open(&query, 1, search->keys, id, map))
            taken = mu_case_words_damaged("case_word_fresh", id, error);
        else if (has_marks(search, map))
            taken = add_candidate(search, id, error);
    }
    status = mu_query_end(&query, taken == MU_OK ? error : NULL);
    sodium_memzero(map, sizeof map);
    return taken == MU_OK ? status : taken;
}

static enum mu_status take_left(struct search *search, const struct mu_case_part *part,
                                const unsigned char *left, struct mu_error *error)
{
    int64_t cases[MU_CASE_PART];
    enum mu_status status = mu_case_part_cases(search->db, search->keys, part->id, cases, error);

    for (size_t i = 0; i < MU_CASE_PART && status == MU_OK; i++)
        if ((unsigned)left[i / 8] >> (i % 8) & 1u)
            status = add_candidate(search, cases[i], error);
    return status;
}

/* Reads slice by slice until nobody is left. */
static enum mu_status ask_part(struct search *search, const struct mu_case_part *part,
                               struct mu_error *error)
{
    unsigned char left[MU_CASE_SLICE_BYTES], bits[MU_CASE_SLICE_BYTES];
    bool any = true;

    memset(left, 0xFF, sizeof left);
    for (size_t i = 0; i < search->marks && any; i++) {
        enum mu_status status = mu_case_slice_read(search->db, part, search->mark[i], bits, error);

        if (status != MU_OK)
            return status;
        any = false;
        for (size_t j = 0; j < sizeof left; j++) {
            left[j] &= bits[j];
            any = any || left[j];
        }
    }
    return any ? take_left(search, part, left, error) : MU_OK;
}

static enum mu_status ask_parts(struct search *search, struct mu_error *error)
{
    struct mu_case_part part = {0};
    enum mu_status status;

    do {
        status = mu_case_part_next(search->db, search->keys, &part, error);
        if (status == MU_OK && part.id)
            status = ask_part(search, &part, error);
    } while (status == MU_OK && part.id);
    sodium_memzero(&part, sizeof part);
    return status;
}

static int newest_first(const void *a, const void *b)
{
    int64_t left, right;

    memcpy(&left, a, sizeof left);
    memcpy(&right, b, sizeof right);
    return (left < right) - (left > right);
}

/* The newest first, none twice: a case that grew stands in its old part too. */
static void sort_candidates(struct search *search)
{
    size_t count = 0;

    if (search->candidates)
        qsort(search->candidate, search->candidates, sizeof *search->candidate, newest_first);
    for (size_t i = 0; i < search->candidates; i++)
        if (count == 0 || search->candidate[i] != search->candidate[count - 1])
            search->candidate[count++] = search->candidate[i];
    search->candidates = count;
}

static enum mu_status find_candidates(struct search *search, struct mu_error *error)
{
    const struct mu_id_set *among = search->asked->among;
    enum mu_status status = MU_OK;

    if (among && among->count <= MU_CASE_WORDS_PLAINLY) {
        for (int64_t id = mu_id_set_next(among, 0); id && status == MU_OK;
             id = mu_id_set_next(among, id))
            status = add_candidate(search, id, error);
    } else {
        status = ask_fresh(search, error);
        if (status == MU_OK)
            status = ask_parts(search, error);
    }
    sort_candidates(search);
    return status;
}

/* What of the query was seen in a case's texts so far. */
struct look {
    const struct search *search;
    struct mu_word_text folded;
    bool seen[MU_CASE_WORDS], no_memory;
    size_t missing;
};

static bool look_into(void *taker, const char *text)
{
    struct look *look = taker;
    const struct search *search = look->search;

    look->no_memory = !mu_word_text_fold(&look->folded, text);
    if (look->no_memory)
        return false;
    for (size_t i = 0; i < search->words; i++) {
        if (look->seen[i] || !strstr(look->folded.text, search->word[i]))
            continue;
        look->seen[i] = true;
        look->missing--;
    }
    return look->missing > 0;
}

static enum mu_status look_at(struct look *look, const struct mu_case_texts *texts, int64_t case_id,
                              bool *found, struct mu_error *error)
{
    enum mu_status status;

    memset(look->seen, 0, sizeof look->seen);
    look->missing = look->search->words;
    status = texts->read(texts->context, case_id, look_into, look, error);
    *found = look->missing == 0;
    return status == MU_OK && look->no_memory ? mu_fail_memory(error) : status;
}

static enum mu_status look_at_all(struct search *search, const struct mu_case_texts *texts,
                                  struct mu_case_words_found *found, struct mu_error *error)
{
    const struct mu_case_words_search *asked = search->asked;
    struct look look = {.search = search};
    enum mu_status status = MU_OK;
    size_t room = 0, i;

    for (i = 0; i < search->candidates && status == MU_OK; i++) {
        int64_t *grown;
        bool fits = false;

        if (found->count >= asked->limit || (asked->patience && i >= asked->patience))
            break;
        status = look_at(&look, texts, search->candidate[i], &fits, error);
        if (status != MU_OK || !fits)
            continue;
        grown = mu_grown(found->case_id, found->count, &room, sizeof *grown);
        if (!grown) {
            status = mu_fail_memory(error);
            continue;
        }
        found->case_id = grown;
        grown[found->count++] = search->candidate[i];
    }
    found->opened = i;
    if (i < search->candidates) /* behind the one that was looked at last */
        found->before = search->candidate[i] + 1;
    mu_word_text_clear(&look.folded);
    return status;
}

enum mu_status mu_case_words_find(struct mu_db *db, const struct mu_case_words_search *asked,
                                  const struct mu_case_texts *texts,
                                  struct mu_case_words_found *out, struct mu_error *error)
{
    struct search search = {.db = db, .asked = asked};
    struct mu_case_words_found found = {0};
    enum mu_status status = split_words(&search, error);

    if (status == MU_OK) {
        find_marks(&search);
        status = mu_vault_keys(db, &search.keys, error);
    }
    if (status == MU_OK)
        status = find_candidates(&search, error);
    if (status == MU_OK)
        status = look_at_all(&search, texts, &found, error);
    mu_word_text_clear(&search.folded);
    free(search.candidate);
    if (status == MU_OK)
        *out = found;
    else
        mu_case_words_found_clear(&found);
    return status;
}

void mu_case_words_found_clear(struct mu_case_words_found *found)
{
    free(found->case_id);
    *found = (struct mu_case_words_found){0};
}
