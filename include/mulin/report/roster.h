/* Lists of people as files and on paper. */
#ifndef MULIN_REPORT_ROSTER_H
#define MULIN_REPORT_ROSTER_H

#include <mulin/desk/roster.h>
#include <mulin/report.h>

struct mu_roster_export {
    enum mu_report_format format;
    /* The file, whose name ends as the format does (.csv .xlsx .txt .html), so that no other file
     * can be hit; NULL: the stream. */
    const char *path;
    bool overwrite; /* what has the name may be replaced; else it is refused */
    FILE *stream;
    enum mu_language language;
    /* As of struct mu_roster_leaving. */
    bool full;
    const char *reason;
    const struct mu_id_set *only;
    mu_progress *progress;
    void *context; /* of progress */
};

/* Writes the columns of the request, a row for each person. MU_INPUT (also: the file), MU_REFUSED,
 * MU_STORE, MU_MEMORY as mu_take_out_roster: then nothing of the file is left. */
enum mu_status mu_export_roster(struct mu_roster *roster, const struct mu_roster_export *export,
                                size_t *people, struct mu_error *error) MU_CHECKED;
/* The same as pages of text to the printer, by lp(1); format, path and stream do not matter.
 * MU_INPUT also when there is no lp, or it has no printer. */
enum mu_status mu_print_roster(struct mu_roster *roster, const struct mu_roster_export *export,
                               size_t *people, struct mu_error *error) MU_CHECKED;

#endif
