"""Import of everybody from a GB18030 file, every row checked, beside the sqlite3 shell that builds
the same tables and indexes from ready-made files, and beside Python that checks the rows, too."""
import re
import secrets
import sqlite3
import statistics
import string
import sys

from measuring import export, paired
from programs import ROOT

TABLES = ("place", "household", "resident", "resident_tag")
LARGE = 1_000_000  # residents, whom checking Python takes many minutes
LETTERS = string.ascii_letters + string.digits + "-_"


def measure(bench):
    size = bench.size
    turns = size.pick(1, 3, 7)
    checked_turns = size.pick(1, 1, 3 if size.residents >= LARGE else turns)
    ours, theirs, checked, peaks, script = [], [], [], [], None
    with bench.folder("imported") as home, bench.folder("ready-made") as ready_made:
        people, shell = ready_made / "people.csv", bench.work / "shell.db"
        people.write_bytes(bench.people.read_text(encoding="utf-8").encode("gb18030"))
        for turn in range(turns):
            bench.made.init(home)
            seconds, peak = bench.timed(*bench.made.import_command(home)[:-1], people)
            ours.append(seconds)
            peaks.append(peak)
            script = script or ready(home, ready_made)
            shell.unlink(missing_ok=True)
            theirs.append(bench.timed("sqlite3", "-batch", "-bail", shell, input=script)[0])
            check(home, shell)
            if turn < checked_turns:
                shell.unlink()
                checked.append(bench.timed(sys.executable, ROOT / "tests" / "bench" / "import_peer.py",
                                           shell, ready_made, input=script)[0])
                check(home, shell)
        shell.unlink()
    bench.add_ratio("import, every row checked", 1.15, "sqlite3 .import",
                    f"{statistics.median(ours):.2f} s", f"{statistics.median(theirs):.2f} s",
                    paired(ours, theirs), turns)
    ratio = paired(checked, ours)
    bench.add("the same import", "≥ 1.5 × faster than checking Python",
              f"{statistics.median(ours):.2f} s", f"{statistics.median(checked):.2f} s", ratio,
              ratio >= 1.5, len(checked))
    bench.add_memory("import", 30, peaks)
    bench.point("import", "s", statistics.median(ours))


def import_cache():
    """KiB of page cache that an import keeps, so that the peers get no more and no less."""
    source = (ROOT / "src" / "store" / "import_store.c").read_text(encoding="utf-8")
    return int(re.search(r"\bCACHE_KIB = ([0-9]+)", source)[1])


def as_text(sql):
    """.import knows neither NULL nor BLOB: what nobody here has becomes an empty text, and what is
    sealed a text of as many characters."""
    return re.sub(r"(joined_into|linked_to) +INTEGER REFERENCES \w+", r"\1 TEXT", sql).replace(
        " BLOB", " TEXT")


def same_length(value):
    """Sealed bytes cannot stand in a CSV file: as many characters by chance, which are as random in
    the index."""
    if not isinstance(value, bytes):
        return value
    return "".join(LETTERS[byte & 63] for byte in secrets.token_bytes(len(value)))


def ready(home, ready_made):
    """Writes the rows of our tables as CSV files and returns what the shell is to do with them: fill
    the same tables, then make the same indexes. Sealing, marks and readings come to it ready-made;
    keys come in the order of the people and must be sorted as ours."""
    database = sqlite3.connect(home / "mulin.db")
    tables = {name: sql for name, sql in database.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'table'")}
    indexes = [sql for (sql,) in database.execute(
        "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
        f" AND tbl_name IN {TABLES}")]
    for name in (*TABLES, "search_key"):
        first = "resident_id" if name == "search_key" else "1"
        rows = database.execute(f"SELECT * FROM {name} ORDER BY {first}")
        export(ready_made / f"{name}.csv", (map(same_length, row) for row in rows))
    database.close()
    return "\n".join([
        "PRAGMA journal_mode = TRUNCATE;", "PRAGMA synchronous = EXTRA;",
        "PRAGMA foreign_keys = ON;", "PRAGMA secure_delete = ON;",
        "PRAGMA cell_size_check = ON;", f"PRAGMA cache_size = -{import_cache()};",
        "PRAGMA temp_store = FILE;",
        *(f"{as_text(tables[name])};" for name in ("operator", *TABLES, "search_key")),
        "INSERT INTO operator (operator_id, name, role, created_at) VALUES (1, 'x', 'keeper', '');",
        "CREATE TEMP TABLE ready_key (token TEXT NOT NULL, resident_id INTEGER NOT NULL);",
        "BEGIN IMMEDIATE;", ".mode csv",
        *(f".import {ready_made / name}.csv {name}" for name in TABLES),
        f".import --schema temp {ready_made / 'search_key'}.csv ready_key",
        "INSERT INTO search_key SELECT token, resident_id FROM ready_key"
        " ORDER BY token, resident_id;",
        *(f"{sql};" for sql in indexes),
        "COMMIT;"])


def check(home, peer):
    counts = []
    for file in (home / "mulin.db", peer):
        database = sqlite3.connect(file)
        counts.append([database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
                       for name in (*TABLES, "search_key")])
        database.close()
    if counts[0] != counts[1]:
        raise RuntimeError(f"the peer's import holds {counts[1]} rows, ours {counts[0]}")
