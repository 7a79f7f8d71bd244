"""Somebody is found in a few keys: by name, sound, number, card and room, the best first."""
import json
import time

import story
from story import person, sheet

KEYS = {"id", "name", "sex", "age", "phone", "id_number", "address", "household", "tags", "status",
        "why"}


class Find(story.Story):
    def load(self, *rows):
        totals = self.import_sheet(sheet([{**{"楼栋": "9", "室": str(900 + n)}, **row}
                                          for n, row in enumerate(rows)])).row
        self.assertEqual(totals["added"], len(rows), totals)

    def test_one_object_a_line_with_these_keys(self):
        self.load(person("张三", "1946-03-10", 1, 电话="13812345678", 小区="云鹭湾", 楼栋="3", 单元="1",
                         室="201", 户号="0301201", 标签="低保"))
        found = self.find("张三")
        self.assertEqual(len(found), 1)
        self.assertLessEqual(KEYS, found[0].keys())
        self.assertEqual(found[0]["age"], 80)
        for word in ("云鹭湾", "3", "201"):
            self.assertIn(word, found[0]["address"])
        self.assertIn("低保", str(found[0]["tags"]))

    def test_numbers_are_masked(self):
        row = person("张三", "1946-03-10", 1, 电话="13812345678")
        self.load(row)
        for query in ("张三", "13812345678", row["身份证号"]):
            done = self.expect(0, self.home.run("find", query, "--format", "json"))
            self.assertEqual(done.row["phone"], "138****5678")
            self.assertEqual(done.row["id_number"],
                             row["身份证号"][:6] + "********" + row["身份证号"][-4:])
            text = self.expect(0, self.home.run("find", query)).out
            self.assertIn("张三", text)
            for secret in ("13812345678", row["身份证号"], "1234", row["身份证号"][6:14]):
                self.assertNotIn(secret, done.out + text)

    def test_by_name_and_by_part_of_a_name(self):
        self.load(person("欧阳修文", "1950-01-01", 1))
        for query in ("欧阳修文", "欧阳", "修文", "阳修", "文"):
            self.assertEqual(self.names(query), ["欧阳修文"], query)

    def test_by_sound_and_initials(self):
        self.load(person("张三丰", "1950-01-01", 1))
        for query in ("zhangsanfeng", "zhangsan", "zhang", "zsf", "zs", "ZSF", "ｚｓｆ", "zhang san feng"):
            self.assertIn("张三丰", self.names(query), query)

    def test_surnames_are_read_as_their_owners_say_them(self):
        cases = {"单田芳": ("shan", "stf", "shantianfang"), "曾国藩": ("zeng", "zgf"),
                 "解晓东": ("xie", "xxd"), "仇英": ("qiu", "qy"), "区伟": ("ou", "ow"),
                 "查良镛": ("zha", "zly"), "盖叫天": ("ge", "gjt"), "朴正": ("piao", "pz"),
                 "缪荃": ("miao", "mq"), "乐毅": ("yue", "yy"), "尉迟恭": ("yuchi", "ycg"),
                 "万俟卨": ("moqi", "mq"), "长孙无忌": ("zhangsun", "zswj"), "澹台灭明": ("tantai", "ttmm"),
                 "单于冒": ("chanyu", "cy"), "吕布": ("lv", "lu", "lb"), "欧阳锋": ("ouyang", "oyf")}
        self.load(*(person(name, "1950-01-01", n * 2) for n, name in enumerate(cases)))
        for name, queries in cases.items():
            for query in queries:
                with self.subTest(name=name, query=query):
                    self.assertIn(name, self.names(query))

    def test_the_common_reading_finds_too_but_later(self):
        self.load(person("单田芳", "1950-01-01", 1), person("但田方", "1950-01-01", 3),
                  person("山田发", "1950-01-01", 5))
        self.assertEqual(self.names("dtf"), ["但田方", "单田芳"])
        self.assertEqual(self.names("dan"), ["但田方", "单田芳"])
        self.assertEqual(set(self.names("stf")), {"单田芳", "山田发"})

    def test_traditional_and_simplified_find_each_other(self):
        self.load(person("張金嫻", "1950-01-01", 2), person("张金娴", "1951-01-01", 2))
        for query in ("張金嫻", "张金娴", "zjx"):
            self.assertEqual(set(self.names(query)), {"張金嫻", "张金娴"}, query)

    def test_by_numbers(self):
        row = person("张三", "1946-03-10", 1, 电话="13812345678", 卡号="YL0042")
        self.load(row, person("李四", "1950-01-01", 3, 电话="13800001111", 卡号="YL0043"))
        number = row["身份证号"]
        for query in ("13812345678", "5678", "345678", "１３８１２３４５６７８", number, number[-4:],
                      number[-6:], number.lower(), "YL0042", "yl0042", "ＹＬ００４２"):
            self.assertEqual(self.names(query), ["张三"], query)

    def test_by_room(self):
        self.load(person("张三", "1946-03-10", 1, 楼栋="3", 单元="1", 室="201"),
                  person("李四", "1946-03-10", 3, 楼栋="3", 单元="1", 室="202"),
                  person("王五", "1946-03-10", 5, 楼栋="13", 单元="1", 室="201"))
        for query in ("3-201", "3栋201", "3幢201", "３－２０１", "3栋201室", "3-1-201"):
            with self.subTest(query=query):
                self.assertEqual(self.names(query), ["张三"])

    def test_buildings_that_are_written_with_their_word(self):
        self.load(person("张三", "1946-03-10", 1, 楼栋="3栋", 单元="1单元", 室="201室"))
        for query in ("3-201", "3栋201"):
            self.assertEqual(self.names(query), ["张三"])

    def test_several_together(self):
        self.load(person("张三", "1946-03-10", 1, 楼栋="3", 室="201", 电话="13812345678"),
                  person("张三", "1950-03-10", 1, 楼栋="4", 室="201", 电话="13812340000"))
        for query in (("张三", "3-201"), ("zs", "5678"), ("张三 3-201",), ("3-201", "zhang")):
            with self.subTest(query=query):
                found = self.find(*query)
                self.assertEqual([f["phone"] for f in found], ["138****5678"])
        self.assertEqual(self.find("张三", "0000", "3-201"), [])

    def test_exact_before_prefix_before_part(self):
        self.load(person("小张三", "1950-01-01", 1), person("张三丰", "1950-01-01", 3),
                  person("张三", "1950-01-01", 5))
        self.assertEqual(self.names("张三"), ["张三", "张三丰", "小张三"])
        self.assertEqual(self.names("zhangsan")[:2], ["张三", "张三丰"])

    def test_limit(self):
        self.load(*(person(f"张{c}", "1950-01-01", n) for n, c in enumerate("甲乙丙丁戊")))
        self.assertEqual(len(self.find("张")), 5)
        self.assertEqual(len(self.find("张", "--limit", "2")), 2)

    def test_nobody(self):
        done = self.home.run("find", "查无此人", "--format", "json")
        self.assertEqual(done.out, "")
        self.assertIn(done.code, (0, 1))

    def test_hostile_queries_are_only_queries(self):
        self.load(person("张三", "1950-01-01", 1))
        for query in ("'", '"; DROP TABLE resident; --', "%", "_", "*", "\\", "张%", "\x1b[31m", "\u202e",
                      "", " ", "张" * 5000, "(" * 5000):
            with self.subTest(query=query[:20]):
                done = self.home.run("find", query, "--format", "json")
                self.assertIn(done.code, (0, 1, 2, 3), str(done))
                self.assertNotIn("张三", done.out)
                self.assertNotIn("\x1b", done.out + done.err)
                self.assertNotIn("\u202e", done.out + done.err)
        bad = [*self.home.command("find"), b"\xff\xfe\xc0"]
        done = story.subprocess.run(bad, capture_output=True, env=story.environment(), timeout=20)
        self.assertIn(done.returncode, (0, 1, 2, 3), done.stderr)
        self.assertEqual(self.names("张三"), ["张三"])

    def test_thousands_of_the_same_surname_do_not_hold_it_up(self):
        rows = [{"姓名": "王" + chr(0x4E00 + n % 5000) + chr(0x5000 + n % 77), "楼栋": "1",
                 "室": str(n)} for n in range(20000)]
        self.import_sheet(sheet(rows + [{"姓名": "王", "楼栋": "2", "室": "1"}]))
        begin = time.monotonic()
        found = self.find("王", "--limit", "10")
        self.assertLess(time.monotonic() - begin, 2)
        self.assertEqual(found[0]["name"], "王")
        self.assertEqual(len(found), 10)

    def test_json_lines_are_json(self):
        self.load(person('引"号\\斜', "1950-01-01", 1))
        done = self.expect(0, self.home.run("find", "引", "--format", "json"))
        self.assertEqual(json.loads(done.out)["name"], '引"号\\斜')

    def reasons(self, *query):
        """Who or which household, and by what each word found it."""
        return [(row.get("name") or row["household"], [(why["by"], why["what"]) for why in row["why"]])
                for row in self.find(*query)]

    def test_every_word_says_why(self):
        row = person("张金凤", "1946-03-10", 2, 电话="13812348821", 小区="云鹭湾", 楼栋="3", 室="201", 户号="H0123")
        self.load(row)
        for query, by in (("金凤", "name"), ("zhang", "pinyin"), ("zjf", "initials"), ("8821", "phone"),
                          (row["身份证号"], "id_number"), (row["身份证号"][-4:], "id_tail"), ("3-201", "address")):
            self.assertEqual(self.reasons(query), [("张金凤", [(by, None)])], query)
        self.assertEqual(self.reasons("zjf", "3栋"), [("张金凤", [("initials", None), ("address", None)])])
        self.assertIn("首字母，住址", self.expect(0, self.home.run("find", "zjf", "3栋")).out)
        self.assertIn("initials, address", self.expect(0, self.home.run("find", "zjf 3栋", lang="en")).out)

    def test_by_tag_in_a_building(self):
        self.load(person("张金凤", "1940-03-10", 2, 楼栋="3", 室="201", 标签="低保", 户号="1"),
                  person("王建国", "1941-03-10", 1, 楼栋="3", 室="202", 户号="2"),
                  person("李秀英", "1943-03-10", 2, 楼栋="3", 室="202", 户号="2"),
                  person("赵大海", "1940-03-10", 3, 楼栋="4", 室="101", 标签="低保 困境家庭", 户号="3"))
        self.assertEqual(self.reasons("独居", "3栋"), [("张金凤", [("tag", "独居"), ("address", None)])])
        self.assertEqual(self.names("duju"), ["张金凤", "赵大海"])
        self.assertEqual(self.names("空巢 3栋"), ["张金凤", "王建国", "李秀英"])
        self.assertEqual(self.names("困境"), ["赵大海"])
        self.assertEqual(self.names("85+ 低保"), ["张金凤", "赵大海"])
        self.assertEqual(self.names("100+"), [])

    def test_by_the_number_of_a_household(self):
        self.load(person("张金凤", "1946-03-10", 2, 楼栋="3", 室="201", 户号="H0123", 与户主关系="配偶"),
                  person("王建国", "1946-03-10", 1, 楼栋="3", 室="201", 户号="H0123", 与户主关系="户主"))
        found = self.find("户123")
        self.assertEqual([(row["household"], row["head"], row["members"]) for row in found], [("H0123", "王建国", 2)])
        self.assertEqual(self.reasons("123"), [("H0123", [("household", "H0123")])])
        self.assertEqual(self.names("张 123"), ["张金凤"])
        text = self.expect(0, self.home.run("find", "户123")).out
        self.assertIn("户号 H0123", text)
        self.assertIn("王建国", text)

    def test_who_lived_there_before(self):
        self.load(person("张金凤", "1946-03-10", 2, 小区="云鹭湾", 楼栋="2栋", 室="301"))
        self.expect(0, self.home.run("resident", "edit", "1", "--building", "5栋", "--room", "402"))
        self.load(person("王建国", "1946-03-10", 1, 小区="云鹭湾", 楼栋="2栋", 室="301"))
        self.assertEqual(self.reasons("2-301"), [("王建国", [("address", None)]),
                                                 ("张金凤", [("old_address", "2-301")])])
        self.assertEqual(self.find("2-301")[1]["why"][0]["until"], "2026-03-10")
        self.assertIn("旧址 2-301（至2026-03-10）", self.expect(0, self.home.run("find", "2-301")).out)
        self.verify()

    def test_nothing_that_is_typed_breaks_it(self):
        self.load(person("张三", "1950-01-01", 1))
        for query in ("张" * 80, "9" * 250, "\x1b[2J", "%", "'", "户", "户" * 80, "+", "60++", "9-" * 120, "３栋", "\u202e张"):
            self.expect(0, self.home.run("find", query, "--format", "json"))
        self.expect(0, self.home.run("find", b"\xe5\xbc", "--format", "json"))


class Reader(story.Story):
    """Who reads slowly (a pager, Ctrl-S at the terminal) holds no desk up."""

    def held_up_by(self, *arguments):
        reader = self.home.start(*arguments)
        self.addCleanup(reader.communicate)
        reader.stdout.readline()
        begin = story.time.monotonic()
        self.expect(0, self.home.run("resident", "add", "--name", "新来的"))
        self.assertLess(story.time.monotonic() - begin, 4)

    def test_a_reader_that_waits(self):
        self.import_sheet(story.sheet([{"姓名": f"王{chr(0x4e00 + n)}", "楼栋": "8", "室": str(n)}
                                       for n in range(1000)]))
        for format in ("text", "json"):
            self.held_up_by("find", "王", "--limit", "1000", "--format", format)


if __name__ == "__main__":
    story.unittest.main()
