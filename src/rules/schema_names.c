#include "rules/schema.h"

#include <stdio.h>
#include <string.h>

const struct mu_schema_key *mu_schema_find(const struct mu_schema *schema, const char *name)
{
    for (size_t i = 0; i < schema->count; i++) {
        if (strcmp(schema->key[i].name, name) == 0)
            return &schema->key[i];
    }
    return NULL;
}

static const char more[] = ", …";

/* False, with an ellipsis, when it does not fit. */
static bool add_word(char *out, size_t size, const char *word)
{
    size_t used = strlen(out);

    if (used + strlen(word) + 2 * sizeof more > size) {
        snprintf(out + used, size - used, "%s", more);
        return false;
    }
    snprintf(out + used, size - used, "%s%s", used > 0 ? ", " : "", word);
    return true;
}

void mu_schema_names(const struct mu_schema *schema, char *out, size_t size)
{
    out[0] = '\0';
    for (size_t i = 0; i < schema->count; i++)
        if (!add_word(out, size, schema->key[i].name))
            break;
}

void mu_schema_words(const struct mu_schema_word *words, char *out, size_t size)
{
    out[0] = '\0';
    while (words->word && add_word(out, size, words->word))
        words++;
}
