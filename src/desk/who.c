#include "desk/who.h"

#include "desk/resident_file.h"

#include "store/diner_account_store.h"
#include "store/register_store.h"

#include <mulin/base/name_key.h>
#include <mulin/base/text.h>
#include <mulin/desk/find.h>

#include <string.h>

struct candidates {
    size_t count;
    struct mu_resident first;
    char second_name[MU_PERSON_NAME_SIZE];
};

static bool take_candidate(void *context, const struct mu_resident *resident)
{
    struct candidates *candidates = context;

    if (candidates->count++ == 0)
        candidates->first = *resident;
    else
        mu_text_copy(candidates->second_name, sizeof candidates->second_name, resident->name);
    return candidates->count < 2;
}

/* Just one must answer; somebody whose whole name was typed comes before longer names. */
static bool decided(const struct candidates *candidates, const char *who)
{
    char typed[MU_PERSON_NAME_SIZE], first[MU_PERSON_NAME_SIZE], second[MU_PERSON_NAME_SIZE];

    if (candidates->count == 1)
        return true;
    mu_name_fold(who, typed, sizeof typed);
    mu_name_fold(candidates->first.name, first, sizeof first);
    mu_name_fold(candidates->second_name, second, sizeof second);
    return strcmp(typed, first) == 0 && strcmp(typed, second) != 0;
}

static enum mu_status find_by_card_or_id(struct mu_desk *desk, const char *who, bool *found,
                                         struct mu_resident *out, struct mu_error *error)
{
    char card[MU_CARD_SIZE];
    struct mu_id_number id;

    *found = false;
    if (mu_id_number_parse(who, &id) <= MU_ID_OLD_FORM)
        return mu_register_by_id_number(desk->db, id.text, found, out, error);
    mu_card_number(who, card);
    return mu_register_by_card(desk->db, card, found, out, error);
}

static enum mu_status refuse(enum mu_who found, enum mu_who *what, enum mu_message message,
                             const char *first, const char *second, struct mu_error *error)
{
    *what = found;
    return mu_fail(error, MU_REFUSED, message, first, second, NULL);
}

/* Nobody answers to the text: perhaps because it is a card that was replaced. */
static enum mu_status nobody(struct mu_desk *desk, const char *text, enum mu_who *what,
                             struct mu_error *error)
{
    char card[MU_CARD_SIZE], day_text[MU_DATE_SIZE];
    struct mu_date day;
    enum mu_status status;

    mu_card_number(text, card);
    status = mu_card_ended(desk->db, card, &day, error);
    if (status != MU_OK)
        return status;
    if (!mu_date_known(day))
        return refuse(MU_WHO_NOBODY, what, MU_SAY_meal_not_found, text, NULL, error);
    mu_date_format(day, day_text);
    return refuse(MU_WHO_CARD_ENDED, what, MU_SAY_error_card_ended, card, day_text, error);
}

enum mu_status mu_who(struct mu_desk *desk, const char *text, enum mu_who *what,
                      struct mu_resident *out, struct mu_error *error)
{
    struct candidates candidates = {0};
    char typed[MU_PERSON_NAME_SIZE];
    bool found;
    enum mu_status status;

    *what = MU_WHO_FOUND;
    /* Of a text that is too long the front might be somebody. */
    if (!mu_text_clean(typed, sizeof typed, text, false) || !*typed)
        return refuse(MU_WHO_EMPTY, what, MU_SAY_error_who_empty, NULL, NULL, error);
    status = find_by_card_or_id(desk, typed, &found, out, error);
    if (status != MU_OK || found)
        return status;
    status = mu_find_residents(desk, typed, 2, take_candidate, &candidates, error);
    if (status != MU_OK)
        return status;
    if (candidates.count == 0)
        return nobody(desk, typed, what, error);
    if (!decided(&candidates, typed))
        return refuse(MU_WHO_SEVERAL, what, MU_SAY_meal_ambiguous, typed, NULL, error);
    *out = candidates.first;
    return MU_OK;
}

enum mu_status mu_find_person(struct mu_desk *desk, const char *who, struct mu_resident *out,
                              struct mu_error *error)
{
    struct mu_resident found;
    enum mu_who what;
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status == MU_OK)
        status = mu_who(desk, who, &what, &found, error);
    if (status != MU_OK)
        return status;
    mu_file_mask(&found);
    *out = found;
    return MU_OK;
}
