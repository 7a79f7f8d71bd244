#include <mulin/report/tally.h>

#include <mulin/base/text.h>
#include <mulin/domain/head.h>
#include <mulin/report/points.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { HEIGHTS = 8, BARS = 31 /* that a chart shows at most */ };

static const struct {
    const char *word;
    enum mu_message name;
} groups[MU_TALLY_GROUPS] = {
    [MU_TALLY_BY_PERSON] = {"person", MU_SAY_tally_by_person},
    [MU_TALLY_BY_TEAM] = {"team", MU_SAY_tally_by_team},
    [MU_TALLY_BY_DUTY] = {"duty", MU_SAY_tally_by_duty},
};

bool mu_tally_by_read(const char *word, enum mu_tally_by *out)
{
    for (int by = 0; by < MU_TALLY_GROUPS; by++)
        if (strcmp(groups[by].word, word) == 0) {
            *out = (enum mu_tally_by)by;
            return true;
        }
    return false;
}

enum mu_message mu_tally_by_name(enum mu_tally_by by)
{
    return groups[by].name;
}

void mu_trend_text(const int64_t trend[MU_TALLY_TREND], char out[MU_TREND_SIZE])
{
    static const char *const blocks[HEIGHTS] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    int64_t highest = 0;
    size_t used = 0;

    for (int i = 0; i < MU_TALLY_TREND; i++)
        if (trend[i] > highest)
            highest = trend[i];
    for (int i = 0; i < MU_TALLY_TREND; i++) {
        int64_t height = trend[i] > 0 ? (trend[i] * HEIGHTS - 1) / highest : -1;

        used += (size_t)snprintf(out + used, MU_TREND_SIZE - used, "%s",
                                 height < 0 ? " " : blocks[height]);
    }
}

void mu_stars_text(int stars, char *out)
{
    size_t used = 0;

    *out = '\0';
    for (int i = 0; i < stars && i < MU_RULES_STARS; i++)
        used += (size_t)snprintf(out + used, MU_STARS_SIZE - used, "★");
}

const char *mu_tally_label(enum mu_tally_by by, const struct mu_tally_row *row,
                           enum mu_language language)
{
    return by == MU_TALLY_BY_TEAM && !*row->name ? mu_message_text(MU_SAY_tally_no_team, language)
                                                 : row->name;
}

void mu_tally_months(const struct mu_tally *tally, enum mu_language language, char *out)
{
    char from[MU_MONTH_SIZE], to[MU_MONTH_SIZE];

    mu_month_format(mu_month_first(tally->from), from);
    mu_month_format(mu_month_first(tally->to), to);
    if (tally->from == tally->to)
        mu_text_copy(out, MU_TALLY_LINE_SIZE, from);
    else
        mu_message_format(out, MU_TALLY_LINE_SIZE, language, MU_SAY_tally_period, from, to, NULL);
}

static void sums_line(const struct mu_tally *tally, enum mu_language language, char *out)
{
    const struct mu_points_month *sum = &tally->sum;
    char people[24], services[24], served[MU_SERVED_SIZE], points[4][MU_POINTS_SIZE];
    size_t used;

    snprintf(people, sizeof people, "%" PRId64, sum->people);
    snprintf(services, sizeof services, "%" PRId64, sum->moved.services);
    mu_served_text(sum->moved.minutes, served);
    mu_points_format(sum->moved.earned, points[0]);
    mu_points_format(sum->moved.spent, points[1]);
    mu_points_format(sum->moved.expired, points[2]);
    mu_points_format(sum->balance, points[3]);
    used = mu_message_format(out, MU_TALLY_LINE_SIZE, language, MU_SAY_tally_sums, people, services,
                             *served ? served : "0:00", NULL);
    mu_message_format(out + used, MU_TALLY_LINE_SIZE - used, language, MU_SAY_tally_points,
                      points[0], points[1], points[2], points[3], NULL);
}

