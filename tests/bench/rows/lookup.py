"""Lookup per key: the box that finds everything beside the bare range read of the same hits."""
from community import OLD_BUILDING


def measure(bench):
    known = bench.known_id[-4:]
    queries = ["张", "张金", "金凤", "zjx", "zhangj", "4821", known, "3栋201", "金凤 3栋", "张 3栋"]
    frame = ["独居", "独居 3栋", "低保", "低保 3栋", OLD_BUILDING]
    looked_up(bench, queries, "≤ 1.5 × bare range read", lambda ours, ratio: ratio <= 1.5)
    looked_up(bench, frame, "≤ 16 ms", lambda ours, ratio: ours <= 16_000)


def looked_up(bench, queries, goal, met):
    for query, hits, ours, ours_99, bare, bare_99, ratio in bench.tool(
            "bench_lookup", bench.home, bench.size.rounds, bench.size.pick(20, 500, 500), *queries):
        bench.add(f"find {label(bench, query)}, {hits} hits, median (p99)", goal,
                  f"{ours} ({ours_99}) µs", f"{bare} ({bare_99}) µs", float(ratio),
                  met(float(ours), float(ratio)))


def label(bench, query):
    if query == bench.known_id[-4:]:
        return f"{query} (ID tail)"
    return f"{query} (old address)" if query == OLD_BUILDING else query
