#!/bin/sh
# soak.sh BUILD MINUTES: the fault tests again and again until the time is over, each round with
# seeds of its own (MULIN_TEST_SEED; the first may be given) and longer than the one before
# (MULIN_SOAK, times the usual). Ends with 1 when one failed: its seed stands above.
set -u
build=$(cd "$1" && pwd) || exit 2
root=$(cd "$(dirname "$0")/../.." && pwd)
end=$(($(date +%s) + $2 * 60))
first=${MULIN_TEST_SEED:-$(date +%s)}
log=$build/soak.log
round=0
runs=0
failed=0

export LC_ALL=C.UTF-8 TZ=Asia/Shanghai
export PYTHONPATH="$root/tests/e2e" PYTHONDONTWRITEBYTECODE=1 MULIN_ROOT="$root"
export MULIN="$build/src/mulin" MULIN_TERMINAL="$build/tests/e2e/terminal"
export MULIN_COUNTERS="$build/tests/e2e/counters"

# one NAME COMMAND…: false when the time is over.
one() {
    name=$1
    shift
    [ "$(date +%s)" -lt "$end" ] || return 1
    began=$(date +%s)
    if "$@" >"$log" 2>&1; then
        result=passed
    else
        result=FAILED
        failed=$((failed + 1))
        cat "$log"
    fi
    runs=$((runs + 1))
    echo "$name: $result in $(($(date +%s) - began)) s (MULIN_TEST_SEED=$MULIN_TEST_SEED MULIN_SOAK=$MULIN_SOAK)"
    grep -E ' (faults|power cuts) |\(seed ' "$log" | sed 's/^/    /'
    return 0
}

all() {
    for program in "$build"/tests/fault/fault_* "$build"/tests/test_upgrade; do
        [ -x "$program" ] || continue
        one "${program##*/}" "$program" || return 1
    done
    for story in "$root"/tests/fault/test_*.py "$root/tests/e2e/test_meal_stream.py"; do
        one "$(basename "$story" .py)" python3 -B "$story" || return 1
    done
}

while [ "$(date +%s)" -lt "$end" ]; do
    round=$((round + 1))
    MULIN_TEST_SEED=$((first + round * 100000))
    MULIN_SOAK=$((round < 40 ? round : 40))
    export MULIN_TEST_SEED MULIN_SOAK
    echo "== round $round"
    all || break
done
echo "$runs runs in $round rounds, $failed failed"
[ "$failed" -eq 0 ] && [ "$runs" -gt 0 ]
