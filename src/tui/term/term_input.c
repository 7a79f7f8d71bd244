/* Bytes and curses' key codes in, events out. Characters are put together here and not by get_wch,
 * which loses the beginning of a character whose bytes come apart. */
#include "tui/term/term_state.h"

#include <mulin/base/text.h>

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    /* From KEY_MAX on curses numbers what a terminfo entry adds. */
    PASTE_BEGIN = KEY_MAX + 1000,
    PASTE_END,
    CONTROL_HOME,
    CONTROL_END,
    TAIL_WAIT = 50,     /* milliseconds for the rest of a sequence that has begun */
    PASTE_WAIT = 1000,  /* for the next byte of a paste */
    CURSES_QUEUE = 256, /* at least what curses queues */
    PASTE_CHUNK = 96,   /* less than that */
    LINE_END_WAIT = 20  /* from CR to the LF that belongs to it */
};

void mu_term_define_keys(void)
{
    static const struct {
        const char *bytes;
        int key;
    } keys[] = {
        {"\033[11~", KEY_F(1)},      {"\033[12~", KEY_F(2)},     {"\033[13~", KEY_F(3)},
        {"\033[14~", KEY_F(4)},      {"\033[15~", KEY_F(5)},     {"\033[17~", KEY_F(6)},
        {"\033[18~", KEY_F(7)},      {"\033[19~", KEY_F(8)},     {"\033[20~", KEY_F(9)},
        {"\033[21~", KEY_F(10)},     {"\033[23~", KEY_F(11)},    {"\033[24~", KEY_F(12)},
        {"\033[[A", KEY_F(1)},       {"\033[[B", KEY_F(2)},      {"\033[[C", KEY_F(3)},
        {"\033[[D", KEY_F(4)},       {"\033[[E", KEY_F(5)},      {"\033OP", KEY_F(1)},
        {"\033OQ", KEY_F(2)},        {"\033OR", KEY_F(3)},       {"\033OS", KEY_F(4)},
        {"\033[1~", KEY_HOME},       {"\033[7~", KEY_HOME},      {"\033[H", KEY_HOME},
        {"\033OH", KEY_HOME},        {"\033[4~", KEY_END},       {"\033[8~", KEY_END},
        {"\033[F", KEY_END},         {"\033OF", KEY_END},        {"\033[2~", KEY_IC},
        {"\033[3~", KEY_DC},         {"\033[5~", KEY_PPAGE},     {"\033[6~", KEY_NPAGE},
        {"\033[A", KEY_UP},          {"\033[B", KEY_DOWN},       {"\033[C", KEY_RIGHT},
        {"\033[D", KEY_LEFT},        {"\033OA", KEY_UP},         {"\033OB", KEY_DOWN},
        {"\033OC", KEY_RIGHT},       {"\033OD", KEY_LEFT},       {"\033[Z", KEY_BTAB},
        {"\033OM", KEY_ENTER},       {"\033[200~", PASTE_BEGIN}, {"\033[201~", PASTE_END},
        {"\033[1;5H", CONTROL_HOME}, {"\033[1;5F", CONTROL_END}, {"\033[7^", CONTROL_HOME},
        {"\033[8^", CONTROL_END},
    };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        define_key(keys[i].bytes, keys[i].key);
    keyok(KEY_MOUSE, FALSE); /* its bytes are then swallowed as a sequence without a name */
}

/* The next byte or key code, or ERR when none comes within `wait` milliseconds. */
static int take(struct mu_curses *curses, int wait)
{
    int value = curses->pushed;

    curses->pushed = -1;
    if (value < 0 && curses->early_next < curses->early_count)
        value = curses->early[curses->early_next++];
    if (value < 0) {
        wtimeout(curses->keys, wait);
        value = wgetch(curses->keys);
    }
    curses->heard = curses->heard || value != ERR;
    return value;
}

static enum mu_key named_key(int code)
{
    static const struct {
        int code;
        enum mu_key key;
    } keys[] = {
        {KEY_ENTER, MU_KEY_ENTER},         {KEY_BTAB, MU_KEY_BACKTAB},
        {KEY_BACKSPACE, MU_KEY_BACKSPACE}, {KEY_DC, MU_KEY_DELETE},
        {KEY_IC, MU_KEY_INSERT},           {KEY_UP, MU_KEY_UP},
        {KEY_DOWN, MU_KEY_DOWN},           {KEY_LEFT, MU_KEY_LEFT},
        {KEY_RIGHT, MU_KEY_RIGHT},         {KEY_HOME, MU_KEY_HOME},
        {KEY_FIND, MU_KEY_HOME},           {KEY_END, MU_KEY_END},
        {KEY_SELECT, MU_KEY_END},          {CONTROL_HOME, MU_KEY_CONTROL_HOME},
        {CONTROL_END, MU_KEY_CONTROL_END}, {KEY_PPAGE, MU_KEY_PAGE_UP},
        {KEY_NPAGE, MU_KEY_PAGE_DOWN},
    };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].code == code)
            return keys[i].key;
    if (code >= KEY_F(1) && code <= KEY_F(12))
        return (enum mu_key)(MU_KEY_F1 + (code - KEY_F(1)));
    return MU_KEY_OTHER;
}

