"""The community's own spreadsheet comes in: encodings, delimiters, headers, mending, coming again."""
import itertools

import story
from story import id_number, person, read_sheet, sheet

TOTALS = {"rows", "added", "updated", "unchanged", "rejected", "rejects_file"}
LI = person("李桂芳", "1944-05-06", 2, 电话="13800138002", 小区="云鹭湾", 楼栋="3", 单元="1", 室="201",
            户号="0301201", 与户主关系="户主", 居住类型="自住", 标签="低保 残疾", 卡号="YL0002",
            网格="第二网格", 备注="下午在家")
WANG = person("王建国", "1958-11-23", 1, 电话="13800138001", 小区="云鹭湾", 楼栋="3", 单元="1", 室="202",
              户号="0301202", 与户主关系="户主", 居住类型="租户", 卡号="YL0001", 网格="第二网格")


class Totals(story.Story):
    def test_every_row_lands_and_is_counted(self):
        totals = self.import_sheet(sheet([LI, WANG])).row
        self.assertLessEqual(TOTALS, totals.keys())
        self.assertEqual((totals["rows"], totals["added"], totals["updated"], totals["unchanged"],
                          totals["rejected"]), (2, 2, 0, 0, 0))
        self.assertFalse(totals["rejects_file"])
        self.assertFalse((self.folder / "residents.rejects.csv").exists())
        self.assertEqual(self.names("李桂芳"), ["李桂芳"])

    def test_a_second_import_changes_nothing(self):
        self.import_sheet(sheet([LI, WANG, person("无证者", 楼栋="5", 室="101")]))
        before = self.home.database.read_bytes()
        totals = self.import_sheet(sheet([LI, WANG, person("无证者", 楼栋="5", 室="101")])).row
        self.assertEqual((totals["added"], totals["updated"], totals["unchanged"],
                          totals["rejected"]), (0, 0, 3, 0))
        self.assertEqual(len(self.find("无证者")), 1)
        self.assertEqual(self.home.database.read_bytes(), before)

    def test_a_changed_row_updates_the_same_person(self):
        self.import_sheet(sheet([LI, WANG]))
        moved = dict(LI, 电话="13900139999", 室="301")
        totals = self.import_sheet(sheet([moved, WANG])).row
        self.assertEqual((totals["added"], totals["updated"], totals["unchanged"]), (0, 1, 1))
        found = self.find("李桂芳")
        self.assertEqual(len(found), 1)
        self.assertTrue(found[0]["phone"].endswith("9999"), found)
        self.assertEqual(self.names("3-301"), ["李桂芳"])
        self.assertEqual(self.names("9999"), ["李桂芳"])
        self.assertEqual(self.find("8002"), [])

    def test_dry_run_counts_and_changes_nothing(self):
        before = self.home.database.read_bytes()
        bad = dict(WANG, 身份证号=WANG["身份证号"][:-1] + "0")
        totals = self.import_sheet(sheet([LI, bad]), "--dry-run", code=3).row
        self.assertEqual((totals["rows"], totals["added"], totals["rejected"]), (2, 1, 1))
        self.assertEqual(self.home.database.read_bytes(), before)
        self.assertEqual(self.find("李桂芳"), [])

    def test_strict_lands_nothing_when_one_row_is_bad(self):
        bad = dict(WANG, 居住类型="别墅")
        self.import_sheet(sheet([LI, bad]), "--strict", code=3)
        self.assertEqual(self.find("李桂芳"), [])
        self.import_sheet(sheet([LI, WANG]), "--strict")
        self.assertEqual(self.names("李桂芳"), ["李桂芳"])

    def test_totals_are_told_in_words_too(self):
        path = self.write("people.csv", sheet([LI, WANG]))
        for lang in ("zh", "en"):
            done = self.expect(0, self.home.run("import", "residents", path, lang=lang))
            self.assertIn("2", done.out)


