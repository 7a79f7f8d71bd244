/* What the use cases of a desk share. */
#ifndef MULIN_SRC_DESK_DESK_INTERNAL_H
#define MULIN_SRC_DESK_DESK_INTERNAL_H

#include "store/house_store.h"

#include <mulin/desk/desk.h>

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

#endif