static void closed_line(const struct mu_tally *tally, enum mu_language language, char *out)
{
    const struct mu_points_month *sum = &tally->sum;
    char moment[MU_MOMENT_SIZE], closed[16], months[16];

    snprintf(closed, sizeof closed, "%d", tally->closed);
    snprintf(months, sizeof months, "%d", tally->months);
    mu_moment_format(sum->closed_at, moment);
    moment[10] = ' ';
    moment[16] = '\0';
    if (tally->from != tally->to)
        mu_message_format(out, MU_TALLY_LINE_SIZE, language, MU_SAY_tally_closed_of, closed, months,
                          NULL);
    else if (sum->entry_id)
        mu_message_format(out, MU_TALLY_LINE_SIZE, language, MU_SAY_tally_closed_by, moment,
                          sum->operator_name, sum->second_name, NULL);
    else
        mu_text_copy(
            out, MU_TALLY_LINE_SIZE,
            mu_message_text(tally->over ? MU_SAY_tally_open : MU_SAY_tally_running, language));
}

size_t mu_tally_lines(const struct mu_tally *tally, enum mu_language language,
                      char lines[MU_TALLY_LINES][MU_TALLY_LINE_SIZE])
{
    char head[MU_HEAD_SIZE];

    sums_line(tally, language, lines[0]);
    closed_line(tally, language, lines[1]);
    if (!tally->sum.entry_id)
        return MU_TALLY_LINES - 1;
    mu_head_print(MU_CHAIN_LEDGER, tally->sum.last_entry, tally->sum.head, head);
    mu_message_format(lines[2], MU_TALLY_LINE_SIZE, language, MU_SAY_tally_head, head, NULL);
    return MU_TALLY_LINES;
}

void mu_tally_candidate_text(const struct mu_tally *tally,
                             const struct mu_tally_candidate *candidate, enum mu_language language,
                             char *out, size_t size)
{
    struct mu_tally_row row;
    enum mu_message sentence = MU_SAY_candidate_points;
    char place[16], value[MU_SERVED_SIZE];
    size_t used;

    mu_tally_row(&tally->group[MU_TALLY_BY_PERSON], candidate->row, &row);
    snprintf(place, sizeof place, "%d", candidate->place);
    snprintf(value, sizeof value, "%" PRId64, candidate->value);
    if (!*candidate->award) {
        sentence = MU_SAY_candidate_star;
    } else if (candidate->by == MU_AWARD_BY_HOURS) {
        sentence = MU_SAY_candidate_hours;
        mu_served_text(candidate->value, value);
    } else if (candidate->by == MU_AWARD_BY_RATINGS) {
        sentence = MU_SAY_candidate_ratings;
    }
    used = mu_message_format(out, size, language, sentence, candidate->award, place, row.name,
                             value, NULL);
    if (candidate->given && used < size)
        mu_message_format(out + used, size - used, language, MU_SAY_candidate_given, NULL);
}

/* The table. */

enum { PERSON_COLUMNS = 9, GROUP_COLUMNS = 6 };

static enum mu_status person_row(struct mu_report *report, const struct mu_tally_row *row,
                                 struct mu_error *error)
{
    const struct mu_points_month_line *line = &row->person;
    char served[MU_SERVED_SIZE], trend[MU_TREND_SIZE], stars[MU_STARS_SIZE];

    mu_served_text(line->moved.minutes, served);
    mu_trend_text(row->trend, trend);
    mu_stars_text(line->stars, stars);
    return mu_report_row(
        report,
        (const struct mu_report_cell[PERSON_COLUMNS]){{.text = row->name},
                                                      {.number = line->moved.services},
                                                      {.text = served},
                                                      {.number = line->moved.earned.count},
                                                      {.number = line->moved.spent.count},
                                                      {.number = line->moved.expired.count},
                                                      {.number = line->balance.count},
                                                      {.text = stars},
                                                      {.text = trend}},
        error);
}

static enum mu_status group_row(struct mu_report *report, enum mu_tally_by by,
                                const struct mu_tally_row *row, enum mu_language language,
                                struct mu_error *error)
{
    const struct mu_points_sums *moved = &row->person.moved;
    char served[MU_SERVED_SIZE], trend[MU_TREND_SIZE];

    mu_served_text(moved->minutes, served);
    mu_trend_text(row->trend, trend);
    return mu_report_row(
        report,
        (const struct mu_report_cell[GROUP_COLUMNS]){{.text = mu_tally_label(by, row, language)},
                                                     {.number = row->people},
                                                     {.number = moved->services},
                                                     {.text = served},
                                                     {.number = moved->earned.count},
                                                     {.text = trend}},
        error);
}

