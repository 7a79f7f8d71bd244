#include "unit/home.h"

#include <mulin/desk/act.h>
#include <mulin/desk/demo.h>
#include <mulin/desk/household.h>
#include <mulin/desk/place.h>
#include <mulin/desk/report.h>
#include <mulin/desk/tag.h>
#include <mulin/desk/twin.h>
#include <mulin/report.h>

#include <unistd.h>

static struct mu_date day(const char *text)
{
    struct mu_date date = {0};

    assert_true(!*text || mu_date_read(text, &date));
    return date;
}

static void finish(struct mu_register_counting *counting)
{
    struct mu_error error;
    bool done = false;

    for (int slices = 0; !done; slices++) {
        assert_true(slices < 1000);
        assert_int_equal(mu_register_count_on(counting, &done, &error), MU_OK);
    }
    assert_int_equal(mu_register_counted(counting), 100);
}

/* The register on a day, "" today; valid until the next call. */
static const struct mu_register_report *counted(struct mu_desk *desk, const char *date)
{
    static struct mu_register_counting *counting;
    struct mu_error error;

    if (counting)
        mu_register_counting_free(&counting);
    if (!desk)
        return NULL;
    assert_int_equal(mu_count_register(desk, day(date), &counting, &error), MU_OK);
    finish(counting);
    return mu_register_report(counting);
}

static int teardown(void **state)
{
    counted(NULL, "");
    return home_teardown(state);
}

static const struct mu_register_group *group(const struct mu_register_groups *groups,
                                             const char *name)
{
    static const struct mu_register_group none;

    for (size_t i = 0; i < groups->count; i++)
        if (strcmp(groups->group[i].name, name) == 0)
            return &groups->group[i];
    return &none;
}

static struct mu_household address(const char *building, const char *room)
{
    struct mu_household at = {0};

    strcpy(at.estate, "金桂花园");
    strcpy(at.building, building);
    strcpy(at.room, room);
    return at;
}

static int64_t live(struct mu_desk *desk, const char *name, const char *birth, const char *relation,
                    const char *building, const char *room)
{
    return home_add(desk, "name", name, "birth_date", birth, "relation", relation, "estate",
                    "金桂花园", "building", building, "room", room, "occupancy", "自住", "grid",
                    "第一网格", "sex", "女", "residence", "户籍", NULL);
}

/* A couple of elders with their son, a widow, a vacant home. */
struct people {
    int64_t father, mother, son, widow;
};

static struct people settle(struct mu_desk *desk)
{
    struct mu_household vacant = address("3栋", "999");
    struct people people = {
        live(desk, "王建国", "1950-01-01", "户主", "3栋", "201"),
        live(desk, "李梅", "1952-01-01", "配偶", "3栋", "201"),
        live(desk, "王海", "1980-01-01", "子", "3栋", "201"),
        live(desk, "赵玉兰", "1940-01-01", "户主", "5栋", "101"),
    };

    vacant.occupancy = 4;
    assert_int_equal(mu_save_household(desk, &vacant, NULL, NULL), MU_OK);
    return people;
}

static void an_empty_register_counts_to_nothing(void **state)
{
    struct home *home = *state;
    const struct mu_register_report *report = counted(home->desk, "");
    struct mu_register_figure figure;
    size_t count;

    assert_int_equal(report->all.homes, 0);
    assert_int_equal(report->all.people, 0);
    assert_false(report->past);
    assert_null(mu_register_rows(report, MU_REGISTER_WHOLE, &count));
    mu_register_rows(report, MU_REGISTER_BY_GRID, &count);
    assert_int_equal(count, 0);
    assert_true(mu_register_figure(report, 0, MU_ENGLISH, &figure));
    assert_int_equal(figure.count, 0);
    report = counted(home->desk, "1949-10-01");
    assert_int_equal(report->all.people, 0);
    assert_true(report->past);
}

