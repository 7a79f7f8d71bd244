/* What the use cases of a desk share. */
#ifndef MULIN_SRC_DESK_DESK_INTERNAL_H
#define MULIN_SRC_DESK_DESK_INTERNAL_H

#include "store/house_store.h"

#include <mulin/desk/desk.h>
#include <mulin/desk/house.h>

struct mu_desk {
    struct mu_db *db;
    struct mu_operator operator;
    bool demo;
    bool fixed; /* the clock stands at `now` */
    struct mu_moment now;
    int64_t change_counter;
    struct mu_rules *rules; /* the parsed book of rules_version; NULL: none yet */
    int rules_version;
};

/* Random and unique: an operation that is asked for again under its key happens once. `out` has
 * MU_KEY_SIZE bytes. */
void mu_new_key(char *out);

/* mu_verify without asking who wants to know: a backup's copy has no operator at work. */
enum mu_status mu_check_records(struct mu_desk *desk, mu_progress *progress, void *context,
                                struct mu_verify_report *report, struct mu_error *error) MU_CHECKED;

#endif
