#include "cli/secret.h"

#include "cli/stop.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { PATH_SIZE = 4096, DESCRIPTOR_DIGITS = 6 };

enum line { LINE_WHOLE, LINE_LONG, LINE_NONE, LINE_FAULT };

/* Reads up to the end of the line, byte by byte: what follows is not ours. */
static enum line read_line(int file, char *out, size_t size)
{
    size_t length = 0;
    bool fits = true;

    for (;;) {
        char byte;
        ssize_t got = read(file, &byte, 1);

        if (got < 0 && errno == EINTR && !mu_stop_wanted())
            continue;
        if (got < 0)
            return LINE_FAULT;
        if (got == 0 && length == 0)
            return LINE_NONE;
        if (got == 0 || byte == '\n')
            break;
        fits = fits && length + 1 < size && byte != '\0';
        if (fits)
            out[length++] = byte;
        else
            length = size;
    }
    if (!fits)
        return LINE_LONG;
    length -= length > 0 && out[length - 1] == '\r';
    out[length] = '\0';
    return LINE_WHOLE;
}

static enum mu_status judge(enum line line, const char *source, char *out, size_t size,
                            struct mu_error *error)
{
    int fault = errno;

    if (line == LINE_WHOLE)
        return MU_OK;
    explicit_bzero(out, size);
    if (line == LINE_LONG)
        return mu_fail(error, MU_INPUT, MU_SAY_error_passphrase_long, NULL);
    if (line == LINE_NONE)
        return mu_fail(error, MU_INPUT, MU_SAY_error_secret_empty, source, NULL);
    return mu_fail(error, MU_INPUT, MU_SAY_error_secret_source, source, mu_errno_text(fault), NULL);
}

/* Asks once. The terminal is as before afterwards, also when a signal ends the waiting. */
static enum line ask(int terminal, const char *prompt, char *out, size_t size)
{
    struct termios usual, silent;
    enum line line;

    if (tcgetattr(terminal, &usual) != 0)
        return LINE_FAULT;
    silent = usual;
    silent.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
    silent.c_lflag |= ICANON | ISIG;
    if (tcsetattr(terminal, TCSAFLUSH, &silent) != 0)
        return LINE_FAULT;
    dprintf(terminal, "%s", prompt);
    line = read_line(terminal, out, size);
    tcsetattr(terminal, TCSAFLUSH, &usual);
    dprintf(terminal, "\n");
    return line;
}

static enum mu_status ask_twice(const struct mu_cli *cli, int terminal, enum mu_message prompt,
                                enum mu_message again, char *out, size_t size,
                                struct mu_error *error)
{
    char second[1024] = "";
    enum line line;
    enum mu_status status;

    for (;;) {
        line = ask(terminal, mu_message_text(prompt, cli->language), out, size);
        if (line == LINE_WHOLE && again != MU_SAY_COUNT)
            line = ask(terminal, mu_message_text(again, cli->language), second, sizeof second);
        if (line != LINE_WHOLE || again == MU_SAY_COUNT || strcmp(out, second) == 0)
            break;
        dprintf(terminal, "%s\n", mu_message_text(MU_SAY_secret_differs, cli->language));
    }
    explicit_bzero(second, sizeof second);
    if (mu_stop_wanted() || line == LINE_NONE) {
        explicit_bzero(out, size);
        return mu_fail(error, MU_REFUSED, MU_SAY_error_secret_stopped, NULL);
    }
    status = judge(line, "/dev/tty", out, size, error);
    return status;
}

enum mu_status mu_secret_ask(const struct mu_cli *cli, enum mu_message prompt,
                             enum mu_message again, char *out, size_t size, struct mu_error *error)
{
    int terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    enum mu_status status;

    if (terminal < 0)
        return mu_fail(error, MU_USAGE, MU_SAY_error_secret_nowhere, NULL);
    status = ask_twice(cli, terminal, prompt, again, out, size, error);
    close(terminal);
    return status;
}

enum mu_status mu_secret_from_descriptor(const char *number, char *out, size_t size,
                                         struct mu_error *error)
{
    size_t digits = strspn(number, "0123456789");

    if (digits == 0 || digits > DESCRIPTOR_DIGITS || number[digits])
        return mu_fail(error, MU_USAGE, MU_SAY_error_secret_descriptor, number, NULL);
    return judge(read_line((int)strtol(number, NULL, 10), out, size), number, out, size, error);
}

/* False when there is no such path. */
static bool credential_path(const char *name, char *path)
{
    const char *folder = getenv("CREDENTIALS_DIRECTORY");

    return folder && *folder == '/' && *name && !strchr(name, '/') &&
           snprintf(path, PATH_SIZE, "%s/%s", folder, name) < PATH_SIZE;
}

bool mu_secret_credential_there(const char *name)
{
    char path[PATH_SIZE];

    return credential_path(name, path) && access(path, F_OK) == 0;
}

enum mu_status mu_secret_from_credential(const char *name, char *out, size_t size,
                                         struct mu_error *error)
{
    char path[PATH_SIZE];
    int file = credential_path(name, path) ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    enum mu_status status;

    if (file < 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_secret_credential, name, NULL);
    status = judge(read_line(file, out, size), name, out, size, error);
    close(file);
    return status;
}
