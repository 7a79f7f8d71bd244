#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <mulin/base/codes.h>
#include <mulin/base/field.h>
#include <mulin/base/floor_area.h>
#include <mulin/base/id_number.h>
#include <mulin/base/text.h>
#include <string.h>

static const struct mu_date today = {2026, 11, 22};

struct file {
    char name[16];
    char room[16];
    char note[64];
    char phone[32];
    char id_number[MU_ID_NUMBER_SIZE];
    struct mu_date birth_date;
    int relation;
    char tags[32];
    int year_built;
    struct mu_floor_area floor_area;
};

#define MEMBER(name) offsetof(struct file, name), sizeof(((struct file *)0)->name)
#define FIELD(key, kind, required, choices)                                                        \
    {                                                                                              \
#key, MU_SAY_error_no_memory, MU_SAY_error_no_memory, kind, required, false, MEMBER(key),  \
            choices                                                                                \
    }

static const struct mu_field fields[] = {
    FIELD(name, MU_FIELD_NAME, true, NULL),
    FIELD(room, MU_FIELD_TEXT, false, NULL),
    FIELD(note, MU_FIELD_NOTE, false, NULL),
    FIELD(phone, MU_FIELD_PHONE, false, NULL),
    FIELD(id_number, MU_FIELD_ID_NUMBER, false, NULL),
    FIELD(birth_date, MU_FIELD_DATE, false, NULL),
    FIELD(relation, MU_FIELD_CHOICE, false, &mu_relations),
    FIELD(tags, MU_FIELD_TAGS, true, NULL),
    FIELD(year_built, MU_FIELD_YEAR, false, NULL),
    FIELD(floor_area, MU_FIELD_FLOOR_AREA, false, NULL),
};

static enum mu_status enter(struct file *file, const char *key, const char *text,
                            struct mu_error *error)
{
    const struct mu_field *field = mu_field_by_key(fields, sizeof fields / sizeof *fields, key);

    assert_non_null(field);
    return mu_field_read(field, text, today, file, error);
}

/* What the form shows after `text` was entered. */
static const char *shown(struct file *file, const char *key, const char *text)
{
    static char out[256];
    struct mu_error error;

    if (enter(file, key, text, &error) != MU_OK) {
        mu_error_text(&error, MU_ENGLISH, out, sizeof out);
        fail_msg("%s '%s': %s", key, text, out);
    }
    mu_field_write(mu_field_by_key(fields, sizeof fields / sizeof *fields, key), file, MU_CHINESE,
                   out, sizeof out);
    return out;
}

static void assert_refused(const char *key, const char *text, enum mu_message why)
{
    struct file file, before;
    struct mu_error error = {0};

    memset(&file, 'x', sizeof file);
    memcpy(&before, &file, sizeof file);
    if (enter(&file, key, text, &error) != MU_INPUT)
        fail_msg("%s '%s' was taken", key, text);
    assert_int_equal(error.status, MU_INPUT);
    assert_int_equal(error.message, why);
    assert_memory_equal(&file, &before, sizeof file);
}

static void a_name_is_kept_as_it_is_written(void **state)
{
    struct file file = {0};

    (void)state;
    assert_string_equal(shown(&file, "name", " 張金嫻 "), "張金嫻");
    assert_string_equal(shown(&file, "name", "\t王\U00031350\n"), "王\U00031350");
    assert_string_equal(shown(&file, "name", "Ｊ·Ｋ"), "Ｊ·Ｋ"); /* full width stays */
    assert_string_equal(shown(&file, "name", "一二三四五"), "一二三四五");
    assert_refused("name", "一二三四五六", MU_SAY_error_text_long);
    assert_refused("name", "张\x1b[2J三", MU_SAY_error_text_control);
    assert_refused("name", "张\u202E三", MU_SAY_error_text_bidi);
    assert_refused("name", "张\u200B三", MU_SAY_error_text_invisible);
    assert_refused("name", "张\xFF", MU_SAY_error_text_encoding);
    assert_refused("name", "", MU_SAY_error_text_missing);
    assert_refused("name", " 　\t", MU_SAY_error_text_missing);
}

