/* Places, households and residents in the record file. No decisions here: the desk takes them. */
#ifndef MULIN_SRC_STORE_REGISTER_STORE_H
#define MULIN_SRC_STORE_REGISTER_STORE_H

#include "base/seal.h"
#include "store/db.h"

#include <mulin/domain/resident.h>

/* The columns of a resident's file in the order that mu_resident_from_row reads them, and the
 * tables that they come from; a string literal to build statements with. */
#define MU_RESIDENT_COLUMNS                                                                        \
    "r.resident_id, r.household_id, r.version, r.name, r.id_number, r.sex, r.birth_date, r.phone," \
    " p.estate, p.building, p.unit, p.room, h.number, r.relation, h.occupancy, r.residence,"       \
    " r.occupation, r.tags, r.card, h.grid, r.note, r.status, r.ended_on, r.linked_to,"            \
    " r.ethnic_group, r.marital_status"
enum { MU_RESIDENT_COLUMN_COUNT = 26 }; /* columns behind these begin here */
#define MU_RESIDENT_TABLES                                                                         \
    "resident r LEFT JOIN household h ON h.household_id = r.household_id"                          \
    " LEFT JOIN place p ON p.place_id = h.place_id"

/* How much of a row is opened: a list does not pay for what it does not show. */
enum mu_opened {
    MU_OPEN_NOTHING, /* no ID number, no note */
    MU_OPEN_NUMBER,
    MU_OPEN_ALL
};

/* Reads the current row of a query whose columns begin with MU_RESIDENT_COLUMNS, the tags as they
 * are stored (mu_tags_on). What does not fit
 * is cut, what stays closed or does not open is "", and the resident marked incomplete. */
void mu_resident_from_row(const struct mu_query *query, enum mu_opened opened,
                          struct mu_resident *out);

/* The sealed values of a resident's row. */
struct mu_sealed_resident {
    size_t number_length, note_length; /* bytes; 0: none, stored as NULL */
    unsigned char lookup[MU_SEAL_LOOKUP];
    unsigned char number[MU_ID_NUMBER_SIZE + MU_SEAL_MORE], note[MU_NOTE_SIZE + MU_SEAL_MORE];
};

/* Seals them for the row of this number; either text may be "". */
void mu_register_seal(const struct mu_seal_keys *keys, int64_t id, const char *id_number,
                      const char *note, struct mu_sealed_resident *out);
/* Binds them under these numbers; borrowed until mu_query_end. */
void mu_register_bind_sealed(struct mu_query *query, const struct mu_sealed_resident *sealed,
                             int number, int lookup, int note);

/* Each: *found says whether there is one; *out is untouched if not. By card nothing sealed is
 * opened: that is for the check-in. */
enum mu_status mu_register_by_id(struct mu_db *db, int64_t id, bool *found, struct mu_resident *out,
                                 struct mu_error *error) MU_CHECKED;
enum mu_status mu_register_by_id_number(struct mu_db *db, const char *id_number, bool *found,
                                        struct mu_resident *out, struct mu_error *error) MU_CHECKED;
enum mu_status mu_register_by_card(struct mu_db *db, const char *card, bool *found,
                                   struct mu_resident *out, struct mu_error *error) MU_CHECKED;

/* Called for each row; false stops. The resident is borrowed. */
typedef bool mu_register_row(void *context, const struct mu_resident *resident);

/* People of this very name and birth date (an unknown birth date matches an unknown one only);
 * files entered in error left out. */
enum mu_status mu_register_namesakes(struct mu_db *db, const char *name, struct mu_date birth_date,
                                     mu_register_row *row, void *context,
                                     struct mu_error *error) MU_CHECKED;
/* The files that this one speaks for, with nothing sealed opened. */
enum mu_status mu_register_linked(struct mu_db *db, int64_t leading, mu_register_row *row,
                                  void *context, struct mu_error *error) MU_CHECKED;
/* Everybody of a household, the head first, with nothing sealed opened. */
enum mu_status mu_register_household(struct mu_db *db, int64_t household_id, mu_register_row *row,
                                     void *context, struct mu_error *error) MU_CHECKED;
