/* What duties and ratings were called in the books that decided about them. */
#ifndef MULIN_SRC_DESK_RULE_NAMES_H
#define MULIN_SRC_DESK_RULE_NAMES_H

#include "desk/desk_internal.h"

struct mu_rule_names {
    struct mu_desk *desk;   /* borrowed */
    int version;            /* of the book read last; 0: none yet */
    struct mu_rules *rules; /* that book; NULL: it is damaged, or there is none of that number */
};

void mu_rule_names_init(struct mu_rule_names *names, struct mu_desk *desk);
void mu_rule_names_clear(struct mu_rule_names *names);

/* Puts the name in the place of the id of a duty or rating, in the book of this version; what is
 * none there stays. A damaged book names nothing: verify tells of it, a statement is still read.
 * MU_MEMORY. */
enum mu_status mu_rule_name(struct mu_rule_names *names, int version, char *text, size_t size,
                            struct mu_error *error) MU_CHECKED;

#endif
