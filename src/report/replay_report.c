#include <mulin/report/replay.h>

#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum { TITLE_SIZE = 128, COLUMNS = 6 + MU_PAYER_COUNT, LABEL_SIZE = MU_PERSON_NAME_SIZE + 32 };

bool mu_replay_by_read(const char *word, enum mu_replay_by *out)
{
    static const char *const words[] = {"person", "payer", "tier"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], word) == 0) {
            *out = (enum mu_replay_by)i;
            return true;
        }
    return false;
}

static const char *payer_name(int payer, enum mu_language language)
{
    return mu_message_text(mu_payer_name((enum mu_payer)payer), language);
}

/* True for a payer who paid or would have. */
static bool pays(const struct mu_replay_report *report, int payer)
{
    return payer == MU_PAYER_SELF || report->sums.was[payer].fen || report->sums.would[payer].fen;
}

static void add_line(char lines[][MU_REPLAY_LINE_SIZE], size_t *count, enum mu_language language,
                     enum mu_message message, const char *const words[4])
{
    mu_message_fill(lines[(*count)++], MU_REPLAY_LINE_SIZE, language, message, words, 4);
}

static void add_payer_lines(const struct mu_replay_report *report, enum mu_language language,
                            char lines[][MU_REPLAY_LINE_SIZE], size_t *count)
{
    char was[MU_MONEY_SIZE], would[MU_MONEY_SIZE], difference[MU_MONEY_SIZE], day[MU_DATE_SIZE];

    for (int payer = 0; payer < MU_PAYER_COUNT; payer++) {
        if (!pays(report, payer))
            continue;
        mu_money_format(report->sums.was[payer], was);
        mu_money_format(report->sums.would[payer], would);
        mu_money_format(mu_replay_difference(&report->sums, (enum mu_payer)payer), difference);
        add_line(lines, count, language, MU_SAY_replay_line_payer,
                 (const char *const[]){payer_name(payer, language), was, would, difference});
    }
    for (int payer = 0; payer < MU_PAYER_COUNT; payer++) {
        bool empty = mu_date_known(report->empty_on[payer]);

        if (!report->funded[payer])
            continue;
        mu_money_format(report->left[payer], would);
        mu_date_format(report->empty_on[payer], day);
        add_line(
            lines, count, language, empty ? MU_SAY_replay_line_empty : MU_SAY_replay_line_left,
            (const char *const[]){payer_name(payer, language), empty ? day : would, would, NULL});
    }
}

size_t mu_replay_lines(const struct mu_replay_report *report, enum mu_language language,
                       char lines[MU_REPLAY_LINES][MU_REPLAY_LINE_SIZE])
{
    char from[MU_DATE_SIZE], to[MU_DATE_SIZE], meals[16], changed[16];
    size_t count = 0;

    mu_date_format(report->from, from);
    mu_date_format(report->to, to);
    snprintf(meals, sizeof meals, "%d", report->meals);
    snprintf(changed, sizeof changed, "%d", report->changed);
    add_line(lines, &count, language, MU_SAY_replay_line_meals,
             (const char *const[]){from, to, meals, changed});
    add_payer_lines(report, language, lines, &count);
    snprintf(meals, sizeof meals, "%d", report->unknown_session);
    if (report->unknown_session)
        add_line(lines, &count, language, MU_SAY_replay_line_session,
                 (const char *const[]){meals, NULL, NULL, NULL});
    add_line(lines, &count, language, MU_SAY_replay_line_how,
             (const char *const[]){NULL, NULL, NULL, NULL});
    return count;
}

void mu_replay_label(const struct mu_replay_person *person, enum mu_language language, char *out,
                     size_t size)
{
    if (person->resident_id)
        mu_text_copy(out, size, person->name);
    else if (*person->name)
        mu_message_format(out, size, language, MU_SAY_replay_without_file, person->name, NULL);
    else
        mu_text_copy(out, size, mu_message_text(MU_SAY_replay_guest, language));
}

const char *mu_replay_tier_name(const struct mu_replay_tier *tier, enum mu_language language)
{
    if (!*tier->id)
        return mu_message_text(MU_SAY_screen_full_price, language);
    return *tier->name ? tier->name : tier->id;
}

