/* Who is at the desk: signing in, taking over in the middle of a form, the lock. */
#include "screen/fake_term.h"
#include "screen/story.h"
#include "unit/plain_password.h"

#include <mulin/desk/operators.h>

#include <stdlib.h>
#include <string.h>

/* The first `count` of three colleagues of the keeper. */
static void hire(struct story *story, size_t count)
{
    static const struct {
        const char *name, *password;
        enum mu_role role;
    } people[] = {{"陈静", "1357", MU_ROLE_DESK},
                  {"周洋", "2468", MU_ROLE_TALLY},
                  {"王阿福", "3690", MU_ROLE_MEDIATOR}};

    for (size_t i = 0; i < count; i++) {
        assert_int_equal(mu_add_operator(story->desk, people[i].name, people[i].role, NULL, NULL),
                         MU_OK);
        assert_int_equal(mu_set_password(story->desk, people[i].name, people[i].password, NULL),
                         MU_OK);
    }
}

static void enter(struct story *story, const char *name, const char *password)
{
    story_type(story, name);
    story_press(story, MU_KEY_ENTER);
    story_type(story, password);
    story_press(story, MU_KEY_ENTER);
}

#define CHANGE ((enum mu_key)(MU_KEY_CONTROL_A + 'X' - 'A'))

static void a_desk_that_nobody_is_bound_to_asks_who_is_there_story(struct story *story)
{
    struct mu_desk_options options = {.home = story->folder,
                                      .system_user = "kiosk",
                                      .fixed_now = "2026-11-22T11:30",
                                      .sign_in = true};

    hire(story, 3);
    mu_desk_free(&story->desk);
    assert_int_equal(mu_desk_open(&options, &story->desk, NULL), MU_OK);
    story->screens.desk = story->desk;
    mu_app_set_operator(story->app, "");
    assert_int_equal(mu_open_sign_in(story->app, NULL, NULL), MU_OK);
    assert_golden(story, "sign_in_names");
    story_press(story, F(9));
    assert_top(story, "sign_in");
    /* The name by its pinyin. */
    story_type(story, "zhouy");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "2468");
    assert_golden(story, "sign_in_password");
    assert_false(story_shows(story, "2468"));
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "home");
    assert_shows(story, "现在是 周洋", "周洋 is at the desk now");
    assert_golden(story, "home_tally");
    /* Only what the role may do is offered, and the digit of another place says why not. */
    story_type(story, "1");
    assert_top(story, "home");
    assert_shows(story, "您的岗位不能助餐签到", "your role may not check people in");
    story_type(story, "2");
    assert_top(story, "register_list");
    assert_false(story_shows(story, "F6"));
    story_press(story, F(6));
    assert_top(story, "register_list");
    assert_shows(story, "在这里用不上", "does nothing here");
}

static void esc_at_the_start_leaves_story(struct story *story)
{
    assert_int_equal(mu_open_sign_in(story->app, "陈静", NULL), MU_OK);
    story_press(story, MU_KEY_ESCAPE);
    assert_false(mu_app_ended(story->app));
    story_press(story, MU_KEY_ESCAPE);
    assert_true(mu_app_ended(story->app));
}

/* 陈静 types a file, 周洋 takes over, 陈静 comes back: what was typed is still hers. */
static void somebody_takes_over_and_the_form_stays_story(struct story *story)
{
    char *draft = NULL;

    hire(story, 3);
    story_press(story, CHANGE);
    enter(story, "陈静", "1357");
    story_type(story, "3");
    assert_top(story, "resident_form");
    story_type(story, "赵小玲");
    story_press(story, CHANGE);
    assert_top(story, "change");
    assert_golden(story, "change");
    enter(story, "周洋", "2468");
    assert_top(story, "resident_form");
    assert_shows(story, "赵小玲", "赵小玲");
    /* The tally may not save it, nor is it her draft. */
    story_press(story, F(2));
    assert_shows(story, "您的岗位不能新建和修改档案", "your role may not add and change files");
    mu_app_draft(story->app);
    assert_int_equal(mu_desk_draft(story->desk, "resident", &draft, NULL), MU_OK);
    assert_null(draft);
    story_press(story, CHANGE);
    enter(story, "chenjing", "1357");
    assert_int_equal(mu_desk_draft(story->desk, "resident", &draft, NULL), MU_OK);
    assert_non_null(strstr(draft, "赵小玲"));
    free(draft);
    story_press(story, F(2));
    assert_int_not_equal(story_find(story, "赵小玲"), 0);
}

