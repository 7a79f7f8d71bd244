#include "base/encoding.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <utf8proc.h>

bool decoder_open(struct decoder *decoder, int file, enum mu_encoding encoding)
{
    decoder->file = file;
    decoder->encoding = encoding;
    decoder->ended = false;
    decoder->offset = 0;
    decoder->filled = decoder->used = 0;
    decoder->converter = (iconv_t)-1;
    if (lseek(file, 0, SEEK_SET) != 0)
        return false;
    if (encoding == MU_ENCODING_GB18030) {
        decoder->converter = iconv_open("UTF-8", "GB18030");
        return decoder->converter != (iconv_t)-1;
    }
    return true;
}

void decoder_close(struct decoder *decoder)
{
    if (decoder->converter != (iconv_t)-1)
        iconv_close(decoder->converter);
    decoder->converter = (iconv_t)-1;
}

/* Fills up `raw`, the rest of a cut character at its front. False: errno. */
static bool fill(struct decoder *decoder)
{
    memmove(decoder->raw, decoder->raw + decoder->used, decoder->filled - decoder->used);
    decoder->filled -= decoder->used;
    decoder->used = 0;
    while (!decoder->ended && decoder->filled < sizeof decoder->raw) {
        ssize_t got = read(decoder->file, decoder->raw + decoder->filled,
                           sizeof decoder->raw - decoder->filled);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        decoder->ended = got == 0;
        decoder->filled += (size_t)got;
    }
    return true;
}

/* Bytes at the front of `bytes` that are whole, good characters. */
static size_t utf8_run(const unsigned char *bytes, size_t length)
{
    const uint64_t high_bits = UINT64_C(0x8080808080808080);
    size_t at = 0;
    while (at < length) {
        uint64_t eight;
        if (length - at >= sizeof eight) {
            memcpy(&eight, bytes + at, sizeof eight);
            if (!(eight & high_bits)) {
                at += sizeof eight;
                continue;
            }
        }
        if (bytes[at] < 0x80) {
            at++;
            continue;
        }
        utf8proc_int32_t rune;
        utf8proc_ssize_t size =
            utf8proc_iterate(bytes + at, (utf8proc_ssize_t)(length - at), &rune);
        if (size < 0)
            break;
        at += (size_t)size;
    }
    return at;
}

/* Decodes the front of raw[0..available): the text, and in decoder->used the bytes it took. */
static bool decode(struct decoder *decoder, size_t available, const char **text, size_t *length)
{
    if (decoder->encoding == MU_ENCODING_UTF8) {
        *text = (const char *)decoder->raw;
        *length = decoder->used = utf8_run(decoder->raw, available);
        return true;
    }
    char *in = (char *)decoder->raw, *out = decoder->text;
    size_t in_left = available, out_left = sizeof decoder->text;
    size_t result = iconv(decoder->converter, &in, &in_left, &out, &out_left);
    *text = decoder->text;
    *length = sizeof decoder->text - out_left;
    decoder->used = available - in_left;
    return result != (size_t)-1 || errno == EILSEQ || errno == EINVAL || errno == E2BIG;
}

enum decoder_state decoder_next(struct decoder *decoder, const char **text, size_t *length)
{
    if (!fill(decoder))
        return DECODER_DEVICE;
    if (decoder->filled == 0)
        return DECODER_END;
    /* A NUL byte is never a part of a longer character, in either encoding. */
    const unsigned char *nul = memchr(decoder->raw, 0, decoder->filled);
    if (nul == decoder->raw)
        return DECODER_NUL;
    size_t available = nul ? (size_t)(nul - decoder->raw) : decoder->filled;
    if (!decode(decoder, available, text, length))
        return DECODER_DEVICE;
    decoder->offset += decoder->used;
    return *length == 0 ? DECODER_FAULT : DECODER_TEXT;
}

unsigned long encoding_line_at(int file, uint64_t offset)
{
    unsigned char bytes[4096];
    unsigned long line = 1;
    bool after_return = false;
    for (uint64_t at = 0; at < offset;) {
        size_t wanted = offset - at < sizeof bytes ? (size_t)(offset - at) : sizeof bytes;
        ssize_t got = pread(file, bytes, wanted, (off_t)at);
        if (got <= 0)
            return 0;
        for (ssize_t i = 0; i < got; i++) {
            line += bytes[i] == '\r' || (bytes[i] == '\n' && !after_return);
            after_return = bytes[i] == '\r';
        }
        at += (uint64_t)got;
    }
    return line;
}
