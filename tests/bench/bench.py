#!/usr/bin/env python3
"""bench.py --build DIR [--quick | --tiny] [--rows NAME,…] [--work DIR [--keep]]: how fast mulin is
beside bare SQLite and what people would use instead, measured in turns, as one table.

--quick leaves out the million; --tiny only sees that everything can be measured."""
import argparse
import datetime
import importlib
import os
import pathlib
import platform
import re
import sqlite3
import subprocess
import sys
import tempfile
import time

import table
from measuring import Bench, Size
from programs import ROOT

ROWS = ("lookup", "searchers", "lists", "keys", "start", "memory", "checkin", "importing",
        "readings", "tally", "closing", "verify", "backup", "disk")
FULL = [Size(21_000, 400_000, 12, 400, 7, "full"),  # three years of meals are more than its entries
        Size(1_000_000, 10_000_000, 36, 400, 7, "full")]
QUICK = [Size(21_000, 400_000, 12, 400, 7, "quick")]
TINY = [Size(2_000, 3_000, 1, 10, 1, "tiny")]


def circumstances():
    """What the figures depend on, in one line."""
    commit = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty"],
                            capture_output=True, text=True, check=False).stdout.strip()
    processor = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return ", ".join([f"{datetime.date.today()}", f"commit {commit or 'unknown'}",
                      f"{os.cpu_count()} × {processor[1] if processor else platform.machine()}",
                      f"Linux {platform.release()}", f"SQLite {sqlite3.sqlite_version}",
                      f"load {os.getloadavg()[0]:.1f} at the start"])


def measure(bench, names):
    for name in names:
        bench.tell(name)
        begun = time.monotonic()
        importlib.import_module(f"rows.{name}").measure(bench)
        bench.tell(f"{name} took {time.monotonic() - begun:.1f} s")


def chosen_rows(text):
    there = [name for name in ROWS if pathlib.Path(__file__).with_name("rows").joinpath(
        f"{name}.py").exists()]
    if text is None:
        return there
    names = text.split(",")
    if not set(names) <= set(there):
        raise argparse.ArgumentTypeError(f"the rows are {', '.join(there)}")
    return names


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True,
                        help="folder of the release build")
    parser.add_argument("--rows", type=chosen_rows, default=chosen_rows(None),
                        help="measure these only, of " + ", ".join(chosen_rows(None)))
    parser.add_argument("--work", type=pathlib.Path,
                        help="folder on a real disk with room for 12 GB; else that of the build")
    parser.add_argument("--keep", action="store_true",
                        help="leave the homes in the folder of --work, and use those of last time")
    scope = parser.add_mutually_exclusive_group()
    scope.add_argument("--quick", action="store_true", help="21,000 residents only")
    scope.add_argument("--tiny", action="store_true", help="2,000 residents, no verdict")
    options = parser.parse_args()
    if options.keep and not options.work:
        parser.error("--keep needs --work")
    return options


def measured(options, work):
    sizes = TINY if options.tiny else QUICK if options.quick else FULL
    benches = []
    for size in sizes:
        folder = work / str(size.residents)
        folder.mkdir(exist_ok=True, parents=True)
        benches.append(Bench(options.build.resolve(), folder, size))
        measure(benches[-1], options.rows)
    return benches


def main():
    options = arguments()
    os.environ.update(LC_ALL="C.UTF-8", TZ="Asia/Shanghai", FZF_DEFAULT_OPTS="")
    print(circumstances(), end="\n\n", flush=True)
    if options.keep:
        benches = measured(options, options.work.resolve())
    else:
        parent = (options.work or options.build).resolve()
        with tempfile.TemporaryDirectory(prefix="bench-", dir=parent) as work:
            benches = measured(options, pathlib.Path(work))
    print("\n".join(table.results(benches, judged=not options.tiny)))
    if options.tiny:
        return 0
    verdicts = [row.met for bench in benches for row in bench.rows if row.met is not None]
    print(f"\n{sum(verdicts)} of {len(verdicts)} goals met")
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
