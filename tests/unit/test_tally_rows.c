/* Tallies whose people do not stand together: packed rows, numbers of files far apart, and what
 * another program wrote. */
#include "base/packed.h"
#include "desk/desk_internal.h"
#include "desk/tally_rows.h"

#include "unit/points_home.h"

#include <mulin/base/text.h>
#include <mulin/desk/points_wall.h>
#include <mulin/desk/twin.h>

enum { JULY = 202607, AUGUST, SEPTEMBER, FAR = 5000, FARTHER = 9000 };

/* ---- packed ---- */

static void numbers_compare_as_their_bytes_do(void **state)
{
    static const int64_t rising[] = {INT64_MIN,
                                     INT64_MIN + 1,
                                     -(1LL << 56) - 1,
                                     -(1LL << 56),
                                     -65537,
                                     -65536,
                                     -257,
                                     -256,
                                     -121,
                                     -120,
                                     -1,
                                     0,
                                     1,
                                     119,
                                     120,
                                     255,
                                     256,
                                     65535,
                                     65536,
                                     1LL << 40,
                                     (1LL << 56) - 1,
                                     1LL << 56,
                                     INT64_MAX};
    unsigned char last[MU_PACKED_SIZE] = {0};

    (void)state;
    for (size_t i = 0; i < sizeof rising / sizeof *rising; i++) {
        unsigned char packed[MU_PACKED_SIZE] = {0};
        const unsigned char *end = mu_pack(packed, rising[i]);
        int64_t read;

        assert_in_range(end - packed, 1, MU_PACKED_SIZE);
        assert_ptr_equal(mu_unpack(packed, &read), end);
        assert_true(read == rising[i]);
        assert_true(memcmp(last, packed, sizeof packed) < 0 || i == 0);
        memcpy(last, packed, sizeof last);
    }
    assert_int_equal(mu_pack(last, -120) - last, 1);
    assert_int_equal(mu_pack(last, 119) - last, 1);
}

static void add(struct mu_tally_group *group, const struct mu_tally_row *row)
{
    assert_true(mu_tally_row_add(group, row));
}

static void assert_same_row(const struct mu_tally_row *a, const struct mu_tally_row *b)
{
    assert_true(a->person.resident_id == b->person.resident_id);
    assert_memory_equal(&a->person.moved, &b->person.moved, sizeof a->person.moved);
    assert_true(a->person.balance.count == b->person.balance.count);
    assert_true(a->person.total_minutes == b->person.total_minutes);
    assert_true(a->person.total_earned.count == b->person.total_earned.count);
    assert_int_equal(a->person.stars, b->person.stars);
    assert_int_equal(a->stars_before, b->stars_before);
    assert_int_equal(a->shows_name, b->shows_name);
    assert_true(a->rated.count == b->rated.count);
    assert_true(a->people == b->people);
    assert_memory_equal(a->trend, b->trend, sizeof a->trend);
    assert_string_equal(a->id, b->id);
    assert_string_equal(a->name, b->name);
}

static void a_row_comes_back_as_it_was(void **state)
{
    struct mu_tally_group group = {0};
    struct mu_tally_row rows[2], read;

    (void)state;
    memset(rows, 0, sizeof rows);
    rows[0].person = (struct mu_points_month_line){
        .resident_id = INT64_MAX,
        .moved = {INT64_MIN, INT64_MAX, {INT64_MIN}, {INT64_MAX}, {-1}},
        .balance = {INT64_MAX},
        .total_minutes = INT64_MIN,
        .total_earned = {INT64_MAX},
        .stars = 5};
    rows[0].stars_before = 4;
    rows[0].shows_name = true;
    rows[0].rated.count = -7;
    rows[0].people = 3;
    for (int i = 0; i < MU_TALLY_TREND; i++)
        rows[0].trend[i] = INT64_MIN + i;
    memset(rows[0].id, 'a', sizeof rows[0].id - 1);
    memset(rows[0].name, 'n', sizeof rows[0].name - 1);
    for (int i = 0; i < 2; i++)
        add(&group, &rows[i]);
    for (size_t i = 0; i < 2; i++) {
        mu_tally_row(&group, i, &read);
        assert_same_row(&read, &rows[i]);
    }
    mu_tally_rows_clear(&group);
}

static bool earned_in_pairs(const struct mu_tally_row *row)
{
    return row->person.moved.earned.count % 2 == 0;
}

