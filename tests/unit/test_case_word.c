/* Searching the notes of mediation cases, which lie sealed: store/case_word_store.h. */
#include "unit/case_notes.h"

#include "base/word_text.h"

#include <mulin/desk/key.h>

/* The only case that was found; 0: none or more. */
static int64_t only(const struct mu_case_words_found *found)
{
    return found->case_id && found->count == 1 ? found->case_id[0] : 0;
}

static enum mu_message refused(struct drawer *drawer, const char *query)
{
    const struct mu_case_words_search asked = {.query = query, .limit = 20};
    struct mu_case_words_found found = {0};
    struct mu_error error = {0};

    assert_int_equal(search(drawer, &asked, &found, &error), MU_INPUT);
    assert_null(found.case_id);
    return error.message;
}

static void change_key(struct drawer *drawer)
{
    char before[MU_KEY_MARK_SIZE], after[MU_KEY_MARK_SIZE];
    struct mu_error error;

    if (mu_change_key(drawer->home->desk, NULL, NULL, before, after, &error) != MU_OK)
        fail_msg("%d: %s %s", error.message, error.argument[0], error.argument[1]);
    assert_string_not_equal(before, after);
}

static void a_case_is_found_by_what_stands_in_its_notes(void **state)
{
    struct drawer *drawer = *state;

    three_quarrels(drawer);
    assert_string_equal(find(drawer, "漏水"), "1");
    assert_string_equal(find(drawer, "张金凤"), "1");
    assert_string_equal(find(drawer, "张"), "2 1");
    assert_string_equal(find(drawer, "漏"), "3 1");
    assert_string_equal(find(drawer, "狗"), "2");
    assert_string_equal(find(drawer, "遮雨棚"), "2");
    assert_string_equal(find(drawer, "13800001234"), "1");
    assert_string_equal(find(drawer, "0001"), "1");
    assert_string_equal(find(drawer, "楼上周阿宝家卫生间漏水"), "1");
    /* Traditional and full-width characters, and capitals, are the same. */
    assert_string_equal(find(drawer, "物业费纠纷"), "3");
    assert_string_equal(find(drawer, "張金鳳"), "1");
    assert_string_equal(find(drawer, "a座"), "1");
    assert_string_equal(find(drawer, "Ａ座３栋"), "1");
    /* Several words stand anywhere, each as it is. */
    assert_string_equal(find(drawer, "张 漏"), "1");
    assert_string_equal(find(drawer, "漏水，　张金凤"), "1");
    assert_string_equal(find(drawer, "漏水 遮雨棚"), "");
    assert_string_equal(find(drawer, "水漏"), "");
    assert_string_equal(find(drawer, "发霉a座"), ""); /* a full stop is between them */
    assert_string_equal(find(drawer, "暖气"), "");
    assert_int_equal(checked(drawer, NULL), MU_OK);
}

static void what_is_no_word_is_refused_kindly(void **state)
{
    struct drawer *drawer = *state;
    char query[MU_CASE_QUERY_BYTES + 2];

    three_quarrels(drawer);
    assert_int_equal(refused(drawer, ""), MU_SAY_error_case_words_none);
    assert_int_equal(refused(drawer, " ，。！\xff"), MU_SAY_error_case_words_none);
    assert_int_equal(refused(drawer, "一 二 三 四 五 六 七 八 九"), MU_SAY_error_case_words_many);
    memset(query, 'a', sizeof query - 1);
    query[sizeof query - 1] = '\0';
    assert_int_equal(refused(drawer, query), MU_SAY_error_case_words_long);
    query[MU_CASE_QUERY_BYTES] = '\0';
    assert_string_equal(find(drawer, query), "");
    assert_string_equal(find(drawer, "张 家 与 王 为 遮 雨 棚"), "2");
}