static void a_text_far_too_long_is_refused_and_never_cut(void **state)
{
    static char text[20000];

    (void)state;
    memset(text, 'a', sizeof text - 1);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        struct file file = {0};
        struct mu_error error;

        assert_int_equal(enter(&file, fields[i].key, text, &error), MU_INPUT);
        assert_int_equal(file.name[0], 0);
    }
}

static void the_limit_is_said_in_characters(void **state)
{
    struct file file = {0};
    struct mu_error error;
    char says[256];

    (void)state;
    assert_int_equal(enter(&file, "name", "一二三四五六", &error), MU_INPUT);
    mu_error_text(&error, MU_CHINESE, says, sizeof says);
    assert_non_null(strstr(says, "5 个汉字"));
    mu_error_text(&error, MU_ENGLISH, says, sizeof says);
    assert_non_null(strstr(says, "15 letters"));
}

static void places_are_narrowed_and_notes_are_not(void **state)
{
    struct file file = {0};

    (void)state;
    assert_string_equal(shown(&file, "room", "３－２０１Ａ"), "3-201A");
    assert_string_equal(shown(&file, "room", ""), "");
    assert_string_equal(shown(&file, "note", "听力不好，\r\n请大声！"), "听力不好，\n请大声！");
    assert_refused("room", "3\n201", MU_SAY_error_text_control);
}

static void phones_are_brought_into_one_form(void **state)
{
    struct file file = {0};

    (void)state;
    assert_string_equal(shown(&file, "phone", "13812345678"), "13812345678");
    assert_string_equal(shown(&file, "phone", "１３８１２３４５６７８"), "13812345678");
    assert_string_equal(shown(&file, "phone", "13812345678、0574-87654321"),
                        "13812345678 0574-87654321");
    assert_string_equal(shown(&file, "phone", "+8613812345678；12345"), "+8613812345678 12345");
    assert_string_equal(shown(&file, "phone", "13812345678 / 13812345678"), "13812345678");
    assert_string_equal(shown(&file, "phone", "'13812345678\t"), "13812345678");
    assert_string_equal(shown(&file, "phone", " "), "");
    assert_refused("phone", "1234", MU_SAY_error_phone);
    assert_refused("phone", "138 1234 5678", MU_SAY_error_phone);
    assert_refused("phone", "123456789012345678901", MU_SAY_error_phone);
    assert_refused("phone", "无", MU_SAY_error_phone);
    assert_refused("phone", "138123+45678", MU_SAY_error_phone);
    assert_refused("phone", "13812345678 13912345678 13712345678", MU_SAY_error_text_long);
}

static void an_id_number_is_checked_and_an_old_one_taken(void **state)
{
    struct file file = {0};

    (void)state;
    assert_string_equal(shown(&file, "id_number", "11010519491231002ｘ"), "11010519491231002X");
    assert_string_equal(shown(&file, "id_number", "\t'11010519491231002X"), "11010519491231002X");
    assert_string_equal(shown(&file, "id_number", "130503670401001"), "130503670401001");
    assert_string_equal(shown(&file, "id_number", ""), "");
    assert_refused("id_number", "1101051949", MU_SAY_error_id_length);
    assert_refused("id_number", "1101051949123100AX", MU_SAY_error_id_character);
    assert_refused("id_number", "11010519490230002X", MU_SAY_error_id_birth_date);
    assert_refused("id_number", "110105194912310021", MU_SAY_error_id_check);
}

static void a_day_is_read_and_cleared(void **state)
{
    struct file file = {0};

    (void)state;
    assert_string_equal(shown(&file, "birth_date", "１９４６年３月８日"), "1946-03-08");
    assert_refused("birth_date", "1946-02-30", MU_SAY_error_date);
    assert_refused("birth_date", "1899-12-31", MU_SAY_error_date);
    assert_string_equal(shown(&file, "birth_date", "　"), "");
    assert_false(mu_date_known(file.birth_date));
}

