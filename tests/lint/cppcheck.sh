#!/bin/sh
# cppcheck.sh ROOT WORK: cppcheck over src; WORK keeps what did not change since the last time.
# Suppressed: NULL is a pointer in glibc, and cppcheck does not know __builtin_add_overflow.
set -eu
wordless=$(cd "$(dirname "$0")" && pwd)/wordless
cd "$1"
mkdir -p "$2"
exec cppcheck --quiet --std=c11 --language=c -j 2 --error-exitcode=1 --inline-suppr \
    --enable=warning,performance,portability --cppcheck-build-dir="$2" \
    --suppress=missingIncludeSystem --suppress=unmatchedSuppression --suppress=varFuncNullUB --suppress=uninitStructMember \
    --template='{file}:{line}: {id}: {message}' -D_GNU_SOURCE -I"$wordless" -Iinclude -Isrc -Idata src
