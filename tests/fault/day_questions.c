#include "fault/day.h"

#include "unit/home.h"

#include <mulin/desk/act.h>
#include <mulin/desk/audit.h>
#include <mulin/desk/operators.h>
#include <mulin/desk/roster.h>

/* What they are asked after a whole day; an answer that is said to be whole must be. */

static bool count_resident(void *context, const struct mu_resident *resident)
{
    *(int *)context += *resident->name != '\0';
    return true;
}

static enum mu_status find(const struct day *day, struct mu_desk *desk, bool *outputs,
                           struct mu_error *error)
{
    int count = 0;
    enum mu_status status = mu_find_residents(desk, "z", 50, count_resident, &count, error);

    (void)day;
    *outputs = status != MU_OK || count == 2; /* 张金凤 and 赵小梅 */
    return status;
}

static bool count_finding(void *context, const struct mu_finding *finding)
{
    *(int *)context += finding->why_count > 0;
    return true;
}

static enum mu_status find_everything(const struct day *day, struct mu_desk *desk, bool *outputs,
                                      struct mu_error *error)
{
    static const char *const queries[] = {"z", "zhang 独居 3", "3-201", "户1", "低保 60+"};
    enum mu_status status = MU_OK;
    int counts[sizeof queries / sizeof *queries] = {0};
    bool cut;

    (void)day;
    for (size_t i = 0; i < sizeof queries / sizeof *queries && status == MU_OK; i++) {
        const struct mu_find_request request = {queries[i], 50, true};

        status = mu_find(desk, &request, count_finding, &counts[i], &cut, error);
    }
    *outputs = status != MU_OK || counts[0] == 2;
    return status;
}

static enum mu_status recent(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error)
{
    int count = 0;
    enum mu_status status = mu_recent_files(desk, count_resident, &count, error);

    (void)day;
    *outputs = status != MU_OK || count == 1;
    return status;
}

static enum mu_status page(const struct day *day, struct mu_desk *desk, bool *outputs,
                           struct mu_error *error)
{
    int count = 0;
    enum mu_status status = mu_list_residents(desk, 0, 50, count_resident, &count, error);

    (void)day;
    *outputs = status != MU_OK || count == 7;
    return status;
}

static enum mu_status household(const struct day *day, struct mu_desk *desk, bool *outputs,
                                struct mu_error *error)
{
    struct mu_resident resident;
    int count = 0;
    enum mu_status status = mu_read_resident(desk, 1, &resident, error);

    (void)day;
    if (status == MU_OK)
        status = mu_list_household(desk, resident.household_id, count_resident, &count, error);
    *outputs = status != MU_OK || count == 1;
    return status;
}

static enum mu_status today(const struct day *day, struct mu_desk *desk, bool *outputs,
                            struct mu_error *error)
{
    struct mu_figures figures;
    enum mu_status status = mu_today(desk, &figures, error);

    (void)day;
    *outputs = status != MU_OK ||
               (figures.living == 6 && figures.files == 7 && figures.entries == 18 &&
                figures.meals.meals == 4 && figures.meals.voided == 1 && figures.quota_left == 39);
    return status;
}

static enum mu_status totals(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error)
{
    struct mu_day_totals totals;
    enum mu_status status = mu_day_totals(desk, mu_desk_now(desk).date, "lunch", &totals, error);

    (void)day;
    *outputs = status != MU_OK || (totals.meals == 2 && totals.paid[MU_PAY_CARD].fen == 1500);
    return status;
}

static enum mu_status last_meals(const struct day *day, struct mu_desk *desk, bool *outputs,
                                 struct mu_error *error)
{
    struct mu_meal meals[10];
    size_t count = 0;
    enum mu_status status = mu_last_meals(desk, mu_desk_now(desk).date, 10, meals, &count, error);

    (void)day;
    *outputs = status != MU_OK || (count == 5 && meals[4].void_entry_id > 0);
    return status;
}

static enum mu_status explain(const struct day *day, struct mu_desk *desk, bool *outputs,
                              struct mu_error *error)
{
    const struct mu_meal_request request = {.who = "9003"};
    char *text = NULL;
    enum mu_status status = mu_explain_meal(desk, &request, MU_CHINESE, &text, error);

    (void)day;
    *outputs = status == MU_OK ? strstr(text, "80") != NULL : !text;
    free(text);
    return status;
}

static bool count_act(void *context, const struct mu_act_view *view)
{
    *(int *)context += view->count > 0;
    return true;
}

