#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <mulin/base/codes.h>
#include <mulin/domain/merge.h>
#include <mulin/domain/resident.h>
#include <mulin/domain/snapshot.h>

enum { ROUNDS = 2000 };

static const struct mu_date today = {2026, 11, 22};

/* The same people every time. */
static uint64_t seed;

static size_t draw(size_t below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(seed >> 33) % below;
}

static const char *draw_text(const struct mu_field *field)
{
    static const char *const names[] = {"张金凤", "王秀英", "迪丽热巴·阿不都", "O'Neil \\n"};
    static const char *const phones[] = {"", "13812345678", "13900000001 0574-87654321"};
    static const char *const numbers[] = {"", "11010519491231002X", "110105194912310038"};
    static const char *const dates[] = {"", "1949-12-31", "1980-02-29"};
    static const char *const texts[] = {"", "3栋", "a=b", "\\", "鹭汀苑 A"};
    static const char *const tags[] = {"", "低保", "独居 低保 残疾"};
    static const char *const notes[] = {"", "听力不好", "第一行\n第二行\\\n=三", "\\n"};

    switch (field->kind) {
    case MU_FIELD_NAME:
        return names[draw(4)];
    case MU_FIELD_PHONE:
        return phones[draw(3)];
    case MU_FIELD_ID_NUMBER:
        return numbers[draw(3)];
    case MU_FIELD_DATE:
        return dates[draw(3)];
    case MU_FIELD_TAGS:
        return tags[draw(3)];
    case MU_FIELD_NOTE:
        return notes[draw(4)];
    case MU_FIELD_CHOICE:
        return field->choices->choice[draw(field->choices->count)].chinese;
    default:
        return texts[draw(5)];
    }
}

static struct mu_resident draw_person(void)
{
    struct mu_resident person = {.version = 7};

    for (size_t i = 0; i < mu_resident_stored_field_count; i++)
        assert_int_equal(mu_field_read(&mu_resident_fields[i], draw_text(&mu_resident_fields[i]),
                                       today, &person, NULL),
                         MU_OK);
    return person;
}

/* Changes some fields of a person. */
static struct mu_resident change(const struct mu_resident *person)
{
    struct mu_resident other = draw_person(), changed = *person;

    for (size_t i = 0; i < mu_resident_stored_field_count; i++)
        if (draw(4) == 0)
            mu_field_copy(&mu_resident_fields[i], &other, &changed);
    return changed;
}

static bool same(const struct mu_resident *a, const struct mu_resident *b)
{
    for (size_t i = 0; i < mu_resident_stored_field_count; i++)
        if (!mu_field_same(&mu_resident_fields[i], a, b))
            return false;
    return true;
}

static void diff(const struct mu_resident *before, const struct mu_resident *after, char **old,
                 char **new)
{
    assert_int_equal(mu_snapshot_diff(mu_resident_fields, mu_resident_stored_field_count, before,
                                      after, old, new, NULL),
                     MU_OK);
}

static enum mu_status apply(const char *text, struct mu_resident *person, struct mu_error *error)
{
    return mu_snapshot_apply(mu_resident_fields, mu_resident_stored_field_count, text, today,
                             person, sizeof *person, error);
}

static const struct mu_field *differs(const char *text, const struct mu_resident *person)
{
    return mu_snapshot_differs(mu_resident_fields, mu_resident_stored_field_count, text, person);
}

static void what_was_changed_can_be_put_back_and_done_again(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct mu_resident before = draw_person(), after = change(&before), person = after;
        char *old, *new;

        diff(&before, &after, &old, &new);
        assert_true(!*new == same(&before, &after));
        assert_null(differs(new, &after));
        assert_int_equal(apply(old, &person, NULL), MU_OK);
        assert_true(same(&person, &before));
        assert_null(differs(old, &person));
        assert_int_equal(apply(new, &person, NULL), MU_OK);
        assert_true(same(&person, &after));
        assert_int_equal(person.version, 7);
        free(old);
        free(new);
    }
}

static void a_new_record_has_nothing_before(void **state)
{
    struct mu_resident person = {.name = "张金凤", .note = "一\n二\\三", .status = MU_LIVING_HERE};
    char *old, *new;

    (void)state;
    diff(NULL, &person, &old, &new);
    assert_null(old);
    assert_string_equal(new, "name=张金凤\nnote=一\\n二\\\\三\nstatus=在住\n");
    free(new);
}

static void a_line_is_found_by_its_key(void **state)
{
    const char *text = "name=张金凤\nnote=a\\nb=c\n";
    char value[MU_FIELD_LONGEST];

    (void)state;
    assert_true(mu_snapshot_value(text, "note", value));
    assert_string_equal(value, "a\nb=c");
    assert_false(mu_snapshot_value(text, "phone", value));
    assert_string_equal(value, "");
    assert_false(mu_snapshot_value(NULL, "name", value));
}

