#include "desk/desk_internal.h"
#include "desk/masked_rows.h"
#include "desk/query_words.h"
#include "desk/resident_file.h"
#include "store/household_store.h"
#include "store/recent_store.h"
#include "store/register_store.h"
#include "store/search_find.h"

#include <mulin/base/text.h>
#include <mulin/desk/find.h>

#include <string.h>

enum {
    QUERY_SIZE = 256,
    QUICK = 2500, /* people that are compared while somebody types: less than a frame */
    FIRST = 320   /* work before the first of them are shown: less than half a millisecond */
};

enum mu_status mu_query_words(struct mu_db *db, const char *query,
                              const struct mu_search_scope *scope,
                              struct mu_search_word words[MU_FIND_WORDS], size_t *count,
                              struct mu_error *error)
{
    char text[QUERY_SIZE], *rest = text, *word;
    enum mu_status status = MU_OK;

    *count = 0;
    if (!mu_text_clean(text, sizeof text, query, false))
        return MU_OK;
    /* A typed U+3000 parts words as a blank does. */
    for (char *wide = strstr(text, "\u3000"); wide; wide = strstr(wide, "\u3000"))
        memcpy(wide, "   ", 3);
    while (status == MU_OK && (word = strsep(&rest, " ")) != NULL) {
        if (!*word)
            continue;
        if (*count == MU_FIND_WORDS) {
            *count = 0;
            return MU_OK;
        }
        status = mu_search_word(db, word, scope, &words[(*count)++], error);
    }
    return status;
}

struct passing {
    struct mu_masked_rows rows;
    struct mu_resident resident;
};

static bool pass_person(void *context, const struct mu_why *why)
{
    struct passing *passing = context;

    (void)why;
    return mu_pass_masked(&passing->rows, &passing->resident);
}

enum mu_status mu_find_residents(struct mu_desk *desk, const char *query, size_t limit,
                                 mu_resident_row *row, void *context, struct mu_error *error)
{
    struct mu_search_word words[MU_FIND_WORDS];
    struct passing passing;
    struct mu_search_request request = {
        .words = words, .limit = limit, .resident = &passing.resident};
    bool cut;
    /* One read lock for all statements of the search, and one state of the records. */
    enum mu_status status = mu_db_begin_read(desk->db, error);

    if (status != MU_OK)
        return status;
    status = mu_desk_may(desk, MU_MAY_find_resident, error);
    mu_masked_rows_init(&passing.rows, desk, row, context);
    if (status == MU_OK)
        status = mu_query_words(desk->db, query, NULL, words, &request.count, error);
    if (status == MU_OK)
        status = mu_search_find(desk->db, &request, pass_person, &passing, &cut, error);
    mu_db_end_read(desk->db);
    return mu_masked_rows_status(&passing.rows, status, error);
}

/* Hands findings on as they may be seen. */
struct finder {
    struct mu_desk *desk;
    mu_finding_row *row;
    void *context;
    struct mu_teller teller; /* the rules and the day */
    struct mu_finding finding;
    size_t hits;
    bool stopped;
};

/* Computed tags are left out: each would ask for a household. */
static bool take_person(void *context, const struct mu_why *why)
{
    struct finder *finder = context;
    struct mu_finding *finding = &finder->finding;

    finding->household_id = 0;
    mu_file_tags(&finding->resident, finder->teller.today);
    mu_file_mask(&finding->resident);
    memcpy(finding->why, why, finding->why_count * sizeof *why);
    finder->hits++;
    finder->stopped = !finder->row(finder->context, finding);
    return !finder->stopped;
}

struct members {
    size_t count;
    char head[MU_PERSON_NAME_SIZE];
};

static bool count_member(void *context, const struct mu_resident *resident)
{
    struct members *members = context;

    if (resident->status != MU_LIVING_HERE || resident->linked_to)
        return true;
    if (members->count++ == 0)
        mu_text_copy(members->head, sizeof members->head, resident->name);
    return true;
}

static enum mu_status describe_home(struct finder *finder, int64_t id, const char *number,
                                    struct mu_error *error)
{
    struct mu_finding *finding = &finder->finding;
    struct mu_resident *row = &finding->resident;
    struct mu_household home;
    struct members members = {0};
    bool found;
    enum mu_status status = mu_household_by_id(finder->desk->db, id, &found, &home, error);

