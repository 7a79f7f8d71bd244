#include "screen/story.h"

#include <mulin/desk/fund.h>
#include <mulin/desk/service.h>

#include <string.h>

static void serve_some(struct story *story)
{
    static const char *const cards[] = {"8801", "8802", "8803", "8805", "8806"};

    for (size_t i = 0; i < sizeof cards / sizeof *cards; i++) {
        const struct mu_meal_request request = {.who = cards[i], .session = "lunch"};
        struct mu_meal_answer answer;

        assert_int_equal(mu_serve_meal(story->desk, &request, &answer, NULL), MU_OK);
    }
}

static void open_month(struct story *story)
{
    story_type(story, "4");
    story_press(story, F(7));
    assert_top(story, "month");
}

static void the_month_is_told_tier_by_tier_and_by_other_ways_story(struct story *story)
{
    serve_some(story);
    open_month(story);
    assert_golden(story, "month");
    story_press(story, F(4));
    assert_shows(story, "按付款方", "by payer");
    assert_shows(story, "助餐补贴", "subsidy");
    story_press(story, MU_KEY_BACKTAB);
    story_press(story, MU_KEY_BACKTAB);
    assert_shows(story, "按人", "by person");
    assert_shows(story, "张*凤", "张*凤");
    assert_false(story_shows(story, "张金凤"));
}

static void another_month_is_a_key_away_story(struct story *story)
{
    serve_some(story);
    open_month(story);
    story_press(story, MU_KEY_LEFT);
    assert_shows(story, "2026-10", "2026-10");
    assert_shows(story, "没有用餐记录", "no meals");
    story_press(story, MU_KEY_RIGHT);
    story_press(story, MU_KEY_RIGHT);
    assert_shows(story, "还没有到", "has not begun");
    story_press(story, F(7));
    story_type(story, "2026年9月");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "2026-09", "2026-09");
    story_press(story, F(7));
    story_type(story, "十月");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "2026-09", "2026-09");
    story_press(story, F(7));
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "2026-11", "2026-11");
}

static void the_posted_version_goes_into_a_file_story(struct story *story)
{
    char path[96], text[4096] = "";
    FILE *file;

    serve_some(story);
    open_month(story);
    snprintf(path, sizeof path, "%s/posted.csv", story->folder);
    for (int i = 0; i < 2; i++) {
        story_press(story, F(2));
        story_press(story, MU_KEY_ENTER);
        story_type(story, path);
        story_press(story, MU_KEY_ENTER);
        if (i)
            story_type(story, "y");
        assert_shows(story, "已保存", "saved");
    }
    file = fopen(path, "r");
    assert_non_null(file);
    assert_true(fread(text, 1, sizeof text - 1, file) > 0);
    fclose(file);
    assert_non_null(
        strstr(text, story->language == MU_CHINESE ? "人数少的档位合计" : "few people"));
}

static void a_month_that_goes_on_books_no_share_story(struct story *story)
{
    const char *book = mu_preset_book("duyuan");
    struct mu_rules_faults faults = {0};
    int version;

    serve_some(story);
    open_month(story);
    story_press(story, F(6));
    assert_shows(story, "canteen.fund_share", "canteen.fund_share");
    assert_int_equal(mu_desk_adopt_rules(story->desk, book, strlen(book),
                                         mu_desk_now(story->desk).date, &faults, &version, NULL),
                     MU_OK);
    story_press(story, F(5));
    story_press(story, F(6));
    assert_shows(story, "还没有过完", "not over");
}

static void why_a_meal_cost_so_much_is_a_key_away_story(struct story *story)
{
    story_type(story, "4");
    story_press(story, F(6));
    assert_shows(story, "没有用餐记录", "no meals");
    serve_some(story);
    story_press(story, F(6));
    story_type(story, "张");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "为什么是这个价", "cost that much");
    assert_shows(story, "80周岁及以上", "80周岁及以上");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "settlement");
}

static void write_draft(const struct story *story, char path[96], const char *book)
{
    FILE *file;

    snprintf(path, 96, "%s/draft.yaml", story->folder);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs(book, file);
    fclose(file);
}

