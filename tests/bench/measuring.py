"""What the rows measure with: programs that are run and timed, and the table that they fill."""
import csv
import contextlib
import dataclasses
import os
import shutil
import statistics
import sys

import community
from programs import fields, run

MIB = 1024  # KiB


@dataclasses.dataclass(frozen=True)
class Size:
    """One size of a community. `effort` says how long a row may take: "tiny" only sees that it can
    be measured, "quick" is ten seconds at most, "full" as long as it needs."""
    residents: int
    entries: int  # of the ledgers in all
    months: int  # of the ledgers
    meals: int  # a day
    rounds: int  # of ours and the peer in turns
    effort: str
    growth: bool = False  # only its points count

    def pick(self, tiny, quick, full):
        return {"tiny": tiny, "quick": quick, "full": full}[self.effort]


@dataclasses.dataclass(frozen=True)
class Row:
    what: str
    goal: str
    ours: str
    peer: str
    ratio: float | None
    met: bool | None  # None: not judged
    runs: int | None = None  # how often it was measured; None: it was counted, or is told of the peer


def paired(ours, peers):
    """The median of the ratios of each turn."""
    return statistics.median(our / peer for our, peer in zip(ours, peers))


@dataclasses.dataclass(frozen=True)
class Session:
    """What timed_terminal saw of a program in a terminal of 40 by 120."""
    start: float  # milliseconds to the last byte of the first screen
    start_bytes: int
    keys: list[tuple[float, int]]  # milliseconds from each key to its last byte, and bytes
    peak: int  # KiB


class Bench:
    """One size: its homes, its programs, and the rows and points that were measured."""

    def __init__(self, build, work, size, small=None):
        self.tools = build / "tests" / "bench"
        self.mulin = build / "src" / "mulin"
        duckdb = build / "duckdb"
        self.duckdb = duckdb if (duckdb / "node_modules").exists() and shutil.which("node") else None
        self.work = work
        self.size = size
        self.small = small  # the small size of the same run, beside which this is the large one
        self.rows = []
        self.notes = []
        self.points = {}
        self.recalled = {}  # names of rows whose figures are of an earlier run, by its circumstances
        self.failed = False
        self.made = community.Made(self)

    # What is there to measure. Nobody writes to these: who must takes copies.

    @property
    def people(self):
        """The community as a CSV file."""
        return self.made.people()

    @property
    def text(self):
        """The same people as lines of text: name, readings, phone, ID number, address."""
        return self.made.text()

    @property
    def known_id(self):
        """The ID number of 张金凤, 10000004821, of 金桂花园 3栋1单元201."""
        return self.made.known_id()

    @property
    def home(self):
        """A home with the residents, and nothing else."""
        return self.made.home()

    @property
    def ledger_home(self):
        """A home with residents, services, points and meals."""
        return self.made.ledger_home()

    @contextlib.contextmanager
    def copies(self, home, *names):
        """Copies of a home, one for each name, gone at the end."""
        folders = [self.work / name for name in names]
        try:
            for folder in folders:
                shutil.rmtree(folder, ignore_errors=True)
                shutil.copytree(home, folder)
            os.sync()  # or the first commits would wait until the disk has taken the copies
            yield folders
        finally:
            for folder in folders:
                shutil.rmtree(folder, ignore_errors=True)

    @contextlib.contextmanager
    def folder(self, name):
        """An empty folder, gone at the end."""
        folder = self.work / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder)

    # How it is measured.

    def tell(self, step):
        print(f"{self.size.residents:,} residents: {step} …", file=sys.stderr, flush=True)

    def tool(self, name, *arguments):
        """The lines of a measuring program of this folder."""
        return fields(run(self.tools / name, *arguments))

    def timed(self, *command, **options):
        """Seconds and peak KiB of a command."""
        note = self.work / "timed"
        run(self.tools / "timed_run", note, *command, **options)
        seconds, peak = note.read_text().split()
        return float(seconds), int(peak)

    def terminal(self, *command, keys=(), quiet=None, until=None):
        """A command in a terminal, the keys typed one after the other, each when the one before is
        drawn. A program that does not say so has drawn when it was `quiet` for some ms. In the end
        the screen must show the text `until`."""
        start, pressed, peak = None, [], None
        patience = [word for name, value in (("-q", quiet), ("-u", until)) if value is not None
                    for word in (name, value)]
        for name, *values in self.tool("timed_terminal", *patience, *keys, "--", *command):
            if name == "start":
                start = float(values[0]), int(values[1])
            elif name == "key":
                pressed.append((float(values[0]), int(values[1])))
            else:
                peak = int(values[0])
        return Session(*start, pressed, peak)

    def desk(self, home, keys=(), now=community.LUNCH, until=None):
        return self.terminal(self.mulin, "--home", home, "--now", now, "--lang", "zh", keys=keys,
                             until=until)

    def bare_screen(self, home, keys=()):
        """The floor of such a desk: ncurses and a range read of the same tables."""
        return self.terminal(self.tools / "bare_screen", home, keys=keys)

    # What came of it.

    def add(self, what, goal, ours, peer="", ratio=None, met=None, runs=None):
        """A row of the table, of so many runs. Without a verdict the row only tells, as when a peer
        is not at hand."""
        self.rows.append(Row(what, goal, ours, peer, ratio, met, runs))

    def add_ratio(self, what, most, of, ours, peer, ratio, runs):
        """A row whose goal is a ratio of at most `most`."""
        self.add(what, f"≤ {most} × {of}", ours, peer, ratio, ratio <= most, runs)

    def add_memory(self, what, most, peaks):
        """A row whose goal is that no peak (KiB) was above `most` MiB."""
        self.add(f"peak memory, {what}", f"≤ {most} MiB", f"{max(peaks) / MIB:.1f} MiB",
                 met=max(peaks) <= most * MIB, runs=len(peaks))

    def note(self, text):
        """What is to be said below the table."""
        self.notes.append(text)

    def point(self, line, unit, value):
        """A figure of this size on a line of growth: what somebody waits for or what it takes."""
        self.points[line, unit] = value


def export(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
