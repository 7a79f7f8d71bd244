#include "rules/check.h"

#include "rules/reader.h"

#include <mulin/base/date.h>

#include <string.h>

void mu_check_fault(struct mu_reader *reader, const struct mu_node *mapping, const char *key,
                    enum mu_message what, const char *argument, const char *second)
{
    const struct mu_node *value = mu_node_value(mapping, key);
    size_t mark = mu_path_push_key(&reader->path, key);

    mu_reader_fault(reader, value ? value : mapping, what, argument, second);
    mu_path_pop(&reader->path, mark);
}

void mu_check_age(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    const struct mu_condition *condition = record;

    if (node->count == 0)
        mu_reader_fault(reader, node, MU_SAY_rules_age_open);
    else if (condition->age_from > condition->age_to)
        mu_check_fault(reader, node, "to", MU_SAY_rules_age_order, NULL, NULL);
}

static void check_days(struct mu_reader *reader, const struct mu_node *node, struct mu_date from,
                       struct mu_date to)
{
    if (mu_date_known(from) && mu_date_known(to) && mu_date_compare(from, to) > 0)
        mu_check_fault(reader, node, "to", MU_SAY_rules_days_order, NULL, NULL);
}

void mu_check_dated_price(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    const struct mu_dated_price *price = record;

    check_days(reader, node, price->from, price->to);
}

void mu_check_closed(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    const struct mu_closed_days *closed = record;

    check_days(reader, node, closed->from, closed->to);
}

void mu_check_session(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    const struct mu_session *session = record;

    if (session->from >= 0 && session->to >= 0 && session->from >= session->to)
        mu_check_fault(reader, node, "to", MU_SAY_rules_session_order, NULL, NULL);
}

void mu_check_reduction(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    bool price = mu_node_value(node, "price") != NULL;
    bool off = mu_node_value(node, "off") != NULL;

    (void)record;
    if (price && off)
        mu_check_fault(reader, node, "off", MU_SAY_rules_reduction_twice, NULL, NULL);
    else if (!price && !off)
        mu_reader_fault(reader, node, MU_SAY_rules_reduction_missing);
}

void mu_check_share(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    (void)record;
    if (node->count != 2)
        mu_reader_fault(reader, node, MU_SAY_rules_share_one);
}

static const struct mu_node *item(const struct mu_node *list, size_t index)
{
    const struct mu_node *node = list->item;

    while (index-- > 0)
        node = node->next;
    return node;
}

void mu_check_tier(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    const struct mu_node *list = mu_node_value(node, "payers");
    const struct mu_tier *tier = record;

    mu_check_reduction(reader, node, record);
    if (list && mu_node_value(node, "payer"))
        mu_check_fault(reader, node, "payers", MU_SAY_rules_payer_twice, NULL, NULL);
    else if (!list && !mu_node_value(node, "payer"))
        mu_reader_fault(reader, node, MU_SAY_rules_key_missing, "payer", "subsidy");
    else if (list && list->kind == MU_NODE_LIST && tier->payer_count == list->count &&
             !tier->payers[tier->payer_count - 1].rest)
        mu_check_fault(reader, node, "payers", MU_SAY_rules_share_rest, NULL, NULL);
}

void mu_check_item_fault(struct mu_reader *reader, const struct mu_node *section,
                         const char *list_key, size_t index, const char *key, enum mu_message what,
                         const char *argument, const char *second)
{
    size_t mark = mu_path_push_key(&reader->path, list_key);

    mu_path_push_index(&reader->path, index);
    mu_check_fault(reader, item(mu_node_value(section, list_key), index), key, what, argument,
                   second);
    mu_path_pop(&reader->path, mark);
}

/* True when both times were read and are in order. */
static bool timed(const struct mu_session *session)
{
    return session->from >= 0 && session->from < session->to;
}

static bool overlap(const struct mu_session *a, const struct mu_session *b)
{
    return timed(a) && timed(b) && a->from < b->to && b->from < a->to;
}

