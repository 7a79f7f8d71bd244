#include "store/search_store.h"

#include "store/register_store.h"
#include "store/vault.h"

#include <mulin/base/name_key.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PHONE_LEAST = 7, /* digits of a whole number, without its area code */
    TAIL_LEAST = 4,  /* digits of a phone or ID tail that is looked up */
    PROBE = 2000,    /* keys that are counted to find the rarest word */
    SEEN = 1000,     /* hits of one search at most */
    FOLDED_SIZE = 128,
};

#define LAST_RUNE "\xF4\x8F\xBF\xBF"

static const char shelf_whole = '1', shelf_part = '2', shelf_phone = '3', shelf_tail = '4',
                  shelf_card = 'c', shelf_room = 'r';

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

/* Copies an ASCII text back to front. */
static void reverse(const char *text, size_t length, char *out, size_t size)
{
    size_t used = 0;

    while (length > 0 && used + 1 < size)
        out[used++] = text[--length];
    out[used] = '\0';
}

/* The digits of a phone number without its dashes and its plus sign. */
static size_t phone_digits(const char *text, size_t length, char *out, size_t size)
{
    size_t used = 0;

    for (size_t i = 0; i < length && used + 1 < size; i++)
        if (text[i] >= '0' && text[i] <= '9')
            out[used++] = text[i];
    out[used] = '\0';
    return used;
}

static void add_phones(struct mu_search_tokens *tokens, const char *phones)
{
    char digits[MU_PHONE_SIZE], reversed[MU_PHONE_SIZE];

    while (*phones) {
        size_t length = strcspn(phones, " ");
        size_t count = phone_digits(phones, length, digits, sizeof digits);

        reverse(digits, count, reversed, sizeof reversed);
        if (count >= TAIL_LEAST)
            add(tokens, shelf_phone, reversed);
        phones += length + strspn(phones + length, " ");
    }
}

static void add_room(struct mu_search_tokens *tokens, const struct mu_resident *resident)
{
    char building[MU_PLACE_SIZE], unit[MU_PLACE_SIZE], room[MU_PLACE_SIZE];
    char token[3 * MU_PLACE_SIZE];

    if (!*resident->building || !*resident->room)
        return;
    mu_place_number(resident->building, building);
    mu_place_number(resident->unit, unit);
    mu_place_number(resident->room, room);
    snprintf(token, sizeof token, "%s-%s", building, room);
    add(tokens, shelf_room, token);
    if (*unit) {
        snprintf(token, sizeof token, "%s-%s-%s", building, unit, room);
        add(tokens, shelf_room, token);
    }
}

void mu_search_tail_tokens(const struct mu_seal_keys *keys, const char *id_number,
                           struct mu_search_tokens *out)
{
    size_t length = strlen(id_number);
    char mark[MU_SEAL_TAIL_SIZE];

    for (size_t tail = TAIL_LEAST; tail <= MU_SEARCH_ID_TAIL && tail <= length; tail++) {
        mu_seal_tail(keys, id_number + length - tail, tail, mark);
        add(out, shelf_tail, mark);
    }
}

void mu_search_tokens(const struct mu_resident *resident, const struct mu_seal_keys *marks,
                      struct mu_search_tokens *out)
{
    struct mu_name_keys keys;
    char text[FOLDED_SIZE];

