/* What is done at the desk on that day. */
#include "fault/day.h"

#include <mulin/desk/act.h>
#include <mulin/desk/alert.h>
#include <mulin/desk/audit.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/closing.h>
#include <mulin/desk/find.h>
#include <mulin/desk/house.h>
#include <mulin/desk/household.h>
#include <mulin/desk/import.h>
#include <mulin/desk/menu.h>
#include <mulin/desk/operators.h>
#include <mulin/desk/register.h>
#include <mulin/desk/roster.h>
#include <mulin/desk/round.h>
#include <mulin/desk/tag.h>
#include <mulin/desk/twin.h>

#include <string.h>

enum { OLD = DAY_OLD, YOUNG, LEAVING };
/* The act of `change`: each new file was one before it, and there were a menu, an order, an absence
 * and the order cancelled. */
enum { MOVE = LEAVING + 2 + 4 };
enum { IMPORT = MOVE + 3 }; /* the act of `import`, behind an end and a move taken back */

const char day_sheet[] = "姓名,出生日期,楼栋,室,电话,卡号,备注,居住类型\n"
                         "赵小梅,1950-02-03,5,501,13800000001,9001,,\n"
                         "钱大海,1962-07-08,5,502,13800000002,,,\n"
                         "孙阿凤,1938-11-30,6,101,,9003,,\n"
                         ",,6,102,,,,闲置\n"
                         "张金凤,1940-05-06,3,201,13800000009,8801,软饭,租户\n";

static bool untouched(const void *output, size_t size)
{
    const unsigned char *bytes = output;

    for (size_t i = 0; i < size; i++)
        if (bytes[i] != 0x5a)
            return false;
    return true;
}

static enum mu_status serve(struct mu_desk *desk, const struct mu_meal_request *request,
                            const char *tier, int64_t pay, bool *outputs, struct mu_error *error)
{
    struct mu_meal_answer answer;
    enum mu_status status;

    memset(&answer, 0x5a, sizeof answer);
    status = mu_serve_meal(desk, request, &answer, error);
    if (status == MU_OK)
        *outputs = answer.refusal == MU_SERVED && answer.meal.id > 0 &&
                   strcmp(answer.meal.tier, tier) == 0 && answer.meal.pay.fen == pay;
    else
        *outputs = answer.refusal == MU_MEAL_STORE && answer.why.status == status;
    return status;
}

static enum mu_status serve_tier(const struct day *day, struct mu_desk *desk, bool *outputs,
                                 struct mu_error *error)
{
    const struct mu_meal_request request = {.who = "8801"};

    (void)day;
    return serve(desk, &request, "tier-80", 800, outputs, error);
}

static enum mu_status serve_quota(const struct day *day, struct mu_desk *desk, bool *outputs,
                                  struct mu_error *error)
{
    const struct mu_meal_request request = {.occupation = "外卖员", .note = "蓝色电动车"};

    (void)day;
    return serve(desk, &request, "outdoor", 0, outputs, error);
}

static enum mu_status top_up(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error)
{
    struct mu_diner_account account = {.resident_id = -1};
    enum mu_status status =
        mu_move_diner_money(desk, YOUNG, MU_TOP_UP, (struct mu_money){2000}, NULL, &account, error);

    (void)day;
    *outputs = status == MU_OK ? account.prepaid.fen == 2000 : account.resident_id == -1;
    return status;
}

static enum mu_status serve_full(const struct day *day, struct mu_desk *desk, bool *outputs,
                                 struct mu_error *error)
{
    const struct mu_meal_request request = {.resident_id = YOUNG, .method = MU_PAY_CARD};

    (void)day;
    return serve(desk, &request, "", 1500, outputs, error);
}

static enum mu_status serve_guest(const struct day *day, struct mu_desk *desk, bool *outputs,
                                  struct mu_error *error)
{
    const struct mu_meal_request request = {
        .guest = true, .session = "dinner", .reason = "没有档案"};

    (void)day;
    return serve(desk, &request, "", 1500, outputs, error);
}

static enum mu_status take_back(const struct day *day, struct mu_desk *desk, bool *outputs,
                                struct mu_error *error)
{
    struct mu_meal meal;
    enum mu_status status;

    (void)day;
    memset(&meal, 0x5a, sizeof meal);
    status = mu_void_meal(desk, 1, "认错了人", &meal, error);
    *outputs =
        status == MU_OK ? meal.id == 1 && meal.void_entry_id > 0 : untouched(&meal, sizeof meal);
    return status;
}

