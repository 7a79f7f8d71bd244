#include "screen/story.h"

#include "desk/desk_internal.h"
#include "store/db.h"

#include <mulin/desk/case.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A step of the day with its fields: key, value, ..., NULL; "text" is the long one. */
static struct mu_case_step step(enum mu_case_step_kind kind, ...)
{
    struct mu_case_step made = {.kind = kind, .date = {2026, 11, 20}};
    const struct mu_case_step_type *type = mu_case_step_type(kind);
    const char *key;
    va_list pairs;

    va_start(pairs, kind);
    while ((key = va_arg(pairs, const char *))) {
        const char *value = va_arg(pairs, const char *);

        if (strcmp(key, "text") == 0)
            made.text = strdup(value);
        else
            assert_int_equal(mu_field_read(mu_field_by_key(type->fields, type->field_count, key),
                                           value, made.date, &made.record, NULL),
                             MU_OK);
    }
    va_end(pairs);
    return made;
}

static void go_on(struct mu_error *error, enum mu_status status)
{
    char text[512];

    if (status == MU_OK)
        return;
    mu_error_text(error, MU_ENGLISH, text, sizeof text);
    fail_msg("%s", text);
}

/* The keeper mediates between two neighbours; nobody asked who wants what. */
static int64_t a_case(const struct story *story)
{
    struct mu_case_written done;
    struct mu_error error;
    struct mu_case_step opening[] = {
        step(MU_STEP_INTAKE, "subject", "楼上漏水", "dispute", "邻里纠纷", "level", "邻里事",
             "source", "当事人申请", "weight", "重大", "danger", "否", "text", "厨房滴水三个月。",
             NULL),
        step(MU_STEP_PARTY, "side", "申请人", "name", "钱秀英", NULL),
        step(MU_STEP_PARTY, "side", "被申请人", "name", "孙凤", NULL),
        step(MU_STEP_MEDIATOR, "duty", "指派", "name", "李桂兰", NULL)};
    struct mu_case_step told = step(MU_STEP_INFORMED, "how", "当面宣读", NULL);

    go_on(&error, mu_db_execute(story->desk->db,
                                "INSERT OR IGNORE INTO mediator (mediator_id, name, operator_id)"
                                " VALUES (1, '李桂兰', (SELECT operator_id FROM operator))",
                                &error));
    opening[3].mediator_id = 1;
    go_on(&error, mu_open_case(story->desk,
                               &(struct mu_case_opening){opening, sizeof opening / sizeof *opening},
                               &done, NULL, NULL, &error));
    go_on(&error,
          mu_add_case_steps(story->desk, done.case_id, &told, 1, 0, &done, NULL, NULL, &error));
    for (size_t i = 0; i < sizeof opening / sizeof *opening; i++)
        mu_case_step_clear(&opening[i]);
    mu_case_step_clear(&told);
    return done.case_id;
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "r");
    char *text = calloc(1, 1 << 17);

    assert_non_null(file);
    assert_true(fread(text, 1, (1 << 17) - 1, file) > 0);
    fclose(file);
    return text;
}

/* How often the case went out with this reason, as the trail has it. */
static int64_t noted(const struct story *story, const char *reason)
{
    struct mu_query query =
        mu_query(story->desk->db, "SELECT count(*) FROM audit_entry WHERE reason = ?1");
    int64_t count = 0;

    mu_bind_text(&query, 1, reason);
    if (mu_query_row(&query))
        count = mu_column_integer(&query, 0);
    assert_int_equal(mu_query_end(&query, NULL), MU_OK);
    return count;
}

static void the_dossier_goes_out_with_a_reason_story(struct story *story)
{
    char path[128], *page;
    struct mu_error error;

    go_on(&error, mu_open_case_paper(story->app, a_case(story), &error));
    assert_top(story, "case_paper");
    assert_golden(story, "case_paper");
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_DOWN);
    assert_shows(story, "没有登记申请人的要求", "no wish of the first side");
    story_press(story, F(2));
    story_press(story, MU_KEY_ENTER); /* a reason is asked for again */
    story_type(story, "法院要卷宗");
    story_press(story, MU_KEY_ENTER);
    snprintf(path, sizeof path, "%s/dossier.html", story->folder);
    story_type(story, path);
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "dossier.html", "dossier.html");
    page = read_file(path);
    assert_non_null(strstr(page, story->language == MU_CHINESE ? "人民调解受理登记表"
                                                               : "Register of Acceptance"));
    assert_non_null(strstr(page, "厨房滴水三个月。"));
    free(page);
    assert_int_equal(noted(story, "法院要卷宗"), 1);
    unlink(path);
}

static void one_item_is_saved_as_text_and_no_other_format_story(struct story *story)
{
    char path[128], *text;
    struct mu_error error;

    go_on(&error, mu_open_case_paper(story->app, a_case(story), &error));
    for (int i = 0; i < 4; i++)
        story_press(story, MU_KEY_DOWN);
    for (int time = 0; time < 2; time++) {
        story_press(story, MU_KEY_ENTER);
        story_type(story, "请当事人签字");
        story_press(story, MU_KEY_ENTER);
        snprintf(path, sizeof path, "%s/rights.%s", story->folder, time ? "txt" : "csv");
        story_type(story, path);
        story_press(story, MU_KEY_ENTER);
        if (!time)
            assert_shows(story, ".html", ".html");
    }
    text = read_file(path);
    assert_non_null(strstr(text, story->language == MU_CHINESE ? "权利义务告知书" : "Notice"));
    assert_null(strchr(text, '\f'));
    free(text);
    assert_int_equal(noted(story, "请当事人签字"), 1);
    unlink(path);
    story_press(story, MU_KEY_ESCAPE);
}

static void mediation_is_counted_story(struct story *story)
{
    struct mu_error error;

    a_case(story);
    go_on(&error, mu_open_case_count(story->app, &error));
    assert_top(story, "case_count");
    assert_golden(story, "case_count");
    story_press(story, MU_KEY_TAB);
    assert_shows(story, "邻里纠纷", "neighbours");
    story_press(story, MU_KEY_LEFT);
    assert_shows(story, "2025", "2025");
    assert_shows(story, "没有受理", "no case was accepted");
    story_press(story, F(7));
    story_type(story, "2026-11");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "2026-11", "2026-11");
    assert_shows(story, "邻里纠纷", "neighbours");
    story_press(story, F(7));
    story_type(story, "去年");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "2026Q3", "2026Q3");
}

STORY(the_dossier_goes_out_with_a_reason)
STORY(one_item_is_saved_as_text_and_no_other_format)
STORY(mediation_is_counted)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(the_dossier_goes_out_with_a_reason),
        TOLD(one_item_is_saved_as_text_and_no_other_format),
        TOLD(mediation_is_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
