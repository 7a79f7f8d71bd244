#include "desk/undo_import.h"

#include "desk/household_file.h"
#include "desk/resident_file.h"
#include "store/register_store.h"

#include <stdio.h>
#include <string.h>

enum { AT_ONCE = 128 }; /* records between two calls of the progress function */

struct taking_back {
    struct mu_act_writer *writer;
    struct mu_undone *undone;
    mu_progress *progress;
    void *context;
    int64_t done, total, withdrawn, put_back;
};

static enum mu_status step(struct taking_back *back, struct mu_error *error)
{
    if (back->done++ % AT_ONCE != 0 || !back->progress ||
        back->progress(back->context, back->done - 1, back->total))
        return MU_OK;
    return mu_fail(error, MU_REFUSED, MU_SAY_undo_stopped, NULL);
}

/* Counts what stays, and names the first ones. */
static void keep(struct mu_undone *undone, const char *name, int64_t number)
{
    char one[MU_ADDRESS_SIZE + 32];
    size_t used = strlen(undone->kept_names);

    undone->kept++;
    snprintf(one, sizeof one, "%s%s #%lld", used ? "、" : "", name, (long long)number);
    if (used + strlen(one) < sizeof undone->kept_names)
        memcpy(undone->kept_names + used, one, strlen(one) + 1);
}

static bool is_leading(void *context, const struct mu_resident *resident)
{
    (void)resident;
    *(bool *)context = true;
    return false;
}

/* True when somebody did something with the file since: it is not only the import's any more. */
static enum mu_status look_for_others(struct mu_act_writer *writer, const struct mu_resident *file,
                                      bool *touched, struct mu_error *error)
{
    const struct mu_act_kind *kind;
    const char *kinds[MU_ACT_KINDS];
    size_t count = 0;
    enum mu_status status;

    for (size_t i = 0; (kind = mu_act_kind_at(i)) != NULL && count < MU_ACT_KINDS; i++)
        if (kind->of_resident)
            kinds[count++] = kind->word;
    *touched = file->linked_to != 0;
    if (*touched)
        return MU_OK;
    status = mu_act_touched(writer->desk->db, kinds, count, file->id, writer->undone->id, touched,
                            error);
    if (status != MU_OK || *touched)
        return status;
    return mu_register_linked(writer->desk->db, file->id, is_leading, touched, error);
}

/* A file that the import added. */
static enum mu_status withdraw(struct taking_back *back, int64_t id, struct mu_error *error)
{
    struct mu_resident file;
    bool touched;
    enum mu_status status = mu_file_read(back->writer->desk, id, &file, error);

    if (status != MU_OK || file.status == MU_ENTERED_IN_ERROR)
        return status;
    status = look_for_others(back->writer, &file, &touched, error);
    if (status == MU_OK && !touched)
        status = mu_file_withdraw(back->writer, &file, error);
    if (status == MU_REFUSED || (status == MU_OK && touched)) /* there are meals in it */
        keep(back->undone, file.name, id);
    else if (status == MU_OK)
        back->withdrawn++;
    return status == MU_REFUSED ? MU_OK : status;
}

static void keep_changed(struct taking_back *back, const struct mu_act_change *change)
{
    struct mu_resident file;
    struct mu_household home;
    char address[MU_ADDRESS_SIZE] = "";

    if (strcmp(change->kind, "household") == 0) {
        if (mu_household_file(back->writer->desk, change->row, &home, NULL) == MU_OK)
            mu_household_address(&home, address);
        keep(back->undone, address, change->row);
    } else if (mu_file_read(back->writer->desk, change->row, &file, NULL) == MU_OK) {
        keep(back->undone, file.name, change->row);
    }
}

/* What it changed, the last first. A person may be told of twice: for the file and for its tags. */
static enum mu_status put_changes_back(struct taking_back *back, struct mu_error *error)
{
    struct mu_act_writer *writer = back->writer;
    struct mu_act_change *changes;
    size_t count;
    int line = 0;
    enum mu_status status;

    do {
        status = mu_act_last_changes(writer->desk->db, writer->undone->id, line, AT_ONCE, &changes,
                                     &count, error);
        if (status != MU_OK)
            return status;
        for (size_t i = 0; i < count && status == MU_OK; i++) {
            line = changes[i].line;
            status = step(back, error);
            if (status != MU_OK)
                break;
            status = mu_undo_change(writer->desk, writer, writer->undone, &changes[i], error);
            if (status == MU_REFUSED || status == MU_INPUT) {
                keep_changed(back, &changes[i]);
                status = MU_OK;
            } else {
                back->put_back++;
            }
        }
        mu_act_changes_free(&changes, count);
    } while (status == MU_OK && count == AT_ONCE);
    return status;
}

static enum mu_status note(const struct taking_back *back, struct mu_error *error)
{
    const struct mu_act_writer *writer = back->writer;
    char counts[128];

    snprintf(counts, sizeof counts, "withdrawn=%lld\nput_back=%lld\nkept=%lld\n",
             (long long)back->withdrawn, (long long)back->put_back, (long long)back->undone->kept);
    return mu_audit_note(writer->desk, MU_MAY_undo, 0, writer->undone->subject, "", counts, "",
                         error);
}

enum mu_status mu_undo_import(struct mu_act_writer *writer, mu_progress *progress, void *context,
                              struct mu_undone *undone, struct mu_error *error)
{
    const struct mu_act *act = writer->undone;
    struct taking_back back = {writer, undone, progress, context, 0, 0, 0, 0};
    enum mu_status status = MU_OK;

    writer->wholesale = true;
    /* So that this act, too, is known as one about an import. */
    writer->act.first_new = act->first_new;
    writer->act.last_new = act->last_new;
    writer->act.changed = act->changed;
    writer->act.homes = act->homes;
    back.total =
        (act->first_new ? act->last_new - act->first_new + 1 : 0) + act->changed + act->homes;
    for (int64_t id = act->last_new; id >= act->first_new && id > 0 && status == MU_OK; id--) {
        status = step(&back, error);
        if (status == MU_OK)
            status = withdraw(&back, id, error);
    }
    if (status == MU_OK)
        status = put_changes_back(&back, error);
    return status == MU_OK ? note(&back, error) : status;
}
