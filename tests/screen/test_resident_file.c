#include "screen/story.h"

#include <mulin/desk/operators.h>

#include <mulin/desk/person_file.h>
#include <string.h>

static void open_file(struct story *story, const char *card)
{
    story_type(story, "2");
    story_scan(story, card);
    assert_top(story, "resident_file");
}

static struct mu_resident read_file(struct story *story, const char *card)
{
    struct mu_resident resident;

    assert_int_equal(mu_read_resident(story->desk, story_find(story, card), &resident, NULL),
                     MU_OK);
    return resident;
}

static void a_file_shows_person_and_household_story(struct story *story)
{
    open_file(story, "8802");
    assert_golden(story, "file");
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "王秀英  女", "王秀英  female");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "register_list");
}

static void it_is_said_why_somebody_lives_alone_story(struct story *story)
{
    open_file(story, "8801");
    assert_golden(story, "file_alone");
}

static void the_person_file_is_a_second_page_story(struct story *story)
{
    struct mu_person_file file;

    open_file(story, "8801");
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "个人情况" : "Person file");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "person_form");
    story_type(story, "糖尿病餐，少盐");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "2024 年中风，行动不便");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "张小三（子）");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "13812345678");
    story_press(story, F(2));
    assert_top(story, "resident_file");
    assert_int_equal(mu_read_person_file(story->desk, story_find(story, "8801"), &file, NULL),
                     MU_OK);
    assert_string_equal(file.diet, "糖尿病餐，少盐");
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "个人情况" : "Person file");
    story_press(story, MU_KEY_ENTER);
    assert_golden(story, "person_file");
}

static void two_desks_write_one_person_file_story(struct story *story)
{
    struct mu_desk *neighbour = story_desk(story, "2026-11-22T11:30");
    int64_t id = story_find(story, "8801");
    struct mu_person_file file;
    struct mu_error error;

    open_file(story, "8801");
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "个人情况" : "Person file");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "少盐");
    assert_int_equal(mu_read_person_file(neighbour, id, &file, &error), MU_OK);
    strcpy(file.guardian, "张小三");
    assert_int_equal(mu_save_person_file(neighbour, &file, NULL, &error), MU_OK);
    story_press(story, F(2));
    assert_top(story, "person_form");
    assert_shows(story, "张小三", "张小三");
    story_press(story, F(2));
    assert_top(story, "resident_file");
    assert_int_equal(mu_read_person_file(neighbour, id, &file, &error), MU_OK);
    assert_string_equal(file.diet, "少盐");
    assert_string_equal(file.guardian, "张小三");
    mu_desk_free(&neighbour);
}

static void moving_out_asks_for_the_day_and_again_story(struct story *story)
{
    open_file(story, "8802");
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "迁出" : "moved");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "1101");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "2026-11-01", "2026-11-01");
    assert_golden(story, "file_ends");
    story_type(story, "y");
    assert_int_equal(read_file(story, "8802").status, MU_MOVED_OUT);
    assert_int_equal(read_file(story, "8802").ended_on.day, 1);
    /* He was head: somebody else has to be, and the household is where that is done. */
    assert_top(story, "household_page");
    assert_shows(story, "请在这里选一位新户主", "choose another here");
    story_press(story, F(8));
    story_type(story, "y");
    assert_int_equal(read_file(story, "8802").status, MU_LIVING_HERE);
}

static void whoever_is_no_head_ends_where_the_file_is_story(struct story *story)
{
    open_file(story, "8801");
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "去世" : "died");
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "标签 残疾 停止；卡 8801 收回", "the tag 残疾 ends; card 8801");
    story_type(story, "y");
    assert_top(story, "resident_file");
    assert_shows(story, "去世  2026-11-22", "died  2026-11-22");
    story_press(story, F(8));
    story_type(story, "y");
    assert_string_equal(read_file(story, "8801").tags, "残疾");
}

static void a_wrong_day_is_asked_for_again_story(struct story *story)
{
    open_file(story, "8802");
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "去世" : "died");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "13月40日");
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "resident_file");
    assert_int_equal(read_file(story, "8802").status, MU_LIVING_HERE);
}

static void the_price_of_a_meal_is_explained_story(struct story *story)
{
    open_file(story, "8801");
    story_press(story, F(4));
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "80周岁及以上", "80周岁及以上");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "resident_file");
}

static void f8_takes_back_the_last_step_wherever_it_was_story(struct story *story)
{
    story_type(story, "2");
    story_press(story, F(8));
    assert_shows(story, "撤销 11:30 张水生 登记为迁出？",
                 "Take back 11:30 张水生 noted as moved out?");
    assert_golden(story, "undo");
    story_type(story, "y");
    assert_shows(story, "已撤销 11:30 张水生", "taken back: 11:30 张水生");
    assert_int_equal(read_file(story, "8808").status, MU_LIVING_HERE);
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
    story_press(story, F(8));
    assert_shows(story, "新建居民档案：张水生", "new resident file: 张水生");
    story_press(story, MU_KEY_ESCAPE);
    assert_shows(story, "没有撤销", "nothing was taken back");
    story_press(story, F(8));
    story_type(story, "y");
    story_type(story, "2");
    assert_false(story_shows(story, "张水生"));
    assert_shows(story, "欧阳明月", "欧阳明月");
}

