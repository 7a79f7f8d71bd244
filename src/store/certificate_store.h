/* Certificates of service in the record file, and the services that they tell of. */
#ifndef MULIN_SRC_STORE_CERTIFICATE_STORE_H
#define MULIN_SRC_STORE_CERTIFICATE_STORE_H

#include "store/db.h"

#include <mulin/domain/certificate.h>

/* The services of one duty. `name` is still its id. */
typedef bool mu_certificate_duty_row(void *context, const struct mu_certificate_duty *duty,
                                     int rules_version);

/* What certificate->resident_id and the files linked with it did in its days as far as the ledger
 * stood at last_entry: most time first. MU_STORE. */
enum mu_status mu_certificate_duties(struct mu_db *db, const struct mu_certificate *certificate,
                                     mu_certificate_duty_row *row, void *context,
                                     struct mu_error *error) MU_CHECKED;

/* Gives it the next number of the year of issued_at and writes it, in the caller's write
 * transaction; sets id and number. MU_STORE. */
enum mu_status mu_certificate_add(struct mu_db *db, struct mu_certificate *certificate,
                                  struct mu_error *error) MU_CHECKED;

/* *found says whether there is one of this number; *out is untouched if not. MU_STORE. */
enum mu_status mu_certificate_read(struct mu_db *db, const char *number, bool *found,
                                   struct mu_certificate *out, struct mu_error *error) MU_CHECKED;

/* False stops. Borrowed. */
typedef bool mu_certificate_row(void *context, const struct mu_certificate *certificate);
/* Those of a person (0: of everybody) over linked files, the last one first. MU_STORE. */
enum mu_status mu_certificate_list(struct mu_db *db, int64_t leading, mu_certificate_row *row,
                                   void *context, struct mu_error *error) MU_CHECKED;

#define MU_CERTIFICATE_SUBJECT                                                                     \
    "certificate " /* of its note in the audit trail; the number behind */
enum { MU_CERTIFICATE_NOTE_SIZE = 128 };
/* What the note says: days, services, minutes, last entry. */
void mu_certificate_note(const struct mu_certificate *certificate, char *out);

/* A certificate whose number, figures or head are not those that were given out, by the audit trail
 * and the ledger, or a note without its certificate: `number` (MU_CERTIFICATE_NUMBER_SIZE bytes)
 * gets which one, "" when all are sound. MU_STORE. */
enum mu_status mu_certificate_find_wrong(struct mu_db *db, char *number,
                                         struct mu_error *error) MU_CHECKED;

#endif
