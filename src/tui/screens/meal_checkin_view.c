#include "tui/screens/big_amount.h"
#include "tui/screens/meal_checkin.h"
#include "tui/screens/person.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/domain/calendar.h>
#include <mulin/domain/tag.h>

#include <stdio.h>
#include <string.h>

enum {
    SIDE = 24,      /* columns of the side with the day's figures */
    SIDE_SUMS = 5,  /* rows of money there at most */
    WITH_SIDE = 76, /* from this width on there is a side */
    BLOCK = 7,      /* rows of the result or of the hits */
    LOW_BLOCK = 6,  /* the same on a low terminal */
    HIGH = 19       /* rows of the work area from which there is room for blank rows */
};

/* "午餐 10:30-13:00，每份 15.00 元（重阳节）", or why it is not served. */
static void session_words(struct mu_app *app, const struct meal_checkin *self,
                          const struct mu_session *session, char *words, size_t size)
{
    enum mu_language language = mu_app_language(app);
    const struct mu_dated_price *dated = mu_session_price_on(session, self->today);
    const struct mu_rules *rules;
    char from[MU_CLOCK_SIZE], to[MU_CLOCK_SIZE], amount[MU_MONEY_SIZE], next[MU_DATE_SIZE];
    char price[MU_MONEY_SIZE + MU_RULE_NAME_SIZE];
    const char *reason;

    if (mu_desk_rules(mu_screens_desk(app), &rules, NULL, NULL) == MU_OK &&
        mu_session_day(&rules->canteen, session, self->today, &reason) != MU_DAY_SERVED) {
        mu_date_format(mu_session_next_day(&rules->canteen, session, self->today), next);
        mu_message_format(words, size, language,
                          reason ? MU_SAY_checkin_day_closed : MU_SAY_checkin_not_its_day,
                          session->name, *next ? next : "-", reason, NULL);
        return;
    }
    mu_clock_format(session->from, from);
    mu_clock_format(session->to, to);
    mu_money_format(dated ? dated->price : session->price, amount);
    mu_text_copy(price, sizeof price, amount);
    if (dated && *dated->name)
        mu_message_format(price, sizeof price, language, MU_SAY_checkin_dated_price, dated->name,
                          amount, NULL);
    mu_message_format(words, size, language,
                      *self->session ? MU_SAY_checkin_session_chosen : MU_SAY_checkin_session,
                      session->name, from, to, price, NULL);
}

static void draw_status(struct mu_app *app, const struct meal_checkin *self, struct mu_grid *grid,
                        const struct mu_layout *layout)
{
    enum mu_language language = mu_app_language(app);
    const struct mu_session *session = mu_checkin_session(app, self);
    char words[256];
    char method[64];
    int width;

    mu_message_format(method, sizeof method, language, MU_SAY_checkin_by,
                      mu_message_text(mu_pay_method_name(self->method), language), NULL);
    width = layout->columns - mu_text_cells(method) - 3;
    if (session)
        session_words(app, self, session, words, sizeof words);
    else if (self->failed)
        mu_error_text(&self->error, language, words, sizeof words);
    else
        mu_text_copy(words, sizeof words, mu_message_text(MU_SAY_checkin_closed, language));
    mu_grid_put(grid, layout->status_row, 1, width, words, MU_MARK,
                session && !*self->session ? MU_STYLE_TITLE : MU_STYLE_WARNING);
    mu_grid_run(grid, layout->status_row, width + 2, layout->columns - width - 2, method,
                self->method == MU_PAY_CASH ? MU_STYLE_NORMAL : MU_STYLE_WARNING);
}

static void draw_box(struct meal_checkin *self, struct mu_grid *grid, struct mu_area area,
                     enum mu_language language)
{
    int label = mu_grid_run(grid, area.row, 1, 12, mu_message_text(MU_SAY_checkin_box, language),
                            MU_STYLE_LABEL);

    mu_line_edit_draw(&self->box, grid, area.row, 1 + label, area.columns - label - 1, true,
                      language);
}

/* Label on the left, amount on the right of the side. */
static void side_line(struct mu_grid *grid, struct mu_area *area, const char *label,
                      const char *value, enum mu_style style)
{
    if (area->rows <= 0)
        return;
    mu_grid_put(grid, area->row, area->column, area->columns, label, MU_LEFT, MU_STYLE_LABEL);
    mu_grid_put(grid, area->row, area->column + area->columns - mu_text_cells(value),
                mu_text_cells(value), value, MU_WHOLE, style);
    area->row++;
    area->rows--;
}

