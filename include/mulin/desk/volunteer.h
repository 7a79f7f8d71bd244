/* Volunteers at the desk: who registered, what they earned, their awards, and what a household's
 * people earn for it. */
#ifndef MULIN_DESK_VOLUNTEER_H
#define MULIN_DESK_VOLUNTEER_H

#include <mulin/desk/desk.h>
#include <mulin/domain/volunteer.h>

/* A volunteer's page. */
struct mu_volunteer_file {
    struct mu_volunteer volunteer; /* version 0: never registered */
    struct mu_volunteer_sum sum;
    int stars;      /* by the book in force; 0 without any */
    int next_level; /* hours or points at which the next star is given; 0: there is none */
    enum mu_stars_by stars_by;
};

/* MU_INPUT (no such file), MU_REFUSED (right read_points), MU_STORE. */
enum mu_status mu_read_volunteer(struct mu_desk *desk, int64_t resident_id,
                                 struct mu_volunteer_file *out, struct mu_error *error) MU_CHECKED;

/* Registers somebody or changes what is registered (resident and version as mu_read_volunteer gave
 * them). The day of registration is today when it is not known; a day of leaving ends every
 * membership of a team on that day. Recorded as an act: mu_undo takes it back.
 *   field  may be NULL; gets the key of the field at fault (mu_volunteer_fields), or NULL
 * MU_INPUT (no such file, a field, the number is another's), MU_REFUSED (right manage_teams; the
 * file has ended; another desk changed it meanwhile), MU_STORE. */
enum mu_status mu_save_volunteer(struct mu_desk *desk, struct mu_volunteer *volunteer,
                                 const char **field, struct mu_error *error) MU_CHECKED;

enum mu_volunteer_order { MU_VOLUNTEERS_BY_FILE, MU_VOLUNTEERS_BY_POINTS, MU_VOLUNTEERS_BY_HOURS };

struct mu_volunteer_query {
    const char *skill;             /* a word that the skills hold; NULL or "": any */
    const char *team;              /* its name: members of now; NULL or "": all */
    bool left;                     /* those who left too */
    enum mu_volunteer_order order; /* points and hours: the most first */
};

enum { MU_TEAM_WORDS_SIZE = 256 }; /* bytes, the NUL counted */

struct mu_volunteer_entry {
    struct mu_volunteer volunteer;
    int64_t resident_id; /* the file that speaks for the person */
    char name[MU_PERSON_NAME_SIZE];
    char teams[MU_TEAM_WORDS_SIZE]; /* 小巷骑兵、小巷园丁; cut when longer */
    struct mu_volunteer_sum sum;
    int stars;
};

/* Called for each; false stops. Borrowed. The desk must not be called. */
typedef bool mu_volunteer_row(void *context, const struct mu_volunteer_entry *entry);

/* MU_REFUSED (right read_points), MU_STORE, MU_MEMORY. */
enum mu_status mu_list_volunteers(struct mu_desk *desk, const struct mu_volunteer_query *query,
                                  mu_volunteer_row *row, void *context,
                                  struct mu_error *error) MU_CHECKED;
/* How many are registered and have not left. MU_REFUSED (right read_points), MU_STORE. */
enum mu_status mu_count_volunteers(struct mu_desk *desk, int64_t *count,
                                   struct mu_error *error) MU_CHECKED;

/* The person's latest services that stand, at most `limit`. MU_INPUT, MU_REFUSED, MU_STORE. */
enum mu_status mu_list_latest_services(struct mu_desk *desk, int64_t resident_id, size_t limit,
                                       mu_latest_row *row, void *context,
                                       struct mu_error *error) MU_CHECKED;

/* The person's certificates, the latest first. MU_INPUT, MU_REFUSED, MU_STORE. */
enum mu_status mu_list_certificates_of(struct mu_desk *desk, int64_t resident_id,
                                       mu_certificate_row *row, void *context,
                                       struct mu_error *error) MU_CHECKED;

/* The person's awards, the first one first. MU_INPUT, MU_REFUSED, MU_STORE. */
enum mu_status mu_list_awards(struct mu_desk *desk, int64_t resident_id, mu_award_row *row,
                              void *context, struct mu_error *error) MU_CHECKED;

/* Gives an award of a month that has begun; gets id and day (today). The name is any: those of the
 * book are put forward by the tally. Recorded as an act: mu_undo takes it back.
 * MU_INPUT (no such file or name, the month is to come, the person has it), MU_REFUSED (right
 * manage_teams; never registered), MU_STORE. */
enum mu_status mu_give_award(struct mu_desk *desk, struct mu_award *award,
                             struct mu_error *error) MU_CHECKED;

/* A household's 家风指数. */
struct mu_family {
    int index;
    int months;              /* that count */
    struct mu_points earned; /* in them, by all who live there */
    struct mu_points balance;
    int volunteers;
};

/* What the people of a household who live there earned for it. `counts` is false, out->index 0,
 * where the book knows no services. MU_REFUSED (right read_points), MU_STORE. */
enum mu_status mu_read_family(struct mu_desk *desk, int64_t household_id, bool *counts,
                              struct mu_family *out, struct mu_error *error) MU_CHECKED;

#endif
