/* What the keys of a list screen do: one row is both the act and its word in the hints. */
#ifndef MULIN_TUI_SCREENS_LIST_KEYS_H
#define MULIN_TUI_SCREENS_LIST_KEYS_H

#include "tui/app.h"
#include "tui/list.h"

struct mu_list_key {
    enum mu_action action;
    void (*act)(struct mu_app *app, void *state);
    enum mu_message label; /* 0: the action's own word */
    bool on_row;           /* is about the row at the cursor, and nothing without one */
    enum mu_message why;   /* of a key that needs the right `may`: why it does nothing; 0: none is
                            * needed */
    int may;               /* enum mu_operation */
};

struct mu_list_keys {
    const struct mu_list_key *key;
    size_t count;
    /* Reads the list anew: the action `refresh`. */
    void (*read)(struct mu_app *app, void *state);
    /* The cursor stands on another row. May be NULL. */
    void (*moved)(struct mu_app *app, void *state);
};

/* Feeds KEY events to the table, the rest to the list. `accept` stands for Enter on a row. True
 * when something was done. */
bool mu_list_keys_event(const struct mu_list_keys *keys, struct mu_app *app, void *state,
                        struct mu_list *list, const struct mu_event *event);
/* What is said of an action in hints and menu. */
struct mu_offer mu_list_keys_offer(const struct mu_list_keys *keys, struct mu_app *app,
                                   const struct mu_list *list, enum mu_action action);

#endif
