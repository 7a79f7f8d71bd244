#!/bin/sh
# tidy.sh ROOT BUILD: clang-tidy over src with the compile commands of BUILD.
set -eu
cd "$1"
show="--extra-arg-before=-include$PWD/tests/lint/analyzer.h"
status=0
clang-tidy --quiet -p "$2" src/base/error.c 2>/dev/null || status=1
find "$PWD/src" -name '*.c' -not -path '*/base/error.c' -print0 |
    xargs -0 -n 3 -P 2 clang-tidy --quiet -p "$2" "$show" 2>/dev/null || status=1
exit $status
