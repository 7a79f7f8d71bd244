#include <mulin/domain/purse.h>

/* As much of `fen` as `there` takes up. */
static int64_t settled(int64_t there, int64_t fen)
{
    if (fen > 0 && there < 0)
        return -there < fen ? -there : fen;
    if (fen < 0 && there > 0)
        return -there > fen ? -there : fen;
    return 0;
}

size_t mu_purse_spread(const struct mu_purse *purse, int64_t fen,
                       struct mu_purse_part out[MU_PURSE_FILES])
{
    size_t count = 0;

    for (size_t i = 0; i < purse->count; i++) {
        int64_t part = settled(purse->part[i].fen, fen);

        if (part)
            out[count++] = (struct mu_purse_part){purse->part[i].resident_id, part};
        fen -= part;
    }
    if (count && (!fen || out[0].resident_id == purse->part[0].resident_id))
        out[0].fen += fen;
    else
        out[count++] = (struct mu_purse_part){purse->part[0].resident_id, fen};
    return count;
}
