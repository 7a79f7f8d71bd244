#include "screen/story.h"

#include "screen/golden.h"
#include "unit/home.h"

#include <mulin/base/text.h>
#include <mulin/desk/find.h>
#include <mulin/desk/house.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char now[] = "2026-11-22T11:30";

struct mu_desk *story_desk(const struct story *story, const char *moment)
{
    const struct mu_desk_options options = {
        .home = story->folder, .system_user = "keeper", .fixed_now = moment};
    struct mu_desk *desk = NULL;

    assert_int_equal(mu_desk_open(&options, &desk, NULL), MU_OK);
    return desk;
}

int64_t story_add(struct mu_desk *desk, ...)
{
    struct mu_resident resident = {.status = MU_LIVING_HERE};
    const char *key;
    va_list list;

    va_start(list, desk);
    while ((key = va_arg(list, const char *)) != NULL)
        assert_int_equal(
            mu_field_read(mu_field_by_key(mu_resident_fields, mu_resident_field_count, key),
                          va_arg(list, const char *), mu_desk_now(desk).date, &resident, NULL),
            MU_OK);
    va_end(list);
    assert_int_equal(mu_save_resident(desk, &resident, NULL, NULL), MU_OK);
    return resident.id;
}

static bool take_id(void *context, const struct mu_resident *resident)
{
    *(int64_t *)context = resident->id;
    return false;
}

int64_t story_find(const struct story *story, const char *card)
{
    int64_t id = 0;

    assert_int_equal(mu_find_residents(story->desk, card, 1, take_id, &id, NULL), MU_OK);
    assert_int_not_equal(id, 0);
    return id;
}

void story_top_up(const struct story *story, const char *card)
{
    assert_int_equal(mu_move_diner_money(story->desk, story_find(story, card), MU_TOP_UP,
                                         (struct mu_money){10000}, NULL, NULL, NULL),
                     MU_OK);
}

/* Eight made-up neighbours of three households; the ID numbers are of the test district 000000. */
static void move_in(struct mu_desk *desk)
{
    int64_t moved;

#define AT(building, room)                                                                         \
    "estate", "金桂花园", "building", building, "unit", "2", "room", room, "residence", "户籍"
    story_add(desk, AT("3", "201"), "name", "张金凤", "sex", "女", "birth_date", "1944-03-08",
              "phone", "13800004321", "relation", "户主", "occupancy", "自住", "tags", "残疾",
              "card", "8801", "grid", "第三网格", "note", "听力不好，请大声一点", NULL);
    story_add(desk, AT("3", "202"), "name", "李建国", "sex", "男", "birth_date", "1961-07-15",
              "phone", "13900005678", "relation", "户主", "occupancy", "自住", "card", "8802",
              "household_number", "A-0302", "occupation", "退休", NULL);
    story_add(desk, AT("3", "202"), "name", "王秀英", "sex", "女", "birth_date", "1963-01-20",
              "relation", "妻", "occupancy", "自住", "card", "8803", "household_number", "A-0302",
              NULL);
    story_add(desk, AT("3", "202"), "name", "李小满", "sex", "女", "birth_date", "2019-05-21",
              "relation", "孙女", "occupancy", "自住", "card", "8804", "household_number", "A-0302",
              NULL);
    story_add(desk, AT("5", "101"), "name", "周阿宝", "sex", "男", "birth_date", "1950-01-01",
              "tags", "低保", "card", "8805", "occupancy", "自住", NULL);
    story_add(desk, AT("5", "102"), "name", "张建芳", "sex", "女", "birth_date", "1990-10-02",
              "card", "8806", "occupancy", "租户", "occupation", "护士", NULL);
    story_add(desk, AT("5", "102"), "name", "欧阳明月", "sex", "女", "birth_date", "1991-12-12",
              "card", "8807", "occupancy", "租户", NULL);
    moved = story_add(desk, AT("6", "301"), "name", "张水生", "sex", "男", "birth_date",
                      "1952-02-29", "card", "8808", "occupancy", "闲置", NULL);
    assert_int_equal(mu_end_resident(desk, moved, MU_MOVED_OUT, (struct mu_date){2026, 9, 1}, NULL),
                     MU_OK);
#undef AT
}

static void open_app(struct story *story)
{
    struct mu_app_options options;
    struct mu_error error;

    mu_screens_init(&story->screens, story->desk, &options);
    options.language = story->language;
    story->app = mu_app_new(&options, &error);
    assert_non_null(story->app);
    assert_int_equal(mu_open_home(story->app, &error), MU_OK);
}

void story_reopen(struct story *story)
{
    mu_app_free(&story->app);
    mu_desk_free(&story->desk);
    story->desk = story_desk(story, now);
    open_app(story);
}

static void clear_up(struct story *story)
{
    mu_app_free(&story->app);
    mu_desk_free(&story->desk);
    home_remove(story->folder);
}

