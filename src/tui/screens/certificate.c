#include "tui/screens/save_as.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/operators.h>
#include <mulin/report/points.h>

#include <stdio.h>
#include <stdlib.h>

enum { DAY_TYPED = 32, OFFERED = 20 /* earlier ones to choose among */ };

struct certificate {
    int64_t resident_id;
    struct mu_date from, to;
    struct mu_date asked; /* the first day, until the last one is typed, too */
    struct mu_certificate_paper paper;
    bool read; /* it is there: a draft, or one that was given out */
    struct mu_error error;
    struct mu_list list;
    struct mu_save_as save;
    struct {
        char number[MU_CERTIFICATE_NUMBER_SIZE];
        char what[96];
    } given[OFFERED];
    size_t given_count;
};

static void show(struct certificate *self)
{
    mu_list_count(&self->list, self->read ? self->paper.count : 0);
}

static void drop(struct certificate *self)
{
    if (self->read)
        mu_certificate_paper_clear(&self->paper);
    self->read = false;
}

static void read_draft(struct mu_app *app, struct certificate *self)
{
    drop(self);
    self->read = mu_draft_certificate(mu_screens_desk(app), self->resident_id, self->from, self->to,
                                      &self->paper, &self->error) == MU_OK;
    if (!self->read)
        mu_app_say_error(app, &self->error);
    show(self);
}

/* ---- days ---- */

static void last_given(struct mu_app *app, void *state, const char *text)
{
    struct certificate *self = state;
    struct mu_date today = mu_app_now(app).date, last = today;

    if (!text)
        return;
    mu_text_trim(&text);
    if (*text && !mu_date_parse(text, today, &last)) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_certificate_no_day, text, NULL);
        return;
    }
    self->from = self->asked;
    self->to = last;
    read_draft(app, self);
}

static void first_given(struct mu_app *app, void *state, const char *text)
{
    struct certificate *self = state;
    struct mu_date today = mu_app_now(app).date;

    if (!text)
        return;
    mu_text_trim(&text);
    self->asked = (struct mu_date){today.year, 1, 1};
    if (*text && !mu_date_parse(text, today, &self->asked)) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_certificate_no_day, text, NULL);
        return;
    }
    mu_app_prompt(app, mu_message_text(MU_SAY_certificate_ask_last, mu_app_language(app)),
                  DAY_TYPED, false, last_given, self);
}

static void ask_days(struct mu_app *app, struct certificate *self)
{
    mu_app_prompt(app, mu_message_text(MU_SAY_certificate_ask_first, mu_app_language(app)),
                  DAY_TYPED, false, first_given, self);
}

/* ---- giving it out ---- */

static void write_file(struct mu_app *app, void *state, const struct mu_report_target *target)
{
    const struct certificate *self = state;
    struct mu_error error;

    if (mu_report_certificate(target, &self->paper, mu_app_language(app), &error) == MU_OK)
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_report_saved, target->path, NULL);
    else
        mu_app_say_error(app, &error);
}

static void ask_export(struct mu_app *app, struct certificate *self)
{
    mu_save_as_table(app, &self->save, MU_SAY_certificate_file, self->paper.certificate.number,
                     write_file, self);
}

static void issue_answered(struct mu_app *app, void *state, bool yes)
{
    struct certificate *self = state;
    struct mu_certificate_paper paper;
    struct mu_error error;

    if (!yes)
        return;
    if (mu_issue_certificate(mu_screens_desk(app), self->resident_id, self->from, self->to, &paper,
                             &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    drop(self);
    self->paper = paper;
    self->read = true;
    show(self);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_certificate_given, paper.certificate.number, NULL);
    ask_export(app, self);
}

static void save(struct mu_app *app, struct certificate *self)
{
    const struct mu_certificate *certificate = &self->paper.certificate;
    char question[MU_MESSAGE_SIZE], from[MU_DATE_SIZE], to[MU_DATE_SIZE], served[MU_SERVED_SIZE];

    if (!self->read)
        return;
    if (certificate->id) {
        ask_export(app, self);
        return;
    }
    mu_date_format(certificate->from, from);
    mu_date_format(certificate->to, to);
    mu_served_text(certificate->minutes, served);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_certificate_ask_issue,
                      certificate->name, from, to, served, NULL);
    mu_app_confirm(app, question, issue_answered, self);
}

/* ---- those of before ---- */

static bool take_given(void *context, const struct mu_certificate *certificate)
{
    struct certificate *self = context;
    char from[MU_DATE_SIZE], to[MU_DATE_SIZE], served[MU_SERVED_SIZE];

    mu_date_format(certificate->from, from);
    mu_date_format(certificate->to, to);
    mu_served_text(certificate->minutes, served);
    mu_text_copy(self->given[self->given_count].number, MU_CERTIFICATE_NUMBER_SIZE,
                 certificate->number);
    snprintf(self->given[self->given_count].what, sizeof self->given->what, "%s  %s – %s  %s",
             certificate->number, from, to, served);
    return ++self->given_count < OFFERED;
}

static void given_picked(struct mu_app *app, void *state, bool chosen, int code)
{
    struct certificate *self = state;
    struct mu_certificate_paper paper;
    struct mu_error error;

    if (!chosen)
        return;
    if (mu_read_certificate(mu_screens_desk(app), self->given[code].number, &paper, &error) !=
        MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    drop(self);
    self->paper = paper;
    self->read = true;
    show(self);
}

static void pick_given(struct mu_app *app, struct certificate *self)
{
    struct mu_pick picks[OFFERED];
    struct mu_error error;

    self->given_count = 0;
    if (mu_list_certificates(mu_screens_desk(app), self->resident_id, take_given, self, &error) !=
        MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    if (!self->given_count) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_certificate_none_yet, NULL);
        return;
    }
    for (size_t i = 0; i < self->given_count; i++)
        picks[i] = (struct mu_pick){.code = (int)i, .text = self->given[i].what};
    mu_app_pick(app, mu_message_text(MU_SAY_certificate_earlier, mu_app_language(app)), picks,
                self->given_count, 0, given_picked, self);
}