static void a_choice_is_known_by_code_word_and_other_spelling(void **state)
{
    static const char *const spouses[] = {"10", "１０", "配偶", " 老伴", "spouse", "Spouse"};
    struct file file = {0};
    struct mu_error error;
    char says[512];

    (void)state;
    for (size_t i = 0; i < sizeof spouses / sizeof *spouses; i++)
        assert_string_equal(shown(&file, "relation", spouses[i]), "配偶");
    assert_string_equal(shown(&file, "relation", "儿子"), "子");
    assert_string_equal(shown(&file, "relation", "02"), "户主");
    assert_string_equal(shown(&file, "relation", ""), "");
    assert_int_equal(file.relation, 0);
    assert_refused("relation", "2", MU_SAY_error_relation); /* 子 in the one-digit form */
    assert_refused("relation", "邻居家", MU_SAY_error_relation);
    assert_int_equal(enter(&file, "relation", "?", &error), MU_INPUT);
    mu_error_text(&error, MU_CHINESE, says, sizeof says);
    assert_non_null(strstr(says, "本人、户主、配偶"));
    mu_error_text(&error, MU_ENGLISH, says, sizeof says);
    assert_non_null(strstr(says, "self, head, spouse"));
}

static void a_choice_is_known_by_its_pinyin_unless_two_sound_alike(void **state)
{
    struct file file = {0};
    struct mu_error error;
    char says[512];

    (void)state;
    assert_string_equal(shown(&file, "relation", "peiou"), "配偶");
    assert_string_equal(shown(&file, "relation", " Hu Zhu "), "户主");
    assert_string_equal(shown(&file, "relation", "LAOBAN"), "配偶");
    assert_string_equal(shown(&file, "relation", "nv"), "女");
    assert_string_equal(shown(&file, "relation", "nu"), "女");
    assert_string_equal(shown(&file, "relation", "nü"), "女");
    assert_string_equal(shown(&file, "relation", "chongsun"), "曾孙子或外曾孙子");
    assert_refused("relation", "fu", MU_SAY_error_choice_pinyin); /* 夫, 父 */
    assert_refused("relation", "pei ou 1", MU_SAY_error_relation);
    assert_refused("relation", "po", MU_SAY_error_relation);
    assert_int_equal(enter(&file, "relation", "fu", &error), MU_INPUT);
    mu_error_text(&error, MU_CHINESE, says, sizeof says);
    assert_string_equal(says, "“fu”：读音相同的有“夫”和“父亲”：请写汉字或代码");
    mu_error_text(&error, MU_ENGLISH, says, sizeof says);
    assert_non_null(strstr(says, "husband and father"));
    assert_ptr_equal(mu_choice_by_text(&mu_sexes, "nan"), mu_choice_by_code(&mu_sexes, 1));
    assert_ptr_equal(mu_choice_by_text(&mu_occupancies, "minsu"),
                     mu_choice_by_code(&mu_occupancies, 3));
    assert_ptr_equal(mu_choice_by_text(&mu_statuses, "qushi"), mu_choice_by_code(&mu_statuses, 3));
    assert_ptr_equal(mu_choice_by_text(&mu_ethnic_groups, "shezu"),
                     mu_choice_by_code(&mu_ethnic_groups, 22));
    assert_ptr_equal(mu_choice_by_text(&mu_ethnic_groups, "zang"),
                     mu_choice_by_code(&mu_ethnic_groups, 4));
}

static void the_groups_are_known_by_the_letters_and_codes_of_the_standard(void **state)
{
    (void)state;
    assert_int_equal(mu_ethnic_groups.count, 58);
    for (int code = 1; code <= 56; code++)
        assert_non_null(mu_choice_by_code(&mu_ethnic_groups, code));
    assert_int_equal(mu_choice_by_text(&mu_ethnic_groups, "HA")->code, 1);
    assert_int_equal(mu_choice_by_text(&mu_ethnic_groups, "０１")->code, 1);
    assert_int_equal(mu_choice_by_text(&mu_ethnic_groups, "hui")->code, 3);
    assert_int_equal(mu_choice_by_text(&mu_ethnic_groups, "UYGUR")->code, 5);
    assert_int_equal(mu_choice_by_text(&mu_ethnic_groups, "穿青人")->code, 97);
    assert_null(mu_choice_by_text(&mu_ethnic_groups, "57"));
    assert_int_equal(mu_choice_by_text(&mu_marital_statuses, "sangou")->code, 30);
    assert_int_equal(mu_choice_by_text(&mu_marital_statuses, "离异")->code, 40);
    assert_null(mu_choice_by_text(&mu_marital_statuses, "1"));
}

