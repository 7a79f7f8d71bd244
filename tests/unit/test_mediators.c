/* The list of mediators, who of them is close to whom, and taking back. */
#include "unit/home.h"

#include <mulin/base/text.h>
#include <mulin/desk/act.h>
#include <mulin/desk/case.h>
#include <mulin/desk/mediator.h>
#include <mulin/desk/operators.h>
#include <mulin/desk/twin.h>

#define STORY(test) cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)

static struct mu_mediator save(struct mu_desk *desk, struct mu_mediator mediator)
{
    struct mu_error error = {0};
    char text[512];

    if (mu_save_mediator(desk, &mediator, NULL, &error) != MU_OK) {
        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s", text);
    }
    return mediator;
}

static void stops(struct mu_desk *desk, struct mu_mediator mediator, const char *field,
                  enum mu_message why)
{
    struct mu_mediator tried = mediator;
    const char *at = "?";
    struct mu_error error;

    assert_int_equal(mu_save_mediator(desk, &tried, &at, &error), MU_INPUT);
    assert_string_equal(at, field);
    assert_int_equal(error.message, why);
    assert_memory_equal(&tried, &mediator, sizeof tried);
}

struct told {
    char text[1024];
};

static bool tell(void *context, const struct mu_mediator_entry *entry)
{
    struct told *told = context;
    size_t used = strlen(told->text);

    snprintf(told->text + used, sizeof told->text - used, "%s%s %s %d/%d", used ? ", " : "",
             entry->mediator.team, entry->mediator.name, (int)entry->open, (int)entry->year);
    return true;
}

static const char *list(struct mu_desk *desk, bool ended)
{
    static struct told told;

    *told.text = '\0';
    assert_int_equal(mu_list_mediators(desk, ended, tell, &told, NULL), MU_OK);
    return told.text;
}

static bool stop(void *context, const struct mu_mediator_entry *entry)
{
    (void)entry;
    ++*(int *)context;
    return false;
}

static void mediators_are_listed_by_team_and_name(void **state)
{
    struct home *home = *state;
    int calls = 0;

    save(home->desk, (struct mu_mediator){.name = "赵大爷"});
    save(home->desk, (struct mu_mediator){.name = "李桂兰", .team = "红烛格老"});
    save(home->desk,
         (struct mu_mediator){.name = "周老师", .team = "红烛格老", .until = {2026, 11, 1}});
    assert_string_equal(list(home->desk, false), "红烛格老 李桂兰 0/0,  赵大爷 0/0");
    assert_string_equal(list(home->desk, true),
                        "红烛格老 周老师 0/0, 红烛格老 李桂兰 0/0,  赵大爷 0/0");
    assert_int_equal(mu_list_mediators(home->desk, true, stop, &calls, NULL), MU_OK);
    assert_int_equal(calls, 1);
}