class Encodings(story.Story):
    def test_each_encoding_and_delimiter_is_told_apart(self):
        for number, (encoding, delimiter, newline) in enumerate(itertools.product(
                ("utf-8", "utf-8-sig", "gb18030"), (",", ";", "\t"), ("\r\n", "\n"))):
            with self.subTest(encoding=encoding, delimiter=delimiter, newline=newline):
                row = person("赵㙍" + "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未"[number],
                             "1950-01-02", number * 2, 楼栋="3", 室=str(100 + number),
                             标签="低保,残疾" if delimiter == "," else "低保;残疾")
                totals = self.import_sheet(sheet([row], delimiter=delimiter, encoding=encoding,
                                                 newline=newline)).row
                self.assertEqual(totals["added"], 1)
                found = self.find(row["姓名"])
                self.assertEqual([f["name"] for f in found], [row["姓名"]])
                self.assertIn("低保", str(found[0]["tags"]))
                self.assertIn("残疾", str(found[0]["tags"]))

    def test_a_quoted_newline_stays_inside_its_cell(self):
        rows = [dict(LI, 备注="先敲门\n耳朵不好"), WANG]
        totals = self.import_sheet(sheet(rows)).row
        self.assertEqual((totals["rows"], totals["added"]), (2, 2))

    def test_lines_are_counted_as_the_editor_shows_them_past_a_quoted_newline(self):
        rows = [dict(LI, 备注="先敲门\n耳朵不好"), dict(WANG, 居住类型="别墅")]
        done = self.import_sheet(sheet(rows, newline="\n"), code=3)
        rejects = read_sheet((self.folder / "residents.rejects.csv").read_bytes())
        self.assertRegex(" ".join(rejects[1]) + done.err, r"(?<!\d)4(?!\d)")

    def test_names_outside_the_common_plane_keep_their_bytes(self):
        for number, name in enumerate(("𠮷田", "王𪚥", "李\U0003158E", "陈𬭳")):
            self.import_sheet(sheet([person(name, "1970-01-01", number * 2)]))
            self.assertEqual(self.names(name), [name])

    def test_one_bad_byte_does_not_turn_the_file_into_another_encoding(self):
        data = sheet([LI, WANG]) + b"\xff\xfe\xff,,,\r\n"
        done = self.home.run("import", "residents", self.write("torn.csv", data))
        self.says(done, 3)


class Headers(story.Story):
    def test_synonyms(self):
        for header, key, value, query in (
                ("证件号码", "身份证号", None, None), ("公民身份号码", "身份证号", None, None),
                ("手机", "电话", "13700137000", "7000"), ("联系电话", "电话", "13700137001", "7001"),
                ("院落", "小区", "督院", None), ("幢", "楼栋", "7", "7-909"),
                ("房号", "室", "908", "3-908"), ("房屋性质", "居住类型", "民宿", None),
                ("人员类别", "标签", "特困", None)):
            with self.subTest(header=header):
                serial = sum(map(ord, header)) % 499 * 2
                row = person("测" + header, "1960-06-06", serial, 楼栋="3", 室="909")
                if value:
                    row[key] = value
                row[header] = row.pop(key)
                done = self.import_sheet(sheet([row], headers=list(row)))
                self.assertEqual(done.row["added"], 1)
                self.assertNotIn(header, done.err)
                self.assertEqual(self.names(row["姓名"]), [row["姓名"]])
                if query:
                    self.assertIn(row["姓名"], self.names(query))

    def test_an_unknown_header_is_reported(self):
        row = person("孙小梅", "1962-02-03", 2, 血型="A")
        for lang in ("zh", "en"):
            done = self.import_sheet(sheet([row], headers=["姓名", "身份证号", "血型"]), lang=lang)
            self.assertIn("血型", done.err)
        self.assertEqual(self.names("孙小梅"), ["孙小梅"])

    def test_a_file_without_a_name_column_is_refused(self):
        done = self.home.run("import", "residents", self.write("x.csv", sheet([["1", "2"]], ["甲", "乙"])))
        self.says(done, 3)

    def test_the_same_column_twice_is_refused(self):
        data = sheet([["张三", "李四"]], ["姓名", "姓名"])
        self.says(self.home.run("import", "residents", self.write("x.csv", data)), 3)

    def test_columns_in_any_order_with_blanks_around(self):
        data = sheet([["3", "周大年", "201"]], [" 楼栋 ", "姓名", "室"])
        self.assertEqual(self.import_sheet(data).row["added"], 1)
        self.assertEqual(self.names("3-201"), ["周大年"])


