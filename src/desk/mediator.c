#include <mulin/desk/mediator.h>

#include "desk/mediator_file.h"
#include "store/mediator_store.h"
#include "store/operator_store.h"
#include "store/register_store.h"

#include <mulin/base/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { YES = 1 };

static bool is_there(const struct mu_mediator *mediator, struct mu_date today)
{
    return !mu_date_known(mediator->until) || mu_date_compare(mediator->until, today) >= 0;
}

static bool has_begun(const struct mu_mediator *mediator, struct mu_date today)
{
    return !mu_date_known(mediator->from) || mu_date_compare(mediator->from, today) <= 0;
}

/* ---- looking ---- */

struct listing {
    struct mu_date today;
    bool ended;
    mu_mediator_row *row;
    void *context;
};

static bool list_one(void *context, const struct mu_mediator *mediator, int64_t open, int64_t year)
{
    struct listing *listing = context;
    const struct mu_mediator_entry entry = {*mediator, open, year};

    if (!listing->ended && !is_there(mediator, listing->today))
        return true;
    return listing->row(listing->context, &entry);
}

enum mu_status mu_list_mediators(struct mu_desk *desk, bool ended, mu_mediator_row *row,
                                 void *context, struct mu_error *error)
{
    struct listing listing = {mu_desk_now(desk).date, ended, row, context};
    enum mu_status status = mu_desk_may(desk, MU_MAY_list_cases, error);

    return status == MU_OK
               ? mu_mediator_all(desk->db, listing.today.year, list_one, &listing, error)
               : status;
}

struct namesakes {
    const char *name;
    struct mu_date today;
    struct mu_mediator found[2]; /* the first who has left, and who is there */
    size_t count[2];
};

static bool match(void *context, const struct mu_mediator *mediator, int64_t open, int64_t year)
{
    struct namesakes *namesakes = context;
    bool there = is_there(mediator, namesakes->today);

    (void)open;
    (void)year;
    if (strcmp(mediator->name, namesakes->name) == 0 && namesakes->count[there]++ == 0)
        namesakes->found[there] = *mediator;
    return true;
}

static enum mu_status by_name(struct mu_desk *desk, const char *name, struct mu_mediator *out,
                              struct mu_error *error)
{
    struct namesakes namesakes = {.name = name, .today = mu_desk_now(desk).date};
    enum mu_status status =
        mu_mediator_all(desk->db, namesakes.today.year, match, &namesakes, error);
    bool there = namesakes.count[true] > 0;

    if (status != MU_OK)
        return status;
    if (namesakes.count[there] == 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_mediator_unknown, name, NULL);
    if (namesakes.count[there] > 1)
        return mu_fail(error, MU_INPUT, MU_SAY_error_mediator_several, name, NULL);
    *out = namesakes.found[there];
    return MU_OK;
}

enum mu_status mu_read_mediator(struct mu_desk *desk, int64_t id, const char *name,
                                struct mu_mediator *out, struct mu_error *error)
{
    struct mu_mediator mediator;
    char number[24];
    bool found = false;
    enum mu_status status = mu_desk_may(desk, MU_MAY_list_cases, error);

    if (status != MU_OK)
        return status;
    if (!id)
        return by_name(desk, name ? name : "", out, error);
    status = mu_mediator_by_id(desk->db, id, &found, &mediator, error);
    if (status != MU_OK)
        return status;
    snprintf(number, sizeof number, "%" PRId64, id);
    if (!found || mediator.withdrawn == YES)
        return mu_fail(error, MU_INPUT, MU_SAY_error_mediator_unknown, number, NULL);
    *out = mediator;
    return MU_OK;
}

enum mu_status mu_own_mediator(struct mu_desk *desk, struct mu_mediator *out,
                               struct mu_error *error)
{
    struct mu_date today = mu_desk_now(desk).date;
    struct mu_mediator mediator;
    bool found = false;
    enum mu_status status = MU_OK;

    if (desk->operator.id)
        status = mu_mediator_by_operator(desk->db, desk->operator.id, &found, &mediator, error);
    if (status != MU_OK)
        return status;
    if (found && is_there(&mediator, today) && has_begun(&mediator, today))
        *out = mediator;
    else
        *out = (struct mu_mediator){0};
    return MU_OK;
}

