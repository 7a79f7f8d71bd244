#!/usr/bin/env python3
"""layers.py ROOT: includes run one way, and each foreign library is seen by one room only."""
import pathlib
import sys

from source import report, room_of, sources

BELOW = {
    "base": [],
    "rules": ["base"],
    "domain": ["rules", "base"],
    "store": ["domain", "rules", "base"],
    "desk": ["store", "domain", "rules", "base"],
    "report": ["desk", "domain", "rules", "base"],
    "tui": ["base"],
    "tui/term": ["tui", "base"],
    "tui/screens": ["tui", "report", "desk", "domain", "rules", "base"],
    "cli": ["tui/screens", "report", "desk", "domain", "rules", "base"],
}
# A header of another library and the only places that may include it.
FOREIGN = {
    "sqlite3.h": ["src/store/db_sqlite.c", "src/store/db_settings.c", "src/store/db_watch.c",
                  "src/store/generate_schema.c"],
    "pthread.h": ["src/base/crew.c", "src/base/gate.c"],
    "threads.h": [],
    "xlsxwriter.h": ["src/report/"],
    "yaml.h": ["src/rules/"],
    "cyaml/cyaml.h": ["src/rules/"],
    "curses.h": ["src/tui/term/"],
    "ncurses.h": ["src/tui/term/"],
    "ncursesw/curses.h": ["src/tui/term/"],
    "ncursesw/ncurses.h": ["src/tui/term/"],
    "term.h": ["src/tui/term/"],
}
# Where the desk is put together: the command hands the screens their terminal.
ALSO = {"cli": ["tui", "tui/term"]}


def target(source, name, root):
    """The room that an include leads to, or None when it is not ours."""
    parts = pathlib.PurePosixPath(name).parts
    if parts[0] == "mulin":
        return room_of(parts[1:])
    if parts[0] == "messages" or parts[0] == "codes":
        return "base"
    here = (root / source.path).parent / name
    if here.exists():
        return source.room
    if (root / "src" / name).exists() or parts[0] in BELOW:
        return room_of(parts)
    return None


def check(root):
    faults = []
    for source in sources(root, "include", "src"):
        if source.room not in BELOW:
            faults.append((source.path, 1, f"the room {source.room} has no place in layers.py"))
            continue
        allowed = {source.room, *BELOW[source.room], *ALSO.get(source.room, [])}
        for line, name in source.includes:
            room = target(source, name, root)
            if room is not None and room not in allowed:
                faults.append((source.path, line, f"{source.room} may not include {name} ({room})"))
            places = FOREIGN.get(name)
            if places and not any(source.path.startswith(place) for place in places):
                faults.append((source.path, line, f"{name} belongs to {' '.join(places)} only"))
    return faults


if __name__ == "__main__":
    sys.exit(report(check(pathlib.Path(sys.argv[1]).resolve())))
