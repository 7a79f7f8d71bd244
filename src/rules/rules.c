#include <mulin/rules.h>

#include "rules/faults.h"
#include "rules/mediation.h"
#include "rules/reader.h"
#include "rules/tree.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

bool mu_payer_from_word(const char *word, enum mu_payer *out)
{
    for (int payer = 0; payer < MU_PAYER_COUNT; payer++)
        if (strcmp(word, mu_payer_word((enum mu_payer)payer)) == 0) {
            *out = (enum mu_payer)payer;
            return true;
        }
    return false;
}

const char *mu_payer_word(enum mu_payer payer)
{
    static const char *const words[MU_PAYER_COUNT] = {
        [MU_PAYER_SELF] = "self",         [MU_PAYER_SUBSIDY] = "subsidy",
        [MU_PAYER_WORKSHOP] = "workshop", [MU_PAYER_CHARITY] = "charity",
        [MU_PAYER_FUND] = "fund",
    };

    return (size_t)payer < MU_PAYER_COUNT ? words[payer] : "";
}

enum mu_message mu_payer_name(enum mu_payer payer)
{
    static const enum mu_message names[MU_PAYER_COUNT] = {
        [MU_PAYER_SELF] = MU_SAY_payer_self,         [MU_PAYER_SUBSIDY] = MU_SAY_payer_subsidy,
        [MU_PAYER_WORKSHOP] = MU_SAY_payer_workshop, [MU_PAYER_CHARITY] = MU_SAY_payer_charity,
        [MU_PAYER_FUND] = MU_SAY_payer_fund,
    };

    return names[payer];
}

static void clear_condition(struct mu_condition *condition)
{
    for (size_t i = 0; i < condition->word_count; i++)
        free(condition->words[i]);
    free(condition->words);
    for (size_t i = 0; i < condition->child_count; i++)
        clear_condition(&condition->children[i]);
    free(condition->children);
}

void mu_rules_free(struct mu_rules **rules)
{
    struct mu_canteen *canteen;

    if (!*rules)
        return;
    canteen = &(*rules)->canteen;
    for (size_t i = 0; i < canteen->tier_count; i++) {
        clear_condition(&canteen->tiers[i].when);
        free(canteen->tiers[i].then);
        free(canteen->tiers[i].payers);
    }
    free(canteen->tiers);
    for (size_t i = 0; i < canteen->session_count; i++)
        free(canteen->sessions[i].prices);
    free(canteen->sessions);
    free(canteen->closed);
    free((*rules)->people.reviews);
    free((*rules)->points.duties);
    free((*rules)->points.bonuses);
    free((*rules)->points.ratings);
    free((*rules)->points.awards);
    free((*rules)->mediation.words);
    free((*rules)->mediation.grades);
    free(*rules);
    *rules = NULL;
}

/* MU_INPUT without a sentence: the faults are in the list. */
static enum mu_status read_book(const char *book, size_t length, struct mu_rules_faults *faults,
                                struct mu_rules *rules, struct mu_error *error)
{
    struct mu_reader reader = {.faults = faults};
    struct mu_tree tree;
    enum mu_status status = mu_tree_read(book, length, faults, &tree, error);

    if (status == MU_OK && !tree.root)
        mu_faults_add(faults, (struct mu_mark){1, 1}, "", MU_SAY_rules_empty, NULL);
    else if (status == MU_OK)
        mu_read_book(&reader, tree.root, rules);
    mu_tree_clear(&tree);
    if (reader.out_of_memory)
        return mu_fail_memory(error);
    return status == MU_OK && faults->count > 0 ? MU_INPUT : status;
}

enum mu_status mu_rules_parse(const char *book, size_t length, struct mu_rules_faults *faults,
                              struct mu_rules **out, struct mu_error *error)
{
    struct mu_rules *rules = NULL;
    enum mu_status status;
    char count[24];

    *faults = (struct mu_rules_faults){0};
    rules = calloc(1, sizeof *rules);
    if (!rules || !mu_faults_init(faults)) {
        free(rules);
        return mu_fail_memory(error);
    }
    status = read_book(book, length, faults, rules, error);
    if (status == MU_OK) {
        mu_mediation_complete(&rules->mediation);
        *out = rules;
        mu_rules_faults_clear(faults);
        return MU_OK;
    }
    mu_rules_free(&rules);
    if (status != MU_INPUT) {
        mu_rules_faults_clear(faults);
        return status;
    }
    snprintf(count, sizeof count, "%zu", faults->count + faults->more);
    return mu_fail(error, MU_INPUT, MU_SAY_rules_faulty, count, NULL);
}

const struct mu_session *mu_rules_session(const struct mu_rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->canteen.session_count; i++) {
        if (strcmp(rules->canteen.sessions[i].id, id) == 0)
            return &rules->canteen.sessions[i];
    }
    return NULL;
}

const struct mu_tier *mu_rules_tier(const struct mu_rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->canteen.tier_count; i++) {
        if (strcmp(rules->canteen.tiers[i].id, id) == 0)
            return &rules->canteen.tiers[i];
    }
    return NULL;
}

const struct mu_duty *mu_rules_duty(const struct mu_rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->points.duty_count; i++)
        if (strcmp(rules->points.duties[i].id, id) == 0)
            return &rules->points.duties[i];
    return NULL;
}

const struct mu_rating_rules *mu_rules_rating(const struct mu_rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->points.rating_count; i++)
        if (strcmp(rules->points.ratings[i].id, id) == 0)
            return &rules->points.ratings[i];
    return NULL;
}

int mu_rules_review_months(const struct mu_register_rules *rules, const char *tag)
{
    static const struct mu_review usual = {"低保", 12};
    const struct mu_review *reviews = rules->reviews ? rules->reviews : &usual;
    size_t count = rules->reviews ? rules->review_count : 1;
    char asked[MU_RULE_NAME_SIZE], listed[MU_RULE_NAME_SIZE];

    mu_text_fold(asked, sizeof asked, tag);
    for (size_t i = 0; i < count; i++) {
        mu_text_fold(listed, sizeof listed, reviews[i].tag);
        if (strcmp(asked, listed) == 0)
            return reviews[i].months;
    }
    return 0;
}

const struct mu_session *mu_rules_session_at(const struct mu_rules *rules, int minute)
{
    for (size_t i = 0; i < rules->canteen.session_count; i++) {
        const struct mu_session *session = &rules->canteen.sessions[i];

        if (session->from <= minute && minute < session->to)
            return session;
    }
    return NULL;
}
