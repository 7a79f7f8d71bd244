/* Field tables: one row per field drives the form, validation, import and headings. */
#ifndef MULIN_BASE_FIELD_H
#define MULIN_BASE_FIELD_H

#include <mulin/base/date.h>
#include <mulin/base/error.h>

#include <stdbool.h>
#include <stddef.h>

enum { MU_FIELD_LONGEST = 4096 }; /* bytes of any value at most, the NUL counted */

enum mu_field_kind {
    MU_FIELD_NAME,      /* char[]: kept byte for byte (NFC), not folded */
    MU_FIELD_TEXT,      /* char[]: one line, full-width forms as their ASCII twins */
    MU_FIELD_NOTE,      /* char[]: free words, not folded */
    MU_FIELD_PHONE,     /* char[]: numbers of 5 to 20 digits separated by blanks */
    MU_FIELD_ID_NUMBER, /* char[MU_ID_NUMBER_SIZE] */
    MU_FIELD_DATE,      /* struct mu_date */
    MU_FIELD_CHOICE,    /* int: a code of `choices` */
    MU_FIELD_TAGS,      /* char[]: words separated by blanks, each once */
    MU_FIELD_YEAR,      /* int: a year of four digits; 0 not known */
    MU_FIELD_FLOOR_AREA /* struct mu_floor_area */
};

/* A row of a code table. `words` are other spellings, separated by blanks, folded. */
struct mu_choice {
    int code;
    const char *chinese, *english, *words;
};

struct mu_choices {
    const char *source;      /* the standard, "GB/T 4761-2008" */
    int digits;              /* that a typed code has: 2 for 01 */
    enum mu_message refusal; /* says which words are known */
    const struct mu_choice *choice;
    size_t count;
};

struct mu_field {
    const char *key; /* in schema, JSON and commands: "birth_date" */
    enum mu_message label, help;
    enum mu_field_kind kind;
    bool required;
    bool carried;        /* F6 repeats the value of the last record */
    size_t offset, size; /* of the member in the record; size in bytes, NUL counted */
    const struct mu_choices *choices;
};

/* The choice with this code, or NULL. */
const struct mu_choice *mu_choice_by_code(const struct mu_choices *choices, int code);
/* The choice whose code (with all its digits), word or other spelling `text` is, or else the only
 * one that is read like it in pinyin (without tones; nv and nu are both 女); NULL when there is
 * none. */
const struct mu_choice *mu_choice_by_text(const struct mu_choices *choices, const char *text);
enum { MU_CHOICES_SOUNDING = 2 };
/* The first choices that have a Chinese word read `text` in pinyin: fu is 夫 as well as 父. Returns
 * how many. */
size_t mu_choices_by_pinyin(const struct mu_choices *choices, const char *text,
                            const struct mu_choice *out[MU_CHOICES_SOUNDING]);
/* The word of a code; "" when it is none. Static. */
const char *mu_choice_word(const struct mu_choices *choices, int code, enum mu_language language);

/* Reads what was typed or imported into the member of `record`. An empty text clears the member
 * (refused when required); blanks, tabs and line ends around it do not count. PHONE and TAGS take
 * blanks and 、，,;/| between several. Nothing is ever cut or dropped to make it fit. The member is
 * untouched on failure. MU_INPUT with what is allowed. */
enum mu_status mu_field_read(const struct mu_field *field, const char *text, struct mu_date today,
                             void *record, struct mu_error *error) MU_CHECKED;

/* Writes the member of `record` as a form shows it; code 0 and an unknown date as "". `out` has
 * `size` bytes. */
void mu_field_write(const struct mu_field *field, const void *record, enum mu_language language,
                    char *out, size_t size);

/* True when both records hold the same in this member. */
bool mu_field_same(const struct mu_field *field, const void *a, const void *b);
/* Copies the member of `from` into `to`. */
void mu_field_copy(const struct mu_field *field, const void *from, void *to);

/* The field with this key, or NULL. */
const struct mu_field *mu_field_by_key(const struct mu_field *fields, size_t count,
                                       const char *key);

#endif
