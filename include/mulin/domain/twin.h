/* Two files that may be of one person: what speaks for it. Pure. */
#ifndef MULIN_DOMAIN_TWIN_H
#define MULIN_DOMAIN_TWIN_H

#include <mulin/domain/ledger.h>
#include <mulin/domain/operator.h>
#include <mulin/domain/resident.h>

/* Why two files may be of one person: a set of these, the strongest first. */
enum mu_twin_reason {
    MU_TWIN_ID = 1,            /* the same ID number, also in its 15-digit form */
    MU_TWIN_ID_NEAR = 2,       /* ID numbers one slip apart, and no two surnames */
    MU_TWIN_NAME_BIRTH = 4,    /* the same name and birth date */
    MU_TWIN_PHONE_SURNAME = 8, /* a phone in common, and one surname */
};

/* The reasons for which the two may be one person, 0: none. Whole numbers are compared: of masked
 * ones nothing is said. Where a name is not typed yet, its surname speaks against nothing. People
 * who live together share phones: two ID numbers that are not even near tell two people apart, and
 * MU_TWIN_PHONE_SURNAME is not said of them. */
unsigned mu_twin_reasons(const struct mu_resident *a, const struct mu_resident *b);

/* How strong a set of reasons is, for order: the larger the stronger. */
int mu_twin_strength(unsigned reasons);

/* The reasons in words, "姓名和出生日期相同、同姓且电话相同", the strongest first. */
void mu_twin_words(unsigned reasons, enum mu_language language, char *out, size_t size);

/* True when one slip makes one number of the other: another digit, or two neighbours exchanged. The
 * check character follows the slip, as in numbers that were both accepted, or stays, as in one that
 * was mistyped. 15-digit forms are compared by their 18-digit ones. */
bool mu_id_number_near(const char *a, const char *b);
/* True when both are one number, also when one is written in the 15-digit form. */
bool mu_id_number_same(const char *a, const char *b);

enum { MU_ID_NEIGHBOURS = 1 + 17 * 9 + 16 };

/* Every number that could have been accepted and is the same as or near `id_number` (of 15 or 18
 * characters; its own check character need not fit). Returns how many stand in `out`. */
size_t mu_id_number_neighbours(const char *id_number,
                               char out[MU_ID_NEIGHBOURS][MU_ID_NUMBER_SIZE]);

/* True when the two have a phone number in common: digits are compared. */
bool mu_phones_shared(const char *a, const char *b);

enum mu_verdict { MU_VERDICT_NONE = 0, MU_ONE_PERSON = 1, MU_TWO_PEOPLE = 2 };

/* What was decided about two files. */
struct mu_twin_verdict {
    int64_t id;
    int64_t first_id, second_id; /* the smaller number first */
    char first_name[MU_PERSON_NAME_SIZE], second_name[MU_PERSON_NAME_SIZE]; /* filled when read */
    enum mu_verdict verdict;
    int64_t leading; /* of one person: the file that speaks for both; else 0 */
    char reason[MU_REASON_SIZE];
    int64_t operator_id;
    char operator_name[MU_OPERATOR_NAME_SIZE]; /* filled when read */
    struct mu_moment decided_at;
    bool ended; /* it was taken back */
};
typedef bool mu_twin_verdict_row(void *context, const struct mu_twin_verdict *verdict);

#endif
