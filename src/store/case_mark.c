#include "store/case_rows.h"
#include "store/vault.h"

#include <mulin/base/id_set.h>
#include <mulin/base/name_key.h>
#include <mulin/base/text.h>

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PHONES = MU_PHONE_SIZE / 8, /* numbers that a field of phones holds at most */
    PER_PARTY = 2 + PHONES,
    SHORTEST_PHONE = 7,
    CONCERNED = 3, /* data/codes/case_side.def: stands on no side */
};

struct sources {
    struct mu_case_source *source;
    size_t count, room;
};

static void add(struct sources *sources, int party, const char *text)
{
    struct mu_case_source *source = &sources->source[sources->count];

    for (size_t i = 0; i < sources->count; i++)
        if (sources->source[i].party == party && strcmp(sources->source[i].text, text) == 0)
            return;
    if (sources->count == sources->room)
        return;
    source->party = party;
    mu_text_copy(source->text, sizeof source->text, text);
    sources->count++;
}

/* A name alone is anybody's, a phone alone the family's: both together are one person. */
static void add_phones(struct sources *sources, const struct mu_case_person *person)
{
    char text[MU_CASE_SOURCE_SIZE], name[MU_PERSON_NAME_SIZE], digits[MU_PHONE_SIZE];
    const char *phone = person->party.phone;

    mu_name_fold(person->party.name, name, sizeof name);
    while (*name && *phone) {
        size_t length = strcspn(phone, " "), count = 0;

        for (size_t i = 0; i < length; i++)
            if (phone[i] >= '0' && phone[i] <= '9')
                digits[count++] = phone[i];
        digits[count] = '\0';
        snprintf(text, sizeof text, "name:%s\nphone:%s", name, digits);
        if (count >= SHORTEST_PHONE)
            add(sources, person->number, text);
        phone += length + (phone[length] == ' ');
    }
    sodium_memzero(text, sizeof text);
}

static void add_person(struct sources *sources, const struct mu_case_person *person)
{
    char text[MU_CASE_SOURCE_SIZE];

    if (person->party.side == CONCERNED)
        return;
    if (person->resident_id) {
        snprintf(text, sizeof text, "person:%" PRId64, person->resident_id);
        add(sources, person->number, text);
    }
    if (*person->party.id_number) {
        snprintf(text, sizeof text, "id:%s", person->party.id_number);
        add(sources, person->number, text);
    }
    add_phones(sources, person);
    sodium_memzero(text, sizeof text);
}

enum mu_status mu_case_mark_sources(const struct mu_case *mediated, struct mu_case_source **out,
                                    size_t *count, struct mu_error *error)
{
    struct sources sources = {.room = mediated->persons * PER_PARTY + 1};
    char place[MU_CASE_LINE_SIZE], text[MU_CASE_SOURCE_SIZE];

    sources.source = calloc(sources.room, sizeof *sources.source);
    if (!sources.source)
        return mu_fail_memory(error);
    for (size_t i = 0; i < mediated->persons; i++)
        add_person(&sources, &mediated->person[i]);
    mu_name_fold(mediated->intake->place, place, sizeof place);
    snprintf(text, sizeof text, "place:%s", place);
    if (*place)
        add(&sources, 0, text);
    *out = sources.source;
    *count = sources.count;
    return MU_OK;
}

void mu_case_mark_sources_free(struct mu_case_source **sources, size_t count)
{
    if (*sources)
        sodium_memzero(*sources, count * sizeof **sources);
    free(*sources);
    *sources = NULL;
}

/* ---- keeping them ---- */

static bool holds(const struct mu_case_source *source, size_t count, int64_t party,
                  const char *text)
{
    for (size_t i = 0; i < count; i++)
        if (source[i].party == party && strcmp(source[i].text, text) == 0)
            return true;
    return false;
}

/* *same: the stored marks are of these sources, no more and no less. */
static enum mu_status compare(struct mu_db *db, int64_t case_id,
                              const struct mu_case_source *source, size_t count, bool *same,
                              struct mu_error *error)
{
    unsigned char mark[MU_SEAL_LOOKUP];
    char text[MU_CASE_SOURCE_SIZE];
    const struct mu_seal_keys *keys;
    size_t stored = 0, length;
    struct mu_query query;
    enum mu_status status = mu_vault_keys(db, &keys, error);

    if (status != MU_OK)
        return status;
    *same = true;
    query = mu_query(db, "SELECT mark_id, party, mark, source FROM case_mark WHERE case_id = ?1");
    mu_bind_integer(&query, 1, case_id);
    for (; *same && mu_query_row(&query); stored++) {
        const struct mu_seal_place place = {"case_mark", "source", mu_column_integer(&query, 0)};
        const void *kept = mu_column_blob(&query, 2, &length);

        *same = mu_column_sealed(&query, 3, &place, text, sizeof text) &&
                holds(source, count, mu_column_integer(&query, 1), text);
        mu_seal_lookup(keys, text, mark);
        *same = *same && length == sizeof mark && memcmp(kept, mark, sizeof mark) == 0;
    }
    *same = *same && stored == count;
    sodium_memzero(text, sizeof text);
    return mu_query_end(&query, error);
}

