/* Which column of a spreadsheet holds which field. */
#ifndef DESK_IMPORT_COLUMNS_H
#define DESK_IMPORT_COLUMNS_H

#include <mulin/desk/import.h>

/* The column that a file of rejected rows has more than the spreadsheet it comes from. It is known
 * when the mended file is imported again. */
extern const char import_reason_header[];

struct import_column {
    enum mu_import_use role;
    const struct mu_field *field; /* of mu_resident_fields; for MU_COLUMN_FIELD */
};

struct import_columns {
    size_t count;
    struct import_column column[MU_TABLE_COLUMNS];
};

/* Reads the header row; `mapping` may be NULL. */
void import_columns_read(struct import_columns *columns, const struct mu_table_row *header,
                         const struct mu_import_mapping *mapping);
/* MU_INPUT when there are neither names nor homes, or two columns of one field; `path` is for the
 * sentence. */
enum mu_status import_columns_check(const struct import_columns *columns,
                                    const struct mu_table_row *header, const char *path,
                                    struct mu_error *error) MU_CHECKED;

/* The name of the column number `index` (the first is 0) in a mapping: its header, with #2 behind
 * it when it is the second of this header; #3 when it is the third and has none. */
void import_column_name(const struct mu_table_row *header, size_t index, char out[MU_HEADER_SIZE]);
/* The field of this key, label or other header; NULL. */
const struct mu_field *import_field_of(const char *word);

/* True when the header is one of the names, which are separated by blanks; compared as headers of
 * fields are. */
bool import_header_among(const char *header, const char *names);

/* The number (the first is 0) of the column of this field, or of this role; columns->count when
 * there is none. */
size_t import_column_of_field(const struct import_columns *columns, const char *key);
size_t import_column_of_role(const struct import_columns *columns, enum mu_import_use role);

#endif
