#include "screen/story.h"

#include <mulin/desk/earning.h>
#include <mulin/desk/operators.h>
#include <mulin/desk/points_month.h>
#include <mulin/desk/service.h>
#include <mulin/desk/volunteer.h>

#include <string.h>

static void serve(struct story *story, const char *who, const char *duty, struct mu_date date,
                  int from, int to, const char *confirmed)
{
    const struct mu_service_request request = {.who = who,
                                               .duty = duty,
                                               .date = date,
                                               .starts_at = from,
                                               .ends_at = to,
                                               .confirmed_by = confirmed};
    struct mu_service_answer answer;

    assert_int_equal(mu_record_service(story->desk, &request, &answer, NULL), MU_OK);
}

/* What hangs together of October: a good month but for three things. */
static void october(struct story *story)
{
    assert_int_equal(mu_add_operator(story->desk, "陈静", MU_ROLE_TALLY, NULL, NULL), MU_OK);
    assert_int_equal(mu_set_password(story->desk, "陈静", "13571357", NULL), MU_OK);
    serve(story, "8801", "kitchen", (struct mu_date){2026, 10, 3}, 540, 660, "李队长");
    serve(story, "8802", "kitchen", (struct mu_date){2026, 10, 3}, 540, 720, "李队长");
    serve(story, "8801", "meal-delivery", (struct mu_date){2026, 10, 9}, 600, 690, NULL);
    serve(story, "8802", "visit", (struct mu_date){2026, 10, 12}, 0, 0, NULL);
    serve(story, "8803", "meal-delivery", (struct mu_date){2026, 10, 13}, 600, 660, "王秀英");
}

static void open_tally(struct story *story)
{
    story_press(story, F(9));
    story_type(story, story->language == MU_CHINESE ? "月结" : "tally of points");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "points_tally");
}

static void doubts_come_first_and_each_takes_a_key_story(struct story *story)
{
    october(story);
    open_tally(story);
    assert_shows(story, "待处理 3 条", "3 doubts open");
    assert_golden(story, "points_doubts");
    story_press(story, F(2));
    assert_shows(story, "请先逐条认可或冲正", "accept or reverse each first");
    story_press(story, F(6));
    story_type(story, "问过老人");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "待处理 2 条", "2 doubts open");
    story_press(story, F(6));
    assert_shows(story, "待处理 1 条", "1 doubts open");
    story_press(story, F(7));
    story_type(story, "不能自己确认");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "已冲正", "reversed of");
    assert_false(story_shows(story, "待处理"));
}

static void sign(struct story *story, const char *password)
{
    story_press(story, F(2));
    assert_shows(story, "此后不能再记入", "Close?");
    story_type(story, "y");
    story_type(story, "陈静");
    story_press(story, MU_KEY_ENTER);
    story_type(story, password);
    story_press(story, MU_KEY_ENTER);
}

static void two_people_close_the_month_story(struct story *story)
{
    october(story);
    open_tally(story);
    story_press(story, MU_KEY_ENTER);
    story_type(story, "都核对过");
    story_press(story, MU_KEY_ENTER);
    story_press(story, F(6));
    story_press(story, F(6));
    story_press(story, MU_KEY_TAB);
    assert_golden(story, "points_people");
    story_press(story, MU_KEY_TAB);
    assert_golden(story, "points_teams");
    sign(story, "11111111");
    assert_shows(story, "姓名或密码不对", "the name or the password is wrong");
    sign(story, "13571357");
    assert_shows(story, "2026-10 已关账", "2026-10 is closed");
    story_press(story, F(2));
    assert_shows(story, "这个月已经关账", "this month is closed");
    story_press(story, MU_KEY_BACKTAB);
    story_press(story, MU_KEY_BACKTAB);
    story_press(story, MU_KEY_ENTER);
    story_type(story, "再说一句");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "这个月已经关账", "the month is closed");
}

static void an_award_is_given_to_who_is_put_forward_story(struct story *story)
{
    struct mu_volunteer volunteer = {.resident_id = story_find(story, "8801")};

    assert_int_equal(mu_save_volunteer(story->desk, &volunteer, NULL, NULL), MU_OK);
    for (int score = 0; score < 2; score++) {
        const struct mu_rating_request request = {
            .who = "8801", .score = 5, .date = {2026, 10, 5 + score}};

        assert_int_equal(mu_rate_volunteer(story->desk, &request, NULL, NULL), MU_OK);
    }
    october(story);
    open_tally(story);
    story_press(story, MU_KEY_BACKTAB);
    assert_shows(story, "暖心骑手 第 1 名 张金凤：评价 8 分",
                 "暖心骑手, place 1: 张金凤, 8 points of ratings");
    story_press(story, F(6));
    assert_shows(story, "已授 暖心骑手", "暖心骑手 is given");
    story_press(story, F(6));
    assert_shows(story, "已经授过", "given already");
    story_press(story, MU_KEY_BACKTAB);
    story_press(story, F(6));
    assert_false(story_shows(story, "帮厨"));
}

static void other_months_and_ways_are_a_key_away_story(struct story *story)
{
    october(story);
    open_tally(story);
    story_press(story, MU_KEY_RIGHT);
    assert_shows(story, "2026-11", "2026-11");
    assert_shows(story, "没有疑点", "no doubts");
    story_press(story, MU_KEY_RIGHT);
    assert_shows(story, "还没到", "has not begun");
    story_press(story, F(7));
    story_type(story, "十月");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "2026-11", "2026-11");
    story_press(story, F(7));
    story_type(story, "2026年10月");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "2026-10", "2026-10");
    story_press(story, MU_KEY_BACKTAB);
    assert_shows(story, "评奖", "awards");
    story_press(story, MU_KEY_BACKTAB);
    assert_shows(story, "帮厨", "帮厨");
    story_press(story, MU_KEY_BACKTAB);
    story_press(story, MU_KEY_BACKTAB);
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "resident_file");
}

STORY(doubts_come_first_and_each_takes_a_key)
STORY(two_people_close_the_month)
STORY(an_award_is_given_to_who_is_put_forward)
STORY(other_months_and_ways_are_a_key_away)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(doubts_come_first_and_each_takes_a_key),
        TOLD(two_people_close_the_month),
        TOLD(an_award_is_given_to_who_is_put_forward),
        TOLD(other_months_and_ways_are_a_key_away),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
