"""The last month of the points bank, where all those before it are closed, beside bare SQL."""

WHAT = {"sums": "sums by person", "tally": "tally"}


def measure(bench):
    lines, months, people = bench.size.pick((6_000, 12, 100), (500_000, 60, 700),
                                            (500_000, 60, 700) if bench.size.residents <= 21_000
                                            else (10_000_000, 120, 2_000))
    with bench.folder("points") as home:
        bench.made.init(home)
        for what, of_month, ours, bare, ratio in bench.tool("bench_tally", home, lines, months, people,
                                                            bench.size.rounds):
            bench.add_ratio(f"{WHAT[what]}, month of {int(of_month):,} of {lines:,} points", 1.1,
                            "bare SQL", f"{float(ours) / 1e3:.1f} ms", f"{float(bare) / 1e3:.1f} ms",
                            float(ratio))
