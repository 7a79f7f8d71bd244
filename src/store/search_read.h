/* The statements that read the people whom a word may mean, the best first. */
#ifndef MULIN_SRC_STORE_SEARCH_READ_H
#define MULIN_SRC_STORE_SEARCH_READ_H

#include "store/search_word.h"

/* Called for each row, whose columns begin with MU_RESIDENT_COLUMNS; false stops. *status may be
 * set to what went wrong. */
typedef bool mu_search_row(void *context, const struct mu_query *query);

struct mu_search_reader {
    struct mu_db *db;
    struct mu_date today;
    /* A tag that they must have besides, NULL: none. The statement leaves out most who have not. */
    const struct mu_tag_question *narrow;
    int64_t at_most; /* keys that are looked at when a statement leaves some out; 0: all */
    bool *cut;       /* becomes true when there were more; borrowed */
    bool little;     /* of keys come such rows as mu_search_read_little reads */
    mu_search_row *row;
    void *context;
};

/* Those with a key that begins with `prefix`, or is it when `exact`. */
enum mu_status mu_search_read_keys(const struct mu_search_reader *reader, const char *prefix,
                                   bool exact, struct mu_error *error) MU_CHECKED;
/* What can be compared without a look at the household; the other members of `out` stay. */
void mu_search_read_little(const struct mu_query *query, struct mu_resident *out);
/* Those who may have the tag. */
enum mu_status mu_search_read_tag(const struct mu_search_reader *reader,
                                  const struct mu_tag_question *question,
                                  struct mu_error *error) MU_CHECKED;
/* Those who belong to households whose number answers to the word. */
enum mu_status mu_search_read_homes(const struct mu_search_reader *reader,
                                    const struct mu_search_word *word,
                                    struct mu_error *error) MU_CHECKED;

/* How many keys, people or homes there are to be looked at, counted up to `most`. */
enum mu_status mu_search_count_keys(struct mu_db *db, const char *prefix, bool exact, int64_t most,
                                    int64_t *count, struct mu_error *error) MU_CHECKED;
enum mu_status mu_search_count_tag(struct mu_db *db, const struct mu_tag_question *question,
                                   int64_t most, int64_t *count, struct mu_error *error) MU_CHECKED;
enum mu_status mu_search_count_homes(struct mu_db *db, const struct mu_search_word *word,
                                     int64_t most, int64_t *count,
                                     struct mu_error *error) MU_CHECKED;

/* Binds a range of everything that begins with `prefix` to ?1 and ?2; `end` keeps its end. */
enum { MU_SEARCH_END_SIZE = MU_SEARCH_TOKEN_SIZE + sizeof MU_SEARCH_LAST_RUNE };
void mu_search_bind_range(struct mu_query *query, const char *prefix, bool exact,
                          char end[MU_SEARCH_END_SIZE]);

#endif
