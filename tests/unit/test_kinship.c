#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <mulin/base/codes.h>
#include <mulin/base/id_number.h>
#include <mulin/domain/kinship.h>

#include <string.h>

/* A household of three generations, as the register knows it: head 1950, his wife, a son with wife
 * and child, a daughter, the head's mother, his younger brother, a carer. */
static const struct {
    const char *name;
    struct mu_kin kin;
} family[] = {
    {"head", {2, MU_SEX_MALE, {1950, 1, 1}}},
    {"wife", {10, MU_SEX_FEMALE, {1952, 1, 1}}},
    {"son", {20, MU_SEX_MALE, {1975, 1, 1}}},
    {"daughter", {30, MU_SEX_FEMALE, {1978, 1, 1}}},
    {"son's wife", {38, MU_SEX_FEMALE, {1976, 1, 1}}},
    {"grandson", {41, MU_SEX_MALE, {2005, 1, 1}}},
    {"mother", {52, MU_SEX_FEMALE, {1928, 1, 1}}},
    {"brother", {73, MU_SEX_MALE, {1955, 1, 1}}},
    {"carer", {99, MU_SEX_FEMALE, {1980, 1, 1}}},
    {"wife's father", {55, MU_SEX_MALE, {1930, 1, 1}}},
    {"daughter's husband", {28, MU_SEX_MALE, {1977, 1, 1}}},
};

static const struct mu_kin *member(const char *name)
{
    for (size_t i = 0; i < sizeof family / sizeof *family; i++)
        if (strcmp(family[i].name, name) == 0)
            return &family[i].kin;
    fail_msg("nobody is called %s", name);
    return NULL;
}

static const char *seen(const char *name, const char *next)
{
    int code = mu_kinship_from(member(name), member(next), member("head"));

    return code ? mu_choice_word(&mu_relations, code, MU_CHINESE) : "?";
}

static void the_widow_becomes_head(void **state)
{
    (void)state;
    assert_string_equal(seen("wife", "wife"), "户主");
    assert_string_equal(seen("head", "wife"), "配偶");
    assert_string_equal(seen("son", "wife"), "子");
    assert_string_equal(seen("son's wife", "wife"), "儿媳");
    assert_string_equal(seen("grandson", "wife"), "孙子");
    assert_string_equal(seen("mother", "wife"), "婆婆");
    assert_string_equal(seen("brother", "wife"), "其他亲属");
    assert_string_equal(seen("wife's father", "wife"), "父亲");
    assert_string_equal(seen("daughter's husband", "wife"), "女婿");
    assert_string_equal(seen("carer", "wife"), "非亲属");
}

static void the_son_becomes_head_and_what_does_not_follow_is_asked(void **state)
{
    (void)state;
    assert_string_equal(seen("head", "son"), "父亲");
    assert_string_equal(seen("wife", "son"), "母亲");
    assert_string_equal(seen("daughter", "son"), "妹妹");
    assert_string_equal(seen("mother", "son"), "祖母");
    assert_string_equal(seen("brother", "son"), "叔父");
    assert_string_equal(seen("wife's father", "son"), "外祖父");
    /* His wife and child, or a brother's? The register does not say. */
    assert_string_equal(seen("son's wife", "son"), "?");
    assert_string_equal(seen("grandson", "son"), "?");
}

static void the_daughter_becomes_head(void **state)
{
    (void)state;
    assert_string_equal(seen("head", "daughter"), "父亲");
    assert_string_equal(seen("son", "daughter"), "兄");
    assert_string_equal(seen("mother", "daughter"), "祖母");
}

static void the_old_mother_becomes_head(void **state)
{
    (void)state;
    assert_string_equal(seen("head", "mother"), "子");
    assert_string_equal(seen("wife", "mother"), "儿媳");
    assert_string_equal(seen("son", "mother"), "孙子");
    assert_string_equal(seen("daughter", "mother"), "孙女");
    assert_string_equal(seen("brother", "mother"), "子");
}

static void the_brother_becomes_head(void **state)
{
    (void)state;
    assert_string_equal(seen("head", "brother"), "兄");
    assert_string_equal(seen("wife", "brother"), "嫂");
    assert_string_equal(seen("son", "brother"), "侄子");
    assert_string_equal(seen("daughter", "brother"), "侄女");
    assert_string_equal(seen("mother", "brother"), "母亲");
}

