#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <mulin/base/name_key.h>
#include <mulin/base/text.h>
#include <stdio.h>
#include <string.h>

/* The rank under which `name` answers to `key`; 0 when it does not. */
static int rank_of(const char *name, const char *key)
{
    struct mu_name_keys keys;

    mu_name_keys(name, &keys);
    for (size_t i = 0; i < keys.count; i++)
        if (strcmp(keys.key[i].text, key) == 0)
            return (int)keys.key[i].rank;
    return 0;
}

static void assert_answers(const char *name, const char *key, enum mu_key_rank rank)
{
    if (rank_of(name, key) != (int)rank)
        fail_msg("%s answers to '%s' in rank %d", name, key, rank_of(name, key));
}

static void assert_same_keys(const char *one, const char *other)
{
    struct mu_name_keys left, right;

    mu_name_keys(one, &left);
    mu_name_keys(other, &right);
    assert_int_equal(left.count, right.count);
    for (size_t i = 0; i < left.count; i++) {
        assert_string_equal(left.key[i].text, right.key[i].text);
        assert_int_equal(left.key[i].rank, right.key[i].rank);
    }
}

static void a_neighbour_is_found_by_characters_pinyin_and_initials(void **state)
{
    (void)state;
    assert_answers("张金凤", "张金凤", MU_KEY_WHOLE);
    assert_answers("张金凤", "zhangjinfeng", MU_KEY_WHOLE);
    assert_answers("张金凤", "zjf", MU_KEY_WHOLE);
    assert_answers("张金凤", "金凤", MU_KEY_PART);
    assert_answers("张金凤", "凤", MU_KEY_PART);
    assert_answers("张金凤", "jinfeng", MU_KEY_PART);
    assert_answers("张金凤", "feng", MU_KEY_PART);
    assert_answers("张金凤", "jf", MU_KEY_PART);
    assert_answers("张金凤", "f", MU_KEY_PART);
    assert_answers("张金凤", "zhangjin", 0); /* a beginning is a range of the whole key */
}

