/* Cases are found again by words and by people, and kept as they were written. */
#include "unit/case_home.h"
#include "unit/fast_key.h"

#include <mulin/desk/backup.h>
#include <mulin/desk/key.h>

/* ---- finding ---- */

struct hits {
    size_t count;
    int64_t case_id;
    char excerpt[MU_CASE_LINE_SIZE];
};

static bool take_hit(void *context, const struct mu_case_line *line, const char *excerpt)
{
    struct hits *hits = context;

    hits->count++;
    hits->case_id = line->id;
    snprintf(hits->excerpt, sizeof hits->excerpt, "%s", excerpt);
    return true;
}

static struct hits search(struct mu_desk *desk, const char *words)
{
    struct hits hits = {0};
    struct mu_error error;

    if (mu_search_cases(desk, words, 10, take_hit, &hits, &error) != MU_OK)
        fail_with(&error);
    return hits;
}

static void words_are_found_by_those_who_may_read_them(void **state)
{
    struct home *home = *state;
    struct mu_desk *zhou = desk_of(home, "zhou"), *wu = desk_of(home, "wu");
    struct mu_case_written leak = open_leak(zhou, 2), other = open_leak(wu, 3);
    struct hits hits;

    add_step(zhou, leak.case_id, informed(3));
    add_step(zhou, leak.case_id,
             meeting(4, "先说了很久别的事情，从头到尾谁也没有提起那件事。\n"
                        "后来张金凤说：狗叫是楼下的，跟她家没有关系。"));
    hits = search(zhou, "狗叫");
    assert_int_equal(hits.count, 1);
    assert_int_equal(hits.case_id, leak.case_id);
    assert_non_null(strstr(hits.excerpt, "张金凤说：狗叫是楼下的"));
    assert_null(strchr(hits.excerpt, '\n'));
    assert_memory_equal(hits.excerpt, "…", 3);
    assert_int_equal(search(wu, "狗叫").count, 0);
    assert_int_equal(search(home->desk, "狗叫").count, 0);
    assert_int_equal(search(zhou, "王秀英").case_id, leak.case_id);
    assert_int_equal(search(wu, "王秀英 赔一千").case_id, other.case_id);
    assert_int_equal(search(zhou, "13900002222").count, 1);
    assert_int_equal(search(zhou, "狗叫 没有的话").count, 0);
    assert_int_equal(mu_search_cases(zhou, "，", 10, take_hit, &hits, NULL), MU_INPUT);
    assert_int_equal(mu_name_case_reader(home->desk, 0, "keeper", "检查", NULL), MU_OK);
    assert_int_equal(search(home->desk, "漏水").count, 2);
    assert_case_sound(home->desk);
    mu_desk_free(&wu);
    mu_desk_free(&zhou);
}

static void quarrels_of_the_same_people_are_pointed_out(void **state)
{
    struct home *home = *state;
    struct mu_desk *zhou = desk_of(home, "zhou"), *wu = desk_of(home, "wu");
    struct mu_case_step step[LEAK_STEPS];
    const struct mu_case_opening opening = {step, LEAK_STEPS};
    struct mu_case_written first = open_leak(wu, 2), second, third;
    struct case_lines lines = {0};
    struct mu_error error;

    /* The same woman, at another place, against somebody else. */
    leak_steps(3, step);
    snprintf(step[0].record.intake.place, sizeof step[0].record.intake.place, "小区门口");
    snprintf(step[2].record.party.name, sizeof step[2].record.party.name, "钱多多");
    assert_int_equal(mu_open_case(zhou, &opening, &second, NULL, NULL, NULL), MU_OK);
    assert_int_equal(second.repeats, 1);
    /* Of the same name only, elsewhere: somebody else. */
    *step[1].record.party.phone = '\0';
    assert_int_equal(mu_open_case(zhou, &opening, &third, NULL, NULL, NULL), MU_OK);
    assert_int_equal(third.repeats, 1); /* the door of the estate, and 钱多多 with his phone */
    forget_steps(step, LEAK_STEPS);

    assert_int_equal(mu_list_related_cases(zhou, second.case_id, take_line, &lines, NULL), MU_OK);
    assert_int_equal(lines.count, 2);
    assert_int_equal(lines.line[0].id, third.case_id);
    assert_int_equal(lines.line[0].access, MU_CASE_HANDLE);
    assert_int_equal(lines.line[1].id, first.case_id);
    assert_int_equal(lines.line[1].access, MU_CASE_HIDDEN);
    assert_string_equal(lines.line[1].label, "");
    assert_int_equal(mu_list_related_cases(zhou, 99, take_line, &lines, &error), MU_INPUT);
    mu_desk_free(&wu);
    mu_desk_free(&zhou);
}

