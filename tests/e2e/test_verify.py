"""The auditor checks the records against heads that were kept on paper."""
import re
import shutil
import sqlite3

import story

HEAD = re.compile(r"\b([LA])([0-9]+)((?:-[0-9a-f]{4}){4})-([0-9]{2})\b")


class Paper(story.Story):
    def furnish(self):
        super().furnish()
        self.import_sheet(story.sheet([story.person(f"核账{n:02d}", "1940-01-01", n, 卡号=f"K{n}")
                                       for n in range(12)]))

    def eat(self, *cards, now=story.LUNCH):
        for card in cards:
            self.serve(card, now=now)

    def sheet_of(self, date, lang="zh"):
        """The two heads on the printed settlement of a day."""
        text = self.expect(0, self.home.run("meal", "settle", date, lang=lang)).out
        heads = [found[0] for found in HEAD.finditer(text)]
        self.assertEqual([head[0] for head in heads], ["L", "A"], text)
        return heads

    def check(self, *heads, **more):
        options = [word for head in heads for word in ("--head", head)]
        return self.home.run("verify", *options, **more)

    def found(self, outcome, *words):
        self.says(outcome, 4, *words)

    def alter(self, statements):
        """With care: as the owner of the file, triggers put back afterwards."""
        with sqlite3.connect(self.home.database) as raw:
            triggers = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                raw.execute(f"DROP TRIGGER {name}")
            raw.executescript(statements)
            for _, sql in triggers:
                raw.execute(sql)
        raw.close()


class Heads(Paper):
    def test_what_is_printed_can_be_typed_in_again(self):
        self.eat("K1", "K2")
        heads = self.sheet_of("2026-03-10")
        self.assertEqual(heads, self.sheet_of("2026-03-10", lang="en"))
        told = self.expect(0, self.check(*heads)).out
        for head in heads:
            self.assertIn(head, told)
        self.assertIn("与纸上的 2 个", told)
        self.assertIn("as on paper: 2 heads agree", self.expect(0, self.check(*heads, lang="en")).out)
        by_hand = [head.upper().replace("-", " ", 1) for head in heads]
        self.expect(0, self.check(*by_hand))
        self.assertIn(heads[0], self.expect(0, self.home.run("today")).out)

    def test_old_sheets_stay_true(self):
        sheets = self.sheet_of("2026-03-09")
        self.assertEqual(sheets[0][:3], "L0-")
        for day in range(10, 15):
            self.eat(f"K{day - 9}", now=f"2026-03-{day}T11:30")
            self.expect(0, self.home.run("meal", "void", day - 9, "--reason", "点错", now=f"2026-03-{day}T11:35"))
            sheets += self.sheet_of(f"2026-03-{day}")
        self.expect(0, self.check(*sheets))

    def test_json_has_the_same_heads(self):
        self.eat("K1")
        row = self.expect(0, self.home.run("meal", "settle", "2026-03-10", "--format", "json")).row
        printed = self.sheet_of("2026-03-10")
        self.assertEqual([row["printed_head"], row["printed_audit_head"]], printed)
        for head, whole, count in ((printed[0], row["head"], row["last_entry"]),
                                   (printed[1], row["audit_head"], row["last_audit_entry"])):
            self.assertEqual(head[1:].split("-")[0], str(count))
            self.assertEqual("".join(head.split("-")[1:5]), whole[:16])

    def test_a_slip_of_the_finger_is_no_alarm(self):
        self.eat("K1")
        head, _ = self.sheet_of("2026-03-10")
        wrong = head[:-1] + str((int(head[-1]) + 1) % 10)
        self.says(self.check(wrong), 2, "校验位")
        self.says(self.check(head.replace("L1", "A1")), 2, "校验位")
        for text in ("", "L1", head[:-3], head + "0", "3f9a7c2188d04b6e", "账首"):
            self.says(self.check(text), 2, "不是账首")
        self.says(self.home.run("verify", head), 2)
        self.says(self.home.run("verify", "--head"), 2)


class Found(Paper):
    def setUp(self):
        super().setUp()
        self.eat("K1", "K2", "K3")
        self.expect(0, self.home.run("meal", "void", 2, "--reason", "点错"))
        self.monday = self.sheet_of("2026-03-10")
        shutil.copy(self.home.database, self.folder / "yesterday")
        self.eat("K1", "K2", now="2026-03-11T11:30")
        self.expect(0, self.home.run("meal", "void", 4, "--reason", "点错", now="2026-03-11T11:35"))
        self.tuesday = self.sheet_of("2026-03-11")
        self.expect(0, self.check(*self.monday, *self.tuesday))

    def test_the_file_of_yesterday(self):
        shutil.copy(self.folder / "yesterday", self.home.database)
        self.expect(0, self.check())
        self.expect(0, self.check(*self.monday))
        self.found(self.check(*self.monday, *self.tuesday), "账本只到第 4 笔", "第 7 笔")
        self.found(self.check(self.tuesday[1]), "操作记录只到第 ", "末尾被截掉")
        self.found(self.check(self.tuesday[0], lang="en"), "the ledger ends with entry 4, on paper with 7")

    def test_the_file_of_yesterday_and_work_that_went_on(self):
        shutil.copy(self.folder / "yesterday", self.home.database)
        self.eat("K5", "K6", "K7", now="2026-03-11T11:40")
        self.expect(0, self.check(*self.monday))
        self.found(self.check(*self.monday, *self.tuesday), "账目第 5 笔到第 7 笔", "重写过")
        self.found(self.check(self.tuesday[0]), "账目第 1 笔到第 7 笔")

    def test_an_end_that_was_cut_off(self):
        self.alter("DELETE FROM meal WHERE entry_id > 5; DELETE FROM ledger_posting WHERE entry_id > 5;"
                   "UPDATE meal SET void_entry_id = NULL WHERE void_entry_id > 5;"
                   "DELETE FROM ledger_entry WHERE entry_id > 5")
        self.expect(0, self.check(*self.monday))
        self.found(self.check(*self.monday, *self.tuesday), "账本只到第 5 笔", "第 7 笔")

    def test_an_end_of_the_trail_that_was_cut_off(self):
        self.alter("DELETE FROM audit_entry WHERE entry_id = (SELECT max(entry_id) FROM audit_entry)")
        self.expect(0, self.check(*self.monday, self.tuesday[0]))
        self.found(self.check(self.tuesday[1]), "操作记录只到第")


class Watching(Paper):
    def test_a_person_sees_that_it_works(self):
        desk = self.open("verify")
        desk.until("核验无误")
        self.assertIn("正在检查记录文件", desk.output().decode("utf-8", "replace"))
        self.assertNotIn("正在检查", desk.text)
        self.assertEqual(desk.exited(), 0)

    def test_a_script_does_not(self):
        self.assertEqual(self.expect(0, self.check()).err, "")


if __name__ == "__main__":
    story.unittest.main()
