#include "unit/home.h"

#include "desk/desk_internal.h"

#include <mulin/desk/act.h>
#include <mulin/desk/audit.h>
#include <mulin/desk/operators.h>
#include <mulin/desk/twin.h>

#include <sqlite3.h>

/* ---- what speaks for one person ---- */

static struct mu_resident person(const char *name, const char *id_number, const char *birth,
                                 const char *phone)
{
    struct mu_resident resident = {.status = MU_LIVING_HERE};

    strcpy(resident.name, name);
    strcpy(resident.id_number, id_number);
    strcpy(resident.phone, phone);
    if (*birth)
        assert_true(mu_date_parse(birth, (struct mu_date){2026, 11, 22}, &resident.birth_date));
    return resident;
}

static unsigned reasons(struct mu_resident a, struct mu_resident b)
{
    unsigned found = mu_twin_reasons(&a, &b);

    assert_int_equal(mu_twin_reasons(&b, &a), found);
    return found;
}

static void a_slip_in_a_number_is_one_digit_or_two_neighbours(void **state)
{
    (void)state;
    /* The check character follows the digit, as in two numbers that were both accepted. */
    assert_true(mu_id_number_near("330205194003010122", "330205194003010421"));
    /* It stays where somebody mistypes a number. */
    assert_true(mu_id_number_near("330205194003010122", "330205194003010422"));
    assert_true(mu_id_number_near("330205194003010122", "330205194003010212"));
    assert_true(mu_id_number_near("330205194003010122", "330205194003010123"));
    assert_false(mu_id_number_near("330205194003010122", "330205194003010122"));
    assert_false(mu_id_number_near("330205194003010122", "330205194003010455"));
    assert_false(mu_id_number_near("330205194003010122", "330206194003010422"));
    assert_false(mu_id_number_near("", "330205194003010122"));
    assert_false(mu_id_number_near("330205********0122", "330205194003010122"));
    assert_true(mu_id_number_near("330205400301012", "330205194003010421"));
    assert_true(mu_id_number_same("330205400301012", "330205194003010122"));
    assert_false(mu_id_number_same("330205194003010122", "330205194003010123"));
}

static void every_neighbour_is_near_and_could_have_been_accepted(void **state)
{
    static char neighbours[MU_ID_NEIGHBOURS][MU_ID_NUMBER_SIZE];
    const char *number = "330205194003010122";
    size_t count = mu_id_number_neighbours(number, neighbours);
    struct mu_id_number id;
    bool itself = false, other_day = false;

    (void)state;
    assert_in_range(count, 60, MU_ID_NEIGHBOURS);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(mu_id_number_parse(neighbours[i], &id), MU_ID_GOOD);
        itself |= strcmp(neighbours[i], number) == 0;
        other_day |= id.birth_date.year == 1941;
        assert_true(mu_id_number_near(number, neighbours[i]) ||
                    mu_id_number_same(number, neighbours[i]));
    }
    assert_true(itself && other_day);
    assert_int_equal(mu_id_number_neighbours("3302051940", neighbours), 0);
}

static void reasons_are_said_in_words(void **state)
{
    char words[256];

    (void)state;
    assert_int_equal(reasons(person("张金凤", "", "1945-03-05", "13812344821"),
                             person("张 金 凤", "", "1945-03-05", "057487654321 13812344821")),
                     MU_TWIN_NAME_BIRTH | MU_TWIN_PHONE_SURNAME);
    mu_twin_words(MU_TWIN_NAME_BIRTH | MU_TWIN_PHONE_SURNAME, MU_CHINESE, words, sizeof words);
    assert_string_equal(words, "姓名和出生日期相同、同姓且电话相同");
    mu_twin_words(MU_TWIN_NAME_BIRTH | MU_TWIN_PHONE_SURNAME, MU_ENGLISH, words, sizeof words);
    assert_string_equal(words, "the same name and birth date, one surname and one phone");
    /* A day that nobody knows is not the same day. */
    assert_int_equal(reasons(person("张金凤", "", "", ""), person("张金凤", "", "", "")), 0);
    assert_int_equal(
        reasons(person("王伟", "", "", "138****4821"), person("王伟", "", "", "138****4821")), 0);
}

