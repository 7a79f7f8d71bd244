"""Durable check-ins of one desk, beside the same statements in bare SQLite."""


def measure(bench):
    with bench.copies(bench.home, "recorded", "served", "probe") as homes:
        (_, ours, ours_99, bare, bare_99, ratio, statements), = bench.tool(
            "bench_checkin", *homes, bench.size.rounds, bench.size.pick(10, 150, 150))
    rates = [f"{1e6 / float(median):.0f}/s (p99 {float(last) / 1e3:.1f} ms)"
             for median, last in ((ours, ours_99), (bare, bare_99))]
    bench.add(f"durable check-ins, {statements} statements each", "≥ 0.9 × bare SQLite", *rates,
              float(ratio), float(ratio) >= 0.9)
