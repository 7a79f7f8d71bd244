/* Every field with codes, of every record, takes the code, the word in both languages and pinyin.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <mulin/base/name_key.h>
#include <mulin/domain/household.h>
#include <mulin/domain/person_file.h>
#include <mulin/domain/place.h>
#include <mulin/domain/resident.h>
#include <stdio.h>
#include <string.h>

static const struct mu_date today = {2026, 11, 22};

/* What the field holds after `text` was typed; -1 when it was refused. */
static int typed(const struct mu_field *field, const char *text, struct mu_error *error)
{
    union {
        struct mu_resident resident;
        struct mu_household household;
        struct mu_building building;
        struct mu_person_file file;
    } record = {0};
    int code;

    if (mu_field_read(field, text, today, &record, error) != MU_OK)
        return -1;
    memcpy(&code, (const char *)&record + field->offset, sizeof code);
    return code;
}

static void try_row(const struct mu_field *field, const struct mu_choice *row)
{
    struct mu_error error;
    char code[16], pinyin[256];
    int got;

    snprintf(code, sizeof code, "%0*d", field->choices->digits, row->code);
    assert_int_equal(typed(field, code, &error), row->code);
    assert_int_equal(typed(field, row->chinese, &error), row->code);
    assert_int_equal(typed(field, row->english, &error), row->code);
    mu_name_pinyin(row->chinese, pinyin, sizeof pinyin);
    if (pinyin[strspn(pinyin, "abcdefghijklmnopqrstuvwxyz ")])
        return; /* 孙子、孙女或…: no word that anybody spells */
    got = typed(field, pinyin, &error);
    if (got == -1 && error.message == MU_SAY_error_choice_pinyin)
        return; /* asked, because another word sounds the same */
    if (got != row->code)
        fail_msg("%s: '%s' gives %d, not %s", field->key, pinyin, got, row->chinese);
}

static void try_table(const struct mu_field *fields, size_t count, int *tables)
{
    for (size_t i = 0; i < count; i++) {
        if (fields[i].kind != MU_FIELD_CHOICE)
            continue;
        for (size_t j = 0; j < fields[i].choices->count; j++)
            try_row(&fields[i], &fields[i].choices->choice[j]);
        ++*tables;
    }
}

static void every_field_with_codes_takes_code_word_and_pinyin(void **state)
{
    int tables = 0;

    (void)state;
    try_table(mu_resident_fields, mu_resident_stored_field_count, &tables);
    assert_int_equal(tables, 7);
    try_table(mu_person_file_fields, mu_person_file_field_count, &tables);
    try_table(mu_household_fields, mu_household_field_count, &tables);
    try_table(mu_building_fields, mu_building_field_count, &tables);
    assert_true(tables >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_with_codes_takes_code_word_and_pinyin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
