/* What hands and other programs may do to the key and to what is sealed: nothing of it is shown by
 * halves, written over, or told as something else. */
#include "unit/raw_file.h"

#include "base/key_text.h"
#include "desk/desk_internal.h"
#include "desk/resident_file.h"
#include "store/register_store.h"
#include "store/vault_rows.h"

#include <mulin/desk/key.h>

#include <sys/stat.h>
#include <unistd.h>

#define ZHANG "11010519491231002X"
#define NOTE "糖尿病，每天打胰岛素"

static int move_in(void **state)
{
    struct home *home;

    home_setup(state);
    home = *state;
    assert_int_equal(home_add(home->desk, "name", "张金凤", "id_number", ZHANG, "note", NOTE, NULL),
                     1);
    return 0;
}

static enum mu_status reopen(struct home *home, struct mu_error *error)
{
    const struct mu_desk_options options = {
        .home = home->folder, .system_user = "keeper", .fixed_now = HOME_NOW};

    mu_desk_free(&home->desk);
    return mu_desk_open(&options, &home->desk, error);
}

/* MU_SAY_COUNT: it opens. */
static enum mu_message says(struct home *home)
{
    struct mu_error error;

    return reopen(home, &error) == MU_OK ? MU_SAY_COUNT : error.message;
}

static void lay(const struct home *home, const char *name, const char *text)
{
    char path[128];
    FILE *file;

    raw_path(home, name, path);
    unlink(path);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0400), 0);
}

static void lay_key(const struct home *home, const char *name, unsigned char first)
{
    const unsigned char key[MU_SEAL_KEY] = {first};
    char text[MU_KEY_TEXT_SIZE];

    mu_key_text_write(key, text);
    lay(home, name, text);
}

static bool lies(const struct home *home, const char *name)
{
    char path[128];

    raw_path(home, name, path);
    return access(path, F_OK) == 0;
}

static void all_is_well(struct home *home)
{
    struct mu_resident resident;
    struct mu_verify_report report;

    assert_int_equal(reopen(home, NULL), MU_OK);
    assert_int_equal(mu_file_read(home->desk, 1, &resident, NULL), MU_OK);
    assert_string_equal(resident.id_number, ZHANG);
    assert_string_equal(resident.note, NOTE);
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, NULL), MU_OK);
    assert_false(lies(home, "mulin.key.old"));
}

/* The key file */

static void two_foreign_keys_open_nothing_and_both_stay(void **state)
{
    struct home *home = *state;
    char path[128], kept[128];

    raw_path(home, "mulin.key", path);
    raw_path(home, "kept", kept);
    assert_int_equal(rename(path, kept), 0);
    lay_key(home, "mulin.key", 1);
    lay_key(home, "mulin.key.old", 2);
    assert_int_equal(says(home), MU_SAY_error_key_foreign);
    assert_true(lies(home, "mulin.key") && lies(home, "mulin.key.old"));
    assert_int_equal(rename(kept, path), 0);
    all_is_well(home);
}

