#include <mulin/domain/ticket.h>

#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum { LINE_SIZE = 2 * MU_NOTE_SIZE };

struct paper {
    char *out;
    size_t used;
    int columns;
    enum mu_language language;
};

static void put(struct paper *paper, const char *text, size_t length)
{
    if (paper->used + length < MU_TICKET_SIZE) {
        memcpy(paper->out + paper->used, text, length);
        paper->used += length;
    }
    paper->out[paper->used] = '\0';
}

static void blanks(struct paper *paper, int count)
{
    while (count-- > 0)
        put(paper, " ", 1);
}

/* The text in lines of the paper's width, parted between clusters. */
static void lines(struct paper *paper, const char *text, bool centred)
{
    char inert[LINE_SIZE];
    size_t length;
    int cells;

    mu_text_inert(inert, sizeof inert, text);
    for (const char *at = inert; (length = mu_text_fit(at, paper->columns, &cells)) > 0;
         at += length) {
        if (centred)
            blanks(paper, (paper->columns - cells) / 2);
        put(paper, at, length);
        put(paper, "\n", 1);
    }
}

static void say(struct paper *paper, enum mu_message message, const char *first, const char *second)
{
    char line[LINE_SIZE];

    mu_message_format(line, sizeof line, paper->language, message, first, second, NULL);
    lines(paper, line, false);
}

static void rule(struct paper *paper)
{
    for (int i = 0; i < paper->columns; i++)
        put(paper, "-", 1);
    put(paper, "\n", 1);
}

/* A label, and at the right the amount. */
static void amount(struct paper *paper, const char *label, struct mu_money money)
{
    char text[MU_MONEY_SIZE];
    int room;

    mu_money_format(money, text);
    room = paper->columns - mu_text_cells(label) - mu_text_cells(text);
    if (room < 1) {
        lines(paper, label, false);
        room = paper->columns - mu_text_cells(text);
    } else {
        put(paper, label, strlen(label));
    }
    blanks(paper, room);
    put(paper, text, strlen(text));
    put(paper, "\n", 1);
}

static void write_payment(struct paper *paper, const struct mu_meal *meal)
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
    struct paper paper = {.out = out, .columns = columns, .language = language};
    const struct mu_meal *meal = &ticket->meal;
    char number[24], name[MU_PERSON_NAME_SIZE], day[MU_DATE_SIZE], time[MU_CLOCK_SIZE];

    *out = '\0';
    lines(&paper, ticket->centre, true);
    rule(&paper);
    snprintf(number, sizeof number, "%d", ticket->number);
    say(&paper, MU_SAY_ticket_number, ticket->session, number);
    if (meal->void_entry_id)
        lines(&paper, mu_message_text(MU_SAY_ticket_voided, language), true);
    if (ticket->copy > 1) {
        char copy[64];

        snprintf(number, sizeof number, "%d", ticket->copy);
        mu_message_format(copy, sizeof copy, language, MU_SAY_ticket_copy, number, NULL);
        lines(&paper, copy, true);
    }
    mu_date_format(meal->date, day);
    mu_clock_format(meal->served_at.minute, time);
    say(&paper, MU_SAY_ticket_time, day, time);
    if (meal->resident_id)
        mu_name_mask(meal->name, name);
    else
        mu_text_copy(name, sizeof name, meal->name);
    lines(&paper, name, false);
    lines(&paper, *ticket->tier ? ticket->tier : mu_message_text(MU_SAY_ticket_full, language),
          false);
    if (ticket->ordered)
        say(&paper, MU_SAY_ticket_dish,
            *ticket->dish ? ticket->dish : mu_message_text(MU_SAY_kitchen_any_dish, language),
            NULL);
    if (*ticket->diet) {
        char diet[MU_NOTE_SIZE];

        mu_text_copy(diet, sizeof diet, ticket->diet);
        for (char *at = diet; (at = strchr(at, '\n')) != NULL;)
            *at = ' ';
        say(&paper, MU_SAY_ticket_diet, diet, NULL);
    }
    if (*meal->note)
        say(&paper, MU_SAY_ticket_note, meal->note, NULL);
    rule(&paper);
    write_payment(&paper, meal);
    rule(&paper);
    snprintf(number, sizeof number, "%lld", (long long)meal->id);
    say(&paper, MU_SAY_ticket_meal, number, NULL);
}
