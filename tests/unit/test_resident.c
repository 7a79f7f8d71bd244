/* What a file of a resident may say, and the words made of it. */
#include <mulin/domain/resident.h>

#include <mulin/base/codes.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct mu_date today = {2026, 11, 22};

/* The message that refuses the file, MU_SAY_COUNT when it is good. */
static enum mu_message says(struct mu_resident *resident, const char *expected_field)
{
    struct mu_error error = {0};
    const char *field = NULL;

    if (mu_resident_check(resident, today, &field, &error) == MU_OK)
        return MU_SAY_COUNT;
    assert_int_equal(error.status, MU_INPUT);
    assert_string_equal(field, expected_field);
    assert_int_equal(mu_resident_check(resident, today, NULL, NULL), MU_INPUT);
    return error.message;
}

static void the_number_tells_what_was_left_empty(void **state)
{
    struct mu_resident resident = {.name = "张金凤", .id_number = "11010519491231002X"};

    (void)state;
    assert_int_equal(says(&resident, ""), MU_SAY_COUNT);
    assert_int_equal(mu_date_compare(resident.birth_date, (struct mu_date){1949, 12, 31}), 0);
    assert_int_equal(resident.sex, MU_SEX_FEMALE);
    assert_int_equal(mu_resident_age(&resident, today), 76);
    resident.birth_date = (struct mu_date){0};
    assert_int_equal(mu_resident_age(&resident, today), -1);
}

static void the_number_and_the_file_say_the_same(void **state)
{
    struct mu_resident resident = {.name = "张金凤", .id_number = "11010519491231002X"};

    (void)state;
    resident.birth_date = (struct mu_date){1949, 12, 30};
    assert_int_equal(says(&resident, "birth_date"), MU_SAY_error_birth_date_differs);
    resident.birth_date = (struct mu_date){1949, 12, 31};
    resident.sex = MU_SEX_MALE;
    assert_int_equal(says(&resident, "sex"), MU_SAY_error_sex_differs);
    resident.sex = MU_SEX_UNSPECIFIED;
    assert_int_equal(says(&resident, ""), MU_SAY_COUNT);
    assert_int_equal(resident.sex, MU_SEX_UNSPECIFIED);
    strcpy(resident.id_number, "110105194912310029");
    assert_int_equal(says(&resident, "id_number"), MU_SAY_error_id_number_wrong);
}

static void nobody_is_born_tomorrow(void **state)
{
    struct mu_resident resident = {.name = "小宝", .birth_date = {2026, 11, 23}};

    (void)state;
    assert_int_equal(says(&resident, "birth_date"), MU_SAY_error_birth_date_future);
    resident.birth_date = today;
    assert_int_equal(says(&resident, ""), MU_SAY_COUNT);
    resident.birth_date = (struct mu_date){0};
    strcpy(resident.id_number, "110105202611230019");
    resident.id_number[17] = mu_id_number_check(resident.id_number);
    assert_int_equal(says(&resident, "id_number"), MU_SAY_error_birth_date_future);
}

static void places_are_compared_by_their_number(void **state)
{
    static const struct {
        const char *typed, *number;
    } places[] = {
        {"3栋", "3"}, {"03", "3"},       {"０３栋", "3"}, {"0", "0"},
        {"00", "0"},  {"3A", "3a"},      {"A3", "a3"},    {"东楼", "东楼"},
        {"", ""},     {"0201室", "201"}, {"3-1", "3-1"},  {"0x", "0x"},
    };
    char number[MU_PLACE_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        mu_place_number(places[i].typed, number);
        assert_string_equal(number, places[i].number);
    }
}

static void an_address_says_each_word_once(void **state)
{
    struct mu_resident resident = {
        .estate = "鹭汀苑", .building = "3", .unit = "2单元", .room = "201"};
    char address[MU_ADDRESS_SIZE];

    (void)state;
    mu_resident_address(&resident, address);
    assert_string_equal(address, "鹭汀苑3栋2单元201室");
    strcpy(resident.estate, "");
    strcpy(resident.building, "A");
    strcpy(resident.room, "201:1");
    mu_resident_address(&resident, address);
    assert_string_equal(address, "A2单元201:1室");
    strcpy(resident.room, "+");
    mu_resident_address(&resident, address);
    assert_string_equal(address, "A2单元+");
}

static void a_card_is_the_same_in_small_letters(void **state)
{
    char card[MU_CARD_SIZE] = "yl-{0a}z";

    (void)state;
    mu_card_number(card, card);
    assert_string_equal(card, "YL-{0A}Z");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_number_tells_what_was_left_empty),
        cmocka_unit_test(the_number_and_the_file_say_the_same),
        cmocka_unit_test(nobody_is_born_tomorrow),
        cmocka_unit_test(places_are_compared_by_their_number),
        cmocka_unit_test(an_address_says_each_word_once),
        cmocka_unit_test(a_card_is_the_same_in_small_letters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
