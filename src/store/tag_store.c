#include "store/tag_store.h"

#include "store/register_store.h"

#include <stdio.h>
#include <string.h>

enum mu_status mu_tag_line(struct mu_db *db, int64_t resident_id, char *line,
                           struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT tags FROM resident WHERE resident_id = ?1");

    *line = '\0';
    mu_bind_integer(&query, 1, resident_id);
    if (mu_query_row(&query))
        mu_column_text(&query, 0, line, MU_TAGS_SIZE);
    return mu_query_end(&query, error);
}

static enum mu_status write_line(struct mu_db *db, int64_t resident_id, const char *line,
                                 bool counted, struct mu_error *error)
{
    struct mu_query query =
        counted ? mu_query(db, "UPDATE resident SET tags = ?2, version = version + 1"
                               " WHERE resident_id = ?1")
                : mu_query(db, "UPDATE resident SET tags = ?2 WHERE resident_id = ?1");

    mu_bind_integer(&query, 1, resident_id);
    mu_bind_text(&query, 2, line);
    return mu_query_run(&query, error);
}

/* A word that was withdrawn on the day on which it began may begin again on that day; in a `new`
 * file there is none. */
static enum mu_status begin(struct mu_db *db, int64_t resident_id, bool new, const char *word,
                            struct mu_date until, const struct mu_tag_stamp *stamp,
                            struct mu_error *error)
{
#define BEGIN                                                                                      \
    "INSERT INTO resident_tag (resident_id, word, from_date, until_date, operator_id,"             \
    " recorded_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
    char moment[MU_MOMENT_SIZE];
    struct mu_query query =
        new ? mu_query(db, BEGIN)
            : mu_query(db, BEGIN " ON CONFLICT (resident_id, word, from_date) DO UPDATE SET"
                                 " until_date = excluded.until_date,"
                                 " operator_id = excluded.operator_id,"
                                 " recorded_at = excluded.recorded_at");

    mu_moment_format(stamp->now, moment);
    mu_bind_integer(&query, 1, resident_id);
    mu_bind_text(&query, 2, word);
    mu_bind_date(&query, 3, stamp->now.date);
    mu_bind_date(&query, 4, until);
    mu_bind_integer(&query, 5, stamp->operator_id);
    mu_bind_text(&query, 6, moment);
    return mu_query_run(&query, error);
}

/* Ends a word yesterday; times that begin later are withdrawn by that. */
static enum mu_status end(struct mu_db *db, int64_t resident_id, const char *word,
                          const struct mu_tag_stamp *stamp, struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE];
    struct mu_query query =
        mu_query(db, "UPDATE resident_tag SET until_date = ?3, operator_id = ?5, recorded_at = ?6"
                     " WHERE resident_id = ?1 AND word = ?2"
                     " AND (until_date = '' OR until_date >= ?4)");

    mu_moment_format(stamp->now, moment);
    mu_bind_integer(&query, 1, resident_id);
    mu_bind_text(&query, 2, word);
    mu_bind_date(&query, 3, mu_date_add_days(stamp->now.date, -1));
    mu_bind_date(&query, 4, stamp->now.date);
    mu_bind_integer(&query, 5, stamp->operator_id);
    mu_bind_text(&query, 6, moment);
    return mu_query_run(&query, error);
}

enum mu_status mu_tag_apply(struct mu_db *db, int64_t resident_id,
                            const struct mu_tag_changes *changes, const struct mu_tag_stamp *stamp,
                            struct mu_error *error)
{
    const char *begun = changes->begun, *ended = changes->ended;
    char word[MU_TAGS_SIZE];
    struct mu_date until;
    enum mu_status status = write_line(db, resident_id, changes->stored, false, error);

    while (status == MU_OK && mu_tag_next(&ended, word, &until))
        status = end(db, resident_id, word, stamp, error);
    while (status == MU_OK && mu_tag_next(&begun, word, &until))
        status = begin(db, resident_id, false, word, until, stamp, error);
    return status;
}

