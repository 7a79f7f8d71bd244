"""Closing a month of the points bank, and its list for the wall as text and as a workbook."""

MOST = 3.0  # seconds of each, for so many people
PEOPLE = 50_000

WHAT = {"close": ("closing a month", "one statement that writes the lines"),
        "post": ("its list for the wall as text", "the rows through fprintf"),
        "xlsx": ("its list as a workbook with a chart", "the cells through the library")}


def measure(bench):
    people, rounds = bench.size.pick((50, 2), (1_050, bench.size.rounds),
                                     (max(1_000, bench.size.residents // 20), bench.size.rounds))
    with bench.folder("closing") as home:
        bench.made.init(home)
        for what, of, ours, bare, ratio in bench.tool("bench_closing", home, people, 5, rounds):
            name, probe = WHAT[what]
            bench.add(f"{name}, {int(of):,} people (probe: {probe})", f"≤ {MOST:.0f} s for {PEOPLE:,}",
                      f"{float(ours) / 1e6:.2f} s", f"{float(bare) / 1e6:.2f} s", float(ratio),
                      float(ours) / 1e6 <= MOST if int(of) >= PEOPLE else None, rounds)
            bench.point(name, "s", float(ours) / 1e6)
    if people < PEOPLE:
        return
    bench.note("Closing a month takes the second person's password, which is slow to check by intent"
               " (Argon2id: a tenth of a second, and more beside other work), looks through each"
               " service, and writes and seals a line for everybody who ever had points.")
