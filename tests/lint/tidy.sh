#!/bin/sh
# tidy.sh ROOT BUILD: clang-tidy over src with the compile commands of BUILD.
set -eu
cd "$1"
find "$PWD/src" -name '*.c' -print0 |
    xargs -0 -n 4 -P 2 clang-tidy --quiet -p "$2" 2>&1 | grep -v 'warnings\? generated\.$' |
    grep . && exit 1
exit 0