static void most_earned_comes_first_of_thousands(void **state)
{
    enum { PEOPLE = 3000, POINTS = 40 };
    struct mu_tally_group group = {0};
    struct mu_tally_row row, before = {0};

    (void)state;
    for (int i = 0; i < PEOPLE; i++) {
        row = (struct mu_tally_row){
            .person = {.resident_id = i + 1,
                       .moved = {.earned = {i * 7 % POINTS - 5}, .minutes = i % 3 * 600}}};
        snprintf(row.name, sizeof row.name, "张%d", i + 1);
        add(&group, &row);
    }
    mu_tally_rows_sort(&group);
    mu_tally_rows_keep(&group, earned_in_pairs);
    assert_int_equal(group.count, PEOPLE / 2);
    for (size_t i = 0; i < group.count; i++) {
        int64_t less, shorter;
        char name[32];

        mu_tally_row(&group, i, &row);
        snprintf(name, sizeof name, "张%d", (int)row.person.resident_id);
        assert_string_equal(row.name, name);
        less = before.person.moved.earned.count - row.person.moved.earned.count;
        shorter = before.person.moved.minutes - row.person.moved.minutes;
        assert_true(
            i == 0 || less > 0 || (less == 0 && shorter > 0) ||
            (less == 0 && shorter == 0 && before.person.resident_id < row.person.resident_id));
        before = row;
    }
    mu_tally_rows_clear(&group);
}

/* ---- tallied ---- */

static struct mu_tally *tallied(struct mu_desk *desk, int from, int to)
{
    struct mu_tally *tally = NULL;
    struct mu_error error;

    assert_done(mu_points_tally(desk, from, to, NULL, NULL, &tally, &error), &error);
    return tally;
}

static struct mu_tally_row person_of(const struct mu_tally *tally, int64_t resident_id)
{
    const struct mu_tally_group *people = &tally->group[MU_TALLY_BY_PERSON];
    struct mu_tally_row row;

    for (size_t i = 0; i < people->count; i++) {
        mu_tally_row(people, i, &row);
        if (row.person.resident_id == resident_id)
            return row;
    }
    fail_msg("%lld has no row", (long long)resident_id);
    return row;
}

/* As another program would add a file, with the number that it likes. */
static void add_file(struct mu_desk *desk, int64_t number, const char *name)
{
    struct mu_query query =
        mu_query(desk->db, "INSERT INTO resident (resident_id, name) VALUES (?1, ?2)");

    mu_bind_integer(&query, 1, number);
    mu_bind_text(&query, 2, name);
    assert_int_equal(mu_query_run(&query, NULL), MU_OK);
}

static void close_month(struct mu_desk *desk, int month)
{
    const struct mu_points_closing_request request = {.month = month, .second_name = "赵敏"};
    struct mu_error error;

    assert_done(mu_close_points_month(desk, &request, NULL, &error), &error);
}

/* Who is linked with a file a thousand others further is one person in every figure, and a jump is
 * told by what both files earned. */
static void linked_files_far_apart_are_one_line(void **state)
{
    struct home *home = *state;
    struct mu_desk *desk = home->desk;
    int64_t near = add_person(desk, "张金凤");
    struct mu_tally_doubts doubts = {0};
    struct mu_tally_row row;
    struct mu_tally *tally;
    struct mu_error error;

    add_file(desk, FAR, "李秀英");
    add_file(desk, FARTHER, "张金凤");
    serve(desk, FARTHER, "patrol", 60, (struct mu_date){2026, 7, 4});
    serve(desk, FARTHER, "patrol", 60, (struct mu_date){2026, 8, 4});
    serve(desk, near, "patrol", 60, (struct mu_date){2026, 8, 3});
    close_month(desk, JULY);
    close_month(desk, AUGUST);
    assert_done(mu_link_twins(desk, near, FARTHER, "", &error), &error);
    for (int day = 1; day <= 4; day++)
        serve(desk, near, "patrol", 60, (struct mu_date){2026, 9, day});
    serve(desk, FARTHER, "patrol", 60, (struct mu_date){2026, 9, 5});
    serve(desk, FAR, "meal", 30, (struct mu_date){2026, 9, 5});

    tally = tallied(desk, SEPTEMBER, SEPTEMBER);
    assert_int_equal(tally->group[MU_TALLY_BY_PERSON].count, 2);
    row = person_of(tally, near);
    assert_int_equal(row.person.moved.earned.count, 30);
    assert_int_equal(row.person.balance.count, 48);
    assert_int_equal(row.person.total_minutes, 480);
    assert_int_equal(row.trend[MU_TALLY_TREND - 1], 30);
    assert_int_equal(row.trend[MU_TALLY_TREND - 2], 12);
    assert_int_equal(row.trend[MU_TALLY_TREND - 3], 6);
    assert_int_equal(person_of(tally, FAR).person.moved.earned.count, 5);
    assert_int_equal(tally->sum.balance.count, 53);
    mu_tally_free(&tally);

    assert_done(mu_points_doubts(desk, SEPTEMBER, NULL, NULL, &doubts, &error), &error);
    assert_int_equal(doubts.count, 1);
    assert_int_equal(doubts.doubt->kind, MU_DOUBT_JUMP);
    assert_int_equal(doubts.doubt->resident_id, near);
    assert_int_equal(doubts.doubt->usual.count, 9);
    assert_done(mu_accept_doubt(desk, SEPTEMBER, doubts.doubt, "问过", &error), &error);
    mu_tally_doubts_clear(&doubts);

    close_month(desk, SEPTEMBER);
    tally = tallied(desk, JULY, SEPTEMBER);
    row = person_of(tally, near);
    assert_int_equal(row.person.moved.earned.count, 48);
    assert_int_equal(row.person.moved.services, 8);
    assert_int_equal(row.trend[MU_TALLY_TREND - 3], 6);
    mu_tally_free(&tally);
}

