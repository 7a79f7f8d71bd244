#include "store/search_find.h"

#include "store/register_store.h"
#include "store/search_match.h"
#include "store/search_read.h"

#include <mulin/base/id_set.h>
#include <mulin/base/text.h>

#include <string.h>

enum {
    FIRST_COUNT = 500, /* keys that are counted to find a rare word */
    LAST_COUNT = 8000, /* the same of a word that cannot be gathered, when there is no rare one */
    GATHERED = 16000,  /* keys that are gathered then, which takes some milliseconds */
    AS_MANY = 30,      /* keys that are gathered in the time in which somebody is compared */
    WORTH = 50,        /* people of a rare word from whom on that pays */
    SEEN = 1000,       /* hits of one search at most */
    REFUSED = 4096,    /* people who are remembered not to fit: a room has two keys */
    PASSED_BY = 2,     /* people whom a statement passes over cost as much as one compared */
    NEIGHBOUR = 2,  /* what somebody costs who is compared for the first hits: of a home, where */
    BY_NAME = 4,    /* people lie together in the file; from all over it; */
    WITH_HOME = 16, /* and if his home must be looked up to compare him, */
    READ_ANEW = 8,  /* or to show him */
    MEMBERS = 3,    /* people of a household, when they are guessed */
};

struct search {
    struct mu_db *db;
    const struct mu_search_request *request;
    size_t lead; /* the rarest word, whose people are read */
    struct mu_search_reader reader;
    enum mu_search_columns columns; /* of who is handed on */
    int64_t most, looked, *seen;    /* `most`: people who are compared */
    /* All who left a home that the word means, where `asked_left`: nobody else is asked for one. */
    struct mu_id_set left[MU_SEARCH_WORDS];
    bool asked_left[MU_SEARCH_WORDS];
    /* All who have a key of that word, where `gathered`: nobody else is read. */
    struct mu_id_set set[MU_SEARCH_WORDS];
    bool gathered[MU_SEARCH_WORDS];
    int64_t *refused; /* REFUSED of them; NULL: nobody is read twice for nothing */
    size_t hits;
    bool number; /* ID numbers are opened, to be compared */
    mu_search_hit *hit;
    void *context;
    bool stopped, cut; /* `cut`: not everybody was looked at */
    struct mu_why why[MU_SEARCH_WORDS];
    /* What the rows being read mean. */
    enum { BY_FORM, BY_TAG, BY_PAST, BY_HOME } meaning;
    bool bounded; /* their number is */
    bool first;   /* by what it costs to compare them */
    size_t which; /* form or tag */
    enum mu_status status;
    struct mu_error error;
};

static const struct mu_search_word *leading_word(const struct search *search)
{
    return &search->request->words[search->lead];
}

static bool seen(const struct search *search, int64_t id)
{
    for (size_t i = 0; i < search->hits; i++)
        if (search->seen[i] == id)
            return true;
    return false;
}

/* In place of a file that another one speaks for comes that one, as lists show it. */
static enum mu_status speak(struct search *search, struct mu_error *error)
{
    struct mu_resident *resident = search->request->resident;

    return mu_search_read_person(search->db, resident->linked_to, search->columns, false, resident,
                                 error);
}

/* Whether the row is what it was read for, and why. */
static enum mu_status check_lead(struct search *search, bool *fits, struct mu_error *error)
{
    const struct mu_resident *resident = search->request->resident;
    const struct mu_search_word *word = leading_word(search);
    struct mu_why *why = &search->why[search->lead];

    *why = (struct mu_why){.by = MU_FOUND_TAG};
    switch (search->meaning) {
    case BY_FORM:
        *fits = mu_search_form_passes(word, search->which, resident);
        if (*fits && search->request->scope)
            why->by = mu_search_form_by(word, search->which, resident);
        return MU_OK;
    case BY_TAG:
        mu_text_copy(why->text, sizeof why->text, word->tag[search->which].word);
        return mu_search_has_tag(search->db, &word->tag[search->which], search->request->scope,
                                 resident, fits, error);
    case BY_PAST:
        return mu_search_past_home(search->db, word, resident->id, fits, why, error);
    case BY_HOME:
        why->by = MU_FOUND_HOUSEHOLD;
        mu_text_copy(why->text, sizeof why->text, resident->household_number);
        *fits = mu_search_household(word, resident->household_number);
        return MU_OK;
    }
    return MU_OK;
}

