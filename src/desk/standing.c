#include <mulin/desk/standing.h>

#include "desk/resident_file.h"
#include "store/order_store.h"
#include "store/person_file_store.h"
#include "store/register_store.h"
#include "store/tag_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { HEAD = 2 }; /* of a household in GB/T 4761 */

/* Somebody whose standing things are told, and to whom. */
struct teller {
    struct mu_desk *desk;
    struct mu_resident resident;
    bool with_household;
    struct mu_date day;
    size_t others; /* who live in the household */
    bool stopped;
    mu_standing_row *row;
    void *context;
};

static void tell(struct teller *teller, enum mu_message sentence, const char *first,
                 const char *second)
{
    struct mu_standing_thing thing = {.sentence = sentence};

    if (teller->stopped)
        return;
    mu_text_copy(thing.first, sizeof thing.first, first);
    mu_text_copy(thing.second, sizeof thing.second, second);
    teller->stopped = !teller->row(teller->context, &thing);
}

static void tell_number(struct teller *teller, enum mu_message sentence, const char *name,
                        int64_t id)
{
    char number[24];

    snprintf(number, sizeof number, "%" PRId64, id);
    tell(teller, sentence, name ? name : number, name ? number : "");
}

static bool tell_tag(void *context, const struct mu_tag *tag)
{
    struct teller *teller = context;
    char until[MU_DATE_SIZE];

    if (mu_tag_withdrawn(tag) ||
        (mu_date_known(tag->until) && mu_date_compare(tag->until, teller->day) < 0))
        return true;
    mu_date_format(tag->until, until);
    tell(teller, *until ? MU_SAY_standing_tag_until : MU_SAY_standing_tag, tag->word, until);
    return !teller->stopped;
}

static enum mu_status tags(struct teller *teller, struct mu_error *error)
{
    return mu_tag_times(teller->desk->db, teller->resident.id, NULL, tell_tag, teller, error);
}

static enum mu_status card(struct teller *teller, struct mu_error *error)
{
    (void)error;
    if (*teller->resident.card)
        tell(teller, MU_SAY_standing_card, teller->resident.card, "");
    return MU_OK;
}

static bool count_other(void *context, const struct mu_resident *member)
{
    struct teller *teller = context;

    teller->others +=
        member->id != teller->resident.id && member->status == MU_LIVING_HERE && !member->linked_to;
    return true;
}

static enum mu_status head(struct teller *teller, struct mu_error *error)
{
    enum mu_status status;

    if (teller->with_household || !teller->resident.household_id ||
        teller->resident.relation != HEAD)
        return MU_OK;
    status = mu_register_household(teller->desk->db, teller->resident.household_id, count_other,
                                   teller, error);
    if (status == MU_OK && teller->others)
        tell_number(teller, MU_SAY_standing_head, NULL, (int64_t)teller->others);
    return status;
}

static bool tell_relying(void *context, int64_t id, const char *name, bool guardian)
{
    struct teller *teller = context;

    tell_number(teller, guardian ? MU_SAY_standing_guardian : MU_SAY_standing_emergency, name, id);
    return !teller->stopped;
}

static enum mu_status relied_on(struct teller *teller, struct mu_error *error)
{
    return mu_person_file_relying(teller->desk->db, &teller->resident, tell_relying, teller, error);
}

static enum mu_status party(struct teller *teller, struct mu_error *error)
{
    struct mu_person_file file;
    enum mu_status status =
        mu_person_file_read(teller->desk->db, teller->resident.id, &file, error);

    if (status != MU_OK)
        return status;
    if (*file.party_branch)
        tell(teller, MU_SAY_standing_branch, file.party_branch, "");
    if (*file.reports_from)
        tell(teller, MU_SAY_standing_reports, file.reports_from, "");
    return MU_OK;
}

static bool tell_linked(void *context, const struct mu_resident *other)
{
    struct teller *teller = context;

    tell_number(teller, MU_SAY_standing_linked, NULL, other->id);
    return !teller->stopped;
}

static enum mu_status linked(struct teller *teller, struct mu_error *error)
{
    return mu_register_linked(teller->desk->db, teller->resident.id, tell_linked, teller, error);
}

static bool tell_order(void *context, const struct mu_order *order)
{
    struct teller *teller = context;
    char name[MU_RULE_NAME_SIZE], day[MU_DATE_SIZE];

    mu_session_name(teller->desk, order->session, name, sizeof name);
    mu_date_format(order->from, day);
    tell(teller, *order->weekdays ? MU_SAY_standing_order : MU_SAY_standing_single_order, name,
         *order->weekdays ? order->weekdays : day);
    return !teller->stopped;
}

static enum mu_status orders(struct teller *teller, struct mu_error *error)
{
    return mu_order_of_person(teller->desk->db, teller->resident.id, teller->day, tell_order,
                              teller, error);
}

/* What else comes to stand with people has its row here. */
static enum mu_status (*const standing[])(struct teller *teller, struct mu_error *error) = {
    tags, card, orders, head, relied_on, party, linked,
};

enum mu_status mu_standing_things(struct mu_desk *desk, int64_t resident_id, bool with_household,
                                  mu_standing_row *row, void *context, struct mu_error *error)
{
    struct teller teller = {
        .desk = desk, .with_household = with_household, .row = row, .context = context};
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_resident, error);

    if (status == MU_OK)
        status = mu_file_read(desk, resident_id, &teller.resident, error);
    if (status != MU_OK)
        return status;
    teller.day = mu_tags_day(&teller.resident, mu_desk_now(desk).date);
    for (size_t i = 0; status == MU_OK && i < sizeof standing / sizeof *standing; i++)
        status = standing[i](&teller, error);
    return status;
}

void mu_standing_words(const struct mu_standing_thing *thing, enum mu_language language, char *out,
                       size_t size)
{
    mu_message_format(out, size, language, thing->sentence, thing->first, thing->second, NULL);
}
