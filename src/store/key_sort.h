/* Puts the search keys of many people in order within little memory: sorted runs go to a file
 * without a name beside the records and are merged from there. */
#ifndef MULIN_SRC_STORE_KEY_SORT_H
#define MULIN_SRC_STORE_KEY_SORT_H

#include <mulin/base/error.h>

#include <stdbool.h>
#include <stdint.h>

struct mu_key_sort;

/* One key of one person. */
struct mu_sorted_key {
    const char *token; /* borrowed until the next key is asked for */
    int64_t resident_id;
};

/* NULL without memory. `path` is the record file's; borrowed. */
struct mu_key_sort *mu_key_sort_new(const char *path);
void mu_key_sort_free(struct mu_key_sort **sort);

/* Takes a token of less than MU_SEARCH_TOKEN_SIZE bytes and a resident's number above 0. MU_STORE
 * when the disk does not take it. */
enum mu_status mu_key_sort_add(struct mu_key_sort *sort, const char *token, int64_t resident_id,
                               struct mu_error *error) MU_CHECKED;

/* Ends the adding. */
enum mu_status mu_key_sort_start(struct mu_key_sort *sort, struct mu_error *error) MU_CHECKED;
/* The next key in the order of token and number, bytes compared; *found is false behind the last
 * one. MU_STORE when the disk does not give it back. */
enum mu_status mu_key_sort_next(struct mu_key_sort *sort, struct mu_sorted_key *key, bool *found,
                                struct mu_error *error) MU_CHECKED;

#endif
