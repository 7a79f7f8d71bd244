#!/usr/bin/env python3
"""bans.py ROOT: calls and words that have no place here, or only in one room."""
import re
import sys

from source import report, sources

CORE = ("base", "rules", "domain", "store", "desk", "report")
CALL = r"(?<![\w.>])(?:%s)\s*\("
EVERYWHERE = {
    CALL % "strcpy|strcat|sprintf|vsprintf|gets|strtok|alloca|tmpnam|mktemp": "has no bound",
    CALL % "atoi|atol|atoll|atof|sscanf|scanf": "does not say what it could not read",
    CALL % "system|popen|wordexp": "starts a shell",
    CALL % "flushinp": "throws away what was typed ahead",
    CALL % "rand|srand|random|srandom": "is not random enough; libsodium is",
    CALL % "setenv\\s*\\(\\s*\"?TZ|tzset": "the zone is the system's",
}
IN_CORE = {
    CALL % "printf|puts|putchar|perror|vprintf|exit|_exit|_Exit|quick_exit|abort|assert|err|errx":
        "the core never prints, exits or aborts",
    r"\b(?:stdout|stderr)\b": "the core never prints",
}
CURSES = {
    CALL % r"(?:mv)?w?(?:add|ins)(?:n?str|ch|nwstr|wstr|_wch|_wchn?str)": "draw through the grid",
    CALL % r"(?:mv)?w?printw|(?:w)?get_wch|initscr|newterm|endwin": "curses belongs to tui/term",
}
IN_SCREENS = {CALL % "strlen|wcwidth|wcswidth": "bytes are not cells: use the text functions"}
SQL = re.compile(r"^\s*(?:SELECT\s|INSERT\s+(?:OR|INTO)\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|"
                 r"CREATE\s+(?:TABLE|INDEX|TRIGGER|VIEW)\s|PRAGMA\s|BEGIN\b|COMMIT\b|ROLLBACK\b)")
MACHINE = re.compile(r"/(?:home|Users)/")


def rules_for(source):
    yield from EVERYWHERE.items()
    if source.room in CORE and "/generate_" not in source.path:
        yield from IN_CORE.items()
    if source.room != "tui/term":
        yield from CURSES.items()
    if source.room == "tui/screens":
        yield from IN_SCREENS.items()


def check(root):
    faults = []
    for source in sources(root, "include", "src"):
        for pattern, why in rules_for(source):
            for line, found in source.find(pattern):
                faults.append((source.path, line, f"{found[0].rstrip('( ')}: {why}"))
        for line, text in source.strings:
            if SQL.match(text) and source.room != "store":
                faults.append((source.path, line, "SQL belongs to src/store"))
            if MACHINE.search(text):
                faults.append((source.path, line, "a path of somebody's machine"))
    return faults


if __name__ == "__main__":
    sys.exit(report(check(sys.argv[1])))
