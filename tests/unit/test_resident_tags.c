#include "unit/home.h"

#include "store/db.h"

#include <mulin/desk/act.h>
#include <mulin/desk/import.h>
#include <mulin/desk/tag.h>

static struct mu_resident file_of(struct mu_desk *desk, int64_t id)
{
    struct mu_resident resident;
    struct mu_error error;

    assert_int_equal(mu_read_resident(desk, id, &resident, &error), MU_OK);
    return resident;
}

static void save_tags(struct mu_desk *desk, int64_t id, const char *line)
{
    struct mu_resident resident = file_of(desk, id);
    struct mu_error error;

    strcpy(resident.tags, line);
    assert_int_equal(mu_save_resident(desk, &resident, NULL, &error), MU_OK);
}

static enum mu_status set(struct mu_desk *desk, int64_t id, const char *word, const char *from,
                          const char *until, const char *evidence)
{
    struct mu_tag tag = {0};
    struct mu_error error;

    strcpy(tag.word, word);
    strcpy(tag.evidence, evidence);
    assert_true(mu_date_read(from, &tag.from) && mu_date_read(until, &tag.until));
    return mu_set_tag(desk, id, &tag, NULL, &error);
}

static enum mu_status end(struct mu_desk *desk, int64_t id, const char *word, const char *last_day)
{
    struct mu_date day;
    struct mu_error error;

    assert_true(mu_date_read(last_day, &day));
    return mu_end_tag(desk, id, word, day, &error);
}

static bool add_tag(void *context, const struct mu_tag *tag)
{
    char from[MU_DATE_SIZE], until[MU_DATE_SIZE], *story = context;

    mu_date_format(tag->from, from);
    mu_date_format(tag->until, until);
    sprintf(story + strlen(story), "%s %s–%s %s|", tag->word, from, until, tag->evidence);
    return true;
}

/* "低保 2026-11-22–2027-11-21 低保证|" for each, newest first. */
static const char *times_of(struct mu_desk *desk, int64_t id)
{
    static char story[2048];
    struct mu_error error;

    *story = '\0';
    assert_int_equal(mu_list_tags(desk, id, add_tag, story, &error), MU_OK);
    return story;
}

static bool add_due(void *context, const struct mu_resident *resident, const struct mu_tag *tag)
{
    char until[MU_DATE_SIZE], *story = context;

    mu_date_format(tag->until, until);
    sprintf(story + strlen(story), "%s %s %s|", resident->name, tag->word, until);
    return true;
}

static const char *due_at(const struct home *home, const char *now)
{
    static char story[2048];
    struct mu_desk *desk = home_desk(home, now);
    struct mu_error error;

    *story = '\0';
    assert_int_equal(mu_list_due_tags(desk, add_due, story, &error), MU_OK);
    mu_desk_free(&desk);
    return story;
}

static enum mu_status verify(struct mu_desk *desk, struct mu_error *error)
{
    struct mu_verify_report report;

    return mu_verify(desk, NULL, NULL, &report, error);
}

static void sound(struct mu_desk *desk)
{
    struct mu_error error;
    char text[512];

    if (verify(desk, &error) != MU_OK) {
        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s", text);
    }
}

static void a_line_typed_in_the_form_begins_and_ends_tags(void **state)
{
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "张金凤", "tags", "残疾 低保", NULL);
    struct mu_desk *later = home_desk(home, "2026-12-24T09:00");

    assert_string_equal(file_of(home->desk, id).tags, "残疾 低保");
    assert_string_equal(times_of(home->desk, id), "低保 2026-11-22–2027-11-21 |残疾 2026-11-22– |");
    save_tags(later, id, "党员 残疾");
    assert_string_equal(file_of(later, id).tags, "党员 残疾");
    assert_string_equal(times_of(later, id), "党员 2026-12-24– |低保 2026-11-22–2026-12-23 |"
                                             "残疾 2026-11-22– |");
    save_tags(later, id, "残疾 党员");
    assert_int_equal(file_of(later, id).version, 3);
    save_tags(later, id, "");
    sound(later);
    mu_desk_free(&later);
}

