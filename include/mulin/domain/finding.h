/* Why somebody was found. */
#ifndef MULIN_DOMAIN_FINDING_H
#define MULIN_DOMAIN_FINDING_H

#include <mulin/base/message.h>
#include <mulin/domain/resident.h>

enum mu_found_by {
    MU_FOUND_NAME,     /* characters or letters of the name */
    MU_FOUND_PINYIN,   /* also in another reading */
    MU_FOUND_INITIALS, /* of the pinyin */
    MU_FOUND_PHONE,    /* the whole number, or its end */
    MU_FOUND_ID_NUMBER,
    MU_FOUND_ID_TAIL,
    MU_FOUND_CARD,
    MU_FOUND_ADDRESS, /* who lives there now */
    MU_FOUND_OLD_ADDRESS,
    MU_FOUND_TAG,
    MU_FOUND_HOUSEHOLD /* the household's number */
};

/* What one word of a query came upon. */
struct mu_why {
    enum mu_found_by by;
    char text[MU_ADDRESS_SIZE]; /* the old address, the tag, the household's number; else "" */
    struct mu_date until;       /* of an old address: when the person left; may be unknown */
};

/* "initials": the word for programs. Static. */
const char *mu_found_by_code(enum mu_found_by by);

/* How the folded word came upon the name: characters, pinyin or initials. */
enum mu_found_by mu_found_in_name(const char *name, const char *folded);

/* "旧址 2-301（至2024-05-01），标签 独居". `out` has `size` bytes, the NUL counted. */
void mu_why_text(const struct mu_why *why, size_t count, enum mu_language language, char *out,
                 size_t size);

#endif
