#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <mulin/domain/audit.h>
#include <mulin/domain/canteen.h>
#include <mulin/domain/ledger.h>

static struct mu_entry lunch(void)
{
    return (struct mu_entry){
        .id = 1,
        .book = MU_BOOK_MEALS,
        .date = {2026, 11, 22},
        .recorded_at = {{2026, 11, 22}, 11 * 60 + 30, 0},
        .operator_id = 1,
        .rule_id = "tier-80",
        .rules_version = 1,
        .resident_id = 7,
        .idempotency_key = "k1",
        .posting_count = 3,
        .posting = {{"cash", 800}, {"payer:subsidy", 700}, {"income", -1500}},
    };
}

/* The expected value was computed by another program from the description in ledger.h. */
static void the_hash_is_what_the_header_says(void **state)
{
    const unsigned char none[MU_HASH_SIZE] = {0};
    const struct mu_entry entry = lunch();
    unsigned char hash[MU_HASH_SIZE];
    char text[2 * MU_HASH_SIZE + 1];

    (void)state;
    mu_entry_hash(&entry, none, hash);
    mu_hash_text(hash, sizeof hash, text);
    assert_string_equal(text, "ff0351fff59cf23f348f03f45411c49bb513254060e5535c52c3839ff17144f9");
}

static void a_document_is_hashed_with_the_entry(void **state)
{
    const unsigned char none[MU_HASH_SIZE] = {0};
    struct mu_entry entry = lunch();
    unsigned char hash[MU_HASH_SIZE];
    char text[2 * MU_HASH_SIZE + 1];

    (void)state;
    entry.documented = true;
    for (size_t i = 0; i < MU_HASH_SIZE; i++)
        entry.document[i] = (unsigned char)i;
    mu_entry_hash(&entry, none, hash);
    mu_hash_text(hash, sizeof hash, text);
    assert_string_equal(text, "03ea396dfcbec87289c04ff2fa17db88bcdf76c31348e201ab8894ad18d7f4c1");
}

/* Computed by another program as well. */
static void the_hash_of_a_meal(void **state)
{
    const struct mu_meal meal = {.id = 5,
                                 .resident_id = 7,
                                 .date = {2026, 11, 22},
                                 .session = "lunch",
                                 .tier = "tier-80",
                                 .quota_slot = 3,
                                 .price = {1500},
                                 .pay = {800},
                                 .share = {{MU_PAYER_SUBSIDY, {700}}},
                                 .share_count = 1,
                                 .method = MU_PAY_CASH,
                                 .note = "打包",
                                 .served_at = {{2026, 11, 22}, 11 * 60 + 30, 0}};
    unsigned char book[MU_HASH_SIZE], hash[MU_HASH_SIZE];
    char text[2 * MU_HASH_SIZE + 1];

    (void)state;
    memset(book, 7, sizeof book);
    mu_meal_hash(&meal, "k1", book, hash);
    mu_hash_text(hash, sizeof hash, text);
    assert_string_equal(text, "34465b49a48986c2b63d47541cf60f9840e589a7158610982847700c68566057");
}

static void every_field_counts(void **state)
{
    const unsigned char none[MU_HASH_SIZE] = {0}, other[MU_HASH_SIZE] = {1};
    unsigned char before[MU_HASH_SIZE], after[MU_HASH_SIZE];
    struct mu_entry entry = lunch(), changed;

    (void)state;
    mu_entry_hash(&entry, none, before);
#define CHANGE(statement)                                                                          \
    do {                                                                                           \
        changed = entry;                                                                           \
        statement;                                                                                 \
        mu_entry_hash(&changed, none, after);                                                      \
        assert_memory_not_equal(before, after, MU_HASH_SIZE);                                      \
    } while (0)
    CHANGE(changed.id = 2);
    CHANGE(changed.book = MU_BOOK_FUND);
    CHANGE(changed.date.day = 21);
    CHANGE(changed.recorded_at.second = 1);
    CHANGE(changed.operator_id = 2);
    CHANGE(strcpy(changed.rule_id, "tier-60"));
    CHANGE(changed.rules_version = 2);
    CHANGE(changed.resident_id = 0);
    CHANGE(changed.reverses = 1);
    CHANGE(strcpy(changed.reason, "x"));
    CHANGE(strcpy(changed.idempotency_key, "k2"));
    CHANGE(changed.documented = true);
    CHANGE(changed.posting[0].amount = 801);
    CHANGE(strcpy(changed.posting[0].account, "card"));
    CHANGE(changed.posting_count = 2);
    mu_entry_hash(&entry, other, after);
    assert_memory_not_equal(before, after, MU_HASH_SIZE);
}

