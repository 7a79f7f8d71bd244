#include "unit/home.h"

#include <mulin/desk/fund.h>

static struct mu_meal_answer serve(struct mu_desk *desk, const char *who)
{
    const struct mu_meal_request request = {.who = who, .session = "lunch"};
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

/* The explanation of the meal, owned by the test. */
static const char *explained(struct mu_desk *desk, int64_t meal_id, enum mu_language language)
{
    static char shown[8192];
    struct mu_error error;
    char *text;

    assert_int_equal(mu_explain_past_meal(desk, meal_id, language, &text, &error), MU_OK);
    snprintf(shown, sizeof shown, "%s", text);
    free(text);
    return shown;
}

static void assert_tells(const char *text, const char *what)
{
    if (!strstr(text, what))
        fail_msg("%s\nis not told in\n%s", what, text);
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

static void a_meal_of_last_month_is_told_by_the_book_of_its_day(void **state)
{
    static const char dearer[] =
        "centre: {name: 云鹭湾, division: \"330205\"}\n"
        "canteen:\n"
        "  sessions: [{id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: 18.00}]\n"
        "  tiers: [{id: t, name: 寿星, when: {age: {from: 95}}, price: 1, payer: fund}]\n";
    struct home *home = *state;
    struct mu_desk *later = home_desk(home, "2026-12-24T11:30");
    struct mu_meal_answer then;
    const char *text;

    home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", NULL);
    then = serve(home->desk, "张金凤");
    adopt(later, dearer);
    text = explained(later, then.meal.id, MU_CHINESE);
    assert_tells(text, "第 1 餐：2026-11-22 11:30:00 午餐 张金凤\n");
    assert_tells(text, "记录：80周岁及以上，餐价 15.00 元，本人付 8.00 元（现金）\n");
    assert_tells(text, "助餐补贴承担 7.00 元");
    assert_tells(text, "由第 1 版规则书决定（2026-11-22 起用");
    assert_tells(text, "推算：当天 82 周岁");
    assert_tells(text, "80周岁及以上（tier-80）：适用");
    assert_tells(text, "推算与记录一致。");
    text = explained(later, serve(later, "张金凤").meal.id, MU_ENGLISH);
    assert_tells(text, "price 18.00 yuan, 18.00 by the diner");
    assert_tells(text, "decided by version 2");
    assert_tells(text, "agrees with the record");
    mu_desk_free(&later);
}

static void the_places_and_the_money_of_that_moment_count(void **state)
{
    struct home *home = *state;
    struct mu_meal_answer second;
    const char *text;

    courier(home->desk);
    second = courier(home->desk);
    courier(home->desk);
    text = explained(home->desk, second.meal.id, MU_CHINESE);
    assert_tells(text, "记录：占 户外劳动者公益餐 当天的第 2 个名额");
    assert_tells(text, "名额当时已用 1 / 40");
    assert_tells(text, "没有档案，登记的职业是 外卖员");
    assert_tells(text, "推算与记录一致。");
}

static void an_account_that_was_empty_then_is_told_as_it_was(void **state)
{
    struct home *home = *state;
    struct mu_meal_answer first, second;
    const char *text;

    adopt(home->desk, mu_preset_book("jingting"));
    home_add(home->desk, "name", "周阿宝", "birth_date", "1950-01-01", "tags", "低保", NULL);
    home_add(home->desk, "name", "李秀英", "birth_date", "1951-01-01", "tags", "低保", NULL);
    assert_int_equal(
        mu_fund_book(home->desk, MU_PAYER_WORKSHOP, (struct mu_money){1000}, "义卖", NULL, NULL),
        MU_OK);
    first = serve(home->desk, "周阿宝");
    second = serve(home->desk, "李秀英");
    assert_int_equal(
        mu_fund_book(home->desk, MU_PAYER_WORKSHOP, (struct mu_money){90000}, "义卖", NULL, NULL),
        MU_OK);
    text = explained(home->desk, first.meal.id, MU_CHINESE);
    assert_tells(text, "推算：共富工坊账上当时有 10.00 元");
    assert_tells(text, "推算与记录一致。");
    text = explained(home->desk, second.meal.id, MU_CHINESE);
    assert_tells(text, "推算：共富工坊账上当时有 3.00 元");
    assert_tells(text, "推算与记录一致。");
}

static void a_tag_that_was_taken_away_after_lunch_still_explains_it(void **state)
{
    struct home *home = *state;
    struct mu_desk *afternoon = home_desk(home, "2026-11-25T16:00");
    struct mu_desk *winter = home_desk(home, "2026-12-20T16:00");
    struct mu_desk *noon = home_desk(home, "2026-11-25T11:30");
    int64_t id =
        home_add(home->desk, "name", "周阿宝", "birth_date", "1950-01-01", "tags", "低保", NULL);
    struct mu_meal_answer lunch = serve(noon, "周阿宝");
    struct mu_resident resident;
    const char *text;

    mu_desk_free(&noon);
    assert_string_equal(lunch.meal.tier, "hardship");
    assert_int_equal(mu_read_resident(afternoon, id, &resident, NULL), MU_OK);
    *resident.tags = '\0';
    assert_int_equal(mu_save_resident(afternoon, &resident, NULL, NULL), MU_OK);
    text = explained(winter, lunch.meal.id, MU_CHINESE);
    assert_tells(text, "标签 低保");
    assert_tells(text, "推算与记录一致。");
    mu_desk_free(&afternoon);
    mu_desk_free(&winter);
}

static void a_corrected_birthday_is_named_as_the_reason_why_it_differs(void **state)
{
    struct home *home = *state;
    struct mu_desk *later = home_desk(home, "2026-12-01T09:00");
    int64_t id = home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", NULL);
    struct mu_meal_answer lunch = serve(home->desk, "张金凤");
    struct mu_resident resident;
    const char *text;

    assert_int_equal(mu_read_resident(later, id, &resident, NULL), MU_OK);
    resident.birth_date = (struct mu_date){1954, 3, 8};
    assert_int_equal(mu_save_resident(later, &resident, NULL, NULL), MU_OK);
    text = explained(later, lunch.meal.id, MU_CHINESE);
    assert_tells(text, "推算与记录不一致：推算是 60周岁及以上，本人付 12.00 元");
    assert_tells(text, "这一餐之后改过档案：2026-12-01 09:00:00");
    assert_tells(text, "1944-03-08");
    mu_desk_free(&later);
}

static void a_meal_taken_back_is_told_with_its_reason(void **state)
{
    struct home *home = *state;
    struct mu_meal_answer lunch;

    home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", NULL);
    lunch = serve(home->desk, "张金凤");
    assert_int_equal(mu_void_meal(home->desk, lunch.meal.id, "刷错卡", NULL, NULL), MU_OK);
    assert_tells(explained(home->desk, lunch.meal.id, MU_CHINESE), "作废，原因：刷错卡");
    /* The free place after that is told as it was for the next one. */
    lunch = serve(home->desk, "张金凤");
    assert_tells(explained(home->desk, lunch.meal.id, MU_ENGLISH), "0 reduced meals earlier");
}

static void a_guest_s_meal_is_told_with_why_it_was_at_full_price(void **state)
{
    struct home *home = *state;
    const struct mu_meal_request request = {
        .guest = true, .session = "lunch", .reason = "家属同来用餐"};
    struct mu_meal_answer answer;
    const char *text;

    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, NULL), MU_OK);
    text = explained(home->desk, answer.meal.id, MU_CHINESE);
    assert_tells(text, "记录：当时写的说明：家属同来用餐");
    assert_tells(text, "由人决定按全价登记");
    assert_tells(text, "推算与记录一致。");
}

static void a_number_that_is_no_meal_is_refused(void **state)
{
    struct home *home = *state;
    struct mu_error error;
    char *text = NULL;

    assert_int_equal(mu_explain_past_meal(home->desk, 7, MU_CHINESE, &text, &error), MU_INPUT);
    assert_null(text);
    assert_int_equal(error.message, MU_SAY_error_meal_unknown);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, home_setup, home_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(a_meal_of_last_month_is_told_by_the_book_of_its_day),
        STORY(the_places_and_the_money_of_that_moment_count),
        STORY(an_account_that_was_empty_then_is_told_as_it_was),
        STORY(a_tag_that_was_taken_away_after_lunch_still_explains_it),
        STORY(a_corrected_birthday_is_named_as_the_reason_why_it_differs),
        STORY(a_meal_taken_back_is_told_with_its_reason),
        STORY(a_guest_s_meal_is_told_with_why_it_was_at_full_price),
        STORY(a_number_that_is_no_meal_is_refused),
    };

    return cmocka_run_group_tests_name("meals of the past", tests, NULL, NULL);
}
