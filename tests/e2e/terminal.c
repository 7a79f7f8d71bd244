/* terminal ROWS COLUMNS COMMAND [ARGUMENT...]
 *
 * Runs a command in a pseudo-terminal under libvterm and obeys one order a line on stdin. Every
 * answer is any number of lines that begin with '|', then "ok" or "error: why".
 *
 *   key NAME...        F1..F12 Enter Tab BackTab Esc Up ... Ctrl-X, as a terminal sends them
 *   text STRING        typed UTF-8      paste STRING   the same in brackets, if asked for
 *   bytes HEX          anything at all
 *   wait               until all input is read and the program has drawn
 *   until STRING       until a row shows the string       gone STRING   until none does
 *   exited             until the program has ended: "|exit N" or "|signal N", then "|cpu SECONDS"
 *   flow off | on      XOFF and XON: the terminal takes no more output, and goes on
 *   screen | cursor | attributes ROW | output      what is shown; the raw bytes since last asked
 *   resize ROWS COLUMNS | signal NAME | close | timeout MILLISECONDS
 *
 * The program finds in MULIN_TEST_FD a descriptor to which it writes a byte whenever its input
 * queue is drained and the screen is redrawn; that is what `wait` waits for, never for a time. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utf8proc.h>
#include <utmp.h>
#include <vterm.h>

enum { LINE_BYTES = 262144, QUIET_MS = 10, COLUMNS_LIMIT = 1000 };

struct buffer {
    char *bytes;
    size_t length, room;
};

static struct {
    VTerm *emulator;
    VTermScreen *screen;
    int master, slave; /* the slave is held only to see how much input is unread */
    int ready;         /* reading end of MULIN_TEST_FD */
    int process;       /* pidfd of the child */
    pid_t child;
    bool drawn, exited;
    int status;
    struct rusage used;
    long timeout_ms;
    struct buffer replies; /* bytes on their way to the program */
    struct buffer output;  /* bytes that came from it since last asked */
} terminal = {.timeout_ms = 20000};

static void die(const char *what)
{
    fprintf(stderr, "terminal: %s: %s\n", what, strerror(errno));
    exit(2);
}

static void append(struct buffer *buffer, const char *bytes, size_t length)
{
    if (buffer->length + length > buffer->room) {
        buffer->room = (buffer->length + length) * 2;
        buffer->bytes = realloc(buffer->bytes, buffer->room);
        if (!buffer->bytes)
            die("realloc");
    }
    memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
}

static long now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void queue_reply(const char *bytes, size_t length, void *user)
{
    (void)user;
    append(&terminal.replies, bytes, length);
}

static bool read_master(void)
{
    char bytes[8192];
    ssize_t length = terminal.master < 0 ? 0 : read(terminal.master, bytes, sizeof bytes);

    if (length <= 0)
        return false;
    append(&terminal.output, bytes, (size_t)length);
    vterm_input_write(terminal.emulator, bytes, (size_t)length);
    return true;
}

static void read_ready(void)
{
    char bytes[256];
    ssize_t length;

    while ((length = read(terminal.ready, bytes, sizeof bytes)) > 0)
        terminal.drawn = true;
    if (length == 0) {
        close(terminal.ready);
        terminal.ready = -1;
    }
}

static void write_replies(void)
{
    ssize_t length;

    if (terminal.master < 0 || terminal.replies.length == 0)
        return;
    length = write(terminal.master, terminal.replies.bytes, terminal.replies.length);
    if (length > 0) {
        terminal.replies.length -= (size_t)length;
        memmove(terminal.replies.bytes, terminal.replies.bytes + length, terminal.replies.length);
    }
}

static void reap(void)
{
    if (!terminal.exited &&
        wait4(terminal.child, &terminal.status, WNOHANG, &terminal.used) == terminal.child)
        terminal.exited = true;
}

/* Lets bytes flow for at most `ms`, or until something happened. True when output came. */
static bool pump(int ms, bool with_orders)
{
    short wanted = terminal.replies.length > 0 ? POLLIN | POLLOUT : POLLIN;
    struct pollfd files[] = {
        {.fd = terminal.master, .events = wanted},
        {.fd = terminal.ready, .events = POLLIN},
        {.fd = terminal.exited ? -1 : terminal.process, .events = POLLIN},
        {.fd = with_orders ? STDIN_FILENO : -1, .events = POLLIN},
    };
    bool came = false;

    if (poll(files, sizeof files / sizeof files[0], ms) < 0 && errno != EINTR)
        die("poll");
    if (files[0].revents & POLLOUT)
        write_replies();
    if (files[0].revents & POLLIN)
        came = read_master();
    if (files[1].revents)
        read_ready();
    if (files[2].revents)
        reap();
    return came;
}

static void settle(void)
{
    while (pump(QUIET_MS, false))
        ;
    read_ready();
}

