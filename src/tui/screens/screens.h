/* The screens of the desk, one file each. A new one touches its own file, the lines below and in
 * screens.c, its sentences in data/messages/screens.def and a golden screen. */
#ifndef MULIN_TUI_SCREENS_SCREENS_H
#define MULIN_TUI_SCREENS_SCREENS_H

#include "tui/app.h"

#include <mulin/desk/desk.h>
#include <mulin/domain/resident.h>

/* What F8 asks about just now. */
struct mu_undo_request {
    int64_t act_id;
    void (*done)(struct mu_app *app, void *state);
    void *state;
};

/* The link that is asked about just now. */
struct mu_unlink_request {
    int64_t other; /* number of the linked file */
    void (*done)(struct mu_app *app, void *state);
    void *state;
};

/* What the screens of one terminal share: the application's context. */
struct mu_screens {
    struct mu_desk *desk;    /* borrowed */
    struct mu_resident last; /* the file saved last at this terminal, for F6; id 0: none yet */
    unsigned changes;        /* how often other desks were seen to have saved something */
    struct mu_undo_request undo;
    struct mu_unlink_request unlink;
    int64_t refused_first, refused_last; /* acts that could not be taken back, as was told */
};

/* `screens` over an open desk, and the options of an application that shows them; language, theme
 * and keymap are the caller's to set. Everything is borrowed and must outlive the application. */
void mu_screens_init(struct mu_screens *screens, struct mu_desk *desk, struct mu_app_options *out);

/* Every screen and popup opens with a function like these, which the places of the menu are made
 * of. MU_MEMORY, MU_STORE, and MU_REFUSED when too many screens are open. */
