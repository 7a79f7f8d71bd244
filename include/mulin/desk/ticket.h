/* Tickets: handed to the command of the rule book, which nobody waits for. */
#ifndef MULIN_DESK_TICKET_H
#define MULIN_DESK_TICKET_H

#include <mulin/base/error.h>
#include <mulin/desk/desk.h>
#include <mulin/domain/ticket.h>

/* The ticket of a meal as it would be printed now: a copy when it was printed before. MU_INPUT (no
 * such meal), MU_REFUSED (no right), MU_STORE. */
enum mu_status mu_read_ticket(struct mu_desk *desk, int64_t meal_id, struct mu_ticket *out,
                              struct mu_error *error) MU_CHECKED;

/* How tickets are printed by today's book; argument_count 0: they are not. Borrowed as
 * mu_desk_rules. MU_STORE. */
enum mu_status mu_ticket_rules(struct mu_desk *desk, const struct mu_ticket_rules **out,
                               struct mu_error *error) MU_CHECKED;

enum {
    MU_TICKETS_AT_ONCE = 2,  /* commands that run at the same time */
    MU_TICKETS_WAITING = 32, /* tickets that wait behind them */
};

/* Hands the ticket of a meal to the printer, or lets it wait until one that is being printed is
 * done; never waits itself. What becomes of it is told by mu_ticket_result.
 * MU_INPUT (no such meal), MU_REFUSED (no right, no command in the book, too many wait), MU_STORE,
 * MU_MEMORY. */
enum mu_status mu_print_ticket(struct mu_desk *desk, int64_t meal_id,
                               struct mu_error *error) MU_CHECKED;

/* What became of a ticket. */
struct mu_ticket_result {
    int64_t meal_id;
    int number; /* as of struct mu_ticket */
    bool printed;
    struct mu_error why; /* when it was not */
};

/* Looks after what is being printed, and starts what waits; call it now and then. True with the
 * next ticket that came to an end, which is noted in the record file. False: nothing has ended. */
bool mu_ticket_result(struct mu_desk *desk, struct mu_ticket_result *out);
/* How many tickets are being printed or wait. */
size_t mu_tickets_open(const struct mu_desk *desk);

#endif
