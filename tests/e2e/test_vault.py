"""The key of a home and what it seals, told to the command: paper copy, loss, change, and a change
that is killed."""
import os
import random
import time

import story
from story import Home, person, sheet

PEOPLE = 2000


class Key(story.Story):
    def setUp(self):
        super().setUp()
        self.key = self.home.path / "mulin.key"
        self.people = [person(f"人{n:04d}", "1946-01-01", n % 999, 卡号=f"K{n}", 备注=f"旧伤编号{n}")
                       if n < 999 else {"姓名": f"人{n:04d}", "备注": f"旧伤编号{n}"} for n in range(PEOPLE)]

    def move_in(self):
        self.import_sheet(sheet(self.people))

    def paper(self):
        return self.expect(0, self.home.run("key", "show")).out

    def number_of(self, n):
        return self.people[n]["身份证号"]

    def all_opens(self):
        """Everything is there: whole numbers lead to their owners, notes are read, verify agrees."""
        self.verify()
        for n in (0, 500, 998):
            self.assertEqual(self.names(self.number_of(n)), [f"人{n:04d}"])
            row = self.expect(0, self.home.run("resident", "show", str(n + 1), "--format", "json")).row
            self.assertEqual(row["note"], f"旧伤编号{n}")
        self.assertEqual(sorted(p.name for p in self.home.path.iterdir() if p.name.startswith("mulin.key")),
                         ["mulin.key"])

    def test_the_file_holds_no_number_no_tail_and_no_note(self):
        self.move_in()
        self.expect(0, self.home.run("resident", "edit", "1", "--note", "改过的旧伤"))
        for name in ("mulin.db", "mulin.db-journal"):
            data = (self.home.path / name).read_bytes()
            for n in (0, 500, 998):
                number = self.number_of(n)
                for secret in (number, number[-6:], number[-6:][::-1], number[:14]):
                    self.assertNotIn(secret.encode(), data, f"{name}: {secret}")
            self.assertNotIn("旧伤".encode(), data, name)
        self.assertEqual(os.stat(self.key).st_mode & 0o777, 0o400)
        self.assertNotIn(self.key.read_bytes()[3:20], (self.home.path / "mulin.db").read_bytes())

    def test_a_lost_key_is_typed_in_from_the_paper(self):
        self.move_in()
        paper = self.paper()
        self.key.unlink()
        for lang, words in (("zh", ("mulin.key", "纸上的副本")), ("en", ("mulin.key", "paper copy"))):
            for command in (("find", "人"), ("meal", "checkin", "K1"), ("verify",), ("key", "show")):
                self.says(self.home.run(*command, lang=lang), 4, *words)
        desk = self.open()
        self.assertEqual(desk.exited(), 4)
        self.assertIn("纸上的副本", desk.text)
        self.says(self.home.run("key", "restore", stdin="1  1234 1234 1234 1234  1234\n"), 3, "1")
        self.says(self.home.run("key", "restore", stdin=""), 3)
        self.assertFalse(self.key.exists())
        self.expect(0, self.home.run("key", "restore", stdin=paper))
        self.assertEqual(os.stat(self.key).st_mode & 0o777, 0o400)
        self.all_opens()

    def test_the_key_of_another_home_does_not_fit(self):
        self.move_in()
        other = Home(self.folder / "other")
        self.expect(0, other.run("init"))
        theirs = self.expect(0, other.run("key", "show")).out
        self.says(self.home.run("key", "restore", stdin=theirs), 3)
        kept = self.key.rename(self.home.path / "kept")
        (other.path / "mulin.key").rename(self.key)
        self.says(self.home.run("find", "人"), 4, "mulin.key")
        self.key.unlink()
        kept.rename(self.key)
        self.all_opens()

    def test_a_key_that_others_can_read_is_not_used(self):
        self.key.chmod(0o644)
        self.says(self.home.run("today"), 4, "chmod 0400")
        self.key.chmod(0o400)
        self.expect(0, self.home.run("today"))

    def test_a_change_seals_everything_anew(self):
        self.move_in()
        before = self.paper()
        self.expect(0, self.home.run("key", "change"))
        self.assertNotEqual(self.paper().splitlines()[3:7], before.splitlines()[3:7])
        self.says(self.home.run("key", "restore", stdin=before), 3)
        self.all_opens()
        actions = [row["action"] for row in self.expect(0, self.home.run(
            "audit", "--action", "key", "--format", "json")).rows]
        self.assertEqual(len(actions), 3)

    def test_a_change_that_is_killed_leaves_a_home_that_opens(self):
        self.move_in()
        begin = time.monotonic()
        self.expect(0, self.home.run("key", "change"))
        whole = time.monotonic() - begin
        dice = random.Random(20260310)
        for _ in range(12):
            process = self.home.start("key", "change")
            time.sleep(dice.uniform(0, 1.1 * whole))
            story.kill(process)
            self.all_opens()


if __name__ == "__main__":
    story.unittest.main()
