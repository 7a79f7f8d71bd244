#include "store/search_read.h"

#include "store/register_store.h"
#include "store/tag_store.h"
#include "store/vault.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

#define PEOPLE "SELECT " MU_RESIDENT_COLUMNS " FROM "
#define HOME                                                                                       \
    " LEFT JOIN household h ON h.household_id = r.household_id"                                    \
    " LEFT JOIN place p ON p.place_id = h.place_id"
#define SHOWN "SELECT " MU_SEARCH_SHOWN_COLUMNS " FROM "
/* The first columns of those: what names, cards, phones and tags are compared by. */
#define LITTLE                                                                                     \
    "SELECT r.resident_id, r.household_id, r.name, r.birth_date, r.phone, r.tags, r.card,"         \
    " r.status, r.linked_to FROM search_key k JOIN resident r ON r.resident_id = k.resident_id"    \
    " WHERE k.token >= ?1 AND k.token < ?2"
#define NUMBERS "SELECT k.resident_id FROM search_key k WHERE k.token >= ?1 AND k.token < ?2"
#define KEYS "search_key k JOIN resident r ON r.resident_id = k.resident_id" HOME " WHERE "
#define EXACT KEYS "k.token = ?1 ORDER BY k.resident_id"
#define BEGINNING KEYS "k.token >= ?1 AND k.token < ?2 ORDER BY k.token, k.resident_id"

/* The keys come first: an engine that began with everybody of an age would read them all. */
#define THEIR_KEYS                                                                                 \
    PEOPLE "search_key k CROSS JOIN resident r" HOME                                               \
           " WHERE k.token >= ?1 AND k.token < ?2 AND r.resident_id = k.resident_id AND "
#define IN_ORDER " ORDER BY k.token, k.resident_id"

/* In the order of the register, in which households lie together: that of ages would look them up
 * all over the file. */
#define BY_NUMBER                                                                                  \
    PEOPLE "resident r" HOME " WHERE r.resident_id <= ?3 AND coalesce(r.birth_date, '') > ''"      \
           " AND coalesce(r.birth_date, '') <= ?9 AND r.status = 1 AND r.linked_to IS NULL"
#define IN_NUMBERS " ORDER BY r.resident_id"

#define STANDS " AND (t.until_date = '' OR t.until_date >= ?5)"

/* No key has a control character, so that a range ends behind the whole one. */
#define BEHIND "\x01"

static void range_end(const char *prefix, bool exact, char end[MU_SEARCH_END_SIZE])
{
    snprintf(end, MU_SEARCH_END_SIZE, "%s%s", prefix, exact ? BEHIND : MU_SEARCH_LAST_RUNE);
}

void mu_search_bind_range(struct mu_query *query, const char *prefix, bool exact,
                          char end[MU_SEARCH_END_SIZE])
{
    range_end(prefix, exact, end);
    mu_bind_text(query, 1, prefix);
    mu_bind_text(query, 2, end);
}

static void bind_tag(struct mu_query *query, struct mu_date today,
                     const struct mu_tag_question *question)
{
    if (question->asked == MU_ASKED_WORD) {
        mu_bind_text(query, 4, question->word);
        mu_bind_date(query, 5, today);
        return;
    }
    if (question->asked == MU_ASKED_EMPTY_NEST)
        mu_bind_date(query, 8, question->born_elder);
    mu_bind_date(query, 9, question->born_until);
}

static enum mu_status read_rows(const struct mu_search_reader *reader, struct mu_query *query,
                                enum mu_search_columns columns, struct mu_error *error)
{
    while (mu_query_row(query))
        if (!reader->row(reader->context, query, columns))
            break;
    return mu_query_end(query, error);
}

static enum mu_status read_all(const struct mu_search_reader *reader, struct mu_query *query,
                               struct mu_error *error)
{
    return read_rows(reader, query, MU_SEARCH_WHOLE, error);
}

/* Without asking for the length: whoever stored a NUL in it is shown what stands before. */
static void read_text(const struct mu_query *query, int column, char *out, size_t size)
{
    mu_text_copy(out, size, mu_column_borrow(query, column));
}

static void read_date(const struct mu_query *query, int column, struct mu_date *out)
{
    if (!mu_date_read(mu_column_borrow(query, column), out))
        *out = (struct mu_date){0, 0, 0};
}

