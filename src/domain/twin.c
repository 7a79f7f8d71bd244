#include <mulin/domain/twin.h>

#include <mulin/base/name_key.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum { BODY = 17 }; /* digits of an ID number before its check character */

/* The digits before the check character; the 15-digit form left out the century, which was the
 * 20th. False when it is no such number. */
static bool id_body(const char *id_number, char out[BODY + 1])
{
    size_t length = strlen(id_number);

    if (length == 18)
        snprintf(out, BODY + 1, "%.17s", id_number);
    else if (length == 15)
        snprintf(out, BODY + 1, "%.6s19%.9s", id_number, id_number + 6);
    else
        return false;
    return strspn(out, "0123456789") == BODY;
}

/* One digit is another, or two neighbours are exchanged. The two differ. */
static bool one_slip(const char *a, const char *b)
{
    size_t first = 0, last = BODY;

    while (a[first] == b[first])
        first++;
    while (a[last - 1] == b[last - 1])
        last--;
    return last - first == 1 ||
           (last - first == 2 && a[first] == b[first + 1] && a[first + 1] == b[first]);
}

bool mu_id_number_near(const char *a, const char *b)
{
    char first[BODY + 1], second[BODY + 1];

    if (!id_body(a, first) || !id_body(b, second))
        return false;
    if (strcmp(first, second) == 0)
        return strlen(a) == 18 && strlen(b) == 18 && a[BODY] != b[BODY];
    return one_slip(first, second);
}

bool mu_id_number_same(const char *a, const char *b)
{
    char first[BODY + 1], second[BODY + 1];

    if (!id_body(a, first) || !id_body(b, second) || strcmp(first, second) != 0)
        return false;
    return strlen(a) != strlen(b) || strcmp(a, b) == 0;
}

/* Adds the number of these digits if there can be such a one. */
static size_t add_neighbour(const char *body, size_t count,
                            char out[MU_ID_NEIGHBOURS][MU_ID_NUMBER_SIZE])
{
    struct mu_id_number id;
    char text[MU_ID_NUMBER_SIZE];

    snprintf(text, sizeof text, "%s%c", body, mu_id_number_check(body));
    if (mu_id_number_parse(text, &id) != MU_ID_GOOD)
        return count;
    memcpy(out[count], text, sizeof text);
    return count + 1;
}

size_t mu_id_number_neighbours(const char *id_number, char out[MU_ID_NEIGHBOURS][MU_ID_NUMBER_SIZE])
{
    char body[BODY + 1];
    size_t count;

    if (!id_body(id_number, body))
        return 0;
    count = add_neighbour(body, 0, out);
    for (size_t i = 0; i < BODY; i++) {
        char digit = body[i];

        for (int other = '0'; other <= '9'; other++) {
            body[i] = (char)other;
            if (other != digit)
                count = add_neighbour(body, count, out);
        }
        body[i] = digit;
        if (i + 1 < BODY && body[i + 1] != digit) {
            body[i] = body[i + 1];
            body[i + 1] = digit;
            count = add_neighbour(body, count, out);
            body[i + 1] = body[i];
            body[i] = digit;
        }
    }
    return count;
}

/* The next number of a list separated by blanks; false at its end. */
static bool next_phone(const char **list, char *digits, size_t size)
{
    size_t used = 0;

    *list += strspn(*list, " ");
    if (!**list)
        return false;
    for (; **list && **list != ' '; ++*list)
        if (**list >= '0' && **list <= '9' && used + 1 < size)
            digits[used++] = **list;
    digits[used] = '\0';
    return true;
}

bool mu_phones_shared(const char *a, const char *b)
{
    char first[MU_PHONE_SIZE], second[MU_PHONE_SIZE];

    if (strchr(a, '*') || strchr(b, '*'))
        return false;
    while (next_phone(&a, first, sizeof first))
        for (const char *rest = b; *first && next_phone(&rest, second, sizeof second);)
            if (strcmp(first, second) == 0)
                return true;
    return false;
}

/* One surname as far as the first character says, which of 欧阳 and 欧 is the same. Names in other
 * letters are compared whole: which part of them is the surname is not known. */
static bool same_surname(const char *a, const char *b)
{
    uint32_t first, second;

    mu_text_rune(a, &first);
    mu_text_rune(b, &second);
    return mu_rune_is_han(first) ? first == second : strcmp(a, b) == 0;
}

unsigned mu_twin_reasons(const struct mu_resident *a, const struct mu_resident *b)
{
    char first[MU_PERSON_NAME_SIZE], second[MU_PERSON_NAME_SIZE];
    unsigned reasons = 0;
    bool surname, near = mu_id_number_near(a->id_number, b->id_number);
    bool same = mu_id_number_same(a->id_number, b->id_number);
    bool two_numbers = *a->id_number && *b->id_number && !near && !same;

    mu_name_fold(a->name, first, sizeof first);
    mu_name_fold(b->name, second, sizeof second);
    surname = *first && *second && same_surname(first, second);
    if (same)
        reasons |= MU_TWIN_ID;
    if (near && (surname || !*first || !*second))
        reasons |= MU_TWIN_ID_NEAR;
    if (*first && strcmp(first, second) == 0 && mu_date_known(a->birth_date) &&
        mu_date_compare(a->birth_date, b->birth_date) == 0)
        reasons |= MU_TWIN_NAME_BIRTH;
    if (surname && !two_numbers && mu_phones_shared(a->phone, b->phone))
        reasons |= MU_TWIN_PHONE_SURNAME;
    return reasons;
}

static const struct {
    enum mu_twin_reason reason;
    enum mu_message words;
    int strength;
} reason_table[] = {
    {MU_TWIN_ID, MU_SAY_twin_id, 8},
    {MU_TWIN_ID_NEAR, MU_SAY_twin_id_near, 2},
    {MU_TWIN_NAME_BIRTH, MU_SAY_twin_name_birth, 4},
    {MU_TWIN_PHONE_SURNAME, MU_SAY_twin_phone_surname, 1},
};

enum { REASONS = sizeof reason_table / sizeof *reason_table };

int mu_twin_strength(unsigned reasons)
{
    int strength = 0;

    for (size_t i = 0; i < REASONS; i++)
        if (reasons & (unsigned)reason_table[i].reason)
            strength += reason_table[i].strength;
    return strength;
}

void mu_twin_words(unsigned reasons, enum mu_language language, char *out, size_t size)
{
    size_t used = 0;

    *out = '\0';
    for (size_t i = 0; i < REASONS && used < size; i++)
        if (reasons & (unsigned)reason_table[i].reason)
            used += (size_t)snprintf(out + used, size - used, "%s%s",
                                     used ? mu_message_text(MU_SAY_act_separator, language) : "",
                                     mu_message_text(reason_table[i].words, language));
}
