/* A list of people as it is asked for: who, in which order, with which columns. Pure. */
#ifndef MULIN_DOMAIN_ROSTER_H
#define MULIN_DOMAIN_ROSTER_H

#include <mulin/domain/resident.h>
#include <mulin/rules.h>

enum mu_roster_column {
    MU_ROSTER_NUMBER, /* of the file */
    MU_ROSTER_NAME,
    MU_ROSTER_SEX,
    MU_ROSTER_AGE,
    MU_ROSTER_BIRTH_DATE,
    MU_ROSTER_ID_NUMBER,
    MU_ROSTER_PHONE,
    MU_ROSTER_ADDRESS,
    MU_ROSTER_HOUSEHOLD,
    MU_ROSTER_RELATION,
    MU_ROSTER_OCCUPANCY,
    MU_ROSTER_RESIDENCE,
    MU_ROSTER_OCCUPATION,
    MU_ROSTER_TAGS,
    MU_ROSTER_CARD,
    MU_ROSTER_GRID,
    MU_ROSTER_STATUS,
    MU_ROSTER_ENDED_ON,
    MU_ROSTER_COLUMN_COUNT
};

/* What a column is called and holds. */
struct mu_roster_column_row {
    const char *key;       /* in commands, saved lists and JSON */
    enum mu_message label; /* its heading */
    const char *field;     /* key of the field of mu_resident_fields that it shows, or NULL */
    bool sortable;
};
extern const struct mu_roster_column_row mu_roster_columns[MU_ROSTER_COLUMN_COUNT];

/* The column whose key, heading in either language or field this is; MU_ROSTER_COLUMN_COUNT: none.
 */
enum mu_roster_column mu_roster_column_by_word(const char *word);

enum { MU_ROSTER_TEXT_SIZE = 128, MU_ROSTER_AGE_SIZE = 16, MU_ROSTER_BODY_SIZE = 2048 };

struct mu_roster_request {
    char text[MU_ROSTER_TEXT_SIZE]; /* as in finding */
    char tags[MU_TAGS_SIZE];        /* words that they all have, computed ones too */
    char age[MU_ROSTER_AGE_SIZE];   /* 60-79, 80-, -17, 35 */
    char grid[MU_WORD_SIZE];        /* its name or its number */
    char estate[MU_PLACE_SIZE];     /* its name or how that begins */
    char building[MU_PLACE_SIZE], unit[MU_PLACE_SIZE], room[MU_PLACE_SIZE];
    int occupancy, residence, status; /* 0: any */
    enum mu_roster_column sort;       /* MU_ROSTER_COLUMN_COUNT: as they come */
    bool descending;
    size_t column_count;
    enum mu_roster_column column[MU_ROSTER_COLUMN_COUNT]; /* shown, in this order, each once */
};

/* Everybody, with the columns that the register shows. */
void mu_roster_request_init(struct mu_roster_request *request);
/* The filter as a form shows it: text to status. */
extern const struct mu_field mu_roster_fields[];
extern const size_t mu_roster_field_count;

/* Checks what no single field can: the ages, the status.
 *   field  may be NULL; gets the key of the field at fault
 * MU_INPUT. */
enum mu_status mu_roster_check(const struct mu_roster_request *request, const char **field,
                               struct mu_error *error) MU_CHECKED;
/* True when the request has no filter but the text. */
bool mu_roster_unfiltered(const struct mu_roster_request *request);
/* "标签 低保 · 年龄 60-79": the filter in words, "" for everybody. */
void mu_roster_words(const struct mu_roster_request *request, enum mu_language language, char *out,
                     size_t size);

/* Keys of columns, separated by blanks or commas, in place of those that the request has. The word
 * that is no column goes into the error. MU_INPUT. */
enum mu_status mu_roster_read_columns(struct mu_roster_request *request, const char *words,
                                      struct mu_error *error) MU_CHECKED;
/* "age" or "-age". MU_INPUT: no column, or one that nothing can be sorted by. */
enum mu_status mu_roster_read_sort(struct mu_roster_request *request, const char *word,
                                   struct mu_error *error) MU_CHECKED;

/* A saved list: lines KEY=VALUE of what is not empty. `out` has MU_ROSTER_BODY_SIZE bytes. */
void mu_roster_body_write(const struct mu_roster_request *request, char *out);
/* Reads such lines; what is not known or not understood is left out: *whole says whether there was
 * none. */
void mu_roster_body_read(const char *body, struct mu_date today, struct mu_roster_request *out,
                         bool *whole);

/* The ages of "60-79"; -1 for an open end. False when it is none. */
bool mu_roster_ages(const char *text, int *from, int *to);

/* True when the grid of this name is meant: the name itself, how it begins, or its number. */
bool mu_roster_grid_meant(const char *wanted, const char *grid);
bool mu_roster_estate_meant(const char *wanted, const char *estate);
/* 3 means 3栋, too. */
bool mu_roster_place_meant(const char *wanted, const char *place);

/* The cell of a column as it is shown and exported; numbers as they stand in `resident`. `out` has
 * `size` bytes. */
void mu_roster_cell(const struct mu_resident *resident, enum mu_roster_column column,
                    struct mu_date today, enum mu_language language, char *out, size_t size);

#endif
