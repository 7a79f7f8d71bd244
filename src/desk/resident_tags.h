/* Tags of residents inside the desk: as they are told, and as a typed line of them is kept. */
#ifndef MULIN_SRC_DESK_RESIDENT_TAGS_H
#define MULIN_SRC_DESK_RESIDENT_TAGS_H

#include "desk/act.h"
#include "store/tag_store.h"

/* What rows of people are told with. */
struct mu_teller {
    struct mu_db *db;
    const struct mu_register_rules *rules; /* borrowed */
    struct mu_date today;
    enum mu_status status; /* of telling so far, and why */
    struct mu_error error;
};

/* The book in force today tells who is an elder; the usual ages do when it can't be read: people
 * are found all the same. */
void mu_teller_init(struct mu_teller *teller, struct mu_desk *desk);
/* Leaves the tags in force and fills in the computed ones. May be done twice. False when the
 * records can't be read; then teller->status says so. */
bool mu_tell_tags(struct mu_teller *teller, struct mu_resident *resident);

/* The same for one file, MU_STORE. */
enum mu_status mu_file_tell_tags(struct mu_desk *desk, struct mu_resident *resident,
                                 struct mu_error *error) MU_CHECKED;

/* What a file holds of tags when `after` takes the place of `before` (NULL: a new file); a line
 * that was not changed changes nothing. MU_INPUT as mu_tags_replace. */
enum mu_status mu_file_plan_tags(struct mu_desk *desk, const struct mu_resident *before,
                                 const struct mu_resident *after, struct mu_tag_changes *changes,
                                 bool *changed, struct mu_error *error) MU_CHECKED;
/* The same by the book that the caller has asked for once, for many files. */
enum mu_status mu_file_plan_tags_by(struct mu_desk *desk, const struct mu_register_rules *rules,
                                    const struct mu_resident *before,
                                    const struct mu_resident *after, struct mu_tag_changes *changes,
                                    bool *changed, struct mu_error *error) MU_CHECKED;
/* Both steps, recorded in the act unless the file is new. Inside the caller's transaction, behind
 * mu_register_write. */
enum mu_status mu_file_write_tags(struct mu_act_writer *act, const struct mu_resident *before,
                                  const struct mu_resident *after,
                                  struct mu_error *error) MU_CHECKED;

/* The times of a person's tags, without those that were withdrawn. */
enum mu_status mu_tag_book_read(struct mu_desk *desk, int64_t resident_id, struct mu_tag_book *out,
                                struct mu_error *error) MU_CHECKED;
/* read and put_back of struct mu_act_kind. */
enum mu_status mu_tag_act_read(struct mu_desk *desk, int64_t row, void *record,
                               struct mu_error *error) MU_CHECKED;
enum mu_status mu_tag_act_put_back(struct mu_act_writer *writer, int64_t row, const void *current,
                                   const void *wanted, struct mu_error *error) MU_CHECKED;
/* Who records now. */
struct mu_tag_stamp mu_file_tag_stamp(const struct mu_desk *desk);

#endif
