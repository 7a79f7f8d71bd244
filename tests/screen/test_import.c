#include "screen/story.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char list[] = "姓名,电话,手机,老人情况,楼栋,室,居住类型,标签\n"
                           "王小明,13900000011,13900000012,一般,9,101,自住,党员\n"
                           "赵一,138几,,,9,102,自住,\n"
                           ",,,,9,103,闲置,\n"
                           "钱二,,,,9,104,民宅,\n"
                           "张金凤,13900000013,,,,,,\n"
                           "孙三,,,,9,105,租户,低保\n";

/* The folder that the desk works in, with a table of a known day. */
static void put_file(const struct story *story, const char *name, const char *text, size_t length)
{
    const struct timespec days[2] = {{1763780400, 0}, {1763780400, 0}}; /* 2025-11-22 11:00 */
    char folder[96], path[160];
    FILE *file;

    snprintf(folder, sizeof folder, "%s/表格", story->folder);
    mkdir(folder, 0700);
    assert_int_equal(chdir(folder), 0);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    fclose(file);
    assert_int_equal(utimensat(AT_FDCWD, path, days, 0), 0);
}

static void open_import(struct story *story)
{
    story_press(story, F(9));
    story_type(story, story->language == MU_CHINESE ? "导入" : "import");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "import");
}

static void pick(struct story *story, const char *word)
{
    story_press(story, F(4));
    story_type(story, word);
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "import");
}

static const char *word(const struct story *story, const char *chinese, const char *english)
{
    return story->language == MU_CHINESE ? chinese : english;
}

static void a_table_comes_in_and_goes_again_story(struct story *story)
{
    put_file(story, "民政局名单.csv", list, strlen(list));
    mkdir("旧表", 0700);
    open_import(story);
    assert_golden(story, "import_choose");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "第 2 列和第 3 列都是“电话”", "columns 2 and 3 are both");
    assert_golden(story, "import_columns_fault");
    /* Before that is mended nothing is tried. */
    story_press(story, F(2));
    assert_shows(story, "第 2 列和第 3 列都是“电话”", "columns 2 and 3 are both");
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_DOWN);
    pick(story, word(story, "不导入", "passed over"));
    story_press(story, MU_KEY_DOWN);
    pick(story, "note");
    assert_golden(story, "import_columns");
    story_press(story, F(2));
    assert_shows(story, "试导入", "Dry run");
    assert_golden(story, "import_checked");
    story_press(story, F(2));
    assert_golden(story, "import_ask");
    story_type(story, "y");
    assert_shows(story, "已导入", "was imported");
    assert_golden(story, "import_done");
    assert_int_equal(access("民政局名单.rejects.csv", R_OK), 0);
    story_press(story, F(8));
    assert_golden(story, "import_undo");
    story_type(story, "y");
    assert_shows(story, "已撤销", "taken back");
    assert_golden(story, "import_undone");
}

static void a_mapping_is_kept_and_used_again_story(struct story *story)
{
    put_file(story, "一.csv", list, strlen(list));
    open_import(story);
    story_press(story, MU_KEY_ENTER);
    /* Nothing is kept yet, and nothing was said yet. */
    story_press(story, F(6));
    assert_shows(story, "还没有保存过", "no mapping is kept");
    story_press(story, F(7));
    story_type(story, "民政局");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "还没有改过任何一列", "no column was changed");
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_DOWN);
    pick(story, word(story, "不导入", "passed over"));
    story_press(story, F(7));
    story_type(story, "民政局");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "民政局", "民政局");
    /* By its header again, and then by the kept one. */
    pick(story, word(story, "按列名", "as its header"));
    assert_shows(story, "都是“电话”", "are both");
    story_press(story, F(6));
    story_press(story, MU_KEY_ENTER);
    assert_false(story_shows(story, word(story, "都是“电话”", "are both")));
    story_press(story, F(2));
    assert_shows(story, "试导入", "Dry run");
    story_press(story, MU_KEY_ESCAPE);
    assert_shows(story, "民政局", "民政局");
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
}

static void a_file_that_was_changed_meanwhile_is_looked_at_again_story(struct story *story)
{
    static const char good[] = "姓名,卡号\n王小明,7701\n", other[] = "姓名,卡号\n王小红,7702\n";

    put_file(story, "一.csv", good, strlen(good));
    open_import(story);
    story_press(story, MU_KEY_ENTER);
    story_press(story, F(2));
    assert_shows(story, "新增 1", "1 added");
    unlink("一.csv");
    put_file(story, "一.csv", other, strlen(other));
    story_press(story, F(2));
    story_type(story, "y");
    assert_shows(story, "又改过", "was changed since");
    assert_int_equal(story_find(story, "8801"), 1);
    story_press(story, F(5));
    assert_shows(story, "王小红", "王小红");
    story_press(story, F(2));
    story_press(story, F(2));
    story_type(story, "y");
    assert_shows(story, "已导入", "was imported");
    /* Once more it says nothing new. */
    story_press(story, F(7));
    story_press(story, MU_KEY_ENTER);
    story_press(story, F(2));
    story_press(story, F(2));
    assert_top(story, "import");
    assert_shows(story, "没有新内容", "nothing new");
}

static void a_path_is_typed_story(struct story *story)
{
    static const char good[] = "姓名,卡号\n王小明,7701\n";

    put_file(story, "一.csv", good, strlen(good));
    mkdir("旧表", 0700);
    /* One key from the list that it is to fill. */
    story_type(story, "2");
    story_press(story, F(6));
    assert_top(story, "import");
    story_type(story, "没有这个.csv");
    assert_shows(story, "没有这样的 CSV", "no such CSV");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "打不开", "cannot open");
    for (int i = 0; i < 8; i++)
        story_press(story, MU_KEY_BACKSPACE);
    story_type(story, "旧");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "旧表/", "旧表/");
    story_type(story, "../一");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "UTF-8", "UTF-8");
    assert_shows(story, "一.csv", "一.csv");
    /* A workbook under the name of a table, a folder and nothing at all. */
    put_file(story, "二.csv", "PK\3\4xx", 6);
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, F(5));
    for (int i = 0; i < 5; i++)
        story_press(story, MU_KEY_BACKSPACE);
    story_type(story, "二");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "Excel", "Excel");
    assert_top(story, "import");
}

STORY(a_table_comes_in_and_goes_again)
STORY(a_mapping_is_kept_and_used_again)
STORY(a_file_that_was_changed_meanwhile_is_looked_at_again)
STORY(a_path_is_typed)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(a_table_comes_in_and_goes_again),
        TOLD(a_mapping_is_kept_and_used_again),
        TOLD(a_file_that_was_changed_meanwhile_is_looked_at_again),
        TOLD(a_path_is_typed),
    };

    return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
