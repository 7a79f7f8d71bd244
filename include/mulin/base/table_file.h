/* Tables from spreadsheets: CSV files as WPS, Excel and people write them, read row by row in
 * constant memory, and written back in the same form. */
#ifndef MULIN_BASE_TABLE_FILE_H
#define MULIN_BASE_TABLE_FILE_H

#include <mulin/base/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum {
    MU_TABLE_COLUMNS = 200,     /* of a row at most */
    MU_TABLE_ROW_SIZE = 1 << 20 /* bytes of a row at most, as UTF-8 */
};

enum mu_encoding { MU_ENCODING_UTF8, MU_ENCODING_GB18030 };

/* How a table file is written. */
struct mu_table_format {
    enum mu_encoding encoding;
    bool byte_order_mark;
    char separator; /* ',' ';' or TAB */
    bool crlf;      /* lines end with CR LF */
};

/* One row. Cells are UTF-8, NUL-terminated; those that stand unquoted have no blanks around. */
struct mu_table_row {
    unsigned long line; /* of the file, where the row starts; the first is 1 */
    size_t count;
    const char *const *cell;
    bool open_end; /* the file ended without a line end: the row may be torn */
};

struct mu_table_file;

/* Opens a CSV file and reads its first row, the headers.
 * The encoding is told apart by reading the whole file once: UTF-8 (with or without byte order
 * mark), else GB18030, else the file is refused with line and byte of the fault. When the header
 * row holds Chinese in good UTF-8, the file is UTF-8 and a fault further down is damage, not
 * another encoding. The separator is the most frequent of , ; TAB in the header row.
 * Refused too (MU_INPUT): what is not a regular file, an empty file, NUL bytes, a workbook (.xlsx,
 * .xls) or UTF-16 under the name of a CSV file, and quotes that do not pair.
 * *out is owned by the caller, untouched on failure. */
enum mu_status mu_table_file_open(struct mu_table_file **out, const char *path,
                                  struct mu_error *error) MU_CHECKED;

/* Frees the reader and sets *file to NULL. */
void mu_table_file_close(struct mu_table_file **file);

/* Reads the next row; lines without any character are passed over. *row is NULL at the end;
 * otherwise it is borrowed and lives until the next call. After a failure (MU_INPUT with the line:
 * a row that is too long or too wide, a quote that is never closed) the file cannot be read on. */
enum mu_status mu_table_file_next(struct mu_table_file *file, const struct mu_table_row **row,
                                  struct mu_error *error) MU_CHECKED;

/* The header row and the format; borrowed, live as long as the reader. */
const struct mu_table_row *mu_table_file_header(const struct mu_table_file *file);
const struct mu_table_format *mu_table_file_format(const struct mu_table_file *file);

/* How far the reader is: bytes read and bytes in all. */
void mu_table_file_progress(const struct mu_table_file *file, uint64_t *done, uint64_t *total);

/* The cell without the apostrophe that mu_table_writer_row puts in front; borrowed from `cell`. */
const char *mu_table_cell_text(const char *cell);

struct mu_table_writer;

/* Starts a table file in the same folder as `path` under a temporary name, readable by its owner
 * only. *out is owned by the caller, untouched on failure. */
enum mu_status mu_table_writer_open(struct mu_table_writer **out, const char *path,
                                    const struct mu_table_format *format,
                                    struct mu_error *error) MU_CHECKED;

/* The same on a stream that is open for writing and stays the caller's; `name` stands for it in
 * messages. Finishing hands on what was written, dropping takes nothing back. */
enum mu_status mu_table_writer_on(struct mu_table_writer **out, FILE *stream, const char *name,
                                  const struct mu_table_format *format,
                                  struct mu_error *error) MU_CHECKED;

/* Adds a row of `count` cells (UTF-8). Every cell is quoted and kept as it is, but for one that a
 * spreadsheet would take for a formula (it begins with = + - @, their full-width forms, a tab or a
 * line end, and is no number such as -5.00): an apostrophe is put in front, which says that it is
 * text. */
enum mu_status mu_table_writer_row(struct mu_table_writer *writer, const char *const *cells,
                                   size_t count, struct mu_error *error) MU_CHECKED;

/* Brings the file to the disk and gives it its name, replacing what had it; frees the writer and
 * sets *writer to NULL, also on failure (then the temporary file is gone and what had the name
 * stays). */
enum mu_status mu_table_writer_finish(struct mu_table_writer **writer,
                                      struct mu_error *error) MU_CHECKED;

/* Gives up: removes the temporary file, frees the writer and sets *writer to NULL. */
void mu_table_writer_drop(struct mu_table_writer **writer);

#endif