static enum mu_status history(const struct day *day, struct mu_desk *desk, bool *outputs,
                              struct mu_error *error)
{
    int count = 0;
    enum mu_status status = mu_list_history(desk, 2, 0, 50, MU_ENGLISH, count_act, &count, error);

    (void)day;
    *outputs = status != MU_OK || count == 8; /* made, moved, moved back, with others, alone;
                                               * joined, awarded, left */
    return status;
}

static enum mu_status next_undo(const struct day *day, struct mu_desk *desk, bool *outputs,
                                struct mu_error *error)
{
    struct mu_undone undone = {0};
    enum mu_status status = mu_undo_next(desk, 0, &undone, error);

    (void)day;
    *outputs = status == MU_OK ? undone.act_id == 26 : undone.act_id == 0; /* the order for today */
    return status;
}

static bool count_audit(void *context, const struct mu_audit_record *record)
{
    *(int *)context += *record->action != '\0';
    return true;
}

static enum mu_status trail(const struct day *day, struct mu_desk *desk, bool *outputs,
                            struct mu_error *error)
{
    const struct mu_audit_filter filter = {.resident_id = 1};
    int count = 0;
    enum mu_status status = mu_list_audit(desk, &filter, 50, count_audit, &count, error);

    (void)day;
    /* Added, a meal voided, a tag set and ended, an order, an absence, the order cancelled, looked
     * at, a service recorded, another one reversed. */
    *outputs = status != MU_OK || count == 10;
    return status;
}

static enum mu_status draft(const struct day *day, struct mu_desk *desk, bool *outputs,
                            struct mu_error *error)
{
    char *body = NULL;
    enum mu_status status = mu_desk_draft(desk, "resident", &body, error);

    (void)day;
    *outputs = status == MU_OK ? body && strstr(body, "周") : !body;
    free(body);
    return status;
}

static bool count_operator(void *context, const struct mu_operator *operator)
{
    *(int *)context += *operator->name != '\0';
    return true;
}

static enum mu_status operators(const struct day *day, struct mu_desk *desk, bool *outputs,
                                struct mu_error *error)
{
    int count = 0;
    enum mu_status status = mu_list_operators(desk, count_operator, &count, error);

    (void)day;
    *outputs = status != MU_OK || count == 2;
    return status;
}

static enum mu_status verify(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error)
{
    struct mu_verify_report report = {0};
    enum mu_status status = mu_verify(desk, NULL, NULL, &report, error);

    (void)day;
    *outputs = report.entries == (status == MU_OK ? 18 : 0);
    return status;
}

static bool count_person(void *context, const struct mu_resident *person)
{
    *(size_t *)context += *person->name != '\0';
    return true;
}

static enum mu_status list(const struct day *day, struct mu_desk *desk, bool *outputs,
                           struct mu_error *error)
{
    struct mu_roster_request request;
    struct mu_roster *roster = NULL;
    size_t people = 0, count = 0;
    enum mu_status status;

    (void)day;
    mu_roster_request_init(&request);
    request.sort = MU_ROSTER_NAME;
    status = mu_roster_open(desk, &request, 10, &roster, error);
    while (status == MU_OK && !mu_roster_whole(roster))
        status = mu_roster_go_on(roster, 10, error);
    if (status == MU_OK) {
        count = mu_roster_count(roster);
        status = mu_roster_read(roster, 0, count, count_person, &people, error);
    }
    *outputs = status != MU_OK || (people == count && people > 3);
    mu_roster_free(&roster);
    return status;
}

const struct day_step day_questions[] = {
    {"finding residents", find, true},
    {"finding everything", find_everything, true},
    {"the files opened last", recent, true},
    {"a page of the register", page, true},
    {"a household", household, true},
    {"a list in order", list, true},
    {"today's figures", today, true},
    {"a day's totals", totals, true},
    {"the last meals", last_meals, true},
    {"a price explained", explain, true},
    {"the trail of a file", trail, true},
    {"a draft taken up", draft, true},
    {"the list of operators", operators, true},
    {"verify", verify, true},
    {"the history of a file", history, true},
    {"what would be taken back", next_undo, true},
    {"a statement of points", day_statement, true},
    {"a receipt for goods", day_receipt, true},
    {"words in cases", day_search_cases, true},
    {"cases in a list", day_list_cases, true},
};
const size_t day_question_count = sizeof day_questions / sizeof *day_questions;
