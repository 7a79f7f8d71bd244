#include "desk/desk_internal.h"
#include "store/audit_store.h"
#include "store/ledger_store.h"

#include <mulin/desk/canteen.h>
#include <mulin/desk/house.h>

#include <stdio.h>
#include <string.h>

static enum mu_status heads_on(struct mu_db *db, struct mu_date date, struct mu_verify_report *out,
                               struct mu_error *error)
{
    enum mu_status status = mu_ledger_head_on(db, date, &out->entries, out->head, error);

    return status == MU_OK ? mu_audit_head_on(db, date, &out->audit_entries, out->audit_head, error)
                           : status;
}

enum mu_status mu_settle_day(struct mu_desk *desk, struct mu_date date, const char *session,
                             struct mu_day_totals *totals, struct mu_verify_report *heads,
                             struct mu_error *error)
{
    struct mu_verify_report found = {0};
    enum mu_status status = mu_db_begin_read(desk->db, error);

    if (status != MU_OK)
        return status;
    status = mu_day_totals(desk, date, session, totals, error);
    if (status == MU_OK)
        status = heads_on(desk->db, date, &found, error);
    mu_db_end_read(desk->db);
    if (status == MU_OK)
        *heads = found;
    return status;
}

/* What the heads of one chain say together. */
struct comparison {
    int64_t sound;   /* the entries up to this one agree with paper */
    int64_t differs; /* the first whose hash is another, 0: none */
};

static enum mu_status stands(struct mu_desk *desk, const struct mu_printed_head *head, bool *same,
                             struct mu_error *error)
{
    unsigned char hash[MU_HASH_SIZE];
    enum mu_status status = head->chain == MU_CHAIN_LEDGER
                                ? mu_ledger_hash(desk->db, head->entries, hash, error)
                                : mu_audit_hash_of(desk->db, head->entries, hash, error);

    *same = memcmp(hash, head->hash, sizeof head->hash) == 0;
    return status;
}

/* Agreeing heads are known before the span between them is told. */
static enum mu_status compare(struct mu_desk *desk, enum mu_chain chain, int64_t entries,
                              const struct mu_printed_head *heads, size_t count,
                              struct comparison *out, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < count && status == MU_OK; i++) {
        bool same = false;

        if (heads[i].chain != chain || heads[i].entries > entries)
            continue;
        status = stands(desk, &heads[i], &same, error);
        if (same && heads[i].entries > out->sound)
            out->sound = heads[i].entries;
        if (!same && (!out->differs || heads[i].entries < out->differs))
            out->differs = heads[i].entries;
    }
    return status;
}

static int64_t longest(enum mu_chain chain, const struct mu_printed_head *heads, size_t count)
{
    int64_t entries = 0;

    for (size_t i = 0; i < count; i++)
        if (heads[i].chain == chain && heads[i].entries > entries)
            entries = heads[i].entries;
    return entries;
}

static enum mu_status judge(struct mu_desk *desk, enum mu_chain chain, int64_t entries,
                            const struct mu_printed_head *heads, size_t count,
                            struct mu_error *error)
{
    bool ledger = chain == MU_CHAIN_LEDGER;
    int64_t printed = longest(chain, heads, count);
    char number[2][24];
    struct comparison found;
    enum mu_status status = compare(desk, chain, entries, heads, count, &found, error);

    if (status == MU_OK && found.differs) {
        snprintf(number[0], sizeof number[0], "%lld", (long long)found.sound + 1);
        snprintf(number[1], sizeof number[1], "%lld", (long long)found.differs);
        return mu_fail(error, MU_STORE,
                       ledger ? MU_SAY_error_verify_rewritten : MU_SAY_error_verify_audit_rewritten,
                       number[0], number[1], NULL);
    }
    if (status == MU_OK && printed > entries) {
        snprintf(number[0], sizeof number[0], "%lld", (long long)entries);
        snprintf(number[1], sizeof number[1], "%lld", (long long)printed);
        return mu_fail(error, MU_STORE,
                       ledger ? MU_SAY_error_verify_cut : MU_SAY_error_verify_audit_cut, number[0],
                       number[1], NULL);
    }
    return status;
}

enum mu_status mu_compare_heads(struct mu_desk *desk, const struct mu_verify_report *report,
                                const struct mu_printed_head *heads, size_t count,
                                struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_verify, error);

    if (status == MU_OK)
        status = judge(desk, MU_CHAIN_LEDGER, report->entries, heads, count, error);
    if (status == MU_OK)
        status = judge(desk, MU_CHAIN_AUDIT, report->audit_entries, heads, count, error);
    return status;
}