static bool told(enum mu_tally_by by, const struct mu_tally_row *row)
{
    const struct mu_points_sums *moved = &row->person.moved;

    return by != MU_TALLY_BY_PERSON || moved->services || moved->minutes || moved->earned.count ||
           moved->spent.count || moved->expired.count || row->person.balance.count;
}

static enum mu_status write_rows(struct mu_report *report, const struct mu_tally *tally,
                                 enum mu_tally_by by, enum mu_language language,
                                 struct mu_error *error)
{
    const struct mu_tally_group *group = &tally->group[by];
    struct mu_report_chart chart = {.title = mu_message_text(MU_SAY_tally_earned, language),
                                    .values = 3};
    enum mu_status status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < group->count; i++) {
        struct mu_tally_row row;

        mu_tally_row(group, i, &row);
        if (!told(by, &row))
            continue;
        status = by == MU_TALLY_BY_PERSON ? person_row(report, &row, error)
                                          : group_row(report, by, &row, language, error);
        chart.row_count += chart.row_count < BARS;
    }
    chart.values = by == MU_TALLY_BY_PERSON ? 3 : 4;
    if (status == MU_OK && chart.row_count)
        status = mu_report_chart(report, &chart, error);
    return status;
}

enum mu_status mu_report_tally(const struct mu_report_target *target, const struct mu_tally *tally,
                               enum mu_tally_by by, enum mu_language language,
                               struct mu_error *error)
{
    char lines[MU_TALLY_LINES][MU_TALLY_LINE_SIZE], months[MU_TALLY_LINE_SIZE];
    char title[2 * MU_TALLY_LINE_SIZE];
    const char *line[MU_TALLY_LINES];
    const struct mu_report_column person[PERSON_COLUMNS] = {
        {mu_message_text(MU_SAY_field_name, language), MU_COLUMN_TEXT},
        {mu_message_text(MU_SAY_tally_services, language), MU_COLUMN_NUMBER},
        {mu_message_text(MU_SAY_tally_served, language), MU_COLUMN_TEXT},
        {mu_message_text(MU_SAY_tally_earned, language), MU_COLUMN_NUMBER},
        {mu_message_text(MU_SAY_tally_spent, language), MU_COLUMN_NUMBER},
        {mu_message_text(MU_SAY_tally_expired, language), MU_COLUMN_NUMBER},
        {mu_message_text(MU_SAY_tally_balance, language), MU_COLUMN_NUMBER},
        {mu_message_text(MU_SAY_tally_stars, language), MU_COLUMN_TEXT},
        {mu_message_text(MU_SAY_tally_trend, language), MU_COLUMN_TEXT}};
    const struct mu_report_column grouped[GROUP_COLUMNS] = {
        {mu_message_text(by == MU_TALLY_BY_TEAM ? MU_SAY_tally_team : MU_SAY_tally_duty, language),
         MU_COLUMN_TEXT},
        {mu_message_text(MU_SAY_tally_people, language), MU_COLUMN_NUMBER},
        {mu_message_text(MU_SAY_tally_services, language), MU_COLUMN_NUMBER},
        {mu_message_text(MU_SAY_tally_served, language), MU_COLUMN_TEXT},
        {mu_message_text(MU_SAY_tally_earned, language), MU_COLUMN_NUMBER},
        {mu_message_text(MU_SAY_tally_trend, language), MU_COLUMN_TEXT}};
    struct mu_report_table table = {
        .language = language, .title = title, .lines = line, .rows = tally->group[by].count};
    struct mu_report *report = NULL;
    enum mu_status status;

    mu_tally_months(tally, language, months);
    mu_message_format(title, sizeof title, language, MU_SAY_tally_table_title, months,
                      mu_message_text(mu_tally_by_name(by), language), NULL);
    table.line_count = mu_tally_lines(tally, language, lines);
    for (size_t i = 0; i < table.line_count; i++)
        line[i] = lines[i];
    table.columns = by == MU_TALLY_BY_PERSON ? person : grouped;
    table.column_count = by == MU_TALLY_BY_PERSON ? PERSON_COLUMNS : GROUP_COLUMNS;
    status = mu_report_begin(&report, target, &table, error);
    if (status == MU_OK)
        status = write_rows(report, tally, by, language, error);
    if (status == MU_OK)
        return mu_report_finish(&report, error);
    mu_report_drop(&report);
    return status;
}
