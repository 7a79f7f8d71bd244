#!/usr/bin/env python3
"""bench.py --build DIR [--quick | --tiny] [--work DIR]: how fast mulin is beside bare SQLite, the
sqlite3 shell and mc, measured in turns, as one table.

--quick leaves out the million; --tiny only sees that everything can be measured."""
import argparse
import csv
import dataclasses
import datetime
import os
import pathlib
import platform
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "data"))
import make_residents  # noqa: E402

MORNING, LUNCH = "2026-03-10T08:00", "2026-03-10T11:30"
NAME, PHONE, HOME, CARD = 0, 4, slice(5, 9), 13  # columns of make_residents
ID_NUMBER, NOTE = 1, 15
QUERIES = 500
MOVERS, OLD_BUILDING = 60, "998栋"
MIB = 1024  # KiB
F3 = "\x1bOR"
TABLES = ("place", "household", "resident")
ID_TAIL = 6  # characters


@dataclasses.dataclass
class Size:
    residents: int
    rounds: int  # of lookups and check-ins
    lookups: int  # a round
    lists: int  # a round
    meals: int  # a round
    imports: int
    starts: int
    points: tuple[int, int, int]  # lines of the points bank, months, people


FULL = [Size(21_000, 7, 500, 50, 150, 5, 9, (500_000, 60, 700)),
        Size(1_000_000, 7, 500, 5, 150, 3, 9, (10_000_000, 120, 2_000))]
TINY = [Size(2_000, 1, 20, 5, 10, 1, 1, (6_000, 12, 100))]


@dataclasses.dataclass
class Row:
    what: str
    goal: str
    ours: str
    probe: str
    ratio: float | None
    met: bool


def run(*command, **options):
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words[:6])}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


def fields(text):
    return [line.split("\t") for line in text.splitlines()]


def import_cache():
    """KiB of page cache that an import keeps, so that the shell gets no more and no less."""
    source = (ROOT / "src" / "store" / "import_store.c").read_text(encoding="utf-8")
    return int(re.search(r"\bCACHE_KIB = ([0-9]+)", source)[1])


def write_residents(path, rows):
    """The made-up community, everybody with a card, and in it two people whom the queries know.
    Returns the ID number of the first."""
    known = {rows - 2: ("张金凤", "10000004821"), rows - 1: ("周建新", "10000004822")}
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(make_residents.HEADERS)
        for index, resident in enumerate(make_residents.residents(rows)):
            resident = list(resident)
            resident[CARD] = resident[CARD] or f"D{index:08}"
            if index in known:
                resident[NAME], resident[PHONE] = known[index]
                resident[HOME] = ("金桂花园", "3栋", "1", "201")
            if index == rows - 2:
                id_number = resident[ID_NUMBER]
            out.writerow(resident)
    return id_number


def secrets(people):
    """ID number and note of everybody, in the order of the file, in which they are numbered."""
    with open(people, encoding="utf-8", newline="") as file:
        return [(row[ID_NUMBER], row[NOTE]) for row in csv.reader(file)][1:]


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


