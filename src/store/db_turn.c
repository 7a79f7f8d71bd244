#include "store/db_turn.h"

#include "store/db_file.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum { AT_ONCE = 64 /* who come at the same moment and want the same place */ };

/* Behind all places: all who want to read share this one. */
static const off_t readers = (off_t)1 << 62;

static bool name_of(const char *path, char *name)
{
    return snprintf(name, MU_PATH_SIZE, "%s-turn", path) < MU_PATH_SIZE;
}

static int open_line(const char *path, int flags)
{
    char name[MU_PATH_SIZE];

    return name_of(path, name)
               ? open(name, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | flags, 0600)
               : -1;
}

void mu_turn_make(const char *path)
{
    int file = open_line(path, O_CREAT);

    if (file >= 0)
        close(file);
}

/* Locks of the open file, not of the process: two connections of one process are two desks. */
static bool lock(const struct mu_turn *turn, short type, off_t place)
{
    struct flock range = {.l_type = type, .l_whence = SEEK_SET, .l_start = place, .l_len = 1};

    return fcntl(turn->file, F_OFD_SETLK, &range) == 0;
}

/* The places before are those of whom nobody waits for any more. */
static off_t first_place(const struct mu_turn *turn)
{
    struct stat file;

    return fstat(turn->file, &file) == 0 ? file.st_size : 0;
}

/* Somebody else who stands from `first` on and before `end`. The kernel tells of any one of them.
 */
static bool find(const struct mu_turn *turn, off_t first, off_t end, struct flock *found)
{
    *found = (struct flock){
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = first, .l_len = end - first};
    return fcntl(turn->file, F_OFD_GETLK, found) == 0 && found->l_type != F_UNLCK;
}

static bool take_place(struct mu_turn *turn)
{
    struct flock found;

    turn->place = first_place(turn);
    while (turn->place < readers && find(turn, turn->place, readers, &found)) {
        if (found.l_len <= 0)
            return false; /* not one of us: it takes the whole file */
        turn->place = found.l_start + found.l_len;
    }
    for (int tries = 0; tries < AT_ONCE; tries++, turn->place++)
        if (turn->place < readers && lock(turn, F_WRLCK, turn->place))
            return true;
    return false;
}

void mu_turn_join(struct mu_turn *turn, const char *path)
{
    mu_turn_leave(turn);
    turn->file = open_line(path, 0);
    if (turn->file < 0)
        return;
    turn->standing = take_place(turn);
    if (!turn->standing)
        close(turn->file);
}

bool mu_turn_has_come(const struct mu_turn *turn)
{
    struct flock found;
    off_t first = turn->standing ? first_place(turn) : 0;

    return !turn->standing || first >= turn->place || !find(turn, first, turn->place, &found);
}

bool mu_turn_listen(struct mu_turn *turn, const char *path)
{
    char name[MU_PATH_SIZE];

    if (!turn->open)
        turn->events = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    turn->open = turn->events >= 0;
    turn->listening = turn->open && name_of(path, name) &&
                      inotify_add_watch(turn->events, name, IN_CLOSE_WRITE) >= 0;
    return turn->listening;
}

bool mu_turn_sleep(const struct mu_turn *turn, int milliseconds)
{
    struct pollfd wanted = {turn->events, POLLIN, 0};
    char told[1024];

    return poll(&wanted, 1, milliseconds) > 0 && read(turn->events, told, sizeof told) > 0;
}

void mu_turn_pass(const struct mu_turn *turn)
{
    if (!mu_turn_has_come(turn) && ftruncate(turn->file, turn->place) != 0)
        return; /* they are waited for, as before */
}

void mu_turn_ask_to_read(struct mu_turn *turn, const char *path)
{
    if (turn->reading || turn->standing)
        return;
    turn->file = open_line(path, 0);
    if (turn->file < 0)
        return;
    turn->reading = lock(turn, F_RDLCK, readers);
    if (!turn->reading)
        close(turn->file);
}

bool mu_turn_is_asked(const struct mu_turn *turn)
{
    struct flock found;

    return turn->standing && find(turn, readers, readers + 1, &found);
}

/* The lock first: who is woken by the closing looks for it. */
void mu_turn_leave(struct mu_turn *turn)
{
    if (turn->standing || turn->reading) {
        lock(turn, F_UNLCK, turn->standing ? turn->place : readers);
        close(turn->file);
    }
    turn->standing = turn->reading = turn->listening = false;
}

void mu_turn_close(struct mu_turn *turn)
{
    mu_turn_leave(turn);
    if (turn->open)
        close(turn->events);
    *turn = (struct mu_turn){0};
}
