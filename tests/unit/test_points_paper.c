/* What people read about points: statements and certificates can be followed to the entries. */
#include "unit/points_home.h"
#include "unit/raw_file.h"

#include "desk/points_post.h"

#include <mulin/desk/certificate.h>
#include <mulin/desk/earning.h>
#include <mulin/desk/goods.h>
#include <mulin/desk/points_month.h>
#include <mulin/desk/points_statement.h>
#include <mulin/desk/twin.h>
#include <mulin/report/points.h>

#include <sqlite3.h>

static int64_t take_back(struct mu_desk *desk, int64_t entry)
{
    struct mu_earning earning;
    struct mu_error error;

    assert_done(mu_reverse_points(desk, entry, "记错了人", &earning, &error), &error);
    return earning.entry_id;
}

/* Points of another kind. */
static void move(struct mu_desk *desk, enum mu_points_kind kind, int64_t person, int points,
                 struct mu_date day, const char *reason)
{
    const struct mu_points_posting posting = {.kind = kind,
                                              .date = day,
                                              .now = mu_desk_now(desk),
                                              .rule_id = mu_points_kind_word(kind),
                                              .rules_version = 2,
                                              .reason = reason,
                                              .move = {{person, {points}, 0}},
                                              .move_count = 1};
    int64_t entry;

    assert_int_equal(mu_db_begin(desk->db, NULL), MU_OK);
    assert_int_equal(mu_points_post(desk, &posting, &entry, NULL), MU_OK);
    assert_int_equal(mu_db_commit(desk->db, NULL), MU_OK);
}

static struct mu_points_statement *statement_of(struct mu_desk *desk, int64_t person, int from,
                                                int to)
{
    struct mu_points_statement *statement = NULL;

    assert_int_equal(mu_read_points_statement(desk, person, from, to, &statement, NULL), MU_OK);
    return statement;
}

/* Two bags of rice at ten points each. */
static void redeem(struct mu_desk *desk, int64_t person)
{
    struct mu_goods_form rice = {
        .name = "大米", .unit = "袋", .price = "10", .offered = MU_OFFERED};
    struct mu_basket basket = {.resident_id = person, .line = {{0, 2}}, .count = 1};
    struct mu_redeemed redeemed;
    struct mu_error error;

    assert_done(mu_save_goods(desk, &rice, NULL, &error), &error);
    assert_done(mu_stock_goods(desk, rice.id, MU_GOODS_RECEIVED, 9, "", NULL, &error), &error);
    basket.line[0].goods_id = rice.id;
    assert_done(mu_redeem(desk, &basket, &redeemed, &error), &error);
}

/* Brought over in September, served twice, one of it a mistake, goods, and a service of October
 * that is recorded late. */
static int64_t a_life(struct mu_desk *desk, int64_t person)
{
    int64_t wrong;

    move(desk, MU_POINTS_OPENING, person, 100, (struct mu_date){2026, 9, 30}, "旧账");
    serve(desk, person, "patrol", 120, (struct mu_date){2026, 11, 3});
    wrong = serve(desk, person, "meal", 30, (struct mu_date){2026, 11, 5});
    take_back(desk, wrong);
    redeem(desk, person);
    serve(desk, person, "patrol", 65, (struct mu_date){2026, 10, 30});
    return wrong;
}

