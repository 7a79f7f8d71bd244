/* What the use cases of a desk share. */
#ifndef MULIN_SRC_DESK_DESK_INTERNAL_H
#define MULIN_SRC_DESK_DESK_INTERNAL_H

#include "store/house_store.h"

#include <mulin/desk/desk.h>
#include <mulin/desk/house.h>
#include <mulin/desk/rights.h>
#include <mulin/domain/audit.h>
#include <mulin/domain/operator.h>

struct mu_desk {
    struct mu_db *db;
    struct mu_operator operator;     /* id 0: nobody has signed in, and nothing is granted */
    int64_t operator_seen;           /* the change counter when the operator was read */
    char terminal[MU_TERMINAL_SIZE]; /* where the person sits, for the audit trail */
    bool demo;
    bool fixed; /* the clock stands at `now` */
    struct mu_moment now;
    int64_t change_counter;
    bool glancing;   /* the operator was just read (mu_desk_glance) */
    int64_t note_id; /* of the last note in the audit trail, and its hash */
    unsigned char note_hash[MU_HASH_SIZE];
    struct mu_rules *rules; /* the parsed book of rules_version; NULL: none yet */
    int rules_version;
    struct mu_ticket_queue *tickets; /* NULL: none was printed yet */
};

/* Reads the operator anew when another desk has saved something: who was given another role or left
 * has other rights at once. MU_STORE, and then the operator stays as read before. */
enum mu_status mu_desk_refresh_operator(struct mu_desk *desk, struct mu_error *error) MU_CHECKED;

/* Somebody else stands with a password for what the operator does, and stays where he is: tries are
 * counted and what he stands for is noted under his name, as in mu_desk_sign_in. *out is untouched
 * unless MU_OK. As mu_desk_sign_in. */
enum mu_status mu_desk_vouch(struct mu_desk *desk, const char *name, const char *password,
                             enum mu_operation operation, struct mu_operator *out,
                             struct mu_error *error) MU_CHECKED;

/* Every use case asks this first. MU_REFUSED when the operator's role does not grant it. */
enum mu_status mu_desk_may(struct mu_desk *desk, enum mu_operation operation,
                           struct mu_error *error) MU_CHECKED;

/* Notes in the audit trail what is done in the caller's write transaction. `resident_id` may be 0,
 * the texts ""; numbers in them are masked already. MU_STORE. */
enum mu_status mu_audit_note(struct mu_desk *desk, enum mu_operation operation, int64_t resident_id,
                             const char *subject, const char *before, const char *after,
                             const char *reason, struct mu_error *error) MU_CHECKED;

/* Commits the transaction in which mu_audit_note was called. A commit that failed may have reached
 * the disk: then the note stands in the trail, and the operation is done. MU_STORE. */
enum mu_status mu_desk_commit(struct mu_desk *desk, struct mu_error *error) MU_CHECKED;

/* Ends the write transaction of a use case that came to `status`: commits it as mu_desk_commit when
 * that is MU_OK, takes all of it back otherwise. Returns what the use case came to; an `error` that
 * tells of `status` stays. */
enum mu_status mu_desk_end(struct mu_desk *desk, enum mu_status status,
                           struct mu_error *error) MU_CHECKED;

/* Cleans what was typed (NULL: nothing) into `out` of `size` bytes. MU_INPUT when it is not UTF-8
 * or does not fit: nothing is kept in part. */
enum mu_status mu_desk_text(const char *text, char *out, size_t size,
                            struct mu_error *error) MU_CHECKED;

/* The moment that is written down in the caller's write transaction. A day does not begin twice:
 * when the clock was put back into the day before the last entry's, that entry's day goes on, so
 * that no quota and no meal is had twice. A clock that is further behind is believed, or one entry
 * of a wrong year would hold the house for as long. last  the day of the last entry; unknown when
 * there is none MU_STORE. */
enum mu_status mu_desk_moment(struct mu_desk *desk, struct mu_moment *now, struct mu_date *last,
                              struct mu_error *error) MU_CHECKED;

/* mu_desk_rules as they are on another day. */
enum mu_status mu_desk_rules_on(struct mu_desk *desk, struct mu_date day,
                                const struct mu_rules **out, int *version,
                                struct mu_error *error) MU_CHECKED;

/* The book of a version, that of today or of long ago; *out is owned by the caller. MU_STORE, also
 * when it is damaged, MU_MEMORY. */
enum mu_status mu_desk_book(struct mu_desk *desk, int version, struct mu_rules **out,
                            struct mu_error *error) MU_CHECKED;

/* Unique, by the clock and at random: an operation that is asked for again under its key happens
 * once. `out` has MU_KEY_SIZE bytes. */
void mu_new_key(char *out);

/* The part of it that is about rule books: each is whole, was adopted as the audit trail says, and
 * no tier of it served more meals a day than its quota. */
enum mu_status mu_check_books(struct mu_db *db, struct mu_error *error) MU_CHECKED;

/* The part of it that is about goods: what was given is what the ledger says, and the stock is the
 * sum of what came and went. */
enum mu_status mu_check_goods(struct mu_db *db, struct mu_error *error) MU_CHECKED;

/* The part of it that is about mediation cases: their steps are as they were written, the audit
 * trail has each, and the tables say what they come to. */
enum mu_status mu_check_cases(struct mu_db *db, struct mu_error *error) MU_CHECKED;

/* mu_verify without asking who wants to know: a backup's copy has no operator at work. A large file
 * is checked by as many threads as there are processors (base/crew.h). */
enum mu_status mu_check_records(struct mu_desk *desk, mu_progress *progress, void *context,
                                struct mu_verify_report *report, struct mu_error *error) MU_CHECKED;
/* The same by so many of them. 0: all by the caller's thread, each step as it was the last time.
 * What is found is the same for any number. */
enum mu_status mu_check_records_by(struct mu_desk *desk, size_t members, mu_progress *progress,
                                   void *context, struct mu_verify_report *report,
                                   struct mu_error *error) MU_CHECKED;

#endif
