/* Who registered as a volunteer, and the awards that were given. */
#ifndef MULIN_DOMAIN_VOLUNTEER_H
#define MULIN_DOMAIN_VOLUNTEER_H

#include <mulin/base/field.h>
#include <mulin/base/points.h>
#include <mulin/domain/resident.h>
#include <mulin/domain/service.h>
#include <mulin/rules.h>

enum { MU_VOLUNTEER_NUMBER_SIZE = 32 }; /* bytes, the NUL counted */

struct mu_volunteer {
    int64_t resident_id;
    int version; /* counts the changes; 0: nothing is stored yet */
    bool incomplete;
    struct mu_date registered_on;          /* not known: is no volunteer */
    char number[MU_VOLUNTEER_NUMBER_SIZE]; /* of the national volunteers' system */
    char skills[MU_TAGS_SIZE];             /* words separated by blanks */
    int shows_name;                        /* 1: the wall's lists may show the whole name */
    struct mu_date left_on;                /* not known: is there */
};

/* Form, validation and headings, in form order. */
extern const struct mu_field mu_volunteer_fields[];
extern const size_t mu_volunteer_field_count;

/* True for somebody who registered and has not left. */
bool mu_volunteer_active(const struct mu_volunteer *volunteer);
/* True when one of the skills holds `word`, however it is typed; "" is in all. */
bool mu_volunteer_can(const struct mu_volunteer *volunteer, const char *word);
/* Whole months since somebody registered; 0 for one who did not. */
int mu_volunteer_months(const struct mu_volunteer *volunteer, struct mu_date today);

/* An award of a month: 活力小哥. */
struct mu_award {
    int64_t id; /* 0: not given yet */
    int64_t resident_id;
    char name[MU_RULE_NAME_SIZE];
    int month; /* 202611: for which */
    struct mu_date given_on;
    char note[MU_NOTE_SIZE];
};

/* Called for each; false stops. Borrowed; the desk must not be called. */
typedef bool mu_award_row(void *context, const struct mu_award *award);

/* Somebody's awards as one text, the first one first, which history and undo keep:
 * "2026-11 2026-12-02 活力小哥". */
struct mu_award_book {
    char awards[MU_FIELD_LONGEST];
};
extern const struct mu_field mu_award_book_fields[];
extern const size_t mu_award_book_field_count;

/* Adds an award at the end; false when it does not fit. */
bool mu_award_book_add(struct mu_award_book *book, const struct mu_award *award);
/* Takes the next award (month, day, name, note) and moves *awards behind it. False at the end and
 * at what is none (then *awards is not at its end). */
bool mu_award_book_next(const char **awards, struct mu_award *out);

/* What the points book has of somebody, over all files that are one person's. */
struct mu_volunteer_sum {
    struct mu_points balance;
    struct mu_points earned; /* corrections counted in */
    int64_t minutes;         /* of service */
};

/* A certificate of service as a volunteer's page shows it. */
struct mu_certificate_line {
    char number[64];
    struct mu_date from, to;
    int64_t minutes;
    struct mu_moment issued_at;
};
/* Called for each; false stops. Borrowed; the desk must not be called. */
typedef bool mu_certificate_row(void *context, const struct mu_certificate_line *certificate);
typedef bool mu_latest_row(void *context, const struct mu_service *service);

#endif
