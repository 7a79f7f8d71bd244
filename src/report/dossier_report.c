#include "report/dossier_form.h"

#include "report/printer.h"

#include <mulin/base/codes.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { SIDES_AGAINST = 2, HASH_GROUP = 8, TITLE_SIZE = 256 };

static void (*const forms[MU_DOSSIER_ITEMS + 1])(struct dossier *dossier) = {
    [MU_PAPER_COVER] = dossier_cover,
    [MU_PAPER_CONTENTS] = dossier_contents,
    [MU_PAPER_APPLICATION] = dossier_application,
    [MU_PAPER_REGISTER] = dossier_register,
    [MU_PAPER_RIGHTS] = dossier_rights,
    [MU_PAPER_INVESTIGATION] = dossier_investigation,
    [MU_PAPER_EVIDENCE] = dossier_evidence,
    [MU_PAPER_RECORD] = dossier_record,
    [MU_PAPER_AGREEMENT] = dossier_agreement,
    [MU_PAPER_VISITS] = dossier_visits,
    [MU_PAPER_COURT] = dossier_court,
    [MU_PAPER_REMARKS] = dossier_remarks,
    [MU_PAPER_BACK] = dossier_back,
};

void mu_dossier_made_of(const struct mu_dossier_item *item, enum mu_language language, char *out)
{
    char steps[DOSSIER_COUNT], attachments[DOSSIER_COUNT];

    dossier_count(item->steps, steps);
    dossier_count(item->attachments, attachments);
    *out = '\0';
    if (item->steps && item->attachments)
        mu_message_format(out, MU_DOSSIER_TOLD_SIZE, language, MU_SAY_dossier_made_of_both, steps,
                          attachments, NULL);
    else if (item->steps)
        mu_message_format(out, MU_DOSSIER_TOLD_SIZE, language, MU_SAY_dossier_made_of_steps, steps,
                          NULL);
    else if (item->attachments)
        mu_message_format(out, MU_DOSSIER_TOLD_SIZE, language, MU_SAY_dossier_made_of_scans,
                          attachments, NULL);
}

/* ---- what the forms share ---- */

void dossier_sheet(struct dossier *dossier, enum mu_message title)
{
    sheet_begin(&dossier->sheets, title, dossier->mediated->number);
}

static void add_name(char *out, const char *name)
{
    size_t used = strlen(out);

    snprintf(out + used, DOSSIER_NAMES - used, "%s%s", used ? "、" : "", name);
}

void dossier_names(const struct mu_case *mediated, int side, char *out)
{
    *out = '\0';
    for (size_t i = 0; i < mediated->persons; i++)
        if (!side || mediated->person[i].party.side == side)
            add_name(out, mediated->person[i].party.name);
}

void dossier_mediators(const struct mu_case *mediated, char *out)
{
    *out = '\0';
    for (size_t i = 0; i < mediated->mediators; i++)
        if (mediated->mediator[i].at_work)
            add_name(out, mediated->mediator[i].name);
}

const char *dossier_word(const struct dossier *dossier, const struct mu_choices *choices, int code)
{
    return mu_choice_word(choices, code, dossier->sheets.language);
}

void dossier_count(int64_t count, char out[DOSSIER_COUNT])
{
    snprintf(out, DOSSIER_COUNT, "%" PRId64, count);
}

static void party(struct dossier *dossier, const struct mu_case_party *party)
{
    char age[DOSSIER_COUNT] = "";
    struct mu_date day = dossier->mediated->accepted_on;
    const struct sheet_field who[] = {
        {MU_SAY_dossier_name, party->name},
        {MU_SAY_dossier_sex, party->sex ? dossier_word(dossier, &mu_sexes, party->sex) : ""},
        {MU_SAY_dossier_ethnic, dossier_word(dossier, &mu_ethnic_groups, party->ethnic_group)},
        {MU_SAY_dossier_age, age}};
    const struct sheet_field what[] = {{MU_SAY_dossier_occupation, party->occupation},
                                       {MU_SAY_dossier_phone, party->phone}};

    if (party->birth_year && mu_date_known(day) && day.year >= party->birth_year)
        dossier_count(day.year - party->birth_year, age);
    sheet_heading(&dossier->sheets, dossier_word(dossier, &mu_case_sides, party->side));
    sheet_fields(&dossier->sheets, who, sizeof who / sizeof *who);
    sheet_fields(&dossier->sheets, what, sizeof what / sizeof *what);
    sheet_field(&dossier->sheets, MU_SAY_dossier_address, party->address);
    if (*party->agent)
        sheet_field(&dossier->sheets, MU_SAY_dossier_agent, party->agent);
}

void dossier_parties(struct dossier *dossier, int side)
{
    for (size_t i = 0; i < dossier->mediated->persons; i++)
        if (!side || dossier->mediated->person[i].party.side == side)
            party(dossier, &dossier->mediated->person[i].party);
}

void dossier_time(struct mu_date day, const char *from, const char *to, char *out)
{
    char date[MU_DATE_SIZE];

    mu_date_format(day, date);
    snprintf(out, DOSSIER_TIME, "%s%s%s%s%s", date, *from ? " " : "", from, *to ? "-" : "", to);
}

