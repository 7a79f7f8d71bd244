/* Tickets, and printers that are fine, fail, hang, are not there, or talk too much. */
#include "unit/raw_file.h"

#include <mulin/desk/order.h>
#include <mulin/desk/ticket.h>

#include <sys/stat.h>
#include <time.h>

/* Adopts the book of 云鹭湾 with a command that prints: a script of this home. */
static void give_printer(const struct home *home, const char *script, const char *more)
{
    char path[128], keys[512], *book = NULL, *at, other[32768];
    struct mu_rules_faults faults = {0};
    FILE *file;
    int version;

    raw_path(home, "printer", path);
    if (script) {
        file = fopen(path, "w");
        assert_non_null(file);
        fprintf(file, "#!/bin/sh\n%s\n", script);
        fclose(file);
        assert_int_equal(chmod(path, 0700), 0);
    }
    snprintf(keys, sizeof keys, "  tickets: {command: [%s, %s]%s}\n", path, home->folder, more);
    assert_int_equal(mu_desk_rules_text(home->desk, &book, NULL), MU_OK);
    at = strstr(book, "canteen:\n") + strlen("canteen:\n");
    snprintf(other, sizeof other, "%.*s%s%s", (int)(at - book), book, keys, at);
    free(book);
    assert_int_equal(mu_desk_adopt_rules(home->desk, other, strlen(other),
                                         mu_desk_now(home->desk).date, &faults, &version, NULL),
                     MU_OK);
    mu_rules_faults_clear(&faults);
}

static int64_t lunch(const struct home *home, const char *who)
{
    const struct mu_meal_request request = {.who = who};
    struct mu_meal_answer answer;

    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, NULL), MU_OK);
    return answer.meal.id;
}

/* The next ticket that comes to an end. */
static struct mu_ticket_result wait_for(struct mu_desk *desk)
{
    static const struct timespec moment = {0, 2000000};
    struct mu_ticket_result result;

    for (int i = 0; i < 10000; i++) {
        if (mu_ticket_result(desk, &result))
            return result;
        nanosleep(&moment, NULL);
    }
    fail_msg("nothing came to an end");
    return result;
}

static int canteen(void **state)
{
    if (home_setup(state) != 0)
        return -1;
    home_add(((struct home *)*state)->desk, "name", "张金凤", "birth_date", "1940-01-02", "card",
             "8801", NULL);
    home_add(((struct home *)*state)->desk, "name", "陈伟", "card", "8802", NULL);
    return 0;
}

static char *printed(const struct home *home)
{
    char path[128];
    size_t length;

    raw_path(home, "paper", path);
    return raw_read(path, &length);
}

static void a_ticket_is_printed_and_the_next_one_is_a_copy(void **state)
{
    static const char paper[] = " 云鹭湾社区党群服务中心\n"
                                "------------------------\n"
                                "午餐  第 1 号\n"
                                "2026-11-22 11:30\n"
                                "张*凤\n"
                                "80周岁及以上\n"
                                "------------------------\n"
                                "餐费               15.00\n"
                                "个人付（现金）      8.00\n"
                                "助餐补贴            7.00\n"
                                "------------------------\n"
                                "用餐编号 1\n";
    struct home *home = *state;
    struct mu_ticket_result result;
    char *text;

    give_printer(home, "cat > $1/paper; env | grep -c HOME > $1/seen; ls /proc/self/fd >> $1/seen",
                 ", columns: 24");
    assert_int_equal(mu_print_ticket(home->desk, lunch(home, "8801"), NULL), MU_OK);
    result = wait_for(home->desk);
    assert_true(result.printed);
    assert_int_equal(result.number, 1);
    text = printed(home);
    assert_string_equal(text, paper);
    free(text);
    assert_true(raw_holds(home, "seen", "0\n0\n1\n2\n3\n")); /* 3 is the folder that ls reads */
    assert_int_equal(mu_print_ticket(home->desk, 1, NULL), MU_OK);
    assert_true(wait_for(home->desk).printed);
    text = printed(home);
    assert_non_null(strstr(text, "【副本 2】"));
    free(text);
    assert_int_equal(mu_tickets_open(home->desk), 0);
}

