/* What was done to the records of the register: the history of a file, and taking back. */
#ifndef MULIN_DESK_ACT_H
#define MULIN_DESK_ACT_H

#include <mulin/desk/desk.h>
#include <mulin/desk/house.h>
#include <mulin/domain/act.h>
#include <mulin/domain/snapshot.h>

/* Sizes in bytes, the NUL counted. */
enum { MU_ACT_VALUE_SIZE = 256, MU_ACT_WORDS_SIZE = 512 };

/* A field of one record that an act changed, as it may be shown: numbers masked, of what the record
 * file seals as a note only that it changed. */
struct mu_act_field {
    const char *record; /* what kind of record it is, in the language asked for. Static */
    char kind[MU_ACT_KIND_SIZE];
    int64_t row; /* the number of the record */
    char key[MU_SNAPSHOT_KEY_SIZE];
    const char *label; /* of the field; `key` when this program knows it no longer. Borrowed */
    bool made;         /* the record is new: there was nothing before */
    bool hidden;       /* both values stay "" */
    char before[MU_ACT_VALUE_SIZE], after[MU_ACT_VALUE_SIZE];
};

struct mu_act_view {
    struct mu_act act;
    bool undo;                     /* it took another act back */
    char words[MU_ACT_WORDS_SIZE]; /* 王秀英 的电话 138****4821 → 139****0001 */
    char what[MU_ACT_WORDS_SIZE]; /* the same where the file is known: 电话 138****4821 → … */
    size_t count;
    const struct mu_act_field *field; /* `count` of them */
};

/* Called for each act, newest first; false stops. Everything is borrowed until it returns. The desk
 * may be called. */
typedef bool mu_act_view_row(void *context, const struct mu_act_view *view);

enum { MU_HISTORY_LIMIT = 200 };

/* The acts that changed the file of a resident (and what else is kept of the person), before the
 * act `before_id` (0: from the newest), at most `limit` (at most MU_HISTORY_LIMIT). The fields are
 * those of this file alone. MU_INPUT (no such file), MU_REFUSED (the right to read files),
 * MU_STORE, MU_MEMORY. */
enum mu_status mu_list_history(struct mu_desk *desk, int64_t resident_id, int64_t before_id,
                               size_t limit, enum mu_language language, mu_act_view_row *row,
                               void *context, struct mu_error *error) MU_CHECKED;

/* One act with everything that it changed. MU_INPUT when there is no such act. */
enum mu_status mu_read_act(struct mu_desk *desk, int64_t act_id, enum mu_language language,
                           mu_act_view_row *row, void *context, struct mu_error *error) MU_CHECKED;

enum { MU_UNDO_STEPS = 20 };

/* The last MU_UNDO_STEPS acts of the operator at the desk, those taken back included. */
enum mu_status mu_list_undo(struct mu_desk *desk, enum mu_language language, mu_act_view_row *row,
                            void *context, struct mu_error *error) MU_CHECKED;

/* What is taken back, or would be. */
struct mu_undone {
    int64_t act_id; /* 0: there is nothing to take back */
    bool again;     /* what is taken back had itself taken something back */
    /* In both languages (enum mu_language): 09:41 王秀英 的修改：电话 … → … */
    char words[2][MU_ACT_WORDS_SIZE];
    /* Of an import: files and homes that were changed since by somebody (or have meals) and stay as
     * they are; the first of them by name and number. 0 and "": all was taken back. */
    int64_t kept;
    char kept_names[MU_ACT_WORDS_SIZE];
};

/* The newest act of the operator at the desk, among the last MU_UNDO_STEPS, that was not taken back
 * yet and is older than `below` (0: the newest). Nothing is changed. `out` is filled also when it
 * can't be taken back: MU_REFUSED says why (somebody changed a field since, the right to do it was
 * withdrawn), and MU_INPUT (what was before fits no longer). act_id is 0 and MU_OK when there is
 * none. MU_STORE, MU_MEMORY. */
enum mu_status mu_undo_next(struct mu_desk *desk, int64_t below, struct mu_undone *out,
                            struct mu_error *error) MU_CHECKED;

/* The same about one act of the operator at the desk: what mu_undo would say. MU_INPUT, MU_REFUSED.
 */
enum mu_status mu_undo_look(struct mu_desk *desk, int64_t act_id, struct mu_undone *out,
                            struct mu_error *error) MU_CHECKED;

/* Takes an act of the operator at the desk back: every field that it changed gets the value that it
 * had, all or nothing. That is an act too; to take it back does again what was taken back. Who may
 * do an operation may take it back.
 *
 * An import goes back as a whole, but for what was changed since: that stays, and out->kept says
 * how many. What it added leaves the register with everything but number and name, so that taking
 * an import back can't be taken back itself: the file can be imported again.
 *   out  may be NULL; filled also with MU_INPUT and MU_REFUSED
 * MU_INPUT (no such act, what was before can't stand any more), MU_REFUSED (another's act, more
 * than MU_UNDO_STEPS ago, taken back already, changed since by somebody), MU_STORE, MU_MEMORY. */
enum mu_status mu_undo(struct mu_desk *desk, int64_t act_id, struct mu_undone *out,
                       struct mu_error *error) MU_CHECKED;
/* The same, telling how far it is; `progress` may be NULL. MU_REFUSED when it says false: then
 * nothing was taken back. */
enum mu_status mu_undo_watched(struct mu_desk *desk, int64_t act_id, mu_progress *progress,
                               void *context, struct mu_undone *out,
                               struct mu_error *error) MU_CHECKED;

#endif