static void a_wrong_pin_or_esc_changes_nothing_story(struct story *story)
{
    hire(story, 1);
    story_press(story, CHANGE);
    enter(story, "陈静", "1111");
    assert_top(story, "change");
    assert_shows(story, "姓名或密码不对", "the name or the password is wrong");
    assert_string_equal(mu_desk_operator(story->desk), "keeper");
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
    /* A card is no PIN. */
    story_press(story, CHANGE);
    story_type(story, "陈静");
    story_press(story, MU_KEY_ENTER);
    story_scan(story, "1357");
    assert_top(story, "change");
    assert_string_equal(mu_desk_operator(story->desk), "keeper");
}

/* The story goes on at a terminal of its own, with its own clock. */
static struct fake_term terminal;

static void run(struct story *story)
{
    struct mu_error error;

    assert_int_equal(mu_app_run(story->app, &terminal.term, &error), MU_OK);
}

static void nobody_touches_the_desk_for_three_minutes_story(struct story *story)
{
    static char before[FAKE_SHOWN], locked[FAKE_SHOWN], wrong[FAKE_SHOWN], after[FAKE_SHOWN];

    hire(story, 1);
    assert_int_equal(mu_desk_sign_in(story->desk, "陈静", "1357", NULL), MU_OK);
    fake_init(&terminal, 24, 80);
    fake_type(&terminal, "3");
    fake_wait(&terminal, 500);
    fake_type(&terminal, "赵小玲");
    fake_wait(&terminal, 179000);
    fake_look(&terminal, before);
    fake_wait(&terminal, 2000);
    fake_look(&terminal, locked);
    fake_fingers(&terminal, "1111");
    fake_key(&terminal, MU_KEY_ENTER);
    fake_wait(&terminal, 500);
    fake_look(&terminal, wrong);
    fake_fingers(&terminal, "1357");
    fake_key(&terminal, MU_KEY_ENTER);
    fake_wait(&terminal, 500);
    fake_look(&terminal, after);
    run(story);
    assert_non_null(strstr(before, "赵小玲"));
    assert_null(strstr(locked, "赵小玲"));
    assert_non_null(strstr(locked, "陈静"));
    assert_null(strstr(wrong, "赵小玲"));
    assert_non_null(strstr(after, "赵小玲"));
}

static void the_lock_hides_everything_story(struct story *story)
{
    hire(story, 1);
    assert_int_equal(mu_desk_sign_in(story->desk, "陈静", "1357", NULL), MU_OK);
    mu_app_set_operator(story->app, "陈静");
    assert_int_equal(mu_open_resident_file(story->app, story_find(story, "8801"), NULL), MU_OK);
    assert_shows(story, "张金凤", "张金凤");
    mu_app_say(story->app, MU_TONE_GOOD, MU_SAY_sign_in_done, "张金凤", NULL);
    mu_lock_screen(story->app);
    assert_top(story, "lock");
    assert_false(story_shows(story, "张金凤"));
    assert_golden(story, "lock");
    /* No key leads past it: not Esc, not the menu, not the messages of before. */
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, F(9));
    mu_app_do(story->app, MU_DO_messages);
    mu_app_do(story->app, MU_DO_change);
    assert_top(story, "lock");
    assert_false(story_shows(story, "张金凤"));
    story_type(story, "1357");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "resident_file");
}

static void who_has_no_password_is_not_locked_out_story(struct story *story)
{
    mu_lock_screen(story->app);
    assert_top(story, "home");
}

STORY(a_desk_that_nobody_is_bound_to_asks_who_is_there)
STORY(esc_at_the_start_leaves)
STORY(somebody_takes_over_and_the_form_stays)
STORY(a_wrong_pin_or_esc_changes_nothing)
STORY(nobody_touches_the_desk_for_three_minutes)
STORY(the_lock_hides_everything)
STORY(who_has_no_password_is_not_locked_out)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(a_desk_that_nobody_is_bound_to_asks_who_is_there),
        TOLD(esc_at_the_start_leaves),
        TOLD(somebody_takes_over_and_the_form_stays),
        TOLD(a_wrong_pin_or_esc_changes_nothing),
        TOLD(nobody_touches_the_desk_for_three_minutes),
        TOLD(the_lock_hides_everything),
        TOLD(who_has_no_password_is_not_locked_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