class Bench:
    def __init__(self, build, work, size):
        self.tools = build / "tests" / "bench"
        self.mulin = build / "src" / "mulin"
        self.work = work
        self.size = size
        self.home = work / "home"
        self.rows = []
        os.environ.update(LC_ALL="C.UTF-8", TZ="Asia/Shanghai", HOME=str(work), MULIN_NOW=LUNCH)

    def add(self, what, goal, ours, probe, ratio, met):
        self.rows.append(Row(what, goal, ours, probe, ratio, met))

    def tell(self, step):
        print(f"{self.size.residents:,} residents: {step} …", file=sys.stderr)

    def timed(self, *command, **options):
        """Seconds and peak KiB of a command."""
        note = self.work / "timed"
        run(self.tools / "timed_run", note, *command, **options)
        seconds, peak = note.read_text().split()
        return float(seconds), int(peak)

    def init(self):
        shutil.rmtree(self.home, ignore_errors=True)
        run(self.mulin, "--home", self.home, "--now", MORNING, "init", "--preset", "yunluwan")

    def copies(self, names):
        for name in names:
            shutil.copytree(self.home, self.work / name)
            yield self.work / name

    # import

    def shell_script(self, ready_made, plain):
        """What the sqlite3 shell is to do: the same tables from ready-made files, then the same
        indexes, and the keys, which come in the order of the people and must be sorted as ours.
        The shell seals nothing: ID numbers and notes go into its file in the clear, and one key
        in the clear stands for the three marks of a number's end."""
        database = sqlite3.connect(self.home / "mulin.db")
        tables = {name: sql for name, sql in database.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'table'")}
        indexes = [sql for (sql,) in database.execute(
            "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
            f" AND tbl_name IN {TABLES}")]
        tables["resident"] = unsealed(tables["resident"])
        for name in TABLES[:-1]:
            self.export(ready_made, name, database.execute(f"SELECT * FROM {name} ORDER BY 1"))
        self.export(ready_made, "resident", self.plain_residents(database, plain))
        self.export(ready_made, "search_key", self.plain_keys(database, plain))
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

    @staticmethod
    def export(folder, name, rows):
        with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)

    @staticmethod
    def plain_residents(database, plain):
        """The rows as they would be without sealing."""
        rows = database.execute("SELECT * FROM resident ORDER BY resident_id")
        names = [column[0] for column in rows.description]
        for row in rows:
            row = dict(zip(names, row))
            del row["id_lookup"]
            row["id_number"], row["note"] = plain[row["resident_id"] - 1]
            yield row.values()

    @staticmethod
    def plain_keys(database, plain):
        last = 0
        for token, resident in database.execute(
                "SELECT token, resident_id FROM search_key WHERE token < '4' OR token >= '5'"
                " ORDER BY resident_id"):
            if resident != last:
                last = resident
                yield "3" + plain[resident - 1][0][-ID_TAIL:][::-1].lower(), resident
            yield token, resident

    def check_shell(self, path):
        counts = []
        for file in (self.home / "mulin.db", path):
            database = sqlite3.connect(file)
            counts.append([database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
                           for name in (*TABLES, "search_key")])
            database.close()
        counts[0][-1] -= 2 * self.size.residents
        if counts[0] != counts[1]:
            raise RuntimeError(f"the shell's import holds {counts[1]} rows, ours {counts[0]}")

    def imports(self, people):
        plain = secrets(people)
        ready_made, theirs = self.work / "ready-made", self.work / "shell.db"
        ready_made.mkdir()
        ours, shell, peaks, script = [], [], [], None
        for _ in range(self.size.imports):
            self.init()
            seconds, peak = self.timed(self.mulin, "--home", self.home, "--now", MORNING, "import",
                                       "residents", people)
            ours.append(seconds)
            peaks.append(peak)
            script = script or self.shell_script(ready_made, plain)
            theirs.unlink(missing_ok=True)
            shell.append(self.timed("sqlite3", "-batch", "-bail", theirs, input=script)[0])
            self.check_shell(theirs)
        theirs.unlink()
        shutil.rmtree(ready_made)
        ratio = statistics.median(a / b for a, b in zip(ours, shell))
        self.add("import, every row checked", "≤ 2 × sqlite3 .import",
                 f"{statistics.median(ours):.2f} s", f"{statistics.median(shell):.2f} s", ratio,
                 ratio <= 2)
        self.memory("import", max(peaks))

    def memory(self, what, kib):
        self.add(f"peak memory, {what}", "≤ 20 MiB", f"{kib / MIB:.1f} MiB", "", None,
                 kib <= 20 * MIB)

    # desk

    def movers(self):
        """Some people who lived in a building of their own, where nobody lives now."""
        for number in range(1, MOVERS + 1):
            for building in (OLD_BUILDING, "999栋"):
                run(self.mulin, "--home", self.home, "resident", "edit", number, "--building", building,
                    "--room", number)

    def lookups(self, id_number):
        queries = ["张", "张金", "金凤", "zjx", "zhangj", "4821", id_number[-4:], "3栋201"]
        frame = ["独居", "独居 3栋", "低保", "低保 3栋", OLD_BUILDING]
        self.movers()
        self.looked_up(queries, "≤ 2 × bare range read", id_number, lambda ours, ratio: ratio <= 2)
        self.looked_up(frame, "≤ 16 ms", id_number, lambda ours, ratio: ours <= 16_000)

    def looked_up(self, queries, goal, id_number, met):
        size = self.size
        for query, hits, ours, ours_99, bare, bare_99, ratio in fields(
                run(self.tools / "bench_lookup", self.home, size.rounds, size.lookups, *queries)):
            label = f"{query} (ID tail)" if query == id_number[-4:] else query
            label += " (old address)" if query == OLD_BUILDING else ""
            self.add(f"find {label}, {hits} hits, median (p99)", goal, f"{ours} ({ours_99}) µs",
                     f"{bare} ({bare_99}) µs", float(ratio), met(float(ours), float(ratio)))

    def lists(self):
        """Lists of the register: by tag, by grid in the order of grids, and one kept by name. The
        first people are shown after 10 ms of reading, in which the probe reads just them: only
        the whole list is to be compared."""
        size = self.size
        frame = 16 if size.residents <= 21_000 else 50
        for name, people, *figures in fields(
                run(self.tools / "bench_roster", self.home, size.rounds, size.lists)):
            ours, ours_99, bare, bare_99, _, whole, whole_99, all_, all_99, all_ratio = map(
                float, figures)
            self.add(f"list {name}, first of {people}, median (p99)", f"≤ {frame} ms",
                     f"{ours / 1e3:.2f} ({ours_99 / 1e3:.2f}) ms",
                     f"{bare / 1e3:.2f} ({bare_99 / 1e3:.2f}) ms", None, ours <= frame * 1e3)
            self.add(f"list {name}, all {people}, median (p99)", "≤ 5 × bare SQL",
                     f"{whole / 1e3:.2f} ({whole_99 / 1e3:.2f}) ms",
                     f"{all_ / 1e3:.2f} ({all_99 / 1e3:.2f}) ms", all_ratio, all_ratio <= 5)

    def checkins(self):
        size = self.size
        homes = list(self.copies(["recorded", "served", "probe"]))
        (meals, ours, ours_99, bare, bare_99, ratio, statements), = fields(
            run(self.tools / "bench_checkin", *homes, size.rounds, size.meals))
        for home in homes:
            shutil.rmtree(home)
        rates = [f"{1e6 / float(median):.0f}/s (p99 {float(last) / 1e3:.1f} ms)"
                 for median, last in ((ours, ours_99), (bare, bare_99))]
        self.add(f"durable check-ins, {statements} statements each", "≥ 0.8 × bare SQLite", *rates,
                 float(ratio), float(ratio) >= 0.8)

    def tallies(self):
        """The last month of the points bank; all those before it are closed."""
        lines, months, people = self.size.points
        self.init()
        for what, of_month, ours, bare, ratio in fields(
                run(self.tools / "bench_tally", self.home, lines, months, people, self.size.rounds)):
            what = {"sums": "sums by person", "tally": "tally"}[what]
            self.add(f"{what}, month of {int(of_month):,} of {lines:,} points", "≤ 1.1 × bare SQL",
                     f"{float(ours) / 1e3:.1f} ms", f"{float(bare) / 1e3:.1f} ms", float(ratio),
                     float(ratio) <= 1.1)

    def terminal(self, *arguments):
        """Milliseconds to the first screen and of each key (None: it changed nothing), and peak
        KiB."""
        start, keys, peak = None, [], None
        for name, *values in fields(run(self.tools / "timed_terminal", *arguments)):
            if name == "start":
                start = float(values[0])
            elif name == "key":
                keys.append(float(values[0]) if values[1] != "0" else None)
            else:
                peak = int(values[0])
        return start, keys, peak

    def desk(self, *keys):
        return self.terminal(*keys, "--", self.mulin, "--home", self.home, "--lang", "zh")

    def starts(self):
        folder = self.work / "folder"
        folder.mkdir()
        ours, peer = [], []
        for _ in range(self.size.starts):
            ours.append(self.desk()[0])
            peer.append(self.terminal("--", "mc", "-u", folder)[0])
        folder.rmdir()
        ratio = statistics.median(ours) / statistics.median(peer)
        self.add("start to the first full screen", "≤ mc's", f"{statistics.median(ours):.1f} ms",
                 f"{statistics.median(peer):.1f} ms", ratio, ratio <= 1)

    def keys(self):
        typed = [*"独居 3栋", *["\x7f"] * 5, *"zjx", *["\x7f"] * 3, *"张金凤", *["\x7f"] * 3, *"zhangj", *["\x7f"] * 6,
                 *"4821", *["\x7f"] * 4]
        keys = (typed * (QUERIES // len(typed) + 1))[:QUERIES]
        _, (_, *times), peak = self.desk(F3, *keys)
        drawn = sorted(time for time in times if time is not None)
        if len(drawn) < QUERIES * 0.9:
            raise RuntimeError(f"{len(drawn)} of {QUERIES} keys changed the screen")
        slowest = max(statistics.median(time or 0 for time in times[place::len(typed)])
                      for place in range(len(typed)))
        median, last = statistics.median(drawn), drawn[round(len(drawn) * 0.99) - 1]
        self.add("key to redrawn screen, median (p99)", "≤ 16 ms", f"{median:.1f} ({last:.1f}) ms",
                 "", None, median <= 16)
        self.add(f"key to redrawn screen, slowest of {len(typed)}", "≤ 16 ms", f"{slowest:.1f} ms",
                 "", None, slowest <= 16)
        self.memory(f"desk after {QUERIES} queries", peak)

    def measure(self):
        self.tell("import")
        people = self.work / "people.csv"
        id_number = write_residents(people, self.size.residents)
        self.imports(people)
        people.unlink()
        self.tell("lookup")
        self.lookups(id_number)
        self.tell("lists")
        self.lists()
        self.tell("desk")
        self.keys()
        self.starts()
        self.tell("check-in")
        self.checkins()
        self.tell("points")
        self.tallies()
        shutil.rmtree(self.home)
        return self.rows


def cells(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def table(rows):
    """A table in Markdown, the columns as wide as they must be."""
    widths = [max(cells(row[i]) for row in rows) for i in range(len(rows[0]))]
    padded = [[text + " " * (width - cells(text)) for text, width in zip(row, widths)]
              for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in padded]
    return [lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]]


def circumstances():
    """What the figures depend on, in one line."""
    commit = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty"],
                            capture_output=True, text=True, check=False).stdout.strip()
    processor = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return ", ".join([f"{datetime.date.today()}", f"commit {commit or 'unknown'}",
                      f"{os.cpu_count()} × {processor[1] if processor else platform.machine()}",
                      f"Linux {platform.release()}", f"SQLite {sqlite3.sqlite_version}",
                      f"load {os.getloadavg()[0]:.1f} at the start"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True,
                        help="folder of the release build")
    parser.add_argument("--work", type=pathlib.Path,
                        help="folder on a real disk with room for 3 GB; else that of the build")
    scope = parser.add_mutually_exclusive_group()
    scope.add_argument("--quick", action="store_true", help="21,000 residents only")
    scope.add_argument("--tiny", action="store_true", help="2,000 residents, no verdict")
    options = parser.parse_args()
    sizes = TINY if options.tiny else FULL[:1] if options.quick else FULL
    lines = [("residents", "what", "goal", "ours", "probe or peer", "ratio", "met")]
    met = 0
    print(circumstances(), end="\n\n", flush=True)
    parent = (options.work or options.build).resolve()
    with tempfile.TemporaryDirectory(prefix="bench-", dir=parent) as work:
        for size in sizes:
            folder = pathlib.Path(work, str(size.residents))
            folder.mkdir()
            for row in Bench(options.build.resolve(), folder, size).measure():
                verdict = "–" if options.tiny else "yes" if row.met else "NO"
                lines.append((f"{size.residents:,}", row.what, row.goal, row.ours, row.probe,
                              "" if row.ratio is None else f"{row.ratio:.2f}", verdict))
                met += row.met
    print("\n".join(table(lines)))
    if options.tiny:
        return 0
    print(f"\n{met} of {len(lines) - 1} goals met")
    return 0 if met == len(lines) - 1 else 1


if __name__ == "__main__":
    sys.exit(main())
