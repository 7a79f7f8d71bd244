/* Kept mappings of headers to fields, in the record file. */
#ifndef MULIN_SRC_STORE_MAPPING_STORE_H
#define MULIN_SRC_STORE_MAPPING_STORE_H

#include "store/db.h"

/* Called for each; false stops. Borrowed. */
typedef bool mu_mapping_name_row(void *context, const char *name, int64_t headers);
enum mu_status mu_mapping_names(struct mu_db *db, mu_mapping_name_row *row, void *context,
                                struct mu_error *error) MU_CHECKED;
typedef bool mu_mapping_line(void *context, const char *header, const char *field);
enum mu_status mu_mapping_lines(struct mu_db *db, const char *name, mu_mapping_line *line,
                                void *context, struct mu_error *error) MU_CHECKED;

/* *lines (may be NULL) gets how many there were. Inside the caller's transaction. */
enum mu_status mu_mapping_remove(struct mu_db *db, const char *name, int64_t *lines,
                                 struct mu_error *error) MU_CHECKED;
enum mu_status mu_mapping_add_line(struct mu_db *db, const char *name, const char *header,
                                   const char *field, struct mu_error *error) MU_CHECKED;

#endif
