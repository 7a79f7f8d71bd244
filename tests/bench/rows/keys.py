"""From a key in the box that finds everything to the last byte of the screen that it draws, beside
the bare screen and fzf, and the bytes that a key sends through the line."""
import shutil
import statistics

F3, DOWN, BACKSPACE = "\x1bOR", "\x1b[B", "\x7f"
FRAME = 16  # milliseconds
LARGE = 1_000_000  # residents; what fzf must be beaten by is of these
QUIET = 400  # milliseconds, after which fzf has drawn
MOVES = 5


def typed(*words):
    """The keys of words that are typed and taken back, and whether a word stands there then."""
    keys = [key for word in words for key in (*word, *[BACKSPACE] * len(word))]
    stands = [place < 2 * len(word) - 1 for word in words for place in range(2 * len(word))]
    return keys, stands


BARE, STANDS = typed("zjx", "张金凤", "zhangj", "4821")
TAGS, _ = typed("独居 3栋")


def measure(bench):
    repeats = bench.size.pick(1, 1, 3)
    rounds = [one_round(bench, repeats) for _ in range(bench.size.rounds)]
    beside_floor(bench, rounds)
    all_keys(bench, rounds)
    moves(bench)
    beside_fzf(bench)


def one_round(bench, repeats):
    """Ours and the floor: (milliseconds, bytes) of each key. Of ours those of tags come first."""
    ours = bench.desk(bench.home, keys=(F3, *TAGS, *BARE * repeats)).keys[1:]
    return ours, bench.bare_screen(bench.home, keys=BARE * repeats).keys


def compared(keys):
    """The keys after which a word stands; the bare screen lists everybody where none does."""
    keys = [key for place, key in enumerate(keys) if STANDS[place % len(STANDS)]]
    return statistics.median(time for time, _ in keys), sum(sent for _, sent in keys) / len(keys)


def beside_floor(bench, rounds):
    ours = [compared(ours[len(TAGS):]) for ours, _ in rounds]
    floor = [compared(floor) for _, floor in rounds]
    time, floor_time = (statistics.median(time for time, _ in side) for side in (ours, floor))
    sent, floor_sent = (statistics.median(sent for _, sent in side) for side in (ours, floor))
    bench.add_ratio("key to last byte, median", 2, "bare screen", f"{time:.2f} ms",
                    f"{floor_time:.2f} ms",
                    statistics.median(our[0] / bare[0] for our, bare in zip(ours, floor)), len(rounds))
    bench.add_ratio("bytes of a key that changes the list, mean", 1.2, "bare screen", f"{sent:.0f}",
                    f"{floor_sent:.0f}", sent / floor_sent, len(rounds))
    bench.point("key to last byte", "ms", time)


def all_keys(bench, rounds):
    """Those of tags, too, to which the bare screen has no answer."""
    times = [[time for time, _ in ours] for ours, _ in rounds]
    drawn = sorted(time for ours, _ in rounds for time, sent in ours if sent)
    every = sum(len(ours) for ours, _ in rounds)
    if len(drawn) < every * 0.9:
        raise RuntimeError(f"{len(drawn)} of {every} keys changed the screen")
    slowest = max(statistics.median(ours[place] for ours in times) for place in range(len(times[0])))
    last = drawn[round(len(drawn) * 0.99) - 1]
    bench.add(f"key to last byte, p99 of {len(drawn)}, tags too", f"≤ {FRAME} ms", f"{last:.1f} ms",
              met=last <= FRAME, runs=len(rounds))
    bench.add("key to last byte, slowest key by its median", f"≤ {FRAME} ms", f"{slowest:.1f} ms",
              met=slowest <= FRAME, runs=len(rounds))


def moves(bench):
    keys = bench.desk(bench.home, keys=(F3, "张", *[DOWN] * MOVES)).keys[2:]
    most = max(sent for _, sent in keys)
    bench.add("bytes of a cursor move", "≤ 400", f"{most}", met=0 < most <= 400)


def beside_fzf(bench):
    what, goal = "first key, beside fzf", f"≤ 0.01 × fzf at {LARGE:,}"
    if not shutil.which("fzf"):
        bench.add(what, goal, "", "not at hand")
        return
    ours, theirs = [], []
    for _ in range(bench.size.pick(1, 3, bench.size.rounds)):
        ours.append(bench.desk(bench.home, keys=(F3, "z")).keys[1][0])
        theirs.append(bench.terminal("sh", "-c", 'exec fzf <"$0"', bench.text, keys="z",
                                     quiet=QUIET).keys[0][0])
    ratio = statistics.median(our / peer for our, peer in zip(ours, theirs))
    bench.add(what, goal, f"{statistics.median(ours):.2f} ms", f"{statistics.median(theirs):.0f} ms",
              ratio, ratio <= 0.01 if bench.size.residents >= LARGE else None, len(ours))
