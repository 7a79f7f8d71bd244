#include <mulin/domain/case.h>

#include "domain/case_codes.h"

#include <mulin/base/text.h>
#include <mulin/domain/calendar.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *word;
    enum mu_message name;
} kinds[MU_CASE_DUE_KINDS] = {
    [MU_CASE_DUE_REPORT] = {"report", MU_SAY_case_due_report},
    [MU_CASE_DUE_MEDIATOR] = {"mediator", MU_SAY_case_due_mediator},
    [MU_CASE_DUE_LIMIT] = {"limit", MU_SAY_case_due_limit},
    [MU_CASE_DUE_CONFIRM] = {"confirm", MU_SAY_case_due_confirm},
    [MU_CASE_DUE_PROMISE] = {"promise", MU_SAY_case_due_promise},
    [MU_CASE_DUE_VISIT] = {"visit", MU_SAY_case_due_visit},
    [MU_CASE_DUE_CARE] = {"care", MU_SAY_case_due_care},
};

const char *mu_case_due_word(enum mu_case_due_kind kind)
{
    return kinds[kind].word;
}

enum mu_message mu_case_due_name(enum mu_case_due_kind kind)
{
    return kinds[kind].name;
}

bool mu_case_due_from_word(const char *word, enum mu_case_due_kind *out)
{
    for (int kind = MU_CASE_DUE_REPORT; kind < MU_CASE_DUE_KINDS; kind++) {
        if (strcmp(kinds[kind].word, word) != 0)
            continue;
        *out = (enum mu_case_due_kind)kind;
        return true;
    }
    return false;
}

/* ---- spans ---- */

bool mu_span_known(struct mu_span span)
{
    return span.months > 0 || span.days > 0 || span.working_days > 0;
}

static struct mu_date months_later(struct mu_date from, int months)
{
    struct mu_date first = {from.year, from.month, 1}, last;

    first = mu_month_add(first, months);
    last = mu_month_end(first);
    first.day = from.day < last.day ? from.day : last.day;
    return first;
}

struct mu_date mu_span_end(struct mu_span span, struct mu_date from)
{
    struct mu_date end = from;

    if (!mu_span_known(span) || !mu_date_known(from))
        return (struct mu_date){0};
    if (span.months > 0)
        return months_later(from, span.months);
    if (span.days > 0)
        return mu_date_add_days(from, span.days);
    for (int left = span.working_days; left > 0;) {
        end = mu_date_add_days(end, 1);
        left -= mu_day_kind(end).workday;
    }
    return end;
}

/* ---- what is due ---- */

struct list {
    struct mu_case_due *due;
    size_t count;
};

static void add(struct list *list, enum mu_case_due_kind kind, int number, struct mu_date day)
{
    size_t at = list->count;

    if (!mu_date_known(day))
        return;
    while (at > 0 && mu_date_compare(list->due[at - 1].due_on, day) > 0) {
        list->due[at] = list->due[at - 1];
        at--;
    }
    list->due[at] = (struct mu_case_due){kind, number, day};
    list->count++;
}

static bool at_work(const struct mu_case *mediated)
{
    return mediated->state == MU_CASE_ACCEPTED || mediated->state == MU_CASE_INFORMED ||
           mediated->state == MU_CASE_MEDIATING;
}

static bool has_mediator(const struct mu_case *mediated)
{
    for (size_t i = 0; i < mediated->mediators; i++)
        if (mediated->mediator[i].at_work)
            return true;
    return false;
}

size_t mu_case_dues(const struct mu_case *mediated, struct mu_case_due *out)
{
    struct list list = {.due = out};
    bool settled = mediated->kept == KEPT || mediated->kept == KEPT_NOT;

    if (!mediated->intake || mediated->outcome == MU_CASE_MISTAKE)
        return 0;
    if (mediated->intake->danger == ANSWER_YES && !mediated->reported &&
        mediated->state != MU_CASE_CLOSED)
        add(&list, MU_CASE_DUE_REPORT, 0, mediated->accepted_on);
    if (at_work(mediated) && !has_mediator(mediated))
        add(&list, MU_CASE_DUE_MEDIATOR, 0, mediated->begun_on);
    if (at_work(mediated))
        add(&list, MU_CASE_DUE_LIMIT, 0, mediated->limit_on);
    if (mediated->state == MU_CASE_AGREED)
        add(&list, MU_CASE_DUE_CONFIRM, 0, mediated->confirm_by);
    for (size_t i = 0; !settled && i < mediated->promises; i++)
        if (!mu_date_known(mediated->promise[i].done_on))
            add(&list, MU_CASE_DUE_PROMISE, mediated->promise[i].number,
                mediated->promise[i].promise->due_on);
    add(&list, MU_CASE_DUE_VISIT, 0, mediated->visit_on);
    return list.count;
}

