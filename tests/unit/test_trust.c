#include "unit/home.h"

#include "desk/desk_internal.h"
#include "desk/resident_file.h"
#include "store/db.h"

#include <mulin/desk/audit.h>
#include <mulin/desk/rights.h>

struct trail {
    size_t count;
    struct mu_audit_record record[8];
};

static bool collect(void *context, const struct mu_audit_record *record)
{
    struct trail *trail = context;

    trail->record[trail->count++] = *record;
    return trail->count < 8;
}

static struct trail read_trail(struct mu_desk *desk, int64_t resident_id)
{
    const struct mu_audit_filter filter = {.resident_id = resident_id};
    struct trail trail = {0};

    assert_int_equal(mu_list_audit(desk, &filter, 8, collect, &trail, NULL), MU_OK);
    return trail;
}

/* Every cell of the table: a role does what is granted and nothing else. */
static void every_role_may_what_the_table_says(void **state)
{
    static const char *const granted[MU_ROLE_COUNT] = {
        [MU_ROLE_DESK] =
            "sign_in change_own_password find_resident read_resident save_resident "
            "end_resident undo link_twins import_residents export_residents export_numbers "
            "reveal serve_meal serve_late void_meal close_session read_meals take_orders "
            "plan_menus "
            "read_orders run_rounds check_alerts answer_alert "
            "move_diner_money manage_teams record_service read_points give_goods post_points "
            "open_case list_cases read_case read_rules verify ",
        [MU_ROLE_MEDIATOR] = "sign_in change_own_password find_resident read_resident answer_alert "
                             "open_case list_cases read_case handle_case export_case count_cases "
                             "read_rules verify ",
        [MU_ROLE_TALLY] =
            "sign_in change_own_password find_resident read_resident export_residents "
            "read_meals read_orders book_fund manage_teams record_service correct_points "
            "read_points "
            "manage_goods give_goods close_points post_points count_cases read_rules verify ",
        [MU_ROLE_KEEPER] =
            "sign_in change_own_password find_resident read_resident save_resident "
            "end_resident undo link_twins import_residents export_residents export_numbers "
            "reveal serve_meal serve_late void_meal close_session correct_meal read_meals "
            "take_orders "
            "take_late_orders plan_menus "
            "read_orders run_rounds check_alerts answer_alert move_diner_money book_fund "
            "manage_teams record_service correct_points read_points manage_goods give_goods "
            "close_points post_points open_case list_cases read_case handle_case export_case "
            "count_cases "
            "manage_mediators name_case_readers read_rules "
            "adopt_rules verify read_audit manage_operators key backup ",
        [MU_ROLE_AUDITOR] =
            "sign_in change_own_password find_resident read_resident export_residents "
            "export_numbers reveal read_meals read_orders read_points list_cases read_case "
            "count_cases "
            "read_rules "
            "verify read_audit ",
    };
    struct home *home = *state;

    for (int role = 0; role < MU_ROLE_COUNT; role++) {
        char may[1024] = "";

        snprintf(home->desk->operator.role, sizeof home->desk->operator.role, "%s",
                 mu_role_word((enum mu_role)role));
        for (int operation = 0; operation < MU_OPERATION_COUNT; operation++) {
            struct mu_error error = {0};
            enum mu_status status = mu_desk_may(home->desk, (enum mu_operation)operation, &error);

            assert_int_equal(status, mu_role_may((enum mu_role)role, (enum mu_operation)operation)
                                         ? MU_OK
                                         : MU_REFUSED);
            if (status == MU_OK) {
                strcat(may, mu_operation_word((enum mu_operation)operation));
                strcat(may, " ");
            }
        }
        assert_string_equal(may, granted[role]);
    }
    strcpy(home->desk->operator.role, "nobody");
    assert_int_equal(mu_desk_may(home->desk, MU_MAY_find_resident, NULL), MU_REFUSED);
}

static void who_is_nobody_may_nothing(void **state)
{
    enum mu_operation operation = MU_MAY_backup;
    enum mu_role role = MU_ROLE_AUDITOR;

    (void)state;
    for (int i = 0; i < MU_OPERATION_COUNT; i++) {
        assert_false(mu_role_may(MU_ROLE_COUNT, (enum mu_operation)i));
        assert_true(mu_operation_from_word(mu_operation_word((enum mu_operation)i), &operation));
        assert_int_equal(operation, i);
        assert_true(*mu_operation_name((enum mu_operation)i, MU_CHINESE));
    }
    for (int i = 0; i < MU_ROLE_COUNT; i++) {
        assert_false(mu_role_may((enum mu_role)i, MU_OPERATION_COUNT));
        assert_true(mu_role_from_word(mu_role_word((enum mu_role)i), &role));
        assert_int_equal(role, i);
        assert_true(*mu_role_name((enum mu_role)i, MU_ENGLISH));
    }
    assert_false(mu_operation_from_word("everything", &operation));
    assert_false(mu_role_from_word("Keeper", &role));
    assert_string_equal(mu_operation_word(MU_OPERATION_COUNT), "");
    assert_string_equal(mu_operation_name(MU_OPERATION_COUNT, MU_CHINESE), "");
    assert_string_equal(mu_role_word(MU_ROLE_COUNT), "");
    assert_string_equal(mu_role_name(MU_ROLE_COUNT, MU_CHINESE), "");
}

