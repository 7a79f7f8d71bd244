"""The manuals tell the truth: every example of them runs and prints what stands there, and their
tables name each command, option, field and variable that exists, and none besides."""
import hashlib
import itertools
import json
import os
import pathlib
import re
import sqlite3
import subprocess

import ledger_reader
import story

ROOT = pathlib.Path(os.environ["MULIN_ROOT"])
NOON = "2026-11-22T11:30"
LANGUAGES = {"en": "man", "zh": "man/zh_CN"}
ESCAPES = {r"\e": "\\", r"\-": "-", r"\(dq": '"', r"\&": ""}


def source(lang, page):
    return (ROOT / LANGUAGES[lang] / page).read_text(encoding="utf-8")


def unescaped(line):
    return re.sub(r"\\(?:\(..|.)", lambda found: ESCAPES[found[0]], line)


def displays(text):
    """The literal displays of a page in order, as (word of `example: word` before it, lines)."""
    for found in re.finditer(r'(?:^\.\\" example: (\w+)\n)?^\.Bd -literal.*\n((?:.*\n)*?)\.Ed$', text, re.M):
        yield found[1], [unescaped(line) for line in found[2].splitlines()]


def fences(text):
    """The same of a README: (table, lines of ```csv) and (None, lines of ```console)."""
    for found in re.finditer(r"^```(csv|console)\n((?:.*\n)*?)```$", text, re.M):
        yield "table" if found[1] == "csv" else None, found[2].splitlines()


def fields(text, kind):
    """The .Va names of the list that follows `fields: kind`."""
    body = re.search(rf'^\.\\" fields: {kind}\n\.Bl.*\n((?:.*\n)*?)\.El$', text, re.M)[1]
    return {name for line in re.findall(r"^\.It Va (.*)$", body, re.M) for name in line.split(" , ")}


def rendered(lang, page):
    out = subprocess.run(["mandoc", "-K", "utf-8", "-T", "utf8", "-O", "width=500", ROOT / LANGUAGES[lang] / page],
                         capture_output=True, check=True, env=story.environment()).stdout
    return re.sub(".\b", "", out.decode())


def pattern(lines):
    """What the lines allow: … stands for anything in a line, alone for any lines."""
    return "".join("(?:.*\n)*?" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + "\n"
                   for line in lines)


