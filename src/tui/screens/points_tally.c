#include "tui/screens/points_tally.h"

#include "tui/screens/closing_form.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/earning.h>
#include <mulin/desk/operators.h>
#include <mulin/desk/volunteer.h>

#include <stdlib.h>
#include <string.h>

enum { MONTH_TYPED = 24, QUESTION_SIZE = 512 };

/* Reading. */

static bool show_progress(void *context, int64_t done, int64_t all)
{
    return mu_app_progress(context, MU_SAY_tally_working, (size_t)(done ? done : 1), (size_t)all);
}

static enum mu_status read_candidates(struct mu_app *app, struct mu_tally_screen *self,
                                      struct mu_error *error)
{
    struct mu_tally_candidate *found = NULL;
    size_t count = 0;
    enum mu_status status =
        mu_tally_candidates(mu_screens_desk(app), self->tally, &found, &count, error);

    if (status != MU_OK)
        return status;
    free(self->candidate);
    self->candidate = found;
    self->candidates = count;
    return MU_OK;
}

/* Teams, duties and candidates are read when somebody looks at them. */
static enum mu_status read_view(struct mu_app *app, struct mu_tally_screen *self,
                                struct mu_error *error)
{
    if (self->view == MU_TALLY_VIEW_TEAMS || self->view == MU_TALLY_VIEW_DUTIES)
        return mu_tally_look(mu_screens_desk(app), self->tally, mu_tally_view_by(self->view),
                             show_progress, app, error);
    return self->view == MU_TALLY_VIEW_AWARDS ? read_candidates(app, self, error) : MU_OK;
}

static void forget(struct mu_tally_screen *self)
{
    free(self->candidate);
    self->candidate = NULL;
    self->candidates = 0;
    mu_tally_free(&self->tally);
    mu_tally_doubts_clear(&self->doubts);
}

/* False, what is shown untouched, when the month can't be read. */
static bool read_month(struct mu_app *app, struct mu_tally_screen *self, int month)
{
    struct mu_desk *desk = mu_screens_desk(app);
    struct mu_tally *tally = NULL;
    struct mu_tally_doubts doubts = {0};
    enum mu_status status;

    mu_app_progress(app, MU_SAY_tally_working, 0, 100);
    status = mu_points_tally(desk, month, month, show_progress, app, &tally, &self->error);
    if (status == MU_OK)
        status = mu_points_doubts(desk, month, show_progress, app, &doubts, &self->error);
    if (status != MU_OK) {
        mu_tally_free(&tally);
        mu_app_say_error(app, &self->error);
        return false;
    }
    forget(self);
    self->tally = tally;
    self->doubts = doubts;
    self->month = month;
    if (read_view(app, self, &self->error) != MU_OK)
        mu_app_say_error(app, &self->error);
    mu_tally_show(self);
    return true;
}

static void go(struct mu_app *app, struct mu_tally_screen *self, int months)
{
    self->list.cursor = 0;
    read_month(app, self, mu_month_number_add(self->month, months));
}

static void look(struct mu_app *app, struct mu_tally_screen *self, int step)
{
    struct mu_error error;

    if (!self->tally)
        return;
    self->view = (enum mu_tally_view)(((int)self->view + step + MU_TALLY_VIEWS) % MU_TALLY_VIEWS);
    if (read_view(app, self, &error) != MU_OK)
        mu_app_say_error(app, &error);
    self->list.cursor = 0;
    mu_tally_show(self);
}

/* Doubts. */

static struct mu_tally_doubt *chosen_doubt(struct mu_tally_screen *self)
{
    return self->view == MU_TALLY_VIEW_DOUBTS && self->list.cursor < self->doubts.count
               ? &self->doubts.doubt[self->list.cursor]
               : NULL;
}

