/* The application: a stack of screens, popups over them, messages, timers, one event loop. */
#ifndef MULIN_TUI_APP_H
#define MULIN_TUI_APP_H

#include "tui/form.h"
#include "tui/list.h"
#include "tui/message_line.h"
#include "tui/picker.h"
#include "tui/screen.h"
#include "tui/term.h"
#include "tui/theme.h"

#include <mulin/base/date.h>

struct mu_app; /* opaque */

/* A place that the menu leads to. Opening pushes a screen. */
struct mu_place {
    int number;                  /* 1..9: the digit that opens it from home; 0: none */
    enum mu_message title, help; /* help: what one does there */
    enum mu_status (*open)(struct mu_app *app, struct mu_error *error);
    int need; /* what one must be allowed to do there, in a number that may_open knows */
};

struct mu_app_options {
    void *context; /* the desk, for screens; borrowed */
    struct mu_moment (*now)(void *context);
    enum mu_language language;
    enum mu_theme theme;
    const struct mu_place *places; /* borrowed */
    size_t place_count;
    const struct mu_keymap *keymap; /* NULL: the default; copied */
    bool demo;                      /* row 0 says that these are made-up people */
    char centre[96];                /* first words of row 0: 云鹭湾社区 */
    char operator_name[64];
    /* Whether the person may go to a place: MU_REFUSED says why not. NULL: everywhere. */
    enum mu_status (*may_open)(void *context, const struct mu_place *place, struct mu_error *error);
    /* Told before and after a drawing, which asks may_open many times. NULL: nobody is. */
    void (*drawing)(void *context, bool on);
    /* What the first screen need not wait for: called once it stands, before any key is taken. A
     * failure ends mu_app_run, which tells it. NULL: nothing. */
    enum mu_status (*settle)(void *context, struct mu_error *error);
    void (*change)(struct mu_app *app); /* the action `change`; NULL: there is none */
    /* The action `find` on every screen that has none of its own; NULL: there is none. */
    void (*find)(struct mu_app *app);
    /* Called when nobody has touched a key for `idle_after` milliseconds of the terminal's clock
     * and no cover is up, and again after as long. NULL: never. */
    void (*idle)(struct mu_app *app);
    int idle_after;
};

enum { MU_SCREENS = 8, MU_POPUPS = 3 }; /* how deep the stack may be */

/* NULL and `error` without memory. */
struct mu_app *mu_app_new(const struct mu_app_options *options, struct mu_error *error);
/* Closes every screen and frees. */
void mu_app_free(struct mu_app **app);

/* ---- for screens ---- */

void *mu_app_context(const struct mu_app *app);
enum mu_language mu_app_language(const struct mu_app *app);
struct mu_moment mu_app_now(const struct mu_app *app);
void mu_app_set_operator(struct mu_app *app, const char *name);

/* Puts a screen on top. The application owns `state` from now on, also on failure (then it has been
 * closed). MU_REFUSED when MU_SCREENS screens (MU_POPUPS popups) are open already. */
enum mu_status mu_app_push(struct mu_app *app, const struct mu_screen_type *type, void *state,
                           struct mu_error *error) MU_CHECKED;
/* Closes the top screen with its popups; the one below resumes. Closing the last one ends the loop.
 * The state is freed: a screen that pops itself returns at once. */
void mu_app_pop(struct mu_app *app);
/* Closes the screens above the topmost one of this type, which resumes. False, nothing closed, when
 * there is none, or when one of those above keeps drafts: what is typed there stays. */
bool mu_app_return(struct mu_app *app, const struct mu_screen_type *type);
/* Opens the place with this number, as home's digits do, or says why not. False when there is none.
 */
bool mu_app_open(struct mu_app *app, int number);
/* Does an action as its key or its row of the menu would. */
void mu_app_do(struct mu_app *app, enum mu_action action);
/* Hands what was scanned while the layer on top was open to the screen that opened it. False when
 * that one takes none. */
bool mu_app_hand_scan(struct mu_app *app, const char *text);
/* Ends the loop after the event that is being handled. */
void mu_app_quit(struct mu_app *app);

/* Says something on the message row; strings for {0}..{3} follow, end with NULL. */
void mu_app_say(struct mu_app *app, enum mu_tone tone, enum mu_message message, ...)
    __attribute__((sentinel));
/* Says an error in the tone of its status (a refusal is a warning). */
void mu_app_say_error(struct mu_app *app, const struct mu_error *error);
/* Says words that are already in the right language. */
void mu_app_say_text(struct mu_app *app, enum mu_tone tone, const char *text);

