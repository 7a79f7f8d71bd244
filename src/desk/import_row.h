/* One row of a spreadsheet read into a resident. */
#ifndef DESK_IMPORT_ROW_H
#define DESK_IMPORT_ROW_H

#include "desk/import_columns.h"

#include <mulin/domain/resident.h>

struct import_row {
    unsigned long line;
    struct mu_resident resident; /* birth date and sex filled in from the ID number */
    uint64_t given;              /* bit i: the row says something for mu_resident_fields[i] */
    bool old_id_number;          /* of 15 digits */
    bool derived_tags;           /* tags that the system computes were left out */
    bool home;                   /* nobody: the row stands for a home alone */
};

/* True when no cell of the row holds anything. */
bool import_row_empty(const struct mu_table_row *row);

/* Reads and checks the cells. MU_INPUT with the reason, and in *column the number of the column
 * (the first is 0) or columns->count when the fault is the whole row's. */
enum mu_status import_row_read(struct import_row *out, const struct mu_table_row *row,
                               const struct import_columns *columns, struct mu_date today,
                               size_t *column, struct mu_error *error) MU_CHECKED;

/* True when the row says something for the field. */
bool import_row_gives(const struct import_row *row, const char *key);

/* Copies what the row says over `resident`; an empty cell erases nothing. Occupancy and grid are
 * the household's and are left out. */
void import_row_merge(const struct import_row *row, struct mu_resident *resident);

/* True when the two agree in all fields; `household` tells whether in occupancy and grid too. */
bool import_same_fields(const struct mu_resident *a, const struct mu_resident *b, bool household);

/* True when both live at one address that has a building or a room. */
bool import_same_home(const struct mu_resident *a, const struct mu_resident *b);

/* True when they have a phone number in common. */
bool import_share_phone(const struct mu_resident *a, const struct mu_resident *b);

#endif
