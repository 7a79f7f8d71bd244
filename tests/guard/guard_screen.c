/* What a start and a drawing may ask of the record file, and what they may send to the terminal. */
#include "home.h"
#include "work.h"

#include "tui/app.h"
#include "tui/screens/screens.h"

#include <pwd.h>

enum { HEIGHT = 40, WIDTH = 120, FEW = 10, MANY = 200, HERE = 60, LINE = 1024 };

/* Measured, and 5 to 10 % of room. */
enum {
    STATEMENTS_LIMIT = 57, /* of a start, those that open and configure the records counted */
    STEPS_LIMIT = 660,
    DRAWING_LIMIT = 2, /* who the operator is, and which rule book is in force */
    START_BYTES = 2420,
    CURSOR_BYTES = 400, /* the goal itself */
    PAGE_BYTES = 3750,  /* a first page of hits where nobody was shown */
    CHANGE_BYTES = 1180 /* another page in its place */
};

struct screen {
    struct mu_screens screens;
    struct mu_app *app;
    struct mu_grid *grid;
};

static void people_move_in(struct mu_desk *desk, int from, int to)
{
    for (int i = from; i < to; i++) {
        struct mu_resident person = {.status = MU_LIVING_HERE, .sex = 1 + i % 2};
        struct mu_error error;

        snprintf(person.name, sizeof person.name, "张%s", i % 3 ? "金凤" : "玉兰");
        snprintf(person.phone, sizeof person.phone, "138%08d", i);
        snprintf(person.estate, sizeof person.estate, "金桂花园");
        snprintf(person.building, sizeof person.building, "%d栋", i / 10 + 1);
        snprintf(person.room, sizeof person.room, "%d", i % 10 + 101);
        assert_int_equal(mu_save_resident(desk, &person, NULL, &error), MU_OK);
    }
}

static void sit_down(struct screen *screen, struct mu_desk *desk)
{
    struct mu_app_options options;
    struct mu_error error;

    mu_screens_init(&screen->screens, desk, &options);
    screen->app = mu_app_new(&options, &error);
    screen->grid = mu_grid_new(HEIGHT, WIDTH);
    assert_non_null(screen->app);
    assert_non_null(screen->grid);
    assert_int_equal(mu_open_home(screen->app, &error), MU_OK);
    mu_app_draw(screen->app, screen->grid);
}

static void stand_up(struct screen *screen)
{
    mu_grid_free(&screen->grid);
    mu_app_free(&screen->app);
}

/* From opening the records to the first screen. */
static struct work start(const struct home *home)
{
    struct screen screen;
    struct mu_desk *desk;
    struct work work;

    work_begin();
    desk = home_desk(home, HOME_NOW);
    sit_down(&screen, desk);
    work = work_end();
    stand_up(&screen);
    mu_desk_free(&desk);
    return work;
}

static void a_start_costs_the_same_at_any_size(void **state)
{
    struct home *home = *state;
    struct work few, many;

    people_move_in(home->desk, 0, FEW);
    few = start(home);
    people_move_in(home->desk, FEW, MANY);
    many = start(home);
    work_tell("start, few people", &few);
    work_tell("start, many people", &many);
    assert_int_equal(many.statements, few.statements);
    assert_in_range(many.rows, 0, few.rows);
    assert_in_range(many.steps, 0, few.steps);
    assert_int_equal(many.scanned, 0);
    assert_in_range(many.statements, 1, STATEMENTS_LIMIT);
    assert_in_range(many.steps, 1, STEPS_LIMIT);
}

static void a_drawing_asks_the_records_for_little(void **state)
{
    struct home *home = *state;
    struct screen screen;
    struct work work;

    sit_down(&screen, home->desk);
    work_begin();
    mu_app_draw(screen.app, screen.grid);
    work = work_end();
    stand_up(&screen);
    work_tell("drawing of home", &work);
    assert_in_range(work.statements, 1, DRAWING_LIMIT);
}

/* Starts the command in a terminal of 40 by 120, presses keys, and notes what it sent for each. */
static void press(const char *folder, const char *keys, long *bytes, size_t count)
{
    char command[LINE], line[LINE];
    FILE *pipe;
    size_t read = 0;

    snprintf(command, sizeof command, "'%s' %s -- '%s' --home %s --lang zh --now 2026-11-22T11:30",
             TIMED_TERMINAL, keys, MULIN_COMMAND, folder);
    pipe = popen(command, "r"); /* NOLINT(cert-env33-c): a path of ours and keys of this file */
    assert_non_null(pipe);
    while (read < count && fgets(line, sizeof line, pipe)) {
        const char *last = strrchr(line, '\t'); /* what it was, milliseconds, bytes */

        assert_non_null(last);
        bytes[read++] = strtol(last + 1, NULL, 10);
    }
    assert_int_equal(read, count);
    assert_int_not_equal(pclose(pipe), -1);
}

static void few_bytes_go_to_the_terminal(void **state)
{
    const struct passwd *account = getpwuid(getuid());
    char folder[64], number[16];
    struct mu_desk_options options = {.home = folder, .fixed_now = HOME_NOW};
    struct mu_desk *desk;
    struct mu_error error;
    long bytes[6];

    (void)state;
    home_folder(folder);
    snprintf(number, sizeof number, "%u", (unsigned)getuid());
    options.system_user = account ? account->pw_name : number;
    assert_int_equal(mu_home_create(&options, "yunluwan", false, &error), MU_OK);
    assert_int_equal(mu_desk_open(&options, &desk, &error), MU_OK);
    people_move_in(desk, 0, HERE);
    mu_desk_free(&desk);

    press(folder, "$(printf '\\033OB \\033OR') 张 金 $(printf '\\033OB')", bytes, 6);
    for (size_t i = 0; i < 6 && getenv("GUARD_TELL"); i++)
        fprintf(stderr, "%ld bytes\n", bytes[i]);
    assert_in_range(bytes[0], 1, START_BYTES);
    assert_in_range(bytes[1], 1, CURSOR_BYTES);
    assert_in_range(bytes[3], 1, PAGE_BYTES);
    assert_in_range(bytes[4], 1, CHANGE_BYTES);
    assert_in_range(bytes[5], 1, CURSOR_BYTES);
    home_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_start_costs_the_same_at_any_size, home_setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(a_drawing_asks_the_records_for_little, home_setup,
                                        home_teardown),
        cmocka_unit_test(few_bytes_go_to_the_terminal),
    };

    work_follow();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