    if (status == MU_OK)
        status = mu_register_household(finder->desk->db, id, count_member, &members, error);
    if (status != MU_OK || !found)
        return status;
    *row =
        (struct mu_resident){.household_id = id, .occupancy = home.occupancy, .incomplete = true};
    memcpy(row->name, members.head, sizeof row->name);
    memcpy(row->estate, home.estate, sizeof row->estate);
    memcpy(row->building, home.building, sizeof row->building);
    memcpy(row->unit, home.unit, sizeof row->unit);
    memcpy(row->room, home.room, sizeof row->room);
    memcpy(row->household_number, home.number, sizeof row->household_number);
    memcpy(row->grid, home.grid, sizeof row->grid);
    finding->household_id = id;
    finding->members = members.count;
    finding->why[0] = (struct mu_why){.by = MU_FOUND_HOUSEHOLD};
    mu_text_copy(finding->why[0].text, sizeof finding->why[0].text, number);
    return MU_OK;
}

struct homes {
    struct finder *finder;
    enum mu_status status;
    struct mu_error error;
};

static bool take_home(void *context, int64_t id, const char *number)
{
    struct homes *homes = context;
    struct finder *finder = homes->finder;

    homes->status = describe_home(finder, id, number, &homes->error);
    return homes->status == MU_OK && finder->row(finder->context, &finder->finding);
}

static enum mu_status find_homes(struct finder *finder, const struct mu_search_word *word,
                                 size_t limit, struct mu_error *error)
{
    struct homes homes = {.finder = finder, .status = MU_OK};
    enum mu_status status =
        mu_search_households(finder->desk->db, word, limit, take_home, &homes, error);

    if (status == MU_OK && homes.status != MU_OK && error)
        *error = homes.error;
    return status == MU_OK ? homes.status : status;
}

static enum mu_status find_all(struct finder *finder, const struct mu_find_request *asked,
                               bool *cut, struct mu_error *error)
{
    struct mu_search_word words[MU_FIND_WORDS];
    const struct mu_search_scope scope = {finder->teller.rules, finder->teller.today};
    struct mu_search_request request = {.words = words,
                                        .scope = &scope,
                                        .limit = asked->limit,
                                        .resident = &finder->finding.resident,
                                        .brief = true,
                                        .look_at = asked->effort == MU_FIND_ALL ? 0 : QUICK,
                                        .look_first = asked->effort == MU_FIND_FIRST ? FIRST : 0};
    enum mu_status status =
        mu_query_words(finder->desk->db, asked->query, &scope, words, &request.count, error);

    finder->finding.why_count = request.count;
    if (status == MU_OK)
        status = mu_search_find(finder->desk->db, &request, take_person, finder, cut, error);
    if (status != MU_OK || request.count != 1 || !*words[0].household || finder->stopped ||
        finder->hits >= asked->limit)
        return status;
    return find_homes(finder, &words[0], asked->limit - finder->hits, error);
}

enum mu_status mu_find(struct mu_desk *desk, const struct mu_find_request *request,
                       mu_finding_row *row, void *context, bool *cut, struct mu_error *error)
{
    struct finder finder; /* of whose finding every hit writes all that it has */
    enum mu_status status = mu_db_begin_read(desk->db, error);

    finder.desk = desk;
    finder.row = row;
    finder.context = context;
    finder.hits = finder.finding.members = 0;
    finder.stopped = *cut = false;
    if (status != MU_OK)
        return status;
    status = mu_desk_may(desk, MU_MAY_find_resident, error);
    mu_teller_init(&finder.teller, desk);
    if (status == MU_OK)
        status = find_all(&finder, request, cut, error);
    mu_db_end_read(desk->db);
    return status;
}

enum mu_status mu_remember_file(struct mu_desk *desk, int64_t resident_id, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status != MU_OK)
        return status;
    mu_desk_hurry(desk, true);
    status = mu_db_begin(desk->db, error);
    mu_desk_hurry(desk, false);
    if (status != MU_OK)
        return status;
    status = mu_recent_write(desk->db, desk->operator.id, resident_id, mu_desk_now(desk),
                             MU_RECENT_FILES, error);
    if (status == MU_OK)
        return mu_db_commit(desk->db, error);
    mu_db_rollback(desk->db);
    return status;
}

enum mu_status mu_recent_files(struct mu_desk *desk, mu_resident_row *row, void *context,
                               struct mu_error *error)
{
    struct mu_masked_rows rows;
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status != MU_OK)
        return status;
    mu_masked_rows_init(&rows, desk, row, context);
    status =
        mu_recent_read(desk->db, desk->operator.id, MU_RECENT_FILES, mu_pass_masked, &rows, error);
    return mu_masked_rows_status(&rows, status, error);
}