static void somebody_is_found_by_number_and_by_name(void **state)
{
    struct home *home = *state;
    struct mu_mediator first, found;
    struct mu_error error;

    first = save(home->desk, (struct mu_mediator){.name = "李桂兰", .until = {2026, 11, 1}});
    assert_int_equal(mu_read_mediator(home->desk, 0, "李桂兰", &found, NULL), MU_OK);
    assert_int_equal(found.id, first.id);
    save(home->desk, (struct mu_mediator){.name = "李桂兰", .skills = "家事"});
    assert_int_equal(mu_read_mediator(home->desk, 0, "李桂兰", &found, NULL), MU_OK);
    assert_string_equal(found.skills, "家事");
    assert_int_equal(mu_read_mediator(home->desk, first.id, NULL, &found, NULL), MU_OK);
    assert_int_equal(found.until.month, 11);
    save(home->desk, (struct mu_mediator){.name = "李桂兰"});
    assert_int_equal(mu_read_mediator(home->desk, 0, "李桂兰", &found, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_mediator_several);
    assert_int_equal(mu_read_mediator(home->desk, 0, NULL, &found, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_mediator_unknown);
    assert_int_equal(mu_read_mediator(home->desk, 99, NULL, &found, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_mediator_unknown);
}

static void what_is_wrong_is_told_at_its_field(void **state)
{
    struct home *home = *state;
    int64_t person = home_add(home->desk, "name", "赵大爷", NULL);

    assert_int_equal(mu_add_operator(home->desk, "zhou", MU_ROLE_MEDIATOR, NULL, NULL), MU_OK);
    save(home->desk,
         (struct mu_mediator){.name = "周老师", .operator_name = "zhou", .resident_id = person});
    stops(home->desk, (struct mu_mediator){.skills = "家事"}, "name",
          MU_SAY_error_mediator_nameless);
    stops(home->desk, (struct mu_mediator){.name = "甲", .operator_name = "nobody"},
          "operator_name", MU_SAY_error_mediator_operator);
    stops(home->desk, (struct mu_mediator){.name = "甲", .operator_name = "zhou"}, "operator_name",
          MU_SAY_error_mediator_operator_taken);
    stops(home->desk, (struct mu_mediator){.name = "甲", .resident_id = 99}, "file",
          MU_SAY_error_resident_unknown);
    stops(home->desk, (struct mu_mediator){.name = "甲", .resident_id = person}, "file",
          MU_SAY_error_mediator_file_taken);
    stops(home->desk, (struct mu_mediator){.name = "甲", .from = {2027, 1, 1}}, "from",
          MU_SAY_error_mediator_future);
    stops(home->desk,
          (struct mu_mediator){.name = "甲", .from = {2026, 2, 1}, .until = {2026, 1, 1}}, "until",
          MU_SAY_error_mediator_days);
}

static void two_desks_do_not_overwrite_each_other(void **state)
{
    struct home *home = *state;
    struct mu_mediator mine = save(home->desk, (struct mu_mediator){.name = "李桂兰"}),
                       theirs = mine, gone = {.id = 99, .name = "甲"};
    struct mu_error error;

    mu_text_copy(theirs.team, sizeof theirs.team, "红烛格老");
    theirs = save(home->desk, theirs);
    assert_int_equal(theirs.version, mine.version + 1);
    assert_int_equal(mu_save_mediator(home->desk, &mine, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_mediator_changed);
    assert_int_equal(mu_save_mediator(home->desk, &gone, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_mediator_changed);
}

static void who_works_at_the_desk_may_be_a_mediator(void **state)
{
    struct home *home = *state;
    struct mu_mediator self = {.id = 7};

    assert_int_equal(mu_own_mediator(home->desk, &self, NULL), MU_OK);
    assert_int_equal(self.id, 0);
    self = save(home->desk, (struct mu_mediator){
                                .name = "李桂兰", .operator_name = "keeper", .from = {2026, 1, 1}});
    assert_int_equal(self.operator_id, mu_desk_operator_id(home->desk));
    assert_int_equal(mu_own_mediator(home->desk, &self, NULL), MU_OK);
    assert_string_equal(self.name, "李桂兰");
    self.until = (struct mu_date){2026, 2, 1};
    save(home->desk, self);
    assert_int_equal(mu_own_mediator(home->desk, &self, NULL), MU_OK);
    assert_int_equal(self.id, 0);
}

static void take_back(struct mu_desk *desk)
{
    struct mu_undone undone = {0};

    assert_int_equal(mu_undo_next(desk, 0, &undone, NULL), MU_OK);
    assert_int_not_equal(undone.act_id, 0);
    assert_int_equal(mu_undo(desk, undone.act_id, NULL, NULL), MU_OK);
}

static bool newest_undoing(void *context, const struct mu_act_view *view)
{
    int64_t *newest = context;

    *newest = view->act.undone_by > *newest ? view->act.undone_by : *newest;
    return true;
}

static void what_was_done_to_the_list_can_be_taken_back_and_done_again(void **state)
{
    struct home *home = *state;
    int64_t person = home_add(home->desk, "name", "李桂兰", NULL), newest = 0;
    struct mu_mediator mediator = save(
        home->desk,
        (struct mu_mediator){.name = "李桂兰", .operator_name = "keeper", .resident_id = person});

    mu_text_copy(mediator.team, sizeof mediator.team, "和事帮帮团");
    mediator.resident_id = 0;
    save(home->desk, mediator);
    take_back(home->desk);
    assert_int_equal(mu_read_mediator(home->desk, 0, "李桂兰", &mediator, NULL), MU_OK);
    assert_string_equal(mediator.team, "");
    assert_int_equal(mediator.resident_id, person);
    take_back(home->desk);
    assert_string_equal(list(home->desk, true), "");
    assert_int_equal(mu_read_mediator(home->desk, mediator.id, NULL, &mediator, NULL), MU_INPUT);
    assert_int_equal(mu_list_undo(home->desk, MU_CHINESE, newest_undoing, &newest, NULL), MU_OK);
    assert_int_equal(mu_undo(home->desk, newest, NULL, NULL), MU_OK);
    assert_int_equal(mu_own_mediator(home->desk, &mediator, NULL), MU_OK);
    assert_int_equal(mediator.resident_id, person);
}

static enum mu_closeness closeness(struct mu_desk *desk, int64_t who, const int64_t *others,
                                   size_t count, int *party)
{
    struct mu_mediator mediator = {.resident_id = who};
    struct mu_case_person person[4] = {0};
    struct mu_case mediated = {.person = person, .persons = count};
    enum mu_closeness out = MU_CLOSE_SELF;

    for (size_t i = 0; i < count; i++)
        person[i] = (struct mu_case_person){.number = (int)i + 1, .resident_id = others[i]};
    assert_int_equal(mu_mediator_closeness(desk, &mediator, &mediated, &out, party, NULL), MU_OK);
    return out;
}

static void kin_and_neighbours_of_a_party_are_close(void **state)
{
    struct home *home = *state;
    struct mu_desk *desk = home->desk;
    int64_t self = home_add(desk, "name", "李桂兰", "estate", "云鹭湾", "building", "3", "unit",
                            "2", "room", "201", NULL),
            husband = home_add(desk, "name", "王建国", "estate", "云鹭湾", "building", "3", "unit",
                               "2", "room", "201", NULL),
            neighbour = home_add(desk, "name", "张金凤", "estate", "云鹭湾", "building", "3",
                                 "unit", "2", "room", "301", NULL),
            stranger = home_add(desk, "name", "陈伟", "estate", "云鹭湾", "building", "3", "unit",
                                "1", "room", "301", NULL),
            homeless = home_add(desk, "name", "孙甲", NULL);
    int party = -1;

    assert_int_equal(closeness(desk, self, &stranger, 1, &party), MU_CLOSE_NOT);
    assert_int_equal(party, 0);
    assert_int_equal(closeness(desk, self, &homeless, 1, NULL), MU_CLOSE_NOT);
    assert_int_equal(closeness(desk, homeless, &self, 1, NULL), MU_CLOSE_NOT);
    assert_int_equal(closeness(desk, self, &neighbour, 1, &party), MU_CLOSE_NEIGHBOUR);
    assert_int_equal(party, 1);
    assert_int_equal(closeness(desk, self, (int64_t[]){stranger, 0, neighbour, husband}, 4, &party),
                     MU_CLOSE_KIN);
    assert_int_equal(party, 4);
    assert_int_equal(closeness(desk, self, (int64_t[]){husband, self, neighbour}, 3, &party),
                     MU_CLOSE_SELF);
    assert_int_equal(party, 2);
    assert_int_equal(closeness(desk, 0, &self, 1, &party), MU_CLOSE_NOT);
    /* A second file is the same person. */
    assert_int_equal(mu_link_twins(desk, homeless, stranger, NULL, NULL), MU_OK);
    assert_int_equal(closeness(desk, stranger, &homeless, 1, &party), MU_CLOSE_SELF);
}

static void a_clerk_sees_the_list_and_changes_nothing(void **state)
{
    struct home *home = *state;
    struct mu_mediator mediator = {.name = "甲"};
    struct mu_error error;
    struct told told = {""};

    assert_int_equal(mu_add_operator(home->desk, "li", MU_ROLE_KEEPER, "other", NULL), MU_OK);
    assert_int_equal(mu_change_role(home->desk, "keeper", MU_ROLE_DESK, NULL), MU_OK);
    assert_int_equal(mu_save_mediator(home->desk, &mediator, NULL, &error), MU_REFUSED);
    assert_int_equal(mu_list_mediators(home->desk, false, tell, &told, NULL), MU_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(mediators_are_listed_by_team_and_name),
        STORY(somebody_is_found_by_number_and_by_name),
        STORY(what_is_wrong_is_told_at_its_field),
        STORY(two_desks_do_not_overwrite_each_other),
        STORY(who_works_at_the_desk_may_be_a_mediator),
        STORY(what_was_done_to_the_list_can_be_taken_back_and_done_again),
        STORY(kin_and_neighbours_of_a_party_are_close),
        STORY(a_clerk_sees_the_list_and_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
