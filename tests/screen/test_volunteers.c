#include "screen/story.h"

#include <mulin/desk/team.h>
#include <mulin/desk/volunteer.h>

#include <string.h>

static const struct mu_date may = {2026, 5, 4};

static void join(struct story *story, const char *card, int role)
{
    struct mu_error error;

    assert_int_equal(
        mu_join_team(story->desk, "云鹭骑手队", story_find(story, card), role, may, &error), MU_OK);
}

static void open_place(struct story *story, const char *chinese, const char *english)
{
    story_press(story, F(9));
    story_type(story, story->language == MU_CHINESE ? chinese : english);
    story_press(story, MU_KEY_ENTER);
}

static void two_join(struct story *story)
{
    join(story, "8801", MU_TEAM_LEADER);
    join(story, "8805", 0);
}

static void teams_stand_with_leader_people_and_duties_story(struct story *story)
{
    two_join(story);
    open_place(story, "团队", "Teams");
    assert_top(story, "teams");
    assert_golden(story, "teams");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "team_page");
    assert_golden(story, "team_page");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "volunteer");
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "teams");
}

static void somebody_joins_leads_and_leaves_story(struct story *story)
{
    two_join(story);
    open_place(story, "团队", "Teams");
    story_press(story, MU_KEY_ENTER);
    story_press(story, F(7));
    story_scan(story, "8802");
    assert_top(story, "team_page");
    assert_shows(story, "已加入 云鹭骑手队，队员", "belongs to 云鹭骑手队: member");
    /* The second of the list leads from now on. */
    story_press(story, MU_KEY_DOWN);
    story_press(story, F(4));
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "已加入 云鹭骑手队，队长", "belongs to 云鹭骑手队: leader");
    /* The last one leaves today. */
    story_press(story, MU_KEY_END);
    story_press(story, MU_KEY_DELETE);
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "已退出 云鹭骑手队", "has left 云鹭骑手队");
    story_press(story, F(8));
    story_type(story, "y");
    assert_shows(story, "3 人", "3 people");
}

static void a_team_is_founded_in_a_form_story(struct story *story)
{
    open_place(story, "团队", "Teams");
    story_press(story, F(7));
    assert_top(story, "new_team_form");
    story_type(story, "阿姨巡逻队");
    story_press(story, F(2));
    assert_top(story, "teams");
    assert_shows(story, "已保存团队 阿姨巡逻队", "Team 阿姨巡逻队 is saved");
    story_press(story, F(2));
    assert_top(story, "team_form");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "teams");
}

static void volunteers_are_found_by_what_they_can_story(struct story *story)
{
    struct mu_volunteer_file file;

    two_join(story);
    assert_int_equal(mu_read_volunteer(story->desk, story_find(story, "8805"), &file, NULL), MU_OK);
    strcpy(file.volunteer.skills, "理发 水电");
    assert_int_equal(mu_save_volunteer(story->desk, &file.volunteer, NULL, NULL), MU_OK);
    open_place(story, "志愿者", "Volunteers");
    assert_top(story, "volunteers");
    assert_golden(story, "volunteers");
    story_press(story, F(4));
    story_press(story, MU_KEY_ENTER);
    story_type(story, "水电");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "特长“水电”：1 人", "skill 水电: 1 volunteers");
    story_press(story, F(7));
    story_scan(story, "8802");
    assert_top(story, "volunteer_form");
    story_press(story, F(2));
    assert_top(story, "volunteers");
}

static void a_volunteers_page_has_it_all_and_gives_awards_story(struct story *story)
{
    two_join(story);
    open_place(story, "志愿者", "Volunteers");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "volunteer");
    story_press(story, F(7));
    story_type(story, "活力小哥");
    story_press(story, MU_KEY_ENTER);
    assert_golden(story, "volunteer");
    story_press(story, F(8));
    story_type(story, "y");
    assert_shows(story, "1 / 2", "1 / 2");
    story_press(story, F(2));
    assert_top(story, "volunteer_form");
    assert_golden(story, "volunteer_form");
}

STORY(teams_stand_with_leader_people_and_duties)
STORY(somebody_joins_leads_and_leaves)
STORY(a_team_is_founded_in_a_form)
STORY(volunteers_are_found_by_what_they_can)
STORY(a_volunteers_page_has_it_all_and_gives_awards)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(teams_stand_with_leader_people_and_duties),
        TOLD(somebody_joins_leads_and_leaves),
        TOLD(a_team_is_founded_in_a_form),
        TOLD(volunteers_are_found_by_what_they_can),
        TOLD(a_volunteers_page_has_it_all_and_gives_awards),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
