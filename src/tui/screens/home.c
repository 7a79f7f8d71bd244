#include "tui/screens/meal_ticket.h"
#include "tui/screens/person.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/alert.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/house.h>
#include <mulin/desk/operators.h>
#include <mulin/desk/tag.h>
#include <mulin/domain/calendar.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct home {
    size_t cursor; /* index of the place */
    struct mu_figures figures;
    enum mu_status status; /* of reading them */
    struct mu_error error;
    int minute; /* of the clock when it was asked who is missed */
    bool ask;   /* it has not been asked yet since the start */
    unsigned seen;
};

/* Asks who is missed; who works on another screen is told. Nobody waits for that: when another desk
 * is saving, the next minute will do. True when there is something new to be drawn. */
static bool check_alerts(struct mu_app *app, struct home *home)
{
    struct mu_desk *desk = mu_screens_desk(app);
    char count[MU_COUNT_SIZE];
    struct mu_error error;
    size_t opened = 0;
    enum mu_status status;

    home->minute = mu_app_now(app).minute;
    home->ask = false;
    mu_desk_hurry(desk, true);
    status = mu_check_alerts(desk, false, &opened, &error);
    mu_desk_hurry(desk, false);
    mu_count_text((int64_t)opened, count);
    if (status == MU_OK && opened && strcmp(mu_app_top(app), "home") != 0)
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_alert_news, count, NULL);
    if (status == MU_OK || status == MU_REFUSED || error.message == MU_SAY_error_db_busy)
        return opened > 0;
    mu_app_say_error(app, &error);
    return true;
}

static void read_figures(struct mu_app *app, struct home *home)
{
    home->status = mu_today(mu_screens_desk(app), &home->figures, &home->error);
}

static void open_place(struct mu_app *app, size_t index)
{
    const struct mu_place *place = mu_screens_place(app, index);

    if (place)
        mu_app_open(app, place->number);
}

/* Somebody starts to type on home what belongs into the box that finds: lets it. */
static bool search(struct mu_app *app, const struct mu_event *event)
{
    struct mu_error error;

    if (!mu_text_cells(event->text) || *event->text == ' ')
        return false;
    if (mu_open_find_with(app, event->text, &error) != MU_OK)
        mu_app_say_error(app, &error);
    return true;
}

static void open_alerts(struct mu_app *app)
{
    struct mu_error error;

    if (mu_open_alerts(app, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void open_find(struct mu_app *app)
{
    struct mu_error error;

    if (mu_open_find(app, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void undone(struct mu_app *app, void *state)
{
    read_figures(app, state);
}

static bool home_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct home *home = state;

    switch (event->kind) {
    case MU_EVENT_TEXT:
        if (event->character >= '1' && event->character <= '9')
            return mu_app_open(app, event->character - '0');
        if (event->character != '0')
            return search(app, event);
        open_alerts(app);
        return true;
    case MU_EVENT_PASTE:
        return search(app, event);
    case MU_EVENT_SCAN:
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_home_scanned, NULL);
        return true;
    default:
        break;
    }
    switch (event->action) {
    case MU_DO_up:
        home->cursor -= home->cursor > 0;
        return true;
    case MU_DO_down:
        home->cursor += mu_screens_place(app, home->cursor + 1) != NULL;
        return true;
    case MU_DO_accept:
        open_place(app, home->cursor);
        return true;
    case MU_DO_find:
        open_find(app);
        return true;
    case MU_DO_new:
        return mu_app_open(app, 3);
    case MU_DO_refresh:
        read_figures(app, home);
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_screen_refreshed, NULL);
        return true;
    case MU_DO_undo:
        mu_ask_undo(app, undone, home);
        return true;
    default:
        return false;
    }
}

static struct mu_offer home_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    (void)state;
    switch (action) {
    case MU_DO_find:
    case MU_DO_refresh:
    case MU_DO_undo:
        return (struct mu_offer){.kind = MU_OFFER_YES};
    case MU_DO_new:
        if (mu_desk_ask(mu_screens_desk(app), MU_MAY_save_resident, NULL) != MU_OK)
            return (struct mu_offer){.kind = MU_OFFER_NOT_NOW,
                                     .why = MU_SAY_error_may_save_resident};
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_home_new_label};
    case MU_DO_accept:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_screen_open};
    default:
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    }
}

/* Where the next line of figures goes. */
struct pen {
    struct mu_grid *grid;
    struct mu_area area;
    int row;
    enum mu_language language;
};

enum {
    FIGURE_LABEL = 17,
    WITH_HELP = 54 /* columns of the places when each has its help below */
};

