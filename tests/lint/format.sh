#!/bin/sh
# format.sh ROOT: every C file stands as clang-format writes it.
set -eu
cd "$1"
find include src tests -name '*.[ch]' -not -path 'tests/lint/samples/*' -print0 2>/dev/null |
    xargs -0 -r -n 20 -P 2 clang-format --dry-run -Werror --style=file