static void the_son_s_wife_becomes_head(void **state)
{
    (void)state;
    assert_string_equal(seen("head", "son's wife"), "公公");
    assert_string_equal(seen("wife", "son's wife"), "婆婆");
    assert_string_equal(seen("son", "son's wife"), "?");
}

static void the_carer_becomes_head(void **state)
{
    (void)state;
    assert_string_equal(seen("head", "carer"), "非亲属");
    assert_string_equal(seen("grandson", "carer"), "非亲属");
}

static void without_sex_or_birth_date_somebody_is_asked(void **state)
{
    const struct mu_kin head = {2, MU_SEX_UNKNOWN, {0, 0, 0}}, son = {20, MU_SEX_MALE, {0, 0, 0}};
    const struct mu_kin daughter = {30, MU_SEX_FEMALE, {0, 0, 0}};
    const struct mu_kin uncertain = {0, MU_SEX_MALE, {1990, 1, 1}};
    const struct mu_kin father = {2, MU_SEX_MALE, {1950, 1, 1}};

    (void)state;
    assert_int_equal(mu_kinship_from(&head, &son, &head), 0);
    assert_int_equal(mu_kinship_from(&daughter, &son, &father), 0);
    assert_int_equal(mu_kinship_from(&uncertain, &son, &father), 0);
    assert_int_equal(mu_kinship_from(&son, &uncertain, &father), 0);
}

/* Whoever becomes head, and then the old head again: nobody's relation is another afterwards. */
static void there_and_back_everybody_is_what_he_was(void **state)
{
    const struct mu_kin *head = member("head");

    (void)state;
    for (size_t n = 1; n < sizeof family / sizeof *family; n++)
        for (size_t i = 1; i < sizeof family / sizeof *family; i++) {
            const struct mu_kin *next = &family[n].kin;
            struct mu_kin now = family[i].kin, old_head = *head, new_head = *next;

            if (i == n)
                continue;
            now.relation = mu_kinship_from(&family[i].kin, next, head);
            old_head.relation = mu_kinship_from(head, next, head);
            new_head.relation = 2;
            if (!now.relation || !old_head.relation || now.relation == 97 || now.relation == 99 ||
                old_head.relation == 99)
                continue;
            int back = mu_kinship_from(&now, &old_head, &new_head);

            if (back != 0 && back != family[i].kin.relation)
                fail_msg("%s by way of %s: %d", family[i].name, family[n].name, back);
        }
}

/* Every pair of relations that the standard has, of every sex: what comes out is a word of the
 * standard, or the question is asked; and nobody is anybody's head but the new head himself. */
static void every_pair_of_relations_has_an_answer_or_is_asked(void **state)
{
    static const int sexes[] = {MU_SEX_UNKNOWN, MU_SEX_MALE, MU_SEX_FEMALE};
    size_t answers = 0;

    (void)state;
    for (size_t n = 0; n < mu_relations.count; n++)
        for (size_t p = 0; p < mu_relations.count; p++)
            for (size_t s = 0; s < 27; s++) {
                const struct mu_kin head = {2, sexes[s % 3], {1950, 1, 1}};
                const struct mu_kin next = {
                    mu_relations.choice[n].code, sexes[s / 3 % 3], {1960, 1, 1}};
                const struct mu_kin person = {
                    mu_relations.choice[p].code, sexes[s / 9], {1970, 1, 1}};
                int code = mu_kinship_from(&person, &next, &head);

                assert_int_not_equal(code, 2);
                assert_true(code == 0 || mu_choice_by_code(&mu_relations, code));
                answers += code != 0;
            }
    assert_true(answers > 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_widow_becomes_head),
        cmocka_unit_test(the_son_becomes_head_and_what_does_not_follow_is_asked),
        cmocka_unit_test(the_daughter_becomes_head),
        cmocka_unit_test(the_old_mother_becomes_head),
        cmocka_unit_test(the_brother_becomes_head),
        cmocka_unit_test(the_son_s_wife_becomes_head),
        cmocka_unit_test(the_carer_becomes_head),
        cmocka_unit_test(without_sex_or_birth_date_somebody_is_asked),
        cmocka_unit_test(every_pair_of_relations_has_an_answer_or_is_asked),
        cmocka_unit_test(there_and_back_everybody_is_what_he_was),
    };

    return cmocka_run_group_tests_name("kinship", tests, NULL, NULL);
}