static void homes_and_people_are_counted_by_what_they_are(void **state)
{
    struct home *home = *state;
    const struct mu_register_report *report;

    settle(home->desk);
    home_add(home->desk, "name", "无家", NULL);
    report = counted(home->desk, "");
    assert_int_equal(report->all.homes, 3);
    assert_int_equal(report->all.by_occupancy[1], 2);
    assert_int_equal(report->all.by_occupancy[4], 1);
    assert_int_equal(report->all.people, 5);
    assert_int_equal(report->all.by_sex[2], 4);
    assert_int_equal(report->all.by_sex[0], 1);
    assert_int_equal(report->all.elders, 3);
    assert_int_equal(report->all.advanced, 1);
    assert_int_equal(report->by_residence[1], 4);
    assert_int_equal(report->by_residence[0], 1);
    assert_int_equal(report->ages[3].people, 1); /* 35 to 59 */
    assert_int_equal(report->ages[5].people, 2);
    assert_int_equal(report->ages[6].people, 1);
    assert_int_equal(report->ages[MU_AGE_BANDS].people, 1);
    assert_int_equal(group(&report->grids, "第一网格")->people, 4);
    assert_int_equal(group(&report->grids, "第一网格")->homes, 2);
    assert_int_equal(group(&report->grids, "")->homes, 1);
    assert_int_equal(group(&report->grids, "")->people, 1);
    assert_int_equal(group(&report->estates, "金桂花园")->people, 4);
    assert_int_equal(report->estate_count, 1);
    assert_int_equal(report->buildings, 2);
}

static void words_that_follow_from_age_and_home_are_counted_with_those_that_are_set(void **state)
{
    struct home *home = *state;
    struct people people = settle(home->desk);
    struct mu_tag tag = {.word = "低保", .from = day("2026-01-01"), .until = day("2026-06-30")};
    const struct mu_register_report *report;
    struct mu_error error;

    assert_int_equal(mu_set_tag(home->desk, people.widow, &tag, NULL, &error), MU_OK);
    report = counted(home->desk, "");
    assert_int_equal(group(&report->tags, "独居")->people, 1);
    assert_int_equal(group(&report->tags, "空巢")->people, 1); /* the couple's son lives there */
    assert_int_equal(group(&report->tags, "高龄")->people, 1);
    assert_int_equal(group(&report->tags, "60+")->people, 3);
    assert_int_equal(group(&report->tags, "低保")->people, 0);
    report = counted(home->desk, "2026-03-01");
    assert_int_equal(group(&report->tags, "低保")->people, 1);
    report = counted(home->desk, "2025-12-31");
    assert_int_equal(group(&report->tags, "低保")->people, 0);
    assert_string_equal(report->tags.group[0].name, "60+"); /* the most frequent first */
}

static void a_day_is_told_as_it_was_then(void **state)
{
    struct home *home = *state;
    struct people people = settle(home->desk);
    struct mu_desk *spring = home_desk(home, "2027-03-01T10:00");
    struct mu_household to = address("8栋", "302"), flat;
    struct mu_household_page page;
    struct mu_move move;
    struct mu_building building;
    const struct mu_register_report *report;
    struct mu_error error;

    /* In spring the son moves, a home is let, a building goes to another grid, a child is born. */
    assert_int_equal(mu_plan_move(spring, &people.son, 1, &to, &move, &error), MU_OK);
    assert_int_equal(mu_move(spring, &move, &error), MU_OK);
    live(spring, "王小海", "2027-02-01", "子", "8栋", "302");
    assert_int_equal(mu_read_building(spring, "金桂花园", "5栋", &building, &error), MU_OK);
    strcpy(building.grid, "第二网格");
    building.year_built = 1998;
    building.danger = 4;
    assert_int_equal(mu_save_building(spring, &building, NULL, &error), MU_OK);
    assert_int_equal(mu_end_resident(spring, people.widow, MU_DECEASED, day("2027-02-10"), &error),
                     MU_OK);
    assert_int_equal(mu_read_household(spring, 1, &page, &error), MU_OK);
    flat = page.household;
    flat.occupancy = 2;
    flat.occupied_from = day("2027-02-20");
    assert_int_equal(mu_save_household(spring, &flat, NULL, &error), MU_OK);
    mu_household_page_clear(&page);

    report = counted(spring, "");
    assert_int_equal(report->all.people, 4);
    assert_int_equal(report->deceased, 1);
    assert_int_equal(report->all.by_occupancy[2], 1);
    assert_int_equal(group(&report->tags, "空巢")->people, 2); /* the couple, now alone */
    assert_int_equal(group(&report->tags, "独居")->people, 0);
    assert_int_equal(group(&report->grids, "第二网格")->homes, 1);
    assert_int_equal(report->old_buildings, 1);
    assert_int_equal(report->old_estates, 1);
    assert_int_equal(report->by_danger[4], 1);

    report = counted(spring, "2027-02-09");
    assert_int_equal(report->all.people, 4); /* the widow still, the child not yet registered */
    assert_int_equal(report->deceased, 0);
    assert_int_equal(report->all.homes, 3); /* the son's new home is not there yet */
    assert_int_equal(report->all.by_occupancy[1], 2);
    assert_int_equal(report->all.by_occupancy[2], 0);
    assert_int_equal(group(&report->tags, "空巢")->people, 1);
    assert_int_equal(group(&report->tags, "独居")->people, 1);
    assert_int_equal(group(&report->grids, "第二网格")->homes, 0);
    assert_int_equal(group(&report->grids, "第一网格")->people, 4);
    assert_int_equal(counted(spring, "2027-02-10")->all.people, 3);
    assert_int_equal(counted(spring, "2027-02-20")->all.by_occupancy[2], 1);
    mu_desk_free(&spring);
}

