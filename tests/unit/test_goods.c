#include "unit/goods_home.h"

#include <mulin/desk/twin.h>

static const struct mu_date today = {2026, 11, 22};

static void a_volunteer_takes_soap_and_rice_home(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t wang = home_add(desk, "name", "王桂英", NULL);
    int64_t soap = shelf(desk, "香皂", "15", 10), rice = shelf(desk, "大米", "60", 2);
    struct mu_basket basket = {.resident_id = wang, .line = {{soap, 2}, {rice, 1}}, .count = 2};
    struct mu_redeemed done;
    struct mu_receipt receipt;
    char paper[MU_RECEIPT_SIZE];

    earn(desk, wang, today, 100);
    assert_int_equal(mu_redeem(desk, &basket, &done, NULL), MU_OK);
    assert_int_equal(done.before.balance.count, 100);
    assert_int_equal(done.sum.count, 90);
    assert_int_equal(done.after.balance.count, 10);
    assert_int_equal(points_of(desk, wang), 10);
    assert_int_equal(stock_of(desk, soap), 8);
    assert_int_equal(stock_of(desk, rice), 1);

    assert_int_equal(mu_read_receipt(desk, done.move_id, &receipt, NULL), MU_OK);
    assert_int_equal(receipt.count, 2);
    earn(desk, wang, today, 40);
    assert_int_equal(mu_read_receipt(desk, done.move_id + 1, &receipt, NULL), MU_OK);
    mu_receipt_write(&receipt, 32, MU_CHINESE, paper);
    assert_string_equal(paper, "     云鹭湾社区党群服务中心\n"
                               "          爱心兑换凭条\n"
                               "--------------------------------\n"
                               "2026-11-22 11:30\n"
                               "王*英\n"
                               "--------------------------------\n"
                               "香皂 × 2件                    30\n"
                               "大米 × 1件                    60\n"
                               "--------------------------------\n"
                               "用去积分                      90\n"
                               "结余                          10\n"
                               "--------------------------------\n"
                               "凭条 3  经办 keeper\n"
                               "账目 3\n");
    assert_sound(desk);
}

static void nobody_spends_more_than_there_is(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t wang = home_add(desk, "name", "王桂英", NULL), soap = shelf(desk, "香皂", "15", 2);
    struct mu_redeemed done;
    struct mu_error error;

    earn(desk, wang, today, 29);
    assert_int_equal(redeem(desk, wang, soap, 2, &done, &error), MU_REFUSED);
    assert_says(&error, "王桂英：只有 29 分，要用 30 分：请少选一些");
    earn(desk, wang, today, 71);
    assert_int_equal(redeem(desk, wang, soap, 3, &done, &error), MU_REFUSED);
    assert_says(&error, "香皂：只剩 2 件：请少选一些，或换一种");
    assert_int_equal(redeem(desk, wang, soap, 0, &done, &error), MU_INPUT);
    assert_says(&error, "件数：0 不行：请填 1–100000 的整数");
    assert_int_equal(redeem(desk, wang, 77, 1, &done, &error), MU_INPUT);
    assert_int_equal(redeem(desk, 4711, soap, 1, &done, &error), MU_INPUT);
    assert_int_equal(points_of(desk, wang), 100);
    assert_int_equal(stock_of(desk, soap), 2);
    assert_sound(desk);
}

static void one_thing_that_is_not_there_leaves_the_whole_basket(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t wang = home_add(desk, "name", "王桂英", NULL);
    int64_t soap = shelf(desk, "香皂", "15", 5), rice = shelf(desk, "大米", "60", 0);
    struct mu_basket basket = {.resident_id = wang, .line = {{soap, 1}, {rice, 1}}, .count = 2};
    struct mu_redeemed done;
    struct mu_error error;

    earn(desk, wang, today, 100);
    assert_int_equal(mu_redeem(desk, &basket, &done, &error), MU_REFUSED);
    assert_int_equal(points_of(desk, wang), 100);
    assert_int_equal(stock_of(desk, soap), 5);
    basket.line[1].goods_id = soap;
    assert_int_equal(mu_redeem(desk, &basket, &done, &error), MU_INPUT);
    assert_says(&error, "香皂：写了两遍：请合在一起");
    basket.count = 0;
    assert_int_equal(mu_redeem(desk, &basket, &done, &error), MU_INPUT);
    basket.count = MU_BASKET + 1;
    assert_int_equal(mu_redeem(desk, &basket, &done, &error), MU_INPUT);
}

