#!/bin/sh
# bites.sh SAMPLES LINT [ARGUMENT...]: the lint must fail on SAMPLES and name every *bad* file.
set -u
samples=$1
shift
found=$("$@" 2>&1)
if [ $? -eq 0 ]; then
    echo "the lint passed what it must not pass"
    exit 1
fi
status=0
for file in $(cd "$samples" && find . -name '*bad*' -type f); do
    case $found in
    *"${file#./}"*) ;;
    *)
        echo "not found: $file"
        status=1
        ;;
    esac
done
for file in $(cd "$samples" && find . -name '*good*' -type f); do
    case $found in
    *"${file#./}"*)
        echo "wrongly named: $file"
        status=1
        ;;
    esac
done
[ $status -eq 0 ] || printf '%s\n' "$found"
exit $status
