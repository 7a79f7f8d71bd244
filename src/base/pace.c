#include "base/pace.h"

#include <errno.h>
#include <fcntl.h>

enum { PIECE = 1 << 20 };

/* A sync would write the journal of the file system each time, too. */
bool mu_pace(int file, size_t *waiting, size_t length)
{
    *waiting += length;
    if (*waiting < PIECE)
        return true;
    *waiting = 0;
    return sync_file_range(file, 0, 0,
                           SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE |
                               SYNC_FILE_RANGE_WAIT_AFTER) == 0 ||
           errno == ENOSYS;
}
