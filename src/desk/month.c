#include "base/growing.h"
#include "desk/desk_internal.h"
#include "desk/month_file.h"

#include "store/ledger_store.h"
#include "store/month_store.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

enum { BASIS_POINTS = 100 /* of a percent */ };

static const char *const rules_of[MU_MONTH_MOVEMENTS] = {
    [MU_MONTH_TOP_UP] = "card:top-up",
    [MU_MONTH_REFUND] = "card:refund",
    [MU_MONTH_BILL] = "account:paid",
    [MU_MONTH_COUNTED] = "closing:counted",
};

/* A month that is being counted. */
struct counting {
    struct mu_month *month;
    const struct mu_rules *rules; /* of its end; NULL: no book was in force */
    bool no_memory;
};

static struct mu_month_row *new_row(struct counting *counting, enum mu_month_by by)
{
    struct mu_month_group *group = &counting->month->group[by];
    struct mu_month_row *row = mu_grown(group->row, group->count, &group->room, sizeof *row);

    counting->no_memory |= !row;
    if (!row)
        return NULL;
    group->row = row;
    row += group->count++;
    memset(row, 0, sizeof *row);
    return row;
}

/* The row of a group, a new one when there is none; NULL without memory. */
static struct mu_month_row *row_of(struct counting *counting, enum mu_month_by by, const char *id)
{
    struct mu_month_group *group = &counting->month->group[by];
    struct mu_month_row *row;

    for (size_t i = group->count; i-- > 0;)
        if (strcmp(group->row[i].id, id) == 0)
            return &group->row[i];
    row = new_row(counting, by);
    if (row)
        mu_text_copy(row->id, sizeof row->id, id);
    return row;
}

static void add(struct counting *counting, enum mu_month_by by, const char *id,
                const struct mu_month_sum *sum)
{
    struct mu_month_row *row = row_of(counting, by, id);

    if (!row)
        return;
    row->meals += sum->meals;
    row->price = mu_money_add(row->price, sum->price);
    row->pay = mu_money_add(row->pay, sum->pay);
}

static void add_payer(struct counting *counting, enum mu_payer payer, int meals,
                      struct mu_money amount)
{
    struct mu_month_row *row = row_of(counting, MU_MONTH_BY_PAYER, mu_payer_word(payer));

    if (!row || (payer != MU_PAYER_SELF && !amount.fen))
        return;
    row->meals += meals;
    row->price = mu_money_add(row->price, amount);
    if (payer == MU_PAYER_SELF)
        row->pay = mu_money_add(row->pay, amount);
}

/* What others paid for meals whose payers are written alike. */
static void add_payers(struct counting *counting, const struct mu_month_sum *sum)
{
    struct mu_payment share[MU_TIER_PAYERS];
    struct mu_money others = mu_money_subtract(sum->price, sum->pay);
    size_t count;
    int times = strchr(sum->payers, ':') ? sum->meals : 1;

    if (!mu_payments_read(sum->payers, (struct mu_money){others.fen / times}, share, &count))
        return;
    for (size_t i = 0; i < count; i++)
        add_payer(counting, share[i].payer, sum->meals,
                  (struct mu_money){share[i].amount.fen * times});
}

static void take_sum(void *context, const struct mu_month_sum *sum)
{
    struct counting *counting = context;
    struct mu_month *month = counting->month;
    char day[MU_DATE_SIZE];

    month->voided += sum->voided;
    month->amended += sum->amended;
    if (!sum->meals)
        return;
    mu_date_format(sum->date, day);
    month->meals += sum->meals;
    month->price = mu_money_add(month->price, sum->price);
    month->pay = mu_money_add(month->pay, sum->pay);
    add(counting, MU_MONTH_BY_TIER, sum->tier, sum);
    add(counting, MU_MONTH_BY_SESSION, sum->session, sum);
    add(counting, MU_MONTH_BY_METHOD, sum->method, sum);
    add(counting, MU_MONTH_BY_DAY, day, sum);
    add_payer(counting, MU_PAYER_SELF, sum->pay.fen ? sum->meals : 0, sum->pay);
    add_payers(counting, sum);
}

static void take_eater(void *context, const struct mu_month_eater *eater)
{
    struct mu_month *month = ((struct counting *)context)->month;

    if (eater->resident_id) {
        month->people++;
        month->person_days += eater->days;
    } else {
        month->without_file += eater->meals;
        month->person_days += eater->meals;
    }
}

static void take_tier_people(void *context, const char *tier, int people)
{
    struct mu_month_row *row = row_of(context, MU_MONTH_BY_TIER, tier);

    if (row)
        row->people = people;
}

static void take_cash(void *context, const char *rule, int count, int64_t cash)
{
    struct mu_month *month = ((struct counting *)context)->month;

    for (size_t i = 0; i < MU_MONTH_MOVEMENTS; i++)
        if (strcmp(rule, rules_of[i]) == 0) {
            month->movement[i].count = count;
            month->movement[i].cash.fen = cash;
        }
}

