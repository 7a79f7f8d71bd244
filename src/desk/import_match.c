#include "desk/import_match.h"

#include "store/register_store.h"
#include "store/search_find.h"

#include <mulin/base/name_key.h>
#include <mulin/domain/tag.h>
#include <mulin/domain/twin.h>

#include <stdio.h>
#include <string.h>

/* So many people of one name and birth date (mostly: of none) are looked at. Beyond that nobody can
 * tell them apart, and the rows of a bad file would take longer and longer. */
enum { NAMESAKES = 300 };
/* The community's own number may stand in thousands of files. */
enum { PHONE_HOLDERS = 20 };

/* The 15-digit form of an 18-digit number left out the century, which was the 20th, and the check
 * character. False when the number has no such form. */
static bool old_form(const char *id_number, char *out)
{
    if (strlen(id_number) != 18 || strncmp(id_number + 6, "19", 2) != 0)
        return false;
    snprintf(out, MU_ID_NUMBER_SIZE, "%.6s%.9s", id_number, id_number + 8);
    return true;
}

/* The 18-digit form of a 15-digit number. */
static void new_form(const char *id_number, char *out)
{
    snprintf(out, MU_ID_NUMBER_SIZE, "%.6s19%.9s", id_number, id_number + 6);
    out[17] = mu_id_number_check(out);
    out[18] = '\0';
}

static bool same_name(const char *a, const char *b)
{
    char folded[2][MU_PERSON_NAME_SIZE];
    if (strcmp(a, b) == 0)
        return true;
    mu_name_fold(a, folded[0], sizeof folded[0]);
    mu_name_fold(b, folded[1], sizeof folded[1]);
    return strcmp(folded[0], folded[1]) == 0;
}

static enum mu_status find_by_id_number(struct mu_db *db, const struct import_row *row,
                                        bool old_id_numbers, struct import_match *match,
                                        struct mu_error *error)
{
    const char *number = row->resident.id_number;
    char other[MU_ID_NUMBER_SIZE];
    enum mu_status status =
        mu_register_by_id_number(db, number, &match->found, &match->resident, error);
    if (status != MU_OK || match->found)
        return status;
    if (row->old_id_number)
        new_form(number, other);
    else if (!old_id_numbers || !old_form(number, other))
        return MU_OK;
    return mu_register_by_id_number(db, other, &match->found, &match->resident, error);
}

/* What is known while the namesakes of a row are gone through. */
struct namesakes {
    const struct import_row *row;
    struct import_match *match;
    struct mu_date today;
    int best, seen;
};

/* Takes the file for a possible twin if one of `wanted` speaks for it. */
static void weigh_twin(struct namesakes *namesakes, const struct mu_resident *other,
                       unsigned wanted)
{
    unsigned reasons = mu_twin_reasons(&namesakes->row->resident, other);
    if (!(reasons & wanted))
        return;
    namesakes->match->twin = other->id;
    namesakes->match->reasons = reasons;
}

static void tell_tags(struct mu_resident *resident, struct mu_date today)
{
    mu_tags_on(resident->tags, mu_tags_day(resident, today), resident->tags);
}

static bool weigh_namesake(void *context, const struct mu_resident *stored)
{
    struct namesakes *namesakes = context;
    struct mu_resident told = *stored, *namesake = &told;
    const struct mu_resident *row = &namesakes->row->resident;
    bool more = ++namesakes->seen < NAMESAKES;
    tell_tags(namesake, namesakes->today);
    if (*row->id_number && *namesake->id_number) {
        /* Two numbers, two people, but for a slip in one of them. */
        if (namesakes->match->twin == 0)
            weigh_twin(namesakes, namesake, MU_TWIN_ID_NEAR);
        return more;
    }
    int likeness = 2 * import_same_home(row, namesake) + import_share_phone(row, namesake);
    if (import_same_fields(row, namesake, false))
        likeness = 4;
    if (likeness > namesakes->best) {
        namesakes->best = likeness;
        namesakes->match->found = true;
        namesakes->match->resident = *namesake;
    }
    if (namesakes->match->twin == 0)
        weigh_twin(namesakes, namesake, MU_TWIN_NAME_BIRTH);
    return more;
}

static bool weigh_phone(void *context, const struct mu_resident *holder)
{
    struct namesakes *namesakes = context;
    if (holder->status != MU_DECEASED)
        weigh_twin(namesakes, holder, MU_TWIN_ID_NEAR | MU_TWIN_PHONE_SURNAME);
    return namesakes->match->twin == 0;
}

enum mu_status import_find(const struct mu_import_keys *keys, const struct import_row *row,
                           bool old_id_numbers, struct mu_date today, struct import_match *match,
                           const char **key, struct mu_error *error)
{
    const struct mu_resident *resident = &row->resident;
    match->found = false;
    match->twin = 0;
    match->reasons = 0;
    *key = "id_number";
    if (*resident->id_number) {
        enum mu_status status = find_by_id_number(keys->db, row, old_id_numbers, match, error);
        if (status != MU_OK)
            return status;
        if (match->found && !same_name(match->resident.name, resident->name)) {
            char number[24];
            snprintf(number, sizeof number, "%lld", (long long)match->resident.id);
            return mu_fail(error, MU_INPUT, MU_SAY_import_id_conflict, match->resident.name, number,
                           resident->name, NULL);
        }
        if (match->found) {
            tell_tags(&match->resident, today);
            return MU_OK;
        }
    }
    struct namesakes namesakes = {row, match, today, 0, 0};
    enum mu_status status = mu_import_namesakes(keys, resident->name, resident->birth_date,
                                                weigh_namesake, &namesakes, error);
    if (status == MU_OK && !match->found && namesakes.seen >= NAMESAKES) {
        *key = "name";
        return mu_fail(error, MU_INPUT, MU_SAY_import_many_namesakes, NULL);
    }
    if (status == MU_OK && !match->found && !match->twin && *resident->phone)
        status = mu_search_phones(keys->db, resident->phone, PHONE_HOLDERS, weigh_phone, &namesakes,
                                  error);
    return status;
}