/* Half of it would be nobody's file. */
static void what_no_longer_fits_is_not_applied_in_part(void **state)
{
    static const char *const texts[] = {
        "phone=13800000001\nshoe_size=41\n",
        "phone=13800000001\nbirth_date=someday\n",
        "phone=13800000001\nname=\n",
        "phone=13800000001\nsex=neither\n",
        "phone=13800000001\ntorn",
        "phone=13800000001\ntorn=off",
        "phone=13800000001\n\nname=x\n",
        "phone=13800000001\na_key_that_is_longer_than_any_that_a_field_has_or_will_ever_have=1\n",
    };
    struct mu_resident person = {.name = "张金凤"};
    struct mu_error error;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(apply(texts[i], &person, &error), MU_INPUT);
        assert_string_equal(person.phone, "");
    }
    assert_string_equal(differs("shoe_size=41\nname=王\n", &person)->key, "name");
}

static void a_value_beyond_any_field_is_none(void **state)
{
    char *text = malloc(2 * MU_FIELD_LONGEST);
    struct mu_resident person = {.name = "张金凤"};
    struct mu_error error;

    (void)state;
    assert_non_null(text);
    memset(text, 'x', 2 * MU_FIELD_LONGEST);
    memcpy(text, "note=", 5);
    memcpy(text + 2 * MU_FIELD_LONGEST - 2, "\n", 2);
    assert_int_equal(apply(text, &person, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_snapshot);
    assert_string_equal(person.note, "");
    free(text);
    /* A mark at the end of the line that doubles nothing stands for itself. */
    assert_int_equal(apply("note=a\\\nb=", &person, NULL), MU_INPUT);
    assert_int_equal(apply("note=a\\\n", &person, NULL), MU_OK);
    assert_string_equal(person.note, "a\\");
}

static size_t merge(const struct mu_resident *base, const struct mu_resident *mine,
                    const struct mu_resident *theirs, struct mu_resident *out)
{
    enum mu_merge_side sides[32];

    *out = *theirs;
    return mu_merge(mu_resident_fields, mu_resident_stored_field_count, mu_resident_together, base,
                    mine, theirs, sides, out);
}

static void a_merge_loses_nothing(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct mu_resident base = draw_person(), mine = change(&base), theirs = change(&base);
        struct mu_resident out, back;

        assert_int_equal(merge(&base, &mine, &base, &out), 0);
        assert_true(same(&out, &mine));
        assert_int_equal(merge(&base, &base, &theirs, &out), 0);
        assert_true(same(&out, &theirs));
        assert_int_equal(merge(&base, &mine, &mine, &out), 0);
        assert_true(same(&out, &mine));
        /* Who of the two is asked makes no difference when nobody has to choose. */
        if (merge(&base, &mine, &theirs, &out) == 0) {
            assert_int_equal(merge(&base, &theirs, &mine, &back), 0);
            assert_true(same(&out, &back));
        }
        for (size_t i = 0; i < mu_resident_stored_field_count; i++) {
            const struct mu_field *field = &mu_resident_fields[i];

            if (mu_field_same(field, &base, &theirs))
                assert_true(mu_field_same(field, &out, &mine) ||
                            mu_field_same(field, &out, &theirs));
            else if (mu_field_same(field, &base, &mine) && !field->carried)
                assert_true(mu_field_same(field, &out, &theirs));
        }
    }
}

static void two_moves_are_not_mixed_into_a_third(void **state)
{
    struct mu_resident base = {.name = "张金凤", .building = "3栋", .room = "201"};
    struct mu_resident mine = base, theirs = base, out;
    enum mu_merge_side sides[32];
    size_t count = mu_resident_stored_field_count;

    (void)state;
    strcpy(mine.building, "5栋");
    strcpy(theirs.room, "202");
    strcpy(theirs.phone, "13800000001");
    assert_int_equal(mu_merge(mu_resident_fields, count, mu_resident_together, &base, &mine,
                              &theirs, sides, &mine),
                     2);
    assert_string_equal(mine.phone, "13800000001");
    assert_string_equal(mine.building, "5栋");
    assert_string_equal(mine.room, "201");
    /* Without the address as one thing it would be room 202 of building 5. */
    assert_int_equal(mu_merge(mu_resident_fields, count, NULL, &base, &mine, &theirs, sides, &out),
                     0);
}

static void every_word_of_a_code_means_that_code(void **state)
{
    const struct mu_choices *const tables[] = {&mu_sexes, &mu_relations, &mu_occupancies,
                                               &mu_statuses, &mu_residences};

    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        for (size_t k = 0; k < tables[i]->count; k++) {
            const struct mu_choice *choice = &tables[i]->choice[k];

            assert_ptr_equal(mu_choice_by_text(tables[i], choice->chinese), choice);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_changed_can_be_put_back_and_done_again),
        cmocka_unit_test(a_new_record_has_nothing_before),
        cmocka_unit_test(a_line_is_found_by_its_key),
        cmocka_unit_test(what_no_longer_fits_is_not_applied_in_part),
        cmocka_unit_test(a_value_beyond_any_field_is_none),
        cmocka_unit_test(a_merge_loses_nothing),
        cmocka_unit_test(two_moves_are_not_mixed_into_a_third),
        cmocka_unit_test(every_word_of_a_code_means_that_code),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
