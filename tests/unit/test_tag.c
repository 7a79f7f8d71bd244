#include <mulin/base/text.h>
#include <mulin/domain/tag.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#define TODAY ((struct mu_date){2026, 11, 22})

enum { HEAD = 2, SPOUSE = 10, SON = 20, DAUGHTER_IN_LAW = 38, FATHER = 51, MOTHER = 52 };
enum { BROTHER = 73, CARER = 99 };

static const struct mu_register_rules usual = {.elder_from = 60, .advanced_age_from = 80};

static struct mu_date born(int year, int month, int day)
{
    return (struct mu_date){year, month, day};
}

/* Somebody who turned so many years on the first of January. */
static struct mu_housemate aged(int years, int relation)
{
    return (struct mu_housemate){born(2026 - years, 1, 1), relation};
}

static struct mu_housemates home(size_t count, ...)
{
    struct mu_housemates members = {.count = count};
    va_list list;

    va_start(list, count);
    for (size_t i = 0; i < count; i++)
        members.member[i] = va_arg(list, struct mu_housemate);
    va_end(list);
    return members;
}

/* The words of the first member, who lives there, today. */
static const char *words_of(struct mu_housemates members)
{
    static char words[MU_DERIVED_SIZE];
    struct mu_resident person = {.status = MU_LIVING_HERE,
                                 .birth_date = members.member[0].birth_date,
                                 .relation = members.member[0].relation};

    mu_derive_tags(&person, &members, &usual, TODAY, words);
    return words;
}

static const char *reasons_of(struct mu_housemates members, enum mu_language language)
{
    static char reasons[512];
    struct mu_resident person = {.status = MU_LIVING_HERE,
                                 .birth_date = members.member[0].birth_date};

    mu_derived_explain(&person, &members, &usual, TODAY, language, reasons, sizeof reasons);
    return reasons;
}

static const char *in_force(const char *line, struct mu_date day)
{
    static char words[MU_TAGS_SIZE];

    mu_tags_on(line, day, words);
    return words;
}

static void a_tag_is_in_force_up_to_its_last_day(void **state)
{
    (void)state;
    assert_string_equal(in_force("低保<2026-11-22 残疾", TODAY), "低保 残疾");
    assert_string_equal(in_force("低保<2026-11-21 残疾", TODAY), "残疾");
    assert_string_equal(in_force("低保<2028-02-29", TODAY), "低保");
    assert_string_equal(in_force("", TODAY), "");
}

static void what_another_program_stored_stays_a_word(void **state)
{
    (void)state;
    assert_string_equal(in_force("甲<乙  丙< 丁<2026-13-01", TODAY), "甲<乙 丙< 丁<2026-13-01");
}

static void typed_words_of_before_that_are_computed_now_do_not_count(void **state)
{
    char line[MU_TAGS_SIZE];

    (void)state;
    assert_string_equal(in_force("独居 低保 空巢 60+ 高龄", TODAY), "低保");
    assert_true(mu_tags_without_derived("独居 低保<2027-01-01 70+", line));
    assert_string_equal(line, "低保<2027-01-01");
    assert_false(mu_tags_without_derived("独居老人 高龄津贴 1+ C++", line));
    assert_string_equal(line, "独居老人 高龄津贴 1+ C++");
}

static void the_tags_of_somebody_who_died_are_those_of_that_day(void **state)
{
    struct mu_resident resident = {.status = MU_DECEASED, .ended_on = {2026, 3, 1}};

    (void)state;
    assert_int_equal(mu_date_compare(mu_tags_day(&resident, TODAY), born(2026, 3, 1)), 0);
    resident.status = MU_LIVING_HERE;
    assert_int_equal(mu_date_compare(mu_tags_day(&resident, TODAY), TODAY), 0);
}

static void a_yearly_review_is_due_the_day_before_the_year_is_over(void **state)
{
    char day[MU_DATE_SIZE];

    (void)state;
    mu_date_format(mu_tag_review_day(TODAY, 12), day);
    assert_string_equal(day, "2027-11-21");
    mu_date_format(mu_tag_review_day(born(2024, 2, 29), 12), day);
    assert_string_equal(day, "2025-02-28");
    mu_date_format(mu_tag_review_day(born(2026, 8, 31), 6), day);
    assert_string_equal(day, "2027-02-28");
    mu_date_format(mu_tag_review_day(born(2026, 12, 1), 1), day);
    assert_string_equal(day, "2026-12-31");
}

