/* Who mediates here. */
#ifndef MULIN_DESK_MEDIATOR_H
#define MULIN_DESK_MEDIATOR_H

#include <mulin/desk/desk.h>
#include <mulin/domain/mediator.h>

/* A mediator with what they have in hand. */
struct mu_mediator_entry {
    struct mu_mediator mediator;
    int64_t open, year; /* cases at work; cases of this year in all */
};

/* Called for each, by team and name; false stops. Borrowed; the desk must not be called. */
typedef bool mu_mediator_row(void *context, const struct mu_mediator_entry *entry);

/* Those at work, with `ended` all that ever were. MU_REFUSED (the right list_cases), MU_STORE. */
enum mu_status mu_list_mediators(struct mu_desk *desk, bool ended, mu_mediator_row *row,
                                 void *context, struct mu_error *error) MU_CHECKED;

/* By id, those who have left too; or (id 0) by name, those who are there before those who have
 * left. MU_INPUT (none, or more than one of the name), MU_REFUSED (the right list_cases), MU_STORE.
 */
enum mu_status mu_read_mediator(struct mu_desk *desk, int64_t id, const char *name,
                                struct mu_mediator *out, struct mu_error *error) MU_CHECKED;

/* The mediator as whom the operator at the desk works today; id 0 when they are none. MU_STORE. */
enum mu_status mu_own_mediator(struct mu_desk *desk, struct mu_mediator *out,
                               struct mu_error *error) MU_CHECKED;

/* Adds (id 0) or changes one; an act that can be taken back. operator_name says as who they sign in
 * (operator_id follows from it), resident_id which file is theirs.
 *   field  may be NULL; gets the key of the field at fault, static, or NULL
 * MU_INPUT, MU_REFUSED (the right manage_mediators; changed since by another desk), MU_STORE. */
enum mu_status mu_save_mediator(struct mu_desk *desk, struct mu_mediator *mediator,
                                const char **field, struct mu_error *error) MU_CHECKED;

/* How close the mediator is to any party of the case that has a file: the closest. Files that are
 * one person's count together; who has no file is close to nobody that the register knows.
 *   party  may be NULL; gets the number of that party, or 0
 * MU_STORE, MU_MEMORY. */
enum mu_status mu_mediator_closeness(struct mu_desk *desk, const struct mu_mediator *mediator,
                                     const struct mu_case *mediated, enum mu_closeness *out,
                                     int *party, struct mu_error *error) MU_CHECKED;

#endif
