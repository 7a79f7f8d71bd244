#include "report/points_told.h"

#include <mulin/base/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { HOUR = 60, DAY = 24 * HOUR, TITLE_SIZE = 256, NUMBER_SIZE = 24 };

void mu_served_text(int64_t minutes, char *out)
{
    int64_t length = minutes < 0 ? -minutes : minutes;

    *out = '\0';
    if (minutes)
        snprintf(out, MU_SERVED_SIZE, "%s%" PRId64 ":%02d", minutes < 0 ? "-" : "", length / HOUR,
                 (int)(length % HOUR));
}

static void number_text(int64_t number, char out[NUMBER_SIZE])
{
    snprintf(out, NUMBER_SIZE, "%" PRId64, number);
}

/* A text that grows by parts; what does not fit is cut. */
struct told {
    char *out;
    enum mu_language language;
    const char *between;
};

static void tell(struct told *told, const char *part)
{
    size_t used = strlen(told->out);

    if (!*part)
        return;
    if (used)
        mu_text_copy(told->out + used, MU_POINTS_TOLD_SIZE - used, told->between);
    used = strlen(told->out);
    mu_text_copy(told->out + used, MU_POINTS_TOLD_SIZE - used, part);
}

static void tell_number(struct told *told, enum mu_message message, int64_t number)
{
    char text[NUMBER_SIZE], part[MU_POINTS_TOLD_SIZE];

    number_text(number, text);
    mu_message_format(part, sizeof part, told->language, message, text, NULL);
    tell(told, part);
}

static void tell_times(struct told *told, const struct mu_points_entry *entry)
{
    char from[MU_CLOCK_SIZE], to[MU_CLOCK_SIZE], part[2 * MU_CLOCK_SIZE + 4];

    if (entry->starts_at < 0 || entry->ends_at < 0)
        return;
    mu_clock_format(entry->starts_at % DAY, from);
    mu_clock_format(entry->ends_at % DAY, to);
    snprintf(part, sizeof part, "%s–%s", from, to);
    tell(told, part);
}

void mu_points_entry_text(const struct mu_points_entry *entry, enum mu_language language, char *out)
{
    struct told told = {out, language, " "};
    char part[MU_POINTS_TOLD_SIZE];
    bool rating = entry->services == 0 && mu_points_kind_earns(entry->kind);

    *out = '\0';
    if (entry->reverses)
        tell_number(&told,
                    entry->kind == MU_POINTS_RETURN ? MU_SAY_statement_returns
                                                    : MU_SAY_statement_reverses,
                    entry->reverses);
    if (*entry->about && *entry->team) {
        mu_message_format(part, sizeof part, language, MU_SAY_statement_of_team, entry->about,
                          entry->team, NULL);
        tell(&told, part);
    } else {
        tell(&told, entry->about);
    }
    if (entry->services)
        tell_times(&told, entry);
    if (rating && *entry->about)
        tell_number(&told, MU_SAY_statement_score, entry->number);
    snprintf(part, sizeof part, "×%d", entry->number);
    if (!rating && entry->number > 1)
        tell(&told, part);
    tell(&told, entry->place);
}

void mu_points_entry_note(const struct mu_points_entry *entry, enum mu_language language, char *out)
{
    struct told told = {out, language, mu_message_text(MU_SAY_statement_and, language)};
    char day[MU_DATE_SIZE], part[MU_POINTS_TOLD_SIZE];

    *out = '\0';
    if (entry->reversed_by)
        tell_number(&told, MU_SAY_statement_reversed, entry->reversed_by);
    if (mu_date_known(entry->day) && mu_date_compare(entry->day, entry->date) != 0) {
        mu_date_format(entry->day, day);
        mu_message_format(part, sizeof part, language, MU_SAY_statement_of_day, day, NULL);
        tell(&told, part);
    }
    if (entry->forgotten)
        tell(&told, mu_message_text(MU_SAY_statement_forgotten, language));
    tell(&told, entry->reason);
}

/* ---- statement ---- */

size_t mu_points_statement_lines(const struct mu_points_statement *statement,
                                 enum mu_language language,
                                 char lines[MU_STATEMENT_LINES][MU_POINTS_TOLD_SIZE])
{
    char from[MU_MONTH_SIZE], to[MU_MONTH_SIZE], count[NUMBER_SIZE], served[MU_SERVED_SIZE];
    char number[3][MU_POINTS_SIZE];

    mu_month_format(mu_month_first(statement->from_month), from);
    mu_month_format(mu_month_first(statement->to_month), to);
    number_text((int64_t)statement->count, count);
    if (statement->from_month)
        mu_message_format(lines[0], MU_POINTS_TOLD_SIZE, language, MU_SAY_statement_line_months,
                          from, to, count, NULL);
    else
        mu_message_format(lines[0], MU_POINTS_TOLD_SIZE, language, MU_SAY_statement_line_first, to,
                          count, NULL);
    mu_points_format(statement->before, number[0]);
    mu_message_format(lines[1], MU_POINTS_TOLD_SIZE, language, MU_SAY_statement_line_before,
                      number[0], NULL);
    mu_points_format(statement->earned, number[0]);
    mu_points_format(statement->spent, number[1]);
    mu_points_format(statement->expired, number[2]);
    mu_message_format(lines[2], MU_POINTS_TOLD_SIZE, language, MU_SAY_statement_line_moved,
                      number[0], number[1], number[2], NULL);
    mu_points_format(statement->balance, number[0]);
    number_text(statement->services, count);
    mu_served_text(statement->minutes, served);
    mu_message_format(lines[3], MU_POINTS_TOLD_SIZE, language, MU_SAY_statement_line_balance,
                      number[0], count, *served ? served : "0:00", NULL);
    return MU_STATEMENT_LINES;
}