static void what_speaks_for_one_person_is_weighed(void **state)
{
    char words[256], few[4];

    (void)state;
    /* One who cannot write gave a number, and somebody the same number with a slip. */
    assert_int_equal(reasons(person("", "330205194003010122", "", ""),
                             person("张金凤", "330205194003010421", "", "")),
                     MU_TWIN_ID_NEAR);
    assert_int_equal(reasons(person("王建国", "330205194003010122", "", ""),
                             person("张金凤", "330205194003010421", "", "")),
                     0);
    assert_int_equal(reasons(person("张金凤", "330205194003010122", "1940-03-01", ""),
                             person("张金凤", "330205400301012", "1940-03-01", "")),
                     MU_TWIN_ID | MU_TWIN_NAME_BIRTH);
    assert_int_equal(
        reasons(person("张金凤", "", "1940-03-01", ""), person("张金凤", "", "1940-03-02", "")), 0);
    assert_int_equal(reasons(person("张金凤", "", "1940-03-01", ""), person("张金凤", "", "", "")),
                     0);
    assert_true(mu_twin_strength(MU_TWIN_ID) >
                mu_twin_strength(MU_TWIN_ID_NEAR | MU_TWIN_NAME_BIRTH | MU_TWIN_PHONE_SURNAME));
    assert_true(mu_twin_strength(MU_TWIN_NAME_BIRTH) > mu_twin_strength(MU_TWIN_ID_NEAR));
    assert_int_equal(mu_twin_strength(0), 0);
    mu_twin_words(0, MU_CHINESE, words, sizeof words);
    assert_string_equal(words, "");
    mu_twin_words(MU_TWIN_ID | MU_TWIN_NAME_BIRTH, MU_ENGLISH, few, sizeof few);
    assert_int_equal(strlen(few), sizeof few - 1);
}

static void phones_are_compared_digit_by_digit(void **state)
{
    (void)state;
    assert_true(mu_phones_shared("0574-87654321", "057487654321"));
    assert_true(mu_phones_shared("13800138002 0574-87654321", "13900139003  0574-87654321"));
    assert_false(mu_phones_shared("13800138002", "138001380021"));
    assert_false(mu_phones_shared("13800138002", "138****8002"));
    assert_false(mu_phones_shared("-- ", "-"));
    assert_false(mu_phones_shared("", "13800138002"));
    /* From another program, longer than any number: nothing of it runs over. */
    assert_false(mu_phones_shared("1380013800213800138002138001380021380013800213800138002138001380"
                                  "0213800138002138001380021380013800213800138002",
                                  "13800138002"));
}

static void father_and_son_with_one_phone_are_two_people(void **state)
{
    (void)state;
    assert_int_equal(reasons(person("王建国", "330205195811230152", "", "13800138002"),
                             person("王小明", "", "", "13800138002")),
                     MU_TWIN_PHONE_SURNAME);
    assert_int_equal(reasons(person("王建国", "330205195811230152", "", "13800138002"),
                             person("王小明", "33020519900205031X", "", "13800138002")),
                     0);
    assert_int_equal(
        reasons(person("王建国", "", "", "13800138002"), person("李小红", "", "", "13800138002")),
        0);
    /* Other letters: what is the surname is not known. */
    assert_int_equal(reasons(person("Anna Smith", "", "", "13800138002"),
                             person("Anna Jones", "", "", "13800138002")),
                     0);
}

/* ---- at the desk ---- */

static const char zhang[] = "33020519450305122X", near_zhang[] = "330205194503052222";

struct told {
    size_t count;
    int64_t id[8];
    unsigned reasons[8];
};

static bool tell(void *context, const struct mu_resident *other, unsigned why)
{
    struct told *told = context;

    assert_in_range(told->count, 0, 7);
    told->id[told->count] = other->id;
    told->reasons[told->count++] = why;
    assert_null(strstr(other->id_number, "19450305"));
    return true;
}

static struct told twins_of(struct mu_desk *desk, const struct mu_resident *resident)
{
    struct told told = {0};

