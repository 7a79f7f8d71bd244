"""From the command to the last byte of the first full screen, beside the bare screen and mc."""
import statistics

from measuring import paired


def measure(bench):
    small = bench.small
    ours, bare, mc, at_small = [], [], [], []
    with bench.folder("folder") as folder:
        for _ in range(bench.size.pick(1, 7, 15)):
            ours.append(bench.desk(bench.home).start)
            bare.append(bench.bare_screen(bench.home).start)
            mc.append(bench.terminal("mc", "-u", folder).start)
            if small:
                at_small.append(small.desk(small.home).start)
    what, median = "start to the first full screen", f"{statistics.median(ours):.1f} ms"
    bench.add_ratio(f"{what}, beside the bare screen", 3, "bare screen", median,
                    f"{statistics.median(bare):.1f} ms", paired(ours, bare), len(ours))
    bench.add_ratio(f"{what}, beside mc", 0.5, "mc", median, f"{statistics.median(mc):.1f} ms",
                    paired(ours, mc), len(ours))
    if small:
        bench.add_ratio(f"{what}, beside {small.size.residents:,}", 1.3, "the small size", median,
                        f"{statistics.median(at_small):.1f} ms", paired(ours, at_small), len(ours))
    bench.point("start", "ms", statistics.median(ours))
