/* The settings of a connection that the records rely on. */
#ifndef MULIN_SRC_STORE_DB_SETTINGS_H
#define MULIN_SRC_STORE_DB_SETTINGS_H

#include <stdbool.h>

struct sqlite3;

/* Makes each and reads it back: a desk that would lose an acknowledged record does not open. Gives
 * SQLite's result code; *refused is the first setting that did not take effect, or NULL. Static. */
int mu_settings_make(struct sqlite3 *handle, const char **refused);

/* *same: the pragma says `expected`. SQLite's result code. */
int mu_setting_in_force(struct sqlite3 *handle, const char *pragma, const char *expected,
                        bool *same);

#endif
