#include <mulin/domain/team.h>

#include "base/text_list.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

#define MEMBER(record, name) offsetof(struct record, name), sizeof(((struct record *)0)->name)

const struct mu_field mu_team_fields[] = {
    {"name", MU_SAY_field_team_name, MU_SAY_hint_team_name, MU_FIELD_NAME, true, false,
     MEMBER(mu_team, name), NULL},
    {"founded_on", MU_SAY_field_founded_on, MU_SAY_hint_founded_on, MU_FIELD_DATE, false, false,
     MEMBER(mu_team, founded_on), NULL},
    {"ended_on", MU_SAY_field_team_ended_on, MU_SAY_hint_team_ended_on, MU_FIELD_DATE, false, false,
     MEMBER(mu_team, ended_on), NULL},
    {"note", MU_SAY_field_team_note, MU_SAY_hint_team_note, MU_FIELD_NOTE, false, false,
     MEMBER(mu_team, note), NULL},
    {"withdrawn", MU_SAY_field_team_withdrawn, MU_SAY_hint_team_withdrawn, MU_FIELD_CHOICE, false,
     false, MEMBER(mu_team, withdrawn), &mu_answers},
};
const size_t mu_team_stored_field_count = sizeof mu_team_fields / sizeof *mu_team_fields;
const size_t mu_team_field_count = sizeof mu_team_fields / sizeof *mu_team_fields - 1;

const struct mu_field mu_team_book_fields[] = {
    {"memberships", MU_SAY_field_memberships, MU_SAY_hint_memberships, MU_FIELD_NAME, false, false,
     MEMBER(mu_team_book, times), NULL},
};
const size_t mu_team_book_field_count = sizeof mu_team_book_fields / sizeof *mu_team_book_fields;

static const char apart[] = "；", to[] = "～";

enum { TIME_SIZE = MU_RULE_NAME_SIZE + 2 * MU_DATE_SIZE + 64 };

bool mu_team_book_add(struct mu_team_book *book, const struct mu_membership *membership)
{
    char from[MU_DATE_SIZE], until[MU_DATE_SIZE], time[TIME_SIZE];

    mu_date_format(membership->from, from);
    mu_date_format(membership->until, until);
    snprintf(time, sizeof time, "%s%s%s %s %s", from, to, until,
             mu_choice_word(&mu_team_roles, membership->role, MU_CHINESE), membership->team);
    return mu_text_list_add(book->times, sizeof book->times, apart, time);
}

/* Cuts the text at the first blank; what is behind it, or NULL. */
static char *cut(char *text)
{
    char *blank = strchr(text, ' ');

    if (!blank)
        return NULL;
    *blank = '\0';
    return blank + 1;
}

bool mu_team_book_next(const char **times, struct mu_membership *out)
{
    const char *rest = *times;
    const struct mu_choice *choice;
    char time[TIME_SIZE], *role, *team, *until;

    if (!mu_text_list_next(&rest, apart, time, sizeof time))
        return false;
    *out = (struct mu_membership){0};
    role = cut(time);
    team = role ? cut(role) : NULL;
    until = strstr(time, to);
    choice = team ? mu_choice_by_text(&mu_team_roles, role) : NULL;
    if (!choice || !until || !*team || strlen(team) >= sizeof out->team)
        return false;
    *until = '\0';
    if (!mu_date_read(time, &out->from) || !mu_date_read(until + strlen(to), &out->until) ||
        !mu_date_known(out->from))
        return false;
    out->role = choice->code;
    mu_text_copy(out->team, sizeof out->team, team);
    *times = rest;
    return true;
}
