#include "desk/desk_internal.h"
#include "desk/resident_tags.h"
#include "store/migration.h"
#include "store/register_store.h"

#include <mulin/base/id_number.h>
#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/demo.h>
#include <mulin/desk/import.h>
#include <mulin/desk/operators.h>
#include <mulin/desk/register.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    PATH_SIZE = 4352,
    YEARS = 110,      /* of birth dates that are dealt out */
    BORN_A_DAY = 499, /* of either sex: the three digits of an ID number */
    HOMES_A_BUILDING = 60,
    DINERS = 46,
    COURIERS = 9,
    FIRST_CARD = 8800001,
};

/* The frequent surnames stand more than once; some are read otherwise than usual. */
static const char *const surnames[] = {
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡",
    "郭", "何", "高", "林", "郑", "王", "李", "张", "刘", "陈", "曾", "单", "仇", "解", "查",
    "吕", "沈", "韩", "唐", "冯", "董", "程", "曹", "袁", "邓", "许", "傅", "谢", "蒋", "欧阳",
};
static const char *const given[] = {
    "金", "凤", "国", "芳", "建", "华", "秀", "英", "志", "明", "桂", "兰", "玉", "梅", "德",
    "文", "丽", "娟", "海", "燕", "春", "晓", "小", "红", "军", "伟", "平", "阿", "宝", "珍",
    "娴", "婷", "浩", "宇", "欣", "怡", "子", "涵", "嘉", "豪", "永", "福", "根", "生", "荣",
};
static const char *const grids[] = {"第一网格", "第二网格", "第三网格", "第四网格", "第五网格"};
static const char *const estates[] = {"云鹭湾一期", "云鹭湾二期", "云鹭湾三期", "鹭汀苑"};

