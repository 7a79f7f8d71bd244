#include <mulin/base/table_file.h>

#include "base/encoding.h"

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char byte_order_mark[] = "\xEF\xBB\xBF";

/* The row that is being read: cells one behind the other, each with its NUL. */
struct row {
    char *text;
    size_t used, size;
    size_t start[MU_TABLE_COLUMNS];
    size_t count;
    bool done, too_wide, no_memory;
};

struct mu_table_file {
    char *path;
    int file;
    uint64_t size;
    struct mu_table_format format;
    struct decoder decoder;
    struct csv_parser parser;
    bool parser_ready;
    const char *piece; /* decoded text that is not parsed yet */
    size_t piece_left;
    unsigned long line; /* of the next byte of the piece */
    bool after_return;  /* a LF that comes now belongs to the CR before it */
    bool ended;
    struct row row;
    const char *cells[MU_TABLE_COLUMNS];
    struct mu_table_row out;
    char *header_text;
    const char *header_cells[MU_TABLE_COLUMNS];
    struct mu_table_row header;
};

/* A number as an argument of a sentence. */
struct digits {
    char text[24];
};

static struct digits digits(uint64_t number)
{
    struct digits out;
    snprintf(out.text, sizeof out.text, "%" PRIu64, number);
    return out;
}

static enum mu_status fail_at_line(const struct mu_table_file *file, enum mu_message message,
                                   unsigned long line, struct mu_error *error)
{
    return mu_fail(error, MU_INPUT, message, file->path, digits(line).text, NULL);
}

/* Opening. */

static enum mu_status open_regular(struct mu_table_file *file, struct mu_error *error)
{
    /* Without O_NONBLOCK a named pipe would hold the desk until somebody writes into it. */
    file->file = open(file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat facts;
    if (file->file < 0 || fstat(file->file, &facts) != 0)
        return mu_fail(error, MU_INPUT, MU_SAY_table_cannot_open, file->path, mu_errno_text(errno),
                       NULL);
    if (S_ISDIR(facts.st_mode))
        return mu_fail(error, MU_INPUT, MU_SAY_table_is_folder, file->path, NULL);
    if (!S_ISREG(facts.st_mode))
        return mu_fail(error, MU_INPUT, MU_SAY_table_not_a_file, file->path, NULL);
    if (facts.st_size == 0)
        return mu_fail(error, MU_INPUT, MU_SAY_table_empty, file->path, NULL);
    file->size = (uint64_t)facts.st_size;
    return MU_OK;
}

/* Files that are often handed in for a CSV file, known by their first bytes. */
static enum mu_status refuse_known_strangers(const struct mu_table_file *file,
                                             struct mu_error *error)
{
    static const struct {
        const char *bytes;
        size_t length;
        enum mu_message message;
    } strangers[] = {
        {"PK\x03\x04", 4, MU_SAY_table_is_workbook},       /* .xlsx, .et, .ods */
        {"\xD0\xCF\x11\xE0", 4, MU_SAY_table_is_workbook}, /* .xls */
        {"\xFF\xFE", 2, MU_SAY_table_is_utf16},
        {"\xFE\xFF", 2, MU_SAY_table_is_utf16},
    };
    char bytes[4] = {0};
    if (pread(file->file, bytes, sizeof bytes, 0) < 0)
        return mu_fail(error, MU_INPUT, MU_SAY_table_cannot_read, file->path, mu_errno_text(errno),
                       NULL);
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++)
        if (memcmp(bytes, strangers[i].bytes, strangers[i].length) == 0)
            return mu_fail(error, MU_INPUT, strangers[i].message, file->path, NULL);
    return MU_OK;
}

static enum mu_status fail_decoding(const struct mu_table_file *file, enum decoder_state state,
                                    uint64_t offset, struct mu_error *error)
{
    if (state == DECODER_DEVICE)
        return mu_fail(error, MU_INPUT, MU_SAY_table_cannot_read, file->path, mu_errno_text(errno),
                       NULL);
    unsigned long line = encoding_line_at(file->file, offset);
    enum mu_message message =
        state == DECODER_NUL ? MU_SAY_table_nul_byte : MU_SAY_table_bad_encoding;
    return mu_fail(error, MU_INPUT, message, file->path, digits(line).text, digits(offset + 1).text,
                   NULL);
}

