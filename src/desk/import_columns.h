/* Which column of a spreadsheet holds which field. */
#ifndef DESK_IMPORT_COLUMNS_H
#define DESK_IMPORT_COLUMNS_H

#include <mulin/base/field.h>
#include <mulin/base/table_file.h>

/* The column that a file of rejected rows has more than the spreadsheet it comes from. It is known
 * when the mended file is imported again. */
extern const char import_reason_header[];

enum import_role {
    IMPORT_FIELD,
    IMPORT_REASON,  /* import_reason_header */
    IMPORT_UNKNOWN, /* a header that no field has */
    IMPORT_BLANK,   /* no header: unknown as soon as a cell of it holds something */
};

struct import_column {
    enum import_role role;
    const struct mu_field *field; /* of mu_resident_fields; for IMPORT_FIELD */
};

struct import_columns {
    size_t count;
    struct import_column column[MU_TABLE_COLUMNS];
};

/* Reads the header row. MU_INPUT when there is no column of names, or two of one field; `path` is
 * for the sentence. */
enum mu_status import_columns_map(struct import_columns *columns, const struct mu_table_row *header,
                                  const char *path, struct mu_error *error) MU_CHECKED;

/* The number (the first is 0) of the column of this field, or of this role; columns->count when
 * there is none. */
size_t import_column_of_field(const struct import_columns *columns, const char *key);
size_t import_column_of_role(const struct import_columns *columns, enum import_role role);

#endif
