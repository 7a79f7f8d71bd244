"""The readings of a name: its pinyin, and all the keys under which it is found."""

GOAL = 200  # nanoseconds


def measure(bench):
    what = {"pinyin": "pinyin of a name", "keys": "all keys of a name"}
    for name, names, nanoseconds, length in bench.tool("bench_readings", bench.people,
                                                       bench.size.rounds):
        bench.add(f"{what[name]}, {int(names):,} names, {length} letters", f"≤ {GOAL} ns",
                  f"{nanoseconds} ns", met=float(nanoseconds) <= GOAL)
