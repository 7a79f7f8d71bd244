#include "report/dossier_form.h"

#include <mulin/base/codes.h>

#include <stdio.h>

enum { FIRST_SIDE = 1, OTHER_SIDE = 2, LINE_SIZE = 1024 };

/* ---- application ---- */

static void add_wishes(struct dossier *dossier, int side)
{
    char line[LINE_SIZE];
    int number = 0;

    for (size_t i = 0; i < dossier->mediated->persons; i++) {
        const struct mu_case_party *party = &dossier->mediated->person[i].party;

        if (party->side != side || !*party->wish)
            continue;
        snprintf(line, sizeof line, "%d. %s: %s", ++number, party->name, party->wish);
        sheet_line(&dossier->sheets, line);
    }
    if (!number)
        sheet_text(&dossier->sheets, MU_SAY_dossier_wish_blank, NULL);
}

void dossier_application(struct dossier *dossier)
{
    const struct mu_case *mediated = dossier->mediated;
    struct sheets *sheets = &dossier->sheets;

    dossier_sheet(dossier, MU_SAY_dossier_form_application);
    dossier_parties(dossier, FIRST_SIDE);
    dossier_parties(dossier, OTHER_SIDE);
    sheet_text(sheets, MU_SAY_dossier_in_short, mediated->about);
    sheet_heading(sheets, mu_message_text(MU_SAY_dossier_wishes, sheets->language));
    add_wishes(dossier, FIRST_SIDE);
    sheet_say(sheets, MU_SAY_dossier_of_own_will, NULL, NULL);
    dossier_sign_parties(dossier, FIRST_SIDE);
}

/* ---- register of acceptance ---- */

static void intake_fields(struct dossier *dossier, const struct mu_case_intake *intake)
{
    struct sheets *sheets = &dossier->sheets;
    char day[MU_DATE_SIZE];
    const struct sheet_field when[] = {{MU_SAY_dossier_accepted_on, day},
                                       {MU_SAY_dossier_place, intake->place}};
    const struct sheet_field what[] = {
        {MU_SAY_dossier_dispute, dossier_word(dossier, &mu_disputes, intake->dispute)},
        {MU_SAY_dossier_source, dossier_word(dossier, &mu_case_sources, intake->source)}};
    const struct sheet_field how[] = {
        {MU_SAY_dossier_level, dossier_word(dossier, &mu_case_levels, intake->level)},
        {MU_SAY_dossier_weight, dossier_word(dossier, &mu_case_weights, intake->weight)}};
    const struct sheet_field much[] = {{MU_SAY_dossier_amount, intake->amount},
                                       {MU_SAY_dossier_people, intake->people}};

    mu_date_format(dossier->mediated->accepted_on, day);
    sheet_field(sheets, MU_SAY_dossier_subject, intake->subject);
    sheet_fields(sheets, when, 2);
    sheet_fields(sheets, what, 2);
    if (*intake->sender)
        sheet_field(sheets, MU_SAY_dossier_sender, intake->sender);
    sheet_fields(sheets, how, 2);
    sheet_fields(sheets, much, 2);
}

static const struct sheet_column mediator_columns[] = {{MU_SAY_dossier_date, 12},
                                                       {MU_SAY_dossier_mediator, 16},
                                                       {MU_SAY_dossier_duty, 18},
                                                       {MU_SAY_dossier_consent, 10},
                                                       {MU_SAY_dossier_reason, 24}};
enum { MEDIATOR_COLUMNS = sizeof mediator_columns / sizeof *mediator_columns };

static void mediator_rows(struct dossier *dossier)
{
    const struct mu_case *mediated = dossier->mediated;
    bool any = false;
    char day[MU_DATE_SIZE];

    for (size_t i = 0; i < mediated->steps; i++) {
        const struct mu_case_step *step = &mediated->step[i];
        const struct mu_case_change_of_mediator *change = &step->record.mediator;
        const char *cells[MEDIATOR_COLUMNS] = {day};

        if (step->kind != MU_STEP_MEDIATOR)
            continue;
        if (!any)
            sheet_table(&dossier->sheets, mediator_columns, MEDIATOR_COLUMNS);
        any = true;
        mu_date_format(step->date, day);
        cells[1] = change->name;
        cells[2] = dossier_word(dossier, &mu_case_duties, change->duty);
        cells[3] = dossier_word(dossier, &mu_answers, change->consent);
        cells[4] = change->reason;
        sheet_row(&dossier->sheets, mediator_columns, cells, MEDIATOR_COLUMNS);
    }
}