static struct mu_money paid_by_others(const struct mu_day_totals *totals)
{
    return mu_money_subtract(totals->price, totals->payer[MU_PAYER_SELF]);
}

static void draw_side(const struct meal_checkin *self, struct mu_grid *grid, struct mu_area area,
                      enum mu_language language)
{
    const struct mu_day_totals *totals = &self->totals;
    char count[MU_COUNT_SIZE], other[MU_COUNT_SIZE], text[96];

#define SAY(message) mu_message_text(MU_SAY_checkin_side_##message, language)
    mu_count_text(totals->meals, count);
    mu_message_format(text, sizeof text, language, MU_SAY_screen_meals, count, NULL);
    side_line(grid, &area, SAY(served), text, MU_STYLE_BIG);
    if (self->quota) {
        mu_count_text(self->quota_left, count);
        mu_count_text(self->quota, other);
        snprintf(text, sizeof text, "%s / %s", count, other);
        side_line(grid, &area, SAY(left), text, self->quota_left ? MU_STYLE_BIG : MU_STYLE_WARNING);
    }
    mu_count_text(self->outdoor, count);
    mu_message_format(text, sizeof text, language, MU_SAY_screen_meals, count, NULL);
    side_line(grid, &area, SAY(outdoor), text, MU_STYLE_VALUE);
    if (area.rows > SIDE_SUMS)
        area.row++, area.rows--;
    mu_money_format(totals->paid[MU_PAY_CASH], text);
    side_line(grid, &area, SAY(cash), text, MU_STYLE_VALUE);
    mu_money_format(totals->paid[MU_PAY_CARD], text);
    side_line(grid, &area, SAY(card), text, MU_STYLE_VALUE);
    if (totals->paid[MU_PAY_ACCOUNT].fen) {
        mu_money_format(totals->paid[MU_PAY_ACCOUNT], text);
        side_line(grid, &area, SAY(account), text, MU_STYLE_VALUE);
    }
    mu_money_format(paid_by_others(totals), text);
    side_line(grid, &area, SAY(others), text, MU_STYLE_VALUE);
    if (totals->voided) {
        mu_count_text(totals->voided, text);
        side_line(grid, &area, SAY(voided), text, MU_STYLE_DIM);
    }
#undef SAY
}

/* The side in one row, for narrow terminals. */
static void draw_strip(const struct meal_checkin *self, struct mu_grid *grid, struct mu_area area,
                       enum mu_language language)
{
    char served[64], left[MU_COUNT_SIZE] = "-", cash[MU_MONEY_SIZE], card[MU_MONEY_SIZE];
    char meals[MU_COUNT_SIZE], outdoor[MU_COUNT_SIZE];

    mu_count_text(self->totals.meals, meals);
    mu_count_text(self->outdoor, outdoor);
    mu_message_format(served, sizeof served, language, MU_SAY_checkin_strip_served, meals, outdoor,
                      NULL);
    if (self->quota)
        mu_count_text(self->quota_left, left);
    mu_money_format(self->totals.paid[MU_PAY_CASH], cash);
    mu_money_format(self->totals.paid[MU_PAY_CARD], card);
    mu_grid_say(grid, area.row, 1, area.columns - 1, MU_MARK, MU_STYLE_LABEL, language,
                MU_SAY_checkin_strip, served, left, cash, card, NULL);
}

static void draw_ready(struct mu_grid *grid, struct mu_area area, enum mu_language language)
{
    mu_grid_put(grid, area.row + 1, area.column, area.columns,
                mu_message_text(MU_SAY_checkin_ready, language), MU_LEFT, MU_STYLE_BIG);
    area.row += 3;
    area.rows -= 3;
    mu_grid_paragraph(grid, area, mu_message_text(MU_SAY_checkin_ready_how, language),
                      MU_STYLE_HINT);
}

static enum mu_message pay_words(const struct mu_meal *meal)
{
    if (!meal->pay.fen)
        return MU_SAY_checkin_pay_nothing;
    return meal->method == MU_PAY_CARD      ? MU_SAY_checkin_pay_card
           : meal->method == MU_PAY_ACCOUNT ? MU_SAY_checkin_pay_account
                                            : MU_SAY_checkin_pay_cash;
}

/* 女  82 岁  低保 独居: what the person at the counter may ask about. */
static void who_line(const struct mu_resident *resident, struct mu_date today,
                     enum mu_language language, char *out, size_t size)
{
    char tags[MU_TOLD_SIZE], person[160];

    mu_person_line(resident, today, language, person, sizeof person);
    mu_tags_told(resident, false, tags);
    snprintf(out, size, "%s%s%s", person, *person && *tags ? "  " : "", tags);
}

