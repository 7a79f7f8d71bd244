#include "unit/raw_file.h"

#include <mulin/base/text.h>
#include <mulin/desk/earning.h>
#include <mulin/desk/twin.h>

/* 2026-11-22 is a Sunday; it is 18:30 there, and the book is that of 中埂. */
#define EVENING "2026-11-22T18:30"

static const struct mu_date today = {2026, 11, 22}, yesterday = {2026, 11, 21};

struct crew {
    struct home *home;
    struct mu_desk *desk;
    int64_t ah_fen, lao_zhang, twin;
};
static struct crew crew;

static int setup(void **state)
{
    const char *book = mu_preset_book("zhonggeng");
    struct mu_rules_faults faults = {0};
    int version;

    home_setup(state);
    crew = (struct crew){.home = *state};
    assert_int_equal(
        mu_desk_adopt_rules(crew.home->desk, book, strlen(book), today, &faults, &version, NULL),
        MU_OK);
    mu_rules_faults_clear(&faults);
    mu_desk_free(&crew.home->desk);
    crew.desk = crew.home->desk = home_desk(crew.home, EVENING);
    crew.ah_fen = home_add(crew.desk, "name", "周阿芬", "card", "V01", NULL);
    crew.lao_zhang = home_add(crew.desk, "name", "张国强", "card", "V02", NULL);
    return 0;
}

static void assert_sound(void)
{
    struct mu_verify_report report;
    struct mu_error error = {0};
    char text[512];

    if (mu_verify(crew.desk, NULL, NULL, &report, &error) != MU_OK) {
        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s", text);
    }
}

static struct mu_points balance(int64_t resident_id)
{
    struct mu_points points = {-1};

    assert_int_equal(mu_points_balance(crew.desk, resident_id, &points, NULL), MU_OK);
    return points;
}

static struct mu_service_answer record(const struct mu_service_request *request)
{
    struct mu_service_answer answer;
    struct mu_error error = {0};
    char text[512];

    if (mu_record_service(crew.desk, request, &answer, &error) != MU_OK) {
        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s", text);
    }
    assert_true(answer.service.id > 0 && answer.service.entry_id > 0);
    return answer;
}

static void assert_refused(const struct mu_service_request *request, enum mu_status status,
                           enum mu_message why)
{
    struct mu_service_answer answer;
    struct mu_error error = {0};

    assert_int_equal(mu_record_service(crew.desk, request, &answer, &error), status);
    assert_int_equal(error.message, why);
    assert_int_equal(answer.why.message, why);
    assert_int_equal(answer.service.id, 0);
}

static void a_meal_brought_to_a_door_earns_by_the_hour(void **state)
{
    const struct mu_service_request request = {.who = "V01",
                                               .duty = "小巷骑兵 送餐上门",
                                               .starts_at = 9 * 60,
                                               .ends_at = 11 * 60 + 30,
                                               .place = "3栋",
                                               .confirmed_by = "张国强",
                                               .recipient = "赵老师"};
    struct mu_service_answer answer = record(&request);
    struct mu_service_line line;
    char text[256];

    (void)state;
    assert_string_equal(answer.service.duty, "rider-meal");
    assert_string_equal(answer.service.team, "小巷骑兵");
    assert_int_equal(answer.service.minutes, 150);
    assert_int_equal(answer.service.points.count, 25);
    assert_int_equal(answer.service.confirmed_id, crew.lao_zhang);
    assert_int_equal(answer.service.recipient_id, 0);
    assert_int_equal(balance(crew.ah_fen).count, 25);
    mu_service_answer_text(&answer, MU_CHINESE, text, sizeof text);
    assert_string_equal(text, "周阿芬：记 25 分，现有 25 分");
    assert_int_equal(mu_read_service(crew.desk, answer.service.id, &line, NULL), MU_OK);
    assert_string_equal(line.duty_name, "送餐上门");
    assert_string_equal(line.service.place, "3栋");
    assert_int_equal(mu_read_service(crew.desk, 99, &line, NULL), MU_INPUT);
    assert_sound();
}

