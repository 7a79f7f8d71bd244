"""Eight desks check in while a backup is made: how long the longest of them waits for its commit, and
what SQLite's own way of copying, VACUUM INTO, has them wait."""
import statistics

LIMIT = 500  # ms
LARGE = 1_000_000  # residents, whose backup takes many minutes
DAY = "2030-05-{:02}T11:30"  # nobody has eaten yet


def measure(bench):
    desks, large = bench.size.pick(2, 8, 8), bench.size.residents >= LARGE
    runs = bench.size.pick(1, 1, 1 if large else bench.size.rounds)
    records = bench.ledger_home if bench.size.effort == "full" else bench.home
    stretches = {}
    with bench.copies(records, "served") as (home,):
        for run in range(runs):
            for name, *figures in bench.tool("bench_backup", home, home.parent, desks,
                                             bench.size.pick(5, 10, 100 if large else 50),
                                             DAY.format(run + 1)):
                stretches.setdefault(name, []).append([float(figure) for figure in figures])
    stretches = {name: together(rounds) for name, rounds in stretches.items()}
    _, _, alone_last, alone_longest = stretches.pop("alone")
    peer = stretches.pop("peer", None)
    for name, (seconds, meals, last, longest) in stretches.items():
        bench.add(f"{desks} desks beside a backup, {name} ({seconds:.1f} s, {meals:.0f} meals), longest (p99)",
                  f"≤ {LIMIT} ms", f"{longest:.0f} ({last:.0f}) ms",
                  f"without a backup {alone_longest:.0f} ({alone_last:.0f}) ms", longest / alone_longest,
                  longest <= LIMIT, runs)
    if stretches:
        bench.point("longest commit beside a backup", "ms", max(longest for *_, longest in stretches.values()))
    if peer:
        seconds, _, last, longest = peer
        bench.add(f"{desks} desks beside VACUUM INTO ({seconds:.1f} s), longest (p99)", "", "",
                  f"{longest:.0f} ({last:.0f}) ms", runs=runs)


def together(rounds):
    """Of a stretch in all rounds: median of the seconds, all meals, median of the 99th percentiles of
    their milliseconds, and the longest."""
    seconds, meals, _, last, longest = zip(*rounds)
    return statistics.median(seconds), sum(meals), statistics.median(last), max(longest)
