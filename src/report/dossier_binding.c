#include "report/dossier_form.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <stdio.h>

enum { LINE_SIZE = 1024, CELL_SIZE = 192 };

/* ---- cover ---- */

static void field_date(struct sheets *sheets, enum mu_message label, struct mu_date day)
{
    char text[MU_DATE_SIZE];

    mu_date_format(day, text);
    sheet_field(sheets, label, text);
}

static void put_head(struct dossier *dossier)
{
    char head[DOSSIER_HEAD], steps[DOSSIER_COUNT];

    dossier_head(dossier->mediated, head);
    dossier_count((int64_t)dossier->mediated->steps, steps);
    sheet_say(&dossier->sheets, MU_SAY_dossier_head, steps, head);
}

static void put_printed(struct dossier *dossier)
{
    char moment[MU_MOMENT_SIZE];

    mu_moment_format(dossier->print->at, moment);
    moment[10] = ' ';
    moment[16] = '\0';
    sheet_say(&dossier->sheets, MU_SAY_dossier_printed, moment, dossier->print->operator_name);
}

static struct mu_date last_day(const struct mu_case *mediated)
{
    return mu_date_known(mediated->ended_on) ? mediated->ended_on : mediated->closed_on;
}

void dossier_cover(struct dossier *dossier)
{
    const struct mu_case *mediated = dossier->mediated;
    struct sheets *sheets = &dossier->sheets;
    char label[MU_CASE_LABEL_SIZE], names[DOSSIER_NAMES];
    char from[MU_DATE_SIZE], to[MU_DATE_SIZE], days[CELL_SIZE];

    mu_case_label(mediated, label);
    dossier_mediators(mediated, names);
    mu_date_format(mediated->accepted_on, from);
    mu_date_format(last_day(mediated), to);
    mu_message_format(days, sizeof days, sheets->language, MU_SAY_dossier_from_to, from, to, NULL);
    dossier_sheet(dossier, MU_SAY_dossier_form_cover);
    sheet_field(sheets, MU_SAY_dossier_committee, dossier->print->centre);
    sheet_field(sheets, MU_SAY_dossier_case_name, label);
    sheet_field(sheets, MU_SAY_dossier_case_number, mediated->number);
    sheet_field(sheets, MU_SAY_dossier_dispute,
                mediated->intake ? dossier_word(dossier, &mu_disputes, mediated->intake->dispute)
                                 : NULL);
    sheet_field(sheets, MU_SAY_dossier_mediators, names);
    sheet_field(sheets, MU_SAY_dossier_days, days);
    sheet_field(sheets, MU_SAY_dossier_outcome,
                mu_message_text(mu_case_outcome_name(mediated->outcome), sheets->language));
    sheet_field(sheets, MU_SAY_dossier_keeper, NULL);
    sheet_field(sheets, MU_SAY_dossier_filed_on, NULL);
    sheet_field(sheets, MU_SAY_dossier_kept_for, NULL);
    sheet_field(sheets, MU_SAY_dossier_note, NULL);
    put_head(dossier);
    put_printed(dossier);
}

/* ---- contents ---- */

static const struct sheet_column contents_columns[] = {
    {MU_SAY_dossier_number, 6}, {MU_SAY_dossier_item, 24},      {MU_SAY_dossier_need, 10},
    {MU_SAY_dossier_state, 10}, {MU_SAY_dossier_made_head, 22}, {MU_SAY_dossier_page, 8}};
enum { CONTENTS_COLUMNS = sizeof contents_columns / sizeof *contents_columns };

void dossier_contents(struct dossier *dossier)
{
    struct sheets *sheets = &dossier->sheets;
    char number[DOSSIER_COUNT], made[MU_DOSSIER_TOLD_SIZE];

    dossier_sheet(dossier, MU_SAY_dossier_form_contents);
    sheet_table(sheets, contents_columns, CONTENTS_COLUMNS);
    for (int i = 0; i < MU_DOSSIER_ITEMS; i++) {
        const struct mu_dossier_item *item = &dossier->item[i];
        enum mu_message state = item->lack    ? MU_SAY_dossier_missing
                                : item->there ? MU_SAY_dossier_there
                                              : MU_SAY_dossier_none;
        const char *cells[CONTENTS_COLUMNS] = {
            number,
            dossier_word(dossier, &mu_case_papers, (int)item->paper),
            mu_message_text(mu_dossier_need_name(item->need), sheets->language),
            mu_message_text(state, sheets->language),
            made,
            NULL};

        dossier_count(i + 1, number);
        mu_dossier_made_of(item, sheets->language, made);
        sheet_row(sheets, contents_columns, cells, CONTENTS_COLUMNS);
    }
    sheet_say(sheets, MU_SAY_dossier_pages_by_hand, NULL, NULL);
}

/* ---- remarks ---- */

static void told_end(struct dossier *dossier, const struct mu_case_step *step)
{
    struct sheets *sheets = &dossier->sheets;
    const struct mu_case_ending *end = &step->record.ending;

    sheet_field(sheets, MU_SAY_dossier_ending, dossier_word(dossier, &mu_case_ends, end->how));
    sheet_field(sheets, MU_SAY_dossier_told_ways, dossier_word(dossier, &mu_answers, end->told));
}