static enum mu_key control_key(int byte)
{
    switch (byte) {
    case '\r':
    case '\n':
        return MU_KEY_ENTER;
    case '\t':
        return MU_KEY_TAB;
    case 8:
    case 127:
        return MU_KEY_BACKSPACE;
    default:
        break;
    }
    if (byte >= 1 && byte <= 26)
        return (enum mu_key)(MU_KEY_CONTROL_A + (byte - 1));
    return MU_KEY_OTHER;
}

static void key_event(struct mu_event *event, enum mu_key key)
{
    event->kind = MU_EVENT_KEY;
    event->key = key;
}

/* Behind an ESC that begins no key that curses knows: the rest of a sequence is swallowed whole;
 * without one it was the Esc key. */
static void escape(struct mu_curses *curses, struct mu_event *event)
{
    int next = take(curses, 0);

    if (next != '[' && next != 'O') {
        curses->pushed = next == ERR ? -1 : next;
        key_event(event, MU_KEY_ESCAPE);
        return;
    }
    if (next == 'O') {
        (void)take(curses, TAIL_WAIT);
    } else {
        do
            next = take(curses, TAIL_WAIT);
        while (next >= 0x20 && next < 0x40); /* parameters; then one final byte */
    }
    key_event(event, MU_KEY_OTHER);
}

/* Keeps a byte of a paste; what is too much for any text is dropped. */
static void add_pasted(struct mu_curses *curses, size_t *used, char byte)
{
    if (byte && *used + 1 < PASTE_SIZE)
        curses->paste[(*used)++] = byte;
}

/* Bytes that come within PASTE_WAIT; a new window size does not cut a paste. 0: none, or no line.
 */
static ssize_t read_waiting(char *out, size_t size)
{
    struct pollfd ready = {STDIN_FILENO, POLLIN, 0};
    ssize_t length;
    int waiting;

    do {
        waiting = poll(&ready, 1, PASTE_WAIT);
        length = waiting > 0 ? read(STDIN_FILENO, out, size) : waiting;
    } while (length < 0 && errno == EINTR);
    return length;
}

/* The rest of a long paste, many bytes at once where curses takes two calls for each. What came
 * behind the end goes back to curses, whose queue holds more than a chunk. */
static void paste_on(struct mu_curses *curses, size_t *used)
{
    static const char end[] = "\033[201~";
    size_t matched = 0; /* bytes of the end that came, which are not kept yet */
    char chunk[PASTE_CHUNK];
    ssize_t length;

    while ((length = read_waiting(chunk, sizeof chunk)) > 0) {
        for (ssize_t i = 0; i < length; i++) {
            if (chunk[i] != end[matched]) {
                for (size_t kept = 0; kept < matched; kept++)
                    add_pasted(curses, used, end[kept]);
                matched = chunk[i] == end[0];
                if (!matched)
                    add_pasted(curses, used, chunk[i]);
            } else if (!end[++matched]) {
                while (--length > i)
                    ungetch((unsigned char)chunk[length]);
                return;
            }
        }
    }
}

static void paste(struct mu_curses *curses, struct mu_event *event)
{
    size_t used = 0, plain = 0;
    int value;

    while ((value = take(curses, PASTE_WAIT)) != ERR && value != PASTE_END) {
        if (value < 256)
            add_pasted(curses, &used, (char)value);
        /* Behind so much without the beginning of a sequence curses has nothing left in its queue.
         */
        plain = value != 27 && value < 256 ? plain + 1 : 0;
        if (plain == CURSES_QUEUE) {
            paste_on(curses, &used);
            break;
        }
    }
    curses->paste[used] = '\0';
    event->kind = MU_EVENT_PASTE;
    event->text = curses->paste;
}

/* Bytes that are no UTF-8: said once, not for every byte of a GBK sentence. */
static bool garble(struct mu_curses *curses, struct mu_event *event)
{
    bool first = !curses->garbled;

    curses->character_length = 0;
    curses->garbled = true;
    if (first)
        key_event(event, MU_KEY_OTHER);
    return first;
}

