#include "home.h"

#include <mulin/base/id_set.h>
#include <mulin/desk/audit.h>
#include <mulin/desk/roster.h>
#include <mulin/desk/tag.h>
#include <mulin/desk/twin.h>

/* The names of a list in its order, separated by blanks. */
struct names {
    char text[1024];
};

static bool take_name(void *context, const struct mu_resident *resident)
{
    struct names *names = context;
    size_t used = strlen(names->text);

    snprintf(names->text + used, sizeof names->text - used, "%s%s", used ? " " : "",
             resident->name);
    return true;
}

/* What the list of these lines KEY=VALUE holds, read to its end in slices of no time at all. */
static const char *listed(struct mu_desk *desk, const char *body)
{
    static struct names names;
    struct mu_roster_request request;
    struct mu_roster *roster = NULL;
    struct mu_error error;
    bool whole;

    mu_roster_body_read(body, mu_desk_now(desk).date, &request, &whole);
    assert_true(whole);
    assert_int_equal(mu_roster_open(desk, &request, 0, &roster, &error), MU_OK);
    while (!mu_roster_whole(roster))
        assert_int_equal(mu_roster_go_on(roster, 0, &error), MU_OK);
    *names.text = '\0';
    assert_int_equal(mu_roster_read(roster, 0, mu_roster_count(roster), take_name, &names, &error),
                     MU_OK);
    mu_roster_free(&roster);
    return names.text;
}

static void add_people(struct mu_desk *desk)
{
    home_add(desk, "name", "张金凤", "birth_date", "1940-05-06", "sex", "女", "estate", "金桂花园",
             "building", "10栋", "unit", "1", "room", "201", "relation", "户主", "occupancy",
             "自住", "grid", "第10网格", "residence", "户籍", "tags", "低保", "phone",
             "13800138001", NULL);
    home_add(desk, "name", "李建国", "birth_date", "1970-01-01", "sex", "男", "estate", "金桂花园",
             "building", "9栋", "unit", "1", "room", "1101", "relation", "户主", "occupancy",
             "租户", "grid", "第9网格", "residence", "流动", "tags", "残疾 低保", NULL);
    home_add(desk, "name", "欧阳明月", "birth_date", "2000-02-29", "estate", "金桂花园", "building",
             "9栋", "unit", "1", "room", "901", "relation", "户主", "grid", "第9网格", NULL);
    home_add(desk, "name", "周阿宝", "birth_date", "1966-11-22", "estate", "望江里", "building",
             "9栋", "room", "101", "relation", "户主", "tags", "党员", NULL);
    home_add(desk, "name", "吴无家", NULL);
}

static bool keep_person(void *context, const struct mu_resident *resident)
{
    *(struct mu_resident *)context = *resident;
    return false;
}

static void show_tags(struct mu_desk *desk, char *out)
{
    struct mu_roster_request request;
    struct mu_roster *roster = NULL;
    struct mu_resident first;

    mu_roster_request_init(&request);
    assert_int_equal(mu_roster_open(desk, &request, 0, &roster, NULL), MU_OK);
    assert_int_equal(mu_roster_read(roster, 0, 1, keep_person, &first, NULL), MU_OK);
    mu_roster_free(&roster);
    strcpy(out, first.tags);
}

