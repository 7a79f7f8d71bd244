#include <mulin/domain/meal.h>

#include <mulin/base/codes.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

/* A day at a canteen: its book and the meals given so far. */
struct canteen_day {
    struct mu_rules *rules;
    int used[MU_RULES_TIERS];
};

static void open_book(struct canteen_day *day, const char *book)
{
    struct mu_rules_faults faults;
    struct mu_error error;

    memset(day, 0, sizeof *day);
    if (mu_rules_parse(book, strlen(book), &faults, &day->rules, &error) != MU_OK)
        fail_msg("fault in line %d", faults.count > 0 ? faults.fault[0].line : 0);
}

static int open_yunluwan(void **state)
{
    static struct canteen_day day;

    open_book(&day, mu_preset_book("yunluwan"));
    *state = &day;
    return 0;
}

static int close_canteen(void **state)
{
    struct canteen_day *day = *state;

    mu_rules_free(&day->rules);
    return 0;
}

static struct mu_meal_price lunch(const struct canteen_day *day, struct mu_diner diner,
                                  int reduced_today)
{
    struct mu_meal_price price;

    const struct mu_meal_day served = {.quota_used = day->used, .reduced_today = reduced_today};

    mu_meal_price(&day->rules->canteen, day->rules->canteen.sessions, &diner, &served, &price);
    assert_int_equal(price.pay.fen + price.others.fen, price.price.fen);
    return price;
}

static const char *tier_id(const struct mu_meal_price *price)
{
    return price->tier ? price->tier->id : "";
}

/* A meal from a book with one session at 15.00 and this one tier. */
static int64_t pay_by(const char *tier, struct mu_diner diner)
{
    struct canteen_day day;
    struct mu_meal_price price;
    char book[1024];

    snprintf(book, sizeof book,
             "centre: {name: 云鹭湾, division: \"330205\"}\n"
             "canteen:\n"
             "  sessions: [{id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: 15.00}]\n"
             "  tiers: [{id: t, name: 优惠, payer: fund, %s}]\n",
             tier);
    open_book(&day, book);
    price = lunch(&day, diner, 0);
    mu_rules_free(&day.rules);
    return price.pay.fen;
}

static void somebody_of_eighty_pays_eight_yuan(void **state)
{
    struct mu_meal_price price = lunch(*state, (struct mu_diner){.age = 80}, 0);

    assert_string_equal(tier_id(&price), "tier-80");
    assert_int_equal(price.pay.fen, 800);
    assert_int_equal(price.others.fen, 700);
    assert_int_equal(price.share[0].payer, MU_PAYER_SUBSIDY);
}

static void on_the_day_before_the_eightieth_birthday_it_is_twelve(void **state)
{
    struct mu_meal_price price = lunch(*state, (struct mu_diner){.age = 79}, 0);

    assert_string_equal(tier_id(&price), "tier-60");
    assert_int_equal(price.pay.fen, 1200);
}

static void everybody_else_may_eat_at_the_full_price(void **state)
{
    struct mu_meal_price young = lunch(*state, (struct mu_diner){.age = 59}, 0);
    struct mu_meal_price unknown = lunch(*state, (struct mu_diner){.age = -1}, 0);

    assert_null(young.tier);
    assert_int_equal(young.pay.fen, 1500);
    assert_int_equal(young.others.fen, 0);
    assert_int_equal(young.passed_over, 0);
    assert_false(young.subsidy_used);
    assert_int_equal(unknown.pay.fen, 1500);
}

static void an_elder_in_hardship_pays_two_and_the_workshop_the_rest(void **state)
{
    struct mu_meal_price price =
        lunch(*state, (struct mu_diner){.age = 83, .tags = "独居 低保"}, 0);

    assert_string_equal(tier_id(&price), "hardship");
    assert_int_equal(price.pay.fen, 200);
    assert_int_equal(price.others.fen, 1300);
    assert_int_equal(price.share[0].payer, MU_PAYER_WORKSHOP);
}

static void hardship_without_the_age_is_not_that_tier(void **state)
{
    struct mu_meal_price price = lunch(*state, (struct mu_diner){.age = 40, .tags = "低保"}, 0);

    assert_null(price.tier);
}

static void a_tag_counts_only_as_a_whole_word(void **state)
{
    struct mu_meal_price part = lunch(*state, (struct mu_diner){.age = 61, .tags = "低保边缘"}, 0);
    struct mu_meal_price last =
        lunch(*state, (struct mu_diner){.age = 61, .tags = "独居  特困"}, 0);

    assert_string_equal(tier_id(&part), "tier-60");
    assert_string_equal(tier_id(&last), "hardship");
}

