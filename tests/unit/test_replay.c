#include "unit/home.h"

#include <mulin/desk/fund.h>
#include <mulin/desk/twin.h>
#include <mulin/report/replay.h>

#define CENTRE "centre: {name: 云鹭湾, division: \"330205\"}\n"
#define LUNCH "{id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: 15.00}"

static struct mu_meal_answer serve(struct mu_desk *desk, const char *who, const char *session)
{
    const struct mu_meal_request request = {.who = who, .session = session};
    struct mu_meal_answer answer;

    assert_int_equal(mu_serve_meal(desk, &request, &answer, NULL), MU_OK);
    return answer;
}

static struct mu_meal_answer courier(struct mu_desk *desk)
{
    const struct mu_meal_request request = {.occupation = "外卖员", .session = "lunch"};
    struct mu_meal_answer answer;

    assert_int_equal(mu_serve_meal(desk, &request, &answer, NULL), MU_OK);
    return answer;
}

static struct mu_replay *replay(struct mu_desk *desk, const char *draft)
{
    struct mu_rules_faults faults = {0};
    struct mu_replay *replay = NULL;
    bool done = false;

    assert_int_equal(mu_replay_rules(desk, draft, strlen(draft), (struct mu_date){2026, 11, 1},
                                     &faults, &replay, NULL),
                     MU_OK);
    mu_rules_faults_clear(&faults);
    while (!done)
        assert_int_equal(mu_replay_on(replay, &done, NULL), MU_OK);
    assert_int_equal(mu_replay_percent(replay), 100);
    return replay;
}

static const struct mu_replay_tier *tier(const struct mu_replay_report *report, const char *id)
{
    for (size_t i = 0; i < report->tiers; i++)
        if (strcmp(report->tier[i].id, id) == 0)
            return &report->tier[i];
    fail_msg("no tier %s", id);
    abort();
}

static void adopt(struct mu_desk *desk, const char *book)
{
    struct mu_rules_faults faults = {0};
    int version;

    assert_int_equal(mu_desk_adopt_rules(desk, book, strlen(book), mu_desk_now(desk).date, &faults,
                                         &version, NULL),
                     MU_OK);
    mu_rules_faults_clear(&faults);
}

static void the_same_book_changes_nothing(void **state)
{
    struct home *home = *state;
    struct mu_desk *tomorrow = home_desk(home, "2026-11-23T11:30");
    struct mu_replay *again;
    const struct mu_replay_report *report;

    adopt(home->desk, mu_preset_book("jingting"));
    home_add(home->desk, "name", "周阿宝", "birth_date", "1950-01-01", "tags", "低保", NULL);
    home_add(home->desk, "name", "李秀英", "birth_date", "1951-01-01", "tags", "低保", NULL);
    home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", NULL);
    assert_int_equal(
        mu_fund_book(home->desk, MU_PAYER_WORKSHOP, (struct mu_money){1000}, "义卖", NULL, NULL),
        MU_OK);
    serve(home->desk, "周阿宝", NULL);
    serve(home->desk, "李秀英", NULL);
    serve(home->desk, "张金凤", NULL);
    courier(home->desk);
    assert_int_equal(
        mu_fund_book(home->desk, MU_PAYER_WORKSHOP, (struct mu_money){500}, "义卖", NULL, NULL),
        MU_OK);
    serve(tomorrow, "李秀英", NULL);
    serve(tomorrow, "周阿宝", NULL);
    again = replay(tomorrow, mu_preset_book("jingting"));
    report = mu_replay_report(again);
    assert_int_equal(report->meals, 6);
    assert_int_equal(report->changed, 0);
    assert_int_equal(report->people, 4);
    assert_memory_equal(report->sums.was, report->sums.would, sizeof report->sums.was);
    assert_true(report->funded[MU_PAYER_WORKSHOP]);
    /* 1000 - 700, + 500 - 700. */
    assert_int_equal(report->left[MU_PAYER_WORKSHOP].fen, 100);
    assert_int_equal(report->empty_on[MU_PAYER_WORKSHOP].day, 22);
    mu_replay_free(&again);
    mu_desk_free(&tomorrow);
}

