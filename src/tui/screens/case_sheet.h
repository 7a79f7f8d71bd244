/* One step of a case as it is being written down: its day and fields, and its long text below them,
 * which is written in an editor of its own. The forms of steps are made of it. */
#ifndef MULIN_TUI_SCREENS_CASE_SHEET_H
#define MULIN_TUI_SCREENS_CASE_SHEET_H

#include "tui/app.h"
#include "tui/form.h"
#include "tui/screens/screen_draft.h"

#include <mulin/domain/case.h>

enum { MU_SHEET_FIELDS = 16, MU_SHEET_SUBJECT_SIZE = 512 };

struct mu_case_sheet {
    struct mu_case_step step; /* what is filled in; its text is owned */
    char *blank;              /* owned: what the editor begins with; NULL: nothing */
    char subject[MU_SHEET_SUBJECT_SIZE];
    struct mu_case_step last; /* the one of this kind before, for F6; number 0: none. No text */
    /* What else belongs into the draft: lines KEY=TEXT, owned; NULL: none. And takes it up again.
     */
    char *(*more)(const struct mu_case_sheet *self);
    void (*take_more)(struct mu_case_sheet *self, const char *lines);

    const struct mu_case_step_type *type;
    struct mu_field field[MU_SHEET_FIELDS];
    size_t count; /* of fields */
    struct mu_form *form;
    bool in_text; /* the caret is on the text, not in a field */
    bool due;     /* something but a field changed since the draft was kept */
    struct mu_screen_draft draft;
    char text_draft[MU_SCREEN_DRAFT_SIZE];
};

/* Begins over self->step, whose kind, about, date and record are set; the members above `type` are
 * the caller's to set. Takes up what was half-written about this case. MU_MEMORY, MU_STORE. */
enum mu_status mu_sheet_start(struct mu_app *app, struct mu_case_sheet *self, int64_t case_id,
                              struct mu_error *error) MU_CHECKED;
/* Once the screen is on top: opens the editor when a text was left half-written in it. */
void mu_sheet_go_on(struct mu_app *app, struct mu_case_sheet *self);
void mu_sheet_clear(struct mu_case_sheet *self);

/* Feeds an event; returns IGNORED, USED, SAVE (all that a form can see is good), LEAVE. */
enum mu_form_result mu_sheet_event(struct mu_app *app, struct mu_case_sheet *self,
                                   const struct mu_event *event);
struct mu_offer mu_sheet_offer(const struct mu_case_sheet *self, enum mu_action action);
/* Puts the caret where the fault is: the key of a field, "text", or NULL. */
void mu_sheet_fault(struct mu_case_sheet *self, const char *field);
/* Something else than a field was changed: there is something to lose. */
void mu_sheet_changed(struct mu_case_sheet *self);
/* The last field has the caret. */
bool mu_sheet_at_end(const struct mu_case_sheet *self);
/* Written down, or given up: nothing to keep any more. */
void mu_sheet_done(struct mu_app *app, struct mu_case_sheet *self);

/* Somebody else sits at the desk now: what was begun here is not for them to see. Draws that, and
 * takes the event (Esc leaves, the draft stays). */
bool mu_sheet_is_others(const struct mu_app *app, const struct mu_case_sheet *self);
bool mu_sheet_others_event(struct mu_app *app, struct mu_case_sheet *self,
                           const struct mu_event *event);
void mu_case_draw_others(const struct mu_app *app, struct mu_grid *grid,
                         const struct mu_layout *layout);

/* Draws fields and text into the area, with the hint; returns the rows taken. `focus`: the caret is
 * here. */
int mu_sheet_draw(struct mu_app *app, struct mu_case_sheet *self, struct mu_grid *grid,
                  struct mu_area area, int hint_row, bool focus);
/* For a screen's `draft` and `language`; the state is, or begins with, the sheet. */
void mu_sheet_keep(struct mu_app *app, void *state);
void mu_sheet_language(struct mu_app *app, void *state);

#endif