static enum mu_status add(const struct day *day, struct mu_desk *desk, bool *outputs,
                          struct mu_error *error)
{
    struct mu_resident resident = {.name = "李桂兰", .building = "3", .room = "202"};
    struct mu_resident before = resident;
    enum mu_status status = mu_save_resident(desk, &resident, NULL, error);

    (void)day;
    *outputs = status == MU_OK ? resident.id > 0 : memcmp(&resident, &before, sizeof resident) == 0;
    return status;
}

/* Moves house: household, keys and the home that was left are written, too. */
static enum mu_status change(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error)
{
    struct mu_resident resident, before;
    enum mu_status status;

    (void)day;
    memset(&resident, 0x5a, sizeof resident);
    status = mu_read_resident(desk, YOUNG, &resident, error);
    *outputs = status == MU_OK || untouched(&resident, sizeof resident);
    if (status != MU_OK)
        return status;
    strcpy(resident.note, "听力不好");
    strcpy(resident.building, "12");
    before = resident;
    status = mu_save_resident(desk, &resident, NULL, error);
    *outputs = status == MU_OK ? resident.version == before.version + 1
                               : memcmp(&resident, &before, sizeof resident) == 0;
    return status;
}

static enum mu_status end(const struct day *day, struct mu_desk *desk, bool *outputs,
                          struct mu_error *error)
{
    (void)day;
    *outputs = true;
    return mu_end_resident(desk, LEAVING, MU_DECEASED, mu_desk_now(desk).date, error);
}

/* The move of before: household, keys and the home that was left are put back, too. */
static enum mu_status undo(const struct day *day, struct mu_desk *desk, bool *outputs,
                           struct mu_error *error)
{
    struct mu_undone undone;
    enum mu_status status;

    (void)day;
    memset(&undone, 0x5a, sizeof undone);
    status = mu_undo(desk, MOVE, &undone, error);
    *outputs = status == MU_OK ? undone.act_id == MOVE : untouched(&undone, sizeof undone);
    return status;
}

static enum mu_status import(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error)
{
    const struct mu_import_options options = {.language = MU_CHINESE};
    struct mu_import_report report;
    enum mu_status status;

    memset(&report, 0x5a, sizeof report);
    status = mu_import_residents(desk, day->sheet, &options, &report, error);
    *outputs = status == MU_OK ? report.added == 3 && report.updated == 1 && report.homes == 1
                               : untouched(&report, sizeof report);
    if (status == MU_OK)
        mu_import_report_clear(&report);
    return status;
}

static enum mu_status undo_import(const struct day *day, struct mu_desk *desk, bool *outputs,
                                  struct mu_error *error)
{
    struct mu_undone undone;
    enum mu_status status;

    (void)day;
    memset(&undone, 0x5a, sizeof undone);
    status = mu_undo(desk, IMPORT, &undone, error);
    *outputs = status == MU_OK ? undone.act_id == IMPORT && undone.kept == 0
                               : untouched(&undone, sizeof undone);
    return status;
}

static enum mu_status keep_mapping(const struct day *day, struct mu_desk *desk, bool *outputs,
                                   struct mu_error *error)
{
    struct mu_import_mapping mapping = {.count = 1, .map = {{"老人姓名", "name"}}};

    (void)day;
    *outputs = true;
    return mu_save_mapping(desk, "民政局名单", &mapping, error);
}

static enum mu_status set_tag(const struct day *day, struct mu_desk *desk, bool *outputs,
                              struct mu_error *error)
{
    const struct mu_tag tag = {.word = "残疾", .evidence = "残疾证 33020519400506"};

    (void)day;
    *outputs = true;
    return mu_set_tag(desk, OLD, &tag, NULL, error);
}

static enum mu_status end_tag(const struct day *day, struct mu_desk *desk, bool *outputs,
                              struct mu_error *error)
{
    const struct mu_date unknown = {0, 0, 0};

    (void)day;
    *outputs = true;
    return mu_end_tag(desk, OLD, "残疾", unknown, error);
}

/* The young one, who lives alone, moves in with the old one: the households become one. */
static enum mu_status join(const struct day *day, struct mu_desk *desk, bool *outputs,
                           struct mu_error *error)
{
    const struct mu_household to = {.building = "3", .room = "201"};
    const int64_t who[] = {YOUNG};
    struct mu_move move;
    enum mu_status status;

