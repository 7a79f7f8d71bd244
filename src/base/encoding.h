/* Text files in the encodings that Chinese spreadsheets are saved in, as a stream of UTF-8. */
#ifndef BASE_ENCODING_H
#define BASE_ENCODING_H

#include <mulin/base/table_file.h>

#include <iconv.h>

enum { DECODER_CHUNK = 1 << 16 };

enum decoder_state {
    DECODER_TEXT,
    DECODER_END,
    DECODER_FAULT,  /* a byte that the encoding does not have at this place */
    DECODER_NUL,    /* a NUL byte */
    DECODER_DEVICE, /* the system could not read or decode: errno says why */
};

/* Reads an open file from its start; bytes are checked strictly. */
struct decoder {
    int file;
    enum mu_encoding encoding;
    iconv_t converter; /* for GB18030 */
    bool ended;
    uint64_t offset;     /* in the file, of raw[used]; after a fault or NUL, of that byte */
    size_t filled, used; /* of raw */
    unsigned char raw[DECODER_CHUNK];
    char text[2 * DECODER_CHUNK]; /* two bytes of GB18030 become at most three */
};

/* `file` is borrowed. False (errno) when the system cannot decode or cannot go to the start. */
bool decoder_open(struct decoder *decoder, int file, enum mu_encoding encoding);
void decoder_close(struct decoder *decoder);

/* The next piece of text, whole characters, borrowed until the next call. */
enum decoder_state decoder_next(struct decoder *decoder, const char **text, size_t *length);

/* The line (the first is 1) of the byte at `offset`; 0 when the file cannot be read. */
unsigned long encoding_line_at(int file, uint64_t offset);

#endif