static void nobody_is_at_two_places_at_once(void **state)
{
    struct mu_service_request request = {.who = "V01",
                                         .duty = "rider-meal",
                                         .date = yesterday,
                                         .starts_at = 22 * 60,
                                         .ends_at = 2 * 60};
    struct mu_service_request other = {
        .who = "V01", .duty = "rider-patrol", .date = today, .starts_at = 60, .ends_at = 3 * 60};

    (void)state;
    assert_int_equal(record(&request).service.ends_at, 26 * 60);
    assert_refused(&other, MU_REFUSED, MU_SAY_error_service_overlap);
    other.starts_at = 2 * 60;
    record(&other);

    /* Without times it may be the same, typed twice. */
    other = (struct mu_service_request){
        .resident_id = crew.lao_zhang, .duty = "rider-patrol", .minutes = 60};
    record(&other);
    assert_refused(&other, MU_REFUSED, MU_SAY_error_service_twice);
    other.again = true;
    record(&other);
    other.minutes = 24 * 60;
    assert_refused(&other, MU_REFUSED, MU_SAY_error_service_day_full);
    assert_sound();
}

static void what_cannot_have_been_is_refused(void **state)
{
    const struct mu_date monday = {2026, 11, 23}, none = {2026, 2, 30};
    int64_t gone = home_add(crew.desk, "name", "钱大海", NULL);
    struct mu_service_request request = {.who = "V01", .duty = "rider-patrol", .minutes = 60};
    struct mu_service_request wrong;

    (void)state;
#define WITH(member, value) (wrong = request, wrong.member = (value), &wrong)
    assert_refused(WITH(date, monday), MU_REFUSED, MU_SAY_error_points_future);
    assert_refused(WITH(date, none), MU_INPUT, MU_SAY_error_service_date);
    assert_refused(WITH(minutes, 1441), MU_INPUT, MU_SAY_error_service_long);
    assert_refused(WITH(minutes, 0), MU_INPUT, MU_SAY_error_service_no_time);
    assert_refused(WITH(times, 100), MU_INPUT, MU_SAY_error_service_often);
    assert_refused(WITH(ends_at, 30), MU_INPUT, MU_SAY_error_service_minutes);
    assert_refused(WITH(ends_at, 25 * 60), MU_INPUT, MU_SAY_error_service_times);
    assert_refused(WITH(ends_at, 23 * 60), MU_REFUSED, MU_SAY_error_service_future);
    assert_refused(WITH(duty, "骑马"), MU_INPUT, MU_SAY_error_duty_unknown);
    assert_refused(WITH(duty, " "), MU_INPUT, MU_SAY_error_duty_empty);
    assert_refused(WITH(who, "没有这人"), MU_REFUSED, MU_SAY_meal_not_found);
    assert_refused(WITH(who, ""), MU_REFUSED, MU_SAY_error_who_empty);
    assert_refused(WITH(place, "\xff"), MU_INPUT, MU_SAY_error_text_encoding);
    assert_refused(WITH(resident_id, 999), MU_INPUT, MU_SAY_error_resident_unknown);
    assert_int_equal(mu_end_resident(crew.desk, gone, MU_DECEASED, yesterday, NULL), MU_OK);
    wrong = request;
    wrong.resident_id = gone;
    assert_refused(&wrong, MU_REFUSED, MU_SAY_error_service_died);
    wrong.date = yesterday;
    record(&wrong);
    assert_int_equal(balance(gone).count, 8);
    assert_sound();
}

