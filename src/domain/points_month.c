#include "domain/points_month_seal.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

enum { FIRST_YEAR = 1900, LAST_YEAR = 2999, MONTHS_OF_QUARTER = 3 };

static const struct {
    const char *word;
    enum mu_message name;
} doubts[MU_DOUBTS] = {
    [MU_DOUBT_DAY_CAP] = {"day-cap", MU_SAY_doubt_day_cap},
    [MU_DOUBT_MONTH_CAP] = {"month-cap", MU_SAY_doubt_month_cap},
    [MU_DOUBT_TWO_PLACES] = {"two-places", MU_SAY_doubt_two_places},
    [MU_DOUBT_UNCONFIRMED] = {"unconfirmed", MU_SAY_doubt_unconfirmed},
    [MU_DOUBT_NO_LIST] = {"no-list", MU_SAY_doubt_no_list},
    [MU_DOUBT_SELF] = {"self", MU_SAY_doubt_self},
    [MU_DOUBT_FORGOTTEN] = {"forgotten", MU_SAY_doubt_forgotten},
    [MU_DOUBT_OPEN] = {"open", MU_SAY_doubt_open},
    [MU_DOUBT_JUMP] = {"jump", MU_SAY_doubt_jump},
};

void mu_points_sums_add(struct mu_points_sums *sums, const struct mu_points_sums *more)
{
    sums->services += more->services;
    sums->minutes += more->minutes;
    sums->earned = mu_points_add(sums->earned, more->earned);
    sums->spent = mu_points_add(sums->spent, more->spent);
    sums->expired = mu_points_add(sums->expired, more->expired);
}

static void seal_sums(struct mu_chain_hash *seal, const struct mu_points_sums *sums)
{
    mu_chain_number(seal, sums->services);
    mu_chain_number(seal, sums->minutes);
    mu_chain_number(seal, sums->earned.count);
    mu_chain_number(seal, sums->spent.count);
    mu_chain_number(seal, sums->expired.count);
}

void mu_points_seal_begin(struct mu_chain_hash *seal, const char *idempotency_key)
{
    mu_chain_begin(seal, "mulin-points-month-1");
    mu_chain_text(seal, idempotency_key);
}

void mu_points_seal_line(struct mu_chain_hash *seal, const struct mu_points_month_line *line)
{
    mu_chain_number(seal, line->resident_id);
    seal_sums(seal, &line->moved);
    mu_chain_number(seal, line->balance.count);
    mu_chain_number(seal, line->total_minutes);
    mu_chain_number(seal, line->total_earned.count);
    mu_chain_number(seal, line->stars);
}

void mu_points_seal_end(struct mu_chain_hash *seal, const struct mu_points_month *month,
                        unsigned char hash[MU_HASH_SIZE])
{
    mu_chain_number(seal, month->month);
    mu_chain_number(seal, month->last_entry);
    mu_chain_bytes(seal, month->head, MU_HASH_SIZE);
    mu_chain_number(seal, month->people);
    seal_sums(seal, &month->moved);
    mu_chain_number(seal, month->balance.count);
    mu_chain_number(seal, month->operator_id);
    mu_chain_reference(seal, month->second_id);
    mu_chain_text(seal, month->second_name);
    mu_chain_moment(seal, month->closed_at);
    mu_chain_end(seal, hash);
}

const char *mu_doubt_word(enum mu_points_doubt kind)
{
    return doubts[kind].word;
}

bool mu_doubt_from_word(const char *word, enum mu_points_doubt *out)
{
    for (int kind = 0; kind < MU_DOUBTS; kind++)
        if (strcmp(word, doubts[kind].word) == 0) {
            *out = (enum mu_points_doubt)kind;
            return true;
        }
    return false;
}

enum mu_message mu_doubt_name(enum mu_points_doubt kind)
{
    return doubts[kind].name;
}

unsigned mu_service_doubts(const struct mu_duty *duty, const struct mu_service *service, bool self)
{
    bool confirmed = *service->confirmed_by || service->confirmed_id;
    bool to_confirm = duty && duty->confirm != MU_CONFIRM_NONE;
    unsigned found = 0;

    if (!service->entry_id)
        return 1U << MU_DOUBT_OPEN;
    if (service->forgotten)
        found |= 1U << MU_DOUBT_FORGOTTEN;
    if (confirmed && self)
        found |= 1U << MU_DOUBT_SELF;
    if (!confirmed && to_confirm)
        found |= 1U << MU_DOUBT_UNCONFIRMED;
    else if (!confirmed && !service->attendance_id && service->starts_at < 0)
        found |= 1U << MU_DOUBT_NO_LIST;
    return found;
}

struct mu_points mu_usual_month(const struct mu_points earned[MU_USUAL_MONTHS])
{
    struct mu_points sum = {0};
    int months = 0;

    for (int i = 0; i < MU_USUAL_MONTHS; i++) {
        if (earned[i].count <= 0)
            continue;
        sum = mu_points_add(sum, earned[i]);
        months++;
    }
    return (struct mu_points){months < MU_USUAL_LEAST ? 0 : sum.count / months};
}

bool mu_points_jump(const struct mu_points_rules *rules, struct mu_points usual,
                    struct mu_points now)
{
    return rules->jump > 0 && usual.count > 0 && now.count / rules->jump >= usual.count &&
           now.count > usual.count * rules->jump;
}

/* Digits in half width at *text, which is moved behind them; -1 without any. */
static int take_number(const char **text, size_t most)
{
    int number = 0;
    size_t count = 0;

    for (; **text >= '0' && **text <= '9' && count < most; count++)
        number = number * 10 + *(*text)++ - '0';
    return count ? number : -1;
}

static bool take(const char **text, const char *word)
{
    size_t length = strlen(word);

    if (strncmp(*text, word, length) != 0)
        return false;
    *text += length;
    return true;
}

bool mu_quarter_parse(const char *text, int *from, int *to)
{
    int year = take_number(&text, 4), quarter;

    (void)take(&text, "年");
    (void)take(&text, "-");
    if (!take(&text, "Q") && !take(&text, "q"))
        (void)take(&text, "第");
    quarter = take_number(&text, 1);
    (void)take(&text, "季度");
    if (*text || year < FIRST_YEAR || year > LAST_YEAR || quarter < 1 || quarter > 4)
        return false;
    *to = mu_month_number((struct mu_date){year, quarter * MONTHS_OF_QUARTER, 1});
    *from = *to - MONTHS_OF_QUARTER + 1;
    return true;
}

int mu_month_number_add(int month, int months)
{
    return mu_month_number(mu_month_add(mu_month_first(month), months));
}
