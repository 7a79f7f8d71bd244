#include "tui/screens/case_step_form.h"

#include "tui/screens/case_sheet.h"
#include "tui/screens/case_words.h"
#include "tui/screens/screens.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/case.h>
#include <mulin/domain/dossier.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT = 1 /* data/codes/case_kept.def */, WARNING_SIZE = 2048, WARNING_ROWS = 8 };

struct step_form {
    struct mu_case_sheet sheet; /* first: its functions are the screen's */
    struct mu_screen_type type; /* its title is the kind */
    int64_t case_id;
    int seen;     /* steps that the case had when the person looked */
    bool between; /* somebody else wrote one down since */
    char warning[WARNING_SIZE];
    struct mu_span visit;
};

static void save(struct mu_app *app, struct step_form *self)
{
    struct mu_case_step *step = &self->sheet.step;
    enum mu_case_step_kind kind = step->kind;
    int64_t case_id = self->case_id;
    struct mu_case_written written;
    const char *field = NULL;
    struct mu_error error;

    if (mu_add_case_steps(mu_screens_desk(app), case_id, step, 1, self->seen, &written, NULL,
                          &field, &error) != MU_OK) {
        self->between |= mu_case_say_refused(app, case_id, &self->seen, &error);
        mu_sheet_fault(&self->sheet, field);
        return;
    }
    mu_sheet_done(app, &self->sheet);
    mu_app_pop(app);
    mu_case_say_written(app, case_id, kind);
}

static bool form_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct step_form *self = state;

    if (mu_sheet_is_others(app, &self->sheet))
        return mu_sheet_others_event(app, &self->sheet, event);
    if (self->between && event->kind == MU_EVENT_KEY && event->action == MU_DO_refresh) {
        mu_case_read_last(app, self->case_id);
        return true;
    }
    switch (mu_sheet_event(app, &self->sheet, event)) {
    case MU_FORM_SAVE:
        save(app, self);
        return true;
    case MU_FORM_LEAVE:
        mu_sheet_done(app, &self->sheet);
        mu_app_pop(app);
        return true;
    case MU_FORM_IGNORED:
        return false;
    default:
        return true;
    }
}

static struct mu_offer form_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct step_form *self = state;

    if (mu_sheet_is_others(app, &self->sheet))
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    if (action == MU_DO_refresh && self->between)
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_case_form_look_label};
    return mu_sheet_offer(&self->sheet, action);
}

static void form_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    struct step_form *self = state;
    struct mu_area area = layout->work, warning = layout->work;
    int warned;

    if (mu_sheet_is_others(app, &self->sheet)) {
        mu_case_draw_others(app, grid, layout);
        return;
    }
    mu_grid_put(grid, layout->status_row, 1, layout->columns - 1, self->sheet.subject, MU_MARK,
                MU_STYLE_TITLE);
    warning.column++, warning.columns -= 2;
    warning.rows = WARNING_ROWS;
    warned = mu_grid_paragraph(grid, warning, self->warning, MU_STYLE_WARNING) + 1;
    area.row += warned, area.rows -= warned;
    mu_sheet_draw(app, &self->sheet, grid, area, layout->hint_row, true);
}

static void form_close(struct mu_app *app, void *state)
{
    struct step_form *self = state;

    (void)app;
    mu_sheet_clear(&self->sheet);
    free(self);
}

static const struct mu_screen_type form_type = {
    .name = "case_step_form",
    .event = form_event,
    .draw = form_draw,
    .offer = form_offer,
    .draft = mu_sheet_keep,
    .language = mu_sheet_language,
    .close = form_close,
};

/* A visit that did not find everything kept is followed by another, as the book says. */
static void field_left(void *context, struct mu_form *form, const struct mu_field *field)
{
    struct step_form *self = context;
    char day[MU_DATE_SIZE] = "";

    if (strcmp(field->key, "kept") != 0)
        return;
    if (self->sheet.step.record.visit.kept != KEPT)
        mu_date_format(mu_span_end(self->visit, self->sheet.step.date), day);
    mu_form_suggest(form, "next_on", day);
}