void dossier_additions(struct dossier *dossier, const struct mu_case_step *step)
{
    const struct mu_case *mediated = dossier->mediated;
    char day[MU_DATE_SIZE];

    for (size_t i = 0; i < mediated->steps; i++) {
        const struct mu_case_step *addition = &mediated->step[i];

        if (addition->kind != MU_STEP_ADDED || addition->about != step->number)
            continue;
        mu_date_format(addition->recorded_at.date, day);
        sheet_say(&dossier->sheets, MU_SAY_dossier_added, day, addition->operator_name);
        if (*addition->record.addition.reason)
            sheet_line(&dossier->sheets, addition->record.addition.reason);
        if (addition->text && *addition->text)
            sheet_line(&dossier->sheets, addition->text);
        if (addition->number > step->number)
            dossier_additions(dossier, addition);
    }
}

void dossier_sign_parties(struct dossier *dossier, int side)
{
    for (size_t i = 0; i < dossier->mediated->persons; i++) {
        const struct mu_case_party *party = &dossier->mediated->person[i].party;

        if (side ? party->side == side : party->side <= SIDES_AGAINST)
            sheet_sign(&dossier->sheets, MU_SAY_dossier_sign_party, party->name);
    }
}

void dossier_sign_mediators(struct dossier *dossier)
{
    const struct mu_case *mediated = dossier->mediated;
    bool any = false;

    for (size_t i = 0; i < mediated->mediators; i++)
        if (mediated->mediator[i].at_work) {
            sheet_sign(&dossier->sheets, MU_SAY_dossier_sign_mediator, mediated->mediator[i].name);
            any = true;
        }
    if (!any)
        sheet_sign(&dossier->sheets, MU_SAY_dossier_sign_mediator, NULL);
}

void dossier_seal(struct dossier *dossier)
{
    sheet_sign(&dossier->sheets, MU_SAY_dossier_seal, NULL);
}

void dossier_head(const struct mu_case *mediated, char out[DOSSIER_HEAD])
{
    char digits[2 * MU_HASH_SIZE + 1] = "";
    size_t used = 0;

    if (mediated->steps)
        mu_hash_text(mediated->step[mediated->steps - 1].hash, MU_HASH_SIZE, digits);
    *out = '\0';
    for (size_t at = 0; digits[at]; at += HASH_GROUP)
        used +=
            (size_t)snprintf(out + used, DOSSIER_HEAD - used, "%s%.8s", at ? " " : "", digits + at);
}

/* ---- the whole ---- */

static bool has_scans(const struct dossier *dossier)
{
    for (int i = 0; i < MU_DOSSIER_ITEMS; i++)
        if (dossier->item[i].attachments)
            return true;
    return false;
}

/* There is something to print, or a form that is to be signed yet. The list of evidence names all
 * scans, whatever they were filed under. */
static bool printed(const struct dossier *dossier, const struct mu_dossier_item *item)
{
    bool form = item->paper <= MU_PAPER_RIGHTS || item->paper >= MU_PAPER_REMARKS;

    if (item->paper == MU_PAPER_EVIDENCE)
        return item->steps || has_scans(dossier);
    return item->steps || item->attachments || (form && item->need != MU_DOSSIER_NOT);
}

static enum mu_status write_forms(struct dossier *dossier, struct mu_error *error)
{
    const struct mu_dossier_print *print = dossier->print;
    bool any = false;

    for (int i = 0; i < MU_DOSSIER_ITEMS; i++) {
        const struct mu_dossier_item *item = &dossier->item[i];

        if ((print->paper && print->paper != (int)item->paper) || !printed(dossier, item))
            continue;
        forms[item->paper](dossier);
        any = true;
    }
    if (any)
        return MU_OK;
    return mu_fail(error, MU_INPUT, MU_SAY_error_dossier_item,
                   dossier_word(dossier, &mu_case_papers, print->paper), print->mediated->number,
                   NULL);
}

enum mu_status mu_report_dossier(const struct mu_report_target *target,
                                 const struct mu_dossier_print *print, struct mu_error *error)
{
    struct dossier dossier = {.print = print, .mediated = print->mediated};
    char title[TITLE_SIZE];
    enum mu_status status;

    mu_dossier_make(print->mediated, dossier.item);
    mu_message_format(title, sizeof title, print->language, MU_SAY_dossier_title,
                      print->mediated->number, NULL);
    status = sheet_open(&dossier.sheets, target, title, print->language, error);
    if (status != MU_OK)
        return status;
    return sheet_finish(&dossier.sheets, write_forms(&dossier, error), error);
}

enum mu_status mu_print_dossier(const struct mu_dossier_print *print, struct mu_error *error)
{
    FILE *pages = report_pages();
    struct mu_report_target target = {.format = MU_REPORT_TEXT, .stream = pages};
    enum mu_status status;

    if (!pages)
        return mu_fail_memory(error);
    status = mu_report_dossier(&target, print, error);
    if (status == MU_OK)
        status = report_print(pages, error);
    fclose(pages);
    return status;
}