static const struct {
    const char *name, *pin;
    enum mu_role role;
} colleagues[] = {
    {"陈静", "1357", MU_ROLE_DESK},
    {"周洋", "2468", MU_ROLE_TALLY},
    {"王阿福", "3690", MU_ROLE_MEDIATOR},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define PICK(demo, table) (table)[below(demo, COUNT(table))]

struct demo {
    uint64_t state; /* of splitmix64 */
    struct mu_date today;
    uint16_t *born; /* people of each birth date and sex; keeps ID numbers apart */
    size_t people, homes, dealt;
    FILE *file;
};

static size_t below(struct demo *demo, size_t limit)
{
    uint64_t mixed = (demo->state += 0x9e3779b97f4a7c15u);

    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    return (size_t)((mixed ^ (mixed >> 31)) % limit);
}

static bool chance(struct demo *demo, size_t percent)
{
    return below(demo, 100) < percent;
}

/* A birth date of somebody of about this age, with an ID number that nobody else has. */
static void be_born(struct demo *demo, int age, bool male, char *day, char *id_number)
{
    const struct mu_date first = {demo->today.year - YEARS, 1, 1};
    struct mu_date date;
    uint16_t *born;
    char text[64];

    do {
        date = mu_date_add_days(demo->today, -(age * 1461 / 4) - (int)below(demo, 365));
        born = &demo->born[2 * mu_date_days_between(first, date) + (male ? 1 : 0)];
    } while (*born == BORN_A_DAY);
    ++*born;
    mu_date_format(date, day);
    snprintf(text, sizeof text, "990000%04d%02d%02d%03d", date.year, date.month, date.day,
             2 * *born + (male ? 1 : 0));
    memcpy(id_number, text, 17);
    id_number[17] = mu_id_number_check(id_number);
    id_number[18] = '\0';
}

static const char *occupation(struct demo *demo, int age)
{
    if (age < 7)
        return "";
    if (age < 18)
        return "学生";
    if (age >= 60)
        return "退休";
    return chance(demo, 4) ? "外卖员" : "";
}

struct member {
    const char *surname, *relation;
    int age;
    bool male;
};

/* One line of the spreadsheet. */
static void write_member(struct demo *demo, const struct member *member)
{
    char id_number[MU_ID_NUMBER_SIZE], day[MU_DATE_SIZE], card[16] = "";
    size_t home = demo->homes, building = home / HOMES_A_BUILDING;
    size_t in_building = home % HOMES_A_BUILDING;
    bool rented = building % 3 == 2;

    be_born(demo, member->age, member->male, day, id_number);
    if (member->age >= 60 && chance(demo, 70))
        snprintf(card, sizeof card, "%zu", FIRST_CARD + demo->people);
    fprintf(demo->file, "%s%s%s,%s,%s,%s,199%08zu,", member->surname, PICK(demo, given),
            chance(demo, 80) ? PICK(demo, given) : "", id_number, member->male ? "男" : "女", day,
            below(demo, 100000000));
    fprintf(demo->file, "%s,%zu栋,%zu单元,%zu,%06zu,", estates[building % COUNT(estates)],
            building / COUNT(estates) + 1, in_building / 20 + 1,
            (in_building % 20 / 4 + 1) * 100 + in_building % 4 + 1, home + 1);
    fprintf(demo->file, "%s,%s,%s,%s,%s,%s,%s\n", member->relation, rented ? "租户" : "自住",
            rented ? "流动" : "户籍", occupation(demo, member->age),
            member->age >= 18 && chance(demo, 8) ? "党员" : "", card,
            grids[building % COUNT(grids)]);
    demo->people++;
}

static void write_household(struct demo *demo, size_t people)
{
    bool old = chance(demo, 35), male = chance(demo, 60);
    const char *surname = PICK(demo, surnames);
    int age = old ? 60 + (int)below(demo, 36) : 26 + (int)below(demo, 34);
    size_t members = 1 + below(demo, old ? 2 : 4);

    for (size_t i = 0; i < members && demo->people < people; i++) {
        struct member member = {surname, "户主", age, male};

        if (i == 1)
            member =
                (struct member){PICK(demo, surnames), "配偶", age - (int)below(demo, 4), !male};
        if (i > 1) {
            member.male = chance(demo, 52);
            member.relation = member.male ? "子" : "女";
            member.age = (int)below(demo, (size_t)(age - 20 < 18 ? age - 20 : 18));
        }
        write_member(demo, &member);
    }
    demo->homes++;
}

static enum mu_status write_spreadsheet(struct demo *demo, const char *path, size_t people,
                                        struct mu_error *error)
{
    bool failed;

    demo->file = fopen(path, "wxe");
    if (!demo->file)
        return mu_fail(error, MU_STORE, MU_SAY_error_file, path, mu_errno_text(errno), NULL);
    fputs("姓名,身份证号,性别,出生日期,电话,小区,楼栋,单元,室,户号,与户主关系,居住类型,"
          "户籍类型,职业,标签,卡号,网格\n",
          demo->file);
    while (demo->people < people && !ferror(demo->file))
        write_household(demo, people);
    failed = ferror(demo->file) != 0;
    if (fclose(demo->file) != 0 || failed)
        return mu_fail(error, MU_STORE, MU_SAY_error_file, path, mu_errno_text(errno), NULL);
    return MU_OK;
}

/* What the community knows of some of its people, since when and on what grounds. */
static const struct {
    const char *word, *evidence;
    int age_from;
    size_t percent;
    bool yearly;
} grounds[] = {
    {"低保", "低保证 云鹭湾-", 60, 6, true},
    {"困境家庭", "街道困境家庭名单 ", 60, 4, false},
    {"残疾", "残疾证 云鹭湾-", 0, 3, false},
};

enum { PAGE = 500 };

struct page {
    struct mu_date today;
    size_t count;
    int64_t id[PAGE];
    int age[PAGE];
};

static bool take_page(void *context, const struct mu_resident *resident)
{
    struct page *page = context;

    page->id[page->count] = resident->id;
    page->age[page->count++] = mu_resident_age(resident, page->today);
    return true;
}

/* Set up to 13 months ago; what was reviewed then runs out in the year to come or just did. */
static enum mu_status deal_tag(struct mu_desk *desk, struct demo *demo, int64_t id, size_t ground,
                               struct mu_error *error)
{
    const struct mu_tag_stamp stamp = mu_file_tag_stamp(desk);
    struct mu_tag tag = {.from = mu_date_add_days(demo->today, -(int)below(demo, 395))};
    enum mu_status status;

    mu_text_copy(tag.word, sizeof tag.word, grounds[ground].word);
    snprintf(tag.evidence, sizeof tag.evidence, "%s%04zu", grounds[ground].evidence, ++demo->dealt);
    if (grounds[ground].yearly)
        tag.until = mu_tag_review_day(tag.from, 12);
    status = mu_tag_write(desk->db, id, &tag, &stamp, error);
    return status == MU_OK ? mu_tag_refresh(desk->db, id, demo->today, error) : status;
}

static enum mu_status deal_page(struct mu_desk *desk, struct demo *demo, const struct page *page,
                                struct mu_error *error)
{
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < page->count; i++)
        for (size_t ground = 0; ground < COUNT(grounds) && status == MU_OK; ground++)
            if (page->age[i] >= grounds[ground].age_from && chance(demo, grounds[ground].percent))
                status = deal_tag(desk, demo, page->id[i], ground, error);
    return status;
}

