/* Points that are handed on and run out, the last piece, and somebody who bends the records. */
#include "unit/goods_home.h"
#include "unit/raw_file.h"

#include <sys/wait.h>

enum { DESKS = 8 };

static const struct mu_date today = {2026, 11, 22};

static enum mu_status hand_on(struct mu_desk *desk, int64_t from, int64_t to, int64_t points,
                              struct mu_error *error)
{
    return mu_transfer_points(desk, from, to, (struct mu_points){points}, "给孙子", NULL, error);
}

/* Grandmother and grandson of 3-201, and a neighbour. */
struct family {
    int64_t old, young, neighbour;
};

static struct family move_in(struct mu_desk *desk)
{
    return (struct family){home_add(desk, "name", "王桂英", "building", "3", "room", "201", NULL),
                           home_add(desk, "name", "王小明", "building", "3", "room", "201", NULL),
                           home_add(desk, "name", "李福", "building", "3", "room", "202", NULL)};
}

static void a_grandmother_hands_on_what_she_has(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    struct family family = move_in(desk);
    struct mu_points_account stands[2];
    struct mu_error error;

    earn(desk, family.old, today, 100);
    assert_int_equal(mu_transfer_points(desk, family.old, family.young, (struct mu_points){60},
                                        NULL, stands, NULL),
                     MU_OK);
    assert_int_equal(stands[0].balance.count, 40);
    assert_int_equal(stands[1].balance.count, 60);
    assert_int_equal(hand_on(desk, family.old, family.young, 41, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_redeem_points);
    assert_int_equal(hand_on(desk, family.old, family.young, 0, &error), MU_INPUT);
    assert_int_equal(hand_on(desk, family.old, family.young, -5, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_transfer_points);
    assert_int_equal(hand_on(desk, family.old, family.old, 5, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_transfer_self);
    assert_int_equal(hand_on(desk, family.old, 4711, 5, &error), MU_INPUT);
    assert_int_equal(hand_on(desk, family.old, family.neighbour, 5, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_transfer_household);
    assert_int_equal(points_of(desk, family.old), 40);
    assert_sound(desk);
}

static void what_the_dead_had_stays_in_the_family(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    struct family family = move_in(desk);
    struct mu_error error;

    earn(desk, family.old, today, 100);
    assert_int_equal(mu_end_resident(desk, family.old, MU_DECEASED, today, NULL), MU_OK);
    assert_int_equal(hand_on(desk, family.young, family.old, 5, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_transfer_ended);
    assert_int_equal(hand_on(desk, family.old, family.young, 100, NULL), MU_OK);
    assert_int_equal(points_of(desk, family.young), 100);
    assert_int_equal(mu_end_resident(desk, family.young, MU_MOVED_OUT, today, NULL), MU_OK);
    assert_int_equal(hand_on(desk, family.young, family.old, 5, &error), MU_REFUSED);
    assert_sound(desk);
}

static void a_book_without_transfers_allows_none(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    struct family family = move_in(desk);
    struct mu_expiry_report report;
    struct mu_error error;

    earn(desk, family.old, today, 100);
    adopt(desk, GOODS_CENTRE);
    assert_int_equal(hand_on(desk, family.old, family.young, 5, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_transfer_rule);
    assert_int_equal(
        mu_points_expiring(desk, (struct mu_date){0, 0, 0}, NULL, NULL, &report, &error),
        MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_expiry_none);
    assert_int_equal(mu_expire_points(desk, NULL, NULL, &report, &error), MU_REFUSED);
}

/* ---- running out ---- */

struct notice {
    char text[256];
};

static bool pin_up(void *context, const struct mu_expiry *expiry)
{
    struct notice *notice = context;
    size_t used = strlen(notice->text);

    snprintf(notice->text + used, sizeof notice->text - used, "%s %lld/%lld\n", expiry->name,
             (long long)expiry->points.count, (long long)expiry->balance.count);
    return true;
}

/* 24 months: what was earned in November 2024 counts until the end of November 2026. */
static void points_are_announced_a_month_before_they_run_out(void **state)
{
    struct home *home = *state;
    struct mu_desk *desk = home->desk, *december = home_desk(home, "2026-12-01T08:00");
    struct family family = move_in(desk);
    struct mu_points_account account;
    struct mu_expiry_report report;
    struct notice notice = {""};

    earn(desk, family.old, (struct mu_date){2024, 11, 30}, 100);
    earn(desk, family.old, (struct mu_date){2024, 12, 1}, 40);
    earn(desk, family.young, (struct mu_date){2025, 3, 1}, 70);
    assert_int_equal(
        mu_points_expiring(desk, (struct mu_date){0, 0, 0}, pin_up, &notice, &report, NULL), MU_OK);
    assert_string_equal(notice.text, "王桂英 100/140\n");
    assert_int_equal(report.through, 202411);
    assert_int_equal(mu_date_compare(report.day, (struct mu_date){2026, 12, 1}), 0);
    assert_int_equal(report.sum.count, 100);
    assert_int_equal(mu_read_points(desk, family.old, &account, NULL), MU_OK);
    assert_int_equal(account.soon.count, 100);
    assert_int_equal(mu_date_compare(account.soon_on, (struct mu_date){2026, 12, 1}), 0);
    assert_int_equal(mu_read_points(desk, family.young, &account, NULL), MU_OK);
    assert_int_equal(account.soon.count, 0);

    assert_int_equal(mu_expire_points(desk, NULL, NULL, &report, NULL), MU_OK);
    assert_int_equal(report.people, 0);
    assert_int_equal(points_of(desk, family.old), 140);
    assert_int_equal(mu_expire_points(december, NULL, NULL, &report, NULL), MU_OK);
    assert_int_equal(report.people, 1);
    assert_int_equal(report.sum.count, 100);
    assert_int_equal(points_of(desk, family.old), 40);
    assert_int_equal(mu_expire_points(december, NULL, NULL, &report, NULL), MU_OK);
    assert_int_equal(report.people, 0);
    assert_int_equal(points_of(desk, family.old), 40);
    assert_sound(december);
    mu_desk_free(&december);
}

static void the_oldest_points_are_spent_first(void **state)
{
    struct home *home = *state;
    struct mu_desk *desk = home->desk, *december = home_desk(home, "2026-12-01T08:00");
    struct family family = move_in(desk);
    int64_t soap = shelf(desk, "香皂", "15", 10);
    struct mu_expiry_report report;
    struct mu_redeemed done;

    earn(desk, family.old, (struct mu_date){2024, 11, 3}, 40);
    earn(desk, family.old, today, 40);
    assert_int_equal(redeem(desk, family.old, soap, 2, &done, NULL), MU_OK);
    assert_int_equal(mu_points_expiring(december, today, NULL, NULL, &report, NULL), MU_OK);
    assert_int_equal(report.sum.count, 0);
    assert_int_equal(
        mu_points_expiring(december, mu_desk_now(december).date, NULL, NULL, &report, NULL), MU_OK);
    assert_int_equal(report.sum.count, 10);
    /* What comes back is as old as it was. */
    assert_int_equal(mu_give_back(december, done.move_id, "过敏", NULL, NULL), MU_OK);
    assert_int_equal(mu_expire_points(december, NULL, NULL, &report, NULL), MU_OK);
    assert_int_equal(report.sum.count, 40);
    assert_int_equal(points_of(desk, family.old), 40);
    assert_sound(december);
    mu_desk_free(&december);
}

static bool stop(void *context, int64_t done, int64_t all)
{
    (void)context, (void)done, (void)all;
    return false;
}

static void who_stops_the_work_has_booked_nothing(void **state)
{
    struct home *home = *state;
    struct mu_desk *december = home_desk(home, "2026-12-01T08:00");
    struct family family = move_in(home->desk);
    struct mu_expiry_report report;
    struct mu_error error;

    earn(home->desk, family.old, (struct mu_date){2024, 11, 3}, 40);
    assert_int_equal(mu_expire_points(december, stop, NULL, &report, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_expiry_stopped);
    assert_int_equal(points_of(december, family.old), 40);
    mu_desk_free(&december);
}

/* ---- the last piece ---- */

/* 0: got it; 1: too late; 2: anything else. */
static void reach_for_it(const struct home *home, int64_t who, int64_t goods)
{
    struct mu_desk *desk = home_desk(home, HOME_NOW);
    struct mu_redeemed done;
    struct mu_error error;
    enum mu_status status = redeem(desk, who, goods, 1, &done, &error);
    bool late = status == MU_REFUSED && error.message == MU_SAY_error_redeem_stock;

    mu_desk_free(&desk);
    _exit(status == MU_OK ? 0 : late ? 1 : 2);
}

static void eight_desks_give_the_last_piece_once(void **state)
{
    struct home *home = *state;
    int64_t who[DESKS], oil = shelf(home->desk, "食用油", "50", 1);
    int64_t points = 0;
    pid_t child[DESKS];
    int ended[3] = {0};

    for (int i = 0; i < DESKS; i++) {
        char name[32];

        snprintf(name, sizeof name, "志愿者%d", i + 1);
        who[i] = home_add(home->desk, "name", name, NULL);
        earn(home->desk, who[i], today, 60);
    }
    mu_desk_free(&home->desk);
    for (int i = 0; i < DESKS; i++) {
        child[i] = fork();
        assert_int_not_equal(child[i], -1);
        if (child[i] == 0)
            reach_for_it(home, who[i], oil);
    }
    for (int i = 0; i < DESKS; i++) {
        int how;

        assert_int_equal(waitpid(child[i], &how, 0), child[i]);
        assert_true(WIFEXITED(how) && WEXITSTATUS(how) < 3);
        ended[WEXITSTATUS(how)]++;
    }
    assert_int_equal(ended[0], 1);
    assert_int_equal(ended[1], DESKS - 1);
    home->desk = home_desk(home, HOME_NOW);
    assert_int_equal(stock_of(home->desk, oil), 0);
    for (int i = 0; i < DESKS; i++)
        points += points_of(home->desk, who[i]);
    assert_int_equal(points, DESKS * 60 - 50);
    assert_sound(home->desk);
}

/* ---- bent records ---- */

static void whoever_bends_the_goods_is_told_of(void **state)
{
    static const struct {
        const char *bend, *back;
        enum mu_message finding;
    } bendings[] = {
        {"DROP TRIGGER goods_move_unchanged; UPDATE goods_move SET pieces = -1 WHERE move_id = 2;"
         "UPDATE goods SET stock = stock + 1",
         "UPDATE goods_move SET pieces = -2 WHERE move_id = 2; UPDATE goods SET stock = stock - 1",
         MU_SAY_error_verify_goods},
        /* A delivery has no entry, but what was given later knows the stock. */
        {"UPDATE goods_move SET pieces = 4 WHERE move_id = 1; UPDATE goods SET stock = stock - 1",
         "UPDATE goods_move SET pieces = 5 WHERE move_id = 1; UPDATE goods SET stock = stock + 1",
         MU_SAY_error_verify_goods},
        {"UPDATE goods_move SET reason = 'x' WHERE move_id = 2",
         "UPDATE goods_move SET reason = '' WHERE move_id = 2", MU_SAY_error_verify_goods},
        {"UPDATE goods_move SET moved_at = 'noon' WHERE move_id = 1",
         "UPDATE goods_move SET moved_at = '2026-11-22T11:30:00' WHERE move_id = 1",
         MU_SAY_error_verify_goods},
        {"UPDATE goods SET stock = stock + 7", "UPDATE goods SET stock = stock - 7",
         MU_SAY_error_verify_stock},
        {"DROP TRIGGER goods_move_stays; DELETE FROM goods_move WHERE move_id = 2;"
         "UPDATE goods SET stock = stock + 2",
         NULL, MU_SAY_error_verify_no_goods},
    };
    struct home *home = *state;
    struct family family = move_in(home->desk);
    int64_t soap = shelf(home->desk, "香皂", "15", 5);
    struct mu_verify_report report;
    struct mu_redeemed done;
    struct mu_error error;

    earn(home->desk, family.old, today, 60);
    assert_int_equal(redeem(home->desk, family.old, soap, 2, &done, NULL), MU_OK);
    assert_sound(home->desk);
    for (size_t i = 0; i < sizeof bendings / sizeof *bendings; i++) {
        raw_run(home, bendings[i].bend);
        assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, &error), MU_STORE);
        assert_int_equal(error.message, bendings[i].finding);
        if (bendings[i].back)
            raw_run(home, bendings[i].back);
    }
}

int main(void)
{
#define STORY(name) cmocka_unit_test_setup_teardown(name, goods_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(a_grandmother_hands_on_what_she_has),
        STORY(what_the_dead_had_stays_in_the_family),
        STORY(a_book_without_transfers_allows_none),
        STORY(points_are_announced_a_month_before_they_run_out),
        STORY(the_oldest_points_are_spent_first),
        STORY(who_stops_the_work_has_booked_nothing),
        STORY(eight_desks_give_the_last_piece_once),
        STORY(whoever_bends_the_goods_is_told_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
