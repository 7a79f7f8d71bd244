/* Which questions are asked, in which order, and what is read back at the end. */
#include "tui/screens/case_intake.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum { TOLD_ON = 3 }; /* from here on in data/codes/case_source.def somebody else sent the case */

struct questions {
    struct mu_intake_question *out;
    size_t count;
};

static void ask(struct questions *questions, enum mu_intake_part part, size_t party,
                const char *key, enum mu_message words, enum mu_message example, bool required)
{
    questions->out[questions->count++] =
        (struct mu_intake_question){{part, party}, key, words, example, required};
}

static void ask_matter(struct questions *questions, const char *key, enum mu_message words,
                       enum mu_message example, bool required)
{
    ask(questions, MU_INTAKE_MATTER, 0, key, words, example, required);
}

/* The telephone of somebody of the register is known there. */
static void ask_party(const struct mu_intake *self, struct questions *questions, size_t party)
{
    static const enum mu_message who[] = {MU_SAY_ask_first, MU_SAY_ask_other, MU_SAY_ask_more};
    bool named = *mu_intake_name(self, party);

    ask(questions, MU_INTAKE_PARTY, party, "name", who[party < 2 ? party : 2],
        party < 2 ? MU_SAY_ask_name_example : MU_SAY_ask_more_example, party == 0);
    if (party >= 2 && !named)
        return;
    if (party >= 2)
        ask(questions, MU_INTAKE_PARTY, party, "side", MU_SAY_ask_side, MU_SAY_ask_side_example,
            true);
    if (!self->party[party].step.resident_id)
        ask(questions, MU_INTAKE_PARTY, party, "phone", MU_SAY_ask_phone, MU_SAY_ask_phone_example,
            false);
    ask(questions, MU_INTAKE_PARTY, party, "wish", MU_SAY_ask_wish, MU_SAY_ask_wish_example, false);
}

size_t mu_intake_questions(const struct mu_intake *self, struct mu_intake_question *out)
{
    struct questions questions = {out, 0};

    ask_matter(&questions, "danger", MU_SAY_ask_danger, MU_SAY_ask_danger_example, true);
    if (mu_intake_danger(self)) {
        ask(&questions, MU_INTAKE_REPORT, 0, "to", MU_SAY_ask_report_to,
            MU_SAY_ask_report_to_example, true);
        ask(&questions, MU_INTAKE_REPORT, 0, "at", MU_SAY_ask_report_at,
            MU_SAY_ask_report_at_example, false);
        ask(&questions, MU_INTAKE_REPORT, 0, "how", MU_SAY_ask_report_how,
            MU_SAY_ask_report_how_example, false);
    }
    ask_party(self, &questions, 0);
    ask_party(self, &questions, 1);
    ask_matter(&questions, "subject", MU_SAY_ask_subject, MU_SAY_ask_subject_example, true);
    ask(&questions, MU_INTAKE_ABOUT, 0, NULL, MU_SAY_ask_about, MU_SAY_ask_about_example, false);
    for (size_t i = 2; i < self->parties; i++)
        ask_party(self, &questions, i);
    ask_matter(&questions, "dispute", MU_SAY_ask_dispute, MU_SAY_ask_choose_example, true);
    ask_matter(&questions, "level", MU_SAY_ask_level, MU_SAY_ask_choose_example, true);
    ask_matter(&questions, "source", MU_SAY_ask_source, MU_SAY_ask_choose_example, true);
    if (mu_intake_code(self->matter.form, "source", &mu_case_sources) >= TOLD_ON)
        ask_matter(&questions, "sender", MU_SAY_ask_sender, MU_SAY_ask_sender_example, false);
    ask_matter(&questions, "place", MU_SAY_ask_place, MU_SAY_ask_place_example, false);
    ask(&questions, MU_INTAKE_MEDIATION, 0, NULL, MU_SAY_ask_mediator, MU_SAY_ask_mediator_example,
        false);
    ask(&questions, MU_INTAKE_READ_BACK, 0, NULL, MU_SAY_ask_read_back,
        MU_SAY_ask_read_back_example, false);
    return questions.count;
}

bool mu_intake_ask_about(struct mu_intake *self, struct mu_intake_place place, const char *key)
{
    struct mu_intake_question question[MU_INTAKE_QUESTIONS];
    size_t count = mu_intake_questions(self, question);

    for (size_t i = 0; i < count; i++) {
        const struct mu_intake_question *at = &question[i];

        if (at->place.part != place.part ||
            (place.part == MU_INTAKE_PARTY && at->place.party != place.party) ||
            (key && at->key && strcmp(at->key, key) != 0))
            continue;
        self->question = i;
        self->stale = true;
        return true;
    }
    return false;
}

/* ---- reading back ---- */

static void put(FILE *out, enum mu_language language, enum mu_message message, const char *value)
{
    char line[2 * MU_CASE_LINE_SIZE];

    if (!*value)
        return;
    mu_message_format(line, sizeof line, language, message, value, NULL);
    fprintf(out, "%s\n", line);
}

static void put_party(FILE *out, const struct mu_intake *self, size_t party)
{
    const struct mu_form *form = self->party[party].form;
    const char *side = mu_form_text(form, "side");
    char line[2 * MU_CASE_LINE_SIZE];

    mu_message_format(line, sizeof line, self->language, MU_SAY_intake_read_party,
                      *side ? side : mu_choice_word(&mu_case_sides, 3, self->language),
                      mu_intake_name(self, party),
                      mu_form_text(form, *mu_form_text(form, "phone") ? "phone" : "address"), NULL);
    fprintf(out, "%s\n", line);
    put(out, self->language, MU_SAY_intake_read_wish, mu_form_text(form, "wish"));
}

static void put_mediators(FILE *out, const struct mu_intake *self)
{
    char names[MU_CASE_LINE_SIZE] = "";
    size_t used = 0;

    for (size_t i = 0; i < self->chosen_count && used < sizeof names; i++)
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", i ? "、" : "",
                                 self->chosen[i].name);
    put(out, self->language, MU_SAY_intake_read_mediators,
        *names ? names : mu_message_text(MU_SAY_intake_read_nobody, self->language));
}

void mu_intake_read_back(const struct mu_intake *self, char *out, size_t size)
{
    const struct mu_form *matter = self->matter.form;
    char about[MU_CASE_LINE_SIZE];
    FILE *stream = fmemopen(out, size, "w");

    *out = '\0';
    if (!stream)
        return;
    if (mu_intake_danger(self))
        put(stream, self->language, MU_SAY_intake_read_danger,
            mu_form_text(self->report.form, "to"));
    for (size_t i = 0; i < self->parties; i++)
        if (*mu_intake_name(self, i))
            put_party(stream, self, i);
    put(stream, self->language, MU_SAY_intake_read_subject, mu_form_text(matter, "subject"));
    mu_text_clean(about, sizeof about - 8, mu_text_area_text(self->about), false);
    put(stream, self->language, MU_SAY_intake_read_about, about);
    put(stream, self->language, MU_SAY_intake_read_dispute, mu_form_text(matter, "dispute"));
    put(stream, self->language, MU_SAY_intake_read_level, mu_form_text(matter, "level"));
    put(stream, self->language, MU_SAY_intake_read_source, mu_form_text(matter, "source"));
    put(stream, self->language, MU_SAY_intake_read_place, mu_form_text(matter, "place"));
    put_mediators(stream, self);
    (void)fclose(stream);
    out[size - 1] = '\0';
}