static enum mu_status home_change(struct mu_desk *desk, int64_t id, const char *key,
                                  const char *text)
{
    struct mu_resident resident;

    assert_int_equal(mu_read_resident(desk, id, &resident, NULL), MU_OK);
    assert_int_equal(
        mu_field_read(mu_field_by_key(mu_resident_fields, mu_resident_field_count, key), text,
                      mu_desk_now(desk).date, &resident, NULL),
        MU_OK);
    return mu_save_resident(desk, &resident, NULL, NULL);
}

/* How many uses of before the page of a home tells. */
static size_t uses_of(struct mu_desk *desk, int64_t household_id)
{
    struct mu_household_page page;
    size_t count;

    assert_int_equal(mu_read_household(desk, household_id, &page, NULL), MU_OK);
    count = page.past_count;
    mu_household_page_clear(&page);
    return count;
}

/* The vacant home has the highest number, and only people of later live there. */
static void a_home_that_was_let_since_stood_vacant_then(void **state)
{
    struct home *home = *state;
    struct mu_desk *spring;
    struct mu_undone undone;
    struct mu_error error;
    int64_t tenant;

    settle(home->desk);
    spring = home_desk(home, "2027-03-01T10:00");
    tenant =
        home_add(spring, "name", "新租客", "birth_date", "1990-01-01", "relation", "户主", "estate",
                 "金桂花园", "building", "3栋", "room", "999", "occupancy", "租户", NULL);
    assert_int_equal(counted(spring, "")->all.by_occupancy[2], 1);
    assert_int_equal(counted(spring, "")->all.by_occupancy[4], 0);
    assert_int_equal(counted(spring, "2027-02-28")->all.homes, 3);
    assert_int_equal(counted(spring, "2027-02-28")->all.by_occupancy[4], 1);
    assert_int_equal(counted(spring, "2027-02-28")->all.people, 4);
    /* The same of a use that a form corrected, until that is taken back. */
    assert_int_equal(home_change(spring, tenant, "occupancy", "民宿"), MU_OK);
    assert_int_equal(counted(spring, "2027-02-28")->all.by_occupancy[4], 1);
    assert_int_equal(home_change(spring, 1, "occupancy", "租户"), MU_OK);
    assert_int_equal(counted(spring, "")->all.by_occupancy[2], 1);
    assert_int_equal(counted(spring, "2027-02-28")->all.by_occupancy[1], 2);
    assert_int_equal(mu_undo_next(spring, 0, &undone, &error), MU_OK);
    assert_int_equal(mu_undo(spring, undone.act_id, &undone, &error), MU_OK);
    assert_int_equal(counted(spring, "")->all.by_occupancy[1], 2);
    assert_int_equal(counted(spring, "2027-02-28")->all.by_occupancy[1], 2);
    assert_int_equal(uses_of(spring, 1), 0);
    mu_desk_free(&spring);
}

