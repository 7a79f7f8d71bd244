#include "desk/resident_file.h"
#include "desk/resident_tags.h"
#include "store/register_store.h"
#include "store/search_store.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/register.h>

#include <stdio.h>
#include <string.h>

enum { QUERY_SIZE = 256 };

/* Hands rows on as they may be seen: tags told, numbers masked. */
struct masked {
    mu_resident_row *row;
    void *context;
    struct mu_teller teller;
};

static struct masked masked_to(struct mu_desk *desk, mu_resident_row *row, void *context)
{
    struct masked masked = {.row = row, .context = context};

    mu_teller_init(&masked.teller, desk);
    return masked;
}

static bool pass_masked(void *context, const struct mu_resident *resident)
{
    struct masked *masked = context;
    struct mu_resident copy = *resident;

    if (!mu_tell_tags(&masked->teller, &copy))
        return false;
    mu_file_mask(&copy);
    return masked->row(masked->context, &copy);
}

/* The status of reading rows, or that of telling them. */
static enum mu_status passed(const struct masked *masked, enum mu_status status,
                             struct mu_error *error)
{
    if (status == MU_OK && masked->teller.status != MU_OK && error)
        *error = masked->teller.error;
    return status == MU_OK ? masked->teller.status : status;
}

/* Splits the query into words. There are none when it is longer than any query that somebody could
 * answer to: what is left out of it must not make somebody fit. */
static enum mu_status read_query(struct mu_db *db, const char *query,
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
        status = mu_search_word(db, word, &words[(*count)++], error);
    }
    return status;
}

enum mu_status mu_find_residents(struct mu_desk *desk, const char *query, size_t limit,
                                 mu_resident_row *row, void *context, struct mu_error *error)
{
    struct mu_search_word words[MU_FIND_WORDS];
    size_t count;
    struct masked masked;
    /* One read lock for all statements of the search, and one state of the records. */
    enum mu_status status = mu_db_begin_read(desk->db, error);

    if (status != MU_OK)
        return status;
    status = mu_desk_may(desk, MU_MAY_find_resident, error);
    masked = masked_to(desk, row, context);
    if (status == MU_OK)
        status = read_query(desk->db, query, words, &count, error);
    if (status == MU_OK)
        status = mu_search_find(desk->db, words, count, limit, pass_masked, &masked, error);
    mu_db_end_read(desk->db);
    return passed(&masked, status, error);
}

enum mu_status mu_list_residents(struct mu_desk *desk, int64_t after, size_t limit,
                                 mu_resident_row *row, void *context, struct mu_error *error)
{
    struct masked masked = masked_to(desk, row, context);
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status != MU_OK)
        return status;
    status = mu_register_page(desk->db, after, (int64_t)limit, pass_masked, &masked, error);
    return passed(&masked, status, error);
}

enum mu_status mu_list_household(struct mu_desk *desk, int64_t household_id, mu_resident_row *row,
                                 void *context, struct mu_error *error)
{
    struct masked masked = masked_to(desk, row, context);
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_resident, error);

    if (status != MU_OK)
        return status;
    status = mu_register_household(desk->db, household_id, pass_masked, &masked, error);
    return passed(&masked, status, error);
}

/* As it is given out. */
static enum mu_status tell(struct mu_desk *desk, struct mu_resident *resident,
                           struct mu_error *error)
{
    enum mu_status status = mu_file_give(desk, resident, error);

    if (status == MU_OK)
        status = mu_file_tell_tags(desk, resident, error);
    mu_file_mask(resident);
    return status;
}

enum mu_status mu_read_resident(struct mu_desk *desk, int64_t id, struct mu_resident *out,
                                struct mu_error *error)
{
    struct mu_resident resident;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_resident, error);

    if (status == MU_OK)
        status = mu_file_read(desk, id, &resident, error);
    if (status == MU_OK)
        status = tell(desk, &resident, error);
    if (status == MU_OK)
        *out = resident;
    return status;
}

static enum mu_status save(struct mu_desk *desk, struct mu_resident *resident, const char **field,
                           struct mu_error *error)
{
    struct mu_resident before = {0};
    struct mu_act_writer act;
    struct mu_tag_changes tags;
    bool tags_changed;
    enum mu_status status = MU_OK;

