/* What belongs to the house itself: rule books, settings. */
#ifndef MULIN_SRC_STORE_HOUSE_STORE_H
#define MULIN_SRC_STORE_HOUSE_STORE_H

#include "store/db.h"

#include <mulin/domain/ledger.h>

enum { MU_SETTING_SIZE = 64 };

/* Adds the book as the next version, in force from `from` on. */
enum mu_status mu_rule_book_add(struct mu_db *db, const char *book, struct mu_date from,
                                struct mu_moment now, int64_t operator_id, int *version,
                                struct mu_error *error) MU_CHECKED;
/* The version that decides on `day`: the latest adopted of those in force. 0 if there is none. */
enum mu_status mu_rule_book_version(struct mu_db *db, struct mu_date day, int *version,
                                    struct mu_error *error) MU_CHECKED;
/* The newest version, 0 if there is none. */
enum mu_status mu_rule_book_last(struct mu_db *db, int *version, struct mu_error *error) MU_CHECKED;
/* The text of a version, owned by the caller (free), and whether it fits its hash. */
enum mu_status mu_rule_book_text(struct mu_db *db, int version, char **book, bool *sound,
                                 struct mu_error *error) MU_CHECKED;

/* The hash that stands with the version, zeros when it is not there. */
enum mu_status mu_rule_book_hash(struct mu_db *db, int version, unsigned char hash[MU_HASH_SIZE],
                                 struct mu_error *error) MU_CHECKED;

enum { MU_BOOK_NOTE_SIZE = 160 };
/* What the audit trail keeps of an adoption: from which day, when, and the book's hash, as
 * field=value lines. `out` has MU_BOOK_NOTE_SIZE bytes. */
enum mu_status mu_rule_book_note(struct mu_db *db, int version, char *out,
                                 struct mu_error *error) MU_CHECKED;
/* The first version of which the audit trail does not know that its operator adopted it so, or that
 * it knows and that is not there; or 0. The first of a home was adopted with it, by the first
 * operator. */
enum mu_status mu_rule_book_find_unnoted(struct mu_db *db, int *version,
                                         struct mu_error *error) MU_CHECKED;

/* Names of settings that more than one file knows. */
#define MU_SETTING_BACKUP "backup_made_at"       /* moment of the last good backup */
#define MU_SETTING_BACKUP_SERIES "backup_series" /* in the names of nightly backups */

/* "" when the setting has no value. `out` has MU_SETTING_SIZE bytes. */
enum mu_status mu_setting_read(struct mu_db *db, const char *name, char *out,
                               struct mu_error *error) MU_CHECKED;
enum mu_status mu_setting_write(struct mu_db *db, const char *name, const char *value,
                                struct mu_error *error) MU_CHECKED;

#endif
