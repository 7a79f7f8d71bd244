/* A synthetic community for demonstrations and measurements. Everybody in it is made up. */
#ifndef MULIN_DESK_DEMO_H
#define MULIN_DESK_DEMO_H

#include <mulin/desk/desk.h>

enum { MU_DEMO_PEOPLE = 600, MU_DEMO_LIMIT = 2000000 };

/* Fills an empty home with about `people` residents by the program's own import, with some meals of
 * today by its own check-in, adds three operators, and lets volunteers serve in the three months
 * before this one, two of which are closed. The same `people` give the same
 * community, everybody as old as then on whatever day it is made. ID numbers carry the division
 * code 990000, which belongs to nowhere.
 *   preset  "duyuan" has the homes, courtyards, grids and ages that this community published,
 *           "changan" and "zhonggeng" their volunteers
 *   people  0: 21,000 for duyuan, 2,400 for changan, 1,200 for zhonggeng, MU_DEMO_PEOPLE for every
 *           other; of fewer people fewer volunteer
 * MU_STORE, MU_MEMORY. */
enum mu_status mu_fill_demo(struct mu_desk *desk, const char *preset, size_t people,
                            struct mu_error *error) MU_CHECKED;

/* Makes a home of made-up people: like mu_home_create, and filled by mu_fill_demo before it has its
 * name, in the folder demo.tmp of the home. Killed at any moment there is the whole demo home or
 * none. MU_INPUT (unknown preset, home exists), MU_STORE, MU_MEMORY. */
enum mu_status mu_demo_create(const struct mu_desk_options *options, const char *preset,
                              size_t people, struct mu_error *error) MU_CHECKED;

/* The PIN of one of the demo's operators, to be shown at sign-in; "" in every other home and for
 * everybody else. Static. */
const char *mu_demo_pin(const struct mu_desk *desk, const char *name);

#endif
