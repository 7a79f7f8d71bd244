"""What the stories share: a temporary home, the command with its clock pinned, a desk in a terminal.

MULIN names the program under test, MULIN_QUICK_KEY the same with passphrases that cost nothing
(quick_key.c), MULIN_TERMINAL the pseudo-terminal (terminal.c), MULIN_COUNTERS the counters that race
(counters.c)."""
import csv
import functools
import io
import json
import os
import pathlib
import random
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

MULIN = os.environ.get("MULIN", "mulin")
QUICK_KEY = os.environ.get("MULIN_QUICK_KEY", MULIN)
TERMINAL = os.environ.get("MULIN_TERMINAL", "terminal")
COUNTERS = os.environ.get("MULIN_COUNTERS", "counters")
LUNCH = "2026-03-10T11:30"
SANITIZER = 86  # the exit status of a program that a sanitizer stopped
LEAKS = pathlib.Path(__file__).with_name("leaks")  # of other people's libraries
SLOW = 120  # seconds after which a command counts as hung
SOAK = float(os.environ.get("MULIN_SOAK", "1"))  # how many times the usual rounds
SEED = int(os.environ.get("MULIN_TEST_SEED", "20260310"))


def rounds(usual):
    return max(1, round(usual * SOAK))


@functools.cache
def memory():
    """A folder in memory with room for all stories at once: a disk is what most would wait for."""
    place = "/dev/shm"
    if "TMPDIR" in os.environ or not os.access(place, os.W_OK):
        return None
    about = os.statvfs(place)
    return place if about.f_bavail * about.f_frsize > 1 << 30 else None


def environment(now=LUNCH, **more):
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "GCOV_PREFIX") if name in os.environ}
    kept.update(
        LC_ALL="C.UTF-8",
        TZ="Asia/Shanghai",
        TERM="xterm-256color",
        HOME="/nonexistent",
        MULIN_NOW=now,
        ASAN_OPTIONS=f"exitcode={SANITIZER}",
        LSAN_OPTIONS=f"exitcode={SANITIZER}:print_suppressions=0:suppressions={LEAKS}",
        UBSAN_OPTIONS=f"print_stacktrace=1:exitcode={SANITIZER}",
    )
    kept.update(more)
    return kept


class Outcome:
    """What a command did: code, out and err (bytes decoded as UTF-8), rows (its JSON lines)."""

    def __init__(self, command, code, out, err):
        self.command, self.code = command, code
        self.out = out.decode("utf-8", "replace")
        self.err = err.decode("utf-8", "replace")
        if code == SANITIZER or code < 0 or "Sanitizer" in self.err:
            raise AssertionError(f"{command} crashed with {code}:\n{self.err}")

    @property
    def rows(self):
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def row(self):
        rows = self.rows
        assert len(rows) == 1, f"one line expected:\n{self}"
        return rows[0]

    def __str__(self):
        return f"{self.command}\nexit {self.code}\n--- out\n{self.out}\n--- err\n{self.err}"


def id_number(birth, serial, division="330205"):
    """A made-up resident ID number; an odd serial is a man's (GB 11643, ISO 7064 MOD 11-2)."""
    body = f"{division}{birth.replace('-', '')}{serial:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights)) % 11]


class Home:
    """A directory of mulin of its own. `identity` is Popen's user and group, if not ours."""

    def __init__(self, path, **identity):
        self.path, self.identity = pathlib.Path(path), identity
        self.database = self.path / "mulin.db"

    def command(self, *arguments, lang="zh"):
        return [MULIN, "--home", str(self.path), "--lang", lang, *map(str, arguments)]

    def run(self, *arguments, now=LUNCH, lang="zh", stdin=b"", cwd=None, timeout=SLOW, env=None,
            **popen):
        command = self.command(*arguments, lang=lang)
        if isinstance(stdin, str):
            stdin = stdin.encode()
        done = subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, timeout=timeout,
                              env=environment(now, **(env or {})), **self.identity, **popen)
        return Outcome(command, done.returncode, done.stdout, done.stderr)

    def start(self, *arguments, now=LUNCH, **popen):
        """The running command with pipes, for streams and for killing."""
        return subprocess.Popen(self.command(*arguments), stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                env=environment(now), **self.identity, **popen)