    (void)day;
    memset(&move, 0x5a, sizeof move);
    status = mu_plan_move(desk, who, 1, &to, &move, error);
    *outputs = status == MU_OK ? move.count >= 1 && move.joins : untouched(&move, sizeof move);
    return status == MU_OK ? mu_move(desk, &move, error) : status;
}

/* The young one takes a home of his own. */
static enum mu_status split(const struct day *day, struct mu_desk *desk, bool *outputs,
                            struct mu_error *error)
{
    const struct mu_household to = {.building = "7", .room = "101"};
    const int64_t who[] = {YOUNG};
    struct mu_move move;
    enum mu_status status;

    (void)day;
    memset(&move, 0x5a, sizeof move);
    status = mu_plan_move(desk, who, 1, &to, &move, error);
    *outputs = status == MU_OK ? move.count >= 1 && !move.joins : untouched(&move, sizeof move);
    return status == MU_OK ? mu_move(desk, &move, error) : status;
}

static enum mu_status link_twins(const struct day *day, struct mu_desk *desk, bool *outputs,
                                 struct mu_error *error)
{
    (void)day;
    *outputs = true;
    return mu_link_twins(desk, OLD, YOUNG, "同一张老年证", error);
}

static enum mu_status unlink_twin(const struct day *day, struct mu_desk *desk, bool *outputs,
                                  struct mu_error *error)
{
    struct mu_twin_since since;
    enum mu_status status;

    (void)day;
    memset(&since, 0x5a, sizeof since);
    status = mu_unlink_twin(desk, YOUNG, &since, error);
    *outputs = status == MU_OK ? since.leading == OLD : untouched(&since, sizeof since);
    return status;
}

static enum mu_status add_operator(const struct day *day, struct mu_desk *desk, bool *outputs,
                                   struct mu_error *error)
{
    (void)day;
    *outputs = true;
    return mu_add_operator(desk, "王丽", MU_ROLE_DESK, "wang", error);
}

/* Concerns the operator at the desk, who is read anew afterwards. */
static enum mu_status set_own_role(const struct day *day, struct mu_desk *desk, bool *outputs,
                                   struct mu_error *error)
{
    (void)day;
    *outputs = true;
    return mu_change_role(desk, mu_desk_operator(desk), MU_ROLE_KEEPER, error);
}

static enum mu_status reveal(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error)
{
    char phone[MU_PHONE_SIZE];
    enum mu_status status;

    (void)day;
    memset(phone, 0x5a, sizeof phone);
    status = mu_reveal(desk, OLD, "phone", "联系家属", phone, sizeof phone, error);
    *outputs =
        status == MU_OK ? strstr(phone, "13800000009") != NULL : untouched(phone, sizeof phone);
    return status;
}

/* With them the next steps need no password, whose hash takes its time. */
static const char named_second[] = "canteen:\n  closing: {second: name}\n";
static const char named_approver[] = "points:\n  tally: {second: name}\n";

static enum mu_status adopt(const struct day *day, struct mu_desk *desk, bool *outputs,
                            struct mu_error *error)
{
    const char *preset = mu_preset_book("yunluwan"), *canteen = strstr(preset, "canteen:\n");
    const char *rest = canteen + strlen("canteen:\n"), *points = strstr(rest, "points:\n");
    struct mu_rules_faults faults = {0};
    int version = 0x5a5a;
    char book[16384];
    enum mu_status status;

    (void)day;
    snprintf(book, sizeof book, "%.*s%s%.*s%s%s", (int)(canteen - preset), preset, named_second,
             (int)(points - rest), rest, named_approver, points + strlen("points:\n"));
    status = mu_desk_adopt_rules(desk, book, strlen(book), mu_desk_now(desk).date, &faults,
                                 &version, error);
    *outputs = version == (status == MU_OK ? 2 : 0x5a5a) && faults.count == 0;
    mu_rules_faults_clear(&faults);
    return status;
}

static enum mu_status close_lunch(const struct day *day, struct mu_desk *desk, bool *outputs,
                                  struct mu_error *error)
{
    const struct mu_closing_request request = {.date = mu_desk_now(desk).date,
                                               .session = "lunch",
                                               .counted = {100},
                                               .notes = "100:1",
                                               .reason = "其余已上交",
                                               .second_name = "厨师老周"};
    struct mu_settlement closing;
    enum mu_status status;

    (void)day;
    memset(&closing, 0x5a, sizeof closing);
    status = mu_close_session(desk, &request, &closing, error);
    *outputs = status == MU_OK ? closing.closing.id == 1 && closing.closing.entry_id > 0
                               : untouched(&closing, sizeof closing);
    return status;
}