    assert_int_equal(mu_find_twins(desk, resident, tell, &told, NULL), MU_OK);
    return told;
}

static struct mu_resident read_file(struct mu_desk *desk, int64_t id)
{
    struct mu_resident resident;

    assert_int_equal(mu_read_resident(desk, id, &resident, NULL), MU_OK);
    return resident;
}

struct pairs {
    size_t count;
    int64_t first[16], second[16];
    unsigned reasons[16];
};

static bool take_pair(void *context, const struct mu_twin_pair *pair)
{
    struct pairs *pairs = context;

    assert_in_range(pairs->count, 0, 15);
    assert_null(strstr(pair->first.id_number, "19450305"));
    pairs->first[pairs->count] = pair->first.id;
    pairs->second[pairs->count] = pair->second.id;
    pairs->reasons[pairs->count++] = pair->reasons;
    return true;
}

static struct pairs walk(struct mu_desk *desk)
{
    struct mu_twin_walk at = {0};
    struct pairs pairs = {0};

    while (!at.ended)
        assert_int_equal(mu_walk_twins(desk, &at, 2, take_pair, &pairs, NULL), MU_OK);
    assert_int_equal(at.done, at.total);
    return pairs;
}

struct names {
    char text[512];
};

static bool collect(void *context, const struct mu_resident *resident)
{
    struct names *names = context;
    size_t used = strlen(names->text);

    snprintf(names->text + used, sizeof names->text - used, "%s ", resident->name);
    return true;
}

static void assert_finds(struct mu_desk *desk, const char *query, const char *expected)
{
    struct names names = {0};

    assert_int_equal(mu_find_residents(desk, query, 50, collect, &names, NULL), MU_OK);
    assert_string_equal(names.text, expected);
}

static struct mu_meal_answer serve(struct mu_desk *desk, const char *who)
{
    struct mu_meal_answer answer;
    const struct mu_meal_request request = {.who = who, .method = MU_PAY_CASH};

    (void)!mu_serve_meal(desk, &request, &answer, NULL);
    return answer;
}

static void assert_sound(struct mu_desk *desk)
{
    struct mu_verify_report report;

    assert_int_equal(mu_verify(desk, NULL, NULL, &report, NULL), MU_OK);
}

static void somebody_who_stands_there_already_is_told_while_typing(void **state)
{
    struct home *home = *state;
    int64_t old =
        home_add(home->desk, "name", "张金凤", "id_number", zhang, "phone", "13812344821", NULL);
    struct told told;

    home_add(home->desk, "name", "李阿姨", NULL);
    told = twins_of(home->desk, &(struct mu_resident){.name = ""});
    assert_int_equal(told.count, 0);
    struct mu_resident typed = person("张金凤", "", "1945-03-05", "");
    told = twins_of(home->desk, &typed);
    assert_int_equal(told.count, 1);
    assert_int_equal(told.id[0], old);
    assert_int_equal(told.reasons[0], MU_TWIN_NAME_BIRTH);
    typed = person("张小凤", "", "", "13812344821");
    assert_int_equal(twins_of(home->desk, &typed).reasons[0], MU_TWIN_PHONE_SURNAME);
    /* The number before the name, with the slip that makes the form refuse it. */
    typed = person("", "330205194503051220", "", "");
    assert_int_equal(twins_of(home->desk, &typed).reasons[0], MU_TWIN_ID_NEAR);
    typed = person("", near_zhang, "", "");
    assert_int_equal(twins_of(home->desk, &typed).reasons[0], MU_TWIN_ID_NEAR);
    typed = person("", zhang, "", "");
    assert_int_equal(twins_of(home->desk, &typed).reasons[0], MU_TWIN_ID);
    typed = person("", "330205450305122", "", "");
    assert_int_equal(twins_of(home->desk, &typed).reasons[0], MU_TWIN_ID);
    /* One's own file is no twin, masked numbers as they stand in the form. */
    typed = read_file(home->desk, old);
    assert_int_equal(twins_of(home->desk, &typed).count, 0);
}

