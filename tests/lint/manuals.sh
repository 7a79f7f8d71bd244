#!/bin/sh
# manuals.sh ROOT: mandoc has nothing to say about the manuals, English and Chinese.
set -eu
cd "$1"
find man -name '*.[157]' -print0 | xargs -0 -r mandoc -K utf-8 -T lint -W warning