static void every_entry_is_told_with_rule_book_and_balance(void **state)
{
    struct home *home = *state;
    int64_t person = add_person(home->desk, "张金凤"), wrong = a_life(home->desk, person);
    struct mu_points_statement *statement = statement_of(home->desk, person, 0, 0);
    static const int64_t balances[] = {100, 106, 118, 123, 118, 98};
    struct mu_verify_report report;
    struct mu_points have;

    assert_string_equal(statement->name, "张金凤");
    assert_int_equal(statement->count, 6);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(statement->entry[i].balance.count, balances[i]);
    assert_int_equal(statement->entry[1].month, 202610);
    assert_string_equal(statement->entry[1].about, "巡逻");
    assert_string_equal(statement->entry[1].rule_id, "patrol");
    assert_int_equal(statement->entry[1].rules_version, 2);
    assert_int_equal(statement->entry[3].entry_id, wrong);
    assert_int_equal(statement->entry[3].reversed_by, statement->entry[4].entry_id);
    assert_int_equal(statement->entry[4].reverses, wrong);
    assert_string_equal(statement->entry[4].about, "送餐");
    assert_string_equal(statement->entry[4].reason, "记错了人");
    assert_string_equal(statement->entry[5].about, "大米");
    assert_int_equal(statement->entry[5].number, 2);
    assert_int_equal(statement->earned.count, 118);
    assert_int_equal(statement->spent.count, 20);
    assert_int_equal(statement->services, 2);
    assert_int_equal(statement->minutes, 185);
    assert_int_equal(mu_points_of(home->desk, person, &have, NULL), MU_OK);
    assert_int_equal(statement->balance.count, have.count);
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, NULL), MU_OK);
    assert_int_equal(report.entries, statement->entries);
    mu_points_statement_free(&statement);
}

static void months_begin_with_what_stood_before(void **state)
{
    struct home *home = *state;
    int64_t person = add_person(home->desk, "张金凤");
    struct mu_points_statement *statement;
    struct mu_error error;

    a_life(home->desk, person);
    statement = statement_of(home->desk, person, 202610, 202610);
    assert_int_equal(statement->count, 1);
    assert_int_equal(statement->before.count, 100);
    assert_int_equal(statement->earned.count, 6);
    assert_int_equal(statement->balance.count, 106);
    mu_points_statement_free(&statement);
    statement = statement_of(home->desk, person, 202512, 202601);
    assert_int_equal(statement->count, 0);
    assert_int_equal(statement->balance.count, 0);
    mu_points_statement_free(&statement);
    assert_int_equal(
        mu_read_points_statement(home->desk, person, 202611, 202610, &statement, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_statement_months);
    assert_int_equal(mu_read_points_statement(home->desk, 4711, 0, 0, &statement, &error),
                     MU_INPUT);
}

static void linked_files_are_one_person(void **state)
{
    struct home *home = *state;
    int64_t first = add_person(home->desk, "张金凤"), second = add_person(home->desk, "张金凤");
    struct mu_points_statement *statement;
    struct mu_certificate_paper paper;

    serve(home->desk, first, "patrol", 60, today);
    serve(home->desk, second, "patrol", 120, today);
    assert_int_equal(mu_link_twins(home->desk, first, second, "", NULL), MU_OK);
    statement = statement_of(home->desk, second, 0, 0);
    assert_int_equal(statement->resident_id, first);
    assert_int_equal(statement->count, 2);
    assert_int_equal(statement->entry[1].resident_id, second);
    assert_int_equal(statement->balance.count, 18);
    mu_points_statement_free(&statement);
    assert_int_equal(mu_draft_certificate(home->desk, second, january, today, &paper, NULL), MU_OK);
    assert_int_equal(paper.certificate.resident_id, first);
    assert_int_equal(paper.certificate.minutes, 180);
    mu_certificate_paper_clear(&paper);
}

static bool count_certificate(void *context, const struct mu_certificate *certificate)
{
    size_t *count = context;

    assert_string_equal(certificate->number, *count ? "2026-0001" : "2026-0002");
    ++*count;
    return true;
}

static void a_certificate_is_numbered_and_stays_as_it_was(void **state)
{
    struct home *home = *state;
    int64_t person = add_person(home->desk, "张金凤"), other = add_person(home->desk, "李秀英");
    struct mu_certificate_paper paper, again;
    struct mu_verify_report report;
    size_t count = 0;
    int64_t entry;

    entry = serve(home->desk, person, "patrol", 120, today);
    serve(home->desk, person, "meal", 30, january);
    serve(home->desk, other, "meal", 45, today);
    assert_int_equal(mu_issue_certificate(home->desk, person, january, today, &paper, NULL), MU_OK);
    assert_string_equal(paper.certificate.number, "2026-0001");
    assert_string_equal(paper.centre, "中埂");
    assert_int_equal(paper.certificate.services, 2);
    assert_int_equal(paper.certificate.minutes, 150);
    assert_int_equal(paper.count, 2);
    assert_string_equal(paper.duty[0].name, "巡逻");
    mu_certificate_paper_clear(&paper);
    assert_int_equal(mu_issue_certificate(home->desk, other, january, today, &paper, NULL), MU_OK);
    assert_string_equal(paper.certificate.number, "2026-0002");
    mu_certificate_paper_clear(&paper);
    take_back(home->desk, entry);
    assert_int_equal(mu_read_certificate(home->desk, "2026-0001", &again, NULL), MU_OK);
    assert_int_equal(again.certificate.minutes, 150);
    assert_int_equal(again.count, 2);
    mu_certificate_paper_clear(&again);
    assert_int_equal(mu_draft_certificate(home->desk, person, january, today, &again, NULL), MU_OK);
    assert_int_equal(again.certificate.minutes, 30);
    mu_certificate_paper_clear(&again);
    assert_int_equal(mu_list_certificates(home->desk, 0, count_certificate, &count, NULL), MU_OK);
    assert_int_equal(count, 2);
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, NULL), MU_OK);
}

