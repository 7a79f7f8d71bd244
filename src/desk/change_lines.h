/* What a change did, as the audit trail tells it: masked. */
#ifndef MULIN_SRC_DESK_CHANGE_LINES_H
#define MULIN_SRC_DESK_CHANGE_LINES_H

#include <mulin/base/field.h>
#include <mulin/domain/audit.h>

/* "field=value" lines of the fields that differ; phones are masked, and of what the record file
 * seals (ID numbers, notes) only "*" is told. What does not fit is left out whole.
 *   before              NULL: a new record; old_text stays empty
 *   old_text, new_text  of MU_CHANGE_SIZE bytes; lines are appended to what stands there */
void mu_change_lines(const struct mu_field *fields, size_t count, const void *before,
                     const void *after, char *old_text, char *new_text);

/* Appends one line. */
void mu_change_line(char *text, const char *key, const char *value);

#endif
