/* What that day brings to paper about points: behind the closing of last month. */
#include "fault/day.h"

#include "unit/home.h"

#include <mulin/desk/certificate.h>
#include <mulin/desk/points_statement.h>
#include <mulin/desk/points_wall.h>

enum { LAST_MONTH = 202610 };

enum mu_status day_certify(const struct day *day, struct mu_desk *desk, bool *outputs,
                           struct mu_error *error)
{
    const struct mu_date from = {2026, 1, 1}, to = {2026, 11, 22};
    struct mu_certificate_paper paper = {.count = 99};
    enum mu_status status = mu_issue_certificate(desk, DAY_YOUNG, from, to, &paper, error);

    (void)day;
    if (status != MU_OK) {
        *outputs = paper.count == 99 && !paper.duty;
        return status;
    }
    *outputs = paper.certificate.id == 1 && strcmp(paper.certificate.number, "2026-0001") == 0;
    mu_certificate_paper_clear(&paper);
    return status;
}

enum mu_status day_post_wall(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error)
{
    struct mu_points_wall *wall = NULL;
    enum mu_status status = mu_read_points_wall(desk, LAST_MONTH, NULL, NULL, &wall, error);

    (void)day;
    *outputs = status == MU_OK ? wall->count == 1 && wall->sum.entry_id != 0 : !wall;
    if (status == MU_OK)
        status = mu_post_points_wall(desk, wall, "wall.html", error);
    mu_points_wall_free(&wall);
    return status;
}

enum mu_status day_statement(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error)
{
    struct mu_points_statement *statement = NULL;
    enum mu_status status = mu_read_points_statement(desk, DAY_YOUNG, 0, 0, &statement, error);

    (void)day;
    *outputs = status == MU_OK ? statement->services == 1 : !statement;
    mu_points_statement_free(&statement);
    return status;
}
