#include <mulin/domain/case.h>

#include "domain/case_codes.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

/* A step that is looked at, with where a fault of it is told. */
struct look {
    const struct mu_case *mediated;
    const struct mu_case_step *step;
    const struct mu_rules *rules;
    struct mu_date today;
    const char **field;
    struct mu_error *error;
};

static enum mu_status fault(const struct look *look, const char *field, enum mu_message message)
{
    if (look->field)
        *look->field = field;
    return mu_fail(look->error, MU_INPUT, message, NULL);
}

static enum mu_status fault_day(const struct look *look, const char *field, enum mu_message message,
                                struct mu_date day)
{
    char text[MU_DATE_SIZE];

    mu_date_format(day, text);
    if (look->field)
        *look->field = field;
    return mu_fail(look->error, MU_INPUT, message, text, NULL);
}

/* ---- what every step has ---- */

static enum mu_status look_at_field(const struct look *look, const struct mu_field *field)
{
    union mu_case_record copy = look->step->record;
    char value[MU_FIELD_LONGEST];
    enum mu_status status;
    int code = 0;

    if (field->kind == MU_FIELD_CHOICE)
        memcpy(&code, (const char *)&look->step->record + field->offset, sizeof code);
    if (code && !mu_choice_by_code(field->choices, code))
        return fault(look, field->key, field->choices->refusal);
    mu_field_write(field, &look->step->record, MU_CHINESE, value, sizeof value);
    status = mu_field_read(field, value, look->today, &copy, look->error);
    if (status != MU_OK && look->field)
        *look->field = field->key;
    return status;
}

static bool is_amount(const char *text)
{
    struct mu_money amount;

    return mu_money_parse(text, &amount) && amount.fen > 0;
}

static bool is_clock(const char *text)
{
    int minute;

    return mu_clock_parse(text, &minute);
}

static bool is_number(const char *text)
{
    return strspn(text, "0123456789") == strlen(text);
}

static bool is_hash(const char *text)
{
    return strlen(text) == 2 * (size_t)MU_HASH_SIZE &&
           strspn(text, "0123456789abcdef") == strlen(text);
}

/* Texts that have a form of their own. */
#define FORM(kind, record, member, good, message)                                                  \
    {                                                                                              \
        kind, #member, offsetof(struct record, member), good, message                              \
    }
static const struct {
    enum mu_case_step_kind kind;
    const char *key;
    size_t offset;
    bool (*good)(const char *text);
    enum mu_message message;
} forms[] = {
    FORM(MU_STEP_INTAKE, mu_case_intake, amount, is_amount, MU_SAY_error_case_amount),
    FORM(MU_STEP_AMENDED, mu_case_intake, amount, is_amount, MU_SAY_error_case_amount),
    FORM(MU_STEP_INTAKE, mu_case_intake, people, is_number, MU_SAY_error_case_people),
    FORM(MU_STEP_AMENDED, mu_case_intake, people, is_number, MU_SAY_error_case_people),
    FORM(MU_STEP_REPORTED, mu_case_report, at, is_clock, MU_SAY_error_case_clock),
    FORM(MU_STEP_INVESTIGATED, mu_case_investigation, from, is_clock, MU_SAY_error_case_clock),
    FORM(MU_STEP_INVESTIGATED, mu_case_investigation, to, is_clock, MU_SAY_error_case_clock),
    FORM(MU_STEP_MEETING, mu_case_meeting, from, is_clock, MU_SAY_error_case_clock),
    FORM(MU_STEP_MEETING, mu_case_meeting, to, is_clock, MU_SAY_error_case_clock),
    FORM(MU_STEP_PROMISE, mu_case_promise, amount, is_amount, MU_SAY_error_case_amount),
    FORM(MU_STEP_PERFORMED, mu_case_performance, amount, is_amount, MU_SAY_error_case_amount),
    FORM(MU_STEP_ATTACHED, mu_case_attachment, hash, is_hash, MU_SAY_error_case_file_hash),
    FORM(MU_STEP_ATTACHED, mu_case_attachment, bytes, is_number, MU_SAY_error_case_file_hash),
};

