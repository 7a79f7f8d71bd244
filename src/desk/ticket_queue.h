/* The tickets of a desk that are being printed, or wait. */
#ifndef MULIN_SRC_DESK_TICKET_QUEUE_H
#define MULIN_SRC_DESK_TICKET_QUEUE_H

struct mu_desk;

/* The desk is closed: what is being printed has a second to come to its end; then it is stopped,
 * and what waits is dropped. */
void mu_ticket_queue_free(struct mu_desk *desk);

#endif
