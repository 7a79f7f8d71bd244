#include <mulin/report/month.h>

#include <mulin/base/text.h>
#include <mulin/domain/head.h>

#include <stdio.h>
#include <string.h>

enum {
    TITLE_SIZE = 128,
    LABEL_SIZE = MU_PERSON_NAME_SIZE + 32,
    FULL_SHARE = 10000, /* hundredths of a percent */
    BARS = 31           /* that a chart shows at most */
};

static const char *const words[MU_MONTH_GROUPS] = {
    [MU_MONTH_BY_TIER] = "tier",       [MU_MONTH_BY_PAYER] = "payer",
    [MU_MONTH_BY_SESSION] = "session", [MU_MONTH_BY_METHOD] = "method",
    [MU_MONTH_BY_DAY] = "day",         [MU_MONTH_BY_PERSON] = "person",
};

bool mu_month_by_read(const char *word, enum mu_month_by *out)
{
    for (size_t i = 0; i < MU_MONTH_GROUPS; i++)
        if (strcmp(words[i], word) == 0) {
            *out = (enum mu_month_by)i;
            return true;
        }
    return false;
}

enum mu_message mu_month_by_name(enum mu_month_by by)
{
    static const enum mu_message names[MU_MONTH_GROUPS] = {
        [MU_MONTH_BY_TIER] = MU_SAY_month_by_tier,
        [MU_MONTH_BY_PAYER] = MU_SAY_month_by_payer,
        [MU_MONTH_BY_SESSION] = MU_SAY_month_by_session,
        [MU_MONTH_BY_METHOD] = MU_SAY_month_by_method,
        [MU_MONTH_BY_DAY] = MU_SAY_month_by_day,
        [MU_MONTH_BY_PERSON] = MU_SAY_month_by_person,
    };

    return names[by];
}

static void tier_label(const struct mu_month_row *row, enum mu_language language, char *out,
                       size_t size)
{
    const char *name = row->name;

    if (!*row->id)
        name = mu_message_text(MU_SAY_screen_full_price, language);
    else if (strcmp(row->id, MU_MONTH_JOINED) == 0)
        name = mu_message_text(MU_SAY_month_joined, language);
    mu_text_copy(out, size, name);
}

static void day_label(const struct mu_month_row *row, enum mu_language language, char *out,
                      size_t size)
{
    static const enum mu_message names[] = {
        MU_SAY_month_sunday,   MU_SAY_month_monday, MU_SAY_month_tuesday, MU_SAY_month_wednesday,
        MU_SAY_month_thursday, MU_SAY_month_friday, MU_SAY_month_saturday};
    struct mu_date day = {0, 0, 0};
    char number[16];

    if (!mu_date_read(row->id, &day) || !mu_date_known(day)) {
        mu_text_copy(out, size, row->id);
        return;
    }
    snprintf(number, sizeof number, "%d", day.day);
    mu_message_format(out, size, language, MU_SAY_month_day, number,
                      mu_message_text(names[mu_date_weekday(day)], language), NULL);
}

static void person_label(const struct mu_month_row *row, enum mu_language language, char *out,
                         size_t size)
{
    if (row->resident_id)
        mu_text_copy(out, size, row->name);
    else if (*row->name)
        mu_message_format(out, size, language, MU_SAY_replay_without_file, row->name, NULL);
    else
        mu_text_copy(out, size, mu_message_text(MU_SAY_replay_guest, language));
}

void mu_month_label(enum mu_month_by by, const struct mu_month_row *row, enum mu_language language,
                    char *out, size_t size)
{
    enum mu_payer payer = MU_PAYER_SELF;
    enum mu_pay_method method = MU_PAY_CASH;

    switch (by) {
    case MU_MONTH_BY_TIER:
        tier_label(row, language, out, size);
        break;
    case MU_MONTH_BY_PAYER:
        mu_payer_from_word(row->id, &payer);
        mu_text_copy(out, size, mu_message_text(mu_payer_name(payer), language));
        break;
    case MU_MONTH_BY_METHOD:
        mu_pay_method_from_word(row->id, &method);
        mu_text_copy(out, size, mu_message_text(mu_pay_method_name(method), language));
        break;
    case MU_MONTH_BY_DAY:
        day_label(row, language, out, size);
        break;
    case MU_MONTH_BY_PERSON:
        person_label(row, language, out, size);
        break;
    default:
        mu_text_copy(out, size, row->name);
        break;
    }
}