class Cells(story.Story):
    def test_several_tags_in_a_cell(self):
        for number, joint in enumerate((" ", "、", ",", "，", ";", "；", "/")):
            with self.subTest(joint=joint):
                name = "标签" + "一二三四五六七"[number]
                self.import_sheet(sheet([person(name, "1950-01-01", number * 2, 标签=f"低保{joint}残疾")]))
                tags = str(self.find(name)[0]["tags"])
                self.assertIn("低保", tags)
                self.assertIn("残疾", tags)
                self.assertNotIn(f"低保{joint}残疾", tags.replace("'", "") if joint != " " else "")

    def test_sex_and_birth_date_come_from_the_id_number(self):
        row = {"姓名": "钱多多", "身份证号": id_number("1946-03-10", 17)}
        self.import_sheet(sheet([row]))
        found = self.find("钱多多")[0]
        self.assertEqual(found["age"], 80)
        self.assertIn(str(found["sex"]), ("男", "male", "1", "M"))

    def test_full_width_digits_and_small_x_are_read(self):
        number = next(n for n in (id_number("1950-03-04", s) for s in range(200)) if n[-1] == "X")
        wide = "".join(chr(ord(c) + 0xFEE0) for c in number[:-1]) + "ｘ"
        self.import_sheet(sheet([{"姓名": "全角", "身份证号": wide}]))
        self.assertEqual(self.names(number), ["全角"])

    def test_the_fifteen_digit_form_is_read_and_flagged(self):
        done = self.import_sheet(sheet([{"姓名": "老证件", "身份证号": "330205460310001"}]))
        self.assertEqual(done.row["added"], 1)
        self.assertIn("2", done.err, "the row of the old number is to be named")
        self.assertEqual(self.find("老证件")[0]["age"], 80)

    def test_ages_turn_on_the_birthday_and_leap_day_on_the_first_of_march(self):
        self.import_sheet(sheet([person("常人", "1966-03-10", 1), person("闰日", "1964-02-29", 3)]))
        self.assertEqual(self.find("常人", now="2026-03-09T23:59")[0]["age"], 59)
        self.assertEqual(self.find("常人", now="2026-03-10T00:00")[0]["age"], 60)
        self.assertEqual(self.find("闰日", now="2026-02-28T12:00")[0]["age"], 61)
        self.assertEqual(self.find("闰日", now="2026-03-01T12:00")[0]["age"], 62)
        self.assertEqual(self.find("闰日", now="2028-02-29T12:00")[0]["age"], 64)

    def test_twins_land_and_are_reported(self):
        self.import_sheet(sheet([person("孪生", "1990-09-09", 1, 楼栋="1", 室="101")]))
        quiet = self.import_sheet(sheet([{"姓名": "别人", "出生日期": "1990-09-09", "楼栋": "2", "室": "9"}]))
        done = self.import_sheet(sheet([{"姓名": "孪生", "出生日期": "1990-09-09", "楼栋": "2", "室": "202"}]))
        self.assertEqual(done.row["added"], 1)
        self.assertGreater(len(done.err), len(quiet.err))
        self.assertRegex(done.err, r"(?<!\d)2(?!\d)")
        self.assertEqual(len(self.find("孪生")), 2)