/* A folder in the place of the key cannot be replaced: the old key opens the home all the same. */
static void the_old_key_opens_a_home_in_which_it_cannot_be_put_back(void **state)
{
    struct home *home = *state;
    char path[128], old[128];

    raw_path(home, "mulin.key", path);
    raw_path(home, "mulin.key.old", old);
    assert_int_equal(rename(path, old), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(says(home), MU_SAY_COUNT);
    assert_true(lies(home, "mulin.key.old"));
    assert_int_equal(rmdir(path), 0);
    all_is_well(home);
}

static void a_file_that_does_not_end_is_no_key(void **state)
{
    struct home *home = *state;
    char *endless = malloc(5000), path[128], kept[128];

    assert_non_null(endless);
    memset(endless, '1', 4999);
    endless[4999] = '\0';
    raw_path(home, "mulin.key", path);
    raw_path(home, "kept", kept);
    assert_int_equal(rename(path, kept), 0);
    lay(home, "mulin.key", endless);
    free(endless);
    assert_int_equal(says(home), MU_SAY_error_key_damaged);
    assert_int_equal(rename(kept, path), 0);
    all_is_well(home);
}

static void the_paper_copy_writes_over_no_other_key(void **state)
{
    struct home *home = *state;
    const struct mu_desk_options options = {.home = home->folder, .system_user = "keeper"};
    struct mu_key_copy copy;
    struct mu_error error;
    char path[128];
    bool written = false;

    assert_int_equal(mu_show_key(home->desk, &copy, NULL), MU_OK);
    lay_key(home, "mulin.key", 3);
    assert_int_equal(mu_restore_key(&options, copy.text, &written, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_key_exists);
    assert_false(written);
    assert_false(lies(home, "mulin.key.part"));
    raw_path(home, "mulin.key", path);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mu_restore_key(&options, copy.text, &written, &error), MU_OK);
    assert_true(written);
    all_is_well(home);
}

static void a_path_beyond_any_is_refused_not_cut(void **state)
{
    char *path = malloc(5000);
    const struct mu_desk_options options = {.home = path, .system_user = "keeper"};
    struct mu_error error;
    bool written;

    (void)state;
    assert_non_null(path);
    memset(path, '/', 4999);
    path[4999] = '\0';
    assert_int_equal(mu_restore_key(&options, "", &written, &error), MU_USAGE);
    assert_int_equal(error.message, MU_SAY_error_home);
    free(path);
}

/* The key is changed at one desk and its file lost while another is at work. */
static void a_desk_that_lost_the_key_shows_and_writes_nothing(void **state)
{
    struct home *home = *state;
    struct mu_desk *counter = home_desk(home, HOME_NOW);
    struct mu_resident resident;
    struct mu_key_copy copy;
    struct mu_error error;
    char before[MU_KEY_MARK_SIZE], after[MU_KEY_MARK_SIZE], path[128], kept[128];

    assert_int_equal(mu_change_key(home->desk, NULL, NULL, before, after, NULL), MU_OK);
    raw_path(home, "mulin.key", path);
    raw_path(home, "kept", kept);
    assert_int_equal(rename(path, kept), 0);
    assert_int_equal(mu_file_read(counter, 1, &resident, NULL), MU_OK);
    assert_true(resident.incomplete);
    assert_string_equal(resident.id_number, "");
    assert_string_equal(resident.note, "");
    resident = (struct mu_resident){.name = "李小满", .note = "旧伤"};
    assert_int_equal(mu_save_resident(counter, &resident, NULL, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_key_missing);
    assert_int_equal(mu_show_key(counter, &copy, &error), MU_STORE);
    assert_int_equal(mu_change_key(counter, NULL, NULL, before, after, &error), MU_STORE);
    assert_int_equal(rename(kept, path), 0);
    assert_int_equal(mu_file_read(counter, 1, &resident, NULL), MU_OK);
    assert_string_equal(resident.note, NOTE);
    mu_desk_free(&counter);
    all_is_well(home);
}

static void while_another_desk_saves_the_key_is_neither_shown_nor_changed(void **state)
{
    struct home *home = *state;
    struct mu_desk *counter = home_desk(home, HOME_NOW);
    char before[MU_KEY_MARK_SIZE], after[MU_KEY_MARK_SIZE];
    struct mu_key_copy copy = {.text = "untouched"};
    struct mu_error error;

    mu_desk_hurry(home->desk, true);
    assert_int_equal(mu_db_begin(counter->db, NULL), MU_OK);
    assert_int_equal(mu_show_key(home->desk, &copy, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_db_busy);
    assert_string_equal(copy.text, "untouched");
    assert_int_equal(mu_change_key(home->desk, NULL, NULL, before, after, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_db_busy);
    mu_db_rollback(counter->db);
    mu_desk_free(&counter);
    all_is_well(home);
}

/* What is sealed */

static const struct mu_seal_keys *keys_of(struct mu_desk *desk)
{
    const struct mu_seal_keys *keys = NULL;

    assert_int_equal(mu_vault_keys(desk->db, &keys, NULL), MU_OK);
    return keys;
}

/* Whoever has the key seals what no form takes. */
static void write_note(struct mu_desk *desk, const char *text, size_t length)
{
    const struct mu_seal_place place = {"resident", "note", 1};
    unsigned char *sealed = malloc(length + MU_SEAL_MORE);
    struct mu_query query;

    assert_non_null(sealed);
    mu_seal(keys_of(desk), &place, text, length, sealed);
    query = mu_query(desk->db, "UPDATE resident SET note = ?1 WHERE resident_id = 1");
    mu_bind_blob(&query, 1, sealed, length + MU_SEAL_MORE);
    assert_int_equal(mu_query_run(&query, NULL), MU_OK);
    free(sealed);
}

static void a_note_that_no_form_takes_is_not_shown_by_halves(void **state)
{
    struct home *home = *state;
    struct mu_verify_report report;
    struct mu_resident resident;
    struct mu_error error;
    char *endless = calloc(1, MU_NOTE_SIZE + 10);

    assert_non_null(endless);
    memset(endless, 'x', MU_NOTE_SIZE + 10);
    for (int i = 0; i < 2; i++) {
        if (i == 0)
            write_note(home->desk, "旧伤\0胰岛素", 16);
        else
            write_note(home->desk, endless, MU_NOTE_SIZE + 10);
        assert_int_equal(mu_file_read(home->desk, 1, &resident, NULL), MU_OK);
        assert_true(resident.incomplete);
        assert_string_equal(resident.note, "");
        assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, &error), MU_STORE);
        assert_int_equal(error.message, MU_SAY_error_verify_sealed);
    }
    free(endless);
    write_note(home->desk, NOTE, strlen(NOTE));
    all_is_well(home);
}

static void too_few_bytes_hold_nothing(void **state)
{
    struct home *home = *state;
    const struct mu_seal_place place = {"resident", "note", 1};
    char out[MU_SEAL_MORE] = "untouched";

    for (size_t length = 0; length < MU_SEAL_MORE; length++)
        assert_false(mu_seal_open(keys_of(home->desk), &place,
                                  "0123456789012345678901234567890123"
                                  "456789",
                                  length, out));
    assert_string_equal(out, "untouched");
}

/* As verify of a backup opens them. */
static void records_that_are_opened_without_their_key_stay_closed(void **state)
{
    struct home *home = *state;
    const struct mu_seal_keys *keys;
    struct mu_vault_faults faults;
    struct mu_resident resident;
    struct mu_db *db = NULL;
    struct mu_query query;
    struct mu_error error;

    assert_int_equal(mu_db_open(home->path, MU_DB_READ, &db, NULL), MU_OK);
    assert_int_equal(mu_vault_keys(db, &keys, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_key_missing);
    query = mu_query(db, "SELECT " MU_RESIDENT_COLUMNS " FROM " MU_RESIDENT_TABLES);
    assert_true(mu_query_row(&query));
    mu_resident_from_row(&query, MU_OPEN_ALL, &resident);
    assert_string_equal(resident.name, "张金凤");
    assert_string_equal(resident.id_number, "");
    assert_true(resident.incomplete);
    assert_int_equal(mu_query_end(&query, NULL), MU_OK);
    assert_int_equal(mu_vault_check(db, NULL, NULL, &faults, NULL), MU_OK);
    assert_int_equal(faults.resident, 0);
    mu_db_free(&db);
}

/* The check of the file finds some of these as well, where SQLite keeps its checks. */
static void a_number_without_its_mark_and_a_mark_without_its_number_are_found(void **state)
{
#define CHECKS_OFF "PRAGMA ignore_check_constraints = ON;"
    static const char *const edits[] = {
        CHECKS_OFF "UPDATE resident SET id_lookup = NULL",
        "UPDATE resident SET id_lookup = x'0011'",
        "UPDATE resident SET id_lookup = zeroblob(16)",
        CHECKS_OFF "UPDATE resident SET id_number = NULL",
        "UPDATE resident SET id_number = x'00'",
        "UPDATE resident SET id_number = zeroblob(58)",
    };

    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        struct mu_vault_faults faults;
        struct home *home = *state;

        raw_run(home, edits[i]);
        assert_int_equal(mu_vault_check(home->desk->db, NULL, NULL, &faults, NULL), MU_OK);
        assert_int_equal(faults.resident, 1);
        assert_int_equal(home_teardown(state), 0);
        assert_int_equal(move_in(state), 0);
    }
}

int main(void)
{
#define STORY(function) cmocka_unit_test_setup_teardown(function, move_in, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(two_foreign_keys_open_nothing_and_both_stay),
        STORY(the_old_key_opens_a_home_in_which_it_cannot_be_put_back),
        STORY(a_file_that_does_not_end_is_no_key),
        STORY(the_paper_copy_writes_over_no_other_key),
        cmocka_unit_test(a_path_beyond_any_is_refused_not_cut),
        STORY(a_desk_that_lost_the_key_shows_and_writes_nothing),
        STORY(while_another_desk_saves_the_key_is_neither_shown_nor_changed),
        STORY(a_note_that_no_form_takes_is_not_shown_by_halves),
        STORY(too_few_bytes_hold_nothing),
        STORY(records_that_are_opened_without_their_key_stay_closed),
        STORY(a_number_without_its_mark_and_a_mark_without_its_number_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
