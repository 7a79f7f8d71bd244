"""Which branches of the core the tests take: a table by group, and a fault below a group's mark.

coverage.py BUILD reads what the tests of a build with --coverage left there."""
import argparse
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORST = 5  # files of a group that are named

# The first group whose pattern fits a file has it.
GROUPS = (
    ("ledger", 95, r"domain/(ledger|chain_hash|head)\.c|store/(ledger_store|chain)\.c|desk/heads\.c"),
    ("rights", 95, r"(domain|store)/(audit|operator)(_store)?\.c|desk/(audit|operators|rights|sign_in)\.c"),
    ("crypto", 95, r"base/(key_text|password|seal|sealed_file)\.c|store/(key_file|vault\w*)\.c|desk/key\.c"),
    ("domain", 95, r"domain/.*"),
    ("rest of the core", 85, r"(base|rules|store|desk|report)/.*"),
)
# A program of the build, not part of the library.
NOT_CORE = {"base/generate_readings.c", "store/generate_schema.c"}


def read(build):
    """{file below src: (branches, those taken, lines with one that is not)}"""
    report = subprocess.run(
        ["gcovr", "--root", ROOT, "--object-directory", build, "--filter", f"{ROOT}/src/(domain|base|rules|store|desk|report)/",
         "--exclude-unreachable-branches", "--json"], check=True, stdout=subprocess.PIPE, text=True).stdout
    found = {}
    for file in json.loads(report)["files"]:
        lines = [(line["line_number"], [branch["count"] > 0 for branch in line["branches"]]) for line in file["lines"]]
        taken = [hit for _, branches in lines for hit in branches]
        missed = [str(number) for number, branches in lines if not all(branches)]
        name = file["file"].removeprefix("src/")
        if name not in NOT_CORE:
            found[name] = (len(taken), sum(taken), missed)
    return found


def percent(branches, taken):
    return 100.0 * taken / branches if branches else 100.0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--lines", action="store_true", help="name the lines with a branch that no test takes")
    options = parser.parse_args()
    files = read(options.build.resolve())
    if not files:
        sys.exit("no test of this build has run")
    below = []
    for group, mark, pattern in GROUPS:
        mine = {name: files.pop(name) for name in sorted(files) if re.fullmatch(pattern, name)}
        branches, taken = (sum(file[i] for file in mine.values()) for i in (0, 1))
        reached = percent(branches, taken)
        print(f"{group:34} {taken:5} of {branches:5} branches {reached:6.1f}%  (at least {mark}%)")
        if reached < mark:
            below.append(group)
        by_rate = sorted(mine, key=lambda name: (percent(*mine[name][:2]), name))
        for name in by_rate if options.lines else by_rate[:WORST]:
            branches, taken, missed = mine[name]
            if missed:
                print(f"    {name:30} {taken:5} of {branches:5}          {percent(branches, taken):6.1f}%"
                      + (f"  {' '.join(missed)}" if options.lines else ""))
    if below:
        sys.stdout.flush()
        sys.exit(f"below the mark: {', '.join(below)}")


main()
