/* Reading the people of a list from the record file: each walk goes along one index, a slice at a
 * time, and saved lists. */
#ifndef MULIN_SRC_STORE_ROSTER_STORE_H
#define MULIN_SRC_STORE_ROSTER_STORE_H

#include "store/db.h"

#include <mulin/domain/resident.h>

/* What a walk looks at itself; what is 0 or "" does not matter. */
struct mu_roster_test {
    int status, residence, occupancy;
    /* Birth dates; with either, an unknown one does not pass. */
    char born_from[MU_DATE_SIZE], born_until[MU_DATE_SIZE];
};

/* What a row has. */
enum mu_roster_text {
    MU_ROSTER_TEXT_NAME = 2,
    MU_ROSTER_TEXT_SEX,
    MU_ROSTER_TEXT_BIRTH_DATE,
    MU_ROSTER_TEXT_RELATION,
    MU_ROSTER_TEXT_RESIDENCE,
    MU_ROSTER_TEXT_OCCUPATION,
    MU_ROSTER_TEXT_TAGS,
    MU_ROSTER_TEXT_CARD,
    MU_ROSTER_TEXT_STATUS,
    MU_ROSTER_TEXT_ENDED_ON,
    MU_ROSTER_TEXT_ESTATE, /* this and the following: not of bare walks */
    MU_ROSTER_TEXT_BUILDING,
    MU_ROSTER_TEXT_UNIT,
    MU_ROSTER_TEXT_ROOM,
    MU_ROSTER_TEXT_HOUSEHOLD,
    MU_ROSTER_TEXT_OCCUPANCY,
    MU_ROSTER_TEXT_GRID
};

struct mu_roster_row {
    int64_t id, household_id;
    bool passes;       /* the test; what does not is told all the same, so that a walk may stop */
    int64_t linked_to; /* OF_TOKEN: the file that speaks for this one, or 0 */
    const struct mu_query *query; /* for the functions below */
};

/* The text of a column; valid until the next row. */
const char *mu_roster_row_text(const struct mu_roster_row *row, enum mu_roster_text column);
/* The code of a column that has one. */
int mu_roster_row_code(const struct mu_roster_row *row, enum mu_roster_text column);
/* Called for each row; false stops as soon as the walk can be taken up again, which may
 * be some rows later. */
typedef bool mu_roster_each(void *context, const struct mu_roster_row *row);

enum mu_roster_walk_kind {
    MU_ROSTER_BY_NUMBER,   /* everybody, in the order of their numbers */
    MU_ROSTER_BARE,        /* the same without places and households: their columns are empty */
    MU_ROSTER_BY_BIRTH,    /* by birth date, those between born_from and born_until */
    MU_ROSTER_BIRTH_ONLY,  /* the same from the index alone: nothing else is tested, not even who
                            * stands in no list; only the birth date is there */
    MU_ROSTER_NO_BIRTH,    /* those whose birth date is not known */
    MU_ROSTER_ENDED,       /* those with test.status, which is not living here */
    MU_ROSTER_OF_TAG,      /* those who have or had the tag `word` */
    MU_ROSTER_OF_TOKEN,    /* those with a search key from `word` to `until`; linked files, too */
    MU_ROSTER_OF_GRID,     /* household by household of the grid `word` */
    MU_ROSTER_OF_BUILDING, /* room by room; `estate`, `building` */
    MU_ROSTER_HOMELESS     /* those without a household */
};

/* Where a walk is. All zero but for the first lines: at its beginning. */
struct mu_roster_walk {
    enum mu_roster_walk_kind kind;
    bool descending; /* MU_ROSTER_BY_NUMBER, BARE and by birth */
    char word[MU_TAGS_SIZE], until[MU_TAGS_SIZE];
    char estate[MU_PLACE_SIZE], building[MU_PLACE_SIZE];

    bool begun, ended;
    bool cut;     /* the row does not fit here: the walk can't be taken up behind it */
    int64_t last; /* the number that the next slice begins behind: of a file, or of a household */
    char first[MU_TAGS_SIZE], second[MU_PLACE_SIZE]; /* birth date; key; unit and room */
};

/* Reads on. Files entered in error and those that another one speaks for are left out. At the end
 * walk->ended is true. */
enum mu_status mu_roster_walk(struct mu_db *db, struct mu_roster_walk *walk,
                              const struct mu_roster_test *test, mu_roster_each *each,
                              void *context, struct mu_error *error) MU_CHECKED;

/* Called for each number; false stops. */
typedef bool mu_roster_number(void *context, int64_t id);
/* Numbers of the files that stand in no list of this status (0: any); some may come twice. */
enum mu_status mu_roster_left_out(struct mu_db *db, int status, mu_roster_number *each,
                                  void *context, struct mu_error *error) MU_CHECKED;
/* Numbers of the files that speak for others, each once; with a word only those that speak for one
 * that has or had this tag. */
enum mu_status mu_roster_leaders(struct mu_db *db, const char *word, mu_roster_number *each,
                                 void *context, struct mu_error *error) MU_CHECKED;
/* How many were born in the time of the test, at most `most`. */
enum mu_status mu_roster_born(struct mu_db *db, const struct mu_roster_test *test, int64_t most,
                              int64_t *count, struct mu_error *error) MU_CHECKED;
/* The last number of a file. Files are numbered without a gap. */
enum mu_status mu_roster_last(struct mu_db *db, int64_t *last, struct mu_error *error) MU_CHECKED;

/* One file as lists show it, the ID number opened when `number`. */
enum mu_status mu_roster_resident(struct mu_db *db, int64_t id, bool number, bool *found,
                                  struct mu_resident *out, struct mu_error *error) MU_CHECKED;
/* Number and floor area of the home of this file, 0 for one without, and the birth date. */
enum mu_status mu_roster_home(struct mu_db *db, int64_t id, int64_t *household, int64_t *area,
                              struct mu_date *birth, struct mu_error *error) MU_CHECKED;

/* Saved lists of an operator: name and body. */
typedef bool mu_roster_saved_row(void *context, const char *name, const char *body);
enum mu_status mu_roster_saved(struct mu_db *db, int64_t operator_id, mu_roster_saved_row *row,
                               void *context, struct mu_error *error) MU_CHECKED;
enum mu_status mu_roster_save(struct mu_db *db, int64_t operator_id, const char *name,
                              const char *body, struct mu_error *error) MU_CHECKED;
/* *found is false when there was none of this name. */
enum mu_status mu_roster_forget(struct mu_db *db, int64_t operator_id, const char *name,
                                bool *found, struct mu_error *error) MU_CHECKED;

#endif
