/* The inside of a list of people, for roster*.c. */
#ifndef MULIN_SRC_DESK_ROSTER_FILE_H
#define MULIN_SRC_DESK_ROSTER_FILE_H

#include "desk/query_words.h"
#include "desk/resident_tags.h"
#include "store/roster_store.h"
#include "store/search_find.h"
#include "store/search_store.h"

#include <mulin/desk/roster.h>

/* What is to be put into order: positions of people by the texts of their keys. */
struct mu_roster_sorter {
    char *texts; /* owned; one behind the other, each with its NUL */
    size_t used, room;
    uint32_t *key; /* owned; of each position, where its text begins */
    size_t count, key_room;

    /* A merge that can be stopped anywhere: runs of `width` of `from` go into `to`. */
    uint32_t *from, *to; /* owned */
    size_t width, left, i, j, k;
    bool begun;
};

enum mu_roster_plan {
    MU_ROSTER_ARITHMETIC, /* everybody but those left out: numbers have no gaps */
    MU_ROSTER_FINDING,    /* a text that only some people answer to */
    MU_ROSTER_WALKING     /* one walk after the other */
};

struct mu_roster {
    struct mu_desk *desk;
    struct mu_roster_request request;
    struct mu_teller teller;
    int cost; /* milliseconds so far */

    /* Whom it takes. */
    struct mu_search_word word[MU_FIND_WORDS];
    size_t word_count;
    bool opens_numbers;
    struct mu_roster_test test;
    char tags[MU_TAGS_SIZE]; /* that people set */
    char nest[MU_TAGS_SIZE]; /* that follow from the household */
    bool nobody;

    /* How it is read. */
    enum mu_roster_plan plan;
    size_t next_form;       /* of the word whose keys are walked */
    struct mu_id_set found; /* who answered to the text, or stands in the list of a tag, already */
    struct mu_id_set leaders;  /* files that speak for others */
    struct mu_id_set left_out; /* who stands in no such list */
    int64_t *gaps;             /* ARITHMETIC: those as numbers, rising; owned */
    int64_t last;              /* number of a file */
    struct mu_roster_walk walk;
    bool tested;                  /* the walk tests; else left_out does */
    bool by_place, by_grid;       /* one walk for each building, or each grid */
    char (*outer)[MU_PLACE_SIZE]; /* estates or grids still to be walked; owned */
    size_t outer_count, outer_next;
    char (*inner)[MU_PLACE_SIZE]; /* buildings of the estate; owned */
    size_t inner_count, inner_next;
    int leftovers; /* walks that are still to follow: homes without a grid, people without a home */
    bool last_walk, read;

    /* Who stands in it. */
    int64_t *ids; /* owned */
    size_t count, room;
    bool sorts; /* by the keys, when all are there */
    enum mu_roster_column key_column;
    bool sorted;
    struct mu_roster_sorter sorter;

    /* Of the slice that is being read. */
    long long until;
    unsigned rows;
    unsigned sure; /* rows that are read in any case: a short list is whole at once */
    struct mu_error error;
    enum mu_status status;
};

long long mu_roster_clock(void); /* milliseconds */

/* Those of these people who are still there, as their files are now; masked unless `full`. */
enum mu_status mu_roster_people(struct mu_roster *roster, const int64_t *ids, size_t count,
                                bool full, struct mu_resident *out, size_t *read,
                                struct mu_error *error) MU_CHECKED;

/* Decides how the list is read. MU_STORE, MU_MEMORY. */
enum mu_status mu_roster_begin(struct mu_roster *roster, struct mu_error *error) MU_CHECKED;
/* The list is narrowed down by ages. */
bool mu_roster_by_age(const struct mu_roster *roster);
/* The buildings of an estate that are to be walked, in roster->inner. MU_STORE, MU_MEMORY. */
enum mu_status mu_roster_buildings(struct mu_roster *roster, const char *estate,
                                   struct mu_error *error) MU_CHECKED;
/* Reads until roster->until or the end (roster->read). */
enum mu_status mu_roster_read_on(struct mu_roster *roster, struct mu_error *error) MU_CHECKED;

/* Somebody found as a whole file, once: whether the list takes the person, and the key. False when
 * roster->status says why. */
bool mu_roster_take(struct mu_roster *roster, const struct mu_resident *resident);

/* ---- roster_linked.c ---- */

/* Fills roster->leaders. MU_STORE, MU_MEMORY. */
enum mu_status mu_roster_read_leaders(struct mu_roster *roster, struct mu_error *error) MU_CHECKED;
/* Adds to the words of a file those in force of the files that it speaks for. False when
 * roster->status says why. */
bool mu_roster_join_tags(struct mu_roster *roster, int64_t id, char tags[MU_TAGS_SIZE]);
/* Behind the walk of a tag: takes those who have it in a file that is linked to theirs. MU_STORE,
 * MU_MEMORY. */
enum mu_status mu_roster_take_linked(struct mu_roster *roster, struct mu_error *error) MU_CHECKED;

/* Adds the key of the next person. False without memory. */
bool mu_roster_key_row(struct mu_roster *roster, const struct mu_roster_row *row);
bool mu_roster_key_resident(struct mu_roster *roster, const struct mu_resident *resident);
/* <0, 0, >0 as two keys stand in the list. */
int mu_roster_compare(const struct mu_roster *roster, uint32_t a, uint32_t b);
/* Sorts until roster->until or the end (roster->sorted). MU_MEMORY. */
enum mu_status mu_roster_sort_on(struct mu_roster *roster, struct mu_error *error) MU_CHECKED;
/* Brings the people from `first` on into order, whose keys are the only ones, and forgets those. */
void mu_roster_sort_tail(struct mu_roster *roster, size_t first);
void mu_roster_sorter_clear(struct mu_roster_sorter *sorter);

#endif
