#include <mulin/domain/head.h>

#include <mulin/base/text.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum {
    HASH_DIGITS = 2 * MU_HEAD_BYTES,
    CHECK_DIGITS = 2,
    COUNT_DIGITS = 18, /* at most: it fits in 64 bits */
    GROUP = 4,
    TYPED_SIZE = 128
};

static const char letters[] = {[MU_CHAIN_LEDGER] = 'l', [MU_CHAIN_AUDIT] = 'a'};
static const char capitals[] = {[MU_CHAIN_LEDGER] = 'L', [MU_CHAIN_AUDIT] = 'A'};

/* Digits and letters are a number to the base 36, and the check its rest by a prime: a wrong
 * character and two exchanged ones always change it. */
static int check_of(const char *text, size_t length)
{
    int rest = 0;

    for (size_t i = 0; i < length; i++) {
        if (text[i] >= '0' && text[i] <= '9')
            rest = (rest * 36 + (text[i] - '0')) % 97;
        else if (text[i] >= 'a' && text[i] <= 'z')
            rest = (rest * 36 + (text[i] - 'a' + 10)) % 97;
    }
    return rest;
}

void mu_head_print(enum mu_chain chain, int64_t entries, const unsigned char hash[MU_HASH_SIZE],
                   char *out)
{
    char digits[HASH_DIGITS + 1];
    int used;

    if (entries)
        mu_hash_text(hash, MU_HEAD_BYTES, digits);
    else
        snprintf(digits, sizeof digits, "%0*d", HASH_DIGITS, 0);
    used = snprintf(out, MU_HEAD_SIZE, "%c%lld", letters[chain], (long long)entries);
    for (int i = 0; i < HASH_DIGITS; i += GROUP)
        used += snprintf(out + used, (size_t)(MU_HEAD_SIZE - used), "-%.*s", GROUP, digits + i);
    snprintf(out + used, (size_t)(MU_HEAD_SIZE - used), "-%02d", check_of(out, (size_t)used));
    *out = capitals[chain];
}

/* Reads the letter and the number of entries; returns what follows them, NULL when they are not
 * there. */
static const char *read_count(const char *text, struct mu_printed_head *head)
{
    int digits = 0;

    if (*text == letters[MU_CHAIN_LEDGER])
        head->chain = MU_CHAIN_LEDGER;
    else if (*text == letters[MU_CHAIN_AUDIT])
        head->chain = MU_CHAIN_AUDIT;
    else
        return NULL;
    for (text++; *text >= '0' && *text <= '9' && digits < COUNT_DIGITS; text++, digits++)
        head->entries = head->entries * 10 + (*text - '0');
    return digits > 0 && (*text == '-' || *text == ' ') ? text : NULL;
}

/* Copies what stands behind the number of entries without hyphens and blanks; false when that is
 * not 16 hex digits and two decimal ones. */
static bool read_digits(const char *text, struct mu_printed_head *head,
                        char digits[HASH_DIGITS + CHECK_DIGITS + 1])
{
    size_t used = 0, bytes;

    for (; *text; text++) {
        if (*text == '-' || *text == ' ')
            continue;
        if (used == HASH_DIGITS + CHECK_DIGITS)
            return false;
        digits[used++] = *text;
    }
    digits[used] = '\0';
    return used == HASH_DIGITS + CHECK_DIGITS &&
           strspn(digits + HASH_DIGITS, "0123456789") == CHECK_DIGITS &&
           sodium_hex2bin(head->hash, sizeof head->hash, digits, HASH_DIGITS, NULL, &bytes, NULL) ==
               0;
}

enum mu_head_reading mu_head_read(const char *text, struct mu_printed_head *out)
{
    char typed[TYPED_SIZE], digits[HASH_DIGITS + CHECK_DIGITS + 1];
    struct mu_printed_head head = {0};
    const char *rest;
    size_t length;

    if (!mu_text_fold_word(typed, sizeof typed, text) || !(rest = read_count(typed, &head)) ||
        !read_digits(rest, &head, digits))
        return MU_HEAD_NO_HEAD;
    length = (size_t)(rest - typed);
    memcpy(typed + length, digits, HASH_DIGITS);
    if (check_of(typed, length + HASH_DIGITS) !=
        (digits[HASH_DIGITS] - '0') * 10 + digits[HASH_DIGITS + 1] - '0')
        return MU_HEAD_MISTYPED;
    *out = head;
    return MU_HEAD_READ;
}
