#!/bin/sh
# fuzz.sh PROGRAM SECONDS: feeds a libFuzzer target with its kept seeds and what was found before,
# and keeps what is found now in PROGRAM.corpus, an input that breaks it as PROGRAM-crash-….
set -u
program=$1
seconds=$2
name=${program##*/}
here=$(dirname "$0")
corpus=$program.corpus
log=$program.log
mkdir -p "$corpus" || exit 2
words=$here/$name.dict
[ -f "$words" ] && words=-dict=$words || words=
# shellcheck disable=SC2086
"$program" -max_total_time="$seconds" -timeout=25 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$program-" $words "$corpus" "$here/seeds/$name" >"$log" 2>&1
status=$?
if [ "$status" -ne 0 ]; then
    cat "$log"
    echo "$name: FAILED; the input that did it stands above, behind 'written to'"
    exit 1
fi
awk -v name="$name" '
    /^stat::number_of_executed_units:/ { runs = $2 }
    /^stat::average_exec_per_sec:/ { speed = $2 }
    END { printf "%s: %d runs, %d a second, no finding\n", name, runs, speed }' "$log"
