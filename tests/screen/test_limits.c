/* Too much, and what contradicts itself: the desk stands, says what is wrong, and loses nothing. */
#include "screen/story.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MUCH = 10000 /* characters */, CROWD = 41 };

static struct mu_resident read_file(struct story *story, int64_t id)
{
    struct mu_resident resident;

    assert_int_equal(mu_read_resident(story->desk, id, &resident, NULL), MU_OK);
    return resident;
}

static void to_field(struct story *story, const char *key)
{
    for (size_t i = 0; strcmp(mu_resident_fields[i].key, key) != 0; i++)
        story_press(story, MU_KEY_TAB);
}

static void wipe(struct story *story)
{
    for (int i = 0; i < 10; i++)
        story_press(story, MU_KEY_BACKSPACE);
}

static void to_field_from(struct story *story, const char *from, const char *key)
{
    size_t i = 0;

    while (strcmp(mu_resident_fields[i].key, from) != 0)
        i++;
    for (; strcmp(mu_resident_fields[i].key, key) != 0; i++)
        story_press(story, MU_KEY_TAB);
}

static void paste_much(struct story *story, const char *character)
{
    size_t length = strlen(character);
    char *much = malloc(MUCH * length + 1);

    assert_non_null(much);
    for (size_t i = 0; i < MUCH; i++)
        memcpy(much + i * length, character, length);
    much[MUCH * length] = '\0';
    mu_app_event(story->app, (struct mu_event){.kind = MU_EVENT_PASTE, .text = much});
    free(much);
}

static void ten_thousand_characters_are_pasted_into_every_field_story(struct story *story)
{
    story_type(story, "3");
    story_type(story, "赵桂兰");
    for (size_t i = 0; i < mu_resident_stored_field_count; i++) {
        paste_much(story, i % 2 ? "7" : "张");
        assert_top(story, "resident_form");
        story_press(story, MU_KEY_TAB);
    }
    assert_golden(story, "form_much");
    story_press(story, F(2));
    assert_top(story, "resident_form");
}

static void as_much_of_a_note_stays_as_fits_and_that_is_said_story(struct story *story)
{
    struct mu_resident saved;

    story_type(story, "3");
    story_type(story, "赵桂兰");
    to_field(story, "note");
    story_type(story, "怕狗");
    paste_much(story, "长");
    assert_shows(story, "“备注”放不下了", "no more room in \"Note\"");
    story_press(story, F(2));
    saved = read_file(story, 9);
    assert_int_equal(strncmp(saved.note, "怕狗长长", strlen("怕狗长长")), 0);
    assert_in_range(strlen(saved.note), sizeof saved.note - 4, sizeof saved.note - 1);
    assert_true(mu_text_valid(saved.note, strlen(saved.note)));
}

static void forty_one_people_live_in_a_room_story(struct story *story)
{
    char name[MU_PERSON_NAME_SIZE];
    struct mu_error error;
    int64_t id = 0;

    for (int i = 1; i <= CROWD; i++) {
        snprintf(name, sizeof name, "同住%02d", i);
        id = story_add(story->desk, "name", name, "estate", "金桂花园", "building", "7栋", "room",
                       "101", "relation", i == 1 ? "户主" : "非亲属", NULL);
    }
    assert_int_equal(mu_open_household(story->app, read_file(story, id).household_id, &error),
                     MU_OK);
    assert_golden(story, "household_crowd");
    story_press(story, MU_KEY_END);
    assert_shows(story, "同住41", "同住41");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "resident_file");
    assert_shows(story, "同住41", "同住41");
    story_press(story, MU_KEY_END);
    assert_golden(story, "file_crowd");
}

/* A made-up number: district 000000, born 1946-03-08, female. */
static void type_id_number(struct story *story)
{
    char whole[MU_ID_NUMBER_SIZE] = "00000019460308002";

    whole[17] = mu_id_number_check(whole);
    whole[18] = '\0';
    story_type(story, whole);
}

static void what_contradicts_the_id_number_is_asked_and_not_mended_story(struct story *story)
{
    struct mu_resident saved;
    struct mu_error error;

    story_type(story, "3");
    story_type(story, "赵桂兰");
    story_press(story, MU_KEY_TAB);
    type_id_number(story);
    story_press(story, MU_KEY_TAB);
    /* The number filled it in; somebody thinks to know better. */
    wipe(story);
    story_type(story, "男");
    to_field_from(story, "sex", "birth_date");
    wipe(story);
    story_type(story, "19470308");
    story_press(story, F(2));
    assert_shows(story, "填的是 1947-03-08，身份证号里是 1946-03-08",
                 "1947-03-08 here, 1946-03-08 in");
    /* The caret stands where it is to be mended. */
    wipe(story);
    story_type(story, "19460308");
    story_press(story, F(2));
    assert_shows(story, "性别：填的是", "sex: ");
    assert_golden(story, "form_contradiction");
    assert_int_not_equal(mu_read_resident(story->desk, 9, &saved, &error), MU_OK);
    wipe(story);
    story_type(story, "女");
    story_press(story, F(2));
    saved = read_file(story, 9);
    assert_int_equal(saved.sex, MU_SEX_FEMALE);
    assert_int_equal(saved.birth_date.year, 1946);
}

static void nobody_is_born_or_dies_tomorrow_story(struct story *story)
{
    struct mu_error error;

    story_type(story, "3");
    story_type(story, "赵桂兰");
    to_field(story, "birth_date");
    story_type(story, "20270101");
    story_press(story, F(2));
    assert_top(story, "resident_form");
    assert_shows(story, "还没有到", "still to come");
    story_press(story, MU_KEY_ESCAPE);
    story_type(story, "y");
    assert_top(story, "home");

    assert_int_equal(mu_open_resident_file(story->app, 1, &error), MU_OK);
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "去世" : "died");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "20261123");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "y");
    assert_golden(story, "file_died_tomorrow");
    assert_int_equal(read_file(story, 1).status, MU_LIVING_HERE);
}

STORY(ten_thousand_characters_are_pasted_into_every_field)
STORY(as_much_of_a_note_stays_as_fits_and_that_is_said)
STORY(forty_one_people_live_in_a_room)
STORY(what_contradicts_the_id_number_is_asked_and_not_mended)
STORY(nobody_is_born_or_dies_tomorrow)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(ten_thousand_characters_are_pasted_into_every_field),
        TOLD(as_much_of_a_note_stays_as_fits_and_that_is_said),
        TOLD(forty_one_people_live_in_a_room),
        TOLD(what_contradicts_the_id_number_is_asked_and_not_mended),
        TOLD(nobody_is_born_or_dies_tomorrow),
    };

    return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}