static enum mu_status insert_mark(struct mu_db *db, const struct mu_seal_keys *keys,
                                  int64_t case_id, const struct mu_case_source *source,
                                  struct mu_error *error)
{
    struct mu_seal_place place = {"case_mark", "source", 0};
    unsigned char mark[MU_SEAL_LOOKUP], sealed[MU_CASE_SOURCE_SIZE + MU_SEAL_MORE];
    size_t length = strlen(source->text);
    struct mu_query query = mu_query(db, "SELECT coalesce(max(mark_id), 0) + 1 FROM case_mark");
    enum mu_status status;

    if (mu_query_row(&query))
        place.row = mu_column_integer(&query, 0);
    status = mu_query_end(&query, error);
    if (status != MU_OK)
        return status;
    mu_seal_lookup(keys, source->text, mark);
    mu_seal(keys, &place, source->text, length, sealed);
    query = mu_query(db, "INSERT INTO case_mark (mark_id, case_id, party, mark, source)"
                         " VALUES (?1, ?2, ?3, ?4, ?5)");
    mu_bind_integer(&query, 1, place.row);
    mu_bind_integer(&query, 2, case_id);
    mu_bind_integer(&query, 3, source->party);
    mu_bind_blob(&query, 4, mark, sizeof mark);
    mu_bind_blob(&query, 5, sealed, length + MU_SEAL_MORE);
    return mu_query_run(&query, error);
}

static enum mu_status replace(struct mu_db *db, int64_t case_id,
                              const struct mu_case_source *source, size_t count,
                              struct mu_error *error)
{
    const struct mu_seal_keys *keys;
    struct mu_query query;
    enum mu_status status = mu_vault_keys(db, &keys, error);

    if (status != MU_OK)
        return status;
    query = mu_query(db, "DELETE FROM case_mark WHERE case_id = ?1");
    mu_bind_integer(&query, 1, case_id);
    status = mu_query_run(&query, error);
    for (size_t i = 0; i < count && status == MU_OK; i++)
        status = insert_mark(db, keys, case_id, &source[i], error);
    return status;
}

enum mu_status mu_case_marks_keep(struct mu_db *db, const struct mu_case *mediated,
                                  struct mu_error *error)
{
    struct mu_case_source *source = NULL;
    size_t count = 0;
    bool same = false;
    enum mu_status status = mu_case_mark_sources(mediated, &source, &count, error);

    if (status == MU_OK)
        status = compare(db, mediated->id, source, count, &same, error);
    if (status == MU_OK && !same)
        status = replace(db, mediated->id, source, count, error);
    mu_case_mark_sources_free(&source, count);
    return status;
}

enum mu_status mu_case_marks_compare(struct mu_db *db, const struct mu_case *mediated, bool *same,
                                     struct mu_error *error)
{
    struct mu_case_source *source = NULL;
    size_t count = 0;
    enum mu_status status = mu_case_mark_sources(mediated, &source, &count, error);

    if (status == MU_OK)
        status = compare(db, mediated->id, source, count, same, error);
    mu_case_mark_sources_free(&source, count);
    return status;
}

/* ---- finding by them ---- */

struct search {
    struct mu_db *db;
    int64_t case_id; /* that is not looked for */
    struct mu_date from, to;
    struct mu_id_set *found;
};

static enum mu_status find_mark(const struct search *search, const char *text,
                                struct mu_error *error)
{
    unsigned char mark[MU_SEAL_LOOKUP];
    const struct mu_seal_keys *keys;
    struct mu_query query;
    bool room = true;
    enum mu_status status = mu_vault_keys(search->db, &keys, error), ended;

    if (status != MU_OK)
        return status;
    mu_seal_lookup(keys, text, mark);
    query = mu_query(search->db, "SELECT m.case_id FROM case_mark m JOIN mediation_case c"
                                 " ON c.case_id = m.case_id WHERE m.mark = ?1 AND m.case_id <> ?2"
                                 " AND c.outcome <> 'mistake' AND (?3 = '' OR c.accepted_on >= ?3)"
                                 " AND (?4 = '' OR c.accepted_on <= ?4)");
    mu_bind_blob(&query, 1, mark, sizeof mark);
    mu_bind_integer(&query, 2, search->case_id);
    mu_bind_date(&query, 3, search->from);
    mu_bind_date(&query, 4, search->to);
    while (room && mu_query_row(&query))
        room = mu_id_set_add(search->found, mu_column_integer(&query, 0));
    ended = mu_query_end(&query, error);
    return room ? ended : mu_fail_memory(error);
}

