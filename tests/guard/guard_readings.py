#!/usr/bin/env python3
"""guard_readings.py BENCH_READINGS: what the reading of a name costs, in instructions of the
processor as valgrind counts them, which no load changes and hardly any machine does."""
import pathlib
import re
import subprocess
import sys
import tempfile

# Those of a person's usual three characters, of surnames with readings of their own, of four.
NAMES = ("张金凤", "王建国", "李秀英", "刘桂兰", "陈志强", "单田芳", "曾国藩", "尉迟恭", "欧阳修", "吕玉梅")
REPEATED = 20
# Instructions a name: 962 and 1,950 where it was measured.
LIMITS = {"mu_name_pinyin": 1040, "mu_name_keys": 2100}


def counted(program, names, function):
    """Instructions inside of a function, a name."""
    done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
                           f"--toggle-collect={function}", program, names, "1"],
                          capture_output=True, text=True, check=True)
    return int(re.search(r"Collected : ([0-9]+)", done.stderr)[1]) / (len(NAMES) * REPEATED)


def main():
    with tempfile.TemporaryDirectory() as folder:
        names = pathlib.Path(folder, "names.csv")
        names.write_text("\n".join(["姓名", *NAMES * REPEATED, ""]), encoding="utf-8")
        faults = 0
        for function, limit in LIMITS.items():
            instructions = counted(sys.argv[1], names, function)
            print(f"{function}: {instructions:.0f} instructions a name, at most {limit}")
            faults += not 0 < instructions <= limit
    return faults


if __name__ == "__main__":
    sys.exit(main())
