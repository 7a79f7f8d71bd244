#include "unit/home.h"

#include <mulin/desk/earning.h>
#include <mulin/desk/entry_explain.h>
#include <mulin/desk/fund.h>
#include <mulin/desk/goods.h>
#include <mulin/desk/points_month.h>
#include <mulin/desk/twin.h>
#include <mulin/report/points_replay.h>

#define CENTRE                                                                                     \
    "centre: {name: 云鹭湾, division: \"330205\"}\n"                                            \
    "canteen:\n"                                                                                   \
    "  sessions: [{id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: 15.00}]\n"
#define DUTIES                                                                                        \
    "points:\n"                                                                                       \
    "  duties:\n"                                                                                     \
    "    - {id: meal-delivery, team: 小巷骑兵, name: 送餐, per_hour: 10, confirm: recipient}\n" \
    "    - {id: patrol, team: 阿姨巡逻队, name: 巡逻, per_time: 5}\n"
#define RATINGS "  ratings: [{id: online, name: 线上评价, points: 2}]\n"
#define BOOK CENTRE DUTIES RATINGS "  caps: {per_day: 40, per_month: 400}\n"

static void adopt(struct mu_desk *desk, const char *book)
{
    struct mu_rules_faults faults = {0};
    int version;

    assert_int_equal(mu_desk_adopt_rules(desk, book, strlen(book), mu_desk_now(desk).date, &faults,
                                         &version, NULL),
                     MU_OK);
    mu_rules_faults_clear(&faults);
}

/* So many hours on a day of November 2026; tells the entry. */
static int64_t serve(struct mu_desk *desk, int64_t who, const char *duty, int day, int hours)
{
    const struct mu_service_request request = {.resident_id = who,
                                               .duty = duty,
                                               .date = {2026, 11, day},
                                               .minutes = 60 * hours,
                                               .confirmed_by = "张队长",
                                               .again = true};
    struct mu_service_answer answer;
    struct mu_error error;

    if (mu_record_service(desk, &request, &answer, &error) != MU_OK) {
        char text[512];

        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s", text);
    }
    return answer.service.entry_id;
}

static struct mu_points_replay *replay(struct mu_desk *desk, const char *draft)
{
    struct mu_rules_faults faults = {0};
    struct mu_points_replay *replay = NULL;
    bool done = false;
    int percent = 0;

    assert_int_equal(mu_replay_points(desk, draft, strlen(draft), (struct mu_date){2026, 11, 1},
                                      &faults, &replay, NULL),
                     MU_OK);
    mu_rules_faults_clear(&faults);
    while (!done) {
        assert_int_equal(mu_replay_points_on(replay, &done, NULL), MU_OK);
        assert_true(mu_points_replay_percent(replay) >= percent);
        percent = mu_points_replay_percent(replay);
    }
    assert_int_equal(percent, 100);
    return replay;
}

static void the_same_book_changes_nothing(void **state)
{
    struct home *home = *state;
    struct mu_points_replay *again;
    const struct mu_points_replay_report *report;
    int64_t wang, li, taken;

    adopt(home->desk, BOOK);
    wang = home_add(home->desk, "name", "王建国", "birth_date", "1962-03-08", NULL);
    li = home_add(home->desk, "name", "李秀英", "birth_date", "1965-03-08", NULL);
    taken = serve(home->desk, wang, "送餐", 3, 3);
    serve(home->desk, wang, "送餐", 3, 2); /* 10 of 20: the day is full */
    assert_int_equal(mu_reverse_points(home->desk, taken, "记错了人", NULL, NULL), MU_OK);
    serve(home->desk, wang, "送餐", 3, 2); /* 20: there is room again */
    serve(home->desk, li, "巡逻", 20, 1);
    serve(home->desk, li, "巡逻", 2, 1); /* typed in late */
    again = replay(home->desk, BOOK);
    report = mu_points_replay_report(again);
    assert_int_equal(report->sums.services, 4);
    assert_int_equal(report->sums.changed, 0);
    assert_int_equal(report->sums.was.count, 10 + 20 + 5 + 5);
    assert_int_equal(report->sums.would.count, 40);
    assert_int_equal(report->people, 2);
    assert_int_equal(report->duties, 2);
    assert_int_equal(report->teams, 2);
    assert_int_equal(report->unknown_duty, 0);
    mu_points_replay_free(&again);
}

