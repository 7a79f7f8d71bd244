/* Who did and saw what: the trail itself, and seeing a whole number against a reason. */
#ifndef MULIN_DESK_AUDIT_H
#define MULIN_DESK_AUDIT_H

#include <mulin/base/error.h>
#include <mulin/desk/desk.h>
#include <mulin/domain/audit.h>

/* The trail, newest first, at most `limit`. MU_REFUSED (right), MU_STORE. */
enum mu_status mu_list_audit(struct mu_desk *desk, const struct mu_audit_filter *filter,
                             size_t limit, mu_audit_row *row, void *context,
                             struct mu_error *error) MU_CHECKED;

/* The whole value of a masked field of a resident ("id_number", "phone") or of the person file
 * ("guardian_phone", "emergency_phone"). The record of who looked and why is on disk before the
 * value is given out. reason     not empty out, size  of the value, the NUL counted; untouched
 * unless MU_OK MU_INPUT (no such file or field, no reason), MU_REFUSED (right), MU_STORE. */
enum mu_status mu_reveal(struct mu_desk *desk, int64_t resident_id, const char *field,
                         const char *reason, char *out, size_t size,
                         struct mu_error *error) MU_CHECKED;

#endif
