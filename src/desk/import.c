#include <mulin/desk/import.h>

#include "desk/desk_internal.h"
#include "desk/import_columns.h"
#include "desk/import_homes.h"
#include "desk/import_match.h"
#include "desk/import_rejects.h"
#include "desk/import_row.h"
#include "desk/resident_tags.h"
#include "store/import_store.h"
#include "store/register_store.h"

#include <mulin/domain/twin.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BIG_FILE = 1 << 20, /* bytes from which search keys are collected and sorted */
    PROGRESS_STEP = 256 /* rows between two calls of the progress function */
};

/* One import on its way. */
struct import {
    struct mu_desk *desk;
    const char *path;
    struct mu_db *db;
    struct mu_moment now;
    const struct mu_import_options *options;
    struct mu_table_file *file;
    struct import_columns columns;
    struct mu_import_keys keys;
    struct import_homes homes;
    struct import_rejects rejects;
    struct mu_import_report report;
    bool old_id_numbers; /* some 15-digit number stands in the register */
    bool blank_header_told[MU_TABLE_COLUMNS];
};

/* Notes. `column` is the number of the column (the first is 0), columns.count for the whole row. */

static void tell(const struct import *import, enum mu_import_note_kind kind, unsigned long line,
                 size_t column, const struct mu_error *reason)
{
    struct mu_import_note note = {.kind = kind, .line = line, .header = "", .reason = *reason};
    if (!import->options->note)
        return;
    if (column < import->columns.count) {
        note.column = column + 1;
        note.header = mu_table_file_header(import->file)->cell[column];
    }
    import->options->note(import->options->context, &note);
}

static enum mu_status reject(struct import *import, const struct mu_table_row *row, size_t column,
                             const struct mu_error *reason, struct mu_error *error)
{
    import->report.rejected++;
    tell(import, MU_IMPORT_REJECTED, row->line, column, reason);
    if (import->options->dry_run)
        return MU_OK;
    return import_rejects_add(&import->rejects, row, column, reason, error);
}

static void tell_lost(struct import *import, const struct import_row *row, const char *key,
                      const struct mu_resident *person)
{
    struct mu_error reason;
    mu_fail(&reason, MU_INPUT,
            person->household_id ? MU_SAY_import_household_differs : MU_SAY_import_no_home, NULL);
    import->report.not_kept++;
    tell(import, MU_IMPORT_NOT_KEPT, row->line, import_column_of_field(&import->columns, key),
         &reason);
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
        tell(import, MU_IMPORT_NOT_KEPT, row->line,
             import_column_of_field(&import->columns, "tags"), &reason);
    }
    if (row->old_id_number) {
        import->report.old_id_numbers++;
        mu_fail(&reason, MU_INPUT, MU_SAY_import_old_id_number, NULL);
        tell(import, MU_IMPORT_OLD_ID_NUMBER, row->line,
             import_column_of_field(&import->columns, "id_number"), &reason);
    }
    if (*row->resident.id_number && !*mu_id_number_origin(row->resident.id_number, MU_CHINESE)) {
        import->report.id_origins++;
        snprintf(number, sizeof number, "%.2s", row->resident.id_number);
        mu_fail(&reason, MU_INPUT, MU_SAY_import_id_origin, number, NULL);
        tell(import, MU_IMPORT_ID_ORIGIN, row->line,
             import_column_of_field(&import->columns, "id_number"), &reason);
    }
    if (match && match->twin) {
        import->report.twins++;
        snprintf(number, sizeof number, "%lld", (long long)match->twin);
        mu_fail(&reason, MU_INPUT, twin_words(match->reasons), number, NULL);
        tell(import, MU_IMPORT_TWIN, row->line, import->columns.count, &reason);
    }
}

/* Rows. MU_INPUT from these is a fault of the row, told in `error` and *column. */

static enum mu_status check_card(struct import *import, const struct mu_resident *person,
                                 size_t *column, struct mu_error *error)
{
    struct mu_resident holder;
    bool found;
    char number[24];
    if (!*person->card)
        return MU_OK;
    enum mu_status status = mu_register_by_card(import->db, person->card, &found, &holder, error);
    if (status != MU_OK || !found || holder.id == person->id)
        return status;
    *column = import_column_of_field(&import->columns, "card");
    snprintf(number, sizeof number, "%lld", (long long)holder.id);
    return mu_fail(error, MU_INPUT, MU_SAY_error_resident_card_taken, person->card, holder.name,
                   number, NULL);
}