static void surnames_are_read_as_surnames(void **state)
{
    static const struct {
        const char *name, *pinyin, *initials, *common;
    } people[] = {
        {"单田芳", "shantianfang", "stf", "dantianfang"},
        {"曾国藩", "zengguofan", "zgf", "cengguofan"},
        {"解晓东", "xiexiaodong", "xxd", "jiexiaodong"},
        {"仇小明", "qiuxiaoming", "qxm", "chouxiaoming"},
        {"区志强", "ouzhiqiang", "ozq", "quzhiqiang"},
        {"查良镛", "zhaliangyong", "zly", "chaliangyong"},
        {"盖丽丽", "gelili", "gll", "gailili"},
        {"朴英姬", "piaoyingji", "pyj", "puyingji"},
        {"缪春兰", "miaochunlan", "mcl", "mouchunlan"},
        {"乐嘉", "yuejia", "yj", "lejia"},
        {"尉迟恭", "yuchigong", "ycg", "weichigong"},
        {"万俟卨", "moqixie", "mqx", "wanqixie"},
        {"长孙无忌", "zhangsunwuji", "zswj", NULL},
        {"澹台灭明", "tantaimieming", "ttmm", "dantaimieming"},
        {"单于明", "chanyuming", "cym", "danyuming"},
        {"翟志刚", "zhaizhigang", "zzg", "dizhigang"},
        {"繁小英", "poxiaoying", "pxy", "fanxiaoying"},
        {"覃小英", "qinxiaoying", "qxy", "tanxiaoying"},
        {"种楚", "chongchu", "cc", "zhongchu"},
        {"员小英", "yunxiaoying", "yxy", "yuanxiaoying"},
        {"隗小英", "weixiaoying", "wxy", "kuixiaoying"},
        {"牟其中", "mouqizhong", "mqz", "muqizhong"},
        {"谌小英", "chenxiaoying", "cxy", "shenxiaoying"},
        {"欧阳修", "ouyangxiu", "oyx", NULL},
        {"司马光", "simaguang", "smg", NULL},
        {"诸葛亮", "zhugeliang", "zgl", NULL},
        {"上官婉儿", "shangguanwaner", "sgwe", NULL},
        {"任小英", "renxiaoying", "rxy", NULL},
        {"华小英", "huaxiaoying", "hxy", NULL},
        {"冼小英", "xianxiaoying", "xxy", NULL},
        {"逄小英", "pangxiaoying", "pxy", NULL},
        {"卜小英", "buxiaoying", "bxy", NULL},
        {"沈小英", "shenxiaoying", "sxy", NULL},
        {"万小英", "wanxiaoying", "wxy", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        assert_answers(people[i].name, people[i].pinyin, MU_KEY_WHOLE);
        assert_answers(people[i].name, people[i].initials, MU_KEY_WHOLE);
        if (people[i].common)
            assert_answers(people[i].name, people[i].common, MU_KEY_PART);
    }
    assert_answers("单田芳", "dtf", MU_KEY_PART);
    assert_answers("宓小英", "mixiaoying", MU_KEY_WHOLE);
    assert_answers("宓小英", "fuxiaoying", MU_KEY_PART);
}

static void a_surname_is_special_only_in_its_place(void **state)
{
    (void)state;
    assert_answers("王单", "wangdan", MU_KEY_WHOLE);
    assert_answers("王解放", "wangjiefang", MU_KEY_WHOLE);
    assert_answers("单于", "shanyu", MU_KEY_WHOLE); /* two characters: 单, called 于 */
    assert_answers("单·田芳", "dantianfang", MU_KEY_WHOLE);
    assert_answers("单", "shan", MU_KEY_WHOLE);
    assert_answers("单", "dan", MU_KEY_PART);
}

static void the_umlaut_answers_to_v_and_to_u(void **state)
{
    (void)state;
    assert_answers("吕", "lv", MU_KEY_WHOLE);
    assert_answers("吕", "lu", MU_KEY_WHOLE);
    assert_answers("吕布", "lvbu", MU_KEY_WHOLE);
    assert_answers("吕布", "lubu", MU_KEY_WHOLE);
    assert_answers("吕布", "lb", MU_KEY_WHOLE);
    assert_answers("张绿", "lv", MU_KEY_PART);
    assert_answers("张绿", "lu", MU_KEY_PART);
    assert_answers("虞姬", "yuji", MU_KEY_WHOLE);
}

static void a_given_name_answers_to_its_other_common_reading(void **state)
{
    (void)state;
    assert_answers("张重阳", "zhangzhongyang", MU_KEY_WHOLE);
    assert_answers("张重阳", "zhangchongyang", MU_KEY_PART);
    assert_answers("张重阳", "zcy", MU_KEY_PART);
    assert_answers("王乐", "wangyue", MU_KEY_PART);
}

static void traditional_and_simplified_names_find_each_other(void **state)
{
    char folded[64];

    (void)state;
    assert_same_keys("張金嫻", "张金娴");
    assert_same_keys("單田芳", "单田芳");
    assert_same_keys("鄭龍鳳", "郑龙凤");
    assert_same_keys("長孫無忌", "长孙无忌");
    assert_same_keys("葛\U000E0100小英", "葛小英"); /* a variation selector does not count */
    mu_name_fold("張金嫻", folded, sizeof folded);
    assert_string_equal(folded, "张金娴");
    mu_name_fold("李乾", folded, sizeof folded); /* 乾 is in use beside 干 */
    assert_string_equal(folded, "李乾");
    assert_answers("李乾", "liqian", MU_KEY_WHOLE);
}

static void rare_characters_keep_their_bytes(void **state)
{
    (void)state;
    assert_answers("王\U00031350\U000323AF", "王\U00031350\U000323AF", MU_KEY_WHOLE);
    assert_answers("王\U00031350\U000323AF", "\U000323AF", MU_KEY_PART);
    assert_answers("\U00020BB7野", "\U00020BB7野", MU_KEY_WHOLE);
    assert_answers("王\U0003FFFD英", "wangying", MU_KEY_WHOLE); /* passed over: no reading */
    assert_answers("王\U0003FFFD英", "wy", MU_KEY_WHOLE);
}

static void names_of_other_peoples_have_keys(void **state)
{
    (void)state;
    assert_answers("阿卜杜·热合曼", "阿卜杜热合曼", MU_KEY_WHOLE);
    assert_answers("阿卜杜·热合曼", "热合曼", MU_KEY_PART);
    assert_answers("阿卜杜·热合曼", "reheman", MU_KEY_PART);
    assert_answers("阿卜杜·热合曼", "rhm", MU_KEY_PART);
    assert_same_keys("阿卜杜·热合曼", "阿卜杜.热合曼");
    assert_same_keys("阿卜杜·热合曼", "阿卜杜・热合曼");
    /* Too long for every ending: the parts that the dots make come first. */
    assert_answers("阿卜杜克里木·买买提艾力·热合曼", "热合曼", MU_KEY_PART);
    assert_answers("阿卜杜克里木·买买提艾力·热合曼", "mmtalrhm", MU_KEY_PART);
    assert_answers("John Smith", "johnsmith", MU_KEY_WHOLE);
    assert_answers("John Smith", "js", MU_KEY_WHOLE);
    assert_answers("John Smith", "smith", MU_KEY_PART);
    assert_answers("José Müller", "josemuller", MU_KEY_WHOLE);
    assert_answers("ＴＯＭ", "tom", MU_KEY_WHOLE);
    assert_answers("张Tom", "zhangtom", MU_KEY_WHOLE);
    assert_answers("张Tom", "zt", MU_KEY_WHOLE);
}

static void typed_words_take_the_form_of_the_keys(void **state)
{
    char folded[64], little[8];

    (void)state;
    mu_name_fold("　ＺＪＦ ", folded, sizeof folded);
    assert_string_equal(folded, "zjf");
    mu_name_fold("Zhang Jin\tFeng", folded, sizeof folded);
    assert_string_equal(folded, "zhangjinfeng");
    mu_name_fold("3-201", folded, sizeof folded);
    assert_string_equal(folded, "3-201");
    mu_name_fold("\xFF张\xC3", folded, sizeof folded);
    assert_string_equal(folded, "张");
    mu_name_fold("张三丰", little, sizeof little);
    assert_string_equal(little, "张三");
    mu_name_pinyin("单田芳", folded, sizeof folded);
    assert_string_equal(folded, "shan tian fang");
    mu_name_pinyin("吕布", folded, sizeof folded);
    assert_string_equal(folded, "lv bu");
    mu_name_pinyin("单田芳", little, sizeof little);
    assert_string_equal(little, "shan");
}

static void assert_good_order(const char *name)
{
    struct mu_name_keys keys;

    mu_name_keys(name, &keys);
    assert_true(keys.count <= MU_NAME_KEYS);
    for (size_t i = 0; i < keys.count; i++) {
        size_t length = strlen(keys.key[i].text);

        assert_in_range(length, 1, MU_NAME_KEY_SIZE - 1);
        assert_true(mu_text_valid(keys.key[i].text, length));
        if (i > 0)
            assert_true(keys.key[i - 1].rank <= keys.key[i].rank);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(keys.key[i].text, keys.key[j].text);
    }
}

/* No key twice, none empty, none too long, wholes first; whatever the name is. */
static void keys_are_in_good_order_for_any_name(void **state)
{
    static const char *const names[] = {"",
                                        " ",
                                        "·",
                                        "张",
                                        "张三",
                                        "\xFF",
                                        "\xE5\xBC",
                                        "a",
                                        "한국",
                                        "مۇھەممەد",
                                        "吕绿女略",
                                        "张\x1b[2J三",
                                        "地得的了着过行重长乐",
                                        "\u3300\uFDFA"};
    static const char *const parts[] = {"张",  "双",     "a",    "ab ",
                                        "吕·", "\uFDFA", "\xFF", "\U00020BB7"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_good_order(names[i]);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char endless[1200] = "";

        while (strlen(endless) + strlen(parts[i]) < sizeof endless)
            strcat(endless, parts[i]);
        assert_good_order(endless);
    }
}

/* Folding is what makes a search key of what is typed, so it must not change a key again. */
static void folding_twice_is_folding_once(void **state)
{
    (void)state;
    for (uint32_t rune = 0x20; rune < 0x33480; rune++) {
        char text[5], once[128], twice[128];

        mu_text_encode(rune, text);
        mu_name_fold(text, once, sizeof once);
        mu_name_fold(once, twice, sizeof twice);
        if (strcmp(once, twice) != 0)
            fail_msg("U+%04X folds to %s and then to %s", rune, once, twice);
    }
}

static void assert_initials(const char *name)
{
    char pinyin[256], initials[64], wanted[64];
    size_t used = 0;

    mu_name_pinyin(name, pinyin, sizeof pinyin);
    for (size_t i = 0; pinyin[i]; i++)
        if (i == 0 || pinyin[i - 1] == ' ')
            wanted[used++] = pinyin[i];
    wanted[used] = '\0';
    mu_name_initials(name, initials, sizeof initials);
    if (strcmp(initials, wanted) != 0)
        fail_msg("%s: '%s' instead of '%s'", name, initials, wanted);
}

static void initials_are_the_first_letters_of_the_reading(void **state)
{
    static const char *const names[] = {
        "",      "张金凤",   "單雄信",       "尉迟敬德", "Anna Müller", "阿依古丽·买买提",
        "张Tom", "吕布",     "万俟雄",       "欧阳𠮷",   "张 三",       "〇〇",
        "ＡＢ",  "张\xFF三", "单于·阿依古丽"};
    char name[16], first[8];

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_initials(names[i]);
    for (uint32_t rune = 0x4E00; rune <= 0x9FFF; rune++) {
        mu_text_encode(rune, first);
        snprintf(name, sizeof name, "%s金", first);
        assert_initials(name);
    }
}

static void no_more_initials_than_there_is_room(void **state)
{
    char little[3];

    (void)state;
    mu_name_initials("张金凤", little, sizeof little);
    assert_string_equal(little, "zj");
    mu_name_initials("单田芳", little, sizeof little);
    assert_string_equal(little, "st");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(initials_are_the_first_letters_of_the_reading),
        cmocka_unit_test(no_more_initials_than_there_is_room),
        cmocka_unit_test(a_neighbour_is_found_by_characters_pinyin_and_initials),
        cmocka_unit_test(surnames_are_read_as_surnames),
        cmocka_unit_test(a_surname_is_special_only_in_its_place),
        cmocka_unit_test(the_umlaut_answers_to_v_and_to_u),
        cmocka_unit_test(a_given_name_answers_to_its_other_common_reading),
        cmocka_unit_test(traditional_and_simplified_names_find_each_other),
        cmocka_unit_test(rare_characters_keep_their_bytes),
        cmocka_unit_test(names_of_other_peoples_have_keys),
        cmocka_unit_test(typed_words_take_the_form_of_the_keys),
        cmocka_unit_test(keys_are_in_good_order_for_any_name),
        cmocka_unit_test(folding_twice_is_folding_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
