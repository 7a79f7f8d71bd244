#include "desk/resident_tags.h"

#include <string.h>

void mu_teller_init(struct mu_teller *teller, struct mu_desk *desk)
{
    static const struct mu_register_rules usual = {.elder_from = 60, .advanced_age_from = 80};
    const struct mu_rules *rules;

    *teller = (struct mu_teller){.db = desk->db, .rules = &usual, .today = mu_desk_now(desk).date};
    if (mu_desk_rules(desk, &rules, NULL, NULL) == MU_OK)
        teller->rules = &rules->people;
}

bool mu_tell_tags(struct mu_teller *teller, struct mu_resident *resident)
{
    struct mu_housemates members;
    int age = mu_resident_age(resident, teller->today);
    bool counts = resident->status == MU_LIVING_HERE && age >= teller->rules->elder_from;

    mu_tags_on(resident->tags, mu_tags_day(resident, teller->today), resident->tags);
    *resident->derived = '\0';
    if (!counts)
        return true;
    if (resident->household_id)
        teller->status =
            mu_tag_members(teller->db, resident->household_id, &members, &teller->error);
    if (teller->status != MU_OK)
        return false;
    mu_derive_tags(resident, resident->household_id ? &members : NULL, teller->rules, teller->today,
                   resident->derived);
    return true;
}

enum mu_status mu_file_tell_tags(struct mu_desk *desk, struct mu_resident *resident,
                                 struct mu_error *error)
{
    struct mu_teller teller;

    mu_teller_init(&teller, desk);
    if (!mu_tell_tags(&teller, resident) && error)
        *error = teller.error;
    return teller.status;
}

/* The same words in any order. */
static bool same_words(const char *a, const char *b)
{
    char word[MU_TAGS_SIZE];
    struct mu_date until;
    const char *rest = a;

    if (strlen(a) != strlen(b))
        return false;
    while (mu_tag_next(&rest, word, &until))
        if (!mu_tags_have(b, word))
            return false;
    return true;
}

static bool tags_differ(const struct mu_resident *before, const struct mu_resident *after)
{
    return !same_words(before ? before->tags : "", after->tags);
}

enum mu_status mu_file_plan_tags_by(struct mu_desk *desk, const struct mu_register_rules *rules,
                                    const struct mu_resident *before,
                                    const struct mu_resident *after, struct mu_tag_changes *changes,
                                    bool *changed, struct mu_error *error)
{
    char line[MU_TAGS_SIZE] = "";
    enum mu_status status = MU_OK;

    *changed = tags_differ(before, after);
    if (!*changed)
        return MU_OK;
    if (before)
        status = mu_tag_line(desk->db, before->id, line, error);
    if (status != MU_OK)
        return status;
    return mu_tags_replace(line, after->tags, mu_desk_now(desk).date, rules, changes, error);
}

enum mu_status mu_file_plan_tags(struct mu_desk *desk, const struct mu_resident *before,
                                 const struct mu_resident *after, struct mu_tag_changes *changes,
                                 bool *changed, struct mu_error *error)
{
    const struct mu_rules *rules;
    enum mu_status status;

    *changed = tags_differ(before, after);
    if (!*changed)
        return MU_OK;
    status = mu_desk_rules(desk, &rules, NULL, error);
    if (status != MU_OK)
        return status;
    return mu_file_plan_tags_by(desk, &rules->people, before, after, changes, changed, error);
}

struct mu_tag_stamp mu_file_tag_stamp(const struct mu_desk *desk)
{
    return (struct mu_tag_stamp){desk->operator.id, mu_desk_now(desk)};
}

enum mu_status mu_file_write_tags(struct mu_act_writer *act, const struct mu_resident *before,
                                  const struct mu_resident *after, struct mu_error *error)
{
    struct mu_tag_stamp stamp = mu_file_tag_stamp(act->desk);
    struct mu_tag_changes changes;
    struct mu_tag_book was = {0}, is = {0};
    bool changed;
    enum mu_status status = mu_file_plan_tags(act->desk, before, after, &changes, &changed, error);

    if (status != MU_OK || !changed)
        return status;
    if (before)
        status = mu_tag_book_read(act->desk, after->id, &was, error);
    if (status == MU_OK)
        status = mu_tag_apply(act->desk->db, after->id, &changes, &stamp, error);
    if (status != MU_OK || !before || (act->wholesale && after->status == MU_ENTERED_IN_ERROR))
        return status;
    status = mu_tag_book_read(act->desk, after->id, &is, error);
    return status == MU_OK ? mu_act_record(act, "tag", after->id, &was, &is, error) : status;
}
