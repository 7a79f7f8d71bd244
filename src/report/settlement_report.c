#include <mulin/report/settlement.h>

#include <mulin/base/text.h>
#include <mulin/domain/head.h>

#include <stdio.h>
#include <string.h>

enum { COLUMNS = 5, LINES = 40, LINE_SIZE = 512 };

struct writing {
    struct mu_desk *desk;
    const struct mu_settlement_paper *paper;
    enum mu_language language;
    struct mu_report *out;
    char line[LINES][LINE_SIZE];
    size_t lines;
};

static void say(struct writing *writing, enum mu_message message, const char *first,
                const char *second, const char *third, const char *fourth)
{
    if (writing->lines < LINES)
        mu_message_format(writing->line[writing->lines++], LINE_SIZE, writing->language, message,
                          first, second, third, fourth, NULL);
}

static void say_payers(struct writing *writing)
{
    const struct mu_day_totals *totals = writing->paper->totals;
    char money[3][MU_MONEY_SIZE];

    mu_money_format(totals->paid[MU_PAY_CASH], money[0]);
    mu_money_format(totals->paid[MU_PAY_CARD], money[1]);
    mu_money_format(totals->paid[MU_PAY_ACCOUNT], money[2]);
    say(writing, MU_SAY_paper_paid, money[0], money[1], money[2], NULL);
    for (int payer = MU_PAYER_SELF + 1; payer < MU_PAYER_COUNT; payer++)
        if (totals->payer[payer].fen) {
            mu_money_format(totals->payer[payer], money[0]);
            say(writing, MU_SAY_paper_payer,
                mu_message_text(mu_payer_name((enum mu_payer)payer), writing->language), money[0],
                NULL, NULL);
        }
}

static void say_closing(struct writing *writing, const struct mu_settlement *settlement)
{
    const struct mu_closing *closing = &settlement->closing;
    const struct mu_closing_figures *figures = &settlement->figures;
    char number[24], moment[MU_MOMENT_SIZE], money[3][MU_MONEY_SIZE], late[2][24];

    snprintf(number, sizeof number, "%lld", (long long)closing->id);
    mu_moment_format(closing->closed_at, moment);
    moment[10] = ' ';
    moment[16] = '\0';
    say(writing, MU_SAY_closing_who, number, moment, closing->operator_name, closing->second_name);
    mu_money_format(closing->expected, money[0]);
    mu_money_format(closing->counted, money[1]);
    mu_money_format(mu_money_subtract(closing->counted, closing->expected), money[2]);
    say(writing, *closing->reason ? MU_SAY_closing_differs : MU_SAY_closing_agrees, money[0],
        money[1], money[2], closing->reason);
    for (int line = 0; line < MU_CASH_LINES; line++)
        if (figures->cash[line].fen) {
            mu_money_format(figures->cash[line], money[0]);
            say(writing, MU_SAY_paper_payer,
                mu_message_text(mu_cash_line_name((enum mu_cash_line)line), writing->language),
                money[0], NULL, NULL);
        }
    if (figures->late.meals || figures->corrected.meals) {
        snprintf(late[0], sizeof late[0], "%d", figures->late.meals);
        snprintf(late[1], sizeof late[1], "%d", figures->corrected.meals);
        mu_money_format(figures->late.pay, money[0]);
        mu_money_format(figures->corrected.pay, money[1]);
        say(writing, MU_SAY_closing_late, late[0], money[0], late[1], money[1]);
    }
    say(writing, MU_SAY_paper_signatures, NULL, NULL, NULL, NULL);
}

static enum mu_status write_row(struct writing *writing, const struct mu_tier_total *tier,
                                const char *name, bool total, struct mu_error *error)
{
    const struct mu_report_cell cells[COLUMNS] = {{.text = name},
                                                  {.number = tier->meals},
                                                  {.number = tier->price.fen},
                                                  {.number = tier->pay.fen},
                                                  {.number = tier->price.fen - tier->pay.fen}};

    return total ? mu_report_total(writing->out, cells, error)
                 : mu_report_row(writing->out, cells, error);
}

static enum mu_status write_rows(struct writing *writing, struct mu_error *error)
{
    const struct mu_day_totals *totals = writing->paper->totals;
    const struct mu_tier_total sum = {
        .meals = totals->meals, .price = totals->price, .pay = totals->payer[MU_PAYER_SELF]};
    char name[MU_RULE_NAME_SIZE];
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < totals->tier_count && status == MU_OK; i++) {
        mu_tier_name(writing->desk, totals->tier[i].tier, name, sizeof name);
        if (!*totals->tier[i].tier)
            mu_text_copy(name, sizeof name,
                         mu_message_text(MU_SAY_screen_full_price, writing->language));
        status = write_row(writing, &totals->tier[i], name, false, error);
    }
    return status == MU_OK
               ? write_row(writing, &sum,
                           mu_message_text(MU_SAY_settlement_total, writing->language), true, error)
               : status;
}

enum mu_status mu_report_settlement(struct mu_desk *desk, const struct mu_report_target *target,
                                    const struct mu_settlement_paper *paper,
                                    enum mu_language language, struct mu_error *error)
{
    struct writing writing = {.desk = desk, .paper = paper, .language = language};
    const struct mu_report_column columns[COLUMNS] = {
        {mu_message_text(MU_SAY_settlement_tier, language), MU_COLUMN_TEXT},
        {mu_message_text(MU_SAY_settlement_meals, language), MU_COLUMN_NUMBER},
        {mu_message_text(MU_SAY_settlement_price, language), MU_COLUMN_MONEY},
        {mu_message_text(MU_SAY_settlement_paid, language), MU_COLUMN_MONEY},
        {mu_message_text(MU_SAY_settlement_others, language), MU_COLUMN_MONEY}};
    char title[LINE_SIZE], foot[LINE_SIZE], day[MU_DATE_SIZE], name[MU_RULE_NAME_SIZE];
    char head[2][MU_HEAD_SIZE];
    const char *line[LINES];
    struct mu_report_table table = {.language = language,
                                    .title = title,
                                    .lines = line,
                                    .columns = columns,
                                    .column_count = COLUMNS,
                                    .foot = foot};
    enum mu_status status;

    mu_date_format(paper->date, day);
    mu_text_copy(name, sizeof name, mu_message_text(MU_SAY_settlement_whole_day, language));
    if (paper->session)
        mu_session_name(desk, paper->session, name, sizeof name);
    mu_message_format(title, sizeof title, language, MU_SAY_paper_title, day, name, NULL);
    mu_head_print(MU_CHAIN_LEDGER, paper->heads->entries, paper->heads->head, head[0]);
    mu_head_print(MU_CHAIN_AUDIT, paper->heads->audit_entries, paper->heads->audit_head, head[1]);
    mu_message_format(foot, sizeof foot, language, MU_SAY_paper_heads, head[0], head[1], NULL);
    say_payers(&writing);
    for (size_t i = 0; i < paper->count; i++)
        say_closing(&writing, &paper->settlements[i]);
    for (size_t i = 0; i < writing.lines; i++)
        line[i] = writing.line[i];
    table.line_count = writing.lines;
    status = mu_report_begin(&writing.out, target, &table, error);
    if (status != MU_OK)
        return status;
    status = write_rows(&writing, error);
    if (status == MU_OK)
        return mu_report_finish(&writing.out, error);
    mu_report_drop(&writing.out);
    return status;
}
