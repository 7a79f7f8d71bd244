"""The made-up community and the homes that hold it, made through the program's own commands."""
import csv
import itertools
import os
import shutil
import sqlite3
import sys

from programs import ROOT, run

sys.path.insert(0, str(ROOT / "tests" / "data"))
import make_residents  # noqa: E402

MORNING, LUNCH = "2026-03-10T08:00", "2026-03-10T11:30"
ID_NUMBER, NOTE = 1, 15  # columns of make_residents
NAME, PHONE, HOME, CARD = 0, 4, slice(5, 9), 13
BUILDING = 6
MOVED = (NAME, ID_NUMBER, 3, 5, BUILDING, 7, 8)  # with birth date and address
MOVERS, OLD_BUILDING = 60, "998栋"


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


class Made:
    """The files and homes of one size. Each is made when it is first asked for, or found where an
    earlier run kept it, if it was made for the same size and the same tables."""

    def __init__(self, bench):
        self.bench = bench
        self.stamp = self.stamp_of(bench.size)
        os.environ.update(MULIN_NOW=LUNCH, HOME=str(bench.work))

    @staticmethod
    def stamp_of(size):
        migration = max(path.name for path in (ROOT / "data" / "migrations").iterdir())
        return f"{migration} {size.residents} {size.entries} {size.months} {size.meals}\n"

    def path(self, name, make):
        """The file or folder of that name; `make` makes it at a path that is its own."""
        path, stamp = self.bench.work / name, self.bench.work / f"{name}.stamp"
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != self.stamp:
            stamp.unlink(missing_ok=True)
            if path.is_dir():
                shutil.rmtree(path)
            make(path)
            stamp.write_text(self.stamp, encoding="utf-8")
        return path

    def people(self):
        return self.path("people.csv", lambda path: path.with_name("known-id").write_text(
            write_residents(path, self.bench.size.residents)))

    def known_id(self):
        return self.people().with_name("known-id").read_text()

    def home(self):
        return self.path("home", self.make_home)

    def ledger_home(self):
        return self.path("ledger", self.make_ledger)

    def init(self, home):
        """A community without residents."""
        shutil.rmtree(home, ignore_errors=True)
        run(self.bench.mulin, "--home", home, "--now", MORNING, "init", "--preset", "yunluwan")

    def import_command(self, home):
        return (self.bench.mulin, "--home", home, "--now", MORNING, "import", "residents",
                self.people())

    def text(self):
        return self.path("people.txt", self.make_text)

    def make_text(self, path):
        """A line for each, with all that a search of ours finds by."""
        database = sqlite3.connect(self.home() / "mulin.db")
        keys = database.execute("SELECT resident_id, substr(token, 2) FROM search_key"
                                " WHERE token >= '1' AND token < '2' ORDER BY 1")
        with open(self.people(), encoding="utf-8", newline="") as people, \
                open(path, "w", encoding="utf-8") as out:
            rows = itertools.islice(csv.reader(people), 1, None)
            for row, (_, tokens) in zip(rows, itertools.groupby(keys, key=lambda key: key[0])):
                estate, building, unit, room = row[HOME]
                names = " ".join(token for _, token in tokens)
                out.write(f"{names} {row[PHONE]} {row[ID_NUMBER]} {estate}{building}{unit}单元{room}"
                          f" {building}{room}\n")
        database.close()

    def make_home(self, home):
        people = self.people()
        self.bench.tell(f"a home for {people.name}")
        self.init(home)
        run(*self.import_command(home))
        self.movers(home)

    def movers(self, home):
        """Some people who lived in a building of their own, where nobody lives now."""
        with open(self.people(), encoding="utf-8", newline="") as file:
            people = list(itertools.islice(csv.reader(file), MOVERS + 1))
        moved = self.bench.work / "movers.csv"
        for building in (OLD_BUILDING, "999栋"):
            with open(moved, "w", encoding="utf-8", newline="") as file:
                out = csv.writer(file)
                for line, row in enumerate(people):
                    row[BUILDING] = building if line else row[BUILDING]
                    out.writerow(row[column] for column in MOVED)
            run(*self.import_command(home)[:-1], moved)

    def after_ledger(self):
        """The morning behind the last month of the ledgers, which begin in April 2026."""
        year, month = divmod(3 + self.bench.size.months, 12)
        return f"{2026 + year}-{month + 1:02}-01T09:00"

    def make_ledger(self, home):
        size, residents = self.bench.size, self.home()
        self.bench.tell(f"a home with {size.entries:,} entries")
        shutil.copytree(residents, home)
        run(self.bench.tools / "bench_fill", home, size.entries, size.months, size.meals)