static void check_sessions(struct mu_reader *reader, const struct mu_node *node,
                           const struct mu_canteen *canteen)
{
    for (size_t i = 1; i < canteen->session_count; i++) {
        const struct mu_session *session = &canteen->sessions[i];

        for (size_t j = 0; j < i; j++) {
            const struct mu_session *other = &canteen->sessions[j];

            if (session->id[0] && strcmp(session->id, other->id) == 0)
                mu_check_item_fault(reader, node, "sessions", i, "id", MU_SAY_rules_id_twice,
                                    session->id, NULL);
            if (overlap(session, other)) {
                char from[MU_CLOCK_SIZE], to[MU_CLOCK_SIZE], times[32];

                mu_clock_format(other->from, from);
                mu_clock_format(other->to, to);
                snprintf(times, sizeof times, "%s-%s", from, to);
                mu_check_item_fault(reader, node, "sessions", i, "from",
                                    MU_SAY_rules_session_overlap, other->id, times);
            }
        }
    }
}

/* A payer comes once, and one who pays all that is left has others behind only when the money can
 * run out. */
static bool payers_reached(const struct mu_canteen *canteen, const struct mu_tier *tier)
{
    for (size_t i = 0; i + 1 < tier->payer_count; i++) {
        const struct mu_share *share = &tier->payers[i];

        if (share->rest && !canteen->payers[share->payer].funded)
            return false;
        for (size_t j = i + 1; j < tier->payer_count; j++)
            if (tier->payers[j].payer == share->payer)
                return false;
    }
    return true;
}

static void check_payers(struct mu_reader *reader, const struct mu_node *node,
                         const struct mu_canteen *canteen)
{
    for (size_t i = 0; i < canteen->tier_count; i++)
        if (!payers_reached(canteen, &canteen->tiers[i]))
            mu_check_item_fault(reader, node, "tiers", i, "payers", MU_SAY_rules_share_unreached,
                                NULL, NULL);
}

void mu_check_ids(struct mu_reader *reader, const struct mu_node *section, const char *list_key,
                  const void *items, size_t count, size_t size)
{
    for (size_t i = 1; i < count; i++) {
        const char *id = (const char *)items + i * size;

        for (size_t j = 0; id[0] && j < i; j++)
            if (strcmp(id, (const char *)items + j * size) == 0) {
                mu_check_item_fault(reader, section, list_key, i, "id", MU_SAY_rules_id_twice, id,
                                    NULL);
                break;
            }
    }
}

void mu_check_canteen(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    const struct mu_canteen *canteen = record;

    check_sessions(reader, node, canteen);
    mu_check_ids(reader, node, "tiers", canteen->tiers, canteen->tier_count,
                 sizeof *canteen->tiers);
    check_payers(reader, node, canteen);
}

void mu_check_alert_rules(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    const struct mu_alert_rules *rules = record;

    if (rules->regular_meals > rules->regular_of)
        mu_check_fault(reader, node, "regular_meals", MU_SAY_rules_alert_regular, NULL, NULL);
}

void mu_check_review(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    const struct mu_review *review = record;

    if (!mu_value_one_word(review->tag))
        mu_check_fault(reader, node, "tag", MU_SAY_rules_tag_several, review->tag, NULL);
}

void mu_check_register(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    const struct mu_register_rules *rules = record;

    if (rules->elder_from > rules->advanced_age_from)
        mu_check_fault(reader, node, "advanced_age_from", MU_SAY_rules_register_ages, NULL, NULL);
    for (size_t i = 1; i < rules->review_count; i++) {
        const char *tag = rules->reviews[i].tag;

        for (size_t j = 0; j < i; j++) {
            if (tag[0] && strcmp(tag, rules->reviews[j].tag) == 0) {
                mu_check_item_fault(reader, node, "reviews", i, "tag", MU_SAY_rules_tag_twice, tag,
                                    NULL);
                break;
            }
        }
    }
}