/* The page of residents after `after_id` in order of their numbers, at most `limit`, with nothing
 * sealed opened; files entered in error and those that another one speaks for left out. */
enum mu_status mu_register_page(struct mu_db *db, int64_t after_id, int64_t limit,
                                mu_register_row *row, void *context,
                                struct mu_error *error) MU_CHECKED;
/* How many stand in the register with status living here, and in all; files entered in error and
 * those that another one speaks for left out. */
enum mu_status mu_register_count(struct mu_db *db, int64_t *living, int64_t *all,
                                 struct mu_error *error) MU_CHECKED;

/* Where a household is: its address and number, "" for what has none. Borrowed. */
struct mu_home_key {
    const char *estate, *building, *unit, *room, *number;
};
/* Borrowed from the resident. */
struct mu_home_key mu_home_of(const struct mu_resident *resident);

/* What stands there. */
struct mu_home {
    int64_t place_id;     /* 0: the address is new */
    int64_t household_id; /* 0: no household of this number */
    int64_t joined_into;  /* 0: it is one; else it is on no list (struct mu_household) */
    int occupancy;
    char grid[MU_WORD_SIZE];
};
enum mu_status mu_register_find_home(struct mu_db *db, const struct mu_home_key *key,
                                     struct mu_home *out, struct mu_error *error) MU_CHECKED;
/* Makes the household of the resident's address and number, which are new; the place too when
 * `place_id` is 0. Sets household_id. */
enum mu_status mu_register_add_home(struct mu_db *db, int64_t place_id,
                                    struct mu_resident *resident,
                                    struct mu_error *error) MU_CHECKED;
/* Somebody lives there again: it is a household of its own. */
enum mu_status mu_register_open_home(struct mu_db *db, int64_t household_id,
                                     struct mu_error *error) MU_CHECKED;
/* Takes a household off the lists that stood in the register only for files that were taken back:
 * nobody belongs or belonged to it, it is not vacant, and nobody made it as a home or wrote more
 * into it. */
enum mu_status mu_register_forget_home(struct mu_db *db, int64_t household_id,
                                       struct mu_error *error) MU_CHECKED;

/* The household of the resident's address and number: found, or made, or opened again when it had
 * become part of another; its occupancy and grid are set when the resident's are known.
 * household_id becomes 0 when there is neither address nor number. Inside the caller's transaction.
 *   changed  as of mu_register_set_household */
enum mu_status mu_register_place_household(struct mu_db *db, struct mu_resident *resident,
                                           const struct mu_moment *changed,
                                           struct mu_error *error) MU_CHECKED;

/* Sets occupancy and grid of the resident's household to the resident's, unknown ones too.
 *   changed  when the home began to be used otherwise: the use before stays in its past; NULL: it
 *            never was used as it says now */
enum mu_status mu_register_set_household(struct mu_db *db, const struct mu_resident *resident,
                                         const struct mu_moment *changed,
                                         struct mu_error *error) MU_CHECKED;
/* The home was not used otherwise from that moment on after all: forgets what was noted then. */
enum mu_status mu_register_forget_use(struct mu_db *db, int64_t household_id,
                                      struct mu_moment changed, struct mu_error *error) MU_CHECKED;

/* Writes the resident's own row: a new one (id 0; id is set) or the one with this id and version,
 * which is counted up. *stale is true, nothing written, when another desk changed it meanwhile.
 * Keys, household and tags (store/tag_store.h) are the caller's. MU_STORE, also for an incomplete
 * resident: what was cut in reading would be lost. */
enum mu_status mu_register_write(struct mu_db *db, struct mu_resident *resident, bool *stale,
                                 struct mu_error *error) MU_CHECKED;
/* Notes the home that the person leaves. */
enum mu_status mu_register_leave_home(struct mu_db *db, const struct mu_resident *before,
                                      struct mu_date until, const char *changed_at,
                                      struct mu_error *error) MU_CHECKED;
/* Forgets that the person left the home of `after` at this moment or later: the move was taken
 * back. *back is true when that was noted. */
enum mu_status mu_register_come_back(struct mu_db *db, const struct mu_resident *after,
                                     const char *changed_at, bool *back,
                                     struct mu_error *error) MU_CHECKED;

#endif
