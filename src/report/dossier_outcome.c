#include "report/dossier_form.h"

#include <mulin/base/codes.h>

enum { ORAL = 2 /* data/codes/case_form.def */, KEPT_COPY = 1, SIDES_AGAINST = 2 };

static void field_date(struct sheets *sheets, enum mu_message label, struct mu_date day)
{
    char text[MU_DATE_SIZE];

    mu_date_format(day, text);
    sheet_field(sheets, label, text);
}

/* ---- agreement ---- */

static const struct sheet_column promise_columns[] = {{MU_SAY_dossier_number, 6},
                                                      {MU_SAY_dossier_who, 16},
                                                      {MU_SAY_dossier_what, 32},
                                                      {MU_SAY_dossier_yuan, 12},
                                                      {MU_SAY_dossier_by_when, 14}};
enum { PROMISE_COLUMNS = sizeof promise_columns / sizeof *promise_columns };

/* Those that belong to the agreement: what follows it up to the next one. */
static void promise_rows(struct dossier *dossier, const struct mu_case_step *agreed)
{
    const struct mu_case *mediated = dossier->mediated;
    char number[DOSSIER_COUNT], day[MU_DATE_SIZE];
    int count = 0;

    for (size_t i = (size_t)agreed->number;
         i < mediated->steps && mediated->step[i].kind != MU_STEP_AGREED; i++) {
        const struct mu_case_step *step = &mediated->step[i];
        const struct mu_case_promise *promise = &step->record.promise;
        const char *cells[PROMISE_COLUMNS] = {number, promise->who, promise->what, promise->amount,
                                              day};

        if (step->kind != MU_STEP_PROMISE)
            continue;
        if (!count)
            sheet_table(&dossier->sheets, promise_columns, PROMISE_COLUMNS);
        dossier_count(++count, number);
        mu_date_format(promise->due_on, day);
        sheet_row(&dossier->sheets, promise_columns, cells, PROMISE_COLUMNS);
        dossier_additions(dossier, step);
    }
}

static void copies(struct dossier *dossier)
{
    char count[DOSSIER_COUNT];
    int parties = 0;

    for (size_t i = 0; i < dossier->mediated->persons; i++)
        parties += dossier->mediated->person[i].party.side <= SIDES_AGAINST;
    dossier_count(parties + KEPT_COPY, count);
    sheet_say(&dossier->sheets, MU_SAY_dossier_copies, count, NULL);
}

static void agreement(struct dossier *dossier, const struct mu_case_step *step)
{
    const struct mu_case_agreement *agreed = &step->record.agreement;
    struct sheets *sheets = &dossier->sheets;
    bool oral = agreed->form == ORAL;

    dossier_sheet(dossier, oral ? MU_SAY_dossier_form_oral : MU_SAY_dossier_form_agreement);
    dossier_parties(dossier, 0);
    if (dossier->mediated->agreed != step->number)
        sheet_say(sheets, MU_SAY_dossier_superseded, NULL, NULL);
    sheet_text(sheets, MU_SAY_dossier_facts, dossier->mediated->about);
    sheet_text(sheets, MU_SAY_dossier_agreed, step->text);
    sheet_heading(sheets, mu_message_text(MU_SAY_dossier_performance, sheets->language));
    promise_rows(dossier, step);
    dossier_additions(dossier, step);
    field_date(sheets, MU_SAY_dossier_agreed_on, step->date);
    if (oral || agreed->effect)
        sheet_field(sheets, MU_SAY_dossier_effect,
                    dossier_word(dossier, &mu_answers, agreed->effect));
    if (*agreed->signed_by)
        sheet_field(sheets, MU_SAY_dossier_signed_by, agreed->signed_by);
    if (!oral) {
        copies(dossier);
        dossier_sign_parties(dossier, 0);
    }
    dossier_sign_mediators(dossier);
    sheet_sign(sheets, MU_SAY_dossier_sign_recorder, step->operator_name);
    dossier_seal(dossier);
}

void dossier_agreement(struct dossier *dossier)
{
    const struct mu_case *mediated = dossier->mediated;
    bool any = false;

    for (size_t i = 0; i < mediated->steps; i++)
        if (mediated->step[i].kind == MU_STEP_AGREED) {
            agreement(dossier, &mediated->step[i]);
            any = true;
        }
    if (!any) {
        dossier_sheet(dossier, MU_SAY_dossier_form_agreement);
        dossier_scans(dossier, MU_PAPER_AGREEMENT);
    }
}

