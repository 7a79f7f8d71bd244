#include "store/register_store.h"
#include "store/search_find.h"
#include "store/search_read.h"

enum mu_status mu_search_households(struct mu_db *db, const struct mu_search_word *word,
                                    size_t limit, mu_search_home *home, void *context,
                                    struct mu_error *error)
{
    char end[MU_SEARCH_END_SIZE], number[MU_NUMBER_SIZE];
    struct mu_query query = mu_query(
        db, "SELECT h.household_id, h.number FROM household h WHERE h.number <> ''"
            " AND " MU_SEARCH_BARE_NUMBER " >= ?1 AND " MU_SEARCH_BARE_NUMBER " < ?2"
            " AND h.joined_into IS NULL ORDER BY " MU_SEARCH_BARE_NUMBER ", h.household_id");

    mu_search_bind_range(&query, word->household, !word->begins, end);
    for (size_t hits = 0; hits < limit && mu_query_row(&query);) {
        mu_column_text(&query, 1, number, sizeof number);
        if (!mu_search_household(word, number))
            continue;
        hits++;
        if (!home(context, mu_column_integer(&query, 0), number))
            break;
    }
    return mu_query_end(&query, error);
}

static enum mu_status read_phone(struct mu_db *db, const char *token, size_t limit,
                                 mu_search_phone_hit *hit, void *context, bool *stopped,
                                 struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " MU_RESIDENT_COLUMNS " FROM search_key k JOIN resident r"
                     " ON r.resident_id = k.resident_id"
                     " LEFT JOIN household h ON h.household_id = r.household_id"
                     " LEFT JOIN place p ON p.place_id = h.place_id WHERE k.token = ?1"
                     " ORDER BY k.resident_id");
    struct mu_resident resident;

    mu_bind_text(&query, 1, token);
    for (size_t i = 0; i < limit && !*stopped && mu_query_row(&query); i++) {
        mu_resident_from_row(&query, MU_OPEN_NUMBER, &resident);
        *stopped = !hit(context, &resident);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_search_phones(struct mu_db *db, const char *phones, size_t limit,
                                mu_search_phone_hit *hit, void *context, struct mu_error *error)
{
    struct mu_search_tokens tokens = {0};
    bool stopped = false;
    enum mu_status status = MU_OK;

    mu_search_phone_tokens(phones, &tokens);
    for (size_t i = 0; i < tokens.count && status == MU_OK && !stopped; i++)
        status = read_phone(db, tokens.token[i], limit, hit, context, &stopped, error);
    return status;
}
