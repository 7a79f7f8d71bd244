#include "desk/case_file.h"
#include "desk/resident_file.h"
#include "store/case_text.h"

#include <mulin/base/text.h>
#include <mulin/desk/mediator.h>

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { YES = 1 }; /* data/codes/answer.def */

void mu_case_writing_clear(struct mu_case_writing *writing)
{
    mu_case_clear(&writing->mediated);
}

enum mu_status mu_case_book(struct mu_desk *desk, struct mu_date day, const struct mu_rules **out,
                            struct mu_error *error)
{
    int version;
    enum mu_status status = mu_rule_book_version(desk->db, day, &version, error);

    if (status != MU_OK)
        return status;
    return version ? mu_desk_rules_on(desk, day, out, NULL, error)
                   : mu_desk_rules(desk, out, NULL, error);
}

/* ---- one step ---- */

/* A long text as it may be kept; *out is owned, NULL for an empty one. */
static enum mu_status take_text(const char *text, char **out, struct mu_error *error)
{
    char *clean, *copy;
    size_t length;

    if (!text || !*text)
        return MU_OK;
    if (!mu_text_valid(text, strlen(text)))
        return mu_fail(error, MU_INPUT, MU_SAY_error_text_encoding, NULL);
    clean = malloc(MU_CASE_TEXT_SIZE);
    if (!clean)
        return mu_fail_memory(error);
    if (!mu_text_clean(clean, MU_CASE_TEXT_SIZE, text, true)) {
        sodium_memzero(clean, MU_CASE_TEXT_SIZE);
        free(clean);
        return mu_fail(error, MU_INPUT, MU_SAY_error_case_text_long, NULL);
    }
    length = strlen(clean);
    copy = length ? strdup(clean) : NULL;
    sodium_memzero(clean, length);
    free(clean);
    if (length && !copy)
        return mu_fail_memory(error);
    *out = copy;
    return MU_OK;
}

static void fill(char *member, size_t size, const char *text)
{
    if (!*member)
        mu_text_copy(member, size, text);
}

/* What was left empty of a party who has a file is taken from there: a screen shows numbers masked,
 * and papers need them whole. */
static enum mu_status fill_party(struct mu_desk *desk, struct mu_case_step *step,
                                 struct mu_error *error)
{
    struct mu_case_party *party = &step->record.party;
    struct mu_resident file;
    char address[MU_ADDRESS_SIZE];
    enum mu_status status = mu_file_read(desk, step->resident_id, &file, error);

    if (status != MU_OK)
        return status;
    mu_resident_address(&file, address);
    fill(party->name, sizeof party->name, file.name);
    fill(party->id_number, sizeof party->id_number, file.id_number);
    fill(party->occupation, sizeof party->occupation, file.occupation);
    fill(party->phone, sizeof party->phone, file.phone);
    fill(party->address, sizeof party->address, address);
    party->sex = party->sex ? party->sex : file.sex;
    party->ethnic_group = party->ethnic_group ? party->ethnic_group : file.ethnic_group;
    if (!party->birth_year && mu_date_known(file.birth_date))
        party->birth_year = file.birth_date.year;
    return MU_OK;
}

static enum mu_status fill_mediator(struct mu_desk *desk, struct mu_case_step *step,
                                    struct mu_error *error)
{
    struct mu_mediator mediator;
    enum mu_status status =
        mu_read_mediator(desk, step->mediator_id, step->record.mediator.name, &mediator, error);

    if (status != MU_OK)
        return status;
    step->mediator_id = mediator.id;
    mu_text_copy(step->record.mediator.name, sizeof step->record.mediator.name, mediator.name);
    return MU_OK;
}

static enum mu_status take_given(struct mu_case_writing *writing, const struct mu_case_step *given,
                                 struct mu_case_step *step, struct mu_error *error)
{
    struct mu_desk *desk = writing->desk;
    struct mu_moment now = mu_desk_now(desk);
    enum mu_status status;