static void a_printer_that_fails_is_told_and_prints_again(void **state)
{
    struct home *home = *state;
    struct mu_ticket_result result;
    struct mu_ticket ticket;
    char text[256], path[128];
    FILE *ink;

    give_printer(home, "test -f $1/ink || { echo no ink >&2; exit 1; }; cat > $1/paper", "");
    assert_int_equal(mu_print_ticket(home->desk, lunch(home, "8801"), NULL), MU_OK);
    result = wait_for(home->desk);
    assert_false(result.printed);
    mu_error_text(&result.why, MU_CHINESE, text, sizeof text);
    assert_string_equal(text, "小票：打印机说 no ink：请查看打印机，再重打");
    /* It was not printed: the next one is no copy. */
    assert_int_equal(mu_read_ticket(home->desk, 1, &ticket, NULL), MU_OK);
    assert_int_equal(ticket.copy, 1);
    raw_path(home, "ink", path);
    ink = fopen(path, "w");
    assert_non_null(ink);
    fclose(ink);
    assert_int_equal(mu_print_ticket(home->desk, 1, NULL), MU_OK);
    assert_true(wait_for(home->desk).printed);
    assert_int_equal(mu_read_ticket(home->desk, 1, &ticket, NULL), MU_OK);
    assert_int_equal(ticket.copy, 2);
}

