/* The canteen's month: what was eaten and who paid, and the share of it that goes into the
 * micro-fund. */
#ifndef MULIN_DESK_MONTH_H
#define MULIN_DESK_MONTH_H

#include <mulin/base/error.h>
#include <mulin/desk/desk.h>
#include <mulin/domain/canteen.h>

/* The ways to look at a month. */
enum mu_month_by {
    MU_MONTH_BY_TIER,
    MU_MONTH_BY_PAYER,
    MU_MONTH_BY_SESSION,
    MU_MONTH_BY_METHOD,
    MU_MONTH_BY_DAY,
    MU_MONTH_BY_PERSON, /* filled in by mu_month_people only */
    MU_MONTH_GROUPS
};

struct mu_month_row {
    char id[MU_RULE_ID_SIZE];       /* of the tier ("" for full price) or session, the word of the
                                     * payer or method, the date; of a person "" */
    char name[MU_PERSON_NAME_SIZE]; /* of tier and session by the book of the month's end, of a
                                     * person, or the occupation of those without a file */
    int64_t resident_id;            /* of a person: of the file that speaks for him; else 0 */
    int meals;                      /* 人次; of a payer those in which he had a part */
    int days;                       /* of a person: on how many days; else 0 */
    int people;                     /* of a tier: how many had it, without those without a file */
    struct mu_money price, pay;     /* of a payer the price is what he paid. pay: by diners */
};

struct mu_month_group {
    struct mu_month_row *row; /* owned by the month */
    size_t count, room;
};

/* Money that came and went at the counter beside meals. */
enum mu_month_movement {
    MU_MONTH_TOP_UP,
    MU_MONTH_REFUND,
    MU_MONTH_BILL,    /* paid for the monthly account */
    MU_MONTH_COUNTED, /* differences of cash that closings booked */
    MU_MONTH_MOVEMENTS
};

/* The part of the month's takings that goes into the micro-fund. */
struct mu_month_share {
    int basis_points;       /* by the book of the month's end; 0: it has no rule about it */
    bool of_diners;         /* of what diners paid; else of the price of all meals */
    struct mu_money base;   /* with the corrections of earlier months */
    struct mu_money amount; /* what is to be booked, down to the fen */
    int64_t entry_id;       /* of the booking; 0: not booked yet */
    struct mu_date booked_on;
    struct mu_money booked;
};

struct mu_month {
    struct mu_date from, to;
    bool over; /* the month is */
    int meals;
    int people;      /* who ate: linked files are one person; without those without a file */
    int person_days; /* 人天: each person once a day, and each meal without a file */
    int without_file;
    int voided;  /* on their day */
    int amended; /* taken back later within the month; neither counts among the meals */
    struct mu_money price, pay;
    /* Meals of earlier months that were taken back in this one: amounts to be taken off. */
    int earlier_meals;
    struct mu_money earlier_price, earlier_pay;
    struct {
        int count;
        struct mu_money cash; /* that came in; went out: below nothing */
    } movement[MU_MONTH_MOVEMENTS];
    struct mu_month_share share;
    int64_t entries; /* the ledger's head at the end of the month, or now */
    unsigned char head[MU_HASH_SIZE];
    struct mu_month_group group[MU_MONTH_GROUPS];
};

/* Counts a month, `first` its first day, all from one state of the records. A meal counts in the
 * month of its day; one that was taken back counts until the month in which it was, and there among
 * the corrections of earlier months, so that what was reported once stays as it was reported.
 * *out is owned by the caller (mu_month_free), untouched on failure. MU_INPUT (a month that has not
 * begun), MU_REFUSED (right), MU_STORE, MU_MEMORY. */
enum mu_status mu_count_month(struct mu_desk *desk, struct mu_date first, struct mu_month **out,
                              struct mu_error *error) MU_CHECKED;

/* Adds the people, most meals first. Names are masked when it is for posting; else they leave the
 * house whole, for which the right to take out lists is needed and a note stays in the audit trail
 * (`target`: where they go). MU_REFUSED, MU_STORE, MU_MEMORY. */
enum mu_status mu_month_people(struct mu_desk *desk, struct mu_month *month, bool posted,
                               const char *target, struct mu_error *error) MU_CHECKED;

enum { MU_MONTH_SMALL = 5 }; /* people: a smaller group would tell who they are */
/* Makes a month fit to be posted: tiers that fewer than MU_MONTH_SMALL people had are put together,
 * with the next larger one when they are still too few. */
#define MU_MONTH_JOINED "*" /* id of what was put together */
void mu_month_for_posting(struct mu_month *month);

void mu_month_free(struct mu_month **month);

/* Books the share of a month that is over into the micro-fund's account, once: a second time is
 * refused. What is taken back later lessens the share of the month in which it is.
 *   share  may be NULL; gets what was booked
 * MU_REFUSED (the right to book; the month is not over; no rule; nothing to book; booked already),
 * MU_INPUT, MU_STORE. */
enum mu_status mu_book_month_share(struct mu_desk *desk, struct mu_date first,
                                   struct mu_month_share *share, struct mu_error *error) MU_CHECKED;

#endif
