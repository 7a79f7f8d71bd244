#!/usr/bin/env python3
"""bench.py --build DIR [--quick | --tiny] [--rows NAME,…] [--work DIR [--keep]] [--results]: how fast
mulin is beside bare SQLite and what people would use instead, measured in turns, as one table, and
how the figures grow from 10,000 residents to a million.

--quick is 21,000 residents only; --tiny only sees that everything can be measured."""
import argparse
import dataclasses
import datetime
import importlib
import json
import os
import pathlib
import platform
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback

import growth
import table
from measuring import Bench, Row, Size
from programs import ROOT

ROWS = ("lookup", "searchers", "lists", "keys", "start", "memory", "checkin", "importing",
        "readings", "tally", "closing", "verify", "backup", "disk")
FULL = [Size(21_000, 400_000, 12, 400, 7, "full"),  # three years of meals are more than its entries
        Size(1_000_000, 10_000_000, 36, 400, 7, "full"),
        Size(10_000, 100_000, 3, 400, 3, "quick", growth=True),
        Size(100_000, 1_000_000, 12, 400, 3, "quick", growth=True)]
QUICK = [Size(21_000, 400_000, 12, 400, 7, "quick")]
TINY = [Size(2_000, 3_000, 2, 10, 1, "tiny")]

RESULTS = ROOT / "tests" / "bench" / "RESULTS.md"
HEAD = """# Speed and memory, measured

`./run bench --results` writes this down to the notes; `--quick` is the small size only. Every ratio is
of one run, ours and the other in turns, because the machine's own speed drifts: times alone say
little. The bare reads and check-ins are SQLite in C with the settings that the desk's connection
made; the bare screen is ncurses and one range read. All people are made up.
"""
NOTES = "## Notes\n"


def circumstances():
    """What the figures depend on, in one line."""
    commit = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty"],
                            capture_output=True, text=True, check=False).stdout.strip()
    processor = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return ", ".join([f"{datetime.date.today()}", f"commit {commit or 'unknown'}",
                      f"{os.cpu_count()} × {processor[1] if processor else platform.machine()}",
                      f"Linux {platform.release()}", f"SQLite {sqlite3.sqlite_version}",
                      f"load {os.getloadavg()[0]:.1f} at the start"])


def processor_time():
    """Seconds that this program and all it ran have worked."""
    return sum(os.times()[:4])


def measure(bench, name):
    """What fails is told in the table, and the other rows are measured all the same."""
    bench.tell(name)
    begun, worked, before = time.monotonic(), processor_time(), len(bench.rows)
    try:
        importlib.import_module(f"rows.{name}").measure(bench)
    except Exception:  # whatever a row does, hours of the others are not lost
        traceback.print_exc()
        bench.add(name, "can be measured", "failed", met=False)
        bench.failed = True
    for row in bench.rows[before:]:
        print("   ", row.what, "|", row.ours, "|", row.peer, "|", table.shown(row.ratio),
              file=sys.stderr)
    bench.tell(f"{name} took {time.monotonic() - begun:.1f} s,"
               f" {processor_time() - worked:.1f} s of the processors")


def measure_kept(bench, name, begun):
    """Measures, and keeps the figures in the folder; `begun` is when and where it was."""
    rows, notes, points = len(bench.rows), len(bench.notes), set(bench.points)
    measure(bench, name)
    (bench.work / f"{name}.json").write_text(json.dumps({
        "begun": begun, "rows": [dataclasses.asdict(row) for row in bench.rows[rows:]],
        "notes": bench.notes[notes:],
        "points": [[*line, value] for line, value in bench.points.items() if line not in points],
    }, ensure_ascii=False), encoding="utf-8")