static void what_is_set_and_taken_back_on_one_day_leaves_nothing(void **state)
{
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "张金凤", "tags", "低保", NULL);

    save_tags(home->desk, id, "");
    assert_string_equal(times_of(home->desk, id), "");
    save_tags(home->desk, id, "低保");
    assert_string_equal(times_of(home->desk, id), "低保 2026-11-22–2027-11-21 |");
    assert_int_equal(end(home->desk, id, "低保", ""), MU_OK);
    assert_string_equal(file_of(home->desk, id).tags, "");
    sound(home->desk);
}

static void a_tag_runs_out_by_itself_and_the_meal_costs_more(void **state)
{
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "周阿宝", "birth_date", "1950-01-01", NULL);
    struct mu_meal_request request = {.resident_id = id};
    struct mu_meal_answer answer;
    struct mu_error error;
    struct mu_desk *last = home_desk(home, "2026-12-31T12:00"),
                   *next = home_desk(home, "2027-01-01T12:00");

    assert_int_equal(set(home->desk, id, "低保", "2026-01-01", "2026-12-31", "低保证 118"), MU_OK);
    assert_int_equal(mu_serve_meal(last, &request, &answer, &error), MU_OK);
    assert_int_equal(answer.meal.pay.fen, 200);
    assert_int_equal(mu_serve_meal(next, &request, &answer, &error), MU_OK);
    assert_int_equal(answer.meal.pay.fen, 1200);
    assert_string_equal(answer.resident.tags, "");
    sound(next);
    mu_desk_free(&last);
    mu_desk_free(&next);
}

static void a_renewal_follows_without_a_gap(void **state)
{
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "周阿宝", NULL);
    struct mu_tag tag = {.word = "低保"};
    struct mu_error error;
    struct mu_desk *next = home_desk(home, "2027-06-01T12:00");

    assert_int_equal(set(home->desk, id, "低保", "2026-01-01", "2026-12-31", "证 1"), MU_OK);
    assert_int_equal(mu_propose_tag(home->desk, id, &tag, &error), MU_OK);
    assert_int_equal(mu_date_compare(tag.from, (struct mu_date){2027, 1, 1}), 0);
    assert_int_equal(mu_date_compare(tag.until, (struct mu_date){2027, 12, 31}), 0);
    strcpy(tag.evidence, "证 2");
    assert_int_equal(mu_set_tag(home->desk, id, &tag, NULL, &error), MU_OK);
    assert_string_equal(times_of(home->desk, id),
                        "低保 2027-01-01–2027-12-31 证 2|低保 2026-01-01–2026-12-31 证 1|");
    assert_string_equal(file_of(home->desk, id).tags, "低保");
    assert_string_equal(file_of(next, id).tags, "低保");
    sound(home->desk);
    sound(next);
    /* The end takes the renewal with it. */
    assert_int_equal(end(home->desk, id, "低保", ""), MU_OK);
    assert_string_equal(times_of(home->desk, id), "低保 2026-01-01–2026-11-21 证 1|");
    assert_string_equal(file_of(next, id).tags, "");
    sound(next);
    mu_desk_free(&next);
}

static void times_of_one_word_do_not_overlap(void **state)
{
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "周阿宝", "birth_date", "1950-01-01", NULL);

    assert_int_equal(set(home->desk, id, "残疾", "2020-05-01", "", "二级"), MU_OK);
    assert_int_equal(set(home->desk, id, "残疾", "2024-05-01", "", "一级"), MU_OK);
    assert_string_equal(times_of(home->desk, id),
                        "残疾 2024-05-01– 一级|残疾 2020-05-01–2024-04-30 二级|");
    assert_int_equal(set(home->desk, id, "残疾", "2024-05-01", "2030-01-01", "一级甲"), MU_OK);
    assert_string_equal(times_of(home->desk, id),
                        "残疾 2024-05-01–2030-01-01 一级甲|残疾 2020-05-01–2024-04-30 二级|");
    assert_int_equal(set(home->desk, id, "残疾", "2022-01-01", "", ""), MU_INPUT);
    sound(home->desk);
}