/* Sends what was queued; what the program drew before counts no more. */
static void send_queued(void)
{
    long end = now_ms() + terminal.timeout_ms;

    read_ready();
    terminal.drawn = false;
    while (terminal.replies.length > 0 && !terminal.exited && now_ms() < end)
        pump(50, false);
}

static bool all_input_read(void)
{
    int unread = 0;

    return terminal.replies.length == 0 &&
           (ioctl(terminal.slave, FIONREAD, &unread) != 0 || unread == 0);
}

/* The text of the columns from..to of a row; a wide character stands once. */
static void row_text(int row, int from, int to, char *out)
{
    size_t used = 0;

    for (int column = from; column < to; column++) {
        VTermPos at = {.row = row, .col = column};
        VTermScreenCell cell;

        if (!vterm_screen_get_cell(terminal.screen, at, &cell) || cell.chars[0] == UINT32_MAX)
            continue;
        if (cell.chars[0] == 0)
            out[used++] = ' ';
        for (size_t i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
            used += (size_t)utf8proc_encode_char((utf8proc_int32_t)cell.chars[i],
                                                 (utf8proc_uint8_t *)out + used);
    }
    out[used] = '\0';
}

static bool shows(const char *text)
{
    static char row[COLUMNS_LIMIT * VTERM_MAX_CHARS_PER_CELL * 4 + 1];
    int rows, columns;

    vterm_get_size(terminal.emulator, &rows, &columns);
    for (int i = 0; i < rows; i++) {
        row_text(i, 0, columns, row);
        if (strstr(row, text))
            return true;
    }
    return false;
}

static bool print_screen(char *unused)
{
    static char row[COLUMNS_LIMIT * VTERM_MAX_CHARS_PER_CELL * 4 + 1];
    int rows, columns;

    (void)unused;
    vterm_get_size(terminal.emulator, &rows, &columns);
    for (int i = 0; i < rows; i++) {
        row_text(i, 0, columns, row);
        printf("|%s\n", row);
    }
    return true;
}

static void colour_text(const VTermColor *colour, char *out, size_t size)
{
    if (VTERM_COLOR_IS_DEFAULT_FG(colour) || VTERM_COLOR_IS_DEFAULT_BG(colour))
        snprintf(out, size, "default");
    else if (VTERM_COLOR_IS_INDEXED(colour))
        snprintf(out, size, "%d", colour->indexed.idx);
    else
        snprintf(out, size, "#%02x%02x%02x", colour->rgb.red, colour->rgb.green, colour->rgb.blue);
}

static void attributes_text(const VTermScreenCell *cell, char *out, size_t size)
{
    char foreground[16], background[16];

    colour_text(&cell->fg, foreground, sizeof foreground);
    colour_text(&cell->bg, background, sizeof background);
    snprintf(out, size, "%s%s%s%s%s %s %s", cell->attrs.bold ? "bold," : "",
             cell->attrs.reverse ? "reverse," : "", cell->attrs.underline ? "underline," : "",
             cell->attrs.blink ? "blink," : "", "-", foreground, background);
}

/* |COLUMN LENGTH ATTRIBUTES FOREGROUND BACKGROUND TEXT, one line for each run of like cells. */
static bool print_attributes(char *argument)
{
    static char text[COLUMNS_LIMIT * VTERM_MAX_CHARS_PER_CELL * 4 + 1];
    char run[96] = "", here[96] = "";
    int row = (int)strtol(argument, NULL, 10), rows, columns, start = 0;

    vterm_get_size(terminal.emulator, &rows, &columns);
    for (int column = 0; column <= columns; column++) {
        VTermScreenCell cell;
        bool inside = column < columns;

        if (inside) {
            vterm_screen_get_cell(terminal.screen, (VTermPos){.row = row, .col = column}, &cell);
            attributes_text(&cell, here, sizeof here);
        }
        if (column > 0 && (!inside || strcmp(run, here) != 0)) {
            row_text(row, start, column, text);
            printf("|%d %d %s %s\n", start, column - start, run, text);
            start = column;
        }
        memcpy(run, here, sizeof run);
    }
    return true;
}

static bool print_output(char *unused)
{
    (void)unused;
    putchar('|');
    for (size_t i = 0; i < terminal.output.length; i++)
        printf("%02x", (unsigned char)terminal.output.bytes[i]);
    putchar('\n');
    terminal.output.length = 0;
    return true;
}

static bool send_key(const char *name)
{
    static const struct {
        const char *name;
        VTermKey key;
        VTermModifier modifier;
    } keys[] = {
        {"Enter", VTERM_KEY_ENTER, VTERM_MOD_NONE},
        {"Tab", VTERM_KEY_TAB, VTERM_MOD_NONE},
        {"BackTab", VTERM_KEY_TAB, VTERM_MOD_SHIFT},
        {"Backspace", VTERM_KEY_BACKSPACE, VTERM_MOD_NONE},
        {"Esc", VTERM_KEY_ESCAPE, VTERM_MOD_NONE},
        {"Up", VTERM_KEY_UP, VTERM_MOD_NONE},
        {"Down", VTERM_KEY_DOWN, VTERM_MOD_NONE},
        {"Left", VTERM_KEY_LEFT, VTERM_MOD_NONE},
        {"Right", VTERM_KEY_RIGHT, VTERM_MOD_NONE},
        {"Insert", VTERM_KEY_INS, VTERM_MOD_NONE},
        {"Delete", VTERM_KEY_DEL, VTERM_MOD_NONE},
        {"Home", VTERM_KEY_HOME, VTERM_MOD_NONE},
        {"End", VTERM_KEY_END, VTERM_MOD_NONE},
        {"PageUp", VTERM_KEY_PAGEUP, VTERM_MOD_NONE},
        {"PageDown", VTERM_KEY_PAGEDOWN, VTERM_MOD_NONE},
    };

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (strcmp(name, keys[i].name) == 0) {
            vterm_keyboard_key(terminal.emulator, keys[i].key, keys[i].modifier);
            return true;
        }
    }
    if (name[0] == 'F' && name[1] >= '1' && name[1] <= '9') {
        long number = strtol(name + 1, NULL, 10);

        vterm_keyboard_key(terminal.emulator, (VTermKey)VTERM_KEY_FUNCTION((int)number),
                           VTERM_MOD_NONE);
        return number <= 12;
    }
    if (strncmp(name, "Ctrl-", 5) == 0 && name[5] && !name[6]) {
        queue_reply((char[]){(char)(name[5] & 0x1f)}, 1, NULL);
        return true;
    }
    return false;
}

