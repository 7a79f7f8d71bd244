/* The canteen's records: meals as they were served, and the sums over them. */
#ifndef MULIN_DOMAIN_CANTEEN_H
#define MULIN_DOMAIN_CANTEEN_H

#include <mulin/base/date.h>
#include <mulin/base/money.h>
#include <mulin/domain/ledger.h>
#include <mulin/domain/payment.h>
#include <mulin/domain/resident.h>
#include <mulin/rules.h>

#include <stdint.h>

enum mu_pay_method { MU_PAY_CASH, MU_PAY_CARD, MU_PAY_ACCOUNT, MU_PAY_METHODS };

/* "cash", "card" (prepaid), "account" (monthly). Static. */
const char *mu_pay_method_word(enum mu_pay_method method);
/* What people call it: 现金 刷卡 记账. */
enum mu_message mu_pay_method_name(enum mu_pay_method method);
bool mu_pay_method_from_word(const char *word, enum mu_pay_method *out);

/* Who eats at full price without a file. */
#define MU_GUEST_NAME "散客"

/* A meal as it was served. */
struct mu_meal {
    int64_t id;
    int64_t entry_id;               /* in the ledger */
    int64_t void_entry_id;          /* of the entry that took it back, or 0 */
    int64_t resident_id;            /* 0: somebody without a file */
    char name[MU_PERSON_NAME_SIZE]; /* of the resident, or the occupation of somebody without file;
                                     * MU_GUEST_NAME when there is neither */
    struct mu_date date;
    char session[MU_RULE_ID_SIZE];
    char tier[MU_RULE_ID_SIZE];              /* "" for full price */
    int quota_slot;                          /* which of the tier's meals of the day, 0: no quota */
    struct mu_money price, pay;              /* pay: by the diner */
    struct mu_payment share[MU_TIER_PAYERS]; /* who paid the rest */
    size_t share_count;
    enum mu_pay_method method;
    char occupation[MU_WORD_SIZE];
    char note[MU_NOTE_SIZE];     /* of an outdoor worker: what he is told apart by, a phone tail */
    char reason[MU_REASON_SIZE]; /* of its ledger entry: why at full price, why late; or "" */
    struct mu_moment served_at;
};

/* BLAKE2b-256 over what is said of a meal when it is served, the document of its ledger entry.
 * Fields as in mu_entry_hash: "mulin-meal-1", the entry's idempotency key (random, so that nothing
 * can be guessed from the hash), id, resident_id, date, session, tier, quota_slot, price, pay,
 * payers as in mu_payments_write, pay method, occupation, note, served_at, the hash of the rule
 * book that decided. */
void mu_meal_hash(const struct mu_meal *meal, const char *idempotency_key,
                  const unsigned char book[MU_HASH_SIZE], unsigned char hash[MU_HASH_SIZE]);

/* Sums of a day's meals that were not voided. */
struct mu_tier_total {
    char tier[MU_RULE_ID_SIZE]; /* "" for full price */
    int meals;
    struct mu_money price, pay;
};

/* The tiers of two books, one adopted in the middle of the day, and full price. */
enum { MU_TIER_TOTALS = 2 * MU_RULES_TIERS + 1 };

struct mu_day_totals {
    int meals, voided;
    struct mu_money price;
    struct mu_money paid[MU_PAY_METHODS];  /* what diners paid, by method */
    struct mu_money payer[MU_PAYER_COUNT]; /* by payer; self is all that diners paid */
    size_t tier_count;
    struct mu_tier_total tier[MU_TIER_TOTALS]; /* the largest first */
};

#endif