static void title(struct pen *pen, enum mu_message message)
{
    mu_grid_put(pen->grid, pen->area.row + pen->row++, pen->area.column, pen->area.columns,
                mu_message_text(message, pen->language), MU_LEFT, MU_STYLE_TITLE);
}

static void figure(struct pen *pen, const char *label, const char *value, enum mu_style style)
{
    int row = pen->area.row + pen->row++;

    if (pen->row > pen->area.rows)
        return;
    mu_grid_put(pen->grid, row, pen->area.column + 1, FIGURE_LABEL, label, MU_MARK, MU_STYLE_LABEL);
    mu_grid_put(pen->grid, row, pen->area.column + FIGURE_LABEL + 2,
                pen->area.columns - FIGURE_LABEL - 2, value, MU_MARK, style);
}

/* A sentence's words as label, a count or amount in a sentence of its own as value. */
static void say(struct pen *pen, enum mu_message label, enum mu_message value, const char *first,
                const char *second)
{
    char text[160];

    mu_message_format(text, sizeof text, pen->language, value, first, second, NULL);
    figure(pen, mu_message_text(label, pen->language), text, MU_STYLE_VALUE);
}

static void draw_meals(struct pen *pen, struct mu_desk *desk, const struct mu_figures *figures)
{
    const struct mu_day_totals *meals = &figures->meals;
    char count[MU_COUNT_SIZE], other[MU_COUNT_SIZE], cash[MU_MONEY_SIZE], card[MU_MONEY_SIZE];
    size_t i;

    title(pen, MU_SAY_home_meals);
    mu_count_text(meals->meals, count);
    say(pen, MU_SAY_home_served, MU_SAY_screen_meals, count, NULL);
    mu_count_text(figures->not_told, count);
    if (figures->not_told)
        say(pen, MU_SAY_home_not_told, MU_SAY_home_doors, count, NULL);
    for (i = 0; i < meals->tier_count && pen->row < pen->area.rows - 8; i++) {
        char name[MU_RULE_NAME_SIZE], text[64];

        mu_tier_name(desk, meals->tier[i].tier, name, sizeof name);
        mu_count_text(meals->tier[i].meals, count);
        mu_message_format(text, sizeof text, pen->language, MU_SAY_screen_meals, count, NULL);
        figure(pen,
               *meals->tier[i].tier ? name
                                    : mu_message_text(MU_SAY_screen_full_price, pen->language),
               text, MU_STYLE_DIM);
    }
    if (figures->quota) {
        mu_count_text(figures->quota_left, count);
        mu_count_text(figures->quota, other);
        say(pen, MU_SAY_home_left, MU_SAY_home_left_of, count, other);
    }
    mu_money_format(meals->paid[MU_PAY_CASH], cash);
    mu_money_format(meals->paid[MU_PAY_CARD], card);
    say(pen, MU_SAY_home_taken_cash, MU_SAY_home_amount, cash, NULL);
    say(pen, MU_SAY_home_taken_card, MU_SAY_home_amount, card, NULL);
}

/* Stands above the figures: on a small screen those below are cut off first. */
static void warn_of_backup(struct pen *pen, const struct mu_figures *figures)
{
    enum mu_message warning = mu_date_known(figures->backup_made_at.date)
                                  ? MU_SAY_home_backup_late
                                  : MU_SAY_home_backup_never;

    if (figures->backup_late)
        mu_grid_put(pen->grid, pen->area.row + pen->row++, pen->area.column, pen->area.columns,
                    mu_message_text(warning, pen->language), MU_MARK, MU_STYLE_WARNING);
}

/* Stands above everything until somebody has said what was found. */
static void tell_alerts(struct pen *pen, const struct mu_figures *figures)
{
    char words[MU_MESSAGE_SIZE], count[MU_COUNT_SIZE];

    if (!figures->alerts)
        return;
    mu_count_text(figures->alerts, count);
    mu_message_format(words, sizeof words, pen->language,
                      figures->alerts == 1 ? MU_SAY_home_alerts_one : MU_SAY_home_alerts_many,
                      figures->missed, count, NULL);
    mu_grid_put(pen->grid, pen->area.row + pen->row++, pen->area.column, pen->area.columns, words,
                MU_MARK, MU_STYLE_WARNING);
}

static void tell_unclosed(struct pen *pen, struct mu_desk *desk, const struct mu_figures *figures)
{
    char words[MU_MESSAGE_SIZE], day[MU_DATE_SIZE], session[MU_RULE_NAME_SIZE];

    if (!mu_date_known(figures->unclosed))
        return;
    mu_date_format(figures->unclosed, day);
    mu_session_name(desk, figures->unclosed_session, session, sizeof session);
    mu_message_format(words, sizeof words, pen->language, MU_SAY_home_unclosed, day, session, NULL);
    mu_grid_put(pen->grid, pen->area.row + pen->row++, pen->area.column, pen->area.columns, words,
                MU_MARK, MU_STYLE_WARNING);
}

