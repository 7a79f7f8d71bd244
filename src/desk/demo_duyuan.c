#include "desk/demo_people.h"
#include "store/household_store.h"
#include "store/place_store.h"

#include <mulin/domain/place.h>

#include <stdlib.h>

/* What the community of 督院街 published of itself. Its 53 courtyards have 100 buildings here; of
 * the courtyards 41 (as near as whole ones come to 78%) and of the buildings 78 are older than 20
 * years. */
enum {
    OWNED = 2926,
    RENTED = 3123,
    HOMESTAYS = 250,
    VACANT = 1344,
    ELDERS = 1489, /* of 70 years or more */
    COURTYARDS = 53,
    BUILDINGS = 100,
    PAIRS = BUILDINGS - COURTYARDS, /* courtyards that have two */
    GRIDS = 18,
    GRADE_C = 3,
    GRADE_D = 4
};

enum {
    OLD = 70,  /* an elder here */
    USES = 5,  /* of a home: not known, and data/codes/occupancy.def */
    MOST = 6,  /* people of a home */
    PAIR = 2,  /* elders of a home at most */
    SMALL = 2, /* people of the homes in which most elders live */
    ROOMS_A_FLOOR = 4,
    FLOORS = 6,
    HOMES_A_UNIT = ROOMS_A_FLOOR * FLOORS
};

struct duyuan {
    size_t homes, people;
    struct demo dealer;                 /* deals all that is not told line by line */
    unsigned char *use, *size, *elders; /* of each home */
};

static const char *const lanes[] = {"锦安街", "槐荫巷", "石板巷", "染坊巷",
                                    "青石街", "书院里", "玉带巷", "东井街"};
static const char *const numerals[] = {"一",   "二",   "三",   "四",   "五",   "六",
                                       "七",   "八",   "九",   "十",   "十一", "十二",
                                       "十三", "十四", "十五", "十六", "十七", "十八"};

static size_t scaled(size_t figure, size_t people)
{
    return (figure * people + DUYUAN_PEOPLE / 2) / DUYUAN_PEOPLE;
}

/* Deals the uses as cards: each home takes one of those that are left. */
static void deal_uses(struct duyuan *duyuan, const size_t of_use[USES])
{
    size_t left[USES], all = duyuan->homes;

    for (size_t i = 0; i < USES; i++)
        left[i] = of_use[i];
    for (size_t home = 0; home < duyuan->homes; home++, all--) {
        size_t card = demo_below(&duyuan->dealer, all), use = 0;

        while (card >= left[use])
            card -= left[use++];
        left[use]--;
        duyuan->use[home] = (unsigned char)use;
    }
}

/* So many people that those who are left fit into the homes that are left. */
static size_t deal_size(struct demo *dealer, size_t people, size_t homes)
{
    size_t mean = people / homes,
           least = people > MOST * (homes - 1) ? people - MOST * (homes - 1) : 1;
    size_t most = people - (homes - 1) < MOST ? people - (homes - 1) : MOST;
    size_t size = mean + (demo_below(dealer, homes) < people % homes) + demo_below(dealer, 5);

    size = size > 2 ? size - 2 : 1;
    if (size > most)
        size = most;
    return size < least ? least : size;
}

static void deal_people(struct duyuan *duyuan, size_t lived_in, size_t elders)
{
    struct demo *dealer = &duyuan->dealer;
    size_t people = duyuan->people;

    for (size_t home = 0; home < duyuan->homes; home++) {
        if (duyuan->use[home] == 4)
            continue;
        duyuan->size[home] = (unsigned char)deal_size(dealer, people, lived_in);
        people -= duyuan->size[home];
        lived_in--;
    }
    /* Most elders live alone or as two. */
    for (size_t left = elders; left > 0;) {
        size_t home = demo_below(dealer, duyuan->homes), size = duyuan->size[home];

        if (duyuan->elders[home] < (size < PAIR ? size : PAIR) &&
            (size <= SMALL || demo_chance(dealer, 15))) {
            duyuan->elders[home]++;
            left--;
        }
    }
}

enum mu_status duyuan_new(struct duyuan **out, size_t people, struct mu_date today,
                          struct mu_error *error)
{
    size_t of_use[USES] = {0, scaled(OWNED, people), scaled(RENTED, people),
                           scaled(HOMESTAYS, people), scaled(VACANT, people)};
    struct duyuan *duyuan = calloc(1, sizeof *duyuan);

