#include <mulin/domain/ticket.h>

#include "domain/paper.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

/* A label, and at the right the amount. */
static void amount(struct mu_paper *paper, const char *label, struct mu_money money)
{
    char text[MU_MONEY_SIZE];

    mu_money_format(money, text);
    mu_paper_amount(paper, label, text);
}

static void write_payment(struct mu_paper *paper, const struct mu_meal *meal)
{
    char label[96];

    amount(paper, mu_message_text(MU_SAY_ticket_price, paper->language), meal->price);
    mu_message_format(label, sizeof label, paper->language, MU_SAY_ticket_pay,
                      mu_message_text(mu_pay_method_name(meal->method), paper->language), NULL);
    amount(paper, label, meal->pay);
    for (size_t i = 0; i < meal->share_count; i++)
        amount(paper, mu_message_text(mu_payer_name(meal->share[i].payer), paper->language),
               meal->share[i].amount);
}

void mu_ticket_write(const struct mu_ticket *ticket, int columns, enum mu_language language,
                     char out[MU_TICKET_SIZE])
{
    struct mu_paper paper = {
        .out = out, .size = MU_TICKET_SIZE, .columns = columns, .language = language};
    const struct mu_meal *meal = &ticket->meal;
    char number[24], name[MU_PERSON_NAME_SIZE], day[MU_DATE_SIZE], time[MU_CLOCK_SIZE];

    *out = '\0';
    mu_paper_lines(&paper, ticket->centre, true);
    mu_paper_rule(&paper);
    snprintf(number, sizeof number, "%d", ticket->number);
    mu_paper_say(&paper, MU_SAY_ticket_number, ticket->session, number);
    if (meal->void_entry_id)
        mu_paper_lines(&paper, mu_message_text(MU_SAY_ticket_voided, language), true);
    if (ticket->copy > 1) {
        char copy[64];

        snprintf(number, sizeof number, "%d", ticket->copy);
        mu_message_format(copy, sizeof copy, language, MU_SAY_ticket_copy, number, NULL);
        mu_paper_lines(&paper, copy, true);
    }
    mu_date_format(meal->date, day);
    mu_clock_format(meal->served_at.minute, time);
    mu_paper_say(&paper, MU_SAY_ticket_time, day, time);
    if (meal->resident_id)
        mu_name_mask(meal->name, name);
    else
        mu_text_copy(name, sizeof name, meal->name);
    mu_paper_lines(&paper, name, false);
    mu_paper_lines(&paper,
                   *ticket->tier ? ticket->tier : mu_message_text(MU_SAY_ticket_full, language),
                   false);
    if (ticket->ordered)
        mu_paper_say(&paper, MU_SAY_ticket_dish,
                     *ticket->dish ? ticket->dish
                                   : mu_message_text(MU_SAY_kitchen_any_dish, language),
                     NULL);
    if (*ticket->diet) {
        char diet[MU_NOTE_SIZE];

        mu_text_copy(diet, sizeof diet, ticket->diet);
        for (char *at = diet; (at = strchr(at, '\n')) != NULL;)
            *at = ' ';
        mu_paper_say(&paper, MU_SAY_ticket_diet, diet, NULL);
    }
    if (*meal->note)
        mu_paper_say(&paper, MU_SAY_ticket_note, meal->note, NULL);
    mu_paper_rule(&paper);
    write_payment(&paper, meal);
    mu_paper_rule(&paper);
    snprintf(number, sizeof number, "%lld", (long long)meal->id);
    mu_paper_say(&paper, MU_SAY_ticket_meal, number, NULL);
}