static bool send_keys(char *names)
{
    char *rest = NULL;

    for (char *name = strtok_r(names, " ", &rest); name; name = strtok_r(NULL, " ", &rest)) {
        if (!send_key(name))
            return false;
    }
    send_queued();
    return true;
}

static bool send_hex(char *hex)
{
    for (; hex[0] && hex[1]; hex += 2) {
        char byte[3] = {hex[0], hex[1], '\0'};

        queue_reply((char[]){(char)strtol(byte, NULL, 16)}, 1, NULL);
    }
    send_queued();
    return hex[0] == '\0';
}

static bool send_paste(char *text)
{
    vterm_keyboard_start_paste(terminal.emulator);
    queue_reply(text, strlen(text), NULL);
    vterm_keyboard_end_paste(terminal.emulator);
    send_queued();
    return true;
}

static bool wait_drawn(char *unused)
{
    long end = now_ms() + terminal.timeout_ms;

    (void)unused;
    while (!(terminal.drawn && all_input_read())) {
        if (terminal.exited || now_ms() > end)
            return false;
        pump(50, false);
    }
    settle();
    terminal.drawn = false;
    return true;
}

static bool wait_text(const char *text, bool wanted)
{
    long end = now_ms() + terminal.timeout_ms;

    for (;;) {
        settle();
        if (shows(text) == wanted)
            return true;
        if (terminal.exited || now_ms() > end)
            return false;
        pump(50, false);
    }
}

static bool wait_exit(char *unused)
{
    long end = now_ms() + terminal.timeout_ms;
    struct timeval cpu;

    (void)unused;
    while (!terminal.exited && now_ms() < end)
        pump(50, false);
    settle();
    if (!terminal.exited)
        return false;
    printf("|%s %d\n", WIFSIGNALED(terminal.status) ? "signal" : "exit",
           WIFSIGNALED(terminal.status) ? WTERMSIG(terminal.status) : WEXITSTATUS(terminal.status));
    timeradd(&terminal.used.ru_utime, &terminal.used.ru_stime, &cpu);
    printf("|cpu %ld.%06ld\n", (long)cpu.tv_sec, (long)cpu.tv_usec);
    return true;
}

static bool print_cursor(char *unused)
{
    VTermPos at;

    (void)unused;
    vterm_state_get_cursorpos(vterm_obtain_state(terminal.emulator), &at);
    printf("|%d %d\n", at.row, at.col);
    return true;
}

static bool resize(char *argument)
{
    int rows, columns;

    if (sscanf(argument, "%d %d", &rows, &columns) != 2 || rows < 1 || columns < 1 ||
        columns > COLUMNS_LIMIT)
        return false;
    read_ready();
    terminal.drawn = false;
    vterm_set_size(terminal.emulator, rows, columns);
    return ioctl(terminal.master, TIOCSWINSZ,
                 &(struct winsize){.ws_row = (unsigned short)rows,
                                   .ws_col = (unsigned short)columns}) == 0;
}