    if (!duyuan)
        return mu_fail_memory(error);
    if (!of_use[1])
        of_use[1] = 1;
    for (size_t i = 0; i < USES; i++)
        duyuan->homes += of_use[i];
    duyuan->people = people;
    duyuan->dealer = (struct demo){.state = 1489, .today = today, .exact = true};
    duyuan->use = calloc(duyuan->homes, 1);
    duyuan->size = calloc(duyuan->homes, 1);
    duyuan->elders = calloc(duyuan->homes, 1);
    if (!duyuan->use || !duyuan->size || !duyuan->elders) {
        duyuan_free(&duyuan);
        return mu_fail_memory(error);
    }
    deal_uses(duyuan, of_use);
    deal_people(duyuan, duyuan->homes - of_use[4], scaled(ELDERS, people));
    *out = duyuan;
    return MU_OK;
}

void duyuan_free(struct duyuan **duyuan)
{
    struct duyuan *old = *duyuan;

    *duyuan = NULL;
    if (!old)
        return;
    free(old->use);
    free(old->size);
    free(old->elders);
    free(old);
}

/* Places. */

static size_t courtyard_of(size_t building)
{
    return building < (size_t)2 * PAIRS ? building / 2 : building - PAIRS;
}

static bool is_old(size_t courtyard)
{
    return courtyard < PAIRS ? courtyard % 5 != 4 && courtyard != PAIRS - 1
                             : courtyard < COURTYARDS - 2;
}

static void name_building(size_t building, struct mu_building *out)
{
    size_t courtyard = courtyard_of(building), lane = courtyard % COUNT(lanes);
    size_t number = courtyard < PAIRS ? building % 2 + 1 : 1;

    *out = (struct mu_building){0};
    snprintf(out->estate, sizeof out->estate, "%s%zu号院", lanes[lane],
             3 + 4 * (courtyard / COUNT(lanes)) + lane);
    snprintf(out->building, sizeof out->building, "%zu栋", number);
    snprintf(out->grid, sizeof out->grid, "第%s网格", numerals[courtyard * GRIDS / COURTYARDS]);
}

static void place_home(const struct duyuan *duyuan, size_t home, struct demo_home *out)
{
    size_t building = home * BUILDINGS / duyuan->homes;
    size_t first = (building * duyuan->homes + BUILDINGS - 1) / BUILDINGS;
    size_t here = home - first, door = here % HOMES_A_UNIT;
    struct mu_building at;

    name_building(building, &at);
    *out = (struct demo_home){.number = home + 1, .occupancy = duyuan->use[home]};
    snprintf(out->estate, sizeof out->estate, "%s", at.estate);
    snprintf(out->building, sizeof out->building, "%s", at.building);
    snprintf(out->grid, sizeof out->grid, "%s", at.grid);
    snprintf(out->unit, sizeof out->unit, "%zu单元", here / HOMES_A_UNIT + 1);
    snprintf(out->room, sizeof out->room, "%zu",
             (door / ROOMS_A_FLOOR + 1) * 100 + door % ROOMS_A_FLOOR + 1);
}

/* People. */

/* Whoever lives with elders is younger than that: a spouse, then children, then theirs. */
static void deal_elders(struct demo *demo, size_t elders, size_t count, struct demo_member *members)
{
    const char *surname = demo_surname(demo);
    bool male = demo_chance(demo, 45);
    int age = OLD + (int)demo_below(demo, 22);
    size_t i = 1;

    members[0] = (struct demo_member){surname, "户主", age, male};
    if (count > 1 && elders > 1) {
        int spouse = age - 3 + (int)demo_below(demo, 6);

        members[i++] =
            (struct demo_member){demo_surname(demo), "配偶", spouse < OLD ? OLD : spouse, !male};
    } else if (count > 1 && demo_chance(demo, 40)) {
        members[i++] = (struct demo_member){demo_surname(demo), "配偶",
                                            OLD - 1 - (int)demo_below(demo, 6), !male};
    }
    for (size_t child = i; i < count; i++) {
        bool boy = demo_chance(demo, 52);
        int younger = age - 25 - (int)demo_below(demo, 8);

        if (i == child)
            members[i] = (struct demo_member){surname, boy ? "子" : "女", younger, boy};
        else if (i == child + 1)
            members[i] =
                (struct demo_member){demo_surname(demo), members[child].male ? "儿媳" : "女婿",
                                     younger, !members[child].male};
        else
            members[i] = (struct demo_member){surname, boy ? "孙子" : "孙女",
                                              younger > 26 ? younger - 26 : 1, boy};
    }
}

