/* Indexes that a big import makes at its end, each in one sort: kept up row by row they would have
 * a page of the file read and written for each. The one of them that the import itself asks, by
 * name and birth date, is stood in for by a table in memory. */
#ifndef MULIN_SRC_STORE_IMPORT_HOLD_H
#define MULIN_SRC_STORE_IMPORT_HOLD_H

#include "store/register_store.h"

#include <sodium.h>

enum { MU_HELD_INDEXES = 6 };

/* All zero: nothing is held. */
struct mu_import_hold {
    bool held;
    char *sql[MU_HELD_INDEXES]; /* owned: what makes them again */
    /* Slots of the table: a mark of name and birth date (0: free), and whose they are. Owned. */
    uint16_t *mark;
    uint32_t *resident;
    size_t slots, used;
    unsigned char key[crypto_shorthash_KEYBYTES]; /* so that nobody can choose who falls together */
};

/* Takes the indexes out, inside the transaction of an import after which so many people are
 * expected to stand there; when that are too many for the table, nothing happens. Wants
 * mu_db_bulk. MU_STORE, MU_MEMORY. */
enum mu_status mu_import_hold(struct mu_import_hold *hold, struct mu_db *db, int64_t people,
                              struct mu_error *error) MU_CHECKED;

/* Takes note of a new file, or of one that has another name or birth date. When the table is full
 * the indexes are made at once. */
enum mu_status mu_import_hold_add(struct mu_import_hold *hold, struct mu_db *db,
                                  const struct mu_resident *resident,
                                  struct mu_error *error) MU_CHECKED;

/* mu_register_namesakes, held or not. */
enum mu_status mu_import_hold_namesakes(const struct mu_import_hold *hold, struct mu_db *db,
                                        const char *name, struct mu_date birth_date,
                                        mu_register_row *row, void *context,
                                        struct mu_error *error) MU_CHECKED;

/* Makes the indexes again. */
enum mu_status mu_import_hold_end(struct mu_import_hold *hold, struct mu_db *db,
                                  struct mu_error *error) MU_CHECKED;

/* Forgets everything; a transaction that is rolled back brings the indexes back by itself. */
void mu_import_hold_clear(struct mu_import_hold *hold);

#endif