static void add_points(struct mu_desk *desk, int64_t person, int64_t entry, int points)
{
    struct mu_query query =
        mu_query(desk->db, "INSERT INTO points_line (month, resident_id, entry_id, kind, points,"
                           " minutes) VALUES (202609, ?1, ?2, 3, ?3, 0)");

    mu_bind_integer(&query, 1, person);
    mu_bind_integer(&query, 2, entry);
    mu_bind_integer(&query, 3, points);
    assert_int_equal(mu_query_run(&query, NULL), MU_OK);
}

static void no_number_of_a_file_is_left_out(void **state)
{
    static const int64_t numbers[] = {INT64_MIN, -5, 4096, 4097, FARTHER, INT64_MAX - 1, INT64_MAX};
    enum { NUMBERS = sizeof numbers / sizeof *numbers };
    struct home *home = *state;
    int64_t person = add_person(home->desk, "张金凤");
    int64_t entry = serve(home->desk, person, "meal", 30, (struct mu_date){2026, 9, 5});
    struct mu_points_wall *wall = NULL;
    struct mu_error error;

    for (int all = 0; all < NUMBERS; all++) {
        struct mu_tally *tally;

        add_file(home->desk, numbers[all], "李秀英");
        add_points(home->desk, numbers[all], entry, all + 1);
        tally = tallied(home->desk, SEPTEMBER, SEPTEMBER);
        assert_int_equal(tally->group[MU_TALLY_BY_PERSON].count, all + 2);
        for (int i = 0; i <= all; i++)
            assert_int_equal(person_of(tally, numbers[i]).person.balance.count, i + 1);
        mu_tally_free(&tally);
    }
    assert_done(mu_read_points_wall(home->desk, SEPTEMBER, NULL, NULL, &wall, &error), &error);
    assert_int_equal(wall->count, NUMBERS + 1);
    mu_points_wall_free(&wall);
}

/* What stands on the screen is one state of the records: a name that was corrected or a link that
 * was made since is seen when the month is read again. */
static void a_row_is_shown_as_it_was_tallied(void **state)
{
    struct home *home = *state;
    struct mu_desk *desk = home->desk;
    int64_t first = add_person(desk, "张金凤"), second = add_person(desk, "陈伟");
    struct mu_tally *tally;
    struct mu_query query;
    struct mu_error error;

    serve(desk, first, "patrol", 60, (struct mu_date){2026, 9, 1});
    serve(desk, second, "patrol", 60, (struct mu_date){2026, 9, 1});
    tally = tallied(desk, SEPTEMBER, SEPTEMBER);
    query = mu_query(desk->db, "UPDATE resident SET name = '张金娴' WHERE resident_id = ?1");
    mu_bind_integer(&query, 1, first);
    assert_int_equal(mu_query_run(&query, NULL), MU_OK);
    assert_done(mu_link_twins(desk, first, second, "", &error), &error);
    assert_string_equal(person_of(tally, first).name, "张金凤");
    assert_string_equal(person_of(tally, second).name, "陈伟");
    mu_tally_free(&tally);
    tally = tallied(desk, SEPTEMBER, SEPTEMBER);
    assert_int_equal(tally->group[MU_TALLY_BY_PERSON].count, 1);
    assert_string_equal(person_of(tally, first).name, "张金娴");
    mu_tally_free(&tally);
}

static bool stop(void *context, int64_t done, int64_t all)
{
    int64_t *told = context;

    assert_true(done <= all);
    *told = done;
    return false;
}

static void a_long_tally_is_stopped_on_its_way(void **state)
{
    struct home *home = *state;
    struct mu_tally *tally = NULL;
    struct mu_error error;
    int64_t told = 0;

    add_file(home->desk, FARTHER, "张金凤");
    serve(home->desk, FARTHER, "patrol", 60, (struct mu_date){2026, 9, 1});
    assert_int_equal(mu_points_tally(home->desk, SEPTEMBER, SEPTEMBER, stop, &told, &tally, &error),
                     MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_tally_stopped);
    assert_true(told > 0);
    assert_null(tally);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_compare_as_their_bytes_do),
        cmocka_unit_test(a_row_comes_back_as_it_was),
        cmocka_unit_test(most_earned_comes_first_of_thousands),
        cmocka_unit_test_setup_teardown(linked_files_far_apart_are_one_line, a_home_with_duties,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(no_number_of_a_file_is_left_out, a_home_with_duties,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(a_row_is_shown_as_it_was_tallied, a_home_with_duties,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(a_long_tally_is_stopped_on_its_way, a_home_with_duties,
                                        home_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
