/* A house where disputes are mediated: two mediators, a clerk and an auditor at their own desks. */
#ifndef MULIN_TESTS_UNIT_CASE_HOME_H
#define MULIN_TESTS_UNIT_CASE_HOME_H

#include "unit/case_story.h"
#include "unit/raw_file.h"

#include <mulin/desk/audit.h>
#include <mulin/desk/case.h>
#include <mulin/desk/operators.h>

enum { ZHOU = 1, WU, OLD_FENG }; /* mediators; the last one does not sign in */

static inline void case_home_make(const char *folder)
{
    struct home home = {.desk = NULL};

    home_make_plain(folder);
    snprintf(home.folder, sizeof home.folder, "%s", folder);
    snprintf(home.path, sizeof home.path, "%s/mulin.db", folder);
    home.desk = home_desk(&home, HOME_NOW);
    assert_int_equal(mu_add_operator(home.desk, "周玉兰", MU_ROLE_MEDIATOR, "zhou", NULL), MU_OK);
    assert_int_equal(mu_add_operator(home.desk, "吴大成", MU_ROLE_MEDIATOR, "wu", NULL), MU_OK);
    assert_int_equal(mu_add_operator(home.desk, "陈静", MU_ROLE_DESK, "chen", NULL), MU_OK);
    assert_int_equal(mu_add_operator(home.desk, "审计员", MU_ROLE_AUDITOR, "audit", NULL), MU_OK);
    assert_int_equal(mu_add_operator(home.desk, "积分员", MU_ROLE_TALLY, "tally", NULL), MU_OK);
    mu_desk_free(&home.desk);
    raw_run(&home, "INSERT INTO mediator (mediator_id, name, operator_id) VALUES (1, '周玉兰', 2),"
                   " (2, '吴大成', 3), (3, '冯老', NULL)");
}

static inline int case_home_setup(void **state)
{
    static struct home_image image;
    struct home *home = calloc(1, sizeof *home);

    assert_non_null(home);
    home_folder(home->folder);
    snprintf(home->path, sizeof home->path, "%s/mulin.db", home->folder);
    home_make(home->folder, &image, case_home_make);
    home->desk = home_desk(home, HOME_NOW);
    *state = home;
    return 0;
}

/* The desk of whoever signs in with this account. */
static inline struct mu_desk *desk_of(const struct home *home, const char *account)
{
    const struct mu_desk_options options = {
        .home = home->folder, .system_user = account, .fixed_now = HOME_NOW};
    struct mu_desk *desk = NULL;

    assert_int_equal(mu_desk_open(&options, &desk, NULL), MU_OK);
    return desk;
}

static inline void fail_with(const struct mu_error *error)
{
    char text[512];

    mu_error_text(error, MU_ENGLISH, text, sizeof text);
    fail_msg("%s", text);
}

/* A leak between two neighbours, accepted on a day of November. */
enum { LEAK_STEPS = 3 };
static inline void leak_steps(int day, struct mu_case_step step[LEAK_STEPS])
{
    step[0] = story_step(MU_STEP_INTAKE, 11, day, "subject", "楼上漏水", "dispute", "邻里纠纷",
                         "level", "邻里事", "source", "当事人申请", "danger", "否", "place",
                         "3栋2单元201", "text", "天花板泡坏了，吵了三次", NULL);
    step[1] = story_step(MU_STEP_PARTY, 11, day, "side", "申请人", "name", "王秀英", "phone",
                         "13800001111", "wish", "赔一千块", NULL);
    step[2] = story_step(MU_STEP_PARTY, 11, day, "side", "被申请人", "name", "张金凤", "phone",
                         "13900002222", NULL);
}

static inline void forget_steps(struct mu_case_step *step, size_t count)
{
    for (size_t i = 0; i < count; i++)
        mu_case_step_clear(&step[i]);
}

