/* The words of a query. */
#ifndef MULIN_SRC_DESK_QUERY_WORDS_H
#define MULIN_SRC_DESK_QUERY_WORDS_H

#include "store/search_word.h"

#include <mulin/desk/find.h>

/* Splits the query into words, read in this scope (NULL: none). There are none when it is longer
 * than any query that somebody could answer to: what is left out of it must not make somebody fit.
 * MU_STORE. */
enum mu_status mu_query_words(struct mu_db *db, const char *query,
                              const struct mu_search_scope *scope,
                              struct mu_search_word words[MU_FIND_WORDS], size_t *count,
                              struct mu_error *error) MU_CHECKED;

#endif
