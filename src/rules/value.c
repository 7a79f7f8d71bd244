#include "rules/reader.h"

#include <mulin/base/date.h>
#include <mulin/base/text.h>

#include <string.h>

enum { DIGITS = 12, DECIMALS = 2, WHOLE = 10000, NUMBER_SIZE = 24 };

bool mu_value_one_word(const char *text)
{
    return !strpbrk(text, " ,;") && !strstr(text, "，") && !strstr(text, "、") &&
           !strstr(text, "；") && !strstr(text, "\u3000");
}

void mu_value_shown(const struct mu_node *node, char out[MU_SHOWN_SIZE])
{
    char start[MU_SHOWN_SIZE - sizeof "…"];
    bool whole = mu_text_copy(start, sizeof start, node->text);

    snprintf(out, MU_SHOWN_SIZE, "%s%s", start, whole ? "" : "…");
}

static void value_fault(struct mu_reader *reader, const struct mu_node *node, enum mu_message what,
                        const char *argument, const char *second)
{
    char shown[MU_SHOWN_SIZE];

    mu_value_shown(node, shown);
    mu_reader_fault(reader, node, what, shown, argument, second);
}

/* Plain words that YAML 1.1 readers take for something else than text. */
static bool is_trap(const struct mu_node *node)
{
    static const char *const traps[] = {"y",   "n", "yes",  "no",    "on",
                                        "off", "~", "true", "false", "null"};
    char folded[16];

    if (!node->plain)
        return false;
    mu_text_fold(folded, sizeof folded, node->text);
    for (size_t i = 0; i < sizeof traps / sizeof *traps; i++) {
        if (strcmp(folded, traps[i]) == 0)
            return true;
    }
    return false;
}

void mu_value_text(struct mu_reader *reader, const struct mu_node *node, size_t size, char *target)
{
    char clean[MU_RULE_NAME_SIZE];
    char bytes[NUMBER_SIZE], characters[NUMBER_SIZE];

    if (is_trap(node)) {
        value_fault(reader, node, MU_SAY_rules_text_trap, NULL, NULL);
        return;
    }
    if (mu_text_check(node->text, false) != MU_TEXT_GOOD) {
        value_fault(reader, node, MU_SAY_rules_text_lines, NULL, NULL);
        return;
    }
    if (!mu_text_clean(clean, size < sizeof clean ? size : sizeof clean, node->text, false)) {
        if (!clean[0] && strlen(node->text) < size) { /* short enough, so it is not the length */
            reader->out_of_memory = true;
            return;
        }
        snprintf(bytes, sizeof bytes, "%zu", size - 1);
        snprintf(characters, sizeof characters, "%zu", (size - 1) / 3);
        value_fault(reader, node, MU_SAY_rules_text_long, bytes, characters);
        return;
    }
    if (!clean[0])
        mu_reader_fault(reader, node, MU_SAY_rules_text_empty);
    else
        mu_text_copy(target, size, clean);
}

void mu_value_id(struct mu_reader *reader, const struct mu_node *node, char *target)
{
    size_t length = strlen(node->text);

    if (is_trap(node)) {
        value_fault(reader, node, MU_SAY_rules_text_trap, NULL, NULL);
    } else if (length == 0 || length >= MU_RULE_ID_SIZE || node->text[0] == '-' ||
               strspn(node->text, "abcdefghijklmnopqrstuvwxyz0123456789-") != length) {
        char limit[16];

        snprintf(limit, sizeof limit, "%d", MU_RULE_ID_SIZE - 1);
        value_fault(reader, node, MU_SAY_rules_id_form, limit, NULL);
    } else {
        memcpy(target, node->text, length + 1);
    }
}

void mu_value_division(struct mu_reader *reader, const struct mu_node *node, char *target)
{
    size_t length = strlen(node->text);

    if (length < 6 || length > 12 || node->text[0] == '0' ||
        strspn(node->text, "0123456789") != length)
        value_fault(reader, node, MU_SAY_rules_division, NULL, NULL);
    else
        memcpy(target, node->text, length + 1);
}

enum number_fault {
    NUMBER_GOOD,
    NUMBER_FORM,
    NUMBER_LEADING_ZERO,
    NUMBER_DECIMALS,
    NUMBER_FULL_WIDTH
};

