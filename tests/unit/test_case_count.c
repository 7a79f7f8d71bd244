/* Mediation counted: each case once, a mistake nowhere, and what the rates are made of. */
#include "unit/home.h"

#include "desk/desk_internal.h"
#include "store/db.h"

#include <mulin/report/case_count.h>

/* Rows as a desk would have written them; what is counted stands in plain columns. */
static void put_case(struct mu_desk *desk, const char *accepted_on, const char *ended_on,
                     const char *outcome, int dispute, int weight, int kept, int promised)
{
    char sql[1024];
    struct mu_error error;

    snprintf(sql, sizeof sql,
             "INSERT INTO mediation_case (case_id, year, serial, number, state, outcome, dispute,"
             " source, level, weight, danger, station, parties, accepted_on, ended_on, kept,"
             " promised, paid, label, operator_id, steps, head)"
             " SELECT n, 2026, n, 'case ' || n, 'closed', '%s', %d, 1 + n %% 2, 1 + n %% 3, %d, 2,"
             " 2, 2, '%s', '%s', %d, %d, %d, x'', 1, 1, zeroblob(32)"
             " FROM (SELECT count(*) + 1 AS n FROM mediation_case)",
             outcome, dispute, weight, accepted_on, ended_on, kept, promised, promised / 2);
    assert_int_equal(mu_db_execute(desk->db, sql, &error), MU_OK);
}

static void put_mediator(struct mu_desk *desk, int mediator, const char *name, int of_case,
                         int at_work)
{
    char sql[512];

    snprintf(sql, sizeof sql,
             "INSERT OR IGNORE INTO mediator (mediator_id, name) VALUES (%d, '%s')", mediator,
             name);
    assert_int_equal(mu_db_execute(desk->db, sql, NULL), MU_OK);
    snprintf(sql, sizeof sql, "INSERT INTO case_mediator VALUES (%d, %d, %d)", of_case, mediator,
             at_work);
    assert_int_equal(mu_db_execute(desk->db, sql, NULL), MU_OK);
}

/* Seven cases of the year and one of the year before. */
static void put_some(struct mu_desk *desk)
{
    put_case(desk, "2025-12-30", "2026-01-02", "settled", 2, 1, 1, 0);
    put_case(desk, "2026-01-05", "2026-01-15", "settled", 2, 3, 1, 120000);
    put_case(desk, "2026-01-20", "2026-02-09", "settled", 1, 1, 3, 50000);
    put_case(desk, "2026-03-01", "2026-03-31", "failed", 2, 2, 0, 0);
    put_case(desk, "2026-03-02", "2026-03-02", "withdrawn", 13, 1, 0, 0);
    put_case(desk, "2026-04-01", "", "handed-on", 13, 3, 0, 0);
    put_case(desk, "2026-11-20", "", "open", 2, 1, 0, 0);
    put_case(desk, "2026-11-21", "2026-11-21", "mistake", 2, 3, 0, 0);
}

static struct mu_case_count *counted(struct mu_desk *desk, enum mu_case_count_by by)
{
    struct mu_case_count *count = NULL;
    struct mu_error error;

    assert_int_equal(mu_count_cases(desk, (struct mu_date){2026, 1, 1},
                                    (struct mu_date){2026, 12, 31}, by, &count, &error),
                     MU_OK);
    return count;
}

static void every_case_of_the_year_counts_once(void **state)
{
    struct home *home = *state;
    struct mu_case_count *count;

    put_some(home->desk);
    count = counted(home->desk, MU_CASES_BY_MONTH);
    assert_int_equal(count->all.accepted, 6);
    assert_int_equal(count->all.outcome[MU_CASE_SETTLED], 2);
    assert_int_equal(count->all.outcome[MU_CASE_FAILED], 1);
    assert_int_equal(count->all.outcome[MU_CASE_WITHDRAWN], 1);
    assert_int_equal(count->all.outcome[MU_CASE_HANDED_ON], 1);
    assert_int_equal(count->all.outcome[MU_CASE_OPEN], 1);
    assert_int_equal(count->all.outcome[MU_CASE_MISTAKE], 0);
    assert_int_equal(count->all.major, 2);
    assert_int_equal(count->all.promised.fen, 170000);
    assert_int_equal(count->all.paid.fen, 85000);
    assert_int_equal(mu_case_success(&count->all), 5000);
    assert_int_equal(mu_case_kept_rate(&count->all), 5000);
    assert_int_equal(count->all.timed, 4);
    assert_int_equal(count->all.median, 10);
    assert_int_equal(count->all.longest, 30);
    assert_int_equal(count->count, 4);
    assert_int_equal(count->row[0].id, 202601);
    assert_int_equal(count->row[0].figures.accepted, 2);
    assert_int_equal(count->row[0].figures.median, 10);
    assert_int_equal(count->row[3].figures.outcome[MU_CASE_OPEN], 1);
    assert_int_equal(mu_case_success(&count->row[3].figures), -1);
    mu_case_count_free(&count);
    assert_null(count);
}

