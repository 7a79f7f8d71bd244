/* Finding at the desk: people and households by whatever is known of them, and the files that one
 * comes back to. */
#ifndef MULIN_DESK_FIND_H
#define MULIN_DESK_FIND_H

#include <mulin/desk/register.h>
#include <mulin/domain/finding.h>

enum { MU_FIND_WORDS = 6, MU_FIND_LIMIT = 1000 };

/* People by what is their own today, best first (exact, then beginning, then part), each once: for
 * a counter, where somebody stands.
 *   query  words separated by blanks, all of which must fit: a name or part of it, pinyin,
 *          initials, 4 or more last digits of a phone or ID number, a card, a room (3-201, 3栋201)
 *          (at most MU_FIND_WORDS words in 255 bytes; nobody answers to more)
 *   limit  at most MU_FIND_LIMIT
 *   row    must not call the desk: the records are being read
 * An empty query finds nobody. MU_STORE. */
enum mu_status mu_find_residents(struct mu_desk *desk, const char *query, size_t limit,
                                 mu_resident_row *row, void *context,
                                 struct mu_error *error) MU_CHECKED;

/* The one who is meant, for a counter or a command: a card or a whole ID number means that person,
 * otherwise just one must answer to the query, or one of this very name.
 *   out  as a row of a list at least, numbers masked; a file that another one speaks for may be
 *        it, when its own card was scanned. Untouched unless MU_OK
 * MU_REFUSED (right find_resident; nobody, several, a card that was replaced), MU_STORE. */
enum mu_status mu_find_person(struct mu_desk *desk, const char *who, struct mu_resident *out,
                              struct mu_error *error) MU_CHECKED;

/* What was found, and why. */
struct mu_finding {
    int64_t household_id; /* a household; 0: a person */
    /* The person as lists show one: name, sex, birth date, phone, address, household, card, tags
     * without computed ones, whether the file is ended; the rest is in the file (register.h). Of a
     * household its address and number, and the name of its head ("": nobody lives there). */
    struct mu_resident resident;
    size_t members;   /* of the household, who live there */
    size_t why_count; /* a reason for each word */
    struct mu_why why[MU_FIND_WORDS];
};

/* Called for each; false stops. Borrowed; must not call the desk. */
typedef bool mu_finding_row(void *context, const struct mu_finding *finding);

/* Where several words each mean very many people, these are compared one by one. */
enum mu_find_effort {
    MU_FIND_ALL,   /* all of them */
    MU_FIND_QUICK, /* as many as take some milliseconds, while somebody types */
    MU_FIND_FIRST  /* as many as nobody feels to wait for: what is found stands first in the quick
                    * answer, too, which follows when no key waits */
};

struct mu_find_request {
    const char *query; /* as above; borrowed */
    size_t limit;      /* at most MU_FIND_LIMIT */
    enum mu_find_effort effort;
};

/* Everything: besides what mu_find_residents reads, tag words (独居, duju, 困境 for 困境家庭, 70+;
 * of people who live here), homes that somebody lived in before, and the number of a household:
 * with 户 before it also its beginning. A number alone finds the household, with other words the
 * people of it. Letters and zeros before a number may be left out.
 *   cut  true: there may be more than were compared
 * MU_STORE. */
enum mu_status mu_find(struct mu_desk *desk, const struct mu_find_request *request,
                       mu_finding_row *row, void *context, bool *cut,
                       struct mu_error *error) MU_CHECKED;

enum { MU_RECENT_FILES = 20 };

/* Remembers that the operator opened the file. Soon: nobody waits for another desk for that.
 * MU_STORE. */
enum mu_status mu_remember_file(struct mu_desk *desk, int64_t resident_id,
                                struct mu_error *error) MU_CHECKED;
/* The files that the operator opened last, the newest first, at most MU_RECENT_FILES; those entered
 * in error left out. `row` must not call the desk. MU_STORE. */
enum mu_status mu_recent_files(struct mu_desk *desk, mu_resident_row *row, void *context,
                               struct mu_error *error) MU_CHECKED;

#endif