/* Reads [0-9]+(.[0-9]{1,decimals})? as an integer of the last decimal place: 12.5 with two decimals
 * is 1250. Huge numbers stop at one that is out of every range. */
static enum number_fault scan_ascii(const char *text, size_t decimals, int64_t *out)
{
    size_t whole = strspn(text, "0123456789");
    size_t part = text[whole] == '.' ? strspn(text + whole + 1, "0123456789") : 0;
    int64_t value = 0;

    if (whole == 0 || (text[whole] == '.' && part == 0) ||
        text[whole + (text[whole] == '.') + part] != '\0')
        return NUMBER_FORM;
    if (whole > 1 && text[0] == '0')
        return NUMBER_LEADING_ZERO;
    if (part > decimals)
        return NUMBER_DECIMALS;
    for (size_t i = 0; i < whole && i < DIGITS; i++)
        value = value * 10 + (text[i] - '0');
    for (size_t i = 0; i < decimals; i++)
        value = value * 10 + (i < part ? text[whole + 1 + i] - '0' : 0);
    *out = value;
    return NUMBER_GOOD;
}

/* The same, but tells full-width digits from other faults; of those `ascii` gets what should be
 * written. */
static enum number_fault scan_number(const char *text, size_t decimals, int64_t *out,
                                     char ascii[NUMBER_SIZE])
{
    enum number_fault fault = scan_ascii(text, decimals, out);
    int64_t value;

    *ascii = '\0';
    if (fault == NUMBER_GOOD)
        return fault;
    mu_text_fold(ascii, NUMBER_SIZE, text);
    if (fault == NUMBER_FORM && scan_ascii(ascii, decimals, &value) == NUMBER_GOOD)
        return NUMBER_FULL_WIDTH;
    return fault;
}

/* Adds the fault of a number; `form` is said when it is none at all. */
static void number_fault(struct mu_reader *reader, const struct mu_node *node,
                         enum number_fault fault, const char *ascii, enum mu_message form,
                         const char *minimum, const char *maximum)
{
    switch (fault) {
    case NUMBER_FULL_WIDTH:
        value_fault(reader, node, MU_SAY_rules_number_full_width, ascii, NULL);
        break;
    case NUMBER_LEADING_ZERO:
        value_fault(reader, node, MU_SAY_rules_number_zero, NULL, NULL);
        break;
    case NUMBER_DECIMALS:
        value_fault(reader, node, MU_SAY_rules_number_decimals, NULL, NULL);
        break;
    default:
        value_fault(reader, node, form, minimum, maximum);
        break;
    }
}

void mu_value_integer(struct mu_reader *reader, const struct mu_schema_key *key,
                      const struct mu_node *node, int *target)
{
    char ascii[NUMBER_SIZE], minimum[NUMBER_SIZE], maximum[NUMBER_SIZE];
    int64_t value;
    enum number_fault fault = scan_number(node->text, 0, &value, ascii);

    snprintf(minimum, sizeof minimum, "%lld", (long long)key->minimum);
    snprintf(maximum, sizeof maximum, "%lld", (long long)key->maximum);
    if (fault == NUMBER_DECIMALS)
        fault = NUMBER_FORM;
    if (fault != NUMBER_GOOD)
        number_fault(reader, node, fault, ascii, MU_SAY_rules_integer, minimum, maximum);
    else if (value < key->minimum || value > key->maximum)
        value_fault(reader, node, MU_SAY_rules_integer_range, minimum, maximum);
    else
        *target = (int)value;
}

void mu_value_factor(struct mu_reader *reader, const struct mu_schema_key *key,
                     const struct mu_node *node, int *target)
{
    char ascii[NUMBER_SIZE], minimum[MU_MONEY_SIZE], maximum[MU_MONEY_SIZE];
    int64_t value;
    enum number_fault fault = scan_number(node->text, DECIMALS, &value, ascii);

    mu_money_format((struct mu_money){key->minimum}, minimum);
    mu_money_format((struct mu_money){key->maximum}, maximum);
    if (fault != NUMBER_GOOD)
        number_fault(reader, node, fault, ascii, MU_SAY_rules_factor, minimum, maximum);
    else if (value < key->minimum || value > key->maximum)
        value_fault(reader, node, MU_SAY_rules_factor_range, minimum, maximum);
    else
        *target = (int)value;
}

