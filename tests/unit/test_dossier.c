/* The dossier of a case: what is bound into it, what is missing, and its sheets on paper. */
#include "unit/case_story.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/report/dossier.h>

#include <unistd.h>

#define HASH "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static struct mu_dossier_item item_of(const struct story *story, enum mu_dossier_paper paper)
{
    struct mu_dossier_item items[MU_DOSSIER_ITEMS];

    mu_dossier_make(&story->mediated, items);
    assert_int_equal(items[paper - 1].paper, paper);
    return items[paper - 1];
}

static void assert_item(const struct story *story, enum mu_dossier_paper paper,
                        enum mu_dossier_need need, enum mu_message lack)
{
    const struct mu_dossier_item item = item_of(story, paper);

    assert_int_equal(item.need, need);
    assert_int_equal(item.lack, lack);
}

/* The sheets as they are written; free them. */
static char *sheets(const struct story *story, enum mu_report_format format, int paper,
                    enum mu_language language)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    const struct mu_report_target target = {.format = format, .stream = out};
    const struct mu_dossier_print print = {.mediated = &story->mediated,
                                           .centre = "井沿社区",
                                           .operator_name = "管理员",
                                           .at = {{2026, 11, 23}, 600, 0},
                                           .paper = paper,
                                           .language = language};
    struct mu_error error;

    assert_non_null(out);
    assert_int_equal(mu_report_dossier(&target, &print, &error), MU_OK);
    fclose(out);
    return text;
}

static void assert_on(const struct story *story, int paper, const char *words)
{
    char *text = sheets(story, MU_REPORT_TEXT, paper, MU_CHINESE);
    char *page = sheets(story, MU_REPORT_HTML, paper, MU_CHINESE);

    if (!strstr(text, words))
        fail_msg("no %s in:\n%s", words, text);
    if (!strstr(page, words))
        fail_msg("no %s in:\n%s", words, page);
    free(text);
    free(page);
}

static void a_case_that_was_just_accepted_lacks_what_is_to_come(void **state)
{
    struct story story;
    struct mu_dossier_item missing[MU_DOSSIER_ITEMS];

    (void)state;
    story_accepted(&story);
    assert_item(&story, MU_PAPER_COVER, MU_DOSSIER_REQUIRED, 0);
    assert_item(&story, MU_PAPER_REGISTER, MU_DOSSIER_REQUIRED, 0);
    assert_item(&story, MU_PAPER_APPLICATION, MU_DOSSIER_REQUIRED, MU_SAY_dossier_lack_wish);
    assert_item(&story, MU_PAPER_RIGHTS, MU_DOSSIER_REQUIRED, MU_SAY_dossier_lack_rights);
    assert_item(&story, MU_PAPER_RECORD, MU_DOSSIER_REQUIRED, MU_SAY_dossier_lack_record);
    assert_item(&story, MU_PAPER_INVESTIGATION, MU_DOSSIER_AS_NEEDED, 0);
    assert_item(&story, MU_PAPER_EVIDENCE, MU_DOSSIER_AS_NEEDED, 0);
    assert_item(&story, MU_PAPER_AGREEMENT, MU_DOSSIER_NOT, 0);
    assert_item(&story, MU_PAPER_VISITS, MU_DOSSIER_NOT, 0);
    assert_item(&story, MU_PAPER_COURT, MU_DOSSIER_NOT, 0);
    assert_false(item_of(&story, MU_PAPER_EVIDENCE).there);
    assert_int_equal(mu_dossier_missing(&story.mediated, missing), 3);
    assert_int_equal(missing[0].paper, MU_PAPER_APPLICATION);
    assert_int_equal(missing[2].paper, MU_PAPER_RECORD);
    assert_int_not_equal(missing[0].why, 0);
    story_ends(&story);
}

