/* The canteen's month and its foresight while the n-th statement fails, for every n. */

#include "unit/broken_statement.h"

#include <mulin/desk/month.h>
#include <mulin/desk/replay.h>

static const struct mu_date november = {2026, 11, 1};

static enum mu_status count_month(struct scene *scene, struct mu_error *error)
{
    struct mu_month *month = NULL;
    enum mu_status status = mu_count_month(scene->desk, november, &month, error);

    if (status != MU_OK) {
        assert_null(month);
        return status;
    }
    assert_int_equal(month->meals, 2);
    status = mu_month_people(scene->desk, month, false, "month.csv", error);
    mu_month_free(&month);
    return status;
}

static enum mu_status explain(struct scene *scene, struct mu_error *error)
{
    char *text = NULL;
    enum mu_status status =
        mu_explain_past_meal(scene->desk, scene->meal, MU_CHINESE, &text, error);

    assert_int_equal(text != NULL, status == MU_OK);
    free(text);
    return status;
}

static enum mu_status replay(struct scene *scene, struct mu_error *error)
{
    const char *draft = mu_preset_book("jingting");
    struct mu_rules_faults faults = {0};
    struct mu_replay *replay = NULL;
    bool done = false;
    enum mu_status status =
        mu_replay_rules(scene->desk, draft, strlen(draft), november, &faults, &replay, error);

    while (status == MU_OK && !done)
        status = mu_replay_on(replay, &done, error);
    if (status == MU_OK)
        status = mu_replay_reveal(replay, "replay.csv", "核对", error);
    if (status == MU_OK)
        assert_int_equal(mu_replay_report(replay)->meals, 2);
    mu_replay_free(&replay);
    mu_rules_faults_clear(&faults);
    return status;
}

/* A desk of the month after, at which the share is booked. */
static struct mu_desk *december;

static enum mu_status book_share(struct scene *scene, struct mu_error *error)
{
    static bool booked; /* some faults do no harm, and nothing is booked twice */
    enum mu_status status = MU_OK;

    (void)scene;
    if (!booked)
        status = mu_book_month_share(december, november, NULL, error);
    booked = status == MU_OK;
    return status;
}

static void a_month_is_counted_explained_and_booked(void **state)
{
    struct scene *scene = *state;
    const char *book = mu_preset_book("duyuan");
    const struct mu_meal_request elder = {.resident_id = scene->resident, .session = "lunch"};
    const struct mu_meal_request courier = {.occupation = "外卖员", .session = "lunch"};
    struct mu_rules_faults faults = {0};
    struct mu_meal_answer answer;
    int version;

    assert_int_equal(mu_desk_adopt_rules(scene->desk, book, strlen(book),
                                         (struct mu_date){2026, 11, 22}, &faults, &version, NULL),
                     MU_OK);
    mu_rules_faults_clear(&faults);
    assert_int_equal(mu_serve_meal(scene->desk, &courier, &answer, NULL), MU_OK);
    assert_int_equal(mu_serve_meal(scene->desk, &elder, &answer, NULL), MU_OK);
    scene->meal = answer.meal.id;
    SWEEP(count_month);
    SWEEP(explain);
    SWEEP(replay);
    december = home_desk(scene->home, "2026-12-03T09:00");
    SWEEP(book_share);
    mu_desk_free(&december);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_month_is_counted_explained_and_booked, open_scene,
                                        close_scene),
    };

    return cmocka_run_group_tests_name("a month with faults", tests, NULL, NULL);
}
