/* Asks the terminal how wide it draws, before anything is drawn: prints a character and asks where
 * the cursor is now. */
#include "tui/term/term_state.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { PATIENCE = 300, ANSWERS = 2 };

static const char question[] = "\r中\033[6n\r─\033[6n\r\033[K";

struct reader {
    int answer[ANSWERS]; /* columns, counted from 1 */
    int answers;
    int state;  /* bytes of an answer seen so far: ESC, [, then numbers */
    int number; /* the one that is being read */
};

enum { OUTSIDE, ESCAPE, BRACKET, COLUMN };

/* Takes one byte. False when it belongs to no answer. An Esc that a person pressed is lost here;
 * a key pressed in these few milliseconds may be pressed again. */
static bool take(struct reader *reader, unsigned char byte)
{
    if (reader->state == OUTSIDE && byte == 27) {
        reader->state = ESCAPE;
    } else if (reader->state == ESCAPE && byte == '[') {
        reader->state = BRACKET;
    } else if (reader->state == BRACKET && byte >= '0' && byte <= '9') {
        ; /* the row */
    } else if (reader->state == BRACKET && byte == ';') {
        reader->state = COLUMN;
        reader->number = 0;
    } else if (reader->state == COLUMN && byte >= '0' && byte <= '9') {
        if (reader->number < 10000)
            reader->number = reader->number * 10 + (byte - '0');
    } else if (reader->state == COLUMN && byte == 'R') {
        reader->answer[reader->answers++] = reader->number;
        reader->state = OUTSIDE;
    } else {
        reader->state = OUTSIDE;
        return false;
    }
    return true;
}

bool mu_term_ask(void)
{
    return write(STDOUT_FILENO, question, sizeof question - 1) == (ssize_t)sizeof question - 1;
}

void mu_term_answers(struct mu_probe *probe)
{
    struct reader reader = {.state = OUTSIDE};
    int64_t end = mu_term_milliseconds(NULL) + PATIENCE;
    struct pollfd input = {STDIN_FILENO, POLLIN, 0};
    unsigned char byte;

    memset(probe, 0, sizeof *probe);
    while (reader.answers < ANSWERS) {
        int64_t left = end - mu_term_milliseconds(NULL);
        int came = left > 0 ? poll(&input, 1, (int)left) : 0;

        if (came < 0 && errno == EINTR)
            continue;
        if (came <= 0 || read(STDIN_FILENO, &byte, 1) != 1)
            break;
        if (!take(&reader, byte) && probe->early_count < sizeof probe->early)
            probe->early[probe->early_count++] = byte;
    }
    if (reader.answers == ANSWERS) {
        probe->han = reader.answer[0] - 1;
        probe->line = reader.answer[1] - 1;
    }
}