static enum mu_status look_at_fields(const struct look *look)
{
    const struct mu_case_step_type *type = mu_case_step_type(look->step->kind);
    enum mu_status status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < type->field_count; i++)
        status = look_at_field(look, &type->fields[i]);
    for (size_t i = 0; status == MU_OK && i < sizeof forms / sizeof *forms; i++) {
        const char *text = (const char *)&look->step->record + forms[i].offset;

        if (forms[i].kind == look->step->kind && *text && !forms[i].good(text))
            status = fault(look, forms[i].key, forms[i].message);
    }
    return status;
}

static enum mu_status look_at_text(const struct look *look)
{
    static const enum mu_message says[] = {
        [MU_TEXT_ENCODING] = MU_SAY_error_text_encoding,
        [MU_TEXT_CONTROL] = MU_SAY_error_text_control,
        [MU_TEXT_BIDI] = MU_SAY_error_text_bidi,
        [MU_TEXT_INVISIBLE] = MU_SAY_error_text_invisible,
    };
    const struct mu_case_step_type *type = mu_case_step_type(look->step->kind);
    const char *text = look->step->text ? look->step->text : "";
    enum mu_text_fault wrong = mu_text_check(text, true);
    const char *words = text;
    bool empty = mu_text_trim(&words) == 0;

    if (wrong != MU_TEXT_GOOD)
        return fault(look, "text", says[wrong]);
    if (strlen(text) >= MU_CASE_TEXT_SIZE)
        return fault(look, "text", MU_SAY_error_case_text_long);
    if (!type->text_label && *text)
        return fault(look, "text", MU_SAY_error_case_text_none);
    if (type->text_required && empty)
        return fault(look, "text", MU_SAY_error_case_text_missing);
    return MU_OK;
}

/* The day of the last step of this kind. */
static struct mu_date last_day_of(const struct mu_case *mediated, enum mu_case_step_kind kind)
{
    for (size_t i = mediated->steps; i-- > 0;)
        if (mediated->step[i].kind == kind)
            return mediated->step[i].date;
    return (struct mu_date){0};
}

/* What the step cannot lie before. */
static struct mu_date earliest(const struct mu_case *mediated, enum mu_case_step_kind kind)
{
    switch (kind) {
    case MU_STEP_INTAKE:
        return (struct mu_date){0};
    case MU_STEP_INFORMED:
    case MU_STEP_MEETING:
    case MU_STEP_AGREED:
    case MU_STEP_ENDED:
    case MU_STEP_EXTENDED:
        return mediated->begun_on;
    case MU_STEP_PROMISE:
    case MU_STEP_CONFIRMED:
    case MU_STEP_PERFORMED:
        return mediated->agreed_on;
    case MU_STEP_RETURNED:
        return last_day_of(mediated, MU_STEP_PASSED);
    case MU_STEP_CLOSED:
        if (mediated->state == MU_CASE_PASSED)
            return last_day_of(mediated, MU_STEP_PASSED);
        return mediated->ended_on;
    case MU_STEP_REOPENED:
        return mu_date_known(mediated->closed_on) ? mediated->closed_on : mediated->ended_on;
    default:
        return mediated->accepted_on;
    }
}

static enum mu_status look_at_day(const struct look *look)
{
    struct mu_date day = look->step->date, first = earliest(look->mediated, look->step->kind);

    if (!mu_date_known(day))
        return fault(look, "date", MU_SAY_error_case_day_missing);
    if (!mu_date_valid(day))
        return fault(look, "date", MU_SAY_error_date);
    if (mu_date_compare(day, look->today) > 0)
        return fault_day(look, "date", MU_SAY_error_case_day_future, day);
    if (mu_date_known(first) && mu_date_compare(day, first) < 0)
        return fault_day(look, "date", MU_SAY_error_case_day_early, first);
    return MU_OK;
}

/* ---- parties ---- */

