/* A home of its own for each test, with the rule book of 云鹭湾, gone afterwards. */
#ifndef MULIN_TESTS_UNIT_HOME_H
#define MULIN_TESTS_UNIT_HOME_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <mulin/base/codes.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/desk.h>
#include <mulin/desk/find.h>
#include <mulin/desk/house.h>
#include <mulin/desk/register.h>

#define HOME_NOW "2026-11-22T11:30"

struct home {
    char folder[64];
    char path[80]; /* of mulin.db */
    struct mu_desk *desk;
};

/* Opens another desk of the same home, as another counter would; free it with mu_desk_free. */
static inline struct mu_desk *home_desk(const struct home *home, const char *now)
{
    const struct mu_desk_options options = {
        .home = home->folder, .system_user = "keeper", .fixed_now = now};
    struct mu_desk *desk = NULL;
    struct mu_error error;

    assert_int_equal(mu_desk_open(&options, &desk, &error), MU_OK);
    return desk;
}

/* A folder in memory where that can be: a disk is what most tests would wait for. */
static inline void home_folder(char folder[64])
{
    snprintf(folder, 64, "%s/mulin-test-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(folder));
}

static inline int home_setup(void **state)
{
    struct home *home = calloc(1, sizeof *home);
    struct mu_error error;

    assert_non_null(home);
    home_folder(home->folder);
    snprintf(home->path, sizeof home->path, "%s/mulin.db", home->folder);
    const struct mu_desk_options options = {
        .home = home->folder, .system_user = "keeper", .fixed_now = HOME_NOW};
    assert_int_equal(mu_home_create(&options, "yunluwan", false, &error), MU_OK);
    home->desk = home_desk(home, HOME_NOW);
    *state = home;
    return 0;
}

static inline int home_teardown(void **state)
{
    struct home *home = *state;
    char command[96];

    mu_desk_free(&home->desk);
    snprintf(command, sizeof command, "rm -rf '%s'", home->folder);
    assert_int_equal(system(command), 0);
    free(home);
    return 0;
}

/* Adds a resident of the given fields ("name", "张金凤", "card", "8801", NULL); returns the id. */
static inline int64_t home_add(struct mu_desk *desk, ...) __attribute__((sentinel));
static inline int64_t home_add(struct mu_desk *desk, ...)
{
    struct mu_resident resident = {.status = MU_LIVING_HERE};
    struct mu_error error;
    const char *key;
    va_list list;

    va_start(list, desk);
    while ((key = va_arg(list, const char *)) != NULL) {
        const struct mu_field *field =
            mu_field_by_key(mu_resident_fields, mu_resident_field_count, key);

        assert_non_null(field);
        assert_int_equal(mu_field_read(field, va_arg(list, const char *), mu_desk_now(desk).date,
                                       &resident, &error),
                         MU_OK);
    }
    va_end(list);
    if (mu_save_resident(desk, &resident, NULL, &error) != MU_OK) {
        char text[512];

        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s", text);
    }
    return resident.id;
}

#endif
