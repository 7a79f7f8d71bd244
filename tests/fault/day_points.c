/* The points bank on that day: a service of last month, doubted, accepted, and the month closed. */
#include "fault/day.h"

#include <mulin/desk/points_month.h>
#include <mulin/desk/service.h>

#include <string.h>

static bool untouched(const void *output, size_t size)
{
    const unsigned char *bytes = output;

    for (size_t i = 0; i < size; i++)
        if (bytes[i] != 0x5a)
            return false;
    return true;
}

static struct mu_date last_month(struct mu_desk *desk)
{
    struct mu_date today = mu_desk_now(desk).date;

    return mu_date_add_days((struct mu_date){today.year, today.month, 1}, -1);
}

enum mu_status day_serve(const struct day *day, struct mu_desk *desk, bool *outputs,
                         struct mu_error *error)
{
    const struct mu_service_request request = {.resident_id = DAY_YOUNG,
                                               .duty = "patrol",
                                               .date = last_month(desk),
                                               .starts_at = 1200,
                                               .ends_at = 1260,
                                               .place = "三号楼"};
    struct mu_service_answer answer;
    enum mu_status status = mu_record_service(desk, &request, &answer, error);

    (void)day;
    *outputs = (answer.service.id > 0) == (status == MU_OK);
    return status;
}

enum mu_status day_accept(const struct day *day, struct mu_desk *desk, bool *outputs,
                          struct mu_error *error)
{
    int month = mu_month_number(last_month(desk));
    struct mu_tally_doubts doubts;
    enum mu_status status;

    (void)day;
    memset(&doubts, 0x5a, sizeof doubts);
    status = mu_points_doubts(desk, month, NULL, NULL, &doubts, error);
    if (status != MU_OK) {
        *outputs = untouched(&doubts, sizeof doubts);
        return status;
    }
    *outputs = doubts.count == 1;
    status = mu_accept_doubt(desk, month, doubts.doubt, "队长不在", error);
    mu_tally_doubts_clear(&doubts);
    return status;
}

enum mu_status day_close_month(const struct day *day, struct mu_desk *desk, bool *outputs,
                               struct mu_error *error)
{
    const struct mu_points_closing_request request = {.month = mu_month_number(last_month(desk)),
                                                      .second_name = "厨师老周"};
    struct mu_points_month closed;
    enum mu_status status;

    (void)day;
    memset(&closed, 0x5a, sizeof closed);
    status = mu_close_points_month(desk, &request, &closed, error);
    *outputs = status == MU_OK ? closed.entry_id > 0 && closed.moved.services == 1
                               : untouched(&closed, sizeof closed);
    return status;
}