    out->count = 0;
    if (resident->status == MU_ENTERED_IN_ERROR)
        return;
    if (*resident->card) {
        mu_text_fold(text, sizeof text, resident->card);
        add(out, shelf_card, text);
    }
    add_phones(out, resident->phone);
    if (marks)
        mu_search_tail_tokens(marks, resident->id_number, out);
    add_room(out, resident);
    mu_name_keys(resident->name, &keys);
    for (size_t i = 0; i < keys.count; i++)
        add(out, keys.key[i].rank == MU_KEY_WHOLE ? shelf_whole : shelf_part, keys.key[i].text);
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

static void add_form(struct mu_search_word *word, char shelf, const char *text, bool exact)
{
    if (word->count == sizeof word->form / sizeof *word->form)
        return;
    word->form[word->count].prefix[0] = shelf;
    mu_text_copy(word->form[word->count].prefix + 1, MU_SEARCH_TOKEN_SIZE - 1, text);
    word->form[word->count++].exact = exact;
}

/* "3栋2单元201室" and "3-2-201" give "3-2-201". False when the text is no such thing. */
static bool room_form(const char *text, char *out, size_t size)
{
    static const char *const words[] = {"号楼", "单元", "栋", "幢", "座", "室", "号", "-"};
    size_t used = 0, levels = 0;

    while (*text) {
        size_t digits = strspn(text, "0123456789"), step = 0;

        if (digits == 0 || used + digits + 2 > size)
            return false;
        while (digits > 1 && *text == '0') {
            text++;
            digits--;
        }
        if (used)
            out[used++] = '-';
        memcpy(out + used, text, digits);
        used += digits;
        text += digits;
        levels++;
        for (size_t i = 0; i < sizeof words / sizeof *words && *text && !step; i++)
            if (strncmp(text, words[i], strlen(words[i])) == 0)
                step = strlen(words[i]);
        if (*text && !step)
            return false;
        if (!step && levels < 2)
            return false;
        text += step;
        if (step && !*text && levels == 1)
            out[used++] = '-'; /* 3栋: everybody of the building */
    }
    out[used] = '\0';
    return levels > 0;
}

/* 0574-87654321, +8613812345678: digits only, if there are as many as a whole number has. */
static bool phone_form(const char *text, char *out, size_t size)
{
    char digits[FOLDED_SIZE];
    size_t length = strlen(text), count = phone_digits(text, length, digits, sizeof digits);

    if (count == length || count < PHONE_LEAST || strspn(text, "+-0123456789") != length)
        return false;
    reverse(digits, count, out, size);
    return true;
}

/* The end of a phone or of an ID number; of that, the mark of its last characters. */
static enum mu_status add_digits(struct mu_db *db, const char *folded, size_t length,
                                 struct mu_search_word *word, struct mu_error *error)
{
    char reversed[FOLDED_SIZE], mark[MU_SEAL_TAIL_SIZE];
    const struct mu_seal_keys *keys;
    size_t tail = length < MU_SEARCH_ID_TAIL ? length : MU_SEARCH_ID_TAIL;
    enum mu_status status;

    reverse(folded, length, reversed, sizeof reversed);
    add_form(word, shelf_phone, reversed, false);
    if (length >= sizeof word->tail)
        return MU_OK;
    status = mu_vault_keys(db, &keys, error);
    if (status != MU_OK)
        return status;
    mu_text_copy(word->tail, sizeof word->tail, folded);
    if (word->tail[length - 1] == 'x')
        word->tail[length - 1] = 'X';
    mu_seal_tail(keys, word->tail + length - tail, tail, mark);
    add_form(word, shelf_tail, mark, true);
    return MU_OK;
}

enum mu_status mu_search_word(struct mu_db *db, const char *text, struct mu_search_word *out,
                              struct mu_error *error)
{
    struct mu_id_number id;
    char folded[FOLDED_SIZE], other[FOLDED_SIZE];
    size_t length, digits;

    memset(out, 0, sizeof *out);
    mu_text_fold(folded, sizeof folded, text);
    length = strlen(folded);
    digits = strspn(folded, "0123456789");
    if (mu_id_number_parse(folded, &id) <= MU_ID_OLD_FORM) {
        mu_text_copy(out->id_number, sizeof out->id_number, id.text);
        return MU_OK;
    }
    bool room = room_form(folded, other, sizeof other);

