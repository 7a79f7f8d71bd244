/* Who a row of a spreadsheet is, among those who stand in the register. */
#ifndef DESK_IMPORT_MATCH_H
#define DESK_IMPORT_MATCH_H

#include "desk/import_row.h"
#include "store/import_store.h"

struct import_match {
    bool found;
    struct mu_resident resident; /* the stored file, when found */
    int64_t twin;     /* otherwise: the file of somebody who may be the same person, or 0 */
    unsigned reasons; /* for that: enum mu_twin_reason */
};

/* Looks the row up.
 *   - The ID number decides where both have one; the 15- and the 18-digit form of one number are
 *     the same. The same number under another name is refused (MU_INPUT).
 *   - Else somebody of the same name and birth date is the same person if address or phone agree
 *     too, or if everything does; or else a possible twin. Without any, somebody of the same
 *     surname and phone is one; rows of a big file do not see those before them by it. Too many of
 * them are refused (MU_INPUT). `old_id_numbers`: some 15-digit number stands in the register. Of
 * the tags of who is found those are told that are in force today. *key gets the key of the field
 * at fault. */
enum mu_status import_find(const struct mu_import_keys *keys, const struct import_row *row,
                           bool old_id_numbers, struct mu_date today, struct import_match *match,
                           const char **key, struct mu_error *error) MU_CHECKED;

#endif
