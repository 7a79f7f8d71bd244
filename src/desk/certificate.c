#include "base/growing.h"
#include "desk/desk_internal.h"
#include "desk/resident_file.h"
#include "desk/rule_names.h"
#include "desk/twin_file.h"

#include "store/certificate_store.h"
#include "store/ledger_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/certificate.h>

#include <stdlib.h>
#include <string.h>

/* A certificate whose duties are being read. */
struct reading {
    struct mu_certificate_paper *paper;
    int *version; /* of the book that names each duty; owned */
    size_t room;
    bool no_memory;
};

static bool take_duty(void *context, const struct mu_certificate_duty *duty, int rules_version)
{
    struct reading *reading = context;
    struct mu_certificate_paper *paper = reading->paper;
    struct mu_certificate_duty *duties =
        mu_grown(paper->duty, paper->count, &paper->room, sizeof *duties);
    int *versions;

    reading->no_memory = !duties;
    if (!duties)
        return false;
    paper->duty = duties;
    versions = mu_grown(reading->version, paper->count, &reading->room, sizeof *versions);
    reading->no_memory = !versions;
    if (!versions)
        return false;
    reading->version = versions;
    versions[paper->count] = rules_version;
    duties[paper->count++] = *duty;
    return true;
}

static enum mu_status name_duties(struct mu_desk *desk, struct reading *reading,
                                  struct mu_error *error)
{
    struct mu_certificate_paper *paper = reading->paper;
    struct mu_rule_names names;
    enum mu_status status = MU_OK;

    mu_rule_names_init(&names, desk);
    for (size_t i = 0; status == MU_OK && i < paper->count; i++)
        status = mu_rule_name(&names, reading->version[i], paper->duty[i].name,
                              sizeof paper->duty[i].name, error);
    mu_rule_names_clear(&names);
    return status;
}

/* Whose it is, what they did, and who gives it; of a draft also its figures. */
static enum mu_status read_paper(struct mu_desk *desk, struct mu_certificate_paper *paper,
                                 struct mu_error *error)
{
    struct reading reading = {.paper = paper};
    struct mu_certificate *certificate = &paper->certificate;
    const struct mu_rules *rules;
    struct mu_resident person;
    enum mu_status status = mu_file_read(desk, certificate->resident_id, &person, error);

    if (status == MU_OK)
        status = mu_file_lead(desk, &person, error);
    if (status == MU_OK)
        status = mu_desk_rules_on(desk, certificate->issued_at.date, &rules, NULL, error);
    if (status != MU_OK)
        return status;
    if (!certificate->id)
        certificate->resident_id = person.id;
    mu_text_copy(paper->centre, sizeof paper->centre, rules->centre.name);
    mu_text_copy(certificate->name, sizeof certificate->name, person.name);
    mu_file_mask(&person);
    mu_text_copy(paper->id_number, sizeof paper->id_number, person.id_number);
    status = mu_certificate_duties(desk->db, certificate, take_duty, &reading, error);
    if (status == MU_OK && reading.no_memory)
        status = mu_fail_memory(error);
    if (status == MU_OK)
        status = name_duties(desk, &reading, error);
    free(reading.version);
    return status;
}

static enum mu_status draft(struct mu_desk *desk, struct mu_certificate_paper *paper,
                            struct mu_error *error)
{
    struct mu_certificate *certificate = &paper->certificate;
    char from[MU_DATE_SIZE], to[MU_DATE_SIZE];
    enum mu_status status =
        mu_ledger_head(desk->db, &certificate->last_entry, certificate->head, error);

    if (status == MU_OK)
        status = read_paper(desk, paper, error);
    if (status != MU_OK)
        return status;
    for (size_t i = 0; i < paper->count; i++) {
        certificate->services += paper->duty[i].services;
        certificate->minutes += paper->duty[i].minutes;
    }
    mu_date_format(certificate->from, from);
    mu_date_format(certificate->to, to);
    if (!paper->count)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_certificate_nothing, certificate->name, from,
                       to, NULL);
    return MU_OK;
}

static enum mu_status check_days(struct mu_date from, struct mu_date to, struct mu_date today,
                                 struct mu_error *error)
{
    char first[MU_DATE_SIZE], last[MU_DATE_SIZE];

    mu_date_format(from, first);
    mu_date_format(to, last);
    if (!mu_date_known(from) || !mu_date_known(to) || mu_date_compare(from, to) > 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_certificate_days, first, last, NULL);
    if (mu_date_compare(to, today) > 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_certificate_future, last, NULL);
    return MU_OK;
}

static void begin(struct mu_desk *desk, int64_t resident_id, struct mu_date from, struct mu_date to,
                  struct mu_certificate_paper *paper)
{
    struct mu_certificate *certificate = &paper->certificate;

