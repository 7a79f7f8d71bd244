/* The house as a whole: today's figures, and whether the records are sound. */
#ifndef MULIN_DESK_HOUSE_H
#define MULIN_DESK_HOUSE_H

#include <mulin/base/error.h>
#include <mulin/desk/desk.h>
#include <mulin/domain/canteen.h>
#include <mulin/domain/case_line.h>
#include <mulin/domain/head.h>
#include <mulin/domain/ledger.h>

/* What stands on home. */
struct mu_figures {
    int64_t living, files; /* people living here; files in all */
    struct mu_day_totals meals;
    char quota_name[MU_RULE_NAME_SIZE]; /* the tier with the fewest meals left, "" without quota */
    int quota, quota_left;
    int64_t entries; /* of the ledger */
    unsigned char head[MU_HASH_SIZE];
    int64_t alerts;                   /* open ones, as mu_list_alerts has them */
    char missed[MU_PERSON_NAME_SIZE]; /* the first of them */
    int64_t not_told;                 /* doors of the last week of which no courier has told */
    int64_t due_tags;                 /* to be reviewed, as mu_list_due_tags has them */
    struct mu_date unclosed;          /* the last day with a session that was not closed, as of */
    char unclosed_session[MU_RULE_ID_SIZE]; /* mu_unclosed_day, and that session */
    struct mu_date points_due; /* first day of the first month of the points bank that is over and
                                * not closed; unknown when there is none */
    int64_t case_late, case_soon; /* dues of cases that the operator may open: past their day; */
    struct mu_case_due case_due;  /* today and in the next 7 days. The first of all, */
    int64_t case_due_id;          /* whose it is (0: nothing is due), */
    char case_due_number[MU_CASE_NUMBER_SIZE]; /* and its number */
    struct mu_moment backup_made_at; /* the last good backup; an unknown date: there is none */
    bool backup_late;                /* by mu_backup_late; never in a demo home */
};

/* All from one state of the records. MU_STORE. */
enum mu_status mu_today(struct mu_desk *desk, struct mu_figures *out,
                        struct mu_error *error) MU_CHECKED;

/* Told now and then, and with 0 of 0 before the file itself is checked; false stops with
 * MU_REFUSED. */
typedef bool mu_progress(void *context, int64_t done, int64_t all);

/* How long the chains are, and the hashes of their last entries. */
struct mu_verify_report {
    int64_t entries; /* of the ledger */
    unsigned char head[MU_HASH_SIZE];
    int64_t audit_entries; /* of the audit trail */
    unsigned char audit_head[MU_HASH_SIZE];
};

/* Checks the whole file: SQLite's integrity and foreign keys, the ledger's chain and balance, the
 * audit trail's chain, meals against their entries, rule books against their hashes and the trail,
 * quotas, mediation cases step by step, the keys that people are found by, tags against their
 * times, and whether tables and triggers stand as this program made them. The first fault comes
 * back as MU_STORE with the place in `error`. A large file is checked by several threads, each with
 * a connection of its own; `progress` is called by the caller's thread only, while that holds no
 * lock. Other desks save meanwhile, except that SQLite's own checks read the pages of the whole
 * file, and each table with its indexes, in one piece: nobody can save until such a piece is read.
 */
enum mu_status mu_verify(struct mu_desk *desk, mu_progress *progress, void *context,
                         struct mu_verify_report *report, struct mu_error *error) MU_CHECKED;

/* Compares what mu_verify has just found sound with heads from paper: only they show an end that
 * was cut off, an older file that was put back, or a chain that was hashed anew from some entry on.
 * The place is told as narrowly as the heads allow: the more are given, the better. MU_REFUSED;
 * MU_STORE when one differs. */
enum mu_status mu_compare_heads(struct mu_desk *desk, const struct mu_verify_report *report,
                                const struct mu_printed_head *heads, size_t count,
                                struct mu_error *error) MU_CHECKED;

#endif
