"""The most memory that a desk ever had: it finds people and then shows a month of the points bank."""
from measuring import MIB
from rows.keys import BARE, DOWN, F3, TAGS

F9, ENTER = "\x1b[20~", "\r"  # Enter straight after characters would be a scanner's
MONTHS, OPEN_MONTH = "积分月结", "还没有关账"
QUERIES = 500
MOST = 16  # MiB
LARGE = 1_000_000  # residents; a tally of fewer is small


def measure(bench):
    keys = (*TAGS, *BARE)
    queries = bench.size.pick(len(keys), QUERIES, QUERIES)
    keys = (keys * (queries // len(keys) + 1))[:queries]
    finds, tallies = [], []
    for _ in range(bench.size.pick(1, 1, bench.size.rounds)):
        finds.append(bench.desk(bench.home, keys=(F3, *keys)).peak)
        tallies.append(bench.desk(bench.ledger_home, keys=(F3, *keys, F9, *MONTHS, DOWN, ENTER),
                                  now=bench.made.after_ledger(), until=OPEN_MONTH).peak)
    bench.add_memory(f"desk after {queries} queries", MOST, finds)
    bench.add_memory(f"desk after {queries} queries and a tally", MOST, tallies)
    bench.point("peak memory of a desk that finds", "MiB", max(finds) / MIB)
    bench.point("peak memory of a desk that tallies", "MiB", max(tallies) / MIB)
    if bench.size.residents >= LARGE:
        bench.note("A tally takes about 52 bytes for each person while it is looked at (`guard_memory`)."
                   " Whoever goes on to another month has both for a moment, 17 MiB with 53,000 people:"
                   " what is shown stays when the other month cannot be read.")
