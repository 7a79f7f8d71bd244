"""Lookup per key: the box that finds everything beside the bare range read of the same hits."""
import statistics

from community import OLD_BUILDING
from measuring import paired


PAGE = 50  # people, on the screen at once
GROWING = ("张", "zjx", "张 3栋")
P99 = 500  # microseconds


def measure(bench):
    queries = ["张", "张金", "金凤", "zjx", "zhangj", "4821", bench.known_id[-4:], "3栋201"]
    two = ["金凤 3栋", "张 3栋"]
    tags = ["独居", "独居 3栋", "低保", "低保 3栋", OLD_BUILDING]
    seldom = bench.size.pick(5, 20, 50)
    looked_up(bench, "", queries, bench.size.pick(20, 200, 500),
              f"≤ 1.5 × bare range read, p99 ≤ {P99} µs", in_time)
    looked_up(bench, "first", two, seldom, f"≤ 1.5 × bare meeting of ranges, p99 ≤ {P99} µs", in_time)
    looked_up(bench, "whole", two, seldom, "≤ 1.5 × bare meeting of ranges",
              lambda ours, ours_99, ratio: ratio <= 1.5)
    looked_up(bench, "whole", tags, seldom, "≤ 16 ms", lambda ours, ours_99, ratio: ours <= 16_000)
    bench.note("find, two words: a key is answered by the first hits, as many as are met among the people who"
               " can be compared in that time; they stand first in the whole page, too, which is read"
               " when no key waits. Where thousands answer to each word no whole page can come in"
               f" {P99} µs: for 张 and 3栋 of a million 2,500 people or 14,400 keys must be looked at one by"
               " one, of which SQLite's bare count takes 36 ns each and a row of names 250 ns, while"
               " the machine is idle; its own way to meet the ranges takes longer than ours. Only an"
               " index of pairs of words would be faster.")
    if bench.small:
        beside_small(bench, queries)


def in_time(_, ours_99, ratio):
    return ratio <= 1.5 and ours_99 <= P99


def looked_up(bench, part, queries, repeats, goal, met):
    """`part`: the first hits or the whole page; "": a key is answered by the whole page."""
    for query, hits, ours, ours_99, bare, bare_99, ratio in bench.tool(
            "bench_lookup", bench.home, part or "first", bench.size.rounds, repeats, *queries):
        what = {"first": "first ", "whole": "all "}.get(part, "")
        bench.add(f"find {label(bench, query)}, {what}{hits} hits, median (p99)", goal,
                  f"{ours} ({ours_99}) µs", f"{bare} ({bare_99}) µs", float(ratio),
                  met(float(ours), float(ours_99), float(ratio)), bench.size.rounds)
        if query in GROWING and part != "first":
            bench.point(f"find {query}", "µs", float(ours))


def beside_small(bench, queries):
    """Pages that are full at both sizes, in turns."""
    times = {query: ([], []) for query in queries if query != bench.known_id[-4:]}
    for _ in range(bench.size.rounds):
        for place, one in enumerate((bench, bench.small)):
            for query, hits, ours, *_ in one.tool("bench_lookup", one.home, "first", 1, 100,
                                                       *times):
                times[query][place].append(float(ours) if int(hits) == PAGE else None)
    for query, (large, small) in times.items():
        if None not in large and None not in small:
            bench.add_ratio(f"find {query}, a full page", 2, f"at {bench.small.size.residents:,}",
                            f"{statistics.median(large):.1f} µs", f"{statistics.median(small):.1f} µs",
                            paired(large, small), len(large))


def label(bench, query):
    if query == bench.known_id[-4:]:
        return f"{query} (ID tail)"
    return f"{query} (old address)" if query == OLD_BUILDING else query