    if (!mu_case_step_type(given->kind))
        return mu_fail(error, MU_INPUT, MU_SAY_error_case_step_kind, NULL);
    *step = (struct mu_case_step){.kind = given->kind,
                                  .date = given->date,
                                  .recorded_at = now,
                                  .operator_id = desk->operator.id,
                                  .about = given->about,
                                  .resident_id = given->resident_id,
                                  .mediator_id = given->mediator_id,
                                  .record = given->record};
    mu_text_copy(step->operator_name, sizeof step->operator_name, desk->operator.name);
    if (!mu_date_known(step->date) && step->kind != MU_STEP_AGREED)
        step->date = now.date;
    status = take_text(given->text, &step->text, error);
    if (step->kind == MU_STEP_PARTY)
        mu_case_unmask(&writing->mediated, step->about, &step->record.party);
    if (status == MU_OK && step->kind == MU_STEP_PARTY && step->resident_id)
        status = fill_party(desk, step, error);
    if (status == MU_OK && step->kind == MU_STEP_MEDIATOR)
        status = fill_mediator(desk, step, error);
    return status;
}

static enum mu_status note_step(struct mu_case_writing *writing, struct mu_error *error)
{
    const struct mu_case *mediated = &writing->mediated;
    char text[MU_CASE_NOTE_SIZE];

    mu_case_note_text(&mediated->step[mediated->steps - 1], text);
    return mu_audit_note(writing->desk, writing->operation, 0, mediated->number, "", text, "",
                         error);
}

/* From now on the case is found by what the last step says. */
static enum mu_status index_step(struct mu_case_writing *writing, struct mu_error *error)
{
    const struct mu_case *mediated = &writing->mediated;
    char *texts = NULL;
    enum mu_status status = mu_case_step_texts(&mediated->step[mediated->steps - 1], &texts, error);

    if (status != MU_OK)
        return status;
    if (*texts)
        status = mu_case_words_add(writing->desk->db, mediated->id, texts, error);
    sodium_memzero(texts, strlen(texts));
    free(texts);
    return status;
}

static enum mu_status write_taken(struct mu_case_writing *writing, struct mu_case_step *step,
                                  struct mu_error *error)
{
    struct mu_desk *desk = writing->desk;
    const struct mu_rules *rules;
    enum mu_status status = mu_case_book(desk, step->date, &rules, error);

    if (status == MU_OK)
        status = mu_case_check(&writing->mediated, step, rules, mu_desk_now(desk).date,
                               &writing->field, error);
    if (status != MU_OK)
        return status;
    mu_case_work_out(step, rules);
    status = mu_case_append(desk->db, &writing->mediated, step, error);
    if (status == MU_OK)
        status = index_step(writing, error);
    return status == MU_OK ? note_step(writing, error) : status;
}

enum mu_status mu_case_write(struct mu_case_writing *writing, const struct mu_case_step *given,
                             struct mu_error *error)
{
    struct mu_case_step step = {.id = 0};
    enum mu_status status;

    writing->field = NULL;
    status = take_given(writing, given, &step, error);
    if (status == MU_OK)
        status = write_taken(writing, &step, error);
    mu_case_step_clear(&step);
    return status;
}

/* ---- all of them ---- */

static enum mu_status refuse_close(const struct mu_mediator *mediator, enum mu_closeness closeness,
                                   int party, struct mu_error *error)
{
    static const enum mu_message why[] = {
        [MU_CLOSE_SELF] = MU_SAY_error_case_mediator_self,
        [MU_CLOSE_KIN] = MU_SAY_error_case_mediator_kin,
        [MU_CLOSE_NEIGHBOUR] = MU_SAY_error_case_mediator_neighbour,
    };
    char number[16];

    snprintf(number, sizeof number, "%d", party);
    return mu_fail(error, MU_REFUSED, why[closeness], mediator->name, number, NULL);
}

