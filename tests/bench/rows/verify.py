"""`mulin verify`: the walk of the ledger and the whole of it, beside what SQLite takes to read and
check the same bytes."""

PER_SECOND = 1_000_000
LARGE = 1_000_000  # residents, whose whole file takes minutes


def measure(bench):
    walks = bench.size.pick(1, 1, bench.size.rounds)
    wholes = min(walks, 3) if bench.size.residents >= LARGE else walks
    for what, threads, entries, ours, floor, ratio in bench.tool("bench_verify", bench.ledger_home,
                                                                 walks, wholes):
        entries, ours, floor = int(entries), float(ours) / 1e6, float(floor) / 1e6
        speed, bare = entries / ours, entries / floor
        names = {"walk": ("ledger walked: chain, postings, balances, lines of points",
                          "one thread: bare SELECT of the same columns and BLAKE2b"),
                 "verify": ("verify, whole file",
                            "one thread: integrity_check and foreign_key_check alone")}
        row, peer = names[what]
        by = "" if what == "verify" else ", one thread" if threads == "1" else f", {threads} threads"
        bench.add(f"{row}, {entries:,} entries{by}", f"≥ {PER_SECOND:,} entries/s",
                  f"{speed:,.0f}/s", f"{bare:,.0f}/s ({peer})", float(ratio), speed >= PER_SECOND,
                  walks if what == "walk" else wholes)
        if what == "verify":
            bench.point("verify", "s", ours)
    bench.note(f"verify: {PER_SECOND:,} entries a second are more than SQLite reads and BLAKE2b hashes"
               " by one thread without comparing anything (the peer of the walk): two processors come"
               " near it with the chain alone, and a machine with four can pass it. The whole cannot:"
               " integrity_check looks for every row in each of its indexes, and foreign_key_check for"
               " the row that each reference leads to. Of some 460 steps of SQLite's machine that"
               " verification takes for an entry, 290 are these two, and no thread is without its"
               " share. Walk and checks are shared out to as many threads as there are processors, four"
               " at most; a table is the smallest piece of SQLite's own check, so that the largest one"
               " (services, six indexes) bounds what more processors bring.")
