"""Households by command: what ends with those who leave, and what cannot be."""
import json

import story
from story import id_number

HOME = ("--estate", "金桂花园", "--building", "3", "--unit", "2", "--room", "201")


class Household(story.Story):
    def add(self, name, *fields):
        self.expect(0, self.home.run("resident", "add", "--name", name, *fields))

    def family(self):
        self.add("张金凤", *HOME, "--birth-date", "1944-03-08", "--relation", "户主", "--tags", "低保 残疾", "--card", "8801")
        self.add("王建国", *HOME, "--birth-date", "1942-05-01", "--relation", "夫")
        self.add("李小满", "--building", "5", "--room", "302", "--birth-date", "2015-01-01")

    def members(self, household=1):
        page = json.loads(self.expect(0, self.home.run("household", "show", household, "--format", "json")).out)
        return page["people"]

    def test_the_end_of_a_life_tells_what_ends_with_it_and_is_taken_back(self):
        self.family()
        self.expect(0, self.home.run("resident", "file", 3, "--guardian", "张金凤"))
        before = self.members()
        told = self.expect(0, self.home.run("resident", "end", 1, "--died", "2026-03-09")).out.splitlines()
        self.assertEqual(told[0], "张金凤 已登记为去世")
        for line in ("标签 残疾 停止", "卡 8801 收回", "是户主，同户还有 1 人：请另选户主",
                     "是 李小满（编号 3）的监护人：请另找"):
            self.assertIn("张金凤：" + line, told)
        self.assertTrue(any(line.startswith("张金凤：标签 低保（原到 ") for line in told), told)
        self.assertIn("已于 2026-03-09 登记去世", self.expect(1, self.home.run("meal", "checkin", "8801")).out)
        self.expect(0, self.home.run("resident", "restore", 1))
        self.assertEqual(self.members(), before)
        self.expect(0, self.home.run("meal", "checkin", "8801"))

    def test_a_household_that_leaves_needs_no_head(self):
        self.family()
        told = self.expect(0, self.home.run("household", "out", 1, "--on", "2026-03-09")).out
        self.assertIn("张金凤：卡 8801 收回\n", told)
        self.assertNotIn("户主", told)
        self.expect(0, self.home.run("household", "back", 1))
        self.assertEqual([member["status"] for member in self.members()], ["living_here"] * 2)

    def test_what_cannot_be_a_head_or_a_move_is_refused(self):
        self.family()
        before = self.members()
        self.says(self.home.run("household", "head", 1, 3), 3, "不是这一户在住的人")
        self.says(self.home.run("household", "head", 1, 99), 3)
        self.says(self.home.run("household", "head", 1, "张金凤"), 2)
        self.says(self.home.run("household", "move", 2, "--to-building", "3"), 2)
        self.says(self.home.run("household", "move", 2, *HOME), 3)
        self.says(self.home.run("household", "move", 2, 3, "--building", "9", "--room", "1"), 3)
        self.says(self.home.run("household", "move", 2, "--building", "9", "--room", "1", "--on", "2026-02-30"), (2, 3))
        self.says(self.home.run("household", "move", 2, "--building", "9", "--room", "1", "--on", "2026-03-24"), (2, 3))
        self.says(self.home.run("household", "out", 1, "--on", "2026-02-30"), (2, 3))
        self.assertEqual(self.members(), before)

    def test_notes_of_ten_thousand_characters_are_refused_and_never_cut(self):
        self.family()
        note = "听力不好" * 2500
        for command in (("resident", "edit", 1, "--note", note), ("household", "edit", 1, "--note", note),
                        ("resident", "file", 1, "--health", note)):
            self.says(self.home.run(*command), (2, 3), "个汉字")
        done = self.import_sheet(("姓名,备注\n赵六," + note + "\n钱七,好\n").encode(), code=(0, 1, 3))
        self.assertIn("最多 341 个汉字", done.err)
        self.assertEqual(self.names("钱七"), ["钱七"])
        self.assertEqual(self.find("赵六"), [])

    def test_forty_people_in_a_room(self):
        rows = [f"租客{number:02},{id_number('1990-01-01', number)},金桂花园,9,1,101,非亲属,租户" for number in range(1, 41)]
        header = "姓名,身份证号,小区,楼栋,单元,室,与户主关系,居住类型"
        self.import_sheet("\n".join([header, *rows, ""]).encode())
        self.assertEqual(len(self.members()), 40)
        self.add("租客四一", "--estate", "金桂花园", "--building", "9", "--unit", "1", "--room", "101")
        self.assertEqual(len(self.members()), 41)
        self.assertEqual(self.find("租客四一")[0]["address"], "金桂花园9栋1单元101室")
        self.expect(0, self.home.run("household", "out", 1))
        self.assertNotIn("living_here", {member["status"] for member in self.members()})


if __name__ == "__main__":
    story.unittest.main()