/* A table on its way. */
struct writing {
    const struct mu_replay_report *report;
    enum mu_language language;
    struct mu_report_column column[COLUMNS];
    char heading[MU_PAYER_COUNT][TITLE_SIZE];
    size_t columns;
    struct mu_report *out;
    struct mu_error *error;
};

static void add_column(struct writing *writing, enum mu_message heading, enum mu_report_kind kind)
{
    writing->column[writing->columns++] =
        (struct mu_report_column){mu_message_text(heading, writing->language), kind};
}

static void person_columns(struct writing *writing)
{
    add_column(writing, MU_SAY_replay_number, MU_COLUMN_NUMBER);
    add_column(writing, MU_SAY_replay_name, MU_COLUMN_TEXT);
    add_column(writing, MU_SAY_replay_meals, MU_COLUMN_NUMBER);
    add_column(writing, MU_SAY_replay_pay_was, MU_COLUMN_MONEY);
    add_column(writing, MU_SAY_replay_pay_would, MU_COLUMN_MONEY);
    add_column(writing, MU_SAY_replay_difference, MU_COLUMN_MONEY);
    for (int payer = MU_PAYER_SELF + 1; payer < MU_PAYER_COUNT; payer++) {
        if (!pays(writing->report, payer))
            continue;
        mu_message_format(writing->heading[payer], TITLE_SIZE, writing->language,
                          MU_SAY_replay_others, payer_name(payer, writing->language), NULL);
        writing->column[writing->columns++] =
            (struct mu_report_column){writing->heading[payer], MU_COLUMN_MONEY};
    }
}

static size_t sum_cells(const struct writing *writing, const struct mu_replay_sums *sums,
                        struct mu_report_cell *cells)
{
    size_t count = 0;

    cells[count++].number = sums->was[MU_PAYER_SELF].fen;
    cells[count++].number = sums->would[MU_PAYER_SELF].fen;
    for (int payer = MU_PAYER_SELF; payer < MU_PAYER_COUNT; payer++)
        if (pays(writing->report, payer))
            cells[count++].number = mu_replay_difference(sums, (enum mu_payer)payer).fen;
    return count;
}

static enum mu_status write_people(struct writing *writing)
{
    const struct mu_replay_report *report = writing->report;
    char label[LABEL_SIZE];
    enum mu_status status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < report->people; i++) {
        const struct mu_replay_person *person = &report->person[i];
        struct mu_report_cell cells[COLUMNS] = {
            {.number = person->resident_id}, {.text = label}, {.number = person->meals}};

        if (!person->resident_id)
            cells[0].text = "";
        mu_replay_label(person, writing->language, label, sizeof label);
        sum_cells(writing, &person->sums, cells + 3);
        status = mu_report_row(writing->out, cells, writing->error);
    }
    if (status == MU_OK) {
        struct mu_report_cell cells[COLUMNS] = {
            {.text = ""},
            {.text = mu_message_text(MU_SAY_report_total, writing->language)},
            {.number = report->meals}};

        sum_cells(writing, &report->sums, cells + 3);
        status = mu_report_total(writing->out, cells, writing->error);
    }
    return status;
}

static enum mu_status write_payers(struct writing *writing)
{
    const struct mu_replay_sums *sums = &writing->report->sums;
    struct mu_money was = {0}, would = {0};
    enum mu_status status = MU_OK;

    for (int payer = 0; status == MU_OK && payer < MU_PAYER_COUNT; payer++) {
        const struct mu_report_cell cells[] = {
            {.text = payer_name(payer, writing->language)},
            {.number = sums->was[payer].fen},
            {.number = sums->would[payer].fen},
            {.number = mu_replay_difference(sums, (enum mu_payer)payer).fen}};

        if (!pays(writing->report, payer))
            continue;
        was = mu_money_add(was, sums->was[payer]);
        would = mu_money_add(would, sums->would[payer]);
        status = mu_report_row(writing->out, cells, writing->error);
    }
    if (status != MU_OK)
        return status;
    return mu_report_total(writing->out,
                           (const struct mu_report_cell[]){
                               {.text = mu_message_text(MU_SAY_report_total, writing->language)},
                               {.number = was.fen},
                               {.number = would.fen},
                               {.number = mu_money_subtract(would, was).fen}},
                           writing->error);
}