static void before_the_records_began_the_first_day_is_counted_back(void **state)
{
    struct home *home = *state;
    char lines[MU_REGISTER_LINES][MU_REGISTER_LINE_SIZE];
    const struct mu_register_report *report;

    settle(home->desk);
    report = counted(home->desk, "1970-06-01");
    assert_int_equal(report->all.people, 3); /* the son was not born */
    assert_int_equal(report->all.elders, 0);
    assert_true(report->past);
    assert_int_equal(mu_register_lines(report, MU_ENGLISH, lines), 4);
    assert_string_equal(lines[0], "on 1970-06-01: 3 homes, 3 people living here");
    assert_non_null(strstr(lines[1], "the records began on 2026-11-22"));
    assert_non_null(strstr(lines[2], "sex and residence are those of today"));
    assert_int_equal(counted(home->desk, "1930-01-01")->all.people, 0);
    assert_int_equal(mu_register_lines(counted(home->desk, ""), MU_CHINESE, lines), 2);
}

static void who_comes_later_was_not_there_before(void **state)
{
    struct home *home = *state;
    struct mu_desk *later;
    char lines[MU_REGISTER_LINES][MU_REGISTER_LINE_SIZE];

    settle(home->desk);
    later = home_desk(home, "2026-12-24T10:00");
    live(later, "新来的", "1990-01-01", "户主", "9栋", "101");
    assert_int_equal(counted(later, "")->all.people, 5);
    assert_int_equal(counted(later, "2026-12-23")->all.people, 4);
    assert_int_equal(counted(later, "2026-12-23")->all.homes, 3);
    assert_int_equal(mu_register_lines(counted(later, "2026-12-23"), MU_ENGLISH, lines), 4);
    assert_non_null(strstr(lines[1], "from the day on which it was made"));
    /* Of a day before the records only those of their first day are told. */
    assert_int_equal(counted(later, "2026-11-01")->all.people, 4);
    mu_desk_free(&later);
}

static void nobody_and_no_home_is_counted_twice(void **state)
{
    struct home *home = *state;
    struct people people = settle(home->desk);
    int64_t again = home_add(home->desk, "name", "赵玉兰", "birth_date", "1940-01-01", "tags",
                             "党员 残疾", NULL);
    struct mu_desk *later = home_desk(home, "2026-12-24T10:00");
    struct mu_household to = address("3栋", "201");
    struct mu_undone undone;
    struct mu_move move;
    struct mu_error error;

    assert_int_equal(counted(home->desk, "")->all.people, 5);
    assert_int_equal(mu_link_twins(home->desk, people.widow, again, "", &error), MU_OK);
    assert_int_equal(counted(home->desk, "")->all.people, 4);
    assert_int_equal(group(&counted(home->desk, "")->tags, "党员")->people, 1);
    assert_int_equal(group(&counted(home->desk, "")->tags, "独居")->people, 1);
    home_add(home->desk, "name", "写错了", "card", "777", NULL);
    assert_int_equal(counted(home->desk, "")->all.people, 5);
    assert_int_equal(mu_undo_next(home->desk, 0, &undone, &error), MU_OK);
    assert_int_equal(mu_undo(home->desk, undone.act_id, &undone, &error), MU_OK);
    assert_int_equal(counted(home->desk, "")->all.people, 4);
    /* At Christmas the widow joins the family: her household is part of theirs from then on. */
    assert_int_equal(mu_plan_move(later, &people.widow, 1, &to, &move, &error), MU_OK);
    assert_true(move.joins);
    move.step[0].relation = 56;
    assert_int_equal(mu_move(later, &move, &error), MU_OK);
    assert_int_equal(counted(later, "")->all.homes, 2);
    assert_int_equal(counted(later, "")->all.people, 4);
    assert_int_equal(counted(later, "2026-12-23")->all.homes, 3);
    assert_int_equal(counted(later, "2026-12-23")->all.people, 4);
    assert_int_equal(group(&counted(later, "2026-12-23")->tags, "独居")->people, 1);
    mu_desk_free(&later);
}