static void what_nobody_asked_for_needs_no_application(void **state)
{
    struct story story;
    struct mu_case_step seen;

    (void)state;
    story_accepted(&story);
    seen =
        story_step(MU_STEP_AMENDED, 10, 24, "subject", "楼上漏水", "dispute", "邻里纠纷", "level",
                   "邻里事", "source", "主动调解", "danger", "否", "text", "巡查时看见。", NULL);
    story_goes(&story, seen);
    assert_item(&story, MU_PAPER_APPLICATION, MU_DOSSIER_NOT, 0);
    assert_on(&story, MU_PAPER_REGISTER, "更正：");
    story_ends(&story);
}

static void an_agreement_asks_for_a_visit_and_may_go_to_court(void **state)
{
    struct story story;

    (void)state;
    story_agreed(&story);
    assert_item(&story, MU_PAPER_AGREEMENT, MU_DOSSIER_REQUIRED, 0);
    assert_int_equal(item_of(&story, MU_PAPER_AGREEMENT).steps, 3);
    assert_item(&story, MU_PAPER_VISITS, MU_DOSSIER_REQUIRED, MU_SAY_dossier_lack_visits);
    assert_item(&story, MU_PAPER_COURT, MU_DOSSIER_AS_NEEDED, 0);
    story_goes(&story, a_visit(11, 21, "已履行", ""));
    assert_item(&story, MU_PAPER_VISITS, MU_DOSSIER_REQUIRED, 0);
    assert_on(&story, MU_PAPER_AGREEMENT, "张金凤修管子并赔偿。");
    assert_on(&story, MU_PAPER_AGREEMENT, "1200");
    assert_on(&story, MU_PAPER_AGREEMENT, "2026-11-10");
    assert_on(&story, MU_PAPER_AGREEMENT, "双方签名");
    assert_on(&story, MU_PAPER_AGREEMENT, "一式3份");
    assert_on(&story, MU_PAPER_VISITS, "已履行");
    story_ends(&story);
}

/* What another program wrote, or an older one, may be without signatures: then the paper says so.
 */
static void an_agreement_without_signatures_is_told_of(void **state)
{
    struct story story;

    (void)state;
    story_agreed(&story);
    story.mediated.step[story.mediated.agreed - 1].record.agreement.signed_by[0] = '\0';
    assert_item(&story, MU_PAPER_AGREEMENT, MU_DOSSIER_REQUIRED, MU_SAY_dossier_lack_signatures);
    assert_on(&story, MU_PAPER_REMARKS, "没有登记签名");
    story_goes(&story, story_step(MU_STEP_ATTACHED, 11, 2, "paper", "协议书", "file", "签名页.pdf",
                                  "hash", HASH, "bytes", "12", NULL));
    assert_item(&story, MU_PAPER_AGREEMENT, MU_DOSSIER_REQUIRED, 0);
    assert_int_equal(item_of(&story, MU_PAPER_AGREEMENT).attachments, 1);
    assert_on(&story, MU_PAPER_EVIDENCE, "签名页.pdf");
    story_ends(&story);
}

static void a_decision_of_the_court_has_a_paper(void **state)
{
    struct story story;

    (void)state;
    story_agreed(&story);
    story_goes(&story, story_step(MU_STEP_CONFIRMED, 11, 5, "court", "双方共同申请", "name",
                                  "井研县人民法院", NULL));
    assert_item(&story, MU_PAPER_COURT, MU_DOSSIER_REQUIRED, 0);
    story_goes(&story, story_step(MU_STEP_CONFIRMED, 11, 12, "court", "法院确认有效", "name",
                                  "井研县人民法院", "document", "", NULL));
    assert_item(&story, MU_PAPER_COURT, MU_DOSSIER_REQUIRED, MU_SAY_dossier_lack_document);
    assert_on(&story, MU_PAPER_COURT, "井研县人民法院");
    story_ends(&story);
}