/* Whether both are known and differ (-1), are known and alike (1), or tell nothing (0). */
static int compare_texts(const char *a, const char *b)
{
    if (!*a || !*b)
        return 0;
    return strcmp(a, b) == 0 ? 1 : -1;
}

static bool differ(int a, int b)
{
    return a && b && a != b;
}

/* One name is one person, unless something tells two people apart. */
static bool same_person(const struct mu_case_person *person, const struct mu_case_step *step)
{
    const struct mu_case_party *a = &person->party, *b = &step->record.party;
    int alike = compare_texts(a->id_number, b->id_number);

    if (person->resident_id && step->resident_id)
        return person->resident_id == step->resident_id;
    if (alike)
        return alike > 0;
    return strcmp(a->name, b->name) == 0 && compare_texts(a->phone, b->phone) >= 0 &&
           compare_texts(a->address, b->address) >= 0 && !differ(a->birth_year, b->birth_year) &&
           !differ(a->sex, b->sex);
}

static bool opposed(int a, int b)
{
    return (a == SIDE_FIRST && b == SIDE_OTHER) || (a == SIDE_OTHER && b == SIDE_FIRST);
}

static enum mu_status look_at_party(const struct look *look)
{
    const struct mu_case *mediated = look->mediated;
    const struct mu_case_step *step = look->step;

    if (step->about < 0 || (size_t)step->about > mediated->persons)
        return fault(look, "about", MU_SAY_error_case_about);
    if (!step->about && mediated->persons >= MU_CASE_PARTIES)
        return fault(look, NULL, MU_SAY_error_case_parties);
    if (!step->about && mediated->outcome != MU_CASE_OPEN)
        return fault(look, NULL, MU_SAY_error_case_party_late);
    for (size_t i = 0; i < mediated->persons; i++) {
        const struct mu_case_person *person = &mediated->person[i];

        if (person->number == step->about || !same_person(person, step))
            continue;
        return fault(look, "name",
                     opposed(person->party.side, step->record.party.side)
                         ? MU_SAY_error_case_both_sides
                         : MU_SAY_error_case_party_twice);
    }
    return MU_OK;
}

/* ---- mediators ---- */

static const struct mu_case_duty_holder *holder_of(const struct mu_case *mediated, int64_t id)
{
    for (size_t i = 0; i < mediated->mediators; i++)
        if (mediated->mediator[i].mediator_id == id)
            return &mediated->mediator[i];
    return NULL;
}

static enum mu_status look_at_mediator(const struct look *look)
{
    const struct mu_case_change_of_mediator *change = &look->step->record.mediator;
    const struct mu_case_duty_holder *holder = holder_of(look->mediated, look->step->mediator_id);
    bool works = holder && holder->at_work;

    if (look->step->mediator_id <= 0)
        return fault(look, "name", MU_SAY_error_case_mediator_unknown);
    if (works && change->duty == holder->duty)
        return fault(look, "duty", MU_SAY_error_case_mediator_twice);
    if (!works && change->duty == DUTY_LEFT)
        return fault(look, "duty", MU_SAY_error_case_mediator_absent);
    if (holder && holder->duty == DUTY_REFUSED && change->duty == DUTY_ASSIGNED &&
        change->consent != ANSWER_YES)
        return fault(look, "consent", MU_SAY_error_case_mediator_refused);
    return MU_OK;
}

/* ---- agreement ---- */

static enum mu_status look_at_agreement(const struct look *look)
{
    const struct mu_case_agreement *agreement = &look->step->record.agreement;

    if (agreement->form == FORM_WRITTEN && !*agreement->signed_by)
        return fault(look, "signed_by", MU_SAY_error_case_unsigned);
    if (agreement->form == FORM_ORAL && agreement->effect != ANSWER_YES)
        return fault(look, "effect", MU_SAY_error_case_effect);
    if (mu_date_known(agreement->visit_on) &&
        mu_date_compare(agreement->visit_on, look->step->date) < 0)
        return fault_day(look, "visit_on", MU_SAY_error_case_day_early, look->step->date);
    return MU_OK;
}