static void a_dearer_draft_is_told_person_by_person_the_most_first(void **state)
{
    static const char draft[] =
        CENTRE "canteen:\n  sessions: [" LUNCH "]\n"
               "  tiers: [{id: tier-80, name: 八十, when: {age: {from: 80}}, price: 10, payer: "
               "fund}]\n";
    struct home *home = *state;
    struct mu_desk *tomorrow = home_desk(home, "2026-11-23T11:30");
    struct mu_replay *again;
    const struct mu_replay_report *report;

    home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", NULL);
    home_add(home->desk, "name", "周阿宝", "birth_date", "1960-03-08", NULL);
    home_add(home->desk, "name", "陈伟", "birth_date", "1990-03-08", NULL);
    serve(home->desk, "张金凤", NULL);
    serve(home->desk, "周阿宝", NULL);
    serve(home->desk, "陈伟", NULL);
    serve(tomorrow, "张金凤", NULL);
    assert_int_equal(
        mu_void_meal(tomorrow, serve(tomorrow, "陈伟", NULL).meal.id, "点错", NULL, NULL), MU_OK);
    again = replay(tomorrow, draft);
    report = mu_replay_report(again);
    assert_int_equal(report->meals, 4);
    assert_int_equal(report->changed, 3);
    assert_int_equal(report->people, 3);
    assert_string_equal(report->person[0].name, "张*凤");
    assert_int_equal(report->person[0].meals, 2);
    assert_int_equal(report->person[0].sums.was[MU_PAYER_SELF].fen, 1600);
    assert_int_equal(report->person[0].sums.would[MU_PAYER_SELF].fen, 2000);
    assert_int_equal(mu_replay_difference(&report->person[0].sums, MU_PAYER_SUBSIDY).fen, -1400);
    assert_int_equal(mu_replay_difference(&report->person[0].sums, MU_PAYER_FUND).fen, 1000);
    assert_string_equal(report->person[1].name, "周*宝");
    assert_int_equal(mu_replay_difference(&report->person[1].sums, MU_PAYER_SELF).fen, 300);
    assert_int_equal(report->person[2].changed, 0);
    assert_int_equal(tier(report, "tier-80")->meals_was, 2);
    assert_int_equal(tier(report, "tier-60")->meals_would, 0);
    assert_int_equal(tier(report, "")->meals_would, 2);
    mu_replay_free(&again);
    mu_desk_free(&tomorrow);
}

static void quotas_are_given_out_anew_in_the_order_of_serving(void **state)
{
    static const char draft[] =
        CENTRE "canteen:\n  sessions: [" LUNCH "]\n"
               "  tiers: [{id: outdoor, name: 公益, when: {occupation: [外卖员]}, price: 0, payer: "
               "fund, daily_quota: 2}]\n";
    struct home *home = *state;
    struct mu_desk *tomorrow = home_desk(home, "2026-11-23T11:30");
    struct mu_replay *again;
    const struct mu_replay_report *report;

    for (int i = 0; i < 3; i++)
        courier(home->desk);
    courier(tomorrow);
    again = replay(tomorrow, draft);
    report = mu_replay_report(again);
    assert_int_equal(tier(report, "outdoor")->meals_was, 4);
    assert_int_equal(tier(report, "outdoor")->meals_would, 3);
    assert_int_equal(report->people, 1);
    assert_string_equal(report->person[0].name, "外卖员");
    assert_int_equal(report->person[0].sums.would[MU_PAYER_SELF].fen, 1500);
    mu_replay_free(&again);
    mu_desk_free(&tomorrow);
}

static void a_session_that_the_draft_has_not_stays_as_charged(void **state)
{
    static const char draft[] = CENTRE
        "canteen:\n"
        "  sessions: [{id: supper, name: 晚餐, from: \"17:00\", to: \"19:00\", price: 9.00}]\n"
        "  tiers: [{id: t, name: 优惠, price: 1, payer: fund}]\n";
    struct home *home = *state;
    struct mu_replay *again;

    home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", NULL);
    serve(home->desk, "张金凤", NULL);
    again = replay(home->desk, draft);
    assert_int_equal(mu_replay_report(again)->unknown_session, 1);
    assert_int_equal(mu_replay_report(again)->changed, 0);
    assert_int_equal(mu_replay_report(again)->sums.would[MU_PAYER_SELF].fen, 800);
    mu_replay_free(&again);
}

