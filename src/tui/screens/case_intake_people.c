/* What follows from what is typed into the draft: people of the register, kind and level, the
 * place, the report of a danger. */
#include "tui/screens/case_intake.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/find.h>
#include <mulin/desk/register.h>

#include <stdio.h>
#include <string.h>

/* ---- people of the register ---- */

static void put_person(struct mu_intake *self, struct mu_form *form,
                       const struct mu_resident *person)
{
    char address[MU_ADDRESS_SIZE], year[8] = "";

    mu_resident_address(person, address);
    if (mu_date_known(person->birth_date))
        snprintf(year, sizeof year, "%04d", person->birth_date.year);
    mu_form_put(form, "name", person->name);
    mu_form_put(form, "sex", mu_choice_word(&mu_sexes, person->sex, self->language));
    mu_form_put(form, "birth_year", year);
    mu_form_put(form, "ethnic_group",
                mu_choice_word(&mu_ethnic_groups, person->ethnic_group, self->language));
    mu_form_put(form, "occupation", person->occupation);
    mu_form_put(form, "address", address);
    /* A masked number is none: the whole one stands in the register. */
    mu_form_put(form, "phone", strchr(person->phone, '*') ? "" : person->phone);
    mu_form_put(form, "id_number", "");
}

/* The party, other than this one, who is this person; `parties` when there is none. */
static size_t stands_already(const struct mu_intake *self, size_t party, int64_t resident_id)
{
    for (size_t i = 0; i < self->parties; i++)
        if (i != party && self->party[i].step.resident_id == resident_id &&
            *mu_intake_name(self, i))
            return i;
    return self->parties;
}

void mu_intake_take_person(struct mu_intake *self, size_t party, int64_t resident_id)
{
    struct mu_resident person;
    struct mu_error error;
    char address[MU_ADDRESS_SIZE];

    if (mu_read_resident(mu_screens_desk(self->app), resident_id, &person, &error) != MU_OK) {
        mu_app_say_error(self->app, &error);
        return;
    }
    if (stands_already(self, party, person.id) < self->parties) {
        mu_app_say(self->app, MU_TONE_WARNING, MU_SAY_intake_twice, person.name, NULL);
        return;
    }
    put_person(self, self->party[party].form, &person);
    self->party[party].step.resident_id = person.id;
    self->stale = self->changed = true;
    mu_resident_address(&person, address);
    mu_form_suggest(self->matter.form, "place", address);
    mu_app_say(self->app, MU_TONE_GOOD, MU_SAY_intake_taken, person.name, address, NULL);
    if (mu_intake_add_party(self, &error) != MU_OK)
        mu_app_say_error(self->app, &error);
}

void mu_intake_scanned(struct mu_intake *self, struct mu_intake_place at, const char *text)
{
    struct mu_resident person;
    struct mu_error error;

    if (mu_find_person(mu_screens_desk(self->app), text, &person, &error) != MU_OK) {
        mu_app_say_error(self->app, &error);
        return;
    }
    if (at.part != MU_INTAKE_PARTY) {
        mu_app_say(self->app, MU_TONE_WARNING, MU_SAY_intake_scan_elsewhere, person.name, NULL);
        return;
    }
    if (*mu_intake_name(self, at.party) && self->party[at.party].step.resident_id != person.id) {
        mu_app_say(self->app, MU_TONE_WARNING, MU_SAY_intake_scan_taken, person.name,
                   mu_intake_name(self, at.party), NULL);
        return;
    }
    mu_intake_take_person(self, at.party, person.id);
}

/* ---- what follows from a field ---- */

enum { WORD_LONGEST = 6, WORD_SHORTEST = 2, RUNES = 64 };

/* The kind of dispute that the longest local word in the text stands for, 0: none is known. */
static int dispute_in(const struct mu_rules *rules, const char *text)
{
    size_t at[RUNES + 1] = {0}, runes = 0;
    char word[MU_RULE_NAME_SIZE];

    for (const char *rest = text; *rest && runes < RUNES;) {
        uint32_t rune;

        at[runes++] = (size_t)(rest - text);
        rest += mu_text_rune(rest, &rune);
        at[runes] = (size_t)(rest - text);
    }
    for (size_t length = WORD_LONGEST; length >= WORD_SHORTEST; length--)
        for (size_t i = 0; i + length <= runes; i++) {
            size_t bytes = at[i + length] - at[i];
            int dispute;

            if (bytes >= sizeof word)
                continue;
            memcpy(word, text + at[i], bytes);
            word[bytes] = '\0';
            dispute = mu_rules_dispute(rules, word);
            if (dispute)
                return dispute;
        }
    return 0;
}

