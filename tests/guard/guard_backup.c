/* What desks must wait for while the records are copied. */
#include "copy_story.h"

static void commits_wait_for_what_was_written_last_and_not_for_the_file(void **state)
{
    struct home *home = *state;
    size_t size;
    int64_t held = copy_story_tell(home, copy_story_lunch, &size);

    if (getenv("GUARD_TELL"))
        fprintf(stderr, "%d of %d blocks are read while commits are held up\n", (int)(held / 4096),
                (int)(size / 4096));
    assert_in_range(held / 4096, 1, 30);
    assert_true(size / 4096 > 150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(commits_wait_for_what_was_written_last_and_not_for_the_file,
                                        home_setup, home_teardown),
    };

    copy_story_install();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
