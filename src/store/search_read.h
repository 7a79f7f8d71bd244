/* The statements that read the people whom a word may mean, the best first. */
#ifndef MULIN_SRC_STORE_SEARCH_READ_H
#define MULIN_SRC_STORE_SEARCH_READ_H

#include "store/search_word.h"

#include <mulin/base/id_set.h>

/* What the list of what was found shows. */
#define MU_SEARCH_SHOWN_COLUMNS                                                                    \
    "r.resident_id, r.household_id, r.name, r.birth_date, r.phone, r.tags, r.card, r.status,"      \
    " r.linked_to, r.sex, r.ended_on, p.estate, p.building, p.unit, p.room, h.number, r.id_number"

/* How much is read of people: each column costs as much as finding the next key. */
enum mu_search_columns {
    MU_SEARCH_WHOLE,  /* all that a row of a list may have */
    MU_SEARCH_SHOWN,  /* MU_SEARCH_SHOWN_COLUMNS, the rest is empty */
    MU_SEARCH_LITTLE, /* what can be compared without a look at the household */
    MU_SEARCH_NUMBER  /* resident_id alone, out of the keys */
};

/* Called for each row, for mu_search_read_row; false stops. */
typedef bool mu_search_row(void *context, const struct mu_query *query,
                           enum mu_search_columns columns);

struct mu_search_reader {
    struct mu_db *db;
    struct mu_date today;
    enum mu_search_columns columns; /* of people with a key; of others all */
    /* A tag that they must have besides, NULL: none. The statement leaves out most who have not. */
    const struct mu_tag_question *narrow;
    int64_t at_most; /* keys that are looked at when a statement leaves some out; 0: all */
    bool *cut;       /* becomes true when there were more; borrowed */
    mu_search_row *row;
    void *context;
};

/* Those with a key that begins with `prefix`, or is it when `exact`. */
enum mu_status mu_search_read_keys(const struct mu_search_reader *reader, const char *prefix,
                                   bool exact, struct mu_error *error) MU_CHECKED;
/* Reads a row, without note. Of little only the members that are read are set.
 *   number  the ID number is opened; of whole and shown only */
void mu_search_read_row(const struct mu_query *query, enum mu_search_columns columns, bool number,
                        struct mu_resident *out);
/* One person, whole or shown; `out` stays when there is none. */
enum mu_status mu_search_read_person(struct mu_db *db, int64_t id, enum mu_search_columns columns,
                                     bool number, struct mu_resident *out,
                                     struct mu_error *error) MU_CHECKED;
/* Those who may have the tag. */
enum mu_status mu_search_read_tag(const struct mu_search_reader *reader,
                                  const struct mu_tag_question *question,
                                  struct mu_error *error) MU_CHECKED;
/* Those who belong to households whose number answers to the word. */
enum mu_status mu_search_read_homes(const struct mu_search_reader *reader,
                                    const struct mu_search_word *word,
                                    struct mu_error *error) MU_CHECKED;

/* Adds whoever has a key that begins with `prefix`, or is it when `exact`, or belongs to a
 * household whose number answers to the word. *count counts on what was read; when it is more than
 * `most`, also for want of memory, somebody is missing. */
enum mu_status mu_search_gather_keys(struct mu_db *db, const char *prefix, bool exact, int64_t most,
                                     int64_t *count, struct mu_id_set *set,
                                     struct mu_error *error) MU_CHECKED;
enum mu_status mu_search_gather_homes(struct mu_db *db, const struct mu_search_word *word,
                                      int64_t most, int64_t *count, struct mu_id_set *set,
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
