/* Menus in the record file. */
#ifndef MULIN_SRC_STORE_MENU_STORE_H
#define MULIN_SRC_STORE_MENU_STORE_H

#include "store/db.h"

#include <mulin/domain/menu.h>

/* The menu of a session of a day; one of id 0 without dishes when there is none. */
enum mu_status mu_menu_on(struct mu_db *db, struct mu_date day, const char *session,
                          struct mu_menu *out, struct mu_error *error) MU_CHECKED;
enum mu_status mu_menu_by_id(struct mu_db *db, int64_t id, bool *found, struct mu_menu *out,
                             struct mu_error *error) MU_CHECKED;
/* Writes it: a new one (id 0; id is set) or the one with this id and version, which is counted up.
 * *stale is true, nothing written, when another desk changed or made it meanwhile. Inside the
 * caller's write transaction. MU_STORE, also for an incomplete one. */
enum mu_status mu_menu_write(struct mu_db *db, struct mu_menu *menu, bool *stale,
                             struct mu_error *error) MU_CHECKED;

#endif
