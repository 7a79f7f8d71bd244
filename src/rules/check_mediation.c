#include "rules/check.h"

#include "rules/reader.h"

#include <string.h>

void mu_check_span(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    static const char *const units[] = {"months", "days", "working_days"};
    size_t given = 0;

    (void)record;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!mu_node_value(node, units[i]))
            continue;
        if (++given > 1)
            mu_check_fault(reader, node, units[i], MU_SAY_rules_span_twice, NULL, NULL);
    }
    if (!given)
        mu_reader_fault(reader, node, MU_SAY_rules_span_missing);
}

void mu_check_grade_when(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    (void)record;
    if (node->count == 0)
        mu_reader_fault(reader, node, MU_SAY_rules_grade_when);
}

/* Each mark once, and no other braces. */
static void check_number(struct mu_reader *reader, const struct mu_node *node, const char *number)
{
    static const char *const marks[] = {"{year}", "{serial}"};
    size_t braces = 0, known = 0;

    for (const char *at = number; *at; at++)
        braces += *at == '{' || *at == '}';
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const char *found = strstr(number, marks[i]);

        known += found && !strstr(found + 1, marks[i]) ? 2 : 0;
    }
    if (known != 4 || braces != known)
        mu_check_fault(reader, node, "number", MU_SAY_rules_case_number, NULL, NULL);
}

static void check_words(struct mu_reader *reader, const struct mu_node *node,
                        const struct mu_mediation_rules *rules)
{
    for (size_t i = 1; i < rules->word_count; i++) {
        const char *word = rules->words[i].word;

        for (size_t j = 0; j < i; j++)
            if (*word && strcmp(word, rules->words[j].word) == 0) {
                mu_check_item_fault(reader, node, "words", i, "word", MU_SAY_rules_case_word_twice,
                                    word, NULL);
                break;
            }
    }
}

void mu_check_mediation(struct mu_reader *reader, const struct mu_node *node, const void *record)
{
    const struct mu_mediation_rules *rules = record;

    if (rules->number[0])
        check_number(reader, node, rules->number);
    check_words(reader, node, rules);
    mu_check_ids(reader, node, "grades", rules->grades, rules->grade_count, sizeof *rules->grades);
}
