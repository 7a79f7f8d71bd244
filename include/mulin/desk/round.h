/* Delivery rounds: who brings the ordered meals to which doors, and what they tell of them. */
#ifndef MULIN_DESK_ROUND_H
#define MULIN_DESK_ROUND_H

#include <mulin/desk/canteen.h>
#include <mulin/desk/order.h>
#include <mulin/domain/round.h>

/* The doors that a call is about; NULL everywhere: all of them. */
struct mu_doors {
    const char *estate, *building; /* borrowed; compared as people write them: 3栋 is 3幢 */
};

/* Puts the doors whose order for the session of the day is to be delivered, and which stand on no
 * round yet, on the courier's round; it is made when there is none. NULL session: the
 * only one, and of today the one that is open or opens next.
 *   courier  the name of a volunteer
 *   round    may be NULL; gets the round as it then stands
 *   added    may be NULL; gets how many doors came to it
 * MU_INPUT (no courier, no such session, nothing left to be brought), MU_REFUSED (right), MU_STORE,
 * MU_MEMORY. */
enum mu_status mu_make_round(struct mu_desk *desk, struct mu_date date, const char *session,
                             const char *courier, const struct mu_doors *doors,
                             struct mu_round *round, size_t *added,
                             struct mu_error *error) MU_CHECKED;

/* Gives doors of a round, of which nobody has told yet, to another courier of the same session: all
 * of them join two rounds, those of a building split one. `moved` may be NULL. Errors as above. */
enum mu_status mu_move_stops(struct mu_desk *desk, int64_t round_id, const struct mu_doors *doors,
                             const char *courier, size_t *moved, struct mu_error *error) MU_CHECKED;

/* Called for each; false stops. Borrowed. */
typedef bool mu_round_row(void *context, const struct mu_round *round);
/* The rounds of a day that have doors. MU_REFUSED (right read_orders), MU_STORE, MU_MEMORY. */
enum mu_status mu_list_rounds(struct mu_desk *desk, struct mu_date date, mu_round_row *row,
                              void *context, struct mu_error *error) MU_CHECKED;
/* MU_INPUT when there is no such round. */
enum mu_status mu_read_round(struct mu_desk *desk, int64_t round_id, struct mu_round *out,
                             struct mu_error *error) MU_CHECKED;

/* A door with what is brought there. */
struct mu_stop_at {
    struct mu_stop stop;
    struct mu_resident resident; /* masked */
    bool cancelled;              /* the order was taken back after the round was made */
    char dish[MU_DISH_SIZE];
    char diet[MU_NOTE_SIZE];
    char note[MU_NOTE_SIZE]; /* of the order */
};

/* The doors of a round; owned. */
struct mu_stops {
    struct mu_stop_at *at;
    size_t count;
};
void mu_stops_clear(struct mu_stops *stops);

/* Reads them in the order of the way: estate, building, unit, room as people count them. *out is
 * owned (mu_stops_clear), untouched on failure. MU_INPUT (no such round), MU_REFUSED, MU_STORE,
 * MU_MEMORY. */
enum mu_status mu_read_stops(struct mu_desk *desk, int64_t round_id, struct mu_stops *out,
                             struct mu_error *error) MU_CHECKED;

/* The round and its doors for the courier's list, which leaves the desk: it is noted in the trail.
 *   target  where it goes: a file, "-"
 * Errors as above. */
enum mu_status mu_take_out_round(struct mu_desk *desk, int64_t round_id, const char *target,
                                 struct mu_round *round, struct mu_stops *stops,
                                 struct mu_error *error) MU_CHECKED;

/* What the courier tells of a door. */
struct mu_stop_told {
    int delivery; /* enum mu_delivery */
    enum mu_pay_method method;
    const char *told;   /* in words; may be NULL */
    const char *reason; /* why what was entered before was wrong; NULL: nothing was */
};

struct mu_stop_answer {
    struct mu_stop stop; /* as it then stands */
    char name[MU_PERSON_NAME_SIZE];
    struct mu_meal_answer meal; /* of a meal that was delivered; refusal: why it is in no account */
    bool alert;                 /* nobody answered, and an alert was opened */
};

/* Writes down what the courier told, in one transaction with what follows from it: a delivered meal
 * is served as at the counter, on the day of its session and whatever the hour; a door that stayed
 * shut is an alert. That somebody is well is written down also when the meal cannot be posted any
 * more because its session was closed, it was had already, or the file has ended: answer->meal says
 * so. What was entered before is corrected only with a reason, and a meal that was posted for it is
 * voided within its limits; an alert stays until it is answered.
 *   answer  may be NULL
 * MU_INPUT (no such stop, no such outcome, a day to come, told already and no reason, nothing
 * changes), MU_REFUSED (right; the card does not reach; the meal can no longer be voided),
 * MU_STORE. */
enum mu_status mu_tell_stop(struct mu_desk *desk, int64_t stop_id, const struct mu_stop_told *told,
                            struct mu_stop_answer *answer, struct mu_error *error) MU_CHECKED;

struct mu_rounds_left {
    int64_t not_told;  /* doors of which nobody has told */
    size_t unassigned; /* orders to be delivered that stand on no round */
};
/* What is left of a session of the day, or (NULL) of all of them. MU_REFUSED (right read_orders),
 * MU_STORE, MU_MEMORY. */
enum mu_status mu_read_rounds_left(struct mu_desk *desk, struct mu_date date, const char *session,
                                   struct mu_rounds_left *out, struct mu_error *error) MU_CHECKED;

#endif
