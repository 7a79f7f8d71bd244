/* Any file: its rows are well-formed text, and written back they are the same rows. */
#include "fuzz.h"

#include <mulin/base/table_file.h>
#include <mulin/base/text.h>

#include <unistd.h>

enum { WRITTEN_BACK = 64 }; /* files with fewer rows go the whole way round */

static char folder[] = "/dev/shm/fuzz-csv-XXXXXX";
static char written[64], input[64];

static void remove_folder(void)
{
    unlink(written);
    unlink(input);
    rmdir(folder);
}

static void prepare(void)
{
    if (input[0])
        return;
    HOLDS(mkdtemp(folder));
    snprintf(written, sizeof written, "%s/written.csv", folder);
    snprintf(input, sizeof input, "%s/input.csv", folder);
    atexit(remove_folder);
}

static void put_input(const uint8_t *data, size_t size)
{
    FILE *file = fopen(input, "wb");

    HOLDS(file);
    HOLDS(fwrite(data, 1, size, file) == size);
    HOLDS(fclose(file) == 0);
}

static void row_is_good(const struct mu_table_row *row)
{
    HOLDS(row->count >= 1 && row->count <= MU_TABLE_COLUMNS);
    HOLDS(row->line >= 1);
    for (size_t i = 0; i < row->count; i++)
        HOLDS(mu_text_valid(row->cell[i], strlen(row->cell[i])));
}

/* Reads `file` to its end into `writer` (may be NULL). Returns the rows, or -1 when refused. */
static int read_through(struct mu_table_file *file, struct mu_table_writer *writer)
{
    const struct mu_table_row *row = mu_table_file_header(file);
    struct mu_error error;
    int rows = 0;

    while (row) {
        row_is_good(row);
        if (writer)
            HOLDS(mu_table_writer_row(writer, row->cell, row->count, &error) == MU_OK);
        rows++;
        if (mu_table_file_next(file, &row, &error) != MU_OK)
            return -1;
    }
    return rows;
}

static void same_rows(void)
{
    struct mu_table_file *one = NULL, *two = NULL;
    const struct mu_table_row *a, *b;
    struct mu_error error;

    HOLDS(mu_table_file_open(&one, input, &error) == MU_OK);
    HOLDS(mu_table_file_open(&two, written, &error) == MU_OK);
    a = mu_table_file_header(one);
    b = mu_table_file_header(two);
    while (a && b) {
        HOLDS(a->count == b->count);
        for (size_t i = 0; i < a->count; i++)
            HOLDS(strcmp(mu_table_cell_text(a->cell[i]), mu_table_cell_text(b->cell[i])) == 0);
        HOLDS(mu_table_file_next(one, &a, &error) == MU_OK);
        HOLDS(mu_table_file_next(two, &b, &error) == MU_OK);
    }
    HOLDS(!a && !b);
    mu_table_file_close(&one);
    mu_table_file_close(&two);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mu_table_writer *writer = NULL;
    struct mu_table_file *file = NULL;
    struct mu_table_format format;
    struct mu_error error;
    int rows;

    prepare();
    put_input(data, size);
    if (mu_table_file_open(&file, input, &error) != MU_OK)
        return 0;
    format = *mu_table_file_format(file);
    rows = read_through(file, NULL);
    mu_table_file_close(&file);
    if (rows < 1 || rows > WRITTEN_BACK)
        return 0;
    HOLDS(mu_table_file_open(&file, input, &error) == MU_OK);
    HOLDS(mu_table_writer_open(&writer, written, &format, &error) == MU_OK);
    HOLDS(read_through(file, writer) == rows);
    HOLDS(mu_table_writer_finish(&writer, &error) == MU_OK);
    mu_table_file_close(&file);
    same_rows();
    return 0;
}