static enum mu_status write_tiers(struct writing *writing)
{
    const struct mu_replay_report *report = writing->report;
    struct mu_report_cell all[] = {
        {.text = mu_message_text(MU_SAY_report_total, writing->language)},
        {0},
        {0},
        {0},
        {0},
        {0},
        {0}};
    enum mu_status status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < report->tiers; i++) {
        const struct mu_replay_tier *tier = &report->tier[i];
        const struct mu_report_cell cells[] = {
            {.text = mu_replay_tier_name(tier, writing->language)},
            {.number = tier->meals_was},
            {.number = tier->meals_would},
            {.number = tier->pay_was.fen},
            {.number = tier->pay_would.fen},
            {.number = tier->others_was.fen},
            {.number = tier->others_would.fen}};

        for (size_t k = 1; k < sizeof cells / sizeof *cells; k++)
            all[k].number += cells[k].number;
        status = mu_report_row(writing->out, cells, writing->error);
    }
    return status == MU_OK ? mu_report_total(writing->out, all, writing->error) : status;
}

/* Bars over the differences, or the meals. */
static enum mu_status add_chart(struct writing *writing, enum mu_replay_by by, const char *title)
{
    size_t payers = 0;
    struct mu_report_chart chart = {title, 0, 2, 0, 0};

    for (int payer = 0; payer < MU_PAYER_COUNT; payer++)
        payers += pays(writing->report, payer);
    chart.row_count = by == MU_REPLAY_BY_PAYER ? payers : writing->report->tiers;
    return by == MU_REPLAY_BY_PERSON ? MU_OK
                                     : mu_report_chart(writing->out, &chart, writing->error);
}

static void choose_columns(struct writing *writing, enum mu_replay_by by)
{
    static const enum mu_message payer[] = {MU_SAY_replay_was, MU_SAY_replay_would,
                                            MU_SAY_replay_difference};
    static const enum mu_message tier[] = {MU_SAY_replay_meals_was,  MU_SAY_replay_meals_would,
                                           MU_SAY_replay_pay_was,    MU_SAY_replay_pay_would,
                                           MU_SAY_replay_others_was, MU_SAY_replay_others_would};

    if (by == MU_REPLAY_BY_PERSON) {
        person_columns(writing);
    } else if (by == MU_REPLAY_BY_PAYER) {
        add_column(writing, MU_SAY_replay_payer, MU_COLUMN_TEXT);
        for (size_t i = 0; i < sizeof payer / sizeof *payer; i++)
            add_column(writing, payer[i], MU_COLUMN_MONEY);
    } else {
        add_column(writing, MU_SAY_replay_tier, MU_COLUMN_TEXT);
        for (size_t i = 0; i < sizeof tier / sizeof *tier; i++)
            add_column(writing, tier[i], i < 2 ? MU_COLUMN_NUMBER : MU_COLUMN_MONEY);
    }
}

enum mu_status mu_report_replay(const struct mu_report_target *target,
                                const struct mu_replay_report *report, enum mu_replay_by by,
                                enum mu_language language, struct mu_error *error)
{
    static const enum mu_message titles[] = {MU_SAY_replay_title, MU_SAY_replay_title_payer,
                                             MU_SAY_replay_title_tier};
    struct writing writing = {.report = report, .language = language, .error = error};
    char lines[MU_REPLAY_LINES][MU_REPLAY_LINE_SIZE], title[TITLE_SIZE], month[MU_MONTH_SIZE];
    const char *line[MU_REPLAY_LINES];
    struct mu_report_table table = {
        .language = language, .title = title, .lines = line, .columns = writing.column};
    enum mu_status status;

    mu_month_format(report->from, month);
    mu_message_format(title, sizeof title, language, titles[by], month, NULL);
    table.line_count = mu_replay_lines(report, language, lines);
    for (size_t i = 0; i < table.line_count; i++)
        line[i] = lines[i];
    choose_columns(&writing, by);
    table.column_count = writing.columns;
    status = mu_report_begin(&writing.out, target, &table, error);
    if (status != MU_OK)
        return status;
    status = by == MU_REPLAY_BY_PERSON  ? write_people(&writing)
             : by == MU_REPLAY_BY_PAYER ? write_payers(&writing)
                                        : write_tiers(&writing);
    if (status == MU_OK)
        status = add_chart(&writing, by, title);
    if (status == MU_OK)
        return mu_report_finish(&writing.out, error);
    mu_report_drop(&writing.out);
    return status;
}