static void impossible_days_and_words_are_refused(void **state)
{
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "周阿宝", "birth_date", "1950-01-01", NULL);

    assert_int_equal(set(home->desk, id, "党员", "2026-11-01", "2026-10-01", ""), MU_INPUT);
    assert_int_equal(set(home->desk, id, "党员", "1949-11-01", "", ""), MU_INPUT);
    assert_int_equal(set(home->desk, id, "党员", "2026-11-23", "", ""), MU_INPUT);
    assert_int_equal(set(home->desk, id, "独居", "", "", ""), MU_INPUT);
    assert_int_equal(set(home->desk, id, "甲<乙", "", "", ""), MU_INPUT);
    assert_int_equal(set(home->desk, id, "党员 残疾", "", "", ""), MU_INPUT);
    assert_int_equal(set(home->desk, 99, "党员", "", "", ""), MU_INPUT);
    assert_int_equal(end(home->desk, id, "党员", ""), MU_INPUT);
    assert_int_equal(set(home->desk, id, "党员", "2026-01-01", "2026-12-31", ""), MU_OK);
    assert_int_equal(end(home->desk, id, "党员", "2027-01-01"), MU_INPUT);
    assert_string_equal(times_of(home->desk, id), "党员 2026-01-01–2026-12-31 |");
    sound(home->desk);
}

static void a_computed_word_is_refused_in_the_form(void **state)
{
    struct home *home = *state;
    struct mu_resident resident = {.name = "周阿宝", .tags = "低保 独居"};
    struct mu_error error;
    const char *field;

    assert_int_equal(mu_save_resident(home->desk, &resident, &field, &error), MU_INPUT);
    assert_string_equal(field, "tags");
    assert_int_equal(error.message, MU_SAY_error_tag_derived);
}

static void who_lives_alone_follows_from_the_household(void **state)
{
    struct home *home = *state;
    int64_t mother = home_add(home->desk, "name", "周阿宝", "birth_date", "1944-01-01", "building",
                              "3", "room", "201", "relation", "户主", NULL);
    int64_t son = home_add(home->desk, "name", "周根生", "birth_date", "1970-01-01", "building",
                           "3", "room", "201", "relation", "子", NULL);
    struct mu_error error;
    char *why;

    assert_string_equal(file_of(home->desk, mother).derived, "60+ 高龄");
    assert_string_equal(file_of(home->desk, son).derived, "");
    assert_int_equal(
        mu_end_resident(home->desk, son, MU_MOVED_OUT, (struct mu_date){2026, 11, 1}, &error),
        MU_OK);
    assert_string_equal(file_of(home->desk, mother).derived, "60+ 独居 空巢 高龄");
    assert_int_equal(mu_explain_tags(home->desk, mother, MU_CHINESE, &why, &error), MU_OK);
    assert_non_null(strstr(why, "独居：户内仅一人在住，82 岁"));
    free(why);
}

static void tags_of_who_died_are_those_of_the_day_and_come_back(void **state)
{
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "周阿宝", "birth_date", "1950-01-01", NULL);
    struct mu_desk *spring = home_desk(home, "2026-03-01T09:00");
    struct mu_error error;

    assert_int_equal(set(spring, id, "低保", "2026-01-01", "2026-11-20", ""), MU_OK);
    mu_desk_free(&spring);
    assert_int_equal(
        mu_end_resident(home->desk, id, MU_DECEASED, (struct mu_date){2026, 11, 1}, &error), MU_OK);
    assert_string_equal(file_of(home->desk, id).tags, "低保");
    assert_string_equal(file_of(home->desk, id).derived, "");
    assert_int_equal(set(home->desk, id, "党员", "", "", ""), MU_REFUSED);
    assert_string_equal(due_at(home, "2026-11-22T09:00"), "");
    assert_int_equal(
        mu_end_resident(home->desk, id, MU_LIVING_HERE, (struct mu_date){0, 0, 0}, &error), MU_OK);
    assert_string_equal(file_of(home->desk, id).tags, "");
    sound(home->desk);
}

