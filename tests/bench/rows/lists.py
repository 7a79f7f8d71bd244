"""Lists of the register: by tag, by grid in the order of grids, and one kept by name. The first
people are shown after 10 ms of reading, in which the probe reads just them: only the whole list is
to be compared."""


def measure(bench):
    frame = 16 if bench.size.residents <= 21_000 else 50
    for name, people, *figures in bench.tool("bench_roster", bench.home, bench.size.rounds,
                                             bench.size.pick(5, 4, 5)):
        ours, ours_99, bare, bare_99, _, whole, whole_99, all_, all_99, all_ratio = map(float, figures)
        bench.add(f"list {name}, first of {people}, median (p99)", f"≤ {frame} ms",
                  f"{ours / 1e3:.2f} ({ours_99 / 1e3:.2f}) ms",
                  f"{bare / 1e3:.2f} ({bare_99 / 1e3:.2f}) ms", None, ours <= frame * 1e3,
                  bench.size.rounds)
        bench.add_ratio(f"list {name}, all {people}, median (p99)", 5, "bare SQL",
                        f"{whole / 1e3:.2f} ({whole_99 / 1e3:.2f}) ms",
                        f"{all_ / 1e3:.2f} ({all_99 / 1e3:.2f}) ms", all_ratio, bench.size.rounds)
