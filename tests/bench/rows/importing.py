"""Import of everybody, every row checked, beside the sqlite3 shell that builds the same tables and
indexes from ready-made files."""
import re
import sqlite3
import statistics

from community import secrets
from measuring import export, paired
from programs import ROOT

TABLES = ("place", "household", "resident")
ID_TAIL = 6  # characters


def measure(bench):
    size = bench.size
    plain = secrets(bench.people)
    ours, theirs, peaks, script = [], [], [], None
    with bench.folder("imported") as home, bench.folder("ready-made") as ready_made:
        shell = bench.work / "shell.db"
        for _ in range(size.pick(1, 3, 7)):
            bench.made.init(home)
            seconds, peak = bench.timed(*bench.made.import_command(home))
            ours.append(seconds)
            peaks.append(peak)
            script = script or shell_script(home, ready_made, plain)
            shell.unlink(missing_ok=True)
            theirs.append(bench.timed("sqlite3", "-batch", "-bail", shell, input=script)[0])
            check_shell(home, shell, size.residents)
        shell.unlink()
    bench.add_ratio("import, every row checked", 1.15, "sqlite3 .import",
                    f"{statistics.median(ours):.2f} s", f"{statistics.median(theirs):.2f} s",
                    paired(ours, theirs))
    bench.add_memory("import", 30, max(peaks))
    bench.point("import", "s", statistics.median(ours))


def import_cache():
    """KiB of page cache that an import keeps, so that the shell gets no more and no less."""
    source = (ROOT / "src" / "store" / "import_store.c").read_text(encoding="utf-8")
    return int(re.search(r"\bCACHE_KIB = ([0-9]+)", source)[1])


def unsealed(sql):
    """The table of residents with ID numbers and notes in the clear."""
    for sealed, plain in ((r"id_number +BLOB,", "id_number TEXT UNIQUE,"),
                          (r" +id_lookup +BLOB UNIQUE,.*\n", ""),
                          (r"note +BLOB,", "note TEXT NOT NULL DEFAULT '',"),
                          (r"\(id_number IS NULL\) = \(id_lookup IS NULL\)", "id_number <> ''")):
        sql, found = re.subn(sealed, plain, sql)
        assert found == 1, sealed
    return sql


def without_nulls(sql):
    """.import knows neither NULL nor BLOB: what nobody here has becomes an empty text."""
    return re.sub(r"(joined_into|linked_to) +INTEGER REFERENCES \w+", r"\1 TEXT", sql).replace(
        " BLOB", " TEXT")


def shell_script(home, ready_made, plain):
    """What the sqlite3 shell is to do: the same tables from ready-made files, then the same
    indexes, and the keys, which come in the order of the people and must be sorted as ours.
    The shell seals nothing: ID numbers and notes go into its file in the clear, and one key
    in the clear stands for the three marks of a number's end."""
    database = sqlite3.connect(home / "mulin.db")
    tables = {name: sql for name, sql in database.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'table'")}
    indexes = [sql for (sql,) in database.execute(
        "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
        f" AND tbl_name IN {TABLES}")]
    tables["resident"] = unsealed(tables["resident"])
    for name in TABLES[:-1]:
        export(ready_made / f"{name}.csv", database.execute(f"SELECT * FROM {name} ORDER BY 1"))
    export(ready_made / "resident.csv", plain_residents(database, plain))
    export(ready_made / "search_key.csv", plain_keys(database, plain))
    database.close()
    return "\n".join([
        "PRAGMA journal_mode = TRUNCATE;", "PRAGMA synchronous = EXTRA;",
        "PRAGMA foreign_keys = ON;", "PRAGMA secure_delete = ON;",
        "PRAGMA cell_size_check = ON;", f"PRAGMA cache_size = -{import_cache()};",
        "PRAGMA temp_store = FILE;",
        *(f"{without_nulls(tables[name])};" for name in (*TABLES, "search_key")),
        "CREATE TEMP TABLE ready_key (token TEXT NOT NULL, resident_id INTEGER NOT NULL);",
        "BEGIN IMMEDIATE;", ".mode csv",
        *(f".import {ready_made / name}.csv {name}" for name in TABLES),
        f".import --schema temp {ready_made / 'search_key'}.csv ready_key",
        "INSERT INTO search_key SELECT token, resident_id FROM ready_key"
        " ORDER BY token, resident_id;",
        *(f"{sql};" for sql in indexes),
        "COMMIT;"])


def plain_residents(database, plain):
    """The rows as they would be without sealing."""
    rows = database.execute("SELECT * FROM resident ORDER BY resident_id")
    names = [column[0] for column in rows.description]
    for row in rows:
        row = dict(zip(names, row))
        del row["id_lookup"]
        row["id_number"], row["note"] = plain[row["resident_id"] - 1]
        yield row.values()


def plain_keys(database, plain):
    last = 0
    for token, resident in database.execute(
            "SELECT token, resident_id FROM search_key WHERE token < '4' OR token >= '5'"
            " ORDER BY resident_id"):
        if resident != last:
            last = resident
            yield "3" + plain[resident - 1][0][-ID_TAIL:][::-1].lower(), resident
        yield token, resident


def check_shell(home, shell, residents):
    counts = []
    for file in (home / "mulin.db", shell):
        database = sqlite3.connect(file)
        counts.append([database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
                       for name in (*TABLES, "search_key")])
        database.close()
    counts[0][-1] -= 2 * residents
    if counts[0] != counts[1]:
        raise RuntimeError(f"the shell's import holds {counts[1]} rows, ours {counts[0]}")
