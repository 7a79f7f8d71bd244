#include <mulin/domain/case_step.h>

#include <mulin/base/codes.h>

#include <stddef.h>
#include <string.h>

/* The message of a label and its hint carry one name, so that a place is a place in every form. */
#define FIELD(record, member, message, kind, required, choices)                                    \
    {                                                                                              \
#member, MU_SAY_field_##message, MU_SAY_hint_##message, kind, required, false,             \
            offsetof(struct record, member), sizeof(((struct record *)0)->member), choices         \
    }

#define INTAKE(member, message, kind, required, choices)                                           \
    FIELD(mu_case_intake, member, message, kind, required, choices)
static const struct mu_field intake_fields[] = {
    INTAKE(subject, case_subject, MU_FIELD_NAME, true, NULL),
    INTAKE(dispute, case_dispute, MU_FIELD_CHOICE, true, &mu_disputes),
    INTAKE(level, case_level, MU_FIELD_CHOICE, true, &mu_case_levels),
    INTAKE(source, case_source, MU_FIELD_CHOICE, true, &mu_case_sources),
    INTAKE(sender, case_sender, MU_FIELD_NAME, false, NULL),
    INTAKE(danger, case_danger, MU_FIELD_CHOICE, true, &mu_answers),
    INTAKE(weight, case_weight, MU_FIELD_CHOICE, false, &mu_case_weights),
    INTAKE(place, case_place, MU_FIELD_TEXT, false, NULL),
    INTAKE(amount, case_amount, MU_FIELD_TEXT, false, NULL),
    INTAKE(people, case_people, MU_FIELD_TEXT, false, NULL),
};

#define PARTY(member, message, kind, required, choices)                                            \
    FIELD(mu_case_party, member, message, kind, required, choices)
static const struct mu_field party_fields[] = {
    PARTY(side, case_side, MU_FIELD_CHOICE, true, &mu_case_sides),
    PARTY(name, case_name, MU_FIELD_NAME, true, NULL),
    PARTY(phone, phone, MU_FIELD_PHONE, false, NULL),
    PARTY(wish, case_wish, MU_FIELD_NAME, false, NULL),
    PARTY(address, case_address, MU_FIELD_TEXT, false, NULL),
    PARTY(sex, sex, MU_FIELD_CHOICE, false, &mu_sexes),
    PARTY(birth_year, case_birth_year, MU_FIELD_YEAR, false, NULL),
    PARTY(ethnic_group, ethnic_group, MU_FIELD_CHOICE, false, &mu_ethnic_groups),
    PARTY(id_number, id_number, MU_FIELD_ID_NUMBER, false, NULL),
    PARTY(occupation, occupation, MU_FIELD_NAME, false, NULL),
    PARTY(agent, case_agent, MU_FIELD_NAME, false, NULL),
};

#define MEDIATOR(member, message, kind, required, choices)                                         \
    FIELD(mu_case_change_of_mediator, member, message, kind, required, choices)
static const struct mu_field mediator_fields[] = {
    MEDIATOR(duty, case_duty, MU_FIELD_CHOICE, true, &mu_case_duties),
    MEDIATOR(name, case_mediator, MU_FIELD_NAME, true, NULL),
    MEDIATOR(consent, case_consent_close, MU_FIELD_CHOICE, false, &mu_answers),
    MEDIATOR(reason, case_reason, MU_FIELD_NAME, false, NULL),
};

static const struct mu_field report_fields[] = {
    FIELD(mu_case_report, to, case_reported_to, MU_FIELD_NAME, true, NULL),
    FIELD(mu_case_report, at, case_at, MU_FIELD_TEXT, false, NULL),
    FIELD(mu_case_report, how, case_reported_how, MU_FIELD_NAME, false, NULL),
};

static const struct mu_field notice_fields[] = {
    FIELD(mu_case_notice, how, case_informed_how, MU_FIELD_NAME, false, NULL),
};

#define INVESTIGATION(member, message, kind)                                                       \
    FIELD(mu_case_investigation, member, message, kind, false, NULL)
static const struct mu_field investigation_fields[] = {
    INVESTIGATION(from, case_from, MU_FIELD_TEXT),
    INVESTIGATION(to, case_to, MU_FIELD_TEXT),
    INVESTIGATION(place, case_place, MU_FIELD_TEXT),
    INVESTIGATION(asked, case_asked, MU_FIELD_NAME),
};

#define MEETING(member, message, kind, required)                                                   \
    FIELD(mu_case_meeting, member, message, kind, required, NULL)
