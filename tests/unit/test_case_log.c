/* The mediation log as the desks of a house live with it. */
#include "unit/case_home.h"

#include <sys/wait.h>

/* ---- a case goes its way ---- */

struct trail {
    size_t count;
    struct mu_audit_record record[64];
};

static bool take_note(void *context, const struct mu_audit_record *record)
{
    struct trail *trail = context;

    trail->record[trail->count++] = *record;
    return trail->count < 64;
}

static struct trail read_trail(struct mu_desk *desk, const char *action)
{
    struct mu_audit_filter filter = {0};
    struct trail trail = {0};

    snprintf(filter.action, sizeof filter.action, "%s", action);
    assert_int_equal(mu_list_audit(desk, &filter, 64, take_note, &trail, NULL), MU_OK);
    return trail;
}

static void a_leak_is_settled_kept_and_closed(void **state)
{
    struct home *home = *state;
    struct mu_desk *zhou = desk_of(home, "zhou");
    struct mu_case_written leak = open_leak(zhou, 2);
    struct mu_case mediated = {0};
    enum mu_case_access access;
    struct trail trail;

    assert_int_equal(leak.case_id, 1);
    assert_int_equal(leak.steps, 4); /* who opened it mediates it */
    assert_int_equal(leak.repeats, 0);
    add_step(zhou, leak.case_id, informed(3));
    add_step(zhou, leak.case_id, meeting(4, "王秀英说天花板坏了。\n张金凤说水管是老的。"));
    agree(zhou, leak.case_id, 5);
    add_step(zhou, leak.case_id,
             about(story_step(MU_STEP_PERFORMED, 11, 6, "amount", "300", NULL), 2));
    add_step(zhou, leak.case_id, about(story_step(MU_STEP_PERFORMED, 11, 7, NULL), 1));
    assert_int_equal(mu_read_case(zhou, leak.case_id, &mediated, &access, NULL), MU_OK);
    assert_int_equal(access, MU_CASE_HANDLE);
    assert_int_equal(mediated.state, MU_CASE_AGREED);
    assert_int_equal(mediated.promises, 2);
    assert_int_equal(mediated.promise[1].number, 2);
    assert_int_equal(mediated.paid.fen, 30000);
    assert_string_equal(mediated.step[5].text, "王秀英说天花板坏了。\n张金凤说水管是老的。");
    mu_case_clear(&mediated);
    add_step(zhou, leak.case_id,
             story_step(MU_STEP_VISITED, 11, 20, "kept", "已履行", "text", "水管修好了", NULL));
    add_step(zhou, leak.case_id, story_step(MU_STEP_CLOSED, 11, 21, NULL));
    assert_int_equal(mu_reread_case(zhou, leak.case_id, &mediated, &access, NULL), MU_OK);
    assert_int_equal(mediated.state, MU_CASE_CLOSED);
    assert_int_equal(mediated.outcome, MU_CASE_SETTLED);
    assert_int_equal(mediated.steps, 13);
    mu_case_clear(&mediated);

    trail = read_trail(home->desk, "handle_case");
    assert_int_equal(trail.count, 9);
    assert_string_equal(trail.record[0].subject, leak.number);
    assert_memory_equal(trail.record[0].after, "13 closed ", 10);
    assert_int_equal(strlen(trail.record[0].after), 26);
    trail = read_trail(home->desk, "read_case");
    assert_int_equal(trail.count, 1); /* reading again is no opening */
    assert_string_equal(trail.record[0].subject, leak.number);
    assert_string_equal(trail.record[0].operator_name, "周玉兰");
    assert_case_sound(home->desk);
    mu_desk_free(&zhou);
}

/* ---- who sees what ---- */

