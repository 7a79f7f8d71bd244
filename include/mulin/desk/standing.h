/* What stands with somebody and ends, or is left to others, when the file ends: benefits, the head
 * of a household, whom others rely on. One list for every screen and command. */
#ifndef MULIN_DESK_STANDING_H
#define MULIN_DESK_STANDING_H

#include <mulin/base/message.h>
#include <mulin/desk/desk.h>
#include <mulin/domain/resident.h>

struct mu_standing_thing {
    enum mu_message sentence; /* with {0} and {1} */
    char first[MU_TAGS_SIZE], second[MU_PERSON_NAME_SIZE];
};

/* Called for each; false stops. Borrowed; the desk must not be called. */
typedef bool mu_standing_row(void *context, const struct mu_standing_thing *thing);

/* Tells everything that stands with the person: today, or on the day on which the file ended.
 *   with_household  everybody of the household goes at once: it needs no other head
 * MU_INPUT (no such file), MU_REFUSED (right), MU_STORE. */
enum mu_status mu_standing_things(struct mu_desk *desk, int64_t resident_id, bool with_household,
                                  mu_standing_row *row, void *context,
                                  struct mu_error *error) MU_CHECKED;

/* The thing in words. `out` has `size` bytes. */
void mu_standing_words(const struct mu_standing_thing *thing, enum mu_language language, char *out,
                       size_t size);

#endif
