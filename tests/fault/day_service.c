/* What that day's volunteers earn. */
#include "fault/day.h"

#include "unit/home.h"

#include <mulin/desk/earning.h>

enum { CAME = 2 };

enum mu_status day_attend(const struct day *day, struct mu_desk *desk, bool *outputs,
                          struct mu_error *error)
{
    const struct mu_attendance_request request = {"平安巡逻", {.duty = "patrol", .minutes = 60}};
    const struct mu_attendee people[CAME] = {{.who = "9001"}, {.who = "8801"}};
    struct mu_service_answer answers[CAME];
    struct mu_attendance_result result = {.attendance_id = -1};
    enum mu_status status =
        mu_record_attendance(desk, &request, people, CAME, answers, &result, error);

    (void)day;
    *outputs = status == MU_OK ? result.recorded == CAME && result.points.count == 10 &&
                                     answers[1].service.attendance_id == result.attendance_id
                               : result.attendance_id == -1;
    return status;
}

enum mu_status day_serve_once(const struct day *day, struct mu_desk *desk, bool *outputs,
                              struct mu_error *error)
{
    const struct mu_service_request request = {
        .who = "8801", .duty = "kitchen", .starts_at = 9 * 60, .ends_at = 10 * 60};
    struct mu_service_answer answer;
    enum mu_status status = mu_record_service(desk, &request, &answer, error);

    (void)day;
    *outputs = status == MU_OK ? answer.service.points.count == 8 && answer.service.entry_id > 0
                               : answer.status == status && answer.service.id == 0;
    return status;
}

enum mu_status day_check_in(const struct day *day, struct mu_desk *desk, bool *outputs,
                            struct mu_error *error)
{
    const struct mu_service_request request = {.who = "9001", .duty = "serve"};
    struct mu_service_answer answer;
    enum mu_status status = mu_service_check_in(desk, &request, &answer, error);

    (void)day;
    *outputs = status == MU_OK ? answer.service.id > 0 && answer.service.entry_id == 0
                               : answer.status == status && answer.service.id == 0;
    return status;
}

static bool take_entry(void *context, const struct mu_service_line *line)
{
    *(int64_t *)context = line->service.entry_id;
    return false;
}

enum mu_status day_reverse(const struct day *day, struct mu_desk *desk, bool *outputs,
                           struct mu_error *error)
{
    const struct mu_service_filter filter = {.attendance_id = 1, .limit = 1};
    struct mu_earning earning = {.entry_id = -1};
    int64_t entry_id = 0;
    enum mu_status status = mu_list_services(desk, &filter, take_entry, &entry_id, error);

    (void)day;
    if (status == MU_OK)
        status = mu_reverse_points(desk, entry_id, "没有来", &earning, error);
    *outputs = status == MU_OK ? earning.points.count == -5 && earning.entry_id > entry_id
                               : earning.entry_id == -1;
    return status;
}

enum mu_status day_rate(const struct day *day, struct mu_desk *desk, bool *outputs,
                        struct mu_error *error)
{
    const struct mu_rating_request request = {.resident_id = DAY_YOUNG, .score = 5};
    struct mu_earning earning = {.entry_id = -1};
    enum mu_status status = mu_rate_volunteer(desk, &request, &earning, error);

    (void)day;
    *outputs = status == MU_OK ? earning.points.count == 4 : earning.entry_id == -1;
    return status;
}

enum mu_status day_bring_over(const struct day *day, struct mu_desk *desk, bool *outputs,
                              struct mu_error *error)
{
    char who[] = "8801";
    struct mu_people_row row = {.line = 2, .who = who, .minutes = 600};
    const struct mu_people people = {&row, 1};
    struct mu_service_answer answer;
    struct mu_attendance_result result = {.refused = 99};
    enum mu_status status;

    (void)day;
    row.points.count = 120;
    status = mu_open_balances(desk, &people, &answer, &result, error);
    *outputs = status == MU_OK ? result.recorded == 1 && answer.balance.count >= 120
                               : result.refused == 99;
    return status;
}
