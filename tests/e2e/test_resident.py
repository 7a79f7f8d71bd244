"""Files are added, changed and ended by command; never deleted."""
import json

import story
from story import id_number


class Resident(story.Story):
    def add(self, *fields, code=0):
        return self.expect(code, self.home.run("resident", "add", *fields))

    def test_added_found_and_changed(self):
        self.add("--name", "张三", "--id-number", id_number("1946-03-10", 1), "--phone", "13812345678",
                 "--building", "3", "--room", "201", "--occupancy", "自住", "--tags", "低保 残疾")
        found = self.find("张三")[0]
        self.assertEqual((found["age"], found["phone"]), (80, "138****5678"))
        self.expect(0, self.home.run("resident", "edit", found["id"], "--phone", "13900001111"))
        self.assertEqual(self.names("1111"), ["张三"])
        self.assertEqual(self.find("5678"), [])
        self.assertEqual(self.names("3-201"), ["张三"])

    def test_what_the_import_refuses_is_refused_here(self):
        for fields in (("--id-number", "330205194603100011"), ("--name", ""), ("--name", "张\x1b三"),
                       ("--name", "张\u202e三"), ("--name", "张", "--occupancy", "别墅"),
                       ("--name", "张", "--id-number", id_number("1946-03-10", 1), "--sex", "女"),
                       ("--name", "张", "--id-number", id_number("1946-03-10", 1), "--birth-date", "1946-03-11")):
            with self.subTest(fields=fields):
                self.says(self.home.run("resident", "add", *fields), (2, 3))
        self.assertEqual(self.find("张"), [])

    def test_a_number_that_begins_like_none_is_taken_and_asked_about(self):
        self.assertEqual(self.add("--name", "张三", "--id-number", id_number("1946-03-10", 1)).err, "")
        said = self.add("--name", "李四", "--id-number", id_number("1950-03-10", 1, "990101"),
                        "--ethnic-group", "shezu", "--marital-status", "30")
        self.assertIn("哪个省都不是", said.err)
        file = json.loads(self.home.run("resident", "show", 2, "--format", "json").out)
        self.assertEqual((file["ethnic_group"], file["marital_status"]), ("She", "widowed"))

    def test_an_id_number_and_a_card_belong_to_one_person(self):
        self.add("--name", "张三", "--id-number", id_number("1946-03-10", 1), "--card", "K1")
        self.says(self.home.run("resident", "add", "--name", "李四", "--id-number", id_number("1946-03-10", 1)), 3)
        self.says(self.home.run("resident", "add", "--name", "李四", "--card", "k1"), 3)
        self.assertEqual(self.find("李四"), [])

    def test_ended_and_taken_back_and_still_found(self):
        self.add("--name", "张三", "--id-number", id_number("1946-03-10", 1))
        number = self.find("张三")[0]["id"]
        for how, chinese, english in (("--moved-out", "已登记为迁出", "stands as moved out"),
                                      ("--died", "已登记为去世", "stands as died")):
            self.expect(0, self.home.run("resident", "end", number, how, "2026-03-09"))
            ended = self.find("张三")[0]
            self.says(self.home.run("resident", "end", number, how, "2026-03-09"), 1, chinese)
            self.says(self.home.run("resident", "end", number, how, "2026-03-09", lang="en"), 1, english)
            self.expect(0, self.home.run("resident", "restore", number))
            self.assertNotEqual(ended["status"], self.find("张三")[0]["status"])
        self.says(self.home.run("resident", "restore", number), 1)

    def test_days_that_cannot_be(self):
        self.add("--name", "张三", "--id-number", id_number("1946-03-10", 1))
        number = self.find("张三")[0]["id"]
        for day in ("2026-03-11", "1946-03-09", "2026-02-30", "someday", ""):
            self.says(self.home.run("resident", "end", number, "--died", day), (2, 3))

    def test_the_person_file_is_filled_shown_and_seen_at_the_counter(self):
        self.add("--name", "张三", "--birth-date", "1946-03-10")
        file = ("resident", "file", "1")
        self.expect(0, self.home.run(*file, "--diet", "糖尿病餐\n少盐", "--health", "2024 年中风",
                                     "--guardian", "张小三（子）", "--guardian-phone", "13812345678",
                                     "--name-consent", "同意", "--party-branch", "第三网格党支部"))
        row = self.home.run(*file, "--format", "json").row
        self.assertEqual((row["diet"], row["guardian_phone"], row["name_consent"], row["emergency"]),
                         ("糖尿病餐\n少盐", "138****5678", "agrees", None))
        self.assertEqual(self.serve("张三")["diet"], "糖尿病餐\n少盐")
        self.expect(0, self.home.run(*file, "--emergency", "李四", "--diet", ""))
        row = self.home.run(*file, "--format", "json").row
        self.assertEqual((row["diet"], row["emergency"], row["guardian"]), (None, "李四", "张小三（子）"))
        stored = self.home.database.read_bytes()
        for sealed in ("中风", "糖尿病"):
            self.assertNotIn(sealed.encode(), stored)
        self.assertNotIn("中风", self.home.run("audit").out)
        for fields in (("--diet", "吃\x1b[31m"), ("--guardian-phone", "12"), ("--name-consent", "也许"),
                       ("--emergency-phone", "138****5678")):
            with self.subTest(fields=fields):
                self.says(self.home.run(*file, *fields), 3)
        self.verify()

    def test_there_is_no_way_to_delete(self):
        for word in ("delete", "remove", "rm"):
            self.says(self.home.run("resident", word, "1"), 2)

    def test_nobody_of_that_number(self):
        for number in ("99", "0", "-1", "x", "99999999999999999999"):
            for command in (("show", number), ("edit", number, "--phone", "1"), ("restore", number),
                            ("end", number, "--died", "2026-01-01")):
                with self.subTest(command=command):
                    self.says(self.home.run("resident", *command), (2, 3))

    def test_shown_masked(self):
        self.add("--name", "张三", "--id-number", id_number("1946-03-10", 1), "--phone", "13812345678")
        for options in ((), ("--format", "json")):
            out = self.expect(0, self.home.run("resident", "show", "1", *options)).out
            self.assertIn("138****5678", out)
            for secret in ("13812345678", id_number("1946-03-10", 1), "1234", "19460310"):
                self.assertNotIn(secret, out)


if __name__ == "__main__":
    story.unittest.main()