/* Who was served or refused: name, age, and for a served one tier and what to pay. */
static void draw_who(struct mu_app *app, const struct meal_checkin *self, struct mu_grid *grid,
                     struct mu_area area)
{
    enum mu_language language = mu_app_language(app);
    const struct mu_meal_answer *answer = &self->answer;
    char line[MU_TOLD_SIZE + 162], pay[MU_MONEY_SIZE];
    bool known = answer->resident.id != 0;

    mu_grid_put(grid, area.row, area.column, area.columns,
                known ? answer->resident.name : answer->meal.name, MU_MARK, MU_STYLE_BIG);
    if (known)
        who_line(&answer->resident, self->today, language, line, sizeof line);
    else
        mu_text_copy(line, sizeof line,
                     *answer->meal.note ? answer->meal.note : answer->meal.reason);
    mu_grid_put(grid, area.row + 1, area.column, area.columns, line, MU_MARK, MU_STYLE_NORMAL);
    if (answer->refusal != MU_SERVED)
        return;
    mu_grid_put(grid, area.row + 2, area.column, area.columns,
                *answer->tier_name ? answer->tier_name
                                   : mu_message_text(MU_SAY_screen_full_price, language),
                MU_MARK, MU_STYLE_NORMAL);
    mu_money_format(answer->meal.pay, pay);
    mu_grid_say(grid, area.row + 3, area.column, area.columns, MU_MARK, MU_STYLE_BIG, language,
                pay_words(&answer->meal), pay, NULL);
}

static void draw_answer(struct mu_app *app, const struct meal_checkin *self, struct mu_grid *grid,
                        struct mu_area area)
{
    enum mu_language language = mu_app_language(app);
    const struct mu_meal_answer *answer = &self->answer;
    bool served = answer->refusal == MU_SERVED;
    bool who = served || answer->resident.id || *answer->meal.name;
    int big = served ? mu_big_amount_width(answer->meal.pay) : 0;
    struct mu_area left = area;
    char text[MU_MESSAGE_SIZE], notice[2 * MU_NOTE_SIZE];

    mu_grid_put(grid, area.row, area.column, area.columns - (big ? big + 2 : 0),
                mu_message_text(served ? MU_SAY_checkin_served : MU_SAY_checkin_refused, language),
                MU_LEFT, served ? MU_STYLE_GOOD : MU_STYLE_BAD);
    if (served && area.columns >= big + 20) {
        left.columns -= big + 2;
        mu_big_amount_draw(grid, area.row, area.column + area.columns - big, answer->meal.pay);
    }
    left.row++;
    if (who)
        draw_who(app, self, grid, left);
    mu_meal_answer_text(answer, language, text, sizeof text);
    left = area;
    left.row += served ? MU_BIG_ROWS : who ? 3 : 2;
    left.rows -= left.row - area.row;
    mu_meal_notice_text(answer, language, notice, sizeof notice);
    if (*notice) {
        /* What the sentence says stands above already. */
        mu_grid_put(grid, left.row, left.column, left.columns, notice, MU_MARK, MU_STYLE_WARNING);
        return;
    }
    mu_grid_paragraph(grid, left, text, served ? MU_STYLE_NORMAL : MU_STYLE_WARNING);
}

static void draw_block(struct mu_app *app, struct meal_checkin *self, struct mu_grid *grid,
                       struct mu_area area)
{
    enum mu_language language = mu_app_language(app);
    char text[MU_MESSAGE_SIZE];

    if (self->failed) {
        mu_error_text(&self->error, language, text, sizeof text);
        mu_grid_paragraph(grid, area, text, MU_STYLE_BAD);
    } else if (*mu_checkin_query(self)) {
        mu_list_draw(&self->hits, grid, area, true, language);
    } else if (self->answered) {
        draw_answer(app, self, grid, area);
    } else {
        draw_ready(grid, area, language);
    }
}