static void read_little(const struct mu_query *query, struct mu_resident *out)
{
    out->id = mu_column_integer(query, 0);
    out->household_id = mu_column_integer(query, 1);
    read_text(query, 2, out->name, sizeof out->name);
    read_date(query, 3, &out->birth_date);
    read_text(query, 4, out->phone, sizeof out->phone);
    read_text(query, 5, out->tags, sizeof out->tags);
    read_text(query, 6, out->card, sizeof out->card);
    mu_column_int(query, 7, &out->status);
    out->linked_to = mu_column_integer(query, 8);
    out->incomplete = true;
}

/* Without a home, which is not read. */
static void read_alone(const struct mu_query *query, struct mu_resident *out)
{
    read_little(query, out);
    *out->estate = *out->building = *out->unit = *out->room = '\0';
    *out->household_number = *out->id_number = '\0';
}

static void read_shown(const struct mu_query *query, bool number, struct mu_resident *out)
{
    const struct mu_seal_place place = {"resident", "id_number", mu_column_integer(query, 0)};

    read_little(query, out);
    mu_column_int(query, 9, &out->sex);
    read_date(query, 10, &out->ended_on);
    read_text(query, 11, out->estate, sizeof out->estate);
    read_text(query, 12, out->building, sizeof out->building);
    read_text(query, 13, out->unit, sizeof out->unit);
    read_text(query, 14, out->room, sizeof out->room);
    read_text(query, 15, out->household_number, sizeof out->household_number);
    out->version = out->ethnic_group = out->marital_status = 0;
    out->relation = out->occupancy = out->residence = 0;
    memset(&out->given, 0, sizeof out->given);
    *out->occupation = *out->derived = *out->grid = *out->note = *out->id_number = '\0';
    if (number)
        mu_column_sealed(query, 16, &place, out->id_number, sizeof out->id_number);
}

void mu_search_read_row(const struct mu_query *query, enum mu_search_columns columns, bool number,
                        struct mu_resident *out)
{
    if (columns == MU_SEARCH_WHOLE)
        mu_resident_from_row(query, number ? MU_OPEN_NUMBER : MU_OPEN_NOTHING, out);
    else if (columns == MU_SEARCH_SHOWN)
        read_shown(query, number, out);
    else
        read_alone(query, out);
}

enum mu_status mu_search_read_person(struct mu_db *db, int64_t id, enum mu_search_columns columns,
                                     bool number, struct mu_resident *out, struct mu_error *error)
{
    struct mu_query query =
        columns == MU_SEARCH_SHOWN
            ? mu_query(db, SHOWN MU_RESIDENT_TABLES " WHERE r.resident_id = ?1")
            : mu_query(db, PEOPLE MU_RESIDENT_TABLES " WHERE r.resident_id = ?1");

    mu_bind_integer(&query, 1, id);
    if (mu_query_row(&query)) {
        mu_search_read_row(&query, columns, number, out);
        out->incomplete = true;
    }
    return mu_query_end(&query, error);
}

static struct mu_query narrowed(struct mu_db *db, enum mu_tag_asked asked)
{
    switch (asked) {
    case MU_ASKED_AGE:
        return mu_query(db, THEIR_KEYS MU_TAG_SQL_AGE IN_ORDER);
    case MU_ASKED_ALONE:
        return mu_query(db, THEIR_KEYS MU_TAG_SQL_ALONE IN_ORDER);
    case MU_ASKED_EMPTY_NEST:
        return mu_query(db, THEIR_KEYS MU_TAG_SQL_EMPTY_NEST IN_ORDER);
    case MU_ASKED_WORD:
        break;
    }
    return mu_query(db, THEIR_KEYS "EXISTS (SELECT 1 FROM resident_tag t WHERE t.word = ?4"
                                   " AND t.resident_id = k.resident_id" STANDS ")" IN_ORDER);
}

