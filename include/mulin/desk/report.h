/* The register counted: homes by use, people by age, tag and status, on any day. */
#ifndef MULIN_DESK_REPORT_H
#define MULIN_DESK_REPORT_H

#include <mulin/desk/desk.h>
#include <mulin/domain/place.h>
#include <mulin/domain/resident.h>

enum {
    MU_GROUP_NAME_SIZE = MU_TAGS_SIZE, /* of a grid, an estate, a tag */
    MU_AGE_BANDS = 9,                  /* and people whose birth date is not known */
    MU_SEXES = 3,                      /* not known, male, female */
    MU_RESIDENCES = 8,                 /* not known, and data/codes/residence.def */
    MU_DANGERS = 5,                    /* not examined, and the grades A to D */
    MU_OLD_BUILDING = 20               /* years behind which a building is told as old */
};

/* What was counted of a grid, an estate, those with a tag, an age band, or of everything. */
struct mu_register_group {
    char name[MU_GROUP_NAME_SIZE]; /* "": homes and people without a grid, without an estate */
    int64_t homes, by_occupancy[MU_OCCUPANCIES];
    int64_t people, by_sex[MU_SEXES]; /* who live there */
    int64_t elders, advanced;         /* of an age from the rule book's elder_from, 高龄 on */
};

/* Groups in the order in which people count; owned by the report. */
struct mu_register_groups {
    struct mu_register_group *group;
    size_t count, room;
};

struct mu_register_report {
    struct mu_date date;
    bool past;            /* the day is before today */
    struct mu_date began; /* the day from which on the records tell */
    bool disturbed;       /* others saved again and again while it was counted */
    int elder_from, advanced_age_from;
    struct mu_register_group all;
    int64_t moved_out, deceased; /* up to the day */
    int64_t by_residence[MU_RESIDENCES];
    struct mu_register_group ages[MU_AGE_BANDS + 1]; /* the last: birth date not known */
    struct mu_register_groups grids, estates;
    struct mu_register_groups tags; /* the most frequent first; 60+ 高龄 独居 空巢 among them */
    /* Places, as they are described now; without buildings from after the day. */
    int64_t estate_count, old_estates; /* old: its oldest building is, as far as known */
    int64_t buildings, old_buildings, dated_buildings, flood_points;
    int64_t by_danger[MU_DANGERS];
};

/* The ages of a band, from the youngest: *to is -1 for the last, which has no end. */
void mu_age_band(size_t band, int *from, int *to);

struct mu_register_counting;

/* Begins to count the register as it was at the end of `date` (not known: today).
 *
 * A person is one file: a file that speaks for a linked one counts once, one that was entered in
 * error not at all, nor one of before its first day in the register or before birth. A home is a
 * household that was not yet joined to another. Where somebody lived, how a home was used, to which
 * grid a building belonged and what tags were in force is told for the day itself. For a day before
 * the records began the people and homes of their first day are counted back.
 *
 * *out is owned by the caller (mu_register_counting_free), untouched on failure. MU_INPUT (a day in
 * the future), MU_REFUSED (right), MU_STORE, MU_MEMORY. */
enum mu_status mu_count_register(struct mu_desk *desk, struct mu_date date,
                                 struct mu_register_counting **out,
                                 struct mu_error *error) MU_CHECKED;

/* Counts on for a few milliseconds. *done is true when everything is counted. When another desk
 * saves meanwhile counting begins anew, lest somebody who moves is counted twice; when that happens
 * again and again it goes on and the report says so. After a failure it can be called again. */
enum mu_status mu_register_count_on(struct mu_register_counting *counting, bool *done,
                                    struct mu_error *error) MU_CHECKED;

/* Hundredths of the way, 0 to 100. */
int mu_register_counted(const struct mu_register_counting *counting);

/* The report, borrowed; whole when mu_register_count_on said so. */
const struct mu_register_report *mu_register_report(const struct mu_register_counting *counting);

void mu_register_counting_free(struct mu_register_counting **counting);

#endif