/* ---- saving ---- */

static enum mu_status put(struct mu_act_writer *act, const struct mu_mediator *before,
                          struct mu_mediator *after, struct mu_error *error)
{
    bool stale = false;
    enum mu_status status;

    *after->file = '\0';
    if (after->resident_id)
        snprintf(after->file, sizeof after->file, "%" PRId64, after->resident_id);
    status = mu_mediator_write(act->desk->db, after, &stale, error);
    if (status == MU_OK && stale)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_mediator_changed, after->name, NULL);
    return status == MU_OK
               ? mu_act_change(act, "mediator", after->id, 0, after->name, before, after, error)
               : status;
}

/* Who signs in as somebody works here, and is one mediator. */
static enum mu_status resolve_operator(struct mu_desk *desk, struct mu_mediator *mediator,
                                       struct mu_error *error)
{
    struct mu_operator who = {0};
    struct mu_mediator other;
    bool taken = false;
    enum mu_status status;

    mediator->operator_id = 0;
    if (!*mediator->operator_name)
        return MU_OK;
    status = mu_operator_by_name(desk->db, mediator->operator_name, &who, error);
    if (status == MU_OK && !who.id)
        return mu_fail(error, MU_INPUT, MU_SAY_error_mediator_operator, mediator->operator_name,
                       NULL);
    if (status == MU_OK)
        status = mu_mediator_by_operator(desk->db, who.id, &taken, &other, error);
    if (status == MU_OK && taken && other.id != mediator->id)
        return mu_fail(error, MU_INPUT, MU_SAY_error_mediator_operator_taken,
                       mediator->operator_name, other.name, NULL);
    mediator->operator_id = who.id;
    return status;
}

static enum mu_status check_file(struct mu_desk *desk, const struct mu_mediator *mediator,
                                 struct mu_error *error)
{
    struct mu_resident resident;
    struct mu_mediator other;
    char number[24];
    bool found = false, taken = false;
    enum mu_status status;

    if (!mediator->resident_id)
        return MU_OK;
    snprintf(number, sizeof number, "%" PRId64, mediator->resident_id);
    status = mu_register_by_id(desk->db, mediator->resident_id, &found, &resident, error);
    if (status == MU_OK && !found)
        return mu_fail(error, MU_INPUT, MU_SAY_error_resident_unknown, number, NULL);
    if (status == MU_OK)
        status = mu_mediator_by_resident(desk->db, mediator->resident_id, &taken, &other, error);
    if (status == MU_OK && taken && other.id != mediator->id)
        return mu_fail(error, MU_INPUT, MU_SAY_error_mediator_file_taken, number, other.name, NULL);
    return status;
}

static enum mu_status check_days(struct mu_desk *desk, const struct mu_mediator *mediator,
                                 const char **field, struct mu_error *error)
{
    char from[MU_DATE_SIZE], until[MU_DATE_SIZE];

    mu_date_format(mediator->from, from);
    mu_date_format(mediator->until, until);
    *field = "from";
    if (mu_date_known(mediator->from) &&
        mu_date_compare(mediator->from, mu_desk_now(desk).date) > 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_mediator_future, from, NULL);
    *field = "until";
    if (mu_date_known(mediator->until) && mu_date_known(mediator->from) &&
        mu_date_compare(mediator->until, mediator->from) < 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_mediator_days, until, from, NULL);
    *field = NULL;
    return MU_OK;
}

static enum mu_status check(struct mu_desk *desk, struct mu_mediator *mediator, const char **field,
                            struct mu_error *error)
{
    enum mu_status status = check_days(desk, mediator, field, error);

    if (status != MU_OK)
        return status;
    *field = "operator_name";
    status = resolve_operator(desk, mediator, error);
    if (status != MU_OK)
        return status;
    *field = "file";
    status = check_file(desk, mediator, error);
    if (status == MU_OK)
        *field = NULL;
    return status;
}

static enum mu_status save(struct mu_desk *desk, struct mu_mediator *mediator, const char **field,
                           struct mu_error *error)
{
    struct mu_mediator before = {0};
    struct mu_act_writer act;
    bool found = false;
    enum mu_status status = check(desk, mediator, field, error);