static void what_the_role_does_not_grant_is_refused_and_changes_nothing(void **state)
{
    struct home *home = *state;
    struct mu_resident resident = {.name = "张金凤"};
    const struct mu_meal_request request = {.occupation = "外卖员"};
    struct mu_meal_answer answer;
    struct mu_error error;

    strcpy(home->desk->operator.role, "auditor");
    assert_int_equal(mu_save_resident(home->desk, &resident, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_may_save_resident);
    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, &error), MU_REFUSED);
    assert_string_equal(mu_meal_refusal_word(answer.refusal), "not_allowed");
    assert_int_equal(mu_void_meal(home->desk, 1, "x", NULL, &error), MU_REFUSED);
    assert_int_equal(
        mu_end_resident(home->desk, 1, MU_DECEASED, (struct mu_date){2026, 1, 1}, NULL),
        MU_REFUSED);
    strcpy(home->desk->operator.role, "keeper");
    assert_int_equal(read_trail(home->desk, 0).count, 0);
}

static void numbers_leave_the_desk_masked(void **state)
{
    struct home *home = *state;
    struct mu_resident resident;
    int64_t id = home_add(home->desk, "name", "张金凤", "id_number", "11010519491231002X", "phone",
                          "13800001234", NULL);

    assert_int_equal(mu_read_resident(home->desk, id, &resident, NULL), MU_OK);
    assert_string_equal(resident.id_number, "110105********002X");
    assert_string_equal(resident.phone, "138****1234");
    /* What comes back masked is what was stored. */
    strcpy(resident.note, "听力不好");
    assert_int_equal(mu_save_resident(home->desk, &resident, NULL, NULL), MU_OK);
    assert_string_equal(resident.phone, "138****1234");
    assert_int_equal(mu_file_read(home->desk, id, &resident, NULL), MU_OK);
    assert_string_equal(resident.id_number, "11010519491231002X");
    assert_string_equal(resident.phone, "13800001234");
    /* A number that is masked otherwise is nobody's. */
    strcpy(resident.phone, "139****1234");
    assert_int_equal(mu_save_resident(home->desk, &resident, NULL, NULL), MU_INPUT);
}

static void a_whole_number_is_seen_against_a_reason_and_a_trace(void **state)
{
    struct home *home = *state;
    struct mu_error error;
    struct trail trail;
    char value[MU_ID_NUMBER_SIZE] = "untouched";
    int64_t id = home_add(home->desk, "name", "张金凤", "id_number", "11010519491231002X", NULL);

    assert_int_equal(mu_reveal(home->desk, id, "id_number", " ", value, sizeof value, &error),
                     MU_INPUT);
    assert_int_equal(mu_reveal(home->desk, id, "note", "核对", value, sizeof value, &error),
                     MU_INPUT);
    assert_int_equal(mu_reveal(home->desk, id, "shoe_size", "核对", value, sizeof value, &error),
                     MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_reveal_field);
    assert_string_equal(value, "untouched");
    assert_int_equal(
        mu_reveal(home->desk, id, "id_number", "核对证件", value, sizeof value, &error), MU_OK);
    assert_string_equal(value, "11010519491231002X");
    trail = read_trail(home->desk, id);
    assert_int_equal(trail.count, 2);
    assert_string_equal(trail.record[0].action, "reveal");
    assert_string_equal(trail.record[0].subject, "id_number");
    assert_string_equal(trail.record[0].reason, "核对证件");
    assert_string_equal(trail.record[0].operator_name, "keeper");
    assert_string_equal(trail.record[1].action, "save_resident");
}

static void a_change_keeps_before_and_after_masked(void **state)
{
    struct home *home = *state;
    struct mu_resident resident;
    struct trail trail;
    int64_t id = home_add(home->desk, "name", "张金凤", "phone", "13800001234", NULL);

    assert_int_equal(mu_read_resident(home->desk, id, &resident, NULL), MU_OK);
    strcpy(resident.phone, "13900005678");
    strcpy(resident.note, "糖尿病");
    assert_int_equal(mu_save_resident(home->desk, &resident, NULL, NULL), MU_OK);
    trail = read_trail(home->desk, id);
    assert_string_equal(trail.record[0].before, "phone=138****1234\nnote=\n");
    assert_string_equal(trail.record[0].after, "phone=139****5678\nnote=*\n");
}

static void the_trail_is_as_hard_to_bend_as_the_ledger(void **state)
{
    static const char *const attacks[] = {
        "UPDATE audit_entry SET reason = 'x'",
        "DELETE FROM audit_entry",
        "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE entry_id = 1",
        "DROP TRIGGER audit_entry_stays",
    };
    struct home *home = *state;
    struct mu_verify_report report;

    home_add(home->desk, "name", "张金凤", NULL);
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++)
        assert_int_equal(mu_db_execute(home->desk->db, attacks[i], NULL), MU_STORE);
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, NULL), MU_OK);
    assert_int_equal(report.audit_entries, 1);
}

int main(void)
{
#define STORY(test) cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(every_role_may_what_the_table_says),
        cmocka_unit_test(who_is_nobody_may_nothing),
        STORY(what_the_role_does_not_grant_is_refused_and_changes_nothing),
        STORY(numbers_leave_the_desk_masked),
        STORY(a_whole_number_is_seen_against_a_reason_and_a_trace),
        STORY(a_change_keeps_before_and_after_masked),
        STORY(the_trail_is_as_hard_to_bend_as_the_ledger),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
