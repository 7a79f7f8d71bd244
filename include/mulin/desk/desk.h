/* A desk: one operator at one terminal, at work on the records of one home. Screens and commands
 * use the same functions. Nothing here prints, and no call leaves a transaction open. */
#ifndef MULIN_DESK_DESK_H
#define MULIN_DESK_DESK_H

#include <mulin/base/date.h>
#include <mulin/base/error.h>
#include <mulin/rules.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mu_desk; /* opaque; one per process, not carried over a fork */

enum { MU_COPY_PATH_SIZE = 4096 }; /* bytes, the NUL counted */

struct mu_desk_options {
    const char *home;        /* the folder with mulin.db; borrowed during the call */
    const char *system_user; /* account of the person at the terminal; borrowed during the call */
    const char *terminal;    /* name for the audit trail, or NULL; borrowed during the call */
    const char *fixed_now;   /* YYYY-MM-DDTHH:MM instead of the clock, or NULL */
    bool sign_in;            /* nobody works at the desk before mu_desk_sign_in (operators.h) */
    bool key_later;          /* mu_desk_take_key follows before anything sealed is asked for */
    char *
        plain_copy; /* NULL, or MU_COPY_PATH_SIZE bytes: gets the path of the copy in the clear that
                     * is kept when the records of an older program are sealed; else untouched */
};

/* Makes a home: the folder (0700; one that stands there keeps its mode, but is refused when others
 * may write into it), mulin.db with the schema, the preset's rule book in force from today, and the
 * first keeper, bound to `system_user`. A home that exists is refused; nothing is left behind on
 * failure, and mulin.db has its name only when it is whole and on the disk.
 *   preset  name of a shipped rule book
 *   demo    marks the home as one of made-up people
 * MU_INPUT (unknown preset, home exists), MU_STORE, MU_MEMORY. */
enum mu_status mu_home_create(const struct mu_desk_options *options, const char *preset, bool demo,
                              struct mu_error *error) MU_CHECKED;

/* Opens the desk of the operator bound to the system user, or, with `sign_in`, a desk at which
 * nothing is granted until somebody has signed in; in a folder that only its owner may write into.
 * The records are made private (0600) when they are not. *out is owned by the caller, untouched
 * unless MU_OK; free with mu_desk_free. MU_INPUT, MU_REFUSED (nobody here acts for this account),
 * MU_STORE, MU_MEMORY. */
enum mu_status mu_desk_open(const struct mu_desk_options *options, struct mu_desk **out,
                            struct mu_error *error) MU_CHECKED;
void mu_desk_free(struct mu_desk **desk);

/* Reads the key of what is sealed, unless the desk has it: after `key_later` sealed values look
 * damaged and cannot be saved until then. MU_STORE (no key, not the key of these records),
 * MU_MEMORY. */
enum mu_status mu_desk_take_key(struct mu_desk *desk, struct mu_error *error) MU_CHECKED;

/* The clock, or the fixed moment. */
struct mu_moment mu_desk_now(const struct mu_desk *desk);
/* Name of the operator, "" before sign-in; borrowed. */
const char *mu_desk_operator(const struct mu_desk *desk);
/* Number of the operator, 0 before sign-in. */
int64_t mu_desk_operator_id(const struct mu_desk *desk);
/* True in a home of made-up people. */
bool mu_desk_demo(const struct mu_desk *desk);
/* True once after another process has saved something. */
bool mu_desk_changed(struct mu_desk *desk);

/* The rule book in force today, borrowed until the next call on this desk after midnight or an
 * adoption. MU_STORE when there is none. */
enum mu_status mu_desk_rules(struct mu_desk *desk, const struct mu_rules **out, int *version,
                             struct mu_error *error) MU_CHECKED;
/* Adopts a book from a day on: checked wholly first; a bad one changes nothing (MU_INPUT, `faults`
 * filled; clear it). `from` before today is refused: what was charged stays charged. */
enum mu_status mu_desk_adopt_rules(struct mu_desk *desk, const char *book, size_t length,
                                   struct mu_date from, struct mu_rules_faults *faults,
                                   int *version, struct mu_error *error) MU_CHECKED;
/* The text of the book in force today; *book is owned (free). */
enum mu_status mu_desk_rules_text(struct mu_desk *desk, char **book,
                                  struct mu_error *error) MU_CHECKED;

/* While it is on, no call of this desk waits longer than 50 ms for another one that is saving; it
 * fails with MU_SAY_error_db_busy then. For what can be tried again without anybody's noticing. */
void mu_desk_hurry(struct mu_desk *desk, bool on);
/* `leaving` is asked while a call of this desk waits for another one that is saving: has the line
 * dropped, is the program to end? A second after it was first true no call waits any more. It reads
 * what a signal has left, and calls nothing of the desk. NULL: nobody is asked. */
void mu_desk_ask_leaving(struct mu_desk *desk, bool (*leaving)(void));

/* Half-typed forms, one per operator and form name. `owner` is the operator who began to type: it
 * stays his draft when somebody else works at the desk meanwhile. `body` is any text. */
enum mu_status mu_desk_keep_draft(struct mu_desk *desk, int64_t owner, const char *form,
                                  const char *body, struct mu_error *error) MU_CHECKED;
/* The draft of the operator at the desk; *body is owned (free), NULL when there is none. */
enum mu_status mu_desk_draft(struct mu_desk *desk, const char *form, char **body,
                             struct mu_error *error) MU_CHECKED;
enum mu_status mu_desk_drop_draft(struct mu_desk *desk, int64_t owner, const char *form,
                                  struct mu_error *error) MU_CHECKED;

#endif
