/* Which backups stay: 7 days, 5 weeks, 12 months. Pure. */
#ifndef MULIN_DOMAIN_RETENTION_H
#define MULIN_DOMAIN_RETENTION_H

#include <mulin/base/date.h>

#include <stdbool.h>
#include <stddef.h>

enum { MU_KEEP_DAYS = 7, MU_KEEP_WEEKS = 5, MU_KEEP_MONTHS = 12, MU_BACKUP_HOURS = 24 };

/* Marks the backups that stay: the last of each of the 7 latest days on which there are any, of the
 * 5 latest such weeks (from Monday on) and of the 12 latest such months. Days without a backup do
 * not count, so that nothing is lost while the machine is switched off; the newest always stays.
 *   made   `count` moments, the newest first
 *   keep   gets `count` marks */
void mu_retention_mark(const struct mu_moment *made, size_t count, bool *keep);

/* True when the last good backup is over a day old by the clock `now`, dated more than a day after
 * it (the clock was wrong), or not known. */
bool mu_backup_late(struct mu_moment last, struct mu_moment now);

#endif
