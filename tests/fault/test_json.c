/* A line of JSON while the n-th allocation fails: whole, or refused and not printed. */
#include "cli/json.h"
#include "fault/failing_memory.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <mulin/base/codes.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct mu_error told;

/* What the command does about an error is its own story. */
int mu_cli_fail(const struct mu_cli *cli, const struct mu_error *error)
{
    (void)cli;
    told = *error;
    return 4;
}

static int print_line(void)
{
    const struct mu_meal meal = {
        .price = {1500}, .pay = {800}, .share = {{MU_PAYER_SUBSIDY, {700}}}, .share_count = 1};
    struct json_object *object = mu_json_object(), *list = mu_json_array();

    mu_json_number(object, "id", -7);
    mu_json_reference(object, "household", 0);
    mu_json_flag(object, "ok", true);
    mu_json_text(object, "name", "张金凤");
    mu_json_text(object, "note", "");
    mu_json_text(object, "reason", "\"quoted\"\\ and\nin two lines / 1/2");
    mu_json_words(object, "tags", "低保 独居");
    mu_json_choice(object, "sex", &mu_sexes, 2);
    mu_json_payers(object, &meal);
    for (int i = 0; i < 40; i++) {
        struct json_object *member = mu_json_object();

        mu_json_text(member, "what", "a text that makes the line longer than the first guess");
        mu_json_append(list, member);
    }
    mu_json_add(object, "list", list);
    return mu_json_print(NULL, object);
}

/* What print_line puts on the standard output; its status in *status. */
static size_t printed(char *line, size_t size, int *status, long at, bool stays, long *failures)
{
    int output = dup(STDOUT_FILENO);
    FILE *file = tmpfile();
    size_t length;

    assert_non_null(file);
    fflush(stdout);
    dup2(fileno(file), STDOUT_FILENO);
    failing_memory_start(at, stays);
    *status = print_line();
    *failures = failing_memory_stop();
    fflush(stdout);
    dup2(output, STDOUT_FILENO);
    close(output);
    rewind(file);
    length = fread(line, 1, size, file);
    fclose(file);
    return length;
}

static void a_line_is_whole_or_not_printed(void **state)
{
    static char whole[8192], line[8192];
    long failures, at, refused = 0;
    int status;
    size_t length = printed(whole, sizeof whole, &status, 1000000, false, &failures);

    (void)state;
    assert_int_equal(status, 0);
    assert_true(length > 2000 && length < sizeof whole);
    for (int stays = 0; stays < 2; stays++)
        for (at = 1, failures = 1; failures > 0; at++) {
            size_t got = printed(line, sizeof line, &status, at, stays, &failures);

            if (status == 0) {
                assert_int_equal(got, length);
                assert_memory_equal(line, whole, length);
            } else {
                assert_int_equal(got, 0);
                assert_int_equal(told.status, MU_MEMORY);
                refused++;
            }
        }
    print_message("%ld allocations failed and no line was printed in part\n", refused);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_whole_or_not_printed),
    };

    setvbuf(stdout, NULL, _IOLBF, 0);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