/* Nothing is written before it is certain that the row can land. */
static enum mu_status write_person(struct import *import, const struct import_row *row,
                                   const struct import_home *home, const struct mu_resident *before,
                                   struct mu_resident *person, size_t *column,
                                   struct mu_error *error)
{
    const struct mu_tag_stamp stamp = mu_file_tag_stamp(import->desk);
    struct mu_tag_changes tags;
    bool stale, tags_changed;
    enum mu_status status =
        mu_file_plan_tags(import->desk, before, person, &tags, &tags_changed, error);
    if (status == MU_INPUT)
        *column = import_column_of_field(&import->columns, "tags");
    if (status == MU_OK)
        status = import_home_write(&import->homes, home, person, error);
    if (status == MU_OK)
        status = import_home_heard(&import->homes, row, person, error);
    if (status == MU_OK)
        status = mu_register_write(import->db, person, &stale, error);
    if (status == MU_OK && tags_changed)
        status = mu_tag_apply(import->db, person->id, &tags, &stamp, error);
    return status;
}

static enum mu_status add(struct import *import, const struct import_row *row,
                          const struct import_match *match, size_t *column, struct mu_error *error)
{
    struct mu_resident person = row->resident;
    struct import_home home;
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
    import->old_id_numbers |= row->old_id_number;
    if (lost)
        tell_lost(import, row, lost, &person);
    tell_landed(import, row, match);
    return MU_OK;
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
    return status;
}

static enum mu_status update(struct import *import, const struct import_row *row,
                             const struct mu_resident *before, size_t *column,
                             struct mu_error *error)
{
    struct mu_resident after = *before;
    struct import_home home;
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
    if (lost)
        tell_lost(import, row, lost, &after);
    tell_landed(import, row, NULL);
    return MU_OK;
}

static enum mu_status land(struct import *import, const struct import_row *row, size_t *column,
                           struct mu_error *error)
{
    struct import_match match;
    const char *key;
    enum mu_status status =
        import_find(import->db, row, import->old_id_numbers, import->now.date, &match, &key, error);
    if (status == MU_INPUT)
        *column = import_column_of_field(&import->columns, key);
    if (status != MU_OK)
        return status;
    if (match.found)
        return update(import, row, &match.resident, column, error);
    return add(import, row, &match, column, error);
}

/* Files. */

static enum mu_status remember_unknown(struct import *import, const char *header,
                                       struct mu_error *error)
{
    struct mu_import_report *report = &import->report;
    char **larger = realloc(report->unknown_header, (report->unknown_count + 1) * sizeof *larger);
    if (!larger)
        return mu_fail_memory(error);
    report->unknown_header = larger;
    larger[report->unknown_count] = strdup(header);
    if (!larger[report->unknown_count])
        return mu_fail_memory(error);
    report->unknown_count++;
    return MU_OK;
}

static enum mu_status find_unknown_headers(struct import *import, struct mu_error *error)
{
    enum mu_status status = MU_OK;
    for (size_t i = 0; i < import->columns.count && status == MU_OK; i++)
        if (import->columns.column[i].role == IMPORT_UNKNOWN)
            status = remember_unknown(import, mu_table_file_header(import->file)->cell[i], error);
    return status;
}

/* A column without a header is unknown from the first row on that has something in it. */
static enum mu_status watch_blank_headers(struct import *import, const struct mu_table_row *row,
                                          struct mu_error *error)
{
    char number[24], name[64];
    for (size_t i = 0; i < import->columns.count && i < row->count; i++) {
        if (import->columns.column[i].role != IMPORT_BLANK || import->blank_header_told[i] ||
            !*row->cell[i])
            continue;
        import->blank_header_told[i] = true;
        snprintf(number, sizeof number, "%zu", i + 1);
        mu_message_format(name, sizeof name, import->options->language, MU_SAY_import_blank_header,
                          number, NULL);
        enum mu_status status = remember_unknown(import, name, error);
        if (status != MU_OK)
            return status;
    }
    return MU_OK;
}

static enum mu_status take_row(struct import *import, const struct mu_table_row *cells,
                               struct mu_error *error)
{
    struct import_row row;
    struct mu_error reason;
    size_t column = import->columns.count;
    enum mu_status status = watch_blank_headers(import, cells, error);
    if (status != MU_OK)
        return status;
    import->report.rows++;
    status = import_row_read(&row, cells, &import->columns, import->now.date, &column, &reason);
    if (status == MU_OK)
        status = land(import, &row, &column, &reason);
    if (status == MU_INPUT)
        return reject(import, cells, column, &reason, error);
    if (status != MU_OK && error)
        *error = reason;
    return status;
}