static void a_number_of_the_old_form_is_found_by_the_new_one(void **state)
{
    struct home *home = *state;
    int64_t old = home_add(home->desk, "name", "张金凤", "id_number", "330205450305122", NULL);
    struct mu_resident typed = person("", zhang, "", "");
    struct told told = twins_of(home->desk, &typed);

    assert_int_equal(told.count, 1);
    assert_int_equal(told.id[0], old);
    assert_int_equal(told.reasons[0], MU_TWIN_ID);
}

static void the_register_is_walked_and_each_pair_told_once(void **state)
{
    struct home *home = *state;
    int64_t one = home_add(home->desk, "name", "张金凤", "id_number", zhang, NULL);
    int64_t two = home_add(home->desk, "name", "张金凤", "birth_date", "1945-03-05", "phone",
                           "13812344821", NULL);
    int64_t three =
        home_add(home->desk, "name", "张凤", "id_number", near_zhang, "phone", "13812344821", NULL);
    struct pairs pairs;

    home_add(home->desk, "name", "王建国", "phone", "13812344821", NULL);
    pairs = walk(home->desk);
    assert_int_equal(pairs.count, 3);
    assert_int_equal(pairs.first[0], one);
    assert_int_equal(pairs.second[0], two);
    assert_int_equal(pairs.reasons[0], MU_TWIN_NAME_BIRTH);
    assert_int_equal(pairs.second[1], three);
    assert_int_equal(mu_declare_different(home->desk, two, one, "姐妹", NULL), MU_OK);
    assert_int_equal(mu_declare_different(home->desk, one, three, NULL, NULL), MU_OK);
    assert_int_equal(mu_link_twins(home->desk, two, three, NULL, NULL), MU_OK);
    assert_int_equal(walk(home->desk).count, 0);
    assert_int_equal(mu_withdraw_different(home->desk, one, two, NULL), MU_OK);
    assert_int_equal(walk(home->desk).count, 1);
    assert_sound(home->desk);
}