static void a_person_who_returns_is_no_matter_of_f8_story(struct story *story)
{
    open_file(story, "8808");
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "恢复" : "take back");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "y");
    assert_int_equal(read_file(story, "8808").status, MU_LIVING_HERE);
}

static void what_cannot_be_taken_back_is_told_once_story(struct story *story)
{
    struct mu_resident file = read_file(story, "8801");
    struct mu_desk_options options = {
        .home = story->folder, .system_user = "wang", .fixed_now = "2026-11-22T11:31"};
    struct mu_desk *other = NULL;

    strcpy(file.occupation, "退休");
    assert_int_equal(mu_save_resident(story->desk, &file, NULL, NULL), MU_OK);
    assert_int_equal(mu_add_operator(story->desk, "王丽", MU_ROLE_DESK, "wang", NULL), MU_OK);
    assert_int_equal(mu_desk_open(&options, &other, NULL), MU_OK);
    strcpy(file.occupation, "教师");
    assert_int_equal(mu_save_resident(other, &file, NULL, NULL), MU_OK);
    mu_desk_free(&other);
    open_file(story, "8802");
    story_press(story, F(8));
    assert_top(story, "resident_file");
    assert_shows(story, "张金凤 后来由 王丽", "张金凤 was changed since by 王丽");
    story_press(story, F(8));
    assert_shows(story, "撤销 11:30 张水生", "Take back 11:30 张水生");
}

static void open_history(struct story *story)
{
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "历史" : "history");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "history");
}

static void a_file_has_a_history_story(struct story *story)
{
    struct mu_resident file = read_file(story, "8802");

    strcpy(file.phone, "13912340001");
    assert_int_equal(mu_save_resident(story->desk, &file, NULL, NULL), MU_OK);
    strcpy(file.note, "怕狗");
    strcpy(file.tags, "党员");
    assert_int_equal(mu_save_resident(story->desk, &file, NULL, NULL), MU_OK);
    open_file(story, "8802");
    open_history(story);
    assert_shows(story, "电话 139****5678 → 139****0001", "Phone 139****5678 → 139****0001");
    assert_golden(story, "history");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "标签  空 → 党员", "Tags  nothing → 党员");
    assert_false(story_shows(story, "怕狗"));
    story_press(story, MU_KEY_ESCAPE);
    /* Any of one's own steps, and the taking back itself. */
    story_press(story, MU_KEY_DOWN);
    story_press(story, F(8));
    story_type(story, "y");
    assert_string_equal(read_file(story, "8802").phone, "139****5678");
    assert_string_equal(read_file(story, "8802").tags, "党员");
    assert_shows(story, "撤销：电话", "taken back: Phone");
    for (int i = 0; i < 3; i++)
        story_press(story, MU_KEY_UP);
    story_press(story, F(8));
    assert_shows(story, "重新做回去？", "Do it again?");
    story_type(story, "y");
    assert_string_equal(read_file(story, "8802").phone, "139****0001");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "resident_file");
    assert_shows(story, "139****0001", "139****0001");
}

STORY(a_file_shows_person_and_household)
STORY(it_is_said_why_somebody_lives_alone)
STORY(the_person_file_is_a_second_page)
STORY(two_desks_write_one_person_file)
STORY(moving_out_asks_for_the_day_and_again)
STORY(whoever_is_no_head_ends_where_the_file_is)
STORY(a_wrong_day_is_asked_for_again)
STORY(the_price_of_a_meal_is_explained)
STORY(f8_takes_back_the_last_step_wherever_it_was)
STORY(a_person_who_returns_is_no_matter_of_f8)
STORY(what_cannot_be_taken_back_is_told_once)
STORY(a_file_has_a_history)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(a_file_shows_person_and_household),
        TOLD(it_is_said_why_somebody_lives_alone),
        TOLD(the_person_file_is_a_second_page),
        TOLD(two_desks_write_one_person_file),
        TOLD(moving_out_asks_for_the_day_and_again),
        TOLD(whoever_is_no_head_ends_where_the_file_is),
        TOLD(a_wrong_day_is_asked_for_again),
        TOLD(the_price_of_a_meal_is_explained),
        TOLD(f8_takes_back_the_last_step_wherever_it_was),
        TOLD(a_person_who_returns_is_no_matter_of_f8),
        TOLD(what_cannot_be_taken_back_is_told_once),
        TOLD(a_file_has_a_history),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
