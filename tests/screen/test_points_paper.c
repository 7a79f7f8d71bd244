#include "screen/story.h"

#include <mulin/desk/earning.h>
#include <mulin/desk/service.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int64_t serve(const struct story *story, const char *card, const char *duty, int from,
                     int minutes)
{
    const struct mu_service_request request = {.who = card,
                                               .duty = duty,
                                               .starts_at = from,
                                               .ends_at = from + minutes,
                                               .place = "北门",
                                               .confirmed_by = "王芳"};
    struct mu_service_answer answer;

    assert_int_equal(mu_record_service(story->desk, &request, &answer, NULL), MU_OK);
    return answer.service.entry_id;
}

static void serve_some(struct story *story)
{
    int64_t wrong;

    serve(story, "8801", "kitchen", 540, 120);
    wrong = serve(story, "8801", "meal-delivery", 480, 60);
    serve(story, "8802", "kitchen", 540, 60);
    assert_int_equal(mu_reverse_points(story->desk, wrong, "记错了人", NULL, NULL), MU_OK);
}

static void open_wall(struct story *story)
{
    struct mu_error error;

    assert_int_equal(mu_open_points_wall(story->app, &error), MU_OK);
    assert_top(story, "points_wall");
}

static void from_the_wall_to_the_entries_story(struct story *story)
{
    serve_some(story);
    open_wall(story);
    assert_golden(story, "points_wall");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "points_statement");
    assert_golden(story, "points_statement");
    story_press(story, MU_KEY_UP);
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "冲正", "back by entry");
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, F(4));
    story_type(story, "2026-10");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "没有积分记录", "no points yet");
    story_press(story, F(4));
    story_type(story, "十月");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "十月", "十月");
    story_press(story, F(4));
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "从第一笔", "From the first");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "points_wall");
}

static void another_month_of_the_wall_is_a_key_away_story(struct story *story)
{
    serve_some(story);
    open_wall(story);
    story_press(story, MU_KEY_LEFT);
    assert_shows(story, "2026-10", "2026-10");
    assert_shows(story, "没有人有积分", "nobody has points");
    story_press(story, MU_KEY_RIGHT);
    story_press(story, MU_KEY_RIGHT);
    assert_shows(story, "2026-11", "2026-11");
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
    story_press(story, F(5));
    assert_shows(story, "2026-11", "2026-11");
}

/* Saves what is open into `name`, and reads it. */
static void save(struct story *story, const char *name, char *text, size_t size)
{
    char path[96];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", story->folder, name);
    story_type(story, path);
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "已保存", "saved");
    file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, size - 1, file)] = '\0';
    fclose(file);
}

static void the_wall_and_a_statement_go_into_files_story(struct story *story)
{
    char text[8192];

    serve_some(story);
    open_wall(story);
    story_press(story, F(2));
    save(story, "wall.html", text, sizeof text);
    assert_non_null(strstr(text, "张*凤"));
    assert_null(strstr(text, "张金凤"));
    story_press(story, MU_KEY_ENTER);
    story_press(story, F(2));
    save(story, "own.csv", text, sizeof text);
    assert_non_null(strstr(text, "北门"));
}

static void a_certificate_is_looked_at_and_given_out_story(struct story *story)
{
    char text[8192];

    serve_some(story);
    open_wall(story);
    story_press(story, MU_KEY_ENTER);
    story_press(story, F(7));
    assert_top(story, "certificate");
    assert_golden(story, "certificate");
    story_press(story, F(6));
    assert_shows(story, "还没有给这个人开过", "no certificate was given");
    story_press(story, F(4));
    story_type(story, "2026-13");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "不是日期", "not a day");
    story_press(story, F(4));
    story_type(story, "2026-11-01");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "2026-11-10");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "没有服务记录", "did no service");
    story_press(story, F(4));
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_ENTER);
    story_press(story, F(2));
    story_type(story, "y");
    assert_shows(story, "2026-0001", "2026-0001");
    save(story, "paper.txt", text, sizeof text);
    assert_non_null(strstr(text, "2026-0001"));
    assert_non_null(strstr(text, "张金凤"));
    story_press(story, F(6));
    assert_shows(story, "开过的证明", "Certificates given");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "编号：2026-0001", "No. 2026-0001");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "points_statement");
}

STORY(from_the_wall_to_the_entries)
STORY(another_month_of_the_wall_is_a_key_away)
STORY(the_wall_and_a_statement_go_into_files)
STORY(a_certificate_is_looked_at_and_given_out)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(from_the_wall_to_the_entries),
        TOLD(another_month_of_the_wall_is_a_key_away),
        TOLD(the_wall_and_a_statement_go_into_files),
        TOLD(a_certificate_is_looked_at_and_given_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
