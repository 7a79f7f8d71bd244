/* The one range read that finds people. */
#ifndef MULIN_SRC_STORE_SEARCH_FIND_H
#define MULIN_SRC_STORE_SEARCH_FIND_H

#include "store/search_word.h"

struct mu_search_request {
    struct mu_search_word *words; /* all read in the same scope, in which their tags are looked up
                                   * when it comes to them; borrowed */
    size_t count;
    const struct mu_search_scope *scope; /* NULL: none */
    size_t limit;
    struct mu_resident *resident; /* where each person is read; borrowed */
    int64_t look_at; /* with several words: people who are compared at most; 0: everybody */
    /* The same where all words mean keys, for the first hits at once, as work: two units for each
     * of people who lie together, more for others. Who is found then stands first in the whole
     * answer, too. 0: nobody waits for the first. */
    int64_t look_first;
    bool brief; /* of hits only what a list of them shows: name, sex, birth, phone, address,
                 * household, tags, card, and whether the file is ended or linked */
};

/* Called for each hit, best first; false stops. The person is in request->resident, which may be
 * changed, without ID number and note. `why`: one for each word, only in a scope, else NULL. */
typedef bool mu_search_hit(void *context, const struct mu_why *why);

/* Reads the people who answer to all words, best first, each once: in the order of the keys of the
 * rarest word, or of what looks to be it when very many answer to each. In place of a file that
 * another one speaks for stands that one. *cut: there may be more of them than were compared. */
enum mu_status mu_search_find(struct mu_db *db, const struct mu_search_request *request,
                              mu_search_hit *hit, void *context, bool *cut,
                              struct mu_error *error) MU_CHECKED;

/* Called for each household; false stops. `number` is borrowed. */
typedef bool mu_search_home(void *context, int64_t household_id, const char *number);

/* Reads the households whose number answers to the word, which may be one; the shortest first of
 * those that begin with it, at most `limit`; those that became part of another one left out. */
enum mu_status mu_search_households(struct mu_db *db, const struct mu_search_word *word,
                                    size_t limit, mu_search_home *home, void *context,
                                    struct mu_error *error) MU_CHECKED;

/* Called for each file one of whose phones is among `phones`, its ID number opened; false stops. At
 * most `limit` for each phone. */
typedef bool mu_search_phone_hit(void *context, const struct mu_resident *resident);
enum mu_status mu_search_phones(struct mu_db *db, const char *phones, size_t limit,
                                mu_search_phone_hit *hit, void *context,
                                struct mu_error *error) MU_CHECKED;

#endif
