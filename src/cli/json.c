#include "cli/json.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 2 * MU_NOTE_SIZE };

/* Line ends stay: JSON writes them as \\n. */
static struct json_object *inert_string(const char *text, size_t length)
{
    char line[TEXT_SIZE], inert[TEXT_SIZE] = "";
    size_t used = 0;

    while (length > 0 && used + 1 < sizeof inert) {
        const char *end = memchr(text, '\n', length);
        size_t step = end ? (size_t)(end - text) : length;

        snprintf(line, sizeof line, "%.*s", (int)step, text);
        used += mu_text_inert(inert + used, sizeof inert - used, line);
        text += step;
        length -= step;
        if (length > 0 && used + 1 < sizeof inert) {
            inert[used++] = '\n';
            inert[used] = '\0';
            text++;
            length--;
        }
    }
    return json_object_new_string(inert);
}

void mu_json_text(struct json_object *object, const char *key, const char *text)
{
    bool known = text && *text;

    json_object_object_add(object, key, known ? inert_string(text, strlen(text)) : NULL);
}

void mu_json_number(struct json_object *object, const char *key, int64_t number)
{
    json_object_object_add(object, key, json_object_new_int64(number));
}

void mu_json_reference(struct json_object *object, const char *key, int64_t number)
{
    json_object_object_add(object, key, number ? json_object_new_int64(number) : NULL);
}

void mu_json_flag(struct json_object *object, const char *key, bool flag)
{
    json_object_object_add(object, key, json_object_new_boolean(flag));
}

void mu_json_words(struct json_object *object, const char *key, const char *words)
{
    struct json_object *array = json_object_new_array();

    while (*words) {
        size_t length = strcspn(words, " ");

        if (length)
            json_object_array_add(array, inert_string(words, length));
        words += length + strspn(words + length, " ");
    }
    json_object_object_add(object, key, array);
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
    struct json_object *payers = json_object_new_object();
    int64_t others = meal->price.fen - meal->pay.fen;

    if (meal->pay.fen || !others)
        mu_json_number(payers, mu_payer_word(MU_PAYER_SELF), meal->pay.fen);
    if (others)
        mu_json_number(payers, mu_payer_word(meal->payer), others);
    json_object_object_add(object, "payers", payers);
}

int mu_json_print(const struct mu_cli *cli, struct json_object *object)
{
    const char *line = json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN |
                                                                  JSON_C_TO_STRING_NOSLASHESCAPE);
    struct mu_error error;
    int status = MU_OK;

    if (!line) {
        mu_fail_memory(&error);
        status = mu_cli_fail(cli, &error);
    } else if (puts(line) < 0 || fflush(stdout) != 0) {
        mu_fail(&error, MU_STORE, MU_SAY_error_output, NULL);
        status = mu_cli_fail(cli, &error);
    }
    json_object_put(object);
    return status;
}