class Rejects(story.Story):
    def furnish(self):
        super().furnish()
        self.import_sheet(sheet([LI]))

    def reject(self, row, *words, column=None, **format):
        """The row alone is refused, next to a good one, for a reason with these words."""
        good = person("好人", "1951-01-01", 1)
        headers = list(dict.fromkeys([*story.HEADERS, *row]))
        for lang in ("zh", "en"):
            done = self.import_sheet(sheet([good, row], headers=headers, **format), code=3, lang=lang)
            self.assertEqual(done.row["rejected"], 1)
            self.assertEqual(done.row["rejects_file"], str(self.folder / "residents.rejects.csv"))
            encoding = format.get("encoding", "utf-8-sig")
            rejects = read_sheet((self.folder / "residents.rejects.csv").read_bytes(),
                                 "utf-8-sig" if encoding == "utf-8" else encoding,
                                 format.get("delimiter", ","))
            self.assertEqual(len(rejects), 2, rejects)
            self.assertEqual(rejects[0][:len(headers)], headers)
            self.assertEqual(rejects[1][:len(headers)], [row.get(h, "") for h in headers])
            said = " ".join(rejects[1][len(headers):]) + done.err
            self.assertRegex(said, r"(?<!\d)3(?!\d)", "the line")
            if column:
                self.assertIn(column, said)
            for word in words:
                self.assertIn(word, said)
        self.assertEqual(self.names("好人"), ["好人"])

    def test_an_id_number_that_fails_its_check(self):
        row = person("坏证", "1950-05-05", 1)
        last = "0" if row["身份证号"][-1] != "0" else "1"
        self.reject(dict(row, 身份证号=row["身份证号"][:-1] + last), column="身份证号")

    def test_an_id_number_with_an_impossible_date(self):
        self.reject({"姓名": "坏日", "身份证号": id_number("1950-02-30", 1)}, column="身份证号")

    def test_an_id_number_against_the_sex(self):
        row = dict(person("反性", "1950-05-05", 1), 性别="女")
        self.reject(row, column="性别")
        for lang, words in (("zh", "第2行 性别：填的是 女，身份证号里是 男："),
                            ("en", "line 2, 性别: female here, male in the ID number:")):
            self.assertIn(words, self.import_sheet(sheet([row]), code=3, lang=lang).err)

    def test_an_id_number_against_the_birth_date(self):
        self.reject(dict(person("反日", "1950-05-05", 1), 出生日期="1950-05-06"), "1950-05-05", "1950-05-06")

    def test_another_name_on_the_same_id_number(self):
        self.reject(dict(LI, 姓名="李桂花", 卡号=""), "李桂芳", "李桂花")
        self.assertEqual(self.names("李桂芳"), ["李桂芳"])

    def test_no_name(self):
        self.reject(dict(person("", "1950-05-05", 1)), column="姓名")

    def test_an_unknown_occupancy(self):
        self.reject(person("住户", "1950-05-05", 1, 居住类型="别墅"), column="居住类型")

    def test_a_date_that_is_none(self):
        self.reject({"姓名": "日期", "出生日期": "1950-13-45"}, column="出生日期")

    def test_control_characters(self):
        for bad in ("张\x1b[31m三", "张\u202e三", "张\u200b三", "张\x07三", "张\x85三", "张\u2067三"):
            with self.subTest(bad=ascii(bad)):
                self.reject(person(bad, "1950-05-05", 1), column="姓名")

    def test_the_columns_encoding_and_delimiter_stay(self):
        self.reject(person("住户", "1950-05-05", 1, 居住类型="别墅", 备注="一\n二"), column="居住类型",
                    encoding="gb18030", delimiter="\t")

    def test_a_card_that_is_somebody_elses(self):
        self.reject(person("抢卡", "1950-05-05", 1, 卡号="YL0002"), column="卡号")

    def test_mended_rejects_come_in(self):
        for encoding, delimiter in (("utf-8", ","), ("gb18030", ";"), ("utf-8-sig", "\t")):
            with self.subTest(encoding=encoding):
                name = "待修" + {",": "甲", ";": "乙", "\t": "丙"}[delimiter]
                row = person(name, "1950-05-05", ord(delimiter) * 2, 楼栋="5", 室="101", 居住类型="别墅", 备注='引"号,和;号')
                done = self.import_sheet(sheet([row], encoding=encoding, delimiter=delimiter), code=3)
                path = self.folder / "residents.rejects.csv"
                mended = path.read_bytes().decode(encoding).replace("别墅", "自住", 1).encode(encoding)
                self.write("mended.csv", mended)
                again = self.home.run("import", "residents", self.folder / "mended.csv", "--format", "json")
                self.expect(0, again)
                self.assertEqual(again.row["added"], 1, str(done) + str(again))
                self.assertEqual(self.names(name), [name])
                self.assertEqual(again.err, "", "a rejects file has no header that is unknown")

    def test_no_cell_of_a_file_that_is_written_is_a_formula(self):
        """Row 25. What a spreadsheet would work out is text there, and comes in again as it was."""
        hostile = ["=cmd|' /C calc'!A0", "+86 13812345678", "-2+3", "@SUM(1)", "＝1+1", "＋1", "－1", "＠x", "\t=1",
                   "\r\n=1", '="x"', "=\"a\";b", "'=1", "''", "'", "普通"]
        rows = [{header: text for header in story.HEADERS if header not in ("身份证号", "出生日期", "性别")}
                | {"姓名": f"甲{n}", "居住类型": "别墅"} for n, text in enumerate(hostile)]
        rows += [{"姓名": f"乙{n}", "备注": text, "居住类型": "别墅"} for n, text in enumerate(hostile)]
        self.import_sheet(sheet(rows), code=3)
        path, cells = self.folder / "residents.rejects.csv", 0
        for row in read_sheet(path.read_bytes()):
            for cell in row:
                self.assertFalse(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")), row)
                cells += 1
        self.write("mended.csv", path.read_bytes().replace("别墅".encode(), "自住".encode()))
        self.home.run("import", "residents", self.folder / "mended.csv")
        notes = {name: self.expect(0, self.home.run("resident", "show", row["id"], "--format", "json")).row["note"]
                 for name in (f"乙{n}" for n in range(len(hostile))) for row in self.find(name) if row["name"] == name}
        for n, text in enumerate(hostile):
            self.assertEqual(notes[f"乙{n}"].strip(), text.removeprefix("'" if text == "'=1" else "").strip())
        self.figure("row 25, export inert", f"{cells} cells written", "0 formulas")

    def test_rejects_may_be_imported_where_they_lie(self):
        """The rejects of a rejects file do not overwrite the file that is being read."""
        row = person("又错", "1950-05-05", 1, 居住类型="别墅")
        self.import_sheet(sheet([row]), code=3)
        path = self.folder / "residents.rejects.csv"
        done = self.expect(3, self.home.run("import", "residents", path, "--format", "json"))
        self.assertEqual(done.row["rejected"], 1)
        self.assertNotEqual(done.row["rejects_file"], str(path))


if __name__ == "__main__":
    story.unittest.main()
