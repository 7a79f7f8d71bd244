#include <mulin/base/error.h>
#include <mulin/base/text.h>

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Before each of the two readings of an argument that has two; in a text from outside it becomes
 * '?' when it is shown. */
enum { EITHER = '\x01' };

void mu_either(char *out, size_t size, const char *chinese, const char *english)
{
    snprintf(out, size, "%c%s%c%s", EITHER, chinese, EITHER, english);
}

const char *mu_errno_text(int number)
{
    static const struct {
        int number;
        enum mu_message message;
    } causes[] = {
        {EACCES, MU_SAY_cause_no_permission},
        {EPERM, MU_SAY_cause_no_permission},
        {EBUSY, MU_SAY_cause_busy},
        {EEXIST, MU_SAY_cause_exists},
        {EFBIG, MU_SAY_cause_too_large},
        {EINTR, MU_SAY_cause_interrupted},
        {EINVAL, MU_SAY_cause_unfit},
        {EIO, MU_SAY_cause_disk},
        {EISDIR, MU_SAY_cause_is_folder},
        {ELOOP, MU_SAY_cause_links},
        {EMFILE, MU_SAY_cause_open_files},
        {ENFILE, MU_SAY_cause_open_files},
        {ENAMETOOLONG, MU_SAY_cause_long_name},
        {ENOENT, MU_SAY_cause_missing},
        {ENOMEM, MU_SAY_cause_no_memory},
        {ENOSPC, MU_SAY_cause_disk_full},
        {EDQUOT, MU_SAY_cause_disk_full},
        {ENOTDIR, MU_SAY_cause_no_folder},
        {ENOTEMPTY, MU_SAY_cause_not_empty},
        {EPIPE, MU_SAY_cause_reader_gone},
        {EROFS, MU_SAY_cause_read_only},
    };
    static _Thread_local char text[MU_ERROR_ARGUMENT_SIZE];

    snprintf(text, sizeof text, "errno %d", number);
    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++)
        if (causes[i].number == number)
            mu_either(text, sizeof text, mu_message_text(causes[i].message, MU_CHINESE),
                      mu_message_text(causes[i].message, MU_ENGLISH));
    return text;
}

/* Keeps both readings apart; each is inert. */
static void keep_argument(char out[MU_ERROR_ARGUMENT_SIZE], const char *argument)
{
    char chinese[MU_ERROR_ARGUMENT_SIZE], both[2][MU_ERROR_ARGUMENT_SIZE];
    const char *english = *argument == EITHER ? strchr(argument + 1, EITHER) : NULL;

    if (!english) {
        mu_text_inert(out, MU_ERROR_ARGUMENT_SIZE, argument);
        return;
    }
    snprintf(chinese, sizeof chinese, "%.*s", (int)(english - argument - 1), argument + 1);
    mu_text_inert(both[0], sizeof both[0], chinese);
    mu_text_inert(both[1], sizeof both[1], english + 1);
    snprintf(out, MU_ERROR_ARGUMENT_SIZE, "%c%.90s%c%.90s", EITHER, both[0], EITHER, both[1]);
}

static const char *read_argument(const char *argument, enum mu_language language, char *out)
{
    const char *english = *argument == EITHER ? strchr(argument + 1, EITHER) : NULL;

    if (!english)
        return argument;
    if (language == MU_ENGLISH)
        return english + 1;
    snprintf(out, MU_ERROR_ARGUMENT_SIZE, "%.*s", (int)(english - argument - 1), argument + 1);
    return out;
}

enum mu_status mu_fail(struct mu_error *error, enum mu_status status, enum mu_message message, ...)
{
    va_list list;
    const char *argument;

    if (!error)
        return status;
    memset(error, 0, sizeof *error);
    error->status = status;
    error->message = message;
    va_start(list, message);
    for (size_t i = 0; i < MU_ERROR_ARGUMENTS; i++) {
        argument = va_arg(list, const char *);
        if (!argument)
            break;
        keep_argument(error->argument[i], argument);
    }
    va_end(list);
    return status;
}

enum mu_status mu_fail_memory(struct mu_error *error)
{
    return mu_fail(error, MU_MEMORY, MU_SAY_error_no_memory, NULL);
}

size_t mu_error_text(const struct mu_error *error, enum mu_language language, char *out,
                     size_t size)
{
    const char *arguments[MU_ERROR_ARGUMENTS];
    char chinese[MU_ERROR_ARGUMENTS][MU_ERROR_ARGUMENT_SIZE];

    for (size_t i = 0; i < MU_ERROR_ARGUMENTS; i++)
        arguments[i] = read_argument(error->argument[i], language, chinese[i]);
    return mu_message_fill(out, size, language, error->message, arguments, MU_ERROR_ARGUMENTS);
}

/* The first part says no more than what the sentence is about: there is no value in it. */
static bool only_names(const char *sentence, const char *mark)
{
    const char *end = strstr(sentence, mark), *value = strchr(sentence, '{');

    return end && strstr(end + strlen(mark), mark) && (!value || value > end);
}

size_t mu_error_why(const struct mu_error *error, enum mu_language language, char *out, size_t size)
{
    static const char *const marks[] = {[MU_CHINESE] = "：", [MU_ENGLISH] = ": "};
    const char *mark = marks[language], *why;
    size_t length = mu_error_text(error, language, out, size);

    if (!only_names(mu_message_text(error->message, language), mark) || !(why = strstr(out, mark)))
        return length;
    why += strlen(mark);
    length -= (size_t)(why - out);
    memmove(out, why, length + 1);
    return length;
}

int mu_exit_status(enum mu_status status)
{
    return status == MU_MEMORY ? (int)MU_STORE : (int)status;
}