/* For those only who can do something about it. */
static void tell_points_due(struct pen *pen, struct mu_desk *desk, const struct mu_figures *figures)
{
    char words[MU_MESSAGE_SIZE], month[MU_MONTH_SIZE];

    if (!mu_date_known(figures->points_due) ||
        mu_desk_ask(desk, MU_MAY_close_points, NULL) != MU_OK)
        return;
    mu_month_format(figures->points_due, month);
    mu_message_format(words, sizeof words, pen->language, MU_SAY_home_points_due, month, NULL);
    mu_grid_put(pen->grid, pen->area.row + pen->row++, pen->area.column, pen->area.columns, words,
                MU_MARK, MU_STYLE_WARNING);
}

/* What is due in the operator's cases of mediation: the first of it with its counting, and how much
 * more there is. */
static void tell_cases(struct pen *pen, const struct mu_figures *figures, struct mu_date today)
{
    char words[MU_MESSAGE_SIZE], days[16], late[MU_COUNT_SIZE], soon[MU_COUNT_SIZE];
    int left = mu_date_days_between(today, figures->case_due.due_on);

    if (!figures->case_due_id)
        return;
    snprintf(days, sizeof days, "%d", abs(left));
    mu_message_format(words, sizeof words, pen->language,
                      left < 0   ? MU_SAY_home_case_late
                      : left > 0 ? MU_SAY_home_case_soon
                                 : MU_SAY_home_case_today,
                      figures->case_due_number,
                      mu_message_text(mu_case_due_name(figures->case_due.kind), pen->language),
                      days, NULL);
    mu_grid_put(pen->grid, pen->area.row + pen->row++, pen->area.column, pen->area.columns, words,
                MU_MARK, left < 0 ? MU_STYLE_WARNING : MU_STYLE_NORMAL);
    if (figures->case_late + figures->case_soon < 2)
        return;
    mu_count_text(figures->case_late, late);
    mu_count_text(figures->case_soon, soon);
    mu_message_format(words, sizeof words, pen->language, MU_SAY_home_cases, late, soon, NULL);
    mu_grid_put(pen->grid, pen->area.row + pen->row++, pen->area.column, pen->area.columns, words,
                MU_MARK, MU_STYLE_DIM);
}

static void draw_figures(struct pen *pen, struct mu_desk *desk, const struct mu_figures *figures)
{
    char count[MU_COUNT_SIZE], other[MU_COUNT_SIZE], head[2 * MU_HASH_SIZE + 1];

    tell_alerts(pen, figures);
    tell_unclosed(pen, desk, figures);
    tell_points_due(pen, desk, figures);
    tell_cases(pen, figures, mu_desk_now(desk).date);
    warn_of_backup(pen, figures);
    draw_meals(pen, desk, figures);
    pen->row++;
    title(pen, MU_SAY_home_people);
    mu_count_text(figures->living, count);
    mu_count_text(figures->files, other);
    say(pen, MU_SAY_home_living, MU_SAY_home_people_of, count, other);
    if (figures->due_tags) {
        mu_count_text(figures->due_tags, count);
        say(pen, MU_SAY_home_due,
            figures->due_tags < MU_DUE_LIMIT ? MU_SAY_home_due_count : MU_SAY_home_due_many, count,
            NULL);
    }
    pen->row++;
    title(pen, MU_SAY_home_ledger);
    mu_count_text(figures->entries, count);
    mu_hash_text(figures->head, 4, head);
    say(pen, MU_SAY_home_entries, MU_SAY_home_entries_head, count, figures->entries ? head : "-");
}

static void draw_places(struct mu_app *app, const struct home *home, struct mu_grid *grid,
                        struct mu_area area)
{
    enum mu_language language = mu_app_language(app);
    const struct mu_place *place;
    int distance, count = 0;
    size_t i;

    while (mu_screens_place(app, (size_t)count))
        count++;
    distance = area.rows > 2 * (count - 1) ? 2 : 1;
    for (i = 0; (place = mu_screens_place(app, i)); i++) {
        int row = area.row + distance * (int)i;
        char number[4];
        enum mu_style style = i == home->cursor ? MU_STYLE_SELECTED : MU_STYLE_NORMAL;

        if (row >= area.row + area.rows)
            break;
        snprintf(number, sizeof number, " %d", place->number % 10);
        mu_grid_put(grid, row, area.column, 4, number, MU_LEFT,
                    i == home->cursor ? style : MU_STYLE_KEY);
        mu_grid_put(grid, row, area.column + 4, area.columns - 4,
                    mu_message_text(place->title, language), MU_MARK, style);
        if (i == home->cursor)
            mu_grid_cursor(grid, row, area.column + 1);
        if (distance > 1 && area.columns >= WITH_HELP)
            mu_grid_put(grid, row + 1, area.column + 4, area.columns - 4,
                        mu_message_text(place->help, language), MU_MARK, MU_STYLE_DIM);
    }
}

