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


def counters(bench):
    """The worst of the eight is judged: a goal for each is one for all."""
    worst, alone = [], []
    for _ in range(bench.size.rounds):
        for desks, out in ((COUNTERS, worst), (1, alone)):
            with bench.copies(bench.home, "counters") as (home,):
                *each, (_, _, _, together) = bench.tool("bench_counters", home, desks,
                                                        bench.size.pick(3, 30, 200))
            out.append((max(float(last) for _, last, _ in each), max(float(most) for *_, most in each),
                        float(together)))
    last, most, together = (statistics.median(column) for column in zip(*worst))
    single, _, single_rate = (statistics.median(column) for column in zip(*alone))
    bench.add(f"{COUNTERS} desks at once, p99 of the worst (longest)", f"< {LIMIT} ms",
              f"{last:.1f} ({most:.1f}) ms, {together:.0f}/s",
              f"one desk alone: {single:.1f} ms, {single_rate:.0f}/s", last / single, last < LIMIT,
              bench.size.rounds)


def measure(bench):
    one_desk(bench)
    counters(bench)
