/* How a row comes into the register. Nothing is written before it is certain that it can. */
#include "desk/import_match.h"
#include "desk/import_work.h"
#include "desk/resident_file.h"
#include "desk/resident_tags.h"
#include "store/register_store.h"

#include <mulin/domain/twin.h>

#include <stdio.h>
#include <string.h>

static void tell_lost(struct import *import, const struct import_row *row, const char *key,
                      bool has_home)
{
    struct mu_error reason;
    mu_fail(&reason, MU_INPUT, has_home ? MU_SAY_import_household_differs : MU_SAY_import_no_home,
            NULL);
    import->report.not_kept++;
    import_tell(import, MU_IMPORT_NOT_KEPT, row->line,
                import_column_of_field(&import->columns, key), &reason);
}

static enum mu_message twin_words(unsigned reasons)
{
    if (reasons & MU_TWIN_ID_NEAR)
        return MU_SAY_import_twin_id;
    return reasons & MU_TWIN_NAME_BIRTH ? MU_SAY_import_twin : MU_SAY_import_twin_phone;
}

/* `match` is NULL when the row is about a file that stood there. */
static void tell_landed(struct import *import, const struct import_row *row,
                        const struct import_match *match)
{
    struct mu_error reason;
    char number[24];
    if (row->derived_tags) {
        import->report.not_kept++;
        mu_fail(&reason, MU_INPUT, MU_SAY_import_tag_derived, NULL);
        import_tell(import, MU_IMPORT_NOT_KEPT, row->line,
                    import_column_of_field(&import->columns, "tags"), &reason);
    }
    if (row->old_id_number) {
        import->report.old_id_numbers++;
        mu_fail(&reason, MU_INPUT, MU_SAY_import_old_id_number, NULL);
        import_tell(import, MU_IMPORT_OLD_ID_NUMBER, row->line,
                    import_column_of_field(&import->columns, "id_number"), &reason);
    }
    if (*row->resident.id_number && !*mu_id_number_origin(row->resident.id_number, MU_CHINESE)) {
        import->report.id_origins++;
        snprintf(number, sizeof number, "%.2s", row->resident.id_number);
        mu_fail(&reason, MU_INPUT, MU_SAY_import_id_origin, number, NULL);
        import_tell(import, MU_IMPORT_ID_ORIGIN, row->line,
                    import_column_of_field(&import->columns, "id_number"), &reason);
    }
    if (match && match->twin) {
        import->report.twins++;
        snprintf(number, sizeof number, "%lld", (long long)match->twin);
        mu_fail(&reason, MU_INPUT, twin_words(match->reasons), number, NULL);
        import_tell(import, MU_IMPORT_TWIN, row->line, import->columns.count, &reason);
    }
}

static enum mu_status check_card(struct import *import, const struct mu_resident *person,
                                 size_t *column, struct mu_error *error)
{
    enum mu_status status = mu_file_check_card(import->db, person, NULL, error);
    if (status == MU_INPUT)
        *column = import_column_of_field(&import->columns, "card");
    return status;
}

/* A new file brings its tags with it; those of another are a record of their own. */
static enum mu_status write_tags(struct import *import, const struct mu_resident *before,
                                 const struct mu_resident *person,
                                 const struct mu_tag_changes *tags, struct mu_error *error)
{
    const struct mu_tag_stamp stamp = mu_file_tag_stamp(import->desk);
    if (before && before->id <= import->keys.last_known)
        return mu_file_write_tags(&import->act, before, person, error);
    if (!before)
        return mu_tag_first(import->db, person->id, tags, &stamp, error);
    return mu_tag_apply(import->db, person->id, tags, &stamp, error);
}

static enum mu_status write_person(struct import *import, const struct import_row *row,
                                   const struct mu_home *home, const struct mu_resident *before,
                                   struct mu_resident *person, size_t *column,
                                   struct mu_error *error)
{
    struct mu_tag_changes tags;
    bool stale, tags_changed;
    enum mu_status status = mu_file_plan_tags_by(import->desk, &import->rules->people, before,
                                                 person, &tags, &tags_changed, error);
    if (status == MU_INPUT)
        *column = import_column_of_field(&import->columns, "tags");
    if (status == MU_OK)
        status = import_home_write(&import->homes, home, person, error);
    if (status == MU_OK)
        status = import_home_heard(&import->homes, row, person, error);
    if (status == MU_OK)
        status = mu_register_write(import->db, person, &stale, error);
    if (status == MU_OK && tags_changed)
        status = write_tags(import, before, person, &tags, error);
    return status;
}

