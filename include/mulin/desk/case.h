/* The mediation log at the desk. Who may see a case: its mediators at work, and whom the keeper
 * named (mu_name_case_reader). Others see its number at most. Every opening of a case is in the
 * audit trail, and so is every step, by number and hash only: no note in the trail says who
 * quarrels or about what. */
#ifndef MULIN_DESK_CASE_H
#define MULIN_DESK_CASE_H

#include <mulin/desk/desk.h>
#include <mulin/domain/case_line.h>
#include <mulin/domain/mediator.h>

/* ---- writing ---- */

/* What a case begins with. The steps are borrowed and checked one after the other: one INTAKE, at
 * least one PARTY of each of two sides (mediation of one's own accord may begin with one side),
 * then MEDIATOR and REPORTED as needed. Their kind, date, about, resident_id, mediator_id, record
 * and text count. When no MEDIATOR is among them and the operator is a mediator, the operator is
 * assigned. */
struct mu_case_opening {
    const struct mu_case_step *step;
    size_t steps;
};

struct mu_case_written {
    int64_t case_id;
    char number[MU_CASE_NUMBER_SIZE];
    int steps;   /* that the case has now */
    int repeats; /* earlier cases of the same people or at the same address, within the book's time
                  */
};

/* Opens a case under the next number of the year, in one commit.
 *   at     may be NULL; gets the index of the step at fault
 *   field  may be NULL; gets the key of its field at fault, static, or NULL
 * MU_INPUT (a step; both sides the same person; a party twice), MU_REFUSED (the right open_case),
 * MU_STORE, MU_MEMORY. */
enum mu_status mu_open_case(struct mu_desk *desk, const struct mu_case_opening *opening,
                            struct mu_case_written *out, size_t *at, const char **field,
                            struct mu_error *error) MU_CHECKED;

/* Adds steps to a case, all in one commit: an agreement comes with its promises. A step without a
 * day is of today; a PARTY with about 0 is a new one, a PROMISE with about 0 the next one.
 * A party's telephone and ID number that are empty or masked stay what they were; of a new one that
 * has a file, whatever is empty is taken from there. Who may
 * manage_mediators adds MEDIATOR steps to any case, seen or not, so that none stays with nobody.
 *   seen  how many steps the case had when the person looked; steps that put something right
 * (AMENDED, PARTY with a number, ENDED, AGREED, CLOSED …: all but MEETING, INVESTIGATED, VISITED,
 * ADDED, ATTACHED, PERFORMED) are refused when another desk added some since. 0: does not matter A
 * mediator who is close to a party (mu_mediator_closeness) is refused unless both sides consent.
 * MU_INPUT, MU_REFUSED (right; access; the way of the case; added to since), MU_STORE, MU_MEMORY.
 */
enum mu_status mu_add_case_steps(struct mu_desk *desk, int64_t case_id,
                                 const struct mu_case_step *step, size_t steps, int seen,
                                 struct mu_case_written *out, size_t *at, const char **field,
                                 struct mu_error *error) MU_CHECKED;

/* Writes an ATTACHED step for a file outside: its name, size and hash; the file stays where it is.
 * MU_INPUT (it cannot be read), and as mu_add_case_steps. */
enum mu_status mu_attach_to_case(struct mu_desk *desk, int64_t case_id, const char *path, int paper,
                                 struct mu_case_written *out, struct mu_error *error) MU_CHECKED;

/* ---- reading ---- */

/* Opens a case and notes the opening in the trail (committed before anything is given out). The
 * parties' telephones and ID numbers are masked.
 *   out     owned (mu_case_clear); untouched on failure
 *   access  may be NULL
 * MU_INPUT (no such case), MU_REFUSED (hidden), MU_STORE, MU_MEMORY. */
enum mu_status mu_read_case(struct mu_desk *desk, int64_t case_id, struct mu_case *out,
                            enum mu_case_access *access, struct mu_error *error) MU_CHECKED;
/* The same once more for whoever just opened it: asks for access, notes nothing. */
enum mu_status mu_reread_case(struct mu_desk *desk, int64_t case_id, struct mu_case *out,
                              enum mu_case_access *access, struct mu_error *error) MU_CHECKED;
/* Opens a case with whole numbers, to print it, to export it or to call somebody: `reason` stands
 * in the trail. MU_INPUT also without one; MU_REFUSED also without the right export_case. */
enum mu_status mu_read_case_to_export(struct mu_desk *desk, int64_t case_id, const char *reason,
                                      struct mu_case *out, struct mu_error *error) MU_CHECKED;

/* Which case a person means: its number as printed, "2026-12", or "12" (of this year). MU_INPUT. */
enum mu_status mu_find_case(struct mu_desk *desk, const char *number, int64_t *case_id,
                            struct mu_error *error) MU_CHECKED;

/* Newest first, below the case `before_id` (0: from the newest), at most `limit`. MU_REFUSED (the
 * right list_cases), MU_STORE. */
enum mu_status mu_list_cases(struct mu_desk *desk, const struct mu_case_filter *filter,
                             int64_t before_id, size_t limit, mu_case_row *row, void *context,
                             struct mu_error *error) MU_CHECKED;

/* What is due up to `until` in the cases that the operator may open, late ones first; `line->due`
 * is the one that is told. At most `limit`. MU_REFUSED, MU_STORE. */
enum mu_status mu_list_case_dues(struct mu_desk *desk, struct mu_date until, size_t limit,
                                 mu_case_row *row, void *context,
                                 struct mu_error *error) MU_CHECKED;

/* Earlier and later cases of the same people or at the same address, newest first; those that the
 * operator may not open are hidden lines. MU_REFUSED (no access to the case), MU_STORE. */
enum mu_status mu_list_related_cases(struct mu_desk *desk, int64_t case_id, mu_case_row *row,
                                     void *context, struct mu_error *error) MU_CHECKED;

/* Words in the texts of the cases that the operator may open, newest first, at most `limit`.
 * MU_INPUT (a word is too short to be looked for), MU_REFUSED, MU_STORE, MU_MEMORY. */
enum mu_status mu_search_cases(struct mu_desk *desk, const char *words, size_t limit,
                               mu_case_hit_row *row, void *context,
                               struct mu_error *error) MU_CHECKED;

/* ---- who else may read ---- */

/* Lets an operator read one case (or with 0 all). MU_INPUT (no such case or operator, no reason,
 * named already), MU_REFUSED (the right name_case_readers), MU_STORE. */
enum mu_status mu_name_case_reader(struct mu_desk *desk, int64_t case_id, const char *operator_name,
                                   const char *reason, struct mu_error *error) MU_CHECKED;
enum mu_status mu_end_case_reader(struct mu_desk *desk, int64_t reader_id,
                                  struct mu_error *error) MU_CHECKED;
/* Those of a case and of all; with 0 every one there is. MU_REFUSED, MU_STORE. */
enum mu_status mu_list_case_readers(struct mu_desk *desk, int64_t case_id, mu_case_reader_row *row,
                                    void *context, struct mu_error *error) MU_CHECKED;

#endif
