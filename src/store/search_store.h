/* The keys that people are found by: what they are, and how they are kept.
 *
 * A token begins with its shelf, so that one range read of a shelf is in order of rank:
 *   1  whole names: characters, pinyin, initials        2  parts and other readings of names
 *   3  phones back to front
 *   4  last 4, 5 and 6 characters of the ID number, as marks that only the key can make
 *   c  card number                                      r  building-room, building-unit-room
 *   p  the same of homes that were left */
#ifndef MULIN_SRC_STORE_SEARCH_STORE_H
#define MULIN_SRC_STORE_SEARCH_STORE_H

#include "base/seal.h"
#include "store/db.h"

#include <mulin/domain/resident.h>

enum {
    MU_SEARCH_TOKENS = 40,     /* keys of one person at most */
    MU_SEARCH_TOKEN_SIZE = 80, /* bytes, NUL counted */
    MU_SEARCH_ID_TAIL = 6,     /* characters of the ID number in the longest mark */
};

enum mu_search_shelf {
    MU_SHELF_WHOLE = '1',
    MU_SHELF_PART = '2',
    MU_SHELF_PHONE = '3',
    MU_SHELF_TAIL = '4',
    MU_SHELF_CARD = 'c',
    MU_SHELF_PAST = 'p',
    MU_SHELF_ROOM = 'r'
};

/* The tails' shelf, for statements. */
#define MU_SEARCH_TAILS_FROM "'4'"
#define MU_SEARCH_TAILS_TO "'5'"

struct mu_search_tokens {
    size_t count;
    char token[MU_SEARCH_TOKENS][MU_SEARCH_TOKEN_SIZE];
};

/* All keys of a resident, none twice; without `marks` (NULL) those of the ID number are left out. A
 * file entered in error has none. */
void mu_search_tokens(const struct mu_resident *resident, const struct mu_seal_keys *marks,
                      struct mu_search_tokens *out);
/* Of those the keys of the card and the address. */
void mu_search_home_tokens(const struct mu_resident *resident, struct mu_search_tokens *out);
/* Adds those of the ID number. */
void mu_search_tail_tokens(const struct mu_seal_keys *keys, const char *id_number,
                           struct mu_search_tokens *out);
/* Adds those of an address, on a shelf for rooms. */
void mu_search_room_tokens(char shelf, const char *building, const char *unit, const char *room,
                           struct mu_search_tokens *out);
/* Adds those of phones, whole. */
void mu_search_phone_tokens(const char *phones, struct mu_search_tokens *out);
/* Copies an ASCII text of this length back to front into `out` of `size` bytes. */
void mu_search_reverse(const char *text, size_t length, char *out, size_t size);
/* The digits of a phone number without its dashes and its plus sign; how many. */
size_t mu_search_digits(const char *text, size_t length, char *out, size_t size);

/* Writes the keys that `after` has and `before` (may be NULL: a new file) has not, and takes away
 * the others. Inside the caller's transaction. */
enum mu_status mu_search_store_keys(struct mu_db *db, const struct mu_resident *before,
                                    const struct mu_resident *after,
                                    struct mu_error *error) MU_CHECKED;

/* After a home was noted as left, or no longer is: the keys of it. Inside the caller's transaction.
 */
enum mu_status mu_search_store_past(struct mu_db *db, int64_t resident_id, int64_t household_id,
                                    struct mu_error *error) MU_CHECKED;
/* The keys of all homes that were ever left; those that are there stay. */
enum mu_status mu_search_store_all_past(struct mu_db *db, struct mu_error *error) MU_CHECKED;

/* Everybody's homes that were left, of each person together: resident_id, building, unit, room. */
#define MU_SEARCH_PAST_HOMES                                                                       \
    "SELECT x.resident_id, p.building, p.unit, p.room FROM residence_past x"                       \
    " JOIN household h ON h.household_id = x.household_id"                                         \
    " JOIN place p ON p.place_id = h.place_id ORDER BY x.resident_id"
/* The keys of such a home, whose columns building, unit and room begin here. */
void mu_search_past_tokens(const struct mu_query *query, int column, struct mu_search_tokens *out);

/* Whether the person has left some home with this key: two homes can share one. */
enum mu_status mu_search_has_left(struct mu_db *db, int64_t resident_id, const char *token,
                                  bool *left, struct mu_error *error) MU_CHECKED;

/* *sound: the keys in the file are those of mu_search_tokens and of the homes that were left for
 * everybody, none more, none less. On a connection without a vault those of ID numbers are not
 * looked at. */
enum mu_status mu_search_check(struct mu_db *db, bool *sound, struct mu_error *error) MU_CHECKED;

#endif