static enum mu_message greeting(int minute)
{
    if (minute < 11 * 60)
        return MU_SAY_home_morning;
    if (minute < 13 * 60)
        return MU_SAY_home_noon;
    return minute < 18 * 60 ? MU_SAY_home_afternoon : MU_SAY_home_evening;
}

static void draw_greeting(struct mu_app *app, struct mu_grid *grid, const struct mu_layout *layout)
{
    struct mu_desk *desk = mu_screens_desk(app);
    enum mu_language language = mu_app_language(app);
    struct mu_moment now = mu_app_now(app);
    const struct mu_rules *rules;
    const struct mu_session *session = NULL;
    char until[MU_CLOCK_SIZE], words[160];
    int column = 1;

    mu_message_format(words, sizeof words, language, greeting(now.minute), mu_desk_operator(desk),
                      NULL);
    column +=
        mu_grid_run(grid, layout->status_row, column, layout->columns - 1, words, MU_STYLE_BIG);
    if (mu_desk_rules(desk, &rules, NULL, NULL) == MU_OK)
        session = mu_rules_session_at(rules, now.minute);
    if (!session || mu_session_day(&rules->canteen, session, now.date, NULL) != MU_DAY_SERVED)
        return;
    mu_clock_format(session->to, until);
    mu_message_format(words, sizeof words, language, MU_SAY_home_serving, session->name, until,
                      NULL);
    mu_grid_run(grid, layout->status_row, column, layout->columns - column, words, MU_STYLE_NORMAL);
}

static void home_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    struct home *home = state;
    enum mu_language language = mu_app_language(app);
    struct mu_area left = layout->work, right;
    const struct mu_place *place;
    char text[MU_MESSAGE_SIZE];
    struct pen pen;

    /* Somebody who may go to fewer places took over. */
    while (home->cursor > 0 && !mu_screens_place(app, home->cursor))
        home->cursor--;
    draw_greeting(app, grid, layout);
    left.row++, left.rows--;
    right = left;
    left.columns = layout->wide ? WITH_HELP : layout->columns < 76 ? 20 : 26;
    right.column = left.columns + (layout->columns < 76 ? 1 : 4);
    right.columns = layout->columns - right.column;
    pen = (struct pen){grid, right, 0, language};
    if (home->status == MU_OK) {
        draw_figures(&pen, mu_screens_desk(app), &home->figures);
    } else {
        mu_error_text(&home->error, language, text, sizeof text);
        mu_grid_paragraph(grid, right, text, MU_STYLE_BAD);
    }
    draw_places(app, home, grid, left);
    place = mu_screens_place(app, home->cursor);
    if (place)
        mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                    mu_message_text(place->help, language), MU_LEFT, MU_STYLE_HINT);
}

static enum mu_typing home_typing(const struct mu_app *app, const void *state)
{
    (void)app, (void)state;
    return MU_TYPING_KEYS;
}

static bool home_tick(struct mu_app *app, void *state)
{
    struct home *home = state;

    bool changed = mu_screens_changed(app, &home->seen);
    bool said = mu_tickets_tick(app);

    if (home->minute != mu_app_now(app).minute) {
        check_alerts(app, home);
        changed = true;
    }
    if (!changed)
        return said;
    read_figures(app, home);
    return true;
}

/* The first screen does not wait for what may have to be written. */
static bool home_work(struct mu_app *app, void *state)
{
    struct home *home = state;

    if (!home->ask || !check_alerts(app, home))
        return false;
    read_figures(app, home);
    return true;
}

static void home_resume(struct mu_app *app, void *state)
{
    read_figures(app, state);
}

static void home_close(struct mu_app *app, void *state)
{
    (void)app;
    free(state);
}

static const struct mu_screen_type home_type = {
    .name = "home",
    .title = MU_SAY_home_title,
    .event = home_event,
    .draw = home_draw,
    .offer = home_offer,
    .typing = home_typing,
    .tick = home_tick,
    .work = home_work,
    .resume = home_resume,
    .close = home_close,
};

enum mu_status mu_open_home(struct mu_app *app, struct mu_error *error)
{
    struct home *home = calloc(1, sizeof *home);

    if (!home)
        return mu_fail_memory(error);
    home->ask = true;
    home->minute = mu_app_now(app).minute;
    read_figures(app, home);
    return mu_app_push(app, &home_type, home, error);
}
