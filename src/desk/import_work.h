/* One import on its way: what its parts share. */
#ifndef DESK_IMPORT_WORK_H
#define DESK_IMPORT_WORK_H

#include "desk/act.h"
#include "desk/import_columns.h"
#include "desk/import_homes.h"
#include "desk/import_rejects.h"
#include "desk/import_row.h"
#include "store/import_store.h"

struct import {
    struct mu_desk *desk;
    const char *path;
    struct mu_db *db;
    struct mu_moment now;
    const struct mu_rules *rules; /* in force: nobody adopts others meanwhile; the desk's */
    const struct mu_import_options *options;
    struct mu_import_file state; /* of the file when the import began */
    struct mu_table_file *file;
    struct import_columns columns;
    struct mu_import_keys keys;
    struct mu_act_writer act;
    int64_t files_changed; /* of those that stood there before */
    struct import_homes homes;
    struct import_rejects rejects;
    struct mu_import_report report;
    bool old_id_numbers; /* some 15-digit number stands in the register */
    bool blank_header_told[MU_TABLE_COLUMNS];
};

/* What tells one state of the file from another. MU_INPUT. */
enum mu_status import_file_state(const char *path, struct mu_import_file *out,
                                 struct mu_error *error) MU_CHECKED;
bool import_file_same(const struct mu_import_file *a, const struct mu_import_file *b);

/* Brings one row into the register. MU_INPUT is a fault of the row, told in `error` and *column. */
enum mu_status import_land(struct import *import, const struct import_row *row, size_t *column,
                           struct mu_error *error) MU_CHECKED;

/* Counts the rejected row, tells it and writes it into the file of rejected rows. */
enum mu_status import_reject(struct import *import, const struct mu_table_row *row, size_t column,
                             const struct mu_error *reason, struct mu_error *error) MU_CHECKED;
/* Tells of a row that landed. `column` is columns.count for the whole row. */
void import_tell(const struct import *import, enum mu_import_note_kind kind, unsigned long line,
                 size_t column, const struct mu_error *reason);
/* Hands one of the first rows on, masked. */
void import_show(const struct import *import, unsigned long line, enum mu_import_outcome outcome,
                 const struct mu_resident *resident);
/* Remembers a header whose cells are not stored. */
enum mu_status import_remember_unknown(struct import *import, const char *header,
                                       struct mu_error *error) MU_CHECKED;

#endif
