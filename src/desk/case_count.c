#include "base/growing.h"
#include "desk/desk_internal.h"
#include "store/case_count_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/case_count.h>

#include <stdlib.h>
#include <string.h>

enum {
    FULL_SHARE = 10000, /* hundredths of a percent */
    MAJOR = 3,          /* data/codes/case_weight.def */
    KEPT = 1,           /* data/codes/case_kept.def: 1 to 3 were due when they were visited */
    NOT_KEPT = 3,
    YEAR = 100,        /* of a month's number 202611 */
    MOST_DAYS = 36600, /* a hundred years; what takes longer counts as this */
    WEEK = 7,
    FORTNIGHT = 15,
    MONTH = 30,
};

/* How many cases took so many days; median and longest come from it. */
struct days {
    int64_t *cases; /* owned; room of them */
    int room;
};

struct counting {
    struct mu_case_count *count;
    struct days all;
    struct days *of_row; /* owned; as many as rows have room */
    size_t of_rows;
    size_t last; /* the row that was found last: cases of a month follow one another */
    int64_t last_case;
    bool no_memory;
};

static int64_t rate(int64_t part, int64_t whole)
{
    return whole > 0 ? (part * FULL_SHARE + whole / 2) / whole : -1;
}

int64_t mu_case_success(const struct mu_case_figures *figures)
{
    return rate(figures->outcome[MU_CASE_SETTLED], figures->outcome[MU_CASE_SETTLED] +
                                                       figures->outcome[MU_CASE_FAILED] +
                                                       figures->outcome[MU_CASE_WITHDRAWN]);
}

int64_t mu_case_kept_rate(const struct mu_case_figures *figures)
{
    return rate(figures->kept, figures->visited);
}

void mu_case_count_free(struct mu_case_count **count)
{
    if (*count)
        free((*count)->row);
    free(*count);
    *count = NULL;
}

static bool add_days(struct days *days, int taken)
{
    if (taken >= days->room) {
        int room = (taken + 1) * 2;
        int64_t *larger = realloc(days->cases, (size_t)room * sizeof *larger);

        if (!larger)
            return false;
        memset(larger + days->room, 0, (size_t)(room - days->room) * sizeof *larger);
        days->cases = larger;
        days->room = room;
    }
    days->cases[taken]++;
    return true;
}

/* Is it over by an agreement or without one? What was handed on is not, and waits elsewhere. */
static bool is_over(const struct mu_counted_case *counted)
{
    return mu_date_known(counted->ended_on) && mu_date_known(counted->accepted_on) &&
           (counted->outcome == MU_CASE_SETTLED || counted->outcome == MU_CASE_FAILED ||
            counted->outcome == MU_CASE_WITHDRAWN);
}

static void add(struct counting *counting, struct mu_case_figures *figures, struct days *days,
                const struct mu_counted_case *counted, int taken)
{
    figures->accepted++;
    figures->outcome[counted->outcome]++;
    figures->major += counted->weight == MAJOR;
    if (counted->kept >= KEPT && counted->kept <= NOT_KEPT) {
        figures->visited++;
        figures->kept += counted->kept == KEPT;
    }
    figures->promised = mu_money_add(figures->promised, counted->promised);
    figures->paid = mu_money_add(figures->paid, counted->paid);
    if (taken < 0)
        return;
    figures->timed++;
    counting->no_memory |= !add_days(days, taken);
}

static int days_taken(const struct mu_counted_case *counted)
{
    int taken;

    if (!is_over(counted))
        return -1;
    taken = mu_date_days_between(counted->accepted_on, counted->ended_on);
    return taken < 0 ? 0 : taken < MOST_DAYS ? taken : MOST_DAYS;
}

/* The row of a group, a new one when there is none. False without memory. */
static bool row_of(struct counting *counting, int64_t id, const char *name, size_t *out)
{
    struct mu_case_count *count = counting->count;
    struct mu_case_count_row *rows;

    if (counting->last < count->count && count->row[counting->last].id == id) {
        *out = counting->last;
        return true;
    }
    for (*out = 0; *out < count->count && count->row[*out].id != id; (*out)++)
        ;
    counting->last = *out;
    if (*out < count->count)
        return true;
    rows = mu_grown(count->row, count->count, &count->room, sizeof *rows);
    if (!rows)
        return false;
    count->row = rows;
    if (count->room > counting->of_rows) {
        struct days *larger = realloc(counting->of_row, count->room * sizeof *larger);

        if (!larger)
            return false;
        memset(larger + counting->of_rows, 0, (count->room - counting->of_rows) * sizeof *larger);
        counting->of_row = larger;
        counting->of_rows = count->room;
    }
    rows[count->count] = (struct mu_case_count_row){.id = id};
    mu_text_copy(rows[count->count].name, sizeof rows->name, name);
    count->count++;
    return true;
}

static enum mu_case_days days_of(int taken)
{
    if (taken < 0)
        return MU_CASE_DAYS_NOT_OVER;
    if (taken <= WEEK)
        return MU_CASE_DAYS_WEEK;
    return taken <= FORTNIGHT ? MU_CASE_DAYS_FORTNIGHT
           : taken <= MONTH   ? MU_CASE_DAYS_MONTH
                              : MU_CASE_DAYS_LONGER;
}