/* A question with the answers no (default) and yes. Only a lone y or 是, or the arrow keys and
 * Enter, after the question has been seen, mean yes; no scan, paste or typing ahead does.
 *   question  names the object and the count: "作废 张金凤 的午餐 8.00 元？"
 *   answered  is called once, with yes or no; Esc is no */
void mu_app_confirm(struct mu_app *app, const char *question,
                    void (*answered)(struct mu_app *app, void *context, bool yes), void *context);
/* Asks for one line, such as a reason. `size` as of mu_line_edit_init; `required`: an empty line
 * is refused. `answered` gets the text (borrowed), or NULL after Esc. */
void mu_app_prompt(struct mu_app *app, const char *question, size_t size, bool required,
                   void (*answered)(struct mu_app *app, void *context, const char *text),
                   void *context);
/* mu_app_prompt for a password: shows stars. */
void mu_app_password(struct mu_app *app, const char *question,
                     void (*answered)(struct mu_app *app, void *context, const char *text),
                     void *context);
/* Lets one of `picks` be chosen; their texts are borrowed until the answer. `picked` gets chosen ==
 * false after Esc. */
void mu_app_pick(struct mu_app *app, const char *title, const struct mu_pick *picks, size_t count,
                 int code, void (*picked)(struct mu_app *app, void *context, bool chosen, int code),
                 void *context);
/* Shows lines of words to read, filtered by typing: details, explanations. `text` is copied; LF
 * ends a line. */
void mu_app_read(struct mu_app *app, const char *title, const char *text);

/* mu_form_event and what belongs to it: opens the picker for F4, says what is wrong, asks before
 * leaving a changed form. Returns only IGNORED, USED, SAVE, LEAVE. When the person agrees to lose
 * changes, the form becomes clean and Esc comes in again, so a screen handles LEAVE in one place.
 */
enum mu_form_result mu_app_form(struct mu_app *app, struct mu_form *form,
                                const struct mu_event *event);
/* Draws a form as a page: `line` about `subject` in the status row, an empty row, the form. */
void mu_app_draw_form(const struct mu_app *app, struct mu_form *form, struct mu_grid *grid,
                      const struct mu_layout *layout, enum mu_message line, const char *subject);
/* Draws a list as a page: `title` and the cursor's position in the status row, the list, or
 * `failure` in its place unless that is NULL, and the hint in the row for it. */
void mu_app_draw_list(const struct mu_app *app, struct mu_list *list, struct mu_grid *grid,
                      const struct mu_layout *layout, const char *title,
                      const struct mu_error *failure, enum mu_message hint);
/* The `typing` of a screen where characters are keys. */
enum mu_typing mu_typing_keys(const struct mu_app *app, const void *state);
/* The offers of a form: save, choose, same and Enter; MU_OFFER_NONE for others. */
struct mu_offer mu_form_offer(enum mu_action action);

/* Work of more than half a second calls this now and then: shows a bar with the count, and takes
 * Esc. False when the person wants it to stop. */
bool mu_app_progress(struct mu_app *app, enum mu_message what, size_t done, size_t total);

/* For a screen's `draft`: nobody is to wait; and what it says when it therefore could not keep it.
 */
bool mu_app_hurried(const struct mu_app *app);
void mu_app_put_off(struct mu_app *app);

/* ---- for main and tests ---- */

/* Runs until the last screen is closed, mu_app_quit or a hangup. */
enum mu_status mu_app_run(struct mu_app *app, struct mu_term *term,
                          struct mu_error *error) MU_CHECKED;
/* Draws everything as the loop would. The popup on top counts as seen afterwards. */
void mu_app_draw(struct mu_app *app, struct mu_grid *grid);
/* Handles one event as the loop would; KEY events get their action from the key map. */
void mu_app_event(struct mu_app *app, struct mu_event event);
/* The 1 s tick; true when something is to be drawn. */
bool mu_app_tick(struct mu_app *app);
/* Screens keep what is typed, however long another desk is saving. */
void mu_app_draft(struct mu_app *app);
/* The 2 s tick: nobody is to wait. False when something was put off, to be asked again shortly. */
bool mu_app_draft_soon(struct mu_app *app);
bool mu_app_ended(const struct mu_app *app);
/* The name of the screen or popup on top; "" without one. */
const char *mu_app_top(const struct mu_app *app);
enum mu_theme mu_app_theme(const struct mu_app *app);

#endif
