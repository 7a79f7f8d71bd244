/* timed_terminal [-q MS] [-u TEXT] [KEY...] -- COMMAND [ARGUMENT...]
 *
 * Runs a command in a pseudo-terminal of 40 by 120 under libvterm and types the keys one after the
 * other, each when the one before is drawn. Lines:
 *
 *   start MS BYTES   until the last byte of the first screen: nothing came for QUIET_MS after it
 *   key MS BYTES     from the key until the last byte of the screen drawn for it
 *   peak KIB         of memory, in the end
 *
 * A program that takes keys writes a byte to the descriptor MULIN_TEST_FD when it has handled all
 * input and drawn. With -q the program knows nothing of that: what it draws for a key ends when
 * nothing came for MS, as the first screen does then. With -u it ends when TEXT stands on the
 * screen after the last key. */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

enum { ROWS = 40, COLUMNS = 120, QUIET_MS = 200, PATIENCE_MS = 30000, UNCHANGED_MS = 100 };

static struct {
    VTerm *emulator;
    int master, ready;
    pid_t child;
    double last; /* when the last byte came */
    long bytes;
    bool ended;
    int quiet;         /* MS of -q, else 0 */
    const char *until; /* of -u, else NULL */
} terminal;

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "timed_terminal: %s\n", what);
    if (terminal.child > 0)
        kill(terminal.child, SIGKILL);
    exit(2);
}

static double milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void answer(const char *bytes, size_t length, void *user)
{
    (void)user;
    if (write(terminal.master, bytes, length) != (ssize_t)length)
        die("cannot answer the program");
}

static void start(char **command)
{
    struct winsize size = {.ws_row = ROWS, .ws_col = COLUMNS};
    char number[16];
    int ends[2];

    if (pipe(ends) != 0)
        die("pipe");
    terminal.ready = ends[0];
    terminal.emulator = vterm_new(ROWS, COLUMNS);
    vterm_set_utf8(terminal.emulator, 1);
    vterm_output_set_callback(terminal.emulator, answer, NULL);
    vterm_screen_reset(vterm_obtain_screen(terminal.emulator), 1);
    terminal.child = forkpty(&terminal.master, NULL, NULL, &size);
    if (terminal.child < 0)
        die("forkpty");
    if (terminal.child == 0) {
        close(ends[0]);
        snprintf(number, sizeof number, "%d", ends[1]);
        setenv("MULIN_TEST_FD", number, 1);
        setenv("TERM", "xterm-256color", 1);
        execvp(command[0], command);
        _exit(127);
    }
    close(ends[1]);
}

static void read_output(void)
{
    char bytes[65536];
    ssize_t length = read(terminal.master, bytes, sizeof bytes);

    if (length <= 0) {
        terminal.ended = true;
        return;
    }
    terminal.last = milliseconds();
    terminal.bytes += length;
    vterm_input_write(terminal.emulator, bytes, (size_t)length);
}

/* Waits for output or the program's sign; true when the sign came. */
static bool wait_for_program(int timeout)
{
    struct pollfd files[] = {{terminal.master, POLLIN, 0}, {terminal.ready, POLLIN, 0}};
    char bytes[256];

    if (poll(files, 2, timeout) < 0 && errno != EINTR)
        die("poll");
    if (files[0].revents)
        read_output();
    if (!(files[1].revents & POLLIN))
        return false;
    return read(terminal.ready, bytes, sizeof bytes) > 0;
}

/* Reads until nothing came for some milliseconds after something did. */
static void read_until_quiet(double begun, int quiet)
{
    while (!terminal.ended) {
        double now = milliseconds();

        if (terminal.last != 0 && now - terminal.last >= quiet)
            break;
        if (now - begun > PATIENCE_MS)
            die("nothing was drawn");
        wait_for_program(terminal.last != 0 ? (int)(quiet - (now - terminal.last)) + 1 : quiet);
    }
    if (terminal.ended)
        die("the program ended");
}

static void first_screen(double begun)
{
    read_until_quiet(begun, terminal.quiet ? terminal.quiet : QUIET_MS);
    printf("start\t%.3f\t%ld\n", terminal.last - begun, terminal.bytes);
}

static void read_until_ready(double begun)
{
    double signed_at = 0;

    /* The sign may be of an earlier moment as long as nothing was drawn. */
    while (signed_at == 0 || (terminal.bytes == 0 && milliseconds() - begun < UNCHANGED_MS)) {
        if (wait_for_program(UNCHANGED_MS))
            signed_at = milliseconds();
        if (terminal.ended)
            die("the program ended");
        if (milliseconds() - begun > PATIENCE_MS)
            die("the program does not say that it has drawn");
    }
    for (struct pollfd rest = {terminal.master, POLLIN, 0};
         poll(&rest, 1, 0) > 0 && !terminal.ended;)
        read_output();
    if (terminal.bytes == 0)
        terminal.last = signed_at;
}

static void press(const char *key)
{
    double begun = milliseconds();
    size_t length = strlen(key);

    terminal.last = 0;
    terminal.bytes = 0;
    if (write(terminal.master, key, length) != (ssize_t)length)
        die("cannot type");
    if (terminal.quiet)
        read_until_quiet(begun, terminal.quiet);
    else
        read_until_ready(begun);
    printf("key\t%.3f\t%ld\n", terminal.last - begun, terminal.bytes);
}

static bool shows(const char *text)
{
    static char screen[ROWS * COLUMNS * 4 + 1];
    const VTermRect all = {0, ROWS, 0, COLUMNS};
    size_t length = vterm_screen_get_text(vterm_obtain_screen(terminal.emulator), screen,
                                          sizeof screen - 1, all);

    screen[length] = '\0';
    return strstr(screen, text);
}

static void wait_for_text(void)
{
    double begun = milliseconds();

    while (!shows(terminal.until)) {
        wait_for_program(QUIET_MS);
        if (terminal.ended || milliseconds() - begun > PATIENCE_MS)
            die("the text does not come");
    }
}

static long peak(void)
{
    char path[64], line[256];
    long kib = 0;
    FILE *file;

    snprintf(path, sizeof path, "/proc/%d/status", (int)terminal.child);
    file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, "VmHWM:", 6) == 0)
            kib = strtol(line + 6, NULL, 10);
    if (file)
        fclose(file);
    return kib;
}

int main(int count, char **arguments)
{
    int first = 1, keys;
    double begun;

    for (; first + 1 < count; first += 2) {
        if (strcmp(arguments[first], "-q") == 0)
            terminal.quiet = (int)strtol(arguments[first + 1], NULL, 10);
        else if (strcmp(arguments[first], "-u") == 0)
            terminal.until = arguments[first + 1];
        else
            break;
    }
    keys = first;
    while (keys < count && strcmp(arguments[keys], "--") != 0)
        keys++;
    if (keys + 1 >= count)
        die("usage: timed_terminal [-q MS] [-u TEXT] [KEY...] -- COMMAND...");
    signal(SIGPIPE, SIG_IGN);
    begun = milliseconds();
    start(arguments + keys + 1);
    first_screen(begun);
    for (int i = first; i < keys; i++)
        press(arguments[i]);
    if (terminal.until)
        wait_for_text();
    printf("peak\t%ld\n", peak());
    kill(terminal.child, SIGKILL);
    close(terminal.master);
    waitpid(terminal.child, NULL, 0);
    vterm_free(terminal.emulator);
    return 0;
}
