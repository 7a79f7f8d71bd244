"""The last month of the points bank beside bare SQL and beside DuckDB, and a closed month."""
import contextlib
import statistics
import subprocess

from measuring import paired
from programs import ROOT

LARGE = 1_000_000  # residents; what DuckDB must be beaten by is of these
CSV_TIMES = 15


def measure(bench):
    home, lines = bench.ledger_home, bench.work / "lines.csv"
    ours = {"sums": [], "tally": [], "sealed": [], "closed": []}
    ratios = {what: [] for what in ours}
    theirs = {"csv": [], "native": []}
    bench.tool("bench_tally", home, 1, lines)
    try:
        with duckdb(bench, lines, months(bench, home)) as ask:
            for _ in range(bench.size.rounds):
                for what, *_, mine, bare, ratio in bench.tool("bench_tally", home, 3):
                    ours[what].append(float(mine) / 1e3)
                    ratios[what].append((float(bare) / 1e3, float(ratio)))
                for source in theirs if ask else ():
                    theirs[source].append(ask(source))
    finally:
        lines.unlink()
    beside_sql(bench, ours, ratios, bench.tool("bench_tally", home, 1))
    beside_duckdb(bench, ours, theirs)
    bench.point("tally of a month", "ms", statistics.median(ours["tally"]))


def months(bench, home):
    """The last month, which is open, and the last closed one."""
    told = {what: month for what, month, *_ in bench.tool("bench_tally", home, 1)}
    return told["sums"], told["sealed"]


def beside_sql(bench, ours, ratios, told):
    names = {"sums": ("sums by person", "bare SQL on the covering index"),
             "tally": ("whole tally: balances, names, stars, trends", "bare SQL of its statements")}
    for what, _, lines, people, all_lines, *_ in told:
        if what not in names:
            continue
        bare = statistics.median(time for time, _ in ratios[what])
        name, probe = names[what]
        bench.add_ratio(f"{name}, month of {int(lines):,} of {int(all_lines):,} lines,"
                        f" {int(people):,} people", 1.1, probe,
                        f"{statistics.median(ours[what]):.1f} ms", f"{bare:.1f} ms",
                        statistics.median(ratio for _, ratio in ratios[what]), len(ours[what]))


def beside_duckdb(bench, ours, theirs):
    judged = bench.size.residents >= LARGE
    goals = {"csv": (f"≥ {CSV_TIMES} × faster at {LARGE:,}", "sums by person beside DuckDB on the CSV"),
             "native": (f"≤ DuckDB's at {LARGE:,}", "sums of a closed month beside DuckDB's own table")}
    for source, (goal, what) in goals.items():
        mine = ours["sums" if source == "csv" else "sealed"]
        if not theirs[source]:
            bench.add(what, goal, f"{statistics.median(mine):.1f} ms", "not at hand")
            continue
        ratio = paired(theirs[source], mine) if source == "csv" else paired(mine, theirs[source])
        bench.add(what, goal, f"{statistics.median(mine):.1f} ms",
                  f"{statistics.median(theirs[source]):.1f} ms", ratio,
                  (ratio >= CSV_TIMES if source == "csv" else ratio <= 1) if judged else None, len(mine))


@contextlib.contextmanager
def duckdb(bench, lines, wanted):
    """A function that asks DuckDB for milliseconds; None where it is not at hand."""
    if not bench.duckdb:
        yield None
        return
    month = dict(zip(("csv", "native"), wanted))
    command = ["node", ROOT / "tests" / "bench" / "duckdb.mjs", bench.duckdb, lines]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        def ask(source):
            process.stdin.write(f"{source} {month[source]}\n")
            process.stdin.flush()
            answer = process.stdout.readline()
            if not answer:
                raise RuntimeError("duckdb.mjs ended")
            return float(answer.split()[0])
        for source in month:  # the first time reads and makes what stays
            ask(source)
        yield ask
        process.stdin.close()
