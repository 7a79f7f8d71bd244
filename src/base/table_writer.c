#include <mulin/base/table_file.h>

#include <mulin/base/text.h>

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct mu_table_writer {
    char *path;
    char *temporary; /* the name under which the file stands; NULL: it has none */
    FILE *file;
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

/* Bytes of the path up to and including the last slash. */
static int folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (int)(slash - path) + 1 : 0;
}

/* A file without a name in the folder of the path: nothing of it stays when the desk is killed.
 * -1 where the file system has no such files. */
static int open_unnamed(const char *path)
{
    int length = folder_length(path);
    char *folder = length ? strndup(path, (size_t)length) : strdup(".");
    int file = folder ? open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600) : -1;
    free(folder);
    return file;
}

/* A temporary name beside the path, owned by the caller; `ending` makes it one of many. */
static char *temporary_name(const char *path, const char *ending)
{
    int length = folder_length(path);
    char *name;
    if (asprintf(&name, "%.*s.%s.%s", length, path, path + length, ending) >= 0)
        return name;
    errno = ENOMEM;
    return NULL;
}

/* Makes the file under a temporary name anew (O_EXCL), so that no link laid out under a guessed
 * name is ever followed. */
static int open_named(struct mu_table_writer *writer)
{
    char *name = temporary_name(writer->path, "XXXXXX");
    int file = name ? mkostemp(name, O_CLOEXEC) : -1;
    if (file >= 0)
        writer->temporary = name;
    else
        free(name);
    return file;
}

static enum mu_status create_temporary(struct mu_table_writer *writer, struct mu_error *error)
{
    int file = open_unnamed(writer->path);
    if (file < 0)
        file = open_named(writer);
    if (file < 0)
        return fail_writing(writer, error);
    writer->file = fdopen(file, "w");
    if (!writer->file) {
        close(file);
        return mu_fail_memory(error);
    }
    return MU_OK;
}

/* Gives an unnamed file a temporary name: only a name can replace another. */
static bool name_file(struct mu_table_writer *writer)
{
    char open_file[32], ending[16];
    if (writer->temporary)
        return true;
    snprintf(open_file, sizeof open_file, "/proc/self/fd/%d", fileno(writer->file));
    snprintf(ending, sizeof ending, "%08x", arc4random());
    char *name = temporary_name(writer->path, ending);
    if (name && linkat(AT_FDCWD, open_file, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0)
        writer->temporary = name;
    else
        free(name);
    return writer->temporary != NULL;
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

enum mu_status mu_table_writer_open(struct mu_table_writer **out, const char *path,
                                    const struct mu_table_format *format, struct mu_error *error)
{
    struct mu_table_writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        return mu_fail_memory(error);
    writer->format = *format;
    writer->converter = (iconv_t)-1;
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
    if (status == MU_OK)
        status = create_temporary(writer, error);
    if (status == MU_OK && format->byte_order_mark)
        status = write_text(writer, "\xEF\xBB\xBF", 3, error);
    if (status == MU_OK)
        *out = writer;
    else
        mu_table_writer_drop(&writer);
    return status;
}

static bool begins_formula(const char *cell)
{
    uint32_t rune;

    if (mu_text_rune(cell, &rune) == 0)
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

/* Makes the new name itself durable; a folder that cannot be synced is no reason to refuse. */
static void sync_folder(const char *path)
{
    int length = folder_length(path);
    char *folder = length ? strndup(path, (size_t)length) : strdup(".");
    int file = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (file >= 0) {
        fsync(file);
        close(file);
    }
    free(folder);
}

enum mu_status mu_table_writer_finish(struct mu_table_writer **writer, struct mu_error *error)
{
    struct mu_table_writer *one = *writer;
    enum mu_status status = MU_OK;
    if (fflush(one->file) != 0 || fsync(fileno(one->file)) != 0 || !name_file(one) ||
        rename(one->temporary, one->path) != 0) {
        status = fail_writing(one, error);
    } else {
        free(one->temporary);
        one->temporary = NULL;
        sync_folder(one->path);
    }
    mu_table_writer_drop(writer);
    return status;
}

void mu_table_writer_drop(struct mu_table_writer **writer)
{
    struct mu_table_writer *old = *writer;
    *writer = NULL;
    if (!old)
        return;
    if (old->file)
        fclose(old->file);
    if (old->temporary)
        unlink(old->temporary);
    if (old->converter != (iconv_t)-1)
        iconv_close(old->converter);
    free(old->temporary);
    free(old->line);
    free(old->converted);
    free(old->path);
    free(old);
}
