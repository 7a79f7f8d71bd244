/* The community's own spreadsheet comes into the register. */
#ifndef MULIN_DESK_IMPORT_H
#define MULIN_DESK_IMPORT_H

#include <mulin/desk/desk.h>
#include <mulin/desk/house.h>

/* What is told about a row while the import runs. */
enum mu_import_note_kind {
    MU_IMPORT_REJECTED,      /* the row did not land */
    MU_IMPORT_TWIN,          /* it landed and may be somebody who stood there already */
    MU_IMPORT_OLD_ID_NUMBER, /* it landed with an ID number of 15 digits */
    MU_IMPORT_ID_ORIGIN,     /* it landed with an ID number that begins like none */
    MU_IMPORT_NOT_KEPT,      /* it landed but for one value */
};

struct mu_import_note {
    enum mu_import_note_kind kind;
    unsigned long line; /* of the file; the first is 1 */
    size_t column;      /* the first is 1; 0: the whole row */
    const char *header; /* of the column, "" for the whole row; borrowed */
    struct mu_error reason;
};

typedef void mu_import_listener(void *context, const struct mu_import_note *note);

struct mu_import_options {
    bool strict;               /* nothing lands when one row is rejected */
    bool dry_run;              /* nothing lands and no file is written */
    enum mu_language language; /* of the reasons in the file of rejected rows */
    mu_progress *progress;     /* bytes read, bytes of the file; may be NULL */
    mu_import_listener *note;  /* may be NULL */
    void *context;             /* for both */
};

struct mu_import_report {
    int64_t rows; /* with anything in them, the header not counted */
    int64_t added, updated, unchanged, rejected;
    int64_t twins, old_id_numbers, id_origins, not_kept; /* rows told about in notes */
    char *rejects_file;                                  /* NULL when none was written */
    size_t unknown_count;
    char **unknown_header; /* headers that no field has; their cells were not stored */
};

/* Imports a CSV file (see mu_table_file_open) into the register in one transaction.
 *
 * A row is somebody who stands in the register already when the ID numbers agree (the names must,
 * too), or, where one of the two has none, name and birth date and also address or phone. Then
 * what the row says is written over the file and its empty cells erase nothing; a row that says
 * nothing new changes nothing. Everybody else is added. The first row of a household decides about
 * its occupancy and grid.
 *
 * Rows that cannot land go to FILE.rejects.csv (for FILE.csv), in the same form with the reason in
 * one more column; that file can be mended and imported. It replaces one of an earlier import only.
 *
 *   report  filled in when MU_OK, also when nothing landed because of `strict` (then added, updated
 *           and unchanged are 0); clear it with mu_import_report_clear
 * MU_INPUT when the file as a whole cannot be imported, MU_REFUSED when `progress` stopped it,
 * MU_STORE, MU_MEMORY; then nothing landed. */
enum mu_status mu_import_residents(struct mu_desk *desk, const char *path,
                                   const struct mu_import_options *options,
                                   struct mu_import_report *report,
                                   struct mu_error *error) MU_CHECKED;

void mu_import_report_clear(struct mu_import_report *report);

#endif