class Examples(story.Story):
    preset = None

    def shell(self, lang, command):
        program = str(pathlib.Path(story.MULIN).parent)
        done = subprocess.run(["sh", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              cwd=self.folder, timeout=story.SLOW,
                              env=story.environment(NOON, PATH=f"{program}:{os.environ['PATH']}",
                                                    MULIN_HOME=str(self.folder / lang),
                                                    LC_ALL={"en": "en_US.UTF-8", "zh": "zh_CN.UTF-8"}[lang]))
        return done.returncode, done.stdout.decode()

    def converse(self, lang, lines):
        """Runs what follows "$ " and compares the lines under it."""
        commands = 0
        lines = iter(lines + ["$ "])
        line = next(lines)
        while line != "$ ":
            self.assertTrue(line.startswith("$ "), line)
            command = line[2:]
            while command.endswith("\\"):
                command += "\n" + next(lines)
            answer = []
            for line in lines:
                if line.startswith("$ "):
                    break
                answer.append(line)
            code, out = self.shell(lang, command)
            self.assertIn(code, (0, 1, 3), f"{command}\n{out}")
            if not re.fullmatch(pattern(answer), re.sub(r" +$", "", out, flags=re.M)):
                self.fail(f"{command}\nprints\n{out}\nbut the manual says\n" + "\n".join(answer))
            commands += 1
        return commands

    def day(self, lang, blocks):
        """Runs the blocks in their order in one home; returns how many commands there were."""
        commands = 0
        for word, lines in blocks:
            if word == "table":
                self.write("residents.csv", "".join(line + "\n" for line in lines).encode())
            else:
                commands += self.converse(lang, lines)
        return commands

    def test_a_day_as_the_manual_tells_it(self):
        for lang in LANGUAGES:
            with self.subTest(lang=lang):
                self.assertGreater(self.day(lang, displays(source(lang, "mulin.1"))), 12)

    def test_a_day_as_the_readme_tells_it(self):
        for lang, name in (("en", "README.md"), ("zh", "README.zh-CN.md")):
            with self.subTest(lang=lang):
                text = (ROOT / name).read_text(encoding="utf-8")
                self.assertGreater(self.day(lang, fences(text)), 8)

    def test_rule_books_are_good_or_have_the_faults_that_are_told(self):
        for lang in LANGUAGES:
            with self.subTest(lang=lang):
                books = [(word, "\n".join(lines) + "\n") for word, lines in
                         displays(source(lang, "mulin-rules.5")) if word in ("book", "faulty", "answer")]
                self.assertGreaterEqual(len(books), 3)
                for (word, book), (after, answer) in itertools.pairwise(books + [("", "")]):
                    self.write("book.yaml", book.encode())
                    code, out = self.shell(lang, "mulin rules check book.yaml")
                    if word == "book":
                        self.assertEqual(code, 0, out)
                    elif word == "faulty":
                        self.assertEqual((code, after), (3, "answer"), out)
                        self.assertEqual(out.splitlines()[:-1], answer.splitlines())


class Ledger(story.Story):
    """mulin-ledger(5) is what auditors write their programs from."""

    def test_the_examples_are_worked_out_rightly(self):
        for lang in LANGUAGES:
            with self.subTest(lang=lang):
                blocks = [(word, lines) for word, lines in displays(source(lang, "mulin-ledger.5"))]
                self.assertEqual([word for word, _ in blocks], ["hashed", "hash"] * 3)
                for (_, lines), (_, told) in zip(blocks[::2], blocks[1::2]):
                    data = bytes.fromhex("".join(line[:41] for line in lines))
                    self.assertEqual(hashlib.blake2b(data, digest_size=32).hexdigest(), told[0])
                    self.assertIn(str(len(data)), source(lang, "mulin-ledger.5"))
                document, entry, trail = (lines[0] for _, lines in blocks[1::2])
                self.assertIn(document[32:], "".join(line[9:41] for line in blocks[2][1]))
                heads = re.findall(r"[LA]1-[0-9a-f-]+", source(lang, "mulin-ledger.5"))
                self.assertEqual(set(heads), {ledger_reader.on_paper("L", 1, bytes.fromhex(entry))})
                self.assertEqual(ledger_reader.blake(b"abc").hex(),
                                 "".join(re.findall(r"^\.Ql ([0-9a-f]{32})", source(lang, "mulin-ledger.5"), re.M)))

    def test_each_column_of_the_chained_tables_is_named(self):
        base = sqlite3.connect(self.home.database)
        self.addCleanup(base.close)
        for lang in LANGUAGES:
            named = set(re.findall(r"Va (\w+)", source(lang, "mulin-ledger.5")))
            for table in ("ledger_entry", "ledger_posting", "ledger_account", "audit_entry", "meal", "service", "goods_move",
                          "points_line", "points_month", "points_month_line"):
                columns = {column[1] for column in base.execute(f"PRAGMA table_info({table})")}
                self.assertEqual(columns - named, set(), f"{lang}: {table}")

    def test_both_languages_hash_the_same_fields(self):
        def hashed(lang):
            return {kind: re.findall(r"Va (\w+)|Ql (mulin-[a-z]+-[0-9])", body) for kind, body in
                    re.findall(r'^\.\\" hashed: (\w+)\n((?:.*\n)*?)\.El$', source(lang, "mulin-ledger.5"), re.M)}

        self.assertEqual(set(hashed("en")), {"entry", "meal", "service", "goods", "month", "audit"})
        for kind, names in hashed("en").items():
            self.assertEqual(sorted(names), sorted(hashed("zh")[kind]), kind)


class Tables(story.Story):
    def commands(self, lang):
        """What --help lists: the words of each command and its usage."""
        out = self.expect(0, self.home.run("--help", lang=lang)).out
        return [line.strip() for line in re.findall(r"^  mulin (.*)$", out, re.M)]

    def test_each_command_stands_in_the_manual_word_for_word(self):
        for lang in LANGUAGES:
            with self.subTest(lang=lang):
                text = rendered(lang, "mulin.1")
                tags = re.findall(r"^ {5}((?:[a-z]+ )*?[a-z]+(?:-[a-z]+)?(?: [A-Z\[].*| --.*| -|))(?: {2,}\S.*)?$",
                                  self.chapter(text), re.M)
                spaced = [re.sub(r" ?\| ?", "|", tag) for tag in tags]
                self.assertEqual(sorted(spaced),
                                 sorted(re.sub(r" ?\| ?", "|", usage) for usage in self.commands(lang)))

    @staticmethod
    def chapter(text):
        """The commands, from their heading to the next."""
        return re.search(r"^(?:COMMANDS|命令)\n((?: .*\n|\n)*)", text, re.M)[1]

    def test_each_field_of_a_file_is_an_option(self):
        self.expect(0, self.home.run("resident", "add", "--name", "王小明"))
        shown = self.expect(0, self.home.run("resident", "show", "1", "--format", "json")).row
        expected = {key.replace("_", "-") for key in shown} - {"id", "status", "ended-on", "derived"}
        for lang in LANGUAGES:
            named = re.search(r'^\.\\" options: fields\n\.Bl.*\n((?:.*\n)*?)\.El$', source(lang, "mulin.1"), re.M)[1]
            self.assertEqual(set(re.findall(r"^\.It Fl -(\S+)", named, re.M)), expected)

    def test_headers_to_import_are_known(self):
        table = (ROOT / "data/import_headers.def").read_text(encoding="utf-8")
        known = {key: set(re.sub(r'"\s*"', "", words).split())
                 for key, words in re.findall(r'HEADER\((\w+), ((?:"[^"]*"\s*)+)\)', table)}
        known = {key: {word.strip('"') for word in words} for key, words in known.items()}
        for lang in LANGUAGES:
            named = re.search(r'^\.\\" headers\n\.Bl.*\n((?:.*\n)*?)\.El$', source(lang, "mulin.1"), re.M)[1]
            told = {key: set(re.split("[,、] ?", words))
                    for key, words in re.findall(r"^\.It Va (\w+)\n(.*)$", named, re.M)}
            self.assertEqual(told.keys(), known.keys())
            for key, words in told.items():
                self.assertLessEqual(words, known[key])

    def test_options_before_the_command(self):
        for lang in LANGUAGES:
            usage = self.expect(0, self.home.run("--help", lang=lang)).out.split("\n  mulin ", 1)[0]
            named = re.search(r'^\.\\" options: global\n\.Bl.*\n((?:.*\n)*?)\.El$', source(lang, "mulin.1"), re.M)[1]
            self.assertEqual(set(re.findall(r"^\.It Fl -(\S+)", named, re.M)) - {"help", "version"},
                             set(re.findall(r"--([a-z-]+)", usage)))

    def test_json_has_the_fields_that_are_told(self):
        run = self.home.run
        self.expect(0, run("resident", "add", "--name", "王小明", "--card", "K1", "--birth-date", "1940-01-01",
                            "--building", "3", "--room", "201", "--household-number", "H12"))
        self.expect(0, run("order", "add", "1"))
        self.expect(0, run("team", "add", "--name", "巡逻队"))
        shown = {
            "find": run("find", "王小明", "--format", "json"),
            "household found": run("find", "户12", "--format", "json"),
            "roster": run("list", "--format", "json"),
            "checkin": run("meal", "checkin", "K1", "--format", "json"),
            "refused": run("meal", "checkin", "K1", "--format", "json"),
            "list": run("meal", "list", "--format", "json"),
            "menu": run("menu", "show", "--format", "json"),
            "orders": run("order", "list", "--format", "json"),
            "person_orders": run("order", "list", "1", "--format", "json"),
            "kitchen": run("order", "count", "--format", "json"),
            "settle": run("meal", "settle", "--format", "json"),
            "today": run("today", "--format", "json"),
            "history": run("history", "1", "--format", "json"),
            "register": run("report", "register", "--format", "json"),
        }
        keys = {kind: set(outcome.row) for kind, outcome in shown.items()}
        for _ in range(2):
            self.expect(0, run("resident", "add", "--name", "赵桂兰", "--birth-date", "1950-02-02"))
        keys["twins"] = set(run("twin", "list", "--format", "json").row)
        self.expect(0, run("twin", "different", "2", "3"))
        self.expect(0, run("team", "join", "巡逻队", "K1"))
        keys["volunteers"] = set(run("volunteer", "list", "--format", "json").row)
        keys["teams"] = set(json.loads(run("team", "list", "--format", "json").out.splitlines()[0]))
        self.expect(0, run("points", "earn", "K1", "--duty", "送餐", "--minutes", "60"))
        keys["tally"], keys["tallied"] = map(set, run("points", "tally", "--format", "json").rows)
        keys["doubts"] = set(run("points", "doubts", "--format", "json").row)
        keys["verdicts"] = set(run("twin", "list", "--decided", "--format", "json").row)
        keys["import"] = set(self.import_sheet(story.sheet([{"姓名": "李桂芳"}])).row)
        keys["checkin"] |= keys.pop("refused")
        self.assertEqual(set(run("meal", "void", "1", "--reason", "x", "--format", "json").row), keys["list"])
        for lang in LANGUAGES:
            for kind, expected in keys.items():
                with self.subTest(lang=lang, kind=kind):
                    self.assertEqual(fields(source(lang, "mulin.1"), kind), expected)
        tiers = set(shown["settle"].row["tiers"][0])
        self.assertEqual(tiers, {"tier", "meals", "price_fen", "pay_fen"})

    def test_each_variable_that_the_program_reads(self):
        read = set()
        for path in (ROOT / "src").rglob("*.c"):
            text = path.read_text(encoding="utf-8")
            read.update(re.findall(r'getenv\("([A-Z_]+)"\)', text))
            if "getenv(names" in text:
                read.update(re.findall(r'"([A-Z_]+)"', re.search(r"names\[\] = \{([^}]*)\}", text)[1]))
        self.assertIn("MULIN_HOME", read)
        for lang in LANGUAGES:
            named = re.search(r'^\.\\" variables\n\.Bl.*\n((?:.*\n)*?)\.El$', source(lang, "mulin.1"), re.M)[1]
            told = {name for line in re.findall(r"^\.It Ev (.*)$", named, re.M) for name in line.split(" , ")}
            self.assertEqual(told, {name for name in read if not name.startswith("MULIN_TEST")})


if __name__ == "__main__":
    story.unittest.main()
