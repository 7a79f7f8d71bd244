#include "report/points_told.h"

#include <inttypes.h>
#include <stdio.h>

enum { TITLE_SIZE = 128, NUMBER_SIZE = 24, BARS = 31 /* that a chart shows at most */ };

static void number_text(int64_t number, char out[NUMBER_SIZE])
{
    snprintf(out, NUMBER_SIZE, "%" PRId64, number);
}

static void state_line(const struct mu_points_month *sum, enum mu_language language, char *out)
{
    char day[MU_DATE_SIZE];

    mu_date_format(sum->closed_at.date, day);
    if (sum->entry_id)
        mu_message_format(out, MU_POINTS_TOLD_SIZE, language, MU_SAY_wall_line_closed, day,
                          sum->operator_name, sum->second_name, NULL);
    else
        mu_message_format(out, MU_POINTS_TOLD_SIZE, language, MU_SAY_wall_line_open, NULL);
}

size_t mu_points_wall_lines(const struct mu_points_wall *wall, enum mu_language language,
                            char lines[MU_WALL_LINES][MU_POINTS_TOLD_SIZE])
{
    const struct mu_points_month *sum = &wall->sum;
    char people[NUMBER_SIZE], services[NUMBER_SIZE], served[MU_SERVED_SIZE], day[MU_DATE_SIZE];
    char points[4][MU_POINTS_SIZE];

    number_text(sum->people, people);
    number_text(sum->moved.services, services);
    mu_served_text(sum->moved.minutes, served);
    mu_date_format(wall->on, day);
    mu_points_format(sum->moved.earned, points[0]);
    mu_points_format(sum->moved.spent, points[1]);
    mu_points_format(sum->moved.expired, points[2]);
    mu_points_format(sum->balance, points[3]);
    mu_message_format(lines[0], MU_POINTS_TOLD_SIZE, language, MU_SAY_wall_line_sums, people,
                      points[0], points[1], points[2], NULL);
    mu_message_format(lines[1], MU_POINTS_TOLD_SIZE, language, MU_SAY_wall_line_balance, services,
                      *served ? served : "0:00", points[3], day, NULL);
    state_line(sum, language, lines[2]);
    mu_message_format(lines[3], MU_POINTS_TOLD_SIZE, language, MU_SAY_wall_line_check, NULL);
    return MU_WALL_LINES;
}

enum { NUMBER, NAME, EARNED, SPENT, EXPIRED, BALANCE, SERVICES, SERVED, STARS, COLUMNS };

static const struct points_part parts[COLUMNS] = {
    [NUMBER] = {MU_SAY_wall_number, MU_COLUMN_NUMBER},
    [NAME] = {MU_SAY_field_name, MU_COLUMN_TEXT},
    [EARNED] = {MU_SAY_wall_earned, MU_COLUMN_NUMBER},
    [SPENT] = {MU_SAY_wall_spent, MU_COLUMN_NUMBER},
    [EXPIRED] = {MU_SAY_wall_expired, MU_COLUMN_NUMBER},
    [BALANCE] = {MU_SAY_statement_balance, MU_COLUMN_NUMBER},
    [SERVICES] = {MU_SAY_wall_services, MU_COLUMN_NUMBER},
    [SERVED] = {MU_SAY_wall_served, MU_COLUMN_TEXT},
    [STARS] = {MU_SAY_wall_stars, MU_COLUMN_NUMBER},
};

static void fill(struct mu_report_cell *cells, const struct mu_points_sums *moved,
                 struct mu_points balance, char served[MU_SERVED_SIZE])
{
    mu_served_text(moved->minutes, served);
    cells[EARNED].number = moved->earned.count;
    cells[SPENT].number = moved->spent.count;
    cells[EXPIRED].number = moved->expired.count;
    cells[BALANCE].number = balance.count;
    cells[SERVICES].number = moved->services;
    cells[SERVED].text = served;
}

static enum mu_status write_rows(struct mu_report *out, const void *told, enum mu_language language,
                                 struct mu_error *error)
{
    const struct mu_points_wall *wall = told;
    const struct mu_report_chart bars = {mu_message_text(MU_SAY_wall_earned, language), NAME,
                                         EARNED, 0, wall->count < BARS ? wall->count : BARS};
    struct mu_report_cell total[COLUMNS] = {[NUMBER] = {.text = ""}, [STARS] = {.text = ""}};
    char served[MU_SERVED_SIZE];
    enum mu_status status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < wall->count; i++) {
        struct mu_wall_row row;
        struct mu_report_cell cells[COLUMNS] = {
            [NUMBER] = {.number = (int64_t)i + 1}, [NAME] = {.text = row.name}};

        mu_wall_row(wall, i, &row);
        cells[STARS].number = row.stars;
        fill(cells, &row.moved, row.balance, served);
        status = mu_report_row(out, cells, error);
    }
    if (status != MU_OK || !wall->count)
        return status;
    total[NAME].text = mu_message_text(MU_SAY_report_total, language);
    fill(total, &wall->sum.moved, wall->sum.balance, served);
    status = mu_report_total(out, total, error);
    return status == MU_OK ? mu_report_chart(out, &bars, error) : status;
}

enum mu_status mu_report_points_wall(const struct mu_report_target *target,
                                     const struct mu_points_wall *wall, enum mu_language language,
                                     struct mu_error *error)
{
    char lines[MU_WALL_LINES][MU_POINTS_TOLD_SIZE], title[TITLE_SIZE], month[MU_MONTH_SIZE];
    const struct points_paper paper = {.title = title,
                                       .lines = (const char(*)[MU_POINTS_TOLD_SIZE])lines,
                                       .line_count = mu_points_wall_lines(wall, language, lines),
                                       .part = parts,
                                       .parts = COLUMNS,
                                       .entries = wall->entries,
                                       .head = wall->head,
                                       .told = wall,
                                       .count = wall->count,
                                       .rows = write_rows};

    mu_month_format(mu_month_first(wall->sum.month), month);
    mu_message_format(title, sizeof title, language, MU_SAY_wall_table_title, month, NULL);
    return points_paper_write(target, &paper, language, error);
}
