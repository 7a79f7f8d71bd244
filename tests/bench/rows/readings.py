"""The readings of a name: its pinyin, and all the keys under which it is found."""

GOAL = 200  # nanoseconds


def measure(bench):
    what = {"pinyin": ("the reading of a name", "letters"), "keys": ("all that a name is found by", "keys")}
    for name, names, nanoseconds, made in bench.tool("bench_readings", bench.people,
                                                       bench.size.rounds):
        label, of = what[name]
        bench.add(f"{label}, {made} {of}, {int(names):,} names", f"≤ {GOAL} ns",
                  f"{nanoseconds} ns", met=float(nanoseconds) <= GOAL, runs=bench.size.rounds)