static enum mu_status write_menu(const struct day *day, struct mu_desk *desk, bool *outputs,
                                 struct mu_error *error)
{
    struct mu_menu menu = {.date = mu_date_add_days(mu_desk_now(desk).date, 1),
                           .session = "lunch",
                           .dish = {{.name = "清蒸鱼", .marks = 8}},
                           .count = 1};
    enum mu_status status = mu_save_menu(desk, &menu, error);

    (void)day;
    *outputs = (menu.id > 0) == (status == MU_OK);
    return status;
}

static enum mu_status take_order(const struct day *day, struct mu_desk *desk, bool *outputs,
                                 struct mu_error *error)
{
    struct mu_order order = {.resident_id = DAY_OLD,
                             .session = "lunch",
                             .weekdays = "1-7",
                             .from = mu_date_add_days(mu_desk_now(desk).date, 1),
                             .serving = MU_DELIVERED,
                             .note = "敲门"};
    enum mu_status status = mu_save_order(desk, &order, NULL, NULL, error);

    (void)day;
    *outputs = (order.id > 0) == (status == MU_OK);
    return status;
}

static enum mu_status note_absence(const struct day *day, struct mu_desk *desk, bool *outputs,
                                   struct mu_error *error)
{
    struct mu_absence absence = {.resident_id = DAY_OLD,
                                 .from = mu_date_add_days(mu_desk_now(desk).date, 2),
                                 .reason = "住院"};
    enum mu_status status = mu_save_absence(desk, &absence, NULL, NULL, error);

    (void)day;
    *outputs = (absence.id > 0) == (status == MU_OK);
    return status;
}

static enum mu_status cancel_order(const struct day *day, struct mu_desk *desk, bool *outputs,
                                   struct mu_error *error)
{
    struct mu_order order;
    enum mu_status status;

    (void)day;
    memset(&order, 0x5a, sizeof order);
    status = mu_cancel_order(desk, 1, NULL, &order, error);
    *outputs = status == MU_OK ? order.cancelled == 1 : untouched(&order, sizeof order);
    return status;
}

static enum mu_status keep_draft(const struct day *day, struct mu_desk *desk, bool *outputs,
                                 struct mu_error *error)
{
    (void)day;
    *outputs = true;
    return mu_desk_keep_draft(desk, mu_desk_operator_id(desk), "resident", "{\"name\":\"周\"}",
                              error);
}

static enum mu_status open_file(const struct day *day, struct mu_desk *desk, bool *outputs,
                                struct mu_error *error)
{
    (void)day;
    *outputs = true;
    return mu_remember_file(desk, OLD, error);
}

static enum mu_status keep_list(const struct day *day, struct mu_desk *desk, bool *outputs,
                                struct mu_error *error)
{
    struct mu_roster_request request;

    (void)day;
    *outputs = true;
    mu_roster_request_init(&request);
    request.status = MU_LIVING_HERE;
    return mu_keep_roster(desk, "在住", &request, error);
}

static enum mu_status order_today(const struct day *day, struct mu_desk *desk, bool *outputs,
                                  struct mu_error *error)
{
    struct mu_order order = {.resident_id = YOUNG,
                             .session = "dinner",
                             .from = mu_desk_now(desk).date,
                             .serving = MU_DELIVERED};
    enum mu_status status = mu_save_order(desk, &order, "摔了一跤", NULL, error);

    (void)day;
    *outputs = (order.id > 0) == (status == MU_OK);
    return status;
}

static enum mu_status make_round(const struct day *day, struct mu_desk *desk, bool *outputs,
                                 struct mu_error *error)
{
    struct mu_round round = {.id = -1};
    size_t added = 99;
    enum mu_status status = mu_make_round(desk, mu_desk_now(desk).date, "dinner", "骑手小陈", NULL,
                                          &round, &added, error);

    (void)day;
    *outputs = status == MU_OK ? round.stops == 1 && added == 1 : round.id == -1 && added == 99;
    return status;
}

static enum mu_status tell_stop(const struct day *day, struct mu_desk *desk, bool *outputs,
                                struct mu_error *error)
{
    const struct mu_stop_told told = {.delivery = MU_NOBODY_ANSWERED, .told = "灯亮着"};
    struct mu_stop_answer answer;
    enum mu_status status;

