/* A book with the shortest canteen, to which a story adds its keys, and what is told of it. */
#ifndef MULIN_TESTS_UNIT_RULE_FAULTS_H
#define MULIN_TESTS_UNIT_RULE_FAULTS_H

#include <mulin/rules.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#define CANTEEN                                                                                    \
    "centre: {name: 云鹭湾社区党群服务中心, division: \"330205\"}\n"                    \
    "canteen:\n  sessions: [{id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: "     \
    "15.00}]\n"

static inline struct mu_rules *good(const char *book)
{
    struct mu_rules_faults faults;
    struct mu_rules *rules = NULL;
    struct mu_error error;

    assert_int_equal(mu_rules_parse(book, strlen(book), &faults, &rules, &error), MU_OK);
    return rules;
}

/* The book has exactly these faults, a line each. */
static inline void expect_faults(const char *book, const char *expected)
{
    struct mu_rules_faults faults;
    struct mu_rules *rules = NULL;
    struct mu_error error;
    char text[4096] = "";

    assert_int_equal(mu_rules_parse(book, strlen(book), &faults, &rules, &error), MU_INPUT);
    for (size_t i = 0; i < faults.count; i++) {
        size_t used = strlen(text);

        mu_rules_fault_text(&faults.fault[i], "b", MU_ENGLISH, text + used, sizeof text - used - 1);
        strcat(text, "\n");
    }
    assert_string_equal(text, expected);
    mu_rules_faults_clear(&faults);
}

#endif
