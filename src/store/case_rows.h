/* What is worked out of a case as it stands in the tables: written and compared. */
#ifndef MULIN_SRC_STORE_CASE_ROWS_H
#define MULIN_SRC_STORE_CASE_ROWS_H

#include "store/case_store.h"

/* A text by whose mark the case is found again. */
enum { MU_CASE_SOURCE_SIZE = MU_CASE_LINE_SIZE + 64 };
struct mu_case_source {
    int party; /* its number; 0: the place */
    char text[MU_CASE_SOURCE_SIZE];
};

/* Those of the case, each once; *out is owned (wipe and free). MU_MEMORY. */
enum mu_status mu_case_mark_sources(const struct mu_case *mediated, struct mu_case_source **out,
                                    size_t *count, struct mu_error *error) MU_CHECKED;
void mu_case_mark_sources_free(struct mu_case_source **sources, size_t count);

enum mu_status mu_case_marks_keep(struct mu_db *db, const struct mu_case *mediated,
                                  struct mu_error *error) MU_CHECKED;
/* *same: the marks of the case are those that its steps come to, and their sources open. */
enum mu_status mu_case_marks_compare(struct mu_db *db, const struct mu_case *mediated, bool *same,
                                     struct mu_error *error) MU_CHECKED;

/* *same: row, mediators and dues of the case (but for what the grade adds) are what its steps come
 * to. */
enum mu_status mu_case_rows_compare(struct mu_db *db, const struct mu_case *mediated, bool *same,
                                    struct mu_error *error) MU_CHECKED;

#endif
