"""From the command to the first full screen, beside mc."""
import statistics


def measure(bench):
    ours, peer = [], []
    with bench.folder("folder") as folder:
        for _ in range(bench.size.pick(1, 9, 9)):
            ours.append(bench.desk(bench.home).start)
            peer.append(bench.terminal("mc", "-u", folder).start)
    bench.add_ratio("start to the first full screen", 0.5, "mc", f"{statistics.median(ours):.1f} ms",
                    f"{statistics.median(peer):.1f} ms",
                    statistics.median(ours) / statistics.median(peer))