    memset(paper, 0, sizeof *paper);
    certificate->resident_id = resident_id;
    certificate->from = from;
    certificate->to = to;
    certificate->issued_at = mu_desk_now(desk);
    certificate->operator_id = desk->operator.id;
    mu_text_copy(certificate->operator_name, sizeof certificate->operator_name,
                 desk->operator.name);
}

/* Hands the paper on when all went well, else drops it. */
static enum mu_status deliver(enum mu_status status, struct mu_certificate_paper *paper,
                              struct mu_certificate_paper *out)
{
    if (status == MU_OK)
        *out = *paper;
    else
        mu_certificate_paper_clear(paper);
    return status;
}

enum mu_status mu_draft_certificate(struct mu_desk *desk, int64_t resident_id, struct mu_date from,
                                    struct mu_date to, struct mu_certificate_paper *out,
                                    struct mu_error *error)
{
    struct mu_certificate_paper paper;
    enum mu_status status = mu_desk_may(desk, MU_MAY_post_points, error);

    if (status == MU_OK)
        status = check_days(from, to, mu_desk_now(desk).date, error);
    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status != MU_OK)
        return status;
    begin(desk, resident_id, from, to, &paper);
    status = draft(desk, &paper, error);
    mu_db_end_read(desk->db);
    return deliver(status, &paper, out);
}

static enum mu_status issue(struct mu_desk *desk, struct mu_certificate_paper *paper,
                            struct mu_error *error)
{
    struct mu_certificate *certificate = &paper->certificate;
    char subject[sizeof MU_CERTIFICATE_SUBJECT + MU_CERTIFICATE_NUMBER_SIZE];
    char note[MU_CERTIFICATE_NOTE_SIZE];
    struct mu_date last;
    enum mu_status status = mu_desk_moment(desk, &certificate->issued_at, &last, error);

    if (status == MU_OK)
        status = draft(desk, paper, error);
    if (status == MU_OK)
        status = mu_certificate_add(desk->db, certificate, error);
    if (status != MU_OK)
        return status;
    snprintf(subject, sizeof subject, "%s%s", MU_CERTIFICATE_SUBJECT, certificate->number);
    mu_certificate_note(certificate, note);
    return mu_audit_note(desk, MU_MAY_post_points, certificate->resident_id, subject, "", note, "",
                         error);
}

enum mu_status mu_issue_certificate(struct mu_desk *desk, int64_t resident_id, struct mu_date from,
                                    struct mu_date to, struct mu_certificate_paper *out,
                                    struct mu_error *error)
{
    struct mu_certificate_paper paper;
    enum mu_status status = mu_desk_may(desk, MU_MAY_post_points, error);

    if (status == MU_OK)
        status = check_days(from, to, mu_desk_now(desk).date, error);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    begin(desk, resident_id, from, to, &paper);
    status = issue(desk, &paper, error);
    return deliver(mu_desk_end(desk, status, error), &paper, out);
}

static enum mu_status read_again(struct mu_desk *desk, const char *number,
                                 struct mu_certificate_paper *paper, struct mu_error *error)
{
    char text[MU_CERTIFICATE_NUMBER_SIZE];
    bool found = false;
    enum mu_status status = MU_OK;

    if (mu_text_fold_word(text, sizeof text, number))
        status = mu_certificate_read(desk->db, text, &found, &paper->certificate, error);
    if (status == MU_OK && !found)
        status = mu_fail(error, MU_INPUT, MU_SAY_error_certificate_none, number, NULL);
    return status == MU_OK ? read_paper(desk, paper, error) : status;
}

enum mu_status mu_read_certificate(struct mu_desk *desk, const char *number,
                                   struct mu_certificate_paper *out, struct mu_error *error)
{
    struct mu_certificate_paper paper = {.count = 0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status != MU_OK)
        return status;
    status = read_again(desk, number, &paper, error);
    mu_db_end_read(desk->db);
    return deliver(status, &paper, out);
}

enum mu_status mu_list_certificates(struct mu_desk *desk, int64_t resident_id,
                                    mu_certificate_told *told, void *context,
                                    struct mu_error *error)
{
    struct mu_resident person = {.id = 0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK && resident_id)
        status = mu_file_read(desk, resident_id, &person, error);
    if (status == MU_OK && resident_id)
        status = mu_file_lead(desk, &person, error);
    return status == MU_OK ? mu_certificate_list(desk->db, person.id, told, context, error)
                           : status;
}

void mu_certificate_paper_clear(struct mu_certificate_paper *paper)
{
    free(paper->duty);
    memset(paper, 0, sizeof *paper);
}
