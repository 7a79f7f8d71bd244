"""Durable check-ins: of one desk beside the same statements in bare SQLite and beside a single
INSERT, and of eight desks in one file at once."""
import statistics

COUNTERS, LIMIT = 8, 100  # ms


def rate(median, last):
    return f"{1e6 / float(median):.0f}/s (p99 {float(last) / 1e3:.1f} ms)"


def one_desk(bench):
    with bench.copies(bench.home, "recorded", "served", "probe") as homes:
        ours, *peers = bench.tool("bench_checkin", *homes, bench.size.rounds,
                                  bench.size.pick(4, 70, 150))
    meals, median, last, commits, _, statements = ours
    bench.point("check-in", "µs", float(median))
    for what, least, of, peer in zip(
            (f"durable check-in, {statements} statements", "the same beside a single INSERT"),
            (0.9, 0.55), ("bare SQLite", "one INSERT"), peers):
        _, *figures, ratio = peer
        bench.add(what, f"≥ {least} × {of}", rate(median, last), rate(*figures[:2]), float(ratio),
                  float(ratio) >= least, bench.size.rounds)
    bench.add(f"commits of {meals} check-ins", "one each", commits, f"{peers[0][3]}",
              met=float(commits) == 1)


def together(bench, desks, bare=False):
    """p99 of the worst of them, the longest of all, and meals a second."""
    meals = bench.size.pick(3, 60, 200)
    with bench.copies(bench.home, "counters", *["recorded"] * bare) as (home, *recorded):
        *each, (_, _, _, rate_of_all) = bench.tool("bench_counters", home, desks, meals, *recorded)
    return [max(float(last) for _, last, _ in each), max(float(most) for *_, most in each),
            float(rate_of_all)]


def counters(bench):
    """The worst of the eight is judged: a goal for each is one for all. Their peer are as many
    connections of bare SQLite with the same statements, which wait by its sqlite3_busy_timeout."""
    kinds = {"ours": (COUNTERS,), "bare": (COUNTERS, True), "alone": (1,)}
    told = {kind: [] for kind in kinds}
    runs = bench.size.pick(1, 1, bench.size.rounds)
    for _ in range(runs):
        for kind, who in kinds.items():
            told[kind].append(together(bench, *who))
    (last, most, rate_of_all), bare, alone = (
        [statistics.median(column) for column in zip(*rounds)] for rounds in told.values())
    bench.add(f"{COUNTERS} desks at once, p99 of the worst (longest)", f"< {LIMIT} ms",
              f"{last:.1f} ({most:.1f}) ms, {rate_of_all:.0f}/s; one alone {alone[0]:.1f} ms, {alone[2]:.0f}/s",
              "bare SQLite {:.1f} ({:.1f}) ms, {:.0f}/s".format(*bare), last / bare[0], last < LIMIT,
              runs)


def measure(bench):
    one_desk(bench)
    counters(bench)