static void accept_with(struct mu_app *app, struct mu_tally_screen *self, const char *word)
{
    const struct mu_tally_doubt *doubt = chosen_doubt(self);
    struct mu_error error;
    char name[MU_PERSON_NAME_SIZE];
    enum mu_message kind;

    if (!doubt)
        return;
    mu_text_copy(name, sizeof name, doubt->name);
    kind = mu_doubt_name(doubt->kind);
    if (mu_accept_doubt(mu_screens_desk(app), self->month, doubt, word, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_text_copy(self->word, sizeof self->word, word);
    if (read_month(app, self, self->month))
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_doubt_taken, name,
                   mu_message_text(kind, mu_app_language(app)), NULL);
}

static void word_given(struct mu_app *app, void *context, const char *word)
{
    if (word)
        accept_with(app, context, word);
}

static void ask_word(struct mu_app *app, struct mu_tally_screen *self)
{
    const struct mu_tally_doubt *doubt = chosen_doubt(self);
    char question[QUESTION_SIZE], text[256];

    mu_tally_doubt_text(doubt, mu_app_language(app), text, sizeof text);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_tally_ask_word,
                      doubt->name, text, NULL);
    mu_app_prompt(app, question, MU_REASON_SIZE, true, word_given, self);
}

static void accept_again(struct mu_app *app, struct mu_tally_screen *self)
{
    if (*self->word)
        accept_with(app, self, self->word);
    else
        ask_word(app, self);
}

static void reason_given(struct mu_app *app, void *context, const char *reason)
{
    struct mu_tally_screen *self = context;
    const struct mu_tally_doubt *doubt = chosen_doubt(self);
    struct mu_earning done;
    struct mu_error error;
    char points[MU_POINTS_SIZE];

    if (!reason || !doubt)
        return;
    if (mu_reverse_points(mu_screens_desk(app), doubt->entry_id, reason, &done, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_points_format(done.points, points);
    if (read_month(app, self, self->month))
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_tally_reversed, done.name, points, NULL);
}

static void ask_reason(struct mu_app *app, struct mu_tally_screen *self)
{
    const struct mu_tally_doubt *doubt = chosen_doubt(self);
    char question[QUESTION_SIZE], text[256];

    if (!doubt->entry_id) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_tally_not_one, NULL);
        return;
    }
    mu_tally_doubt_text(doubt, mu_app_language(app), text, sizeof text);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_tally_ask_reason,
                      doubt->name, text, NULL);
    mu_app_prompt(app, question, MU_REASON_SIZE, true, reason_given, self);
}

/* Closing. */

static void close_with(struct mu_app *app, void *state, const char *name, const char *password)
{
    struct mu_tally_screen *self = state;
    const struct mu_points_closing_request request = {.month = self->month,
                                                      .second_name = name,
                                                      .second_password = password,
                                                      .expected = &self->seen_sums,
                                                      .progress = show_progress,
                                                      .context = app};
    struct mu_points_month done;
    struct mu_error error;
    char month[MU_MONTH_SIZE];

    mu_app_progress(app, MU_SAY_tally_working, 0, 100);
    if (mu_close_points_month(mu_screens_desk(app), &request, &done, &error) != MU_OK) {
        read_month(app, self, self->month);
        mu_app_say_error(app, &error);
        return;
    }
    mu_month_format(mu_month_first(done.month), month);
    if (read_month(app, self, self->month))
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_tally_done, month, done.operator_name,
                   done.second_name, NULL);
}

static void named(struct mu_app *app, void *state, const char *name)
{
    if (name)
        close_with(app, state, name, "");
}

static void close_answered(struct mu_app *app, void *context, bool yes)
{
    struct mu_tally_screen *self = context;
    struct mu_error error;
    bool signs = true;

    if (!yes)
        return;
    if (mu_points_second_signs(mu_screens_desk(app), self->month, &signs, &error) != MU_OK)
        mu_app_say_error(app, &error);
    else if (signs)
        mu_ask_colleague(app, close_with, self);
    else
        mu_app_prompt(app, mu_message_text(MU_SAY_tally_ask_name, mu_app_language(app)),
                      MU_OPERATOR_NAME_SIZE, true, named, self);
}

static void ask_close(struct mu_app *app, struct mu_tally_screen *self)
{
    char question[QUESTION_SIZE], month[MU_MONTH_SIZE], people[MU_COUNT_SIZE];
    char services[MU_COUNT_SIZE], points[MU_POINTS_SIZE];
    const struct mu_points_month *sum = &self->tally->sum;

    self->seen_sums = sum->moved;
    mu_month_format(mu_month_first(self->month), month);
    mu_count_text(sum->people, people);
    mu_count_text(sum->moved.services, services);
    mu_points_format(sum->moved.earned, points);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_tally_ask_close,
                      month, people, services, points, NULL);
    mu_app_confirm(app, question, close_answered, self);
}

