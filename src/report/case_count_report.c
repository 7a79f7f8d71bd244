#include <mulin/report/case_count.h>

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/domain/points_month.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { TITLE_SIZE = 2 * MU_CASE_COUNT_LINE_SIZE, BARS = 31, NUMBER_SIZE = 24, DECEMBER = 12 };

static const struct {
    const char *word;
    enum mu_message name;
} groups[MU_CASES_BY_COUNT] = {
    [MU_CASES_BY_MONTH] = {"month", MU_SAY_case_count_by_month},
    [MU_CASES_BY_DISPUTE] = {"dispute", MU_SAY_case_count_by_dispute},
    [MU_CASES_BY_LEVEL] = {"level", MU_SAY_case_count_by_level},
    [MU_CASES_BY_SOURCE] = {"source", MU_SAY_case_count_by_source},
    [MU_CASES_BY_OUTCOME] = {"outcome", MU_SAY_case_count_by_outcome},
    [MU_CASES_BY_DAYS] = {"days", MU_SAY_case_count_by_days},
    [MU_CASES_BY_MEDIATOR] = {"mediator", MU_SAY_case_count_by_mediator},
};

bool mu_case_count_by_read(const char *word, enum mu_case_count_by *out)
{
    for (int by = 0; by < MU_CASES_BY_COUNT; by++)
        if (strcmp(groups[by].word, word) == 0) {
            *out = (enum mu_case_count_by)by;
            return true;
        }
    return false;
}

enum mu_message mu_case_count_by_name(enum mu_case_count_by by)
{
    return groups[by].name;
}

/* ---- the period ---- */

static bool read_year(const char *text, struct mu_date *from, struct mu_date *to)
{
    char first[16], word[8];
    struct mu_date day;

    if (!mu_text_fold_word(word, sizeof word, text) || strspn(word, "0123456789") != 4 ||
        word[4] != '\0')
        return false;
    snprintf(first, sizeof first, "%s-01", word);
    if (!mu_month_parse(first, &day))
        return false;
    *from = day;
    *to = (struct mu_date){day.year, DECEMBER, 31};
    return true;
}

bool mu_case_period_read(const char *text, struct mu_date *from, struct mu_date *to)
{
    struct mu_date day;
    int first, last;

    if (read_year(text, from, to))
        return true;
    if (mu_quarter_parse(text, &first, &last)) {
        *from = mu_month_first(first);
        *to = mu_month_end(mu_month_first(last));
        return true;
    }
    if (!mu_month_parse(text, &day))
        return false;
    *from = day;
    *to = mu_month_end(day);
    return true;
}

void mu_case_period_text(const struct mu_case_count *count, enum mu_language language, char *out)
{
    char from[MU_DATE_SIZE], to[MU_DATE_SIZE];
    struct mu_date last = mu_month_end(count->from);

    if (count->from.year == count->to.year && count->from.month == 1 && count->from.day == 1 &&
        count->to.month == DECEMBER && count->to.day == 31) {
        snprintf(out, MU_CASE_COUNT_LINE_SIZE, "%d", count->from.year);
        return;
    }
    mu_date_format(count->from, from);
    mu_date_format(count->to, to);
    if (count->from.day == 1 && mu_date_compare(last, count->to) == 0)
        mu_month_format(count->from, out);
    else
        mu_message_format(out, MU_CASE_COUNT_LINE_SIZE, language, MU_SAY_case_count_period, from,
                          to, NULL);
}

/* ---- what is said ---- */

static void number_text(int64_t number, char out[NUMBER_SIZE])
{
    snprintf(out, NUMBER_SIZE, "%" PRId64, number);
}

/* 91.2%, or a dash when there is nothing to divide by. */
static void rate_text(int64_t rate, char out[NUMBER_SIZE])
{
    int64_t tenths = (rate + 5) / 10;

    if (rate < 0)
        mu_text_copy(out, NUMBER_SIZE, "-");
    else
        snprintf(out, NUMBER_SIZE, "%" PRId64 ".%" PRId64 "%%", tenths / 10, tenths % 10);
}

static void sums_line(const struct mu_case_figures *all, enum mu_language language, char *out)
{
    char number[4][NUMBER_SIZE];
    size_t used;

    number_text(all->accepted, number[0]);
    number_text(all->outcome[MU_CASE_SETTLED], number[1]);
    number_text(all->outcome[MU_CASE_FAILED], number[2]);
    number_text(all->outcome[MU_CASE_WITHDRAWN], number[3]);
    used = mu_message_format(out, MU_CASE_COUNT_LINE_SIZE, language, MU_SAY_case_count_sums,
                             number[0], number[1], number[2], number[3], NULL);
    number_text(all->outcome[MU_CASE_HANDED_ON], number[0]);
    number_text(all->outcome[MU_CASE_OPEN], number[1]);
    number_text(all->major, number[2]);
    mu_message_format(out + used, MU_CASE_COUNT_LINE_SIZE - used, language,
                      MU_SAY_case_count_more_sums, number[0], number[1], number[2], NULL);
}