static void assert_refused(struct mu_desk *desk, int64_t person, struct mu_date from,
                           struct mu_date to, enum mu_message why)
{
    struct mu_certificate_paper paper;
    struct mu_error error;

    assert_int_not_equal(mu_draft_certificate(desk, person, from, to, &paper, &error), MU_OK);
    assert_int_equal(error.message, why);
    assert_int_not_equal(mu_issue_certificate(desk, person, from, to, &paper, &error), MU_OK);
    assert_int_equal(error.message, why);
}

static void what_no_certificate_can_say_is_refused(void **state)
{
    struct home *home = *state;
    int64_t person = add_person(home->desk, "张金凤");
    struct mu_certificate_paper paper;
    struct mu_error error;

    assert_refused(home->desk, person, january, today, MU_SAY_error_certificate_nothing);
    assert_refused(home->desk, person, today, january, MU_SAY_error_certificate_days);
    assert_refused(home->desk, person, (struct mu_date){0}, today, MU_SAY_error_certificate_days);
    assert_refused(home->desk, person, january, (struct mu_date){2026, 12, 1},
                   MU_SAY_error_certificate_future);
    assert_int_equal(mu_read_certificate(home->desk, "2026-0001", &paper, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_certificate_none);
}

static void bend(const struct home *home, const char *sql)
{
    sqlite3 *raw;

    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(raw);
}

static void what_was_bent_is_told(void **state)
{
    static const struct {
        const char *sql;
        enum mu_message finding;
    } bendings[] = {
        {"DROP TRIGGER certificate_unchanged; UPDATE certificate SET minutes = 6000",
         MU_SAY_error_verify_certificate},
        {"DROP TRIGGER certificate_unchanged; UPDATE certificate SET number = '2026-0009'",
         MU_SAY_error_verify_certificate},
        {"DROP TRIGGER certificate_unchanged; UPDATE certificate SET head = zeroblob(32)",
         MU_SAY_error_verify_certificate},
        {"DROP TRIGGER certificate_stays; DELETE FROM certificate",
         MU_SAY_error_verify_certificate},
        {"DROP TRIGGER points_line_unchanged; UPDATE points_line SET points = 1200",
         MU_SAY_error_verify_points},
    };

    for (size_t i = 0; i < sizeof bendings / sizeof *bendings; i++) {
        struct mu_certificate_paper paper;
        struct mu_verify_report report;
        struct mu_error error;
        struct home *home;
        int64_t person;

        if (i) {
            home_teardown(state);
            a_home_with_duties(state);
        }
        home = *state;
        person = add_person(home->desk, "张金凤");
        serve(home->desk, person, "patrol", 120, today);
        assert_int_equal(mu_issue_certificate(home->desk, person, january, today, &paper, NULL),
                         MU_OK);
        mu_certificate_paper_clear(&paper);
        bend(home, bendings[i].sql);
        assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, &error), MU_STORE);
        assert_int_equal(error.message, bendings[i].finding);
    }
}