static void replay(struct story *story, const char *path, const char *month)
{
    story_press(story, F(7));
    story_type(story, path);
    story_press(story, MU_KEY_ENTER);
    story_type(story, month);
    story_press(story, MU_KEY_ENTER);
}

static void a_draft_is_replayed_before_it_is_adopted_story(struct story *story)
{
    char path[96];

    serve_some(story);
    story_press(story, F(9));
    story_type(story, story->language == MU_CHINESE ? "规则试算" : "Replay");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "prompt");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "replay");
    write_draft(story, path, "centre: {name: 云鹭湾}\n");
    replay(story, path, "2026-11");
    assert_shows(story, "draft.yaml:1:", "draft.yaml:1:");
    story_press(story, MU_KEY_ESCAPE);
    write_draft(story, path, mu_preset_book("jingting"));
    replay(story, path, "十一");
    replay(story, path, "2026-11");
    assert_shows(story, "张*凤", "张*凤");
    assert_golden(story, "replay");
    story_press(story, F(4));
    assert_shows(story, "助餐补贴", "subsidy");
    story_press(story, F(4));
    assert_shows(story, "试算餐数", "in draft");
    replay(story, "/nowhere.yaml", "2026-11");
    assert_shows(story, "nowhere", "nowhere");
}

static void earn(struct story *story, int64_t resident_id, const char *duty, int minutes)
{
    const struct mu_service_request request = {.resident_id = resident_id,
                                               .duty = duty,
                                               .date = {2026, 11, 20},
                                               .minutes = minutes,
                                               .confirmed_by = "张队长"};
    struct mu_service_answer answer;

    assert_int_equal(mu_record_service(story->desk, &request, &answer, NULL), MU_OK);
}

/* A month of services alone begins with the volunteers. */
static void services_are_replayed_beside_the_meals_story(struct story *story)
{
    char path[96];

    earn(story, story_add(story->desk, "name", "王建国", "birth_date", "1962-03-08", NULL), "serve",
         120);
    earn(story, story_add(story->desk, "name", "李秀英", "birth_date", "1965-03-08", NULL), "visit",
         60);
    story_press(story, F(9));
    story_type(story, story->language == MU_CHINESE ? "规则试算" : "Replay");
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_ESCAPE);
    write_draft(story, path,
                "centre: {name: 云鹭湾, division: \"330205\"}\n"
                "canteen:\n"
                "  sessions: [{id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: 15}]\n"
                "points:\n"
                "  duties: [{id: serve, team: 邻里帮厨队, name: 打菜分餐, per_hour: 12}]\n");
    replay(story, path, "2026-11");
    assert_shows(story, "王*国", "王*国");
    assert_golden(story, "replay_points");
    story_press(story, F(4));
    assert_shows(story, "打菜分餐", "打菜分餐");
    story_press(story, F(4));
    assert_shows(story, "邻里帮厨队", "邻里帮厨队");
    story_press(story, F(4)); /* without meals the volunteers come again */
    assert_shows(story, "李*英", "李*英");
    replay(story, path, "2026-10");
    assert_shows(story, "2026-10", "2026-10");
}

STORY(why_a_meal_cost_so_much_is_a_key_away)
STORY(services_are_replayed_beside_the_meals)
STORY(a_draft_is_replayed_before_it_is_adopted)
STORY(the_month_is_told_tier_by_tier_and_by_other_ways)
STORY(another_month_is_a_key_away)
STORY(the_posted_version_goes_into_a_file)
STORY(a_month_that_goes_on_books_no_share)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(why_a_meal_cost_so_much_is_a_key_away),
        TOLD(a_draft_is_replayed_before_it_is_adopted),
        TOLD(services_are_replayed_beside_the_meals),
        TOLD(the_month_is_told_tier_by_tier_and_by_other_ways),
        TOLD(another_month_is_a_key_away),
        TOLD(the_posted_version_goes_into_a_file),
        TOLD(a_month_that_goes_on_books_no_share),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