    (void)day;
    memset(&answer, 0x5a, sizeof answer);
    status = mu_tell_stop(desk, 1, &told, &answer, error);
    *outputs = status == MU_OK ? answer.alert : untouched(&answer, sizeof answer);
    return status;
}

static enum mu_status correct_stop(const struct day *day, struct mu_desk *desk, bool *outputs,
                                   struct mu_error *error)
{
    const struct mu_stop_told told = {.delivery = MU_DELIVERED_WELL, .reason = "又开了门"};
    struct mu_stop_answer answer;
    enum mu_status status;

    (void)day;
    memset(&answer, 0x5a, sizeof answer);
    status = mu_tell_stop(desk, 1, &told, &answer, error);
    *outputs = status == MU_OK ? answer.stop.meal_id > 0 : untouched(&answer, sizeof answer);
    return status;
}

static enum mu_status answer_alert(const struct day *day, struct mu_desk *desk, bool *outputs,
                                   struct mu_error *error)
{
    const struct mu_alert_answer answer = {.outcome = MU_OUTCOME_SAFE, .found = "在洗澡"};
    size_t count = 99;
    enum mu_status status = mu_answer_alert(desk, 1, &answer, NULL, &count, error);

    (void)day;
    *outputs = count == (status == MU_OK ? 1 : 99);
    return status;
}

static enum mu_status check_alerts(const struct day *day, struct mu_desk *desk, bool *outputs,
                                   struct mu_error *error)
{
    size_t opened = 99;
    enum mu_status status = mu_check_alerts(desk, true, &opened, error);

    (void)day;
    *outputs = opened == (status == MU_OK ? 0 : 99);
    return status;
}

const struct day_step day_steps[] = {
    {"check-in with a tier", serve_tier, false},
    {"check-in from the quota", serve_quota, false},
    {"top-up of a card", top_up, false},
    {"check-in at full price", serve_full, false},
    {"check-in of a guest", serve_guest, false},
    {"void of a meal", take_back, false},
    {"a menu", write_menu, false},
    {"a standing order", take_order, false},
    {"a notice of absence", note_absence, false},
    {"an order cancelled", cancel_order, false},
    {"a new resident", add, false},
    {"a change of a resident", change, false},
    {"end of a life", end, false},
    {"a move taken back", undo, false},
    {"import of residents", import, false},
    {"an import taken back", undo_import, false},
    {"the same file again", import, false},
    {"a kept mapping", keep_mapping, true},
    {"a tag that begins", set_tag, false},
    {"a tag that ends", end_tag, false},
    {"two households become one", join, false},
    {"one household becomes two", split, false},
    {"two files linked as one person", link_twins, false},
    {"a link taken back", unlink_twin, false},
    {"a new operator", add_operator, false},
    {"role of an operator", set_own_role, false},
    {"reveal of a phone", reveal, false},
    {"adoption of rules", adopt, false},
    {"a session closed", close_lunch, false},
    {"a service of last month", day_serve, false},
    {"a doubt accepted", day_accept, true},
    {"a month of points closed", day_close_month, false},
    {"a certificate of service", day_certify, false},
    {"the list of points posted", day_post_wall, true},
    {"a team", day_found_team, false},
    {"somebody leads it", day_join_team, false},
    {"an award", day_give_award, false},
    {"somebody leaves the volunteers", day_leave_volunteers, false},
    {"new goods", day_add_goods, false},
    {"goods that came", day_receive_goods, false},
    {"goods for points", day_redeem, false},
    {"goods brought back", day_give_back, false},
    {"points that run out", day_expire, true},
    {"an attendance list", day_attend, false},
    {"a service recorded", day_serve_once, false},
    {"a volunteer checks in", day_check_in, false},
    {"a service reversed", day_reverse, false},
    {"a rating", day_rate, false},
    {"a balance brought over", day_bring_over, false},
    {"a new mediator", day_name_mediator, false},
    {"a dispute taken in", day_open_case, false},
    {"an agreement with a promise", day_agree, false},
    {"a case visited and closed", day_close_case, false},
    {"who may read all cases", day_name_reader, false},
    {"a case opened", day_read_case, false},
    {"an order for today", order_today, false},
    {"a round made", make_round, false},
    {"a door that stayed shut", tell_stop, false},
    {"a slip of the courier", correct_stop, false},
    {"an alert answered", answer_alert, false},
    {"who is missed", check_alerts, true},
    {"a draft", keep_draft, true},
    {"a list kept", keep_list, true},
    {"a file opened", open_file, true},
};
const size_t day_step_count = sizeof day_steps / sizeof *day_steps;