static void close_month(struct mu_desk *desk, int month)
{
    const struct mu_points_closing_request request = {.month = month, .second_name = "赵敏"};
    struct mu_error error;

    assert_done(mu_close_points_month(desk, &request, NULL, &error), &error);
}

static struct mu_points_wall *wall_of(struct mu_desk *desk, int month)
{
    struct mu_points_wall *wall = NULL;
    struct mu_error error;

    assert_done(mu_read_points_wall(desk, month, NULL, NULL, &wall, &error), &error);
    return wall;
}

static struct mu_wall_row row_of(const struct mu_points_wall *wall, size_t place)
{
    struct mu_wall_row row;

    mu_wall_row(wall, place, &row);
    return row;
}

/* From each figure on the wall to the entries that it is made of. */
static void assert_followed(struct mu_desk *desk, const struct mu_points_wall *wall)
{
    struct mu_points_sums sums = {0};
    struct mu_points balance = {0};

    for (size_t i = 0; i < wall->count; i++) {
        struct mu_wall_row row = row_of(wall, i);
        struct mu_points_statement *statement =
            statement_of(desk, row.resident_id, wall->sum.month, wall->sum.month);
        int64_t earned = 0, spent = 0, minutes = 0;

        for (size_t k = 0; k < statement->count; k++) {
            const struct mu_points_entry *entry = &statement->entry[k];

            assert_int_equal(entry->month, wall->sum.month);
            minutes += entry->minutes;
            if (mu_points_kind_earns(entry->kind))
                earned += entry->points.count;
            else
                spent -= entry->points.count;
        }
        assert_int_equal(row.moved.earned.count, earned);
        assert_int_equal(row.moved.spent.count, spent);
        assert_int_equal(row.moved.minutes, minutes);
        assert_int_equal(row.moved.services, statement->services);
        assert_int_equal(row.balance.count, statement->balance.count);
        mu_points_sums_add(&sums, &row.moved);
        balance = mu_points_add(balance, row.balance);
        mu_points_statement_free(&statement);
    }
    assert_int_equal(wall->sum.moved.earned.count, sums.earned.count);
    assert_int_equal(wall->sum.moved.spent.count, sums.spent.count);
    assert_int_equal(wall->sum.moved.services, sums.services);
    assert_int_equal(wall->sum.moved.minutes, sums.minutes);
    assert_int_equal(wall->sum.balance.count, balance.count);
}

/* Two files of one person, one who came once, and one who only has points. */
static int64_t a_community(struct mu_desk *desk)
{
    int64_t first = add_person(desk, "张金凤"), second = add_person(desk, "张金凤");
    int64_t other = add_person(desk, "李秀英"), quiet = add_person(desk, "陈建国");

    a_life(desk, first);
    serve(desk, second, "patrol", 60, (struct mu_date){2026, 11, 9});
    serve(desk, other, "meal", 45, (struct mu_date){2026, 11, 9});
    move(desk, MU_POINTS_OPENING, quiet, 40, (struct mu_date){2026, 9, 30}, "旧账");
    add_person(desk, "周丽");
    assert_int_equal(mu_link_twins(desk, first, second, "", NULL), MU_OK);
    return other;
}