/* What follows on a month: awards, and the list for the wall. */

static void give_award(struct mu_app *app, struct mu_tally_screen *self)
{
    const struct mu_tally_candidate *candidate = &self->candidate[self->list.cursor];
    struct mu_award award = {.resident_id = candidate->resident_id, .month = self->month};
    struct mu_tally_row row;
    struct mu_error error;

    if (!*candidate->award || candidate->given) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_tally_no_award, NULL);
        return;
    }
    mu_text_copy(award.name, sizeof award.name, candidate->award);
    mu_tally_row(&self->tally->group[MU_TALLY_BY_PERSON], candidate->row, &row);
    if (mu_give_award(mu_screens_desk(app), &award, &error) != MU_OK ||
        read_candidates(app, self, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_tally_show(self);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_tally_award_given, award.name, row.name, NULL);
}

static void open_wall(struct mu_app *app)
{
    struct mu_error error;

    if (mu_open_points_wall(app, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void do_same(struct mu_app *app, struct mu_tally_screen *self)
{
    if (self->view == MU_TALLY_VIEW_DOUBTS)
        accept_again(app, self);
    else if (self->view == MU_TALLY_VIEW_AWARDS)
        give_award(app, self);
    else
        open_wall(app);
}

/* Keys. */

static void month_given(struct mu_app *app, void *context, const char *text)
{
    struct mu_tally_screen *self = context;
    struct mu_date first = mu_app_now(app).date;

    if (!text)
        return;
    mu_text_trim(&text);
    self->list.cursor = 0;
    if (*text && !mu_month_parse(text, &first))
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_calendar_month, text, NULL);
    else
        read_month(app, self, mu_month_number(first));
}

static int64_t chosen_person(const struct mu_tally_screen *self)
{
    size_t place = self->list.cursor;
    struct mu_tally_row row;

    if (place >= self->list.count)
        return 0;
    if (self->view == MU_TALLY_VIEW_AWARDS)
        return self->candidate[place].resident_id;
    if (self->view != MU_TALLY_VIEW_PEOPLE)
        return 0;
    mu_tally_row(&self->tally->group[MU_TALLY_BY_PERSON], place, &row);
    return row.person.resident_id;
}

static void open_row(struct mu_app *app, struct mu_tally_screen *self)
{
    int64_t person = chosen_person(self);
    struct mu_error error;

    if (chosen_doubt(self))
        ask_word(app, self);
    else if (person && mu_open_resident_file(app, person, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static bool tally_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct mu_tally_screen *self = state;

    if (event->kind != MU_EVENT_KEY)
        return false;
    switch (event->action) {
    case MU_DO_left:
        go(app, self, -1);
        return true;
    case MU_DO_right:
        go(app, self, 1);
        return true;
    case MU_DO_choose:
    case MU_DO_next:
        look(app, self, 1);
        return true;
    case MU_DO_previous:
        look(app, self, -1);
        return true;
    case MU_DO_save:
        ask_close(app, self);
        return true;
    case MU_DO_same:
        do_same(app, self);
        return true;
    case MU_DO_new:
        if (chosen_doubt(self))
            ask_reason(app, self);
        else
            mu_app_prompt(app, mu_message_text(MU_SAY_month_ask, mu_app_language(app)), MONTH_TYPED,
                          false, month_given, self);
        return true;
    case MU_DO_refresh:
        if (read_month(app, self, self->month))
            mu_app_say(app, MU_TONE_GOOD, MU_SAY_screen_refreshed, NULL);
        return true;
    default:
        break;
    }
    switch (mu_list_event(&self->list, event, NULL)) {
    case MU_LIST_OPENED:
        open_row(app, self);
        return true;
    case MU_LIST_IGNORED:
        return false;
    default:
        return true;
    }
}

static bool may(struct mu_app *app, enum mu_operation operation)
{
    return mu_desk_ask(mu_screens_desk(app), operation, NULL) == MU_OK;
}

static struct mu_offer close_offer(struct mu_app *app, const struct mu_tally_screen *self)
{
    enum mu_message why = 0;

    if (!may(app, MU_MAY_close_points))
        why = MU_SAY_error_may_close_points;
    else if (!self->tally || self->tally->sum.entry_id)
        why = MU_SAY_tally_closed_already;
    else if (!self->tally->over)
        why = MU_SAY_tally_running;
    else if (self->doubts.open)
        why = MU_SAY_tally_doubts_first;
    else
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_tally_close};
    return (struct mu_offer){.kind = MU_OFFER_NOT_NOW, .why = why};
}

/* Of the doubt at the cursor; only in an open month. */
static struct mu_offer doubt_offer(struct mu_app *app, const struct mu_tally_screen *self,
                                   enum mu_operation operation, enum mu_message label,
                                   enum mu_message why)
{
    if (self->view != MU_TALLY_VIEW_DOUBTS || !self->doubts.count)
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    if (!may(app, operation))
        return (struct mu_offer){.kind = MU_OFFER_NOT_NOW, .why = why};
    return (struct mu_offer){.kind = MU_OFFER_YES, .label = label};
}

static struct mu_offer same_offer(struct mu_app *app, const struct mu_tally_screen *self)
{
    if (self->view == MU_TALLY_VIEW_DOUBTS)
        return doubt_offer(app, self, MU_MAY_close_points, MU_SAY_tally_accept_same,
                           MU_SAY_error_may_close_points);
    if (self->view != MU_TALLY_VIEW_AWARDS)
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_tally_wall};
    if (!self->candidates)
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_tally_give};
}

static struct mu_offer tally_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct mu_tally_screen *self = state;
    bool doubt = self->view == MU_TALLY_VIEW_DOUBTS && self->doubts.count;

    switch (action) {
    case MU_DO_save:
        return close_offer(app, self);
    case MU_DO_choose:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_report_look_label};
    case MU_DO_same:
        return same_offer(app, self);
    case MU_DO_new:
        if (doubt)
            return doubt_offer(app, self, MU_MAY_correct_points, MU_SAY_tally_reverse,
                               MU_SAY_error_may_correct_points);
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_month_label};
    case MU_DO_accept:
        if (doubt)
            return doubt_offer(app, self, MU_MAY_close_points, MU_SAY_tally_accept,
                               MU_SAY_error_may_close_points);
        return (struct mu_offer){.kind = chosen_person(self) ? MU_OFFER_YES : MU_OFFER_NONE};
    case MU_DO_refresh:
        return (struct mu_offer){.kind = MU_OFFER_YES};
    default:
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    }
}