/* True when the good UTF-8 at the start of a file leaves no doubt that all of it should be UTF-8:
 * a byte order mark, or ideographs in its first line with anything in it. (A line of GB18030 may by
 * chance be UTF-8 of other scripts.) */
static bool surely_utf8(const char *text, size_t length)
{
    if (length >= 3 && memcmp(text, byte_order_mark, 3) == 0)
        return true;
    bool ideograph = false, anything = false;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        bool line_end = byte == '\n' || byte == '\r';
        if (line_end && anything)
            return ideograph;
        ideograph |= byte >= 0xE4 && byte <= 0xE9; /* begins U+4000 to U+9FFF */
        anything |= !line_end && byte != ' ' && byte != '\t';
    }
    return false;
}

/* Runs through the whole file in one encoding; *offset gets the place of the first fault. */
static enum decoder_state try_encoding(struct mu_table_file *file, enum mu_encoding encoding,
                                       bool *sure, uint64_t *offset)
{
    const char *text;
    size_t length;
    enum decoder_state state = DECODER_DEVICE;
    *sure = false;
    if (decoder_open(&file->decoder, file->file, encoding)) {
        state = decoder_next(&file->decoder, &text, &length);
        *sure = state == DECODER_TEXT && surely_utf8(text, length);
        while (state == DECODER_TEXT)
            state = decoder_next(&file->decoder, &text, &length);
    }
    *offset = file->decoder.offset;
    decoder_close(&file->decoder);
    return state;
}

static enum mu_status find_encoding(struct mu_table_file *file, struct mu_error *error)
{
    bool sure, unused;
    uint64_t utf8_offset, gb18030_offset;
    enum decoder_state utf8 = try_encoding(file, MU_ENCODING_UTF8, &sure, &utf8_offset);
    file->format.encoding = MU_ENCODING_UTF8;
    if (utf8 == DECODER_END)
        return MU_OK;
    if (sure || utf8 != DECODER_FAULT)
        return fail_decoding(file, utf8, utf8_offset, error);
    enum decoder_state gb18030 = try_encoding(file, MU_ENCODING_GB18030, &unused, &gb18030_offset);
    file->format.encoding = MU_ENCODING_GB18030;
    if (gb18030 == DECODER_END)
        return MU_OK;
    if (gb18030 == DECODER_FAULT && gb18030_offset < utf8_offset)
        return fail_decoding(file, utf8, utf8_offset, error);
    return fail_decoding(file, gb18030, gb18030_offset, error);
}

/* Decodes the next piece; at the end `ended` is set and the piece is empty. */
static enum mu_status next_piece(struct mu_table_file *file, struct mu_error *error)
{
    enum decoder_state state = decoder_next(&file->decoder, &file->piece, &file->piece_left);
    if (state == DECODER_TEXT)
        return MU_OK;
    file->piece_left = 0;
    file->ended = true;
    if (state == DECODER_END)
        return MU_OK;
    return fail_decoding(file, state, file->decoder.offset, error);
}

/* Looks at the header line, which stands at the front of the first piece. */
static void find_separator(struct mu_table_file *file)
{
    size_t commas = 0, semicolons = 0, tabs = 0;
    bool quoted = false;
    for (size_t i = 0; i < file->piece_left; i++) {
        char c = file->piece[i];
        quoted ^= c == '"';
        if (quoted)
            continue;
        commas += c == ',';
        semicolons += c == ';';
        tabs += c == '\t';
        if (c == '\n' || c == '\r') {
            file->format.crlf = c == '\r' && i + 1 < file->piece_left && file->piece[i + 1] == '\n';
            if (commas + semicolons + tabs > 0 || i > 0)
                break;
        }
    }
    file->format.separator = ',';
    if (tabs > commas && tabs >= semicolons)
        file->format.separator = '\t';
    else if (semicolons > commas)
        file->format.separator = ';';
}

