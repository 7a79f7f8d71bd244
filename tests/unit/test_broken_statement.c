/* Meals, the register and what is sealed while the n-th statement fails. */
#include "unit/broken_statement.h"

#include <mulin/desk/audit.h>
#include <mulin/desk/import.h>
#include <mulin/desk/key.h>
#include <mulin/desk/twin.h>

static bool ignore_resident(void *context, const struct mu_resident *resident)
{
    (void)context;
    return resident->id > 0;
}

static bool ignore_twin(void *context, const struct mu_resident *other, unsigned reasons)
{
    (void)context;
    return other->id > 0 && reasons;
}

static bool ignore_pair(void *context, const struct mu_twin_pair *pair)
{
    (void)context;
    return pair->reasons != 0;
}

static enum mu_status reveal(struct scene *scene, struct mu_error *error)
{
    char value[MU_ID_NUMBER_SIZE] = "untouched";
    enum mu_status status = mu_reveal(scene->desk, scene->resident, "id_number", "核对证件", value,
                                      sizeof value, error);

    assert_string_equal(value, status == MU_OK ? "11010519491231002X" : "untouched");
    return status;
}

static enum mu_status show_key(struct scene *scene, struct mu_error *error)
{
    struct mu_key_copy copy = {.text = "untouched"};
    enum mu_status status = mu_show_key(scene->desk, &copy, error);

    assert_int_equal(strcmp(copy.text, "untouched") == 0, status != MU_OK);
    mu_key_copy_wipe(&copy);
    return status;
}

static enum mu_status change_key(struct scene *scene, struct mu_error *error)
{
    char before[MU_KEY_MARK_SIZE], after[MU_KEY_MARK_SIZE];

    return mu_change_key(scene->desk, NULL, NULL, before, after, error);
}

static enum mu_status serve(struct scene *scene, struct mu_error *error)
{
    char mark[32];
    const struct mu_meal_request request = {.occupation = "外卖员", .note = mark};
    struct mu_meal_answer answer;
    enum mu_status status;

    snprintf(mark, sizeof mark, "第 %d 单", scene->round);
    status = mu_serve_meal(scene->desk, &request, &answer, error);
    if (status == MU_OK)
        scene->meal = answer.meal.id;
    return status;
}

static void serve_one(struct scene *scene)
{
    assert_int_equal(serve(scene, NULL), MU_OK);
}

static enum mu_status take_back(struct scene *scene, struct mu_error *error)
{
    struct mu_meal meal;

    return mu_void_meal(scene->desk, scene->meal, "点错了", &meal, error);
}

static enum mu_status settle(struct scene *scene, struct mu_error *error)
{
    const struct mu_date today = mu_desk_now(scene->desk).date;
    struct mu_verify_report heads = {.entries = -1};
    struct mu_day_totals totals;
    enum mu_status status = mu_settle_day(scene->desk, today, NULL, &totals, &heads, error);

    assert_int_equal(heads.entries == -1, status != MU_OK);
    return status;
}

static enum mu_status compare(struct scene *scene, struct mu_error *error)
{
    struct mu_printed_head heads[4] = {
        {.chain = MU_CHAIN_LEDGER, .entries = scene->heads.entries},
        {.chain = MU_CHAIN_AUDIT, .entries = scene->heads.audit_entries}};

    memcpy(heads[0].hash, scene->heads.head, sizeof heads[0].hash);
    memcpy(heads[1].hash, scene->heads.audit_head, sizeof heads[1].hash);
    memcpy(&heads[2], heads, 2 * sizeof *heads);
    return mu_compare_heads(scene->desk, &scene->heads, heads, 4, error);
}

static enum mu_status verify(struct scene *scene, struct mu_error *error)
{
    struct mu_verify_report report;

    return mu_verify(scene->desk, NULL, NULL, &report, error);
}

static enum mu_status count_meals(struct scene *scene, struct mu_error *error)
{
    const struct mu_date today = mu_desk_now(scene->desk).date;
    char name[MU_RULE_NAME_SIZE], words[8][MU_WORD_SIZE];
    struct mu_day_totals totals;
    struct mu_figures figures;
    struct mu_meal meals[4];
    size_t count;
    int quota, left;
    enum mu_status status = mu_last_meals(scene->desk, today, 4, meals, &count, error);

