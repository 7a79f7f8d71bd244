/* Keys, the actions that they stand for, and the events that screens get. */
#ifndef MULIN_TUI_KEY_H
#define MULIN_TUI_KEY_H

#include <mulin/base/error.h>

#include <stdbool.h>
#include <stddef.h>

/* Keys as the terminal sends them. Values below 128 are ASCII characters: they are keys only where
 * characters are not typed into something (MU_TYPING_KEYS in screen.h). */
enum mu_key {
    MU_KEY_NONE = 0,
    MU_KEY_ENTER = 256,
    MU_KEY_TAB,
    MU_KEY_BACKTAB,
    MU_KEY_BACKSPACE,
    MU_KEY_DELETE,
    MU_KEY_INSERT,
    MU_KEY_ESCAPE,
    MU_KEY_UP,
    MU_KEY_DOWN,
    MU_KEY_LEFT,
    MU_KEY_RIGHT,
    MU_KEY_HOME,
    MU_KEY_END,
    MU_KEY_PAGE_UP,
    MU_KEY_PAGE_DOWN,
    MU_KEY_CONTROL_HOME,
    MU_KEY_CONTROL_END,
    MU_KEY_F1, /* F1..F12 follow each other */
    MU_KEY_F12 = MU_KEY_F1 + 11,
    MU_KEY_CONTROL_A, /* ^A..^Z follow each other */
    MU_KEY_CONTROL_Z = MU_KEY_CONTROL_A + 25,
    MU_KEY_OTHER, /* a key or sequence that mulin has no name for */
};

/* What a person wants done; one name for each row of actions.def, e.g. MU_DO_save. */
enum mu_action {
    MU_DO_nothing,
#define ACTION(name, keys, context, priority, zh_label, en_label, zh_help, en_help) MU_DO_##name,
#include "tui/actions.def"
#undef ACTION
    MU_DO_COUNT
};

/* Where an action is at home; the sections of the help. */
enum mu_context {
    MU_CONTEXT_everywhere,
    MU_CONTEXT_forms,
    MU_CONTEXT_lists,
    MU_CONTEXT_typing,
    MU_CONTEXT_home,
    MU_CONTEXT_menu, /* no key by default, reached through the menu */
    MU_CONTEXT_COUNT
};

struct mu_action_row {
    const char *name; /* "save": in a key file */
    const char *keys; /* "F2 ^O": the default keys, the first is the one shown */
    enum mu_context context;
    int priority;         /* footer hints with a higher number are dropped first; 0: no hint */
    const char *label[2]; /* by enum mu_language: "保存", "save" */
    const char *help[2];  /* a sentence */
};

/* The row of an action; never NULL for 1..MU_DO_COUNT-1. Static. */
const struct mu_action_row *mu_action_row(enum mu_action action);
/* The heading of a section of the help. Static. */
const char *mu_context_word(enum mu_context context, enum mu_language language);

enum { MU_KEY_NAME_SIZE = 16 };

/* The name of a key as it is shown: F2, ^O, Enter (回车 in Chinese), ?. `out` has MU_KEY_NAME_SIZE
 * bytes. */
void mu_key_name(enum mu_key key, enum mu_language language, char *out);
/* Reads the English name of a key ("F2", "^O", "Enter", "PgUp", "?"). MU_KEY_NONE when unknown. */
enum mu_key mu_key_by_name(const char *name, size_t length);

enum { MU_KEYS_PER_ACTION = 4 };

/* Which keys stand for which action. */
struct mu_keymap {
    enum mu_key key[MU_DO_COUNT][MU_KEYS_PER_ACTION]; /* MU_KEY_NONE closes a shorter row */
};

/* The map of actions.def. */
void mu_keymap_default(struct mu_keymap *map);
/* Changes `map` by a key file: lines "save = F2 ^O", # starts a comment. Every fault is refused
 * with its line: an unknown action or key, a key that two actions would share, a key that must
 * never be bound (^C ^Q ^S ^Z ^V ^A ^B ^H ^I ^J ^M, F10..F12). `map` is untouched on failure
 * (MU_INPUT). */
enum mu_status mu_keymap_read(struct mu_keymap *map, const char *text,
                              struct mu_error *error) MU_CHECKED;
/* mu_keymap_read of the file at `path`; without that file `map` stays as it is. MU_INPUT for a file
 * that is none, can't be read or is longer than 16 KiB. */
enum mu_status mu_keymap_load(struct mu_keymap *map, const char *path,
                              struct mu_error *error) MU_CHECKED;
/* The action of a key, or MU_DO_nothing. */
enum mu_action mu_keymap_action(const struct mu_keymap *map, enum mu_key key);
/* The key of `action` that is shown first, or MU_KEY_NONE. */
enum mu_key mu_keymap_key(const struct mu_keymap *map, enum mu_action action);

/* What comes in. Screens see the first four. */
enum mu_event_kind {
    MU_EVENT_NONE,  /* nothing came in time */
    MU_EVENT_KEY,   /* `key`, and `action` by the key map */
    MU_EVENT_TEXT,  /* characters typed, composed or still being scanned: `text` */
    MU_EVENT_PASTE, /* pasted `text`: never a command */
    MU_EVENT_SCAN,  /* a whole scan (`text`), where characters are keys: never a command */
    MU_EVENT_RESIZE,
    MU_EVENT_HANGUP /* the line closed or the system asks to end: leave at once */
};

struct mu_event {
    enum mu_event_kind kind;
    enum mu_key key;
    enum mu_action action;
    /* TEXT, PASTE, SCAN: UTF-8, NUL-terminated, borrowed until the next event. */
    const char *text;
    /* KEY Enter or Tab: when it closes a scan that came in as TEXT, what was scanned (the box may
     * have held more before); NULL for a person's Enter. */
    const char *scan;
    /* TEXT where characters are keys: the one character pressed, folded to lower-case ASCII
     * (１ is 1, Ｙ is y); 0 for anything longer or other, such as a burst. */
    char character;
};

#endif
