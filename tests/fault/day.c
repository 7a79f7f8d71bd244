#include "fault/day.h"

#include "unit/home.h"

#include <mulin/desk/act.h>
#include <mulin/desk/audit.h>
#include <mulin/desk/import.h>
#include <mulin/desk/operators.h>

#include <sodium.h>
#include <sqlite3.h>
#include <unistd.h>

enum { OLD = 1, YOUNG, LEAVING, SOUND = 4096 };
enum { MOVE = LEAVING + 2 }; /* the act of `change`: each new file was one before it */
enum { IMPORT = MOVE + 3 };  /* the act of `import`, behind an end and a move taken back */

/* A content of the record file, and what it says. */
struct day_sound {
    unsigned char content[DAY_STATE], state[DAY_STATE];
};

static uint64_t dice;

static const char sheet[] = "姓名,出生日期,楼栋,室,电话,卡号,备注,居住类型\n"
                            "赵小梅,1950-02-03,5,501,13800000001,9001,,\n"
                            "钱大海,1962-07-08,5,502,13800000002,,,\n"
                            "孙阿凤,1938-11-30,6,101,,9003,,\n"
                            ",,6,102,,,,闲置\n"
                            "张金凤,1940-05-06,3,201,13800000009,8801,软饭,租户\n";

static bool untouched(const void *output, size_t size)
{
    const unsigned char *bytes = output;

    for (size_t i = 0; i < size; i++)
        if (bytes[i] != 0x5a)
            return false;
    return true;
}

static enum mu_status serve(struct mu_desk *desk, const struct mu_meal_request *request,
                            const char *tier, int64_t pay, bool *outputs, struct mu_error *error)
{
    struct mu_meal_answer answer;
    enum mu_status status;

    memset(&answer, 0x5a, sizeof answer);
    status = mu_serve_meal(desk, request, &answer, error);
    if (status == MU_OK)
        *outputs = answer.refusal == MU_SERVED && answer.meal.id > 0 &&
                   strcmp(answer.meal.tier, tier) == 0 && answer.meal.pay.fen == pay;
    else
        *outputs = answer.refusal == MU_MEAL_STORE && answer.why.status == status;
    return status;
}

static enum mu_status serve_tier(const struct day *day, struct mu_desk *desk, bool *outputs,
                                 struct mu_error *error)
{
    const struct mu_meal_request request = {.who = "8801"};

    (void)day;
    return serve(desk, &request, "tier-80", 800, outputs, error);
}

static enum mu_status serve_quota(const struct day *day, struct mu_desk *desk, bool *outputs,
                                  struct mu_error *error)
{
    const struct mu_meal_request request = {.occupation = "外卖员", .note = "蓝色电动车"};

    (void)day;
    return serve(desk, &request, "outdoor", 0, outputs, error);
}

static enum mu_status serve_full(const struct day *day, struct mu_desk *desk, bool *outputs,
                                 struct mu_error *error)
{
    const struct mu_meal_request request = {.resident_id = YOUNG, .method = MU_PAY_CARD};

    (void)day;
    return serve(desk, &request, "", 1500, outputs, error);
}

static enum mu_status take_back(const struct day *day, struct mu_desk *desk, bool *outputs,
                                struct mu_error *error)
{
    struct mu_meal meal;
    enum mu_status status;

    (void)day;
    memset(&meal, 0x5a, sizeof meal);
    status = mu_void_meal(desk, 1, "认错了人", &meal, error);
    *outputs =
        status == MU_OK ? meal.id == 1 && meal.void_entry_id > 0 : untouched(&meal, sizeof meal);
    return status;
}

static enum mu_status add(const struct day *day, struct mu_desk *desk, bool *outputs,
                          struct mu_error *error)
{
    struct mu_resident resident = {.name = "李桂兰", .building = "3", .room = "202"};
    struct mu_resident before = resident;
    enum mu_status status = mu_save_resident(desk, &resident, NULL, error);

    (void)day;
    *outputs = status == MU_OK ? resident.id > 0 : memcmp(&resident, &before, sizeof resident) == 0;
    return status;
}

/* Moves house: household, keys and the home that was left are written, too. */
static enum mu_status change(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error)
{
    struct mu_resident resident, before;
    enum mu_status status;

    (void)day;
    memset(&resident, 0x5a, sizeof resident);
    status = mu_read_resident(desk, YOUNG, &resident, error);
    *outputs = status == MU_OK || untouched(&resident, sizeof resident);
    if (status != MU_OK)
        return status;
    strcpy(resident.note, "听力不好");
    strcpy(resident.building, "12");
    before = resident;
    status = mu_save_resident(desk, &resident, NULL, error);
    *outputs = status == MU_OK ? resident.version == before.version + 1
                               : memcmp(&resident, &before, sizeof resident) == 0;
    return status;
}

static enum mu_status end(const struct day *day, struct mu_desk *desk, bool *outputs,
                          struct mu_error *error)
{
    (void)day;
    *outputs = true;
    return mu_end_resident(desk, LEAVING, MU_DECEASED, mu_desk_now(desk).date, error);
}

/* The move of before: household, keys and the home that was left are put back, too. */
static enum mu_status undo(const struct day *day, struct mu_desk *desk, bool *outputs,
                           struct mu_error *error)
{
    struct mu_undone undone;
    enum mu_status status;