static void tags_are_a_set_of_words(void **state)
{
    struct file file = {0};

    (void)state;
    assert_string_equal(shown(&file, "tags", "独居、低保，独居 ；党员|低保"), "独居 低保 党员");
    assert_refused("tags", "、，", MU_SAY_error_text_missing);
    assert_refused("tags", "独居 低保 党员 空巢 残疾 失独家庭", MU_SAY_error_text_long);
}

/* A spelling that two rows share, or that is not in the form it is compared in, is never found. */
static void the_year_a_house_was_built_has_four_digits(void **state)
{
    static const char *const refused[] = {"87",     "19870",    "1799", "2027",
                                          "1987栋", "一九八七", "-987"};
    struct file file = {0};

    (void)state;
    assert_string_equal(shown(&file, "year_built", " １９８７年"), "1987");
    assert_string_equal(shown(&file, "year_built", "2026"), "2026");
    assert_string_equal(shown(&file, "year_built", ""), "");
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_refused("year_built", refused[i], MU_SAY_error_year);
}

static void the_area_of_a_home_is_kept_to_the_hundredth(void **state)
{
    static const char *const refused[] = {"86.555", "-3", "100000", "86平米米", "八十六", "1e3"};
    struct file file = {0};

    (void)state;
    assert_string_equal(shown(&file, "floor_area", "86.5㎡"), "86.50");
    assert_int_equal(file.floor_area.hundredths, 8650);
    assert_string_equal(shown(&file, "floor_area", "８６。０５ 平方米"), "86.05");
    assert_string_equal(shown(&file, "floor_area", "120m2"), "120.00");
    assert_string_equal(shown(&file, "floor_area", ""), "");
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_refused("floor_area", refused[i], MU_SAY_error_floor_area);
}

static void every_spelling_of_every_table_leads_to_its_row(void **state)
{
    static const struct mu_choices *const tables[] = {
        &mu_sexes,      &mu_relations,     &mu_occupancies,      &mu_statuses,
        &mu_residences, &mu_dangers,       &mu_answers,          &mu_consents,
        &mu_verdicts,   &mu_ethnic_groups, &mu_marital_statuses, &mu_provinces};
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        assert_true(*tables[i]->source);
        for (size_t j = 0; j < tables[i]->count; j++) {
            const struct mu_choice *row = &tables[i]->choice[j];
            char words[512], *rest = words;

            assert_ptr_equal(mu_choice_by_code(tables[i], row->code), row);
            assert_ptr_equal(mu_choice_by_text(tables[i], row->chinese), row);
            assert_ptr_equal(mu_choice_by_text(tables[i], row->english), row);
            assert_string_equal(mu_choice_word(tables[i], row->code, MU_CHINESE), row->chinese);
            assert_string_equal(mu_choice_word(tables[i], row->code, MU_ENGLISH), row->english);
            assert_true(mu_text_copy(words, sizeof words, row->words));
            for (char *word; (word = strsep(&rest, " ")) != NULL && *row->words;)
                if (mu_choice_by_text(tables[i], word) != row)
                    fail_msg("'%s' does not lead to %s", word, row->chinese);
        }
    }
    assert_null(mu_choice_by_code(&mu_relations, 98));
    assert_null(mu_choice_by_text(&mu_sexes, ""));
    assert_string_equal(mu_choice_word(&mu_sexes, 7, MU_CHINESE), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_kept_as_it_is_written),
        cmocka_unit_test(a_text_far_too_long_is_refused_and_never_cut),
        cmocka_unit_test(the_limit_is_said_in_characters),
        cmocka_unit_test(places_are_narrowed_and_notes_are_not),
        cmocka_unit_test(phones_are_brought_into_one_form),
        cmocka_unit_test(an_id_number_is_checked_and_an_old_one_taken),
        cmocka_unit_test(a_day_is_read_and_cleared),
        cmocka_unit_test(a_choice_is_known_by_code_word_and_other_spelling),
        cmocka_unit_test(a_choice_is_known_by_its_pinyin_unless_two_sound_alike),
        cmocka_unit_test(the_groups_are_known_by_the_letters_and_codes_of_the_standard),
        cmocka_unit_test(tags_are_a_set_of_words),
        cmocka_unit_test(the_year_a_house_was_built_has_four_digits),
        cmocka_unit_test(the_area_of_a_home_is_kept_to_the_hundredth),
        cmocka_unit_test(every_spelling_of_every_table_leads_to_its_row),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