    if (status == MU_OK)
        status = mu_day_totals(scene->desk, today, "lunch", &totals, error);
    if (status == MU_OK)
        status = mu_quota_left(scene->desk, name, &quota, &left, error);
    if (status == MU_OK)
        status = mu_meal_occupations(scene->desk, words, 8, &count, error);
    return status == MU_OK ? mu_today(scene->desk, &figures, error) : status;
}

static enum mu_status explain(struct scene *scene, struct mu_error *error)
{
    const struct mu_meal_request request = {.resident_id = scene->resident};
    char *text = NULL;
    enum mu_status status = mu_explain_meal(scene->desk, &request, MU_CHINESE, &text, error);

    assert_int_equal(text != NULL, status == MU_OK);
    free(text);
    return status;
}

static enum mu_status adopt(struct scene *scene, struct mu_error *error)
{
    struct mu_date from = mu_desk_now(scene->desk).date;
    struct mu_rules_faults faults;
    char *book = NULL;
    int version;
    enum mu_status status = mu_desk_rules_text(scene->desk, &book, error);

    from.year++;
    if (status == MU_OK)
        status =
            mu_desk_adopt_rules(scene->desk, book, strlen(book), from, &faults, &version, error);
    free(book);
    return status;
}

static enum mu_status keep_drafts(struct scene *scene, struct mu_error *error)
{
    int64_t self = mu_desk_operator_id(scene->desk);
    char *body = NULL;
    enum mu_status status =
        mu_desk_keep_draft(scene->desk, self, "resident", "{\"name\":\"张\"}", error);

    if (status == MU_OK)
        status = mu_desk_draft(scene->desk, "resident", &body, error);
    free(body);
    return status == MU_OK ? mu_desk_drop_draft(scene->desk, self, "resident", error) : status;
}

static enum mu_status look_people_up(struct scene *scene, struct mu_error *error)
{
    struct mu_resident resident;
    enum mu_status status =
        mu_find_residents(scene->desk, "张 201", 10, ignore_resident, NULL, error);

    if (status == MU_OK)
        status = mu_list_residents(scene->desk, 0, 10, ignore_resident, NULL, error);
    if (status == MU_OK)
        status = mu_read_resident(scene->desk, scene->resident, &resident, error);
    if (status == MU_OK)
        status =
            mu_list_household(scene->desk, resident.household_id, ignore_resident, NULL, error);
    if (status == MU_OK)
        status = mu_find_twins(scene->desk, &resident, ignore_twin, NULL, error);
    return status;
}

static enum mu_status link_files(struct scene *scene, struct mu_error *error)
{
    return mu_link_twins(scene->desk, scene->resident, scene->other, "", error);
}

static enum mu_status part_files(struct scene *scene, struct mu_error *error)
{
    return mu_unlink_twin(scene->desk, scene->other, NULL, error);
}

static enum mu_status tell_files_apart(struct scene *scene, struct mu_error *error)
{
    return mu_declare_different(scene->desk, scene->resident, scene->other, "", error);
}

static void be_linked(struct scene *scene)
{
    if (link_files(scene, NULL) != MU_OK)
        return; /* were linked */
}

static void be_open(struct scene *scene)
{
    if (part_files(scene, NULL) != MU_OK &&
        mu_withdraw_different(scene->desk, scene->resident, scene->other, NULL) != MU_OK)
        return; /* were open */
}

static enum mu_status walk_twins(struct scene *scene, struct mu_error *error)
{
    struct mu_twin_walk walk = {0};

    return mu_walk_twins(scene->desk, &walk, 10, ignore_pair, NULL, error);
}

static enum mu_status move_house(struct scene *scene, struct mu_error *error)
{
    struct mu_resident resident;
    enum mu_status status = mu_read_resident(scene->desk, scene->resident, &resident, error);

    if (status != MU_OK)
        return status;
    snprintf(resident.room, sizeof resident.room, "%d", 300 + scene->round);
    snprintf(resident.card, sizeof resident.card, "K%d", scene->round);
    return mu_save_resident(scene->desk, &resident, NULL, error);
}

static enum mu_status move_away(struct scene *scene, struct mu_error *error)
{
    return mu_end_resident(scene->desk, scene->resident, MU_MOVED_OUT,
                           mu_desk_now(scene->desk).date, error);
}

static enum mu_status come_back(struct scene *scene, struct mu_error *error)
{
    return mu_end_resident(scene->desk, scene->resident, MU_LIVING_HERE, (struct mu_date){0},
                           error);
}

