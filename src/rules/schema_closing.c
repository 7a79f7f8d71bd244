/* How a book has sessions closed and tickets printed. */
#include "rules/schema.h"

#include <stddef.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct mu_schema_word seconds[] = {
    {"sign", MU_SECOND_SIGNS}, {"name", MU_SECOND_NAMED}, {NULL, 0}};

static const struct mu_schema_key closing_keys[] = {
    {.name = "second",
     .kind = MU_VALUE_WORD,
     .offset = offsetof(struct mu_closing_rules, second),
     .words = seconds,
     .example = "sign"},
};

const struct mu_schema mu_schema_closing = {
    .name = "canteen.closing", .key = closing_keys, .count = COUNT(closing_keys)};

static const struct mu_schema_word encodings[] = {
    {"utf-8", MU_TICKET_UTF8}, {"gb18030", MU_TICKET_GB18030}, {NULL, 0}};

static const struct mu_schema_key ticket_keys[] = {
    {.name = "command",
     .kind = MU_VALUE_TEXTS,
     .required = true,
     .offset = offsetof(struct mu_ticket_rules, argument),
     .count_offset = offsetof(struct mu_ticket_rules, argument_count),
     .maximum = MU_TICKET_ARGUMENTS,
     .example = "[lp, -d, kitchen]"},
    {.name = "columns",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_ticket_rules, columns),
     .minimum = 24,
     .maximum = 80,
     .fallback = 32,
     .example = "32"},
    {.name = "encoding",
     .kind = MU_VALUE_WORD,
     .offset = offsetof(struct mu_ticket_rules, encoding),
     .words = encodings,
     .example = "utf-8"},
    {.name = "seconds",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_ticket_rules, seconds),
     .minimum = 1,
     .maximum = 60,
     .fallback = 10,
     .example = "10"},
};

const struct mu_schema mu_schema_tickets = {
    .name = "canteen.tickets", .key = ticket_keys, .count = COUNT(ticket_keys)};
