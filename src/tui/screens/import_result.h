/* What an import did, or would do, as lines to read. */
#ifndef MULIN_TUI_SCREENS_IMPORT_RESULT_H
#define MULIN_TUI_SCREENS_IMPORT_RESULT_H

#include "tui/grid.h"

#include <mulin/desk/import.h>

enum { IMPORT_NOTES = 200, IMPORT_OTHER_NOTES = 60, IMPORT_LINE_SIZE = 512, IMPORT_LINES = 400 };

struct import_line {
    char text[IMPORT_LINE_SIZE];
    enum mu_style style;
};

struct import_result {
    struct mu_import_report report;
    size_t row_count;
    struct {
        unsigned long line;
        enum mu_import_outcome outcome;
        struct mu_resident resident;
    } row[MU_IMPORT_FIRST];
    size_t note_count; /* of rows that landed; no more than IMPORT_NOTES are kept, */
    size_t others;     /* and of those that are not about twins IMPORT_OTHER_NOTES */
    struct {
        bool twin;
        unsigned long line;
        char header[64];
        struct mu_error reason;
    } note[IMPORT_NOTES];
    size_t count;
    struct import_line line[IMPORT_LINES];
};

/* Takes rows and notes of an import, as its listeners. */
void import_result_row(struct import_result *result, unsigned long line,
                       enum mu_import_outcome outcome, const struct mu_resident *resident);
void import_result_note(struct import_result *result, const struct mu_import_note *note);

/* Makes the lines.
 *   look  names of the columns
 *   dry   nothing landed: the first rows are shown */
void import_result_write(struct import_result *result, const struct mu_import_look *look, bool dry,
                         struct mu_date today, enum mu_language language);

/* Empties it. */
void import_result_clear(struct import_result *result);

#endif
