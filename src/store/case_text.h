/* What of a case is searched for words: its long texts and its short ones. */
#ifndef MULIN_SRC_STORE_CASE_TEXT_H
#define MULIN_SRC_STORE_CASE_TEXT_H

#include "store/case_word_store.h"

#include <mulin/domain/case.h>

/* The step's texts, one behind the other; *out is owned (wipe and free), "" when it has none.
 * MU_MEMORY. */
enum mu_status mu_case_step_texts(const struct mu_case_step *step, char **out,
                                  struct mu_error *error) MU_CHECKED;

/* Hands over the texts of each step, for searching and checking; borrows the connection. */
struct mu_case_texts mu_case_texts_of(struct mu_db *db);

#endif