static void propose_dispute(struct mu_intake *self, const char *text)
{
    const struct mu_rules *rules;
    int dispute = 0;

    if (mu_desk_rules(mu_screens_desk(self->app), &rules, NULL, NULL) == MU_OK)
        dispute = dispute_in(rules, text);
    if (dispute)
        mu_form_suggest(self->matter.form, "dispute",
                        mu_choice_word(&mu_disputes, dispute, self->language));
}

/* Whose matter such disputes mostly are. */
static void propose_level(struct mu_intake *self)
{
    enum { FAMILY = 1, NEIGHBOURS = 2, PROPERTY = 13 }; /* data/codes/dispute.def */
    int dispute = mu_intake_code(self->matter.form, "dispute", &mu_disputes), level = 0;

    if (dispute == FAMILY || dispute == NEIGHBOURS)
        level = dispute;
    else if (dispute == PROPERTY)
        level = 3;
    if (level)
        mu_form_suggest(self->matter.form, "level",
                        mu_choice_word(&mu_case_levels, level, self->language));
}

void mu_intake_about_left(struct mu_intake *self)
{
    if (*mu_form_text(self->matter.form, "dispute"))
        return;
    propose_dispute(self, mu_text_area_text(self->about));
    propose_level(self);
}

/* Violence was threatened: whom it was reported to comes before anything else. */
static void danger_left(struct mu_intake *self)
{
    if (!mu_intake_danger(self))
        return;
    mu_app_say(self->app, MU_TONE_BAD, MU_SAY_intake_danger, NULL);
    if (!self->one_by_one)
        mu_intake_go(self, (struct mu_intake_place){MU_INTAKE_REPORT, 0}, "to");
}

static bool count_hit(void *context, const struct mu_resident *resident)
{
    size_t *count = context;

    (void)resident;
    ++*count;
    return true;
}

/* A name was typed, not taken from the register: it is somebody else's, or nobody's. */
static void name_left(struct mu_intake *self, size_t party)
{
    struct mu_intake_sheet *sheet = &self->party[party];
    struct mu_resident person;
    char number[MU_COUNT_SIZE];
    size_t same = 0;

    if (sheet->step.resident_id &&
        (mu_read_resident(mu_screens_desk(self->app), sheet->step.resident_id, &person, NULL) !=
             MU_OK ||
         strcmp(person.name, mu_intake_name(self, party)) != 0)) {
        sheet->step.resident_id = 0;
        self->changed = true;
    }
    if (sheet->step.resident_id || self->one_by_one || !*mu_intake_name(self, party) ||
        mu_find_residents(mu_screens_desk(self->app), mu_intake_name(self, party), 20, count_hit,
                          &same, NULL) != MU_OK ||
        !same)
        return;
    mu_count_text((int64_t)same, number);
    mu_app_say(self->app, MU_TONE_PLAIN, MU_SAY_intake_in_register, number, NULL);
}

void mu_intake_on_left(void *context, struct mu_form *form, const struct mu_field *field)
{
    struct mu_intake *self = context;

    if (form == self->matter.form) {
        if (strcmp(field->key, "subject") == 0)
            propose_dispute(self, mu_form_text(form, "subject"));
        if (strcmp(field->key, "subject") == 0 || strcmp(field->key, "dispute") == 0)
            propose_level(self);
        if (strcmp(field->key, "danger") == 0)
            danger_left(self);
        return;
    }
    for (size_t i = 0; i < self->parties; i++) {
        if (form != self->party[i].form)
            continue;
        if (strcmp(field->key, "name") == 0)
            name_left(self, i);
        if (strcmp(field->key, "address") == 0 && *mu_form_text(form, "address"))
            mu_form_suggest(self->matter.form, "place", mu_form_text(form, "address"));
    }
}