static void a_colleague_sees_a_number_and_no_name(void **state)
{
    static const char *const others[] = {"wu", "chen", "audit", "keeper"};
    struct home *home = *state;
    struct mu_desk *zhou = desk_of(home, "zhou");
    struct mu_case_written leak = open_leak(zhou, 2);
    struct case_lines lines = list_cases(zhou, &(struct mu_case_filter){.open = true});

    assert_int_equal(lines.count, 1);
    assert_string_equal(lines.line[0].label, "王秀英、张金凤 楼上漏水");
    assert_string_equal(lines.line[0].mediators, "周玉兰");
    assert_int_equal(lines.line[0].dispute, 2);
    assert_int_equal(lines.line[0].due.kind, MU_CASE_DUE_LIMIT);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct mu_desk *desk = desk_of(home, others[i]);
        struct mu_case mediated = {0};
        struct mu_error error;

        lines = list_cases(desk, &(struct mu_case_filter){.open = true});
        assert_int_equal(lines.count, 1);
        assert_int_equal(lines.line[0].access, MU_CASE_HIDDEN);
        assert_string_equal(lines.line[0].number, leak.number);
        assert_int_equal(lines.line[0].state, MU_CASE_ACCEPTED);
        assert_string_equal(lines.line[0].label, "");
        assert_string_equal(lines.line[0].mediators, "");
        assert_int_equal(lines.line[0].dispute, 0);
        assert_int_equal(lines.line[0].due.kind, 0);
        /* Nor does it show by what lists it is on. */
        assert_int_equal(list_cases(desk, &(struct mu_case_filter){.mine = true}).count, 0);
        assert_int_equal(list_cases(desk, &(struct mu_case_filter){.dispute = 2}).count, 0);
        assert_int_equal(list_cases(desk, &(struct mu_case_filter){.mediator_id = ZHOU}).count, 0);
        assert_int_equal(mu_read_case(desk, leak.case_id, &mediated, NULL, &error), MU_REFUSED);
        assert_int_equal(error.message, MU_SAY_error_case_hidden);
        assert_int_equal(mu_reread_case(desk, leak.case_id, &mediated, NULL, NULL), MU_REFUSED);
        assert_int_equal(mu_list_related_cases(desk, leak.case_id, take_line, &lines, NULL),
                         MU_REFUSED);
        assert_int_not_equal(try_step(desk, leak.case_id, informed(3), 0, NULL), MU_OK);
        mu_desk_free(&desk);
    }
    assert_int_equal(list_cases(zhou, &(struct mu_case_filter){.mine = true, .dispute = 2}).count,
                     1);
    mu_desk_free(&zhou);
}

static bool take_reader(void *context, const struct mu_case_reader *reader)
{
    *(struct mu_case_reader *)context = *reader;
    return true;
}