#define LEADING "(SELECT coalesce(linked_to, resident_id) FROM resident WHERE resident_id = ?1)"

/* The files of one person are one person, since when ever they have been linked. */
static enum mu_status find_person(const struct search *search, int64_t resident_id,
                                  struct mu_error *error)
{
    struct mu_query query = mu_query(
        search->db, "SELECT f.resident_id FROM resident f WHERE f.resident_id = " LEADING
                    " UNION SELECT f.resident_id FROM resident f WHERE f.linked_to = " LEADING);
    char text[MU_CASE_SOURCE_SIZE];
    enum mu_status status = MU_OK, ended;

    mu_bind_integer(&query, 1, resident_id);
    while (status == MU_OK && mu_query_row(&query)) {
        snprintf(text, sizeof text, "person:%" PRId64, mu_column_integer(&query, 0));
        status = find_mark(search, text, error);
    }
    ended = mu_query_end(&query, status == MU_OK ? error : NULL);
    return status == MU_OK ? ended : status;
}

static enum mu_status find_all(const struct search *search, const struct mu_case *mediated,
                               struct mu_error *error)
{
    struct mu_case_source *source = NULL;
    size_t count = 0;
    enum mu_status status = mu_case_mark_sources(mediated, &source, &count, error);

    for (size_t i = 0; i < count && status == MU_OK; i++)
        status = find_mark(search, source[i].text, error);
    for (size_t i = 0; i < mediated->persons && status == MU_OK; i++)
        if (mediated->person[i].resident_id && mediated->person[i].party.side != CONCERNED)
            status = find_person(search, mediated->person[i].resident_id, error);
    mu_case_mark_sources_free(&source, count);
    return status;
}

/* Newest first. */
static enum mu_status tell(const struct mu_id_set *found, mu_case_id_row *row, void *context,
                           struct mu_error *error)
{
    int64_t *ids, id = 0;
    size_t count = 0;

    if (!found->count)
        return MU_OK;
    ids = malloc(found->count * sizeof *ids);
    if (!ids)
        return mu_fail_memory(error);
    while ((id = mu_id_set_next(found, id)) != 0)
        ids[count++] = id;
    while (count > 0 && row(context, ids[count - 1]))
        count--;
    free(ids);
    return MU_OK;
}

enum mu_status mu_case_related(struct mu_db *db, const struct mu_case *mediated,
                               struct mu_date from, struct mu_date to, mu_case_id_row *row,
                               void *context, struct mu_error *error)
{
    struct mu_id_set found = {0};
    const struct search search = {db, mediated->id, from, to, &found};
    enum mu_status status = find_all(&search, mediated, error);

    if (status == MU_OK)
        status = tell(&found, row, context, error);
    mu_id_set_clear(&found);
    return status;
}

/* ---- a new key ---- */

static enum mu_status renew(struct mu_db *db, const struct mu_seal_keys *keys, int64_t mark_id,
                            const char *text, struct mu_error *error)
{
    unsigned char mark[MU_SEAL_LOOKUP];
    struct mu_query query = mu_query(db, "UPDATE case_mark SET mark = ?2 WHERE mark_id = ?1");

    mu_seal_lookup(keys, text, mark);
    mu_bind_integer(&query, 1, mark_id);
    mu_bind_blob(&query, 2, mark, sizeof mark);
    return mu_query_run(&query, error);
}

static enum mu_status refuse_source(int64_t mark_id, struct mu_error *error)
{
    char number[24];

    snprintf(number, sizeof number, "%" PRId64, mark_id);
    return mu_fail(error, MU_STORE, MU_SAY_error_sealed_value, "case_mark", number, NULL);
}

enum mu_status mu_case_marks_renew(struct mu_db *db, const struct mu_seal_keys *keys,
                                   struct mu_error *error)
{
    struct mu_seal_place place = {"case_mark", "source", 0};
    char text[MU_CASE_SOURCE_SIZE];
    enum mu_status status = MU_OK;
    bool there = true;

    while (status == MU_OK && there) {
        bool open = false;
        struct mu_query query = mu_query(db, "SELECT mark_id, source FROM case_mark"
                                             " WHERE mark_id > ?1 ORDER BY mark_id LIMIT 1");

        mu_bind_integer(&query, 1, place.row);
        there = mu_query_row(&query);
        if (there) {
            place.row = mu_column_integer(&query, 0);
            open = mu_column_sealed(&query, 1, &place, text, sizeof text);
        }
        status = mu_query_end(&query, error);
        if (status == MU_OK && there)
            status =
                open ? renew(db, keys, place.row, text, error) : refuse_source(place.row, error);
    }
    sodium_memzero(text, sizeof text);
    return status;
}