static void a_line_typed_over_another_begins_and_ends_tags(void **state)
{
    struct mu_tag_changes changes;
    struct mu_error error;

    (void)state;
    assert_int_equal(mu_tags_replace("党员 残疾<2026-12-31 独居 旧<2020-01-01", "残疾 低保 旧",
                                     TODAY, &usual, &changes, &error),
                     MU_OK);
    assert_string_equal(changes.stored, "残疾<2026-12-31 低保<2027-11-21 旧");
    assert_string_equal(changes.begun, "低保<2027-11-21 旧");
    assert_string_equal(changes.ended, "党员 独居");
}

static void a_word_that_the_system_computes_is_told_when_it_is_typed(void **state)
{
    struct mu_tag_changes changes;
    struct mu_error error;

    (void)state;
    assert_int_equal(mu_tags_replace("", "低保 独居", TODAY, &usual, &changes, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_tag_derived);
    assert_int_equal(mu_tags_replace("", "低保<2027-01-01", TODAY, &usual, &changes, &error),
                     MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_tag_mark);
    assert_int_equal(mu_tags_replace("", "甲<乙", TODAY, &usual, &changes, &error), MU_INPUT);
}

static void more_tags_than_fit_are_refused_not_cut(void **state)
{
    static struct mu_review reviews[] = {{"甲", 1}, {"乙", 1}};
    struct mu_register_rules rules = {60, 80, reviews, 2};
    struct mu_tag_changes changes;
    struct mu_error error;
    char line[MU_TAGS_SIZE];

    (void)state;
    memset(line, 'x', 230);
    strcpy(line + 230, " 甲 乙");
    assert_int_equal(mu_tags_replace("", line, TODAY, &rules, &changes, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_tags_many);
    /* Nor when the word stands there already. */
    strcpy(line + 230, " 甲<2027-01-01");
    assert_int_equal(mu_tags_replace(line, line, TODAY, &rules, &changes, &error), MU_INPUT);
}

/* The times of somebody's tags as a history keeps them. */
static struct mu_tag tag(const char *word, struct mu_date from, struct mu_date until,
                         const char *evidence)
{
    struct mu_tag tag = {.from = from, .until = until};

    snprintf(tag.word, sizeof tag.word, "%s", word);
    snprintf(tag.evidence, sizeof tag.evidence, "%s", evidence);
    return tag;
}

static void times_of_tags_are_read_as_they_were_written(void **state)
{
    const struct mu_tag tags[] = {
        tag("低保", born(2026, 1, 1), born(2026, 12, 31), "低保证 118；续；；"),
        tag("残疾", born(2020, 5, 1), born(0, 0, 0), ""),
        tag("甲～乙", born(0, 0, 0), born(2026, 1, 1), "～ 见 2025-01-01～2025-12-31"),
        tag("党员", born(0, 0, 0), born(0, 0, 0), "；"),
    };
    enum { COUNT = sizeof tags / sizeof *tags };
    struct mu_tag_book book = {""};
    const char *rest = book.times;
    struct mu_tag back;

    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        assert_true(mu_tag_book_add(&book, &tags[i]));
    assert_ptr_equal(strstr(book.times, "；残疾 2020-05-01～；"), strstr(book.times, "；残疾"));
    for (size_t i = 0; i < COUNT; i++) {
        assert_true(mu_tag_book_next(&rest, &back));
        assert_string_equal(back.word, tags[i].word);
        assert_string_equal(back.evidence, tags[i].evidence);
        assert_int_equal(mu_date_compare(back.from, tags[i].from), 0);
        assert_int_equal(mu_date_compare(back.until, tags[i].until), 0);
    }
    assert_false(mu_tag_book_next(&rest, &back));
    assert_string_equal(rest, "");
}

static void a_time_that_does_not_fit_any_more_is_left_out_whole(void **state)
{
    struct mu_tag_book book = {""}, before;
    struct mu_tag long_one = tag("低保", TODAY, born(0, 0, 0), "");
    const char *rest = book.times;
    int written = 0;

    (void)state;
    memset(long_one.evidence, 'x', sizeof long_one.evidence - 1);
    do
        before = book;
    while (mu_tag_book_add(&book, &long_one) && ++written < 1000);
    assert_in_range(written, 2, 999);
    assert_string_equal(book.times, before.times);
    while (mu_tag_book_next(&rest, &long_one))
        written--;
    assert_int_equal(written, 0);
    assert_string_equal(rest, "");
}

static void what_is_no_time_of_a_tag_is_not_taken_for_one(void **state)
{
    static const char *const texts[] = {
        "低保",
        "低保 2026-01-01",
        "低保 someday～2026-01-01",
        "低保 2026-01-01～2026-02-30",
        "低保 2026-01-01～2026-01-02x 证",
        "低保 2026-01-0100000000～",
        "低保2026-01-01～",
    };
    char endless[2000] = "";
    struct mu_tag back;
    const char *rest;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        rest = texts[i];
        assert_false(mu_tag_book_next(&rest, &back));
        assert_ptr_equal(rest, texts[i]);
    }
    /* Word, evidence, and the whole: longer than any that was written. */
    memset(endless, 'x', sizeof endless - 1);
    rest = endless;
    assert_false(mu_tag_book_next(&rest, &back));
    memcpy(endless + 300, " 2026-01-01～", strlen(" 2026-01-01～") + 1);
    rest = endless;
    assert_false(mu_tag_book_next(&rest, &back));
    snprintf(endless, sizeof endless, "低保 2026-01-01～ %0300d", 0);
    rest = endless;
    assert_false(mu_tag_book_next(&rest, &back));
}

static void a_time_that_ended_before_it_began_was_taken_back(void **state)
{
    struct mu_tag taken_back = tag("低保", born(2026, 1, 2), born(2026, 1, 1), "");

    (void)state;
    assert_true(mu_tag_withdrawn(&taken_back));
    taken_back.until.day = 2;
    assert_false(mu_tag_withdrawn(&taken_back));
    taken_back.from = born(0, 0, 0);
    assert_false(mu_tag_withdrawn(&taken_back));
}

static void whoever_turns_sixty_today_is_an_elder(void **state)
{
    struct mu_housemate today = {born(1966, 11, 22), HEAD}, tomorrow = today;

    (void)state;
    tomorrow.birth_date.day = 23;
    assert_string_equal(words_of(home(2, today, aged(40, SON))), "60+");
    assert_string_equal(words_of(home(2, tomorrow, aged(40, SON))), "");
}

static void born_on_29_february_one_grows_older_on_1_march(void **state)
{
    const struct mu_register_rules rules = {.elder_from = 65, .advanced_age_from = 80};
    struct mu_resident person = {.status = MU_LIVING_HERE, .birth_date = {1964, 2, 29}};
    char words[MU_DERIVED_SIZE];

    (void)state;
    mu_derive_tags(&person, NULL, &rules, born(2029, 2, 28), words);
    assert_string_equal(words, "");
    mu_derive_tags(&person, NULL, &rules, born(2029, 3, 1), words);
    assert_string_equal(words, "65+");
    mu_derive_tags(&person, NULL, &usual, born(2024, 2, 28), words);
    assert_string_equal(words, "");
    mu_derive_tags(&person, NULL, &usual, born(2024, 2, 29), words);
    assert_string_equal(words, "60+");
}

static void an_elder_alone_in_the_household_lives_alone(void **state)
{
    (void)state;
    assert_string_equal(words_of(home(1, aged(68, HEAD))), "60+ 独居 空巢");
    assert_string_equal(words_of(home(1, aged(59, HEAD))), "");
    assert_string_equal(reasons_of(home(1, aged(68, HEAD)), MU_CHINESE),
                        "60+：满 60 周岁（68 岁）\n独居：户内仅一人在住，68 岁\n"
                        "空巢：一人居住，没有子女同住");
}

static void a_couple_of_61_is_an_empty_nest(void **state)
{
    (void)state;
    assert_string_equal(words_of(home(2, aged(61, HEAD), aged(61, SPOUSE))), "60+ 空巢");
    assert_string_equal(words_of(home(2, aged(61, HEAD), aged(58, SPOUSE))), "60+");
    assert_string_equal(reasons_of(home(2, aged(61, HEAD), aged(61, SPOUSE)), MU_ENGLISH),
                        "60+: 60 years or more (61)\n空巢: all 2 people of the household are 60 or "
                        "more, and nobody's child lives there");
}

static void a_mother_of_85_with_her_son_of_62_is_no_empty_nest(void **state)
{
    (void)state;
    assert_string_equal(words_of(home(2, aged(85, HEAD), aged(62, SON))), "60+ 高龄");
    assert_string_equal(words_of(home(2, aged(85, HEAD), aged(61, DAUGHTER_IN_LAW))), "60+ 高龄");
}

static void the_head_may_be_the_child_with_whom_the_parents_live(void **state)
{
    (void)state;
    assert_string_equal(words_of(home(3, aged(85, FATHER), aged(84, MOTHER), aged(62, HEAD))),
                        "60+ 高龄");
    assert_string_equal(words_of(home(3, aged(62, HEAD), aged(85, FATHER), aged(84, MOTHER))),
                        "60+");
    /* When the child has moved out, the parents are left. */
    assert_string_equal(words_of(home(2, aged(85, FATHER), aged(84, MOTHER))), "60+ 空巢 高龄");
}

static void two_old_brothers_and_a_carer_of_sixty_are_an_empty_nest(void **state)
{
    (void)state;
    assert_string_equal(words_of(home(3, aged(71, HEAD), aged(69, BROTHER), aged(62, CARER))),
                        "60+ 空巢");
    assert_string_equal(words_of(home(3, aged(71, HEAD), aged(69, BROTHER), aged(50, CARER))),
                        "60+");
}

static void when_birth_dates_are_missing_it_is_not_guessed(void **state)
{
    struct mu_housemate unknown = {born(0, 0, 0), SPOUSE};

    (void)state;
    assert_string_equal(words_of(home(2, aged(70, HEAD), unknown)), "60+");
    assert_string_equal(reasons_of(home(2, aged(70, HEAD), unknown), MU_CHINESE),
                        "60+：满 60 周岁（70 岁）\n"
                        "空巢：还算不出：户内有人没有登记出生日期：请补上");
    assert_string_equal(words_of(home(1, unknown)), "");
    /* Whoever lives with a child needs no birth date of the child. */
    unknown.relation = SON;
    assert_string_equal(reasons_of(home(2, aged(70, HEAD), unknown), MU_CHINESE),
                        "60+：满 60 周岁（70 岁）");
}

static void when_relations_are_missing_ages_may_tell(void **state)
{
    (void)state;
    assert_string_equal(words_of(home(2, aged(72, 0), aged(70, 0))), "60+ 空巢");
    assert_string_equal(words_of(home(2, aged(85, 0), aged(62, 0))), "60+ 高龄");
    /* Whichever of them is written down first, and when one of two relations is known. */
    assert_string_equal(words_of(home(2, aged(62, 0), aged(85, HEAD))), "60+");
    assert_string_equal(words_of(home(2, aged(62, HEAD), aged(85, 0))), "60+");
    /* Who has neither: there is nothing to tell by. */
    assert_string_equal(words_of(home(2, aged(72, HEAD), (struct mu_housemate){born(0, 0, 0), 0})),
                        "60+");
    assert_string_equal(words_of(home(3, aged(72, HEAD), (struct mu_housemate){born(0, 0, 0), 0},
                                      aged(70, SPOUSE))),
                        "60+");
    assert_string_equal(reasons_of(home(2, aged(85, 0), aged(62, 0)), MU_CHINESE),
                        "60+：满 60 周岁（85 岁）\n空巢：还算不出：户内有人没有登记与户主关系："
                        "请补上\n高龄：满 80 周岁（85 岁）");
}

static void who_died_or_has_no_household_gets_no_such_words(void **state)
{
    struct mu_resident person = {.status = MU_DECEASED, .birth_date = {1940, 1, 1}};
    struct mu_housemates members = home(1, aged(86, HEAD));
    char words[MU_DERIVED_SIZE];

    (void)state;
    mu_derive_tags(&person, &members, &usual, TODAY, words);
    assert_string_equal(words, "");
    person.status = MU_LIVING_HERE;
    mu_derive_tags(&person, NULL, &usual, TODAY, words);
    assert_string_equal(words, "60+ 高龄");
}

static void reasons_are_cut_where_the_room_ends(void **state)
{
    struct mu_resident person = {.status = MU_LIVING_HERE, .birth_date = {1940, 1, 1}};
    struct mu_housemates members = home(1, aged(86, HEAD)), nobody = {.count = 0};
    char whole[512], some[512];

    (void)state;
    mu_derived_explain(&person, &members, &usual, TODAY, MU_ENGLISH, whole, sizeof whole);
    for (size_t size = 1; size < strlen(whole); size++) {
        mu_derived_explain(&person, &members, &usual, TODAY, MU_ENGLISH, some, size);
        assert_in_range(strlen(some), 0, size - 1);
        assert_true(mu_text_valid(some, strlen(some)));
    }
    /* A household in which nobody is left says nothing of who is alone. */
    mu_derived_explain(&person, &nobody, &usual, TODAY, MU_CHINESE, whole, sizeof whole);
    assert_string_equal(whole, "60+：满 60 周岁（86 岁）\n高龄：满 80 周岁（86 岁）");
    person.status = MU_MOVED_OUT;
    mu_derived_explain(&person, &members, &usual, TODAY, MU_CHINESE, whole, sizeof whole);
    assert_string_equal(whole, "");
}

static void a_dormitory_is_no_family(void **state)
{
    struct mu_housemates members = {.count = MU_DERIVED_MEMBERS + 1};
    struct mu_resident person = {.status = MU_LIVING_HERE, .birth_date = {1950, 1, 1}};
    char words[MU_DERIVED_SIZE];

    (void)state;
    for (size_t i = 0; i < MU_DERIVED_MEMBERS; i++)
        members.member[i] = aged(70, CARER);
    mu_derive_tags(&person, &members, &usual, TODAY, words);
    assert_string_equal(words, "60+");
}

static void the_book_decides_the_ages(void **state)
{
    const struct mu_register_rules rules = {.elder_from = 65, .advanced_age_from = 75};
    struct mu_resident person = {.status = MU_LIVING_HERE, .birth_date = {1950, 1, 1}};
    struct mu_housemates members = home(2, aged(76, HEAD), aged(64, SPOUSE));
    char words[MU_DERIVED_SIZE];

    (void)state;
    mu_derive_tags(&person, &members, &rules, TODAY, words);
    assert_string_equal(words, "65+ 高龄");
}

static struct mu_resident somebody(struct mu_date birth, const char *tags)
{
    struct mu_resident person = {.status = MU_LIVING_HERE, .household_id = 7, .birth_date = birth};

    snprintf(person.tags, sizeof person.tags, "%s", tags);
    return person;
}

static bool fits(const char *word, struct mu_resident person, const struct mu_housemates *members)
{
    struct mu_tag_question question;

    mu_tag_ask(word, &usual, TODAY, &question);
    return mu_tag_fits(&question, &person, members, &usual, TODAY);
}

static void a_word_is_asked_for_while_it_is_in_force(void **state)
{
    struct mu_resident person = somebody(born(1990, 1, 1), "低保<2026-11-21 残疾 党员<2026-11-22");

    (void)state;
    assert_false(fits("低保", person, NULL));
    assert_true(fits("残疾", person, NULL));
    assert_true(fits("党员", person, NULL));
    assert_false(fits("残", person, NULL));
    person.linked_to = 3; /* the words that were set count for the file that speaks for it */
    assert_true(fits("残疾", person, NULL));
    assert_true(
        fits("30+", (struct mu_resident){.status = MU_LIVING_HERE, .birth_date = person.birth_date},
             NULL));
    assert_false(fits("30+", person, NULL));
    person.linked_to = 0;
    person.status = MU_MOVED_OUT;
    assert_false(fits("残疾", person, NULL));
}

static void an_age_is_reached_on_the_birthday(void **state)
{
    (void)state;
    assert_true(fits("60+", somebody(born(1966, 11, 22), ""), NULL));
    assert_false(fits("60+", somebody(born(1966, 11, 23), ""), NULL));
    assert_true(fits("70+", somebody(born(1956, 11, 22), ""), NULL));
    assert_true(fits("高龄", somebody(born(1946, 11, 22), ""), NULL));
    assert_false(fits("高龄", somebody(born(1946, 11, 23), ""), NULL));
    assert_false(fits("60+", somebody(born(0, 0, 0), "60+"), NULL));
}

static void on_a_leap_day_ages_are_asked_for_all_the_same(void **state)
{
    const struct mu_date leap_day = {2028, 2, 29};
    struct mu_tag_question question;

    (void)state;
    for (int day = 27; day <= 30; day++) {
        /* 1967 and 1966 have no 29 February. */
        struct mu_resident person =
            somebody(day < 29 ? born(1967, 2, day) : born(1967, 3, day - 28), "");

        mu_tag_ask("61+", &usual, leap_day, &question);
        assert_int_equal(mu_tag_fits(&question, &person, NULL, &usual, leap_day),
                         mu_age_on(person.birth_date, leap_day) >= 61);
    }
}

static void who_lives_alone_is_asked_of_the_household(void **state)
{
    struct mu_housemates one = home(1, aged(70, HEAD)),
                         two = home(2, aged(70, HEAD), aged(68, SPOUSE)),
                         family = home(2, aged(70, HEAD), aged(40, SON));
    struct mu_resident person = somebody(aged(70, HEAD).birth_date, "独居 空巢");

    (void)state;
    assert_true(fits("独居", person, &one));
    assert_false(fits("独居", person, &two));
    assert_false(fits("独居", person, NULL));
    assert_true(fits("空巢", person, &one));
    assert_true(fits("空巢", person, &two));
    assert_false(fits("空巢", person, &family));
    one.member[0].birth_date = person.birth_date = born(1990, 1, 1);
    assert_false(fits("独居", person, &one));
}

static void only_an_elder_is_of_high_age_whatever_the_book_says(void **state)
{
    const struct mu_register_rules strange = {.elder_from = 65, .advanced_age_from = 62};
    struct mu_resident person = somebody(born(1963, 1, 1), "");
    struct mu_tag_question question;

    (void)state;
    mu_tag_ask("高龄", &strange, TODAY, &question);
    assert_false(mu_tag_fits(&question, &person, NULL, &strange, TODAY));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tag_is_in_force_up_to_its_last_day),
        cmocka_unit_test(what_another_program_stored_stays_a_word),
        cmocka_unit_test(typed_words_of_before_that_are_computed_now_do_not_count),
        cmocka_unit_test(the_tags_of_somebody_who_died_are_those_of_that_day),
        cmocka_unit_test(a_yearly_review_is_due_the_day_before_the_year_is_over),
        cmocka_unit_test(a_line_typed_over_another_begins_and_ends_tags),
        cmocka_unit_test(a_word_that_the_system_computes_is_told_when_it_is_typed),
        cmocka_unit_test(more_tags_than_fit_are_refused_not_cut),
        cmocka_unit_test(times_of_tags_are_read_as_they_were_written),
        cmocka_unit_test(a_time_that_does_not_fit_any_more_is_left_out_whole),
        cmocka_unit_test(what_is_no_time_of_a_tag_is_not_taken_for_one),
        cmocka_unit_test(a_time_that_ended_before_it_began_was_taken_back),
        cmocka_unit_test(whoever_turns_sixty_today_is_an_elder),
        cmocka_unit_test(born_on_29_february_one_grows_older_on_1_march),
        cmocka_unit_test(an_elder_alone_in_the_household_lives_alone),
        cmocka_unit_test(a_couple_of_61_is_an_empty_nest),
        cmocka_unit_test(a_mother_of_85_with_her_son_of_62_is_no_empty_nest),
        cmocka_unit_test(the_head_may_be_the_child_with_whom_the_parents_live),
        cmocka_unit_test(two_old_brothers_and_a_carer_of_sixty_are_an_empty_nest),
        cmocka_unit_test(when_birth_dates_are_missing_it_is_not_guessed),
        cmocka_unit_test(when_relations_are_missing_ages_may_tell),
        cmocka_unit_test(who_died_or_has_no_household_gets_no_such_words),
        cmocka_unit_test(reasons_are_cut_where_the_room_ends),
        cmocka_unit_test(a_dormitory_is_no_family),
        cmocka_unit_test(the_book_decides_the_ages),
        cmocka_unit_test(a_word_is_asked_for_while_it_is_in_force),
        cmocka_unit_test(an_age_is_reached_on_the_birthday),
        cmocka_unit_test(on_a_leap_day_ages_are_asked_for_all_the_same),
        cmocka_unit_test(who_lives_alone_is_asked_of_the_household),
        cmocka_unit_test(only_an_elder_is_of_high_age_whatever_the_book_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