static bool visited_since(const struct mu_case *mediated, struct mu_date day)
{
    for (size_t i = 0; i < mediated->steps; i++)
        if (mediated->step[i].kind == MU_STEP_VISITED &&
            mu_date_compare(mediated->step[i].date, day) >= 0)
            return true;
    return false;
}

bool mu_case_care_due(const struct mu_case *mediated, const struct mu_case_grade *grade,
                      struct mu_case_due *out)
{
    struct mu_date from =
        mu_date_known(mediated->ended_on) ? mediated->ended_on : mediated->begun_on;

    if (!grade || grade->visit <= 0 || mediated->outcome == MU_CASE_MISTAKE ||
        visited_since(mediated, from))
        return false;
    *out = (struct mu_case_due){.kind = MU_CASE_DUE_CARE,
                                .due_on = mu_date_add_days(from, grade->visit)};
    return true;
}

bool mu_case_due_stands(const struct mu_case_due *due, struct mu_date today)
{
    return due->kind != MU_CASE_DUE_CONFIRM || mu_date_compare(today, due->due_on) <= 0;
}

/* ---- in words ---- */

enum { DAY_TEXT_SIZE = 32, COUNT_TEXT_SIZE = 64 };

static void day_text(struct mu_date day, struct mu_date today, enum mu_language language,
                     char out[DAY_TEXT_SIZE])
{
    char year[12], month[12], number[12];

    snprintf(year, sizeof year, "%04d", day.year);
    snprintf(month, sizeof month, language == MU_ENGLISH ? "%02d" : "%d", day.month);
    snprintf(number, sizeof number, language == MU_ENGLISH ? "%02d" : "%d", day.day);
    mu_message_format(out, DAY_TEXT_SIZE, language,
                      day.year == today.year ? MU_SAY_case_day : MU_SAY_case_day_year, month,
                      number, year, NULL);
}

static void count_text(struct mu_date day, struct mu_date today, enum mu_language language,
                       char out[COUNT_TEXT_SIZE])
{
    int left = mu_date_days_between(today, day);
    char days[12];

    snprintf(days, sizeof days, "%d", abs(left));
    mu_message_format(out, COUNT_TEXT_SIZE, language,
                      left > 0   ? MU_SAY_case_days_left
                      : left < 0 ? MU_SAY_case_days_late
                                 : MU_SAY_case_days_today,
                      days, NULL);
}

static enum mu_message sentence(const struct mu_case *mediated, const struct mu_case_due *due)
{
    switch (due->kind) {
    case MU_CASE_DUE_REPORT:
        return MU_SAY_case_counts_report;
    case MU_CASE_DUE_MEDIATOR:
        return MU_SAY_case_counts_mediator;
    case MU_CASE_DUE_LIMIT:
        return mu_date_compare(mediated->limit_on, mediated->first_limit_on) > 0
                   ? MU_SAY_case_counts_more
                   : MU_SAY_case_counts_limit;
    case MU_CASE_DUE_CONFIRM:
        return MU_SAY_case_counts_confirm;
    case MU_CASE_DUE_PROMISE:
        return MU_SAY_case_counts_promise;
    case MU_CASE_DUE_CARE:
        return MU_SAY_case_counts_care;
    default:
        return MU_SAY_case_counts_visit;
    }
}

void mu_case_due_text(const struct mu_case *mediated, const struct mu_case_due *due,
                      struct mu_date today, enum mu_language language, char *out, size_t size)
{
    char from[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE], count[COUNT_TEXT_SIZE];
    char promise[2 * MU_CASE_LINE_SIZE + 8] = "";
    struct mu_date begun = mediated->begun_on;

    if (due->kind == MU_CASE_DUE_CONFIRM || due->kind == MU_CASE_DUE_VISIT)
        begun = mediated->agreed_on;
    if (due->kind == MU_CASE_DUE_CARE && mu_date_known(mediated->ended_on))
        begun = mediated->ended_on;
    if (due->number > 0 && (size_t)due->number <= mediated->promises) {
        const struct mu_case_promise *kept = mediated->promise[due->number - 1].promise;

        snprintf(promise, sizeof promise, "%s %s", kept->who, kept->what);
    }
    day_text(begun, today, language, from);
    day_text(due->due_on, today, language, until);
    count_text(due->due_on, today, language, count);
    mu_message_format(out, size, language, sentence(mediated, due), from, until, count, promise,
                      NULL);
}