    if (room)
        add_form(out, shelf_room, other, false);
    add_form(out, shelf_card, folded, true);
    if (phone_form(folded, other, sizeof other)) {
        add_form(out, shelf_phone, other, false);
    } else if (room) {
        return MU_OK;
    } else if (digits >= TAIL_LEAST - 1 && length >= TAIL_LEAST &&
               (digits == length || (digits == length - 1 && folded[digits] == 'x'))) {
        return add_digits(db, folded, length, out, error);
    } else if (digits < length || length == 0) {
        mu_name_fold(text, other, sizeof other);
        if (*other) {
            add_form(out, shelf_whole, other, false);
            add_form(out, shelf_part, other, false);
        }
    }
    return MU_OK;
}

static bool ends_with(const char *text, const char *tail)
{
    size_t length = strlen(text), tail_length = strlen(tail);

    return tail_length <= length && strcmp(text + length - tail_length, tail) == 0;
}

/* The mark of a tail stands for its last characters only. */
static bool is_long(const struct mu_search_word *word)
{
    return strlen(word->tail) > MU_SEARCH_ID_TAIL;
}

static bool passes(const struct mu_search_word *word, size_t form,
                   const struct mu_resident *resident)
{
    return word->form[form].prefix[0] != shelf_tail || !is_long(word) ||
           ends_with(resident->id_number, word->tail);
}

bool mu_search_matches(const struct mu_search_word *word, const struct mu_resident *resident,
                       const struct mu_search_tokens *tokens)
{
    if (*word->id_number)
        return strcmp(word->id_number, resident->id_number) == 0;
    if (*word->tail && ends_with(resident->id_number, word->tail))
        return true;
    for (size_t form = 0; form < word->count; form++) {
        const char *prefix = word->form[form].prefix;
        size_t length = strlen(prefix) + (word->form[form].exact ? 1 : 0);

        for (size_t i = 0; i < tokens->count; i++)
            if (strncmp(tokens->token[i], prefix, length) == 0 && passes(word, form, resident))
                return true;
    }
    return false;
}

static void bind_range(struct mu_query *query, const char *prefix, bool exact, char *end,
                       size_t size)
{
    mu_bind_text(query, 1, prefix);
    if (exact)
        return;
    snprintf(end, size, "%s" LAST_RUNE, prefix);
    mu_bind_text(query, 2, end);
}

/* How many keys the word has, at most PROBE. */
static enum mu_status weigh(struct mu_db *db, const struct mu_search_word *word, int64_t *weight,
                            struct mu_error *error)
{
    *weight = *word->id_number ? 1 : 0;
    for (size_t form = 0; form < word->count; form++) {
        char end[MU_SEARCH_TOKEN_SIZE + 8];
        bool exact = word->form[form].exact;
        struct mu_query query =
            exact ? mu_query(db, "SELECT count(*) FROM (SELECT 1 FROM search_key"
                                 " WHERE token = ?1 LIMIT 2000) AS some")
                  : mu_query(db, "SELECT count(*) FROM (SELECT 1 FROM search_key"
                                 " WHERE token >= ?1 AND token < ?2 LIMIT 2000) AS some");
        enum mu_status status;

        bind_range(&query, word->form[form].prefix, exact, end, sizeof end);
        if (mu_query_row(&query))
            *weight += mu_column_integer(&query, 0);
        status = mu_query_end(&query, error);
        if (status != MU_OK)
            return status;
        if (*weight >= PROBE)
            break;
    }
    return MU_OK;
}

struct search {
    const struct mu_search_word *words;
    size_t count, lead; /* `lead`: the rarest word, whose keys are read */
    size_t limit, hits;
    int64_t seen[SEEN];
    enum mu_opened opened; /* ID numbers are opened when they are to be compared */
    mu_search_hit *hit;
    void *context;
    bool stopped;
};

static bool seen(const struct search *search, int64_t id)
{
    for (size_t i = 0; i < search->hits; i++)
        if (search->seen[i] == id)
            return true;
    return false;
}

static bool answers(const struct search *search, size_t form, const struct mu_resident *resident)
{
    struct mu_search_tokens tokens;

    if (form < search->words[search->lead].count &&
        !passes(&search->words[search->lead], form, resident))
        return false;
    if (search->count == 1)
        return true;
    mu_search_tokens(resident, NULL, &tokens);
    for (size_t i = 0; i < search->count; i++)
        if (i != search->lead && !mu_search_matches(&search->words[i], resident, &tokens))
            return false;
    return true;
}

#define FROM_KEYS                                                                                  \
    "SELECT " MU_RESIDENT_COLUMNS " FROM search_key k JOIN resident r"                             \
    " ON r.resident_id = k.resident_id LEFT JOIN household h ON h.household_id = r.household_id"   \
    " LEFT JOIN place p ON p.place_id = h.place_id"

/* In place of a file that another one speaks for comes that one, as lists show it. */
static enum mu_status lead(struct mu_db *db, struct mu_resident *resident, struct mu_error *error)
{
    struct mu_resident leading;
    bool found = false;
    enum mu_status status = MU_OK;