static enum mu_status deal_tags(struct mu_desk *desk, struct mu_error *error)
{
    struct demo demo = {.state = 20261123, .today = mu_desk_now(desk).date};
    struct page page = {.today = demo.today};
    enum mu_status status = mu_db_begin(desk->db, error);
    int64_t last = 0;

    if (status != MU_OK)
        return status;
    do {
        page.count = 0;
        status = mu_register_page(desk->db, last, PAGE, take_page, &page, error);
        if (status == MU_OK)
            status = deal_page(desk, &demo, &page, error);
        last = page.count ? page.id[page.count - 1] : last;
    } while (status == MU_OK && page.count == PAGE);
    if (status == MU_OK)
        return mu_db_commit(desk->db, error);
    mu_db_rollback(desk->db);
    return status;
}

struct diners {
    struct mu_date today;
    size_t count;
    int64_t id[DINERS];
};

static bool take_elder(void *context, const struct mu_resident *resident)
{
    struct diners *diners = context;

    if (mu_resident_age(resident, diners->today) >= 60)
        diners->id[diners->count++] = resident->id;
    return diners->count < DINERS;
}

/* Some of today's first session is served, so that the figures show something. */
static enum mu_status serve_some(struct mu_desk *desk, struct mu_error *error)
{
    const struct mu_rules *rules;
    struct diners diners = {.today = mu_desk_now(desk).date};
    struct mu_meal_request request = {0};
    struct mu_meal_answer answer;
    enum mu_status status = mu_desk_rules(desk, &rules, NULL, error);

    if (status == MU_OK)
        status = mu_list_residents(desk, 0, 10 * DINERS, take_elder, &diners, error);
    if (status != MU_OK)
        return status;
    request.session = rules->canteen.sessions[0].id;
    for (size_t i = 0; i < diners.count && status == MU_OK; i++) {
        request.resident_id = diners.id[i];
        request.method = i % 3 ? MU_PAY_CARD : MU_PAY_CASH;
        status = mu_serve_meal(desk, &request, &answer, error);
    }
    request = (struct mu_meal_request){.session = request.session, .occupation = "外卖员"};
    for (size_t i = 0; i < COURIERS && status == MU_OK; i++)
        status = mu_serve_meal(desk, &request, &answer, error);
    return status;
}

static enum mu_status import_people(struct mu_desk *desk, size_t people, struct mu_error *error)
{
    const struct mu_import_options options = {.strict = true};
    struct mu_import_report report = {0};
    struct demo demo = {.state = 20261122, .today = mu_desk_now(desk).date};
    char path[PATH_SIZE];
    enum mu_status status;

    demo.born = calloc((size_t)2 * 366 * (YEARS + 1), sizeof *demo.born);
    if (!demo.born)
        return mu_fail_memory(error);
    snprintf(path, sizeof path, "%s.demo.csv", mu_db_path(desk->db));
    status = write_spreadsheet(&demo, path, people, error);
    free(demo.born);
    if (status == MU_OK)
        status = mu_import_residents(desk, path, &options, &report, error);
    mu_import_report_clear(&report);
    unlink(path);
    return status;
}

static enum mu_status hire(struct mu_desk *desk, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < COUNT(colleagues) && status == MU_OK; i++) {
        status = mu_add_operator(desk, colleagues[i].name, colleagues[i].role, NULL, error);
        if (status == MU_OK)
            status = mu_set_password(desk, colleagues[i].name, colleagues[i].pin, error);
    }
    return status;
}

const char *mu_demo_pin(const struct mu_desk *desk, const char *name)
{
    for (size_t i = 0; i < COUNT(colleagues) && desk->demo; i++)
        if (strcmp(colleagues[i].name, name) == 0)
            return colleagues[i].pin;
    return "";
}

enum mu_status mu_fill_demo(struct mu_desk *desk, size_t people, struct mu_error *error)
{
    enum mu_status status = import_people(desk, people, error);

    if (status == MU_OK)
        status = deal_tags(desk, error);
    if (status == MU_OK)
        status = serve_some(desk, error);
    return status == MU_OK ? hire(desk, error) : status;
}