class Desk:
    """A command in a pseudo-terminal. Every order fails the story when it is not fulfilled."""

    def __init__(self, command, rows=24, columns=80, now=LUNCH, env=None):
        self.process = subprocess.Popen([TERMINAL, str(rows), str(columns), *command],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        env=environment(now, **(env or {})))

    def order(self, line, text=None):
        order = line if text is None else f"{line} {text}"
        self.process.stdin.write(order.encode("utf-8", "surrogateescape") + b"\n")
        self.process.stdin.flush()
        answer = []
        while True:
            got = self.process.stdout.readline().decode("utf-8", "replace").rstrip("\n")
            if got.startswith("|"):
                answer.append(got[1:])
            elif got == "ok":
                return answer
            else:
                screen = "" if line == "screen" or not got else "\n".join(self.order("screen"))
                raise AssertionError(f"{order!r}: {got or 'the terminal ended'}\n{screen}")

    def key(self, *names):
        self.order("key", " ".join(names))
        return self

    def type(self, text):
        self.order("text", text)
        return self

    def paste(self, text):
        self.order("paste", text)
        return self

    def bytes(self, data):
        self.order("bytes", data.hex())
        return self

    def scan(self, code):
        """What a hand scanner sends: the code in one burst and Enter."""
        self.order("bytes", (code + "\r").encode().hex())
        return self

    def wait(self):
        self.order("wait")
        return self

    def until(self, text):
        self.order("until", text)
        return self

    def gone(self, text):
        self.order("gone", text)
        return self

    def screen(self):
        return [row.rstrip() for row in self.order("screen")]

    @property
    def text(self):
        return "\n".join(self.screen())

    def cursor(self):
        row, column = self.order("cursor")[0].split()
        return int(row), int(column)

    def attributes(self, row):
        """The runs of a row as (column, length, attributes, foreground, background, text)."""
        runs = []
        for line in self.order("attributes", str(row)):
            column, length, attributes, foreground, background, text = line.split(" ", 5)
            runs.append((int(column), int(length), attributes.rstrip("-").rstrip(",").split(","),
                         foreground, background, text))
        return runs

    def output(self):
        """The raw bytes that the program sent since this was last asked."""
        return bytes.fromhex(self.order("output")[0])

    def resize(self, rows, columns):
        self.order("resize", f"{rows} {columns}")
        return self

    def signal(self, name):
        self.order("signal", name)
        return self

    def freeze(self):
        self.order("flow", "off")
        return self

    def thaw(self):
        self.order("flow", "on")
        return self

    def hang_up(self):
        self.order("close")
        return self

    def exited(self):
        """The exit status, or minus the number of the signal that ended it; `cpu` are its seconds."""
        (kind, number), (_, self.cpu) = (line.split() for line in self.order("exited"))
        self.cpu = float(self.cpu)
        if kind == "exit" and int(number) == SANITIZER:
            raise AssertionError("the desk crashed:\n" + "\n".join(self.screen()))
        return int(number) if kind == "exit" else -int(number)

    def end(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            self.process.wait()
        self.process.stdout.close()


HEADERS = ["姓名", "身份证号", "性别", "出生日期", "电话", "小区", "楼栋", "单元", "室", "户号",
           "与户主关系", "居住类型", "标签", "卡号", "网格", "备注"]


def sheet(rows, headers=None, delimiter=",", encoding="utf-8", newline="\r\n"):
    """A spreadsheet as bytes. Rows are dicts by header or lists."""
    headers = headers or HEADERS
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=newline)
    writer.writerow(headers)
    for row in rows:
        writer.writerow([row.get(h, "") for h in headers] if isinstance(row, dict) else row)
    return out.getvalue().encode(encoding)


