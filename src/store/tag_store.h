/* Tags in the record file: their times in resident_tag, and what stands of them in resident.tags,
 * which is written here only, so that the two agree. */
#ifndef MULIN_SRC_STORE_TAG_STORE_H
#define MULIN_SRC_STORE_TAG_STORE_H

#include "store/db.h"

#include <mulin/domain/tag.h>

/* Who records, and when. */
struct mu_tag_stamp {
    int64_t operator_id;
    struct mu_moment now;
};

/* The stored line of a person: MU_TAGS_SIZE bytes, "" for one without tags. */
enum mu_status mu_tag_line(struct mu_db *db, int64_t resident_id, char *line,
                           struct mu_error *error) MU_CHECKED;

/* Writes what mu_tags_replace decided. Inside the caller's transaction. */
enum mu_status mu_tag_apply(struct mu_db *db, int64_t resident_id,
                            const struct mu_tag_changes *changes, const struct mu_tag_stamp *stamp,
                            struct mu_error *error) MU_CHECKED;

/* The same for somebody who has no tags yet and had none. SQLite needs no copy of each page to be
 * able to take this back, as it does where a line may stand in the way. */
enum mu_status mu_tag_first(struct mu_db *db, int64_t resident_id,
                            const struct mu_tag_changes *changes, const struct mu_tag_stamp *stamp,
                            struct mu_error *error) MU_CHECKED;

/* Called for each time, newest first; false stops. Borrowed. */
typedef bool mu_tag_each(void *context, const struct mu_tag *tag);

/* All times of a person's tags, also those that are over or were withdrawn; of one word unless
 * NULL. */
enum mu_status mu_tag_times(struct mu_db *db, int64_t resident_id, const char *word,
                            mu_tag_each *each, void *context, struct mu_error *error) MU_CHECKED;

/* Writes one time: a new one, or the one of this word and first day anew. mu_tag_refresh belongs
 * behind it, in the same transaction. */
enum mu_status mu_tag_write(struct mu_db *db, int64_t resident_id, const struct mu_tag *tag,
                            const struct mu_tag_stamp *stamp, struct mu_error *error) MU_CHECKED;

/* Makes the stored line anew from the times and counts the file's version up. MU_INPUT: too many to
 * be kept. */
enum mu_status mu_tag_refresh(struct mu_db *db, int64_t resident_id, struct mu_date today,
                              struct mu_error *error) MU_CHECKED;

/* Who lives in a household, for mu_derive_tags. */
enum mu_status mu_tag_members(struct mu_db *db, int64_t household_id, struct mu_housemates *out,
                              struct mu_error *error) MU_CHECKED;

/* Called for each tag that runs out; false stops. Borrowed; nothing sealed is opened. */
typedef bool mu_tag_due_each(void *context, const struct mu_resident *resident,
                             const struct mu_tag *tag);

/* Tags of people who live here whose last day lies in this time and that nobody has ended or
 * renewed, the earliest first. */
enum mu_status mu_tag_due(struct mu_db *db, struct mu_date from, struct mu_date until,
                          int64_t limit, mu_tag_due_each *each, void *context,
                          struct mu_error *error) MU_CHECKED;
/* How many, at most `limit`. */
enum mu_status mu_tag_due_count(struct mu_db *db, struct mu_date from, struct mu_date until,
                                int64_t limit, int64_t *count, struct mu_error *error) MU_CHECKED;

/* *resident is the first person whose stored line and times do not agree, 0: none. */
enum mu_status mu_tag_check(struct mu_db *db, int64_t *resident, struct mu_error *error) MU_CHECKED;

/* Conditions on resident r that everybody meets who has a computed tag, for statements; ?9 is
 * born_until, ?8 born_elder of the question (domain/tag.h). For age and 独居 nobody else meets
 * them; 空巢 is to be asked of mu_tag_fits besides. */
#define MU_TAG_SQL_AGE                                                                             \
    " r.birth_date > '' AND r.birth_date <= ?9 AND r.status = 1 AND r.linked_to IS NULL"
#define MU_TAG_SQL_NOBODY_ELSE                                                                     \
    " AND r.household_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM resident m"                     \
    " WHERE m.household_id = r.household_id AND m.resident_id <> r.resident_id"                    \
    " AND m.status = 1 AND m.linked_to IS NULL)"
#define MU_TAG_SQL_NOBODY_YOUNGER                                                                  \
    " AND r.household_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM resident m"                     \
    " WHERE m.household_id = r.household_id AND m.status = 1 AND m.linked_to IS NULL"              \
    " AND (m.birth_date = '' OR m.birth_date > ?8))"
#define MU_TAG_SQL_ALONE MU_TAG_SQL_AGE MU_TAG_SQL_NOBODY_ELSE
#define MU_TAG_SQL_EMPTY_NEST MU_TAG_SQL_AGE MU_TAG_SQL_NOBODY_YOUNGER

#endif