static void who_moved_twice_is_where_they_were(void **state)
{
    struct home *home = *state;
    struct people people = settle(home->desk);
    static const char *const moves[][2] = {{"2026-12-10T10:00", "6栋"},
                                           {"2027-01-10T10:00", "7栋"}};
    struct mu_desk *desk = NULL;
    struct mu_move move;
    struct mu_error error;

    for (size_t i = 0; i < 2; i++) {
        struct mu_household to = address(moves[i][1], "101");

        strcpy(to.estate, i ? "银杏里" : "桃园");
        mu_desk_free(&desk);
        desk = home_desk(home, moves[i][0]);
        assert_int_equal(mu_plan_move(desk, &people.son, 1, &to, &move, &error), MU_OK);
        assert_int_equal(mu_move(desk, &move, &error), MU_OK);
    }
    assert_int_equal(group(&counted(desk, "2026-12-09")->estates, "金桂花园")->people, 4);
    assert_int_equal(group(&counted(desk, "2026-12-10")->estates, "桃园")->people, 1);
    assert_int_equal(group(&counted(desk, "2027-01-09")->estates, "桃园")->people, 1);
    assert_int_equal(group(&counted(desk, "2027-01-10")->estates, "银杏里")->people, 1);
    assert_int_equal(counted(desk, "2027-01-10")->all.people, 4);
    mu_desk_free(&desk);
}

static void a_day_that_has_not_come_is_refused(void **state)
{
    struct home *home = *state;
    struct mu_register_counting *counting = NULL;
    struct mu_error error;

    assert_int_equal(mu_count_register(home->desk, day("2026-11-23"), &counting, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_report_future);
    assert_string_equal(error.argument[0], "2026-11-23");
    assert_null(counting);
}

static void what_others_save_meanwhile_is_counted_once(void **state)
{
    struct home *home = *state;
    struct mu_register_counting *counting = NULL;
    struct mu_desk *neighbour = home_desk(home, HOME_NOW);
    struct mu_error error;
    bool done;

    settle(home->desk);
    assert_int_equal(mu_count_register(home->desk, day(""), &counting, &error), MU_OK);
    assert_int_equal(mu_register_count_on(counting, &done, &error), MU_OK);
    home_add(neighbour, "name", "新来的", NULL);
    finish(counting);
    assert_int_equal(mu_register_report(counting)->all.people, 5);
    assert_false(mu_register_report(counting)->disturbed);
    mu_register_counting_free(&counting);
    /* Who never stops saving cannot hinder the count for ever. */
    assert_int_equal(mu_count_register(home->desk, day(""), &counting, &error), MU_OK);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(mu_register_count_on(counting, &done, &error), MU_OK);
        home_add(neighbour, "name", "又一个", NULL);
    }
    finish(counting);
    assert_true(mu_register_report(counting)->disturbed);
    mu_register_counting_free(&counting);
    mu_desk_free(&neighbour);
}

/* The report as a stream in a format; owned. */
static char *printed(const struct mu_register_report *report, enum mu_report_format format,
                     enum mu_register_by by, enum mu_language language)
{
    struct mu_report_target target = {.format = format};
    struct mu_error error;
    char *text = NULL;
    size_t size;

    target.stream = open_memstream(&text, &size);
    assert_int_equal(mu_report_register(&target, report, by, language, &error), MU_OK);
    fclose(target.stream);
    return text;
}

static void names_from_outside_do_nothing_in_a_table(void **state)
{
    struct home *home = *state;
    const struct mu_register_report *report;
    char *text;

    home_add(home->desk, "name", "张三", "estate", "=HYPERLINK(\"x\")", "building", "<b>1</b>",
             "room", "1", "grid", "@SUM(1)", "tags", "&script", NULL);
    report = counted(home->desk, "");
    text = printed(report, MU_REPORT_CSV, MU_REGISTER_BY_GRID, MU_CHINESE);
    assert_non_null(strstr(text, "\"'@SUM(1)\",\"1\""));
    free(text);
    text = printed(report, MU_REPORT_CSV, MU_REGISTER_BY_ESTATE, MU_ENGLISH);
    assert_non_null(strstr(text, "\"'=HYPERLINK("));
    free(text);
    text = printed(report, MU_REPORT_HTML, MU_REGISTER_BY_TAG, MU_CHINESE);
    assert_non_null(strstr(text, "<td>&amp;script</td>"));
    free(text);
}

