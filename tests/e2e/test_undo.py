"""What was changed stands in the history of the file and can be taken back; two desks on one file."""
import sqlite3
import time

import story
from story import id_number, person, sheet


class Undo(story.Story):
    def furnish(self):
        super().furnish()
        self.expect(0, self.home.run("resident", "add", "--name", "王秀英", "--phone", "13812344821"))

    def tearDown(self):
        self.verify()

    def undo(self, *arguments, code=0, **more):
        return self.expect(code, self.home.run("undo", *arguments, **more))

    def history(self, number=1):
        return self.expect(0, self.home.run("history", number, "--format", "json")).rows

    def test_the_last_step_is_taken_back_and_done_again(self):
        self.expect(0, self.home.run("resident", "edit", 1, "--phone", "13912340001"))
        self.assertIn("已撤销 11:30 王秀英 的电话 138****4821 → 139****0001", self.undo().out)
        self.assertEqual(self.names("4821"), ["王秀英"])
        self.assertEqual(self.find("0001"), [])
        taken_back, changed, new = self.history()
        self.assertEqual(changed["undone_by"], taken_back["act_id"])
        self.assertEqual([(c["field"], c["before"], c["after"]) for c in taken_back["changes"]],
                         [("phone", "139****0001", "138****4821")])
        self.assertIsNone(new["undone_by"])
        self.undo(taken_back["act_id"])
        self.assertEqual(self.names("0001"), ["王秀英"])

    def test_a_new_file_that_was_a_mistake_is_on_no_list(self):
        self.expect(0, self.home.run("resident", "add", "--name", "误登", "--card", "K9", "--id-number",
                                     id_number("1946-03-10", 1)))
        self.undo()
        self.assertEqual(self.find("误登"), [])
        self.assertEqual(self.serve("K9", code=(1, 3))["code"], "not_found")
        shown = self.expect(0, self.home.run("resident", "show", 2, "--format", "json")).row
        self.assertEqual((shown["status"], shown["name"], shown["card"]), ("entered_in_error", "误登", None))
        self.says(self.home.run("resident", "edit", 2, "--phone", "13800000000"), 1, "登记有误")
        self.says(self.home.run("resident", "restore", 2), 1, "登记有误")
        self.expect(0, self.home.run("resident", "add", "--name", "正登", "--card", "K9", "--id-number",
                                     id_number("1946-03-10", 1)))
        self.import_sheet(sheet([person("误登")]))
        self.assertEqual(self.names("误登"), ["误登"])

    def test_nothing_of_others_is_written_over(self):
        self.expect(0, self.home.run("operator", "add", "王丽", "--role", "desk"))
        self.expect(0, self.home.run("operator", "passwd", "王丽", "--password-fd", "0", stdin="246813\n"))
        hers = ("--operator", "王丽", "--password-fd", "0")
        self.expect(0, self.home.run("resident", "edit", 1, "--phone", "13912340001"))
        self.expect(0, self.home.run(*hers, "resident", "edit", 1, "--phone", "13700000009", stdin="246813\n",
                                     now="2026-03-10T12:05"))
        self.says(self.home.run("undo"), 1, "王丽", "2026-03-10 12:05")
        theirs = self.history()[0]["act_id"]
        self.says(self.home.run("undo", theirs), 1, "王丽")
        self.expect(0, self.home.run(*hers, "undo", stdin="246813\n"))
        self.assertEqual(self.names("0001"), ["王秀英"])
        self.undo()
        self.assertEqual(self.names("4821"), ["王秀英"])

    def waiting_undo(self):
        """Taking an import back behind a colleague who saves for longer than it stays silent."""
        self.import_sheet(sheet([person(f"人{n}") for n in range(300)]))
        colleague = sqlite3.connect(self.home.database, isolation_level=None)
        self.addCleanup(colleague.close)
        colleague.execute("BEGIN IMMEDIATE")
        desk = self.open("undo")
        begin = time.monotonic()
        while time.monotonic() - begin < 1:
            self.assertEqual(self.names("人299"), ["人299"])
        return desk, colleague

    def test_who_waits_long_for_an_import_to_be_taken_back_sees_how_far_it_is(self):
        desk, colleague = self.waiting_undo()
        colleague.execute("ROLLBACK")
        self.assertEqual(desk.exited(), 0)
        self.assertIn("正在撤销 0%", desk.output().decode())
        self.assertEqual(self.names("人299"), [])

    def test_ctrl_c_leaves_the_import_as_it_was(self):
        desk, colleague = self.waiting_undo()
        desk.signal("INT")
        colleague.execute("ROLLBACK")
        self.assertEqual(desk.exited(), 1)
        self.assertIn("没有任何改动", desk.output().decode())
        self.assertEqual(self.names("人299"), ["人299"])
        self.undo()
        self.assertEqual(self.names("人299"), [])

    def test_what_is_wrongly_asked_for(self):
        self.says(self.home.run("undo", "x"), 2, "x")
        self.says(self.home.run("undo", "99"), 3, "99")
        self.says(self.home.run("undo", "1", "2"), 2, "2")
        self.says(self.home.run("undo", "--list", "1"), 2, "1")
        self.says(self.home.run("history"), 2, "ID")
        self.says(self.home.run("history", "99"), 3, "99")
        self.says(self.home.run("history", "--act", "99"), 3, "99")
        self.undo()
        self.assertIn("没有可以撤销的操作", self.undo(code=1).err)

    def test_no_number_and_no_note_leaves_in_a_history(self):
        number = id_number("1946-03-10", 1)
        self.expect(0, self.home.run("resident", "edit", 1, "--id-number", number, "--note", "怕狗"))
        for command in (("history", 1), ("history", "--act", 2), ("undo", "--list")):
            for options in ((), ("--format", "json")):
                out = self.expect(0, self.home.run(*command, *options)).out
                for secret in (number, "怕狗", "13812344821"):
                    self.assertNotIn(secret, out)


