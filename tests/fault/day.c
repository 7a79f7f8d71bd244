#include "fault/day.h"

#include "unit/home.h"

#include <sodium.h>
#include <sqlite3.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { SOUND = 4096 };

/* A content of the record file, and what it says. */
struct day_sound {
    unsigned char content[DAY_STATE], state[DAY_STATE];
};

static uint64_t dice;

void day_fail(const char *where, const char *format, ...)
{
    char text[512];
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    fprintf(stderr, "%s: %s\n", where, text);
    fail_msg("%s: %s", where, text);
    abort();
}

void day_fail_error(const char *where, const char *what, const struct mu_error *error)
{
    char text[512];

    mu_error_text(error, MU_ENGLISH, text, sizeof text);
    day_fail(where, "%s: %s", what, text);
}

long day_number(const char *variable, long otherwise)
{
    const char *value = getenv(variable);
    double number = value && *value ? strtod(value, NULL) : (double)otherwise;

    return number >= 1 ? (long)number : 1;
}

enum mu_status day_open(const struct day *day, struct mu_desk **desk, struct mu_error *error)
{
    const struct mu_desk_options options = {
        .home = day->folder, .system_user = "keeper", .fixed_now = HOME_NOW};

    return mu_desk_open(&options, desk, error);
}

static void write_sheet(const struct day *day)
{
    FILE *file = fopen(day->sheet, "w");

    assert_non_null(file);
    assert_int_equal(fputs(day_sheet, file) < 0, 0);
    assert_int_equal(fclose(file), 0);
}

static void read_image(struct day *day)
{
    FILE *file = fopen(day->records, "r");

    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    day->size = (size_t)ftell(file);
    rewind(file);
    day->image = malloc(day->size);
    assert_non_null(day->image);
    assert_int_equal(fread(day->image, 1, day->size, file), day->size);
    assert_int_equal(fclose(file), 0);
}

static const char *dice_name(void)
{
    return "dice of the day";
}

static uint32_t dice_number(void)
{
    return (uint32_t)memory_disk_dice(&dice);
}

static void dice_bytes(void *out, size_t size)
{
    unsigned char *bytes = out;

    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)memory_disk_dice(&dice);
}

/* In place of the C library's: the wall clock stands still, or the keys that begin with it would
 * tell two tries of the same step apart. */
int clock_gettime(clockid_t clock, struct timespec *now)
{
    if (clock != CLOCK_REALTIME)
        return (int)syscall(SYS_clock_gettime, clock, now);
    *now = (struct timespec){.tv_sec = 1774400000};
    return 0;
}

void day_dice(const struct day_step *step)
{
    dice = 0;
    for (const char *at = step->name; *at; at++)
        dice = dice * 31 + (unsigned char)*at;
}

void day_prepare(struct day *day)
{
    static randombytes_implementation same = {
        .implementation_name = dice_name, .random = dice_number, .buf = dice_bytes};
    void *state;
    struct home *home;

    assert_int_equal(randombytes_set_implementation(&same), 0);
    day->sound = calloc(SOUND, sizeof *day->sound);
    assert_non_null(day->sound);
    assert_int_equal(home_setup(&state), 0);
    home = state;
    assert_int_equal(home_add(home->desk, "name", "张金凤", "card", "8801", "birth_date",
                              "1940-05-06", "building", "3", "room", "201", "phone", "13800000009",
                              NULL),
                     DAY_OLD);
    assert_int_equal(
        home_add(home->desk, "name", "陈伟", "birth_date", "1990-01-02", "building", "3", NULL),
        DAY_YOUNG);
    assert_int_equal(home_add(home->desk, "name", "吴阿婆", "birth_date", "1931-03-04", NULL),
                     DAY_LEAVING);
    mu_desk_free(&home->desk);
    snprintf(day->folder, sizeof day->folder, "%s", home->folder);
    snprintf(day->records, sizeof day->records, "%s", home->path);
    snprintf(day->sheet, sizeof day->sheet, "%s/new.csv", home->folder);
    free(home);
    write_sheet(day);
    read_image(day);
}

void day_clean(struct day *day)
{
    char command[96];

    free(day->image);
    free(day->sound);
    snprintf(command, sizeof command, "rm -rf '%s'", day->folder);
    assert_int_equal(system(command), 0);
}

struct memory_disk *day_morning(const struct day *day)
{
    struct memory_disk *disk = memory_disk_new();

    memory_disk_put(disk, day->records, day->image, day->size);
    return disk;
}

struct memory_disk *day_copy(const struct memory_disk *disk)
{
    return memory_disk_after_power_cut(disk, 0);
}

