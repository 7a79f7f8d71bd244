#include "store/search_store.h"

#include "store/register_store.h"
#include "store/vault.h"

#include <mulin/base/name_key.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum { TAIL_LEAST = 4 /* digits of a phone or ID tail that is looked up */, FOLDED_SIZE = 128 };

static void add(struct mu_search_tokens *tokens, char shelf, const char *text)
{
    char token[MU_SEARCH_TOKEN_SIZE];

    if (!*text || tokens->count == MU_SEARCH_TOKENS)
        return;
    token[0] = shelf;
    mu_text_copy(token + 1, sizeof token - 1, text);
    for (size_t i = 0; i < tokens->count; i++)
        if (strcmp(tokens->token[i], token) == 0)
            return;
    memcpy(tokens->token[tokens->count++], token, sizeof token);
}

void mu_search_reverse(const char *text, size_t length, char *out, size_t size)
{
    size_t used = 0;

    while (length > 0 && used + 1 < size)
        out[used++] = text[--length];
    out[used] = '\0';
}

size_t mu_search_digits(const char *text, size_t length, char *out, size_t size)
{
    size_t used = 0;

    for (size_t i = 0; i < length && used + 1 < size; i++)
        if (text[i] >= '0' && text[i] <= '9')
            out[used++] = text[i];
    out[used] = '\0';
    return used;
}

void mu_search_phone_tokens(const char *phones, struct mu_search_tokens *out)
{
    char digits[MU_PHONE_SIZE], reversed[MU_PHONE_SIZE];

    while (*phones) {
        size_t length = strcspn(phones, " ");
        size_t count = mu_search_digits(phones, length, digits, sizeof digits);

        mu_search_reverse(digits, count, reversed, sizeof reversed);
        if (count >= TAIL_LEAST)
            add(out, MU_SHELF_PHONE, reversed);
        phones += length + strspn(phones + length, " ");
    }
}

void mu_search_room_tokens(char shelf, const char *building, const char *unit, const char *room,
                           struct mu_search_tokens *out)
{
    char building_number[MU_PLACE_SIZE], unit_number[MU_PLACE_SIZE], room_number[MU_PLACE_SIZE];
    char token[3 * MU_PLACE_SIZE];

    if (!*building || !*room)
        return;
    mu_place_number(building, building_number);
    mu_place_number(unit, unit_number);
    mu_place_number(room, room_number);
    snprintf(token, sizeof token, "%s-%s", building_number, room_number);
    add(out, shelf, token);
    if (*unit_number) {
        snprintf(token, sizeof token, "%s-%s-%s", building_number, unit_number, room_number);
        add(out, shelf, token);
    }
}

void mu_search_tail_tokens(const struct mu_seal_keys *keys, const char *id_number,
                           struct mu_search_tokens *out)
{
    size_t length = strlen(id_number);
    char mark[MU_SEAL_TAIL_SIZE];

    for (size_t tail = TAIL_LEAST; tail <= MU_SEARCH_ID_TAIL && tail <= length; tail++) {
        mu_seal_tail(keys, id_number + length - tail, tail, mark);
        add(out, MU_SHELF_TAIL, mark);
    }
}

static void add_card(const char *card, struct mu_search_tokens *out)
{
    char text[FOLDED_SIZE];

    if (!*card)
        return;
    mu_text_fold(text, sizeof text, card);
    add(out, MU_SHELF_CARD, text);
}

static void add_home(const struct mu_resident *resident, struct mu_search_tokens *out)
{
    mu_search_room_tokens(MU_SHELF_ROOM, resident->building, resident->unit, resident->room, out);
}

void mu_search_home_tokens(const struct mu_resident *resident, struct mu_search_tokens *out)
{
    out->count = 0;
    if (resident->status == MU_ENTERED_IN_ERROR)
        return;
    add_card(resident->card, out);
    add_home(resident, out);
}

void mu_search_tokens(const struct mu_resident *resident, const struct mu_seal_keys *marks,
                      struct mu_search_tokens *out)
{
    struct mu_name_keys keys;

    out->count = 0;
    if (resident->status == MU_ENTERED_IN_ERROR)
        return;
    add_card(resident->card, out);
    mu_search_phone_tokens(resident->phone, out);
    if (marks)
        mu_search_tail_tokens(marks, resident->id_number, out);
    add_home(resident, out);
    mu_name_keys(resident->name, &keys);
    for (size_t i = 0; i < keys.count; i++)
        add(out, keys.key[i].rank == MU_KEY_WHOLE ? MU_SHELF_WHOLE : MU_SHELF_PART,
            keys.key[i].text);
}

static bool has_token(const struct mu_search_tokens *tokens, const char *token)
{
    for (size_t i = 0; i < tokens->count; i++)
        if (strcmp(tokens->token[i], token) == 0)
            return true;
    return false;
}