static const struct mu_field meeting_fields[] = {
    MEETING(from, case_from, MU_FIELD_TEXT, false),
    MEETING(to, case_to, MU_FIELD_TEXT, false),
    MEETING(place, case_place, MU_FIELD_TEXT, false),
    MEETING(present, case_present, MU_FIELD_NAME, true),
    MEETING(offered, case_offered, MU_FIELD_NAME, false),
    MEETING(next_on, case_next_meeting, MU_FIELD_DATE, false),
};

#define AGREEMENT(member, message, kind, required, choices)                                        \
    FIELD(mu_case_agreement, member, message, kind, required, choices)
static const struct mu_field agreement_fields[] = {
    AGREEMENT(form, case_form, MU_FIELD_CHOICE, true, &mu_case_forms),
    AGREEMENT(signed_by, case_signed_by, MU_FIELD_NAME, false, NULL),
    AGREEMENT(effect, case_effect, MU_FIELD_CHOICE, false, &mu_answers),
    AGREEMENT(visit_on, case_visit_on, MU_FIELD_DATE, false, NULL),
};

#define PROMISE(member, message, kind, required)                                                   \
    FIELD(mu_case_promise, member, message, kind, required, NULL)
static const struct mu_field promise_fields[] = {
    PROMISE(who, case_promise_who, MU_FIELD_NAME, true),
    PROMISE(what, case_promise_what, MU_FIELD_NAME, true),
    PROMISE(amount, case_promise_amount, MU_FIELD_TEXT, false),
    PROMISE(due_on, case_promise_due, MU_FIELD_DATE, true),
};

static const struct mu_field ending_fields[] = {
    FIELD(mu_case_ending, how, case_end, MU_FIELD_CHOICE, true, &mu_case_ends),
    FIELD(mu_case_ending, told, case_told, MU_FIELD_CHOICE, false, &mu_answers),
};

static const struct mu_field extension_fields[] = {
    FIELD(mu_case_extension, until, case_until, MU_FIELD_DATE, true, NULL),
    FIELD(mu_case_extension, consent, case_consent_both, MU_FIELD_CHOICE, true, &mu_answers),
    FIELD(mu_case_extension, reason, case_reason, MU_FIELD_NAME, false, NULL),
};

#define PASSING(member, message, kind, required, choices)                                          \
    FIELD(mu_case_passing, member, message, kind, required, choices)
static const struct mu_field passing_fields[] = {
    PASSING(station, case_station, MU_FIELD_CHOICE, true, &mu_case_stations),
    PASSING(to, case_passed_to, MU_FIELD_NAME, true, NULL),
    PASSING(reason, case_reason, MU_FIELD_NAME, true, NULL),
};
static const struct mu_field return_fields[] = {
    PASSING(station, case_station_back, MU_FIELD_CHOICE, true, &mu_case_stations),
    PASSING(to, case_returned_by, MU_FIELD_NAME, false, NULL),
    PASSING(reason, case_reason, MU_FIELD_NAME, false, NULL),
};

#define CONFIRMATION(member, message, kind, required, choices)                                     \
    FIELD(mu_case_confirmation, member, message, kind, required, choices)
static const struct mu_field confirmation_fields[] = {
    CONFIRMATION(court, case_court, MU_FIELD_CHOICE, true, &mu_case_courts),
    CONFIRMATION(name, case_court_name, MU_FIELD_NAME, true, NULL),
    CONFIRMATION(document, case_court_document, MU_FIELD_NAME, false, NULL),
};

static const struct mu_field performance_fields[] = {
    FIELD(mu_case_performance, amount, case_paid, MU_FIELD_TEXT, false, NULL),
    FIELD(mu_case_performance, how, case_performed_how, MU_FIELD_NAME, false, NULL),
};

static const struct mu_field visit_fields[] = {
    FIELD(mu_case_visit, kept, case_kept, MU_FIELD_CHOICE, false, &mu_case_kept),
    FIELD(mu_case_visit, met, case_met, MU_FIELD_NAME, false, NULL),
    FIELD(mu_case_visit, next_on, case_next_visit, MU_FIELD_DATE, false, NULL),
};

static const struct mu_field closing_fields[] = {
    FIELD(mu_case_reason, reason, case_closing_reason, MU_FIELD_NAME, false, NULL),
};
static const struct mu_field reopening_fields[] = {
    FIELD(mu_case_reason, reason, case_reason, MU_FIELD_NAME, true, NULL),
};