/* ---- lines ---- */

/* Lines being written. */
struct lines {
    char (*line)[MU_MONTH_LINE_SIZE];
    size_t count;
    enum mu_language language;
};

static void add_line(struct lines *lines, enum mu_message message, const char *first,
                     const char *second, const char *third, const char *fourth)
{
    const char *const arguments[] = {first, second, third, fourth};

    mu_message_fill(lines->line[lines->count++], MU_MONTH_LINE_SIZE, lines->language, message,
                    arguments, 4);
}

static void count_text(int count, char out[16])
{
    snprintf(out, 16, "%d", count);
}

static void add_people(struct lines *lines, const struct mu_month *month)
{
    char meals[16], people[16], days[16], guests[16];
    char price[MU_MONEY_SIZE], pay[MU_MONEY_SIZE], others[MU_MONEY_SIZE];

    count_text(month->meals, meals);
    count_text(month->people, people);
    count_text(month->without_file, guests);
    count_text(month->person_days, days);
    add_line(lines, MU_SAY_month_line_people, meals, people, guests, days);
    mu_money_format(month->price, price);
    mu_money_format(month->pay, pay);
    mu_money_format(mu_money_subtract(month->price, month->pay), others);
    add_line(lines, MU_SAY_month_line_money, price, pay, others, NULL);
}

static void add_movements(struct lines *lines, const struct mu_month *month)
{
    static const enum mu_message names[MU_MONTH_MOVEMENTS] = {
        MU_SAY_month_top_up, MU_SAY_month_refund, MU_SAY_month_bill, MU_SAY_month_counted};
    char text[MU_MONTH_LINE_SIZE], count[16], cash[MU_MONEY_SIZE];
    size_t used = 0;

    for (int i = 0; i < MU_MONTH_MOVEMENTS; i++) {
        if (!month->movement[i].count)
            continue;
        count_text(month->movement[i].count, count);
        mu_money_format(month->movement[i].cash, cash);
        if (used)
            used += mu_message_format(text + used, sizeof text - used, lines->language,
                                      MU_SAY_meal_and, NULL);
        used += mu_message_format(text + used, sizeof text - used, lines->language, names[i], count,
                                  cash, NULL);
    }
    if (used)
        add_line(lines, MU_SAY_month_line_cash, text, NULL, NULL, NULL);
}

static void add_corrections(struct lines *lines, const struct mu_month *month)
{
    char first[16], second[16], price[MU_MONEY_SIZE], pay[MU_MONEY_SIZE];

    count_text(month->voided, first);
    count_text(month->amended, second);
    if (month->voided || month->amended)
        add_line(lines, MU_SAY_month_line_voided, first, second, NULL, NULL);
    count_text(month->earlier_meals, first);
    mu_money_format(month->earlier_price, price);
    mu_money_format(month->earlier_pay, pay);
    if (month->earlier_meals)
        add_line(lines, MU_SAY_month_line_earlier, first, price, pay, NULL);
}

static void add_share(struct lines *lines, const struct mu_month *month)
{
    const struct mu_month_share *share = &month->share;
    char percent[16], base[MU_MONEY_SIZE], amount[MU_MONEY_SIZE], day[MU_DATE_SIZE];

    mu_date_format(share->booked_on, day);
    mu_money_format(share->booked, amount);
    if (share->entry_id) {
        add_line(lines, MU_SAY_month_line_booked, amount, day, NULL, NULL);
        return;
    }
    if (!share->basis_points)
        return;
    snprintf(percent, sizeof percent, "%d", share->basis_points / 100);
    mu_money_format(share->base, base);
    mu_money_format(share->amount, amount);
    add_line(lines, MU_SAY_month_line_share, base, percent, amount, NULL);
}