static void linked_files_are_one_person(void **state)
{
    struct home *home = *state;
    struct mu_replay *again;
    int64_t first =
        home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", "card", "8801", NULL);
    int64_t second =
        home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", "card", "8802", NULL);
    struct mu_desk *tomorrow = home_desk(home, "2026-11-23T11:30");

    serve(home->desk, "8801", NULL);
    serve(tomorrow, "8802", NULL);
    assert_int_equal(mu_link_twins(home->desk, first, second, "", NULL), MU_OK);
    again = replay(tomorrow, mu_preset_book("yunluwan"));
    assert_int_equal(mu_replay_report(again)->people, 1);
    assert_int_equal(mu_replay_report(again)->person[0].meals, 2);
    mu_replay_free(&again);
    mu_desk_free(&tomorrow);
}

static void a_bad_draft_is_refused_with_all_its_faults(void **state)
{
    static const char draft[] = CENTRE "canteen:\n  sessions: [" LUNCH "]\n  tears: []\n"
                                       "  limits: {void_minutes: -1}\n";
    struct home *home = *state;
    struct mu_rules_faults faults = {0};
    struct mu_replay *again = NULL;
    struct mu_error error;

    assert_int_equal(mu_replay_rules(home->desk, draft, strlen(draft),
                                     (struct mu_date){2026, 11, 1}, &faults, &again, &error),
                     MU_INPUT);
    assert_true(faults.count >= 2);
    assert_null(again);
    mu_rules_faults_clear(&faults);
    assert_int_equal(mu_replay_rules(home->desk, mu_preset_book("yunluwan"),
                                     strlen(mu_preset_book("yunluwan")),
                                     (struct mu_date){2026, 12, 1}, &faults, &again, &error),
                     MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_month_future);
}

static void whole_names_need_a_reason_and_leave_a_note(void **state)
{
    struct home *home = *state;
    struct mu_replay *again;
    struct mu_verify_report before, after;

    home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", NULL);
    serve(home->desk, "张金凤", NULL);
    again = replay(home->desk, mu_preset_book("duyuan"));
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &before, NULL), MU_OK);
    assert_int_equal(mu_replay_reveal(again, "a.csv", " ", NULL), MU_INPUT);
    assert_string_equal(mu_replay_report(again)->person[0].name, "张*凤");
    assert_int_equal(mu_replay_reveal(again, "a.csv", "核对新规则", NULL), MU_OK);
    assert_string_equal(mu_replay_report(again)->person[0].name, "张金凤");
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &after, NULL), MU_OK);
    assert_int_equal(after.audit_entries, before.audit_entries + 1);
    assert_int_equal(after.entries, before.entries);
    mu_replay_free(&again);
}

static void the_table_says_the_same_in_every_format(void **state)
{
    struct home *home = *state;
    struct mu_replay *again;
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    const struct mu_report_target csv = {.format = MU_REPORT_CSV, .stream = out};
    char path[96];

    home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", NULL);
    serve(home->desk, "张金凤", NULL);
    courier(home->desk);
    again = replay(home->desk, mu_preset_book("jingting"));
    for (enum mu_replay_by by = MU_REPLAY_BY_PERSON; by <= MU_REPLAY_BY_TIER; by++)
        assert_int_equal(mu_report_replay(&csv, mu_replay_report(again), by, MU_CHINESE, NULL),
                         MU_OK);
    assert_int_equal(fclose(out), 0);
    assert_non_null(strstr(text, "\"1\",\"张*凤\",\"1\",\"8.00\",\"8.00\""));
    assert_non_null(strstr(text, "\"外卖员（无档案）\",\"1\",\"0.00\",\"12.00\""));
    assert_non_null(strstr(text, "\"助餐补贴\",\"7.00\",\"4.00\",\"-3.00\""));
    free(text);
    snprintf(path, sizeof path, "%s/replay.xlsx", home->folder);
    const struct mu_report_target book = {.format = MU_REPORT_XLSX, .path = path};
    assert_int_equal(
        mu_report_replay(&book, mu_replay_report(again), MU_REPLAY_BY_TIER, MU_ENGLISH, NULL),
        MU_OK);
    mu_replay_free(&again);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, home_setup, home_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(the_same_book_changes_nothing),
        STORY(a_dearer_draft_is_told_person_by_person_the_most_first),
        STORY(quotas_are_given_out_anew_in_the_order_of_serving),
        STORY(a_session_that_the_draft_has_not_stays_as_charged),
        STORY(linked_files_are_one_person),
        STORY(a_bad_draft_is_refused_with_all_its_faults),
        STORY(whole_names_need_a_reason_and_leave_a_note),
        STORY(the_table_says_the_same_in_every_format),
    };

    return cmocka_run_group_tests_name("replay of a draft", tests, NULL, NULL);
}
