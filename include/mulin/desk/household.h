/* Households at the desk: their page, their form, and the moves between them. */
#ifndef MULIN_DESK_HOUSEHOLD_H
#define MULIN_DESK_HOUSEHOLD_H

#include <mulin/desk/desk.h>
#include <mulin/domain/household.h>

/* Somebody on the page of a household. */
struct mu_page_member {
    struct mu_resident resident; /* numbers masked */
    bool here;                   /* false: moved to another household on `until` */
    struct mu_date until;
    int meals; /* in this month */
};

/* Everything of a household that stands on one page; of one state of the records. */
struct mu_household_page {
    struct mu_household household; /* phone masked */
    struct mu_page_member *member; /* owned; who lives here first, the head before all */
    size_t member_count;
    struct mu_occupancy_past *past; /* owned; newest first */
    size_t past_count;
    int ordering, missed; /* of the people here: who have meals ordered; whose alert is open */
    size_t neighbours;    /* other households at the same address */
};

/* MU_INPUT (no such household), MU_REFUSED (right), MU_STORE, MU_MEMORY. Clear it. */
enum mu_status mu_read_household(struct mu_desk *desk, int64_t id, struct mu_household_page *out,
                                 struct mu_error *error) MU_CHECKED;
void mu_household_page_clear(struct mu_household_page *page);

/* Saves the fields of the form: a new household at a new or empty address (id 0), which may stand
 * vacant without anybody, or a change (id and version as read). A change of the occupancy leaves
 * the one before in the history, until the day before the new one began (unknown: today).
 *   field  may be NULL; gets the key of the field that is at fault, static, or NULL
 * MU_INPUT (a field; there is such a household; no address), MU_REFUSED (right; another desk
 * changed it meanwhile), MU_STORE. Afterwards `household` holds what was saved, phone masked. */
enum mu_status mu_save_household(struct mu_desk *desk, struct mu_household *household,
                                 const char **field, struct mu_error *error) MU_CHECKED;

/* Who moves where, or who is head from now on: made by mu_plan_move or mu_plan_head, looked
 * through and completed by a person, carried out by mu_move. Nothing is kept between the two: what
 * another desk did meanwhile is found by the versions. */
struct mu_move_step {
    int64_t resident_id;
    int version;
    char name[MU_PERSON_NAME_SIZE];
    bool moves;   /* false: stays, and only the relation changes */
    int relation; /* to the head afterwards, GB/T 4761; 0: does not follow and is to be asked */
};

enum { MU_MOVE_PEOPLE = 64 };

struct mu_move {
    struct mu_household to; /* address and number; the household there if there is one */
    int64_t from;           /* the household that is left, or whose head changes */
    struct mu_date day;
    bool joins; /* nobody stays behind: the household left becomes part of the other */
    size_t count;
    struct mu_move_step step[MU_MOVE_PEOPLE];
};

/* Plans the move of `count` people of one household to the address and number in `to` (the rest of
 * it is not read): a split, a move within the community, or, when all go where people live already,
 * a joining. Who moves to an empty home takes the relations along when the head goes with them;
 * otherwise the first of them becomes head. Who moves in with others must be asked. Those who stay
 * behind without a head get the eldest adult for one.
 * MU_INPUT (nobody, too many, people of several households or who do not live here, no address, the
 * address that they live at), MU_REFUSED (right), MU_STORE. */
enum mu_status mu_plan_move(struct mu_desk *desk, const int64_t *resident_ids, size_t count,
                            const struct mu_household *to, struct mu_move *out,
                            struct mu_error *error) MU_CHECKED;

/* Plans that a member becomes head. MU_INPUT (no member who lives here), MU_REFUSED, MU_STORE. */
enum mu_status mu_plan_head(struct mu_desk *desk, int64_t household_id, int64_t resident_id,
                            struct mu_move *out, struct mu_error *error) MU_CHECKED;

/* Carries a plan out, as one act. Relations that are still 0 stay unknown. MU_INPUT (a day after
 * today, two heads), MU_REFUSED (right; another desk changed a file meanwhile), MU_STORE. */
enum mu_status mu_move(struct mu_desk *desk, const struct mu_move *move,
                       struct mu_error *error) MU_CHECKED;

/* Ends the files of everybody who lives in the household, on one day: they moved out; or takes that
 * back for those who moved out on the day on which the last of them did. One act. MU_INPUT (nobody
 * is left, nobody moved out; a day after today), MU_REFUSED, MU_STORE. */
enum mu_status mu_household_out(struct mu_desk *desk, int64_t household_id, struct mu_date day,
                                struct mu_error *error) MU_CHECKED;
enum mu_status mu_household_back(struct mu_desk *desk, int64_t household_id,
                                 struct mu_error *error) MU_CHECKED;

#endif