static inline struct mu_case_written open_leak(struct mu_desk *desk, int day)
{
    struct mu_case_step step[LEAK_STEPS];
    const struct mu_case_opening opening = {step, LEAK_STEPS};
    struct mu_case_written written = {0};
    struct mu_error error;

    leak_steps(day, step);
    if (mu_open_case(desk, &opening, &written, NULL, NULL, &error) != MU_OK)
        fail_with(&error);
    forget_steps(step, LEAK_STEPS);
    return written;
}

/* What came of it; the steps are freed. */
static inline enum mu_status try_steps(struct mu_desk *desk, int64_t case_id,
                                       struct mu_case_step *step, size_t count, int seen,
                                       struct mu_error *error)
{
    enum mu_status status =
        mu_add_case_steps(desk, case_id, step, count, seen, NULL, NULL, NULL, error);

    forget_steps(step, count);
    return status;
}

static inline enum mu_status try_step(struct mu_desk *desk, int64_t case_id,
                                      struct mu_case_step step, int seen, struct mu_error *error)
{
    return try_steps(desk, case_id, &step, 1, seen, error);
}

static inline void add_step(struct mu_desk *desk, int64_t case_id, struct mu_case_step step)
{
    struct mu_error error;

    if (try_step(desk, case_id, step, 0, &error) != MU_OK)
        fail_with(&error);
}

static inline struct mu_case_step informed(int day)
{
    return story_step(MU_STEP_INFORMED, 11, day, "how", "当面念过，双方签字", NULL);
}

static inline struct mu_case_step meeting(int day, const char *text)
{
    return story_step(MU_STEP_MEETING, 11, day, "from", "09:00", "to", "11:00", "place", "调解室",
                      "present", "王秀英、张金凤", "text", text, NULL);
}

static inline void agree(struct mu_desk *desk, int64_t case_id, int day)
{
    struct mu_error error;
    struct mu_case_step step[] = {
        story_step(MU_STEP_AGREED, 11, day, "form", "书面协议", "signed_by", "双方签名、按手印",
                   "text", "张金凤修好水管，赔王秀英八百元。", NULL),
        story_step(MU_STEP_PROMISE, 11, day, "who", "张金凤", "what", "修好水管", "due_on",
                   "2026-12-01", NULL),
        story_step(MU_STEP_PROMISE, 11, day, "who", "张金凤", "what", "赔偿", "amount", "800",
                   "due_on", "2026-11-25", NULL),
    };

    if (try_steps(desk, case_id, step, 3, 0, &error) != MU_OK)
        fail_with(&error);
}

struct case_lines {
    size_t count;
    struct mu_case_line line[32];
};

static inline bool take_line(void *context, const struct mu_case_line *line)
{
    struct case_lines *lines = context;

    lines->line[lines->count++] = *line;
    return lines->count < 32;
}

static inline struct case_lines list_cases(struct mu_desk *desk,
                                           const struct mu_case_filter *filter)
{
    struct case_lines lines = {0};

    assert_int_equal(mu_list_cases(desk, filter, 0, 32, take_line, &lines, NULL), MU_OK);
    return lines;
}

static inline enum mu_case_access access_to(struct mu_desk *desk, int64_t case_id)
{
    struct case_lines lines = list_cases(desk, &(struct mu_case_filter){.open = false});

    for (size_t i = 0; i < lines.count; i++)
        if (lines.line[i].id == case_id)
            return lines.line[i].access;
    fail_msg("case %d is on no list", (int)case_id);
    return MU_CASE_HIDDEN;
}

static inline struct mu_case_step change_of(int mediator, const char *duty, int day)
{
    return by_mediator(story_step(MU_STEP_MEDIATOR, 11, day, "duty", duty, "name", "调解员", NULL),
                       mediator);
}

static inline enum mu_status verify_home(struct mu_desk *desk, struct mu_error *error)
{
    struct mu_verify_report report;

    return mu_verify(desk, NULL, NULL, &report, error);
}

static inline void assert_case_sound(struct mu_desk *desk)
{
    struct mu_error error;

    if (verify_home(desk, &error) != MU_OK)
        fail_with(&error);
}

#endif
