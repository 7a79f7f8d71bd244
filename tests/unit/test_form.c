/* A form: Enter goes on and saves at the end, faults are told on leaving, the caret is never
 * caught, nothing typed is lost. */
#include "tui/form.h"

#include <mulin/base/id_number.h>

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct mu_choice sexes[] = {{1, "男", "male", "m"}, {2, "女", "female", "f"}};
static const struct mu_choices sex = {
    .source = "GB/T 2261.1", .digits = 1, .choice = sexes, .count = 2};

struct person {
    char name[16];
    char id_number[MU_ID_NUMBER_SIZE];
    struct mu_date birth;
    int sex;
    char note[64];
};

#define FIELD(key, kind, required, carried, choices)                                               \
    {                                                                                              \
#key, MU_SAY_tui_keys_home, MU_SAY_tui_keys_menu, kind, required, carried,                 \
            offsetof(struct person, key), sizeof(((struct person *)0)->key), choices               \
    }

static const struct mu_field fields[] = {
    FIELD(name, MU_FIELD_NAME, true, false, NULL),
    FIELD(id_number, MU_FIELD_ID_NUMBER, false, false, NULL),
    FIELD(birth, MU_FIELD_DATE, false, false, NULL),
    FIELD(sex, MU_FIELD_CHOICE, false, true, &sex),
    FIELD(note, MU_FIELD_NOTE, false, true, NULL),
};

static struct person person;
static struct mu_form *form;

static int set_up(void **state)
{
    (void)state;
    memset(&person, 0, sizeof person);
    form = mu_form_new(fields, 5, &person, MU_CHINESE, (struct mu_date){2026, 3, 10}, NULL);
    return form ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    mu_form_free(&form);
    return 0;
}

static enum mu_form_result type(const char *text)
{
    struct mu_event event = {.kind = MU_EVENT_TEXT, .text = text};

    return mu_form_event(form, &event);
}

static enum mu_form_result press(enum mu_action action)
{
    struct mu_event event = {.kind = MU_EVENT_KEY, .action = action};

    return mu_form_event(form, &event);
}

static void assert_at(const char *key)
{
    assert_string_equal(mu_form_field(form)->key, key);
}

static void enter_walks_through_and_saves_at_the_end(void **state)
{
    (void)state;
    type("张金凤");
    assert_int_equal(press(MU_DO_accept), MU_FORM_USED);
    assert_at("id_number");
    press(MU_DO_accept);
    type("１９４０年９月１２日");
    press(MU_DO_accept);
    assert_string_equal(mu_form_text(form, "birth"), "1940-09-12");
    type("f");
    press(MU_DO_next);
    assert_string_equal(mu_form_text(form, "sex"), "女");
    assert_int_equal(press(MU_DO_accept), MU_FORM_SAVE);
    assert_string_equal(person.name, "张金凤");
    assert_int_equal(person.birth.year, 1940);
    assert_int_equal(person.sex, 2);
}

static void a_fault_is_told_on_leaving_and_never_holds_the_caret(void **state)
{
    (void)state;
    type("王五");
    press(MU_DO_next);
    type("330205194009121234");
    assert_int_equal(press(MU_DO_next), MU_FORM_BAD);
    assert_at("birth");
    assert_string_equal(mu_form_bad_field(form)->key, "id_number");
    assert_int_equal(mu_form_error(form)->status, MU_INPUT);
    assert_int_equal(press(MU_DO_previous), MU_FORM_USED);
    assert_int_equal(press(MU_DO_previous), MU_FORM_BAD);
    assert_at("name");
}

static void saving_jumps_to_the_first_bad_field(void **state)
{
    (void)state;
    press(MU_DO_next); /* passing over the required name is no fault yet */
    press(MU_DO_next);
    type("never");
    assert_int_equal(press(MU_DO_save), MU_FORM_BAD);
    assert_at("name");
    type("王");
    assert_int_equal(press(MU_DO_save), MU_FORM_BAD);
    assert_at("birth");
    for (int i = 0; i < 5; i++)
        press(MU_DO_erase);
    assert_int_equal(press(MU_DO_save), MU_FORM_SAVE);
}

static void a_choice_comes_from_the_picker(void **state)
{
    (void)state;
    assert_int_equal(press(MU_DO_choose), MU_FORM_NO_CHOICES);
    mu_form_go(form, "sex");
    assert_int_equal(press(MU_DO_choose), MU_FORM_CHOOSE);
    mu_form_choose(form, 1);
    assert_int_equal(person.sex, 1);
    assert_at("note");
    assert_true(mu_form_dirty(form));
    mu_form_language(form, MU_ENGLISH);
    assert_string_equal(mu_form_text(form, "sex"), "male");
}

static void f6_repeats_the_last_record(void **state)
{
    struct person last = {.name = "李四", .sex = 2, .note = "三幢"};

    (void)state;
    assert_int_equal(press(MU_DO_same), MU_FORM_NO_LAST);
    mu_form_last(form, &last);
    assert_int_equal(press(MU_DO_same), MU_FORM_NO_LAST); /* names are not carried */
    mu_form_go(form, "note");
    assert_int_equal(press(MU_DO_same), MU_FORM_USED);
    assert_string_equal(mu_form_text(form, "note"), "三幢");
    assert_true(mu_form_dirty(form));
}

