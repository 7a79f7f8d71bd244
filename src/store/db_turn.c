#include "store/db_turn.h"

#include "store/db_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* Locks of the open file, not of the process: two connections of one process are two desks. */
static bool lock(const struct mu_turn *turn, short type, int place, int places)
{
    struct flock range = {.l_type = type, .l_whence = SEEK_SET, .l_start = place, .l_len = places};

    return fcntl(turn->file, F_OFD_SETLK, &range) == 0;
}

static void open_file(struct mu_turn *turn, const char *path, int flags)
{
    char name[MU_PATH_SIZE];

    if (turn->open || snprintf(name, sizeof name, "%s-turn", path) >= (int)sizeof name)
        return;
    turn->file = open(name, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | flags, 0600);
    turn->open = turn->file >= 0;
}

void mu_turn_make(struct mu_turn *turn, const char *path)
{
    open_file(turn, path, O_CREAT);
}

/* The place behind the last, MU_PLACES when there is none. The kernel tells of any one lock in a
 * range. */
static int behind_last(const struct mu_turn *turn)
{
    int place = 0;

    while (place < MU_PLACES) {
        struct flock range = {
            .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = place, .l_len = MU_PLACES - place};

        if (fcntl(turn->file, F_OFD_GETLK, &range) != 0)
            return MU_PLACES;
        if (range.l_type == F_UNLCK)
            break;
        place = range.l_len > 0 && range.l_start + range.l_len < MU_PLACES
                    ? (int)(range.l_start + range.l_len)
                    : MU_PLACES;
    }
    return place;
}

bool mu_turn_taken(struct mu_turn *turn, const char *path)
{
    open_file(turn, path, 0);
    return turn->open && behind_last(turn) > 0;
}

void mu_turn_join(struct mu_turn *turn, const char *path)
{
    open_file(turn, path, 0);
    if (!turn->open)
        return;
    turn->place = behind_last(turn);
    while (turn->place < MU_PLACES && !lock(turn, F_WRLCK, turn->place, 1))
        turn->place++; /* somebody else came at the same moment */
    turn->standing = turn->place < MU_PLACES;
}

bool mu_turn_move_up(struct mu_turn *turn)
{
    int before = turn->place;

    if (!turn->standing)
        return false;
    while (turn->place > 0 && lock(turn, F_WRLCK, turn->place - 1, 1))
        lock(turn, F_UNLCK, turn->place--, 1);
    return turn->place < before;
}

void mu_turn_leave(struct mu_turn *turn)
{
    if (turn->standing)
        lock(turn, F_UNLCK, 0, MU_PLACES);
    turn->standing = false;
}

void mu_turn_close(struct mu_turn *turn)
{
    if (turn->open)
        close(turn->file);
    *turn = (struct mu_turn){0};
}
