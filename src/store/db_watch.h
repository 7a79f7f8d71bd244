/* Tells a copy that is being made (store/change_map.h) what a connection writes into the records.
 */
#ifndef MULIN_SRC_STORE_DB_WATCH_H
#define MULIN_SRC_STORE_DB_WATCH_H

struct sqlite3;
struct mu_watch;

/* Watches the records that the connection has open under `path`, which is borrowed, from now on.
 * Owned; free with mu_watch_free once the connection is closed. NULL without memory. */
struct mu_watch *mu_watch_new(struct sqlite3 *handle, const char *path);
void mu_watch_free(struct mu_watch **watch);

#endif