static void caps_and_bonuses_are_told(void **state)
{
    const struct mu_date heat = {2026, 7, 24};
    struct mu_service_request request = {.who = "V02",
                                         .duty = "gardener-tutor",
                                         .date = heat,
                                         .starts_at = 11 * 60,
                                         .ends_at = 14 * 60};
    struct mu_service_answer answer;
    char text[256];

    (void)state;
    assert_int_equal(record(&request).service.points.count, 54);
    request.starts_at = 14 * 60;
    request.ends_at = 16 * 60;
    assert_int_equal(mu_try_service(crew.desk, &request, &answer, NULL), MU_OK);
    assert_int_equal(answer.service.id, 0);
    assert_int_equal(answer.balance.count, 60);
    answer = record(&request);
    assert_int_equal(answer.service.points.count, 6);
    assert_int_equal(answer.decided.over_day.count, 30);
    mu_service_answer_text(&answer, MU_CHINESE, text, sizeof text);
    assert_string_equal(text, "张国强：记 6 分，现有 60 分；含高温；到了每日上限，30 分不计");
    assert_sound();
}

static struct mu_desk *at(const char *now)
{
    mu_desk_free(&crew.home->desk);
    crew.desk = crew.home->desk = home_desk(crew.home, now);
    return crew.desk;
}