static enum mu_status check_others(struct search *search, bool *fits, struct mu_error *error)
{
    const struct mu_search_request *request = search->request;
    struct mu_search_person person;
    enum mu_status status = MU_OK;

    person.resident = request->resident;
    person.has_tokens = false;
    for (size_t i = 0; i < request->count && *fits && status == MU_OK; i++) {
        if (i == search->lead)
            continue;
        person.left =
            !search->asked_left[i] || mu_id_set_has(&search->left[i], request->resident->id);
        status = mu_search_compare(search->db, &request->words[i], request->scope, &person, fits,
                                   request->scope ? &search->why[i] : NULL, error);
    }
    return status;
}

/* Hands somebody on who fits, and was not seen before. */
static enum mu_status hand_on(struct search *search, struct mu_error *error)
{
    const struct mu_search_request *request = search->request;
    struct mu_resident *resident = request->resident;

    if (resident->linked_to) {
        enum mu_status status = speak(search, error);

        if (status != MU_OK || seen(search, resident->id))
            return status;
    }
    search->seen[search->hits++] = resident->id;
    *resident->id_number = '\0';
    search->stopped = !search->hit(search->context, request->scope ? search->why : NULL) ||
                      search->hits == request->limit || search->hits == SEEN;
    return MU_OK;
}

static enum mu_status take(struct search *search, enum mu_search_columns columns, bool *fits,
                           struct mu_error *error)
{
    struct mu_resident *resident = search->request->resident;
    enum mu_status status = check_lead(search, fits, error);

    if (status == MU_OK && *fits && search->request->count > 1)
        status = check_others(search, fits, error);
    if (status == MU_OK && *fits && columns == MU_SEARCH_LITTLE) {
        search->looked += search->first ? READ_ANEW : 0;
        status = mu_search_read_person(search->db, resident->id, search->columns, false, resident,
                                       error);
    }
    return status == MU_OK && *fits ? hand_on(search, error) : status;
}

/* False: nobody without a key of each gathered word fits. */
static bool has_keys(const struct search *search, int64_t id)
{
    for (size_t i = 0; i < search->request->count; i++)
        if (search->gathered[i] && !mu_id_set_has(&search->set[i], id))
            return false;
    return true;
}

static enum mu_status read_one(struct search *search, const struct mu_query *query,
                               enum mu_search_columns columns, struct mu_error *error)
{
    if (columns == MU_SEARCH_NUMBER)
        return mu_search_read_person(search->db, mu_column_integer(query, 0), search->columns,
                                     search->number, search->request->resident, error);
    mu_search_read_row(query, columns, search->number, search->request->resident);
    return MU_OK;
}

static bool means_home(const struct mu_search_word *word)
{
    for (size_t i = 0; i < word->count; i++)
        if (*word->form[i].prefix == MU_SHELF_ROOM)
            return true;
    return false;
}

static int64_t cost_of(const struct search *search, enum mu_search_columns columns)
{
    if (!search->first)
        return 1;
    if (columns != MU_SEARCH_LITTLE)
        return WITH_HOME;
    return means_home(leading_word(search)) ? NEIGHBOUR : BY_NAME;
}

static bool take_row(void *context, const struct mu_query *query, enum mu_search_columns columns)
{
    struct search *search = context;
    int64_t id = mu_column_integer(query, 0);
    int64_t *refused = search->refused ? &search->refused[id % REFUSED] : NULL;
    bool fits = false;

    if ((refused && *refused == id) || seen(search, id) || !has_keys(search, id))
        return true;
    if (search->bounded && search->looked >= search->most) {
        search->cut = search->stopped = true;
        return false;
    }
    search->looked += cost_of(search, columns);
    search->status = read_one(search, query, columns, &search->error);
    if (search->status != MU_OK || search->request->resident->status == MU_ENTERED_IN_ERROR)
        return search->status == MU_OK;
    search->status = take(search, columns, &fits, &search->error);
    if (!fits && refused && search->meaning == BY_FORM)
        *refused = id;
    return search->status == MU_OK && !search->stopped;
}

/* The status of reading, or of what was done with the rows. */
static enum mu_status read_over(struct search *search, enum mu_status status,
                                struct mu_error *error)
{
    if (status == MU_OK && search->status != MU_OK && error)
        *error = search->error;
    return status == MU_OK ? search->status : status;
}

