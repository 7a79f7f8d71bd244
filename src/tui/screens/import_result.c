#include "tui/screens/import_result.h"

#include "tui/screens/person.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void import_result_row(struct import_result *result, unsigned long line,
                       enum mu_import_outcome outcome, const struct mu_resident *resident)
{
    if (result->row_count == MU_IMPORT_FIRST)
        return;
    result->row[result->row_count].line = line;
    result->row[result->row_count].outcome = outcome;
    result->row[result->row_count++].resident = *resident;
}

void import_result_note(struct import_result *result, const struct mu_import_note *note)
{
    bool twin = note->kind == MU_IMPORT_TWIN;

    if (note->kind == MU_IMPORT_REJECTED || result->note_count == IMPORT_NOTES ||
        (!twin && result->others == IMPORT_OTHER_NOTES))
        return;
    result->others += !twin;
    result->note[result->note_count].twin = twin;
    result->note[result->note_count].line = note->line;
    mu_text_inert(result->note[result->note_count].header, sizeof result->note[0].header,
                  note->header);
    result->note[result->note_count++].reason = note->reason;
}

static void add(struct import_result *result, enum mu_style style, const char *text)
{
    struct import_line *line = &result->line[result->count];

    if (result->count == IMPORT_LINES)
        return;
    result->count++;
    mu_text_copy(line->text, sizeof line->text, text);
    line->style = style;
}

static void add_heading(struct import_result *result, enum mu_message heading,
                        enum mu_language language)
{
    if (result->count)
        add(result, MU_STYLE_NORMAL, "");
    add(result, MU_STYLE_TITLE, mu_message_text(heading, language));
}

static const enum mu_message outcome_words[] = {
    [MU_ROW_ADDED] = MU_SAY_import_row_added,         [MU_ROW_UPDATED] = MU_SAY_import_row_updated,
    [MU_ROW_UNCHANGED] = MU_SAY_import_row_unchanged, [MU_ROW_HOME] = MU_SAY_import_row_home,
    [MU_ROW_REJECTED] = MU_SAY_import_row_rejected,
};

/* 第2行 新增：张金凤  女  82 岁  金桂花园3栋201室  低保 */
static void add_row(struct import_result *result, size_t index, struct mu_date today,
                    enum mu_language language)
{
    const struct mu_resident *person = &result->row[index].resident;
    char number[24], text[IMPORT_LINE_SIZE], who[2 * IMPORT_LINE_SIZE], about[128],
        address[MU_ADDRESS_SIZE];

    mu_person_line(person, today, language, about, sizeof about);
    mu_resident_address(person, address);
    snprintf(number, sizeof number, "%lu", result->row[index].line);
    snprintf(who, sizeof who, "%s  %s  %s  %s  %s", person->name, about, address,
             mu_choice_word(&mu_occupancies, person->occupancy, language), person->tags);
    mu_message_format(text, sizeof text, language, MU_SAY_import_row_line, number,
                      mu_message_text(outcome_words[result->row[index].outcome], language), who,
                      NULL);
    add(result, result->row[index].outcome == MU_ROW_REJECTED ? MU_STYLE_WARNING : MU_STYLE_NORMAL,
        text);
}

static void add_reason(struct import_result *result, const struct mu_import_reason *reason,
                       const struct mu_import_look *look, enum mu_language language)
{
    char why[IMPORT_LINE_SIZE], count[MU_COUNT_SIZE], lines[96] = "", text[IMPORT_LINE_SIZE];
    size_t used = 0;
    const char *header = reason->column ? look->column[reason->column - 1].name
                                        : mu_message_text(MU_SAY_import_whole_row, language);

    if (reason->column)
        mu_error_why(&reason->reason, language, why, sizeof why);
    else
        mu_error_text(&reason->reason, language, why, sizeof why);
    for (size_t i = 0; i < MU_IMPORT_LINES && reason->line[i] && used < sizeof lines; i++)
        used += (size_t)snprintf(lines + used, sizeof lines - used, "%s%lu", i ? " " : "",
                                 reason->line[i]);
    mu_count_text(reason->count, count);
    mu_message_format(text, sizeof text, language,
                      reason->count > MU_IMPORT_LINES ? MU_SAY_import_reason_many
                                                      : MU_SAY_import_reason_few,
                      count, header, why, lines, NULL);
    add(result, MU_STYLE_WARNING, text);
}

static void add_changes(struct import_result *result, enum mu_language language)
{
    char text[IMPORT_LINE_SIZE], count[MU_COUNT_SIZE];
    bool some = false;

    for (size_t i = 0; i < mu_resident_field_count; i++) {
        if (!result->report.changed[i])
            continue;
        if (!some)
            add_heading(result, MU_SAY_import_changes, language);
        some = true;
        mu_count_text(result->report.changed[i], count);
        mu_message_format(text, sizeof text, language, MU_SAY_import_change_line,
                          mu_message_text(mu_resident_fields[i].label, language), count, NULL);
        add(result, MU_STYLE_NORMAL, text);
    }
}

static void add_notes(struct import_result *result, bool twins, enum mu_language language)
{
    char text[IMPORT_LINE_SIZE], why[IMPORT_LINE_SIZE], number[24];

    bool some = false;

    for (size_t i = 0; i < result->note_count; i++) {
        const char *header = result->note[i].header;

        if (result->note[i].twin != twins)
            continue;
        if (!some)
            add_heading(result, twins ? MU_SAY_import_twin_notes : MU_SAY_import_notes, language);
        some = true;
        snprintf(number, sizeof number, "%lu", result->note[i].line);
        if (*header)
            mu_error_why(&result->note[i].reason, language, why, sizeof why);
        else
            mu_error_text(&result->note[i].reason, language, why, sizeof why);
        if (*header)
            mu_message_format(text, sizeof text, language, MU_SAY_import_reason_cell, number,
                              header, why, NULL);
        else
            mu_message_format(text, sizeof text, language, MU_SAY_import_reason_row, number, why,
                              NULL);
        add(result, MU_STYLE_NORMAL, text);
    }
}

void import_result_write(struct import_result *result, const struct mu_import_look *look, bool dry,
                         struct mu_date today, enum mu_language language)
{
    const struct mu_import_report *report = &result->report;

    result->count = 0;
    if (report->rejects_file) {
        char text[IMPORT_LINE_SIZE];

        mu_message_format(text, sizeof text, language, MU_SAY_import_rejects_file,
                          report->rejects_file, NULL);
        add(result, MU_STYLE_WARNING, text);
    }
    if (report->reason_count)
        add_heading(result, MU_SAY_import_reasons, language);
    for (size_t i = 0; i < report->reason_count; i++)
        add_reason(result, &report->reason[i], look, language);
    if (dry)
        add_heading(result, MU_SAY_import_first_rows, language);
    for (size_t i = 0; dry && i < result->row_count; i++)
        add_row(result, i, today, language);
    add_changes(result, language);
    if (report->unknown_count)
        add_heading(result, MU_SAY_import_unknown, language);
    for (size_t i = 0; i < report->unknown_count; i++)
        add(result, MU_STYLE_NORMAL, report->unknown_header[i]);
    add_notes(result, true, language);
    add_notes(result, false, language);
}

void import_result_clear(struct import_result *result)
{
    mu_import_report_clear(&result->report);
    memset(result, 0, sizeof *result);
}