static void every_field_of_the_trail_counts(void **state)
{
    const unsigned char none[MU_HASH_SIZE] = {0}, other[MU_HASH_SIZE] = {1};
    unsigned char before[MU_HASH_SIZE], after[MU_HASH_SIZE];
    struct mu_audit_record changed;
    const struct mu_audit_record record = {
        .id = 1, .recorded_at = {{2026, 11, 22}, 690, 0}, .operator_id = 1, .resident_id = 7};

    (void)state;
    mu_audit_hash(&record, none, before);
#define CHANGE_RECORD(statement)                                                                   \
    do {                                                                                           \
        changed = record;                                                                          \
        statement;                                                                                 \
        mu_audit_hash(&changed, none, after);                                                      \
        assert_memory_not_equal(before, after, MU_HASH_SIZE);                                      \
    } while (0)
    CHANGE_RECORD(changed.id = 2);
    CHANGE_RECORD(changed.recorded_at.second = 1);
    CHANGE_RECORD(changed.operator_id = 2);
    CHANGE_RECORD(strcpy(changed.terminal, "pts/1"));
    CHANGE_RECORD(strcpy(changed.action, "reveal"));
    CHANGE_RECORD(changed.resident_id = 0);
    CHANGE_RECORD(strcpy(changed.subject, "phone"));
    CHANGE_RECORD(strcpy(changed.before, "note=a"));
    CHANGE_RECORD(strcpy(changed.after, "note=b"));
    CHANGE_RECORD(strcpy(changed.reason, "x"));
    mu_audit_hash(&record, other, after);
    assert_memory_not_equal(before, after, MU_HASH_SIZE);
}

static void a_reversal_takes_every_amount_back(void **state)
{
    struct mu_entry entry = lunch(), reversal;
    int64_t left = 0;

    (void)state;
    mu_entry_reversal(&entry, &reversal);
    assert_true(mu_entry_balanced(&reversal));
    assert_int_equal(reversal.reverses, entry.id);
    for (size_t i = 0; i < entry.posting_count; i++) {
        assert_string_equal(reversal.posting[i].account, entry.posting[i].account);
        left += entry.posting[i].amount + reversal.posting[i].amount;
        assert_int_equal(left, 0);
    }
}

static void only_two_or_more_postings_that_sum_to_zero_balance(void **state)
{
    struct mu_entry entry = lunch();

    (void)state;
    assert_true(mu_entry_balanced(&entry));
    entry.posting[2].amount = -1499;
    assert_false(mu_entry_balanced(&entry));
    entry.posting_count = 1;
    entry.posting[0].amount = 0;
    assert_false(mu_entry_balanced(&entry));
    entry.posting_count = 3;
    entry.posting[0].amount = INT64_MAX;
    entry.posting[1].amount = 1;
    assert_false(mu_entry_balanced(&entry));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_hash_is_what_the_header_says),
        cmocka_unit_test(a_document_is_hashed_with_the_entry),
        cmocka_unit_test(the_hash_of_a_meal),
        cmocka_unit_test(every_field_counts),
        cmocka_unit_test(every_field_of_the_trail_counts),
        cmocka_unit_test(a_reversal_takes_every_amount_back),
        cmocka_unit_test(only_two_or_more_postings_that_sum_to_zero_balance),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
