/* A spreadsheet before it is imported. */
#include "desk/desk_internal.h"
#include "desk/import_work.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

enum { SAMPLES = 3, STEP = 1024 };

/* Hides the middle of what may be an ID number or a phone: the screen is seen by others. */
static void hide_numbers(char *text)
{
    enum { PHONE = 11, FIRST = 3, LAST = 4 };
    while (*text) {
        size_t length = strspn(text, "0123456789Xx");
        if (length >= PHONE)
            memset(text + FIRST, '*', length - FIRST - LAST);
        text += length ? length : 1;
    }
}

/* Adds a cell to the first ones of its column, as far as there is room. */
static void add_sample(struct mu_import_column *column, const char *cell)
{
    size_t used = strlen(column->sample);
    char inert[MU_SAMPLE_SIZE];
    mu_text_inert(inert, sizeof inert, mu_table_cell_text(cell));
    hide_numbers(inert);
    if (!*inert || used + strlen(inert) + 2 >= MU_SAMPLE_SIZE)
        return;
    if (used) {
        memcpy(column->sample + used, "  ", 2);
        used += 2;
    }
    memcpy(column->sample + used, inert, strlen(inert) + 1);
}

static enum mu_status count_rows(struct mu_table_file *file, mu_progress *progress, void *context,
                                 struct mu_import_look *look, struct mu_error *error)
{
    const struct mu_table_row *row;
    uint64_t done, total;
    enum mu_status status;
    while ((status = mu_table_file_next(file, &row, error)) == MU_OK && row) {
        if (import_row_empty(row))
            continue;
        for (size_t i = 0; look->rows < SAMPLES && i < row->count && i < look->count; i++)
            add_sample(&look->column[i], row->cell[i]);
        mu_table_file_progress(file, &done, &total);
        if (++look->rows % STEP == 0 && progress &&
            !progress(context, (int64_t)done, (int64_t)total))
            return mu_fail(error, MU_REFUSED, MU_SAY_import_stopped, NULL);
    }
    return status;
}

/* Uses and fields as read; the names stay. */
static void tell_columns(struct mu_import_look *look, const struct import_columns *columns)
{
    for (size_t i = 0; i < look->count; i++) {
        look->column[i].use = columns->column[i].role;
        look->column[i].field = columns->column[i].field;
    }
}

static void tell_header(const struct mu_table_row *header, size_t index,
                        struct mu_import_column *column)
{
    mu_text_inert(column->header, sizeof column->header, header->cell[index]);
    import_column_name(header, index, column->name);
}

enum mu_status mu_import_look(struct mu_desk *desk, const char *path,
                              const struct mu_import_mapping *mapping, mu_progress *progress,
                              void *context, struct mu_import_look *out, struct mu_error *error)
{
    struct mu_import_look *look = NULL;
    struct mu_table_file *file = NULL;
    enum mu_status status = mu_desk_may(desk, MU_MAY_import_residents, error);
    if (status == MU_OK && !(look = calloc(1, sizeof *look)))
        status = mu_fail_memory(error);
    if (status == MU_OK)
        status = import_file_state(path, &look->file, error);
    if (status == MU_OK)
        status = mu_table_file_open(&file, path, error);
    if (status == MU_OK) {
        const struct mu_table_row *header = mu_table_file_header(file);
        struct import_columns columns;
        import_columns_read(&columns, header, mapping);
        look->format = *mu_table_file_format(file);
        look->count = columns.count;
        tell_columns(look, &columns);
        for (size_t i = 0; i < look->count; i++)
            tell_header(header, i, &look->column[i]);
        status = count_rows(file, progress, context, look, error);
    }
    if (status == MU_OK)
        *out = *look;
    mu_table_file_close(&file);
    free(look);
    return status;
}

enum mu_status mu_import_map_columns(struct mu_import_look *look,
                                     const struct mu_import_mapping *mapping, const char *path,
                                     struct mu_error *error)
{
    const char *cells[MU_TABLE_COLUMNS];
    const struct mu_table_row header = {.line = 1, .count = look->count, .cell = cells};
    struct import_columns columns;
    for (size_t i = 0; i < look->count; i++)
        cells[i] = look->column[i].header;
    import_columns_read(&columns, &header, mapping);
    tell_columns(look, &columns);
    return import_columns_check(&columns, &header, path, error);
}
