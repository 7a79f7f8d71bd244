/* A ticket for the kitchen or the diner, as text for a narrow printer. */
#ifndef MULIN_DOMAIN_TICKET_H
#define MULIN_DOMAIN_TICKET_H

#include <mulin/domain/canteen.h>
#include <mulin/domain/menu.h>

struct mu_ticket {
    char centre[MU_RULE_NAME_SIZE];
    char session[MU_RULE_NAME_SIZE];
    char tier[MU_RULE_NAME_SIZE]; /* "": full price */
    char diet[MU_NOTE_SIZE];      /* what the kitchen must know, or "" */
    bool ordered;                 /* the meal was ordered: */
    char dish[MU_DISH_SIZE];      /* "": what there is */
    int number;                   /* of the meals of the session, the first is 1 */
    int copy;                     /* 1: the ticket itself */
    struct mu_meal meal;
};

enum { MU_TICKET_SIZE = 4096 }; /* bytes of a ticket at most, the NUL counted */

/* Writes it in lines of at most `columns` cells (20 to 80). Nothing is cut: what is longer goes on
 * in the next line. The name is masked, and nothing in the text acts on a printer. A ticket that is
 * longer than MU_TICKET_SIZE, which none is, ends there. */
void mu_ticket_write(const struct mu_ticket *ticket, int columns, enum mu_language language,
                     char out[MU_TICKET_SIZE]);

#endif
