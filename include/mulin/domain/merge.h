/* Two people changed one record: what can be put together, and what only they can decide. Pure. */
#ifndef MULIN_DOMAIN_MERGE_H
#define MULIN_DOMAIN_MERGE_H

#include <mulin/base/field.h>

enum mu_merge_side {
    MU_MERGE_SAME,   /* both hold the same */
    MU_MERGE_MINE,   /* only mine differs from what both began with */
    MU_MERGE_THEIRS, /* only theirs does */
    MU_MERGE_BOTH    /* both do, and differ from each other: somebody must choose */
};

/* Decides one field. Fields that mean something only together are decided together: a house number
 * and a room of two different moves make an address where nobody lives.
 *   together  keys of fields that are one thing, ended by NULL; may be NULL. A field of these
 *             counts as changed on a side as soon as one of them was. */
enum mu_merge_side mu_merge_field(const struct mu_field *fields, size_t count,
                                  const char *const *together, const struct mu_field *field,
                                  const void *base, const void *mine, const void *theirs);

/* Merges a record over its field table.
 *   sides   gets `count` answers, one for each field
 *   merged  may be `mine` or `theirs`; what is no field stays as it is there. Gets for each field
 *           the side that changed it, and mine where both did
 * Returns how many fields both changed. */
size_t mu_merge(const struct mu_field *fields, size_t count, const char *const *together,
                const void *base, const void *mine, const void *theirs, enum mu_merge_side *sides,
                void *merged);

#endif