/* Old Zhang has 低保 in one file and 残疾 in the other: he is one man. */
static void the_tags_of_all_files_of_a_person_count(void **state)
{
    struct home *home = *state;
    char tags[MU_TAGS_SIZE];
    int64_t other;

    add_people(home->desk);
    other = home_add(home->desk, "name", "张金凤", "phone", "13800138001", "tags", "残疾 低保 军属",
                     NULL);
    assert_int_equal(mu_link_twins(home->desk, 1, other, NULL, NULL), MU_OK);
    assert_string_equal(listed(home->desk, "tags=残疾"), "李建国 张金凤");
    assert_string_equal(listed(home->desk, "tags=低保"), "张金凤 李建国");
    assert_string_equal(listed(home->desk, "tags=低保 残疾"), "张金凤 李建国");
    assert_string_equal(listed(home->desk, "tags=残疾 低保"), "李建国 张金凤");
    assert_string_equal(listed(home->desk, "tags=军属"), "张金凤");
    assert_string_equal(listed(home->desk, "tags=军属 高龄"), "张金凤");
    assert_string_equal(listed(home->desk, "tags=军属\ngrid=10"), "张金凤");
    assert_string_equal(listed(home->desk, "tags=军属\nage=-60"), "");
    assert_string_equal(listed(home->desk, "tags=残疾\nsort=number"), "张金凤 李建国");
    assert_string_equal(listed(home->desk, "tags=残疾\nsort=-number"), "李建国 张金凤");
    assert_string_equal(listed(home->desk, "tags=残疾\nsort=tags"), "张金凤 李建国");
    assert_string_equal(listed(home->desk, "text=张\ntags=军属"), "张金凤");
    show_tags(home->desk, tags);
    assert_string_equal(tags, "低保 残疾 军属");
    /* What ended in the other file does not count, nor does a link that was taken back. */
    assert_int_equal(mu_end_tag(home->desk, other, "军属", (struct mu_date){2026, 11, 21}, NULL),
                     MU_OK);
    assert_string_equal(listed(home->desk, "tags=军属"), "");
    assert_int_equal(mu_unlink_twin(home->desk, other, NULL, NULL), MU_OK);
    assert_string_equal(listed(home->desk, "tags=残疾"), "李建国 张金凤");
    show_tags(home->desk, tags);
    assert_string_equal(tags, "低保");
}

static void each_filter_finds_its_people(void **state)
{
    struct home *home = *state;

    add_people(home->desk);
    assert_string_equal(listed(home->desk, ""), "张金凤 李建国 欧阳明月 周阿宝 吴无家");
    assert_string_equal(listed(home->desk, "tags=低保"), "张金凤 李建国");
    assert_string_equal(listed(home->desk, "tags=低保 残疾"), "李建国");
    assert_string_equal(listed(home->desk, "tags=60+"), "周阿宝 张金凤");
    assert_string_equal(listed(home->desk, "tags=高龄"), "张金凤");
    assert_string_equal(listed(home->desk, "tags=独居"), "周阿宝 张金凤");
    assert_string_equal(listed(home->desk, "tags=独居 低保"), "张金凤");
    assert_string_equal(listed(home->desk, "age=60-"), "周阿宝 张金凤");
    assert_string_equal(listed(home->desk, "age=-26"), "欧阳明月");
    assert_string_equal(listed(home->desk, "age=26"), "欧阳明月");
    assert_string_equal(listed(home->desk, "age=27-59"), "李建国");
    assert_string_equal(listed(home->desk, "age=100-"), "");
    assert_string_equal(listed(home->desk, "grid=9"), "李建国 欧阳明月");
    assert_string_equal(listed(home->desk, "grid=第10网格"), "张金凤");
    assert_string_equal(listed(home->desk, "estate=金桂"), "欧阳明月 李建国 张金凤");
    assert_string_equal(listed(home->desk, "building=9"), "周阿宝 欧阳明月 李建国");
    assert_string_equal(listed(home->desk, "building=9栋\nroom=101"), "周阿宝");
    assert_string_equal(listed(home->desk, "unit=1\nroom=901"), "欧阳明月");
    assert_string_equal(listed(home->desk, "occupancy=租户"), "李建国");
    assert_string_equal(listed(home->desk, "residence=户籍"), "张金凤");
    assert_string_equal(listed(home->desk, "residence=户籍\ntags=党员"), "");
    assert_string_equal(listed(home->desk, "text=zjf"), "张金凤");
    assert_string_equal(listed(home->desk, "text=9栋\nage=50-"), "李建国 周阿宝");
    assert_string_equal(listed(home->desk, "text=9栋 li"), "李建国");
    assert_string_equal(listed(home->desk, "text=8001\ngrid=9"), "");
    assert_string_equal(listed(home->desk, "text=a b c d e f g"), "");
}

