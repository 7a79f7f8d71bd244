/* Where the people of a spreadsheet live. Occupancy and grid are the household's: the first row of
 * a file that names them for a household decides, so that a second import of a file whose rows
 * contradict each other changes nothing. */
#ifndef DESK_IMPORT_HOMES_H
#define DESK_IMPORT_HOMES_H

#include "desk/act.h"
#include "desk/import_row.h"
#include "store/register_store.h"

struct import_homes {
    struct mu_db *db;
    struct mu_act_writer *act; /* of the import; borrowed */
    int64_t last_known;        /* highest number of a household before the import */
    int64_t changed, made;     /* homes: of those known before; without people, new */
    uint8_t *said;             /* two bits a household: this file said its occupancy, its grid */
    size_t said_size;
    struct mu_resident last; /* somebody of the home written last; neighbours follow each other */
    bool has_last;
};

void import_homes_init(struct import_homes *homes, struct mu_act_writer *act);
void import_homes_clear(struct import_homes *homes);

/* Finds the home of `person`, whose address is set and whose stored file is `stored` (NULL: none),
 * and settles its occupancy and grid by what the row says. *lost gets the key of a value that
 * cannot be kept, or NULL. */
enum mu_status import_home_settle(struct import_homes *homes, const struct import_row *row,
                                  const struct mu_resident *stored, struct mu_resident *person,
                                  struct mu_home *home, const char **lost,
                                  struct mu_error *error) MU_CHECKED;

/* Writes the household of `person` where it is new or changed; sets household_id. */
enum mu_status import_home_write(struct import_homes *homes, const struct mu_home *home,
                                 struct mu_resident *person, struct mu_error *error) MU_CHECKED;

/* Takes a row that stands for a home alone. *outcome gets MU_ROW_HOME, UPDATED or UNCHANGED, *lost
 * as above. MU_INPUT with the key of the field at fault when people live there. */
enum mu_status import_home_alone(struct import_homes *homes, const struct import_row *row,
                                 enum mu_import_outcome *outcome, const char **lost,
                                 const char **key, struct mu_error *error) MU_CHECKED;

/* Notes that the row had its say about the household of `person`. */
enum mu_status import_home_heard(struct import_homes *homes, const struct import_row *row,
                                 const struct mu_resident *person,
                                 struct mu_error *error) MU_CHECKED;

#endif