static void two_people_of_one_name_are_declared_different_for_good(void **state)
{
    struct home *home = *state;
    struct mu_error error;
    int64_t a = home_add(home->desk, "name", "王秀英", "birth_date", "1950-01-01", NULL);
    int64_t b = home_add(home->desk, "name", "王秀英", "birth_date", "1950-01-01", NULL);
    struct mu_resident file = read_file(home->desk, a);

    assert_int_equal(twins_of(home->desk, &file).count, 1);
    assert_int_equal(mu_declare_different(home->desk, a, b, "住 3 栋和 8 栋", &error), MU_OK);
    assert_int_equal(twins_of(home->desk, &file).count, 0);
    assert_int_equal(mu_declare_different(home->desk, b, a, "", &error), MU_REFUSED);
    assert_int_equal(mu_link_twins(home->desk, a, b, "", &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_twin_two_people);
    assert_int_equal(mu_withdraw_different(home->desk, a, b, &error), MU_OK);
    assert_int_equal(mu_withdraw_different(home->desk, a, b, &error), MU_REFUSED);
    assert_int_equal(twins_of(home->desk, &file).count, 1);
}

/* Two files of one woman, with a card each. */
static void two_files(struct home *home, int64_t *leading, int64_t *other)
{
    *leading = home_add(home->desk, "name", "张金凤", "id_number", zhang, "card", "YL0001", NULL);
    *other = home_add(home->desk, "name", "张金风", "phone", "13812344821", "card", "YL0002",
                      "tags", "低保", NULL);
}

static void whoever_is_linked_is_found_under_the_leading_file(void **state)
{
    struct home *home = *state;
    int64_t leading, other;

    two_files(home, &leading, &other);
    assert_int_equal(mu_link_twins(home->desk, leading, other, "同一张照片", NULL), MU_OK);
    assert_finds(home->desk, "张金风", "张金凤 ");
    assert_finds(home->desk, "4821", "张金凤 ");
    assert_finds(home->desk, "YL0002", "张金凤 ");
    assert_finds(home->desk, "zjf", "张金凤 ");
    assert_finds(home->desk, "张金风 4821", "张金凤 ");
    /* Both files are kept. */
    assert_string_equal(read_file(home->desk, other).name, "张金风");
    assert_int_equal(read_file(home->desk, other).linked_to, leading);
    assert_sound(home->desk);
    assert_int_equal(mu_unlink_twin(home->desk, other, NULL, NULL), MU_OK);
    assert_finds(home->desk, "YL0002", "张金风 ");
    assert_finds(home->desk, "张金风", "张金风 ");
    assert_int_equal(read_file(home->desk, other).linked_to, 0);
    assert_sound(home->desk);
}

static void two_cards_of_one_person_are_one_meal(void **state)
{
    struct home *home = *state;
    struct mu_meal_answer answer;
    int64_t leading, other;

    two_files(home, &leading, &other);
    assert_int_equal(mu_link_twins(home->desk, leading, other, NULL, NULL), MU_OK);
    answer = serve(home->desk, "YL0002");
    assert_int_equal(answer.refusal, MU_SERVED);
    assert_int_equal(answer.meal.resident_id, leading);
    assert_string_equal(answer.meal.name, "张金凤");
    /* The tag stands in the other file. */
    assert_int_equal(answer.meal.pay.fen, 200);
    assert_int_equal(serve(home->desk, "YL0001").refusal, MU_MEAL_ALREADY_SERVED);
    assert_int_equal(serve(home->desk, "张金风").refusal, MU_MEAL_ALREADY_SERVED);
    assert_sound(home->desk);
}

static void a_meal_from_before_the_link_counts_too(void **state)
{
    struct home *home = *state;
    int64_t leading, other;

    two_files(home, &leading, &other);
    assert_int_equal(serve(home->desk, "YL0002").refusal, MU_SERVED);
    assert_int_equal(mu_link_twins(home->desk, leading, other, NULL, NULL), MU_OK);
    assert_int_equal(serve(home->desk, "YL0001").refusal, MU_MEAL_ALREADY_SERVED);
    assert_int_equal(mu_unlink_twin(home->desk, other, NULL, NULL), MU_OK);
    assert_int_equal(serve(home->desk, "YL0001").refusal, MU_SERVED);
}

static void what_happened_under_a_link_is_told_when_it_goes(void **state)
{
    struct home *home = *state;
    struct mu_twin_since since;
    struct mu_resident file;
    char words[1024];
    int64_t leading, other;

    two_files(home, &leading, &other);
    assert_int_equal(mu_link_twins(home->desk, leading, other, NULL, NULL), MU_OK);
    assert_int_equal(mu_read_twin_since(home->desk, other, &since, NULL), MU_OK);
    mu_twin_since_words(&since, MU_CHINESE, words, sizeof words);
    assert_string_equal(words, "关联期间没有用餐和改动");
    assert_int_equal(serve(home->desk, "YL0002").refusal, MU_SERVED);
    file = read_file(home->desk, leading);
    strcpy(file.phone, "13900000001");
    assert_int_equal(mu_save_resident(home->desk, &file, NULL, NULL), MU_OK);
    assert_int_equal(mu_unlink_twin(home->desk, other, &since, NULL), MU_OK);
    mu_twin_since_words(&since, MU_ENGLISH, words, sizeof words);
    assert_string_equal(
        words, "1 meals served under the link stand in number 1 and stay there: check them\n"
               "the file of number 1 was changed 1 times under the link; that stays: check it");
    assert_string_equal(read_file(home->desk, leading).phone, "139****0001");
    assert_string_equal(read_file(home->desk, other).phone, "138****4821");
}

static void a_link_is_taken_back_by_f8_and_done_again(void **state)
{
    struct home *home = *state;
    struct mu_undone undone;
    int64_t leading, other;

    two_files(home, &leading, &other);
    assert_int_equal(mu_link_twins(home->desk, leading, other, NULL, NULL), MU_OK);
    assert_int_equal(mu_undo_next(home->desk, 0, &undone, NULL), MU_OK);
    assert_non_null(strstr(undone.words[MU_CHINESE], "张金凤（编号 1）、张金风（编号 2）"));
    assert_int_equal(mu_undo(home->desk, undone.act_id, &undone, NULL), MU_OK);
    assert_int_equal(read_file(home->desk, other).linked_to, 0);
    assert_finds(home->desk, "YL0002", "张金风 ");
    /* And the undo is taken back in turn. */
    assert_int_equal(mu_undo(home->desk, undone.act_id + 1, &undone, NULL), MU_OK);
    assert_int_equal(read_file(home->desk, other).linked_to, leading);
    assert_finds(home->desk, "YL0002", "张金凤 ");
    assert_int_equal(mu_unlink_twin(home->desk, other, NULL, NULL), MU_OK);
    assert_sound(home->desk);
}

/* A new file that is linked is not half taken back: the link goes first. */
static void a_linked_file_is_not_withdrawn_under_the_link(void **state)
{
    struct home *home = *state;
    struct mu_undone undone;
    struct mu_error error;
    int64_t leading, other, first_act;

    two_files(home, &leading, &other);
    assert_int_equal(mu_undo_next(home->desk, 0, &undone, NULL), MU_OK);
    first_act = undone.act_id;
    assert_int_equal(mu_link_twins(home->desk, leading, other, NULL, NULL), MU_OK);
    for (int64_t act = first_act; act > first_act - 2; act--) { /* both files are new */
        assert_int_equal(mu_undo(home->desk, act, &undone, &error), MU_REFUSED);
        assert_int_equal(error.message, MU_SAY_error_undo_linked);
    }
    assert_int_equal(mu_unlink_twin(home->desk, other, NULL, NULL), MU_OK);
    assert_int_equal(mu_undo(home->desk, first_act, &undone, &error), MU_OK);
    assert_int_equal(read_file(home->desk, other).status, MU_ENTERED_IN_ERROR);
    assert_sound(home->desk);
}

static void a_link_without_its_verdict_is_found(void **state)
{
    static const char *const alterings[] = {
        "UPDATE resident SET linked_to = NULL",
        "UPDATE resident SET linked_to = 3 WHERE resident_id = 2",
        "UPDATE resident SET linked_to = 1 WHERE resident_id = 3",
        "UPDATE twin SET ended_at = '2026-11-22T11:30:00'",
        "UPDATE twin SET verdict = 2",
    };
    struct home *home = *state;
    struct mu_verify_report report;
    struct mu_error error;
    int64_t leading, other;

    two_files(home, &leading, &other);
    home_add(home->desk, "name", "李强", NULL);
    assert_int_equal(mu_link_twins(home->desk, leading, other, NULL, NULL), MU_OK);
    for (size_t i = 0; i < sizeof alterings / sizeof *alterings; i++) {
        assert_sound(home->desk);
        assert_int_equal(mu_db_execute(home->desk->db, alterings[i], &error), MU_OK);
        assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, &error), MU_STORE);
        assert_int_equal(error.message, MU_SAY_error_verify_twins);
        assert_int_equal(mu_db_execute(home->desk->db,
                                       "UPDATE twin SET ended_at = '', verdict = 1;"
                                       "UPDATE resident SET linked_to ="
                                       " CASE resident_id WHEN 2 THEN 1 END",
                                       &error),
                         MU_OK);
    }
}