static void each_column_puts_them_into_order(void **state)
{
    struct home *home = *state;

    add_people(home->desk);
    assert_string_equal(listed(home->desk, "sort=name"), "李建国 欧阳明月 吴无家 张金凤 周阿宝");
    assert_string_equal(listed(home->desk, "sort=-name"), "周阿宝 张金凤 吴无家 欧阳明月 李建国");
    assert_string_equal(listed(home->desk, "sort=age"), "欧阳明月 李建国 周阿宝 张金凤 吴无家");
    assert_string_equal(listed(home->desk, "sort=-age"), "张金凤 周阿宝 李建国 欧阳明月 吴无家");
    assert_string_equal(listed(home->desk, "sort=birth_date"),
                        "张金凤 周阿宝 李建国 欧阳明月 吴无家");
    assert_string_equal(listed(home->desk, "sort=address"), "周阿宝 欧阳明月 李建国 张金凤 吴无家");
    assert_string_equal(listed(home->desk, "sort=-address"),
                        "张金凤 李建国 欧阳明月 周阿宝 吴无家");
    assert_string_equal(listed(home->desk, "sort=grid"), "李建国 欧阳明月 张金凤 周阿宝 吴无家");
    assert_string_equal(listed(home->desk, "sort=-number"), "吴无家 周阿宝 欧阳明月 李建国 张金凤");
    assert_string_equal(listed(home->desk, "sort=occupancy\nage=0-"),
                        "张金凤 李建国 欧阳明月 周阿宝");
    assert_string_equal(listed(home->desk, "sort=-sex\ntags=低保"), "张金凤 李建国");
    assert_string_equal(listed(home->desk, "sort=-name\nbuilding=9"), "周阿宝 欧阳明月 李建国");
    assert_string_equal(listed(home->desk, "sort=-age\ntext=9栋"), "周阿宝 李建国 欧阳明月");
    assert_string_equal(listed(home->desk, "sort=address\ntags=低保"), "李建国 张金凤");
    assert_string_equal(listed(home->desk, "sort=number\ngrid=9"), "李建国 欧阳明月");
}

static void whoever_left_is_told_apart_and_errors_stand_in_no_list(void **state)
{
    struct home *home = *state;
    struct mu_error error;
    const struct mu_date day = {2026, 3, 1};

    add_people(home->desk);
    assert_int_equal(mu_end_resident(home->desk, 2, MU_MOVED_OUT, day, &error), MU_OK);
    assert_int_equal(mu_end_resident(home->desk, 4, MU_DECEASED, day, &error), MU_OK);
    assert_string_equal(listed(home->desk, ""), "张金凤 李建国 欧阳明月 周阿宝 吴无家");
    assert_string_equal(listed(home->desk, "status=在住"), "张金凤 欧阳明月 吴无家");
    assert_string_equal(listed(home->desk, "status=在住\nsort=-number"), "吴无家 欧阳明月 张金凤");
    assert_string_equal(listed(home->desk, "status=在住\nage=20-"), "欧阳明月 张金凤");
    assert_string_equal(listed(home->desk, "status=迁出"), "李建国");
    assert_string_equal(listed(home->desk, "status=去世\nsort=name"), "周阿宝");
    assert_string_equal(listed(home->desk, "tags=60+"), "张金凤");
    assert_string_equal(listed(home->desk, "status=去世\ntags=60+"), "");
    assert_string_equal(listed(home->desk, "tags=低保\nstatus=迁出"), "李建国");
}

