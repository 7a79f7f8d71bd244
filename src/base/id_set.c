#include <mulin/base/id_set.h>

#include <stdlib.h>
#include <string.h>

static bool valid(int64_t id)
{
    return id >= 1 && id <= MU_ID_SET_HIGHEST;
}

static bool make_room(struct mu_id_set *set, size_t byte)
{
    size_t bytes = set->bytes + set->bytes / 2 + 64;
    unsigned char *bits;

    if (byte < set->bytes)
        return true;
    if (bytes <= byte)
        bytes = byte + 64;
    bits = realloc(set->bits, bytes);
    if (!bits)
        return false;
    memset(bits + set->bytes, 0, bytes - set->bytes);
    set->bits = bits;
    set->bytes = bytes;
    return true;
}

bool mu_id_set_add(struct mu_id_set *set, int64_t id)
{
    size_t byte = (size_t)id / 8;

    if (!valid(id) || !make_room(set, byte))
        return false;
    set->count += !mu_id_set_has(set, id);
    set->bits[byte] = (unsigned char)(set->bits[byte] | 1u << (id % 8));
    return true;
}

void mu_id_set_remove(struct mu_id_set *set, int64_t id)
{
    if (!mu_id_set_has(set, id))
        return;
    set->count--;
    set->bits[id / 8] = (unsigned char)(set->bits[id / 8] & ~(1u << (id % 8)));
}

bool mu_id_set_has(const struct mu_id_set *set, int64_t id)
{
    return valid(id) && (size_t)id / 8 < set->bytes &&
           ((unsigned)set->bits[id / 8] >> (id % 8) & 1u);
}

int64_t mu_id_set_next(const struct mu_id_set *set, int64_t id)
{
    int64_t end = (int64_t)set->bytes * 8;

    for (id++; id < end; id++) {
        if (id % 8 == 0 && set->bits[id / 8] == 0)
            id += 7;
        else if (mu_id_set_has(set, id))
            return id;
    }
    return 0;
}

void mu_id_set_clear(struct mu_id_set *set)
{
    free(set->bits);
    *set = (struct mu_id_set){0};
}
