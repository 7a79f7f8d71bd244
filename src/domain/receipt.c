#include <mulin/domain/goods.h>

#include "domain/paper.h"

#include <inttypes.h>
#include <stdio.h>

static void amount(struct mu_paper *paper, const char *label, struct mu_points points)
{
    char text[MU_POINTS_SIZE];

    mu_points_format(points, text);
    mu_paper_amount(paper, label, text);
}

static void write_line(struct mu_paper *paper, const struct mu_receipt_line *line)
{
    char label[MU_GOODS_NAME_SIZE + MU_GOODS_UNIT_SIZE + 64], pieces[24];

    snprintf(pieces, sizeof pieces, "%" PRId64, line->pieces);
    mu_message_format(
        label, sizeof label, paper->language,
        line->returned ? MU_SAY_receipt_line_back : MU_SAY_receipt_line, line->name, pieces,
        *line->unit ? line->unit : mu_message_text(MU_SAY_goods_piece, paper->language), NULL);
    amount(paper, label, line->points);
}

void mu_receipt_write(const struct mu_receipt *receipt, int columns, enum mu_language language,
                      char out[MU_RECEIPT_SIZE])
{
    struct mu_paper paper = {
        .out = out, .size = MU_RECEIPT_SIZE, .columns = columns, .language = language};
    char number[24], name[MU_PERSON_NAME_SIZE], day[MU_DATE_SIZE], time[MU_CLOCK_SIZE];

    *out = '\0';
    mu_paper_lines(&paper, receipt->centre, true);
    mu_paper_lines(
        &paper,
        mu_message_text(receipt->back ? MU_SAY_receipt_back : MU_SAY_receipt_title, language),
        true);
    mu_paper_rule(&paper);
    mu_date_format(receipt->moved_at.date, day);
    mu_clock_format(receipt->moved_at.minute, time);
    mu_paper_say(&paper, MU_SAY_receipt_time, day, time);
    mu_name_mask(receipt->name, name);
    mu_paper_lines(&paper, name, false);
    mu_paper_rule(&paper);
    for (size_t i = 0; i < receipt->count; i++)
        write_line(&paper, &receipt->line[i]);
    mu_paper_rule(&paper);
    amount(&paper,
           mu_message_text(receipt->back ? MU_SAY_receipt_sum_back : MU_SAY_receipt_sum, language),
           receipt->sum);
    amount(&paper, mu_message_text(MU_SAY_receipt_balance, language), receipt->balance);
    mu_paper_rule(&paper);
    snprintf(number, sizeof number, "%" PRId64, receipt->number);
    mu_paper_say(&paper, MU_SAY_receipt_number, number, receipt->operator_name);
    snprintf(number, sizeof number, "%" PRId64, receipt->entry_id);
    mu_paper_say(&paper, MU_SAY_receipt_entry, number, NULL);
}
