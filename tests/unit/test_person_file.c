#include "unit/home.h"

#include "store/db.h"

#include <mulin/desk/act.h>
#include <mulin/desk/key.h>
#include <mulin/desk/person_file.h>

static struct mu_person_file read_file(struct mu_desk *desk, int64_t id)
{
    struct mu_person_file file;
    struct mu_error error;

    assert_int_equal(mu_read_person_file(desk, id, &file, &error), MU_OK);
    return file;
}

static int64_t person_with_notes(struct home *home)
{
    int64_t id = home_add(home->desk, "name", "周阿宝", "birth_date", "1950-01-01", NULL);
    struct mu_person_file file = read_file(home->desk, id);
    struct mu_error error;

    assert_int_equal(file.version, 0);
    strcpy(file.diet, "糖尿病餐");
    strcpy(file.health, "2024 年中风");
    strcpy(file.guardian, "周根生（子）");
    strcpy(file.guardian_phone, "13800001234");
    assert_int_equal(mu_save_person_file(home->desk, &file, NULL, &error), MU_OK);
    assert_string_equal(file.guardian_phone, "138****1234");
    return id;
}

static void what_is_written_comes_back_and_phones_masked(void **state)
{
    struct home *home = *state;
    int64_t id = person_with_notes(home);
    struct mu_person_file file = read_file(home->desk, id);
    struct mu_error error;

    assert_string_equal(file.diet, "糖尿病餐");
    assert_string_equal(file.health, "2024 年中风");
    assert_string_equal(file.guardian_phone, "138****1234");
    assert_int_equal(file.version, 1);
    *file.health = '\0';
    assert_int_equal(mu_save_person_file(home->desk, &file, NULL, &error), MU_OK);
    file = read_file(home->desk, id);
    assert_string_equal(file.health, "");
    assert_string_equal(file.guardian_phone, "138****1234");
    assert_int_equal(file.version, 2);
}

static void a_number_that_was_masked_elsewhere_is_no_number(void **state)
{
    struct home *home = *state;
    int64_t id = person_with_notes(home);
    struct mu_person_file file = read_file(home->desk, id);
    const char *field;
    struct mu_error error;

    strcpy(file.emergency_phone, "139****1234");
    assert_int_equal(mu_save_person_file(home->desk, &file, &field, &error), MU_INPUT);
    assert_string_equal(field, "emergency_phone");
}

static void two_desks_do_not_overwrite_each_other(void **state)
{
    struct home *home = *state;
    int64_t id = person_with_notes(home);
    struct mu_person_file mine = read_file(home->desk, id), theirs = mine;
    struct mu_error error;

    strcpy(theirs.emergency, "李强");
    assert_int_equal(mu_save_person_file(home->desk, &theirs, NULL, &error), MU_OK);
    strcpy(mine.diet, "不吃猪肉");
    assert_int_equal(mu_save_person_file(home->desk, &mine, NULL, &error), MU_REFUSED);
    assert_string_equal(read_file(home->desk, id).diet, "糖尿病餐");
    mine.version = 0; /* as somebody who found nothing */
    assert_int_equal(mu_save_person_file(home->desk, &mine, NULL, &error), MU_REFUSED);
}

static void the_counter_is_told_the_diet(void **state)
{
    struct home *home = *state;
    struct mu_meal_request request = {.resident_id = person_with_notes(home)};
    struct mu_meal_answer answer;
    struct mu_error error;

    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, &error), MU_OK);
    assert_string_equal(answer.diet, "糖尿病餐");
    request.resident_id = home_add(home->desk, "name", "李强", NULL);
    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, &error), MU_OK);
    assert_string_equal(answer.diet, "");
}

static void verified(struct home *home, enum mu_status expected)
{
    struct mu_verify_report report;
    struct mu_error error;

    assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, &error), expected);
}

static void a_new_key_opens_the_notes_too(void **state)
{
    struct home *home = *state;
    char marks[2][MU_KEY_MARK_SIZE];
    int64_t id = person_with_notes(home);
    struct mu_error error;

    assert_int_equal(mu_change_key(home->desk, NULL, NULL, marks[0], marks[1], &error), MU_OK);
    assert_string_equal(read_file(home->desk, id).health, "2024 年中风");
    verified(home, MU_OK);
}

static void notes_put_into_another_persons_file_are_found(void **state)
{
    struct home *home = *state;
    int64_t id = person_with_notes(home);
    struct mu_db *db = NULL;
    struct mu_person_file file;
    struct mu_error error;

    home_add(home->desk, "name", "李强", NULL);
    verified(home, MU_OK);
    assert_int_equal(mu_db_open(home->path, MU_DB_WORK, &db, &error), MU_OK);
    assert_int_equal(mu_db_execute(db,
                                   "INSERT INTO person_file (resident_id, health)"
                                   " SELECT 2, health FROM person_file WHERE resident_id = 1",
                                   &error),
                     MU_OK);
    mu_db_free(&db);
    assert_int_equal(id, 1);
    file = read_file(home->desk, 2);
    assert_string_equal(file.health, "");
    verified(home, MU_STORE);
    strcpy(file.health, "没事");
    assert_int_equal(mu_save_person_file(home->desk, &file, NULL, &error), MU_STORE);
}

static void a_change_is_taken_back_with_its_notes(void **state)
{
    struct home *home = *state;
    int64_t id = person_with_notes(home);
    struct mu_person_file file = read_file(home->desk, id);
    struct mu_undone undone;
    struct mu_error error;

    strcpy(file.diet, "不吃猪肉");
    *file.guardian_phone = '\0';
    assert_int_equal(mu_save_person_file(home->desk, &file, NULL, &error), MU_OK);
    assert_int_equal(mu_undo_next(home->desk, 0, &undone, &error), MU_OK);
    assert_null(strstr(undone.words[MU_CHINESE], "猪肉"));
    assert_int_equal(mu_undo(home->desk, undone.act_id, NULL, &error), MU_OK);
    file = read_file(home->desk, id);
    assert_string_equal(file.diet, "糖尿病餐");
    assert_string_equal(file.guardian_phone, "138****1234");
}

int main(void)
{
#define STORY(name) cmocka_unit_test_setup_teardown(name, home_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(what_is_written_comes_back_and_phones_masked),
        STORY(a_number_that_was_masked_elsewhere_is_no_number),
        STORY(two_desks_do_not_overwrite_each_other),
        STORY(the_counter_is_told_the_diet),
        STORY(a_new_key_opens_the_notes_too),
        STORY(a_change_is_taken_back_with_its_notes),
        STORY(notes_put_into_another_persons_file_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
