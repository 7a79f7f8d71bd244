/* What that day brings to the mediation log. */
#include "fault/day.h"

#include <mulin/base/text.h>
#include <mulin/desk/case.h>
#include <mulin/desk/mediator.h>

enum { NEIGHBOURS = 2, ASKED_FOR = 1, NO = 2, WRITTEN = 1, KEPT = 1 }; /* data/codes */

static const struct mu_date today = {2026, 11, 22};

static enum mu_status add_all(struct mu_desk *desk, const struct mu_case_step *step, size_t steps,
                              bool *outputs, struct mu_error *error)
{
    struct mu_case_written written = {.case_id = -1};
    enum mu_status status = mu_add_case_steps(desk, 1, step, steps, 0, &written, NULL, NULL, error);

    *outputs = written.case_id == (status == MU_OK ? 1 : -1);
    return status;
}

enum mu_status day_name_mediator(const struct day *day, struct mu_desk *desk, bool *outputs,
                                 struct mu_error *error)
{
    struct mu_mediator mediator = {.name = "周玉兰", .team = "红烛格老"};
    enum mu_status status;

    (void)day;
    mu_text_copy(mediator.operator_name, sizeof mediator.operator_name, mu_desk_operator(desk));
    status = mu_save_mediator(desk, &mediator, NULL, error);
    *outputs = (mediator.id > 0) == (status == MU_OK);
    return status;
}

enum mu_status day_open_case(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error)
{
    char text[] = "吵了三次";
    const struct mu_case_step step[] = {
        {.kind = MU_STEP_INTAKE,
         .date = today,
         .text = text,
         .record.intake = {.subject = "楼上漏水",
                           .dispute = NEIGHBOURS,
                           .level = NEIGHBOURS,
                           .source = ASKED_FOR,
                           .danger = NO,
                           .place = "3栋201"}},
        {.kind = MU_STEP_PARTY,
         .date = today,
         .record.party = {.side = 1, .name = "王秀英", .phone = "13800001111"}},
        {.kind = MU_STEP_PARTY,
         .date = today,
         .resident_id = DAY_OLD,
         .record.party = {.side = 2, .name = "张金凤"}},
    };
    const struct mu_case_opening opening = {step, 3};
    struct mu_case_written written = {.case_id = -1};
    enum mu_status status = mu_open_case(desk, &opening, &written, NULL, NULL, error);

    (void)day;
    *outputs = status == MU_OK ? written.case_id == 1 && written.steps == 4 : written.case_id == -1;
    return status;
}

enum mu_status day_agree(const struct day *day, struct mu_desk *desk, bool *outputs,
                         struct mu_error *error)
{
    char text[] = "修好水管";
    const struct mu_case_step step[] = {
        {.kind = MU_STEP_INFORMED, .date = today, .record.notice.how = "当面念过"},
        {.kind = MU_STEP_AGREED,
         .date = today,
         .text = text,
         .record.agreement = {.form = WRITTEN, .signed_by = "双方"}},
        {.kind = MU_STEP_PROMISE,
         .date = today,
         .record.promise = {"张金凤", "赔偿", "800", {2026, 11, 25}}},
    };

    (void)day;
    return add_all(desk, step, 3, outputs, error);
}

enum mu_status day_close_case(const struct day *day, struct mu_desk *desk, bool *outputs,
                              struct mu_error *error)
{
    char text[] = "修好了";
    const struct mu_case_step step[] = {
        {.kind = MU_STEP_VISITED, .date = today, .text = text, .record.visit.kept = KEPT},
        {.kind = MU_STEP_CLOSED, .date = today},
    };

    (void)day;
    return add_all(desk, step, 2, outputs, error);
}

enum mu_status day_name_reader(const struct day *day, struct mu_desk *desk, bool *outputs,
                               struct mu_error *error)
{
    (void)day;
    *outputs = true;
    return mu_name_case_reader(desk, 0, mu_desk_operator(desk), "检查", error);
}

enum mu_status day_read_case(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error)
{
    struct mu_case mediated = {.steps = 0};
    enum mu_status status = mu_read_case(desk, 1, &mediated, NULL, error);

    (void)day;
    *outputs = mediated.steps == (status == MU_OK ? 9 : 0);
    mu_case_clear(&mediated);
    return status;
}

static bool count_hit(void *context, const struct mu_case_line *line, const char *excerpt)
{
    *(size_t *)context += *line->label && *excerpt;
    return true;
}

enum mu_status day_search_cases(const struct day *day, struct mu_desk *desk, bool *outputs,
                                struct mu_error *error)
{
    size_t hits = 0;
    enum mu_status status = mu_search_cases(desk, "水管", 5, count_hit, &hits, error);

    (void)day;
    *outputs = status != MU_OK || hits == 1;
    return status;
}

static bool count_line(void *context, const struct mu_case_line *line)
{
    *(size_t *)context += *line->label != '\0';
    return true;
}

enum mu_status day_list_cases(const struct day *day, struct mu_desk *desk, bool *outputs,
                              struct mu_error *error)
{
    const struct mu_case_filter filter = {.mine = true};
    size_t lines = 0, none = 0;
    enum mu_status status = mu_list_cases(desk, &filter, 0, 5, count_line, &lines, error);

    (void)day;
    if (status == MU_OK)
        status = mu_list_related_cases(desk, 1, count_line, &none, error);
    *outputs = status != MU_OK || (lines == 1 && none == 0);
    return status;
}