/* Adds a byte of 128 or more. False when that made no event (yet). */
static bool add_byte(struct mu_curses *curses, int byte, struct mu_event *event)
{
    size_t wanted;

    if ((byte & 0xC0) == 0xC0) {
        curses->character[0] = (char)byte;
        curses->character_length = 1;
        return byte >= 0xF5 ? garble(curses, event) : false;
    }
    if (curses->character_length == 0)
        return garble(curses, event);
    curses->character[curses->character_length++] = (char)byte;
    curses->character[curses->character_length] = '\0';
    byte = (unsigned char)curses->character[0];
    wanted = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
    if (curses->character_length < wanted)
        return false;
    if (!mu_text_valid(curses->character, wanted))
        return garble(curses, event);
    curses->character_length = 0; /* the bytes stay readable for the event */
    curses->garbled = false;
    event->kind = MU_EVENT_TEXT;
    event->text = curses->character;
    return true;
}

/* Makes an event of one value of take(). False when it was only a part of one. */
static bool translate(struct mu_curses *curses, int value, struct mu_event *event)
{
    int64_t now = mu_term_milliseconds(&curses->term);

    if (curses->character_length > 0 && (value < 0x80 || value >= 0xC0)) {
        curses->pushed = value; /* the character before was never finished */
        return garble(curses, event);
    }
    if (value >= 0x80 && value < 0x100)
        return add_byte(curses, value, event);
    if (value == '\n' && now - curses->returned <= LINE_END_WAIT)
        return false;
    curses->returned = value == '\r' ? now : -LINE_END_WAIT - 1;
    if (value == PASTE_BEGIN)
        paste(curses, event);
    else if (value == PASTE_END)
        return false;
    else if (value == KEY_RESIZE)
        event->kind = MU_EVENT_RESIZE;
    else if (value >= 0x100)
        key_event(event, named_key(value));
    else if (value == 27)
        escape(curses, event);
    else if (value < ' ' || value == 127)
        key_event(event, control_key(value));
    else {
        curses->character[0] = (char)value;
        curses->character[1] = '\0';
        event->kind = MU_EVENT_TEXT;
        event->text = curses->character;
        curses->garbled = false;
    }
    return true;
}

/* Signals first: they must be obeyed however much is typed. */
static bool take_signal(struct mu_curses *curses, struct mu_event *event)
{
    int ended;
    bool resized = mu_term_signals_take(&ended);
    struct winsize size;

    if (ended) {
        event->kind = MU_EVENT_HANGUP;
    } else if (resized) {
        if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
            resizeterm(size.ws_row, size.ws_col);
        curses->term.repaint(&curses->term); /* terminals move what was there in their own ways */
        event->kind = MU_EVENT_RESIZE;
    }
    curses->heard = curses->heard || event->kind != MU_EVENT_NONE;
    return event->kind != MU_EVENT_NONE;
}

/* Waits for input or a signal. False when the line is closed. */
static bool wait_for_input(int wait)
{
    struct pollfd ready[2] = {{STDIN_FILENO, POLLIN, 0}, {mu_term_signals_pipe(), POLLIN, 0}};
    int waiting = 0;

    if (poll(ready, 2, wait) <= 0 || ready[0].revents == 0)
        return true;
    if (ready[0].revents & (POLLHUP | POLLERR | POLLNVAL))
        return false;
    return ioctl(STDIN_FILENO, FIONREAD, &waiting) != 0 || waiting > 0;
}

void mu_term_next(struct mu_term *term, int wait, struct mu_event *event)
{
    struct mu_curses *curses = (struct mu_curses *)term;
    int64_t end = mu_term_milliseconds(term) + wait;
    int value;

    memset(event, 0, sizeof *event);
    while (!take_signal(curses, event)) {
        int64_t left;
        bool swallowed = false;

        while ((value = take(curses, 0)) != ERR) {
            if (mu_term_signals_waiting()) {
                curses->pushed = value; /* a new size that came before this key is told before it */
                break;
            }
            if (translate(curses, value, event))
                return;
            swallowed = true;
        }
        if (value != ERR)
            continue;
        if (swallowed)
            return; /* the loop says that it is settled, then comes back */
        left = end - mu_term_milliseconds(term);
        if (!wait_for_input(left > 0 ? (int)left : 0)) {
            event->kind = MU_EVENT_HANGUP;
            return;
        }
        if (left <= 0)
            return;
    }
}