def person(name, birth=None, serial=1, **more):
    """A row for sheet(): with a birth date also the ID number and the sex that belong to it."""
    row = {"姓名": name}
    if birth:
        row.update({"身份证号": id_number(birth, serial), "出生日期": birth,
                    "性别": "男" if serial % 2 else "女"})
    row.update(more)
    return row


def read_sheet(data, encoding="utf-8-sig", delimiter=","):
    return list(csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=delimiter))


class Story(unittest.TestCase):
    """A test with a home of its own, made by `mulin init --preset yunluwan`."""

    preset = "yunluwan"
    identity = {}
    on_disk = False  # where the disk's own time counts
    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mulin-story-", dir=None if self.on_disk else memory()))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        if self.identity:
            os.chown(self.folder, self.identity["user"], self.identity["group"])
        self.home = Home(self.folder / "home", **self.identity)
        if self.identity or not self.preset:
            self.furnish()
        else:
            self.furnish_once()

    def furnish(self):
        """What the home holds when a test begins."""
        if self.preset:
            self.expect(0, self.home.run("init", "--preset", self.preset))

    def furnish_once(self):
        """The first test of a class furnishes the home; the others get a copy."""
        model = type(self).__dict__.get("model")
        if model:
            shutil.copytree(model, self.home.path)
            return
        self.furnish()
        type(self).model = pathlib.Path(tempfile.mkdtemp(prefix="mulin-story-", dir=memory())) / "home"
        self.addClassCleanup(shutil.rmtree, self.model.parent, ignore_errors=True)
        shutil.copytree(self.home.path, self.model)

    def expect(self, code, outcome):
        """`code` is the status, or several of which one is right."""
        self.assertIn(outcome.code, code if isinstance(code, tuple) else (code,), str(outcome))
        return outcome

    def write(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return path

    def import_sheet(self, data, *options, code=0, name="residents.csv", now=LUNCH, lang="zh"):
        path = self.write(name, data)
        return self.expect(code, self.home.run("import", "residents", path, "--format", "json",
                                               *options, now=now, lang=lang))

    def find(self, *query, now=LUNCH):
        return self.expect(0, self.home.run("find", *query, "--format", "json", now=now)).rows

    def names(self, *query):
        return [row["name"] for row in self.find(*query)]

    def serve(self, *who, code=0, now=LUNCH):
        return self.expect(code, self.home.run("meal", "checkin", *who, "--format", "json",
                                               now=now)).row

    def verify(self):
        """Every story may end with this: the books balance, the chain holds."""
        return self.expect(0, self.home.run("verify"))

    def open(self, *arguments, rows=24, columns=80, now=LUNCH, lang="zh", env=None):
        desk = Desk(self.home.command(*arguments, lang=lang), rows, columns, now, env)
        self.addCleanup(desk.end)
        return desk

    @functools.cached_property
    def dice(self):
        """Dice of this story's own; MULIN_TEST_SEED loads them."""
        return random.Random(f"{SEED} {self.id()}")

    def figure(self, promise, *measured):
        """What a storm was worth, for the log: the row of the goals and what was counted."""
        print(f"{promise}: {', '.join(measured)} (seed {SEED}, soak {SOAK:g})", flush=True)

    def says(self, outcome, code, *words):
        """A refusal in words: "mulin: what: why: what to do"; the usage may stand below, indented."""
        self.expect(code, outcome)
        lines = [line for line in outcome.err.splitlines() if line and not line.startswith(" ")]
        self.assertTrue(lines, "no message:\n" + str(outcome))
        for line in lines:
            parts = line.replace("：", ": ").split(": ")
            self.assertGreaterEqual(len([p for p in parts if p.strip()]), 3, str(outcome))
            self.assertTrue(line.startswith("mulin: ") or line.startswith("mulin："), str(outcome))
        for word in words:
            self.assertIn(word, outcome.err, str(outcome))


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait()


if __name__ == "__main__":
    raise SystemExit("story.py is for the stories to import")
