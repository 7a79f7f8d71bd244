"""Row 24: no text acts on a terminal, wherever it comes from: arguments, files, keys, a rule book, or
another program that wrote it into the records. Every byte that commands and screens send is looked at."""
import itertools
import re
import sqlite3

import story
from story import person, sheet

HOSTILE = {
    "OSC 52": "\x1b]52;c;ZXZpbA==\x07",
    "colour": "\x1b[31;5m",
    "C1": "\u009b31m\u0090q\u009c",
    "right to left": "\u202e\u2067\u061c",
    "nothing to see": "\u200b\u2060\ufeff\u2028",
    "old controls": "\x01\x08\x0c\x0e\x7f\r",
}
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
# What curses itself sends: CSI … letter, character sets, keypad, and the cursor's controls.
CURSES = re.compile("\x1b\\[[?>=]?[0-9;]*[a-zA-Z]|\x1b[()][AB0]|\x1b[=>78]|[\r\n\x08\x0f]")
BOOK_ESCAPES = ('"\\e[31m云"', '"\\x9b31m"', '"\\u202e云"', '"\x1b[31m"', '"云\\u200b"', '"\\a\\b"',
                '"\u202e云"')


class Inert(story.Story):
    def setUp(self):
        super().setUp()
        self.looked_at = 0

    def inert(self, text, what):
        found = ACTS.search(text)
        if found:
            self.fail(f"{what}: {found[0]!r} in {text[max(0, found.start() - 60):found.end() + 60]!r}")
        self.looked_at += len(text)

    def look(self, *arguments, **more):
        done = self.home.run(*arguments, lang=self.dice.choice(("zh", "en")), **more)
        self.inert(done.out, arguments)
        self.inert(done.err, arguments)
        return done

    def look_at_screens(self, *keys):
        desk = self.open()
        desk.until("11:30").wait()
        for key in keys:
            (desk.key(key) if key.startswith(("F", "Esc", "Enter", "Down")) else desk.type(key)).wait()
        self.inert(CURSES.sub("", desk.output().decode()), keys)
        desk.signal("TERM").exited()
        desk.end()

    def test_arguments(self):
        for bad in HOSTILE.values():
            text = f"张{bad}三"
            for command in (("find", text), ("resident", "add", "--name", text), ("resident", "show", text),
                            ("resident", "add", "--name", "李", "--occupancy", text), (text,),
                            ("meal", "checkin", text, "--session", "lunch"), ("meal", "checkin", "--outdoor", text),
                            ("meal", "checkin", "张", "--session", text), ("meal", "settle", text),
                            ("meal", "checkin", "--outdoor", "外卖员", "--note", text), ("audit", "--by", text),
                            ("meal", "void", "1", "--reason", text), ("audit", "--action", text),
                            ("rules", "check", text), ("rules", "explain", text), ("import", "residents", text),
                            ("operator", "add", text, "--role", "desk"), ("operator", "add", "李", "--role", text),
                            ("operator", "bind", "李", text), ("backup", f"{self.folder}/no/{text}"),
                            ("restore", text), ("verify", "--head", text), ("--operator", text, "today"),
                            ("--now", text, "today"), ("--lang", text, "today"), (f"--{text}",)):
                self.look(*(part.replace("\x00", "") for part in command))
            story.Home(self.folder / text.replace("/", "")).path.mkdir(exist_ok=True)
            done = story.Home(self.folder / text.replace("/", "")).run("today")
            self.inert(done.out + done.err, "--home")
        self.look("meal", "list"), self.look("audit"), self.look("operator", "list"), self.look("today")

    def test_a_spreadsheet(self):
        for number, bad in enumerate(HOSTILE.values()):
            text = f"张{bad}三"
            rows = [{header: text for header in story.HEADERS}, {"姓名": text}, {"姓名": "王", "备注": text},
                    {"姓名": "李", "标签": text}, {"姓名": "赵", "卡号": text}, {"姓名": "孙", "楼栋": text}]
            for name, data in ((f"a{number}.csv", sheet(rows)),
                               (f"b{bad.replace('/', '')}.csv", sheet(rows, [*story.HEADERS, text]))):
                self.look("import", "residents", self.write(name, data))
        self.look("find", "三", "--limit", "100")
        self.look("find", "三", "--format", "json")
        self.look("audit", "--format", "json")

    def test_a_rule_book(self):
        good = self.expect(0, self.home.run("rules", "show")).out
        name = re.search(r"name: (.*)", good)[1]
        for bad in BOOK_ESCAPES:
            for book in (good.replace(f"name: {name}", f"name: {bad}"), good.replace("price", bad, 1),
                         good + f"{bad}: {bad}\n", f"# {bad}\n" + good):
                path = self.write("book.yaml", book.encode())
                self.look("rules", "check", path)
                self.look("rules", "adopt", path)
        self.look("rules", "show")

    def poison(self):
        """Another program writes into every text of the records that is not sealed."""
        number = {birth: n for n, birth in enumerate(("1940-01-01", "1950-01-01", "1990-01-01"))}
        self.import_sheet(sheet([person(f"人{n}", birth, n + 1, 楼栋="1", 室=str(n), 卡号=f"K{n}", 电话=f"1380000000{n}",
                                        标签="低保", 备注="好人") for birth, n in number.items()]))
        self.serve("K0")
        self.serve("K1")
        self.serve("--outdoor", "外卖员", "--note", "下雨")
        self.expect(0, self.home.run("meal", "void", "2", "--reason", "点错"))
        self.expect(0, self.home.run("operator", "add", "陈静", "--role", "desk"))
        bad = itertools.cycle(HOSTILE.values())
        connection = sqlite3.connect(self.home.database, isolation_level=None)
        for (trigger,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        poisoned = 0
        for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' "
                                           "AND name NOT LIKE 'sqlite%' AND name NOT IN ('rule_book', "
                                           "'search_key', 'setting')").fetchall():
            for _, column, kind, _, _, key in connection.execute(f"PRAGMA table_info({table})").fetchall():
                if kind != "TEXT" or column in ("date", "session", "served_at", "recorded_at", "birth_date", "action",
                                                "book", "role", "pay_method", "payer", "adopted_from", "created_at",
                                                "code", "system_user", "idempotency_key"):
                    continue
                poisoned += connection.execute(f"UPDATE OR IGNORE {table} SET {column} = {column} || ? "
                                               f"WHERE {column} <> ''", (next(bad),)).rowcount
        connection.close()
        self.assertGreater(poisoned, 20)

    def test_what_another_program_wrote_into_the_records(self):
        self.poison()
        self.assertIn("人0?", self.look("find", "人").out)
        for command in (("find", "人"), ("resident", "show", "1"), ("meal", "list"), ("meal", "settle"), ("audit",),
                        ("operator", "list"), ("today",)):
            self.look(*command)
            self.look(*command, "--format", "json")
        for command in (("resident", "reveal", "1", "--field", "phone", "--reason", "核对"), ("verify",),
                        ("meal", "checkin", "人2"), ("meal", "checkin", "人0"), ("rules", "explain", "人1"),
                        ("meal", "void", "1", "--reason", "点错"), ("resident", "end", "1", "--moved-out", "2026-03-09"),
                        ("resident", "restore", "1"), ("operator", "end", "陈静")):
            self.look(*command)
        self.look_at_screens("1", "人2", "Enter", "F8", "Esc")
        self.look_at_screens("2", "人0", "Enter", "F4", "Esc", "F2")
        self.look_at_screens("2", "人1", "Enter", "F4", "完整电话", "Down", "Enter", "核对号码", "Down", "Enter")
        self.look_at_screens("4", "Down", "Enter", "Esc")
        self.look_at_screens("F9", "记录", "Enter", "Down", "Enter")
        self.look_at_screens("3", "人0", "F2", "F9", "Esc")

    def test_keys(self):
        desk = self.open()
        desk.until("11:30").wait()
        desk.type("1").wait()
        for bad in HOSTILE.values():
            desk.bytes(f"\x1b[200~张{bad}三\x1b[201~".encode()).wait()
            desk.bytes(f"张{bad}".replace("\x1b", "").encode()).wait()
        self.inert(CURSES.sub("", desk.output().decode()), "keys")
        desk.signal("TERM").exited()

    def tearDown(self):
        self.figure("row 24, text inert on terminal", f"{self.looked_at} characters of output", "0 raw")


if __name__ == "__main__":
    story.unittest.main()
