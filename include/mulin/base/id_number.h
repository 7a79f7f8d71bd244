/* The resident ID number of GB 11643-1999. */
#ifndef MULIN_BASE_ID_NUMBER_H
#define MULIN_BASE_ID_NUMBER_H

#include <mulin/base/date.h>
#include <mulin/base/message.h>

#include <stdbool.h>
#include <stddef.h>

enum { MU_ID_NUMBER_SIZE = 19 }; /* 18 characters and the NUL */

/* Sex, coded as in GB/T 2261.1. */
enum mu_sex { MU_SEX_UNKNOWN = 0, MU_SEX_MALE = 1, MU_SEX_FEMALE = 2, MU_SEX_UNSPECIFIED = 9 };

enum mu_id_fault {
    MU_ID_GOOD,
    MU_ID_OLD_FORM, /* the 15-digit form of before 1999: readable, but to be replaced */
    MU_ID_LENGTH,
    MU_ID_CHARACTER,
    MU_ID_BIRTH_DATE, /* no such day */
    MU_ID_CHECK       /* the check character (ISO 7064 MOD 11-2) does not fit */
};

struct mu_id_number {
    char text[MU_ID_NUMBER_SIZE]; /* folded: ASCII digits, capital X; 15 or 18 characters */
    struct mu_date birth_date;
    enum mu_sex sex; /* digit 17 (15 in the old form): odd is male */
};

/* Reads an ID number as typed or scanned: blanks around it, full-width characters, x or ｘ.
 * *out is filled for MU_ID_GOOD and MU_ID_OLD_FORM only, otherwise untouched. */
enum mu_id_fault mu_id_number_parse(const char *text, struct mu_id_number *out);

/* The check character for the first 17 digits (GB 11643, weights 7 9 10 5 8 4 2 1 6 3 ...). */
char mu_id_number_check(const char digits[17]);

/* Where the number was first given out, by its first two digits: a province of GB/T 2260; Hong
 * Kong, Macao and Taiwan for the residence permits that begin with 810000, 820000 and 830000 (State
 * Council Office 2018-81); for the permanent residence card of a foreigner, which begins with 9,
 * the province behind the 9 (National Immigration Administration, 2023). "" when no number begins
 * like that, which is to be asked about. `id_number` in one of the forms of mu_id_number_parse, or
 * masked. Static. */
const char *mu_id_number_origin(const char *id_number, enum mu_language language);

/* 330205********1234: first 6 and last 4 stay. Texts shorter than an old number (15) become all
 * stars but the last 2.
 * `out` has MU_ID_NUMBER_SIZE bytes. */
void mu_id_number_mask(const char *text, char *out);
/* 138****5678: first 3 and last 4 stay, for every number of a list separated by blanks. Of numbers
 * shorter than 11 the last 4 stay, of those shorter than 8 the last 2.
 * `out` has `size` bytes. */
void mu_phone_mask(const char *text, char *out, size_t size);

#endif
