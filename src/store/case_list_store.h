/* Lists of mediation cases, and who may open which. */
#ifndef MULIN_SRC_STORE_CASE_LIST_STORE_H
#define MULIN_SRC_STORE_CASE_LIST_STORE_H

#include "store/case_store.h"

#include <mulin/base/id_set.h>
#include <mulin/domain/case_line.h>

/* Who asks. */
struct mu_case_viewer {
    int64_t operator_id;
    int64_t mediator_id; /* in office as; 0: as none */
    bool handles;        /* the role may mediate */
    bool reads_all;      /* named to read every case */
    struct mu_date today;
};

/* Fills in mediator_id and reads_all; the rest is given. */
enum mu_status mu_case_viewer_read(struct mu_db *db, struct mu_case_viewer *viewer,
                                   struct mu_error *error) MU_CHECKED;

/* The line of one case, as far as the viewer may see it. */
enum mu_status mu_case_line_read(struct mu_db *db, const struct mu_case_viewer *viewer,
                                 int64_t case_id, bool *found, struct mu_case_line *out,
                                 struct mu_error *error) MU_CHECKED;

/* Called with the numbers of the cases that the filter lets through, newest first, below
 * `before_id` (0: all), at most `limit`. */
enum mu_status mu_case_ids(struct mu_db *db, const struct mu_case_viewer *viewer,
                           const struct mu_case_filter *filter, int64_t before_id, size_t limit,
                           mu_case_id_row *row, void *context, struct mu_error *error) MU_CHECKED;

/* The cases that the viewer may open; *all: every one, and `out` stays empty. */
enum mu_status mu_case_visible(struct mu_db *db, const struct mu_case_viewer *viewer, bool *all,
                               struct mu_id_set *out, struct mu_error *error) MU_CHECKED;

/* Whether anything is due up to `until` in any case, before it is asked whose. */
enum mu_status mu_case_due_any(struct mu_db *db, struct mu_date until, bool *any,
                               struct mu_error *error) MU_CHECKED;
/* Called with what is due up to `until` in cases that the viewer may open, the earliest first, at
 * most `limit`. */
typedef bool mu_case_due_row(void *context, int64_t case_id, const struct mu_case_due *due);
enum mu_status mu_case_due_list(struct mu_db *db, const struct mu_case_viewer *viewer,
                                struct mu_date until, size_t limit, mu_case_due_row *row,
                                void *context, struct mu_error *error) MU_CHECKED;

/* ---- readers ---- */

/* *named: the operator may read this very case (0: all) already. */
enum mu_status mu_case_reader_named(struct mu_db *db, int64_t case_id, int64_t operator_id,
                                    bool *named, struct mu_error *error) MU_CHECKED;
enum mu_status mu_case_reader_add(struct mu_db *db, const struct mu_case_reader *reader,
                                  int64_t named_by, struct mu_error *error) MU_CHECKED;
enum mu_status mu_case_reader_end(struct mu_db *db, int64_t reader_id, struct mu_moment now,
                                  struct mu_error *error) MU_CHECKED;
enum mu_status mu_case_reader_read(struct mu_db *db, int64_t reader_id, bool *found,
                                   struct mu_case_reader *out, struct mu_error *error) MU_CHECKED;
/* Those of a case and of all, the newest first; with 0 every one there is. */
enum mu_status mu_case_reader_list(struct mu_db *db, int64_t case_id, mu_case_reader_row *row,
                                   void *context, struct mu_error *error) MU_CHECKED;

#endif
