#include "desk/desk_internal.h"

#include <sodium.h>
#include <time.h>

enum { TIME_BYTES = 6, RANDOM_BYTES = 9, BYTES = TIME_BYTES + RANDOM_BYTES, DIGITS = 64 };

/* Keys begin with the milliseconds of the clock, so that each stands behind those of before in the
 * index that is asked for them: of millions of keys a desk touches the last page, not any page.
 * What makes them unique is behind that, 72 random bits. Six bits a digit, in the order of ASCII.
 */
void mu_new_key(char *out)
{
    static const char digit[DIGITS + 1] =
        "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
    unsigned char bytes[BYTES];
    struct timespec now = {0};
    uint64_t time;

    clock_gettime(CLOCK_REALTIME, &now);
    time = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
    for (int i = TIME_BYTES; i-- > 0; time >>= 8)
        bytes[i] = (unsigned char)time;
    randombytes_buf(bytes + TIME_BYTES, RANDOM_BYTES);
    for (int i = 0; i < BYTES; i += 3) {
        uint32_t bits = (uint32_t)bytes[i] << 16 | (uint32_t)bytes[i + 1] << 8 | bytes[i + 2];

        for (int shift = 18; shift >= 0; shift -= 6)
            *out++ = digit[bits >> shift & (DIGITS - 1)];
    }
    *out = '\0';
}
