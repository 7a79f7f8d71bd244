#include "unit/goods_home.h"

#include <iconv.h>

/* The rows that were refused. */
struct faults {
    unsigned long line[8];
    char sentence[8][256];
    size_t count;
};

static void note_fault(void *context, unsigned long line, const struct mu_error *why)
{
    struct faults *faults = context;

    assert_true(faults->count < 8);
    faults->line[faults->count] = line;
    mu_error_text(why, MU_CHINESE, faults->sentence[faults->count++], 256);
}

static void write_bytes(const struct home *home, const char *bytes, size_t size, char path[96])
{
    FILE *file;

    snprintf(path, 96, "%s/goods.csv", home->folder);
    file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static enum mu_status import(const struct home *home, const char *table, bool trial,
                             struct mu_goods_import *out, struct faults *faults,
                             struct mu_error *error)
{
    char path[96];

    write_bytes(home, table, strlen(table), path);
    if (faults)
        faults->count = 0;
    return mu_import_goods(home->desk, path, trial, faults ? note_fault : NULL, faults, out, error);
}

static bool count_row(void *context, const struct mu_goods *goods)
{
    (void)goods;
    *(size_t *)context += 1;
    return true;
}

static size_t goods_in(struct mu_desk *desk)
{
    size_t count = 0;

    assert_int_equal(mu_list_goods(desk, true, count_row, &count, NULL), MU_OK);
    return count;
}

static bool last_reason(void *context, const struct mu_goods_move *move)
{
    mu_text_copy(context, MU_REASON_SIZE, move->reason);
    return false;
}

static void assert_counts(const struct mu_goods_import *done, size_t added, size_t changed,
                          size_t same, size_t stocked)
{
    assert_int_equal(done->added, added);
    assert_int_equal(done->changed, changed);
    assert_int_equal(done->same, same);
    assert_int_equal(done->stocked, stocked);
}

#define SHELF                                                                                      \
    "品名,单位,积分,每月,库存\n"                                                         \
    "香皂,块,15,,20\n"                                                                          \
    ",,,,\n"                                                                                       \
    "洗衣液,瓶,３０,2,０\n"                                                                 \
    "大米,袋,60,1,12\n"

static void a_shelf_comes_in_and_the_same_file_again_does_nothing(void **state)
{
    const struct home *home = *state;
    struct mu_goods_import done;
    struct mu_goods goods;

    assert_int_equal(import(home, SHELF, true, &done, NULL, NULL), MU_OK);
    assert_counts(&done, 3, 0, 0, 2);
    assert_int_equal(goods_in(home->desk), 0);
    assert_int_equal(import(home, SHELF, false, &done, NULL, NULL), MU_OK);
    assert_counts(&done, 3, 0, 0, 2);
    assert_int_equal(mu_find_goods(home->desk, "洗衣液", &goods, NULL), MU_OK);
    assert_int_equal(goods.price.count, 30);
    assert_int_equal(goods.per_month, 2);
    assert_int_equal(goods.stock, 0);
    assert_string_equal(goods.unit, "瓶");
    assert_int_equal(import(home, SHELF, false, &done, NULL, NULL), MU_OK);
    assert_counts(&done, 0, 0, 3, 0);
    assert_sound(home->desk);
}

static void what_a_row_does_not_say_stays_and_the_stock_is_a_count(void **state)
{
    const struct home *home = *state;
    struct mu_goods_import done;
    struct mu_goods goods;
    char reason[MU_REASON_SIZE];

    assert_int_equal(import(home, SHELF, false, &done, NULL, NULL), MU_OK);
    assert_int_equal(import(home, "name;points;stock\n大米;70;\n香皂;15;18\n洗衣液;30;5\n", false,
                            &done, NULL, NULL),
                     MU_OK);
    assert_counts(&done, 0, 1, 0, 2);
    assert_int_equal(mu_find_goods(home->desk, "大米", &goods, NULL), MU_OK);
    assert_int_equal(goods.price.count, 70);
    assert_int_equal(goods.per_month, 1);
    assert_int_equal(goods.stock, 12);
    assert_string_equal(goods.unit, "袋");
    assert_int_equal(mu_find_goods(home->desk, "香皂", &goods, NULL), MU_OK);
    assert_int_equal(goods.stock, 18);
    assert_int_equal(mu_goods_history(home->desk,
                                      &(struct mu_goods_filter){.goods_id = goods.id, .limit = 1},
                                      last_reason, reason, NULL),
                     MU_OK);
    assert_string_equal(reason, "goods.csv");
    assert_sound(home->desk);
}

static void one_bad_row_and_nothing_is_kept(void **state)
{
    const struct home *home = *state;
    struct mu_goods_import done = {.added = 77};
    struct faults faults;
    struct mu_error error;
    char path[96], sentence[512];

    assert_int_equal(import(home,
                            "名称,积分,库存\n"
                            "香皂,15,20\n"
                            "大米,60,-3\n"
                            "洗衣液,0,4\n"
                            "香皂,15,1\n"
                            ",20,1\n"
                            "牙膏,=1+1,1\n"
                            "纸巾,5,100001\n",
                            false, &done, &faults, &error),
                     MU_INPUT);
    snprintf(path, sizeof path, "%s/goods.csv", home->folder);
    snprintf(sentence, sizeof sentence, "%s：有 6 行不对，都没有导入：请改好后重新导入", path);
    assert_says(&error, sentence);
    assert_int_equal(faults.count, 6);
    assert_int_equal(faults.line[0], 3);
    assert_string_equal(faults.sentence[0], "库存：-3 不行：不能少于 0，请填盘点到的件数");
    assert_string_equal(faults.sentence[1], "积分：0 不行：请填 1–10000 的整数");
    assert_string_equal(faults.sentence[2], "香皂：写了两遍：请合在一起");
    assert_string_equal(faults.sentence[3], "名称：是空的：请填物品的名称");
    assert_string_equal(faults.sentence[4], "积分：=1+1 不行：请填 1–10000 的整数");
    assert_int_equal(faults.line[5], 8);
    assert_int_equal(done.added, 77);
    assert_int_equal(goods_in(home->desk), 0);
    assert_int_equal(import(home, "名称,积分\n香皂,15\n大米,0\n", true, &done, NULL, &error),
                     MU_INPUT);
    assert_sound(home->desk);
}

static void a_file_without_the_columns_and_none_at_all_are_refused(void **state)
{
    const struct home *home = *state;
    struct mu_goods_import done;
    struct mu_error error;

    assert_int_equal(import(home, "名称,价格\n香皂,15\n", false, &done, NULL, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_goods_columns);
    assert_int_equal(import(home, "名称,积分\n\"香皂,15\n", false, &done, NULL, &error), MU_INPUT);
    assert_int_equal(
        mu_import_goods(home->desk, "/nonexistent/goods.csv", false, NULL, NULL, &done, &error),
        MU_INPUT);
    assert_int_equal(goods_in(home->desk), 0);
}

static void five_hundred_kinds_and_no_more(void **state)
{
    const struct home *home = *state;
    char *table = malloc(MU_GOODS_ROWS * 16 + 64), *end;
    struct mu_goods_import done;
    struct mu_error error;

    assert_non_null(table);
    end = stpcpy(table, "名称,积分\n");
    for (int i = 0; i <= MU_GOODS_ROWS; i++)
        end += sprintf(end, "g%d,1\n", i);
    assert_int_equal(import(home, table, false, &done, NULL, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_goods_many);
    assert_int_equal(goods_in(home->desk), 0);
    free(table);
}

static void a_table_of_wps_and_a_cell_like_a_formula(void **state)
{
    const struct home *home = *state;
    char utf8[] = "名称,单位,积分,库存\r\n\"=HYPERLINK(1)\",袋,60,12\r\n'=香皂,块,15,3\r\n";
    char gbk[256], path[96], *in = utf8, *out = gbk;
    size_t in_left = strlen(utf8), out_left = sizeof gbk;
    iconv_t converter = iconv_open("GB18030", "UTF-8");
    struct mu_goods_import done;
    struct mu_goods goods;

    assert_int_equal(iconv(converter, &in, &in_left, &out, &out_left), 0);
    iconv_close(converter);
    write_bytes(home, gbk, sizeof gbk - out_left, path);
    assert_int_equal(mu_import_goods(home->desk, path, false, NULL, NULL, &done, NULL), MU_OK);
    assert_counts(&done, 2, 0, 0, 2);
    assert_int_equal(mu_find_goods(home->desk, "香皂", &goods, NULL), MU_OK);
    assert_string_equal(goods.name, "=香皂");
    assert_string_equal(goods.unit, "块");
    assert_int_equal(mu_find_goods(home->desk, "HYPERLINK", &goods, NULL), MU_OK);
    assert_string_equal(goods.name, "=HYPERLINK(1)");
    assert_int_equal(goods.stock, 12);
}

int main(void)
{
#define STORY(name) cmocka_unit_test_setup_teardown(name, goods_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(a_shelf_comes_in_and_the_same_file_again_does_nothing),
        STORY(what_a_row_does_not_say_stays_and_the_stock_is_a_count),
        STORY(one_bad_row_and_nothing_is_kept),
        STORY(a_file_without_the_columns_and_none_at_all_are_refused),
        STORY(five_hundred_kinds_and_no_more),
        STORY(a_table_of_wps_and_a_cell_like_a_formula),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