static void what_runs_out_is_listed_until_somebody_looks_after_it(void **state)
{
    struct home *home = *state;
    int64_t zhou = home_add(home->desk, "name", "周阿宝", NULL),
            li = home_add(home->desk, "name", "李强", NULL),
            sun = home_add(home->desk, "name", "孙明", NULL);
    struct mu_desk *next = home_desk(home, "2027-02-01T12:00");

    assert_int_equal(set(home->desk, zhou, "低保", "2026-02-01", "2027-01-31", ""), MU_OK);
    assert_int_equal(set(home->desk, li, "特困", "2026-01-11", "2027-01-10", ""), MU_OK);
    assert_int_equal(set(home->desk, sun, "低保", "2026-01-01", "2026-12-31", ""), MU_OK);
    assert_int_equal(set(home->desk, sun, "低保", "2027-01-01", "2027-12-31", ""), MU_OK);
    assert_string_equal(due_at(home, "2026-12-01T09:00"), "");
    assert_string_equal(due_at(home, "2027-01-02T09:00"), "李强 特困 2027-01-10|周阿宝 低保 "
                                                          "2027-01-31|");
    assert_string_equal(due_at(home, "2027-02-20T09:00"), "李强 特困 2027-01-10|周阿宝 低保 "
                                                          "2027-01-31|");
    assert_int_equal(end(next, li, "特困", ""), MU_OK);
    assert_int_equal(set(next, zhou, "低保", "2027-02-01", "2028-01-31", "复核表"), MU_OK);
    assert_string_equal(due_at(home, "2027-02-20T09:00"), "");
    sound(next);
    mu_desk_free(&next);
}

static void a_sheet_says_all_tags_but_the_computed_ones(void **state)
{
    struct home *home = *state;
    const struct mu_import_options options = {0};
    struct mu_import_report report = {0};
    struct mu_error error;
    char path[96];
    FILE *file;

    snprintf(path, sizeof path, "%s/people.csv", home->folder);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs("姓名,出生日期,标签\n周阿宝,1950-01-01,独居、低保\n李强,1960-01-01,高龄\n", file);
    fclose(file);
    assert_int_equal(mu_import_residents(home->desk, path, &options, &report, &error), MU_OK);
    assert_int_equal(report.added, 2);
    assert_int_equal(report.not_kept, 2);
    mu_import_report_clear(&report);
    assert_string_equal(file_of(home->desk, 1).tags, "低保");
    assert_string_equal(times_of(home->desk, 1), "低保 2026-11-22–2027-11-21 |");
    assert_string_equal(file_of(home->desk, 2).tags, "");
    assert_int_equal(mu_import_residents(home->desk, path, &options, &report, &error), MU_OK);
    assert_int_equal(report.unchanged, 2);
    mu_import_report_clear(&report);
    sound(home->desk);
}

/* Another program writes into the file. */
static void write_into(const struct home *home, const char *sql)
{
    struct mu_db *db = NULL;
    struct mu_error error;

    assert_int_equal(mu_db_open(home->path, MU_DB_WORK, &db, &error), MU_OK);
    assert_int_equal(mu_db_execute(db, sql, &error), MU_OK);
    mu_db_free(&db);
}

static void tags_that_were_altered_behind_the_desk_are_found(void **state)
{
    static const char *const alterings[] = {
        "UPDATE resident SET tags = '残疾 低保' WHERE resident_id = 1",
        "UPDATE resident SET tags = '' WHERE resident_id = 1",
        "UPDATE resident SET tags = '残疾<2026-12-01' WHERE resident_id = 1",
        "UPDATE resident_tag SET until_date = '2027-01-01' WHERE resident_id = 1",
        "INSERT INTO resident_tag VALUES (1, '低保', '2020-01-01', '', '', 1, '')",
    };
    struct home *home = *state;
    struct mu_error error;
    int64_t id = home_add(home->desk, "name", "周阿宝", "tags", "残疾", NULL);

    assert_int_equal(id, 1);
    for (size_t i = 0; i < sizeof alterings / sizeof *alterings; i++) {
        write_into(home, alterings[i]);
        assert_int_equal(verify(home->desk, &error), MU_STORE);
        assert_int_equal(error.message, MU_SAY_error_verify_tags);
        write_into(home, "DELETE FROM resident_tag WHERE word = '低保'");
        write_into(home, "UPDATE resident_tag SET until_date = ''");
        write_into(home, "UPDATE resident SET tags = '残疾'");
        sound(home->desk);
    }
}

