#include "base/packed.h"

#include <stddef.h>
#include <string.h>

/* The first byte is a small number itself, or says how many bytes follow: of a number below nothing
 * the fewer the larger it is. They are the number's own, the highest first. */
enum { BYTES = 8, NOTHING = 128, LEAST = BYTES - NOTHING, MOST = NOTHING - BYTES - 1 };

static size_t bytes_behind(unsigned char first)
{
    if (first < NOTHING + LEAST)
        return (size_t)(NOTHING + LEAST - first);
    return first > NOTHING + MOST ? (size_t)(first - NOTHING - MOST) : 0;
}

unsigned char *mu_pack(unsigned char *out, int64_t number)
{
    uint64_t bits = (uint64_t)number, size = number < 0 ? ~bits : bits;
    int bytes = 1;

    if (number >= LEAST && number <= MOST) {
        *out = (unsigned char)(NOTHING + number);
        return out + 1;
    }
    while (bytes < BYTES && size >> 8 * bytes)
        bytes++;
    *out++ = (unsigned char)(number < 0 ? BYTES - bytes : NOTHING + MOST + bytes);
    while (bytes-- > 0)
        *out++ = (unsigned char)(bits >> 8 * bytes);
    return out;
}

const unsigned char *mu_unpack(const unsigned char *packed, int64_t *out)
{
    unsigned char first = *packed++;
    size_t bytes = bytes_behind(first);
    uint64_t bits = first < NOTHING ? UINT64_MAX : 0;

    if (bytes == 0) {
        *out = (int64_t)first - NOTHING;
        return packed;
    }
    while (bytes-- > 0)
        bits = bits << 8 | *packed++;
    memcpy(out, &bits, sizeof *out);
    return packed;
}
