/* What the keys of a mapping mean together; members of struct mu_schema. */
#ifndef MULIN_SRC_RULES_CHECK_H
#define MULIN_SRC_RULES_CHECK_H

#include <mulin/base/message.h>

#include <stddef.h>

struct mu_node;
struct mu_reader;

/* Adds a fault at the value of `key`, or at the mapping when it has none. */
void mu_check_fault(struct mu_reader *reader, const struct mu_node *mapping, const char *key,
                    enum mu_message what, const char *argument, const char *second);
/* Adds a fault at a key of an item of the list `list_key`. */
void mu_check_item_fault(struct mu_reader *reader, const struct mu_node *section,
                         const char *list_key, size_t index, const char *key, enum mu_message what,
                         const char *argument, const char *second);
/* No id twice in the list `list_key`: `count` structs of `size` bytes, each of which begins with
 * its id. */
void mu_check_ids(struct mu_reader *reader, const struct mu_node *section, const char *list_key,
                  const void *items, size_t count, size_t size);

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
/* Exactly one of per_hour and per_time; the minutes in order. */
void mu_check_duty(struct mu_reader *reader, const struct mu_node *node, const void *record);
/* No day above the month. */
void mu_check_caps(struct mu_reader *reader, const struct mu_node *node, const void *record);
/* Something, and both ends of the hours. */
void mu_check_bonus_when(struct mu_reader *reader, const struct mu_node *node, const void *record);
/* Gives something. */
void mu_check_bonus(struct mu_reader *reader, const struct mu_node *node, const void *record);
/* Each star above the one before. */
void mu_check_stars(struct mu_reader *reader, const struct mu_node *node, const void *record);
/* Told within the time that points last. */
void mu_check_expiry(struct mu_reader *reader, const struct mu_node *node, const void *record);
/* The scores in order. */
void mu_check_rating(struct mu_reader *reader, const struct mu_node *node, const void *record);
/* The base under the top. */
void mu_check_family(struct mu_reader *reader, const struct mu_node *node, const void *record);
/* Exactly one of its units. */
void mu_check_span(struct mu_reader *reader, const struct mu_node *node, const void *record);
/* Something. */
void mu_check_grade_when(struct mu_reader *reader, const struct mu_node *node, const void *record);
/* The number of a case has the year and the serial number; no word, no id twice. */
void mu_check_mediation(struct mu_reader *reader, const struct mu_node *node, const void *record);
/* No id twice, no two duties of one name in a team. */
void mu_check_points(struct mu_reader *reader, const struct mu_node *node, const void *record);

#endif