/* Where the range ends for one who looks at so many keys only; *end stays when it is shorter. */
static enum mu_status shorten(const struct mu_search_reader *reader, const char *prefix, char *end,
                              struct mu_error *error)
{
    struct mu_query query = mu_query(reader->db, "SELECT token FROM search_key WHERE token >= ?1"
                                                 " AND token < ?2 ORDER BY token, resident_id"
                                                 " LIMIT 1 OFFSET ?3");
    char from[MU_SEARCH_END_SIZE], token[MU_SEARCH_TOKEN_SIZE] = "";
    enum mu_status status;

    memcpy(from, end, sizeof from);
    mu_bind_text(&query, 1, prefix);
    mu_bind_text(&query, 2, from);
    mu_bind_integer(&query, 3, reader->at_most);
    if (mu_query_row(&query))
        mu_column_text(&query, 0, token, sizeof token);
    status = mu_query_end(&query, error);
    if (status == MU_OK && *token) {
        mu_text_copy(end, MU_SEARCH_END_SIZE, token);
        *reader->cut = true;
    }
    return status;
}

static enum mu_status read_narrowed(const struct mu_search_reader *reader, const char *prefix,
                                    bool exact, struct mu_error *error)
{
    char end[MU_SEARCH_END_SIZE];
    struct mu_query query;
    enum mu_status status = MU_OK;

    range_end(prefix, exact, end);
    if (reader->at_most)
        status = shorten(reader, prefix, end, error);
    if (status != MU_OK)
        return status;
    query = narrowed(reader->db, reader->narrow->asked);
    mu_bind_text(&query, 1, prefix);
    mu_bind_text(&query, 2, end);
    bind_tag(&query, reader->today, reader->narrow);
    return read_all(reader, &query, error);
}

enum mu_status mu_search_read_keys(const struct mu_search_reader *reader, const char *prefix,
                                   bool exact, struct mu_error *error)
{
    char end[MU_SEARCH_END_SIZE];
    struct mu_query query;
    enum mu_search_columns columns = reader->columns;

    if (reader->narrow)
        return read_narrowed(reader, prefix, exact, error);
    /* Hardly any word is a card, and one card is one person's: a look at the keys tells. */
    if (*prefix == MU_SHELF_CARD)
        columns = MU_SEARCH_NUMBER;
    if (columns == MU_SEARCH_NUMBER)
        query = mu_query(reader->db, NUMBERS IN_ORDER);
    else if (columns == MU_SEARCH_LITTLE)
        query = mu_query(reader->db, LITTLE IN_ORDER);
    else if (columns == MU_SEARCH_SHOWN)
        query = exact ? mu_query(reader->db, SHOWN EXACT) : mu_query(reader->db, SHOWN BEGINNING);
    else
        query = exact ? mu_query(reader->db, PEOPLE EXACT) : mu_query(reader->db, PEOPLE BEGINNING);
    if (exact && columns < MU_SEARCH_LITTLE)
        mu_bind_text(&query, 1, prefix);
    else
        mu_search_bind_range(&query, prefix, exact, end);
    return read_rows(reader, &query, columns, error);
}

/* People with a tag that was set, up to a number. */
#define TAGGED                                                                                     \
    PEOPLE "resident_tag s CROSS JOIN resident r" HOME " WHERE s.word = ?6"                        \
           " AND (s.until_date = '' OR s.until_date >= ?7) AND s.resident_id <= ?3"                \
           " AND r.resident_id = s.resident_id"
#define IN_TAGS " ORDER BY s.resident_id"

static struct mu_query tagged(struct mu_db *db, const struct mu_tag_question *narrow)
{
    if (!narrow)
        return mu_query(db, TAGGED IN_TAGS);
    switch (narrow->asked) {
    case MU_ASKED_AGE:
        return mu_query(db, TAGGED " AND" MU_TAG_SQL_AGE IN_TAGS);
    case MU_ASKED_ALONE:
        return mu_query(db, TAGGED " AND" MU_TAG_SQL_ALONE IN_TAGS);
    case MU_ASKED_EMPTY_NEST:
        return mu_query(db, TAGGED " AND" MU_TAG_SQL_EMPTY_NEST IN_TAGS);
    case MU_ASKED_WORD:
        break;
    }
    return mu_query(db, TAGGED " AND EXISTS (SELECT 1 FROM resident_tag t WHERE t.word = ?4"
                               " AND t.resident_id = s.resident_id" STANDS ")" IN_TAGS);
}