static void tally_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                       const struct mu_layout *layout)
{
    mu_tally_draw(app, state, grid, layout);
}

static bool tally_tick(struct mu_app *app, void *state)
{
    struct mu_tally_screen *self = state;

    return mu_screens_changed(app, &self->seen) && read_month(app, self, self->month);
}

static void tally_resume(struct mu_app *app, void *state)
{
    struct mu_tally_screen *self = state;

    read_month(app, self, self->month);
}

static void tally_close(struct mu_app *app, void *state)
{
    struct mu_tally_screen *self = state;

    (void)app;
    forget(self);
    free(self);
}

static const struct mu_screen_type tally_type = {
    .name = "points_tally",
    .title = MU_SAY_tally_title,
    .event = tally_event,
    .draw = tally_draw,
    .offer = tally_offer,
    .typing = mu_typing_keys,
    .tick = tally_tick,
    .resume = tally_resume,
    .close = tally_close,
};

enum mu_status mu_open_points_tally(struct mu_app *app, struct mu_error *error)
{
    struct mu_tally_screen *self = calloc(1, sizeof *self);
    int month = 0;
    enum mu_status status;

    if (!self)
        return mu_fail_memory(error);
    self->seen = mu_screens_of(app)->changes;
    status = mu_points_month_due(mu_screens_desk(app), &month, error);
    if (status == MU_OK &&
        !read_month(app, self, month ? month : mu_month_number(mu_app_now(app).date)))
        status = (*error = self->error).status;
    if (status != MU_OK) {
        tally_close(app, self);
        return status;
    }
    if (!self->doubts.open) {
        self->view = MU_TALLY_VIEW_PEOPLE;
        mu_tally_show(self);
    }
    return mu_app_push(app, &tally_type, self, error);
}