static enum mu_status look_at_promise(const struct look *look)
{
    if (look->mediated->promises >= MU_CASE_PROMISES)
        return fault(look, NULL, MU_SAY_error_case_promises);
    if (mu_date_compare(look->step->record.promise.due_on, look->mediated->agreed_on) < 0)
        return fault_day(look, "due_on", MU_SAY_error_case_day_early, look->mediated->agreed_on);
    return MU_OK;
}

static enum mu_status look_at_performance(const struct look *look)
{
    const struct mu_case *mediated = look->mediated;
    const struct mu_case_promised *promised;
    struct mu_money paid = {0}, left;
    char text[MU_MONEY_SIZE];

    if (look->step->about < 1 || (size_t)look->step->about > mediated->promises)
        return fault(look, "about", MU_SAY_error_case_about);
    promised = &mediated->promise[look->step->about - 1];
    if (mu_date_known(promised->done_on))
        return fault(look, "about", MU_SAY_error_case_performed);
    left = mu_money_subtract(promised->amount, promised->paid);
    mu_money_parse(look->step->record.performance.amount, &paid);
    if (mu_money_compare(paid, left) <= 0)
        return MU_OK;
    mu_money_format(left, text);
    if (look->field)
        *look->field = "amount";
    return mu_fail(look->error, MU_INPUT, MU_SAY_error_case_paid, text, NULL);
}

static enum mu_status look_at_confirmation(const struct look *look)
{
    const struct mu_case *mediated = look->mediated;
    struct mu_date last = mediated->step[mediated->agreed - 1].due;

    if (look->step->record.confirmation.court != COURT_ASKED)
        return MU_OK;
    if (mediated->court)
        return fault(look, "court", MU_SAY_error_case_court_twice);
    if (mu_date_known(last) && mu_date_compare(look->step->date, last) > 0)
        return fault_day(look, "date", MU_SAY_error_case_court_late, last);
    return MU_OK;
}

/* ---- end ---- */

static enum mu_status look_at_ending(const struct look *look)
{
    const struct mu_case_ending *ending = &look->step->record.ending;

    if ((ending->how == END_FAILED || ending->how == END_REFUSED) && ending->told != ANSWER_YES)
        return fault(look, "told", MU_SAY_error_case_told);
    if (ending->how == END_MISTAKE && !(look->step->text && *look->step->text))
        return fault(look, "text", MU_SAY_error_case_mistake);
    return MU_OK;
}

static enum mu_status look_at_extension(const struct look *look)
{
    const struct mu_case_extension *extension = &look->step->record.extension;
    struct mu_date last =
        mu_span_end(look->rules->mediation.extension, look->mediated->first_limit_on);

    if (extension->consent != ANSWER_YES)
        return fault(look, "consent", MU_SAY_error_case_extension_consent);
    if (mu_date_compare(extension->until, look->mediated->limit_on) <= 0)
        return fault_day(look, "until", MU_SAY_error_case_extension_short,
                         look->mediated->limit_on);
    if (mu_date_compare(extension->until, last) > 0)
        return fault_day(look, "until", MU_SAY_error_case_extension_long, last);
    return MU_OK;
}

static enum mu_status look_at_visit(const struct look *look)
{
    const struct mu_case_visit *visit = &look->step->record.visit;

    if (look->mediated->agreed && !visit->kept)
        return fault(look, "kept", MU_SAY_error_case_kept);
    if (!look->mediated->agreed && visit->kept)
        return fault(look, "kept", MU_SAY_error_case_nothing_to_keep);
    if ((visit->kept == KEPT_IN_PART || visit->kept == KEPT_LATER) &&
        !mu_date_known(visit->next_on))
        return fault(look, "next_on", MU_SAY_error_case_visit_next);
    if (mu_date_known(visit->next_on) && mu_date_compare(visit->next_on, look->step->date) <= 0)
        return fault_day(look, "next_on", MU_SAY_error_case_visit_day, look->step->date);
    return MU_OK;
}

