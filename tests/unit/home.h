/* A home of its own for each test, with the rule book of 云鹭湾, gone afterwards. */
#ifndef MULIN_TESTS_UNIT_HOME_H
#define MULIN_TESTS_UNIT_HOME_H

#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

/* What lies in a home as it was made. */
struct home_image {
    struct home_image_file {
        unsigned char bytes[1 << 20];
        size_t size;
    } records, key;
};

static inline int home_open_file(const char *folder, const char *name, int flags, mode_t mode)
{
    char path[128];
    int file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = open(path, flags | O_CLOEXEC, mode);
    assert_true(file >= 0);
    return file;
}

static inline void home_keep_file(const char *folder, const char *name,
                                  struct home_image_file *kept)
{
    int file = home_open_file(folder, name, O_RDONLY, 0);
    ssize_t size = read(file, kept->bytes, sizeof kept->bytes);

    assert_in_range(size, 1, sizeof kept->bytes - 1);
    kept->size = (size_t)size;
    close(file);
}

static inline void home_put_file(const char *folder, const char *name, mode_t mode,
                                 const struct home_image_file *kept)
{
    int file = home_open_file(folder, name, O_WRONLY | O_CREAT | O_EXCL, mode);

    assert_int_equal(write(file, kept->bytes, kept->size), kept->size);
    close(file);
}

/* Making a home takes longer than most stories: `make` does it once, and the next one is a copy. */
static inline void home_make(const char *folder, struct home_image *image,
                             void (*make)(const char *folder))
{
    if (image->records.size == 0) {
        make(folder);
        home_keep_file(folder, "mulin.db", &image->records);
        home_keep_file(folder, "mulin.key", &image->key);
        return;
    }
    home_put_file(folder, "mulin.db", 0600, &image->records);
    home_put_file(folder, "mulin.key", 0400, &image->key);
}

static inline void home_make_plain(const char *folder)
{
    const struct mu_desk_options options = {
        .home = folder, .system_user = "keeper", .fixed_now = HOME_NOW};
    struct mu_error error;

    assert_int_equal(mu_home_create(&options, "yunluwan", false, &error), MU_OK);
}

static inline int home_setup(void **state)
{
    static struct home_image image;
    struct home *home = calloc(1, sizeof *home);

    assert_non_null(home);
    home_folder(home->folder);
    snprintf(home->path, sizeof home->path, "%s/mulin.db", home->folder);
    home_make(home->folder, &image, home_make_plain);
    home->desk = home_desk(home, HOME_NOW);
    *state = home;
    return 0;
}

static inline int home_remove_one(const char *path, const struct stat *about, int kind,
                                  struct FTW *where)
{
    (void)about, (void)kind, (void)where;
    return remove(path);
}

static inline void home_remove(const char *folder)
{
    assert_int_equal(nftw(folder, home_remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

static inline int home_teardown(void **state)
{
    struct home *home = *state;

    mu_desk_free(&home->desk);
    home_remove(home->folder);
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