enum mu_status mu_search_store_keys(struct mu_db *db, const struct mu_resident *before,
                                    const struct mu_resident *after, struct mu_error *error)
{
    struct mu_search_tokens old = {0}, new;
    const struct mu_seal_keys *keys;
    struct mu_query query;
    enum mu_status status = mu_vault_keys(db, &keys, error);

    if (status != MU_OK)
        return status;
    if (before)
        mu_search_tokens(before, keys, &old);
    mu_search_tokens(after, keys, &new);
    for (size_t i = 0; i < old.count && status == MU_OK; i++) {
        if (has_token(&new, old.token[i]))
            continue;
        query = mu_query(db, "DELETE FROM search_key WHERE token = ?1 AND resident_id = ?2");
        mu_bind_text(&query, 1, old.token[i]);
        mu_bind_integer(&query, 2, after->id);
        status = mu_query_run(&query, error);
    }
    for (size_t i = 0; i < new.count &&status == MU_OK; i++) {
        if (has_token(&old, new.token[i]))
            continue;
        query = mu_query(db, "INSERT INTO search_key (token, resident_id) VALUES (?1, ?2)");
        mu_bind_text(&query, 1, new.token[i]);
        mu_bind_integer(&query, 2, after->id);
        status = mu_query_run(&query, error);
    }
    return status;
}

static enum mu_status write_past(struct mu_db *db, int64_t resident_id, const char *token, bool is,
                                 struct mu_error *error)
{
    struct mu_query query =
        is ? mu_query(db, "INSERT INTO search_key (token, resident_id) VALUES (?1, ?2)"
                          " ON CONFLICT DO NOTHING")
           : mu_query(db, "DELETE FROM search_key WHERE token = ?1 AND resident_id = ?2");

    mu_bind_text(&query, 1, token);
    mu_bind_integer(&query, 2, resident_id);
    return mu_query_run(&query, error);
}

void mu_search_past_tokens(const struct mu_query *query, int column, struct mu_search_tokens *out)
{
    char building[MU_PLACE_SIZE], unit[MU_PLACE_SIZE], room[MU_PLACE_SIZE];

    out->count = 0;
    mu_column_text(query, column, building, sizeof building);
    mu_column_text(query, column + 1, unit, sizeof unit);
    mu_column_text(query, column + 2, room, sizeof room);
    mu_search_room_tokens(MU_SHELF_PAST, building, unit, room, out);
}

enum mu_status mu_search_has_left(struct mu_db *db, int64_t resident_id, const char *token,
                                  bool *left, struct mu_error *error)
{
    struct mu_search_tokens tokens;
    struct mu_query query = mu_query(db, "SELECT p.building, p.unit, p.room FROM residence_past x"
                                         " JOIN household h ON h.household_id = x.household_id"
                                         " JOIN place p ON p.place_id = h.place_id"
                                         " WHERE x.resident_id = ?1");

    *left = false;
    mu_bind_integer(&query, 1, resident_id);
    while (!*left && mu_query_row(&query)) {
        mu_search_past_tokens(&query, 0, &tokens);
        *left = has_token(&tokens, token);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_search_store_past(struct mu_db *db, int64_t resident_id, int64_t household_id,
                                    struct mu_error *error)
{
    struct mu_search_tokens tokens = {0};
    struct mu_query query = mu_query(db, "SELECT p.building, p.unit, p.room FROM household h"
                                         " JOIN place p ON p.place_id = h.place_id"
                                         " WHERE h.household_id = ?1");
    enum mu_status status;

    mu_bind_integer(&query, 1, household_id);
    if (mu_query_row(&query))
        mu_search_past_tokens(&query, 0, &tokens);
    status = mu_query_end(&query, error);
    for (size_t i = 0; i < tokens.count && status == MU_OK; i++) {
        bool left;

        status = mu_search_has_left(db, resident_id, tokens.token[i], &left, error);
        if (status == MU_OK)
            status = write_past(db, resident_id, tokens.token[i], left, error);
    }
    return status;
}

enum mu_status mu_search_store_all_past(struct mu_db *db, struct mu_error *error)
{
    struct mu_search_tokens tokens;
    enum mu_status status = MU_OK, read;
    struct mu_query query = mu_query(db, MU_SEARCH_PAST_HOMES);

    while (status == MU_OK && mu_query_row(&query)) {
        mu_search_past_tokens(&query, 1, &tokens);
        for (size_t i = 0; i < tokens.count && status == MU_OK; i++)
            status = write_past(db, mu_column_integer(&query, 0), tokens.token[i], true, error);
    }
    read = mu_query_end(&query, status == MU_OK ? error : NULL);
    return status == MU_OK ? read : status;
}
