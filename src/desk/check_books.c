#include "desk/desk_internal.h"
#include "store/canteen_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* All versions, the first at 0; and the quota that was not kept. */
struct shelf {
    struct mu_rules **books;
    int count;
    struct mu_quota_use broken; /* what would have been within; rules_version 0: all are kept */
};

static enum mu_status damaged(enum mu_message message, int64_t number, struct mu_error *error)
{
    char text[24];

    snprintf(text, sizeof text, "%lld", (long long)number);
    return mu_fail(error, MU_STORE, message, text, NULL);
}

static enum mu_status take_book(struct mu_db *db, struct shelf *shelf, struct mu_error *error)
{
    struct mu_rules_faults faults = {0};
    char *book = NULL;
    bool sound = false;
    int version = shelf->count + 1;
    enum mu_status status = mu_rule_book_text(db, version, &book, &sound, error);

    if (status != MU_OK)
        return status;
    if (sound)
        status = mu_rules_parse(book, strlen(book), &faults, &shelf->books[shelf->count], error);
    if (!sound || status == MU_INPUT)
        status = damaged(MU_SAY_error_rule_book_damaged, version, error);
    if (status == MU_OK)
        shelf->count++;
    mu_rules_faults_clear(&faults);
    free(book);
    return status;
}

/* A tier that the book has not served nobody; full price has no quota. */
static bool keeps_quota(void *context, const struct mu_quota_use *use)
{
    struct shelf *shelf = context;
    const struct mu_tier *tier = NULL;
    int64_t lowest, highest;

    if (use->rules_version >= 1 && use->rules_version <= shelf->count)
        tier = mu_rules_tier(shelf->books[use->rules_version - 1], use->tier);
    highest = tier ? tier->daily_quota : 0;
    lowest = highest > 0;
    if (use->lowest >= lowest && use->highest <= highest)
        return true;
    shelf->broken = *use;
    shelf->broken.lowest = lowest;
    shelf->broken.highest = highest;
    return false;
}

static enum mu_status check_quotas(struct mu_db *db, struct shelf *shelf, struct mu_error *error)
{
    int64_t meal_id = 0;
    enum mu_status status = mu_meal_quota_use(db, keeps_quota, shelf, error);

    if (status != MU_OK || shelf->broken.rules_version == 0)
        return status;
    status = mu_meal_find_outside(db, &shelf->broken, &meal_id, error);
    return status == MU_OK ? damaged(MU_SAY_error_verify_quota, meal_id, error) : status;
}

enum mu_status mu_check_books(struct mu_db *db, struct mu_error *error)
{
    struct shelf shelf = {0};
    int last, unnoted = 0;
    enum mu_status status = mu_rule_book_last(db, &last, error);

    if (status == MU_OK && last <= 0)
        status = damaged(MU_SAY_error_rule_book_damaged, 1, error);
    if (status != MU_OK)
        return status;
    shelf.books = calloc((size_t)last, sizeof(struct mu_rules *));
    if (!shelf.books)
        return mu_fail_memory(error);
    while (status == MU_OK && shelf.count < last)
        status = take_book(db, &shelf, error);
    if (status == MU_OK)
        status = mu_rule_book_find_unnoted(db, &unnoted, error);
    if (status == MU_OK && unnoted)
        status = damaged(MU_SAY_error_verify_book, unnoted, error);
    if (status == MU_OK)
        status = check_quotas(db, &shelf, error);
    for (int i = 0; i < shelf.count; i++)
        mu_rules_free(&shelf.books[i]);
    free(shelf.books);
    return status;
}