static void the_fortieth_courier_eats_free_and_the_forty_first_pays(void **state)
{
    struct canteen_day *day = *state;
    struct mu_diner courier = {.age = -1, .occupation = "外卖员"};
    struct mu_meal_price price;

    day->used[0] = 39;
    price = lunch(day, courier, 0);
    assert_string_equal(tier_id(&price), "outdoor");
    assert_int_equal(price.pay.fen, 0);
    assert_int_equal(price.others.fen, 1500);

    day->used[0] = 40;
    price = lunch(day, courier, 0);
    assert_null(price.tier);
    assert_int_equal(price.pay.fen, 1500);
    assert_int_equal(price.passed_over, 1);
    assert_string_equal(price.first_passed_over->id, "outdoor");
    assert_false(price.subsidy_used);
}

static void a_cleaner_of_sixty_falls_to_the_next_tier_when_the_free_meals_are_gone(void **state)
{
    struct canteen_day *day = *state;
    struct mu_meal_price price;

    day->used[0] = 40;
    price = lunch(day, (struct mu_diner){.age = 62, .occupation = "保洁员"}, 0);
    assert_string_equal(tier_id(&price), "tier-60");
    assert_int_equal(price.pay.fen, 1200);
    assert_string_equal(price.first_passed_over->id, "outdoor");
}

static void the_second_meal_of_a_day_is_at_the_full_price(void **state)
{
    struct canteen_day *day = *state;
    struct mu_meal_price price = lunch(day, (struct mu_diner){.age = 80}, 1);

    assert_null(price.tier);
    assert_int_equal(price.pay.fen, 1500);
    assert_true(price.subsidy_used);

    day->used[0] = 40;
    price = lunch(day, (struct mu_diner){.age = -1, .occupation = "外卖员"}, 1);
    assert_true(price.subsidy_used);
    assert_int_equal(price.passed_over, 0);

    price = lunch(day, (struct mu_diner){.age = 30}, 1);
    assert_false(price.subsidy_used);
}

static void a_percentage_is_rounded_in_the_resident_s_favour(void **state)
{
    struct mu_diner anybody = {.age = 30};

    (void)state;
    assert_int_equal(pay_by("off: 20%", anybody), 1200);
    assert_int_equal(pay_by("off: 33.33%", anybody), 1000); /* 4.9995 off is 5.00 */
    assert_int_equal(pay_by("off: 0.01%", anybody), 1499);
    assert_int_equal(pay_by("off: 100%", anybody), 0);
}

static void nobody_is_paid_for_eating_and_nobody_pays_more_than_the_price(void **state)
{
    struct mu_diner anybody = {.age = 30};

    (void)state;
    assert_int_equal(pay_by("off: 20.00", anybody), 0);
    assert_int_equal(pay_by("price: 20.00", anybody), 1500);
    assert_int_equal(pay_by("off: 0", anybody), 1500);
}

static void conditions_combine(void **state)
{
    const char *tier = "off: 5, when: {sex: 女, residence: migrant, "
                       "not: {occupancy: [民宿]}, any: [{age: {to: 17}}, {tags: [残疾]}]}";
    struct mu_diner girl = {
        .age = 17, .sex = MU_SEX_FEMALE, .residence = "migrant", .occupancy = "租户", .tags = ""};
    struct mu_diner other;

    (void)state;
    assert_int_equal(pay_by(tier, girl), 1000);
    other = girl;
    other.sex = MU_SEX_MALE;
    assert_int_equal(pay_by(tier, other), 1500);
    other = girl;
    other.residence = NULL;
    assert_int_equal(pay_by(tier, other), 1500);
    other = girl;
    other.occupancy = "民宿";
    assert_int_equal(pay_by(tier, other), 1500);
    other = girl;
    other.age = 18;
    assert_int_equal(pay_by(tier, other), 1500);
    other.tags = "残疾";
    assert_int_equal(pay_by(tier, other), 1000);
}

static void full_width_letters_in_a_word_are_the_same_word(void **state)
{
    (void)state;
    assert_int_equal(pay_by("off: 5, when: {tags: [A级]}", (struct mu_diner){.tags = "Ａ级"}),
                     1000);
    assert_int_equal(pay_by("off: 5, when: {occupation: 快递员}",
                            (struct mu_diner){.occupation = "快递员 兼职"}),
                     1500);
}

/* All lines of an explanation. */
struct lines {
    size_t count;
    enum mu_tier_verdict verdict[8];
    char text[8][MU_TIER_REASON_SIZE];
};

static void keep(void *context, const struct mu_tier_reason *reason)
{
    struct lines *lines = context;

    assert_true(lines->count < 8);
    lines->verdict[lines->count] = reason->verdict;
    memcpy(lines->text[lines->count++], reason->text, sizeof reason->text);
}

static struct lines explain(const struct canteen_day *day, struct mu_diner diner, int reduced_today,
                            enum mu_language language)
{
    struct lines lines = {0};

