#include <mulin/report/points_replay.h>

#include <stdio.h>
#include <string.h>

enum { TITLE_SIZE = 128, COLUMNS = 7, COUNT_SIZE = 16 };

bool mu_points_replay_by_read(const char *word, enum mu_points_replay_by *out)
{
    static const char *const words[] = {"volunteer", "duty", "team"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], word) == 0) {
            *out = (enum mu_points_replay_by)i;
            return true;
        }
    return false;
}

enum mu_message mu_points_replay_title(enum mu_points_replay_by by)
{
    static const enum mu_message titles[] = {MU_SAY_points_replay_title,
                                             MU_SAY_points_replay_title_duty,
                                             MU_SAY_points_replay_title_team};

    return titles[by];
}

static void add_line(char lines[][MU_POINTS_REPLAY_LINE_SIZE], size_t *count,
                     enum mu_language language, enum mu_message message, const char *const words[4])
{
    mu_message_fill(lines[(*count)++], MU_POINTS_REPLAY_LINE_SIZE, language, message, words, 4);
}

size_t mu_points_replay_lines(const struct mu_points_replay_report *report,
                              enum mu_language language,
                              char lines[MU_POINTS_REPLAY_LINES][MU_POINTS_REPLAY_LINE_SIZE])
{
    const struct mu_points_replay_sums *sums = &report->sums;
    char from[MU_DATE_SIZE], to[MU_DATE_SIZE], services[COUNT_SIZE], changed[COUNT_SIZE];
    char was[MU_POINTS_SIZE], would[MU_POINTS_SIZE], difference[MU_POINTS_SIZE];
    size_t count = 0;

    mu_date_format(report->from, from);
    mu_date_format(report->to, to);
    snprintf(services, sizeof services, "%d", sums->services);
    snprintf(changed, sizeof changed, "%d", sums->changed);
    add_line(lines, &count, language, MU_SAY_points_replay_line_services,
             (const char *const[]){from, to, services, changed});
    mu_points_format(sums->was, was);
    mu_points_format(sums->would, would);
    mu_points_format(mu_points_replay_difference(sums), difference);
    add_line(lines, &count, language, MU_SAY_points_replay_line_sums,
             (const char *const[]){was, would, difference, NULL});
    mu_points_format(report->cut, was);
    if (report->cut.count)
        add_line(lines, &count, language, MU_SAY_points_replay_line_cut,
                 (const char *const[]){was, NULL, NULL, NULL});
    snprintf(services, sizeof services, "%d", report->unknown_duty);
    if (report->unknown_duty)
        add_line(lines, &count, language, MU_SAY_points_replay_line_unknown,
                 (const char *const[]){services, NULL, NULL, NULL});
    add_line(lines, &count, language, MU_SAY_points_replay_line_how,
             (const char *const[]){NULL, NULL, NULL, NULL});
    return count;
}

size_t mu_points_replay_rows(const struct mu_points_replay_report *report,
                             enum mu_points_replay_by by)
{
    return by == MU_POINTS_REPLAY_BY_PERSON ? report->people
           : by == MU_POINTS_REPLAY_BY_DUTY ? report->duties
                                            : report->teams;
}

const char *mu_points_replay_row(const struct mu_points_replay_report *report,
                                 enum mu_points_replay_by by, size_t row, enum mu_language language,
                                 const struct mu_points_replay_sums **sums)
{
    const struct mu_points_replay_group *group;

    if (by == MU_POINTS_REPLAY_BY_PERSON) {
        *sums = &report->person[row].sums;
        return report->person[row].name;
    }
    group = by == MU_POINTS_REPLAY_BY_DUTY ? &report->duty[row] : &report->team[row];
    *sums = &group->sums;
    return *group->name ? group->name : mu_message_text(MU_SAY_points_replay_no_team, language);
}

static size_t choose_columns(struct mu_report_column column[COLUMNS], enum mu_points_replay_by by,
                             enum mu_language language)
{
    static const enum mu_message names[] = {MU_SAY_replay_name, MU_SAY_points_replay_duty,
                                            MU_SAY_points_replay_team};
    static const enum mu_message numbers[] = {MU_SAY_points_replay_services,
                                              MU_SAY_points_replay_changed, MU_SAY_replay_was,
                                              MU_SAY_replay_would, MU_SAY_replay_difference};
    size_t count = 0;

    if (by == MU_POINTS_REPLAY_BY_PERSON)
        column[count++] = (struct mu_report_column){mu_message_text(MU_SAY_replay_number, language),
                                                    MU_COLUMN_NUMBER};
    column[count++] =
        (struct mu_report_column){mu_message_text(names[by], language), MU_COLUMN_TEXT};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        column[count++] =
            (struct mu_report_column){mu_message_text(numbers[i], language), MU_COLUMN_NUMBER};
    return count;
}

/* Behind the number of the file, which only people have. */
static void fill(struct mu_report_cell *cells, const char *name,
                 const struct mu_points_replay_sums *sums)
{
    cells[0].text = name;
    cells[1].number = sums->services;
    cells[2].number = sums->changed;
    cells[3].number = sums->was.count;
    cells[4].number = sums->would.count;
    cells[5].number = mu_points_replay_difference(sums).count;
}

static enum mu_status write_rows(struct mu_report *out,
                                 const struct mu_points_replay_report *report,
                                 enum mu_points_replay_by by, enum mu_language language,
                                 struct mu_error *error)
{
    size_t numbered = by == MU_POINTS_REPLAY_BY_PERSON, rows = mu_points_replay_rows(report, by);
    struct mu_report_cell all[COLUMNS] = {{.text = ""}};
    enum mu_status status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < rows; i++) {
        const struct mu_points_replay_sums *sums;
        const char *name = mu_points_replay_row(report, by, i, language, &sums);
        struct mu_report_cell cells[COLUMNS] = {{0}};

        if (numbered)
            cells[0].number = report->person[i].resident_id;
        fill(cells + numbered, name, sums);
        status = mu_report_row(out, cells, error);
    }
    fill(all + numbered, mu_message_text(MU_SAY_report_total, language), &report->sums);
    return status == MU_OK ? mu_report_total(out, all, error) : status;
}

enum mu_status mu_report_points_replay(const struct mu_report_target *target,
                                       const struct mu_points_replay_report *report,
                                       enum mu_points_replay_by by, enum mu_language language,
                                       struct mu_error *error)
{
    char lines[MU_POINTS_REPLAY_LINES][MU_POINTS_REPLAY_LINE_SIZE];
    char title[TITLE_SIZE], month[MU_MONTH_SIZE];
    const char *line[MU_POINTS_REPLAY_LINES];
    struct mu_report_column column[COLUMNS];
    struct mu_report_table table = {
        .language = language, .title = title, .lines = line, .columns = column};
    struct mu_report_chart chart = {title, 0, 3, 0, mu_points_replay_rows(report, by)};
    struct mu_report *out;
    enum mu_status status;

    mu_month_format(report->from, month);
    mu_message_format(title, sizeof title, language, mu_points_replay_title(by), month, NULL);
    table.line_count = mu_points_replay_lines(report, language, lines);
    for (size_t i = 0; i < table.line_count; i++)
        line[i] = lines[i];
    table.column_count = choose_columns(column, by, language);
    status = mu_report_begin(&out, target, &table, error);
    if (status != MU_OK)
        return status;
    status = write_rows(out, report, by, language, error);
    if (status == MU_OK && by != MU_POINTS_REPLAY_BY_PERSON)
        status = mu_report_chart(out, &chart, error);
    if (status == MU_OK)
        return mu_report_finish(&out, error);
    mu_report_drop(&out);
    return status;
}
