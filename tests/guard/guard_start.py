#!/usr/bin/env python3
"""guard_start.py MULIN: what a start costs up to its first full screen, in instructions of the
processor as valgrind counts them, the dynamic linker's among them; and what it does not wait for."""
import fcntl
import os
import pathlib
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios

LIMIT = 17_200_000  # 16,240,000 where it was measured, a third of them SQLite's reading of the schema
BEHIND = "mu_desk_take_key"  # the first that is called when the screen stands
NOT_YET = ("sodium_init", "mu_vault_open", "lxw_", "json_", "csv_")
QUESTION, ANSWERS = b"\033[6n", (b"\033[1;3R", b"\033[1;2R")
ROWS, COLUMNS, PATIENCE = 40, 120, 60  # seconds, which valgrind needs on a busy machine


def in_terminal(command):
    """Runs a command in a terminal that answers what it is asked, until it waits for keys."""
    child, terminal = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.execvp(command[0], command)
    answers = list(ANSWERS)
    seen = b""
    while "回车".encode() not in seen and select.select([terminal], [], [], PATIENCE)[0]:
        read = os.read(terminal, 65536)
        seen += read
        for _ in range(read.count(QUESTION)):
            os.write(terminal, answers.pop(0))
    os.kill(child, signal.SIGTERM)
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        pass  # the line is closed
    os.waitpid(child, 0)


def main():
    mulin = sys.argv[1]
    os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8", MULIN_NOW="2026-03-10T11:30")
    with tempfile.TemporaryDirectory() as folder:
        home, profile = pathlib.Path(folder, "home"), pathlib.Path(folder, "profile")
        command = [mulin, "--home", str(home), "--lang", "zh"]
        subprocess.run([*command, "init", "--preset", "yunluwan"], check=True, capture_output=True)
        in_terminal(["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}",
                     f"--dump-before={BEHIND}", *command])
        counted = pathlib.Path(f"{profile}.1").read_text(errors="replace")
    instructions = int(re.search(r"^summary: ([0-9]+)", counted, re.M)[1])
    early = [name for name in NOT_YET if re.search(rf"^c?fn=\([0-9]+\) {name}", counted, re.M)]
    print(f"{instructions} instructions up to the first screen, at most {LIMIT}")
    print("waited for:", *early or ["nothing that it need not wait for"])
    return int(bool(early) or not 0 < instructions <= LIMIT)


if __name__ == "__main__":
    sys.exit(main())
