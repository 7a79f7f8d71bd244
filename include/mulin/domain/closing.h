/* A session that was settled: cash counted against the ledger, by two people. */
#ifndef MULIN_DOMAIN_CLOSING_H
#define MULIN_DOMAIN_CLOSING_H

#include <mulin/domain/canteen.h>
#include <mulin/domain/operator.h>

/* Sizes in bytes, the NUL counted. */
enum { MU_NOTES_SIZE = 192 };

struct mu_closing {
    int64_t id;       /* 1, 2, 3 …; 0: none */
    int64_t entry_id; /* of the ledger entry that books it */
    struct mu_date date;
    char session[MU_RULE_ID_SIZE];    /* "": all sessions of the day that were not closed before */
    int64_t after_entry;              /* the cash of ledger entries behind this one was counted, */
    int64_t last_entry;               /* up to this one, */
    unsigned char head[MU_HASH_SIZE]; /* whose hash this is */
    int meals;                        /* of the sessions, that stood then */
    struct mu_money price, pay;       /* of them; pay: by the diners */
    struct mu_money expected, counted;
    char notes[MU_NOTES_SIZE];   /* as of mu_notes_write; "": a sum was given */
    char reason[MU_REASON_SIZE]; /* of a difference, or "" */
    int64_t operator_id;
    char operator_name[MU_OPERATOR_NAME_SIZE]; /* filled when read, not hashed */
    int64_t second_id;                         /* 0: somebody who does not sign in here */
    char second_name[MU_OPERATOR_NAME_SIZE];
    struct mu_moment closed_at;
};

/* BLAKE2b-256 over a closing, the document of its ledger entry. Fields as in mu_entry_hash:
 * "mulin-closing-1", the entry's idempotency key, id, date, session, after_entry, last_entry, head,
 * meals, price, pay, expected, counted, notes, reason, operator_id, second_id, second_name,
 * closed_at. */
void mu_closing_hash(const struct mu_closing *closing, const char *idempotency_key,
                     unsigned char hash[MU_HASH_SIZE]);

/* Where the cash of a closing came from. Voids count where their meals do. */
enum mu_cash_line {
    MU_CASH_OWN,        /* meals of the sessions that are closed */
    MU_CASH_OTHER,      /* of sessions that are still open */
    MU_CASH_LATE,       /* meals that were served after their session had been closed */
    MU_CASH_CORRECTION, /* meals that were voided after that */
    MU_CASH_TOP_UP,
    MU_CASH_REFUND,
    MU_CASH_BILL, /* paid for monthly accounts */
    MU_CASH_REST, /* whatever else */
    MU_CASH_LINES
};

/* "own", "other", "late" …: the word for programs. Static. */
const char *mu_cash_line_word(enum mu_cash_line line);
/* What people call it: 本餐次收现. */
enum mu_message mu_cash_line_name(enum mu_cash_line line);

/* Meals that the closings before do not know as they are now. */
struct mu_late_total {
    int meals;
    struct mu_money price, pay;
};

/* What a closing shows: the same whenever it is asked for again. */
struct mu_closing_figures {
    struct mu_day_totals totals; /* of its sessions */
    struct mu_money cash[MU_CASH_LINES];
    struct mu_money expected; /* the sum of them */
    struct mu_late_total late, corrected;
};

/* One of them. */
struct mu_late_meal {
    struct mu_meal meal;
    bool voided;                 /* else it was served late */
    char reason[MU_REASON_SIZE]; /* of the ledger entry */
};

/* Notes and coins that cash is counted in, the largest first. */
enum { MU_DENOMINATIONS = 8 };
/* 100 yuan … 0.1 yuan. */
struct mu_money mu_denomination(size_t index);
enum { MU_PIECES_LIMIT = 99999 }; /* of one denomination at most */
/* What so many pieces of each come to. */
struct mu_money mu_notes_sum(const int pieces[MU_DENOMINATIONS]);
/* "10000:3 5000:1": fen and pieces of what there is. */
void mu_notes_write(const int pieces[MU_DENOMINATIONS], char out[MU_NOTES_SIZE]);

#endif