static void a_filter_with_a_fault_says_which(void **state)
{
    struct home *home = *state;
    struct mu_roster_request request;
    struct mu_roster *roster = NULL;
    struct mu_error error;
    const char *field;
    int from, to;

    mu_roster_request_init(&request);
    strcpy(request.age, "alt");
    assert_int_equal(mu_roster_check(&request, &field, &error), MU_INPUT);
    assert_string_equal(field, "age");
    assert_int_equal(mu_roster_open(home->desk, &request, 0, &roster, &error), MU_INPUT);
    assert_null(roster);
    *request.age = '\0';
    request.status = MU_ENTERED_IN_ERROR;
    assert_int_equal(mu_roster_check(&request, &field, &error), MU_INPUT);
    assert_string_equal(field, "status");
    assert_int_equal(mu_roster_read_sort(&request, "phone", &error), MU_INPUT);
    assert_int_equal(mu_roster_read_sort(&request, "-shoe size", &error), MU_INPUT);
    assert_int_equal(mu_roster_read_columns(&request, "name,shoes", &error), MU_INPUT);
    assert_int_equal(mu_roster_read_columns(&request, " , ", &error), MU_INPUT);
    assert_int_equal(mu_roster_read_columns(&request, "姓名 age,name", &error), MU_OK);
    assert_int_equal(request.column_count, 2);
    assert_false(mu_roster_ages("-", &from, &to));
    assert_false(mu_roster_ages("80-60", &from, &to));
    assert_false(mu_roster_ages("99999", &from, &to));
    assert_true(mu_roster_ages("６０～79", &from, &to));
    assert_true(from == 60 && to == 79);
    assert_true(mu_roster_ages("60+", &from, &to));
    assert_true(from == 60 && to == -1);
}

static bool count_kept(void *context, const char *name, const struct mu_roster_request *request,
                       bool whole)
{
    (void)name, (void)request;
    *(int *)context += whole ? 1 : 100;
    return true;
}

static void lists_are_kept_by_name(void **state)
{
    struct home *home = *state;
    struct mu_roster_request request, read;
    struct mu_error error;
    bool whole;
    int kept = 0;

    mu_roster_request_init(&request);
    strcpy(request.tags, "低保 独居");
    request.occupancy = 2;
    assert_int_equal(mu_roster_read_sort(&request, "-age", &error), MU_OK);
    assert_int_equal(mu_roster_read_columns(&request, "name,phone", &error), MU_OK);
    assert_int_equal(mu_keep_roster(home->desk, " 慰问\x1b[2J ", &request, &error), MU_OK);
    assert_int_equal(mu_read_roster(home->desk, "慰问[2J", &read, &whole, &error), MU_OK);
    assert_true(whole);
    assert_memory_equal(&read, &request, sizeof read);
    assert_int_equal(mu_keep_roster(home->desk, " ", &request, &error), MU_INPUT);
    assert_int_equal(mu_list_rosters(home->desk, count_kept, &kept, &error), MU_OK);
    assert_int_equal(kept, 1);
    assert_int_equal(mu_forget_roster(home->desk, "慰问[2J", &error), MU_OK);
    assert_int_equal(mu_forget_roster(home->desk, "慰问[2J", &error), MU_INPUT);
    assert_int_equal(mu_read_roster(home->desk, "慰问[2J", &read, &whole, &error), MU_INPUT);
    for (int i = 0; i < MU_ROSTERS_SAVED; i++) {
        char name[16];

        snprintf(name, sizeof name, "%d", i);
        assert_int_equal(mu_keep_roster(home->desk, name, &request, &error), MU_OK);
    }
    assert_int_equal(mu_keep_roster(home->desk, "1", &request, &error), MU_OK);
    assert_int_equal(mu_keep_roster(home->desk, "one more", &request, &error), MU_INPUT);
}

