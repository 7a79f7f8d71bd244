/* What lies sealed in mulin.db, the key that opens it, and every way to lose or change it. Linked
 * with --wrap, so that the steps of a key change come here. */
#include "unit/raw_file.h"

#include "base/key_text.h"
#include "desk/desk_internal.h"
#include "desk/resident_file.h"

#include <mulin/desk/audit.h>
#include <mulin/desk/demo.h>
#include <mulin/desk/key.h>

#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define ZHANG "11010519491231002X"
#define WANG "330205195811230152"
#define NOTE "糖尿病，每天打胰岛素"

/* Steps */

int __real_link(const char *from, const char *to);
int __real_rename(const char *from, const char *to);
int __real_unlink(const char *path);
int __real_fsync(int file);
enum mu_status __real_mu_query_run(struct mu_query *query, struct mu_error *error);
int __wrap_link(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __wrap_unlink(const char *path);
int __wrap_fsync(int file);
enum mu_status __wrap_mu_query_run(struct mu_query *query, struct mu_error *error);

static int countdown = -1; /* steps until the one that counts; negative: none does */
static bool deadly;        /* that one is the last of the process; else it fails */

static bool step(bool can_fail)
{
    if (countdown < 0 || (!deadly && !can_fail) || countdown-- > 0)
        return false;
    if (deadly)
        raise(SIGKILL);
    errno = EIO;
    return true;
}

int __wrap_link(const char *from, const char *to)
{
    return step(true) ? -1 : __real_link(from, to);
}

int __wrap_rename(const char *from, const char *to)
{
    return step(true) ? -1 : __real_rename(from, to);
}

int __wrap_unlink(const char *path)
{
    return step(true) ? -1 : __real_unlink(path);
}

int __wrap_fsync(int file)
{
    return step(true) ? -1 : __real_fsync(file);
}

enum mu_status __wrap_mu_query_run(struct mu_query *query, struct mu_error *error)
{
    step(false);
    return __real_mu_query_run(query, error);
}

/* Helpers */

static bool exists(const struct home *home, const char *name)
{
    char path[128];

    raw_path(home, name, path);
    return access(path, F_OK) == 0;
}

static void write_file(const char *path, const char *text, mode_t mode)
{
    FILE *file;

    __real_unlink(path);
    file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    assert_int_equal(chmod(path, mode), 0);
}

static enum mu_status reopen(struct home *home, struct mu_error *error)
{
    const struct mu_desk_options options = {
        .home = home->folder, .system_user = "keeper", .fixed_now = HOME_NOW};

    mu_desk_free(&home->desk);
    return mu_desk_open(&options, &home->desk, error);
}

static enum mu_message refused(struct home *home)
{
    struct mu_error error = {0};

    assert_int_equal(reopen(home, &error), MU_STORE);
    return error.message;
}

static enum mu_status verify(struct mu_desk *desk, struct mu_error *error)
{
    struct mu_verify_report report;

    return mu_verify(desk, NULL, NULL, &report, error);
}

static void move_in(struct mu_desk *desk)
{
    assert_int_equal(home_add(desk, "name", "张金凤", "id_number", ZHANG, "note", NOTE, NULL), 1);
    assert_int_equal(home_add(desk, "name", "王建国", "id_number", WANG, "note", "心脏搭桥", NULL),
                     2);
    assert_int_equal(home_add(desk, "name", "李小满", NULL), 3);
}

/* Everything that move_in brought is there and can be worked with. */
static void all_is_well(struct home *home)
{
    struct mu_resident resident;
    struct mu_error error = {0};

    assert_int_equal(reopen(home, &error), MU_OK);
    assert_int_equal(mu_file_read(home->desk, 1, &resident, NULL), MU_OK);
    assert_string_equal(resident.id_number, ZHANG);
    assert_string_equal(resident.note, NOTE);
    assert_int_equal(find_one(home->desk, "0152"), 2);
    assert_int_equal(find_one(home->desk, WANG), 2);
    assert_int_equal(verify(home->desk, &error), MU_OK);
    assert_false(exists(home, "mulin.key.old"));
    assert_false(exists(home, "mulin.key.new"));
    /* As it is: an act more in each round would never let the next one end. */
    assert_int_equal(mu_read_resident(home->desk, 1, &resident, NULL), MU_OK);
    assert_int_equal(mu_save_resident(home->desk, &resident, NULL, NULL), MU_OK);
}

/* What lies in the file */

static void nothing_of_numbers_and_notes_is_readable_in_the_file(void **state)
{
    static const char *const secrets[] = {ZHANG,       "0519491231", "31002X",  "1002X",  "002X",
                                          "X20013",    "x20013",     WANG,      "230152", "30152",
                                          "251032",    NOTE,         "胰岛素",  "心脏",   "头晕",
                                          "110105***", "110105",     "19490101"};
    static const char *const files[] = {"mulin.db", "mulin.db-journal"};
    struct home *home = *state;
    struct mu_resident resident;

    move_in(home->desk);
    assert_int_equal(mu_desk_keep_draft(home->desk, 1, "resident:1",
                                        "note=头晕\nid_number=110105194901010021\n", NULL),
                     MU_OK);
    assert_int_equal(mu_read_resident(home->desk, 2, &resident, NULL), MU_OK);
    *resident.note = '\0';
    assert_int_equal(mu_save_resident(home->desk, &resident, NULL, NULL), MU_OK);
    /* A change that is not finished has its journal. */
    assert_int_equal(mu_db_begin(home->desk->db, NULL), MU_OK);
    assert_int_equal(mu_db_execute(home->desk->db, "UPDATE resident SET note = NULL", NULL), MU_OK);
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        for (size_t j = 0; j < 2; j++)
            if (raw_holds(home, files[j], secrets[i]))
                fail_msg("%s holds %s", files[j], secrets[i]);
    assert_true(
        raw_holds(home, "mulin.db-journal", "张金凤")); /* what is looked into is the right file */
    mu_db_rollback(home->desk->db);
    assert_int_equal(mu_file_read(home->desk, 1, &resident, NULL), MU_OK);
    assert_string_equal(resident.note, NOTE);
}

static void what_is_sealed_for_one_row_opens_in_no_other(void **state)
{
    static const char *const bendings[] = {
        "UPDATE resident SET note = (SELECT note FROM resident WHERE resident_id = 2)"
        " WHERE resident_id = 1",
        "UPDATE resident SET id_number = (SELECT id_number FROM resident WHERE resident_id = 2)"
        " WHERE resident_id = 1",
        "CREATE TEMP TABLE kept AS SELECT resident_id, id_number, id_lookup FROM resident;"
        "UPDATE resident SET id_lookup = zeroblob(resident_id) WHERE resident_id < 3;"
        "UPDATE resident SET (id_number, id_lookup) = (SELECT id_number, id_lookup FROM kept"
        " WHERE kept.resident_id = 3 - resident.resident_id) WHERE resident_id < 3",
        "UPDATE resident SET note = id_number WHERE resident_id = 1",
        "UPDATE resident SET note = x'00' WHERE resident_id = 1",
        "UPDATE resident SET id_lookup = x'00' WHERE resident_id = 1",
    };

    for (size_t i = 0; i < sizeof bendings / sizeof *bendings; i++) {
        struct mu_error error = {0};
        struct home *home;

        assert_int_equal(home_setup(state), 0);
        home = *state;
        move_in(home->desk);
        raw_run(home, bendings[i]);
        if (verify(home->desk, &error) != MU_STORE || error.message != MU_SAY_error_verify_sealed)
            fail_msg("%s: %s", bendings[i], mu_message_text(error.message, MU_ENGLISH));
        assert_string_equal(error.argument[0], "1");
        home_teardown(state);
    }
}

static void what_does_not_open_is_neither_shown_nor_written_over(void **state)
{
    struct home *home = *state;
    struct mu_resident resident;
    struct mu_error error;
    char value[MU_ID_NUMBER_SIZE];

    move_in(home->desk);
    raw_run(home, "UPDATE resident SET id_number = (SELECT id_number FROM resident"
                  " WHERE resident_id = 2) WHERE resident_id = 1");
    assert_int_equal(mu_read_resident(home->desk, 1, &resident, NULL), MU_OK);
    assert_string_equal(resident.id_number, "");
    assert_int_equal(mu_save_resident(home->desk, &resident, NULL, &error), MU_STORE);
    assert_int_equal(mu_reveal(home->desk, 1, "id_number", "核对", value, sizeof value, &error),
                     MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_sealed_resident);
}

static void a_number_is_found_whole_and_by_its_end(void **state)
{
    static const char *const tails[] = {
        "002X",    "002x",        "1002X",        "31002x",
        "231002X", "9491231002X", ZHANG,          "11010519491231002x",
        "张 002X", "002X 张",     ("002X " ZHANG)};
    struct home *home = *state;
    struct mu_resident resident;

    move_in(home->desk);
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (find_one(home->desk, tails[i]) != 1)
            fail_msg("%s finds another", tails[i]);
    assert_int_equal(find_one(home->desk, "02X"), 0);     /* three are too few */
    assert_int_equal(find_one(home->desk, "831002X"), 0); /* the last six alone are not enough */
    assert_int_equal(find_one(home->desk, "王 002X"), 0);
    assert_int_equal(mu_read_resident(home->desk, 1, &resident, NULL), MU_OK);
    strcpy(resident.id_number, "110105194912310046");
    assert_int_equal(mu_save_resident(home->desk, &resident, NULL, NULL), MU_OK);
    assert_int_equal(find_one(home->desk, "002X"), 0);
    assert_int_equal(find_one(home->desk, ZHANG), 0);
    assert_int_equal(find_one(home->desk, "0046"), 1);
    assert_int_equal(verify(home->desk, NULL), MU_OK);
}

/* The key file */

static void a_home_opens_with_its_own_key_alone(void **state)
{
    struct home *home = *state, *other;
    void *second;
    char path[128], away[128], mark[2][MU_KEY_MARK_SIZE];
    struct stat status;
    struct mu_key_copy theirs;

    move_in(home->desk);
    raw_path(home, "mulin.key", path);
    raw_path(home, "kept", away);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0400);
    assert_int_equal(home_setup(&second), 0);
    other = second;
    /* Homes of one program are copies of its first one: this one gets a key of its own. */
    assert_int_equal(mu_change_key(other->desk, NULL, NULL, mark[0], mark[1], NULL), MU_OK);
    assert_int_equal(mu_show_key(other->desk, &theirs, NULL), MU_OK);
    home_teardown(&second);

    assert_int_equal(rename(path, away), 0);
    assert_int_equal(refused(home), MU_SAY_error_key_missing);
    write_file(path, theirs.text, 0400);
    assert_int_equal(refused(home), MU_SAY_error_key_foreign);
    write_file(path, "", 0400);
    assert_int_equal(refused(home), MU_SAY_error_key_damaged);
    __real_unlink(path);
    assert_int_equal(symlink(away, path), 0);
    assert_int_equal(refused(home), MU_SAY_error_key_file);
    __real_unlink(path);
    assert_int_equal(rename(away, path), 0);
    assert_int_equal(chmod(path, 0440), 0);
    assert_int_equal(refused(home), MU_SAY_error_key_open_to_others);
    assert_int_equal(chmod(path, 0404), 0);
    assert_int_equal(refused(home), MU_SAY_error_key_open_to_others);
    assert_int_equal(chmod(path, 0400), 0);
    all_is_well(home);
}

