#include <mulin/base/table_file.h>

#include "base/output_file.h"

#include <mulin/base/text.h>

#include <csv.h>
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct mu_table_writer {
    char *path; /* for messages */
    struct mu_output_file output;
    FILE *file; /* that of the output, or the caller's */
    struct mu_table_format format;
    iconv_t converter; /* for GB18030 */
    char *line, *converted;
    size_t line_size, converted_size;
};

static enum mu_status fail_writing(const struct mu_table_writer *writer, struct mu_error *error)
{
    return mu_fail(error, MU_INPUT, MU_SAY_table_cannot_write, writer->path, mu_errno_text(errno),
                   NULL);
}

static enum mu_status grow(char **buffer, size_t *size, size_t wanted, struct mu_error *error)
{
    if (*size >= wanted)
        return MU_OK;
    char *larger = realloc(*buffer, wanted);
    if (!larger)
        return mu_fail_memory(error);
    *buffer = larger;
    *size = wanted;
    return MU_OK;
}

/* Writes UTF-8 in the encoding of the file. */
static enum mu_status write_text(struct mu_table_writer *writer, const char *text, size_t length,
                                 struct mu_error *error)
{
    if (writer->format.encoding == MU_ENCODING_GB18030) {
        /* The longest character of GB18030 has four bytes, the shortest of UTF-8 beyond ASCII has
         * two. */
        enum mu_status status =
            grow(&writer->converted, &writer->converted_size, 2 * length, error);
        if (status != MU_OK)
            return status;
        char *in = (char *)(uintptr_t)text, *out = writer->converted;
        size_t in_left = length, out_left = writer->converted_size;
        if (iconv(writer->converter, &in, &in_left, &out, &out_left) == (size_t)-1)
            return fail_writing(writer, error);
        text = writer->converted;
        length = writer->converted_size - out_left;
    }
    if (fwrite(text, 1, length, writer->file) != length)
        return fail_writing(writer, error);
    return MU_OK;
}

/* `stream` is NULL: the file of the path is made. */
static enum mu_status start(struct mu_table_writer **out, const char *path, FILE *stream,
                            const struct mu_table_format *format, struct mu_error *error)
{
    struct mu_table_writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        return mu_fail_memory(error);
    writer->format = *format;
    writer->converter = (iconv_t)-1;
    writer->file = stream;
    writer->path = strdup(path);
    if (!writer->path) {
        free(writer);
        return mu_fail_memory(error);
    }
    enum mu_status status = MU_OK;
    if (format->encoding == MU_ENCODING_GB18030) {
        writer->converter = iconv_open("GB18030", "UTF-8");
        if (writer->converter == (iconv_t)-1)
            status = fail_writing(writer, error);
    }
    if (status == MU_OK && !stream) {
        if (mu_output_open(&writer->output, path))
            writer->file = writer->output.file;
        else
            status = fail_writing(writer, error);
    }
    if (status == MU_OK && format->byte_order_mark)
        status = write_text(writer, "\xEF\xBB\xBF", 3, error);
    if (status == MU_OK)
        *out = writer;
    else
        mu_table_writer_drop(&writer);
    return status;
}

enum mu_status mu_table_writer_open(struct mu_table_writer **out, const char *path,
                                    const struct mu_table_format *format, struct mu_error *error)
{
    return start(out, path, NULL, format, error);
}

enum mu_status mu_table_writer_on(struct mu_table_writer **out, FILE *stream, const char *name,
                                  const struct mu_table_format *format, struct mu_error *error)
{
    return start(out, name, stream, format, error);
}

/* A number below zero begins like a formula and is none. */
static bool is_number(const char *cell)
{
    static const char digits[] = "0123456789";
    size_t whole = strspn(cell + 1, digits), part = 0;
    const char *end = cell + 1 + whole;

    if (*end == '.') {
        part = strspn(end + 1, digits);
        end += 1 + part;
    }
    return *cell == '-' && whole > 0 && *end == '\0' && end[-1] != '.';
}

static bool begins_formula(const char *cell)
{
    uint32_t rune;

    if (mu_text_rune(cell, &rune) == 0 || is_number(cell))
        return false;
    if (rune >= 0xFF01 && rune <= 0xFF5E)
        rune -= 0xFEE0;
    return rune < 0x80 && strchr("=+-@\t\r\n", (int)rune) != NULL;
}

const char *mu_table_cell_text(const char *cell)
{
    return *cell == '\'' && begins_formula(cell + 1) ? cell + 1 : cell;
}

/* Returns the bytes written to `out`: two for every one of the cell and three more are enough. */
static size_t write_cell(char *out, size_t size, const char *cell)
{
    size_t length = strlen(cell);

    if (!begins_formula(cell))
        return csv_write(out, size, cell, length);
    length = csv_write(out + 1, size - 1, cell, length) + 1;
    /* The opening quote, one place further to the front. */
    out[0] = '"';
    out[1] = '\'';
    return length;
}

enum mu_status mu_table_writer_row(struct mu_table_writer *writer, const char *const *cells,
                                   size_t count, struct mu_error *error)
{
    size_t wanted = 2;
    for (size_t i = 0; i < count; i++)
        wanted += 2 * strlen(cells[i]) + 4; /* quotes doubled, two around, ', the separator */
    enum mu_status status = grow(&writer->line, &writer->line_size, wanted, error);
    if (status != MU_OK)
        return status;
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            writer->line[used++] = writer->format.separator;
        used += write_cell(writer->line + used, writer->line_size - used, cells[i]);
    }
    if (writer->format.crlf)
        writer->line[used++] = '\r';
    writer->line[used++] = '\n';
    return write_text(writer, writer->line, used, error);
}

enum mu_status mu_table_writer_finish(struct mu_table_writer **writer, struct mu_error *error)
{
    struct mu_table_writer *one = *writer;
    enum mu_status status = MU_OK;
    if (one->output.file ? !mu_output_finish(&one->output, true) : fflush(one->file) != 0)
        status = fail_writing(one, error);
    mu_table_writer_drop(writer);
    return status;
}

void mu_table_writer_drop(struct mu_table_writer **writer)
{
    struct mu_table_writer *old = *writer;
    *writer = NULL;
    if (!old)
        return;
    mu_output_drop(&old->output);
    if (old->converter != (iconv_t)-1)
        iconv_close(old->converter);
    free(old->line);
    free(old->converted);
    free(old->path);
    free(old);
}
