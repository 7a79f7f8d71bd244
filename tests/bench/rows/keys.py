"""From a key to the last byte of the screen that it draws."""
import statistics

F3 = "\x1bOR"
QUERIES = 500
TYPED = [*"独居 3栋", *["\x7f"] * 5, *"zjx", *["\x7f"] * 3, *"张金凤", *["\x7f"] * 3, *"zhangj", *["\x7f"] * 6,
         *"4821", *["\x7f"] * 4]


def measure(bench):
    keys = (TYPED * (QUERIES // len(TYPED) + 1))[:QUERIES]
    session = bench.desk(bench.home, keys=(F3, *keys))
    times = [time if sent else None for time, sent in session.keys[1:]]
    drawn = sorted(time for time in times if time is not None)
    if len(drawn) < QUERIES * 0.9:
        raise RuntimeError(f"{len(drawn)} of {QUERIES} keys changed the screen")
    slowest = max(statistics.median(time or 0 for time in times[place::len(TYPED)])
                  for place in range(len(TYPED)))
    median, last = statistics.median(drawn), drawn[round(len(drawn) * 0.99) - 1]
    bench.add("key to redrawn screen, median (p99)", "≤ 16 ms", f"{median:.1f} ({last:.1f}) ms",
              met=median <= 16)
    bench.add(f"key to redrawn screen, slowest of {len(TYPED)}", "≤ 16 ms", f"{slowest:.1f} ms",
              met=slowest <= 16)
    bench.add_memory(f"desk after {QUERIES} queries", 16, session.peak)