static void read_rows(sqlite3 *raw, const char *table, crypto_generichash_state *sum)
{
    sqlite3_stmt *rows;
    char sql[128];

    snprintf(sql, sizeof sql, "SELECT * FROM %s ORDER BY 1, 2", table);
    assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &rows, NULL), SQLITE_OK);
    while (sqlite3_step(rows) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            const void *value = sqlite3_column_blob(rows, i);
            uint64_t length = (uint64_t)sqlite3_column_bytes(rows, i);

            crypto_generichash_update(sum, (const unsigned char *)&length, sizeof length);
            if (length)
                crypto_generichash_update(sum, value, length);
        }
    assert_int_equal(sqlite3_finalize(rows), SQLITE_OK);
}

static void read_state(const struct day *day, unsigned char state[DAY_STATE])
{
    crypto_generichash_state sum;
    sqlite3_stmt *tables;
    sqlite3 *raw;

    crypto_generichash_init(&sum, NULL, 0, DAY_STATE);
    assert_int_equal(sqlite3_open(day->records, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(raw,
                                        "SELECT name FROM sqlite_schema WHERE type = 'table'"
                                        " AND name NOT LIKE 'sqlite_%' ORDER BY name",
                                        -1, &tables, NULL),
                     SQLITE_OK);
    while (sqlite3_step(tables) == SQLITE_ROW)
        read_rows(raw, (const char *)sqlite3_column_text(tables, 0), &sum);
    assert_int_equal(sqlite3_finalize(tables), SQLITE_OK);
    assert_int_equal(sqlite3_close(raw), SQLITE_OK);
    crypto_generichash_final(&sum, state, DAY_STATE);
}

static void verify(const struct day *day, struct mu_desk *desk, const char *where)
{
    struct mu_verify_report report;
    struct mu_error error;
    struct mu_desk *own = NULL;

    if (!desk && day_open(day, &own, &error) != MU_OK)
        day_fail_error(where, "the home does not open", &error);
    if (mu_verify(desk ? desk : own, NULL, NULL, &report, &error) != MU_OK)
        day_fail_error(where, "the records are not sound", &error);
    mu_desk_free(&own);
}

/* What lies in the file, short: four sums side by side, for it is asked many thousand times. */
static void sum_up(const struct day *day, const struct memory_disk *disk,
                   unsigned char sum[DAY_STATE])
{
    enum { LANES = 4 };
    uint64_t words[LANES], sums[LANES] = {1, 2, 3, 4}, both[2];
    const unsigned char *content;
    size_t size;

    content = memory_disk_get(disk, day->records, &size);
    for (size_t at = 0; at + sizeof words <= size; at += sizeof words) {
        memcpy(words, content + at, sizeof words);
        for (int i = 0; i < LANES; i++) {
            sums[i] = (sums[i] ^ words[i]) * UINT64_C(0x9e3779b97f4a7c15);
            sums[i] ^= sums[i] >> 29;
        }
    }
    both[0] = (sums[0] * 31 + sums[1]) ^ size;
    both[1] = sums[2] * 31 + sums[3];
    memcpy(sum, both, DAY_STATE);
}

static struct day_sound *find_sound(const struct day *day, const unsigned char content[DAY_STATE])
{
    for (size_t i = 0; i < day->sound_count; i++)
        if (memcmp(day->sound[i].content, content, DAY_STATE) == 0)
            return &day->sound[i];
    return NULL;
}

bool day_known_state(const struct day *day, const struct memory_disk *disk,
                     unsigned char state[DAY_STATE])
{
    unsigned char content[DAY_STATE];
    const struct day_sound *known;

    sum_up(day, disk, content);
    known = find_sound(day, content);
    if (known)
        memcpy(state, known->state, DAY_STATE);
    return known != NULL;
}

void day_state(struct day *day, const struct memory_disk *disk, struct mu_desk *desk,
               const char *where, unsigned char state[DAY_STATE])
{
    struct day_sound found;

    if (day_known_state(day, disk, state))
        return;
    sum_up(day, disk, found.content);
    verify(day, desk, where);
    read_state(day, found.state);
    memcpy(state, found.state, DAY_STATE);
    if (day->sound_count < SOUND)
        day->sound[day->sound_count++] = found;
}

void day_recover(const struct day *day)
{
    sqlite3 *raw;

    assert_int_equal(sqlite3_open(day->records, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, "PRAGMA user_version", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(raw), SQLITE_OK);
}

void day_do(const struct day *day, const struct day_step *step, struct mu_desk *desk,
            const char *where)
{
    struct mu_error error;
    bool outputs = false;

    day_dice(step);
    if (step->run(day, desk, &outputs, &error) != MU_OK)
        day_fail_error(where, step->name, &error);
    if (!outputs)
        day_fail(where, "%s: other outputs than expected", step->name);
}