class TwoDesks(story.Story):
    """Two terminals, two people, one file."""

    def furnish(self):
        super().furnish()
        self.expect(0, self.home.run("resident", "add", "--name", "王秀英", "--phone", "13812344821", "--card",
                                     "K1"))

    def tearDown(self):
        self.verify()

    def form(self, **more):
        """A desk with the form open."""
        desk = self.open(**more)
        desk.until("11:30").wait().type("2").until("查找 姓名、拼音")
        return desk.scan("K1").until("居民档案").key("F2").until("修改档案").wait()

    def fill(self, desk, fields, text, erase=0):
        """Goes down so many fields and types."""
        for _ in range(fields):
            desk.key("Tab").wait()
        for _ in range(erase):
            desk.key("Backspace").wait()
        desk.type(text).wait()
        return desk

    def shown(self):
        return self.expect(0, self.home.run("resident", "show", 1, "--format", "json")).row

    def test_different_fields_are_saved_together(self):
        first, second = self.form(), self.form()
        self.fill(first, 5, "13912340001", erase=11).key("F2").until("已保存")
        self.fill(second, 16, "低保").key("F2").until("也改了这份档案")
        self.assertIn("139****0001", second.text.replace("\n", ""))
        second.type("y").until("已保存")
        self.assertEqual((self.shown()["phone"], self.shown()["tags"]), ("139****0001", ["低保"]))

    def test_one_field_is_chosen(self):
        for key, phone in ((("Enter",), "139****0001"), (("Down", "Enter"), "137****0009")):
            first, second = self.form(), self.form()
            self.fill(first, 5, "13912340001", erase=11).key("F2").until("已保存")
            self.fill(second, 5, "13700000009", erase=11).key("F2").until("两边都改了")
            second.key(*key).until("保存？").type("y").until("已保存")
            self.assertEqual(self.shown()["phone"], phone)
            self.expect(0, self.home.run("resident", "edit", 1, "--phone", "13812344821"))
            first.end()
            second.end()

    def test_f8_takes_it_back_on_the_screen(self):
        desk = self.form()
        self.fill(desk, 5, "13912340001", erase=11).key("F2").until("已保存")
        desk.key("F8").until("138****4821 → 139****0001").type("y").until("已撤销")
        self.assertEqual(self.shown()["phone"], "138****4821")


if __name__ == "__main__":
    story.unittest.main()