static void who_refuses_before_a_meeting_leaves_no_record(void **state)
{
    struct story story;

    (void)state;
    story_informed(&story);
    story_goes(&story, an_ending(10, 25, "当事人拒绝"));
    assert_item(&story, MU_PAPER_RECORD, MU_DOSSIER_AS_NEEDED, 0);
    assert_on(&story, MU_PAPER_REMARKS, "谈不拢");
    assert_on(&story, MU_PAPER_REMARKS, "当事人拒绝");
    story_ends(&story);
}

static void of_a_mistake_nothing_is_missing(void **state)
{
    struct story story;
    struct mu_dossier_item missing[MU_DOSSIER_ITEMS];

    (void)state;
    story_accepted(&story);
    story_goes(&story, an_ending(10, 23, "误登"));
    assert_int_equal(mu_dossier_missing(&story.mediated, missing), 0);
    story_ends(&story);
}

static void an_addition_lies_with_what_it_puts_right(void **state)
{
    struct story story;

    (void)state;
    story_informed(&story);
    story_goes(&story, a_meeting(10, 30));
    story_goes(&story, about(story_step(MU_STEP_ADDED, 10, 31, "reason", "记漏了", "text",
                                        "李桂兰也在场。", NULL),
                             (int)story.mediated.steps));
    assert_int_equal(item_of(&story, MU_PAPER_RECORD).steps, 2);
    assert_on(&story, MU_PAPER_RECORD, "李桂兰也在场。");
    assert_on(&story, MU_PAPER_RECORD, "补记（");
    story_ends(&story);
}

static void the_whole_file_has_every_sheet_in_order(void **state)
{
    static const char *const titles[] = {
        "人民调解卷宗",   "卷内目录",     "人民调解申请书", "人民调解受理登记表",
        "权利义务告知书", "人民调解记录", "人民调解协议书", "人民调解回访记录",
        "卷宗情况说明",   "检查人"};
    struct story story;
    char *text, *page, *at;

    (void)state;
    story_agreed(&story);
    story_goes(&story, a_visit(11, 21, "已履行", ""));
    text = sheets(&story, MU_REPORT_TEXT, 0, MU_CHINESE);
    page = sheets(&story, MU_REPORT_HTML, 0, MU_CHINESE);
    at = text;
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        at = strstr(at, titles[i]);
        if (!at)
            fail_msg("%s is not where it should be", titles[i]);
    }
    assert_non_null(strstr(page, "</section>\n<section>"));
    assert_non_null(strstr(page, "break-after:page"));
    if (getenv("DOSSIER_OUT")) { /* to be looked at */
        FILE *out = fopen(getenv("DOSSIER_OUT"), "w");

        fputs(page, out);
        fputs(text, stdout);
        fclose(out);
    }
    free(text);
    free(page);
    text = sheets(&story, MU_REPORT_TEXT, 0, MU_ENGLISH);
    assert_non_null(strstr(text, "Mediation Agreement"));
    free(text);
    story_ends(&story);
}

static void the_head_of_the_case_stands_on_cover_and_back(void **state)
{
    struct story story;
    char digits[2 * MU_HASH_SIZE + 1];

    (void)state;
    story_accepted(&story);
    memset(story.mediated.step[story.mediated.steps - 1].hash, 0xab, MU_HASH_SIZE);
    mu_hash_text(story.mediated.step[story.mediated.steps - 1].hash, 4, digits);
    assert_on(&story, MU_PAPER_COVER, digits);
    assert_on(&story, MU_PAPER_BACK, digits);
    story_ends(&story);
}

static void no_line_of_the_text_is_wider_than_paper(void **state)
{
    struct story story;
    char *text, *line, *rest, *words = calloc(1, 60001);

    (void)state;
    story_informed(&story);
    for (size_t used = 0; used < 59000; used += strlen(words + used))
        snprintf(words + used, 60001 - used, "%s", used % 7 ? "他说，" : "water dripping 了。");
    story_goes(&story, story_step(MU_STEP_MEETING, 10, 30, "present", "王秀英、张金凤", "text",
                                  words, NULL));
    text = sheets(&story, MU_REPORT_TEXT, MU_PAPER_RECORD, MU_CHINESE);
    for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        assert_in_range(mu_text_cells(line), 0, 80);
        assert_false(strncmp(line, "    ，", strlen("    ，")) == 0);
    }
    free(text);
    text = sheets(&story, MU_REPORT_HTML, MU_PAPER_RECORD, MU_CHINESE);
    assert_true(strlen(text) > 50000);
    free(text);
    free(words);
    story_ends(&story);
}

