/* Fields of a record as text: what an act keeps of before and after. Lines KEY=VALUE, each ended by
 * LF, in the order of the field table; the value as mu_field_write gives it in Chinese, with \n for
 * LF and \\ for the backslash. Whole numbers stand in it: it is kept sealed. Pure. */
#ifndef MULIN_DOMAIN_SNAPSHOT_H
#define MULIN_DOMAIN_SNAPSHOT_H

#include <mulin/base/field.h>

/* The fields in which the two records differ, as they were and as they are.
 *   before              NULL: there was no such record; *old_text becomes NULL, and *new_text gets
 *                       every field that holds something
 *   old_text, new_text  owned by the caller (free); "" when nothing differs; untouched on failure
 * MU_MEMORY. */
enum mu_status mu_snapshot_diff(const struct mu_field *fields, size_t count, const void *before,
                                const void *after, char **old_text, char **new_text,
                                struct mu_error *error) MU_CHECKED;

enum { MU_SNAPSHOT_KEY_SIZE = 48 }; /* bytes, the NUL counted */

struct mu_snapshot_line {
    char key[MU_SNAPSHOT_KEY_SIZE];
    const struct mu_field *field; /* NULL: the table has no such field (any more) */
    char value[MU_FIELD_LONGEST];
};

/* Reads the next line and moves *text behind it. False at the end, and at a line that is none. */
bool mu_snapshot_next(const char **text, const struct mu_field *fields, size_t count,
                      struct mu_snapshot_line *line);

/* Copies the value of this key into `out` of MU_FIELD_LONGEST bytes. False, `out` "", when the text
 * (NULL: none) does not name it. */
bool mu_snapshot_value(const char *text, const char *key, char *out);

/* Puts the values of `text` into the record. All or nothing: `record` is untouched on failure.
 *   record, size  the record and its bytes
 * MU_INPUT when a line names no field, or holds what the field does not take; MU_MEMORY. */
enum mu_status mu_snapshot_apply(const struct mu_field *fields, size_t count, const char *text,
                                 struct mu_date today, void *record, size_t size,
                                 struct mu_error *error) MU_CHECKED;

/* The first field that does not hold what the text says; NULL when all do. What the table does not
 * know is passed over. */
const struct mu_field *mu_snapshot_differs(const struct mu_field *fields, size_t count,
                                           const char *text, const void *record);

#endif
