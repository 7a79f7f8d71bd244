#include "rules/mediation.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <string.h>

static void unless_given(struct mu_span *span, struct mu_span fallback)
{
    if (!span->months && !span->days && !span->working_days)
        *span = fallback;
}

void mu_mediation_complete(struct mu_mediation_rules *rules)
{
    static const struct mu_span month = {.months = 1};

    if (!rules->number[0])
        mu_text_copy(rules->number, sizeof rules->number, "({year})调字第{serial}号");
    unless_given(&rules->limit, month);
    unless_given(&rules->extension, month);
    unless_given(&rules->confirm, (struct mu_span){.days = 30});
    unless_given(&rules->visit, (struct mu_span){.days = 15});
}

int mu_rules_dispute(const struct mu_rules *rules, const char *word)
{
    char asked[MU_RULE_NAME_SIZE], listed[MU_RULE_NAME_SIZE];
    const struct mu_choice *choice;

    if (!mu_text_fold_word(asked, sizeof asked, word) || !*asked)
        return 0;
    for (size_t i = 0; i < rules->mediation.word_count; i++) {
        mu_text_fold(listed, sizeof listed, rules->mediation.words[i].word);
        if (strcmp(asked, listed) == 0)
            return rules->mediation.words[i].dispute;
    }
    choice = mu_choice_by_text(&mu_disputes, asked);
    return choice ? choice->code : 0;
}