static void who_checks_in_is_there_until_checking_out(void **state)
{
    const struct mu_service_request in = {.who = "V01", .duty = "rider-patrol", .place = "南门"};
    const struct mu_service_request out = {.who = "V01", .confirmed_by = "队长"};
    const struct mu_service_filter open = {.open = true};
    struct mu_service_request clash = {
        .who = "V01", .duty = "rider-meal", .starts_at = 18 * 60, .ends_at = 19 * 60};
    struct mu_service_answer answer;
    struct mu_error error;
    char text[256];

    (void)state;
    (void)open;
    assert_int_equal(mu_service_check_out(crew.desk, &out, &answer, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_service_none_open);
    assert_int_equal(mu_service_check_in(crew.desk, &in, &answer, &error), MU_OK);
    mu_service_answer_text(&answer, MU_CHINESE, text, sizeof text);
    assert_string_equal(text, "周阿芬：18:30 签到");
    assert_int_equal(mu_service_check_in(crew.desk, &in, &answer, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_service_open);
    assert_int_equal(mu_service_check_out(crew.desk, &out, &answer, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_service_just);
    assert_sound();

    at("2026-11-22T20:00");
    assert_refused(&clash, MU_REFUSED, MU_SAY_error_service_overlap);
    assert_int_equal(mu_service_check_out(crew.desk, &out, &answer, &error), MU_OK);
    assert_int_equal(answer.service.minutes, 90);
    assert_int_equal(answer.service.points.count, 12);
    assert_string_equal(answer.service.confirmed_by, "队长");
    assert_string_equal(answer.service.place, "南门");
    assert_false(answer.service.forgotten);
    assert_sound();
}

static void a_forgotten_check_out_is_closed_by_rule(void **state)
{
    const struct mu_service_request in = {.who = "V01", .duty = "rider-patrol"};
    const struct mu_service_request other = {.who = "V02", .duty = "rider-patrol"};
    struct mu_service_answer answer;
    size_t count = 9;
    char text[256];

    (void)state;
    assert_int_equal(mu_service_check_in(crew.desk, &in, &answer, NULL), MU_OK);
    assert_int_equal(mu_service_check_in(crew.desk, &other, &answer, NULL), MU_OK);
    at("2026-11-23T09:00");
    assert_int_equal(mu_service_check_out(crew.desk, &in, &answer, NULL), MU_OK);
    assert_true(answer.service.forgotten);
    assert_int_equal(answer.service.minutes, 60);
    assert_int_equal(answer.service.points.count, 8);
    mu_service_answer_text(&answer, MU_CHINESE, text, sizeof text);
    assert_string_equal(text, "周阿芬：记 8 分，现有 8 分；忘记签退，按规则计时");
    /* The other one comes back only to begin anew. */
    assert_int_equal(mu_service_check_in(crew.desk, &other, &answer, NULL), MU_OK);
    assert_int_equal(balance(crew.lao_zhang).count, 8);
    at("2026-11-24T09:00");
    assert_int_equal(mu_close_forgotten(crew.desk, &count, NULL), MU_OK);
    assert_int_equal(count, 1);
    assert_int_equal(mu_close_forgotten(crew.desk, &count, NULL), MU_OK);
    assert_int_equal(count, 0);
    assert_int_equal(balance(crew.lao_zhang).count, 16);
    assert_sound();
}

static bool count_row(void *context, const struct mu_service_line *line)
{
    int *count = context;

    assert_true(*line->name && *line->duty_name);
    ++*count;
    return true;
}

static int how_many(struct mu_service_filter filter)
{
    int count = 0;

    assert_int_equal(mu_list_services(crew.desk, &filter, count_row, &count, NULL), MU_OK);
    return count;
}

static bool keep_list(void *context, const struct mu_attendance_sheet *attendance)
{
    *(struct mu_attendance_sheet *)context = *attendance;
    return true;
}

static void thirty_come_back_from_a_clean_up(void **state)
{
    enum { PEOPLE = 30 };
    const struct mu_attendance_request request = {
        "清洁日", {.duty = "greener-river", .date = yesterday, .minutes = 120}};
    struct mu_attendance_request named = request;
    struct mu_attendee people[PEOPLE] = {{0}};
    struct mu_service_answer answers[PEOPLE];
    struct mu_attendance_result result;
    struct mu_attendance_sheet list = {0};
    const struct mu_duty *duty;
    const struct mu_rules *rules;
    char cards[PEOPLE][16], name[64];

    (void)state;
    assert_int_equal(mu_desk_rules(crew.desk, &rules, NULL, NULL), MU_OK);
    for (size_t i = 0; i < rules->points.duty_count; i++)
        if (rules->points.duties[i].per_hour == 10) {
            named.all.duty = rules->points.duties[i].id;
            break;
        }
    assert_int_equal(mu_service_duty(crew.desk, named.all.duty, yesterday, &duty, NULL), MU_OK);
    for (int i = 0; i < PEOPLE; i++) {
        snprintf(cards[i], sizeof cards[i], "L%03d", i);
        snprintf(name, sizeof name, "志愿者%c%c", 'A' + i / 26, 'A' + i % 26);
        home_add(crew.desk, "name", name, "card", cards[i], NULL);
        people[i].who = cards[i];
    }
    people[3].minutes = 60;
    people[7].who = "L003";
    people[9].who = "nobody at all";
    assert_int_equal(
        mu_record_attendance(crew.desk, &named, people, PEOPLE, answers, &result, NULL), MU_OK);
    assert_int_equal(result.recorded, 28);
    assert_int_equal(result.standing, 1);
    assert_int_equal(result.refused, 1);
    assert_int_equal(result.points.count, 27 * 20 + 10);
    assert_true(answers[7].standing);
    assert_int_equal(answers[9].status, MU_REFUSED);

    /* The mended list is brought again as it is. */
    people[7].who = "L007";
    people[9].who = "L009";
    assert_int_equal(
        mu_record_attendance(crew.desk, &named, people, PEOPLE, answers, &result, NULL), MU_OK);
    assert_int_equal(result.recorded, 2);
    assert_int_equal(result.standing, 28);
    assert_int_equal(how_many((struct mu_service_filter){.attendance_id = result.attendance_id}),
                     PEOPLE);
    assert_int_equal(how_many((struct mu_service_filter){.from = yesterday, .to = yesterday}),
                     PEOPLE);
    assert_int_equal(how_many((struct mu_service_filter){.limit = 5}), 5);
    assert_int_equal(how_many((struct mu_service_filter){.duty = named.all.duty, .open = true}), 0);
    assert_int_equal(mu_list_attendances(crew.desk, yesterday, today, 0, keep_list, &list, NULL),
                     MU_OK);
    assert_string_equal(list.title, "清洁日");
    assert_int_equal(list.people, PEOPLE);
    assert_int_equal(list.points.count, 29 * 20 + 10);
    assert_int_equal(mu_read_attendance(crew.desk, list.id, &list, NULL), MU_OK);
    assert_int_equal(mu_read_attendance(crew.desk, 77, &list, NULL), MU_INPUT);

    named.title = " ";
    assert_int_equal(
        mu_record_attendance(crew.desk, &named, people, PEOPLE, answers, &result, NULL), MU_INPUT);
    named.title = "没有人";
    assert_int_equal(mu_record_attendance(crew.desk, &named, people, 0, answers, &result, NULL),
                     MU_OK);
    assert_int_equal(result.attendance_id, 0);
    assert_sound();
}

static void a_list_comes_from_a_spreadsheet(void **state)
{
    static const char sheet[] = "姓名,卡号,时长,开始,结束,次数,积分\n"
                                "周阿芬,V01,1.5,,,,\n"
                                "张国强,,,08:00,10:00,2,120\n"
                                "张国强,,两小时,,,,\n";
    struct mu_people people = {0};
    struct mu_error error;
    char path[96];
    FILE *file;

    (void)state;
    snprintf(path, sizeof path, "%s/list.csv", crew.home->folder);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs(sheet, file);
    fclose(file);
    assert_int_equal(mu_people_read(path, &people, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_people_cell);
    assert_string_equal(error.argument[1], "4");
    file = fopen(path, "w");
    assert_non_null(file);
    fwrite(sheet, 1, strlen(sheet) - strlen("张国强,,两小时,,,,\n"), file);
    fclose(file);
    assert_int_equal(mu_people_read(path, &people, &error), MU_OK);
    assert_int_equal(people.count, 2);
    assert_string_equal(people.row[0].who, "V01");
    assert_int_equal(people.row[0].minutes, 90);
    assert_string_equal(people.row[1].who, "张国强");
    assert_int_equal(people.row[1].starts_at, 480);
    assert_int_equal(people.row[1].ends_at, 600);
    assert_int_equal(people.row[1].times, 2);
    assert_int_equal(people.row[1].points.count, 120);
    mu_people_clear(&people);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs("日期,地点\n2026-11-22,南门\n", file);
    fclose(file);
    assert_int_equal(mu_people_read(path, &people, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_people_columns);
}

static void the_old_book_is_brought_over_once(void **state)
{
    struct mu_people_row rows[] = {{.line = 2, .who = "V01", .points = {350}, .minutes = 1200},
                                   {.line = 3, .who = "V02", .points = {20}},
                                   {.line = 4, .who = "V02", .points = {20}},
                                   {.line = 5, .who = "V01"},
                                   {.line = 6, .who = "没有"}};
    const struct mu_people people = {rows, 5};
    struct mu_service_answer answers[5];
    struct mu_attendance_result result;
    struct mu_earning earning;

    (void)state;
    assert_int_equal(mu_open_balances(crew.desk, &people, answers, &result, NULL), MU_OK);
    assert_int_equal(result.recorded, 2);
    assert_int_equal(result.standing, 1);
    assert_int_equal(result.refused, 2);
    assert_int_equal(result.points.count, 370);
    assert_int_equal(balance(crew.ah_fen).count, 350);
    assert_int_equal(mu_open_balances(crew.desk, &people, answers, &result, NULL), MU_OK);
    assert_int_equal(result.recorded, 0);
    assert_int_equal(mu_reverse_points(crew.desk, answers[0].service.entry_id, "x", NULL, NULL),
                     MU_INPUT);
    assert_int_equal(mu_reverse_points(crew.desk, 1, "表格里记错了", &earning, NULL), MU_OK);
    assert_int_equal(earning.balance.count, 0);
    assert_int_equal(mu_open_balances(crew.desk, &people, answers, &result, NULL), MU_OK);
    assert_int_equal(result.recorded, 1);
    assert_sound();
}

static void a_mistake_is_reversed_and_both_stay(void **state)
{
    const struct mu_service_request request = {
        .who = "V01", .duty = "rider-meal", .starts_at = 9 * 60, .ends_at = 11 * 60};
    struct mu_service_answer answer = record(&request);
    struct mu_earning earning;
    struct mu_error error;
    struct mu_service_line line;

    (void)state;
    assert_int_equal(mu_reverse_points(crew.desk, answer.service.entry_id, " ", NULL, &error),
                     MU_INPUT);
    assert_int_equal(
        mu_reverse_points(crew.desk, answer.service.entry_id, "是她妹妹", &earning, &error), MU_OK);
    assert_int_equal(earning.points.count, -20);
    assert_int_equal(balance(crew.ah_fen).count, 0);
    assert_int_equal(mu_reverse_points(crew.desk, answer.service.entry_id, "再一次", NULL, &error),
                     MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_points_reversed);
    assert_int_equal(mu_reverse_points(crew.desk, earning.entry_id, "冲正冲错", NULL, &error),
                     MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_points_kind);
    assert_int_equal(mu_reverse_points(crew.desk, 999, "没有", NULL, &error), MU_INPUT);
    assert_int_equal(mu_read_service(crew.desk, answer.service.id, &line, NULL), MU_OK);
    assert_int_equal(line.service.reversed_by, earning.entry_id);
    /* What was taken back stands in nobody's way. */
    record(&request);
    assert_sound();
}

static void ratings_count_as_the_book_says(void **state)
{
    struct mu_rating_request request = {.who = "V02", .source = "上门回访", .score = 5};
    struct mu_earning earning;
    struct mu_error error;

    (void)state;
    assert_int_equal(mu_rate_volunteer(crew.desk, &request, &earning, &error), MU_OK);
    assert_int_equal(earning.points.count, 8);
    request.score = 6;
    assert_int_equal(mu_rate_volunteer(crew.desk, &request, NULL, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_rating_score);
    request.score = 1;
    for (int i = 1; i < 10; i++)
        assert_int_equal(mu_rate_volunteer(crew.desk, &request, NULL, &error), MU_OK);
    assert_int_equal(mu_rate_volunteer(crew.desk, &request, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_rating_enough);
    assert_int_equal(mu_reverse_points(crew.desk, earning.entry_id, "不是他", NULL, &error), MU_OK);
    assert_int_equal(mu_rate_volunteer(crew.desk, &request, NULL, &error), MU_OK);
    request.source = "paper";
    assert_int_equal(mu_rate_volunteer(crew.desk, &request, NULL, &error), MU_INPUT);
    assert_int_equal(balance(crew.lao_zhang).count, 0);
    assert_sound();
}

static void linked_files_are_one_volunteer(void **state)
{
    struct mu_service_request request = {
        .who = "V01", .duty = "rider-meal", .starts_at = 9 * 60, .ends_at = 11 * 60};
    int64_t second = home_add(crew.desk, "name", "周阿芬", "card", "V09", NULL);
    struct mu_service_answer answer;

    (void)state;
    record(&request);
    assert_int_equal(mu_link_twins(crew.desk, crew.ah_fen, second, "一个人", NULL), MU_OK);
    request.who = "V09";
    assert_refused(&request, MU_REFUSED, MU_SAY_error_service_overlap);
    request.starts_at = 14 * 60;
    request.ends_at = 15 * 60;
    answer = record(&request);
    assert_int_equal(answer.service.resident_id, crew.ah_fen);
    assert_int_equal(answer.balance.count, 30);
    assert_int_equal(balance(second).count, 30);
    assert_int_equal(how_many((struct mu_service_filter){.resident_id = second}), 2);
    assert_sound();
}

int main(void)
{
#define STORY(name) cmocka_unit_test_setup_teardown(name, setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(a_meal_brought_to_a_door_earns_by_the_hour),
        STORY(nobody_is_at_two_places_at_once),
        STORY(what_cannot_have_been_is_refused),
        STORY(caps_and_bonuses_are_told),
        STORY(who_checks_in_is_there_until_checking_out),
        STORY(a_forgotten_check_out_is_closed_by_rule),
        STORY(thirty_come_back_from_a_clean_up),
        STORY(a_list_comes_from_a_spreadsheet),
        STORY(the_old_book_is_brought_over_once),
        STORY(a_mistake_is_reversed_and_both_stay),
        STORY(ratings_count_as_the_book_says),
        STORY(linked_files_are_one_volunteer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
