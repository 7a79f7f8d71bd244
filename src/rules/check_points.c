#include "rules/check.h"

#include "rules/reader.h"

#include <string.h>

void mu_check_duty(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    const struct mu_duty *duty = record;
    bool hour = mu_node_value(node, "per_hour") != NULL;
    bool time = mu_node_value(node, "per_time") != NULL;

    if (hour && time)
        mu_check_fault(reader, node, "per_time", MU_SAY_rules_duty_both, NULL, NULL);
    else if (!hour && !time)
        mu_reader_fault(reader, node, MU_SAY_rules_duty_neither);
    if (duty->minimum > duty->longest)
        mu_check_fault(reader, node, mu_node_value(node, "minimum") ? "minimum" : "longest",
                       MU_SAY_rules_duty_minutes, NULL, NULL);
}

void mu_check_caps(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    const struct mu_points_rules *rules = record;

    if (rules->cap_per_month && rules->cap_per_day > rules->cap_per_month)
        mu_check_fault(reader, node, "per_day", MU_SAY_rules_caps_order, NULL, NULL);
}

void mu_check_bonus_when(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    const struct mu_bonus_when *when = record;
    const struct mu_node *from = mu_node_value(node, "from"), *to = mu_node_value(node, "to");

    if (node->count == 0)
        mu_reader_fault(reader, node, MU_SAY_rules_bonus_when);
    else if (!from != !to)
        mu_check_fault(reader, node, from ? "from" : "to", MU_SAY_rules_bonus_clock, NULL, NULL);
    else if (when->from >= 0 && when->from == when->to)
        mu_check_fault(reader, node, "to", MU_SAY_rules_bonus_clock_same, NULL, NULL);
}

void mu_check_bonus(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    (void)record;
    if (!mu_node_value(node, "times") && !mu_node_value(node, "add"))
        mu_reader_fault(reader, node, MU_SAY_rules_bonus_nothing);
}

void mu_check_stars(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    const struct mu_star_rules *stars = record;

    for (size_t i = 1; i < stars->count; i++)
        if (stars->levels[i] && stars->levels[i] <= stars->levels[i - 1]) {
            mu_check_fault(reader, node, "levels", MU_SAY_rules_stars_rising, NULL, NULL);
            return;
        }
}

void mu_check_expiry(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    const struct mu_points_rules *rules = record;

    if (rules->expiry_months && rules->expiry_notice > rules->expiry_months)
        mu_check_fault(reader, node, "notice", MU_SAY_rules_expiry_notice, NULL, NULL);
}

void mu_check_rating(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    const struct mu_rating_rules *rating = record;

    if (rating->from >= rating->to)
        mu_check_fault(reader, node, "to", MU_SAY_rules_rating_order, NULL, NULL);
}

void mu_check_family(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    const struct mu_points_rules *rules = record;

    if (rules->family_base > rules->family_top)
        mu_check_fault(reader, node, "top", MU_SAY_rules_family_order, NULL, NULL);
}

/* People name a duty by what it is called, so that a team has no two of one name. */
static void check_names(struct mu_reader *reader, const struct mu_node *node,
                        const struct mu_points_rules *rules)
{
    for (size_t i = 1; i < rules->duty_count; i++) {
        const struct mu_duty *duty = &rules->duties[i];

        for (size_t j = 0; j < i; j++)
            if (duty->name[0] && strcmp(duty->name, rules->duties[j].name) == 0 &&
                strcmp(duty->team, rules->duties[j].team) == 0) {
                mu_check_item_fault(reader, node, "duties", i, "name", MU_SAY_rules_duty_twice,
                                    duty->name, rules->duties[j].id);
                break;
            }
    }
}

void mu_check_points(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    const struct mu_points_rules *rules = record;

    mu_check_ids(reader, node, "duties", rules->duties, rules->duty_count, sizeof *rules->duties);
    mu_check_ids(reader, node, "bonuses", rules->bonuses, rules->bonus_count,
                 sizeof *rules->bonuses);
    mu_check_ids(reader, node, "ratings", rules->ratings, rules->rating_count,
                 sizeof *rules->ratings);
    mu_check_ids(reader, node, "awards", rules->awards, rules->award_count, sizeof *rules->awards);
    check_names(reader, node, rules);
}