/* ---- keys ---- */

static bool certificate_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct certificate *self = state;

    if (event->kind != MU_EVENT_KEY)
        return false;
    switch (event->action) {
    case MU_DO_choose:
        ask_days(app, self);
        return true;
    case MU_DO_save:
        save(app, self);
        return true;
    case MU_DO_same:
        pick_given(app, self);
        return true;
    default:
        return mu_list_event(&self->list, event, NULL) != MU_LIST_IGNORED;
    }
}

static struct mu_offer certificate_offer(struct mu_app *app, const void *state,
                                         enum mu_action action)
{
    const struct certificate *self = state;

    (void)app;
    switch (action) {
    case MU_DO_choose:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_certificate_days_label};
    case MU_DO_save:
        if (!self->read)
            return (struct mu_offer){.kind = MU_OFFER_NOT_NOW, .why = self->error.message};
        return (struct mu_offer){.kind = MU_OFFER_YES,
                                 .label = self->paper.certificate.id
                                              ? MU_SAY_month_export_label
                                              : MU_SAY_certificate_issue_label};
    case MU_DO_same:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_certificate_earlier_label};
    default:
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    }
}

/* ---- drawing ---- */

enum { DUTY, TEAM, SERVICES, SERVED, FIRST, LAST };

static const struct mu_column columns[] = {
    [DUTY] = {MU_SAY_certificate_duty, 12, 30, 0, MU_MARK, false},
    [TEAM] = {MU_SAY_certificate_team, 12, 24, 1, MU_MARK, false},
    [SERVICES] = {MU_SAY_wall_services, 8, 8, 0, MU_RIGHT, false},
    [SERVED] = {MU_SAY_wall_served, 7, 8, 0, MU_RIGHT, false},
    [FIRST] = {MU_SAY_certificate_first, 10, 10, 3, MU_MARK, false},
    [LAST] = {MU_SAY_certificate_last, 10, 10, 2, MU_MARK, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct certificate *self = context;
    const struct mu_certificate_duty *duty = &self->paper.duty[row];
    char text[MU_RULE_NAME_SIZE];

    (void)language, (void)style;
    switch (column) {
    case DUTY:
        mu_text_copy(text, sizeof text, duty->name);
        break;
    case TEAM:
        mu_text_copy(text, sizeof text, duty->team);
        break;
    case SERVICES:
        mu_count_text(duty->services, text);
        break;
    case SERVED:
        mu_served_text(duty->minutes, text);
        break;
    default:
        mu_date_format(column == FIRST ? duty->first : duty->last, text);
        break;
    }
    mu_text_copy(out, size, text);
}

static const struct mu_list_source source = {.cell = cell};

static void certificate_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                             const struct mu_layout *layout)
{
    struct certificate *self = state;
    enum mu_language language = mu_app_language(app);
    char lines[MU_CERTIFICATE_LINES][MU_POINTS_TOLD_SIZE], text[MU_MESSAGE_SIZE];
    struct mu_area area = layout->work;

    if (self->read) {
        mu_certificate_lines(&self->paper, language, lines);
        mu_grid_put(grid, layout->status_row, 1, layout->columns - 2, lines[0], MU_MARK,
                    MU_STYLE_TITLE);
        for (size_t i = 1; i < MU_CERTIFICATE_LINES && area.rows > 1; i++, area.row++, area.rows--)
            mu_grid_put(grid, area.row, area.column + 1, area.columns - 1, lines[i], MU_MARK,
                        MU_STYLE_NORMAL);
        area.row++, area.rows--;
        mu_list_draw(&self->list, grid, area, true, language);
    } else {
        mu_error_text(&self->error, language, text, sizeof text);
        mu_grid_paragraph(grid, area, text, MU_STYLE_BAD);
        mu_grid_cursor(grid, area.row, area.column);
    }
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(MU_SAY_certificate_hint, language), MU_LEFT, MU_STYLE_HINT);
}

static void certificate_close(struct mu_app *app, void *state)
{
    struct certificate *self = state;

    (void)app;
    drop(self);
    free(self);
}

static const struct mu_screen_type certificate_type = {
    .name = "certificate",
    .title = MU_SAY_certificate_table_title,
    .event = certificate_event,
    .draw = certificate_draw,
    .offer = certificate_offer,
    .typing = mu_typing_keys,
    .close = certificate_close,
};

enum mu_status mu_open_certificate(struct mu_app *app, int64_t resident_id, struct mu_error *error)
{
    struct mu_date today = mu_app_now(app).date;
    struct certificate *self;
    enum mu_status status = mu_desk_ask(mu_screens_desk(app), MU_MAY_post_points, error);

    if (status != MU_OK)
        return status;
    self = calloc(1, sizeof *self);
    if (!self)
        return mu_fail_memory(error);
    self->resident_id = resident_id;
    self->from = (struct mu_date){today.year, 1, 1};
    self->to = today;
    mu_list_init(&self->list, columns, sizeof columns / sizeof *columns, &source, self);
    status = mu_app_push(app, &certificate_type, self, error);
    if (status == MU_OK)
        read_draft(app, self);
    return status;
}