static void be_here(struct scene *scene)
{
    if (come_back(scene, NULL) != MU_OK)
        return; /* was here */
}

static void be_away(struct scene *scene)
{
    if (move_away(scene, NULL) != MU_OK)
        return; /* was away */
}

static enum mu_status import(struct scene *scene, struct mu_error *error)
{
    struct mu_import_report report = {0};
    FILE *sheet = fopen(scene->sheet, "w");
    enum mu_status status;

    assert_non_null(sheet);
    fprintf(sheet,
            "姓名,楼栋,室,户号,电话\n王%d,5,%d,H%d,1380000%04d\n李建国,6,1,,\n张金凤,3,201,,\n",
            scene->round, scene->round, scene->round, scene->round);
    fclose(sheet);
    status = mu_import_residents(scene->desk, scene->sheet, &(struct mu_import_options){0}, &report,
                                 error);
    mu_import_report_clear(&report);
    return status;
}

static void leave_nothing(struct scene *scene)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf '%s'", scene->old.folder);
    assert_true(!*scene->old.folder || system(command) == 0);
}

/* Records of the program that did not seal them, in a folder of their own. */
static void inherit(struct scene *scene)
{
    size_t length;
    char *sql = raw_read(MULIN_TEST_DATA "/home_version_2.sql", &length);

    leave_nothing(scene);
    home_folder(scene->old.folder);
    snprintf(scene->old.path, sizeof scene->old.path, "%s/mulin.db", scene->old.folder);
    raw_run(&scene->old, sql);
    free(sql);
}

static enum mu_status upgrade(struct scene *scene, struct mu_error *error)
{
    const struct mu_desk_options there = {
        .home = scene->old.folder, .system_user = "keeper", .fixed_now = HOME_NOW};
    struct mu_verify_report report;
    enum mu_status status = mu_desk_open(&there, &scene->old.desk, error);

    if (status != MU_OK) { /* as it was: it opens when nothing fails */
        countdown = 0;
        assert_int_equal(mu_desk_open(&there, &scene->old.desk, NULL), MU_OK);
    }
    countdown = countdown > 0 ? 1000000 : 0;
    assert_int_equal(mu_find_residents(scene->old.desk, "002X", 1, ignore_resident, NULL, NULL),
                     MU_OK);
    assert_int_equal(mu_verify(scene->old.desk, NULL, NULL, &report, NULL), MU_OK);
    mu_desk_free(&scene->old.desk);
    return status;
}

static void an_older_home_is_taken_over_or_stays_as_it_was(void **state)
{
    struct scene *scene = *state;

    SWEEP_BEHIND(inherit, upgrade);
    leave_nothing(scene);
}

static void what_is_sealed_is_seen(void **state)
{
    struct scene *scene = *state;

    SWEEP(reveal);
    SWEEP(show_key);
    SWEEP(change_key);
}

static void meals_are_served_and_settled(void **state)
{
    struct scene *scene = *state;

    SWEEP(serve);
    SWEEP_BEHIND(serve_one, take_back);
    SWEEP(settle);
    SWEEP(compare);
    SWEEP(verify);
    SWEEP(count_meals);
    SWEEP(explain);
    SWEEP(adopt);
}

static void the_register_is_kept(void **state)
{
    struct scene *scene = *state;

    SWEEP(look_people_up);
    SWEEP(move_house);
    SWEEP_BEHIND(be_here, move_away);
    SWEEP_BEHIND(be_away, come_back);
    SWEEP(import);
    SWEEP(keep_drafts);
}

static void files_of_one_person_are_linked(void **state)
{
    struct scene *scene = *state;

    scene->other = home_add(scene->desk, "name", "张凤", NULL);
    SWEEP_BEHIND(be_open, link_files);
    SWEEP(walk_twins);
    SWEEP_BEHIND(be_linked, part_files);
    SWEEP_BEHIND(be_open, tell_files_apart);
}

int main(void)
{
#define STORY(function) cmocka_unit_test_setup_teardown(function, open_scene, close_scene)
    const struct CMUnitTest tests[] = {
        STORY(an_older_home_is_taken_over_or_stays_as_it_was),
        STORY(what_is_sealed_is_seen),
        STORY(meals_are_served_and_settled),
        STORY(the_register_is_kept),
        STORY(files_of_one_person_are_linked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
