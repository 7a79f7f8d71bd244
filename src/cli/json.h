/* One JSON object a line on stdout, over json-c. */
#ifndef MULIN_SRC_CLI_JSON_H
#define MULIN_SRC_CLI_JSON_H

#include "cli/command.h"

#include <mulin/base/field.h>
#include <mulin/domain/canteen.h>
#include <mulin/domain/resident.h>

#include <json-c/json.h>

/* What is built below may be NULL for want of memory, and is handed on like any other:
 * mu_json_print tells. Values are owned by what they are added to. */
struct json_object *mu_json_object(void);
struct json_object *mu_json_array(void);
/* NULL becomes null. */
void mu_json_add(struct json_object *object, const char *key, struct json_object *value);
void mu_json_append(struct json_object *array, struct json_object *value);

/* Text is made inert but for its line ends; "" and NULL become null. */
void mu_json_text(struct json_object *object, const char *key, const char *text);
void mu_json_number(struct json_object *object, const char *key, int64_t number);
/* 0 becomes null. */
void mu_json_reference(struct json_object *object, const char *key, int64_t number);
void mu_json_flag(struct json_object *object, const char *key, bool flag);
/* Words separated by blanks, as an array, made inert. */
void mu_json_words(struct json_object *object, const char *key, const char *words);
/* tags: all words of a person; derived: those of them that are computed. */
void mu_json_tags(struct json_object *object, const struct mu_resident *resident);
/* The English word of a code with _ for blanks, in every language of the program; 0 becomes null.
 */
void mu_json_choice(struct json_object *object, const char *key, const struct mu_choices *choices,
                    int code);
/* {"self":800,"subsidy":700}: who pays how many fen of the meal. */
void mu_json_payers(struct json_object *object, const struct mu_meal *meal);

/* Prints the object on a line of its own, hands the line to the reader at once, and frees it.
 * Returns MU_OK, or the exit status after a failed write or when memory was short (then said on
 * stderr, and nothing is printed). */
int mu_json_print(const struct mu_cli *cli, struct json_object *object);

#endif