static void a_month_has_its_limit_and_the_next_one_begins_anew(void **state)
{
    struct home *home = *state;
    struct mu_desk *desk = home->desk, *december = home_desk(home, "2026-12-01T08:00");
    int64_t wang = home_add(desk, "name", "王桂英", NULL), soap = shelf(desk, "香皂", "1", 20);
    struct mu_goods_form form;
    struct mu_goods goods;
    struct mu_redeemed done;
    struct mu_error error;

    earn(desk, wang, today, 100);
    assert_int_equal(redeem(desk, wang, soap, 2, &done, NULL), MU_OK);
    assert_int_equal(redeem(desk, wang, soap, 2, NULL, &error), MU_REFUSED);
    assert_says(&error, "香皂：王桂英 这个月还能兑 1 件：请少选一些");
    assert_int_equal(mu_give_back(desk, done.move_id, "拿错了", NULL, NULL), MU_OK);
    assert_int_equal(redeem(desk, wang, soap, 3, &done, NULL), MU_OK);
    assert_int_equal(redeem(desk, wang, soap, 1, &done, &error), MU_REFUSED);
    assert_int_equal(redeem(december, wang, soap, 1, &done, NULL), MU_OK);

    assert_int_equal(mu_read_goods(desk, soap, &goods, NULL), MU_OK);
    mu_goods_to_form(&goods, &form);
    strcpy(form.per_month, "5");
    assert_int_equal(mu_save_goods(desk, &form, NULL, NULL), MU_OK);
    assert_int_equal(redeem(december, wang, soap, 4, &done, NULL), MU_OK);
    assert_int_equal(redeem(december, wang, soap, 1, &done, NULL), MU_REFUSED);
    assert_sound(desk);
    mu_desk_free(&december);
}

static void what_comes_back_is_on_the_shelf_again_and_once_only(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t wang = home_add(desk, "name", "王桂英", NULL), soap = shelf(desk, "香皂", "15", 5);
    struct mu_redeemed done, back;
    struct mu_receipt receipt;
    struct mu_error error;
    char paper[MU_RECEIPT_SIZE];

    earn(desk, wang, today, 50);
    assert_int_equal(redeem(desk, wang, soap, 2, &done, NULL), MU_OK);
    assert_int_equal(mu_give_back(desk, done.move_id, " ", &back, &error), MU_INPUT);
    assert_int_equal(mu_give_back(desk, done.move_id, "过敏", &back, NULL), MU_OK);
    assert_int_equal(back.sum.count, 30);
    assert_int_equal(back.after.balance.count, 50);
    assert_int_equal(stock_of(desk, soap), 5);
    assert_int_equal(mu_give_back(desk, done.move_id, "过敏", &back, &error), MU_REFUSED);
    assert_says(&error, "2：已退回（第 3 笔）：不用再退");
    assert_int_equal(mu_give_back(desk, 1, "过敏", &back, &error), MU_REFUSED);
    assert_int_equal(mu_give_back(desk, 99, "过敏", &back, &error), MU_INPUT);
    assert_int_equal(mu_read_receipt(desk, 3, &receipt, NULL), MU_OK);
    assert_true(receipt.back);
    assert_int_equal(receipt.sum.count, 30);
    assert_int_equal(mu_read_receipt(desk, 2, &receipt, NULL), MU_OK);
    assert_true(receipt.line[0].returned);
    mu_receipt_write(&receipt, 48, MU_ENGLISH, paper);
    assert_non_null(strstr(paper, "(came back)"));
    assert_int_equal(mu_read_receipt(desk, 1, &receipt, &error), MU_INPUT);
    assert_int_equal(mu_read_receipt(desk, 99, &receipt, &error), MU_INPUT);
    assert_sound(desk);
}