/* What stands in the fields of a step that has no form of its own: "label：value；…". */
static void step_fields(struct dossier *dossier, const struct mu_case_step *step)
{
    const struct mu_case_step_type *type = mu_case_step_type(step->kind);
    enum mu_language language = dossier->sheets.language;
    char value[MU_FIELD_LONGEST];

    for (size_t i = 0; type && i < type->field_count; i++) {
        const struct mu_field *field = &type->fields[i];

        mu_field_write(field, &step->record, language, value, sizeof value);
        if (*value)
            sheet_field(&dossier->sheets, field->label, value);
    }
}

static void remark(struct dossier *dossier, const struct mu_case_step *step)
{
    struct sheets *sheets = &dossier->sheets;
    const struct mu_case_step_type *type = mu_case_step_type(step->kind);
    char heading[LINE_SIZE], day[MU_DATE_SIZE];

    mu_date_format(step->date, day);
    snprintf(heading, sizeof heading, "%s %s", day,
             type ? mu_message_text(type->name, sheets->language) : "");
    sheet_heading(sheets, heading);
    if (step->kind == MU_STEP_ENDED)
        told_end(dossier, step);
    else
        step_fields(dossier, step);
    sheet_field(sheets, MU_SAY_dossier_recorded_by, step->operator_name);
    if (step->text && *step->text)
        sheet_line(sheets, step->text);
    if (step->kind != MU_STEP_ADDED)
        dossier_additions(dossier, step);
}

static void summary(struct dossier *dossier)
{
    const struct mu_case *mediated = dossier->mediated;
    struct sheets *sheets = &dossier->sheets;
    struct mu_date until = last_day(mediated);
    char days[DOSSIER_COUNT], promised[MU_MONEY_SIZE], paid[MU_MONEY_SIZE];

    sheet_field(sheets, MU_SAY_dossier_state_now,
                mu_message_text(mu_case_state_name(mediated->state), sheets->language));
    sheet_field(sheets, MU_SAY_dossier_outcome,
                mu_message_text(mu_case_outcome_name(mediated->outcome), sheets->language));
    field_date(sheets, MU_SAY_dossier_accepted_on, mediated->accepted_on);
    field_date(sheets, MU_SAY_dossier_ended_on, mediated->ended_on);
    field_date(sheets, MU_SAY_dossier_closed_on, mediated->closed_on);
    if (mu_date_known(until)) {
        dossier_count(mu_date_days_between(mediated->accepted_on, until), days);
        sheet_field(sheets, MU_SAY_dossier_days_taken, days);
    }
    if (mediated->promised.fen) {
        mu_money_format(mediated->promised, promised);
        mu_money_format(mediated->paid, paid);
        sheet_field(sheets, MU_SAY_dossier_promised, promised);
        sheet_field(sheets, MU_SAY_dossier_paid, paid);
    }
    if (mediated->kept)
        sheet_field(sheets, MU_SAY_dossier_kept,
                    dossier_word(dossier, &mu_case_kept, mediated->kept));
}

static void missing(struct dossier *dossier)
{
    struct sheets *sheets = &dossier->sheets;
    struct mu_dossier_item item[MU_DOSSIER_ITEMS];
    size_t count = mu_dossier_missing(dossier->mediated, item);

    sheet_heading(sheets, mu_message_text(MU_SAY_dossier_what_is_missing, sheets->language));
    for (size_t i = 0; i < count; i++) {
        sheet_say(sheets, MU_SAY_dossier_missing_line,
                  dossier_word(dossier, &mu_case_papers, (int)item[i].paper),
                  mu_message_text(item[i].lack, sheets->language));
        sheet_say(sheets, item[i].why, NULL, NULL);
    }
    if (!count)
        sheet_say(sheets, MU_SAY_dossier_nothing_missing, NULL, NULL);
}

void dossier_remarks(struct dossier *dossier)
{
    const struct mu_case *mediated = dossier->mediated;

    dossier_sheet(dossier, MU_SAY_dossier_form_remarks);
    summary(dossier);
    for (size_t i = 0; i < mediated->steps; i++)
        if (mediated->step[i].kind != MU_STEP_ATTACHED &&
            mu_dossier_paper_of(mediated, &mediated->step[i]) == MU_PAPER_REMARKS &&
            (mediated->step[i].kind != MU_STEP_ADDED || !mediated->step[i].about))
            remark(dossier, &mediated->step[i]);
    missing(dossier);
    put_printed(dossier);
    sheet_sign(&dossier->sheets, MU_SAY_dossier_sign_keeper, NULL);
}

/* ---- back ---- */

void dossier_back(struct dossier *dossier)
{
    struct sheets *sheets = &dossier->sheets;

    dossier_sheet(dossier, MU_SAY_dossier_form_back);
    sheet_say(sheets, MU_SAY_dossier_pages_in_all, NULL, NULL);
    sheet_sign(sheets, MU_SAY_dossier_sign_keeper, NULL);
    sheet_sign(sheets, MU_SAY_dossier_sign_checker, NULL);
    put_head(dossier);
    put_printed(dossier);
}