static void draw_meal(const struct meal_checkin *self, size_t index, struct mu_grid *grid, int row,
                      int columns, enum mu_language language)
{
    const struct mu_meal *meal = &self->meals[index];
    bool chosen = self->chosen_meal == meal->id;
    enum mu_style style = MU_STYLE_NORMAL;
    char time[MU_CLOCK_SIZE], pay[MU_MONEY_SIZE];
    char tier[MU_RULE_NAME_SIZE], told[MU_RULE_NAME_SIZE + MU_REASON_SIZE + 8];
    enum mu_message how = mu_pay_method_name(meal->method);

    if (meal->void_entry_id) {
        style = MU_STYLE_DIM;
        how = MU_SAY_checkin_voided_word;
    } else if (!meal->pay.fen) {
        how = MU_SAY_checkin_free_word;
    }
    mu_text_copy(tier, sizeof tier,
                 *meal->tier ? self->tier_names[index]
                             : mu_message_text(MU_SAY_screen_full_price, language));
    if (*meal->reason)
        mu_message_format(told, sizeof told, language, MU_SAY_checkin_row_reason, tier,
                          meal->reason, NULL);
    mu_clock_format(meal->served_at.minute, time);
    mu_money_format(meal->pay, pay);
    mu_grid_put(grid, row, 1, 7, time, MU_LEFT, style);
    mu_grid_put(grid, row, 8, 14, meal->name, MU_MARK, style);
    mu_grid_put(grid, row, 23, columns - 42, *meal->reason ? told : tier, MU_MARK, style);
    mu_grid_put(grid, row, columns - 19, 9, pay, MU_RIGHT | MU_WHOLE, style);
    mu_grid_put(grid, row, columns - 8, 7, mu_message_text(how, language), MU_LEFT, style);
    if (chosen)
        mu_grid_restyle(grid, (struct mu_area){row, 0, 1, columns}, MU_STYLE_SELECTED);
}

static void draw_meals(const struct meal_checkin *self, struct mu_grid *grid, struct mu_area area,
                       enum mu_language language)
{
    int row;

    mu_grid_put(grid, area.row, 1, area.columns - 1, mu_message_text(MU_SAY_checkin_last, language),
                MU_LEFT, MU_STYLE_TITLE);
    if (!self->meal_count && area.rows > 1)
        mu_grid_put(grid, area.row + 1, 1, area.columns - 1,
                    mu_message_text(MU_SAY_checkin_no_meals, language), MU_LEFT, MU_STYLE_DIM);
    for (row = 1; row < area.rows && (size_t)row <= self->meal_count; row++)
        draw_meal(self, (size_t)row - 1, grid, area.row + row, area.columns, language);
}

/* The next step that the clerk could take. */
static void draw_hint(const struct meal_checkin *self, struct mu_grid *grid,
                      const struct mu_layout *layout, enum mu_language language)
{
    enum mu_checkin_mend mend = mu_checkin_mend(self);
    enum mu_message hint = mend == MU_MEND_BIND          ? MU_SAY_checkin_hint_bind
                           : mend == MU_MEND_TOP_UP      ? MU_SAY_checkin_hint_top_up
                           : mu_checkin_full_price(self) ? MU_SAY_checkin_hint_full
                                                         : MU_SAY_checkin_hint;
    char count[MU_COUNT_SIZE];

    mu_count_text((int64_t)self->waiting_count, count);
    if (self->answered && self->answer.refusal == MU_MEAL_SAME_MARK)
        hint = MU_SAY_checkin_hint_again;
    else if (self->answered &&
             (self->answer.refusal == MU_MEAL_LATE || self->answer.refusal == MU_MEAL_SETTLED))
        hint = MU_SAY_checkin_hint_late;
    else if (self->waiting_count && mend == MU_MEND_NOTHING)
        hint = MU_SAY_checkin_hint_waiting;
    mu_grid_say(grid, layout->hint_row, 1, layout->columns - 1, MU_MARK,
                hint == MU_SAY_checkin_hint ? MU_STYLE_HINT : MU_STYLE_WARNING, language, hint,
                count, NULL);
}

void mu_checkin_draw(struct mu_app *app, struct meal_checkin *self, struct mu_grid *grid,
                     const struct mu_layout *layout)
{
    enum mu_language language = mu_app_language(app);
    bool side = layout->columns >= WITH_SIDE, high = layout->work.rows >= HIGH;
    struct mu_area box = layout->work, block = layout->work, below = layout->work;

    draw_status(app, self, grid, layout);
    box.rows = 1;
    block.column = 1;
    block.columns -= 2;
    block.row += side && !high ? 1 : 2;
    block.rows = high ? BLOCK : LOW_BLOCK;
    if (side) {
        struct mu_area figures = {box.row, layout->columns - SIDE, block.row + block.rows - box.row,
                                  SIDE - 1};

        draw_side(self, grid, figures, language);
        box.columns -= SIDE + 2;
        block.columns -= SIDE + 2;
    } else {
        struct mu_area strip = box;

        strip.row++;
        draw_strip(self, grid, strip, language);
    }
    below.row = block.row + block.rows + (high ? 1 : 0);
    below.rows -= below.row - layout->work.row;
    draw_block(app, self, grid, block);
    draw_meals(self, grid, below, language);
    draw_hint(self, grid, layout, language);
    draw_box(self, grid, box, language);
}
