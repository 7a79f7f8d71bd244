/* Lines for a narrow printer, as tickets and receipts are made of. */
#ifndef MULIN_SRC_DOMAIN_PAPER_H
#define MULIN_SRC_DOMAIN_PAPER_H

#include <mulin/base/message.h>

#include <stdbool.h>
#include <stddef.h>

struct mu_paper {
    char *out;
    size_t size; /* of `out`, the NUL counted: what does not fit is left out */
    size_t used;
    int columns; /* cells of a line at most, 20 to 80 */
    enum mu_language language;
};

/* Nothing in a text acts on a printer, and nothing is cut: what is longer goes on in the next line,
 * parted between clusters. */
void mu_paper_lines(struct mu_paper *paper, const char *text, bool centred);
/* The message with {0} and {1}; NULL for none. */
void mu_paper_say(struct mu_paper *paper, enum mu_message message, const char *first,
                  const char *second);
void mu_paper_rule(struct mu_paper *paper);
/* A label, and at the right an amount. */
void mu_paper_amount(struct mu_paper *paper, const char *label, const char *amount);

#endif