static void a_printer_that_is_not_there_is_told(void **state)
{
    struct home *home = *state;
    struct mu_error error;

    lunch(home, "8801");
    assert_int_equal(mu_print_ticket(home->desk, 1, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_ticket_none);
    give_printer(home, NULL, "");
    assert_int_equal(mu_print_ticket(home->desk, 1, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_ticket_command);
    assert_int_equal(mu_print_ticket(home->desk, 77, &error), MU_INPUT);
    assert_int_equal(mu_tickets_open(home->desk), 0);
}

/* One hangs, with a child of its own; those behind it are served, and wait for their ticket. */
static void a_printer_that_hangs_is_killed_and_nothing_is_lost(void **state)
{
    struct home *home = *state;
    struct mu_ticket_result result;
    int done = 0, hung = 0;

    give_printer(home, "grep -q '第 1 号' && { sleep 600 & sleep 600; }; exit 0", ", seconds: 1");
    for (int i = 0; i < 5; i++) {
        const struct mu_meal_request request = {.occupation = "外卖员"};
        struct mu_meal_answer answer;

        assert_int_equal(mu_serve_meal(home->desk, &request, &answer, NULL), MU_OK);
        assert_int_equal(mu_print_ticket(home->desk, answer.meal.id, NULL), MU_OK);
    }
    assert_int_equal(mu_tickets_open(home->desk), 5);
    for (int i = 0; i < 5; i++) {
        result = wait_for(home->desk);
        done += result.printed;
        if (!result.printed) {
            assert_int_equal(result.number, 1);
            assert_int_equal(result.why.message, MU_SAY_error_ticket_hung);
            hung++;
        }
    }
    assert_int_equal(done, 4);
    assert_int_equal(hung, 1);
}

static void a_printer_that_talks_too_much_is_heard_out(void **state)
{
    struct home *home = *state;
    struct mu_ticket_result result;

    give_printer(home, "yes '\033[31m纸' | head -c 3000000 >&2; exit 1", "");
    assert_int_equal(mu_print_ticket(home->desk, lunch(home, "8801"), NULL), MU_OK);
    result = wait_for(home->desk);
    assert_false(result.printed);
    assert_int_equal(result.why.message, MU_SAY_error_ticket_said);
    assert_null(strchr(result.why.argument[0], '\033'));
}

static void too_many_are_refused_and_a_closed_desk_leaves_them(void **state)
{
    struct home *home = *state;
    struct mu_error error;

    give_printer(home, "exec sleep 600", ", seconds: 1");
    lunch(home, "8801");
    for (int i = 0; i < MU_TICKETS_AT_ONCE + MU_TICKETS_WAITING; i++)
        assert_int_equal(mu_print_ticket(home->desk, 1, NULL), MU_OK);
    assert_int_equal(mu_print_ticket(home->desk, 1, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_ticket_many);
    for (int i = 0; i < MU_TICKETS_AT_ONCE; i++)
        assert_false(wait_for(home->desk).printed);
}

static void a_receipt_printer_reads_gb18030(void **state)
{
    struct home *home = *state;

    give_printer(home, "cat > $1/paper", ", encoding: gb18030");
    assert_int_equal(mu_print_ticket(home->desk, lunch(home, "8802"), NULL), MU_OK);
    assert_true(wait_for(home->desk).printed);
    assert_true(raw_holds(home, "paper", "\xce\xe7\xb2\xcd")); /* 午餐 */
}

static void the_kitchen_reads_what_was_ordered(void **state)
{
    struct home *home = *state;
    struct mu_order order = {.resident_id = 1,
                             .from = mu_desk_now(home->desk).date,
                             .session = "lunch",
                             .serving = MU_EATEN_THERE};
    struct mu_ticket ticket;
    char text[MU_TICKET_SIZE];
    int64_t meal;

    assert_int_equal(mu_save_order(home->desk, &order, "刚想起来", NULL, NULL), MU_OK);
    meal = lunch(home, "8801");
    assert_int_equal(mu_read_ticket(home->desk, meal, &ticket, NULL), MU_OK);
    mu_ticket_write(&ticket, 32, MU_CHINESE, text);
    assert_non_null(strstr(text, "订餐：当天的菜\n"));
    strcpy(ticket.dish, "清蒸鲈鱼");
    mu_ticket_write(&ticket, 32, MU_CHINESE, text);
    assert_non_null(strstr(text, "订餐：清蒸鲈鱼\n"));
    assert_int_equal(mu_read_ticket(home->desk, lunch(home, "8802"), &ticket, NULL), MU_OK);
    mu_ticket_write(&ticket, 32, MU_CHINESE, text);
    assert_null(strstr(text, "订餐"));
}

static void long_words_go_on_in_the_next_line(void **state)
{
    struct mu_ticket ticket = {.number = 12,
                               .session = "午餐",
                               .tier = "在册困难家庭高龄独居老人助餐特惠档",
                               .diet = "低盐\n糖尿病，不吃花生、海鲜和一切辛辣的东西"};
    char text[MU_TICKET_SIZE], *line, *rest = text;

    (void)state;
    strcpy(ticket.centre, "云鹭湾社区党群服务中心老年助餐服务点（一号厅）");
    strcpy(ticket.meal.name, "外卖员");
    strcpy(ticket.meal.note, "\033[2J蓝色电动车");
    ticket.meal.void_entry_id = 3;
    mu_ticket_write(&ticket, 24, MU_CHINESE, text);
    assert_null(strchr(text, '\033'));
    assert_non_null(strstr(text, "【已作废】"));
    assert_non_null(strstr(text, "忌口：低盐 糖尿病，不吃\n花生、海鲜和一切辛辣的东\n西\n"));
    while ((line = strsep(&rest, "\n")) && rest) {
        int cells = 0;

        for (const char *at = line; *at; at++)
            cells += (*at & 0xc0) != 0x80 ? ((*at & 0x80) ? 2 : 1) : 0;
        assert_true(cells <= 24);
    }
    ticket.meal.resident_id = 7;
    ticket.copy = 3;
    mu_ticket_write(&ticket, 48, MU_ENGLISH, text);
    assert_non_null(strstr(text, "[copy 3]"));
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, canteen, home_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(a_ticket_is_printed_and_the_next_one_is_a_copy),
        STORY(a_printer_that_fails_is_told_and_prints_again),
        STORY(a_printer_that_is_not_there_is_told),
        STORY(a_printer_that_hangs_is_killed_and_nothing_is_lost),
        STORY(a_printer_that_talks_too_much_is_heard_out),
        STORY(too_many_are_refused_and_a_closed_desk_leaves_them),
        STORY(a_receipt_printer_reads_gb18030),
        STORY(the_kitchen_reads_what_was_ordered),
        cmocka_unit_test(long_words_go_on_in_the_next_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