static void the_numbers_on_the_wall_can_be_followed_to_the_entries(void **state)
{
    static const int months[] = {202609, 202610, 202611};
    struct home *home = *state;
    struct mu_desk *later = home_desk(home, "2026-12-03T09:00");
    struct mu_points_wall *wall;
    struct mu_verify_report report;
    struct mu_error error;

    a_community(home->desk);
    wall = wall_of(later, 202611);
    assert_int_equal(wall->count, 3);
    assert_int_equal(wall->sum.entry_id, 0);
    assert_followed(later, wall);
    mu_points_wall_free(&wall);
    for (size_t i = 0; i < 3; i++)
        close_month(later, months[i]);
    for (size_t i = 0; i < 3; i++) {
        wall = wall_of(later, months[i]);
        assert_true(wall->sum.entry_id != 0);
        assert_int_equal(wall->entries, wall->sum.entry_id);
        assert_followed(later, wall);
        mu_points_wall_free(&wall);
    }
    assert_done(mu_verify(later, NULL, NULL, &report, &error), &error);
    mu_desk_free(&later);
}

/* A mistake that is found after the month was closed counts where it is corrected: what hangs on
 * the wall stays true. */
static void a_late_correction_leaves_the_wall_as_it_was(void **state)
{
    struct home *home = *state;
    struct mu_desk *later = home_desk(home, "2026-12-03T09:00");
    int64_t person = add_person(home->desk, "李秀英");
    int64_t entry = serve(home->desk, person, "meal", 45, (struct mu_date){2026, 11, 9});
    struct mu_points_wall *wall;

    close_month(later, 202611);
    take_back(later, entry);
    wall = wall_of(later, 202611);
    assert_int_equal(row_of(wall, 0).moved.earned.count, 5);
    assert_int_equal(row_of(wall, 0).moved.services, 1);
    assert_followed(later, wall);
    mu_points_wall_free(&wall);
    wall = wall_of(later, 202612);
    assert_int_equal(row_of(wall, 0).moved.earned.count, -5);
    assert_int_equal(row_of(wall, 0).moved.services, -1);
    assert_followed(later, wall);
    mu_points_wall_free(&wall);
    mu_desk_free(&later);
}

/* The list as it hangs on the wall, owned. */
static char *posted(const struct mu_points_wall *wall, enum mu_report_format format)
{
    struct mu_report_target target = {.format = format};
    char *text = NULL;
    size_t size = 0;

    target.stream = open_memstream(&text, &size);
    assert_int_equal(mu_report_points_wall(&target, wall, MU_CHINESE, NULL), MU_OK);
    fclose(target.stream);
    return text;
}

static void names_are_masked_unless_the_person_agreed(void **state)
{
    struct home *home = *state;
    int64_t other = a_community(home->desk);
    struct mu_points_wall *wall;
    struct mu_query query;
    char *text;

    query = mu_query(home->desk->db, "INSERT INTO volunteer (resident_id, registered_on,"
                                     " shows_name) VALUES (?1, '2026-01-01', 1)");
    mu_bind_integer(&query, 1, other);
    assert_int_equal(mu_query_run(&query, NULL), MU_OK);
    wall = wall_of(home->desk, 202611);
    text = posted(wall, MU_REPORT_TEXT);
    assert_non_null(strstr(text, "李秀英"));
    assert_non_null(strstr(text, "张*凤"));
    assert_non_null(strstr(text, "陈*国"));
    assert_null(strstr(text, "张金凤"));
    assert_null(strstr(text, "陈建国"));
    assert_null(strstr(text, "周"));
    assert_non_null(strstr(text, "暂定"));
    assert_non_null(strstr(text, "2026-11"));
    free(text);
    text = posted(wall, MU_REPORT_HTML);
    assert_null(strstr(text, "张金凤"));
    free(text);
    assert_int_equal(mu_post_points_wall(home->desk, wall, "wall.html", NULL), MU_OK);
    mu_points_wall_free(&wall);
}

