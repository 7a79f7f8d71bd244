#include <mulin/base/message.h>
#include <mulin/base/text.h>

#include <stdarg.h>
#include <string.h>

static const struct {
    const char *text[2];
} messages[MU_SAY_COUNT] = {
#define MESSAGE(name, chinese, english) [MU_SAY_##name] = {{chinese, english}},
#include "messages/all.def"
#undef MESSAGE
};

enum { ARGUMENTS = 4, ARGUMENT_SIZE = 512 };

const char *mu_message_text(enum mu_message message, enum mu_language language)
{
    if ((size_t)message >= MU_SAY_COUNT)
        return "";
    return messages[message].text[language == MU_ENGLISH];
}

/* Appends what fits; whole characters only. False when something was cut. */
static bool append(char *out, size_t size, size_t *used, const char *text, size_t length)
{
    size_t taken = 0;
    uint32_t rune;

    while (taken < length) {
        size_t step = mu_text_rune(text + taken, &rune);

        if (step == 0 || *used + taken + step >= size)
            break;
        taken += step;
    }
    memcpy(out + *used, text, taken);
    *used += taken;
    return taken == length;
}

size_t mu_message_fill(char *out, size_t size, enum mu_language language, enum mu_message message,
                       const char *const *arguments, size_t count)
{
    const char *text = mu_message_text(message, language);
    size_t used = 0;
    bool whole = true;

    if (size == 0)
        return 0;
    while (*text && whole) {
        size_t plain = strcspn(text, "{");

        whole = append(out, size, &used, text, plain);
        text += plain;
        if (!whole || *text != '{')
            break;
        if (text[1] >= '0' && text[1] <= '3' && text[2] == '}') {
            size_t index = (size_t)(text[1] - '0');
            char inert[ARGUMENT_SIZE];

            if (index < count && arguments[index]) {
                mu_text_inert(inert, sizeof inert, arguments[index]);
                whole = append(out, size, &used, inert, strlen(inert));
            }
            text += 3;
        } else {
            whole = append(out, size, &used, text, 1);
            text++;
        }
    }
    out[used] = '\0';
    return used;
}

size_t mu_message_format(char *out, size_t size, enum mu_language language, enum mu_message message,
                         ...)
{
    const char *arguments[ARGUMENTS];
    size_t count = 0;
    va_list list;
    const char *argument;

    va_start(list, message);
    while (count < ARGUMENTS && (argument = va_arg(list, const char *)) != NULL)
        arguments[count++] = argument;
    va_end(list);
    return mu_message_fill(out, size, language, message, arguments, count);
}