    if (status == MU_OK && mediator->id)
        status = mu_mediator_by_id(desk->db, mediator->id, &found, &before, error);
    if (status != MU_OK)
        return status;
    if (mediator->id && (!found || before.version != mediator->version || before.withdrawn == YES))
        return mu_fail(error, MU_REFUSED, MU_SAY_error_mediator_changed, mediator->name, NULL);
    if (before.incomplete)
        return mu_fail(error, MU_STORE, MU_SAY_error_mediator_incomplete, mediator->name, NULL);
    mediator->withdrawn = 0;
    mu_act_begin(&act, desk, MU_MAY_manage_mediators, mediator->name);
    return put(&act, before.id ? &before : NULL, mediator, error);
}

enum mu_status mu_save_mediator(struct mu_desk *desk, struct mu_mediator *mediator,
                                const char **field, struct mu_error *error)
{
    struct mu_mediator saved = *mediator;
    const char *key = NULL;
    enum mu_status status = mu_desk_may(desk, MU_MAY_manage_mediators, error);

    if (status == MU_OK && !*saved.name) {
        key = "name";
        status = mu_fail(error, MU_INPUT, MU_SAY_error_mediator_nameless, NULL);
    }
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status == MU_OK)
        status = mu_desk_end(desk, save(desk, &saved, &key, error), error);
    if (field)
        *field = status == MU_OK ? NULL : key;
    if (status == MU_OK)
        *mediator = saved;
    return status;
}

/* ---- closeness ---- */

enum mu_status mu_mediator_closeness(struct mu_desk *desk, const struct mu_mediator *mediator,
                                     const struct mu_case *mediated, enum mu_closeness *out,
                                     int *party, struct mu_error *error)
{
    enum mu_closeness closest = MU_CLOSE_NOT;
    enum mu_status status = MU_OK;
    int number = 0;

    for (size_t i = 0; status == MU_OK && mediator->resident_id && i < mediated->persons; i++) {
        const struct mu_case_person *person = &mediated->person[i];
        enum mu_closeness closeness = MU_CLOSE_NOT;

        if (!person->resident_id)
            continue;
        status = mu_resident_closeness(desk->db, mediator->resident_id, person->resident_id,
                                       &closeness, error);
        if (closeness != MU_CLOSE_NOT && (closest == MU_CLOSE_NOT || closeness < closest)) {
            closest = closeness;
            number = person->number;
        }
    }
    if (status != MU_OK)
        return status;
    *out = closest;
    if (party)
        *party = number;
    return MU_OK;
}

/* ---- acts ---- */

enum mu_status mu_mediator_act_read(struct mu_desk *desk, int64_t row, void *record,
                                    struct mu_error *error)
{
    char number[24];
    bool found = false;
    enum mu_status status = mu_mediator_by_id(desk->db, row, &found, record, error);

    snprintf(number, sizeof number, "%" PRId64, row);
    return status == MU_OK && !found
               ? mu_fail(error, MU_INPUT, MU_SAY_error_mediator_unknown, number, NULL)
               : status;
}

/* Who was in a case stays on the list. */
static enum mu_status check_unused(struct mu_desk *desk, const struct mu_mediator *mediator,
                                   struct mu_error *error)
{
    int64_t cases = 0;
    enum mu_status status = mu_mediator_cases(desk->db, mediator->id, &cases, error);

    return status == MU_OK && cases
               ? mu_fail(error, MU_REFUSED, MU_SAY_error_mediator_cases, mediator->name, NULL)
               : status;
}

enum mu_status mu_mediator_act_put_back(struct mu_act_writer *writer, int64_t row,
                                        const void *current, const void *wanted,
                                        struct mu_error *error)
{
    const struct mu_mediator *before = current;
    struct mu_mediator after = *(const struct mu_mediator *)(wanted ? wanted : current);
    enum mu_status status = MU_OK;
    const char *field;

    (void)row;
    if (!wanted)
        after.withdrawn = YES;
    if (after.withdrawn == YES) { /* leaves operator and file to others */
        *after.operator_name = '\0';
        *after.file = '\0';
        status = check_unused(writer->desk, before, error);
    }
    after.resident_id = strtoll(after.file, NULL, 10);
    if (status == MU_OK)
        status = check(writer->desk, &after, &field, error);
    return status == MU_OK ? put(writer, before, &after, error) : status;
}