static void told_corrections(struct dossier *dossier)
{
    const struct mu_case *mediated = dossier->mediated;
    char day[MU_DATE_SIZE];

    for (size_t i = 0; i < mediated->steps; i++) {
        const struct mu_case_step *step = &mediated->step[i];

        mu_date_format(step->recorded_at.date, day);
        if (step->kind == MU_STEP_AMENDED || (step->kind == MU_STEP_PARTY && step->about))
            sheet_say(&dossier->sheets, MU_SAY_dossier_put_right, day, step->operator_name);
        if (step->kind == MU_STEP_INTAKE || step->kind == MU_STEP_AMENDED ||
            step->kind == MU_STEP_PARTY || step->kind == MU_STEP_MEDIATOR)
            dossier_additions(dossier, step);
    }
}

void dossier_register(struct dossier *dossier)
{
    const struct mu_case *mediated = dossier->mediated;
    struct sheets *sheets = &dossier->sheets;
    char first[DOSSIER_NAMES], other[DOSSIER_NAMES];

    dossier_names(mediated, FIRST_SIDE, first);
    dossier_names(mediated, OTHER_SIDE, other);
    dossier_sheet(dossier, MU_SAY_dossier_form_register);
    sheet_say(sheets, MU_SAY_dossier_accepts, *first ? first : "____", *other ? other : "____");
    if (mediated->intake)
        intake_fields(dossier, mediated->intake);
    dossier_parties(dossier, 0);
    mediator_rows(dossier);
    sheet_text(sheets, MU_SAY_dossier_in_short, mediated->about);
    told_corrections(dossier);
    dossier_sign_parties(dossier, 0);
    sheet_sign(sheets, MU_SAY_dossier_sign_registrar,
               mediated->steps ? mediated->step[0].operator_name : NULL);
    dossier_seal(dossier);
}

/* ---- notice of rights ---- */

void dossier_rights(struct dossier *dossier)
{
    static const enum mu_message paragraphs[] = {
        MU_SAY_dossier_rights_begin,   MU_SAY_dossier_rights_nature, MU_SAY_dossier_rights_rights,
        MU_SAY_dossier_rights_duties,  MU_SAY_dossier_rights_danger, MU_SAY_dossier_rights_binding,
        MU_SAY_dossier_rights_dispute, MU_SAY_dossier_rights_court,  MU_SAY_dossier_rights_failed};
    const struct mu_case *mediated = dossier->mediated;
    struct sheets *sheets = &dossier->sheets;
    char day[MU_DATE_SIZE], names[DOSSIER_NAMES];

    dossier_sheet(dossier, MU_SAY_dossier_form_rights);
    dossier_names(mediated, 0, names);
    sheet_field(sheets, MU_SAY_dossier_parties, names);
    dossier_mediators(mediated, names);
    sheet_field(sheets, MU_SAY_dossier_mediators, names);
    for (size_t i = 0; i < sizeof paragraphs / sizeof *paragraphs; i++)
        sheet_say(sheets, paragraphs[i], NULL, NULL);
    for (size_t i = 0; i < mediated->steps; i++) {
        const struct mu_case_step *step = &mediated->step[i];

        if (step->kind != MU_STEP_INFORMED)
            continue;
        mu_date_format(step->date, day);
        sheet_say(sheets, MU_SAY_dossier_rights_told, day, step->record.notice.how);
        dossier_additions(dossier, step);
    }
    dossier_sign_parties(dossier, 0);
    dossier_sign_mediators(dossier);
}

/* ---- investigation ---- */

static void investigation(struct dossier *dossier, const struct mu_case_step *step)
{
    const struct mu_case_investigation *found = &step->record.investigation;
    struct sheets *sheets = &dossier->sheets;
    char when[DOSSIER_TIME];

    dossier_time(step->date, found->from, found->to, when);
    dossier_sheet(dossier, MU_SAY_dossier_form_investigation);
    sheet_field(sheets, MU_SAY_dossier_when, when);
    sheet_field(sheets, MU_SAY_dossier_where, found->place);
    sheet_field(sheets, MU_SAY_dossier_asked, found->asked);
    sheet_field(sheets, MU_SAY_dossier_recorded_by, step->operator_name);
    sheet_text(sheets, MU_SAY_dossier_minutes, step->text);
    dossier_additions(dossier, step);
    sheet_sign(sheets, MU_SAY_dossier_sign_asked, NULL);
    sheet_sign(sheets, MU_SAY_dossier_sign_investigator, NULL);
    sheet_sign(sheets, MU_SAY_dossier_sign_recorder, step->operator_name);
}