static bool send_signal(char *name)
{
    static const struct {
        const char *name;
        int number;
    } signals[] = {{"HUP", SIGHUP},   {"TERM", SIGTERM}, {"INT", SIGINT},   {"KILL", SIGKILL},
                   {"TSTP", SIGTSTP}, {"CONT", SIGCONT}, {"STOP", SIGSTOP}, {"QUIT", SIGQUIT}};

    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        if (strcmp(name, signals[i].name) == 0)
            return kill(terminal.child, signals[i].number) == 0;
    }
    return false;
}

static bool hang_up(char *unused)
{
    (void)unused;
    close(terminal.master);
    close(terminal.slave);
    terminal.master = terminal.slave = -1;
    return true;
}

static bool flow(char *direction)
{
    return tcflow(terminal.slave, strcmp(direction, "on") == 0 ? TCOON : TCOOFF) == 0;
}

static bool type_text(char *text)
{
    queue_reply(text, strlen(text), NULL);
    send_queued();
    return true;
}

static bool set_timeout(char *milliseconds)
{
    terminal.timeout_ms = strtol(milliseconds, NULL, 10);
    return true;
}

static bool until(char *text)
{
    return wait_text(text, true);
}

static bool gone(char *text)
{
    return wait_text(text, false);
}

static void obey(char *line)
{
    static const struct {
        const char *name;
        bool (*act)(char *argument);
    } orders[] = {
        {"key", send_keys},       {"text", type_text},      {"paste", send_paste},
        {"bytes", send_hex},      {"wait", wait_drawn},     {"until", until},
        {"gone", gone},           {"exited", wait_exit},    {"screen", print_screen},
        {"cursor", print_cursor}, {"output", print_output}, {"attributes", print_attributes},
        {"resize", resize},       {"signal", send_signal},  {"close", hang_up},
        {"flow", flow},           {"timeout", set_timeout},
    };
    char *argument = line + strcspn(line, " ");
    bool done = false;

    if (*argument)
        *argument++ = '\0';
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        if (strcmp(line, orders[i].name) == 0)
            done = orders[i].act(argument);
    }
    if (done)
        puts("ok");
    else
        printf("error: %s%s\n", line, terminal.exited ? ": the program has ended" : "");
    fflush(stdout);
}

static void start(int rows, int columns, char **command)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    int ready[2];

    if (openpty(&terminal.master, &terminal.slave, NULL, NULL, &size) != 0 || pipe(ready) != 0)
        die("openpty");
    terminal.child = fork();
    if (terminal.child < 0)
        die("fork");
    if (terminal.child == 0) {
        char number[16];

        close(terminal.master);
        close(ready[0]);
        snprintf(number, sizeof number, "%d", ready[1]);
        setenv("MULIN_TEST_FD", number, 1);
        if (login_tty(terminal.slave) == 0)
            execvp(command[0], command);
        _exit(127);
    }
    close(ready[1]);
    terminal.ready = ready[0];
    fcntl(terminal.ready, F_SETFL, O_NONBLOCK);
    fcntl(terminal.master, F_SETFL, O_NONBLOCK);
    terminal.process = pidfd_open(terminal.child, 0);
    if (terminal.process < 0)
        die("pidfd_open");
}

int main(int count, char **arguments)
{
    static char line[LINE_BYTES];
    size_t used = 0;
    int rows, columns;

    if (count < 4 || (rows = atoi(arguments[1])) < 1 || (columns = atoi(arguments[2])) < 1 ||
        columns > COLUMNS_LIMIT) {
        fputs("usage: terminal ROWS COLUMNS COMMAND [ARGUMENT...]\n", stderr);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    terminal.emulator = vterm_new(rows, columns);
    vterm_set_utf8(terminal.emulator, 1);
    vterm_output_set_callback(terminal.emulator, queue_reply, NULL);
    terminal.screen = vterm_obtain_screen(terminal.emulator);
    vterm_screen_enable_altscreen(terminal.screen, 1);
    vterm_screen_reset(terminal.screen, 1);
    start(rows, columns, arguments + 3);
    for (;;) {
        char *end = memchr(line, '\n', used);
        ssize_t length;

        if (end) {
            size_t taken = (size_t)(end - line) + 1;

            *end = '\0';
            obey(line);
            used -= taken;
            memmove(line, line + taken, used);
            continue;
        }
        pump(-1, true);
        if (poll(&(struct pollfd){.fd = STDIN_FILENO, .events = POLLIN}, 1, 0) < 1)
            continue;
        length = read(STDIN_FILENO, line + used, sizeof line - used);
        if (length <= 0)
            break;
        used += (size_t)length;
    }
    if (!terminal.exited)
        kill(terminal.child, SIGKILL);
    vterm_free(terminal.emulator);
    free(terminal.replies.bytes);
    free(terminal.output.bytes);
    return 0;
}