static void the_groups_are_parts_of_the_whole(void **state)
{
    struct home *home = *state;

    put_some(home->desk);
    for (int by = 0; by < MU_CASES_BY_MEDIATOR; by++) {
        struct mu_case_count *count = counted(home->desk, (enum mu_case_count_by)by);
        int64_t cases = 0, settled = 0, promised = 0;

        for (size_t i = 0; i < count->count; i++) {
            cases += count->row[i].figures.accepted;
            settled += count->row[i].figures.outcome[MU_CASE_SETTLED];
            promised += count->row[i].figures.promised.fen;
        }
        assert_int_equal(cases, 6);
        assert_int_equal(settled, 2);
        assert_int_equal(promised, 170000);
        mu_case_count_free(&count);
    }
}

static void the_most_common_dispute_comes_first(void **state)
{
    struct home *home = *state;
    struct mu_case_count *count;
    char label[MU_CASE_COUNT_LABEL_SIZE];

    put_some(home->desk);
    count = counted(home->desk, MU_CASES_BY_DISPUTE);
    assert_int_equal(count->row[0].id, 2);
    mu_case_count_label(count, &count->row[0], MU_CHINESE, label);
    assert_string_equal(label, "邻里纠纷");
    count->row[0].id = 99;
    mu_case_count_label(count, &count->row[0], MU_ENGLISH, label);
    assert_string_equal(label, "not told");
    mu_case_count_free(&count);
}

static void two_mediators_share_a_case_that_counts_once(void **state)
{
    struct home *home = *state;
    struct mu_case_count *count;
    char label[MU_CASE_COUNT_LABEL_SIZE];

    put_some(home->desk);
    put_mediator(home->desk, 1, "李桂兰", 2, 1);
    put_mediator(home->desk, 2, "赵国强", 2, 1);
    put_mediator(home->desk, 1, "李桂兰", 3, 1);
    put_mediator(home->desk, 2, "赵国强", 3, 0);
    count = counted(home->desk, MU_CASES_BY_MEDIATOR);
    assert_int_equal(count->all.accepted, 6);
    assert_int_equal(count->count, 3);
    mu_case_count_label(count, &count->row[0], MU_CHINESE, label);
    assert_string_equal(label, "无调解员");
    assert_int_equal(count->row[0].figures.accepted, 4);
    assert_string_equal(count->row[1].name, "李桂兰");
    assert_int_equal(count->row[1].figures.accepted, 2);
    assert_string_equal(count->row[2].name, "赵国强");
    assert_int_equal(count->row[2].figures.accepted, 1);
    mu_case_count_free(&count);
}

static void a_year_without_cases_has_no_rates(void **state)
{
    struct home *home = *state;
    struct mu_case_count *count = counted(home->desk, MU_CASES_BY_MONTH);
    char lines[MU_CASE_COUNT_LINES][MU_CASE_COUNT_LINE_SIZE];

    assert_int_equal(count->count, 0);
    assert_int_equal(mu_case_success(&count->all), -1);
    mu_case_count_lines(count, MU_ENGLISH, lines);
    assert_string_equal(lines[1], "success -, kept -");
    mu_case_count_free(&count);
}

static void what_another_program_wrote_is_counted_as_it_is(void **state)
{
    struct home *home = *state;
    struct mu_case_count *count;

    put_case(home->desk, "2026-05-05", "2026-05-01", "settled", 2, 1, 7, 0);
    put_case(home->desk, "2026-05-06", "nonsense", "strange", -5, 1, 2, 0);
    put_case(home->desk, "2026-05-06", "2999-12-31", "failed", 2, 1, 2, 0);
    count = counted(home->desk, MU_CASES_BY_DISPUTE);
    assert_int_equal(count->all.accepted, 3);
    assert_int_equal(count->all.outcome[MU_CASE_OPEN], 1);
    assert_int_equal(count->all.median, 0);
    assert_int_equal(count->all.longest, 36600);
    assert_int_equal(count->all.visited, 2);
    mu_case_count_free(&count);
}

static void days_have_to_be_in_order(void **state)
{
    struct home *home = *state;
    struct mu_case_count *count = NULL;
    struct mu_error error;
    const struct mu_date day = {2026, 5, 5}, before = {2026, 5, 4}, none = {0, 0, 0};

    assert_int_equal(mu_count_cases(home->desk, day, before, MU_CASES_BY_MONTH, &count, &error),
                     MU_INPUT);
    assert_int_equal(mu_count_cases(home->desk, none, day, MU_CASES_BY_MONTH, &count, &error),
                     MU_INPUT);
    assert_int_equal(mu_count_cases(home->desk, day, none, MU_CASES_BY_MONTH, &count, &error),
                     MU_INPUT);
    assert_null(count);
    strcpy(home->desk->operator.role, "desk");
    assert_int_equal(mu_count_cases(home->desk, day, day, MU_CASES_BY_MONTH, &count, &error),
                     MU_REFUSED);
}

