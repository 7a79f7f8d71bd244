"""A second program, written from mulin-ledger(5) alone, reads what the first one wrote: both print the
same heads, and both stumble over the same entry."""
import re
import shutil
import sqlite3

import ledger_reader
import story

HEAD = re.compile(r"\b[LA][0-9]+(?:-[0-9a-f]{4}){4}-[0-9]{2}\b")
# What is altered, and where both must find it.
ALTERATIONS = [
    ("UPDATE ledger_entry SET reason = '别的原因' WHERE entry_id = 3", "ledger_entry", 3),
    ("UPDATE ledger_entry SET resident_id = 2 WHERE entry_id = 1", "ledger_entry", 1),
    ("UPDATE ledger_entry SET rule_id = 'tier-60' WHERE entry_id = 2", "ledger_entry", 2),
    ("UPDATE ledger_entry SET recorded_at = '2026-03-10T11:31:00' WHERE entry_id = 4", "ledger_entry", 4),
    ("UPDATE ledger_entry SET document = zeroblob(32) WHERE entry_id = 2", "ledger_entry", 2),
    ("UPDATE ledger_entry SET document = NULL WHERE entry_id = 2", "ledger_entry", 2),
    ("UPDATE ledger_entry SET hash = zeroblob(32) WHERE entry_id = 1", "ledger_entry", 1),
    ("UPDATE ledger_posting SET amount = amount * 2 WHERE entry_id = 2", "ledger_entry", 2),
    ("UPDATE ledger_posting SET amount = amount + 1 WHERE entry_id = 2 AND line = 1", "ledger_entry", 2),
    ("UPDATE ledger_posting SET line = 7 WHERE entry_id = 4 AND line = 2", "ledger_entry", 4),
    ("UPDATE ledger_account SET code = 'card' WHERE code = 'cash'", "ledger_entry", 1),
    ("UPDATE ledger_account SET book = 'fund' WHERE code = 'income'", "ledger_entry", 1),
    ("DELETE FROM ledger_posting WHERE entry_id = 4 AND line = 2", "ledger_entry", 4),
    ("UPDATE audit_entry SET subject = 'x' WHERE entry_id = 2", "audit_entry", 2),
    ("UPDATE audit_entry SET terminal = 'tty9' WHERE entry_id = 1", "audit_entry", 1),
    ("UPDATE audit_entry SET resident_id = 1 WHERE resident_id IS NULL AND entry_id = 1", "audit_entry", 1),
    ("DELETE FROM audit_entry WHERE entry_id = 2", "audit_entry", 3),
    ("UPDATE meal SET note = '打包' WHERE meal_id = 2", "meal", 2),
    ("UPDATE meal SET session = 'dinner' WHERE meal_id = 1", "meal", 1),
    ("UPDATE meal SET quota_slot = 9 WHERE meal_id = 3", "meal", 3),
    ("UPDATE rule_book SET book = book || '#'", "rule_book", 1),
]
WORDS = {"ledger_entry": "账目第 {} 笔", "audit_entry": "操作记录第 {} 条", "meal": "第 {} 餐", "rule_book": "规则书第 {} 版"}


class Reader(story.Story):
    def furnish(self):
        super().furnish()
        self.import_sheet(story.sheet([story.person("张金凤", "1940-01-01", 2, 卡号="K1", 电话="13800138001"),
                                       story.person("李桂兰", "1941-01-01", 4, 卡号="K2"),
                                       story.person("王小明", "2000-01-01", 1, 卡号="K3")]))
        self.serve("K1")
        self.serve("K3")
        self.expect(0, self.home.run("meal", "void", 1, "--reason", "点错了人"))
        self.expect(0, self.home.run("meal", "checkin", "--outdoor", "外卖员", "--note", "不要辣", "--pay", "card"))
        self.expect(0, self.home.run("resident", "reveal", 1, "--field", "phone", "--reason", "家属来电"))
        self.expect(0, self.home.run("resident", "edit", 2, "--tags", "低保"))

    def raw(self):
        base = sqlite3.connect(self.home.database)
        base.executescript("PRAGMA ignore_check_constraints = ON")
        self.addCleanup(base.close)
        return base

    def alter(self, statement):
        base = self.raw()
        triggers = base.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            base.execute(f"DROP TRIGGER {name}")
        changed = base.execute(statement).rowcount
        for _, sql in triggers:
            base.execute(sql)
        base.commit()
        base.close()
        self.assertGreater(changed, 0, statement)

    def heads(self):
        return HEAD.findall(self.expect(0, self.home.run("verify")).out)

    def test_both_come_to_the_same_heads(self):
        self.assertEqual(ledger_reader.heads(self.home.database), self.heads())
        self.serve("K2", now="2026-03-11T11:30")
        self.assertEqual(ledger_reader.heads(self.home.database), self.heads())

    def test_a_community_of_many_entries(self):
        big = story.Home(self.folder / "demo")
        self.expect(0, big.run("init", "--demo", "--scale", "400"))
        out = self.expect(0, big.run("verify")).out
        self.assertEqual(ledger_reader.heads(big.database), HEAD.findall(out))
        self.assertGreater(int(HEAD.findall(out)[0][1:].split("-")[0]), 20)

    def test_an_empty_home(self):
        new = story.Home(self.folder / "new")
        self.expect(0, new.run("init"))
        self.assertEqual(ledger_reader.heads(new.database), HEAD.findall(self.expect(0, new.run("verify")).out))

    def test_both_stumble_over_the_same_entry(self):
        sound = self.folder / "sound"
        shutil.copy(self.home.database, sound)
        for statement, table, number in ALTERATIONS:
            with self.subTest(statement=statement):
                shutil.copy(sound, self.home.database)
                self.alter(statement)
                with self.assertRaises(ledger_reader.Fault) as fault:
                    ledger_reader.heads(self.home.database)
                self.assertEqual((fault.exception.table, fault.exception.number), (table, number))
                self.says(self.home.run("verify"), 4, WORDS[table].format(number))

    def test_a_chain_that_was_hashed_anew_is_sound_to_both_and_not_to_paper(self):
        before = self.heads()
        self.alter("UPDATE ledger_entry SET reason = '家属要求' WHERE entry_id = 3")
        base = self.raw()
        base.row_factory = sqlite3.Row
        base.execute("DROP TRIGGER ledger_entry_unchanged")
        head = ledger_reader.NOTHING
        for entry in base.execute("SELECT * FROM ledger_entry ORDER BY entry_id").fetchall():
            postings = base.execute("SELECT code, amount FROM ledger_posting JOIN ledger_account USING (account_id)"
                                    " WHERE entry_id = ? ORDER BY line", [entry["entry_id"]]).fetchall()
            head = ledger_reader.ledger_hash(entry, postings, head)
            base.execute("UPDATE ledger_entry SET hash = ? WHERE entry_id = ?", [head, entry["entry_id"]])
        base.execute("CREATE TRIGGER ledger_entry_unchanged BEFORE UPDATE ON ledger_entry\n"
                     "BEGIN SELECT RAISE(ABORT, 'ledger entries are never changed'); END")
        base.commit()
        base.close()
        after = self.heads()
        self.assertEqual(ledger_reader.heads(self.home.database), after)
        self.assertEqual((before[0][:3], before[1]), (after[0][:3], after[1]))
        self.assertNotEqual(before[0], after[0])
        self.says(self.home.run("verify", "--head", before[0]), 4, "账目第 1 笔到第 4 笔", "重写过")
        self.expect(0, self.home.run("verify", "--head", before[1], "--head", after[0]))


if __name__ == "__main__":
    story.unittest.main()