void dossier_investigation(struct dossier *dossier)
{
    const struct mu_case *mediated = dossier->mediated;
    bool any = false;

    for (size_t i = 0; i < mediated->steps; i++)
        if (mediated->step[i].kind == MU_STEP_INVESTIGATED) {
            investigation(dossier, &mediated->step[i]);
            any = true;
        }
    if (!any) {
        dossier_sheet(dossier, MU_SAY_dossier_form_investigation);
        dossier_scans(dossier, MU_PAPER_INVESTIGATION);
    }
}

/* ---- evidence ---- */

static const struct sheet_column evidence_columns[] = {{MU_SAY_dossier_number, 6},
                                                       {MU_SAY_dossier_item, 14},
                                                       {MU_SAY_dossier_file, 48},
                                                       {MU_SAY_dossier_date, 12}};
enum { EVIDENCE_COLUMNS = sizeof evidence_columns / sizeof *evidence_columns };

void dossier_scans(struct dossier *dossier, int paper)
{
    const struct mu_case *mediated = dossier->mediated;
    struct sheets *sheets = &dossier->sheets;
    char number[DOSSIER_COUNT], day[MU_DATE_SIZE], file[MU_CASE_LINE_SIZE + 2 * LINE_SIZE];
    int count = 0;

    for (size_t i = 0; i < mediated->steps; i++) {
        const struct mu_case_step *step = &mediated->step[i];
        const struct mu_case_attachment *scan = &step->record.attachment;
        const char *cells[EVIDENCE_COLUMNS] = {
            number, dossier_word(dossier, &mu_case_papers, scan->paper), file, day};

        if (step->kind != MU_STEP_ATTACHED || (paper && scan->paper != paper))
            continue;
        if (!count)
            sheet_table(sheets, evidence_columns, EVIDENCE_COLUMNS);
        dossier_count(++count, number);
        mu_date_format(step->date, day);
        mu_message_format(file, sizeof file, sheets->language, MU_SAY_dossier_scan, scan->file,
                          scan->bytes, scan->hash, NULL);
        sheet_row(sheets, evidence_columns, cells, EVIDENCE_COLUMNS);
    }
}

void dossier_evidence(struct dossier *dossier)
{
    dossier_sheet(dossier, MU_SAY_dossier_form_evidence);
    dossier_scans(dossier, 0);
    sheet_say(&dossier->sheets, MU_SAY_dossier_scan_kept, NULL, NULL);
    dossier_sign_mediators(dossier);
}

/* ---- record of mediation ---- */

static void meeting(struct dossier *dossier, const struct mu_case_step *step)
{
    const struct mu_case_meeting *held = &step->record.meeting;
    struct sheets *sheets = &dossier->sheets;
    char when[DOSSIER_TIME], names[DOSSIER_NAMES], next[MU_DATE_SIZE];

    dossier_time(step->date, held->from, held->to, when);
    mu_date_format(held->next_on, next);
    dossier_sheet(dossier, MU_SAY_dossier_form_record);
    sheet_field(sheets, MU_SAY_dossier_when, when);
    sheet_field(sheets, MU_SAY_dossier_where, held->place);
    dossier_names(dossier->mediated, 0, names);
    sheet_field(sheets, MU_SAY_dossier_parties, names);
    sheet_field(sheets, MU_SAY_dossier_present, held->present);
    dossier_mediators(dossier->mediated, names);
    sheet_field(sheets, MU_SAY_dossier_mediators, names);
    sheet_text(sheets, MU_SAY_dossier_minutes, step->text);
    sheet_field(sheets, MU_SAY_dossier_offered, held->offered);
    if (*next)
        sheet_field(sheets, MU_SAY_dossier_next, next);
    dossier_additions(dossier, step);
    dossier_sign_parties(dossier, 0);
    dossier_sign_mediators(dossier);
    sheet_sign(sheets, MU_SAY_dossier_sign_recorder, step->operator_name);
}

void dossier_record(struct dossier *dossier)
{
    const struct mu_case *mediated = dossier->mediated;
    bool any = false;

    for (size_t i = 0; i < mediated->steps; i++)
        if (mediated->step[i].kind == MU_STEP_MEETING) {
            meeting(dossier, &mediated->step[i]);
            any = true;
        }
    if (!any) {
        dossier_sheet(dossier, MU_SAY_dossier_form_record);
        dossier_scans(dossier, MU_PAPER_RECORD);
    }
}