static void caps_and_bonuses_of_a_draft_are_decided_anew_in_order(void **state)
{
    static const char draft[] =
        CENTRE DUTIES "  caps: {per_day: 30, per_month: 70}\n"
                      "  bonuses: [{id: autumn, name: 秋收, when: {months: [11]}, times: 2}]\n";
    struct home *home = *state;
    struct mu_points_replay *again;
    const struct mu_points_replay_report *report;
    int64_t wang, li;

    adopt(home->desk, BOOK);
    wang = home_add(home->desk, "name", "王建国", "birth_date", "1962-03-08", NULL);
    li = home_add(home->desk, "name", "李秀英", "birth_date", "1965-03-08", NULL);
    for (int day = 1; day <= 3; day++) /* 20 each; by the draft 40, cut to 30, 30 and 10 */
        serve(home->desk, wang, "送餐", day, 2);
    serve(home->desk, li, "巡逻", 4, 1); /* 5; by the draft 10 */
    again = replay(home->desk, draft);
    report = mu_points_replay_report(again);
    assert_string_equal(report->person[0].name, "王*国");
    assert_int_equal(report->person[0].sums.was.count, 60);
    assert_int_equal(report->person[0].sums.would.count, 70);
    assert_int_equal(report->person[0].sums.changed, 3);
    assert_int_equal(report->person[1].sums.would.count, 10);
    assert_int_equal(mu_points_replay_difference(&report->sums).count, 15);
    assert_int_equal(report->cut.count, 10 + 10 + 30);
    assert_string_equal(report->duty[0].name, "送餐");
    assert_string_equal(report->team[1].name, "阿姨巡逻队");
    mu_points_replay_free(&again);
}

static void a_duty_that_the_draft_has_not_keeps_what_it_earned(void **state)
{
    static const char draft[] =
        CENTRE "points:\n  duties: [{id: patrol, team: 阿姨巡逻队, name: 夜巡, per_time: 8}]\n";
    struct home *home = *state;
    struct mu_points_replay *again;
    const struct mu_points_replay_report *report;
    int64_t wang;

    adopt(home->desk, BOOK);
    wang = home_add(home->desk, "name", "王建国", "birth_date", "1962-03-08", NULL);
    serve(home->desk, wang, "送餐", 3, 1);
    serve(home->desk, wang, "巡逻", 4, 1);
    again = replay(home->desk, draft);
    report = mu_points_replay_report(again);
    assert_int_equal(report->unknown_duty, 1);
    assert_int_equal(report->sums.would.count, 10 + 8);
    assert_string_equal(report->duty[0].name, "夜巡");
    assert_string_equal(report->duty[1].name, "送餐");
    mu_points_replay_free(&again);
}

static void files_of_one_person_share_the_caps(void **state)
{
    struct home *home = *state;
    struct mu_points_replay *again;
    int64_t first, second;

    adopt(home->desk, CENTRE DUTIES);
    first = home_add(home->desk, "name", "王建国", "birth_date", "1962-03-08", "card", "1", NULL);
    second = home_add(home->desk, "name", "王建国", "birth_date", "1962-03-08", "card", "2", NULL);
    serve(home->desk, first, "送餐", 3, 3);
    serve(home->desk, second, "送餐", 3, 3);
    assert_int_equal(mu_link_twins(home->desk, first, second, "", NULL), MU_OK);
    again = replay(home->desk, BOOK);
    assert_int_equal(mu_points_replay_report(again)->people, 1);
    assert_int_equal(mu_points_replay_report(again)->sums.would.count, 40);
    mu_points_replay_free(&again);
}

static void a_bad_draft_or_a_month_to_come_is_refused(void **state)
{
    static const char bad[] = CENTRE "points: {duties: [{id: a}], caps: {per_day: -1}}\n";
    struct home *home = *state;
    struct mu_rules_faults faults = {0};
    struct mu_points_replay *again = NULL;
    struct mu_error error;

    assert_int_equal(mu_replay_points(home->desk, bad, strlen(bad), (struct mu_date){2026, 11, 1},
                                      &faults, &again, &error),
                     MU_INPUT);
    assert_true(faults.count >= 2);
    mu_rules_faults_clear(&faults);
    assert_int_equal(mu_replay_points(home->desk, BOOK, strlen(BOOK), (struct mu_date){2026, 12, 1},
                                      &faults, &again, &error),
                     MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_month_future);
    assert_null(again);
}

static void a_month_without_services_is_replayed_at_once(void **state)
{
    struct home *home = *state;
    struct mu_points_replay *again = replay(home->desk, BOOK);

    assert_int_equal(mu_points_replay_report(again)->people, 0);
    mu_points_replay_free(&again);
}