static enum mu_status look_at_meeting(const struct look *look)
{
    const struct mu_case_meeting *meeting = &look->step->record.meeting;

    if (mu_date_known(meeting->next_on) && mu_date_compare(meeting->next_on, look->step->date) < 0)
        return fault_day(look, "next_on", MU_SAY_error_case_day_early, look->step->date);
    return MU_OK;
}

static enum mu_status look_at_closing(const struct look *look)
{
    const struct mu_case *mediated = look->mediated;

    if (mediated->state != MU_CASE_AGREED || *look->step->record.reason.reason)
        return MU_OK;
    if (!mediated->kept)
        return fault(look, "reason", MU_SAY_error_case_unvisited);
    return mediated->kept == KEPT_NOT ? fault(look, "reason", MU_SAY_error_case_not_kept) : MU_OK;
}

static enum mu_status look_at_record(const struct look *look)
{
    const struct mu_case_step *step = look->step;

    switch (step->kind) {
    case MU_STEP_PARTY:
        return look_at_party(look);
    case MU_STEP_MEDIATOR:
        return look_at_mediator(look);
    case MU_STEP_MEETING:
        return look_at_meeting(look);
    case MU_STEP_AGREED:
        return look_at_agreement(look);
    case MU_STEP_PROMISE:
        return look_at_promise(look);
    case MU_STEP_PERFORMED:
        return look_at_performance(look);
    case MU_STEP_CONFIRMED:
        return look_at_confirmation(look);
    case MU_STEP_ENDED:
        return look_at_ending(look);
    case MU_STEP_EXTENDED:
        return look_at_extension(look);
    case MU_STEP_VISITED:
        return look_at_visit(look);
    case MU_STEP_CLOSED:
        return look_at_closing(look);
    case MU_STEP_ADDED:
        if (step->about < 1 || (size_t)step->about > look->mediated->steps)
            return fault(look, "about", MU_SAY_error_case_about_step);
        return MU_OK;
    default:
        if (step->about < 0 || (size_t)step->about > look->mediated->steps)
            return fault(look, "about", MU_SAY_error_case_about_step);
        return MU_OK;
    }
}

enum mu_status mu_case_check(const struct mu_case *mediated, const struct mu_case_step *step,
                             const struct mu_rules *rules, struct mu_date today, const char **field,
                             struct mu_error *error)
{
    struct look look = {mediated, step, rules, today, field, error};
    enum mu_message why;
    enum mu_status status;

    if (field)
        *field = NULL;
    if (!mu_case_step_type(step->kind))
        return mu_fail(error, MU_INPUT, MU_SAY_error_case_step_kind, NULL);
    if (!mu_case_may(mediated, step->kind, &why))
        return mu_fail(error, MU_REFUSED, why, NULL);
    status = look_at_day(&look);
    if (status == MU_OK)
        status = look_at_fields(&look);
    if (status == MU_OK)
        status = look_at_text(&look);
    return status == MU_OK ? look_at_record(&look) : status;
}

void mu_case_work_out(struct mu_case_step *step, const struct mu_rules *rules)
{
    const struct mu_mediation_rules *book = &rules->mediation;
    struct mu_case_agreement *agreement = &step->record.agreement;

    switch (step->kind) {
    case MU_STEP_INTAKE:
    case MU_STEP_AMENDED:
        if (!step->record.intake.weight)
            step->record.intake.weight = WEIGHT_PLAIN;
        if (step->kind == MU_STEP_INTAKE)
            step->due = mu_span_end(book->limit, step->date);
        break;
    case MU_STEP_REOPENED:
        step->due = mu_span_end(book->limit, step->date);
        break;
    case MU_STEP_AGREED:
        step->due = mu_span_end(book->confirm, step->date);
        if (!mu_date_known(agreement->visit_on))
            agreement->visit_on = mu_span_end(book->visit, step->date);
        break;
    default:
        break;
    }
}
