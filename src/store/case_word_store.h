/* Searching the notes of mediation cases by their words, although everything is sealed at rest.
 *
 * Each case has a map of the marks that its texts leave (base/word_text.h). Cases whose texts
 * changed lately keep it in a row of case_word_fresh. When 1,536 are fresh, the 1,024 oldest of
 * them become a part: 15,360 rows of case_word_slice, one for each mark, with a bit for each case,
 * and a row of case_word_part that says which cases these are. A search reads of every part the few
 * slices of its marks, ANDs them, and opens what is left to look. A part is never changed. A case
 * whose texts grow later is fresh again, with its whole map; its newest place counts.
 *
 * What it tells without the key: which cases are fresh and how many cases there are. All rows of a
 * table are of one length, every mark has its slice whether anybody left it or not, so there are
 * neither words nor how many, how often or together with which; also not to who compares two
 * backups: a part appears whole, and a fresh row changes when the case got a text, as the texts
 * themselves tell. Lists of cases by keyed words, the usual way, would show how many words there
 * are and, from backup to backup, which lists grow together; and a note would change 400 rows all
 * over the file for this one. Who watches the disk while somebody searches sees which slices are
 * read.
 *
 * What it costs (100,000 cases, tests/bench/RESULTS.md): 2,400 bytes a case; a search 6 to 27 ms
 * and up to forty cases opened in vain; a note one row of 2,000 bytes and half a millisecond, 22 ms
 * when its case stands in a part already; one note in a thousand makes a part, 120 ms. A text much
 * longer than usual leaves so many marks that its case is opened by many searches that it is not
 * the answer to.
 *
 * Each part has a random key of its own, sealed with the home's. A change of the key seals those
 * anew, and the fresh rows, and leaves the slices: a part is never changed, so who has the old key
 * learns of its slices nothing that is not in the old copy from which alone it gets the part's key.
 */
#ifndef MULIN_SRC_STORE_CASE_WORD_STORE_H
#define MULIN_SRC_STORE_CASE_WORD_STORE_H

#include "base/seal.h"
#include "store/db.h"

#include <mulin/base/id_set.h>

/* Takes one text of a case; false: enough. */
typedef bool mu_case_text_take(void *taker, const char *text);
/* Hands over all texts of a case until `take` has enough; a case without texts hands over none. The
 * texts are wiped by who opened them. May query the database. MU_STORE, MU_MEMORY. */
typedef enum mu_status mu_case_text_read(void *context, int64_t case_id, mu_case_text_take *take,
                                         void *taker, struct mu_error *error);
struct mu_case_texts {
    mu_case_text_read *read;
    void *context;
};

/* From now on the case (1 .. MU_ID_SET_HIGHEST) is found by this text too. Inside the caller's
 * write transaction. MU_STORE, MU_MEMORY. */
enum mu_status mu_case_words_add(struct mu_db *db, int64_t case_id, const char *text,
                                 struct mu_error *error) MU_CHECKED;

enum {
    MU_CASE_WORDS = 8,           /* words of a query at most */
    MU_CASE_QUERY_BYTES = 240,   /* and its length, without the NUL */
    MU_CASE_WORDS_PLAINLY = 250, /* for so few cases opening them is quicker than asking */
};

struct mu_case_words_search {
    const char *query; /* words between blanks and punctuation: a case has all of them */
    const struct mu_id_set *among; /* cases that the person may read; NULL: all */
    int64_t before;                /* only cases with lower numbers; 0: from the newest on */
    size_t limit;                  /* cases to find at most */
    size_t patience;               /* cases to open at most; 0: as many as it takes */
};

/* All zero at first. */
struct mu_case_words_found {
    int64_t *case_id; /* owned, the newest first; free with mu_case_words_found_clear */
    size_t count;
    size_t opened;  /* cases that were opened to look */
    int64_t before; /* where to go on; 0: all were looked at */
};

/* The cases in whose texts every word of the query stands somewhere, as it is but for what folding
 * makes the same (base/word_text.h): one character is enough. Inside the caller's transaction.
 * MU_INPUT (no word, too many, too long), MU_STORE, MU_MEMORY; `out` untouched. */
enum mu_status mu_case_words_find(struct mu_db *db, const struct mu_case_words_search *asked,
                                  const struct mu_case_texts *texts,
                                  struct mu_case_words_found *out,
                                  struct mu_error *error) MU_CHECKED;
void mu_case_words_found_clear(struct mu_case_words_found *found);

/* Every row opens and is of a case that there is; with `texts` (NULL: none) also every case is
 * found by all its texts. A few transactions of its own, so that other desks may save meanwhile.
 * MU_STORE with what is wrong, MU_MEMORY. */
enum mu_status mu_case_words_check(struct mu_db *db, const struct mu_case_texts *texts,
                                   struct mu_error *error) MU_CHECKED;

/* Throws everything away and takes in the texts of all cases: when rows are damaged, or a new
 * version of the program folds otherwise. Inside the caller's write transaction. */
enum mu_status mu_case_words_rebuild(struct mu_db *db, const struct mu_case_texts *texts,
                                     struct mu_error *error) MU_CHECKED;

/* Seals anew what the home's key seals, inside the transaction of a change of the key. MU_STORE,
 * also when something does not open. */
enum mu_status mu_case_words_reseal(struct mu_db *db, const struct mu_seal_keys *keys,
                                    struct mu_error *error) MU_CHECKED;

#endif