static void linked_files_are_one_person(void **state)
{
    struct home *home = *state;
    struct mu_desk *zhou = desk_of(home, "zhou");
    int64_t old = home_add(home->desk, "name", "王秀英", NULL);
    int64_t new = home_add(home->desk, "name", "王秀瑛", NULL);
    struct mu_case_step step[LEAK_STEPS];
    const struct mu_case_opening opening = {step, LEAK_STEPS};
    struct mu_case_written written;

    leak_steps(2, step);
    *step[0].record.intake.place = *step[1].record.party.phone = '\0';
    *step[2].record.party.phone = '\0';
    step[1].resident_id = old;
    assert_int_equal(mu_open_case(zhou, &opening, &written, NULL, NULL, NULL), MU_OK);
    step[1].resident_id = new;
    assert_int_equal(mu_open_case(zhou, &opening, &written, NULL, NULL, NULL), MU_OK);
    assert_int_equal(written.repeats, 0);
    raw_run(home, "UPDATE resident SET linked_to = 1 WHERE resident_id = 2");
    assert_int_equal(mu_open_case(zhou, &opening, &written, NULL, NULL, NULL), MU_OK);
    assert_int_equal(written.repeats, 2);
    forget_steps(step, LEAK_STEPS);
    mu_desk_free(&zhou);
}

static void home_tells_what_is_due(void **state)
{
    struct home *home = *state;
    struct mu_desk *zhou = desk_of(home, "zhou"), *wu = desk_of(home, "wu");
    struct mu_case_written leak = open_leak(zhou, 2);
    struct case_lines lines = {0};
    struct mu_figures figures;

    add_step(zhou, leak.case_id, informed(3));
    agree(zhou, leak.case_id, 5);
    assert_int_equal(mu_today(zhou, &figures, NULL), MU_OK);
    assert_int_equal(figures.case_late, 1); /* the visit */
    assert_int_equal(figures.case_soon, 1); /* the money */
    assert_int_equal(figures.case_due.kind, MU_CASE_DUE_VISIT);
    assert_int_equal(figures.case_due_id, leak.case_id);
    assert_string_equal(figures.case_due_number, leak.number);
    assert_int_equal(
        mu_list_case_dues(zhou, (struct mu_date){2026, 12, 31}, 10, take_line, &lines, NULL),
        MU_OK);
    assert_int_equal(lines.count, 4);
    assert_int_equal(lines.line[0].due.kind, MU_CASE_DUE_VISIT);
    assert_int_equal(lines.line[1].due.kind, MU_CASE_DUE_PROMISE);
    assert_int_equal(lines.line[1].due.number, 2);
    assert_int_equal(lines.line[2].due.number, 1);
    assert_int_equal(lines.line[3].due.kind, MU_CASE_DUE_CONFIRM);
    assert_int_equal(mu_today(wu, &figures, NULL), MU_OK);
    assert_int_equal(figures.case_late + figures.case_soon + figures.case_due_id, 0);
    mu_desk_free(&wu);
    wu = desk_of(home, "tally");
    assert_int_equal(mu_today(wu, &figures, NULL), MU_OK);
    assert_int_equal(figures.case_late + figures.case_soon, 0);
    mu_desk_free(&wu);
    mu_desk_free(&zhou);
}

/* Accepted on the 16th with a threat of violence: red, and somebody looks in within three days. */
static void a_threat_asks_for_a_visit_of_care(void **state)
{
    struct home *home = *state;
    struct mu_desk *zhou = desk_of(home, "zhou");
    struct mu_case_step step[LEAK_STEPS];
    const struct mu_case_opening opening = {step, LEAK_STEPS};
    struct mu_case_written written;
    struct case_lines lines = {0};

    leak_steps(16, step);
    step[0].record.intake.danger = 1;
    assert_int_equal(mu_open_case(zhou, &opening, &written, NULL, NULL, NULL), MU_OK);
    forget_steps(step, LEAK_STEPS);
    assert_int_equal(
        mu_list_case_dues(zhou, (struct mu_date){2026, 11, 22}, 10, take_line, &lines, NULL),
        MU_OK);
    assert_int_equal(lines.count, 2);
    assert_string_equal(lines.line[0].grade, "red");
    assert_int_equal(lines.line[0].due.kind, MU_CASE_DUE_REPORT);
    assert_int_equal(lines.line[1].due.kind, MU_CASE_DUE_CARE);
    assert_int_equal(lines.line[1].due.due_on.day, 19);
    assert_case_sound(home->desk);
    add_step(zhou, written.case_id, story_step(MU_STEP_REPORTED, 11, 16, "to", "城关派出所", NULL));
    add_step(zhou, written.case_id,
             story_step(MU_STEP_VISITED, 11, 20, "text", "两家都平静", NULL));
    lines.count = 0;
    assert_int_equal(
        mu_list_case_dues(zhou, (struct mu_date){2026, 11, 22}, 10, take_line, &lines, NULL),
        MU_OK);
    assert_int_equal(lines.count, 0);
    mu_desk_free(&zhou);
}

