"""From the command to the last byte of the first full screen, beside the bare screen and mc."""
import statistics

from measuring import paired


def measure(bench):
    small = bench.small
    with bench.folder("folder") as folder:
        starts = {"ours": lambda: bench.desk(bench.home),
                  "bare": lambda: bench.bare_screen(bench.home),
                  "mc": lambda: bench.terminal("mc", "-u", folder)}
        if small:
            starts["small"] = lambda: small.desk(small.home)
        took = {name: [] for name in starts}
        # Each turn begins with another one: what runs behind mc finds the processor's caches full
        # of mc, and what runs behind itself finds them warm.
        order = list(starts)
        turns = bench.size.pick(1, 9, 16)
        for _ in range(turns):
            for name in order:
                took[name].append(starts[name]().start)
            order = order[1:] + order[:1]
    what, median = "start to the first full screen", f"{statistics.median(took['ours']):.1f} ms"
    bench.add_ratio(f"{what}, beside the bare screen", 3, "bare screen", median,
                    f"{statistics.median(took['bare']):.1f} ms", paired(took["ours"], took["bare"]),
                    turns)
    bench.add_ratio(f"{what}, beside mc", 0.5, "mc", median,
                    f"{statistics.median(took['mc']):.1f} ms", paired(took["ours"], took["mc"]), turns)
    if small:
        bench.add_ratio(f"{what}, beside {small.size.residents:,}", 1.3, "the small size", median,
                        f"{statistics.median(took['small']):.1f} ms",
                        paired(took["ours"], took["small"]), turns)
    bench.point("start", "ms", statistics.median(took["ours"]))
