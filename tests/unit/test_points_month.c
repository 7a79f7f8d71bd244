#include "desk/points_post.h"
#include "store/db.h"

#include "unit/plain_password.h"
#include "unit/raw_file.h"

#include <mulin/base/text.h>
#include <mulin/desk/operators.h>
#include <mulin/desk/points_month.h>
#include <mulin/desk/twin.h>

/* The month of the stories is September, looked at on 22 November. */
enum { MONTH = 202609 };

struct served {
    int64_t resident_id;
    const char *duty;
    struct mu_date date;
    int starts_at, minutes, points;
    const char *confirmed_by;
    bool forgotten;
};

/* Records a service as another program would that knows nothing of doubts; returns its entry. */
static int64_t serve(struct home *home, const struct served *served)
{
    struct mu_desk *desk = home->desk;
    struct mu_points_posting posting = {
        .kind = MU_POINTS_SERVICE,
        .date = served->date,
        .now = mu_desk_now(desk),
        .rule_id = served->duty,
        .rules_version = 1,
        .reason = "",
        .move = {{served->resident_id, {served->points}, served->minutes}},
        .move_count = 1};
    struct mu_query query;
    int64_t entry;

    assert_int_equal(mu_db_begin(desk->db, NULL), MU_OK);
    assert_int_equal(mu_points_post(desk, &posting, &entry, NULL), MU_OK);
    query = mu_query(desk->db, "INSERT INTO service (entry_id, resident_id, duty, date, starts_at,"
                               " ends_at, minutes, points, confirmed_by, forgotten, operator_id,"
                               " begun_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 1,"
                               " '2026-11-22T11:30:00')");
    mu_bind_integer(&query, 1, entry);
    mu_bind_integer(&query, 2, served->resident_id);
    mu_bind_text(&query, 3, served->duty);
    mu_bind_date(&query, 4, served->date);
    mu_bind_integer(&query, 5, served->starts_at);
    mu_bind_integer(&query, 6, served->starts_at < 0 ? -1 : served->starts_at + served->minutes);
    mu_bind_integer(&query, 7, served->minutes);
    mu_bind_integer(&query, 8, served->points);
    mu_bind_text(&query, 9, served->confirmed_by ? served->confirmed_by : "");
    mu_bind_integer(&query, 10, served->forgotten);
    assert_int_equal(mu_query_run(&query, NULL), MU_OK);
    assert_int_equal(mu_db_commit(desk->db, NULL), MU_OK);
    return entry;
}

/* Points of another kind; those that are spent are below nothing. */
static void move(struct home *home, enum mu_points_kind kind, int64_t resident_id,
                 struct mu_date date, int points)
{
    const struct mu_points_posting posting = {.kind = kind,
                                              .date = date,
                                              .now = mu_desk_now(home->desk),
                                              .rule_id = "test",
                                              .rules_version = 1,
                                              .reason = "",
                                              .move = {{resident_id, {points}, 0}},
                                              .move_count = 1};
    int64_t entry;

    assert_int_equal(mu_db_begin(home->desk->db, NULL), MU_OK);
    assert_int_equal(mu_points_post(home->desk, &posting, &entry, NULL), MU_OK);
    assert_int_equal(mu_db_commit(home->desk->db, NULL), MU_OK);
}

static void assert_sound(struct mu_desk *desk)
{
    struct mu_verify_report report;
    struct mu_error error = {0};

    if (mu_verify(desk, NULL, NULL, &report, &error) != MU_OK)
        fail_msg("%s %s", mu_message_text(error.message, MU_ENGLISH), error.argument[0]);
}

static struct mu_tally *tallied(struct mu_desk *desk, int from, int to)
{
    struct mu_tally *tally = NULL;
    struct mu_error error = {0};

    if (mu_points_tally(desk, from, to, NULL, NULL, &tally, &error) != MU_OK)
        fail_msg("%s", mu_message_text(error.message, MU_ENGLISH));
    return tally;
}