static void asked_again_under_its_key_it_happens_once(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t wang = home_add(desk, "name", "王桂英", NULL), soap = shelf(desk, "香皂", "15", 5);
    const struct mu_basket basket = {
        .resident_id = wang, .line = {{soap, 1}}, .count = 1, .key = "d41d8cd98f00"};
    struct mu_redeemed first, again;

    earn(desk, wang, today, 50);
    assert_int_equal(mu_redeem(desk, &basket, &first, NULL), MU_OK);
    assert_int_equal(mu_redeem(desk, &basket, &again, NULL), MU_OK);
    assert_false(first.already);
    assert_true(again.already);
    assert_int_equal(again.move_id, first.move_id);
    assert_int_equal(again.sum.count, 15);
    assert_int_equal(again.before.balance.count, 50);
    assert_int_equal(points_of(desk, wang), 35);
    assert_int_equal(stock_of(desk, soap), 4);
}

static void the_dead_get_nothing_and_who_moved_away_may_spend_the_rest(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t wang = home_add(desk, "name", "王桂英", NULL),
            li = home_add(desk, "name", "李福", NULL);
    int64_t soap = shelf(desk, "香皂", "15", 5);
    struct mu_redeemed done;
    struct mu_error error;

    earn(desk, wang, today, 50);
    earn(desk, li, today, 50);
    assert_int_equal(mu_end_resident(desk, wang, MU_DECEASED, today, NULL), MU_OK);
    assert_int_equal(mu_end_resident(desk, li, MU_MOVED_OUT, today, NULL), MU_OK);
    assert_int_equal(redeem(desk, wang, soap, 1, &done, &error), MU_REFUSED);
    assert_int_equal(redeem(desk, li, soap, 1, &done, NULL), MU_OK);
}

static void points_of_linked_files_are_one_purse(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t wang = home_add(desk, "name", "王桂英", "phone", "13800001111", NULL);
    int64_t twin = home_add(desk, "name", "王桂英", "phone", "13800001112", NULL);
    int64_t soap = shelf(desk, "香皂", "15", 5);
    struct mu_redeemed done;

    earn(desk, wang, today, 20);
    earn(desk, twin, today, 20);
    assert_int_equal(redeem(desk, wang, soap, 2, &done, NULL), MU_REFUSED);
    assert_int_equal(mu_link_twins(desk, wang, twin, "", NULL), MU_OK);
    assert_int_equal(points_of(desk, wang), 40);
    assert_int_equal(redeem(desk, twin, soap, 2, &done, NULL), MU_OK);
    assert_int_equal(done.after.balance.count, 10);
    assert_int_equal(mu_give_back(desk, done.move_id, "拿错了", &done, NULL), MU_OK);
    assert_int_equal(done.after.balance.count, 40);
    assert_sound(desk);
}

static void the_shelf_is_counted_and_what_spoiled_is_written_off(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t rice = shelf(desk, "大米", "60", 12);
    struct mu_goods goods;
    struct mu_error error;

    assert_int_equal(mu_stock_goods(desk, rice, MU_GOODS_COUNTED, 12, NULL, &goods, NULL), MU_OK);
    assert_int_equal(mu_stock_goods(desk, rice, MU_GOODS_COUNTED, 10, NULL, &goods, &error),
                     MU_INPUT);
    assert_int_equal(mu_stock_goods(desk, rice, MU_GOODS_COUNTED, 10, "少两袋", &goods, NULL),
                     MU_OK);
    assert_int_equal(goods.stock, 10);
    assert_int_equal(mu_stock_goods(desk, rice, MU_GOODS_SPOILED, 1, "", &goods, &error), MU_INPUT);
    assert_int_equal(mu_stock_goods(desk, rice, MU_GOODS_SPOILED, 11, "受潮", &goods, &error),
                     MU_REFUSED);
    assert_says(&error, "大米：只有 10 件：请改损耗的件数，或先盘点");
    assert_int_equal(mu_stock_goods(desk, rice, MU_GOODS_SPOILED, 1, "受潮", &goods, NULL), MU_OK);
    assert_int_equal(mu_stock_goods(desk, rice, MU_GOODS_RECEIVED, -3, NULL, &goods, &error),
                     MU_INPUT);
    assert_int_equal(mu_stock_goods(desk, rice, MU_GOODS_COUNTED, -1, "x", &goods, &error),
                     MU_INPUT);
    assert_int_equal(stock_of(desk, rice), 9);
    assert_sound(desk);
}

