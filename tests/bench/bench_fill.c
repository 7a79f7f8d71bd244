/* bench_fill HOME ENTRIES MONTHS MEALS
 *
 * Fills a home with ENTRIES ledger entries by what its desk does in so many months: MEALS lunches a
 * day, and the rest services for points, five a month of each volunteer, on attendance lists. Every
 * month but the last is closed in the month behind it. The first month is the one behind the day on
 * which the home's rule book was adopted, a book with the lunch and the duties of the preset
 * yunluwan.
 *
 * Nothing is written but by the desk's functions. What a desk may not do: nothing is synced, nobody
 * else has the file, and a whole month is one transaction (CMakeLists.txt wraps the store's
 * functions for it), so that a month that is broken off has to be filled anew.
 *
 * One line: entries, meals, services, volunteers, closed months, seconds. */
#include "measure.h"

#include "desk/desk_internal.h"
#include "store/canteen_store.h"
#include "store/db.h"
#include "store/ledger_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/attendance.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/operators.h>
#include <mulin/desk/points_month.h>
#include <mulin/desk/volunteer.h>
#include <mulin/domain/calendar.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum {
    EACH_MONTH = 5, /* services of a volunteer */
    LAST_DAY = 26,  /* of a month, on which a list is made */
    APART = 7919,   /* people of a queue and volunteers come from all over the register, */
    EATERS = 3,     /* and so many times the meals of a day take turns at lunch */
    CACHE_KIB = 1 << 21,
};

#define SECOND "陈静"
#define SECOND_PIN "2580"

struct filling {
    struct mu_desk *desk;
    struct mu_moment adopted; /* on that day the rule book was */
    int64_t *resident;        /* who has a file and lives here, mixed */
    size_t residents;
    int64_t *volunteer; /* as they stand in the register */
    size_t volunteers;
    struct mu_attendee *attendee;
    struct mu_service_answer *answer;
    size_t lunches, meals, services; /* a day; in all */
    size_t activities;               /* held so far */
    size_t next;                     /* volunteer of the next list */
};

/* ---- the desk's own connection, loosened ---- */

static sqlite3 *records;

static int follow(sqlite3 *connection, char **message, const struct sqlite3_api_routines *api)
{
    (void)message;
    (void)api;
    if (!records)
        records = connection;
    return SQLITE_OK;
}

static void run(const char *sql)
{
    char *fault = NULL;

    if (sqlite3_exec(records, sql, NULL, NULL, &fault) != SQLITE_OK)
        die("%s: %s", sql, fault);
}

/* Before SQLite is used at all. */
static void loosen_library(void)
{
    if (sqlite3_config(SQLITE_CONFIG_SINGLETHREAD) != SQLITE_OK ||
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) != SQLITE_OK)
        die("SQLite is at work already");
}

static void loosen(void)
{
    char sql[64];

    sqlite3_set_authorizer(records, NULL, NULL);
    run("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA foreign_keys = OFF;"
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_spill = OFF; PRAGMA secure_delete = OFF;"
        "PRAGMA cell_size_check = OFF; PRAGMA ignore_check_constraints = ON");
    snprintf(sql, sizeof sql, "PRAGMA cache_size = -%d", CACHE_KIB);
    run(sql);
}

/* The functions of the store that CMakeLists.txt has the linker put in the place of its own: what
 * begins a transaction and ends it counts only around a month. */
enum mu_status __wrap_mu_db_begin(struct mu_db *db, struct mu_error *error);
enum mu_status __wrap_mu_db_begin_read(struct mu_db *db, struct mu_error *error);
enum mu_status __wrap_mu_db_commit(struct mu_db *db, struct mu_error *error);
void __wrap_mu_db_end_read(struct mu_db *db);
void __wrap_mu_db_rollback(struct mu_db *db);

enum mu_status __wrap_mu_db_begin(struct mu_db *db, struct mu_error *error)
{
    (void)db;
    (void)error;
    return MU_OK;
}

enum mu_status __wrap_mu_db_begin_read(struct mu_db *db, struct mu_error *error)
{
    return __wrap_mu_db_begin(db, error);
}

enum mu_status __wrap_mu_db_commit(struct mu_db *db, struct mu_error *error)
{
    return __wrap_mu_db_begin(db, error);
}

void __wrap_mu_db_end_read(struct mu_db *db)
{
    (void)db;
}

void __wrap_mu_db_rollback(struct mu_db *db)
{
    (void)db;
    die("what is taken back would be a whole month");
}

/* ---- who takes part ---- */