    (void)day;
    memset(&undone, 0x5a, sizeof undone);
    status = mu_undo(desk, MOVE, &undone, error);
    *outputs = status == MU_OK ? undone.act_id == MOVE : untouched(&undone, sizeof undone);
    return status;
}

static enum mu_status import(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error)
{
    const struct mu_import_options options = {.language = MU_CHINESE};
    struct mu_import_report report;
    enum mu_status status;

    memset(&report, 0x5a, sizeof report);
    status = mu_import_residents(desk, day->sheet, &options, &report, error);
    *outputs = status == MU_OK ? report.added == 3 && report.updated == 1 && report.homes == 1
                               : untouched(&report, sizeof report);
    if (status == MU_OK)
        mu_import_report_clear(&report);
    return status;
}

static enum mu_status undo_import(const struct day *day, struct mu_desk *desk, bool *outputs,
                                  struct mu_error *error)
{
    struct mu_undone undone;
    enum mu_status status;

    (void)day;
    memset(&undone, 0x5a, sizeof undone);
    status = mu_undo(desk, IMPORT, &undone, error);
    *outputs = status == MU_OK ? undone.act_id == IMPORT && undone.kept == 0
                               : untouched(&undone, sizeof undone);
    return status;
}

static enum mu_status keep_mapping(const struct day *day, struct mu_desk *desk, bool *outputs,
                                   struct mu_error *error)
{
    struct mu_import_mapping mapping = {.count = 1, .map = {{"老人姓名", "name"}}};

    (void)day;
    *outputs = true;
    return mu_save_mapping(desk, "民政局名单", &mapping, error);
}

static enum mu_status add_operator(const struct day *day, struct mu_desk *desk, bool *outputs,
                                   struct mu_error *error)
{
    (void)day;
    *outputs = true;
    return mu_add_operator(desk, "王丽", MU_ROLE_DESK, "wang", error);
}

/* Concerns the operator at the desk, who is read anew afterwards. */
static enum mu_status set_own_role(const struct day *day, struct mu_desk *desk, bool *outputs,
                                   struct mu_error *error)
{
    (void)day;
    *outputs = true;
    return mu_change_role(desk, mu_desk_operator(desk), MU_ROLE_KEEPER, error);
}

static enum mu_status reveal(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error)
{
    char phone[MU_PHONE_SIZE];
    enum mu_status status;

    (void)day;
    memset(phone, 0x5a, sizeof phone);
    status = mu_reveal(desk, OLD, "phone", "联系家属", phone, sizeof phone, error);
    *outputs =
        status == MU_OK ? strstr(phone, "13800000009") != NULL : untouched(phone, sizeof phone);
    return status;
}

static enum mu_status adopt(const struct day *day, struct mu_desk *desk, bool *outputs,
                            struct mu_error *error)
{
    const char *book = mu_preset_book("yunluwan");
    struct mu_rules_faults faults = {0};
    int version = 0x5a5a;
    enum mu_status status = mu_desk_adopt_rules(desk, book, strlen(book), mu_desk_now(desk).date,
                                                &faults, &version, error);

    (void)day;
    *outputs = version == (status == MU_OK ? 2 : 0x5a5a) && faults.count == 0;
    mu_rules_faults_clear(&faults);
    return status;
}

static enum mu_status keep_draft(const struct day *day, struct mu_desk *desk, bool *outputs,
                                 struct mu_error *error)
{
    (void)day;
    *outputs = true;
    return mu_desk_keep_draft(desk, mu_desk_operator_id(desk), "resident", "{\"name\":\"周\"}",
                              error);
}

const struct day_step day_steps[] = {
    {"check-in with a tier", serve_tier, false},
    {"check-in from the quota", serve_quota, false},
    {"check-in at full price", serve_full, false},
    {"void of a meal", take_back, false},
    {"a new resident", add, false},
    {"a change of a resident", change, false},
    {"end of a life", end, false},
    {"a move taken back", undo, false},
    {"import of residents", import, false},
    {"an import taken back", undo_import, false},
    {"the same file again", import, false},
    {"a kept mapping", keep_mapping, true},
    {"a new operator", add_operator, false},
    {"role of an operator", set_own_role, false},
    {"reveal of a phone", reveal, false},
    {"adoption of rules", adopt, false},
    {"a draft", keep_draft, true},
};
const size_t day_step_count = sizeof day_steps / sizeof *day_steps;

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
    assert_int_equal(fputs(sheet, file) < 0, 0);
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
                     OLD);
    assert_int_equal(
        home_add(home->desk, "name", "陈伟", "birth_date", "1990-01-02", "building", "3", NULL),
        YOUNG);
    assert_int_equal(home_add(home->desk, "name", "吴阿婆", "birth_date", "1931-03-04", NULL),
                     LEAVING);
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

/* What lies in the file, short: two sums, for it is asked many thousand times. */
static void sum_up(const struct day *day, const struct memory_disk *disk,
                   unsigned char sum[DAY_STATE])
{
    uint64_t word, sums[2] = {1, 2};
    const unsigned char *content;
    size_t size;

    content = memory_disk_get(disk, day->records, &size);
    for (size_t at = 0; at + sizeof word <= size; at += sizeof word) {
        memcpy(&word, content + at, sizeof word);
        sums[0] = (sums[0] ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        sums[1] = (sums[1] + word) * UINT64_C(0xc2b2ae3d27d4eb4f) + (sums[1] >> 29);
    }
    sums[0] ^= size;
    memcpy(sum, sums, DAY_STATE);
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
