/* The spreadsheet of a made-up community, line by line. */
#ifndef MULIN_SRC_DESK_DEMO_PEOPLE_H
#define MULIN_SRC_DESK_DEMO_PEOPLE_H

#include <mulin/desk/desk.h>
#include <mulin/domain/household.h>

#include <stdio.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define PICK(demo, table) (table)[demo_below(demo, COUNT(table))]

struct demo {
    uint64_t state; /* of splitmix64 */
    struct mu_date today;
    bool exact;     /* people are of their age today, to the day */
    uint16_t *born; /* people of each birth date and sex; keeps ID numbers apart */
    size_t people, homes, dealt;
    const char *place; /* in the numbers of certificates */
    FILE *file;
};

struct demo_member {
    const char *surname, *relation;
    int age;
    bool male;
};

struct demo_home {
    char estate[MU_PLACE_SIZE], building[MU_PLACE_SIZE], unit[MU_PLACE_SIZE], room[MU_PLACE_SIZE];
    char grid[MU_WORD_SIZE];
    size_t number;
    int occupancy; /* data/codes/occupancy.def */
};

/* A number below `limit`. */
size_t demo_below(struct demo *demo, size_t limit);
bool demo_chance(struct demo *demo, size_t percent);
const char *demo_surname(struct demo *demo);
/* A name of two or three characters. `out` has MU_PERSON_NAME_SIZE bytes. */
void demo_name(struct demo *demo, char *out);

/* Adds somebody to the spreadsheet. */
void demo_write_member(struct demo *demo, const struct demo_home *home,
                       const struct demo_member *member);

/* Writes a new spreadsheet: its headings, then what `write` adds. MU_STORE, MU_MEMORY. */
enum mu_status demo_spreadsheet(struct demo *demo, const char *path,
                                void (*write)(struct demo *demo, void *context), void *context,
                                struct mu_error *error) MU_CHECKED;

/* Menus for the next days, and old people who order (demo_orders.c). */
enum mu_status demo_orders(struct mu_desk *desk, struct mu_error *error) MU_CHECKED;

/* Who serves in the community of a preset, in which teams, what they did in the months before this
 * one and the months that were closed (demo_points.c); `people` as of mu_fill_demo. Wants the
 * operators. */
enum { CHANGAN_PEOPLE = 2400, ZHONGGENG_PEOPLE = 1200 };
#define DEMO_TALLY "周洋"     /* who approves a month, */
#define DEMO_TALLY_PIN "2468" /* and with what */
enum mu_status demo_points(struct mu_desk *desk, const char *preset, size_t people,
                           struct mu_error *error) MU_CHECKED;
/* Goods on the shelf, and what some of the volunteers took (demo_goods.c). */
enum mu_status demo_goods(struct mu_desk *desk, const int64_t *volunteers, size_t count,
                          struct mu_error *error) MU_CHECKED;
#define DEMO_MEDIATOR "王阿福" /* who mediates, and signs in */
/* Mediators, and their cases of the year up to today (demo_mediation.c). Wants the operators. */
enum mu_status demo_mediation(struct mu_desk *desk, const char *preset,
                              struct mu_error *error) MU_CHECKED;
/* How many people the community of a preset has when nothing is told. */
size_t demo_points_people(const char *preset);

/* The figures that Duyuan published, dealt out (demo_duyuan.c). */
enum { DUYUAN_PEOPLE = 21000 };
struct duyuan;
enum mu_status duyuan_new(struct duyuan **out, size_t people, struct mu_date today,
                          struct mu_error *error) MU_CHECKED;
void duyuan_free(struct duyuan **duyuan);
/* For demo_spreadsheet: everybody; the context is the struct duyuan. */
void duyuan_write(struct demo *demo, void *context);
/* Adds vacant homes, buildings and grids, in a transaction of its own. */
struct mu_db;
enum mu_status duyuan_furnish(const struct duyuan *duyuan, struct mu_db *db,
                              struct mu_error *error) MU_CHECKED;

#endif