static int most_meals_first(const void *first, const void *second)
{
    const struct mu_month_row *a = first, *b = second;

    return a->meals != b->meals ? (a->meals < b->meals) - (a->meals > b->meals)
                                : strcmp(a->id, b->id);
}

static int payer_order(const char *word)
{
    enum mu_payer payer = MU_PAYER_COUNT;

    mu_payer_from_word(word, &payer);
    return (int)payer;
}

static int in_order_of_payers(const void *first, const void *second)
{
    const struct mu_month_row *a = first, *b = second;

    return payer_order(a->id) - payer_order(b->id);
}

static void sort(struct mu_month_group *group, int (*order)(const void *, const void *))
{
    if (group->count)
        qsort(group->row, group->count, sizeof *group->row, order);
}

/* Names as the book of the month's end has them. */
static void name_rows(const struct counting *counting)
{
    struct mu_month *month = counting->month;

    for (int by = MU_MONTH_BY_TIER; by <= MU_MONTH_BY_SESSION; by++)
        for (size_t i = 0; i < month->group[by].count; i++) {
            struct mu_month_row *row = &month->group[by].row[i];
            const struct mu_tier *tier =
                counting->rules ? mu_rules_tier(counting->rules, row->id) : NULL;
            const struct mu_session *session =
                counting->rules ? mu_rules_session(counting->rules, row->id) : NULL;
            const char *name = row->id;

            if (by == MU_MONTH_BY_TIER && tier)
                name = tier->name;
            else if (by == MU_MONTH_BY_SESSION && session)
                name = session->name;
            mu_text_copy(row->name, sizeof row->name, name);
        }
}

static enum mu_status read_share(struct mu_desk *desk, struct counting *counting,
                                 struct mu_error *error)
{
    struct mu_month *month = counting->month;
    struct mu_month_share *share = &month->share;
    char key[MU_KEY_SIZE];
    struct mu_entry entry;
    bool found = false;
    enum mu_status status;

    if (counting->rules) {
        share->basis_points = counting->rules->canteen.fund_share.percent * BASIS_POINTS;
        share->of_diners = counting->rules->canteen.fund_share.of == MU_SHARE_OF_DINERS;
    }
    share->base = share->of_diners ? mu_money_subtract(month->pay, month->earlier_pay)
                                   : mu_money_subtract(month->price, month->earlier_price);
    share->amount = mu_money_share(share->base, share->basis_points);
    mu_month_share_key(month->from, key);
    status = mu_ledger_by_key(desk->db, key, &share->entry_id, error);
    if (status == MU_OK && share->entry_id)
        status = mu_ledger_read(desk->db, share->entry_id, &found, &entry, error);
    if (status == MU_OK && found) {
        share->booked_on = entry.date;
        share->booked.fen = entry.posting[0].amount;
    }
    return status;
}

static enum mu_status count(struct mu_desk *desk, struct counting *counting, struct mu_error *error)
{
    struct mu_month *month = counting->month;
    struct mu_db *db = desk->db;
    enum mu_status status = mu_month_sums(db, month->from, month->to, take_sum, counting, error);

    if (status == MU_OK)
        status = mu_month_earlier(db, month->from, month->to, &month->earlier_meals,
                                  &month->earlier_price, &month->earlier_pay, error);
    if (status == MU_OK)
        status = mu_month_eaters(db, month->from, month->to, take_eater, counting, error);
    if (status == MU_OK)
        status =
            mu_month_tier_people(db, month->from, month->to, take_tier_people, counting, error);
    if (status == MU_OK)
        status = mu_month_cash(db, month->from, month->to, take_cash, counting, error);
    if (status == MU_OK)
        status = mu_ledger_last_until(db, month->to, &month->entries, error);
    if (status == MU_OK && month->entries)
        status = mu_ledger_hash(db, month->entries, month->head, error);
    if (status == MU_OK)
        status = read_share(desk, counting, error);
    return status == MU_OK && counting->no_memory ? mu_fail_memory(error) : status;
}

/* A month of before the first book has no names for its tiers, and no share. */
static enum mu_status read_rules(struct mu_desk *desk, struct counting *counting, int *version,
                                 struct mu_error *error)
{
    struct mu_error why;
    enum mu_status status =
        mu_desk_rules_on(desk, counting->month->to, &counting->rules, version, &why);

    if (status == MU_OK)
        return MU_OK;
    counting->rules = NULL;
    if (why.message == MU_SAY_error_no_rule_book)
        return MU_OK;
    if (error)
        *error = why;
    return status;
}

enum mu_status mu_month_read(struct mu_desk *desk, struct mu_date first, struct mu_month **out,
                             int *version, struct mu_error *error)
{
    struct counting counting = {.month = calloc(1, sizeof *counting.month)};
    struct mu_month *month = counting.month;
    struct mu_date today = mu_desk_now(desk).date;
    enum mu_status status;

    if (!month)
        return mu_fail_memory(error);
    month->from = first;
    month->to = mu_month_end(first);
    month->over = mu_date_compare(today, month->to) > 0;
    status = read_rules(desk, &counting, version, error);
    if (status == MU_OK)
        status = count(desk, &counting, error);
    if (status == MU_OK) {
        name_rows(&counting);
        sort(&month->group[MU_MONTH_BY_TIER], most_meals_first);
        sort(&month->group[MU_MONTH_BY_SESSION], most_meals_first);
        sort(&month->group[MU_MONTH_BY_METHOD], most_meals_first);
        sort(&month->group[MU_MONTH_BY_PAYER], in_order_of_payers);
        *out = month;
    } else {
        mu_month_free(&month);
    }
    return status;
}