    struct mu_meal_day served = {.quota_used = day->used, .reduced_today = reduced_today};

    mu_meal_explain(&day->rules->canteen, day->rules->canteen.sessions, &diner, &served, language,
                    keep, &lines);
    return lines;
}

static void every_tier_says_why_it_did_or_did_not_apply(void **state)
{
    struct mu_diner elder = {.age = 72, .tags = "独居"};
    struct lines zh = explain(*state, elder, 0, MU_CHINESE);
    struct lines en = explain(*state, elder, 0, MU_ENGLISH);

    assert_int_equal(zh.count, 5);
    assert_string_equal(zh.text[0],
                        "户外劳动者公益餐（outdoor）：不适用：职业不属于：保洁员、环卫工、"
                        "外卖员、快递员");
    assert_string_equal(zh.text[1],
                        "困难老人工坊餐（hardship）：不适用：没有下列标签：低保、特困、困境家庭");
    assert_string_equal(zh.text[2],
                        "80周岁及以上（tier-80）：不适用：年龄 72 周岁，不是80 周岁及以上");
    assert_string_equal(zh.text[3],
                        "60周岁及以上（tier-60）：适用：年龄 72 周岁，符合60 周岁及以上");
    assert_string_equal(zh.text[4], "原价 15.00 元，本人付 12.00 元，助餐补贴承担 3.00 元");
    assert_int_equal(zh.verdict[2], MU_TIER_NOT_MATCHED);
    assert_int_equal(zh.verdict[3], MU_TIER_DECIDES);

    assert_string_equal(en.text[2],
                        "80周岁及以上 (tier-80): does not apply: the age 72 is not 80 or older");
    assert_string_equal(en.text[3], "60周岁及以上 (tier-60): decides: the age 72 is 60 or older");
    assert_string_equal(en.text[4], "of 15.00 yuan the diner pays 12.00 and the subsidy pays "
                                    "3.00");
}

static void the_forty_first_courier_hears_why(void **state)
{
    struct canteen_day *day = *state;
    struct lines lines;

    day->used[0] = 40;
    lines = explain(day, (struct mu_diner){.age = -1, .occupation = "外卖员"}, 0, MU_CHINESE);
    assert_int_equal(lines.verdict[0], MU_TIER_QUOTA_USED);
    assert_string_equal(
        lines.text[0],
        "户外劳动者公益餐（outdoor）：跳过：职业属于：保洁员、环卫工、外卖员、快递员，"
        "但今日 40 份已用完");
    assert_string_equal(lines.text[2],
                        "80周岁及以上（tier-80）：不适用：年龄不详，要求80 周岁及以上");
    assert_string_equal(lines.text[4], "按原价 15.00 元，由本人支付");
}

static void the_second_meal_of_a_day_is_explained(void **state)
{
    struct lines lines = explain(*state, (struct mu_diner){.age = 80}, 1, MU_ENGLISH);

    assert_int_equal(lines.verdict[2], MU_TIER_MEALS_USED);
    assert_string_equal(lines.text[2],
                        "80周岁及以上 (tier-80): not again: the age 80 is 80 or older, "
                        "but the 1 reduced a day and person were had");
    assert_int_equal(lines.verdict[3], MU_TIER_MEALS_USED);
    assert_string_equal(lines.text[4], "full price, 15.00 yuan, paid by the diner");
}

static void tiers_behind_the_one_that_decides_are_not_reached(void **state)
{
    struct lines lines = explain(*state, (struct mu_diner){.age = 91}, 0, MU_ENGLISH);

    assert_int_equal(lines.verdict[2], MU_TIER_DECIDES);
    assert_int_equal(lines.verdict[3], MU_TIER_NOT_REACHED);
    assert_string_equal(lines.text[3],
                        "60周岁及以上 (tier-60): not reached: a tier before it decided");
}

/* Why the one condition of a book holds or does not hold. */
static void expect_reason(const char *when, struct mu_diner diner, const char *zh, const char *en)
{
    struct canteen_day day;
    char book[1024], out[512];

    snprintf(book, sizeof book,
             "centre: {name: 云鹭湾, division: \"330205\"}\n"
             "canteen:\n"
             "  sessions: [{id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: 15.00}]\n"
             "  tiers: [{id: t, name: 优惠, payer: fund, off: 1%s%s}]\n",
             when ? ", when: " : "", when ? when : "");
    open_book(&day, book);
    mu_condition_explain(&day.rules->canteen.tiers->when, &diner, MU_CHINESE, out, sizeof out);
    assert_string_equal(out, zh);
    mu_condition_explain(&day.rules->canteen.tiers->when, &diner, MU_ENGLISH, out, sizeof out);
    assert_string_equal(out, en);
    mu_condition_explain(&day.rules->canteen.tiers->when, &diner, MU_CHINESE, out, 5);
    assert_true(strlen(out) <= 4 && strncmp(out, zh, strlen(out)) == 0);
    mu_rules_free(&day.rules);
}

