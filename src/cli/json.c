#include "cli/json.h"

#include <mulin/base/text.h>
#include <mulin/domain/tag.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static bool incomplete; /* for want of memory something was left out of the next line */

static struct json_object *made(struct json_object *value)
{
    incomplete |= !value;
    return value;
}

struct json_object *mu_json_object(void)
{
    return made(json_object_new_object());
}

struct json_object *mu_json_array(void)
{
    return made(json_object_new_array());
}

/* json-c stops the program when the object is NULL. */
void mu_json_add(struct json_object *object, const char *key, struct json_object *value)
{
    if (object && json_object_object_add(object, key, value) == 0)
        return;
    incomplete = true;
    json_object_put(value);
}

void mu_json_append(struct json_object *array, struct json_object *value)
{
    if (array && value && json_object_array_add(array, value) == 0)
        return;
    incomplete = true;
    json_object_put(value);
}

/* Line ends stay: JSON writes them as \\n. Inert text is never longer than what it was made of. */
static struct json_object *inert_string(const char *text, size_t length)
{
    const size_t size = length + 1;
    char *line = malloc(size), *inert = malloc(size);
    struct json_object *value = NULL;
    size_t used = 0;

    while (line && inert && length > 0) {
        const char *end = memchr(text, '\n', length);
        size_t step = end ? (size_t)(end - text) : length;

        memcpy(line, text, step);
        line[step] = '\0';
        used += mu_text_inert(inert + used, size - used, line);
        text += step;
        length -= step;
        if (length > 0) {
            inert[used++] = '\n';
            text++;
            length--;
        }
    }
    if (line && inert) {
        inert[used] = '\0';
        value = json_object_new_string(inert);
    }
    free(line);
    free(inert);
    return made(value);
}

void mu_json_text(struct json_object *object, const char *key, const char *text)
{
    bool known = text && *text;

    mu_json_add(object, key, known ? inert_string(text, strlen(text)) : NULL);
}

void mu_json_number(struct json_object *object, const char *key, int64_t number)
{
    mu_json_add(object, key, made(json_object_new_int64(number)));
}

void mu_json_reference(struct json_object *object, const char *key, int64_t number)
{
    mu_json_add(object, key, number ? made(json_object_new_int64(number)) : NULL);
}

void mu_json_flag(struct json_object *object, const char *key, bool flag)
{
    mu_json_add(object, key, made(json_object_new_boolean(flag)));
}

void mu_json_words(struct json_object *object, const char *key, const char *words)
{
    struct json_object *array = mu_json_array();

    while (*words) {
        size_t length = strcspn(words, " ");

        if (length)
            mu_json_append(array, inert_string(words, length));
        words += length + strspn(words + length, " ");
    }
    mu_json_add(object, key, array);
}

void mu_json_tags(struct json_object *object, const struct mu_resident *resident)
{
    char words[MU_TOLD_SIZE];

    mu_tags_told(resident, true, words);
    mu_json_words(object, "tags", words);
    mu_json_words(object, "derived", resident->derived);
}

void mu_json_choice(struct json_object *object, const char *key, const struct mu_choices *choices,
                    int code)
{
    char word[MU_WORD_SIZE] = "";

    if (code)
        mu_text_copy(word, sizeof word, mu_choice_word(choices, code, MU_ENGLISH));
    for (char *at = word; (at = strchr(at, ' ')) != NULL;)
        *at = '_';
    mu_json_text(object, key, word);
}

void mu_json_payers(struct json_object *object, const struct mu_meal *meal)
{
    struct json_object *payers = mu_json_object();

    if (meal->pay.fen || !meal->share_count)
        mu_json_number(payers, mu_payer_word(MU_PAYER_SELF), meal->pay.fen);
    for (size_t i = 0; i < meal->share_count; i++)
        mu_json_number(payers, mu_payer_word(meal->share[i].payer), meal->share[i].amount.fen);
    mu_json_add(object, "payers", payers);
}

static size_t length_of_text(const char *text, size_t length)
{
    size_t written = length + 2; /* quotes */

    for (size_t i = 0; i < length; i++) {
        if (text[i] && strchr("\"\\\b\f\n\r\t", text[i]))
            written += 1;
        else if ((unsigned char)text[i] < ' ')
            written += strlen("u0000");
    }
    return written;
}

/* Characters of the value as it is to be written. json-c says nothing when there was no memory for
 * a part of the line, and its parser is no judge: it crashes then. */
static size_t length_of(struct json_object *value)
{
    size_t written = 2, count = 0; /* brackets; members */

    switch (json_object_get_type(value)) {
    case json_type_object: {
        json_object_object_foreach(value, key, member)
        {
            written += length_of_text(key, strlen(key)) + 1 + length_of(member);
            count++;
        }
        break;
    }
    case json_type_array:
        for (; count < json_object_array_length(value); count++)
            written += length_of(json_object_array_get_idx(value, count));
        break;
    case json_type_string:
        return length_of_text(json_object_get_string(value),
                              (size_t)json_object_get_string_len(value));
    case json_type_int:
        return (size_t)snprintf(NULL, 0, "%" PRId64, json_object_get_int64(value));
    case json_type_boolean:
        return json_object_get_boolean(value) ? strlen("true") : strlen("false");
    default:
        return strlen("null");
    }
    return written + (count ? count - 1 : 0);
}

int mu_json_print(const struct mu_cli *cli, struct json_object *object)
{
    const char *line = json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN |
                                                                  JSON_C_TO_STRING_NOSLASHESCAPE);
    struct mu_error error;
    int status = MU_OK;

    if (incomplete || !line || strlen(line) != length_of(object)) {
        mu_fail_memory(&error);
        status = mu_cli_fail(cli, &error);
    } else if (puts(line) < 0 || fflush(stdout) != 0) {
        mu_fail(&error, MU_STORE, MU_SAY_error_output, NULL);
        status = mu_cli_fail(cli, &error);
    }
    incomplete = false;
    json_object_put(object);
    return status;
}