static void carried_fields_start_filled_and_marked(void **state)
{
    struct person last = {.name = "李四", .sex = 2};
    struct mu_grid *grid = mu_grid_new(12, 60);
    char text[8192];

    (void)state;
    assert_non_null(grid);
    mu_form_last(form, &last);
    mu_form_carry(form);
    assert_string_equal(mu_form_text(form, "sex"), "女");
    assert_string_equal(mu_form_text(form, "name"), "");
    assert_false(mu_form_dirty(form));
    mu_form_draw(form, grid, (struct mu_area){0, 0, 10, 60}, 11, true);
    mu_grid_text(grid, text, sizeof text);
    assert_non_null(strstr(text, "同上"));
    assert_non_null(strstr(text, "必填"));
    mu_grid_free(&grid);
}

static void suggest_birth_date(void *context, struct mu_form *from, const struct mu_field *field)
{
    (void)context;
    if (strcmp(field->key, "name") == 0)
        mu_form_suggest(from, "birth", "1940-09-12");
}

static void a_suggestion_never_overwrites_what_was_typed(void **state)
{
    (void)state;
    mu_form_on_left(form, suggest_birth_date, NULL);
    type("张");
    press(MU_DO_next);
    assert_string_equal(mu_form_text(form, "birth"), "1940-09-12");
    mu_form_suggest(form, "birth", "1941-01-01");
    assert_string_equal(mu_form_text(form, "birth"), "1941-01-01");
    mu_form_go(form, "birth");
    press(MU_DO_last);
    press(MU_DO_erase);
    mu_form_suggest(form, "birth", "1940-09-12");
    assert_string_equal(mu_form_text(form, "birth"), "1941-01-0");
    type("2");
    assert_int_equal(press(MU_DO_save), MU_FORM_SAVE);
    assert_int_equal(person.birth.day, 2);
}

static void leaving_a_changed_form_asks(void **state)
{
    (void)state;
    assert_int_equal(press(MU_DO_back), MU_FORM_LEAVE);
    type("a");
    assert_int_equal(press(MU_DO_back), MU_FORM_ASK);
    mu_form_clean(form);
    assert_int_equal(press(MU_DO_back), MU_FORM_LEAVE);
}

static void a_full_field_says_so(void **state)
{
    (void)state;
    assert_int_equal(type("一二三四五"), MU_FORM_USED);
    assert_int_equal(type("六"), MU_FORM_FULL);
    assert_string_equal(mu_form_text(form, "name"), "一二三四五");
}

static void a_scan_on_the_last_field_is_text(void **state)
{
    struct mu_event enter = {.kind = MU_EVENT_KEY, .action = MU_DO_accept, .scan = "6228"};

    (void)state;
    type("张");
    mu_form_go(form, "note");
    type("6228");
    assert_int_equal(mu_form_event(form, &enter), MU_FORM_USED);
    assert_string_equal(mu_form_text(form, "note"), "6228");
}

static void a_draft_brings_everything_back(void **state)
{
    char draft[1024];

    (void)state;
    assert_false(mu_form_draft_due(form));
    type("张=金");
    mu_form_go(form, "birth");
    type("19"); /* not yet a date */
    assert_true(mu_form_draft_due(form));
    assert_false(mu_form_draft_due(form));
    assert_int_equal(mu_form_draft_write(form, NULL, NULL, 0),
                     mu_form_draft_write(form, NULL, draft, sizeof draft));
    assert_string_equal(draft, "name=张=金\nid_number=\nbirth=19\nsex=\nnote=\ncaret=birth\n");
    tear_down(NULL);
    set_up(NULL);
    mu_form_draft_read(form, "gone=x\n\nnonsense\n");
    mu_form_draft_read(form, draft);
    assert_at("birth");
    assert_string_equal(mu_form_text(form, "name"), "张=金");
    assert_string_equal(mu_form_text(form, "birth"), "19");
    assert_true(mu_form_dirty(form));
    assert_int_equal(press(MU_DO_save), MU_FORM_BAD);
}

static void a_small_form_scrolls_to_the_caret(void **state)
{
    struct mu_grid *grid = mu_grid_new(4, 60);

    (void)state;
    assert_non_null(grid);
    mu_form_go(form, "note");
    mu_form_draw(form, grid, (struct mu_area){0, 0, 3, 60}, 3, true);
    assert_int_equal(grid->cursor_row, 2);
    mu_form_go(form, "name");
    mu_form_draw(form, grid, (struct mu_area){0, 0, 3, 60}, 3, true);
    assert_int_equal(grid->cursor_row, 0);
    mu_grid_free(&grid);
}

static void a_wide_form_has_two_columns(void **state)
{
    struct mu_grid *grid = mu_grid_new(6, 80);

    (void)state;
    assert_non_null(grid);
    mu_form_go(form, "note");
    mu_form_draw(form, grid, (struct mu_area){0, 0, 5, 80}, 5, true);
    assert_int_equal(grid->cursor_row, 1);
    assert_true(grid->cursor_column > 40);
    mu_grid_free(&grid);
}

int main(void)
{
#define STORY(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        STORY(enter_walks_through_and_saves_at_the_end),
        STORY(a_fault_is_told_on_leaving_and_never_holds_the_caret),
        STORY(saving_jumps_to_the_first_bad_field),
        STORY(a_choice_comes_from_the_picker),
        STORY(f6_repeats_the_last_record),
        STORY(carried_fields_start_filled_and_marked),
        STORY(a_suggestion_never_overwrites_what_was_typed),
        STORY(leaving_a_changed_form_asks),
        STORY(a_full_field_says_so),
        STORY(a_scan_on_the_last_field_is_text),
        STORY(a_draft_brings_everything_back),
        STORY(a_small_form_scrolls_to_the_caret),
        STORY(a_wide_form_has_two_columns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