size_t mu_month_lines(const struct mu_month *month, enum mu_language language,
                      char lines[MU_MONTH_LINES][MU_MONTH_LINE_SIZE])
{
    struct lines writing = {lines, 0, language};

    add_people(&writing, month);
    add_movements(&writing, month);
    add_corrections(&writing, month);
    add_share(&writing, month);
    if (!month->over)
        add_line(&writing, MU_SAY_month_line_open, NULL, NULL, NULL, NULL);
    return writing.count;
}

/* ---- table ---- */

enum part { NUMBER, NAME, MEALS, PEOPLE, DAYS, AMOUNT, PRICE, PAY, OTHERS, SHARE, PARTS };

static const struct {
    enum mu_message heading;
    enum mu_report_kind kind;
} parts[PARTS] = {
    [NUMBER] = {MU_SAY_replay_number, MU_COLUMN_NUMBER},
    [NAME] = {MU_SAY_report_name, MU_COLUMN_TEXT},
    [MEALS] = {MU_SAY_month_meals, MU_COLUMN_NUMBER},
    [PEOPLE] = {MU_SAY_month_people, MU_COLUMN_NUMBER},
    [DAYS] = {MU_SAY_month_days, MU_COLUMN_NUMBER},
    [AMOUNT] = {MU_SAY_month_amount, MU_COLUMN_MONEY},
    [PRICE] = {MU_SAY_settlement_price, MU_COLUMN_MONEY},
    [PAY] = {MU_SAY_settlement_paid, MU_COLUMN_MONEY},
    [OTHERS] = {MU_SAY_settlement_others, MU_COLUMN_MONEY},
    [SHARE] = {MU_SAY_report_share, MU_COLUMN_PERCENT},
};

/* A table on its way. */
struct writing {
    const struct mu_month *month;
    enum mu_month_by by;
    enum mu_language language;
    enum part part[PARTS];
    struct mu_report_column column[PARTS];
    size_t columns;
    struct mu_report *out;
    struct mu_error *error;
};

static void choose(struct writing *writing, bool posted)
{
    static const enum part tier[] = {NAME, MEALS, PEOPLE, PRICE, PAY, OTHERS, SHARE, PARTS};
    static const enum part payer[] = {NAME, AMOUNT, MEALS, SHARE, PARTS};
    static const enum part method[] = {NAME, MEALS, PAY, SHARE, PARTS};
    static const enum part day[] = {NAME, MEALS, PRICE, PAY, OTHERS, SHARE, PARTS};
    static const enum part person[] = {NUMBER, NAME, MEALS, DAYS, PRICE, PAY, OTHERS, PARTS};
    static const enum part posted_person[] = {NAME, MEALS, DAYS, PARTS};
    static const enum part *const choice[MU_MONTH_GROUPS] = {
        [MU_MONTH_BY_TIER] = tier,     [MU_MONTH_BY_PAYER] = payer, [MU_MONTH_BY_SESSION] = day,
        [MU_MONTH_BY_METHOD] = method, [MU_MONTH_BY_DAY] = day,     [MU_MONTH_BY_PERSON] = person,
    };
    const enum part *chosen =
        posted && writing->by == MU_MONTH_BY_PERSON ? posted_person : choice[writing->by];

    for (; *chosen != PARTS; chosen++) {
        writing->column[writing->columns] = (struct mu_report_column){
            mu_message_text(parts[*chosen].heading, writing->language), parts[*chosen].kind};
        writing->part[writing->columns++] = *chosen;
    }
}

static int64_t share_of(int64_t part, int64_t whole)
{
    return whole ? (part * FULL_SHARE + whole / 2) / whole : 0;
}

