/* A resident as one line of the community's spreadsheet, one form, one file. */
#ifndef MULIN_DOMAIN_RESIDENT_H
#define MULIN_DOMAIN_RESIDENT_H

#include <mulin/base/field.h>
#include <mulin/base/id_number.h>

#include <stdint.h>

/* Sizes in bytes, the NUL counted. */
enum {
    MU_PERSON_NAME_SIZE = 128,
    MU_PHONE_SIZE = 72, /* three numbers */
    MU_PLACE_SIZE = 64, /* each of estate, building, unit, room */
    MU_NUMBER_SIZE = 32,
    MU_CARD_SIZE = 40,
    MU_WORD_SIZE = 48,
    MU_TAGS_SIZE = 256,
    MU_DERIVED_SIZE = 48,
    MU_NOTE_SIZE = 1024,
    MU_NUMBER_MARK_SIZE = 16, /* no NUL */
};

enum mu_resident_status {
    MU_LIVING_HERE = 1,
    MU_MOVED_OUT = 2,
    MU_DECEASED = 3,
    MU_ENTERED_IN_ERROR = 4 /* a new file that was taken back: only its number and name stay */
};

struct mu_resident {
    int64_t id;           /* 0: not in the register yet */
    int64_t household_id; /* 0: none */
    int64_t linked_to;    /* the file of the same person that speaks for this one, or 0 */
    int version;          /* counts the changes of the file */
    bool incomplete; /* not the whole file, and not to be written back: a row of a list, without ID
                      * number and note, or another program stored what does not fit here */
    char name[MU_PERSON_NAME_SIZE];
    char id_number[MU_ID_NUMBER_SIZE];
    int sex; /* GB/T 2261.1 */
    struct mu_date birth_date;
    int ethnic_group;   /* GB/T 3304 */
    int marital_status; /* GB/T 2261.2 */
    char phone[MU_PHONE_SIZE];
    char estate[MU_PLACE_SIZE], building[MU_PLACE_SIZE], unit[MU_PLACE_SIZE], room[MU_PLACE_SIZE];
    char household_number[MU_NUMBER_SIZE];
    int relation;  /* GB/T 4761 */
    int occupancy; /* data/codes/occupancy.def */
    int residence; /* data/codes/residence.def */
    char occupation[MU_WORD_SIZE];
    char tags[MU_TAGS_SIZE];       /* words separated by blanks: those in force (domain/tag.h) */
    char derived[MU_DERIVED_SIZE]; /* words that are computed: 60+ 独居. Filled in by the desk */
    char card[MU_CARD_SIZE];
    char grid[MU_WORD_SIZE];
    char note[MU_NOTE_SIZE];
    int status;              /* enum mu_resident_status */
    struct mu_date ended_on; /* day of moving out or of death */
    /* What the desk gave out when it read the whole file, so that it sees on saving what was
     * changed since, and by whom; all zero in a file that was never read. */
    struct {
        int occupancy; /* the household's: it changes without this file */
        char grid[MU_WORD_SIZE];
        /* Of the whole numbers: two that look alike when masked have different marks. */
        unsigned char id_mark[MU_NUMBER_MARK_SIZE], phone_mark[MU_NUMBER_MARK_SIZE];
    } given;
};

/* The one truth about a resident's fields: form, validation, import, headings. In form order. */
extern const struct mu_field mu_resident_fields[];
extern const size_t mu_resident_field_count;
/* With the rows behind those, which no form has: status and ended_on. For what keeps or compares
 * whole files. At most MU_RESIDENT_FIELDS. */
extern const size_t mu_resident_stored_field_count;
enum { MU_RESIDENT_FIELDS = 32 };
/* The keys of the address, which is one thing, ended by NULL; for mu_merge. */
extern const char *const mu_resident_together[];

/* Checks what no single field can: the ID number's birth date and sex against the typed ones, a
 * birth date after `today`. Fills an unknown birth date and sex from the ID number and brings
 * the card into its one form. The fault names both values. *field (may be
 * NULL) gets the key of the field to mend. MU_INPUT, resident untouched. */
enum mu_status mu_resident_check(struct mu_resident *resident, struct mu_date today,
                                 const char **field, struct mu_error *error) MU_CHECKED;

/* The one form of a card's number, however it was typed or scanned: ASCII, capitals. `out` has
 * MU_CARD_SIZE bytes and may be `text`. */
void mu_card_number(const char *text, char *out);

/* A name as it may be posted: 王*英, 李*, 欧**华: the first character stays, and the last of three
 * and more. `out` has MU_PERSON_NAME_SIZE bytes. */
void mu_name_mask(const char *name, char *out);

/* Full years on `day`, -1 when the birth date is not known. */
int mu_resident_age(const struct mu_resident *resident, struct mu_date day);

enum { MU_ADDRESS_SIZE = 4 * MU_PLACE_SIZE + 16 };

/* 金桂花园3栋2单元201室; words that stand in the parts are not said twice. `out` has
 * MU_ADDRESS_SIZE bytes. */
void mu_resident_address(const struct mu_resident *resident, char *out);

/* The number in the name of a building, unit or room: "3栋", "3幢", "3号楼", "03" give "3";
 * other texts are copied folded. `out` has MU_PLACE_SIZE bytes. */
void mu_place_number(const char *text, char *out);

#endif
