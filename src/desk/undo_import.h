/* Taking an import back, record by record in constant memory. */
#ifndef MULIN_SRC_DESK_UNDO_IMPORT_H
#define MULIN_SRC_DESK_UNDO_IMPORT_H

#include "desk/act.h"
#include "store/act_store.h"

#include <mulin/desk/act.h>

/* In undo.c: checks that one record is still as the act left it and, with a writer, puts it back.
 * MU_REFUSED, MU_INPUT: why it can't be, and then nothing of it was. */
enum mu_status mu_undo_change(struct mu_desk *desk, struct mu_act_writer *writer,
                              const struct mu_act *act, const struct mu_act_change *change,
                              struct mu_error *error) MU_CHECKED;

/* Takes back writer->undone, which is an import: what it added leaves the register, what it changed
 * is put back, what was changed since stays and is counted in `undone`. Notes it in the trail.
 * Inside the caller's transaction. MU_REFUSED when `progress` (may be NULL) said false. */
enum mu_status mu_undo_import(struct mu_act_writer *writer, mu_progress *progress, void *context,
                              struct mu_undone *undone, struct mu_error *error) MU_CHECKED;

#endif
