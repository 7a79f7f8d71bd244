#include "desk/points_post.h"
#include "store/db.h"

#include "unit/plain_password.h"
#include "unit/raw_file.h"

#include <mulin/base/text.h>
#include <mulin/desk/earning.h>
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
    static struct mu_tally_row row;
    const struct mu_tally_group *group = &tally->group[MU_TALLY_BY_PERSON];

    for (size_t i = 0; i < group->count; i++) {
        mu_tally_row(group, i, &row);
        if (strcmp(row.name, name) == 0)
            return &row;
    }
    return NULL;
}

static struct mu_tally_row first_of(const struct mu_tally *tally, enum mu_tally_by by)
{
    struct mu_tally_row row;

    mu_tally_row(&tally->group[by], 0, &row);
    return row;
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

    serve(home, &(struct served){1, "kitchen", {2026, 9, 3}, 540, 90, 12, "李队长", false});
    serve(home, &(struct served){2, "kitchen", {2026, 9, 4}, 540, 60, 8, "李队长", false});
    serve(home, &(struct served){1, "kitchen", {2026, 9, 9}, 540, 60, 8, "李队长", false});
    move(home, MU_POINTS_TRANSFER, 1, (struct mu_date){2026, 9, 20}, -5);
    move(home, MU_POINTS_OPENING, 3, (struct mu_date){2026, 10, 1}, 100);

    tally = tallied(home->desk, MONTH, MONTH);
    assert_int_equal(tally->group[MU_TALLY_BY_PERSON].count, 2);
    assert_int_equal(tally->sum.people, 2);
    assert_int_equal(tally->sum.moved.services, 3);
    assert_int_equal(tally->sum.moved.minutes, 210);
    assert_int_equal(tally->sum.moved.earned.count, 28);
    assert_int_equal(tally->sum.balance.count, 23);
    assert_string_equal(first_of(tally, MU_TALLY_BY_PERSON).name, "张金凤");
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

/* ---- doubts ---- */

static const struct mu_tally_doubt *doubt_of(const struct mu_tally_doubts *doubts,
                                             enum mu_points_doubt kind, int64_t resident_id)
{
    for (size_t i = 0; i < doubts->count; i++)
        if (doubts->doubt[i].kind == kind && doubts->doubt[i].resident_id == resident_id)
            return &doubts->doubt[i];
    return NULL;
}

static struct mu_tally_doubts doubts_of(struct mu_desk *desk, int month)
{
    struct mu_tally_doubts doubts = {0};