static void whole_names_need_a_reason_and_leave_a_note(void **state)
{
    struct home *home = *state;
    struct mu_points_replay *again;
    struct mu_verify_report before, after;

    adopt(home->desk, BOOK);
    serve(home->desk, home_add(home->desk, "name", "王建国", "birth_date", "1962-03-08", NULL),
          "送餐", 3, 1);
    again = replay(home->desk, BOOK);
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &before, NULL), MU_OK);
    assert_int_equal(mu_points_replay_reveal(again, "a.csv", " ", NULL), MU_INPUT);
    assert_string_equal(mu_points_replay_report(again)->person[0].name, "王*国");
    assert_int_equal(mu_points_replay_reveal(again, "a.csv", "核对新规则", NULL), MU_OK);
    assert_string_equal(mu_points_replay_report(again)->person[0].name, "王建国");
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &after, NULL), MU_OK);
    assert_int_equal(after.audit_entries, before.audit_entries + 1);
    assert_int_equal(after.entries, before.entries);
    mu_points_replay_free(&again);
}

static void the_table_is_told_by_volunteer_duty_and_team(void **state)
{
    static const char *const words[] = {"volunteer", "duty", "team"};
    static const char *const rows[] = {"王*国", "送餐", "小巷骑兵"};
    struct home *home = *state;
    struct mu_points_replay *again;
    enum mu_points_replay_by by = MU_POINTS_REPLAY_BY_PERSON;

    adopt(home->desk, BOOK);
    serve(home->desk, home_add(home->desk, "name", "王建国", "birth_date", "1962-03-08", NULL),
          "送餐", 3, 5);
    again = replay(home->desk, CENTRE DUTIES "  caps: {per_day: 30}\n");
    assert_false(mu_points_replay_by_read("tier", &by));
    for (size_t i = 0; i < 3; i++) {
        char *text = NULL;
        size_t size;
        FILE *out = open_memstream(&text, &size);
        const struct mu_report_target target = {.format = MU_REPORT_TEXT, .stream = out};

        assert_non_null(out);
        assert_true(mu_points_replay_by_read(words[i], &by));
        assert_int_equal(
            mu_report_points_replay(&target, mu_points_replay_report(again), by, MU_CHINESE, NULL),
            MU_OK);
        assert_int_equal(fclose(out), 0);
        assert_non_null(strstr(text, rows[i]));
        assert_non_null(strstr(text, "-10"));
        assert_non_null(strstr(text, "上限不计的：20 分"));
        free(text);
    }
    mu_points_replay_free(&again);
}

static char *explain(struct mu_desk *desk, int64_t entry_id)
{
    char *text = NULL;

    assert_int_equal(mu_explain_entry(desk, entry_id, MU_CHINESE, &text, NULL), MU_OK);
    return text;
}

static void says(struct mu_desk *desk, int64_t entry_id, const char *const *sentences)
{
    char *text = explain(desk, entry_id);

    for (; *sentences; sentences++)
        if (!strstr(text, *sentences))
            fail_msg("no “%s” in:\n%s", *sentences, text);
    free(text);
}

static void an_entry_is_explained_by_the_book_that_decided(void **state)
{
    struct home *home = *state;
    struct mu_earning earning;
    struct mu_rating_request rating = {.source = "线上评价", .score = 4};
    int64_t wang, first, second;

    adopt(home->desk, BOOK);
    wang = home_add(home->desk, "name", "王建国", "birth_date", "1962-03-08", NULL);
    first = serve(home->desk, wang, "送餐", 3, 3);
    second = serve(home->desk, wang, "送餐", 3, 2);
    adopt(home->desk, CENTRE DUTIES); /* what comes later changes nothing */
    says(home->desk, second,
         (const char *const[]){"服务 王*国", "王*国 10 分", "第 2 版规则书", "送餐", "120 分钟",
                               "这一天已有 30 分，这个月已有 30 分", "一致", NULL});
    assert_int_equal(mu_reverse_points(home->desk, first, "记错了人", &earning, NULL), MU_OK);
    says(home->desk, first, (const char *const[]){"已由第", "一致", NULL});
    says(home->desk, earning.entry_id, (const char *const[]){"冲正", "-30 分", "记错了人", NULL});
    adopt(home->desk, BOOK);
    rating.resident_id = wang;
    assert_int_equal(mu_rate_volunteer(home->desk, &rating, &earning, NULL), MU_OK);
    says(home->desk, earning.entry_id,
         (const char *const[]){"线上评价 4 分", "每高一档 2 分，得 6 分", "一致", NULL});
}