static enum mu_status add(struct import *import, const struct import_row *row,
                          const struct import_match *match, size_t *column, struct mu_error *error)
{
    struct mu_resident person = row->resident;
    struct mu_home home;
    const char *lost;
    enum mu_status status = check_card(import, &person, column, error);
    if (status == MU_OK)
        status = import_home_settle(&import->homes, row, NULL, &person, &home, &lost, error);
    if (status == MU_OK)
        status = write_person(import, row, &home, NULL, &person, column, error);
    if (status == MU_OK)
        status = mu_import_add_keys(&import->keys, &person, error);
    if (status != MU_OK)
        return status;
    import->report.added++;
    if (!import->act.act.first_new)
        import->act.act.first_new = person.id;
    import->act.act.last_new = person.id;
    import_show(import, row->line, MU_ROW_ADDED, &person);
    import->old_id_numbers |= row->old_id_number;
    if (lost)
        tell_lost(import, row, lost, person.household_id != 0);
    tell_landed(import, row, match);
    return MU_OK;
}

static void count_fields(struct import *import, const struct mu_resident *before,
                         const struct mu_resident *after)
{
    for (size_t i = 0; i < mu_resident_field_count; i++)
        import->report.changed[i] += !mu_field_same(&mu_resident_fields[i], before, after);
}

/* For history and undo. Tags and home are records of their own, and a file that this import added
 * is taken back wholly. */
static enum mu_status record(struct import *import, const struct mu_resident *before,
                             const struct mu_resident *after, struct mu_error *error)
{
    struct mu_resident was = *before;
    if (before->id <= import->keys.last_known)
        import->files_changed++;
    else
        return MU_OK;
    memcpy(was.tags, after->tags, sizeof was.tags);
    was.occupancy = after->occupancy;
    memcpy(was.grid, after->grid, sizeof was.grid);
    return mu_act_record(&import->act, "resident", after->id, &was, after, error);
}

/* Notes the home that somebody leaves and brings the keys up to date. */
static enum mu_status follow_up(struct import *import, const struct mu_resident *before,
                                const struct mu_resident *after, struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE];
    enum mu_status status = MU_OK;
    if (before->household_id && before->household_id != after->household_id) {
        mu_moment_format(import->now, moment);
        status = mu_register_leave_home(import->db, before, import->now.date, moment, error);
    }
    if (status == MU_OK)
        status = mu_import_change_keys(&import->keys, before, after, error);
    /* What two lines say of somebody new was one card at a time, and only the last was given. */
    if (status == MU_OK && before->id <= import->keys.last_known)
        status = mu_file_end_card(&import->act, before, after, error);
    return status == MU_OK ? record(import, before, after, error) : status;
}

static enum mu_status update(struct import *import, const struct import_row *row,
                             const struct mu_resident *before, size_t *column,
                             struct mu_error *error)
{
    struct mu_resident after = *before;
    struct mu_home home;
    const char *lost, *key = NULL;
    import_row_merge(row, &after);
    if (row->old_id_number && *before->id_number)
        memcpy(after.id_number, before->id_number, sizeof after.id_number);
    enum mu_status status = mu_resident_check(&after, import->now.date, &key, error);
    if (status == MU_INPUT && key)
        *column = import_column_of_field(&import->columns, key);
    if (status == MU_OK)
        status = check_card(import, &after, column, error);
    if (status == MU_OK)
        status = import_home_settle(&import->homes, row, before, &after, &home, &lost, error);
    if (status != MU_OK)
        return status;
    bool same = import_same_fields(before, &after, true);
    if (same)
        status = import_home_heard(&import->homes, row, &after, error);
    else
        status = write_person(import, row, &home, before, &after, column, error);
    if (status == MU_OK && !same)
        status = follow_up(import, before, &after, error);
    if (status != MU_OK)
        return status;
    import->report.updated += !same;
    import->report.unchanged += same;
    count_fields(import, before, &after);
    import_show(import, row->line, same ? MU_ROW_UNCHANGED : MU_ROW_UPDATED, &after);
    if (lost)
        tell_lost(import, row, lost, after.household_id != 0);
    tell_landed(import, row, NULL);
    return MU_OK;
}

static enum mu_status land_home(struct import *import, const struct import_row *row, size_t *column,
                                struct mu_error *error)
{
    enum mu_import_outcome outcome;
    const char *lost, *key = NULL;
    enum mu_status status = import_home_alone(&import->homes, row, &outcome, &lost, &key, error);
    if (status == MU_INPUT && key)
        *column = import_column_of_field(&import->columns, key);
    if (status != MU_OK)
        return status;
    import->report.homes += outcome == MU_ROW_HOME;
    import->report.updated += outcome == MU_ROW_UPDATED;
    import->report.unchanged += outcome == MU_ROW_UNCHANGED;
    import_show(import, row->line, outcome, &row->resident);
    if (lost)
        tell_lost(import, row, lost, true);
    return MU_OK;
}

enum mu_status import_land(struct import *import, const struct import_row *row, size_t *column,
                           struct mu_error *error)
{
    struct import_match match;
    const char *key;
    if (row->home)
        return land_home(import, row, column, error);
    enum mu_status status = import_find(&import->keys, row, import->old_id_numbers,
                                        import->now.date, &match, &key, error);
    if (status == MU_INPUT)
        *column = import_column_of_field(&import->columns, key);
    if (status != MU_OK)
        return status;
    if (match.found)
        return update(import, row, &match.resident, column, error);
    return add(import, row, &match, column, error);
}
