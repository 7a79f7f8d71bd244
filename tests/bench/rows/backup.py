"""Eight desks check in while a backup is made: how long the longest of them waits for its commit, and
what SQLite's own way of copying, VACUUM INTO, has them wait."""

LIMIT = 500  # ms
DAY = "2030-05-14T11:30"  # nobody has eaten yet


def measure(bench):
    desks = bench.size.pick(2, 8, 8)
    records = bench.ledger_home if bench.size.effort == "full" else bench.home
    with bench.copies(records, "served") as (home,):
        stretches = {name: list(map(float, figures)) for name, *figures in bench.tool(
            "bench_backup", home, home.parent, desks, bench.size.pick(5, 10, 100), DAY)}
    alone, peer = stretches.pop("alone"), stretches.pop("peer", None)
    for name, (seconds, meals, _, last, longest) in stretches.items():
        bench.add(f"{desks} desks beside a backup, {name} ({seconds:.1f} s, {meals:.0f} meals), longest (p99)",
                  f"≤ {LIMIT} ms", f"{longest:.0f} ({last:.0f}) ms",
                  f"without a backup {alone[4]:.0f} ({alone[3]:.0f}) ms", longest / alone[4], longest <= LIMIT)
    if stretches:
        bench.point("longest commit beside a backup", "ms", max(longest for *_, longest in stretches.values()))
    if peer:
        bench.add(f"{desks} desks beside VACUUM INTO ({peer[0]:.1f} s), longest (p99)", "", "",
                  f"{peer[4]:.0f} ({peer[3]:.0f}) ms")
