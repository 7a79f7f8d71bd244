#include <mulin/domain/merge.h>

#include <string.h>

static bool stands_in(const char *const *keys, const char *key)
{
    for (; keys && *keys; keys++)
        if (strcmp(*keys, key) == 0)
            return true;
    return false;
}

/* True when the record differs from the base in this field, or in one that goes with it. */
static bool changed(const struct mu_field *fields, size_t count, const char *const *together,
                    const struct mu_field *field, const void *base, const void *record)
{
    if (!stands_in(together, field->key))
        return !mu_field_same(field, base, record);
    for (size_t i = 0; i < count; i++)
        if (stands_in(together, fields[i].key) && !mu_field_same(&fields[i], base, record))
            return true;
    return false;
}

enum mu_merge_side mu_merge_field(const struct mu_field *fields, size_t count,
                                  const char *const *together, const struct mu_field *field,
                                  const void *base, const void *mine, const void *theirs)
{
    bool here, there;

    if (mu_field_same(field, mine, theirs))
        return MU_MERGE_SAME;
    here = changed(fields, count, together, field, base, mine);
    there = changed(fields, count, together, field, base, theirs);
    if (here && there)
        return MU_MERGE_BOTH;
    return here ? MU_MERGE_MINE : MU_MERGE_THEIRS;
}

size_t mu_merge(const struct mu_field *fields, size_t count, const char *const *together,
                const void *base, const void *mine, const void *theirs, enum mu_merge_side *sides,
                void *merged)
{
    size_t both = 0;

    /* All sides first: `merged` may be one of the records that are compared. */
    for (size_t i = 0; i < count; i++) {
        sides[i] = mu_merge_field(fields, count, together, &fields[i], base, mine, theirs);
        both += sides[i] == MU_MERGE_BOTH;
    }
    for (size_t i = 0; i < count; i++) {
        const void *from = sides[i] == MU_MERGE_THEIRS ? theirs : mine;

        if (from != merged)
            mu_field_copy(&fields[i], from, merged);
    }
    return both;
}