enum mu_status mu_tag_first(struct mu_db *db, int64_t resident_id,
                            const struct mu_tag_changes *changes, const struct mu_tag_stamp *stamp,
                            struct mu_error *error)
{
    const char *begun = changes->begun;
    char word[MU_TAGS_SIZE];
    struct mu_date until;
    enum mu_status status = write_line(db, resident_id, changes->stored, false, error);

    while (status == MU_OK && mu_tag_next(&begun, word, &until))
        status = begin(db, resident_id, true, word, until, stamp, error);
    return status;
}

/* The columns of a time from `column` on. */
#define TIME_COLUMNS "t.word, t.from_date, t.until_date, t.evidence, o.name, t.recorded_at"

static void read_time(const struct mu_query *query, int column, struct mu_tag *out)
{
    *out = (struct mu_tag){0};
    mu_column_text(query, column, out->word, sizeof out->word);
    mu_column_date(query, column + 1, &out->from);
    mu_column_date(query, column + 2, &out->until);
    mu_column_text(query, column + 3, out->evidence, sizeof out->evidence);
    mu_column_text(query, column + 4, out->operator_name, sizeof out->operator_name);
    mu_column_moment(query, column + 5, &out->recorded_at);
}

enum mu_status mu_tag_times(struct mu_db *db, int64_t resident_id, const char *word,
                            mu_tag_each *each, void *context, struct mu_error *error)
{
#define TIMES                                                                                      \
    "SELECT " TIME_COLUMNS " FROM resident_tag t JOIN operator o"                                  \
    " ON o.operator_id = t.operator_id WHERE t.resident_id = ?1"
#define NEWEST_FIRST " ORDER BY t.from_date DESC, t.word"
    struct mu_query query = word ? mu_query(db, TIMES " AND t.word = ?2" NEWEST_FIRST)
                                 : mu_query(db, TIMES NEWEST_FIRST);
    struct mu_tag tag;

    mu_bind_integer(&query, 1, resident_id);
    if (word)
        mu_bind_text(&query, 2, word);
    while (mu_query_row(&query)) {
        read_time(&query, 0, &tag);
        if (!each(context, &tag))
            break;
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_tag_write(struct mu_db *db, int64_t resident_id, const struct mu_tag *tag,
                            const struct mu_tag_stamp *stamp, struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE];
    struct mu_query query =
        mu_query(db, "INSERT INTO resident_tag (resident_id, word, from_date, until_date, evidence,"
                     " operator_id, recorded_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                     " ON CONFLICT (resident_id, word, from_date) DO UPDATE SET until_date ="
                     " excluded.until_date, evidence = excluded.evidence,"
                     " operator_id = excluded.operator_id, recorded_at = excluded.recorded_at");

    mu_moment_format(stamp->now, moment);
    mu_bind_integer(&query, 1, resident_id);
    mu_bind_text(&query, 2, tag->word);
    mu_bind_date(&query, 3, tag->from);
    mu_bind_date(&query, 4, tag->until);
    mu_bind_text(&query, 5, tag->evidence);
    mu_bind_integer(&query, 6, stamp->operator_id);
    mu_bind_text(&query, 7, moment);
    return mu_query_run(&query, error);
}

enum { WORDS = MU_TAGS_SIZE / 2 }; /* more do not fit a line */

/* The words of a person as the times have them, each with the latest of its last days. */
struct standing {
    size_t count;
    bool too_many;
    char line[MU_TAGS_SIZE]; /* the words one behind the other, each with its NUL */
    const char *word[WORDS];
    struct mu_date until[WORDS];
    size_t used;
};

static bool is_later(struct mu_date a, struct mu_date b)
{
    if (!mu_date_known(a) || !mu_date_known(b))
        return !mu_date_known(a) && mu_date_known(b);
    return mu_date_compare(a, b) > 0;
}

static void stand(struct standing *standing, const char *word, struct mu_date until)
{
    size_t length = strlen(word) + 1;

    for (size_t i = 0; i < standing->count; i++) {
        if (strcmp(standing->word[i], word) != 0)
            continue;
        if (is_later(until, standing->until[i]))
            standing->until[i] = until;
        return;
    }
    if (standing->count == WORDS || standing->used + length > sizeof standing->line) {
        standing->too_many = true;
        return;
    }
    memcpy(standing->line + standing->used, word, length);
    standing->word[standing->count] = standing->line + standing->used;
    standing->until[standing->count++] = until;
    standing->used += length;
}

/* What counts is what was in force when the line was last written: later it only runs out, which
 * nobody writes down. */
static bool counts(struct mu_date from, struct mu_date until, struct mu_date written)
{
    if (!mu_date_known(until))
        return true;
    return (!mu_date_known(from) || mu_date_compare(until, from) >= 0) &&
           (!mu_date_known(written) || mu_date_compare(until, written) >= 0);
}

static struct mu_date later_day(struct mu_date a, const char *moment)
{
    struct mu_moment other;

    if (!mu_moment_parse(moment, &other))
        return a;
    return !mu_date_known(a) || mu_date_compare(other.date, a) > 0 ? other.date : a;
}

static enum mu_status read_written(struct mu_db *db, int64_t resident_id, struct mu_date *written,
                                   struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT max(recorded_at) FROM resident_tag WHERE resident_id = ?1");

    mu_bind_integer(&query, 1, resident_id);
    if (mu_query_row(&query))
        *written = later_day(*written, mu_column_borrow(&query, 0));
    return mu_query_end(&query, error);
}

static enum mu_status read_standing(struct mu_db *db, int64_t resident_id, struct mu_date written,
                                    struct standing *out, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT word, from_date, until_date FROM resident_tag"
                                         " WHERE resident_id = ?1 ORDER BY from_date, word");
    struct mu_date from, until;

    *out = (struct standing){0};
    mu_bind_integer(&query, 1, resident_id);
    while (mu_query_row(&query)) {
        mu_column_date(&query, 1, &from);
        mu_column_date(&query, 2, &until);
        if (counts(from, until, written))
            stand(out, mu_column_borrow(&query, 0), until);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_tag_refresh(struct mu_db *db, int64_t resident_id, struct mu_date today,
                              struct mu_error *error)
{
    struct standing standing;
    char line[2 * MU_TAGS_SIZE] = "", day[MU_DATE_SIZE];
    size_t used = 0;
    enum mu_status status = read_written(db, resident_id, &today, error);

    if (status == MU_OK)
        status = read_standing(db, resident_id, today, &standing, error);
    if (status != MU_OK)
        return status;
    for (size_t i = 0; i < standing.count && used < sizeof line; i++) {
        mu_date_format(standing.until[i], day);
        used += (size_t)snprintf(line + used, sizeof line - used, "%s%s%s%s", i ? " " : "",
                                 standing.word[i], *day ? "<" : "", day);
    }
    if (standing.too_many || used >= MU_TAGS_SIZE)
        return mu_fail(error, MU_INPUT, MU_SAY_error_tags_many, NULL);
    return write_line(db, resident_id, line, true, error);
}

enum mu_status mu_tag_members(struct mu_db *db, int64_t household_id, struct mu_housemates *out,
                              struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT birth_date, relation FROM resident"
                                         " WHERE household_id = ?1 AND status = 1"
                                         " AND linked_to IS NULL LIMIT ?2");

    out->count = 0;
    mu_bind_integer(&query, 1, household_id);
    mu_bind_integer(&query, 2, MU_DERIVED_MEMBERS + 1);
    while (mu_query_row(&query)) {
        if (out->count < MU_DERIVED_MEMBERS) {
            mu_column_date(&query, 0, &out->member[out->count].birth_date);
            mu_column_int(&query, 1, &out->member[out->count].relation);
        }
        out->count++;
    }
    return mu_query_end(&query, error);
}

/* What was recorded when its last day was over was ended by somebody who knew. */
#define DUE                                                                                        \
    " t.until_date <> '' AND t.until_date >= ?1 AND t.until_date <= ?2"                            \
    " AND t.until_date >= t.from_date AND substr(t.recorded_at, 1, 10) <= t.until_date"            \
    " AND r.status = 1 AND NOT EXISTS (SELECT 1 FROM resident_tag n WHERE n.resident_id ="         \
    " t.resident_id AND n.word = t.word AND n.from_date > t.from_date"                             \
    " AND (n.until_date = '' OR n.until_date >= n.from_date))"

enum mu_status mu_tag_due(struct mu_db *db, struct mu_date from, struct mu_date until,
                          int64_t limit, mu_tag_due_each *each, void *context,
                          struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " MU_RESIDENT_COLUMNS ", " TIME_COLUMNS " FROM resident_tag t"
                     " JOIN resident r ON r.resident_id = t.resident_id"
                     " JOIN operator o ON o.operator_id = t.operator_id"
                     " LEFT JOIN household h ON h.household_id = r.household_id"
                     " LEFT JOIN place p ON p.place_id = h.place_id WHERE" DUE
                     " ORDER BY t.until_date, t.resident_id, t.word LIMIT ?3");
    struct mu_resident resident;
    struct mu_tag tag;

    mu_bind_date(&query, 1, from);
    mu_bind_date(&query, 2, until);
    mu_bind_integer(&query, 3, limit);
    while (mu_query_row(&query)) {
        mu_resident_from_row(&query, MU_OPEN_NOTHING, &resident);
        read_time(&query, MU_RESIDENT_COLUMN_COUNT, &tag);
        if (!each(context, &resident, &tag))
            break;
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_tag_due_count(struct mu_db *db, struct mu_date from, struct mu_date until,
                                int64_t limit, int64_t *count, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT count(*) FROM (SELECT 1 FROM resident_tag t JOIN resident r"
                     " ON r.resident_id = t.resident_id WHERE" DUE " LIMIT ?3) AS due");

    mu_bind_date(&query, 1, from);
    mu_bind_date(&query, 2, until);
    mu_bind_integer(&query, 3, limit);
    *count = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

/* A person's line holds just the words that stand. */
static bool line_agrees(const char *line, const struct standing *standing)
{
    char word[MU_TAGS_SIZE];
    struct mu_date until;
    size_t words = 0;

    for (; mu_tag_next(&line, word, &until); words++) {
        size_t i = 0;

        while (i < standing->count && strcmp(standing->word[i], word) != 0)
            i++;
        if (i == standing->count || mu_date_compare(standing->until[i], until) != 0)
            return false;
    }
    return words == standing->count && !standing->too_many;
}

/* The next person after `id` who has a line or times; 0: nobody. */
static enum mu_status next_person(struct mu_db *db, int64_t *id, char *line, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT resident_id, tags FROM resident WHERE resident_id ="
                     " (SELECT min(id) FROM (SELECT min(resident_id) AS id FROM resident"
                     " WHERE resident_id > ?1 AND tags <> '' UNION ALL"
                     " SELECT min(resident_id) FROM resident_tag WHERE resident_id > ?1) AS next)");

    mu_bind_integer(&query, 1, *id);
    *id = 0;
    if (mu_query_row(&query)) {
        *id = mu_column_integer(&query, 0);
        mu_column_text(&query, 1, line, MU_TAGS_SIZE);
    }
    return mu_query_end(&query, error);
}

static enum mu_status check(struct mu_db *db, int64_t *bad, struct mu_error *error)
{
    char line[MU_TAGS_SIZE];
    int64_t id = 0;
    enum mu_status status;

    while ((status = next_person(db, &id, line, error)) == MU_OK && id != 0) {
        struct mu_date written = {0, 0, 0};
        struct standing standing;

        status = read_written(db, id, &written, error);
        if (status == MU_OK)
            status = read_standing(db, id, written, &standing, error);
        if (status != MU_OK)
            return status;
        if (!line_agrees(line, &standing)) {
            *bad = id;
            return MU_OK;
        }
    }
    return status;
}

enum mu_status mu_tag_check(struct mu_db *db, int64_t *resident, struct mu_error *error)
{
    enum mu_status status = mu_db_begin_read(db, error);

    *resident = 0;
    if (status != MU_OK)
        return status;
    status = check(db, resident, error);
    mu_db_end_read(db);
    return status;
}
