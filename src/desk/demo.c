#include "desk/demo_people.h"
#include "desk/desk_internal.h"
#include "desk/resident_tags.h"
#include "store/migration.h"
#include "store/register_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/demo.h>
#include <mulin/desk/fund.h>
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
    HOMES_A_BUILDING = 60,
    DINERS = 46,
    COURIERS = 9,
};

static const char duyuan_preset[] = "duyuan";
static const char *const grids[] = {"第一网格", "第二网格", "第三网格", "第四网格", "第五网格"};
static const char *const estates[] = {"云鹭湾一期", "云鹭湾二期", "云鹭湾三期", "鹭汀苑"};

static const struct {
    const char *name, *pin;
    enum mu_role role;
} colleagues[] = {
    {"陈静", "1357", MU_ROLE_DESK},
    {DEMO_TALLY, DEMO_TALLY_PIN, MU_ROLE_TALLY},
    {DEMO_MEDIATOR, "3690", MU_ROLE_MEDIATOR},
};

static void write_household(struct demo *demo, size_t people)
{
    size_t building = demo->homes / HOMES_A_BUILDING, in_building = demo->homes % HOMES_A_BUILDING;
    struct demo_home home = {.number = demo->homes + 1, .occupancy = building % 3 == 2 ? 2 : 1};
    bool old = demo_chance(demo, 35), male = demo_chance(demo, 60);
    const char *surname = demo_surname(demo);
    int age = old ? 60 + (int)demo_below(demo, 36) : 26 + (int)demo_below(demo, 34);
    size_t members = 1 + demo_below(demo, old ? 2 : 4);

    snprintf(home.estate, sizeof home.estate, "%s", estates[building % COUNT(estates)]);
    snprintf(home.building, sizeof home.building, "%zu栋", building / COUNT(estates) + 1);
    snprintf(home.unit, sizeof home.unit, "%zu单元", in_building / 20 + 1);
    snprintf(home.room, sizeof home.room, "%zu",
             (in_building % 20 / 4 + 1) * 100 + in_building % 4 + 1);
    snprintf(home.grid, sizeof home.grid, "%s", grids[building % COUNT(grids)]);
    for (size_t i = 0; i < members && demo->people < people; i++) {
        struct demo_member member = {surname, "户主", age, male};

        if (i == 1)
            member = (struct demo_member){demo_surname(demo), "配偶",
                                          age - (int)demo_below(demo, 4), !male};
        if (i > 1) {
            member.male = demo_chance(demo, 52);
            member.relation = member.male ? "子" : "女";
            member.age = (int)demo_below(demo, (size_t)(age - 20 < 18 ? age - 20 : 18));
        }
        demo_write_member(demo, &home, &member);
    }
    demo->homes++;
}

static void write_people(struct demo *demo, void *context)
{
    const size_t *people = context;

    while (demo->people < *people && !ferror(demo->file))
        write_household(demo, *people);
}

/* What the community knows of some of its people, since when and on what grounds. */
static const struct {
    const char *word, *evidence;
    bool of_place; /* numbered by the community itself */
    int age_from;
    size_t percent;
    bool yearly;
} grounds[] = {
    {"低保", "低保证 ", true, 60, 6, true},
    {"困境家庭", "街道困境家庭名单 ", false, 60, 4, false},
    {"残疾", "残疾证 ", true, 0, 3, false},
};

enum { PAGE = 500, ENDOWMENT_FEN = 2000000, TOP_UP_FEN = 10000 };

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
    struct mu_tag tag = {.from = mu_date_add_days(demo->today, -(int)demo_below(demo, 395))};
    enum mu_status status;

    mu_text_copy(tag.word, sizeof tag.word, grounds[ground].word);
    snprintf(tag.evidence, sizeof tag.evidence, "%s%s%04zu", grounds[ground].evidence,
             grounds[ground].of_place ? demo->place : "", ++demo->dealt);
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
            if (page->age[i] >= grounds[ground].age_from &&
                demo_chance(demo, grounds[ground].percent))
                status = deal_tag(desk, demo, page->id[i], ground, error);
    return status;
}