    if (resident->id) {
        status = mu_file_read(desk, resident->id, &before, error);
        /* Before the numbers are compared: a changed file has other masks. */
        if (status == MU_OK && before.version != resident->version)
            return mu_fail(error, MU_REFUSED, MU_SAY_error_resident_changed, before.name, NULL);
        if (status == MU_OK && before.status == MU_ENTERED_IN_ERROR)
            return mu_fail(error, MU_REFUSED, MU_SAY_error_resident_in_error, before.name, NULL);
        mu_file_unmask(resident, &before);
        if (status == MU_OK && !mu_file_follow_home(resident, &before))
            return mu_fail(error, MU_REFUSED, MU_SAY_error_resident_changed, before.name, NULL);
    }
    resident->incomplete |= before.incomplete;
    if (status == MU_OK && strchr(resident->phone, '*')) {
        if (field)
            *field = "phone";
        return mu_fail(error, MU_INPUT, MU_SAY_error_phone_masked, NULL);
    }
    if (status == MU_OK)
        status = mu_resident_check(resident, mu_desk_now(desk).date, field, error);
    if (status == MU_OK)
        status = mu_file_check_unique(desk->db, resident, field, error);
    if (status == MU_OK) {
        status = mu_file_plan_tags(desk, resident->id ? &before : NULL, resident, &tags,
                                   &tags_changed, error);
        if (status == MU_INPUT && field)
            *field = "tags";
    }
    if (status == MU_OK)
        status = mu_file_settle_home(desk, &before, resident, error);
    if (status != MU_OK)
        return status;
    mu_act_begin(&act, desk, MU_MAY_save_resident, resident->name);
    return mu_file_write(&act, resident->id ? &before : NULL, resident, error);
}

enum mu_status mu_save_resident(struct mu_desk *desk, struct mu_resident *resident,
                                const char **field, struct mu_error *error)
{
    struct mu_resident saved = *resident;
    enum mu_status status = mu_desk_may(desk, MU_MAY_save_resident, error);

    if (field)
        *field = NULL;
    if (!saved.status)
        saved.status = MU_LIVING_HERE;
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = save(desk, &saved, field, error);
    if (status == MU_OK)
        status = tell(desk, &saved, error);
    if (status == MU_OK)
        status = mu_desk_commit(desk, error);
    else
        mu_db_rollback(desk->db);
    if (status == MU_OK)
        *resident = saved;
    return status;
}

enum mu_status mu_file_check_end(const struct mu_desk *desk, const struct mu_resident *resident,
                                 enum mu_resident_status status, struct mu_date day,
                                 struct mu_error *error)
{
    char text[MU_DATE_SIZE], word[MU_EITHER_SIZE];
    bool ended = resident->status != MU_LIVING_HERE;

    if (resident->status == MU_ENTERED_IN_ERROR)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_resident_in_error, resident->name, NULL);
    if (resident->linked_to) {
        char number[24];

        snprintf(number, sizeof number, "%lld", (long long)resident->linked_to);
        return mu_fail(error, MU_REFUSED, MU_SAY_error_linked_file, resident->name, number, NULL);
    }
    if (status == MU_LIVING_HERE)
        return ended
                   ? MU_OK
                   : mu_fail(error, MU_REFUSED, MU_SAY_error_resident_lives, resident->name, NULL);
    /* Somebody who moved out may die later; nothing follows death. */
    if (resident->status == (int)status || resident->status == MU_DECEASED) {
        mu_either(word, sizeof word, mu_choice_word(&mu_statuses, resident->status, MU_CHINESE),
                  mu_choice_word(&mu_statuses, resident->status, MU_ENGLISH));
        return mu_fail(error, MU_REFUSED, MU_SAY_error_resident_ended, resident->name, word, NULL);
    }
    if (mu_date_valid(day) && mu_date_compare(day, mu_desk_now(desk).date) <= 0 &&
        (!mu_date_known(resident->birth_date) || mu_date_compare(day, resident->birth_date) >= 0))
        return MU_OK;
    mu_date_format(day, text);
    return mu_fail(error, MU_INPUT, MU_SAY_error_end_date, text, NULL);
}

enum mu_status mu_end_resident(struct mu_desk *desk, int64_t id, enum mu_resident_status new_status,
                               struct mu_date day, struct mu_error *error)
{
    struct mu_resident before, after;
    struct mu_act_writer act;
    enum mu_status status = mu_desk_may(desk, MU_MAY_end_resident, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = mu_file_read(desk, id, &before, error);
    if (status == MU_OK)
        status = mu_file_check_end(desk, &before, new_status, day, error);
    if (status == MU_OK) {
        after = before;
        after.status = (int)new_status;
        after.ended_on = new_status == MU_LIVING_HERE ? (struct mu_date){0, 0, 0} : day;
        mu_act_begin(&act, desk, MU_MAY_end_resident, before.name);
        status = mu_file_write(&act, &before, &after, error);
    }
    if (status == MU_OK)
        return mu_desk_commit(desk, error);
    mu_db_rollback(desk->db);
    return status;
}
