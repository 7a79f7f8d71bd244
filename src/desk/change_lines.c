#include "desk/change_lines.h"

#include <mulin/base/text.h>
#include <mulin/domain/resident.h>

#include <stdio.h>
#include <string.h>

enum { VALUE_SIZE = MU_NOTE_SIZE };

void mu_change_line(char *text, const char *key, const char *value)
{
    size_t used = strlen(text), length = strlen(key) + strlen(value) + 2;

    if (used + length < MU_CHANGE_SIZE)
        snprintf(text + used, MU_CHANGE_SIZE - used, "%s=%s\n", key, value);
}

/* A masked ID number and the birth date would make a whole one. */
static void masked(const struct mu_field *field, const char *whole, char *out)
{
    bool sealed = field->kind == MU_FIELD_NOTE || field->kind == MU_FIELD_ID_NUMBER;

    if (field->kind == MU_FIELD_PHONE)
        mu_phone_mask(whole, out, VALUE_SIZE);
    else
        mu_text_copy(out, VALUE_SIZE, sealed && *whole ? "*" : whole);
}

void mu_change_lines(const struct mu_field *fields, size_t count, const void *before,
                     const void *after, char *old_text, char *new_text)
{
    char was[VALUE_SIZE], is[VALUE_SIZE], shown[VALUE_SIZE];

    for (size_t i = 0; i < count; i++) {
        *was = '\0';
        if (before)
            mu_field_write(&fields[i], before, MU_ENGLISH, was, sizeof was);
        mu_field_write(&fields[i], after, MU_ENGLISH, is, sizeof is);
        if (strcmp(was, is) == 0)
            continue;
        masked(&fields[i], was, shown);
        if (before)
            mu_change_line(old_text, fields[i].key, shown);
        masked(&fields[i], is, shown);
        mu_change_line(new_text, fields[i].key, shown);
    }
}