static sqlite3_stmt *prepare(sqlite3 *file, const char *sql)
{
    sqlite3_stmt *statement;

    if (sqlite3_prepare_v2(file, sql, -1, &statement, NULL) != SQLITE_OK)
        die("%s: %s", sql, sqlite3_errmsg(file));
    return statement;
}

static void read_home(struct filling *filling, const char *home)
{
    char path[4096];
    sqlite3 *file;
    sqlite3_stmt *book, *people;

    if (snprintf(path, sizeof path, "%s/mulin.db", home) >= (int)sizeof path)
        die("%s: too long", home);
    if (sqlite3_open_v2(path, &file, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        die("%s: %s", path, sqlite3_errmsg(file));
    book = prepare(file, "SELECT max(adopted_from) || 'T09:00' FROM rule_book");
    if (sqlite3_step(book) != SQLITE_ROW ||
        !mu_moment_parse((const char *)sqlite3_column_text(book, 0), &filling->adopted))
        die("%s: no rule book", path);
    people = prepare(file, "SELECT resident_id, count(*) OVER () FROM resident WHERE status = 1"
                           " AND linked_to IS NULL ORDER BY resident_id * ?1 % 1000003");
    sqlite3_bind_int(people, 1, APART);
    while (sqlite3_step(people) == SQLITE_ROW) {
        if (!filling->resident)
            filling->resident =
                need((size_t)sqlite3_column_int64(people, 1), sizeof *filling->resident);
        filling->resident[filling->residents++] = sqlite3_column_int64(people, 0);
    }
    sqlite3_finalize(book);
    sqlite3_finalize(people);
    sqlite3_close(file);
}

static int by_number(const void *left, const void *right)
{
    const int64_t *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

/* The first of the residents, who are mixed, in the order of the register. */
static void choose_volunteers(struct filling *filling, size_t services_a_month)
{
    filling->volunteers = (services_a_month + EACH_MONTH - 1) / EACH_MONTH;
    if (filling->volunteers > filling->residents)
        die("%zu volunteers are more than the residents", filling->volunteers);
    filling->volunteer = need(filling->volunteers, sizeof *filling->volunteer);
    memcpy(filling->volunteer, filling->resident, filling->volunteers * sizeof *filling->volunteer);
    qsort(filling->volunteer, filling->volunteers, sizeof *filling->volunteer, by_number);
    filling->attendee = need(MU_ATTENDEES, sizeof *filling->attendee);
    filling->answer = need(MU_ATTENDEES, sizeof *filling->answer);
}

static void set_clock(struct filling *filling, struct mu_date date, int minute)
{
    filling->desk->now = (struct mu_moment){date, minute, 0};
}

static void register_volunteers(struct filling *filling, struct mu_date day)
{
    struct mu_error error;

    set_clock(filling, day, 9 * 60);
    for (size_t i = 0; i < filling->volunteers; i++) {
        struct mu_volunteer volunteer = {
            .resident_id = filling->volunteer[i], .registered_on = day, .shows_name = i % 3 == 0};

        must(mu_save_volunteer(filling->desk, &volunteer, NULL, &error), &error, "volunteer");
    }
}

/* ---- what they do ---- */

static void serve_lunch(struct filling *filling, struct mu_date date)
{
    size_t day = (size_t)mu_date_days_between((struct mu_date){2000, 1, 1}, date);
    struct mu_error error;

    for (size_t i = 0; i < filling->lunches; i++) {
        size_t who = (day * filling->lunches / 2 + i) % (EATERS * filling->lunches);
        const struct mu_meal_request request = {.resident_id =
                                                    filling->resident[who % filling->residents]};
        struct mu_meal_answer answer;

        set_clock(filling, date, 11 * 60 + (int)(i * 90 / filling->lunches));
        must(mu_serve_meal(filling->desk, &request, &answer, &error), &error, "lunch");
    }
    filling->meals += filling->lunches;
}

/* The next volunteers in turn stand on a list. */
static void hold_activity(struct filling *filling, struct mu_date date, size_t people)
{
    static const char *const duties[] = {"serve", "visit", "kitchen", "haircut", "patrol"};
    char title[64];
    const struct mu_attendance_request request = {
        .title = title,
        .all = {.duty = duties[filling->activities % COUNT(duties)],
                .date = date,
                .starts_at = 14 * 60,
                .ends_at = 15 * 60 + 30,
                .place = "党群服务中心",
                .confirmed_by = "社区工作人员"}};
    struct mu_attendance_result result;
    struct mu_error error;

    snprintf(title, sizeof title, "第%zu场活动", ++filling->activities);
    for (size_t i = 0; i < people; i++)
        filling->attendee[i] = (struct mu_attendee){
            .resident_id = filling->volunteer[(filling->next + i) % filling->volunteers]};
    filling->next = (filling->next + people) % filling->volunteers;
    set_clock(filling, date, 17 * 60);
    must(mu_record_attendance(filling->desk, &request, filling->attendee, people, filling->answer,
                              &result, &error),
         &error, "attendance");
    if (result.recorded != people)
        must(filling->answer[0].status, &filling->answer[0].why, "attendance: the first");
    if (result.recorded != people)
        die("attendance of %zu: %zu recorded", people, result.recorded);
    filling->services += people;
}

static void close_month(struct filling *filling, struct mu_date first)
{
    const struct mu_points_closing_request request = {
        .month = mu_month_number(first), .second_name = SECOND, .second_password = SECOND_PIN};
    struct mu_error error;

    set_clock(filling, mu_month_add(first, 1), 9 * 60);
    must(mu_close_points_month(filling->desk, &request, NULL, &error), &error, "closing");
}

/* A month of lunches with so many services, on as many lists as they need, spread over its days. */
static void live(struct filling *filling, struct mu_date first, size_t services)
{
    int last = mu_month_end(first).day;
    size_t longest = filling->volunteers < MU_ATTENDEES ? filling->volunteers : MU_ATTENDEES;
    size_t lists = longest ? (services + longest - 1) / longest : 0, list = 0;

    if (lists == 0)
        die("nobody serves: too few entries");
    for (int day = 1; day <= last; day++) {
        struct mu_date date = {first.year, first.month, day};

        serve_lunch(filling, date);
        for (; list < lists && (list * LAST_DAY) / lists < (size_t)day; list++)
            hold_activity(filling, date, services * (list + 1) / lists - services * list / lists);
    }
}

/* ---- all of it ---- */

static void begin(struct filling *filling, const char *home)
{
    char now[MU_MOMENT_SIZE];
    struct mu_error error;

    mu_moment_format(filling->adopted, now);
    if (sqlite3_auto_extension((void (*)(void))follow) != SQLITE_OK)
        die("cannot get at SQLite's connection");
    filling->desk = open_desk(home, now);
    loosen();
    run("BEGIN");
    must(mu_add_operator(filling->desk, SECOND, MU_ROLE_TALLY, NULL, &error), &error, SECOND);
    must(mu_set_password(filling->desk, SECOND, SECOND_PIN, &error), &error, SECOND);
    register_volunteers(filling, filling->adopted.date);
    run("COMMIT");
}

/* The ledger holds meals, services, and an entry for each month that was closed. */
static size_t count_services(const struct filling *filling, size_t entries, size_t months,
                             struct mu_date first)
{
    size_t days = (size_t)mu_date_days_between(first, mu_month_add(first, (int)months));
    size_t others = days * filling->lunches + months - 1;

    if (entries <= others)
        die("%zu entries are not more than %zu meals in %zu days", entries, others, days);
    return entries - others;
}

int main(int argc, char **argv)
{
    struct filling filling = {0};
    size_t entries, months, services;
    double start = microseconds();
    struct mu_date first;

    if (argc != 5)
        die("usage: bench_fill HOME ENTRIES MONTHS MEALS");
    entries = number(argv[2]);
    months = number(argv[3]);
    filling.lunches = number(argv[4]);
    loosen_library();
    read_home(&filling, argv[1]);
    first = filling.adopted.date;
    first.day = 1;
    first = mu_month_add(first, 1);
    services = count_services(&filling, entries, months, first);
    choose_volunteers(&filling, services / months);
    begin(&filling, argv[1]);
    for (size_t i = 0; i < months; i++) {
        struct mu_date month = mu_month_add(first, (int)i);

        run("BEGIN");
        if (i > 0)
            close_month(&filling, mu_month_add(month, -1));
        live(&filling, month, services * (i + 1) / months - services * i / months);
        run("COMMIT");
        fprintf(stderr, "%04d-%02d: %zu entries, %.0f s\n", month.year, month.month,
                filling.meals + filling.services + i, (microseconds() - start) / 1e6);
    }
    mu_desk_free(&filling.desk);
    printf("%zu\t%zu\t%zu\t%zu\t%zu\t%.1f\n", filling.meals + filling.services + months - 1,
           filling.meals, filling.services, filling.volunteers, months - 1,
           (microseconds() - start) / 1e6);
    free(filling.resident);
    free(filling.volunteer);
    free(filling.attendee);
    free(filling.answer);
    return 0;
}