static bool is_at_work(const struct mu_case *mediated, int64_t mediator_id)
{
    for (size_t i = 0; i < mediated->mediators; i++)
        if (mediated->mediator[i].mediator_id == mediator_id)
            return mediated->mediator[i].at_work;
    return false;
}

static enum mu_status check_mediator(struct mu_case_writing *writing,
                                     const struct mu_case_step *step, struct mu_error *error)
{
    struct mu_mediator mediator;
    enum mu_closeness closeness = MU_CLOSE_NOT;
    int party = 0;
    enum mu_status status =
        mu_read_mediator(writing->desk, step->mediator_id, NULL, &mediator, error);

    if (status == MU_OK)
        status = mu_mediator_closeness(writing->desk, &mediator, &writing->mediated, &closeness,
                                       &party, error);
    if (status != MU_OK || closeness == MU_CLOSE_NOT)
        return status;
    if (step->record.mediator.consent == YES && closeness != MU_CLOSE_SELF)
        return MU_OK;
    writing->field = "consent";
    return refuse_close(&mediator, closeness, party, error);
}

/* Only when all are written is it known who the parties are. */
static enum mu_status check_mediators(struct mu_case_writing *writing, size_t before,
                                      struct mu_error *error)
{
    const struct mu_case *mediated = &writing->mediated;
    enum mu_status status = MU_OK;

    for (size_t i = before; i < mediated->steps && status == MU_OK; i++) {
        const struct mu_case_step *step = &mediated->step[i];

        writing->at = i - before;
        if (step->kind == MU_STEP_MEDIATOR && is_at_work(mediated, step->mediator_id))
            status = check_mediator(writing, step, error);
    }
    return status;
}

static bool count_case(void *context, int64_t case_id)
{
    struct mu_case_writing *writing = context;

    writing->repeats += case_id < writing->mediated.id;
    return true;
}

static enum mu_status weigh(struct mu_case_writing *writing, struct mu_case_risk *out,
                            struct mu_error *error)
{
    const struct mu_case *mediated = &writing->mediated;
    struct mu_date accepted = mediated->accepted_on, from;
    const struct mu_case_grade *grade;
    const struct mu_rules *rules;
    struct mu_case_due care;
    int months;
    enum mu_status status = mu_desk_rules(writing->desk, &rules, NULL, error);

    if (status != MU_OK)
        return status;
    months = rules->mediation.repeat_months;
    from = mu_month_add((struct mu_date){accepted.year, accepted.month, 1}, -months);
    from = mu_date_add_days(from, accepted.day - 1);
    status =
        mu_case_related(writing->desk->db, mediated, from, accepted, count_case, writing, error);
    if (status != MU_OK)
        return status;
    grade = mu_case_grade(mediated, rules, writing->repeats);
    *out = (struct mu_case_risk){.grade = grade ? grade->id : ""};
    if (mu_case_care_due(mediated, grade, &care))
        out->care_by = care.due_on;
    return MU_OK;
}

enum mu_status mu_case_settle(struct mu_case_writing *writing, size_t before, int64_t operator_id,
                              struct mu_error *error)
{
    struct mu_case_risk risk;
    enum mu_status status;

    writing->repeats = 0;
    status = check_mediators(writing, before, error);
    if (status == MU_OK)
        status = weigh(writing, &risk, error);
    return status == MU_OK
               ? mu_case_keep(writing->desk->db, &writing->mediated, &risk, operator_id, error)
               : status;
}

void mu_case_tell(const struct mu_case_writing *writing, enum mu_status status,
                  struct mu_case_written *out, size_t *at, const char **field)
{
    const struct mu_case *mediated = &writing->mediated;

    if (at)
        *at = writing->at;
    if (field)
        *field = status == MU_OK ? NULL : writing->field;
    if (status != MU_OK || !out)
        return;
    *out = (struct mu_case_written){
        .case_id = mediated->id, .steps = (int)mediated->steps, .repeats = writing->repeats};
    memcpy(out->number, mediated->number, sizeof out->number);
}