static void the_keeper_names_who_else_may_read(void **state)
{
    struct home *home = *state;
    struct mu_desk *zhou = desk_of(home, "zhou"), *chen = desk_of(home, "chen");
    struct mu_case_written leak = open_leak(zhou, 2), other = open_leak(zhou, 3);
    struct mu_case_reader reader = {0};
    struct mu_case mediated = {0};
    struct mu_error error;

    assert_int_equal(mu_name_case_reader(home->desk, leak.case_id, "陈静", " ", &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_case_reader_reason);
    assert_int_equal(mu_name_case_reader(home->desk, 99, "陈静", "协助", &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_case_unknown);
    assert_int_equal(mu_name_case_reader(home->desk, 1, "谁", "协助", &error), MU_INPUT);
    assert_int_equal(mu_name_case_reader(home->desk, 1, "积分员", "协助", &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_case_reader_role);
    assert_int_equal(mu_name_case_reader(zhou, 1, "陈静", "协助", NULL), MU_REFUSED);

    assert_int_equal(mu_name_case_reader(home->desk, leak.case_id, "陈静", "协助", NULL), MU_OK);
    assert_int_equal(mu_name_case_reader(home->desk, leak.case_id, "陈静", "协助", &error),
                     MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_case_reader_named);
    assert_int_equal(access_to(chen, leak.case_id), MU_CASE_READ);
    assert_int_equal(access_to(chen, other.case_id), MU_CASE_HIDDEN);
    assert_int_equal(mu_read_case(chen, leak.case_id, &mediated, NULL, NULL), MU_OK);
    mu_case_clear(&mediated);
    assert_int_equal(mu_read_case_to_export(chen, leak.case_id, "给街道", &mediated, NULL),
                     MU_REFUSED);
    assert_int_equal(mu_name_case_reader(home->desk, 0, "审计员", "检查", NULL), MU_OK);
    assert_int_equal(mu_list_case_readers(home->desk, leak.case_id, take_reader, &reader, NULL),
                     MU_OK);
    assert_string_equal(reader.operator_name, "陈静");
    assert_string_equal(reader.named_by, "keeper");
    assert_string_equal(reader.reason, "协助");
    assert_int_equal(mu_end_case_reader(home->desk, reader.id, NULL), MU_OK);
    assert_int_equal(mu_end_case_reader(home->desk, reader.id, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_case_reader_unknown);
    assert_int_equal(access_to(chen, leak.case_id), MU_CASE_HIDDEN);
    mu_desk_free(&chen);

    chen = desk_of(home, "audit");
    assert_int_equal(access_to(chen, leak.case_id), MU_CASE_READ);
    assert_int_equal(list_cases(chen, &(struct mu_case_filter){.mine = true}).count, 2);
    assert_int_equal(try_step(chen, leak.case_id, informed(3), 0, &error), MU_REFUSED);
    assert_int_equal(read_trail(home->desk, "name_case_readers").count, 3);
    mu_desk_free(&chen);
    mu_desk_free(&zhou);
}

static void what_the_clerk_takes_in_is_nobodys_until_a_mediator_takes_it(void **state)
{
    struct home *home = *state;
    struct mu_desk *chen = desk_of(home, "chen"), *zhou = desk_of(home, "zhou");
    struct mu_desk *wu = desk_of(home, "wu");
    struct mu_case_written leak = open_leak(chen, 2);
    struct case_lines lines;

    assert_int_equal(leak.steps, 3);
    assert_int_equal(access_to(chen, leak.case_id), MU_CASE_HIDDEN);
    assert_int_equal(access_to(zhou, leak.case_id), MU_CASE_HANDLE);
    assert_int_equal(access_to(wu, leak.case_id), MU_CASE_HANDLE);
    lines = list_cases(zhou, &(struct mu_case_filter){.mine = true});
    assert_int_equal(lines.line[0].due.kind, MU_CASE_DUE_MEDIATOR);
    add_step(zhou, leak.case_id, change_of(ZHOU, "指派", 3));
    assert_int_equal(access_to(zhou, leak.case_id), MU_CASE_HANDLE);
    assert_int_equal(access_to(wu, leak.case_id), MU_CASE_HIDDEN);

    /* The only one moves away: it is anybody's again. */
    raw_run(home, "UPDATE mediator SET until_date = '2026-11-10' WHERE mediator_id = 1");
    mu_desk_free(&zhou);
    zhou = desk_of(home, "zhou");
    assert_int_equal(access_to(zhou, leak.case_id), MU_CASE_HIDDEN);
    assert_int_equal(access_to(wu, leak.case_id), MU_CASE_HANDLE);
    mu_desk_free(&zhou);
    mu_desk_free(&wu);
    mu_desk_free(&chen);
}

static void two_mediators_write_in_one_case(void **state)
{
    struct home *home = *state;
    struct mu_desk *zhou = desk_of(home, "zhou"), *wu = desk_of(home, "wu");
    struct mu_case_written leak = open_leak(zhou, 2);
    struct mu_error error;

    add_step(zhou, leak.case_id, change_of(WU, "当事人选定", 3));
    assert_int_equal(access_to(wu, leak.case_id), MU_CASE_HANDLE);
    add_step(zhou, leak.case_id, informed(3)); /* the sixth step */
    /* Both looked when there were six. */
    assert_int_equal(try_step(zhou, leak.case_id, meeting(4, "上午谈了"), 6, NULL), MU_OK);
    assert_int_equal(try_step(wu, leak.case_id, meeting(4, "下午又谈了"), 6, NULL), MU_OK);
    assert_int_equal(
        try_step(wu, leak.case_id,
                 story_step(MU_STEP_ENDED, 11, 5, "how", "调解不成", "told", "是", NULL), 6,
                 &error),
        MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_case_stale);
    assert_int_equal(
        try_step(wu, leak.case_id,
                 story_step(MU_STEP_ENDED, 11, 5, "how", "调解不成", "told", "是", NULL), 8, NULL),
        MU_OK);
    /* Who steps aside sees it no longer. */
    add_step(zhou, leak.case_id, change_of(WU, "回避", 6));
    assert_int_equal(access_to(wu, leak.case_id), MU_CASE_HIDDEN);
    assert_case_sound(home->desk);
    mu_desk_free(&wu);
    mu_desk_free(&zhou);
}

static void the_keeper_gives_a_case_to_another_without_seeing_it(void **state)
{
    struct home *home = *state;
    struct mu_desk *zhou = desk_of(home, "zhou"), *wu = desk_of(home, "wu");
    struct mu_case_written leak = open_leak(zhou, 2);
    struct mu_case_step both[2] = {change_of(WU, "指派", 3), informed(3)};
    struct mu_error error;

    assert_int_equal(try_steps(home->desk, leak.case_id, both, 2, 0, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_case_hidden);
    assert_int_equal(try_step(wu, leak.case_id, change_of(WU, "指派", 3), 0, NULL), MU_REFUSED);
    assert_int_equal(try_step(home->desk, leak.case_id, change_of(WU, "指派", 3), 0, NULL), MU_OK);
    assert_int_equal(access_to(wu, leak.case_id), MU_CASE_HANDLE);
    assert_int_equal(access_to(home->desk, leak.case_id), MU_CASE_HIDDEN);
    /* Who works here no longer opens nothing. */
    assert_int_equal(mu_end_operator(home->desk, "吴大成", NULL), MU_OK);
    assert_int_equal(mu_list_cases(wu, &(struct mu_case_filter){0}, 0, 8, take_line,
                                   &(struct case_lines){0}, NULL),
                     MU_REFUSED);
    mu_desk_free(&wu);
    mu_desk_free(&zhou);
}

static void a_mediator_who_is_the_party_is_refused(void **state)
{
    struct home *home = *state;
    struct mu_desk *chen = desk_of(home, "chen");
    int64_t self = home_add(home->desk, "name", "冯老", NULL);
    struct mu_case_step step[LEAK_STEPS + 1];
    const struct mu_case_opening opening = {step, LEAK_STEPS + 1};
    struct mu_case_written written = {.case_id = -1};
    const char *field = NULL;
    struct mu_error error;
    size_t at = 99;

    raw_run(home, "UPDATE mediator SET resident_id = 1 WHERE mediator_id = 3");
    leak_steps(2, step);
    step[1].resident_id = self;
    step[3] = change_of(OLD_FENG, "指派", 2);
    assert_int_equal(mu_open_case(chen, &opening, &written, &at, &field, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_case_mediator_self);
    assert_string_equal(error.argument[1], "1");
    assert_int_equal(at, 3);
    assert_string_equal(field, "consent");
    assert_int_equal(written.case_id, -1);
    forget_steps(step, LEAK_STEPS + 1);
    mu_desk_free(&chen);
}

/* ---- numbers ---- */

enum { DESKS = 8, EACH = 3 };

static void numbers_follow_one_another_from_eight_desks(void **state)
{
    struct home *home = *state;
    struct case_lines lines;
    pid_t child[DESKS];

    mu_desk_free(&home->desk);
    for (int i = 0; i < DESKS; i++) {
        child[i] = fork();
        assert_int_not_equal(child[i], -1);
        if (child[i] == 0) {
            struct mu_desk *desk = desk_of(home, i % 2 ? "zhou" : "chen");

            for (int j = 0; j < EACH; j++)
                open_leak(desk, 2);
            mu_desk_free(&desk);
            _exit(0);
        }
    }
    for (int i = 0; i < DESKS; i++) {
        int how;

        assert_int_equal(waitpid(child[i], &how, 0), child[i]);
        assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
    }
    home->desk = home_desk(home, HOME_NOW);
    lines = list_cases(home->desk, &(struct mu_case_filter){.open = false});
    assert_int_equal(lines.count, DESKS * EACH);
    for (int i = 0; i < DESKS * EACH; i++) {
        char number[16];
        int64_t found;

        snprintf(number, sizeof number, "%d", i + 1);
        assert_int_equal(mu_find_case(home->desk, number, &found, NULL), MU_OK);
        assert_int_equal(found, i + 1);
        assert_int_equal(lines.line[i].id, DESKS * EACH - i);
    }
    assert_case_sound(home->desk);
}

static void a_refused_intake_leaves_no_gap(void **state)
{
    struct home *home = *state;
    struct mu_desk *zhou = desk_of(home, "zhou"), *tally = desk_of(home, "tally");
    struct mu_case_step step[LEAK_STEPS];
    struct mu_case_opening opening = {step, LEAK_STEPS};
    struct mu_case_written written = {.case_id = -1};
    const char *field = NULL;
    struct mu_error error;
    int64_t found = -1;
    size_t at = 99;

    leak_steps(2, step);
    assert_int_equal(mu_open_case(tally, &opening, &written, NULL, NULL, NULL), MU_REFUSED);
    opening.steps = 1;
    assert_int_equal(mu_open_case(zhou, &opening, &written, &at, NULL, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_case_no_party);
    opening.steps = 2;
    assert_int_equal(mu_open_case(zhou, &opening, &written, &at, NULL, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_case_one_side);
    opening.steps = 0;
    assert_int_equal(mu_open_case(zhou, &opening, &written, &at, NULL, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_case_no_intake);
    opening.steps = LEAK_STEPS;
    step[2].record.party = step[1].record.party;
    assert_int_equal(mu_open_case(zhou, &opening, &written, &at, &field, &error), MU_INPUT);
    assert_int_equal(at, 2);
    assert_string_equal(field, "name");
    step[2].resident_id = 4711;
    assert_int_equal(mu_open_case(zhou, &opening, &written, &at, &field, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_resident_unknown);
    assert_int_equal(written.case_id, -1);
    forget_steps(step, LEAK_STEPS);

    assert_int_equal(open_leak(zhou, 2).case_id, 1);
    assert_int_equal(mu_find_case(zhou, "2026-1", &found, NULL), MU_OK);
    assert_int_equal(found, 1);
    assert_int_equal(mu_find_case(zhou, open_leak(zhou, 2).number, &found, NULL), MU_OK);
    assert_int_equal(found, 2);
    assert_int_equal(mu_find_case(zhou, " ２ ", &found, NULL), MU_OK);
    assert_int_equal(mu_find_case(zhou, "2025-1", &found, &error), MU_INPUT);
    assert_int_equal(mu_find_case(zhou, "3", &found, &error), MU_INPUT);
    assert_int_equal(mu_find_case(zhou, "2026-x", &found, &error), MU_INPUT);
    assert_int_equal(mu_find_case(zhou, "", &found, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_case_unknown);
    mu_desk_free(&tally);
    mu_desk_free(&zhou);
}

/* ---- texts ---- */

static void a_hundred_thousand_characters_come_back_as_they_were(void **state)
{
    struct home *home = *state;
    struct mu_desk *zhou = desk_of(home, "zhou");
    struct mu_case_written leak = open_leak(zhou, 2);
    struct mu_case mediated = {0};
    struct mu_case_step step;
    struct mu_error error;
    enum { LONG = 100000, TOO_LONG = 200000 };
    char *text = malloc(3 * TOO_LONG + 1);

    assert_non_null(text);
    for (size_t i = 0; i < TOO_LONG; i++)
        memcpy(text + 3 * i, i % 40 == 39 ? "。" : i % 3 ? "漏" : "水", 3);
    text[3 * LONG] = '\0';
    add_step(zhou, leak.case_id, informed(3));
    add_step(zhou, leak.case_id, meeting(4, text));
    assert_int_equal(mu_read_case(zhou, leak.case_id, &mediated, NULL, NULL), MU_OK);
    assert_string_equal(mediated.step[5].text, text);
    mu_case_clear(&mediated);
    memcpy(text + 3 * (size_t)LONG, "漏", 3);
    text[3 * TOO_LONG] = '\0';
    assert_int_equal(try_step(zhou, leak.case_id, meeting(4, text), 0, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_case_text_long);
    step = meeting(4, "坏\xff了");
    assert_int_equal(try_step(zhou, leak.case_id, step, 0, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_text_encoding);
    step = meeting(4, " \x1b[2J谈了\t一次 \n");
    add_step(zhou, leak.case_id, step);
    assert_int_equal(mu_read_case(zhou, leak.case_id, &mediated, NULL, NULL), MU_OK);
    assert_string_equal(mediated.step[6].text, "[2J谈了 一次");
    mu_case_clear(&mediated);
    assert_case_sound(home->desk);
    free(text);
    mu_desk_free(&zhou);
}

static void neither_names_nor_words_stand_in_the_file(void **state)
{
    static const char *const secrets[] = {"王秀英",   "张金凤",      "楼上漏水",
                                          "天花板",   "13800001111", "3栋2单元",
                                          "赔一千块", "八百元",      "给法院看"};
    struct home *home = *state;
    struct mu_desk *zhou = desk_of(home, "zhou");
    struct mu_case_written leak = open_leak(zhou, 2);
    struct mu_case mediated = {0};

    add_step(zhou, leak.case_id, informed(3));
    add_step(zhou, leak.case_id, meeting(4, "天花板又漏水"));
    agree(zhou, leak.case_id, 5);
    assert_int_equal(mu_read_case_to_export(zhou, leak.case_id, "", &mediated, NULL), MU_INPUT);
    assert_int_equal(mu_read_case_to_export(zhou, leak.case_id, "送法院", &mediated, NULL), MU_OK);
    mu_case_clear(&mediated);
    mu_desk_free(&zhou);
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        if (raw_holds(home, "mulin.db", secrets[i]))
            fail_msg("%s stands in the file", secrets[i]);
    assert_true(raw_holds(home, "mulin.db", "送法院")); /* the reason is for the trail */
}

/* Telephones are whole only for whoever says why; putting something else right leaves them. */
static void a_telephone_is_whole_only_for_a_reason(void **state)
{
    struct home *home = *state;
    struct mu_desk *zhou = desk_of(home, "zhou");
    const struct mu_case_written leak = open_leak(zhou, 3);
    struct mu_case mediated;
    struct mu_case_step step;

    assert_int_equal(mu_read_case(zhou, leak.case_id, &mediated, NULL, NULL), MU_OK);
    assert_string_equal(mediated.person[0].party.phone, "138****1111");
    assert_string_equal(mediated.step[1].record.party.phone, "138****1111");
    step =
        (struct mu_case_step){.kind = MU_STEP_PARTY, .about = 1, .record = mediated.step[1].record};
    strcpy(step.record.party.wish, "赔八百块");
    mu_case_clear(&mediated);
    add_step(zhou, leak.case_id, step);
    assert_int_equal(mu_read_case_to_export(zhou, leak.case_id, "", &mediated, NULL), MU_INPUT);
    assert_int_equal(mu_read_case_to_export(zhou, leak.case_id, "约双方见面", &mediated, NULL),
                     MU_OK);
    assert_string_equal(mediated.person[0].party.phone, "13800001111");
    assert_string_equal(mediated.person[0].party.wish, "赔八百块");
    mu_case_clear(&mediated);
    mu_desk_free(&zhou);
}

int main(void)
{
#define STORY(test) cmocka_unit_test_setup_teardown(test, case_home_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(a_leak_is_settled_kept_and_closed),
        STORY(a_colleague_sees_a_number_and_no_name),
        STORY(the_keeper_names_who_else_may_read),
        STORY(what_the_clerk_takes_in_is_nobodys_until_a_mediator_takes_it),
        STORY(two_mediators_write_in_one_case),
        STORY(the_keeper_gives_a_case_to_another_without_seeing_it),
        STORY(a_mediator_who_is_the_party_is_refused),
        STORY(numbers_follow_one_another_from_eight_desks),
        STORY(a_refused_intake_leaves_no_gap),
        STORY(a_hundred_thousand_characters_come_back_as_they_were),
        STORY(neither_names_nor_words_stand_in_the_file),
        STORY(a_telephone_is_whole_only_for_a_reason),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
