/* A household: what is known of the home and of those who live in it together. */
#ifndef MULIN_DOMAIN_HOUSEHOLD_H
#define MULIN_DOMAIN_HOUSEHOLD_H

#include <mulin/base/floor_area.h>
#include <mulin/domain/resident.h>

struct mu_household {
    int64_t id;          /* 0: none yet */
    int64_t joined_into; /* the household that this one became part of, itself when it was entered
                          * in error; 0: it is one */
    int version;         /* counts the changes */
    bool incomplete;     /* not the whole record, and not to be written back */
    char estate[MU_PLACE_SIZE], building[MU_PLACE_SIZE], unit[MU_PLACE_SIZE], room[MU_PLACE_SIZE];
    char number[MU_NUMBER_SIZE];
    int occupancy; /* data/codes/occupancy.def */
    struct mu_date occupied_from;
    struct mu_floor_area area; /* of the home */
    char grid[MU_WORD_SIZE];
    char contact[MU_PERSON_NAME_SIZE]; /* whom to ask: the owner who lives elsewhere */
    char contact_phone[MU_PHONE_SIZE];
    char note[MU_NOTE_SIZE];
};

/* The fields of the household's form; the address changes by moving only. */
extern const struct mu_field mu_household_fields[];
extern const size_t mu_household_field_count;

/* A time before in which the home was used in one way. */
struct mu_occupancy_past {
    int occupancy;
    struct mu_date from, until; /* `from` may be unknown */
};

/* Checks what no single field can: a first day of the occupancy after `today`. *field (may be NULL)
 * gets the key of the field to mend. MU_INPUT. */
enum mu_status mu_household_check(const struct mu_household *household, struct mu_date today,
                                  const char **field, struct mu_error *error) MU_CHECKED;

/* The address in words, as mu_resident_address. `out` has MU_ADDRESS_SIZE bytes. */
void mu_household_address(const struct mu_household *household, char *out);

#endif
