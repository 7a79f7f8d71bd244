#include "store/search_match.h"

#include "store/tag_store.h"

#include <mulin/base/name_key.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum mu_status mu_search_has_tag(struct mu_db *db, const struct mu_tag_question *question,
                                 const struct mu_search_scope *scope,
                                 const struct mu_resident *resident, bool *fits,
                                 struct mu_error *error)
{
    struct mu_housemates members;
    enum mu_status status;

    *fits = mu_tag_may_fit(question, resident, scope->today);
    if (!*fits || question->asked == MU_ASKED_WORD || question->asked == MU_ASKED_AGE)
        return MU_OK;
    status = mu_tag_members(db, resident->household_id, &members, error);
    if (status == MU_OK)
        *fits = mu_tag_fits(question, resident, &members, scope->rules, scope->today);
    return status;
}

static enum mu_status compare_tags(struct mu_db *db, const struct mu_search_word *word,
                                   const struct mu_search_scope *scope,
                                   const struct mu_resident *resident, bool *fits,
                                   struct mu_why *why, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < word->tag_count && !*fits && status == MU_OK; i++) {
        status = mu_search_has_tag(db, &word->tag[i], scope, resident, fits, error);
        if (*fits && why) {
            why->by = MU_FOUND_TAG;
            mu_text_copy(why->text, sizeof why->text, word->tag[i].word);
        }
    }
    return status;
}

static bool answers_to(const struct mu_search_tokens *tokens, const char *prefix)
{
    for (size_t i = 0; i < tokens->count; i++)
        if (strncmp(tokens->token[i], prefix, strlen(prefix)) == 0)
            return true;
    return false;
}

/* 2-1-301, as it is typed. */
static void short_address(const struct mu_resident *home, char *out)
{
    const char *const parts[] = {home->building, home->unit, home->room};
    char number[MU_PLACE_SIZE];
    size_t used = 0;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        mu_place_number(parts[i], number);
        if (*number)
            used += (size_t)snprintf(out + used, MU_ADDRESS_SIZE - used, "%s%s", used ? "-" : "",
                                     number);
    }
}

enum mu_status mu_search_past_home(struct mu_db *db, const struct mu_search_word *word,
                                   int64_t resident_id, bool *fits, struct mu_why *why,
                                   struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT p.building, p.unit, p.room, x.until_date FROM residence_past x"
                     " JOIN household h ON h.household_id = x.household_id"
                     " JOIN place p ON p.place_id = h.place_id WHERE x.resident_id = ?1"
                     " ORDER BY x.changed_at DESC");

    *fits = false;
    mu_bind_integer(&query, 1, resident_id);
    while (!*fits && mu_query_row(&query)) {
        struct mu_search_tokens tokens;
        struct mu_resident home = {.id = 0};

        mu_search_past_tokens(&query, 0, &tokens);
        *fits = answers_to(&tokens, word->past);
        if (!*fits || !why)
            continue;
        why->by = MU_FOUND_OLD_ADDRESS;
        mu_column_text(&query, 0, home.building, sizeof home.building);
        mu_column_text(&query, 1, home.unit, sizeof home.unit);
        mu_column_text(&query, 2, home.room, sizeof home.room);
        mu_column_date(&query, 3, &why->until);
        short_address(&home, why->text);
    }
    return mu_query_end(&query, error);
}

static bool is_ascii(const char *text)
{
    while (*text)
        if ((unsigned char)*text++ >= 0x80)
            return false;
    return true;
}

/* By the number of the building alone, or a card as long as the word. */
static bool may_live_there(const struct mu_search_word *word, const struct mu_resident *resident)
{
    char number[MU_PLACE_SIZE];
    size_t length;

    if (*resident->card &&
        (!is_ascii(resident->card) || strlen(resident->card) == strlen(word->text)))
        return true;
    mu_place_number(resident->building, number);
    length = strlen(number);
    for (size_t i = 0; i < word->count; i++) {
        const char *prefix = word->form[i].prefix;
        size_t compared = strnlen(prefix + 1, length);

        if (*prefix == MU_SHELF_ROOM && strncmp(prefix + 1, number, compared) == 0)
            return true;
    }
    return false;
}

/* Of a home or a card, nothing else. */
static bool means_home(const struct mu_search_word *word)
{
    for (size_t i = 0; i < word->count; i++)
        if (*word->form[i].prefix != MU_SHELF_ROOM && *word->form[i].prefix != MU_SHELF_CARD)
            return false;
    return word->count > 0 && !*word->id_number;
}

/* Most people are told from a name in characters, or a building, without making their keys. */
static bool may_match(const struct mu_search_word *word, const struct mu_resident *resident)
{
    char name[2 * MU_PERSON_NAME_SIZE];

    if (means_home(word))
        return may_live_there(word, resident);
    if (*word->id_number || is_ascii(word->typed) || !is_ascii(resident->card) || word->count == 0)
        return true;
    mu_name_fold(resident->name, name, sizeof name);
    return strstr(name, word->typed) != NULL;
}

/* By his own keys, of which a home has a few. */
static bool matches(const struct mu_search_word *word, struct mu_search_person *person,
                    enum mu_found_by *by)
{
    struct mu_search_tokens home;

    if (means_home(word)) {
        mu_search_home_tokens(person->resident, &home);
        return mu_search_matches(word, person->resident, &home, by);
    }
    if (!person->has_tokens && !*word->id_number) {
        mu_search_tokens(person->resident, NULL, &person->tokens);
        person->has_tokens = true;
    }
    return mu_search_matches(word, person->resident, &person->tokens, by);
}

enum mu_status mu_search_compare(struct mu_db *db, const struct mu_search_word *word,
                                 const struct mu_search_scope *scope,
                                 struct mu_search_person *person, bool *fits, struct mu_why *why,
                                 struct mu_error *error)
{
    const struct mu_resident *resident = person->resident;
    enum mu_status status = MU_OK;

    *fits = false;
    if (why)
        *why = (struct mu_why){.by = MU_FOUND_NAME};
    if (scope)
        status = compare_tags(db, word, scope, resident, fits, why, error);
    if (status != MU_OK || *fits)
        return status;
    *fits = may_match(word, resident) && matches(word, person, why ? &why->by : NULL);
    if (!*fits && mu_search_household(word, resident->household_number)) {
        *fits = true;
        if (why) {
            why->by = MU_FOUND_HOUSEHOLD;
            mu_text_copy(why->text, sizeof why->text, resident->household_number);
        }
    }
    return *fits || !*word->past || !person->left
               ? MU_OK
               : mu_search_past_home(db, word, resident->id, fits, why, error);
}
