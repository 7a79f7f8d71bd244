#!/usr/bin/env python3
"""sizes.py ROOT [LINES]: a file is one idea; past 600 lines it is two. (clang-tidy measures functions.)"""
import sys

from source import report, sources

LINES = int(sys.argv[2]) if len(sys.argv) > 2 else 600

if __name__ == "__main__":
    sys.exit(report([(source.path, source.lines, f"more than {LINES} lines")
                     for source in sources(sys.argv[1], "include", "src", "tests")
                     if source.lines > LINES and "/samples/" not in source.path]))