static enum mu_status show_progress(const struct import *import, struct mu_error *error)
{
    uint64_t done, total;
    if (!import->options->progress)
        return MU_OK;
    mu_table_file_progress(import->file, &done, &total);
    if (import->options->progress(import->options->context, (int64_t)done, (int64_t)total))
        return MU_OK;
    return mu_fail(error, MU_REFUSED, MU_SAY_import_stopped, NULL);
}

static enum mu_status take_rows(struct import *import, struct mu_error *error)
{
    const struct mu_table_row *row;
    enum mu_status status;
    while ((status = mu_table_file_next(import->file, &row, error)) == MU_OK && row) {
        if (import_row_empty(row))
            continue;
        status = take_row(import, row, error);
        if (status == MU_OK && import->report.rows % PROGRESS_STEP == 0)
            status = show_progress(import, error);
        if (status != MU_OK)
            return status;
    }
    return status;
}

static enum mu_status note(struct import *import, struct mu_error *error)
{
    const char *name = strrchr(import->path, '/');
    char counts[96];
    snprintf(counts, sizeof counts, "added=%lld\nupdated=%lld\n", (long long)import->report.added,
             (long long)import->report.updated);
    return mu_audit_note(import->desk, MU_MAY_import_residents, 0, name ? name + 1 : import->path,
                         "", counts, "", error);
}

/* The rejected rows are safe on the disk before the good ones are in the register. */
static enum mu_status settle(struct import *import, struct mu_error *error)
{
    struct mu_import_report *report = &import->report;
    bool lands = !(import->options->strict && report->rejected > 0);
    enum mu_status status = show_progress(import, error);
    if (!lands)
        report->added = report->updated = report->unchanged = 0;
    lands &= !import->options->dry_run;
    if (status == MU_OK && lands)
        status = mu_import_write_keys(&import->keys, error);
    if (status == MU_OK)
        status = import_rejects_finish(&import->rejects, &report->rejects_file, error);
    if (status != MU_OK || !lands || report->added + report->updated == 0)
        return status;
    status = note(import, error);
    return status == MU_OK ? mu_desk_commit(import->desk, error) : status;
}

static enum mu_status run(struct import *import, struct mu_error *error)
{
    uint64_t done, total;
    mu_table_file_progress(import->file, &done, &total);
    enum mu_status status = mu_import_begin(&import->keys, import->db, total > BIG_FILE, error);
    if (status != MU_OK)
        return status;
    status = mu_import_old_id_numbers(import->db, &import->old_id_numbers, error);
    if (status == MU_OK)
        status = take_rows(import, error);
    if (status == MU_OK)
        status = settle(import, error);
    mu_import_end(&import->keys);
    return status;
}

enum mu_status mu_import_residents(struct mu_desk *desk, const char *path,
                                   const struct mu_import_options *options,
                                   struct mu_import_report *report, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_import_residents, error);
    if (status != MU_OK)
        return status;
    struct import *import = calloc(1, sizeof *import);
    if (!import)
        return mu_fail_memory(error);
    import->desk = desk;
    import->path = path;
    import->db = desk->db;
    import->now = mu_desk_now(desk);
    import->options = options;
    import_homes_init(&import->homes, import->db);
    status = mu_table_file_open(&import->file, path, error);
    if (status == MU_OK)
        status =
            import_columns_map(&import->columns, mu_table_file_header(import->file), path, error);
    if (status == MU_OK)
        status = find_unknown_headers(import, error);
    if (status == MU_OK)
        status = import_rejects_init(&import->rejects, path, import->file, &import->columns,
                                     options->language, error);
    if (status == MU_OK)
        status = run(import, error);
    if (status == MU_OK)
        *report = import->report;
    else
        mu_import_report_clear(&import->report);
    import_rejects_clear(&import->rejects);
    import_homes_clear(&import->homes);
    mu_table_file_close(&import->file);
    free(import);
    return status;
}

void mu_import_report_clear(struct mu_import_report *report)
{
    for (size_t i = 0; i < report->unknown_count; i++)
        free(report->unknown_header[i]);
    free(report->unknown_header);
    free(report->rejects_file);
    memset(report, 0, sizeof *report);
}