static enum mu_status deal_tags(struct mu_desk *desk, bool duyuan, struct mu_error *error)
{
    struct demo demo = {.state = 20261123,
                        .today = mu_desk_now(desk).date,
                        .place = duyuan ? "督院街-" : "云鹭湾-"};
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
    if (mu_rules_session_at(rules, mu_desk_now(desk).minute) != &rules->canteen.sessions[0])
        request.reason = "演示";
    for (size_t i = 0; i < diners.count && status == MU_OK; i++) {
        request.resident_id = diners.id[i];
        request.method = i % 3 ? MU_PAY_CARD : MU_PAY_CASH;
        if (request.method == MU_PAY_CARD)
            status = mu_move_diner_money(desk, diners.id[i], MU_TOP_UP,
                                         (struct mu_money){TOP_UP_FEN}, NULL, NULL, error);
        if (status == MU_OK)
            status = mu_serve_meal(desk, &request, &answer, error);
    }
    request = (struct mu_meal_request){
        .session = request.session, .reason = request.reason, .occupation = "外卖员"};
    for (size_t i = 0; i < COURIERS && status == MU_OK; i++)
        status = mu_serve_meal(desk, &request, &answer, error);
    return status;
}

static enum mu_status import_people(struct mu_desk *desk, struct duyuan *duyuan, size_t people,
                                    struct mu_error *error)
{
    const struct mu_import_options options = {.strict = true};
    struct mu_import_report report = {0};
    struct demo demo = {.state = 20261122, .today = mu_desk_now(desk).date, .exact = duyuan};
    char path[PATH_SIZE];
    enum mu_status status;

    snprintf(path, sizeof path, "%s.demo.csv", mu_db_path(desk->db));
    status = duyuan ? demo_spreadsheet(&demo, path, duyuan_write, duyuan, error)
                    : demo_spreadsheet(&demo, path, write_people, &people, error);
    if (status == MU_OK)
        status = mu_import_residents(desk, path, &options, &report, error);
    mu_import_report_clear(&report);
    unlink(path);
    return status;
}

/* One community has the figures that it published. */
static enum mu_status settle_people(struct mu_desk *desk, const char *preset, size_t people,
                                    struct mu_error *error)
{
    struct duyuan *duyuan = NULL;
    enum mu_status status;

    if (strcmp(preset, duyuan_preset) != 0)
        return import_people(desk, NULL, people ? people : demo_points_people(preset), error);
    status = duyuan_new(&duyuan, people ? people : DUYUAN_PEOPLE, mu_desk_now(desk).date, error);
    if (status == MU_OK)
        status = import_people(desk, duyuan, people, error);
    if (status == MU_OK)
        status = duyuan_furnish(duyuan, desk->db, error);
    duyuan_free(&duyuan);
    return status;
}

/* What the payers of the book that pay only what they have were given. */
static enum mu_status endow(struct mu_desk *desk, struct mu_error *error)
{
    const struct mu_rules *rules;
    enum mu_status status = mu_desk_rules(desk, &rules, NULL, error);

    for (int payer = 0; status == MU_OK && payer < MU_PAYER_COUNT; payer++)
        if (rules->canteen.payers[payer].funded)
            status = mu_fund_book(desk, (enum mu_payer)payer, (struct mu_money){ENDOWMENT_FEN},
                                  "演示：工坊义卖和捐赠", NULL, error);
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

enum mu_status mu_fill_demo(struct mu_desk *desk, const char *preset, size_t people,
                            struct mu_error *error)
{
    enum mu_status status = settle_people(desk, preset, people, error);

    if (status == MU_OK)
        status = deal_tags(desk, strcmp(preset, duyuan_preset) == 0, error);
    if (status == MU_OK)
        status = endow(desk, error);
    if (status == MU_OK)
        status = serve_some(desk, error);
    if (status == MU_OK)
        status = demo_orders(desk, error);
    if (status == MU_OK)
        status = hire(desk, error);
    if (status == MU_OK)
        status = demo_points(desk, preset, people, error);
    return status == MU_OK ? demo_mediation(desk, preset, error) : status;
}
