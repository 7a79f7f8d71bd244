/* A crew of threads for work that falls into pieces of which none needs another. Only here does
 * the program make threads.
 *
 * What a piece works with is its member's own (a connection to the records, sums), or nobody
 * changes it while the crew is at work. The caller's thread is no member: it goes on meanwhile,
 * draws and asks the person. Signals reach only the caller's thread; those that would stop the
 * process wait until the crew is done, so that nothing it holds is held by a stopped process. */
#ifndef MULIN_SRC_BASE_CREW_H
#define MULIN_SRC_BASE_CREW_H

#include <mulin/base/error.h>

#include <stdbool.h>
#include <stddef.h>

enum { MU_CREW_MOST = 4 }; /* members */

struct mu_crew;

/* Does one piece, counted from 0, by what belongs to the member, counted from 0, too. */
typedef enum mu_status mu_crew_work(void *context, size_t member, size_t piece,
                                    struct mu_error *error);

/* Processors that this process may use, MU_CREW_MOST at most, at least 1. */
size_t mu_crew_processors(void);

/* Has `members` threads, at least 1, begin with the first of `pieces` pieces; fewer when there are
 * no more to be had. *out is owned; end it with mu_crew_end. MU_MEMORY. */
enum mu_status mu_crew_begin(mu_crew_work *work, void *context, size_t members, size_t pieces,
                             struct mu_crew **out, struct mu_error *error) MU_CHECKED;

/* Waits until all is done, and does it itself, as member 0, when there was no thread to be had.
 * `tell` (may be NULL) is called with the context ten times a second meanwhile; false: no
 * further piece is begun. A piece that takes long asks by itself whether to go on. Behind a piece
 * that failed none is begun, but all before it are done: what comes back is what the first of the
 * pieces that failed came to, the same for any number of members; *failed is that piece, or the
 * number of pieces. MU_REFUSED, and `error` is the caller's to fill, when the crew was stopped. */
enum mu_status mu_crew_end(struct mu_crew **crew, bool (*tell)(void *context), size_t *failed,
                           struct mu_error *error) MU_CHECKED;

#endif