enum mu_status mu_month_begun(const struct mu_desk *desk, struct mu_date first,
                              struct mu_error *error)
{
    char month[MU_MONTH_SIZE];

    if (mu_date_compare(first, mu_desk_now(desk).date) <= 0)
        return MU_OK;
    mu_month_format(first, month);
    return mu_fail(error, MU_INPUT, MU_SAY_error_month_future, month, NULL);
}

enum mu_status mu_count_month(struct mu_desk *desk, struct mu_date first, struct mu_month **out,
                              struct mu_error *error)
{
    int version;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_meals, error);

    if (status == MU_OK)
        status = mu_month_begun(desk, first, error);
    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status != MU_OK)
        return status;
    status = mu_month_read(desk, first, out, &version, error);
    mu_db_end_read(desk->db);
    return status;
}

/* ---- people ---- */

struct naming {
    struct counting counting;
    bool posted;
};

static void take_person(void *context, const struct mu_month_eater *eater)
{
    struct naming *naming = context;
    struct mu_month_row *row = new_row(&naming->counting, MU_MONTH_BY_PERSON);

    if (!row)
        return;
    row->resident_id = eater->resident_id;
    row->meals = eater->meals;
    row->days = eater->resident_id ? eater->days : eater->meals;
    row->price = eater->price;
    row->pay = eater->pay;
    if (eater->resident_id && naming->posted)
        mu_name_mask(eater->name, row->name);
    else
        mu_text_copy(row->name, sizeof row->name, eater->name);
}

static enum mu_status read_people(struct mu_desk *desk, struct naming *naming,
                                  struct mu_error *error)
{
    const struct mu_month *month = naming->counting.month;
    enum mu_status status =
        mu_month_eaters(desk->db, month->from, month->to, take_person, naming, error);

    return status == MU_OK && naming->counting.no_memory ? mu_fail_memory(error) : status;
}

/* Whole names, with the note that they left: both or neither. */
static enum mu_status take_people_out(struct mu_desk *desk, struct naming *naming,
                                      const char *target, struct mu_error *error)
{
    char name[MU_SUBJECT_SIZE], after[MU_MONTH_SIZE];
    enum mu_status status = mu_desk_may(desk, MU_MAY_export_residents, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    mu_text_inert(name, sizeof name, target);
    mu_month_format(naming->counting.month->from, after);
    status = read_people(desk, naming, error);
    if (status == MU_OK)
        status = mu_audit_note(desk, MU_MAY_export_residents, 0, name, "", after, "", error);
    return mu_desk_end(desk, status, error);
}

enum mu_status mu_month_people(struct mu_desk *desk, struct mu_month *month, bool posted,
                               const char *target, struct mu_error *error)
{
    struct naming naming = {.counting.month = month, .posted = posted};
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_meals, error);

    month->group[MU_MONTH_BY_PERSON].count = 0;
    if (status == MU_OK)
        status = posted ? read_people(desk, &naming, error)
                        : take_people_out(desk, &naming, target, error);
    if (status != MU_OK)
        month->group[MU_MONTH_BY_PERSON].count = 0;
    return status;
}

/* ---- for the notice board ---- */

static void join(struct mu_month_row *into, const struct mu_month_row *row)
{
    into->meals += row->meals;
    into->people += row->people;
    into->price = mu_money_add(into->price, row->price);
    into->pay = mu_money_add(into->pay, row->pay);
}

/* A tier that tells of few people; without a file nobody is known by it. */
static bool is_small(const struct mu_month_row *row)
{
    return row->people > 0 && row->people < MU_MONTH_SMALL;
}

void mu_month_for_posting(struct mu_month *month)
{
    struct mu_month_group *group = &month->group[MU_MONTH_BY_TIER];
    struct mu_month_row rest = {.id = MU_MONTH_JOINED};
    size_t kept = 0;

    for (size_t i = 0; i < group->count; i++) {
        if (is_small(&group->row[i]))
            join(&rest, &group->row[i]);
        else
            group->row[kept++] = group->row[i];
    }
    /* One alone would still be the difference between the others and the whole. */
    while (rest.people && rest.people < MU_MONTH_SMALL && kept > 0)
        join(&rest, &group->row[--kept]);
    if (rest.meals)
        group->row[kept++] = rest;
    group->count = kept;
}

void mu_month_free(struct mu_month **month)
{
    struct mu_month *old = *month;

    *month = NULL;
    if (!old)
        return;
    for (int by = 0; by < MU_MONTH_GROUPS; by++)
        free(old->group[by].row);
    free(old);
}