static void a_table_adds_up(void **state)
{
    struct home *home = *state;
    const struct mu_register_report *report;
    char *text;

    settle(home->desk);
    report = counted(home->desk, "");
    text = printed(report, MU_REPORT_TEXT, MU_REGISTER_BY_GRID, MU_CHINESE);
    assert_non_null(
        strstr(text, "第一网格     2     2     0     0     0       0     4         3         1\n"));
    assert_non_null(
        strstr(text, "未分网格     1     0     0     0     1       0     0         0         0\n"));
    assert_non_null(
        strstr(text, "合计         3     2     0     0     1       0     4         3         1\n"));
    free(text);
    text = printed(report, MU_REPORT_TEXT, MU_REGISTER_BY_AGE, MU_ENGLISH);
    assert_non_null(strstr(text, "70–79"));
    assert_non_null(strstr(text, "100 or older"));
    assert_null(strstr(text, "not known"));
    free(text);
    text = printed(report, MU_REPORT_TEXT, MU_REGISTER_WHOLE, MU_CHINESE);
    assert_non_null(strstr(text, "住户  自住"));
    assert_non_null(strstr(text, "66.7%"));
    assert_non_null(strstr(text, "标签  独居"));
    free(text);
    text = printed(report, MU_REPORT_TEXT, MU_REGISTER_BY_TAG, MU_CHINESE);
    assert_null(strstr(text, "合计")); /* somebody may have several tags */
    free(text);
}

static void a_workbook_has_its_bars(void **state)
{
    struct home *home = *state;
    const struct mu_register_report *report;
    char path[128];
    struct mu_error error;

    settle(home->desk);
    report = counted(home->desk, "");
    snprintf(path, sizeof path, "%s/register.xlsx", home->folder);
    for (int by = MU_REGISTER_WHOLE; by <= MU_REGISTER_BY_AGE; by++) {
        const struct mu_report_target target = {
            .format = MU_REPORT_XLSX, .path = path, .overwrite = true};

        assert_int_equal(
            mu_report_register(&target, report, (enum mu_register_by)by, MU_CHINESE, &error),
            MU_OK);
        assert_int_equal(access(path, R_OK), 0);
    }
    assert_int_equal(
        mu_report_register(&(struct mu_report_target){.format = MU_REPORT_XLSX, .path = path},
                           report, MU_REGISTER_WHOLE, MU_CHINESE, &error),
        MU_INPUT);
}

static void a_small_duyuan_keeps_its_proportions(void **state)
{
    struct home *home = *state;
    const struct mu_register_report *report;
    struct mu_error error;

    assert_int_equal(mu_fill_demo(home->desk, "duyuan", 2100, &error), MU_OK);
    report = counted(home->desk, "");
    assert_int_equal(report->all.people, 2100);
    assert_int_equal(report->all.by_occupancy[1], 293);
    assert_int_equal(report->all.by_occupancy[2], 312);
    assert_int_equal(report->all.by_occupancy[3], 25);
    assert_int_equal(report->all.by_occupancy[4], 134);
    assert_int_equal(report->ages[5].people + report->ages[6].people + report->ages[7].people, 149);
    assert_int_equal(report->estate_count, 53);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define STORY(name) cmocka_unit_test_setup_teardown(name, home_setup, teardown)
        STORY(an_empty_register_counts_to_nothing),
        STORY(homes_and_people_are_counted_by_what_they_are),
        STORY(words_that_follow_from_age_and_home_are_counted_with_those_that_are_set),
        STORY(a_day_is_told_as_it_was_then),
        STORY(a_home_that_was_let_since_stood_vacant_then),
        STORY(before_the_records_began_the_first_day_is_counted_back),
        STORY(who_comes_later_was_not_there_before),
        STORY(nobody_and_no_home_is_counted_twice),
        STORY(who_moved_twice_is_where_they_were),
        STORY(a_day_that_has_not_come_is_refused),
        STORY(what_others_save_meanwhile_is_counted_once),
        STORY(names_from_outside_do_nothing_in_a_table),
        STORY(a_table_adds_up),
        STORY(a_workbook_has_its_bars),
        STORY(a_small_duyuan_keeps_its_proportions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
