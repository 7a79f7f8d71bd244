/* bare_screen HOME
 *
 * The floor of a screen that finds people: ncurses and SQLite and nothing else. It reads the tables
 * of a desk's record file with the desk's settings; every key extends the query or takes a
 * character off it, one range read of the keys follows, and the screen is erased and drawn again. A
 * query in digits is the end of a phone number, any other the beginning of a name, as typed or by
 * its readings. As the desk does it tells the descriptor MULIN_TEST_FD when it has drawn and no key
 * waits. Ends at Ctrl-C. */
#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

enum { HITS = 50, QUERY_RUNES = 60, TOKEN_SIZE = 512, NAME_KEY = '1', PHONE_KEY = '3', CTRL_C = 3 };
enum { NAME_AT = 2, BORN_AT = 18, PHONE_AT = 30, HOME_AT = 44 };

static sqlite3 *db;
static sqlite3_stmt *people;
static wchar_t query[QUERY_RUNES + 1];
static size_t typed;
static int ready = -1;

static _Noreturn void die(const char *what)
{
    if (stdscr)
        endwin();
    fprintf(stderr, "bare_screen: %s\n", what);
    exit(2);
}

static void open_records(const char *home)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/mulin.db", home);
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
        sqlite3_exec(db, "PRAGMA cache_size = -2000", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db,
                           "SELECT r.name, r.birth_date, r.phone,"
                           " p.estate || p.building || p.unit || p.room"
                           " FROM search_key k JOIN resident r ON r.resident_id = k.resident_id"
                           " LEFT JOIN household h ON h.household_id = r.household_id"
                           " LEFT JOIN place p ON p.place_id = h.place_id"
                           " WHERE k.token >= ?1 AND k.token < ?2"
                           " ORDER BY k.token, k.resident_id LIMIT ?3",
                           -1, &people, NULL) != SQLITE_OK)
        die(sqlite3_errmsg(db));
}

static void set_token(char token[TOKEN_SIZE])
{
    bool digits = typed > 0 && wcsspn(query, L"0123456789") == typed;
    wchar_t text[QUERY_RUNES + 1] = L"";

    for (size_t i = 0; i < typed; i++)
        text[i] = digits ? query[typed - 1 - i] : query[i];
    snprintf(token, TOKEN_SIZE, "%c%ls", digits ? PHONE_KEY : NAME_KEY, text);
}

static void draw_person(int row)
{
    static const int columns[] = {NAME_AT, BORN_AT, PHONE_AT, HOME_AT};

    for (int i = 0; i < 4; i++) {
        const char *text = (const char *)sqlite3_column_text(people, i);

        mvaddstr(row, columns[i], text ? text : "");
    }
}

static void draw(void)
{
    char from[TOKEN_SIZE], to[TOKEN_SIZE + 4];
    int row = 1;

    set_token(from);
    snprintf(to, sizeof to, "%s\xF4\x8F\xBF\xBF", from);
    sqlite3_bind_text(people, 1, from, -1, SQLITE_STATIC);
    sqlite3_bind_text(people, 2, to, -1, SQLITE_STATIC);
    sqlite3_bind_int(people, 3, HITS);
    erase();
    while (row < LINES - 1 && sqlite3_step(people) == SQLITE_ROW)
        draw_person(row++);
    if (sqlite3_reset(people) != SQLITE_OK)
        die(sqlite3_errmsg(db));
    mvprintw(LINES - 1, 0, "F1 帮助  F5 刷新  F9 菜单  Esc 返回  %d", row - 1);
    mvprintw(0, 0, "查找 %ls", query);
    refresh();
}

static void tell_ready(void)
{
    struct pollfd keys = {STDIN_FILENO, POLLIN, 0};

    if (ready >= 0 && poll(&keys, 1, 0) == 0 && write(ready, "", 1) != 1)
        die("nobody listens");
}

static void type(wint_t rune)
{
    if (rune == L'\x7F' || rune == KEY_BACKSPACE)
        typed -= typed > 0;
    else if (typed < QUERY_RUNES)
        query[typed++] = (wchar_t)rune;
    query[typed] = L'\0';
}

int main(int count, char **arguments)
{
    const char *descriptor = getenv("MULIN_TEST_FD");
    wint_t rune;
    int kind;

    if (count != 2 || !setlocale(LC_ALL, ""))
        die("usage: bare_screen HOME");
    if (descriptor)
        ready = (int)strtol(descriptor, NULL, 10);
    open_records(arguments[1]);
    initscr();
    raw();
    noecho();
    keypad(stdscr, TRUE);
    set_escdelay(0);
    do {
        draw();
        tell_ready();
        kind = get_wch(&rune);
        if (kind == OK || rune == KEY_BACKSPACE)
            type(rune);
    } while (kind != ERR && rune != CTRL_C);
    endwin();
    sqlite3_finalize(people);
    sqlite3_close(db);
    return 0;
}