/* The number up to which files are looked at: where nothing is left out all are. */
static enum mu_status last_tagged(const struct mu_search_reader *reader, const char *word,
                                  int64_t *last, struct mu_error *error)
{
    struct mu_query query = mu_query(reader->db, "SELECT resident_id FROM resident_tag"
                                                 " WHERE word = ?1 ORDER BY resident_id"
                                                 " LIMIT 1 OFFSET ?2");

    *last = INT64_MAX;
    mu_bind_text(&query, 1, word);
    mu_bind_integer(&query, 2, reader->at_most);
    if (reader->narrow && reader->at_most && mu_query_row(&query)) {
        *last = mu_column_integer(&query, 0);
        *reader->cut = true;
    }
    return mu_query_end(&query, error);
}

static enum mu_status read_tagged(const struct mu_search_reader *reader, const char *word,
                                  struct mu_error *error)
{
    struct mu_query query;
    int64_t last;
    enum mu_status status = last_tagged(reader, word, &last, error);

    if (status != MU_OK)
        return status;
    query = tagged(reader->db, reader->narrow);
    mu_bind_integer(&query, 3, last);
    mu_bind_text(&query, 6, word);
    mu_bind_date(&query, 7, reader->today);
    if (reader->narrow)
        bind_tag(&query, reader->today, reader->narrow);
    return read_all(reader, &query, error);
}

/* The same where a household must be asked: all files are passed by. */
static enum mu_status last_number(const struct mu_search_reader *reader, int64_t *last,
                                  struct mu_error *error)
{
    struct mu_query query =
        mu_query(reader->db, "SELECT coalesce(max(resident_id), 0) FROM resident");

    *last = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    if (reader->at_most && *last > reader->at_most) {
        *last = reader->at_most;
        *reader->cut = true;
    }
    return mu_query_end(&query, error);
}

static enum mu_status read_computed(const struct mu_search_reader *reader,
                                    const struct mu_tag_question *question, struct mu_error *error)
{
    const struct mu_tag_question *narrow = reader->narrow;
    struct mu_tag_question both = *question;
    struct mu_query query;
    int64_t last = 0;
    enum mu_status status = MU_OK;

    if (narrow && narrow->asked == MU_ASKED_AGE &&
        mu_date_compare(narrow->born_until, both.born_until) < 0)
        both.born_until = narrow->born_until;
    if (question->asked != MU_ASKED_AGE)
        status = last_number(reader, &last, error);
    if (status != MU_OK)
        return status;
    if (question->asked == MU_ASKED_ALONE)
        query = mu_query(reader->db, BY_NUMBER MU_TAG_SQL_NOBODY_ELSE IN_NUMBERS);
    else if (question->asked == MU_ASKED_EMPTY_NEST)
        query = mu_query(reader->db, BY_NUMBER MU_TAG_SQL_NOBODY_YOUNGER IN_NUMBERS);
    else /* from the youngest on: among the eldest are those who died */
        query = mu_query(reader->db, PEOPLE "resident r" HOME " WHERE r.birth_date > ''"
                                            " AND r.birth_date <= ?9"
                                            " ORDER BY r.birth_date DESC, r.resident_id DESC");
    if (question->asked != MU_ASKED_AGE)
        mu_bind_integer(&query, 3, last);
    bind_tag(&query, reader->today, &both);
    return read_all(reader, &query, error);
}

enum mu_status mu_search_read_tag(const struct mu_search_reader *reader,
                                  const struct mu_tag_question *question, struct mu_error *error)
{
    return question->asked == MU_ASKED_WORD ? read_tagged(reader, question->word, error)
                                            : read_computed(reader, question, error);
}

#define NUMBERED                                                                                   \
    " h.number <> '' AND " MU_SEARCH_BARE_NUMBER " >= ?1 AND " MU_SEARCH_BARE_NUMBER " < ?2"

enum mu_status mu_search_read_homes(const struct mu_search_reader *reader,
                                    const struct mu_search_word *word, struct mu_error *error)
{
    char end[MU_SEARCH_END_SIZE];
    struct mu_query query = mu_query(
        reader->db, PEOPLE "household h JOIN resident r ON r.household_id = h.household_id"
                           " LEFT JOIN place p ON p.place_id = h.place_id WHERE" NUMBERED
                           " ORDER BY " MU_SEARCH_BARE_NUMBER ", h.household_id, r.resident_id");

    mu_search_bind_range(&query, word->household, !word->begins, end);
    return read_all(reader, &query, error);
}