/* ---- visits ---- */

static const struct sheet_column paid_columns[] = {{MU_SAY_dossier_date, 12},
                                                   {MU_SAY_dossier_promise, 34},
                                                   {MU_SAY_dossier_yuan, 12},
                                                   {MU_SAY_dossier_how, 22}};
enum { PAID_COLUMNS = sizeof paid_columns / sizeof *paid_columns };

static const char *promise_words(const struct mu_case *mediated, int number)
{
    for (size_t i = 0; i < mediated->promises; i++)
        if (mediated->promise[i].number == number)
            return mediated->promise[i].promise->what;
    return "";
}

static void paid_rows(struct dossier *dossier)
{
    const struct mu_case *mediated = dossier->mediated;
    char day[MU_DATE_SIZE];
    bool any = false;

    for (size_t i = 0; i < mediated->steps; i++) {
        const struct mu_case_step *step = &mediated->step[i];
        const struct mu_case_performance *done = &step->record.performance;
        const char *cells[PAID_COLUMNS] = {day, promise_words(mediated, step->about), done->amount,
                                           done->how};

        if (step->kind != MU_STEP_PERFORMED)
            continue;
        if (!any)
            sheet_table(&dossier->sheets, paid_columns, PAID_COLUMNS);
        any = true;
        mu_date_format(step->date, day);
        sheet_row(&dossier->sheets, paid_columns, cells, PAID_COLUMNS);
    }
}

void dossier_visits(struct dossier *dossier)
{
    const struct mu_case *mediated = dossier->mediated;
    struct sheets *sheets = &dossier->sheets;
    char names[DOSSIER_NAMES];

    dossier_sheet(dossier, MU_SAY_dossier_form_visits);
    dossier_names(mediated, 0, names);
    sheet_field(sheets, MU_SAY_dossier_parties, names);
    sheet_field(sheets, MU_SAY_dossier_agreement_number, mediated->number);
    sheet_field(sheets, MU_SAY_dossier_visit_about,
                mediated->intake ? mediated->intake->subject : NULL);
    paid_rows(dossier);
    for (size_t i = 0; i < mediated->steps; i++) {
        const struct mu_case_step *step = &mediated->step[i];
        const struct mu_case_visit *visit = &step->record.visit;

        if (step->kind != MU_STEP_VISITED)
            continue;
        field_date(sheets, MU_SAY_dossier_visited_on, step->date);
        sheet_field(sheets, MU_SAY_dossier_met, visit->met);
        sheet_field(sheets, MU_SAY_dossier_kept, dossier_word(dossier, &mu_case_kept, visit->kept));
        sheet_text(sheets, MU_SAY_dossier_found, step->text);
        dossier_additions(dossier, step);
        sheet_sign(sheets, MU_SAY_dossier_sign_visitor, step->operator_name);
    }
}

/* ---- confirmation by the court ---- */

void dossier_court(struct dossier *dossier)
{
    const struct mu_case *mediated = dossier->mediated;
    struct sheets *sheets = &dossier->sheets;
    char until[MU_DATE_SIZE], agreed[MU_DATE_SIZE];

    dossier_sheet(dossier, MU_SAY_dossier_form_court);
    mu_date_format(mediated->agreed_on, agreed);
    mu_date_format(mediated->confirm_by, until);
    sheet_field(sheets, MU_SAY_dossier_agreed_on, agreed);
    if (*until)
        sheet_field(sheets, MU_SAY_dossier_ask_until, until);
    for (size_t i = 0; i < mediated->steps; i++) {
        const struct mu_case_step *step = &mediated->step[i];
        const struct mu_case_confirmation *court = &step->record.confirmation;

        if (step->kind != MU_STEP_CONFIRMED)
            continue;
        field_date(sheets, MU_SAY_dossier_date, step->date);
        sheet_field(sheets, MU_SAY_dossier_court,
                    dossier_word(dossier, &mu_case_courts, court->court));
        sheet_field(sheets, MU_SAY_dossier_court_name, court->name);
        sheet_field(sheets, MU_SAY_dossier_document, court->document);
        dossier_additions(dossier, step);
    }
    sheet_say(sheets, MU_SAY_dossier_court_papers, NULL, NULL);
}