static enum mu_status start_reading(struct mu_table_file *file, struct mu_error *error)
{
    if (!decoder_open(&file->decoder, file->file, file->format.encoding))
        return fail_decoding(file, DECODER_DEVICE, 0, error);
    enum mu_status status = next_piece(file, error);
    if (status != MU_OK)
        return status;
    if (file->piece_left >= 3 && memcmp(file->piece, byte_order_mark, 3) == 0) {
        file->format.byte_order_mark = true;
        file->piece += 3;
        file->piece_left -= 3;
    }
    find_separator(file);
    if (csv_init(&file->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return mu_fail_memory(error);
    file->parser_ready = true;
    csv_set_delim(&file->parser, (unsigned char)file->format.separator);
    csv_set_blk_size(&file->parser, 4096);
    file->line = 1;
    return MU_OK;
}

/* Keeps the header row beside the rows that follow it. */
static enum mu_status keep_header(struct mu_table_file *file, struct mu_error *error)
{
    const struct mu_table_row *row;
    enum mu_status status = mu_table_file_next(file, &row, error);
    if (status != MU_OK)
        return status;
    if (!row)
        return mu_fail(error, MU_INPUT, MU_SAY_table_empty, file->path, NULL);
    file->header_text = malloc(file->row.used);
    if (!file->header_text)
        return mu_fail_memory(error);
    memcpy(file->header_text, file->row.text, file->row.used);
    for (size_t i = 0; i < row->count; i++)
        file->header_cells[i] = file->header_text + file->row.start[i];
    file->header = *row;
    file->header.cell = file->header_cells;
    return MU_OK;
}

enum mu_status mu_table_file_open(struct mu_table_file **out, const char *path,
                                  struct mu_error *error)
{
    struct mu_table_file *file = calloc(1, sizeof *file);
    if (!file)
        return mu_fail_memory(error);
    file->file = -1;
    file->decoder.converter = (iconv_t)-1;
    file->path = strdup(path);
    enum mu_status status = file->path ? open_regular(file, error) : mu_fail_memory(error);
    if (status == MU_OK)
        status = refuse_known_strangers(file, error);
    if (status == MU_OK)
        status = find_encoding(file, error);
    if (status == MU_OK)
        status = start_reading(file, error);
    if (status == MU_OK)
        status = keep_header(file, error);
    if (status == MU_OK)
        *out = file;
    else
        mu_table_file_close(&file);
    return status;
}

void mu_table_file_close(struct mu_table_file **file)
{
    struct mu_table_file *old = *file;
    *file = NULL;
    if (!old)
        return;
    if (old->parser_ready)
        csv_free(&old->parser);
    decoder_close(&old->decoder);
    if (old->file >= 0)
        close(old->file);
    free(old->row.text);
    free(old->header_text);
    free(old->path);
    free(old);
}

/* Rows. */

static void end_field(void *bytes, size_t length, void *data)
{
    struct row *row = data;
    if (row->count == MU_TABLE_COLUMNS || row->no_memory) {
        row->too_wide = !row->no_memory;
        return;
    }
    if (row->size - row->used < length + 1) {
        size_t size = 2 * (row->used + length + 1);
        char *text = realloc(row->text, size);
        if (!text) {
            row->no_memory = true;
            return;
        }
        row->text = text;
        row->size = size;
    }
    row->start[row->count++] = row->used;
    if (length > 0)
        memcpy(row->text + row->used, bytes, length);
    row->text[row->used + length] = '\0';
    row->used += length + 1;
}

static void end_row(int terminator, void *data)
{
    (void)terminator;
    struct row *row = data;
    row->done = true;
}

/* The front of the piece up to and including the first line end (CR LF is one). Never more than
 * one row is handed to the parser, so that the line of every row is known. */
static size_t line_length(const struct mu_table_file *file)
{
    const char *feed = memchr(file->piece, '\n', file->piece_left);
    size_t length = feed ? (size_t)(feed - file->piece) + 1 : file->piece_left;
    const char *back = memchr(file->piece, '\r', length);
    if (!back || (feed && back + 1 == feed))
        return length;
    return (size_t)(back - file->piece) + 1;
}

/* True when the line has more than the blanks that the parser passes over between rows. */
static bool starts_row(const struct mu_table_file *file, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!strchr(" \t\r\n", file->piece[i]) || file->piece[i] == file->format.separator)
            return true;
    return false;
}

static void count_line(struct mu_table_file *file, size_t length)
{
    char last = file->piece[length - 1];
    bool second_half = file->after_return && length == 1 && last == '\n';
    file->line += (last == '\n' || last == '\r') && !second_half;
    file->after_return = last == '\r';
    file->piece += length;
    file->piece_left -= length;
}

static enum mu_status fail_parsing(struct mu_table_file *file, struct mu_error *error)
{
    file->ended = true;
    if (csv_error(&file->parser) != CSV_EPARSE)
        return mu_fail_memory(error);
    return mu_fail(error, MU_INPUT, MU_SAY_table_bad_quote, file->path, digits(file->out.line).text,
                   digits(file->row.count + 1).text, NULL);
}

/* Parses up to the end of the row that starts next. row.done stays false when there is none. */
static enum mu_status parse_row(struct mu_table_file *file, struct mu_error *error)
{
    struct row *row = &file->row;
    bool begun = false;
    size_t bytes = 0;
    file->out.open_end = false;
    while (!row->done) {
        if (file->piece_left == 0) {
            enum mu_status status = file->ended ? MU_OK : next_piece(file, error);
            if (status != MU_OK)
                return status;
            if (file->ended) {
                file->out.open_end = true;
                if (csv_fini(&file->parser, end_field, end_row, row) != 0)
                    return mu_fail(error, MU_INPUT, MU_SAY_table_open_quote, file->path,
                                   digits(file->out.line).text, NULL);
                return MU_OK;
            }
        }
        size_t length = line_length(file);
        if (!begun && starts_row(file, length)) {
            begun = true;
            file->out.line = file->line;
        }
        bytes += begun ? length : 0;
        if (bytes > MU_TABLE_ROW_SIZE)
            return fail_at_line(file, MU_SAY_table_row_too_long, file->out.line, error);
        if (csv_parse(&file->parser, file->piece, length, end_field, end_row, row) != length)
            return fail_parsing(file, error);
        count_line(file, length);
    }
    return MU_OK;
}

enum mu_status mu_table_file_next(struct mu_table_file *file, const struct mu_table_row **row,
                                  struct mu_error *error)
{
    struct row *parsed = &file->row;
    parsed->used = parsed->count = 0;
    parsed->done = parsed->too_wide = parsed->no_memory = false;
    enum mu_status status = parse_row(file, error);
    if (status == MU_OK && parsed->no_memory)
        status = mu_fail_memory(error);
    if (status == MU_OK && parsed->too_wide)
        status = fail_at_line(file, MU_SAY_table_too_wide, file->out.line, error);
    if (status != MU_OK) {
        file->ended = true;
        file->piece_left = 0;
        return status;
    }
    for (size_t i = 0; i < parsed->count; i++)
        file->cells[i] = parsed->text + parsed->start[i];
    file->out.cell = file->cells;
    file->out.count = parsed->count;
    *row = parsed->done ? &file->out : NULL;
    return MU_OK;
}

const struct mu_table_row *mu_table_file_header(const struct mu_table_file *file)
{
    return &file->header;
}

const struct mu_table_format *mu_table_file_format(const struct mu_table_file *file)
{
    return &file->format;
}

void mu_table_file_progress(const struct mu_table_file *file, uint64_t *done, uint64_t *total)
{
    *done = file->decoder.offset;
    *total = file->size;
}