static void rates_line(const struct mu_case_figures *all, enum mu_language language, char *out)
{
    char success[NUMBER_SIZE], kept[NUMBER_SIZE], median[NUMBER_SIZE], longest[NUMBER_SIZE];
    size_t used;

    rate_text(mu_case_success(all), success);
    rate_text(mu_case_kept_rate(all), kept);
    number_text(all->median, median);
    number_text(all->longest, longest);
    used = mu_message_format(out, MU_CASE_COUNT_LINE_SIZE, language, MU_SAY_case_count_rates,
                             success, kept, NULL);
    if (all->timed)
        mu_message_format(out + used, MU_CASE_COUNT_LINE_SIZE - used, language,
                          MU_SAY_case_count_days, median, longest, NULL);
}

static void money_line(const struct mu_case_figures *all, enum mu_language language, char *out)
{
    char promised[MU_MONEY_SIZE], paid[MU_MONEY_SIZE];

    mu_money_format(all->promised, promised);
    mu_money_format(all->paid, paid);
    mu_message_format(out, MU_CASE_COUNT_LINE_SIZE, language, MU_SAY_case_count_money, promised,
                      paid, NULL);
}

size_t mu_case_count_lines(const struct mu_case_count *count, enum mu_language language,
                           char lines[MU_CASE_COUNT_LINES][MU_CASE_COUNT_LINE_SIZE])
{
    sums_line(&count->all, language, lines[0]);
    rates_line(&count->all, language, lines[1]);
    money_line(&count->all, language, lines[2]);
    mu_message_format(lines[3], MU_CASE_COUNT_LINE_SIZE, language,
                      count->by == MU_CASES_BY_MEDIATOR ? MU_SAY_case_count_how_mediators
                                                        : MU_SAY_case_count_how,
                      NULL);
    return MU_CASE_COUNT_LINES;
}

static const char *code_word(const struct mu_choices *choices, int64_t code,
                             enum mu_language language)
{
    const char *word = mu_choice_word(choices, (int)code, language);

    return *word ? word : mu_message_text(MU_SAY_case_count_none, language);
}

static const enum mu_message lengths[] = {[MU_CASE_DAYS_WEEK] = MU_SAY_case_days_week,
                                          [MU_CASE_DAYS_FORTNIGHT] = MU_SAY_case_days_fortnight,
                                          [MU_CASE_DAYS_MONTH] = MU_SAY_case_days_month,
                                          [MU_CASE_DAYS_LONGER] = MU_SAY_case_days_longer,
                                          [MU_CASE_DAYS_NOT_OVER] = MU_SAY_case_days_not_over};

void mu_case_count_label(const struct mu_case_count *count, const struct mu_case_count_row *row,
                         enum mu_language language, char *out)
{
    const char *label;

    switch (count->by) {
    case MU_CASES_BY_MONTH:
        mu_month_format(mu_month_first((int)row->id), out);
        return;
    case MU_CASES_BY_DISPUTE:
        label = code_word(&mu_disputes, row->id, language);
        break;
    case MU_CASES_BY_LEVEL:
        label = code_word(&mu_case_levels, row->id, language);
        break;
    case MU_CASES_BY_SOURCE:
        label = code_word(&mu_case_sources, row->id, language);
        break;
    case MU_CASES_BY_OUTCOME:
        label = mu_message_text(mu_case_outcome_name((enum mu_case_outcome)row->id), language);
        break;
    case MU_CASES_BY_DAYS:
        label = mu_message_text(lengths[row->id], language);
        break;
    default:
        label = row->id ? row->name : mu_message_text(MU_SAY_case_count_nobody, language);
        break;
    }
    mu_text_copy(out, MU_CASE_COUNT_LABEL_SIZE, label);
}

/* ---- table ---- */

enum part {
    NAME,
    ACCEPTED,
    SETTLED,
    FAILED,
    WITHDRAWN,
    HANDED_ON,
    OPEN,
    MAJOR,
    SUCCESS,
    KEPT,
    MEDIAN,
    LONGEST,
    PROMISED,
    PAID,
    PARTS
};

static const struct {
    enum mu_message heading;
    enum mu_report_kind kind;
    bool wide; /* not in a text of 80 columns */
} parts[PARTS] = {
    [NAME] = {MU_SAY_report_name, MU_COLUMN_TEXT, false},
    [ACCEPTED] = {MU_SAY_case_count_accepted, MU_COLUMN_NUMBER, false},
    [SETTLED] = {MU_SAY_case_count_settled, MU_COLUMN_NUMBER, false},
    [FAILED] = {MU_SAY_case_count_failed, MU_COLUMN_NUMBER, false},
    [WITHDRAWN] = {MU_SAY_case_count_withdrawn, MU_COLUMN_NUMBER, false},
    [HANDED_ON] = {MU_SAY_case_count_handed_on, MU_COLUMN_NUMBER, false},
    [OPEN] = {MU_SAY_case_count_open, MU_COLUMN_NUMBER, false},
    [MAJOR] = {MU_SAY_case_count_major, MU_COLUMN_NUMBER, false},
    [SUCCESS] = {MU_SAY_case_count_success, MU_COLUMN_PERCENT, false},
    [KEPT] = {MU_SAY_case_count_kept, MU_COLUMN_PERCENT, false},
    [MEDIAN] = {MU_SAY_case_count_median, MU_COLUMN_NUMBER, false},
    [LONGEST] = {MU_SAY_case_count_longest, MU_COLUMN_NUMBER, true},
    [PROMISED] = {MU_SAY_case_count_promised, MU_COLUMN_MONEY, true},
    [PAID] = {MU_SAY_case_count_paid, MU_COLUMN_MONEY, true},
};