static enum mu_status gather(struct mu_query *query, int64_t most, int64_t *count,
                             struct mu_id_set *set, struct mu_error *error)
{
    while (*count <= most && mu_query_row(query))
        *count = mu_id_set_add(set, mu_column_integer(query, 0)) ? *count + 1 : most + 1;
    return mu_query_end(query, error);
}

enum mu_status mu_search_gather_keys(struct mu_db *db, const char *prefix, bool exact, int64_t most,
                                     int64_t *count, struct mu_id_set *set, struct mu_error *error)
{
    char end[MU_SEARCH_END_SIZE];
    struct mu_query query = mu_query(db, "SELECT resident_id FROM search_key WHERE token >= ?1"
                                         " AND token < ?2");

    mu_search_bind_range(&query, prefix, exact, end);
    return gather(&query, most, count, set, error);
}

enum mu_status mu_search_gather_homes(struct mu_db *db, const struct mu_search_word *word,
                                      int64_t most, int64_t *count, struct mu_id_set *set,
                                      struct mu_error *error)
{
    char end[MU_SEARCH_END_SIZE];
    struct mu_query query = mu_query(db, "SELECT r.resident_id FROM household h JOIN resident r"
                                         " ON r.household_id = h.household_id WHERE" NUMBERED);

    mu_search_bind_range(&query, word->household, !word->begins, end);
    return gather(&query, most, count, set, error);
}

static enum mu_status counted(struct mu_query *query, int64_t *count, struct mu_error *error)
{
    *count = mu_query_row(query) ? mu_column_integer(query, 0) : 0;
    return mu_query_end(query, error);
}

/* Whether there are as many is told faster than how many there are. */
enum mu_status mu_search_count_keys(struct mu_db *db, const char *prefix, bool exact, int64_t most,
                                    int64_t *count, struct mu_error *error)
{
    char end[MU_SEARCH_END_SIZE];
    struct mu_query query = mu_query(db, "SELECT 1 FROM search_key WHERE token >= ?1"
                                         " AND token < ?2 LIMIT 1 OFFSET ?3");
    bool as_many;
    enum mu_status status;

    mu_search_bind_range(&query, prefix, exact, end);
    mu_bind_integer(&query, 3, most - 1);
    as_many = mu_query_row(&query);
    status = mu_query_end(&query, error);
    *count = most;
    if (status != MU_OK || as_many)
        return status;
    query = mu_query(db, "SELECT count(*) FROM search_key WHERE token >= ?1 AND token < ?2");
    mu_search_bind_range(&query, prefix, exact, end);
    return counted(&query, count, error);
}

enum mu_status mu_search_count_tag(struct mu_db *db, const struct mu_tag_question *question,
                                   int64_t most, int64_t *count, struct mu_error *error)
{
    struct mu_query query;

    if (question->asked == MU_ASKED_WORD) {
        query = mu_query(db, "SELECT count(*) FROM (SELECT 1 FROM resident_tag WHERE word = ?1"
                             " LIMIT ?2) AS some");
        mu_bind_text(&query, 1, question->word);
    } else {
        query = mu_query(db, "SELECT count(*) FROM (SELECT 1 FROM resident WHERE birth_date > ''"
                             " AND birth_date <= ?1 LIMIT ?2) AS some");
        mu_bind_date(&query, 1, question->born_until);
    }
    mu_bind_integer(&query, 2, most);
    return counted(&query, count, error);
}

enum mu_status mu_search_count_homes(struct mu_db *db, const struct mu_search_word *word,
                                     int64_t most, int64_t *count, struct mu_error *error)
{
    char end[MU_SEARCH_END_SIZE];
    struct mu_query query = mu_query(
        db, "SELECT count(*) FROM (SELECT 1 FROM household h WHERE" NUMBERED " LIMIT ?3) AS some");

    mu_search_bind_range(&query, word->household, !word->begins, end);
    mu_bind_integer(&query, 3, most);
    return counted(&query, count, error);
}