static void take_last(const struct mu_case *mediated, struct mu_case_sheet *sheet)
{
    for (size_t i = mediated->steps; i-- > 0;)
        if (mediated->step[i].kind == sheet->step.kind) {
            sheet->last = mediated->step[i];
            sheet->last.text = NULL;
            return;
        }
}

/* "(2026)井调字第12号 王秀英、张金凤 楼上漏水", and what it is about. */
static void name_subject(const struct mu_case_step_request *request, enum mu_language language,
                         char *out, size_t size)
{
    char label[MU_CASE_LABEL_SIZE], about[MU_CASE_LABEL_SIZE] = "";
    const struct mu_case *mediated = request->mediated;

    mu_case_label(mediated, label);
    if (request->kind == MU_STEP_ADDED && request->about > 0 &&
        (size_t)request->about <= mediated->steps)
        mu_case_step_name(&mediated->step[request->about - 1], language, about, sizeof about);
    for (size_t i = 0; request->kind == MU_STEP_PERFORMED && i < mediated->promises; i++)
        if (mediated->promise[i].number == request->about)
            snprintf(about, sizeof about, "%.80s %.160s", mediated->promise[i].promise->who,
                     mediated->promise[i].promise->what);
    snprintf(out, size, "%s %s", mediated->number, *about ? about : label);
}

/* What the file still lacks when the case is closed, and why that matters. */
static void warn_of_missing(const struct mu_case *mediated, enum mu_language language, char *out,
                            size_t size)
{
    struct mu_dossier_item item[MU_DOSSIER_ITEMS];
    size_t count = mu_dossier_missing(mediated, item), used = 0;

    for (size_t i = 0; i < count && used + 1 < size; i++)
        used += mu_message_format(out + used, size - used, language, MU_SAY_case_form_missing,
                                  mu_choice_word(&mu_case_papers, (int)item[i].paper, language),
                                  mu_message_text(item[i].lack, language),
                                  mu_message_text(item[i].why, language), NULL);
}

enum mu_status mu_open_case_step_form(struct mu_app *app,
                                      const struct mu_case_step_request *request,
                                      struct mu_error *error)
{
    struct step_form *self = calloc(1, sizeof *self);
    const struct mu_rules *rules;
    enum mu_status status;

    if (!self)
        return mu_fail_memory(error);
    self->case_id = request->mediated->id;
    self->seen = (int)request->mediated->steps;
    self->sheet.step.kind = request->kind;
    self->sheet.step.about = request->about;
    mu_text_copy(self->warning, sizeof self->warning, request->warning ? request->warning : "");
    name_subject(request, mu_app_language(app), self->sheet.subject, sizeof self->sheet.subject);
    if (request->kind == MU_STEP_CLOSED)
        warn_of_missing(request->mediated, mu_app_language(app), self->warning,
                        sizeof self->warning);
    take_last(request->mediated, &self->sheet);
    status = mu_desk_rules(mu_screens_desk(app), &rules, NULL, error);
    if (status == MU_OK) {
        self->visit = rules->mediation.visit;
        status = mu_case_step_begin(request, rules, mu_app_now(app), &self->sheet.step, error);
    }
    if (status == MU_OK && request->kind == MU_STEP_MEETING)
        self->sheet.blank = mu_case_meeting_notes(request->mediated);
    if (status == MU_OK)
        status = mu_sheet_start(app, &self->sheet, self->case_id, error);
    if (status != MU_OK) {
        form_close(app, self);
        return status;
    }
    if (request->kind == MU_STEP_VISITED)
        mu_form_on_left(self->sheet.form, field_left, self);
    self->type = form_type;
    self->type.title = self->sheet.type->name;
    status = mu_app_push(app, &self->type, self, error);
    if (status == MU_OK)
        mu_sheet_go_on(app, &self->sheet);
    return status;
}
