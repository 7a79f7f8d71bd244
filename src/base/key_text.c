#include "base/key_text.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum {
    PART = MU_SEAL_KEY / MU_KEY_LINES, /* bytes of the key in a line */
    CHECK = 2,
    LINE_SIZE = 80,
};

static void check(int line, const unsigned char part[PART], unsigned char out[CHECK])
{
    unsigned char text[1 + PART], hash[crypto_generichash_BYTES_MIN];

    text[0] = (unsigned char)line;
    memcpy(text + 1, part, PART);
    crypto_generichash(hash, sizeof hash, text, sizeof text, NULL, 0);
    memcpy(out, hash, CHECK);
    sodium_memzero(text, sizeof text);
}

void mu_key_text_write(const unsigned char key[MU_SEAL_KEY], char *out)
{
    size_t used = 0;

    for (int line = 1; line <= MU_KEY_LINES; line++) {
        const unsigned char *part = key + (line - 1) * PART;
        unsigned char sum[CHECK];

        check(line, part, sum);
        used += (size_t)snprintf(out + used, MU_KEY_TEXT_SIZE - used,
                                 "%d  %02x%02x %02x%02x %02x%02x %02x%02x  %02x%02x\n", line,
                                 part[0], part[1], part[2], part[3], part[4], part[5], part[6],
                                 part[7], sum[0], sum[1]);
    }
}

/* The number of the line, 0 when it is none of the key's; *fits tells whether it is whole. */
static int read_line(const char *text, unsigned char part[PART], bool *fits)
{
    unsigned char bytes[PART + CHECK], sum[CHECK];
    int line = *text - '0';
    size_t length = 0;

    if (line < 1 || line > MU_KEY_LINES || (text[1] != ' ' && text[1] != '\t'))
        return 0;
    *fits = sodium_hex2bin(bytes, sizeof bytes, text + 1, strlen(text + 1), " \t", &length, NULL) ==
                0 &&
            length == sizeof bytes;
    if (*fits) {
        check(line, bytes, sum);
        *fits = memcmp(sum, bytes + PART, CHECK) == 0;
        memcpy(part, bytes, PART);
    }
    sodium_memzero(bytes, sizeof bytes);
    return line;
}

int mu_key_text_read(const char *text, unsigned char key[MU_SEAL_KEY])
{
    unsigned char part[PART];
    int seen[MU_KEY_LINES] = {0}; /* 1: fits; others do not */
    char copy[LINE_SIZE];

    while (*text) {
        size_t length = strcspn(text, "\r\n");
        const char *start = text;
        bool fits = false;
        int line;

        while (*start == ' ' || *start == '\t')
            start++;
        snprintf(copy, sizeof copy, "%.*s", (int)(length - (size_t)(start - text)), start);
        line = read_line(copy, part, &fits);
        if (line > 0) {
            seen[line - 1] += fits ? 1 : 2;
            if (fits)
                memcpy(key + (line - 1) * PART, part, PART);
        }
        text += length;
        text += strspn(text, "\r\n");
    }
    sodium_memzero(copy, sizeof copy);
    sodium_memzero(part, sizeof part);
    for (int line = 1; line <= MU_KEY_LINES; line++)
        if (seen[line - 1] != 1)
            return line;
    return 0;
}