static void links_never_stand_in_a_row(void **state)
{
    struct home *home = *state;
    struct mu_error error;
    int64_t leading, other, third = home_add(home->desk, "name", "张凤", NULL);

    two_files(home, &leading, &other);
    assert_int_equal(mu_link_twins(home->desk, other, other, NULL, &error), MU_INPUT);
    assert_int_equal(mu_link_twins(home->desk, other, 999, NULL, &error), MU_INPUT);
    assert_int_equal(mu_link_twins(home->desk, leading, other, NULL, NULL), MU_OK);
    assert_int_equal(mu_link_twins(home->desk, leading, other, NULL, &error), MU_REFUSED);
    assert_int_equal(mu_link_twins(home->desk, other, leading, NULL, &error), MU_REFUSED);
    assert_int_equal(mu_declare_different(home->desk, other, leading, NULL, &error), MU_REFUSED);
    assert_int_equal(mu_link_twins(home->desk, other, third, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_twin_linked);
    assert_int_equal(mu_link_twins(home->desk, third, leading, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_twin_leads);
    /* A third file of the same person is linked to the one that leads. */
    assert_int_equal(mu_link_twins(home->desk, leading, third, NULL, &error), MU_OK);
    assert_finds(home->desk, "张凤", "张金凤 ");
    assert_int_equal(mu_unlink_twin(home->desk, leading, NULL, &error), MU_REFUSED);
}

static void who_died_stays_dead(void **state)
{
    struct home *home = *state;
    struct mu_error error;
    const struct mu_date day = {2026, 11, 20};
    int64_t leading, other;

    two_files(home, &leading, &other);
    assert_int_equal(mu_end_resident(home->desk, other, MU_DECEASED, day, NULL), MU_OK);
    assert_int_equal(mu_link_twins(home->desk, leading, other, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_twin_died);
    assert_int_equal(mu_end_resident(home->desk, other, MU_LIVING_HERE, day, NULL), MU_OK);
    assert_int_equal(mu_link_twins(home->desk, leading, other, NULL, &error), MU_OK);
    /* The end is noted where it counts. */
    assert_int_equal(mu_end_resident(home->desk, other, MU_DECEASED, day, &error), MU_REFUSED);
    assert_string_equal(error.argument[1], "1");
    assert_int_equal(mu_end_resident(home->desk, leading, MU_DECEASED, day, NULL), MU_OK);
    assert_int_equal(serve(home->desk, "YL0002").refusal, MU_MEAL_DECEASED);
}

static void an_auditor_reads_pairs_and_links_nobody(void **state)
{
    struct home *home = *state;
    const struct mu_desk_options options = {
        .home = home->folder, .system_user = "auditor", .fixed_now = HOME_NOW};
    struct mu_desk *auditor = NULL;
    struct mu_error error;
    struct mu_resident typed = person("张金凤", zhang, "", "");
    int64_t leading, other;

    two_files(home, &leading, &other);
    assert_int_equal(mu_add_operator(home->desk, "审计员", MU_ROLE_AUDITOR, "auditor", NULL),
                     MU_OK);
    assert_int_equal(mu_desk_open(&options, &auditor, NULL), MU_OK);
    assert_int_equal(twins_of(auditor, &typed).count, 1);
    assert_int_equal(mu_link_twins(auditor, leading, other, NULL, &error), MU_REFUSED);
    assert_int_equal(mu_declare_different(auditor, leading, other, NULL, &error), MU_REFUSED);
    assert_int_equal(read_file(home->desk, other).linked_to, 0);
    mu_desk_free(&auditor);
}

int main(void)
{
#define AT_HOME(test) cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slip_in_a_number_is_one_digit_or_two_neighbours),
        cmocka_unit_test(every_neighbour_is_near_and_could_have_been_accepted),
        cmocka_unit_test(reasons_are_said_in_words),
        cmocka_unit_test(what_speaks_for_one_person_is_weighed),
        cmocka_unit_test(phones_are_compared_digit_by_digit),
        cmocka_unit_test(father_and_son_with_one_phone_are_two_people),
        AT_HOME(somebody_who_stands_there_already_is_told_while_typing),
        AT_HOME(a_number_of_the_old_form_is_found_by_the_new_one),
        AT_HOME(the_register_is_walked_and_each_pair_told_once),
        AT_HOME(two_people_of_one_name_are_declared_different_for_good),
        AT_HOME(whoever_is_linked_is_found_under_the_leading_file),
        AT_HOME(two_cards_of_one_person_are_one_meal),
        AT_HOME(a_meal_from_before_the_link_counts_too),
        AT_HOME(what_happened_under_a_link_is_told_when_it_goes),
        AT_HOME(a_link_is_taken_back_by_f8_and_done_again),
        AT_HOME(a_linked_file_is_not_withdrawn_under_the_link),
        AT_HOME(a_link_without_its_verdict_is_found),
        AT_HOME(links_never_stand_in_a_row),
        AT_HOME(who_died_stays_dead),
        AT_HOME(an_auditor_reads_pairs_and_links_nobody),
    };

    return cmocka_run_group_tests_name("twin", tests, NULL, NULL);
}
