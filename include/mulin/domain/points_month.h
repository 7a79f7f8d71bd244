/* A month of the points bank: its sums for each person, what looks wrong in it, and its seal. */
#ifndef MULIN_DOMAIN_POINTS_MONTH_H
#define MULIN_DOMAIN_POINTS_MONTH_H

#include <mulin/domain/operator.h>
#include <mulin/domain/points.h>
#include <mulin/domain/service.h>

/* What moved in a month. Corrections of earlier months count where they were made, so that any of
 * these may be below nothing. */
struct mu_points_sums {
    int64_t services; /* recorded, less those that were reversed */
    int64_t minutes;
    struct mu_points earned;
    struct mu_points spent; /* given for goods and transferred, less what came back */
    struct mu_points expired;
};

/* Adds `more` to `sums`. */
void mu_points_sums_add(struct mu_points_sums *sums, const struct mu_points_sums *more);

/* One person in a month; whoever ever had points has a line. */
struct mu_points_month_line {
    int64_t resident_id; /* of linked files the one that spoke for the person */
    struct mu_points_sums moved;
    struct mu_points balance;      /* at the end of the month, */
    int64_t total_minutes;         /* of service up to then, */
    struct mu_points total_earned; /* likewise, */
    int stars;                     /* and those that they make */
};

/* A month that was closed. */
struct mu_points_month {
    int month;                        /* 202611 */
    int64_t entry_id;                 /* of the ledger entry that stands for it; 0: not closed */
    int64_t last_entry;               /* the last ledger entry that it knows of, */
    unsigned char head[MU_HASH_SIZE]; /* whose hash this is */
    int64_t people;                   /* of whom anything moved */
    struct mu_points_sums moved;
    struct mu_points balance; /* of everybody, at its end */
    int64_t operator_id;
    char operator_name[MU_OPERATOR_NAME_SIZE]; /* filled when read, not hashed */
    int64_t second_id;                         /* 0: somebody who does not sign in here */
    char second_name[MU_OPERATOR_NAME_SIZE];
    struct mu_moment closed_at;
};

/* What looks wrong in a month. The words stand in records. */
enum mu_points_doubt {
    MU_DOUBT_DAY_CAP,     /* services of one day earned more than the rule allows */
    MU_DOUBT_MONTH_CAP,   /* of the month did */
    MU_DOUBT_TWO_PLACES,  /* two services at once */
    MU_DOUBT_UNCONFIRMED, /* nobody confirmed what has to be confirmed */
    MU_DOUBT_NO_LIST,     /* of no attendance list, without times, and nobody confirmed it */
    MU_DOUBT_SELF,        /* confirmed by who did it */
    MU_DOUBT_FORGOTTEN,   /* to check out: closed by rule */
    MU_DOUBT_OPEN,        /* not checked out yet */
    MU_DOUBT_JUMP,        /* far more than the usual month */
    MU_DOUBTS
};

/* "day-cap", "two-places" …: the word for records and programs. Static. */
const char *mu_doubt_word(enum mu_points_doubt kind);
/* False, *out untouched, for a word that is none. */
bool mu_doubt_from_word(const char *word, enum mu_points_doubt *out);
/* What people call it: 同一时间两处. */
enum mu_message mu_doubt_name(enum mu_points_doubt kind);

/* What looks wrong in one service by itself, bits 1 << enum mu_points_doubt: of UNCONFIRMED,
 * NO_LIST, SELF, FORGOTTEN and OPEN.
 *   duty  in the book of the month; NULL: the book does not know it any more
 *   self  whoever confirmed it is the person */
unsigned mu_service_doubts(const struct mu_duty *duty, const struct mu_service *service, bool self);

enum {
    MU_USUAL_MONTHS = 6, /* before a month, that the usual one is told from */
    MU_USUAL_LEAST = 2   /* of them in which anything was earned: fewer tell nothing */
};
/* What was earned in a usual month: the mean of those of the months before in which anything was.
 * Nothing when there are too few. */
struct mu_points mu_usual_month(const struct mu_points earned[MU_USUAL_MONTHS]);
/* True when `now` is a jump by the book: more than so many times the usual one. */
bool mu_points_jump(const struct mu_points_rules *rules, struct mu_points usual,
                    struct mu_points now);

/* Reads 2026Q3, 2026q3, or 2026年3季度: the months of the quarter. False, outputs untouched,
 * otherwise. */
bool mu_quarter_parse(const char *text, int *from, int *to);
/* The month so many behind (before) this one: 202611, 2 is 202701. */
int mu_month_number_add(int month, int months);

#endif