static void a_key_that_lies_there_is_taken_over_and_never_overwritten(void **state)
{
    struct home *home = *state;
    const struct mu_desk_options options = {
        .home = home->folder, .system_user = "keeper", .fixed_now = HOME_NOW};
    struct mu_key_copy before, after;
    struct mu_error error;
    char path[128];

    assert_int_equal(mu_show_key(home->desk, &before, NULL), MU_OK);
    mu_desk_free(&home->desk);
    assert_int_equal(__real_unlink(home->path), 0);
    raw_path(home, "mulin.key", path);
    assert_int_equal(chmod(path, 0444), 0);
    assert_int_equal(mu_home_create(&options, "yunluwan", false, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_key_open_to_others);
    assert_int_not_equal(access(home->path, F_OK), 0);
    assert_int_equal(chmod(path, 0400), 0);
    assert_int_equal(mu_home_create(&options, "yunluwan", false, &error), MU_OK);
    assert_int_equal(reopen(home, &error), MU_OK);
    assert_int_equal(mu_show_key(home->desk, &after, NULL), MU_OK);
    assert_string_equal(before.text, after.text);
}

static bool last(void *context, const struct mu_audit_record *record)
{
    *(struct mu_audit_record *)context = *record;
    return false;
}

static struct mu_audit_record last_record(struct mu_desk *desk)
{
    const struct mu_audit_filter any = {0};
    struct mu_audit_record record = {0};

    assert_int_equal(mu_list_audit(desk, &any, 1, last, &record, NULL), MU_OK);
    return record;
}

static void the_paper_copy_brings_a_lost_key_back(void **state)
{
    struct home *home = *state;
    const struct mu_desk_options options = {.home = home->folder, .system_user = "keeper"};
    struct mu_key_copy copy;
    struct mu_error error;
    char path[128], typed[256];
    bool written = true;

    move_in(home->desk);
    strcpy(home->desk->operator.role, "desk");
    assert_int_equal(mu_show_key(home->desk, &copy, &error), MU_REFUSED);
    strcpy(home->desk->operator.role, "keeper");
    assert_int_equal(mu_show_key(home->desk, &copy, &error), MU_OK);
    assert_string_equal(last_record(home->desk).action, "key");
    assert_string_equal(last_record(home->desk).subject, "show");
    assert_int_equal(mu_restore_key(&options, copy.text, &written, &error), MU_OK);
    assert_false(written);
    raw_path(home, "mulin.key", path);
    __real_unlink(path);
    assert_int_equal(refused(home), MU_SAY_error_key_missing);
    /* One character of the third line is misread. */
    strcpy(typed, copy.text);
    char *third = strstr(typed, "\n3  ") + 4;
    *third = *third == 'a' ? 'b' : 'a';
    assert_int_equal(mu_restore_key(&options, typed, &written, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_paper_line);
    assert_string_equal(error.argument[0], "3");
    assert_int_equal(mu_restore_key(&options, "", &written, &error), MU_INPUT);
    assert_false(exists(home, "mulin.key"));
    /* Capitals, blanks and what stands around the lines do not matter. */
    snprintf(typed, sizeof typed, "Key of mulin\n\n  %s\n2026-11-22", copy.text);
    for (char *at = typed; *at; at++)
        *at = (char)toupper((unsigned char)*at);
    assert_int_equal(mu_restore_key(&options, typed, &written, &error), MU_OK);
    assert_true(written);
    all_is_well(home);
}

static void the_paper_copy_of_another_home_is_refused(void **state)
{
    struct home *home = *state;
    const struct mu_desk_options options = {.home = home->folder, .system_user = "keeper"};
    struct mu_key_copy before;
    struct mu_error error;
    char mark[2][MU_KEY_MARK_SIZE];
    bool written;

    assert_int_equal(mu_show_key(home->desk, &before, NULL), MU_OK);
    assert_int_equal(mu_change_key(home->desk, NULL, NULL, mark[0], mark[1], NULL), MU_OK);
    assert_string_equal(mark[0], before.mark);
    assert_string_not_equal(mark[1], before.mark);
    assert_int_equal(mu_restore_key(&options, before.text, &written, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_paper_foreign);
}

static void every_slip_in_copying_is_found_in_its_line(void **state)
{
    unsigned char key[MU_SEAL_KEY], back[MU_SEAL_KEY];
    char text[MU_KEY_TEXT_SIZE];

    (void)state;
    for (int i = 0; i < MU_SEAL_KEY; i++)
        key[i] = (unsigned char)(7 * i + 1);
    mu_key_text_write(key, text);
    assert_int_equal(mu_key_text_read(text, back), 0);
    assert_memory_equal(key, back, sizeof key);
    for (int at = 0, line = 1; text[at]; at++) {
        char right = text[at];

        if (right == '\n')
            line++;
        if (!isxdigit((unsigned char)right))
            continue;
        text[at] = right == '0' ? '8' : '0';
        assert_int_equal(mu_key_text_read(text, back), line);
        text[at] = right;
    }
}

/* Changing the key */

static void desks_go_on_working_while_the_key_is_changed(void **state)
{
    struct home *home = *state;
    struct mu_desk *counter = home_desk(home, HOME_NOW);
    struct mu_resident resident;
    char mark[2][MU_KEY_MARK_SIZE], *draft = NULL;
    int64_t id;

    move_in(home->desk);
    assert_int_equal(mu_desk_keep_draft(counter, 1, "form", "name=赵", NULL), MU_OK);
    assert_int_equal(find_one(counter, "002X"), 1);
    for (int round = 0; round < 3; round++) {
        assert_int_equal(mu_change_key(home->desk, NULL, NULL, mark[0], mark[1], NULL), MU_OK);
        assert_string_equal(last_record(home->desk).subject, "change");
        assert_string_equal(last_record(home->desk).after, mark[1]);
        switch (round) {
        case 0: /* what the other desk reads first */
            assert_int_equal(mu_file_read(counter, 1, &resident, NULL), MU_OK);
            assert_string_equal(resident.id_number, ZHANG);
            break;
        case 1: /* looks for first */
            assert_int_equal(find_one(counter, "002X"), 1);
            break;
        default: /* writes first */
            id = home_add(counter, "name", "赵大妈", "id_number", "110105194901010021", NULL);
            assert_int_equal(find_one(home->desk, "0021"), id);
        }
    }
    assert_int_equal(mu_desk_draft(counter, "form", &draft, NULL), MU_OK);
    assert_string_equal(draft, "name=赵");
    free(draft);
    mu_desk_free(&counter);
    all_is_well(home);
}

static bool stop(void *context, int64_t done, int64_t all)
{
    (void)context;
    assert_true(done <= all);
    return false;
}

static void two_thousand_files_take_a_new_key_or_keep_the_old(void **state)
{
    struct home *home = *state;
    struct mu_error error = {0};
    struct mu_key_copy before, after;
    char mark[2][MU_KEY_MARK_SIZE];
    struct mu_resident first, again;

    assert_int_equal(mu_fill_demo(home->desk, "yunluwan", 2000, &error), MU_OK);
    assert_int_equal(mu_file_read(home->desk, 1700, &first, NULL), MU_OK);
    assert_int_equal(mu_show_key(home->desk, &before, NULL), MU_OK);
    assert_int_equal(mu_change_key(home->desk, stop, NULL, mark[0], mark[1], &error), MU_REFUSED);
    assert_int_equal(mu_show_key(home->desk, &after, NULL), MU_OK);
    assert_string_equal(before.text, after.text);
    assert_int_equal(verify(home->desk, NULL), MU_OK);
    assert_int_equal(mu_change_key(home->desk, NULL, NULL, mark[0], mark[1], &error), MU_OK);
    assert_int_equal(reopen(home, NULL), MU_OK);
    assert_int_equal(mu_show_key(home->desk, &after, NULL), MU_OK);
    assert_string_not_equal(before.text, after.text);
    assert_int_equal(verify(home->desk, NULL), MU_OK);
    assert_int_equal(mu_file_read(home->desk, 1700, &again, NULL), MU_OK);
    assert_string_equal(first.id_number, again.id_number);
    assert_int_equal(find_one(home->desk, first.id_number), 1700);
}

static void the_death_of_a_key_change_at_any_step_leaves_a_home_that_opens(void **state)
{
    struct home *home = *state;
    int deaths = 0, status;

    move_in(home->desk);
    mu_desk_free(&home->desk);
    for (;;) {
        pid_t child = fork();

        assert_true(child >= 0);
        if (child == 0) {
            char mark[2][MU_KEY_MARK_SIZE];
            bool changed;

            home->desk = home_desk(home, HOME_NOW);
            deadly = true;
            countdown = deaths;
            changed = mu_change_key(home->desk, NULL, NULL, mark[0], mark[1], NULL) == MU_OK;
            _exit(changed && countdown >= 0 ? 0 : 1);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        all_is_well(home);
        mu_desk_free(&home->desk);
        if (WIFEXITED(status))
            break;
        assert_int_equal(WTERMSIG(status), SIGKILL);
        deaths++;
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_in_range(deaths, 20, 200);
}

static void a_key_change_whose_files_fail_leaves_a_home_that_opens(void **state)
{
    struct home *home = *state;
    char mark[2][MU_KEY_MARK_SIZE];
    int failing = 0;
    bool through = false;

    move_in(home->desk);
    while (!through) {
        struct mu_error error = {0};
        enum mu_status status;

        deadly = false;
        countdown = failing++;
        status = mu_change_key(home->desk, NULL, NULL, mark[0], mark[1], &error);
        through = countdown >= 0;
        countdown = -1;
        assert_int_equal(error.status, status);
        assert_int_equal(find_one(home->desk, "002X"), 1); /* the same desk goes on */
        all_is_well(home);
        assert_true(!through || status == MU_OK);
    }
    assert_in_range(failing, 8, 40);
}

int main(void)
{
#define STORY(test) cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(nothing_of_numbers_and_notes_is_readable_in_the_file),
        cmocka_unit_test(what_is_sealed_for_one_row_opens_in_no_other),
        STORY(what_does_not_open_is_neither_shown_nor_written_over),
        STORY(a_number_is_found_whole_and_by_its_end),
        STORY(a_home_opens_with_its_own_key_alone),
        STORY(a_key_that_lies_there_is_taken_over_and_never_overwritten),
        STORY(the_paper_copy_brings_a_lost_key_back),
        STORY(the_paper_copy_of_another_home_is_refused),
        cmocka_unit_test(every_slip_in_copying_is_found_in_its_line),
        STORY(desks_go_on_working_while_the_key_is_changed),
        STORY(two_thousand_files_take_a_new_key_or_keep_the_old),
        STORY(the_death_of_a_key_change_at_any_step_leaves_a_home_that_opens),
        STORY(a_key_change_whose_files_fail_leaves_a_home_that_opens),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
