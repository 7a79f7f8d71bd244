"""What searches a text of the same people instead, as whole processes: fzf --filter and rg -c."""
import shutil
import statistics
import subprocess
import time

GOALS = {"fzf": 1_000, "rg": 100}
LARGE = 1_000_000  # residents; the goals are of these


def measure(bench):
    queries = ["张", "zjx", bench.known_id[-4:], "3栋201"]
    if bench.size.effort == "full":
        queries += ["张金", "金凤", "zhangj", "4821"]
    for peer in GOALS:
        if not shutil.which(peer):
            bench.add(f"{len(queries)} queries beside {peer}", goal(peer), "", "not at hand")
            continue
        ours, theirs = in_turns(bench, peer, queries)
        worst = min(theirs[query] / ours[query] for query in queries)
        bench.add(f"{len(queries)} queries beside {peer}, each at least", goal(peer),
                  between(ours, 1e6, "µs"), between(theirs, 1e3, "ms"), worst,
                  worst >= GOALS[peer] if bench.size.residents >= LARGE else None, bench.size.rounds)


def goal(peer):
    return f"{GOALS[peer]:,} × faster at {LARGE:,}"


def in_turns(bench, peer, queries):
    """The median seconds of each query."""
    ours, theirs = {query: [] for query in queries}, {query: [] for query in queries}
    for _ in range(bench.size.rounds):
        for query, _, median, *_ in bench.tool("bench_lookup", bench.home, "first", 1,
                                               bench.size.pick(5, 50, 50), *queries):
            ours[query].append(float(median) / 1e6)
        for query in queries:
            theirs[query].append(searched(bench.text, peer, query))
    return [{query: statistics.median(times[query]) for query in queries} for times in (ours, theirs)]


def searched(text, peer, query):
    """Seconds of one search, from the start of the process to its end."""
    command = ["fzf", "--filter", query] if peer == "fzf" else ["rg", "-F", "-c", query, text]
    with open(text, encoding="utf-8") as people:
        begun = time.perf_counter()
        done = subprocess.run(command, stdin=people, stdout=subprocess.DEVNULL, check=False)
        seconds = time.perf_counter() - begun
    if done.returncode != 0:
        raise RuntimeError(f"{peer} does not find {query}")
    return seconds


def between(times, factor, unit):
    first, last = min(times.values()) * factor, max(times.values()) * factor
    digits = 0 if first >= 10 else 1
    return f"{first:.{digits}f} to {last:.{digits}f} {unit}"