static int64_t group_of(enum mu_case_count_by by, const struct mu_counted_case *counted, int taken)
{
    if (by == MU_CASES_BY_DAYS)
        return days_of(taken);
    if (by == MU_CASES_BY_MONTH)
        return counted->accepted_on.year * (int64_t)YEAR + counted->accepted_on.month;
    return by == MU_CASES_BY_OUTCOME ? (int64_t)counted->outcome : counted->group;
}

static void add_to_row(struct counting *counting, const struct mu_counted_case *counted, int64_t id,
                       const char *name, int taken)
{
    size_t row;

    if (row_of(counting, id, name, &row))
        add(counting, &counting->count->row[row].figures, &counting->of_row[row], counted, taken);
    else
        counting->no_memory = true;
}

static void take_case(void *context, const struct mu_counted_case *counted)
{
    struct counting *counting = context;
    int taken = days_taken(counted);

    add(counting, &counting->count->all, &counting->all, counted, taken);
    add_to_row(counting, counted, group_of(counting->count->by, counted, taken), "", taken);
}

static void take_mediator(void *context, const struct mu_counted_case *counted, int64_t case_id,
                          int64_t mediator_id, const char *name)
{
    struct counting *counting = context;
    int taken = days_taken(counted);

    if (case_id != counting->last_case)
        add(counting, &counting->count->all, &counting->all, counted, taken);
    counting->last_case = case_id;
    add_to_row(counting, counted, mediator_id, name, taken);
}

static void find_median(const struct days *days, struct mu_case_figures *figures)
{
    int64_t passed = 0, middle = (figures->timed + 1) / 2;
    bool found = false;

    for (int taken = 0; taken < days->room; taken++) {
        if (!days->cases[taken])
            continue;
        passed += days->cases[taken];
        figures->longest = taken;
        if (!found && passed >= middle) {
            figures->median = taken;
            found = true;
        }
    }
}

static int in_order(const void *first, const void *second)
{
    const struct mu_case_count_row *a = first, *b = second;

    return (a->id > b->id) - (a->id < b->id);
}

static int most_first(const void *first, const void *second)
{
    const struct mu_case_count_row *a = first, *b = second;

    if (a->figures.accepted != b->figures.accepted)
        return a->figures.accepted < b->figures.accepted ? 1 : -1;
    return in_order(first, second);
}

static void finish(struct counting *counting)
{
    struct mu_case_count *count = counting->count;
    bool ordered = count->by == MU_CASES_BY_MONTH || count->by == MU_CASES_BY_LEVEL ||
                   count->by == MU_CASES_BY_OUTCOME || count->by == MU_CASES_BY_DAYS;

    find_median(&counting->all, &count->all);
    for (size_t i = 0; i < count->count; i++)
        find_median(&counting->of_row[i], &count->row[i].figures);
    if (count->count)
        qsort(count->row, count->count, sizeof *count->row, ordered ? in_order : most_first);
}

static void clear(struct counting *counting)
{
    free(counting->all.cases);
    for (size_t i = 0; i < counting->of_rows; i++)
        free(counting->of_row[i].cases);
    free(counting->of_row);
}

static enum mu_status count_them(struct mu_desk *desk, struct counting *counting,
                                 struct mu_error *error)
{
    static const enum mu_counted_group groups[MU_CASES_BY_COUNT] = {
        [MU_CASES_BY_DISPUTE] = MU_COUNTED_DISPUTE,
        [MU_CASES_BY_SOURCE] = MU_COUNTED_SOURCE,
        [MU_CASES_BY_LEVEL] = MU_COUNTED_LEVEL,
    };
    struct mu_case_count *count = counting->count;
    enum mu_status status =
        count->by == MU_CASES_BY_MEDIATOR
            ? mu_counted_mediators(desk->db, count->from, count->to, take_mediator, counting, error)
            : mu_counted_cases(desk->db, count->from, count->to, groups[count->by], take_case,
                               counting, error);

    return status == MU_OK && counting->no_memory ? mu_fail_memory(error) : status;
}

/* One statement reads all: a state of the records in which nothing moves. */
enum mu_status mu_count_cases(struct mu_desk *desk, struct mu_date from, struct mu_date to,
                              enum mu_case_count_by by, struct mu_case_count **out,
                              struct mu_error *error)
{
    struct counting counting = {.count = NULL};
    enum mu_status status = mu_desk_may(desk, MU_MAY_count_cases, error);

    if (status != MU_OK)
        return status;
    if (!mu_date_known(from) || !mu_date_known(to) || mu_date_compare(to, from) < 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_case_count_days, NULL);
    counting.count = calloc(1, sizeof *counting.count);
    if (!counting.count)
        return mu_fail_memory(error);
    counting.count->from = from;
    counting.count->to = to;
    counting.count->by = by;
    status = count_them(desk, &counting, error);
    if (status == MU_OK) {
        finish(&counting);
        *out = counting.count;
    } else {
        mu_case_count_free(&counting.count);
    }
    clear(&counting);
    return status;
}