enum {
    ENTRY,
    DATE,
    KIND,
    ABOUT,
    SERVED,
    POINTS,
    BALANCE,
    RULE,
    BOOK,
    OPERATOR,
    NOTE,
    STATEMENT_COLUMNS
};

static const struct points_part statement_parts[STATEMENT_COLUMNS] = {
    [ENTRY] = {MU_SAY_statement_entry, MU_COLUMN_NUMBER},
    [DATE] = {MU_SAY_statement_date, MU_COLUMN_TEXT},
    [KIND] = {MU_SAY_statement_kind, MU_COLUMN_TEXT},
    [ABOUT] = {MU_SAY_statement_about, MU_COLUMN_TEXT},
    [SERVED] = {MU_SAY_statement_served, MU_COLUMN_TEXT},
    [POINTS] = {MU_SAY_statement_points, MU_COLUMN_NUMBER},
    [BALANCE] = {MU_SAY_statement_balance, MU_COLUMN_NUMBER},
    [RULE] = {MU_SAY_statement_rule, MU_COLUMN_TEXT},
    [BOOK] = {MU_SAY_statement_book, MU_COLUMN_NUMBER},
    [OPERATOR] = {MU_SAY_statement_operator, MU_COLUMN_TEXT},
    [NOTE] = {MU_SAY_statement_note, MU_COLUMN_TEXT},
};

static enum mu_status write_entry(struct mu_report *out, const struct mu_points_entry *entry,
                                  enum mu_language language, struct mu_error *error)
{
    char day[MU_DATE_SIZE], served[MU_SERVED_SIZE];
    char about[MU_POINTS_TOLD_SIZE], note[MU_POINTS_TOLD_SIZE];
    const struct mu_report_cell cells[STATEMENT_COLUMNS] = {
        [ENTRY] = {.number = entry->entry_id},
        [DATE] = {.text = day},
        [KIND] = {.text = entry->kind ? mu_message_text(mu_points_kind_name(entry->kind), language)
                                      : ""},
        [ABOUT] = {.text = about},
        [SERVED] = {.text = served},
        [POINTS] = {.number = entry->points.count},
        [BALANCE] = {.number = entry->balance.count},
        [RULE] = {.text = entry->rule_id},
        [BOOK] = {.number = entry->rules_version},
        [OPERATOR] = {.text = entry->operator_name},
        [NOTE] = {.text = note},
    };

    mu_date_format(entry->date, day);
    mu_served_text(entry->minutes, served);
    mu_points_entry_text(entry, language, about);
    mu_points_entry_note(entry, language, note);
    return mu_report_row(out, cells, error);
}

static enum mu_status write_statement(struct mu_report *out, const void *told,
                                      enum mu_language language, struct mu_error *error)
{
    const struct mu_points_statement *statement = told;
    struct mu_report_cell total[STATEMENT_COLUMNS];
    char served[MU_SERVED_SIZE];
    enum mu_status status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < statement->count; i++)
        status = write_entry(out, &statement->entry[i], language, error);
    if (status != MU_OK || !statement->count)
        return status;
    mu_served_text(statement->minutes, served);
    for (size_t i = 0; i < STATEMENT_COLUMNS; i++)
        total[i] = (struct mu_report_cell){.text = ""};
    total[ABOUT].text = mu_message_text(MU_SAY_report_total, language);
    total[SERVED].text = served;
    total[POINTS] = (struct mu_report_cell){
        .number = mu_points_subtract(statement->balance, statement->before).count};
    total[BALANCE] = (struct mu_report_cell){.number = statement->balance.count};
    return mu_report_total(out, total, error);
}

enum mu_status mu_report_points_statement(const struct mu_report_target *target,
                                          const struct mu_points_statement *statement,
                                          enum mu_language language, struct mu_error *error)
{
    char lines[MU_STATEMENT_LINES][MU_POINTS_TOLD_SIZE], title[TITLE_SIZE];
    const struct points_paper paper = {.title = title,
                                       .lines = (const char(*)[MU_POINTS_TOLD_SIZE])lines,
                                       .line_count =
                                           mu_points_statement_lines(statement, language, lines),
                                       .part = statement_parts,
                                       .parts = STATEMENT_COLUMNS,
                                       .entries = statement->entries,
                                       .head = statement->head,
                                       .told = statement,
                                       .rows = write_statement};

    mu_message_format(title, sizeof title, language, MU_SAY_statement_table_title, statement->name,
                      NULL);
    return points_paper_write(target, &paper, language, error);
}
