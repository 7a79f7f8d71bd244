/* The folder of a home: making it, and taking it away again when the home did not come about. */
#ifndef MULIN_SRC_DESK_HOME_FOLDER_H
#define MULIN_SRC_DESK_HOME_FOLDER_H

#include <mulin/base/error.h>

#include <stddef.h>

/* Makes the folder and those above it, all for this user alone (0700). *made gets the bytes of the
 * outermost path that was not there, 0 when the folder was. MU_USAGE, MU_STORE. */
enum mu_status mu_home_folder_make(const char *home, size_t *made,
                                   struct mu_error *error) MU_CHECKED;

/* MU_STORE when others may write into it: they could lay a journal beside the records, and SQLite
 * would play it back. */
enum mu_status mu_home_folder_check(const char *home, struct mu_error *error) MU_CHECKED;

/* Removes what was made, as far as it is empty; never fails. */
void mu_home_folder_remove(const char *home, size_t made);

#endif