static enum mu_status read_forms(struct search *search, struct mu_error *error)
{
    const struct mu_search_word *word = leading_word(search);
    enum mu_status status = MU_OK;

    search->meaning = BY_FORM;
    for (size_t i = 0; i < word->count && status == MU_OK && !search->stopped; i++) {
        search->which = i;
        status =
            mu_search_read_keys(&search->reader, word->form[i].prefix, word->form[i].exact, error);
        status = read_over(search, status, error);
    }
    return status;
}

static enum mu_status read_tags(struct search *search, struct mu_error *error)
{
    const struct mu_search_request *request = search->request;
    const struct mu_search_word *word = leading_word(search);
    enum mu_status status = MU_OK;

    if (search->stopped)
        return MU_OK;
    if (request->scope && request->count == 1)
        status = mu_search_word_tags(search->db, request->scope, request->words, error);
    search->meaning = BY_TAG;
    search->bounded = request->look_at > 0;
    for (size_t i = 0; i < word->tag_count && status == MU_OK && !search->stopped; i++) {
        search->which = i;
        status = mu_search_read_tag(&search->reader, &word->tag[i], error);
        status = read_over(search, status, error);
    }
    return status;
}

static enum mu_status read_past(struct search *search, struct mu_error *error)
{
    const struct mu_search_word *word = leading_word(search);

    if (!*word->past || search->stopped)
        return MU_OK;
    search->meaning = BY_PAST;
    return read_over(search, mu_search_read_keys(&search->reader, word->past, false, error), error);
}

/* The people of a household, where other words say which of them; alone it means the household. */
static enum mu_status read_homes(struct search *search, struct mu_error *error)
{
    const struct mu_search_word *word = leading_word(search);

    if (!*word->household || search->stopped || search->request->count == 1)
        return MU_OK;
    search->meaning = BY_HOME;
    return read_over(search, mu_search_read_homes(&search->reader, word, error), error);
}

/* A whole ID number leads to one person at most. */
static enum mu_status read_number(struct search *search, struct mu_error *error)
{
    struct mu_resident *resident = search->request->resident;
    bool found = false, fits = true;
    enum mu_status status = mu_register_by_id_number(search->db, leading_word(search)->id_number,
                                                     &found, resident, error);

    if (status != MU_OK || !found || resident->status == MU_ENTERED_IN_ERROR)
        return status;
    search->why[search->lead] = (struct mu_why){.by = MU_FOUND_ID_NUMBER};
    *resident->note = '\0';
    resident->incomplete = true;
    status = check_others(search, &fits, error);
    return status == MU_OK && fits ? hand_on(search, error) : status;
}

/* What is known of a word that was weighed, each counted up to a number. */
struct weight {
    int64_t own, other; /* who are to be looked at, by own keys and otherwise */
    size_t forms;       /* how many of them gave that number */
};

/* Those who left a home that the word means are few, and noted. */
static enum mu_status weigh_past(struct search *search, size_t which, int64_t most, int64_t *count,
                                 struct mu_error *error)
{
    struct mu_id_set *left = &search->left[which];
    enum mu_status status;

    mu_id_set_clear(left);
    *count = 0;
    status = mu_search_gather_keys(search->db, search->request->words[which].past, false, most,
                                   count, left, error);
    search->asked_left[which] = *count <= most;
    return status;
}

static enum mu_status weigh(struct search *search, size_t which, int64_t most, struct weight *out,
                            struct mu_error *error)
{
    const struct mu_search_word *word = &search->request->words[which];
    struct mu_db *db = search->db;
    enum mu_status status = MU_OK;
    int64_t count;

    *out = (struct weight){.own = *word->id_number ? 1 : 0};
    for (; out->forms < word->count && status == MU_OK && out->own < most; out->forms++) {
        status = mu_search_count_keys(db, word->form[out->forms].prefix,
                                      word->form[out->forms].exact, most, &count, error);
        out->own += status == MU_OK ? count : 0;
    }
    for (size_t i = 0; i < word->tag_count && status == MU_OK; i++) {
        status = mu_search_count_tag(db, &word->tag[i], most, &count, error);
        out->other += status == MU_OK ? count : 0;
    }
    if (status == MU_OK && *word->past) {
        status = weigh_past(search, which, most, &count, error);
        out->other += status == MU_OK ? count : 0;
    }
    if (status == MU_OK && *word->household) {
        status = mu_search_count_homes(db, word, most, &count, error);
        out->other += status == MU_OK ? MEMBERS * count : 0;
    }
    return status;
}

