#include "report/points_told.h"

#include <inttypes.h>
#include <stdio.h>

enum { HOUR = 60, NUMBER_SIZE = 24 };

static void number_text(int64_t number, char out[NUMBER_SIZE])
{
    snprintf(out, NUMBER_SIZE, "%" PRId64, number);
}

/* 12 小时 30 分, as a certificate says it. */
static void hours_text(int64_t minutes, enum mu_language language, char *out, size_t size)
{
    char hours[NUMBER_SIZE], rest[NUMBER_SIZE];

    number_text(minutes / HOUR, hours);
    number_text(minutes % HOUR, rest);
    if (minutes % HOUR)
        mu_message_format(out, size, language, MU_SAY_certificate_hours_minutes, hours, rest, NULL);
    else
        mu_message_format(out, size, language, MU_SAY_certificate_hours, hours, NULL);
}

size_t mu_certificate_lines(const struct mu_certificate_paper *paper, enum mu_language language,
                            char lines[MU_CERTIFICATE_LINES][MU_POINTS_TOLD_SIZE])
{
    const struct mu_certificate *certificate = &paper->certificate;
    char from[MU_DATE_SIZE], to[MU_DATE_SIZE], day[MU_DATE_SIZE], count[NUMBER_SIZE], hours[96];

    mu_date_format(certificate->from, from);
    mu_date_format(certificate->to, to);
    mu_date_format(certificate->issued_at.date, day);
    number_text(certificate->services, count);
    hours_text(certificate->minutes, language, hours, sizeof hours);
    if (certificate->id)
        mu_message_format(lines[0], MU_POINTS_TOLD_SIZE, language, MU_SAY_certificate_line_number,
                          certificate->number, day, NULL);
    else
        mu_message_format(lines[0], MU_POINTS_TOLD_SIZE, language, MU_SAY_certificate_line_draft,
                          NULL);
    mu_message_format(lines[1], MU_POINTS_TOLD_SIZE, language,
                      *paper->id_number ? MU_SAY_certificate_line_who
                                        : MU_SAY_certificate_line_name,
                      certificate->name, paper->id_number, NULL);
    mu_message_format(lines[2], MU_POINTS_TOLD_SIZE, language, MU_SAY_certificate_line_did, from,
                      to, count, hours, NULL);
    mu_message_format(lines[3], MU_POINTS_TOLD_SIZE, language, MU_SAY_certificate_line_by,
                      paper->centre, certificate->operator_name, NULL);
    return MU_CERTIFICATE_LINES;
}

enum { DUTY, TEAM, SERVICES, SERVED, FIRST, LAST, COLUMNS };

static const struct points_part parts[COLUMNS] = {
    [DUTY] = {MU_SAY_certificate_duty, MU_COLUMN_TEXT},
    [TEAM] = {MU_SAY_certificate_team, MU_COLUMN_TEXT},
    [SERVICES] = {MU_SAY_wall_services, MU_COLUMN_NUMBER},
    [SERVED] = {MU_SAY_wall_served, MU_COLUMN_TEXT},
    [FIRST] = {MU_SAY_certificate_first, MU_COLUMN_TEXT},
    [LAST] = {MU_SAY_certificate_last, MU_COLUMN_TEXT},
};

static enum mu_status write_rows(struct mu_report *out, const void *told, enum mu_language language,
                                 struct mu_error *error)
{
    const struct mu_certificate_paper *paper = told;
    char served[MU_SERVED_SIZE], first[MU_DATE_SIZE], last[MU_DATE_SIZE];
    const struct mu_report_cell total[COLUMNS] = {
        [DUTY] = {.text = mu_message_text(MU_SAY_report_total, language)},
        [TEAM] = {.text = ""},
        [SERVICES] = {.number = paper->certificate.services},
        [SERVED] = {.text = served},
        [FIRST] = {.text = ""},
        [LAST] = {.text = ""}};
    enum mu_status status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < paper->count; i++) {
        const struct mu_certificate_duty *duty = &paper->duty[i];
        const struct mu_report_cell cells[COLUMNS] = {[DUTY] = {.text = duty->name},
                                                      [TEAM] = {.text = duty->team},
                                                      [SERVICES] = {.number = duty->services},
                                                      [SERVED] = {.text = served},
                                                      [FIRST] = {.text = first},
                                                      [LAST] = {.text = last}};

        mu_served_text(duty->minutes, served);
        mu_date_format(duty->first, first);
        mu_date_format(duty->last, last);
        status = mu_report_row(out, cells, error);
    }
    mu_served_text(paper->certificate.minutes, served);
    return status == MU_OK ? mu_report_total(out, total, error) : status;
}

enum mu_status mu_report_certificate(const struct mu_report_target *target,
                                     const struct mu_certificate_paper *certificate,
                                     enum mu_language language, struct mu_error *error)
{
    char lines[MU_CERTIFICATE_LINES][MU_POINTS_TOLD_SIZE];
    const struct points_paper paper = {
        .title = mu_message_text(MU_SAY_certificate_table_title, language),
        .lines = (const char(*)[MU_POINTS_TOLD_SIZE])lines,
        .line_count = mu_certificate_lines(certificate, language, lines),
        .part = parts,
        .parts = COLUMNS,
        .entries = certificate->certificate.last_entry,
        .head = certificate->certificate.head,
        .told = certificate,
        .rows = write_rows};

    return points_paper_write(target, &paper, language, error);
}