static void deal_family(struct demo *demo, size_t count, struct demo_member *members)
{
    const char *surname = demo_surname(demo);
    bool male = demo_chance(demo, 60);
    int age = 24 + (int)demo_below(demo, 44);

    members[0] = (struct demo_member){surname, "户主", age, male};
    if (count > 1)
        members[1] =
            (struct demo_member){demo_surname(demo), "配偶", age - (int)demo_below(demo, 3), !male};
    for (size_t i = 2; i < count; i++) {
        bool boy = demo_chance(demo, 52);
        int oldest = age - 21 < 30 ? age - 21 : 30;

        members[i] = (struct demo_member){surname, boy ? "子" : "女",
                                          (int)demo_below(demo, (size_t)oldest), boy};
    }
}

void duyuan_write(struct demo *demo, void *context)
{
    const struct duyuan *duyuan = context;
    struct demo_member members[MOST];
    struct demo_home home;

    for (size_t i = 0; i < duyuan->homes && !ferror(demo->file); i++) {
        size_t count = duyuan->size[i];

        if (count == 0)
            continue;
        place_home(duyuan, i, &home);
        if (duyuan->elders[i])
            deal_elders(demo, duyuan->elders[i], count, members);
        else
            deal_family(demo, count, members);
        for (size_t member = 0; member < count; member++)
            demo_write_member(demo, &home, &members[member]);
    }
}

/* What no spreadsheet of people holds. */

static enum mu_status add_vacant(const struct duyuan *duyuan, struct mu_db *db,
                                 struct mu_error *error)
{
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < duyuan->homes && status == MU_OK; i++) {
        struct mu_household household = {.occupancy = duyuan->use[i]};
        struct demo_home home;

        if (duyuan->size[i])
            continue;
        place_home(duyuan, i, &home);
        snprintf(household.estate, sizeof household.estate, "%s", home.estate);
        snprintf(household.building, sizeof household.building, "%s", home.building);
        snprintf(household.unit, sizeof household.unit, "%s", home.unit);
        snprintf(household.room, sizeof household.room, "%s", home.room);
        snprintf(household.number, sizeof household.number, "%06zu", home.number);
        snprintf(household.grid, sizeof household.grid, "%s", home.grid);
        status = mu_household_add(db, &household, error);
    }
    return status;
}

static enum mu_status add_buildings(struct demo *dealer, struct mu_db *db, struct mu_error *error)
{
    /* In old courtyards that stand apart from each other. */
    static const struct {
        size_t building;
        int danger;
    } dangerous[] = {{12, GRADE_C}, {37, GRADE_C}, {61, GRADE_D}, {86, GRADE_C}};
    static const size_t flooded = 24;
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < BUILDINGS && status == MU_OK; i++) {
        struct mu_building building;
        int years = (int)demo_below(dealer, 15);
        bool stale;

        name_building(i, &building);
        building.year_built = dealer->today.year - (is_old(courtyard_of(i)) ? 21 : 4) - years;
        building.danger = 1;
        for (size_t one = 0; one < COUNT(dangerous); one++)
            if (dangerous[one].building == i)
                building.danger = dangerous[one].danger;
        building.flood_point = i == flooded ? 1 : 2;
        demo_name(dealer, building.leader);
        status = mu_place_write_building(db, &building, &stale, error);
    }
    return status;
}

static enum mu_status add_grids(struct demo *dealer, struct mu_db *db, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < GRIDS && status == MU_OK; i++) {
        struct mu_grid_record grid = {0};
        bool stale;

        snprintf(grid.name, sizeof grid.name, "第%s网格", numerals[i]);
        snprintf(grid.branch, sizeof grid.branch, "第%s网格党支部", numerals[i]);
        snprintf(grid.member_phone, sizeof grid.member_phone, "199%08zu",
                 demo_below(dealer, 100000000));
        demo_name(dealer, grid.member);
        status = mu_place_write_grid(db, &grid, &stale, error);
    }
    return status;
}

enum mu_status duyuan_furnish(const struct duyuan *duyuan, struct mu_db *db, struct mu_error *error)
{
    struct demo dealer = duyuan->dealer;
    enum mu_status status = mu_db_begin(db, error);

    if (status != MU_OK)
        return status;
    status = add_vacant(duyuan, db, error);
    if (status == MU_OK)
        status = add_buildings(&dealer, db, error);
    if (status == MU_OK)
        status = add_grids(&dealer, db, error);
    if (status == MU_OK)
        return mu_db_commit(db, error);
    mu_db_rollback(db);
    return status;
}