/* The other words are told apart without a look at the household or the ID number. */
static bool compares_little(const struct search *search)
{
    const struct mu_search_request *request = search->request;

    for (size_t i = 0; i < request->count; i++) {
        const struct mu_search_word *word = &request->words[i];

        if (i != search->lead &&
            (*word->past || *word->household || *word->id_number || means_home(word)))
            return false;
    }
    return !search->number;
}

/* Gathers who may answer to a word that means keys and numbers of households only, if they are not
 * too many: of the people of another word most need not be read then. *count is how many keys that
 * took. */
static enum mu_status gather(struct search *search, size_t which, int64_t most, int64_t *count,
                             struct mu_error *error)
{
    const struct mu_search_word *word = &search->request->words[which];
    struct mu_id_set *set = &search->set[which];
    enum mu_status status = MU_OK;

    *count = 0;
    for (size_t i = 0; i < word->count && status == MU_OK && *count <= most; i++)
        status = mu_search_gather_keys(search->db, word->form[i].prefix, word->form[i].exact, most,
                                       count, set, error);
    if (status == MU_OK && *word->past && *count <= most)
        status = mu_search_gather_keys(search->db, word->past, false, most, count, set, error);
    if (status == MU_OK && *word->household && *count <= most)
        status = mu_search_gather_homes(search->db, word, most, count, set, error);
    search->gathered[which] = *count <= most;
    return status;
}

static bool can_gather(const struct mu_search_word *word)
{
    return word->tag_count == 0 && !*word->id_number;
}

/* Each word is weighed, and the rarest leads. When `gathering`, words are gathered on the way. */
static enum mu_status compare_words(struct search *search, bool gathering,
                                    struct weight weight[MU_SEARCH_WORDS], int64_t *least,
                                    const struct mu_tag_question *tag[MU_SEARCH_WORDS],
                                    struct mu_error *error)
{
    const struct mu_search_request *request = search->request;

    *least = INT64_MAX;
    for (size_t i = 0; i < request->count; i++) {
        const struct mu_search_word *word = &request->words[i];
        struct weight *its = &weight[i];
        enum mu_status status;

        if (gathering && can_gather(word)) {
            its->other = 0;
            status = gather(search, i, GATHERED, &its->own, error);
        } else {
            status = weigh(search, i, gathering ? LAST_COUNT : FIRST_COUNT, its, error);
        }
        if (status != MU_OK)
            return status;
        tag[i] = its->own == 0 && word->tag_count == 1 && !*word->household ? &word->tag[0] : NULL;
        /* Keys are read faster than tags. */
        if (its->own + its->other < *least ||
            (its->own + its->other == *least && its->own > 0 && tag[search->lead])) {
            *least = its->own + its->other;
            search->lead = i;
        }
    }
    return MU_OK;
}

/* Of words that very many answer to, without counting those, the one that looks rarest: a home,
 * whose people lie together in the file, before names, a part of names before the surnames that
 * they begin with, characters before letters, the long before the short. */
static size_t seldom(const struct mu_search_request *request, const struct weight *weight)
{
    enum { HOME = 1 << 12, PART = 1 << 11, CHARACTERS = 1 << 10 };
    size_t rarest = 0, most = 0;

    for (size_t i = 0; i < request->count; i++) {
        const struct mu_search_word *word = &request->words[i];
        size_t rank = strlen(word->typed) + (means_home(word) ? HOME : 0) +
                      (weight[i].forms == word->count ? PART : 0) +
                      ((unsigned char)*word->typed >= 0x80 ? CHARACTERS : 0);

        if (word->begins) /* the number of a household, whose beginning nearly all share */
            rank = 0;
        if (rank > most) {
            most = rank;
            rarest = i;
        }
    }
    return rarest;
}

/* Beside the leading word the others are gathered, if they have not too many keys. */
static enum mu_status gather_others(struct search *search, int64_t most, struct mu_error *error)
{
    enum mu_status status = MU_OK;
    int64_t count;

    for (size_t i = 0; i < search->request->count && status == MU_OK; i++)
        if (i != search->lead && can_gather(&search->request->words[i]))
            status = gather(search, i, most, &count, error);
    return status;
}

/* The keys of the other words pay, up to as many as are read in the time in which the people of the
 * rarest one would be compared, unless those are a few. Who waits for the first hits only does not
 * wait for keys. */
