#include <mulin/desk/import.h>

#include "desk/import_work.h"
#include "store/act_store.h"

#include <mulin/base/text.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    BIG_FILE = 1 << 20,  /* bytes from which search keys are collected and sorted */
    PROGRESS_STEP = 256, /* rows between two calls of the progress function */
    SAMPLE = 4096        /* rows by whose length the number of all is guessed */
};

enum mu_status import_file_state(const char *path, struct mu_import_file *out,
                                 struct mu_error *error)
{
    struct stat facts;
    /* The day of the last change can be set at will, that of the last change of the inode not. */
    if (stat(path, &facts) != 0)
        return mu_fail(error, MU_INPUT, MU_SAY_table_cannot_open, path, mu_errno_text(errno), NULL);
    *out = (struct mu_import_file){(uint64_t)facts.st_dev, (uint64_t)facts.st_ino,
                                   (uint64_t)facts.st_size, (int64_t)facts.st_ctim.tv_sec,
                                   (int64_t)facts.st_ctim.tv_nsec};
    return MU_OK;
}

bool import_file_same(const struct mu_import_file *a, const struct mu_import_file *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size &&
           a->seconds == b->seconds && a->nanoseconds == b->nanoseconds;
}

static enum mu_status find_unknown_headers(struct import *import, struct mu_error *error)
{
    enum mu_status status = MU_OK;
    for (size_t i = 0; i < import->columns.count && status == MU_OK; i++)
        if (import->columns.column[i].role == MU_COLUMN_UNKNOWN)
            status =
                import_remember_unknown(import, mu_table_file_header(import->file)->cell[i], error);
    return status;
}

/* A column without a header is unknown from the first row on that has something in it. */
static enum mu_status watch_blank_headers(struct import *import, const struct mu_table_row *row,
                                          struct mu_error *error)
{
    char number[24], name[64];
    for (size_t i = 0; i < import->columns.count && i < row->count; i++) {
        if (import->columns.column[i].role != MU_COLUMN_BLANK || import->blank_header_told[i] ||
            !*row->cell[i])
            continue;
        import->blank_header_told[i] = true;
        snprintf(number, sizeof number, "%zu", i + 1);
        mu_message_format(name, sizeof name, import->options->language, MU_SAY_import_blank_header,
                          number, NULL);
        enum mu_status status = import_remember_unknown(import, name, error);
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
        status = import_land(import, &row, &column, &reason);
    if (status == MU_INPUT)
        import_show(import, cells->line, MU_ROW_REJECTED, &row.resident);
    if (status == MU_INPUT)
        return import_reject(import, cells, column, &reason, error);
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

/* The guess is a tenth too high rather than too low. */
static enum mu_status expect(struct import *import, struct mu_error *error)
{
    uint64_t done, total;
    mu_table_file_progress(import->file, &done, &total);
    double rows = 1.1 * SAMPLE * (double)total / (double)(done ? done : 1);
    return mu_import_expect(&import->keys, (int64_t)rows, error);
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
        if (status == MU_OK && import->report.rows == SAMPLE)
            status = expect(import, error);
        if (status != MU_OK)
            return status;
    }
    return status;
}

/* The file's name without its folder. */
static const char *file_name(const char *path)
{
    const char *name = strrchr(path, '/');
    return name ? name + 1 : path;
}

/* One note in the trail and one act stand for the whole import. */
static enum mu_status note(struct import *import, struct mu_error *error)
{
    const struct mu_import_report *report = &import->report;
    char counts[128];
    import->act.act.changed = import->files_changed + import->homes.changed;
    import->act.act.homes = import->homes.made;
    enum mu_status status = mu_act_add_counts(import->db, &import->act.act, error);
    if (status != MU_OK)
        return status;
    int used = snprintf(counts, sizeof counts, "added=%lld\nupdated=%lld\n",
                        (long long)report->added, (long long)report->updated);
    if (report->homes)
        snprintf(counts + used, sizeof counts - (size_t)used, "homes=%lld\n",
                 (long long)report->homes);
    return mu_audit_note(import->desk, MU_MAY_import_residents, 0, file_name(import->path), "",
                         counts, "", error);
}

/* Nothing that was read lands when somebody wrote into the file meanwhile. */
static enum mu_status check_unchanged(const struct import *import, struct mu_error *error)
{
    struct mu_import_file state;
    enum mu_status status = import_file_state(import->path, &state, error);
    if (status != MU_OK || import_file_same(&state, &import->state))
        return status;
    return mu_fail(error, MU_INPUT, MU_SAY_import_file_changing, import->path, NULL);
}

/* The rejected rows are safe on the disk before the good ones are in the register. */
static enum mu_status settle(struct import *import, struct mu_error *error)
{
    struct mu_import_report *report = &import->report;
    bool lands = !(import->options->strict && report->rejected > 0);
    enum mu_status status = show_progress(import, error);
    if (!lands)
        report->added = report->updated = report->unchanged = report->homes = 0;
    lands &= !import->options->dry_run;
    if (status == MU_OK)
        status = check_unchanged(import, error);
    if (status == MU_OK && lands)
        status = mu_import_write_keys(&import->keys, error);
    if (status == MU_OK)
        status = import_rejects_finish(&import->rejects, &report->rejects_file, error);
    if (status != MU_OK || !lands || report->added + report->updated + report->homes == 0)
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
    import->homes.last_known = import->keys.last_household;
    status = mu_import_old_id_numbers(import->db, &import->old_id_numbers, error);
    if (status == MU_OK)
        status = mu_desk_rules(import->desk, &import->rules, NULL, error);
    if (status == MU_OK)
        status = take_rows(import, error);
    if (status == MU_OK)
        status = settle(import, error);
    mu_import_end(&import->keys);
    return status;
}

/* Opens the file and reads its headers. */
static enum mu_status open_file(struct import *import, struct mu_error *error)
{
    const struct mu_import_options *options = import->options;
    const char *path = import->path;
    enum mu_status status = import_file_state(path, &import->state, error);
    if (status == MU_OK && options->file && !import_file_same(options->file, &import->state))
        return mu_fail(error, MU_INPUT, MU_SAY_import_file_changed, path, NULL);
    if (status == MU_OK)
        status = mu_table_file_open(&import->file, path, error);
    if (status != MU_OK)
        return status;
    const struct mu_table_row *header = mu_table_file_header(import->file);
    import_columns_read(&import->columns, header, options->mapping);
    status = import_columns_check(&import->columns, header, path, error);
    if (status == MU_OK)
        status = find_unknown_headers(import, error);
    if (status == MU_OK)
        status = import_rejects_init(&import->rejects, path, import->file, &import->columns,
                                     options->language, error);
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
    mu_act_begin(&import->act, desk, MU_MAY_import_residents, file_name(path));
    import->act.wholesale = true;
    import_homes_init(&import->homes, &import->act);
    status = open_file(import, error);
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
    free(report->reason);
    memset(report, 0, sizeof *report);
}