static void fill(const struct writing *writing, const struct mu_month_row *row, const char *label,
                 struct mu_report_cell cells[PARTS])
{
    const struct mu_month *month = writing->month;
    bool payer = writing->by == MU_MONTH_BY_PAYER;
    const int64_t numbers[PARTS] = {
        [NUMBER] = row->resident_id,
        [MEALS] = row->meals,
        [PEOPLE] = row->people,
        [DAYS] = row->days,
        [AMOUNT] = row->price.fen,
        [PRICE] = row->price.fen,
        [PAY] = row->pay.fen,
        [OTHERS] = mu_money_subtract(row->price, row->pay).fen,
        [SHARE] =
            payer ? share_of(row->price.fen, month->price.fen) : share_of(row->meals, month->meals),
    };

    for (size_t i = 0; i < writing->columns; i++) {
        enum part part = writing->part[i];

        cells[i] =
            (struct mu_report_cell){.text = part == NAME ? label : NULL, .number = numbers[part]};
        if (part == NUMBER && !row->resident_id)
            cells[i].text = "";
    }
}

static enum mu_status write_rows(struct writing *writing)
{
    const struct mu_month *month = writing->month;
    const struct mu_month_group *group = &month->group[writing->by];
    struct mu_month_row all = {.meals = month->meals,
                               .people = month->people,
                               .days = month->person_days,
                               .price = month->price,
                               .pay = month->pay};
    struct mu_report_cell cells[PARTS];
    char label[LABEL_SIZE];
    enum mu_status status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < group->count; i++) {
        mu_month_label(writing->by, &group->row[i], writing->language, label, sizeof label);
        fill(writing, &group->row[i], label, cells);
        status = mu_report_row(writing->out, cells, writing->error);
    }
    if (status != MU_OK || !group->count)
        return status;
    fill(writing, &all, mu_message_text(MU_SAY_report_total, writing->language), cells);
    return mu_report_total(writing->out, cells, writing->error);
}

static enum mu_status add_bars(struct writing *writing, const char *title)
{
    struct mu_report_chart bars = {title, 0, 1, 0, writing->month->group[writing->by].count};

    while (writing->part[bars.labels] != NAME)
        bars.labels++;
    bars.values = bars.labels + 1;
    if (bars.row_count > BARS)
        bars.row_count = BARS;
    return mu_report_chart(writing->out, &bars, writing->error);
}

enum mu_status mu_report_month(const struct mu_report_target *target, const struct mu_month *month,
                               enum mu_month_by by, bool posted, enum mu_language language,
                               struct mu_error *error)
{
    struct writing writing = {.month = month, .by = by, .language = language, .error = error};
    char lines[MU_MONTH_LINES][MU_MONTH_LINE_SIZE], title[TITLE_SIZE], name[MU_MONTH_SIZE];
    char foot[MU_MONTH_LINE_SIZE], head[MU_HEAD_SIZE];
    const char *line[MU_MONTH_LINES + 1];
    struct mu_report_table table = {
        .language = language, .title = title, .lines = line, .foot = foot};
    enum mu_status status;

    mu_month_format(month->from, name);
    mu_message_format(title, sizeof title, language, MU_SAY_month_table_title, name,
                      mu_message_text(mu_month_by_name(by), language), NULL);
    table.line_count = mu_month_lines(month, language, lines);
    for (size_t i = 0; i < table.line_count; i++)
        line[i] = lines[i];
    if (posted)
        line[table.line_count++] = mu_message_text(MU_SAY_month_line_posted, language);
    mu_head_print(MU_CHAIN_LEDGER, month->entries, month->head, head);
    mu_message_format(foot, sizeof foot, language, MU_SAY_settlement_head, head, NULL);
    choose(&writing, posted);
    table.columns = writing.column;
    table.column_count = writing.columns;
    status = mu_report_begin(&writing.out, target, &table, error);
    if (status != MU_OK)
        return status;
    status = write_rows(&writing);
    if (status == MU_OK)
        status = add_bars(&writing, title);
    if (status == MU_OK)
        return mu_report_finish(&writing.out, error);
    mu_report_drop(&writing.out);
    return status;
}