static void a_case_grows_note_by_note(void **state)
{
    struct drawer *drawer = *state;
    struct mu_error error;
    char text[256];

    three_quarrels(drawer);
    note_down(drawer, 2, "第二次：双方同意拆除遮雨棚。");
    note_down(drawer, 2, "");
    assert_string_equal(find(drawer, "拆除 吵架"), "2");
    assert_string_equal(find(drawer, "吵架拆除"), "");
    assert_int_equal(checked(drawer, NULL), MU_OK);
    /* A note that was saved without its words is told. */
    keep(drawer, 2, "回访：已经拆了，和好了。");
    assert_int_equal(checked(drawer, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_verify_case_words);
    assert_string_equal(error.argument[0], "2");
    mu_error_text(&error, MU_CHINESE, text, sizeof text);
    assert_non_null(strstr(text, "案卷 2"));
    /* So are words of a case that there is not, and a case of which nothing is there. */
    assert_int_equal(add(drawer, 2, drawer->note[2][2], NULL), MU_OK);
    assert_int_equal(checked(drawer, NULL), MU_OK);
    assert_int_equal(add(drawer, 9, "没有这一案", NULL), MU_OK);
    assert_int_equal(checked(drawer, &error), MU_STORE);
    assert_string_equal(error.argument[0], "9");
    open_cases(drawer, 10);
    keep(drawer, 10, "没有进检索");
    assert_int_equal(checked(drawer, &error), MU_STORE);
    assert_string_equal(error.argument[0], "10");
}

static void only_what_a_person_may_read_is_opened(void **state)
{
    struct drawer *drawer = *state;
    struct mu_id_set among = {0};
    struct mu_case_words_search asked = {.query = "漏", .among = &among, .limit = 20};
    struct mu_case_words_found found = {0};

    three_quarrels(drawer);
    drawer->opened = 0;
    assert_int_equal(search(drawer, &asked, &found, NULL), MU_OK);
    assert_int_equal(found.count, 0);
    assert_int_equal(drawer->opened, 0);
    assert_true(mu_id_set_add(&among, 1) && mu_id_set_add(&among, 2));
    assert_int_equal(search(drawer, &asked, &found, NULL), MU_OK);
    assert_int_equal(only(&found), 1);
    assert_int_equal(drawer->opened, 2);
    mu_case_words_found_clear(&found);
    /* With many the marks are asked, and nobody else's case is opened all the same. */
    for (int64_t id = 100; id < 100 + MU_CASE_WORDS_PLAINLY; id++)
        assert_true(mu_id_set_add(&among, id));
    drawer->opened = 0;
    assert_int_equal(search(drawer, &asked, &found, NULL), MU_OK);
    assert_int_equal(found.count, 1);
    assert_int_equal(drawer->opened, 1);
    mu_case_words_found_clear(&found);
    mu_id_set_clear(&among);
}

static void the_newest_come_first_and_it_goes_on_where_it_stopped(void **state)
{
    struct drawer *drawer = *state;
    struct mu_case_words_search asked = {.query = "漏", .limit = 1};
    struct mu_case_words_found found = {0};

    three_quarrels(drawer);
    assert_int_equal(search(drawer, &asked, &found, NULL), MU_OK);
    assert_int_equal(only(&found), 3);
    assert_int_not_equal(found.before, 0);
    asked.before = found.before;
    mu_case_words_found_clear(&found);
    assert_int_equal(search(drawer, &asked, &found, NULL), MU_OK);
    assert_int_equal(only(&found), 1);
    assert_int_equal(found.before, 0);
    mu_case_words_found_clear(&found);
    /* Who has no more patience hears where it stopped. */
    asked = (struct mu_case_words_search){.query = "张", .limit = 20, .patience = 1};
    assert_int_equal(search(drawer, &asked, &found, NULL), MU_OK);
    assert_int_equal(found.opened, 1);
    assert_int_equal(found.before, 2);
    mu_case_words_found_clear(&found);
}

/* Enough for a part. */
static void many_years(struct drawer *drawer)
{
    char text[80];

    open_cases(drawer, CASES);
    assert_int_equal(mu_db_begin(db_of(drawer), NULL), MU_OK);
    for (int64_t id = 1; id <= CASES; id++) {
        snprintf(text, sizeof text, "漏水，门牌x%lldx", (long long)id);
        keep(drawer, id, text);
        assert_int_equal(mu_case_words_add(db_of(drawer), id, text, NULL), MU_OK);
    }
    assert_int_equal(mu_db_commit(db_of(drawer), NULL), MU_OK);
}

static int64_t count(struct drawer *drawer, const char *sql)
{
    struct mu_query query = mu_query(db_of(drawer), sql);
    int64_t value = mu_query_row(&query) ? mu_column_integer(&query, 0) : -1;

    assert_int_equal(mu_query_end(&query, NULL), MU_OK);
    return value;
}

static void old_cases_are_found_and_may_grow_again(void **state)
{
    struct drawer *drawer = *state;
    struct mu_case_words_search asked = {.query = "漏水", .limit = CASES};
    struct mu_case_words_found found = {0};

    many_years(drawer);
    assert_int_equal(count(drawer, "SELECT count(*) FROM case_word_part"), 1);
    assert_int_equal(count(drawer, "SELECT count(*) FROM case_word_fresh"), CASES - MU_CASE_PART);
    assert_int_equal(search(drawer, &asked, &found, NULL), MU_OK);
    assert_int_equal(found.count, CASES);
    for (size_t i = 0; found.case_id && i < found.count; i++)
        assert_int_equal(found.case_id[i], CASES - i);
    mu_case_words_found_clear(&found);
    assert_string_equal(find(drawer, "x7x"), "7");
    assert_string_equal(find(drawer, "x1024x"), "1024");
    assert_string_equal(find(drawer, "x1025x"), "1025");
    assert_int_equal(checked(drawer, NULL), MU_OK);

    note_down(drawer, 7, "又来了：儿子不肯赡养。");
    assert_string_equal(find(drawer, "x7x 赡养"), "7");
    assert_string_equal(find(drawer, "漏水 赡养"), "7");
    assert_int_equal(checked(drawer, NULL), MU_OK);
    change_key(drawer);
    assert_string_equal(find(drawer, "x7x 赡养"), "7");
    assert_string_equal(find(drawer, "x1024x"), "1024");
    note_down(drawer, 8, "也来了，为赡养。");
    assert_string_equal(find(drawer, "赡养"), "8 7");
    assert_string_equal(find(drawer, "x8x 赡养"), "8");
    assert_int_equal(checked(drawer, NULL), MU_OK);
    /* A note of an old case that its words are not taken in of is told as well. */
    keep(drawer, 9, "漏记的一笔");
    assert_int_equal(checked(drawer, NULL), MU_STORE);
}

static void the_file_tells_nothing_of_any_word(void **state)
{
    static const char *const lengths[] = {
        "SELECT count(DISTINCT length(map)) FROM case_word_fresh",
        "SELECT count(DISTINCT length(bits)) FROM case_word_slice",
        "SELECT count(DISTINCT length(key) * 10000 + length(cases)) FROM case_word_part",
    };
    struct drawer *drawer = *state;

    many_years(drawer);
    three_quarrels(drawer);
    assert_false(raw_holds(drawer->home, "mulin.db", "门牌")); /* the rule book says 漏水 */
    assert_false(raw_holds(drawer->home, "mulin.db", "张金凤"));
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        assert_int_equal(count(drawer, lengths[i]), 1);
    assert_int_equal(count(drawer, "SELECT count(*) FROM case_word_slice"), MU_WORD_MAP_MARKS);
    /* No two rows alike, so that none can be told to be empty. */
    assert_int_equal(count(drawer, "SELECT count(DISTINCT bits) FROM case_word_slice"),
                     MU_WORD_MAP_MARKS);
}

static void what_was_altered_is_told_and_can_be_made_anew(void **state)
{
    static const struct {
        const char *sql, *table;
    } bendings[] = {
        {"UPDATE case_word_slice SET bits = zeroblob(144)", "case_word_slice"},
        {"UPDATE case_word_slice SET bits = x''", "case_word_slice"},
        {"UPDATE case_word_slice SET slice_id = -slice_id", "case_word_slice"},
        {"UPDATE case_word_slice SET bits = (SELECT n.bits FROM case_word_slice n"
         " WHERE n.slice_id <> case_word_slice.slice_id LIMIT 1)",
         "case_word_slice"},
        {"DELETE FROM case_word_slice WHERE slice_id > 16384", "case_word_slice"},
        {"UPDATE case_word_part SET key = cases", "case_word_part"},
        {"UPDATE case_word_part SET cases = zeroblob(4136)", "case_word_part"},
        {"UPDATE case_word_part SET part_id = 2", "case_word_part"},
        {"UPDATE case_word_part SET part_id = 9000000000000000000", "case_word_part"},
        {"UPDATE case_word_fresh SET map = (SELECT map FROM case_word_fresh WHERE case_id = 1100)",
         "case_word_fresh"},
        {"UPDATE case_word_fresh SET map = zeroblob(1960)", "case_word_fresh"},
        {"UPDATE case_word_fresh SET case_id = case_id + 9000000000000000000", "case_word_fresh"},
    };
    struct drawer *drawer = *state;
    struct mu_case_texts texts = texts_of(drawer);
    const struct mu_case_words_search asked = {.query = "漏水", .limit = 20};
    struct mu_case_words_found found = {0};
    char before[MU_KEY_MARK_SIZE], after[MU_KEY_MARK_SIZE];

    many_years(drawer);
    for (size_t i = 0; i < sizeof bendings / sizeof *bendings; i++) {
        struct mu_error error = {0};

        assert_int_equal(mu_db_begin(db_of(drawer), NULL), MU_OK);
        assert_int_equal(mu_db_execute(db_of(drawer), bendings[i].sql, NULL), MU_OK);
        if (mu_case_words_find(db_of(drawer), &asked, &texts, &found, &error) != MU_STORE)
            fail_msg("%s: nobody noticed", bendings[i].sql);
        assert_int_equal(error.message, MU_SAY_error_case_words);
        assert_string_equal(error.argument[0], bendings[i].table);
        mu_db_rollback(db_of(drawer));
    }
    assert_int_equal(checked(drawer, NULL), MU_OK);

    raw_run(drawer->home, "UPDATE case_word_slice SET bits = zeroblob(144)");
    assert_int_equal(checked(drawer, NULL), MU_STORE);
    assert_int_equal(add(drawer, 5, "新的一笔", NULL), MU_STORE); /* its old words do not open */
    assert_int_equal(mu_db_begin(db_of(drawer), NULL), MU_OK);
    assert_int_equal(mu_case_words_rebuild(db_of(drawer), &texts, NULL), MU_OK);
    assert_int_equal(mu_db_commit(db_of(drawer), NULL), MU_OK);
    assert_int_equal(checked(drawer, NULL), MU_OK);
    assert_string_equal(find(drawer, "x7x"), "7");

    /* What the home's key seals is opened when it changes. */
    raw_run(drawer->home, "UPDATE case_word_fresh SET map = zeroblob(1960) WHERE case_id = 1100");
    assert_int_equal(checked(drawer, NULL), MU_STORE);
    assert_int_equal(mu_change_key(drawer->home->desk, NULL, NULL, before, after, NULL), MU_STORE);
    raw_run(drawer->home, "DELETE FROM case_word_fresh WHERE case_id = 1100;"
                          "UPDATE case_word_part SET cases = zeroblob(4136)");
    assert_int_equal(mu_change_key(drawer->home->desk, NULL, NULL, before, after, NULL), MU_STORE);
}

static void another_key_opens_nothing(void **state)
{
    struct drawer *drawer = *state;
    struct mu_error error = {0};
    struct mu_case_words_search asked = {.query = "漏水", .limit = 20};
    struct mu_case_words_found found = {0};
    struct mu_seal_keys other;
    const unsigned char key[MU_SEAL_KEY] = {7};

    three_quarrels(drawer);
    mu_seal_derive(key, &other);
    assert_int_equal(mu_db_begin(db_of(drawer), NULL), MU_OK);
    assert_int_equal(mu_case_words_reseal(db_of(drawer), &other, NULL), MU_OK);
    assert_int_equal(mu_db_commit(db_of(drawer), NULL), MU_OK);
    assert_int_equal(search(drawer, &asked, &found, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_case_words);
    assert_int_equal(add(drawer, 1, "再记一笔", &error), MU_STORE);
    assert_int_equal(checked(drawer, &error), MU_STORE);
}

static void a_note_that_does_not_open_stops_the_search(void **state)
{
    struct drawer *drawer = *state;
    struct mu_case_texts texts = texts_of(drawer);
    struct mu_case_words_search asked = {.query = "漏水", .limit = 20};
    struct mu_case_words_found found = {0};
    struct mu_error error = {0};

    three_quarrels(drawer);
    drawer->broken = true;
    assert_int_equal(search(drawer, &asked, &found, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_sealed_value);
    assert_int_equal(checked(drawer, &error), MU_STORE);
    assert_int_equal(mu_db_begin(db_of(drawer), NULL), MU_OK);
    assert_int_equal(mu_case_words_rebuild(db_of(drawer), &texts, &error), MU_STORE);
    mu_db_rollback(db_of(drawer));
    drawer->broken = false;
    assert_string_equal(find(drawer, "漏水"), "1");
}

/* What an excerpt is cut around. */
static const char *place(const char *text, const char *query)
{
    static char found[64];
    struct mu_word_text folded = {0};
    size_t at, length;

    assert_true(mu_word_text_fold(&folded, query));
    *found = '\0';
    if (mu_word_text_place(text, folded.text, &at, &length))
        snprintf(found, sizeof found, "%zu %.*s", at, (int)length, text + at);
    mu_word_text_clear(&folded);
    return found;
}

static void the_place_of_a_word_is_told_as_it_was_written(void **state)
{
    (void)state;
    assert_string_equal(place("三樓漏水，３棟２０１", "漏水"), "6 漏水");
    assert_string_equal(place("三樓漏水，３棟２０１", "棟201 暖气"), "18 棟２０１");
    assert_string_equal(place("三樓漏水，３棟２０１", "，楼 漏水"), "3 樓");
    assert_string_equal(place("三樓漏水，３棟２０１", "水漏"), "");
    assert_string_equal(place("三樓漏", "漏水"), "");
    assert_string_equal(place("三樓漏", ""), "");
    assert_string_equal(place("", "漏"), "");
}

static void long_notes_are_taken_in_whole(void **state)
{
    enum { TIMES = 20000 };
    static const char one[] = "\xef\xb7\xba\xe3\x80\x82"; /* that comes apart into many */
    static const char last[] = "最后一句话";
    struct mu_word_text folded = {0};
    unsigned char map[MU_WORD_MAP_BYTES] = {0};
    char *text = calloc(TIMES * (sizeof one - 1) + sizeof last, 1), *end = text;
    uint16_t mark[8];
    size_t marks;

    (void)state;
    assert_non_null(text);
    for (int i = 0; i < TIMES; i++)
        end = mempcpy(end, one, sizeof one - 1);
    memcpy(end, last, sizeof last);
    assert_true(mu_word_text_fold(&folded, text));
    mu_word_map_add(map, folded.text);
    marks = mu_word_marks("一句", mark, 8);
    assert_int_equal(marks, 4);
    for (size_t i = 0; i < marks; i++)
        assert_true(mu_word_map_has(map, mark[i]));
    assert_int_equal(mu_word_marks("一句话最后", mark, 8), 8); /* no more than there is room for */
    mu_word_text_clear(&folded);
    free(text);
}

int main(void)
{
#define STORY(test) cmocka_unit_test_setup_teardown(test, case_notes_setup, case_notes_teardown)
    const struct CMUnitTest tests[] = {
        STORY(a_case_is_found_by_what_stands_in_its_notes),
        STORY(what_is_no_word_is_refused_kindly),
        STORY(a_case_grows_note_by_note),
        STORY(only_what_a_person_may_read_is_opened),
        STORY(the_newest_come_first_and_it_goes_on_where_it_stopped),
        STORY(old_cases_are_found_and_may_grow_again),
        STORY(the_file_tells_nothing_of_any_word),
        STORY(what_was_altered_is_told_and_can_be_made_anew),
        STORY(another_key_opens_nothing),
        STORY(a_note_that_does_not_open_stops_the_search),
        cmocka_unit_test(the_place_of_a_word_is_told_as_it_was_written),
        cmocka_unit_test(long_notes_are_taken_in_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
