/* A home with a points bank, opened on New Year's Day and worked in on 22 November. */
#ifndef MULIN_TESTS_UNIT_POINTS_HOME_H
#define MULIN_TESTS_UNIT_POINTS_HOME_H

#include "unit/home.h"

#include <mulin/desk/service.h>

static const char book[] = "centre: {name: 中埂, division: \"330205\"}\n"
                           "canteen:\n"
                           "  sessions: [{id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\","
                           " price: 15.00}]\n"
                           "points:\n"
                           "  duties:\n"
                           "    - {id: patrol, team: 阿姨巡逻队, name: 巡逻, per_hour: 6}\n"
                           "    - {id: meal, team: 小巷骑兵, name: 送餐, per_time: 5}\n"
                           "  ratings: [{id: online, name: 线上评价, points: 2}]\n"
                           "  tally: {second: name}\n";

static const struct mu_date january = {2026, 1, 1}, today = {2026, 11, 22};

static inline void make_with_duties(const char *folder)
{
    const struct mu_desk_options options = {
        .home = folder, .system_user = "keeper", .fixed_now = "2026-01-01T08:00"};
    struct mu_rules_faults faults = {0};
    struct mu_desk *desk = NULL;
    struct mu_error error;
    int version;

    assert_int_equal(mu_home_create(&options, "yunluwan", false, &error), MU_OK);
    assert_int_equal(mu_desk_open(&options, &desk, &error), MU_OK);
    assert_int_equal(
        mu_desk_adopt_rules(desk, book, sizeof book - 1, january, &faults, &version, &error),
        MU_OK);
    mu_rules_faults_clear(&faults);
    mu_desk_free(&desk);
}

static inline int a_home_with_duties(void **state)
{
    static struct home_image image;
    struct home *home = calloc(1, sizeof *home);

    assert_non_null(home);
    home_folder(home->folder);
    snprintf(home->path, sizeof home->path, "%s/mulin.db", home->folder);
    home_make(home->folder, &image, make_with_duties);
    home->desk = home_desk(home, HOME_NOW);
    *state = home;
    return 0;
}

static inline int64_t add_person(struct mu_desk *desk, const char *name)
{
    return home_add(desk, "name", name, "birth_date", "1960-03-08", NULL);
}

static inline void assert_done(enum mu_status status, const struct mu_error *error)
{
    char text[512];

    if (status == MU_OK)
        return;
    mu_error_text(error, MU_ENGLISH, text, sizeof text);
    fail_msg("%s", text);
}

/* A service from nine o'clock on; returns its entry. */
static inline int64_t serve(struct mu_desk *desk, int64_t person, const char *duty, int minutes,
                            struct mu_date day)
{
    const struct mu_service_request request = {.resident_id = person,
                                               .duty = duty,
                                               .date = day,
                                               .starts_at = 540,
                                               .ends_at = 540 + minutes,
                                               .place = "北门",
                                               .confirmed_by = "王芳"};
    struct mu_service_answer answer;
    struct mu_error error;

    assert_done(mu_record_service(desk, &request, &answer, &error), &error);
    return answer.service.entry_id;
}

#endif
