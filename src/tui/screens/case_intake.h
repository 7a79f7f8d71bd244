/* Taking in a dispute. There is ONE draft, over the field tables of the steps that a case begins
 * with, and two ways to look at it: the full form, page by page (case_intake.c), and one question
 * at a time (case_intake_ask.c). A key goes from one to the other; nothing is lost. */
#ifndef MULIN_TUI_SCREENS_CASE_INTAKE_H
#define MULIN_TUI_SCREENS_CASE_INTAKE_H

#include "tui/form.h"
#include "tui/list.h"
#include "tui/screens/screen_draft.h"
#include "tui/screens/screens.h"
#include "tui/text_area.h"

#include <mulin/desk/case.h>
#include <mulin/desk/mediator.h>

enum {
    MU_INTAKE_PARTIES = 20,
    MU_INTAKE_MEDIATORS = 8,
    MU_INTAKE_HITS = 6,
    MU_INTAKE_FIELDS = 24,
    MU_INTAKE_PAGES = MU_INTAKE_PARTIES + 4,
    MU_INTAKE_QUESTIONS = 4 * MU_INTAKE_PARTIES + 16
};
#define MU_INTAKE_DRAFT "case_intake"

enum mu_intake_part {
    MU_INTAKE_MATTER,
    MU_INTAKE_REPORT, /* only when violence was threatened */
    MU_INTAKE_ABOUT,  /* the mediator's own words */
    MU_INTAKE_PARTY,
    MU_INTAKE_MEDIATION, /* who mediates */
    MU_INTAKE_READ_BACK  /* of the questions only */
};

/* A page of the full form. */
struct mu_intake_place {
    enum mu_intake_part part;
    size_t party; /* of PARTY: its index */
};

/* A step and the form that fills it. */
struct mu_intake_sheet {
    struct mu_case_step step;
    struct mu_form *form; /* owned */
};

struct mu_intake_question {
    struct mu_intake_place place;
    const char *key; /* of the field; NULL where the page is no form */
    enum mu_message ask, example;
    bool required;
};

struct mu_intake_mediator {
    int64_t id;
    char name[MU_PERSON_NAME_SIZE];
    int duty;    /* data/codes/case_duty.def: assigned, or chosen by the parties */
    int consent; /* data/codes/answer.def; 0: not needed */
};

struct mu_intake {
    struct mu_app *app;
    struct mu_field matter_field[MU_INTAKE_FIELDS]; /* of the intake, and its day */
    struct mu_intake_sheet matter, report;
    struct mu_intake_sheet *party; /* owned, MU_INTAKE_PARTIES; those without a name do not count */
    size_t parties;                /* with an empty one at the end */
    struct mu_text_area *about;    /* owned */
    struct mu_mediator_entry *mediator; /* owned */
    size_t mediators, mediator_room;
    struct mu_list mediator_list;
    struct mu_intake_mediator chosen[MU_INTAKE_MEDIATORS];
    size_t chosen_count;
    int64_t asking_about; /* the mediator that a popup asks about */
    int asking_duty;

    struct mu_intake_place at; /* of the full form */
    bool one_by_one;
    size_t question;
    int read_back_top;
    struct mu_resident hit[MU_INTAKE_HITS]; /* whom the name that is typed may mean */
    size_t hits, hit_at;
    bool stale;
    bool placed_here; /* the case's place came from a party's home */

    enum mu_language language;
    struct mu_screen_draft draft;
    bool changed; /* something that no form knows of, since the draft was kept */
};

/* ---- the draft as it stands (case_intake.c, case_intake_people.c) ---- */

/* The form of a page; NULL where it has none. */
struct mu_form *mu_intake_form(struct mu_intake *self, struct mu_intake_place place);
/* The code that stands in a field with choices, 0: none. */
int mu_intake_code(const struct mu_form *form, const char *key, const struct mu_choices *choices);
bool mu_intake_danger(const struct mu_intake *self);
/* What stands for the party's name, without blanks around it; "" for an empty one. */
const char *mu_intake_name(const struct mu_intake *self, size_t party);
/* The pages in their order; `out` has MU_INTAKE_PAGES. Returns how many. */
size_t mu_intake_pages(const struct mu_intake *self, struct mu_intake_place *out);
/* One more empty page when the last one is taken. */
enum mu_status mu_intake_add_party(struct mu_intake *self, struct mu_error *error) MU_CHECKED;
/* The caret goes to a page of the full form and, unless NULL, a field of it. */
void mu_intake_go(struct mu_intake *self, struct mu_intake_place place, const char *key);
/* Fills a party in from the register. */
void mu_intake_take_person(struct mu_intake *self, size_t party, int64_t resident_id);
/* Somebody was scanned: takes them for the party, or says who it was. */
void mu_intake_scanned(struct mu_intake *self, struct mu_intake_place at, const char *text);
/* The account was written: it may tell the kind of dispute that the few words did not. */
void mu_intake_about_left(struct mu_intake *self);
void mu_intake_on_left(void *context, struct mu_form *form, const struct mu_field *field);

/* ---- who mediates (case_intake_mediators.c) ---- */

void mu_intake_read_mediators(struct mu_intake *self);
void mu_intake_mediator_list(struct mu_intake *self);
/* Asks how the mediator at the cursor is to mediate. */
void mu_intake_pick_duty(struct mu_intake *self);

/* ---- keeping and saving (case_intake_save.c, case_intake_draft.c) ---- */

void mu_intake_keep(struct mu_app *app, void *state);
void mu_intake_drop(struct mu_intake *self);
/* Puts the draft of the operator back, if there is one. */
void mu_intake_take_up(struct mu_intake *self);
/* Opens the case and leaves the screen, or goes to what is at fault. */
void mu_intake_save(struct mu_intake *self);
/* Esc: asks what is to become of what was typed. */
void mu_intake_leave(struct mu_intake *self);

/* ---- one question at a time (case_intake_ask.c, case_intake_questions.c) ---- */

/* The questions as they are now; `out` has MU_INTAKE_QUESTIONS. Returns how many. */
size_t mu_intake_questions(const struct mu_intake *self, struct mu_intake_question *out);
bool mu_intake_ask_event(struct mu_intake *self, const struct mu_event *event);
void mu_intake_ask_draw(struct mu_intake *self, struct mu_grid *grid,
                        const struct mu_layout *layout);
/* The question about a field of a page becomes the one that is asked; false when none is. */
bool mu_intake_ask_about(struct mu_intake *self, struct mu_intake_place place, const char *key);
/* What is read back at the end; `out` has `size` bytes. */
void mu_intake_read_back(const struct mu_intake *self, char *out, size_t size);

/* ---- the full form (case_intake_view.c) ---- */

void mu_intake_draw(struct mu_intake *self, struct mu_grid *grid, const struct mu_layout *layout);

/* The screen. MU_REFUSED (the right open_case; too many screens are open), MU_STORE, MU_MEMORY. */
enum mu_status mu_open_case_intake(struct mu_app *app, struct mu_error *error) MU_CHECKED;

#endif