static void an_entry_of_a_meal_is_explained_as_a_meal(void **state)
{
    struct home *home = *state;
    const struct mu_meal_request request = {.who = "王建国", .session = "lunch"};
    struct mu_meal_answer answer;
    struct mu_error error;
    char *text = NULL;

    home_add(home->desk, "name", "王建国", "birth_date", "1962-03-08", NULL);
    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, NULL), MU_OK);
    says(home->desk, answer.meal.entry_id, (const char *const[]){"午餐", "一致", NULL});
    assert_int_equal(mu_explain_entry(home->desk, 99, MU_CHINESE, &text, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_entry_unknown);
}

static int64_t last_entry(struct mu_desk *desk)
{
    struct mu_verify_report report;

    assert_int_equal(mu_verify(desk, NULL, NULL, &report, NULL), MU_OK);
    return (int64_t)report.entries;
}

static void take_soap(struct mu_desk *desk, int64_t resident_id, struct mu_redeemed *redeemed)
{
    struct mu_goods_form soap = {
        .name = "肥皂", .unit = "块", .price = "15", .offered = MU_OFFERED};
    struct mu_basket basket = {.resident_id = resident_id, .count = 1};

    assert_int_equal(mu_save_goods(desk, &soap, NULL, NULL), MU_OK);
    assert_int_equal(mu_stock_goods(desk, soap.id, MU_GOODS_RECEIVED, 9, NULL, NULL, NULL), MU_OK);
    basket.line[0] = (struct mu_basket_line){soap.id, 2};
    assert_int_equal(mu_redeem(desk, &basket, redeemed, NULL), MU_OK);
}

static void goods_balances_and_closed_months_are_explained_too(void **state)
{
    struct home *home = *state;
    struct mu_desk *later = home_desk(home, "2026-12-01T09:00");
    struct mu_people_row row = {.line = 2, .who = "王建国", .points = {100}};
    const struct mu_people people = {&row, 1};
    const struct mu_points_closing_request closing = {.month = 202611, .second_name = "周洋"};
    struct mu_service_answer answer;
    struct mu_attendance_result result;
    struct mu_redeemed redeemed;
    int64_t wang;

    adopt(home->desk, BOOK "  tally: {second: name}\n");
    wang = home_add(home->desk, "name", "王建国", "birth_date", "1962-03-08", NULL);
    assert_int_equal(mu_open_balances(home->desk, &people, &answer, &result, NULL), MU_OK);
    says(home->desk, last_entry(home->desk),
         (const char *const[]){"期初转入", "100 分", "没有规则可推算", NULL});
    take_soap(home->desk, wang, &redeemed);
    says(home->desk, last_entry(home->desk),
         (const char *const[]){"兑换", "-30 分", "肥皂 2 块，单价 15 分", NULL});
    assert_int_equal(mu_give_back(home->desk, redeemed.move_id, "拿错了", NULL, NULL), MU_OK);
    says(home->desk, last_entry(home->desk), (const char *const[]){"30 分", "拿错了", NULL});
    assert_int_equal(mu_close_points_month(later, &closing, NULL, NULL), MU_OK);
    says(later, last_entry(later), (const char *const[]){"关账，没有动积分", NULL});
    mu_desk_free(&later);
}

static void an_entry_of_the_fund_is_not_explained(void **state)
{
    struct home *home = *state;
    struct mu_error error;
    char *text = NULL;

    adopt(home->desk, mu_preset_book("jingting"));
    assert_int_equal(
        mu_fund_book(home->desk, MU_PAYER_WORKSHOP, (struct mu_money){1000}, "义卖", NULL, NULL),
        MU_OK);
    assert_int_equal(mu_explain_entry(home->desk, 1, MU_ENGLISH, &text, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_entry_not_explained);
    assert_null(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_book_changes_nothing, home_setup, home_teardown),
        cmocka_unit_test_setup_teardown(caps_and_bonuses_of_a_draft_are_decided_anew_in_order,
                                        home_setup, home_teardown),
        cmocka_unit_test_setup_teardown(a_duty_that_the_draft_has_not_keeps_what_it_earned,
                                        home_setup, home_teardown),
        cmocka_unit_test_setup_teardown(files_of_one_person_share_the_caps, home_setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(a_bad_draft_or_a_month_to_come_is_refused, home_setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(a_month_without_services_is_replayed_at_once, home_setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(whole_names_need_a_reason_and_leave_a_note, home_setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(the_table_is_told_by_volunteer_duty_and_team, home_setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(an_entry_is_explained_by_the_book_that_decided, home_setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(goods_balances_and_closed_months_are_explained_too,
                                        home_setup, home_teardown),
        cmocka_unit_test_setup_teardown(an_entry_of_the_fund_is_not_explained, home_setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(an_entry_of_a_meal_is_explained_as_a_meal, home_setup,
                                        home_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