static void a_scan_is_attached_by_name_and_hash(void **state)
{
    struct home *home = *state;
    struct mu_desk *zhou = desk_of(home, "zhou");
    struct mu_case_written leak = open_leak(zhou, 2), written = {0};
    struct mu_case mediated = {0};
    struct mu_error error;
    char path[128];

    snprintf(path, sizeof path, "%s/协议 扫描.pdf", home->folder);
    assert_int_equal(mu_attach_to_case(zhou, leak.case_id, path, 9, &written, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_case_file);
    assert_int_equal(mu_attach_to_case(zhou, leak.case_id, home->folder, 9, &written, &error),
                     MU_INPUT);
    home_put_file(home->folder, "协议 扫描.pdf", 0600,
                  &(struct home_image_file){.bytes = "abc", .size = 3});
    assert_int_equal(mu_attach_to_case(zhou, leak.case_id, path, 9, &written, &error), MU_OK);
    assert_int_equal(written.steps, 5);
    assert_int_equal(mu_read_case(zhou, leak.case_id, &mediated, NULL, NULL), MU_OK);
    assert_string_equal(mediated.step[4].record.attachment.file, "协议 扫描.pdf");
    assert_string_equal(mediated.step[4].record.attachment.bytes, "3");
    assert_string_equal(mediated.step[4].record.attachment.hash,
                        "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    mu_case_clear(&mediated);
    mu_desk_free(&zhou);
}

/* ---- safe keeping ---- */

static void a_new_key_and_a_backup_keep_everything(void **state)
{
    static const struct mu_backup_options usual = {.passphrase = "十二个字的口令要长一些"};
    struct home *home = *state;
    struct mu_desk *zhou = desk_of(home, "zhou");
    struct mu_case_written leak = open_leak(zhou, 2), again;
    char before[MU_KEY_MARK_SIZE], after[MU_KEY_MARK_SIZE], path[128], to[128];
    struct mu_backup_report report;
    struct mu_case mediated = {0};
    struct mu_error error;

    if (mu_change_key(home->desk, NULL, NULL, before, after, &error) != MU_OK)
        fail_with(&error);
    assert_case_sound(home->desk);
    assert_int_equal(mu_read_case(zhou, leak.case_id, &mediated, NULL, NULL), MU_OK);
    assert_string_equal(mediated.about, "天花板泡坏了，吵了三次");
    mu_case_clear(&mediated);
    again = open_leak(zhou, 3);
    assert_int_equal(again.repeats, 1);
    assert_int_equal(search(zhou, "泡坏").count, 2);
    snprintf(path, sizeof path, "%s/a.backup", home->folder);
    snprintf(to, sizeof to, "%s/restored", home->folder);
    assert_int_equal(mu_backup(home->desk, path, &usual, &report, NULL), MU_OK);
    if (mu_restore(path, to, &usual, &report, &error) != MU_OK)
        fail_with(&error);
    mu_desk_free(&zhou);
}

static void bend(const struct home *home, const char *sql)
{
    char *fault = NULL;
    sqlite3 *raw;

    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL), SQLITE_OK);
    if (sqlite3_exec(raw, sql, NULL, NULL, &fault) != SQLITE_OK)
        fail_msg("%s: %s", sql, fault);
    sqlite3_close(raw);
}

