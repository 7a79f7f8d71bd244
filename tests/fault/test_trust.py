"""Killed between the note in the trail and the value; guessed at from several programs at once."""
import json
import os
import signal
import time

import story
from story import id_number, person, sheet

NUMBER, PHONE = id_number("1946-03-10", 2), "13812345678"


class Revealed(story.Story):
    """Row 21: whatever was shown, even a part of it, is in the trail."""

    def furnish(self):
        super().furnish()
        self.import_sheet(sheet([person("张金凤", "1946-03-10", 2, 电话=PHONE, 楼栋="3", 室="201", 卡号="K001")]))

    def reasons(self):
        rows = self.expect(0, self.home.run("audit", "--action", "reveal", "--limit", "10000",
                                            "--format", "json")).rows
        return [row["reason"] for row in rows]

    def test_by_command(self):
        begin = time.monotonic()
        self.expect(0, self.home.run("resident", "reveal", "1", "--field", "phone", "--reason", "先试一次"))
        usual = time.monotonic() - begin
        shown, reasons, count = set(), set(), story.rounds(80)
        for number in range(count):
            reason = f"第 {number} 次核对"
            process = self.home.start("resident", "reveal", "1", "--field",
                                      self.dice.choice(("phone", "id_number")), "--reason", reason)
            time.sleep(self.dice.uniform(0.3, 1.1) * usual)
            process.kill()
            out, err = process.communicate()
            self.assertNotIn(b"ERROR: ", err)  # of a sanitizer; its own search for leaks may be killed too
            reasons.add(reason)
            if out:
                shown.add(reason)
        noted = self.reasons()
        self.assertEqual(len(noted), len(set(noted)))
        self.assertEqual(shown - set(noted), set(), "shown and not in the trail")
        self.verify()
        self.figure("row 21, views logged", f"{count} kills by command", f"{len(shown)} shown",
                    f"{len(reasons & set(noted)) - len(shown)} noted and not shown", "0 unlogged")

    def test_on_the_screen(self):
        shown, count = set(), story.rounds(12)
        for number in range(count):
            reason = f"第 {number} 次核对"
            desk = self.open()
            desk.until("11:30").wait().type("2").wait()
            desk.type("张金凤").until("138****").key("Enter").until("同户").key("F4").until("完整身份证号")
            desk.type("完整身份").wait().key("End", "Enter").until("为什么").wait()
            desk.type(reason).until(reason)
            desk.output()
            desk.key("End", "Enter")  # right behind the text Enter alone would be a scanner's
            time.sleep(self.dice.uniform(0, 0.15))
            desk.signal("KILL").exited()
            if NUMBER.encode() in desk.output() or NUMBER in desk.text:
                shown.add(reason)
            desk.end()
        self.assertEqual(shown - set(self.reasons()), set(), "shown and not in the trail")
        self.verify()
        self.figure("row 21, views logged", f"{count} kills on the screen", f"{len(shown)} shown", "0 unlogged")


class Guessed(story.Story):
    """Row 22: every guess is a program of its own; some of them are killed while they guess."""

    def guess(self, password, now=story.LUNCH):
        reader, writer = os.pipe()
        os.write(writer, password.encode() + b"\n")
        os.close(writer)
        process = self.home.start("--operator", "陈静", "--password-fd", reader, "today", now=now,
                                  pass_fds=(reader,))
        os.close(reader)
        return process

    def answer(self, process):
        _, err = process.communicate()
        return process.returncode, err.decode()

    def tries(self):
        rows = self.expect(0, self.home.run("operator", "list", "--format", "json")).rows
        return next(row["wrong_tries"] for row in rows if row["name"] == "陈静")

    def test_four_programs_have_five_tries_in_all(self):
        self.expect(0, self.home.run("operator", "add", "陈静", "--role", "desk"))
        self.expect(0, self.home.run("operator", "passwd", "陈静", "--password-fd", "0", stdin="864201\n"))
        wrong = killed = locked = 0
        for _ in range(4):
            guesses = [self.guess(f"{self.dice.randrange(1000, 9999)}") for _ in range(4)]
            time.sleep(self.dice.uniform(0.02, 0.1))
            guesses[0].kill()
            for guess in guesses:
                code, err = self.answer(guess)
                if code == -signal.SIGKILL:  # perhaps behind its answer
                    killed += 1
                    continue
                wrong += "姓名或密码不对" in err
                locked += "请等到" in err
        self.assertEqual(wrong + killed + locked, 16)
        self.assertEqual(self.tries(), 5)
        self.assertLess(wrong, 5)
        code, err = self.answer(self.guess("864201"))
        self.assertEqual((code, "请等到 11:31 再试" in err), (1, True), err)
        self.answer(self.guess("0000", now="2026-03-10T11:31"))
        code, err = self.answer(self.guess("864201", now="2026-03-10T11:32"))
        self.assertEqual((code, "请等到 11:33 再试" in err), (1, True), err)
        self.assertEqual(self.answer(self.guess("864201", now="2026-03-10T11:33"))[0], 0)
        self.assertEqual(self.tries(), 0)
        self.verify()
        self.figure("row 22, guessing blocked", "16 guesses of 4 programs with restarts", f"{killed} killed",
                    "locked at 5", "one minute, then two")


if __name__ == "__main__":
    story.unittest.main()
