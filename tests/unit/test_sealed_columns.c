/* Sealed columns outside of the residents' files: data/sealed.def. */
#include "unit/raw_file.h"

#include "desk/desk_internal.h"
#include "store/household_store.h"
#include "store/vault.h"

#include <mulin/desk/key.h>

static enum mu_status verified(struct mu_desk *desk, struct mu_error *error)
{
    struct mu_verify_report report;

    return mu_verify(desk, NULL, NULL, &report, error);
}

/* Who adds a BLOB tells here what it is, or a change of the key would lose it. */
static void every_blob_is_a_hash_or_is_known_to_be_sealed(void **state)
{
    static const char *const known[] = {
        "ledger_entry.document", "resident.id_lookup",   "meal_closing.head",
        "points_month.head",     "certificate.head",     "mediation_case.head",
        "case_mark.mark", /* marks */
        "resident.id_number",    "resident.note",        "draft.body",
        "act_change.before",     "act_change.after",     "case_word_fresh.map",
        "case_word_part.key",    "case_word_part.cases", "case_word_slice.bits",
#define SEALED(table, column, number) #table "." #column,
#include "sealed.def"
#undef SEALED
    };
    struct home *home = *state;
    sqlite3_stmt *rows;
    sqlite3 *raw;
    int found = 0;

    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(raw,
                                        "SELECT t.name || '.' || c.name FROM sqlite_schema t,"
                                        " pragma_table_info(t.name) c WHERE t.type = 'table'"
                                        " AND c.type = 'BLOB' AND c.name <> 'hash'",
                                        -1, &rows, NULL),
                     SQLITE_OK);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(rows, 0);
        size_t i = 0;

        while (i < sizeof known / sizeof *known && strcmp(known[i], name) != 0)
            i++;
        if (i == sizeof known / sizeof *known)
            fail_msg("%s: is it sealed? see data/sealed.def", name);
        found++;
    }
    assert_int_equal(found, sizeof known / sizeof *known);
    sqlite3_finalize(rows);
    sqlite3_close(raw);
}

/* Seals a text for a place as the stores do. */
static void write_sealed(struct home *home, const char *sql, const struct mu_seal_place *place,
                         const char *text)
{
    unsigned char sealed[256];
    const struct mu_seal_keys *keys;
    sqlite3_stmt *statement;
    sqlite3 *raw;

    assert_int_equal(mu_vault_keys(home->desk->db, &keys, NULL), MU_OK);
    mu_seal(keys, place, text, strlen(text), sealed);
    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &statement, NULL), SQLITE_OK);
    sqlite3_bind_blob(statement, 1, sealed, (int)(strlen(text) + MU_SEAL_MORE), SQLITE_STATIC);
    assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
    sqlite3_finalize(statement);
    sqlite3_close(raw);
}

static void other_columns_take_a_new_key_as_well(void **state)
{
    const struct mu_seal_place note = {"household", "note", 1}, diet = {"person_file", "diet", 2};
    struct home *home = *state;
    struct mu_household household = {0};
    struct mu_error error;
    char mark[2][MU_KEY_MARK_SIZE], text[64];
    struct mu_query query;
    bool found;

    assert_int_equal(home_add(home->desk, "name", "张金凤", "building", "3", NULL), 1);
    assert_int_equal(home_add(home->desk, "name", "王建国", NULL), 2);
    write_sealed(home, "UPDATE household SET note = ?1 WHERE household_id = 1", &note, "常吵架");
    write_sealed(home, "INSERT INTO person_file (resident_id, diet) VALUES (2, ?1)", &diet, "无糖");
    for (int round = 0; round < 2; round++) {
        assert_int_equal(verified(home->desk, NULL), MU_OK);
        assert_int_equal(mu_change_key(home->desk, NULL, NULL, mark[0], mark[1], &error), MU_OK);
    }
    mu_desk_free(&home->desk);
    home->desk = home_desk(home, HOME_NOW);
    assert_int_equal(verified(home->desk, NULL), MU_OK);
    assert_int_equal(mu_household_by_id(home->desk->db, 1, &found, &household, NULL), MU_OK);
    assert_string_equal(household.note, "常吵架");
    query = mu_query(home->desk->db, "SELECT diet FROM person_file");
    assert_true(mu_query_row(&query));
    assert_true(mu_column_sealed(&query, 0, &diet, text, sizeof text));
    assert_int_equal(mu_query_end(&query, NULL), MU_OK);
    assert_string_equal(text, "无糖");

    /* What does not open is told, and no key is changed over it. */
    raw_run(home, "UPDATE person_file SET diet = (SELECT note FROM household)");
    assert_int_equal(verified(home->desk, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_verify_value);
    assert_string_equal(error.argument[0], "person_file");
    assert_int_equal(mu_change_key(home->desk, NULL, NULL, mark[0], mark[1], &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_sealed_value);
    assert_int_equal(mu_household_by_id(home->desk->db, 1, &found, &household, NULL), MU_OK);
    assert_string_equal(household.note, "常吵架");
}

int main(void)
{
#define STORY(test) cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(every_blob_is_a_hash_or_is_known_to_be_sealed),
        STORY(other_columns_take_a_new_key_as_well),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