static void make(const char *folder)
{
    const struct mu_desk_options options = {
        .home = folder, .system_user = "keeper", .fixed_now = now};
    struct mu_desk *desk = NULL;

    assert_int_equal(mu_home_create(&options, "yunluwan", true, NULL), MU_OK);
    assert_int_equal(mu_desk_open(&options, &desk, NULL), MU_OK);
    move_in(desk);
    mu_desk_free(&desk);
}

void tell(void (*told)(struct story *story))
{
    static const enum mu_language languages[] = {MU_CHINESE, MU_ENGLISH};
    static struct home_image image;
    size_t i;

    for (i = 0; i < 2; i++) {
        struct story story = {.language = languages[i]};

        home_folder(story.folder);
        home_make(story.folder, &image, make);
        story.desk = story_desk(&story, now);
        open_app(&story);
        told(&story);
        clear_up(&story);
    }
}

static void draw(struct story *story, int rows, int columns, char *out, size_t size)
{
    struct mu_grid *grid = mu_grid_new(rows, columns);

    assert_non_null(grid);
    mu_app_draw(story->app, grid);
    assert_in_range(mu_grid_text(grid, out, size), 1, size - 1);
    mu_grid_free(&grid);
}

enum { SCREEN_SIZE = 65536 };

void story_type(struct story *story, const char *text)
{
    size_t length;

    for (; (length = mu_text_cluster(text, NULL)) > 0; text += length) {
        char cluster[32], screen[SCREEN_SIZE];

        snprintf(cluster, sizeof cluster, "%.*s", (int)length, text);
        mu_app_event(story->app, (struct mu_event){.kind = MU_EVENT_TEXT,
                                                   .text = cluster,
                                                   .character = length == 1 ? *text : '\0'});
        draw(story, 24, 80, screen, sizeof screen);
    }
}

void story_press(struct story *story, enum mu_key key)
{
    char screen[SCREEN_SIZE];

    mu_app_event(story->app, (struct mu_event){.kind = MU_EVENT_KEY, .key = key});
    draw(story, 24, 80, screen, sizeof screen);
}

void story_scan(struct story *story, const char *text)
{
    mu_app_event(story->app, (struct mu_event){.kind = MU_EVENT_TEXT, .text = text});
    mu_app_event(story->app,
                 (struct mu_event){.kind = MU_EVENT_KEY, .key = MU_KEY_ENTER, .scan = text});
}

bool story_shows(struct story *story, const char *words)
{
    char screen[SCREEN_SIZE];

    draw(story, 24, 80, screen, sizeof screen);
    return strstr(screen, words) != NULL;
}

void assert_shows(struct story *story, const char *chinese, const char *english)
{
    const char *words = story->language == MU_CHINESE ? chinese : english;
    char screen[SCREEN_SIZE];

    draw(story, 24, 80, screen, sizeof screen);
    if (!strstr(screen, words))
        fail_msg("\"%s\" is not on the screen:\n%s", words, screen);
}

void assert_top(struct story *story, const char *screen)
{
    assert_string_equal(mu_app_top(story->app), screen);
}

void assert_drafts_wait(struct story *story)
{
    char path[96];
    struct timespec begin, end;
    sqlite3 *other;

    snprintf(path, sizeof path, "%s/mulin.db", story->folder);
    assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (int i = 0; i < 3; i++)
        assert_false(mu_app_draft_soon(story->app));
    clock_gettime(CLOCK_MONOTONIC, &end);
    assert_true(end.tv_sec - begin.tv_sec < 3); /* in ms: 3 times 50, on a busy machine more */
    assert_false(story_shows(story, "另一个"));
    assert_false(story_shows(story, "another desk"));
    assert_int_equal(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    assert_true(mu_app_draft_soon(story->app));
}

/* The chains' hashes hang on random keys: zeros stand for them. */
static void hide_head(struct story *story, char *screen)
{
    static const char form[] = "-xxxx-xxxx-xxxx-xxxx-99";
    struct mu_figures figures;
    char head[2 * MU_HASH_SIZE + 1], *at;

    assert_int_equal(mu_today(story->desk, &figures, NULL), MU_OK);
    mu_hash_text(figures.head, 4, head);
    while (figures.entries && (at = strstr(screen, head)) != NULL)
        memset(at, '0', 8);
    for (at = screen; (at = strchr(at, '-')) != NULL; at++) {
        size_t length = strspn(at, "-0123456789abcdef");

        if (length != strlen(form))
            continue;
        for (size_t i = 0; i < length; i++)
            at[i] = form[i] == '-' ? '-' : '0';
    }
}

void assert_golden(struct story *story, const char *name)
{
    static const struct {
        int rows, columns;
    } sizes[] = {{24, 80}, {20, 60}, {40, 120}};
    size_t count = story->language == MU_CHINESE ? 3 : 1, i;

    for (i = 0; i < count; i++) {
        char file[128], screen[SCREEN_SIZE];

        draw(story, sizes[i].rows, sizes[i].columns, screen, sizeof screen);
        hide_head(story, screen);
        snprintf(file, sizeof file, "%s.%s.%dx%d", name,
                 story->language == MU_CHINESE ? "zh" : "en", sizes[i].columns, sizes[i].rows);
        golden_compare_text(file, screen);
    }
}