static enum mu_status gather_what_pays(struct search *search, int64_t least, bool keys,
                                       struct mu_error *error)
{
    if (keys && search->request->look_first) {
        search->first = true;
        search->most = search->request->look_first;
        return MU_OK;
    }
    if (least >= FIRST_COUNT) /* beside tags they were when they were weighed */
        return keys ? gather_others(search, GATHERED, error) : MU_OK;
    return least >= WORTH ? gather_others(search, least * AS_MANY, error) : MU_OK;
}

/* The rarest word leads. A second one that means a tag and nothing else is left to the statement.
 */
static enum mu_status choose(struct search *search, struct mu_error *error)
{
    const struct mu_search_request *request = search->request;
    const struct mu_tag_question *tag[MU_SEARCH_WORDS] = {NULL};
    struct weight weight[MU_SEARCH_WORDS];
    int64_t least;
    bool keys = true;
    enum mu_status status = compare_words(search, false, weight, &least, tag, error);

    for (size_t i = 0; i < request->count; i++)
        keys &= can_gather(&request->words[i]);
    if (status == MU_OK && least >= FIRST_COUNT && keys)
        search->lead = seldom(request, weight);
    else if (status == MU_OK && least >= FIRST_COUNT)
        status = compare_words(search, true, weight, &least, tag, error);
    for (size_t i = 0; i < request->count && !search->reader.narrow; i++)
        if (i != search->lead)
            search->reader.narrow = tag[i];
    if (status != MU_OK || search->reader.narrow)
        return status;
    status = gather_what_pays(search, least, keys, error);
    if (compares_little(search))
        search->reader.columns = MU_SEARCH_LITTLE;
    for (size_t i = 0; i < request->count; i++)
        if (i != search->lead && search->gathered[i])
            search->reader.columns = MU_SEARCH_NUMBER;
    return status;
}

static enum mu_status read_lead(struct search *search, struct mu_error *error)
{
    enum mu_status status;

    if (*leading_word(search)->id_number)
        return read_number(search, error);
    status = read_forms(search, error);
    if (status == MU_OK)
        status = read_tags(search, error);
    if (status == MU_OK)
        status = read_past(search, error);
    return status == MU_OK ? read_homes(search, error) : status;
}

/* Of several words the rarest. */
static enum mu_status read_rarest(struct search *search, struct mu_error *error)
{
    const struct mu_search_request *request = search->request;
    int64_t refused[REFUSED] = {0};
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < request->count && request->scope && status == MU_OK; i++)
        status = mu_search_word_tags(search->db, request->scope, &request->words[i], error);
    if (status == MU_OK)
        status = choose(search, error);
    search->refused = refused;
    if (status == MU_OK)
        status = read_lead(search, error);
    search->refused = NULL;
    for (size_t i = 0; i < request->count; i++) {
        mu_id_set_clear(&search->set[i]);
        mu_id_set_clear(&search->left[i]);
    }
    return status;
}

enum mu_status mu_search_find(struct mu_db *db, const struct mu_search_request *request,
                              mu_search_hit *hit, void *context, bool *cut, struct mu_error *error)
{
    struct search search = {.db = db,
                            .request = request,
                            .columns = request->brief ? MU_SEARCH_SHOWN : MU_SEARCH_WHOLE,
                            .most = request->look_at,
                            .bounded = request->count > 1 && request->look_at > 0,
                            .hit = hit,
                            .context = context};
    int64_t seen_ones[SEEN];
    enum mu_status status;

    *cut = false;
    if (request->count == 0 || request->limit == 0)
        return MU_OK;
    search.reader = (struct mu_search_reader){
        .db = db,
        .columns = search.columns,
        .at_most = PASSED_BY * request->look_at,
        .cut = &search.cut,
        .row = take_row,
        .context = &search,
    };
    search.seen = seen_ones;
    if (request->scope)
        search.reader.today = request->scope->today;
    for (size_t i = 0; i < request->count; i++) {
        const struct mu_search_word *word = &request->words[i];

        if (*word->id_number ||
            (*word->tail && (request->count > 1 || strlen(word->tail) > MU_SEARCH_ID_TAIL)))
            search.number = true;
    }
    status = request->count > 1 ? read_rarest(&search, error) : read_lead(&search, error);
    if (status == MU_OK)
        *cut = search.cut && search.hits < request->limit;
    return status;
}