static const struct mu_tally_row *row_of(const struct mu_tally *tally, const char *name)
{
    const struct mu_tally_group *group = &tally->group[MU_TALLY_BY_PERSON];

    for (size_t i = 0; i < group->count; i++)
        if (strcmp(group->row[i].name, name) == 0)
            return &group->row[i];
    return NULL;
}

static enum mu_status close_month(struct mu_desk *desk, int month, struct mu_points_month *out,
                                  struct mu_error *error)
{
    const struct mu_points_closing_request request = {
        .month = month, .second_name = "王芳", .second_password = "2468"};

    return mu_close_points_month(desk, &request, out, error);
}

static void assert_refused(enum mu_status status, const struct mu_error *error,
                           enum mu_message message)
{
    assert_int_equal(status, MU_REFUSED);
    assert_int_equal(error->message, message);
}

/* Files 1 to 3; and a colleague who may close with the keeper. */
static int bank(void **state)
{
    struct home *home;

    if (home_setup(state) != 0)
        return -1;
    home = *state;
    home_add(home->desk, "name", "张金凤", NULL);
    home_add(home->desk, "name", "陈伟", NULL);
    home_add(home->desk, "name", "陈伟民", NULL);
    assert_int_equal(mu_add_operator(home->desk, "王芳", MU_ROLE_KEEPER, NULL, NULL), MU_OK);
    assert_int_equal(mu_set_password(home->desk, "王芳", "2468", NULL), MU_OK);
    return 0;
}

static void a_month_is_tallied_and_closed(void **state)
{
    struct home *home = *state;
    struct mu_points_month month;
    struct mu_tally *tally;
    struct mu_error error;

    serve(home, &(struct served){1, "help", {2026, 9, 3}, 540, 90, 12, "李队长", false});
    serve(home, &(struct served){2, "help", {2026, 9, 4}, 540, 60, 8, "李队长", false});
    serve(home, &(struct served){1, "help", {2026, 9, 9}, 540, 60, 8, "李队长", false});
    move(home, MU_POINTS_GOODS, 1, (struct mu_date){2026, 9, 20}, -5);
    move(home, MU_POINTS_OPENING, 3, (struct mu_date){2026, 10, 1}, 100);

    tally = tallied(home->desk, MONTH, MONTH);
    assert_int_equal(tally->group[MU_TALLY_BY_PERSON].count, 2);
    assert_int_equal(tally->sum.people, 2);
    assert_int_equal(tally->sum.moved.services, 3);
    assert_int_equal(tally->sum.moved.minutes, 210);
    assert_int_equal(tally->sum.moved.earned.count, 28);
    assert_int_equal(tally->sum.balance.count, 23);
    assert_string_equal(tally->group[MU_TALLY_BY_PERSON].row[0].name, "张金凤");
    assert_int_equal(row_of(tally, "张金凤")->person.balance.count, 15);
    mu_tally_free(&tally);

    assert_int_equal(close_month(home->desk, MONTH, &month, &error), MU_OK);
    assert_int_equal(month.moved.earned.count, 28);
    assert_int_equal(month.moved.spent.count, 5);
    assert_sound(home->desk);
    assert_refused(close_month(home->desk, MONTH, NULL, &error), &error, MU_SAY_error_tally_closed);

    tally = tallied(home->desk, MONTH, MONTH);
    assert_int_equal(tally->sum.entry_id, month.entry_id);
    assert_string_equal(tally->sum.second_name, "王芳");
    assert_int_equal(row_of(tally, "张金凤")->person.balance.count, 15);
    mu_tally_free(&tally);

    tally = tallied(home->desk, 202610, 202610);
    assert_int_equal(row_of(tally, "张金凤")->person.balance.count, 15);
    assert_int_equal(row_of(tally, "张金凤")->trend[MU_TALLY_TREND - 2], 20);
    assert_int_equal(row_of(tally, "陈伟民")->person.balance.count, 100);
    assert_int_equal(tally->sum.balance.count, 123);
    mu_tally_free(&tally);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_month_is_tallied_and_closed, bank, home_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