    assert_int_equal(mu_points_doubts(desk, month, NULL, NULL, &doubts, NULL), MU_OK);
    return doubts;
}

static void what_looks_wrong_is_told(void **state)
{
    struct home *home = *state;
    struct mu_tally_doubts doubts;
    char text[256];

    /* 40 a day, 400 a month; a month of 1,000 after two of ten is a jump. */
    serve(home, &(struct served){1, "kitchen", {2026, 7, 3}, -1, 60, 10, "李队长", false});
    serve(home, &(struct served){1, "kitchen", {2026, 8, 3}, -1, 60, 10, "李队长", false});
    for (int day = 1; day <= 11; day++)
        serve(home, &(struct served){1, "kitchen", {2026, 9, day}, -1, 60, 38, "李队长", false});
    serve(home, &(struct served){1, "kitchen", {2026, 9, 11}, -1, 60, 8, "李队长", false});
    serve(home, &(struct served){2, "kitchen", {2026, 9, 3}, 540, 60, 8, "李队长", false});
    serve(home, &(struct served){2, "kitchen", {2026, 9, 3}, 590, 60, 8, "李队长", false});
    serve(home, &(struct served){2, "kitchen", {2026, 9, 4}, 540, 60, 8, "陈伟", false});
    serve(home, &(struct served){2, "kitchen", {2026, 9, 5}, 540, 60, 8, "", true});
    serve(home, &(struct served){3, "report", {2026, 9, 6}, -1, 0, 2, "", false});
    serve(home, &(struct served){3, "report", {2026, 9, 7}, 540, 60, 2, "", false});

    doubts = doubts_of(home->desk, MONTH);
    assert_non_null(doubt_of(&doubts, MU_DOUBT_DAY_CAP, 1));
    assert_int_equal(doubt_of(&doubts, MU_DOUBT_DAY_CAP, 1)->points.count, 46);
    assert_int_equal(doubt_of(&doubts, MU_DOUBT_MONTH_CAP, 1)->usual.count, 400);
    assert_int_equal(doubt_of(&doubts, MU_DOUBT_JUMP, 1)->usual.count, 10);
    assert_int_equal(doubt_of(&doubts, MU_DOUBT_TWO_PLACES, 2)->other_id, 15);
    assert_string_equal(doubt_of(&doubts, MU_DOUBT_SELF, 2)->confirmed_by, "陈伟");
    assert_non_null(doubt_of(&doubts, MU_DOUBT_FORGOTTEN, 2));
    assert_non_null(doubt_of(&doubts, MU_DOUBT_UNCONFIRMED, 2));
    assert_int_equal(doubt_of(&doubts, MU_DOUBT_NO_LIST, 3)->date.day, 6);
    assert_int_equal(doubts.count, 8);
    assert_int_equal(doubts.open, 8);
    for (size_t i = 0; i < doubts.count; i++)
        for (int language = 0; language < 2; language++) {
            mu_tally_doubt_text(&doubts.doubt[i], (enum mu_language)language, text, sizeof text);
            assert_true(*text);
        }
    mu_tally_doubt_text(doubt_of(&doubts, MU_DOUBT_TWO_PLACES, 2), MU_ENGLISH, text, sizeof text);
    assert_string_equal(text, "2026-09-03 09:50-10:50 帮厨, 8 points, while at service 15");
    mu_tally_doubts_clear(&doubts);
}

static void a_doubt_is_accepted_or_reversed_before_the_month_is_closed(void **state)
{
    struct home *home = *state;
    struct mu_tally_doubts doubts;
    struct mu_tally_doubt doubt;
    struct mu_points_month month;
    struct mu_error error;
    int64_t wrong =
        serve(home, &(struct served){1, "kitchen", {2026, 9, 3}, 540, 60, 8, "", false});

    serve(home, &(struct served){2, "kitchen", {2026, 9, 4}, 540, 60, 8, "", false});
    assert_refused(close_month(home->desk, MONTH, NULL, &error), &error, MU_SAY_error_tally_doubts);
    doubts = doubts_of(home->desk, MONTH);
    doubt = *doubt_of(&doubts, MU_DOUBT_UNCONFIRMED, 2);
    mu_tally_doubts_clear(&doubts);
    assert_int_equal(mu_accept_doubt(home->desk, MONTH, &doubt, " ", &error), MU_INPUT);
    assert_int_equal(mu_accept_doubt(home->desk, MONTH, &doubt, "问过", &error), MU_OK);
    assert_int_equal(mu_accept_doubt(home->desk, MONTH, &doubt, "问过队长", &error), MU_OK);
    doubts = doubts_of(home->desk, MONTH);
    assert_int_equal(doubts.open, 1);
    assert_string_equal(doubts.doubt[1].word, "问过队长");
    assert_int_equal(doubts.doubt[1].resident_id, 2);
    mu_tally_doubts_clear(&doubts);

    assert_int_equal(mu_reverse_points(home->desk, wrong, "记错了人", NULL, &error), MU_OK);
    assert_int_equal(close_month(home->desk, MONTH, &month, &error), MU_OK);
    assert_int_equal(month.moved.services, 1);
    assert_int_equal(month.moved.earned.count, 8);
    assert_int_equal(month.people, 1);
    assert_refused(mu_accept_doubt(home->desk, MONTH, &doubt, "再写", &error), &error,
                   MU_SAY_error_accept_closed);
}

static void a_correction_of_a_closed_month_falls_in_the_open_one(void **state)
{
    struct home *home = *state;
    struct mu_error error;
    struct mu_tally *tally;
    int64_t wrong =
        serve(home, &(struct served){1, "kitchen", {2026, 9, 3}, 540, 60, 8, "李队长", false});

    assert_int_equal(close_month(home->desk, MONTH, NULL, &error), MU_OK);
    assert_int_equal(mu_reverse_points(home->desk, wrong, "九月记错", NULL, &error), MU_OK);
    tally = tallied(home->desk, 202611, 202611);
    assert_int_equal(row_of(tally, "张金凤")->person.moved.services, -1);
    assert_int_equal(row_of(tally, "张金凤")->person.moved.earned.count, -8);
    assert_int_equal(row_of(tally, "张金凤")->person.balance.count, 0);
    mu_tally_free(&tally);
    tally = tallied(home->desk, MONTH, MONTH);
    assert_int_equal(row_of(tally, "张金凤")->person.moved.earned.count, 8);
    mu_tally_free(&tally);
    assert_sound(home->desk);
}

/* ---- refusals ---- */

static bool stop(void *context, int64_t done, int64_t all)
{
    (void)context, (void)done, (void)all;
    return false;
}

static void what_must_not_be_closed_is_not(void **state)
{
    struct home *home = *state;
    struct mu_points_sums other = {.services = 7};
    struct mu_points_closing_request request = {
        .month = MONTH, .second_name = "王芳", .second_password = "2468", .expected = &other};
    struct mu_error error;
    int due = -1;

    serve(home, &(struct served){1, "kitchen", {2026, 8, 3}, 540, 60, 8, "李队长", false});
    serve(home, &(struct served){1, "kitchen", {2026, 9, 3}, 540, 60, 8, "李队长", false});
    assert_int_equal(mu_points_month_due(home->desk, &due, &error), MU_OK);
    assert_int_equal(due, 202608);
    assert_refused(close_month(home->desk, MONTH, NULL, &error), &error,
                   MU_SAY_error_tally_earlier);
    assert_string_equal(error.argument[1], "2026-08");
    assert_refused(close_month(home->desk, 202611, NULL, &error), &error,
                   MU_SAY_error_tally_not_over);
    assert_int_equal(close_month(home->desk, 202613, NULL, &error), MU_INPUT);
    assert_int_equal(close_month(home->desk, 202608, NULL, &error), MU_OK);
    assert_refused(mu_close_points_month(home->desk, &request, NULL, &error), &error,
                   MU_SAY_error_tally_moved);
    request.expected = NULL;
    request.second_name = "";
    assert_int_equal(mu_close_points_month(home->desk, &request, NULL, &error), MU_INPUT);
    request.second_name = mu_desk_operator(home->desk);
    assert_int_equal(mu_close_points_month(home->desk, &request, NULL, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_tally_same);
    request.second_name = "王芳";
    request.second_password = "1357";
    assert_int_equal(mu_close_points_month(home->desk, &request, NULL, &error), MU_REFUSED);
    request.second_password = "2468";
    request.progress = stop;
    assert_refused(mu_close_points_month(home->desk, &request, NULL, &error), &error,
                   MU_SAY_tally_stopped);
    assert_int_equal(mu_points_month_due(home->desk, &due, &error), MU_OK);
    assert_int_equal(due, MONTH);
    assert_sound(home->desk);
}

static bool count_months(void *context, const struct mu_points_month *month)
{
    int *months = context;

    months[++months[0]] = month->month;
    return true;
}

static void several_closed_months_are_summed_up(void **state)
{
    struct home *home = *state;
    struct mu_tally *tally = NULL;
    struct mu_error error;
    int months[8] = {0};

    serve(home, &(struct served){1, "kitchen", {2026, 7, 3}, 540, 60, 8, "李队长", false});
    serve(home, &(struct served){2, "report", {2026, 8, 3}, 540, 60, 2, "李队长", false});
    serve(home, &(struct served){1, "kitchen", {2026, 9, 3}, 540, 60, 8, "李队长", false});
    assert_refused(mu_points_tally(home->desk, 202607, 202609, NULL, NULL, &tally, &error), &error,
                   MU_SAY_error_tally_none_closed);
    assert_int_equal(close_month(home->desk, 202607, NULL, &error), MU_OK);
    assert_int_equal(close_month(home->desk, 202608, NULL, &error), MU_OK);
    tally = tallied(home->desk, 202607, 202609);
    assert_int_equal(tally->closed, 2);
    assert_int_equal(tally->months, 3);
    assert_int_equal(tally->sum.moved.earned.count, 10);
    assert_int_equal(row_of(tally, "张金凤")->person.moved.earned.count, 8);
    assert_int_equal(mu_tally_look(home->desk, tally, MU_TALLY_BY_DUTY, NULL, NULL, &error), MU_OK);
    assert_int_equal(tally->group[MU_TALLY_BY_DUTY].count, 2);
    assert_string_equal(first_of(tally, MU_TALLY_BY_DUTY).name, "帮厨");
    assert_int_equal(first_of(tally, MU_TALLY_BY_DUTY).trend[3], 8);
    mu_tally_free(&tally);
    assert_int_equal(mu_list_points_months(home->desk, count_months, months, &error), MU_OK);
    assert_int_equal(months[0], 2);
    assert_int_equal(months[1], 202608);
    assert_int_equal(mu_points_tally(home->desk, 202612, 202612, NULL, NULL, &tally, &error),
                     MU_INPUT);
    assert_int_equal(mu_points_tally(home->desk, 202600, 202600, NULL, NULL, &tally, &error),
                     MU_INPUT);
}

/* ---- linked files ---- */

static void files_of_one_person_are_one_line(void **state)
{
    struct home *home = *state;
    struct mu_tally *tally;
    struct mu_error error;

    serve(home, &(struct served){2, "kitchen", {2026, 8, 3}, 540, 60, 8, "李队长", false});
    serve(home, &(struct served){3, "kitchen", {2026, 8, 4}, 540, 60, 8, "李队长", false});
    assert_int_equal(close_month(home->desk, 202608, NULL, &error), MU_OK);
    assert_int_equal(mu_link_twins(home->desk, 2, 3, "", &error), MU_OK);
    serve(home, &(struct served){3, "kitchen", {2026, 9, 4}, 540, 60, 4, "李队长", false});
    tally = tallied(home->desk, MONTH, MONTH);
    assert_int_equal(tally->group[MU_TALLY_BY_PERSON].count, 1);
    assert_int_equal(row_of(tally, "陈伟")->person.balance.count, 20);
    assert_int_equal(row_of(tally, "陈伟")->person.total_minutes, 180);
    assert_int_equal(row_of(tally, "陈伟")->trend[MU_TALLY_TREND - 2], 16);
    mu_tally_free(&tally);
    assert_int_equal(close_month(home->desk, MONTH, NULL, &error), MU_OK);
    assert_sound(home->desk);

    assert_int_equal(mu_unlink_twin(home->desk, 3, NULL, &error), MU_OK);
    tally = tallied(home->desk, 202610, 202610);
    assert_int_equal(row_of(tally, "陈伟")->person.balance.count, 8);
    assert_int_equal(row_of(tally, "陈伟民")->person.balance.count, 12);
    mu_tally_free(&tally);
    assert_int_equal(close_month(home->desk, 202610, NULL, &error), MU_OK);
    assert_sound(home->desk);
}

/* ---- stars and awards ---- */

static void stars_and_candidates_are_told(void **state)
{
    struct home *home = *state;
    struct mu_tally *tally;
    struct mu_tally_candidate *candidates = NULL;
    struct mu_tally_row first;
    size_t count = 0;
    struct mu_error error;

    move(home, MU_POINTS_RATING, 3, (struct mu_date){2026, 9, 5}, 12);
    move(home, MU_POINTS_RATING, 2, (struct mu_date){2026, 9, 5}, 9);
    move(home, MU_POINTS_RATING, 1, (struct mu_date){2026, 9, 5}, 3);
    serve(home, &(struct served){1, "kitchen", {2026, 8, 3}, 540, 1000, 8, "李队长", false});
    for (int day = 1; day < 8; day++)
        serve(home, &(struct served){1, "kitchen", {2026, 9, day}, 0, 1000, 8, "李队长", false});
    tally = tallied(home->desk, MONTH, MONTH);
    assert_int_equal(row_of(tally, "张金凤")->stars_before, 0);
    assert_int_equal(row_of(tally, "张金凤")->person.stars, 1);
    assert_int_equal(mu_tally_candidates(home->desk, tally, &candidates, &count, &error), MU_OK);
    assert_int_equal(count, 3);
    assert_string_equal(candidates[0].award, "暖心骑手");
    assert_int_equal(candidates[0].resident_id, 3);
    mu_tally_row(&tally->group[MU_TALLY_BY_PERSON], candidates[0].row, &first);
    assert_string_equal(first.name, "陈伟民");
    assert_int_equal(candidates[1].place, 2);
    assert_false(candidates[1].given);
    assert_string_equal(candidates[2].award, "");
    assert_int_equal(candidates[2].value, 1);
    free(candidates);
    mu_tally_free(&tally);
}

/* ---- what another program changed ---- */

static void a_changed_month_is_found_out(void **state)
{
    static const char *const changes[] = {
        "UPDATE points_month SET earned = earned + 1",
        "UPDATE points_month SET people = people + 1",
        "UPDATE points_month_line SET balance = balance + 1 WHERE resident_id = 1",
        "UPDATE points_month_line SET stars = 5 WHERE resident_id = 1",
        "DELETE FROM points_month_line WHERE resident_id = 1",
        "UPDATE points_month SET second_name = '李四'",
        "DELETE FROM points_month_line; DELETE FROM points_month",
        "UPDATE points_line SET month = 202608 WHERE resident_id = 1",
    };
    struct home *home = *state;
    struct mu_verify_report report;
    struct mu_error error;

    serve(home, &(struct served){1, "kitchen", {2026, 9, 3}, 540, 60, 8, "李队长", false});
    assert_int_equal(close_month(home->desk, MONTH, NULL, &error), MU_OK);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        char sql[1024], copy[160], command[400];

        snprintf(copy, sizeof copy, "%s/copy", home->folder);
        snprintf(command, sizeof command, "cp '%s' '%s'", home->path, copy);
        assert_int_equal(system(command), 0);
        snprintf(sql, sizeof sql,
                 "DROP TRIGGER points_month_unchanged; DROP TRIGGER points_month_stays;"
                 "DROP TRIGGER points_month_line_unchanged; DROP TRIGGER points_month_line_stays;"
                 "DROP TRIGGER points_line_unchanged; DROP TRIGGER points_line_stays; %s",
                 changes[i]);
        raw_run(home, sql);
        if (mu_verify(home->desk, NULL, NULL, &report, &error) != MU_STORE)
            fail_msg("not found out: %s", changes[i]);
        if (error.message != MU_SAY_error_verify_points_month &&
            error.message != MU_SAY_error_verify_no_points_month)
            fail_msg("%s: %s", changes[i], mu_message_text(error.message, MU_ENGLISH));
        mu_desk_free(&home->desk);
        snprintf(command, sizeof command, "cp '%s' '%s'", copy, home->path);
        assert_int_equal(system(command), 0);
        home->desk = home_desk(home, HOME_NOW);
    }
    assert_sound(home->desk);
}

/* ---- pure ---- */

static void quarters_are_read_as_people_write_them(void **state)
{
    static const char *const good[] = {"2026Q3", "2026q3", "2026-Q3", "2026年3季度",
                                       "2026年第3季度"};
    static const char *const bad[] = {"", "2026", "2026Q5", "2026Q0", "Q3", "2026Q3x", "3026Q1"};
    int from = 0, to = 0;

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(mu_quarter_parse(good[i], &from, &to));
        assert_int_equal(from, 202607);
        assert_int_equal(to, 202609);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(mu_quarter_parse(bad[i], &from, &to));
    assert_int_equal(mu_month_number_add(202611, 2), 202701);
    assert_int_equal(mu_month_number_add(202601, -1), 202512);
}

static void a_jump_needs_a_usual_month(void **state)
{
    const struct mu_points_rules rules = {.jump = 3}, none = {0};
    const struct mu_points once[MU_USUAL_MONTHS] = {{30}};
    const struct mu_points twice[MU_USUAL_MONTHS] = {{10}, {0}, {-5}, {20}};

    (void)state;
    assert_int_equal(mu_usual_month(once).count, 0);
    assert_int_equal(mu_usual_month(twice).count, 15);
    assert_true(mu_points_jump(&rules, (struct mu_points){15}, (struct mu_points){46}));
    assert_false(mu_points_jump(&rules, (struct mu_points){15}, (struct mu_points){45}));
    assert_false(mu_points_jump(&rules, (struct mu_points){0}, (struct mu_points){45}));
    assert_false(mu_points_jump(&none, (struct mu_points){15}, (struct mu_points){900}));
}

static void each_doubt_has_a_word(void **state)
{
    enum mu_points_doubt kind;

    (void)state;
    for (int i = 0; i < MU_DOUBTS; i++) {
        assert_true(mu_doubt_from_word(mu_doubt_word((enum mu_points_doubt)i), &kind));
        assert_int_equal(kind, i);
    }
    assert_false(mu_doubt_from_word("nothing", &kind));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_month_is_tallied_and_closed, bank, home_teardown),
        cmocka_unit_test_setup_teardown(what_looks_wrong_is_told, bank, home_teardown),
        cmocka_unit_test_setup_teardown(a_doubt_is_accepted_or_reversed_before_the_month_is_closed,
                                        bank, home_teardown),
        cmocka_unit_test_setup_teardown(a_correction_of_a_closed_month_falls_in_the_open_one, bank,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(what_must_not_be_closed_is_not, bank, home_teardown),
        cmocka_unit_test_setup_teardown(several_closed_months_are_summed_up, bank, home_teardown),
        cmocka_unit_test_setup_teardown(files_of_one_person_are_one_line, bank, home_teardown),
        cmocka_unit_test_setup_teardown(stars_and_candidates_are_told, bank, home_teardown),
        cmocka_unit_test_setup_teardown(a_changed_month_is_found_out, bank, home_teardown),
        cmocka_unit_test(quarters_are_read_as_people_write_them),
        cmocka_unit_test(a_jump_needs_a_usual_month),
        cmocka_unit_test(each_doubt_has_a_word),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