static void a_workbook_for_the_wall_has_bars(void **state)
{
    struct home *home = *state;
    struct mu_report_target target = {.format = MU_REPORT_XLSX};
    struct mu_points_wall *wall;
    char path[96];
    struct mu_error error;

    a_community(home->desk);
    snprintf(path, sizeof path, "%s/wall.xlsx", home->folder);
    target.path = path;
    wall = wall_of(home->desk, 202611);
    assert_done(mu_report_points_wall(&target, wall, MU_ENGLISH, &error), &error);
    mu_points_wall_free(&wall);
    assert_true(raw_holds(home, "wall.xlsx", "xl/charts/chart1.xml"));
}

static void a_certificate_reads_as_one(void **state)
{
    struct home *home = *state;
    struct mu_report_target target = {.format = MU_REPORT_TEXT};
    int64_t person =
        home_add(home->desk, "name", "张金凤", "id_number", "11010519491231002X", NULL);
    struct mu_certificate_paper paper;
    char *text = NULL;
    size_t size = 0;

    serve(home->desk, person, "patrol", 150, today);
    assert_int_equal(mu_issue_certificate(home->desk, person, january, today, &paper, NULL), MU_OK);
    target.stream = open_memstream(&text, &size);
    assert_int_equal(mu_report_certificate(&target, &paper, MU_CHINESE, NULL), MU_OK);
    fclose(target.stream);
    mu_certificate_paper_clear(&paper);
    assert_non_null(strstr(text, "志愿服务证明"));
    assert_non_null(strstr(text, "编号：2026-0001"));
    assert_non_null(strstr(text, "张金凤"));
    assert_non_null(strstr(text, "2 小时 30 分"));
    assert_non_null(strstr(text, "巡逻"));
    assert_null(strstr(text, "11010519491231002X"));
    free(text);
}

static void a_statement_is_a_table_that_says_why(void **state)
{
    struct home *home = *state;
    int64_t person = add_person(home->desk, "张金凤");
    struct mu_report_target target = {.format = MU_REPORT_TEXT};
    struct mu_points_statement *statement;
    char *text = NULL;
    size_t size = 0;

    a_life(home->desk, person);
    statement = statement_of(home->desk, person, 0, 0);
    target.stream = open_memstream(&text, &size);
    assert_int_equal(mu_report_points_statement(&target, statement, MU_CHINESE, NULL), MU_OK);
    fclose(target.stream);
    assert_non_null(strstr(text, "积分明细：张金凤"));
    assert_non_null(strstr(text, "巡逻（阿姨巡逻队） 09:00–11:00 北门"));
    assert_non_null(strstr(text, "记错了人"));
    assert_non_null(strstr(text, "期末余额 98 分；服务 2 次，共 3:05"));
    assert_non_null(strstr(text, "2:00"));
    free(text);
    mu_points_statement_free(&statement);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_entry_is_told_with_rule_book_and_balance,
                                        a_home_with_duties, home_teardown),
        cmocka_unit_test_setup_teardown(months_begin_with_what_stood_before, a_home_with_duties,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(linked_files_are_one_person, a_home_with_duties,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(a_certificate_is_numbered_and_stays_as_it_was,
                                        a_home_with_duties, home_teardown),
        cmocka_unit_test_setup_teardown(what_no_certificate_can_say_is_refused, a_home_with_duties,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(what_was_bent_is_told, a_home_with_duties, home_teardown),
        cmocka_unit_test_setup_teardown(the_numbers_on_the_wall_can_be_followed_to_the_entries,
                                        a_home_with_duties, home_teardown),
        cmocka_unit_test_setup_teardown(a_late_correction_leaves_the_wall_as_it_was,
                                        a_home_with_duties, home_teardown),
        cmocka_unit_test_setup_teardown(names_are_masked_unless_the_person_agreed,
                                        a_home_with_duties, home_teardown),
        cmocka_unit_test_setup_teardown(a_workbook_for_the_wall_has_bars, a_home_with_duties,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(a_certificate_reads_as_one, a_home_with_duties,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(a_statement_is_a_table_that_says_why, a_home_with_duties,
                                        home_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
