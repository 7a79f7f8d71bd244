/* What people read about points: statements and certificates can be followed to the entries. */
#include "unit/home.h"

#include "desk/points_post.h"

#include <mulin/desk/certificate.h>
#include <mulin/desk/points_statement.h>
#include <mulin/desk/twin.h>
#include <mulin/report/points.h>

#include <sqlite3.h>

static const char book[] = "centre: {name: 中埂, division: \"330205\"}\n"
                           "canteen:\n"
                           "  sessions: [{id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\","
                           " price: 15.00}]\n"
                           "points:\n"
                           "  duties:\n"
                           "    - {id: patrol, team: 阿姨巡逻队, name: 巡逻, per_hour: 6}\n"
                           "    - {id: meal, team: 小巷骑兵, name: 送餐, per_time: 5}\n"
                           "  ratings: [{id: online, name: 线上评价, points: 2}]\n";

static const struct mu_date january = {2026, 1, 1}, today = {2026, 11, 22};

static int a_home_with_duties(void **state)
{
    struct mu_rules_faults faults = {0};
    struct mu_error error;
    struct home *home;
    int version;

    home_setup(state);
    home = *state;
    assert_int_equal(
        mu_desk_adopt_rules(home->desk, book, sizeof book - 1, today, &faults, &version, &error),
        MU_OK);
    mu_rules_faults_clear(&faults);
    return 0;
}

static int64_t add_person(struct mu_desk *desk, const char *name)
{
    return home_add(desk, "name", name, "birth_date", "1960-03-08", NULL);
}

static int64_t move(struct mu_desk *desk, enum mu_points_kind kind, int64_t person,
                    const char *rule, int points, int minutes, struct mu_date day, int64_t reverses,
                    const char *reason)
{
    struct mu_points_posting posting = {.kind = kind,
                                        .date = day,
                                        .now = mu_desk_now(desk),
                                        .rule_id = rule,
                                        .rules_version = 2,
                                        .reverses = reverses,
                                        .reason = reason,
                                        .move = {{person, {points}, minutes}},
                                        .move_count = 1};
    int64_t entry = 0;

    assert_int_equal(mu_points_post(desk, &posting, &entry, NULL), MU_OK);
    return entry;
}

/* A service that is recorded; returns its entry. */
static int64_t serve(struct mu_desk *desk, int64_t person, const char *duty, const char *team,
                     int points, int minutes, struct mu_date day)
{
    struct mu_query query;
    struct mu_error error;
    int64_t entry;

    assert_int_equal(mu_db_begin(desk->db, &error), MU_OK);
    entry = move(desk, MU_POINTS_SERVICE, person, duty, points, minutes, day, 0, "");
    query = mu_query(desk->db,
                     "INSERT INTO service (entry_id, resident_id, duty, team, date, starts_at,"
                     " ends_at, minutes, times, points, place, operator_id, begun_at)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, 540, 540 + ?6, ?6, 1, ?7, '北门', 1,"
                     " '2026-11-22T09:00:00')");
    mu_bind_integer(&query, 1, entry);
    mu_bind_integer(&query, 2, person);
    mu_bind_text(&query, 3, duty);
    mu_bind_text(&query, 4, team);
    mu_bind_date(&query, 5, day);
    mu_bind_integer(&query, 6, minutes);
    mu_bind_integer(&query, 7, points);
    assert_int_equal(mu_query_run(&query, &error), MU_OK);
    assert_int_equal(mu_db_commit(desk->db, &error), MU_OK);
    return entry;
}

static int64_t take_back(struct mu_desk *desk, int64_t entry, int64_t person, int points,
                         int minutes)
{
    struct mu_query query;
    struct mu_error error;
    int64_t back;

    assert_int_equal(mu_db_begin(desk->db, &error), MU_OK);
    back = move(desk, MU_POINTS_REVERSAL, person, "reversal", -points, -minutes, today, entry,
                "记错了人");
    query = mu_query(desk->db, "UPDATE service SET reversed_by = ?2 WHERE entry_id = ?1");
    mu_bind_integer(&query, 1, entry);
    mu_bind_integer(&query, 2, back);
    assert_int_equal(mu_query_run(&query, &error), MU_OK);
    assert_int_equal(mu_db_commit(desk->db, &error), MU_OK);
    return back;
}

static int64_t move_alone(struct mu_desk *desk, enum mu_points_kind kind, int64_t person,
                          int points, struct mu_date day, const char *reason)
{
    int64_t entry;

    assert_int_equal(mu_db_begin(desk->db, NULL), MU_OK);
    entry = move(desk, kind, person, mu_points_kind_word(kind), points, 0, day, 0, reason);
    assert_int_equal(mu_db_commit(desk->db, NULL), MU_OK);
    return entry;
}

static struct mu_points_statement *statement_of(struct mu_desk *desk, int64_t person, int from,
                                                int to)
{
    struct mu_points_statement *statement = NULL;

    assert_int_equal(mu_read_points_statement(desk, person, from, to, &statement, NULL), MU_OK);
    return statement;
}

/* Brought over in September, served twice, one of it a mistake, goods, and a service of October
 * that is recorded late. */
static int64_t a_life(struct mu_desk *desk, int64_t person)
{
    int64_t wrong;

    move_alone(desk, MU_POINTS_OPENING, person, 100, (struct mu_date){2026, 9, 30}, "旧账");
    serve(desk, person, "patrol", "阿姨巡逻队", 12, 120, (struct mu_date){2026, 11, 3});
    wrong = serve(desk, person, "meal", "小巷骑兵", 5, 30, (struct mu_date){2026, 11, 5});
    take_back(desk, wrong, person, 5, 30);
    move_alone(desk, MU_POINTS_GOODS, person, -20, today, "");
    serve(desk, person, "patrol", "阿姨巡逻队", 6, 65, (struct mu_date){2026, 10, 30});
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

    serve(home->desk, first, "patrol", "阿姨巡逻队", 6, 60, today);
    serve(home->desk, second, "patrol", "阿姨巡逻队", 12, 120, today);
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

    entry = serve(home->desk, person, "patrol", "阿姨巡逻队", 12, 120, today);
    serve(home->desk, person, "meal", "小巷骑兵", 5, 30, january);
    serve(home->desk, other, "meal", "小巷骑兵", 5, 45, today);
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
    take_back(home->desk, entry, person, 12, 120);
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
        serve(home->desk, person, "patrol", "阿姨巡逻队", 12, 120, today);
        assert_int_equal(mu_issue_certificate(home->desk, person, january, today, &paper, NULL),
                         MU_OK);
        mu_certificate_paper_clear(&paper);
        bend(home, bendings[i].sql);
        assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, &error), MU_STORE);
        assert_int_equal(error.message, bendings[i].finding);
    }
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
        cmocka_unit_test_setup_teardown(a_statement_is_a_table_that_says_why, a_home_with_duties,
                                        home_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
