/* The file of rejected rows: what the spreadsheet said, and why it could not land. */
#ifndef DESK_IMPORT_REJECTS_H
#define DESK_IMPORT_REJECTS_H

#include "desk/import_columns.h"

struct import_rejects {
    char *path;
    const struct mu_table_file *file; /* the spreadsheet */
    const struct import_columns *columns;
    enum mu_language language;
    struct mu_table_writer *writer; /* from the first rejected row on */
};

/* `path` is the spreadsheet's; the others are borrowed while the rejects are in use. */
enum mu_status import_rejects_init(struct import_rejects *rejects, const char *path,
                                   const struct mu_table_file *file,
                                   const struct import_columns *columns, enum mu_language language,
                                   struct mu_error *error) MU_CHECKED;
/* Removes what was not finished. */
void import_rejects_clear(struct import_rejects *rejects);

/* Adds a row. `column` is the number of the column at fault (the first is 0), columns->count for
 * the whole row. MU_INPUT when a file of this name stands there that no import wrote. */
enum mu_status import_rejects_add(struct import_rejects *rejects, const struct mu_table_row *row,
                                  size_t column, const struct mu_error *reason,
                                  struct mu_error *error) MU_CHECKED;

/* Gives the file its name, if there is one, and its path to *path (owned by the caller), else NULL.
 */
enum mu_status import_rejects_finish(struct import_rejects *rejects, char **path,
                                     struct mu_error *error) MU_CHECKED;

#endif
