/* The sealed values of a record file: ID numbers, notes and half-typed forms, which open with the
 * key that lies in the home, outside the file and its backups.
 *
 * The file knows its key by a check value (setting key_check). Desks that are at work while the key
 * is changed see by it that they hold the old one and read the new one. */
#ifndef MULIN_SRC_STORE_VAULT_H
#define MULIN_SRC_STORE_VAULT_H

#include "base/seal.h"
#include "store/db.h"

struct mu_vault;

/* Makes a home's key, writes it to its file and gives the connection its vault; inside the caller's
 * transaction, which makes the home. A key that lies there without records (somebody put it there,
 * or an earlier try was killed) becomes the home's: a key is never overwritten. *made: the key
 * file was not there; who gives the home up takes it away again. MU_STORE. */
enum mu_status mu_vault_create(struct mu_db *db, const char *home, bool *made,
                               struct mu_error *error) MU_CHECKED;

/* For a file from before there was a key, inside the transaction that brings it up to date: makes
 * the key as mu_vault_create does, and seals what stands in the clear into the temporary tables
 * that migration 4 takes it from. Wants mu_db_bulk. A key that was made stays whatever becomes of
 * the transaction; the next try takes it over. */
enum mu_status mu_vault_first(struct mu_db *db, const char *home,
                              struct mu_error *error) MU_CHECKED;

/* Reads the key and gives the connection its vault. A key change that was broken off is brought to
 * its end first. MU_STORE: the key is missing, open to others, damaged, or not of these records. */
enum mu_status mu_vault_open(struct mu_db *db, const char *home, struct mu_error *error) MU_CHECKED;

/* Wipes the keys. */
void mu_vault_free(struct mu_vault **vault);

/* The keys in force, for sealing and for marks; borrowed from the connection. Asked once in a
 * transaction, and outside of one each time. MU_STORE. */
enum mu_status mu_vault_keys(struct mu_db *db, const struct mu_seal_keys **out,
                             struct mu_error *error) MU_CHECKED;

/* Opens a sealed text into `out` of `size` bytes, the NUL counted; "" for NULL. False, `out` empty,
 * when it does not open, is too long, or holds a NUL. */
bool mu_column_sealed(const struct mu_query *query, int column, const struct mu_seal_place *place,
                      char *out, size_t size);

/* What the key of the records is known by: the first hex digits of its check value. `mark` has
 * MU_VAULT_MARK_SIZE bytes. MU_STORE. */
enum { MU_VAULT_MARK_SIZE = 9 };
enum mu_status mu_vault_mark(struct mu_db *db, char *mark, struct mu_error *error) MU_CHECKED;
/* The key itself as text for paper: MU_KEY_TEXT_SIZE bytes; wipe it. MU_STORE. */
enum mu_status mu_vault_paper(struct mu_db *db, char *text, struct mu_error *error) MU_CHECKED;

/* Writes the key file again from the text of the paper copy. MU_INPUT (a line does not fit its
 * check, not the key of these records), MU_STORE (there is another key file). *written is false
 * when the file was there already. */
enum mu_status mu_vault_restore(struct mu_db *db, const char *home, const char *text, bool *written,
                                struct mu_error *error) MU_CHECKED;

#endif
