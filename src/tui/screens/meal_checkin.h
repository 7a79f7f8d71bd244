/* The counter's screen, shared by what it does (meal_checkin.c) and how it looks
 * (meal_checkin_view.c). */
#ifndef MULIN_TUI_SCREENS_MEAL_CHECKIN_H
#define MULIN_TUI_SCREENS_MEAL_CHECKIN_H

#include "tui/line_edit.h"
#include "tui/list.h"
#include "tui/screen.h"

#include <mulin/desk/canteen.h>

enum {
    MU_CHECKIN_HITS = 20,  /* people shown for what is typed */
    MU_CHECKIN_MEALS = 24, /* last meals read; 80x24 shows eight */
    MU_CHECKIN_OCCUPATIONS = 32,
    MU_CHECKIN_QUERY = 96,  /* bytes of the box, NUL counted */
    MU_CHECKIN_WAITING = 32 /* scans that came in while something was asked */
};

struct meal_checkin {
    struct mu_line_edit box;
    bool next_anew; /* an answer was given: typing starts anew */

    struct mu_resident people[MU_CHECKIN_HITS];
    size_t people_count;
    struct mu_list hits;
    bool stale; /* the box changed since they were looked up: done when they are to be seen */

    bool answered;
    struct mu_meal_answer answer;
    char unknown[MU_CHECKIN_QUERY]; /* the card that was refused because it is nobody's, or "" */
    int64_t binding;                /* whom it is being bound to */

    char waiting[MU_CHECKIN_WAITING][MU_CHECKIN_QUERY]; /* in the order they came */
    size_t waiting_count;
    bool halted; /* the last of them was refused: the others wait until it was seen */

    enum mu_pay_method method;
    char session[MU_RULE_ID_SIZE]; /* chosen; "": the one that is open */
    char late[MU_REASON_SIZE];     /* why it is served though it is not open; or "" */

    struct mu_date today;
    struct mu_meal meals[MU_CHECKIN_MEALS];
    char tier_names[MU_CHECKIN_MEALS][MU_RULE_NAME_SIZE];
    size_t meal_count;
    struct mu_day_totals totals;
    char quota_name[MU_RULE_NAME_SIZE];
    int quota, quota_left, outdoor;

    int64_t own_last;    /* the meal served last at this counter, 0: none yet */
    int64_t chosen_meal; /* the meal that Up and Down chose, to be voided; 0: none */
    int64_t voiding;     /* the meal whose reason is being asked for */

    char occupations[MU_CHECKIN_OCCUPATIONS][MU_WORD_SIZE];
    size_t occupation_count;
    int occupation;          /* the one chosen last */
    char mark[MU_NOTE_SIZE]; /* what the outdoor worker asked about is told apart by */

    bool failed; /* the last reading */
    struct mu_error error;
    unsigned seen;
};

/* What stands in the box, or "" */
const char *mu_checkin_query(const struct meal_checkin *self);
/* Index of the meal that F8 takes back, MU_CHECKIN_MEALS when there is none. */
size_t mu_checkin_target(const struct meal_checkin *self);
/* The session that meals are served in now; NULL when none is open. Borrowed from the book. */
const struct mu_session *mu_checkin_session(struct mu_app *app, const struct meal_checkin *self);

/* Serves, with the session and method that are chosen, and shows what came of it. */
void mu_checkin_serve(struct mu_app *app, struct meal_checkin *self,
                      struct mu_meal_request request);
/* Keeps a scan that can't be served just now; false for what is no card, or when too many wait. */
bool mu_checkin_wait(struct mu_app *app, struct meal_checkin *self, const char *text);
/* Whether this could be the number of a card. */
bool mu_checkin_is_card(const char *text);
/* Serves those that wait, until one is refused. */
void mu_checkin_go_on(struct mu_app *app, struct meal_checkin *self);

/* What can be done about a refusal (meal_checkin_mend.c). */
enum mu_checkin_mend { MU_MEND_NOTHING, MU_MEND_BIND, MU_MEND_TOP_UP };
enum mu_checkin_mend mu_checkin_mend(const struct meal_checkin *self);
/* Whether the person refused could eat at the full price instead. */
bool mu_checkin_full_price(const struct meal_checkin *self);
/* Binds the unknown card to somebody, or asks what is put on the card; then serves. */
void mu_checkin_do_mend(struct mu_app *app, struct meal_checkin *self);
/* Serves at the full price whoever was refused. */
void mu_checkin_serve_in_full(struct mu_app *app, struct meal_checkin *self);
/* Remembers the card that is nobody's, if the refusal was about one. */
void mu_checkin_note_card(struct meal_checkin *self, const char *text);

void mu_checkin_draw(struct mu_app *app, struct meal_checkin *self, struct mu_grid *grid,
                     const struct mu_layout *layout);

#endif
