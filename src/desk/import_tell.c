/* What an import says of its rows. */
#include "desk/import_work.h"
#include "desk/resident_file.h"

#include <stdlib.h>
#include <string.h>

void import_tell(const struct import *import, enum mu_import_note_kind kind, unsigned long line,
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

void import_show(const struct import *import, unsigned long line, enum mu_import_outcome outcome,
                 const struct mu_resident *resident)
{
    struct mu_resident masked = *resident;
    if (!import->options->row || import->report.rows > MU_IMPORT_FIRST)
        return;
    mu_file_mask(&masked);
    import->options->row(import->options->context, line, outcome, &masked);
}

/* Rows with one fault in one column stand together; beyond the first different ones they are only
 * counted. */
static enum mu_status sort_in(struct mu_import_report *report, unsigned long line, size_t column,
                              const struct mu_error *why, struct mu_error *error)
{
    size_t at = 0;
    if (!report->reason) {
        report->reason = calloc(MU_IMPORT_REASONS, sizeof *report->reason);
        if (!report->reason)
            return mu_fail_memory(error);
    }
    while (at < report->reason_count && (report->reason[at].column != column ||
                                         report->reason[at].reason.message != why->message))
        at++;
    if (at == MU_IMPORT_REASONS)
        return MU_OK;
    struct mu_import_reason *reason = &report->reason[at];
    if (at == report->reason_count) {
        report->reason_count++;
        reason->column = column;
        reason->reason = *why;
    }
    if (reason->count < MU_IMPORT_LINES)
        reason->line[reason->count] = line;
    reason->count++;
    return MU_OK;
}

enum mu_status import_reject(struct import *import, const struct mu_table_row *row, size_t column,
                             const struct mu_error *reason, struct mu_error *error)
{
    size_t number = column < import->columns.count ? column + 1 : 0;
    import->report.rejected++;
    enum mu_status status = sort_in(&import->report, row->line, number, reason, error);
    if (status != MU_OK)
        return status;
    import_tell(import, MU_IMPORT_REJECTED, row->line, column, reason);
    if (import->options->dry_run)
        return MU_OK;
    return import_rejects_add(&import->rejects, row, column, reason, error);
}

enum mu_status import_remember_unknown(struct import *import, const char *header,
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
