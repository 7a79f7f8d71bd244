#include "screen/story.h"

#include <mulin/desk/tag.h>

#include <string.h>

/* Sets a tag as a colleague did in time. */
static void set(struct story *story, const char *card, const char *word, const char *from,
                const char *until, const char *evidence)
{
    struct mu_tag tag = {0};
    struct mu_error error;

    strcpy(tag.word, word);
    strcpy(tag.evidence, evidence);
    assert_true(mu_date_read(from, &tag.from) && mu_date_read(until, &tag.until));
    assert_int_equal(mu_set_tag(story->desk, story_find(story, card), &tag, NULL, &error), MU_OK);
}

static void open_tags(struct story *story, const char *card)
{
    story_type(story, "2");
    story_scan(story, card);
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "标签" : "Tags");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "resident_tags");
}

static const char *tags_of(struct story *story, const char *card)
{
    static struct mu_resident resident;
    struct mu_error error;

    assert_int_equal(mu_read_resident(story->desk, story_find(story, card), &resident, &error),
                     MU_OK);
    return resident.tags;
}

static void the_tags_of_a_person_stand_with_days_and_reasons_story(struct story *story)
{
    set(story, "8801", "低保", "2026-01-01", "2026-12-10", "低保证 云鹭湾-0118");
    set(story, "8801", "困境家庭", "2024-03-01", "2025-02-28", "街道名单");
    open_tags(story, "8801");
    assert_golden(story, "tags");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "resident_file");
}

static void f7_sets_a_tag_and_the_review_day_is_suggested_story(struct story *story)
{
    open_tags(story, "8802");
    assert_shows(story, "没有登记过标签", "no tags yet");
    story_press(story, F(7));
    assert_top(story, "tag_form");
    story_type(story, "低保");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "2027-11-21", "2027-11-21");
    assert_golden(story, "tag_form");
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_ENTER);
    story_type(story, "低保证 118");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "resident_tags");
    assert_shows(story, "低保证 118", "低保证 118");
    assert_string_equal(tags_of(story, "8802"), "低保");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "resident_file");
}

static void delete_ends_a_tag_after_a_question_story(struct story *story)
{
    open_tags(story, "8801");
    story_press(story, MU_KEY_DELETE);
    story_type(story, "n");
    assert_string_equal(tags_of(story, "8801"), "残疾");
    story_press(story, MU_KEY_DELETE);
    story_type(story, "y");
    assert_string_equal(tags_of(story, "8801"), "");
    assert_top(story, "resident_tags");
}

static void a_word_that_is_computed_is_told_in_the_form_story(struct story *story)
{
    open_tags(story, "8802");
    story_press(story, F(7));
    story_type(story, "独居");
    story_press(story, F(2));
    assert_top(story, "tag_form");
    assert_shows(story, "由系统按年龄和户内情况自动算", "the system computes it");
    assert_string_equal(tags_of(story, "8802"), "");
}

static void what_runs_out_is_renewed_from_its_list_story(struct story *story)
{
    set(story, "8805", "特困", "2025-12-01", "2026-11-30", "低保证 云鹭湾-0118");
    set(story, "8802", "困境家庭", "2026-01-01", "2026-12-10", "街道名单");
    story_press(story, F(9));
    story_type(story, story->language == MU_CHINESE ? "标签复核" : "Tags to review");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "due_tags");
    assert_golden(story, "due_tags");
    story_press(story, F(2));
    assert_top(story, "tag_form");
    story_type(story, "复核表 7");
    story_press(story, F(2));
    assert_top(story, "due_tags");
    assert_false(story_shows(story, "周阿宝  "));
    story_press(story, MU_KEY_DELETE);
    story_type(story, "y");
    assert_shows(story, "没有要复核的标签", "no tag is to be reviewed");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
}

static void home_counts_what_is_to_be_reviewed_story(struct story *story)
{
    set(story, "8805", "特困", "2025-12-01", "2026-11-30", "");
    story_press(story, F(5));
    assert_shows(story, "待复核标签", "Tags to review");
}

STORY(the_tags_of_a_person_stand_with_days_and_reasons)
STORY(f7_sets_a_tag_and_the_review_day_is_suggested)
STORY(delete_ends_a_tag_after_a_question)
STORY(a_word_that_is_computed_is_told_in_the_form)
STORY(what_runs_out_is_renewed_from_its_list)
STORY(home_counts_what_is_to_be_reviewed)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(the_tags_of_a_person_stand_with_days_and_reasons),
        TOLD(f7_sets_a_tag_and_the_review_day_is_suggested),
        TOLD(delete_ends_a_tag_after_a_question),
        TOLD(a_word_that_is_computed_is_told_in_the_form),
        TOLD(what_runs_out_is_renewed_from_its_list),
        TOLD(home_counts_what_is_to_be_reviewed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
