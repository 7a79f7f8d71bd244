#include "screen/story.h"

#include <mulin/desk/ticket.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* From now on tickets go to this command of a shell. */
static void give_printer(struct story *story, const char *script)
{
    char *book = NULL, *at, other[32768];
    struct mu_rules_faults faults = {0};
    int version;

    assert_int_equal(mu_desk_rules_text(story->desk, &book, NULL), MU_OK);
    at = strstr(book, "canteen:\n") + strlen("canteen:\n");
    snprintf(other, sizeof other, "%.*s  tickets: {command: [sh, -c, \"%s\"]}\n%s",
             (int)(at - book), book, script, at);
    free(book);
    assert_int_equal(mu_desk_adopt_rules(story->desk, other, strlen(other),
                                         mu_desk_now(story->desk).date, &faults, &version, NULL),
                     MU_OK);
    mu_rules_faults_clear(&faults);
}

/* The seconds pass until nothing is being printed any more. */
static void wait_for_printer(struct story *story)
{
    static const struct timespec moment = {0, 2000000};

    for (int i = 0; i < 10000 && mu_tickets_open(story->desk) > 0; i++) {
        nanosleep(&moment, NULL);
        mu_app_tick(story->app);
    }
    assert_int_equal(mu_tickets_open(story->desk), 0);
}

static void a_printer_that_fails_is_told_and_asked_again_story(struct story *story)
{
    struct mu_ticket ticket;

    give_printer(story, "grep -q 副本 || { echo no paper >&2; exit 1; }");
    story_type(story, "1");
    story_scan(story, "8801");
    assert_shows(story, "√ 已签到", "√ Served");
    wait_for_printer(story);
    assert_shows(story, "第 1 号小票没有打出（签到里按 ^T 重打）：打印机说 no paper",
                 "ticket no. 1 was not printed (^T at check-in prints it again)");
    story_scan(story, "8802");
    assert_shows(story, "√ 已签到", "√ Served");
    wait_for_printer(story);
    assert_shows(story, "第 2 号", "no. 2");
    story_press(story, (enum mu_key)(MU_KEY_CONTROL_A + 'T' - 'A'));
    assert_shows(story, "午餐第 2 号小票已送打印机", "ticket no. 2 of 午餐 goes to the printer");
    wait_for_printer(story);
    assert_int_equal(mu_read_ticket(story->desk, 2, &ticket, NULL), MU_OK);
    assert_int_equal(ticket.copy, 1);
}

static void what_was_printed_is_not_talked_about_story(struct story *story)
{
    struct mu_ticket ticket;

    give_printer(story, "cat >/dev/null");
    story_type(story, "1");
    story_press(story, (enum mu_key)(MU_KEY_CONTROL_A + 'T' - 'A'));
    assert_shows(story, "还没有可打的小票", "there is no ticket to print yet");
    story_scan(story, "8801");
    wait_for_printer(story);
    assert_false(story_shows(story, "小票"));
    assert_int_equal(mu_read_ticket(story->desk, 1, &ticket, NULL), MU_OK);
    assert_int_equal(ticket.copy, 2);
}

STORY(a_printer_that_fails_is_told_and_asked_again)
STORY(what_was_printed_is_not_talked_about)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(a_printer_that_fails_is_told_and_asked_again),
        TOLD(what_was_printed_is_not_talked_about),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
