/* What the desk's own statements may do to the record file (store/db_sqlite.c asks). */
#ifndef MULIN_SRC_STORE_DB_ALLOWED_H
#define MULIN_SRC_STORE_DB_ALLOWED_H

#include <stdbool.h>

/* Rows of this table are neither changed nor removed. */
bool mu_table_is_append_only(const char *table);
/* A pragma that only asks; `value` is NULL without one. */
bool mu_pragma_is_harmless(const char *name, const char *value);

#endif
