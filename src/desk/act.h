/* What the use cases record of their changes, so that they stand in the history of a record and can
 * be taken back.
 *
 * A use case that changes records of the register, inside its write transaction:
 *     struct mu_act_writer act;
 *     mu_act_begin(&act, desk, MU_MAY_save_resident, resident.name);
 *     … write a record …
 *     status = mu_act_record(&act, "resident", resident.id, &before, &resident, error);
 * One act for each use case, however many records it touches. The audit trail's note is written
 * beside it as before: the trail is for trust, acts are for history and for taking back.
 *
 * To add a kind of record (household, building, …):
 *   1. a field table whose rows hold everything of the record that is to be kept and put back
 *   2. its two functions, as struct mu_act_kind says
 *   3. a row in the table of src/desk/act_kinds.c, and a name of the kind in data/messages/act.def
 * History, words, conflicts and undo follow from that row. */
#ifndef MULIN_SRC_DESK_ACT_H
#define MULIN_SRC_DESK_ACT_H

#include "desk/desk_internal.h"

#include <mulin/base/field.h>
#include <mulin/domain/act.h>

/* An act on its way; nothing is in the file before its first change. */
struct mu_act_writer {
    struct mu_desk *desk;
    enum mu_operation operation;
    const char *reason;          /* that was given for it; NULL: none */
    const struct mu_act *undone; /* the act that this one takes back; NULL: it takes none back */
    struct mu_act act;           /* id 0 before its first change */
    struct mu_date day;          /* of a move; begins as today */
    int lines;
    bool wholesale; /* of thousands of records: one note in the trail stands for all, and a new file
                     * that is withdrawn leaves no line */
};

/* The note in the audit trail about one record of the act, unless it is wholesale. */
enum mu_status mu_act_note(struct mu_act_writer *writer, int64_t resident_id, const char *subject,
                           const char *before, const char *after,
                           struct mu_error *error) MU_CHECKED;
/* True when the act is an import: how much it did stands in its counts, and its changes may be more
 * than memory holds. */
bool mu_act_wholesale(const struct mu_act *act);

/* `subject` is what the act is about, in words that may stand on a list: a name, a building; cut
 * when it is longer than MU_SUBJECT_SIZE. */
void mu_act_begin(struct mu_act_writer *writer, struct mu_desk *desk, enum mu_operation operation,
                  const char *subject);

/* Records how one record was changed, sealed; what is the same before and after leaves nothing.
 *   kind           a word of the table in act_kinds.c
 *   row            the number of the record
 *   before, after  records of that kind, with whole numbers; before is NULL for a new record
 * MU_USAGE (no such kind), MU_STORE, MU_MEMORY. */
enum mu_status mu_act_record(struct mu_act_writer *writer, const char *kind, int64_t row,
                             const void *before, const void *after,
                             struct mu_error *error) MU_CHECKED;

/* mu_act_record, and the note beside it: the fields of the kind that differ, masked, under the
 * writer's reason.
 *   resident_id  whom the note is about, or 0
 *   subject      of the note */
enum mu_status mu_act_change(struct mu_act_writer *writer, const char *kind, int64_t row,
                             int64_t resident_id, const char *subject, const void *before,
                             const void *after, struct mu_error *error) MU_CHECKED;

/* What a kind of record is and how it is put back. */
struct mu_act_kind {
    const char *word;          /* in act_change.kind */
    enum mu_message name;      /* 居民档案 */
    enum mu_operation changes; /* what one must be allowed to do to change such a record */
    bool of_resident;          /* its rows are numbers of residents: it stands in their history */
    const struct mu_field *fields;
    const size_t *field_count;
    size_t size; /* bytes of a record */
    /* Keys of fields that another record owns and that only stand here as well, ended by NULL: they
     * do not hinder taking a new record back. NULL: none. */
    const char *const *borrowed;

    /* Reads the record as it is now, with whole numbers. MU_INPUT when there is none. */
    enum mu_status (*read)(struct mu_desk *desk, int64_t row, void *record, struct mu_error *error);
    /* Brings the record from `current` (as read just now) to `wanted`, with everything that a
     * change of it brings along: search keys, the audit note (operation undo), and mu_act_record
     * to `writer`, which is the act of taking writer->undone back.
     *   current  as read by `read`
     *   wanted   NULL: the act made the record, and it is to leave all lists without being deleted
     * MU_INPUT and MU_REFUSED with the reason when it can't stand so again. */
    enum mu_status (*put_back)(struct mu_act_writer *writer, int64_t row, const void *current,
                               const void *wanted, struct mu_error *error);
};

/* NULL when there is no such kind. */
const struct mu_act_kind *mu_act_kind(const char *word);
/* The kinds in the order of the table, NULL past the last. */
const struct mu_act_kind *mu_act_kind_at(size_t index);

#endif