static void a_broken_list_is_read_as_far_as_it_is_understood(void **state)
{
    static const char *const broken[] = {
        "no equals sign",
        "shoes=42",
        "age=old",
        "status=登记有误",
        "tags=\xff\xfe",
        "sort=phone",
        "columns=",
        "sort=",
        "estate=\x1b]0;title\x07",
        "occupancy=999",
        "columns=name name name shoes",
    };
    struct mu_roster_request request, usual;
    char *endless = malloc(20001);
    bool whole;

    (void)state;
    mu_roster_request_init(&usual);
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        mu_roster_body_read(broken[i], (struct mu_date){2026, 11, 22}, &request, &whole);
        assert_false(whole);
        assert_memory_equal(&request, &usual, sizeof usual);
    }
    assert_non_null(endless);
    memset(endless, 'a', 20000);
    memcpy(endless, "text=", 5);
    endless[20000] = '\0';
    mu_roster_body_read(endless, (struct mu_date){2026, 11, 22}, &request, &whole);
    assert_false(whole);
    assert_memory_equal(&request, &usual, sizeof usual);
    free(endless);
}

static void marked_people_are_summed_up(void **state)
{
    struct home *home = *state;
    struct mu_id_set marked = {0};
    struct mu_roster_sum sum = {0};
    struct mu_error error;

    add_people(home->desk);
    home_add(home->desk, "name", "张小花", "birth_date", "2010-01-01", "estate", "金桂花园",
             "building", "10栋", "unit", "1", "room", "201", NULL);
    for (int64_t id = 1; id <= 6; id++)
        assert_true(mu_id_set_add(&marked, id));
    mu_id_set_remove(&marked, 3);
    while (!sum.whole)
        assert_int_equal(mu_roster_sum(home->desk, &marked, 0, &sum, &error), MU_OK);
    assert_int_equal(sum.people, 5);
    assert_int_equal(sum.homes, 3);
    assert_int_equal(sum.aged, 4);
    assert_int_equal(sum.ages, 86 + 56 + 60 + 16);
    mu_roster_sum_clear(&sum);
    mu_id_set_clear(&marked);
}

static void a_set_of_numbers(void **state)
{
    struct mu_id_set set = {0};

    (void)state;
    assert_false(mu_id_set_add(&set, 0));
    assert_false(mu_id_set_add(&set, -5));
    assert_false(mu_id_set_add(&set, (int64_t)MU_ID_SET_HIGHEST + 1));
    assert_true(mu_id_set_add(&set, 1000000));
    assert_true(mu_id_set_add(&set, 7));
    assert_true(mu_id_set_add(&set, 7));
    assert_true(mu_id_set_add(&set, 8));
    assert_int_equal(set.count, 3);
    assert_int_equal(mu_id_set_next(&set, 0), 7);
    assert_int_equal(mu_id_set_next(&set, 7), 8);
    assert_int_equal(mu_id_set_next(&set, 8), 1000000);
    assert_int_equal(mu_id_set_next(&set, 1000000), 0);
    mu_id_set_remove(&set, 9);
    mu_id_set_remove(&set, 7);
    assert_false(mu_id_set_has(&set, 7));
    assert_int_equal(set.count, 2);
    mu_id_set_clear(&set);
    assert_int_equal(mu_id_set_next(&set, 0), 0);
}

/* What is taken out. */
struct taken {
    size_t people, told, stop_at;
    char phone[MU_PHONE_SIZE], reason[MU_REASON_SIZE], action[MU_ACTION_SIZE], after[512];
    struct mu_desk *desk; /* another one, that reads the trail while the first person is told */
};

static bool take_note(void *context, const struct mu_audit_record *record)
{
    struct taken *taken = context;

    snprintf(taken->reason, sizeof taken->reason, "%s", record->reason);
    snprintf(taken->action, sizeof taken->action, "%s", record->action);
    snprintf(taken->after, sizeof taken->after, "%.500s", record->after);
    return true;
}

static bool begin(void *context, size_t people)
{
    struct taken *taken = context;
    const struct mu_audit_filter all = {0};

    taken->told = people;
    return mu_list_audit(taken->desk, &all, 1, take_note, taken, NULL) == MU_OK;
}