    if (resident->linked_to)
        status = mu_register_by_id(db, resident->linked_to, &found, &leading, error);
    if (status != MU_OK || !found)
        return status;
    *leading.note = '\0';
    leading.incomplete = true;
    *resident = leading;
    return MU_OK;
}

static enum mu_status read_form(struct mu_db *db, struct search *search, size_t form,
                                struct mu_error *error)
{
    const struct mu_search_word *word = &search->words[search->lead];
    bool exact = word->form[form].exact;
    char end[MU_SEARCH_TOKEN_SIZE + 8];
    struct mu_resident resident;
    enum mu_status status = MU_OK, read;
    struct mu_query query =
        exact ? mu_query(db, FROM_KEYS " WHERE k.token = ?1 ORDER BY k.resident_id")
              : mu_query(db, FROM_KEYS " WHERE k.token >= ?1 AND k.token < ?2"
                                       " ORDER BY k.token, k.resident_id");

    bind_range(&query, word->form[form].prefix, exact, end, sizeof end);
    while (status == MU_OK && search->hits < search->limit && !search->stopped &&
           mu_query_row(&query)) {
        if (seen(search, mu_column_integer(&query, 0)))
            continue;
        mu_resident_from_row(&query, search->opened, &resident);
        if (!answers(search, form, &resident))
            continue;
        status = lead(db, &resident, error);
        if (status != MU_OK || seen(search, resident.id))
            continue;
        search->seen[search->hits++] = resident.id;
        *resident.id_number = '\0';
        search->stopped = !search->hit(search->context, &resident);
    }
    read = mu_query_end(&query, status == MU_OK ? error : NULL);
    return status == MU_OK ? read : status;
}

/* A whole ID number leads to one person at most. */
static enum mu_status read_number(struct mu_db *db, struct search *search, struct mu_error *error)
{
    const struct mu_search_word *word = &search->words[search->lead];
    struct mu_resident resident;
    bool found = false;
    enum mu_status status = mu_register_by_id_number(db, word->id_number, &found, &resident, error);

    if (status != MU_OK || !found || search->limit == 0 || !answers(search, word->count, &resident))
        return status;
    status = lead(db, &resident, error);
    if (status != MU_OK)
        return status;
    *resident.id_number = *resident.note = '\0';
    resident.incomplete = true;
    search->hit(search->context, &resident);
    return MU_OK;
}

enum mu_status mu_search_find(struct mu_db *db, const struct mu_search_word *words, size_t count,
                              size_t limit, mu_search_hit *hit, void *context,
                              struct mu_error *error)
{
    struct search search = {.words = words,
                            .count = count,
                            .limit = limit < SEEN ? limit : SEEN,
                            .hit = hit,
                            .context = context};
    int64_t least = INT64_MAX;
    enum mu_status status = MU_OK;

    if (count == 0)
        return MU_OK;
    for (size_t i = 0; i < count; i++)
        if (*words[i].id_number || (*words[i].tail && (count > 1 || is_long(&words[i]))))
            search.opened = MU_OPEN_NUMBER;
    for (size_t i = 0; count > 1 && i < count; i++) {
        int64_t weight;

        status = weigh(db, &words[i], &weight, error);
        if (status != MU_OK)
            return status;
        if (weight < least) {
            least = weight;
            search.lead = i;
        }
    }
    if (*words[search.lead].id_number)
        return read_number(db, &search, error);
    for (size_t form = 0; form < words[search.lead].count && status == MU_OK; form++)
        status = read_form(db, &search, form, error);
    return status;
}

static enum mu_status read_phone(struct mu_db *db, const char *token, size_t limit,
                                 mu_search_hit *hit, void *context, bool *stopped,
                                 struct mu_error *error)
{
    struct mu_query query = mu_query(db, FROM_KEYS " WHERE k.token = ?1"
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
                                mu_search_hit *hit, void *context, struct mu_error *error)
{
    struct mu_search_tokens tokens = {0};
    bool stopped = false;
    enum mu_status status = MU_OK;

    add_phones(&tokens, phones);
    for (size_t i = 0; i < tokens.count && status == MU_OK && !stopped; i++)
        status = read_phone(db, tokens.token[i], limit, hit, context, &stopped, error);
    return status;
}