static void a_period_is_typed_as_people_say_it(void **state)
{
    struct mu_date from = {1, 2, 3}, to = {1, 2, 3};
    struct mu_case_count count = {.row = NULL};
    char text[MU_CASE_COUNT_LINE_SIZE];

    (void)state;
    assert_true(mu_case_period_read("2026", &from, &to));
    count.from = from, count.to = to;
    mu_case_period_text(&count, MU_CHINESE, text);
    assert_string_equal(text, "2026");
    assert_true(mu_case_period_read("2026Q3", &from, &to));
    count.from = from, count.to = to;
    mu_case_period_text(&count, MU_CHINESE, text);
    assert_string_equal(text, "2026-07-01 至 2026-09-30");
    assert_true(mu_case_period_read("２０２６-02", &from, &to));
    count.from = from, count.to = to;
    mu_case_period_text(&count, MU_ENGLISH, text);
    assert_string_equal(text, "2026-02");
    assert_false(mu_case_period_read("去年", &from, &to));
    assert_false(mu_case_period_read("1026", &from, &to));
    assert_int_equal(from.month, 2);
}

static char *report(struct mu_desk *desk, enum mu_case_count_by by, enum mu_report_format format)
{
    struct mu_case_count *count = counted(desk, by);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    const struct mu_report_target target = {.format = format, .stream = out};

    assert_int_equal(mu_report_case_count(&target, count, MU_CHINESE, NULL), MU_OK);
    fclose(out);
    mu_case_count_free(&count);
    return text;
}

static void the_table_says_how_it_was_counted(void **state)
{
    struct home *home = *state;
    char *text;

    put_some(home->desk);
    text = report(home->desk, MU_CASES_BY_OUTCOME, MU_REPORT_TEXT);
    assert_non_null(strstr(text, "2026 调解统计 · 按结果"));
    assert_non_null(strstr(text, "受理 6 件：成功 2，不成 1，撤回 1，移送 1，未结 1；重大 2 件"));
    assert_non_null(strstr(text, "成功率 50.0%，履行率 50.0%；调解用时中位 10 天，最长 30 天"));
    assert_non_null(strstr(text, "误登不计"));
    assert_non_null(strstr(text, "合计"));
    free(text);
    text = report(home->desk, MU_CASES_BY_DAYS, MU_REPORT_TEXT);
    assert_non_null(strstr(text, "8～15 天"));
    assert_non_null(strstr(text, "还没调完"));
    free(text);
    text = report(home->desk, MU_CASES_BY_MEDIATOR, MU_REPORT_TEXT);
    assert_non_null(strstr(text, "各人名下"));
    free(text);
    for (int by = 0; by < MU_CASES_BY_COUNT; by++) {
        text = report(home->desk, (enum mu_case_count_by)by, MU_REPORT_CSV);
        assert_non_null(strstr(text, "1700.00"));
        free(text);
    }
}

static void a_name_that_looks_like_a_formula_stays_a_name(void **state)
{
    struct home *home = *state;
    struct mu_case_count *count;
    char *text, path[96];
    struct mu_report_target target = {.format = MU_REPORT_XLSX, .path = path};

    put_some(home->desk);
    put_mediator(home->desk, 1, "=cmd|<b>", 2, 1);
    text = report(home->desk, MU_CASES_BY_MEDIATOR, MU_REPORT_CSV);
    assert_null(strstr(text, "\n=cmd"));
    free(text);
    text = report(home->desk, MU_CASES_BY_MEDIATOR, MU_REPORT_HTML);
    assert_null(strstr(text, "<b>"));
    free(text);
    count = counted(home->desk, MU_CASES_BY_MONTH);
    snprintf(path, sizeof path, "%s/count.xlsx", home->folder);
    assert_int_equal(mu_report_case_count(&target, count, MU_CHINESE, NULL), MU_OK);
    assert_int_equal(mu_report_case_count(&target, count, MU_CHINESE, NULL), MU_INPUT);
    mu_case_count_free(&count);
}

static void groups_have_words(void **state)
{
    enum mu_case_count_by by = MU_CASES_BY_MONTH;

    (void)state;
    assert_true(mu_case_count_by_read("mediator", &by));
    assert_int_equal(by, MU_CASES_BY_MEDIATOR);
    assert_false(mu_case_count_by_read("weather", &by));
    assert_int_equal(mu_case_count_by_name(MU_CASES_BY_MONTH), MU_SAY_case_count_by_month);
}

#define TOLD(name) cmocka_unit_test_setup_teardown(name, home_setup, home_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(every_case_of_the_year_counts_once),
        TOLD(the_groups_are_parts_of_the_whole),
        TOLD(the_most_common_dispute_comes_first),
        TOLD(two_mediators_share_a_case_that_counts_once),
        TOLD(a_year_without_cases_has_no_rates),
        TOLD(what_another_program_wrote_is_counted_as_it_is),
        TOLD(days_have_to_be_in_order),
        cmocka_unit_test(a_period_is_typed_as_people_say_it),
        TOLD(the_table_says_how_it_was_counted),
        TOLD(a_name_that_looks_like_a_formula_stays_a_name),
        cmocka_unit_test(groups_have_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
