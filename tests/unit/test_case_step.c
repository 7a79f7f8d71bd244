#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <mulin/domain/case_step.h>

static const struct mu_date today = {2026, 11, 23};

static void set(struct mu_case_step *step, const char *key, const char *value)
{
    const struct mu_case_step_type *type = mu_case_step_type(step->kind);
    const struct mu_field *field = mu_field_by_key(type->fields, type->field_count, key);

    assert_non_null(field);
    assert_int_equal(mu_field_read(field, value, today, &step->record, NULL), MU_OK);
}

static struct mu_case_step a_meeting(void)
{
    struct mu_case_step step = {.id = 7,
                                .number = 3,
                                .kind = MU_STEP_MEETING,
                                .date = {2026, 10, 23},
                                .recorded_at = {{2026, 10, 23}, 600, 5},
                                .operator_id = 2,
                                .salt = {0xab, 0xcd}};

    set(&step, "present", "王秀英、张金凤\xef\xbc\x8c楼长");
    set(&step, "next_on", "2026-10-30");
    step.text = strdup("王秀英说：漏了三个月。\n\n张金凤说：不是我家。\nsalt=00\n");
    return step;
}

/* Every field of every kind comes back, whatever it holds. */
static void test_every_kind_comes_back(void **state)
{
    static const char *const tried[] = {"a=b\\n 一", "13812345678", "2026-12-31", "1956",
                                        "11010519491231002X"};

    (void)state;
    for (int kind = MU_STEP_INTAKE; kind < MU_STEP_KINDS; kind++) {
        const struct mu_case_step_type *type = mu_case_step_type((enum mu_case_step_kind)kind);
        struct mu_case_step step = {.kind = (enum mu_case_step_kind)kind,
                                    .about = 4,
                                    .resident_id = 12,
                                    .mediator_id = INT64_MAX,
                                    .due = {2026, 12, 23},
                                    .salt = {1, 2, 3}};
        struct mu_case_step read = {.kind = step.kind, .id = 9, .about = 1};
        char *body = NULL;

        for (size_t i = 0; i < type->field_count; i++) {
            const struct mu_field *field = &type->fields[i];
            bool taken = false;

            assert_true(field->offset + field->size <= type->size);
            if (field->choices)
                taken = mu_field_read(field, field->choices->choice[1].chinese, today, &step.record,
                                      NULL) == MU_OK;
            for (size_t j = 0; !taken && j < sizeof tried / sizeof *tried; j++)
                taken = mu_field_read(field, tried[j], today, &step.record, NULL) == MU_OK;
            assert_true(taken);
        }
        if (type->text_label)
            step.text = strdup("一\n\n二=三\\");
        assert_int_equal(mu_case_body_write(&step, &body, NULL), MU_OK);
        assert_int_equal(mu_case_body_read(body, &read, NULL), MU_OK);
        assert_memory_equal(&read.record, &step.record, type->size);
        assert_memory_equal(read.salt, step.salt, MU_CASE_SALT);
        assert_int_equal(read.about, 4);
        assert_true(read.resident_id == 12 && read.mediator_id == INT64_MAX && read.id == 9);
        assert_int_equal(mu_date_compare(read.due, step.due), 0);
        if (step.text)
            assert_string_equal(read.text, step.text);
        else
            assert_null(read.text);
        free(body);
        mu_case_step_clear(&read);
        mu_case_step_clear(&step);
    }
}

static void test_words_name_the_kinds(void **state)
{
    enum mu_case_step_kind kind = MU_STEP_INTAKE;

    (void)state;
    assert_true(mu_case_step_from_word("meeting", &kind));
    assert_int_equal(kind, MU_STEP_MEETING);
    assert_string_equal(mu_case_step_type(MU_STEP_ATTACHED)->word, "attached");
    assert_false(mu_case_step_from_word("quarrel", &kind));
    assert_int_equal(kind, MU_STEP_MEETING);
    assert_null(mu_case_step_type(MU_STEP_KINDS));
    assert_null(mu_case_step_type((enum mu_case_step_kind)0));
}

