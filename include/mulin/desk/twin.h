/* Twins: files that may be of one person, and what is decided about them. */
#ifndef MULIN_DESK_TWIN_H
#define MULIN_DESK_TWIN_H

#include <mulin/desk/desk.h>
#include <mulin/desk/register.h>
#include <mulin/domain/twin.h>

/* Called for each file that may be of the same person, the most alike first, with the reasons (enum
 * mu_twin_reason); false stops. The other file is borrowed and masked. The desk may be called. */
typedef bool mu_twin_row(void *context, const struct mu_resident *other, unsigned reasons);

enum { MU_TWINS_MOST = 50 }; /* that are told of one person */

/* Who in the register may be this person. Left out are people who died (but for the same ID
 * number), files entered in error, and those that were declared to be of another person. In place
 * of a file that another one speaks for stands that one.
 *   resident  a file as given out (numbers may be masked), or with id 0 what was typed so far: any
 *             of name, ID number (also one that is refused for a slip), birth date, phone
 * MU_REFUSED (the right to find people), MU_STORE. */
enum mu_status mu_find_twins(struct mu_desk *desk, const struct mu_resident *resident,
                             mu_twin_row *row, void *context, struct mu_error *error) MU_CHECKED;

/* Two files of the register that look alike; the one with the smaller number first. */
struct mu_twin_pair {
    unsigned reasons;
    struct mu_resident first, second; /* masked, without notes */
};
/* The pair is borrowed; false stops. */
typedef bool mu_twin_pair_row(void *context, const struct mu_twin_pair *pair);

/* A walk through the whole register, in slices, so that nobody waits for the end of it. Begin with
 * all members 0. */
struct mu_twin_walk {
    int64_t after;       /* the file up to which it was walked */
    int64_t done, total; /* files, for progress */
    bool ended;
};

/* Walks over the next `files` files and tells each pair that is neither linked nor declared
 * different once. What other desks change meanwhile is seen behind the walker only by walking
 * again. MU_REFUSED (the right to find people), MU_STORE; then the walk stands where it stood. */
enum mu_status mu_walk_twins(struct mu_desk *desk, struct mu_twin_walk *walk, size_t files,
                             mu_twin_pair_row *row, void *context,
                             struct mu_error *error) MU_CHECKED;

/* The verdicts of this kind in force, or with MU_VERDICT_NONE all that was ever decided, also what
 * was taken back; newest first. The row must not call the desk. MU_REFUSED, MU_STORE. */
enum mu_status mu_list_verdicts(struct mu_desk *desk, enum mu_verdict verdict,
                                mu_twin_verdict_row *row, void *context,
                                struct mu_error *error) MU_CHECKED;

/* Links two files as one person. Both are kept as they are; from now on `leading` speaks for
 * `other`: finding leads to it, a meal with the card of either is served to it, tags of both count.
 *   reason  may be "" or NULL
 * MU_INPUT (no such file, one and the same), MU_REFUSED (right; `other` is linked already or speaks
 * for a third; `leading` is linked itself; declared two people; one died and one did not),
 * MU_STORE. */
enum mu_status mu_link_twins(struct mu_desk *desk, int64_t leading, int64_t other,
                             const char *reason, struct mu_error *error) MU_CHECKED;

/* What happened under a link, which no taking back divides between the two. */
struct mu_twin_since {
    int64_t leading, other;
    char leading_name[MU_PERSON_NAME_SIZE], other_name[MU_PERSON_NAME_SIZE];
    int meals;                          /* served to the leading file, not voided */
    int other_payments;                 /* entries on the card and monthly account of the other */
    int leading_changes, other_changes; /* acts that changed each file */
};

/* What happened since the file `other` was linked. MU_INPUT (no such file), MU_REFUSED (right; it
 * is not linked), MU_STORE. */
enum mu_status mu_read_twin_since(struct mu_desk *desk, int64_t other, struct mu_twin_since *out,
                                  struct mu_error *error) MU_CHECKED;
/* That in sentences, each on a line of its own. */
void mu_twin_since_words(const struct mu_twin_since *since, enum mu_language language, char *out,
                         size_t size);

/* Takes the link of the file `other` back: each stands for itself again, as before. What was served
 * or changed meanwhile stays where it was written, and is told.
 *   since  may be NULL
 * Errors as mu_read_twin_since. */
enum mu_status mu_unlink_twin(struct mu_desk *desk, int64_t other, struct mu_twin_since *since,
                              struct mu_error *error) MU_CHECKED;

/* Declares that the two are different people: nobody is warned of them again. Errors as
 * mu_link_twins. */
enum mu_status mu_declare_different(struct mu_desk *desk, int64_t a, int64_t b, const char *reason,
                                    struct mu_error *error) MU_CHECKED;
/* Takes that back. MU_REFUSED when they were not. */
enum mu_status mu_withdraw_different(struct mu_desk *desk, int64_t a, int64_t b,
                                     struct mu_error *error) MU_CHECKED;

/* The files that this one speaks for, masked. MU_REFUSED, MU_STORE. */
enum mu_status mu_list_linked(struct mu_desk *desk, int64_t leading, mu_resident_row *row,
                              void *context, struct mu_error *error) MU_CHECKED;

#endif
