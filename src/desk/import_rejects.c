#include "desk/import_rejects.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { REASON_SIZE = 1024 };

enum mu_status import_rejects_init(struct import_rejects *rejects, const char *path,
                                   const struct mu_table_file *file,
                                   const struct import_columns *columns, enum mu_language language,
                                   struct mu_error *error)
{
    static const char ending[] = ".csv", rejects_ending[] = ".rejects.csv";
    size_t length = strlen(path);
    if (length > strlen(ending) && strcasecmp(path + length - strlen(ending), ending) == 0)
        length -= strlen(ending);
    *rejects = (struct import_rejects){.file = file, .columns = columns, .language = language};
    rejects->path = malloc(length + sizeof rejects_ending);
    if (!rejects->path)
        return mu_fail_memory(error);
    memcpy(rejects->path, path, length);
    memcpy(rejects->path + length, rejects_ending, sizeof rejects_ending);
    return MU_OK;
}

void import_rejects_clear(struct import_rejects *rejects)
{
    mu_table_writer_drop(&rejects->writer);
    free(rejects->path);
    rejects->path = NULL;
}

/* A file that may be replaced: it has the column of reasons, so an import wrote it. */
static bool written_by_import(const char *path)
{
    struct stat facts;
    struct mu_table_file *file;
    bool ours = false;
    if (lstat(path, &facts) != 0)
        return true; /* there is none */
    if (!S_ISREG(facts.st_mode) || mu_table_file_open(&file, path, NULL) != MU_OK)
        return false;
    const struct mu_table_row *header = mu_table_file_header(file);
    for (size_t i = 0; i < header->count; i++)
        ours |= strcmp(header->cell[i], import_reason_header) == 0;
    mu_table_file_close(&file);
    return ours;
}

/* Writes the cells of the spreadsheet, so that the file can be mended and imported again. `reason`
 * stands in its own column, which the spreadsheet has when it is itself a mended file. */
static enum mu_status write_row(struct import_rejects *rejects, const struct mu_table_row *row,
                                const char *reason, struct mu_error *error)
{
    const char *cells[2 * MU_TABLE_COLUMNS + 1];
    size_t columns = rejects->columns->count, count = columns;
    size_t place = import_column_of_role(rejects->columns, MU_COLUMN_REASON);
    for (size_t i = 0; i < columns; i++)
        cells[i] = i < row->count ? row->cell[i] : "";
    cells[place] = reason;
    if (place == columns)
        count++;
    for (size_t i = columns; i < row->count; i++)
        cells[count++] = row->cell[i];
    return mu_table_writer_row(rejects->writer, cells, count, error);
}

static enum mu_status start(struct import_rejects *rejects, struct mu_error *error)
{
    if (!written_by_import(rejects->path))
        return mu_fail(error, MU_INPUT, MU_SAY_import_rejects_foreign, rejects->path, NULL);
    enum mu_status status = mu_table_writer_open(&rejects->writer, rejects->path,
                                                 mu_table_file_format(rejects->file), error);
    if (status != MU_OK)
        return status;
    return write_row(rejects, mu_table_file_header(rejects->file), import_reason_header, error);
}

enum mu_status import_rejects_add(struct import_rejects *rejects, const struct mu_table_row *row,
                                  size_t column, const struct mu_error *reason,
                                  struct mu_error *error)
{
    char why[REASON_SIZE / 2], line[24], text[REASON_SIZE];
    if (!rejects->writer) {
        enum mu_status status = start(rejects, error);
        if (status != MU_OK)
            return status;
    }
    bool named = column < rejects->columns->count;
    if (named)
        mu_error_why(reason, rejects->language, why, sizeof why);
    else
        mu_error_text(reason, rejects->language, why, sizeof why);
    snprintf(line, sizeof line, "%lu", row->line);
    if (named)
        mu_message_format(text, sizeof text, rejects->language, MU_SAY_import_reason_cell, line,
                          mu_table_file_header(rejects->file)->cell[column], why, NULL);
    else
        mu_message_format(text, sizeof text, rejects->language, MU_SAY_import_reason_row, line, why,
                          NULL);
    return write_row(rejects, row, text, error);
}

enum mu_status import_rejects_finish(struct import_rejects *rejects, char **path,
                                     struct mu_error *error)
{
    *path = NULL;
    if (!rejects->writer)
        return MU_OK;
    enum mu_status status = mu_table_writer_finish(&rejects->writer, error);
    if (status == MU_OK) {
        *path = rejects->path;
        rejects->path = NULL;
    }
    return status;
}