static void every_kind_of_condition_has_its_words(void **state)
{
    struct mu_diner woman = {.age = 65,
                             .sex = MU_SEX_FEMALE,
                             .residence = "migrant",
                             .occupancy = "租户",
                             .tags = "残疾",
                             .occupation = "教师"};

    (void)state;
    expect_reason(NULL, woman, "不限对象", "for everybody");
    expect_reason("{age: {from: 60, to: 69}}", woman, "年龄 65 周岁，符合60 到 69 周岁",
                  "the age 65 is 60 to 69");
    expect_reason("{age: {to: 6}}", woman, "年龄 65 周岁，不是6 周岁及以下",
                  "the age 65 is not 6 or younger");
    expect_reason("{tags: [失能, 残疾]}", woman, "有下列标签之一：失能、残疾",
                  "has one of the tags 失能, 残疾");
    expect_reason("{sex: 女}", woman, "性别是女", "the sex is female");
    expect_reason("{sex: male}", woman, "性别不是男", "the sex is not male");
    expect_reason("{residence: resident}", woman, "户籍类型不是：户籍",
                  "the residence is not resident");
    expect_reason("{occupancy: [租户, 民宿]}", woman, "居住类型是：租户、民宿",
                  "the occupancy is tenant, homestay");
    expect_reason("{not: {tags: [残疾]}}", woman, "属于除外的情形：有下列标签之一：残疾",
                  "excluded because has one of the tags 残疾");
    expect_reason("{not: {tags: [低保]}}", woman, "没有下列标签：低保",
                  "has none of the tags 低保");
    expect_reason("{age: {from: 60}, sex: 女}", woman, "年龄 65 周岁，符合60 周岁及以上；性别是女",
                  "the age 65 is 60 or older; the sex is female");
    expect_reason("{age: {from: 60}, sex: 男}", woman, "性别不是男", "the sex is not male");
    expect_reason("{any: [{tags: [低保]}, {occupation: [保洁员]}]}", woman,
                  "没有下列标签：低保；职业不属于：保洁员",
                  "has none of the tags 低保; does not work as one of 保洁员");
}

static void the_words_of_books_are_words_of_the_register(void **state)
{
    (void)state;
    assert_non_null(mu_choice_by_text(&mu_residences, "resident"));
    assert_non_null(mu_choice_by_text(&mu_residences, "migrant"));
    assert_non_null(mu_choice_by_text(&mu_occupancies, "自住"));
    assert_non_null(mu_choice_by_text(&mu_occupancies, "租户"));
    assert_non_null(mu_choice_by_text(&mu_occupancies, "民宿"));
    assert_non_null(mu_choice_by_text(&mu_occupancies, "闲置"));
}

static void payers_have_the_words_of_books(void **state)
{
    (void)state;
    assert_string_equal(mu_payer_word(MU_PAYER_SELF), "self");
    assert_string_equal(mu_payer_word(MU_PAYER_WORKSHOP), "workshop");
    assert_string_equal(mu_payer_word(MU_PAYER_COUNT), "");
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, open_yunluwan, close_canteen)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(somebody_of_eighty_pays_eight_yuan),
        STORY(on_the_day_before_the_eightieth_birthday_it_is_twelve),
        STORY(everybody_else_may_eat_at_the_full_price),
        STORY(an_elder_in_hardship_pays_two_and_the_workshop_the_rest),
        STORY(hardship_without_the_age_is_not_that_tier),
        STORY(a_tag_counts_only_as_a_whole_word),
        STORY(the_fortieth_courier_eats_free_and_the_forty_first_pays),
        STORY(a_cleaner_of_sixty_falls_to_the_next_tier_when_the_free_meals_are_gone),
        STORY(the_second_meal_of_a_day_is_at_the_full_price),
        cmocka_unit_test(a_percentage_is_rounded_in_the_resident_s_favour),
        cmocka_unit_test(nobody_is_paid_for_eating_and_nobody_pays_more_than_the_price),
        cmocka_unit_test(conditions_combine),
        cmocka_unit_test(full_width_letters_in_a_word_are_the_same_word),
        STORY(every_tier_says_why_it_did_or_did_not_apply),
        STORY(the_forty_first_courier_hears_why),
        STORY(the_second_meal_of_a_day_is_explained),
        STORY(tiers_behind_the_one_that_decides_are_not_reached),
        cmocka_unit_test(every_kind_of_condition_has_its_words),
        cmocka_unit_test(the_words_of_books_are_words_of_the_register),
        cmocka_unit_test(payers_have_the_words_of_books),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
