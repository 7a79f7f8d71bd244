#include <mulin/base/error.h>
#include <mulin/base/text.h>

#include <stdarg.h>
#include <string.h>

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
        mu_text_inert(error->argument[i], sizeof error->argument[i], argument);
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

    for (size_t i = 0; i < MU_ERROR_ARGUMENTS; i++)
        arguments[i] = error->argument[i];
    return mu_message_fill(out, size, language, error->message, arguments, MU_ERROR_ARGUMENTS);
}

int mu_exit_status(enum mu_status status)
{
    return status == MU_MEMORY ? (int)MU_STORE : (int)status;
}
