/* The community's own spreadsheet comes into the register. */
#ifndef MULIN_DESK_IMPORT_H
#define MULIN_DESK_IMPORT_H

#include <mulin/base/field.h>
#include <mulin/base/table_file.h>
#include <mulin/desk/desk.h>
#include <mulin/desk/house.h>
#include <mulin/domain/resident.h>

/* Sizes in bytes, the NUL counted. */
enum {
    MU_HEADER_SIZE = 128,
    MU_FIELD_KEY_SIZE = 24,
    MU_MAPPING_SIZE = 64, /* name of a mapping */
    MU_SAMPLE_SIZE = 96
};

/* What somebody said about the columns of a spreadsheet; every other header is read by
 * data/import_headers.def. */
struct mu_import_mapping {
    size_t count;
    struct mu_import_map {
        /* As it stands in the file; 电话#2 is the second column of this header, #3 the third column
         * when that has none. */
        char header[MU_HEADER_SIZE];
        char field[MU_FIELD_KEY_SIZE]; /* of mu_resident_fields; "": passed over */
    } map[MU_TABLE_COLUMNS];
};

/* Says it about one header, in place of what was said before. `field` is a key, a label or another
 * header that is known for the field; "" passes the column over. MU_INPUT (no such field, a header
 * that is empty or too long, too many of them); the mapping is untouched then. */
enum mu_status mu_import_map_header(struct mu_import_mapping *mapping, const char *header,
                                    const char *field, struct mu_error *error) MU_CHECKED;

/* Mappings that are kept by name, for everybody. Each: MU_REFUSED (right), MU_STORE. */
typedef bool mu_mapping_row(void *context, const char *name, int64_t headers);
enum mu_status mu_list_mappings(struct mu_desk *desk, mu_mapping_row *row, void *context,
                                struct mu_error *error) MU_CHECKED;
/* MU_INPUT when there is none of this name. */
enum mu_status mu_read_mapping(struct mu_desk *desk, const char *name,
                               struct mu_import_mapping *out, struct mu_error *error) MU_CHECKED;
/* Replaces one of the same name. MU_INPUT when the name or the mapping is empty. */
enum mu_status mu_save_mapping(struct mu_desk *desk, const char *name,
                               const struct mu_import_mapping *mapping,
                               struct mu_error *error) MU_CHECKED;
/* MU_INPUT when there is none of this name. */
enum mu_status mu_remove_mapping(struct mu_desk *desk, const char *name,
                                 struct mu_error *error) MU_CHECKED;

/* What tells one state of a file from another. */
struct mu_import_file {
    uint64_t device, inode, size; /* bytes */
    int64_t seconds, nanoseconds; /* of the last change of it or its inode */
};

enum mu_import_use {
    MU_COLUMN_FIELD,
    MU_COLUMN_REASON, /* of a file of rejected rows */
    MU_COLUMN_UNKNOWN,
    MU_COLUMN_BLANK, /* no header: unknown as soon as a cell of it holds something */
    MU_COLUMN_PASSED /* somebody said that it is not wanted */
};

struct mu_import_column {
    char header[MU_HEADER_SIZE]; /* as it stands in the file, inert */
    char name[MU_HEADER_SIZE];   /* as a mapping names it */
    enum mu_import_use use;
    const struct mu_field *field; /* of MU_COLUMN_FIELD */
    char sample[MU_SAMPLE_SIZE];  /* its first cells, inert, long numbers masked */
};

/* A spreadsheet before it is imported. */
struct mu_import_look {
    struct mu_import_file file;
    struct mu_table_format format;
    int64_t rows; /* with anything in them, the header not counted */
    size_t count;
    struct mu_import_column column[MU_TABLE_COLUMNS];
};

/* Reads the whole file, in constant memory.
 *   progress  bytes read, bytes of the file; may be NULL
 * MU_INPUT when it is no table, MU_REFUSED (right; `progress` said false), MU_MEMORY. */
enum mu_status mu_import_look(struct mu_desk *desk, const char *path,
                              const struct mu_import_mapping *mapping, mu_progress *progress,
                              void *context, struct mu_import_look *out,
                              struct mu_error *error) MU_CHECKED;
/* Which column is which by this mapping (NULL: none). MU_INPUT when it can't be imported so (two
 * columns of one field; neither names nor homes); `look` tells it all the same. */
enum mu_status mu_import_map_columns(struct mu_import_look *look,
                                     const struct mu_import_mapping *mapping, const char *path,
                                     struct mu_error *error) MU_CHECKED;

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

enum mu_import_outcome {
    MU_ROW_ADDED,
    MU_ROW_UPDATED,
    MU_ROW_UNCHANGED,
    MU_ROW_HOME,    /* a home without people: only the members of the home are told */
    MU_ROW_REJECTED /* what could be read of it is told */
};
enum { MU_IMPORT_FIRST = 8 };
/* Told of the first MU_IMPORT_FIRST rows as they stand in the register, or would; numbers masked,
 * borrowed. */
typedef void mu_import_row(void *context, unsigned long line, enum mu_import_outcome outcome,
                           const struct mu_resident *resident);

struct mu_import_options {
    /* NULL: as data/import_headers.def knows them */
    const struct mu_import_mapping *mapping;
    /* The file as it was looked at: another one is refused. NULL: whatever it is. */
    const struct mu_import_file *file;
    bool strict; /* nothing lands when one row is rejected */
    /* Nothing lands and no file is written. All rows are landed and taken back: what becomes of one
     * depends on those before it (the home that one makes, the card that one gives, the person whom
     * one adds), and only the record file knows that. So other desks wait as they would for the
     * import itself; a copy to try it on would lie beside the records with everything in them. */
    bool dry_run;
    enum mu_language language; /* of the reasons in the file of rejected rows */
    mu_progress *progress;     /* bytes read, bytes of the file; may be NULL */
    mu_import_listener *note;  /* may be NULL */
    mu_import_row *row;        /* may be NULL */
    void *context;             /* for all of them */
};

enum { MU_IMPORT_REASONS = 40, MU_IMPORT_LINES = 6 };

/* Rejected rows that have the same fault in the same column. */
struct mu_import_reason {
    size_t column;          /* the first is 1; 0: the whole row */
    struct mu_error reason; /* of the first of them */
    int64_t count;
    unsigned long line[MU_IMPORT_LINES]; /* the first of them, then 0 */
};

struct mu_import_report {
    int64_t rows; /* with anything in them, the header not counted */
    int64_t added, updated, unchanged, homes, rejected; /* homes without people that are new */
    int64_t changed[MU_RESIDENT_FIELDS]; /* how often, for each of mu_resident_fields */
    size_t reason_count;
    struct mu_import_reason *reason; /* the first MU_IMPORT_REASONS different ones; owned */
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
 * its occupancy and grid. A row without a name that says of an address only how it is used (闲置)
 * stands for the home alone, whose contact's phone and note it may give.
 *
 * The whole import is one act: mu_undo takes it back.
 *
 * Rows that cannot land go to FILE.rejects.csv (for FILE.csv), in the same form with the reason in
 * one more column; that file can be mended and imported. It replaces one of an earlier import only.
 *
 * A dry run does all of it and takes it back: other desks wait for it as for the import.
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