/* Reads an amount; `form` is said when it is none. True when *out was set. */
static bool read_money(struct mu_reader *reader, const struct mu_schema_key *key,
                       const struct mu_node *node, enum mu_message form, struct mu_money *out)
{
    char ascii[NUMBER_SIZE], minimum[MU_MONEY_SIZE], maximum[MU_MONEY_SIZE];
    int64_t value;
    enum number_fault fault = scan_number(node->text, DECIMALS, &value, ascii);

    mu_money_format((struct mu_money){key->minimum}, minimum);
    mu_money_format((struct mu_money){key->maximum}, maximum);
    if (fault != NUMBER_GOOD) {
        number_fault(reader, node, fault, ascii, form, minimum, maximum);
        return false;
    }
    if (value < key->minimum || value > key->maximum) {
        value_fault(reader, node, MU_SAY_rules_money_range, minimum, maximum);
        return false;
    }
    out->fen = value;
    return true;
}

void mu_value_money(struct mu_reader *reader, const struct mu_schema_key *key,
                    const struct mu_node *node, struct mu_money *target)
{
    read_money(reader, key, node, MU_SAY_rules_money, target);
}

void mu_value_off(struct mu_reader *reader, const struct mu_schema_key *key,
                  const struct mu_node *node, struct mu_reduction *target)
{
    char text[NUMBER_SIZE], ascii[NUMBER_SIZE], percentage[NUMBER_SIZE + 1];
    size_t length = strlen(node->text);
    int64_t share;
    enum number_fault fault;

    if (length == 0 || length >= sizeof text || node->text[length - 1] != '%') {
        if (read_money(reader, key, node, MU_SAY_rules_off, &target->amount))
            target->kind = MU_REDUCE_OFF;
        return;
    }
    mu_text_copy(text, length, node->text);
    fault = scan_number(text, DECIMALS, &share, ascii);
    snprintf(percentage, sizeof percentage, "%s%%", ascii);
    if (fault != NUMBER_GOOD) {
        number_fault(reader, node, fault, percentage, MU_SAY_rules_off, NULL, NULL);
    } else if (share > WHOLE) {
        value_fault(reader, node, MU_SAY_rules_off_range, NULL, NULL);
    } else {
        target->kind = MU_REDUCE_SHARE;
        target->basis_points = (int)share;
    }
}

void mu_value_share(struct mu_reader *reader, const struct mu_schema_key *key,
                    const struct mu_node *node, struct mu_share *target)
{
    target->payer = (enum mu_payer)key->code;
    target->rest = strcmp(node->text, "rest") == 0;
    if (!target->rest)
        read_money(reader, key, node, MU_SAY_rules_share, &target->amount);
}

void mu_value_clock(struct mu_reader *reader, const struct mu_node *node, int *target)
{
    const char *text = node->text;
    int minute;

    if (strlen(text) != MU_CLOCK_SIZE - 1 || strspn(text, "0123456789") != 2 || text[2] != ':' ||
        !mu_clock_parse(text, &minute))
        value_fault(reader, node, MU_SAY_rules_clock, NULL, NULL);
    else if (node->plain)
        value_fault(reader, node, MU_SAY_rules_clock_unquoted, NULL, NULL);
    else
        *target = minute;
}

void mu_value_date(struct mu_reader *reader, const struct mu_node *node, struct mu_date *target)
{
    if (!mu_date_read(node->text, target))
        value_fault(reader, node, MU_SAY_rules_date, NULL, NULL);
}

const struct mu_schema_word *mu_value_word(struct mu_reader *reader,
                                           const struct mu_schema_word *words,
                                           const struct mu_node *node)
{
    char allowed[MU_ERROR_ARGUMENT_SIZE];

    for (const struct mu_schema_word *row = words; row->word; row++) {
        if (strcmp(row->word, node->text) == 0)
            return row;
    }
    mu_schema_words(words, allowed, sizeof allowed);
    value_fault(reader, node, MU_SAY_rules_word, allowed, NULL);
    return NULL;
}