static void whoever_bends_a_case_is_told_of(void **state)
{
    static const struct {
        const char *sql;
        enum mu_message finding;
    } bendings[] = {
        {"UPDATE case_step SET kind = 'added' WHERE step_id = 6", MU_SAY_error_verify_case},
        {"UPDATE case_step SET date = '2026-11-03' WHERE step_id = 6", MU_SAY_error_verify_case},
        {"UPDATE case_step SET operator_id = 1 WHERE step_id = 6", MU_SAY_error_verify_case},
        {"UPDATE case_step SET body = (SELECT body FROM case_step WHERE step_id = 5)"
         " WHERE step_id = 6",
         MU_SAY_error_verify_case},
        {"DELETE FROM case_step WHERE step_id = 6", MU_SAY_error_verify_case},
        {"UPDATE mediation_case SET state = 'closed'", MU_SAY_error_verify_case},
        {"UPDATE mediation_case SET dispute = 3", MU_SAY_error_verify_case},
        {"UPDATE mediation_case SET serial = 2", MU_SAY_error_verify_case},
        {"UPDATE case_mediator SET mediator_id = 2", MU_SAY_error_verify_case},
        {"UPDATE case_mediator SET at_work = 0", MU_SAY_error_verify_case},
        {"DELETE FROM case_due WHERE kind = 'limit'", MU_SAY_error_verify_case},
        {"UPDATE case_due SET due_on = '2027-01-01' WHERE kind = 'limit'",
         MU_SAY_error_verify_case},
        {"DELETE FROM case_mark WHERE party = 2", MU_SAY_error_verify_case},
        {"UPDATE case_mark SET mark = randomblob(16) WHERE party = 2", MU_SAY_error_verify_case},
        {"UPDATE mediation_case SET number = '(2026)调字第9号'", MU_SAY_error_verify_case_note},
    };
    struct home *home = *state;
    struct mu_desk *zhou = desk_of(home, "zhou");
    struct mu_case_written leak = open_leak(zhou, 2);
    struct home_image *kept = calloc(1, sizeof *kept);

    add_step(zhou, leak.case_id, informed(3));
    add_step(zhou, leak.case_id, meeting(4, "谈了"));
    mu_desk_free(&zhou);
    assert_case_sound(home->desk);
    mu_desk_free(&home->desk);
    home_keep_file(home->folder, "mulin.db", &kept->records);
    for (size_t i = 0; i < sizeof bendings / sizeof *bendings; i++) {
        struct mu_error error = {0};

        bend(home, bendings[i].sql);
        home->desk = home_desk(home, HOME_NOW);
        assert_int_equal(verify_home(home->desk, &error), MU_STORE);
        if (error.message != bendings[i].finding) {
            print_error("%s\n", bendings[i].sql);
            fail_with(&error);
        }
        mu_desk_free(&home->desk);
        assert_int_equal(unlink(home->path), 0);
        home_put_file(home->folder, "mulin.db", 0600, &kept->records);
    }
    home->desk = home_desk(home, HOME_NOW);
    assert_case_sound(home->desk);
    free(kept);
}

/* The last step is taken away with everything that is worked out from it: the trail remembers. */
static void a_step_that_was_cut_off_is_missed_by_the_trail(void **state)
{
    struct home *home = *state;
    struct mu_desk *zhou = desk_of(home, "zhou");
    struct mu_case_written leak = open_leak(zhou, 2);
    struct mu_case mediated = {0};
    struct mu_error error;

    add_step(zhou, leak.case_id,
             about(story_step(MU_STEP_ADDED, 11, 3, "text", "还有一件事", NULL), 1));
    bend(home, "DELETE FROM case_step WHERE step_id = 5;"
               "UPDATE mediation_case SET steps = 4, head = (SELECT hash FROM case_step"
               " WHERE step_id = 4)");
    assert_int_equal(verify_home(home->desk, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_verify_case_note);
    assert_string_equal(error.argument[0], leak.number);
    /* What does not fit is not shown either. */
    bend(home, "UPDATE case_step SET date = '2026-11-01' WHERE step_id = 3");
    assert_int_equal(mu_read_case(zhou, leak.case_id, &mediated, NULL, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_case_altered);
    assert_int_equal(mediated.steps, 0);
    mu_desk_free(&zhou);
}

int main(void)
{
#define STORY(test) cmocka_unit_test_setup_teardown(test, case_home_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(words_are_found_by_those_who_may_read_them),
        STORY(quarrels_of_the_same_people_are_pointed_out),
        STORY(linked_files_are_one_person),
        STORY(home_tells_what_is_due),
        STORY(a_threat_asks_for_a_visit_of_care),
        STORY(a_scan_is_attached_by_name_and_hash),
        STORY(a_new_key_and_a_backup_keep_everything),
        STORY(whoever_bends_a_case_is_told_of),
        STORY(a_step_that_was_cut_off_is_missed_by_the_trail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