static void hostile_words_do_nothing(void **state)
{
    struct story story;
    char *text, *page;

    (void)state;
    story_informed(&story);
    story_goes(&story, story_step(MU_STEP_MEETING, 10, 30, "present", "王秀英", "text",
                                  "<script>alert(1)</script>", NULL));
    /* What another program wrote into the records. */
    strcpy(story.mediated.person[0].party.name, "\033]0;x\a<b>&\"'");
    page = sheets(&story, MU_REPORT_HTML, 0, MU_CHINESE);
    text = sheets(&story, MU_REPORT_TEXT, 0, MU_CHINESE);
    assert_null(strstr(page, "<script"));
    assert_null(strstr(page, "<b>"));
    assert_non_null(strstr(page, "&lt;script&gt;"));
    assert_null(strchr(page, '\033'));
    assert_null(strchr(text, '\033'));
    assert_null(strchr(text, '\a'));
    free(text);
    free(page);
    story_ends(&story);
}

static void an_item_that_is_not_there_is_not_printed(void **state)
{
    struct story story;
    const struct mu_report_target target = {.format = MU_REPORT_TEXT, .stream = stdout};
    const struct mu_report_target sheet = {.format = MU_REPORT_CSV, .stream = stdout};
    struct mu_dossier_print print = {.mediated = &story.mediated,
                                     .centre = "",
                                     .operator_name = "",
                                     .paper = MU_PAPER_AGREEMENT};
    struct mu_error error;

    (void)state;
    story_accepted(&story);
    assert_int_equal(mu_report_dossier(&target, &print, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_dossier_item);
    print.paper = 0;
    assert_int_equal(mu_report_dossier(&sheet, &print, &error), MU_USAGE);
    story_ends(&story);
}

static void no_file_is_left_of_a_refused_one(void **state)
{
    char path[] = "/tmp/mulin-dossier-XXXXXX";
    int file = mkstemp(path);
    struct story story;
    const struct mu_report_target target = {
        .format = MU_REPORT_HTML, .path = path, .overwrite = false};
    const struct mu_report_target again = {
        .format = MU_REPORT_HTML, .path = path, .overwrite = true};
    struct mu_dossier_print print = {
        .mediated = &story.mediated, .centre = "", .operator_name = "", .paper = MU_PAPER_VISITS};
    struct mu_error error;

    (void)state;
    close(file);
    story_accepted(&story);
    assert_int_equal(mu_report_dossier(&target, &print, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_file_exists);
    unlink(path);
    assert_int_equal(mu_report_dossier(&target, &print, &error), MU_INPUT);
    assert_int_equal(access(path, F_OK), -1);
    print.paper = MU_PAPER_RIGHTS;
    assert_int_equal(mu_report_dossier(&target, &print, &error), MU_OK);
    assert_int_equal(mu_report_dossier(&again, &print, &error), MU_OK);
    unlink(path);
    story_ends(&story);
}

static void a_foreign_paper_is_evidence(void **state)
{
    struct story story;
    char made[MU_DOSSIER_TOLD_SIZE];
    struct mu_dossier_item item;

    (void)state;
    story_accepted(&story);
    story_goes(&story, story_step(MU_STEP_ATTACHED, 10, 24, "paper", "证据材料", "file", "照片.jpg",
                                  "hash", HASH, "bytes", "12", NULL));
    story.mediated.step[story.mediated.steps - 1].record.attachment.paper = 99;
    item = item_of(&story, MU_PAPER_EVIDENCE);
    assert_int_equal(item.attachments, 1);
    mu_dossier_made_of(&item, MU_ENGLISH, made);
    assert_string_equal(made, "1 scans");
    item.steps = 2;
    mu_dossier_made_of(&item, MU_ENGLISH, made);
    assert_string_equal(made, "2 records, 1 scans");
    item.attachments = 0;
    mu_dossier_made_of(&item, MU_ENGLISH, made);
    assert_string_equal(made, "2 records");
    item.steps = 0;
    mu_dossier_made_of(&item, MU_ENGLISH, made);
    assert_string_equal(made, "");
    story_ends(&story);
}

static void scans_of_papers_written_by_hand_are_listed(void **state)
{
    static const char *const papers[] = {"申请书",   "告知书",   "调查记录",
                                         "调解记录", "回访记录", "司法确认"};
    struct story story;

    (void)state;
    story_accepted(&story);
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++)
        story_goes(&story, story_step(MU_STEP_ATTACHED, 10, 24, "paper", papers[i], "file",
                                      "扫描.pdf", "hash", HASH, "bytes", "12", NULL));
    assert_item(&story, MU_PAPER_APPLICATION, MU_DOSSIER_REQUIRED, 0);
    assert_item(&story, MU_PAPER_RIGHTS, MU_DOSSIER_REQUIRED, 0);
    assert_item(&story, MU_PAPER_RECORD, MU_DOSSIER_REQUIRED, 0);
    assert_true(item_of(&story, MU_PAPER_INVESTIGATION).there);
    assert_true(item_of(&story, MU_PAPER_COURT).there);
    assert_on(&story, MU_PAPER_INVESTIGATION, "扫描.pdf");
    assert_on(&story, MU_PAPER_RECORD, "扫描.pdf");
    assert_on(&story, 0, "扫描.pdf");
    story_ends(&story);
}

static void every_step_has_its_place(void **state)
{
    struct story story;

    (void)state;
    story_informed(&story);
    story_goes(&story, story_step(MU_STEP_INVESTIGATED, 10, 24, "place", "3栋", "asked", "邻居",
                                  "text", "看见水印。", NULL));
    story_goes(&story, story_step(MU_STEP_PASSED, 10, 25, "station", "镇/街道", "to", "司法所",
                                  "reason", "情况复杂", NULL));
    assert_on(&story, MU_PAPER_INVESTIGATION, "看见水印。");
    assert_on(&story, MU_PAPER_REMARKS, "司法所");
    assert_on(&story, MU_PAPER_CONTENTS, "卷内目录");
    assert_int_equal(mu_dossier_need_name(MU_DOSSIER_NOT), MU_SAY_dossier_not_needed);
    story_ends(&story);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_that_was_just_accepted_lacks_what_is_to_come),
        cmocka_unit_test(what_nobody_asked_for_needs_no_application),
        cmocka_unit_test(an_agreement_asks_for_a_visit_and_may_go_to_court),
        cmocka_unit_test(an_agreement_without_signatures_is_told_of),
        cmocka_unit_test(a_decision_of_the_court_has_a_paper),
        cmocka_unit_test(who_refuses_before_a_meeting_leaves_no_record),
        cmocka_unit_test(of_a_mistake_nothing_is_missing),
        cmocka_unit_test(an_addition_lies_with_what_it_puts_right),
        cmocka_unit_test(the_whole_file_has_every_sheet_in_order),
        cmocka_unit_test(the_head_of_the_case_stands_on_cover_and_back),
        cmocka_unit_test(no_line_of_the_text_is_wider_than_paper),
        cmocka_unit_test(hostile_words_do_nothing),
        cmocka_unit_test(an_item_that_is_not_there_is_not_printed),
        cmocka_unit_test(no_file_is_left_of_a_refused_one),
        cmocka_unit_test(a_foreign_paper_is_evidence),
        cmocka_unit_test(scans_of_papers_written_by_hand_are_listed),
        cmocka_unit_test(every_step_has_its_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