static void a_colleague_sees_that_somebody_set_a_tag_meanwhile(void **state)
{
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "周阿宝", NULL);
    struct mu_resident open_in_a_form = file_of(home->desk, id);
    struct mu_error error;

    assert_int_equal(set(home->desk, id, "残疾", "", "", "二级"), MU_OK);
    assert_int_equal(mu_save_resident(home->desk, &open_in_a_form, NULL, &error), MU_REFUSED);
    assert_string_equal(file_of(home->desk, id).tags, "残疾");
}

static void undo(struct home *home)
{
    struct mu_undone undone;
    struct mu_error error;
    char text[512];

    assert_int_equal(mu_undo_next(home->desk, 0, &undone, &error), MU_OK);
    assert_true(undone.act_id > 0);
    if (mu_undo(home->desk, undone.act_id, &undone, &error) != MU_OK) {
        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s", text);
    }
    sound(home->desk);
}

static void a_tag_that_was_ended_by_mistake_comes_back_with_its_days(void **state)
{
    static const char before[] = "低保 2026-01-01–2026-12-31 证 1；补|残疾 2020-05-01– |";
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "周阿宝", NULL);

    assert_int_equal(set(home->desk, id, "残疾", "2020-05-01", "", ""), MU_OK);
    assert_int_equal(set(home->desk, id, "低保", "2026-01-01", "2026-12-31", "证 1；补"), MU_OK);
    assert_string_equal(times_of(home->desk, id), before);
    assert_int_equal(end(home->desk, id, "低保", ""), MU_OK);
    undo(home);
    assert_string_equal(times_of(home->desk, id), before);
    save_tags(home->desk, id, "党员");
    assert_string_equal(file_of(home->desk, id).tags, "党员");
    undo(home);
    assert_string_equal(times_of(home->desk, id), before);
    assert_string_equal(file_of(home->desk, id).tags, "残疾 低保");
}

static void a_renewal_is_taken_back_and_done_again(void **state)
{
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "周阿宝", NULL);
    struct mu_undone undone;
    struct mu_error error;

    assert_int_equal(set(home->desk, id, "低保", "2026-01-01", "2026-12-31", "证 1"), MU_OK);
    assert_int_equal(set(home->desk, id, "低保", "2026-06-01", "2027-05-31", "证 2"), MU_OK);
    assert_int_equal(mu_undo_next(home->desk, 0, &undone, &error), MU_OK);
    assert_non_null(strstr(undone.words[MU_CHINESE], "周阿宝"));
    assert_non_null(strstr(undone.words[MU_CHINESE], "2027-05-31"));
    undo(home);
    assert_string_equal(times_of(home->desk, id), "低保 2026-01-01–2026-12-31 证 1|");
    undo(home);
    assert_string_equal(times_of(home->desk, id), "");
    assert_string_equal(file_of(home->desk, id).tags, "");
}

static void a_new_file_with_tags_can_be_taken_back(void **state)
{
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "周阿宝", "tags", "低保 残疾", NULL);

    undo(home);
    assert_int_equal(file_of(home->desk, id).status, MU_ENTERED_IN_ERROR);
    assert_string_equal(file_of(home->desk, id).tags, "");
}

int main(void)
{
#define STORY(name) cmocka_unit_test_setup_teardown(name, home_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(a_line_typed_in_the_form_begins_and_ends_tags),
        STORY(what_is_set_and_taken_back_on_one_day_leaves_nothing),
        STORY(a_tag_runs_out_by_itself_and_the_meal_costs_more),
        STORY(a_renewal_follows_without_a_gap),
        STORY(times_of_one_word_do_not_overlap),
        STORY(impossible_days_and_words_are_refused),
        STORY(a_computed_word_is_refused_in_the_form),
        STORY(who_lives_alone_follows_from_the_household),
        STORY(tags_of_who_died_are_those_of_the_day_and_come_back),
        STORY(what_runs_out_is_listed_until_somebody_looks_after_it),
        STORY(a_sheet_says_all_tags_but_the_computed_ones),
        STORY(tags_that_were_altered_behind_the_desk_are_found),
        STORY(a_colleague_sees_that_somebody_set_a_tag_meanwhile),
        STORY(a_tag_that_was_ended_by_mistake_comes_back_with_its_days),
        STORY(a_renewal_is_taken_back_and_done_again),
        STORY(a_new_file_with_tags_can_be_taken_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