static const struct mu_field addition_fields[] = {
    FIELD(mu_case_addition, reason, case_reason, MU_FIELD_NAME, false, NULL),
};

#define ATTACHMENT(member, message, kind, required, choices)                                       \
    FIELD(mu_case_attachment, member, message, kind, required, choices)
static const struct mu_field attachment_fields[] = {
    ATTACHMENT(paper, case_paper, MU_FIELD_CHOICE, true, &mu_case_papers),
    ATTACHMENT(file, case_file, MU_FIELD_NAME, true, NULL),
    ATTACHMENT(hash, case_file_hash, MU_FIELD_TEXT, true, NULL),
    ATTACHMENT(bytes, case_file_bytes, MU_FIELD_TEXT, true, NULL),
};

#define TYPE(word, fields, record)                                                                 \
#word, MU_SAY_step_##word, MU_SAY_step_help_##word, fields, sizeof(fields) / sizeof *(fields), \
        sizeof(struct record)
#define NO_TEXT 0, 0, false
#define TEXT(word, required) MU_SAY_step_text_##word, MU_SAY_step_text_hint_##word, required

static const struct mu_case_step_type types[MU_STEP_KINDS] = {
    [MU_STEP_INTAKE] = {TYPE(intake, intake_fields, mu_case_intake), TEXT(intake, false)},
    [MU_STEP_AMENDED] = {TYPE(amended, intake_fields, mu_case_intake), TEXT(intake, false)},
    [MU_STEP_PARTY] = {TYPE(party, party_fields, mu_case_party), NO_TEXT},
    [MU_STEP_MEDIATOR] = {TYPE(mediator, mediator_fields, mu_case_change_of_mediator), NO_TEXT},
    [MU_STEP_REPORTED] = {TYPE(reported, report_fields, mu_case_report), NO_TEXT},
    [MU_STEP_INFORMED] = {TYPE(informed, notice_fields, mu_case_notice), NO_TEXT},
    [MU_STEP_INVESTIGATED] = {TYPE(investigated, investigation_fields, mu_case_investigation),
                              TEXT(investigated, true)},
    [MU_STEP_MEETING] = {TYPE(meeting, meeting_fields, mu_case_meeting), TEXT(meeting, true)},
    [MU_STEP_AGREED] = {TYPE(agreed, agreement_fields, mu_case_agreement), TEXT(agreed, true)},
    [MU_STEP_PROMISE] = {TYPE(promise, promise_fields, mu_case_promise), NO_TEXT},
    [MU_STEP_ENDED] = {TYPE(ended, ending_fields, mu_case_ending), TEXT(ended, false)},
    [MU_STEP_EXTENDED] = {TYPE(extended, extension_fields, mu_case_extension), NO_TEXT},
    [MU_STEP_PASSED] = {TYPE(passed, passing_fields, mu_case_passing), NO_TEXT},
    [MU_STEP_RETURNED] = {TYPE(returned, return_fields, mu_case_passing), NO_TEXT},
    [MU_STEP_CONFIRMED] = {TYPE(confirmed, confirmation_fields, mu_case_confirmation), NO_TEXT},
    [MU_STEP_PERFORMED] = {TYPE(performed, performance_fields, mu_case_performance), NO_TEXT},
    [MU_STEP_VISITED] = {TYPE(visited, visit_fields, mu_case_visit), TEXT(visited, false)},
    [MU_STEP_CLOSED] = {TYPE(closed, closing_fields, mu_case_reason), NO_TEXT},
    [MU_STEP_REOPENED] = {TYPE(reopened, reopening_fields, mu_case_reason), NO_TEXT},
    [MU_STEP_ADDED] = {TYPE(added, addition_fields, mu_case_addition), TEXT(added, true)},
    [MU_STEP_ATTACHED] = {TYPE(attached, attachment_fields, mu_case_attachment), NO_TEXT},
};

const struct mu_case_step_type *mu_case_step_type(enum mu_case_step_kind kind)
{
    return kind >= MU_STEP_INTAKE && kind < MU_STEP_KINDS ? &types[kind] : NULL;
}

bool mu_case_step_from_word(const char *word, enum mu_case_step_kind *out)
{
    for (int kind = MU_STEP_INTAKE; kind < MU_STEP_KINDS; kind++) {
        if (strcmp(types[kind].word, word) != 0)
            continue;
        *out = (enum mu_case_step_kind)kind;
        return true;
    }
    return false;
}