static bool take_person(void *context, const struct mu_resident *person)
{
    struct taken *taken = context;

    if (!taken->people++)
        memcpy(taken->phone, person->phone, sizeof taken->phone);
    return taken->people != taken->stop_at;
}

static enum mu_status take_out(struct home *home, struct mu_roster_leaving *leaving,
                               struct taken *taken)
{
    struct mu_roster_request request;
    struct mu_roster *roster = NULL;
    struct mu_error error;
    size_t people = 0;
    bool whole;
    enum mu_status status;

    mu_roster_body_read("text=zhang\ncolumns=name phone", mu_desk_now(home->desk).date, &request,
                        &whole);
    leaving->target = "list.csv";
    leaving->begin = begin;
    leaving->row = take_person;
    leaving->context = taken;
    assert_int_equal(mu_roster_open(home->desk, &request, 0, &roster, &error), MU_OK);
    status = mu_take_out_roster(roster, leaving, &people, &error);
    mu_roster_free(&roster);
    return status;
}

static void who_takes_people_out_is_noted_before(void **state)
{
    struct home *home = *state;
    struct mu_desk *other = home_desk(home, HOME_NOW);
    struct mu_roster_leaving leaving = {0};
    struct taken taken = {.desk = other};

    add_people(home->desk);
    assert_int_equal(take_out(home, &leaving, &taken), MU_OK);
    assert_int_equal(taken.told, 1);
    assert_string_equal(taken.phone, "138****8001");
    assert_string_equal(taken.action, "export_residents");
    assert_non_null(strstr(taken.after, "people=1\ntext=*\n"));

    leaving.full = true;
    leaving.reason = "  ";
    taken = (struct taken){.desk = other};
    assert_int_equal(take_out(home, &leaving, &taken), MU_INPUT);
    assert_int_equal(taken.told, 0);
    leaving.reason = "核对电话";
    assert_int_equal(take_out(home, &leaving, &taken), MU_OK);
    assert_string_equal(taken.phone, "13800138001");
    assert_string_equal(taken.action, "export_numbers");
    assert_string_equal(taken.reason, "核对电话");

    taken = (struct taken){.desk = other, .stop_at = 1};
    assert_int_equal(take_out(home, &leaving, &taken), MU_REFUSED);
    mu_desk_free(&other);
}

static void marked_people_leave_in_the_order_of_the_list(void **state)
{
    struct home *home = *state;
    struct mu_id_set marked = {0};
    struct mu_roster_leaving leaving = {.only = &marked};
    struct taken taken = {.desk = home->desk};

    add_people(home->desk);
    assert_int_equal(take_out(home, &leaving, &taken), MU_INPUT); /* nobody */
    assert_true(mu_id_set_add(&marked, 4));
    assert_true(mu_id_set_add(&marked, 1));
    assert_int_equal(take_out(home, &leaving, &taken), MU_OK);
    assert_int_equal(taken.told, 2);
    assert_int_equal(taken.people, 2);
    assert_string_equal(taken.phone, "138****8001"); /* the one of the list in front */
    mu_id_set_clear(&marked);
}

#define TOLD(story) cmocka_unit_test_setup_teardown(story, home_setup, home_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(the_tags_of_all_files_of_a_person_count),
        TOLD(each_filter_finds_its_people),
        TOLD(each_column_puts_them_into_order),
        TOLD(whoever_left_is_told_apart_and_errors_stand_in_no_list),
        TOLD(a_filter_with_a_fault_says_which),
        TOLD(lists_are_kept_by_name),
        cmocka_unit_test(a_broken_list_is_read_as_far_as_it_is_understood),
        TOLD(marked_people_are_summed_up),
        cmocka_unit_test(a_set_of_numbers),
        TOLD(who_takes_people_out_is_noted_before),
        TOLD(marked_people_leave_in_the_order_of_the_list),
    };

    return cmocka_run_group_tests_name("roster", tests, NULL, NULL);
}