struct writing {
    const struct mu_case_count *count;
    enum mu_language language;
    enum part part[PARTS];
    struct mu_report_column column[PARTS];
    size_t columns;
    struct mu_report *out;
    struct mu_error *error;
};

static void choose(struct writing *writing, bool wide)
{
    for (int part = NAME; part < PARTS; part++) {
        if (parts[part].wide && !wide)
            continue;
        writing->column[writing->columns] = (struct mu_report_column){
            mu_message_text(parts[part].heading, writing->language), parts[part].kind};
        writing->part[writing->columns++] = (enum part)part;
    }
}

static void fill(const struct writing *writing, const struct mu_case_figures *figures,
                 const char *label, struct mu_report_cell cells[PARTS])
{
    const int64_t numbers[PARTS] = {[ACCEPTED] = figures->accepted,
                                    [SETTLED] = figures->outcome[MU_CASE_SETTLED],
                                    [FAILED] = figures->outcome[MU_CASE_FAILED],
                                    [WITHDRAWN] = figures->outcome[MU_CASE_WITHDRAWN],
                                    [HANDED_ON] = figures->outcome[MU_CASE_HANDED_ON],
                                    [OPEN] = figures->outcome[MU_CASE_OPEN],
                                    [MAJOR] = figures->major,
                                    [SUCCESS] = mu_case_success(figures),
                                    [KEPT] = mu_case_kept_rate(figures),
                                    [MEDIAN] = figures->timed ? figures->median : -1,
                                    [LONGEST] = figures->timed ? figures->longest : -1,
                                    [PROMISED] = figures->promised.fen,
                                    [PAID] = figures->paid.fen};

    for (size_t i = 0; i < writing->columns; i++) {
        enum part part = writing->part[i];

        cells[i] =
            (struct mu_report_cell){.text = part == NAME ? label : NULL, .number = numbers[part]};
        if (numbers[part] < 0)
            cells[i].text = "";
    }
}

static enum mu_status write_rows(struct writing *writing)
{
    const struct mu_case_count *count = writing->count;
    struct mu_report_cell cells[PARTS];
    char label[MU_CASE_COUNT_LABEL_SIZE];
    enum mu_status status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < count->count; i++) {
        mu_case_count_label(count, &count->row[i], writing->language, label);
        fill(writing, &count->row[i].figures, label, cells);
        status = mu_report_row(writing->out, cells, writing->error);
    }
    if (status != MU_OK || !count->count)
        return status;
    fill(writing, &count->all, mu_message_text(MU_SAY_report_total, writing->language), cells);
    return mu_report_total(writing->out, cells, writing->error);
}

enum mu_status mu_report_case_count(const struct mu_report_target *target,
                                    const struct mu_case_count *count, enum mu_language language,
                                    struct mu_error *error)
{
    struct writing writing = {.count = count, .language = language, .error = error};
    char lines[MU_CASE_COUNT_LINES][MU_CASE_COUNT_LINE_SIZE], period[MU_CASE_COUNT_LINE_SIZE];
    char title[TITLE_SIZE];
    const char *line[MU_CASE_COUNT_LINES];
    struct mu_report_table table = {.language = language, .title = title, .lines = line};
    struct mu_report_chart bars = {title, 0, 1, 0, count->count < BARS ? count->count : BARS};
    enum mu_status status;

    mu_case_period_text(count, language, period);
    mu_message_format(title, sizeof title, language, MU_SAY_case_count_title, period,
                      mu_message_text(mu_case_count_by_name(count->by), language), NULL);
    table.line_count = mu_case_count_lines(count, language, lines);
    for (size_t i = 0; i < table.line_count; i++)
        line[i] = lines[i];
    choose(&writing, target->format != MU_REPORT_TEXT);
    table.columns = writing.column;
    table.column_count = writing.columns;
    status = mu_report_begin(&writing.out, target, &table, error);
    if (status != MU_OK)
        return status;
    status = write_rows(&writing);
    if (status == MU_OK)
        status = mu_report_chart(writing.out, &bars, error);
    if (status == MU_OK)
        return mu_report_finish(&writing.out, error);
    mu_report_drop(&writing.out);
    return status;
}