def recall(bench, name):
    """The figures that were kept in the folder."""
    try:
        kept = json.loads((bench.work / f"{name}.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    bench.rows += [Row(**row) for row in kept["rows"]]
    bench.notes += kept["notes"]
    bench.points.update({(line, unit): value for line, unit, value in kept["points"]})
    bench.recalled.setdefault(kept["begun"], []).append(name)


def chosen_rows(text):
    names = text.split(",")
    if not set(names) <= set(ROWS):
        raise argparse.ArgumentTypeError(f"the rows are {', '.join(ROWS)}")
    return names


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True,
                        help="folder of the release build")
    parser.add_argument("--rows", type=chosen_rows, default=ROWS,
                        help="measure these only, of " + ", ".join(ROWS))
    parser.add_argument("--work", type=pathlib.Path,
                        help="folder on a real disk with room for 12 GB; else that of the build")
    parser.add_argument("--keep", action="store_true",
                        help="leave homes and figures in the folder of --work, use the homes of last"
                        " time, and tell the figures of the rows that are not measured now")
    parser.add_argument("--results", action="store_true",
                        help=f"write {RESULTS.relative_to(ROOT)} and its picture")
    scope = parser.add_mutually_exclusive_group()
    scope.add_argument("--quick", action="store_true", help="21,000 residents only")
    scope.add_argument("--tiny", action="store_true", help="2,000 residents, no verdict")
    options = parser.parse_args()
    if options.keep and not options.work:
        parser.error("--keep needs --work")
    return options


def measured(options, work, begun):
    """A bench for each size, with the rows of now and, of a folder that is kept, those of before."""
    sizes = TINY if options.tiny else QUICK if options.quick else FULL
    benches = []
    for size in sizes:
        folder = work / str(size.residents)
        folder.mkdir(exist_ok=True, parents=True)
        small = benches[0] if benches and not size.growth else None
        benches.append(Bench(options.build.resolve(), folder, size, small))
        for name in ROWS:
            if name not in options.rows:
                recall(benches[-1], name)
            elif options.keep:
                measure_kept(benches[-1], name, begun)
            else:
                measure(benches[-1], name)
    return benches


def report(benches, begun, judged):
    """All that was measured, in Markdown; `begun` are the circumstances at the start."""
    shown = [bench for bench in benches if not bench.size.growth]
    lines = [begun, "", *table.results(shown, judged)]
    earlier = {}
    for bench in shown:
        for when, names in bench.recalled.items():
            earlier.setdefault(when, set()).update(names)
    lines[1:1] = [f"\n{', '.join(sorted(names))}: {when}" for when, names in sorted(earlier.items())]
    if judged:
        verdicts = [row.met for bench in shown for row in bench.rows if row.met is not None]
        lines += ["", f"{sum(verdicts)} of {len(verdicts)} goals met"]
    notes = {}
    for bench in shown:
        for note in bench.notes:
            notes.setdefault(note, []).append(f"{bench.size.residents:,}")
    if notes:
        lines += ["", *(f"- {' and '.join(sizes)} residents: {note}" for note, sizes in notes.items())]
    found = growth.lines(benches)
    if found:
        lines += ["", "## Growth", "",
                  "The slope is that of the figures on logarithmic axes: 0 does not grow, 1 grows as "
                  "the community does.", "", *growth.markdown(found)]
    return "\n".join(lines)


def keep_results(text, benches):
    """The file with what was measured now and the notes that stand there."""
    found = growth.lines(benches)
    if found:
        RESULTS.with_name("growth.svg").write_text(growth.picture(found), encoding="utf-8")
        text += "\n\n![growth](growth.svg)"
    notes = RESULTS.read_text(encoding="utf-8").partition(NOTES)[2]
    RESULTS.write_text(f"{HEAD}\n{text}\n\n{NOTES}{notes}", encoding="utf-8")


def main():
    options = arguments()
    os.environ.update(LC_ALL="C.UTF-8", TZ="Asia/Shanghai", FZF_DEFAULT_OPTS="")
    begun = circumstances()
    print(begun, file=sys.stderr)
    if options.keep:
        benches = measured(options, options.work.resolve(), begun)
    else:
        parent = (options.work or options.build).resolve()
        with tempfile.TemporaryDirectory(prefix="bench-", dir=parent) as work:
            benches = measured(options, pathlib.Path(work), begun)
    text = report(benches, begun, judged=not options.tiny)
    print(text)
    if options.results:
        keep_results(text, benches)
    if options.tiny:
        return 1 if any(bench.failed for bench in benches) else 0
    return 0 if all(row.met is not False for bench in benches for row in bench.rows) else 1


if __name__ == "__main__":
    sys.exit(main())