static void a_price_of_nothing_and_a_name_twice_are_refused(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    struct mu_goods_form form = {.name = "香皂", .price = "0"}, stale;
    const char *field = NULL;
    struct mu_error error;

    shelf(desk, "香皂", "15", 5);
    assert_int_equal(mu_save_goods(desk, &form, &field, &error), MU_INPUT);
    assert_string_equal(field, "price");
    strcpy(form.price, "１５");
    assert_int_equal(mu_save_goods(desk, &form, &field, &error), MU_INPUT);
    assert_string_equal(field, "name");
    strcpy(form.per_month, "-2");
    assert_int_equal(mu_save_goods(desk, &form, &field, &error), MU_INPUT);
    assert_string_equal(field, "per_month");
    *form.name = '\0';
    assert_int_equal(mu_save_goods(desk, &form, &field, &error), MU_INPUT);
    form = (struct mu_goods_form){.name = "洗衣液", .price = "30", .unit = "瓶"};
    assert_int_equal(mu_save_goods(desk, &form, NULL, NULL), MU_OK);
    stale = form;
    strcpy(form.price, "40");
    assert_int_equal(mu_save_goods(desk, &form, NULL, NULL), MU_OK);
    assert_int_equal(mu_save_goods(desk, &stale, NULL, &error), MU_REFUSED);
    assert_says(&error, "洗衣液：别的工作人员刚改过：请重新打开再改");
}

static void goods_are_found_by_number_name_and_part(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t soap = shelf(desk, "香皂", "15", 5), fine = shelf(desk, "香皂礼盒", "60", 5);
    struct mu_goods goods;
    struct mu_error error;

    assert_int_equal(mu_find_goods(desk, "香皂", &goods, NULL), MU_OK);
    assert_int_equal(goods.id, soap);
    assert_int_equal(mu_find_goods(desk, "礼盒", &goods, NULL), MU_OK);
    assert_int_equal(goods.id, fine);
    assert_int_equal(mu_find_goods(desk, " ２ ", &goods, NULL), MU_OK);
    assert_int_equal(goods.id, fine);
    assert_int_equal(mu_find_goods(desk, "皂", &goods, &error), MU_INPUT);
    assert_int_equal(mu_find_goods(desk, "9", &goods, &error), MU_INPUT);
    assert_int_equal(mu_find_goods(desk, "", &goods, &error), MU_INPUT);
}

int main(void)
{
#define STORY(name) cmocka_unit_test_setup_teardown(name, goods_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(a_volunteer_takes_soap_and_rice_home),
        STORY(nobody_spends_more_than_there_is),
        STORY(one_thing_that_is_not_there_leaves_the_whole_basket),
        STORY(a_month_has_its_limit_and_the_next_one_begins_anew),
        STORY(what_comes_back_is_on_the_shelf_again_and_once_only),
        STORY(asked_again_under_its_key_it_happens_once),
        STORY(the_dead_get_nothing_and_who_moved_away_may_spend_the_rest),
        STORY(points_of_linked_files_are_one_purse),
        STORY(the_shelf_is_counted_and_what_spoiled_is_written_off),
        STORY(a_price_of_nothing_and_a_name_twice_are_refused),
        STORY(goods_are_found_by_number_name_and_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