enum mu_status mu_open_home(struct mu_app *app, struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_meal_checkin(struct mu_app *app, struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_register(struct mu_app *app, struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_new_resident(struct mu_app *app, struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_rounds(struct mu_app *app, struct mu_error *error) MU_CHECKED;
/* The doors of a round, to enter what the courier told of each. */
enum mu_status mu_open_round_stops(struct mu_app *app, int64_t round_id,
                                   struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_alerts(struct mu_app *app, struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_settlement(struct mu_app *app, struct mu_error *error) MU_CHECKED;
/* Lets one of the day's last meals be chosen and tells why it cost what it did. *kept, NULL at
 * first, is what is offered: the caller keeps it while its screen is open (free). */
struct mu_offered_meals;
void mu_ask_meal_price(struct mu_app *app, struct mu_date day, struct mu_offered_meals **kept);
enum mu_status mu_open_replay(struct mu_app *app, struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_month(struct mu_app *app, struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_points_tally(struct mu_app *app, struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_calendar(struct mu_app *app, struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_rules(struct mu_app *app, struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_audit(struct mu_app *app, struct mu_error *error) MU_CHECKED;
/* Services and what they earned; lists, scans and ratings begin there. */
enum mu_status mu_open_services(struct mu_app *app, struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_orders(struct mu_app *app, struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_due_tags(struct mu_app *app, struct mu_error *error) MU_CHECKED;
/* The mediation log, and who mediates. */
enum mu_status mu_open_cases(struct mu_app *app, struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_mediators(struct mu_app *app, struct mu_error *error) MU_CHECKED;

/* The entries of a person's points, with why each stands there; of one month (202611), 0: all. */
enum mu_status mu_open_points_statement(struct mu_app *app, int64_t resident_id, int month,
                                        struct mu_error *error) MU_CHECKED;
/* A certificate of a person's services, to be looked at and given out. */
enum mu_status mu_open_certificate(struct mu_app *app, int64_t resident_id,
                                   struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_teams(struct mu_app *app, struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_volunteers(struct mu_app *app, struct mu_error *error) MU_CHECKED;
/* A volunteer's page. */
enum mu_status mu_open_volunteer(struct mu_app *app, int64_t resident_id,
                                 struct mu_error *error) MU_CHECKED;
/* The month's list of points for the wall. */
enum mu_status mu_open_points_wall(struct mu_app *app, struct mu_error *error) MU_CHECKED;

enum mu_status mu_open_twins(struct mu_app *app, struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_register_report(struct mu_app *app, struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_import(struct mu_app *app, struct mu_error *error) MU_CHECKED;

/* Two files (numbers masked) side by side, to be decided about. The first one has id 0 when it is
 * still being typed; then it is only looked at. */
enum mu_status mu_open_twin_pair(struct mu_app *app, const struct mu_resident *first,
                                 const struct mu_resident *second, unsigned reasons,
                                 struct mu_error *error) MU_CHECKED;
/* What was ever decided about such pairs. */
enum mu_status mu_open_twin_verdicts(struct mu_app *app, struct mu_error *error) MU_CHECKED;
/* The dossier of a case that the operator has just opened: what is in it, what is missing, printing
 * and export. As mu_reread_case. */
enum mu_status mu_open_case_paper(struct mu_app *app, int64_t case_id,
                                  struct mu_error *error) MU_CHECKED;
/* The counts of mediation. */
enum mu_status mu_open_case_count(struct mu_app *app, struct mu_error *error) MU_CHECKED;
/* The one box that finds everything (F3), empty: it shows the files opened last; one that is open
 * already is gone back to. With a search begun: `query` stands in it. */
enum mu_status mu_open_find(struct mu_app *app, struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_find_with(struct mu_app *app, const char *query,
                                 struct mu_error *error) MU_CHECKED;
/* The same for a screen that needs somebody: Enter closes the box and hands the person on. */
typedef void mu_person_found(struct mu_app *app, void *state, const struct mu_resident *resident);
enum mu_status mu_open_find_for(struct mu_app *app, mu_person_found *found, void *state,
                                struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_places(struct mu_app *app, struct mu_error *error) MU_CHECKED;
/* The page of a household. */
enum mu_status mu_open_household(struct mu_app *app, int64_t id, struct mu_error *error) MU_CHECKED;
/* The file of a resident. */
enum mu_status mu_open_resident_file(struct mu_app *app, int64_t id,
                                     struct mu_error *error) MU_CHECKED;
/* The tags of a resident; leaving opens the file again when `from_file`. */
enum mu_status mu_open_resident_tags(struct mu_app *app, int64_t id, bool from_file,
                                     struct mu_error *error) MU_CHECKED;
/* The second page of the file `id`, a form; leaving it opens the file again. */
enum mu_status mu_open_person_form(struct mu_app *app, int64_t id,
                                   struct mu_error *error) MU_CHECKED;
/* The form over the file `id`; leaving it opens the file again. */
enum mu_status mu_open_edit_resident(struct mu_app *app, int64_t id,
                                     struct mu_error *error) MU_CHECKED;
/* The form for somebody who lives with the resident `id`: home and household are carried over.
 * Leaving it opens that file again. */
enum mu_status mu_open_new_member(struct mu_app *app, int64_t id,
                                  struct mu_error *error) MU_CHECKED;

/* The history of a resident's file. */
enum mu_status mu_open_history(struct mu_app *app, int64_t id, const char *name,
                               struct mu_error *error) MU_CHECKED;

/* F8: asks whether the newest step of the operator is to be taken back, and does it. A step that
 * can't be is told of once; the next F8 asks about the one before.
 *   done  is called after something was taken back: the screen reads anew */
void mu_ask_undo(struct mu_app *app, void (*done)(struct mu_app *app, void *state), void *state);
/* Asks whether the linked file `other` is to stand for itself again, and does it; however old the
 * link is.
 *   done  is called after it was done: the screen reads anew */
void mu_ask_unlink(struct mu_app *app, int64_t other, void (*done)(struct mu_app *app, void *state),
                   void *state);

/* The same as mu_ask_undo for this act. */
void mu_ask_undo_of(struct mu_app *app, int64_t act_id,
                    void (*done)(struct mu_app *app, void *state), void *state);

/* Covers everything until somebody has signed in; Esc leaves the program.
 *   name  who is asked for the password first; NULL: the name is chosen */
enum mu_status mu_open_sign_in(struct mu_app *app, const char *name,
                               struct mu_error *error) MU_CHECKED;
/* Somebody else signs in over what is open; Esc: nobody does. */
void mu_change_operator(struct mu_app *app);
/* Hides the screen until somebody has signed in. Nothing happens when the operator has no password
 * to come back with. */
void mu_lock_screen(struct mu_app *app);

enum { MU_IDLE_LOCK = 180 * 1000 }; /* milliseconds without a key before mu_lock_screen */

/* ---- among the screens ---- */

/* The places with a digit that the operator may open, in the order of the menu, NULL past the last.
 */
const struct mu_place *mu_screens_place(const struct mu_app *app, size_t index);

struct mu_screens *mu_screens_of(const struct mu_app *app);
struct mu_desk *mu_screens_desk(const struct mu_app *app);
/* Puts the file among those that the operator opened last; when that fails nobody is bothered. */
void mu_screens_remember(struct mu_app *app, int64_t resident_id);
/* True when other desks saved something since *seen was taken; takes it. All screens that show
 * counts ask this on their tick, because the desk says it just once. */
bool mu_screens_changed(struct mu_app *app, unsigned *seen);

#endif