static void test_a_body_reads_as_lines_and_text(void **state)
{
    struct mu_case_step step = a_meeting();
    char *body = NULL;

    (void)state;
    assert_int_equal(mu_case_body_write(&step, &body, NULL), MU_OK);
    assert_string_equal(body, "salt=abcd0000000000000000000000000000\n"
                              "present=王秀英、张金凤\xef\xbc\x8c楼长\n"
                              "next_on=2026-10-30\n\n"
                              "王秀英说：漏了三个月。\n\n张金凤说：不是我家。\nsalt=00\n");
    free(body);
    mu_case_step_clear(&step);
}

/* A body that is none changes nothing. */
static void test_hostile_bodies_are_refused(void **state)
{
    static const char *const bodies[] = {
        "",
        "\x1b[2J",
        "present=甲",                                   /* cut in the line */
        "present=甲\n",                                 /* cut before the text */
        "salt=xyz\n\n文",                               /* no hex */
        "salt=ab\n\n文",                                /* too short */
        "salt=000000000000000000000000000000000\n\n文", /* too long */
        "about=0\n\n文",
        "about=-1\n\n文",
        "about=2001\n\n文",
        "about=1x\n\n文",
        "resident=99999999999999999999\n\n文",
        "mediator= 1\n\n文",
        "due=2026-02-30\n\n文",
        "due=11月3日\n\n文",
        "colour=红\n\n文",
        "next_on=从不\n\n文",
        "present=\x1b[2J\n\n文",
        "present=甲\n\n\x1b[2J",
        "present=甲\n\n\xff",
        "present=甲\n\n文\xe2\x80\xae",
    };
    struct mu_case_step step = a_meeting();
    struct mu_error error = {0};

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        assert_int_equal(mu_case_body_read(bodies[i], &step, &error), MU_STORE);
        assert_int_equal(step.record.meeting.next_on.year, 2026);
        assert_non_null(strstr(step.text, "漏了三个月"));
    }
    step.kind = MU_STEP_INFORMED;
    assert_int_equal(mu_case_body_read("how=宣读\n\n不该有正文", &step, &error), MU_STORE);
    mu_case_step_clear(&step);
}

static void test_a_text_has_an_end(void **state)
{
    struct mu_case_step step = {.kind = MU_STEP_ADDED};
    char *body = malloc(MU_CASE_TEXT_SIZE + 2);

    (void)state;
    assert_non_null(body);
    memset(body, 'a', MU_CASE_TEXT_SIZE + 1);
    body[0] = '\n';
    body[MU_CASE_TEXT_SIZE + 1] = '\0';
    assert_int_equal(mu_case_body_read(body, &step, NULL), MU_STORE);
    body[MU_CASE_TEXT_SIZE] = '\0';
    assert_int_equal(mu_case_body_read(body, &step, NULL), MU_OK);
    assert_int_equal(strlen(step.text), MU_CASE_TEXT_SIZE - 1);
    free(body);
    mu_case_step_clear(&step);
    assert_null(step.text);
}

/* Nothing of a step can be changed behind the hash. */
static void test_the_hash_covers_everything(void **state)
{
    unsigned char previous[MU_HASH_SIZE] = {0}, first[MU_HASH_SIZE], hash[MU_HASH_SIZE];
    struct mu_case_step step = a_meeting(), changed;

    (void)state;
    mu_case_step_hash(1, &step, "甲", previous, first);
    mu_case_step_hash(1, &step, "甲", previous, hash);
    assert_memory_equal(first, hash, MU_HASH_SIZE);
    for (int i = 0; i < 8; i++) {
        changed = step;
        changed.number += i == 0;
        changed.date.day += i == 1;
        changed.recorded_at.second += i == 2;
        changed.operator_id += i == 3;
        if (i == 4)
            changed.kind = MU_STEP_ADDED;
        previous[31] = i == 5;
        mu_case_step_hash(i == 6 ? 2 : 1, &changed, i == 7 ? "乙" : "甲", previous, hash);
        assert_memory_not_equal(first, hash, MU_HASH_SIZE);
    }
    mu_case_step_clear(&step);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind_comes_back),
        cmocka_unit_test(test_words_name_the_kinds),
        cmocka_unit_test(test_a_body_reads_as_lines_and_text),
        cmocka_unit_test(test_hostile_bodies_are_refused),
        cmocka_unit_test(test_a_text_has_an_end),
        cmocka_unit_test(test_the_hash_covers_everything),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
