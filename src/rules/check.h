/* What the keys of a mapping mean together; members of struct mu_schema. */
#ifndef MULIN_SRC_RULES_CHECK_H
#define MULIN_SRC_RULES_CHECK_H

struct mu_node;
struct mu_reader;

/* At least one of from and to, in order. */
void mu_check_age(struct mu_reader *reader, const struct mu_node *node, const void *record);
/* Opens before it closes. */
void mu_check_dated_price(struct mu_reader *reader, const struct mu_node *node, const void *record);
void mu_check_closed(struct mu_reader *reader, const struct mu_node *node, const void *record);
void mu_check_session(struct mu_reader *reader, const struct mu_node *node, const void *record);
/* Exactly one of price and off. */
void mu_check_reduction(struct mu_reader *reader, const struct mu_node *node, const void *record);
/* Exactly one payer. */
void mu_check_share(struct mu_reader *reader, const struct mu_node *node, const void *record);
/* A reduction; payer or payers, the last of whom pays the rest. */
void mu_check_tier(struct mu_reader *reader, const struct mu_node *node, const void *record);
/* No id twice, no two sessions at one time, no payer who is never asked. */
void mu_check_canteen(struct mu_reader *reader, const struct mu_node *node, const void *record);
/* Not more meals had than there were. */
void mu_check_alert_rules(struct mu_reader *reader, const struct mu_node *node, const void *record);
/* One word. */
void mu_check_review(struct mu_reader *reader, const struct mu_node *node, const void *record);
/* The ages in order, no tag twice. */
void mu_check_register(struct mu_reader *reader, const struct mu_node *node, const void *record);

#endif
