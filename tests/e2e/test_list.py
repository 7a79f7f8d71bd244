"""Lists of people at the command: filtered, sorted, kept by name, taken out of the house."""
import csv
import os
import pathlib
import stat
import zipfile

import story


class List(story.Story):
    def furnish(self):
        super().furnish()
        self.import_sheet(story.sheet([
            {"姓名": "张金凤", "出生日期": "1940-05-06", "楼栋": "3栋", "室": "201", "标签": "低保", "电话": "13800138001",
             "网格": "第3网格"},
            {"姓名": "李建国", "出生日期": "1970-01-01", "楼栋": "10栋", "室": "101", "标签": "低保 残疾", "网格": "第10网格"},
            {"姓名": "=HYPERLINK(1)", "出生日期": "2000-01-01", "楼栋": "9栋", "室": "101"},
        ]))

    def names(self, *options):
        rows = self.expect(0, self.home.run("list", "--format", "json", *options)).rows
        return [row["name"] for row in rows]

    def test_people_are_filtered_and_sorted(self):
        self.assertEqual(self.names("--sort", "address"), ["张金凤", "=HYPERLINK(1)", "李建国"])
        self.assertEqual(self.names("--tags", "低保", "--sort", "-age"), ["张金凤", "李建国"])
        self.assertEqual(self.names("--tags", "独居"), ["张金凤"])
        self.assertEqual(self.names("--grid", "10"), ["李建国"])
        self.assertEqual(self.names("--age", "60-", "--text", "zjf"), ["张金凤"])

    def test_what_cannot_be_asked_for_is_refused(self):
        for options in (["--age", "old"], ["--sort", "phone"], ["--columns", "shoes"], ["--status", "登记有误"],
                        ["--saved", "none"], ["--full"], ["--tags", "没有这个标签"], ["--text", "张" * 10000]):
            self.expect(3, self.home.run("list", *options))
        self.expect(2, self.home.run("list", "--format", "pdf"))
        self.expect(2, self.home.run("list", "-o", "a.csv", "--print"))

    def test_a_file_is_whole_masked_and_only_its_owners(self):
        path = self.folder / "people.csv"
        self.expect(0, self.home.run("list", "--columns", "name,phone", "-o", str(path)))
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        data = path.read_bytes()
        self.assertTrue(data.startswith(b"\xef\xbb\xbf"))
        rows = list(csv.reader(data.decode("utf-8-sig").splitlines()))
        self.assertIn(["张金凤", "138****8001"], rows)
        self.assertIn(["'=HYPERLINK(1)", ""], rows)
        self.expect(3, self.home.run("list", "-o", str(path)))
        self.expect(0, self.home.run("list", "--tags", "残疾", "-o", str(path), "--replace"))
        self.assertNotIn("张金凤", path.read_text("utf-8-sig"))

    def test_whole_numbers_stand_in_the_trail_with_their_reason(self):
        path = self.folder / "people.xlsx"
        self.expect(0, self.home.run("list", "-o", str(path), "--full", "--reason", "核对电话"))
        with zipfile.ZipFile(path) as book:
            self.assertTrue(any(b"13800138001" in book.read(name) for name in book.namelist()))
        note = self.expect(0, self.home.run("audit", "--limit", "1", "--format", "json")).row
        self.assertEqual((note["action"], note["reason"], note["subject"]),
                         ("export_numbers", "核对电话", str(path)))

    def test_nothing_but_a_table_is_ever_written_over(self):
        record = pathlib.Path(self.home.database)
        before = record.stat().st_size
        for name in (str(record), str(self.folder), str(self.folder / ".profile"), "/dev/full", "/nowhere/a.csv"):
            self.expect(3, self.home.run("list", "-o", name, "--replace", "--format", "csv"))
        self.assertGreaterEqual(record.stat().st_size, before)
        self.expect(0, self.home.run("verify"))

    def printing(self, **more):
        return story.environment(PATH=f"{self.folder}:{os.environ['PATH']}", **more)

    def test_pages_go_to_the_printer(self):
        self.write("lp", b"#!/bin/sh\ncat > \"$LP_GOT\"\n")
        os.chmod(self.folder / "lp", 0o700)
        got = self.folder / "pages"
        self.expect(0, self.home.run("list", "--print", env=self.printing(LP_GOT=str(got))))
        self.assertIn("138****8001", got.read_text())
        self.write("lp", b"#!/bin/sh\nexit 1\n")
        self.expect(3, self.home.run("list", "--print", env=self.printing()))

    def test_lists_are_kept_by_name(self):
        run = self.home.run
        self.expect(0, run("list", "keep", "困难", "--tags", "低保", "--sort", "-name", "--columns", "name"))
        self.assertEqual(self.expect(0, run("list", "saved", "--format", "json")).row,
                         {"name": "困难", "filter": "标签 低保", "whole": True})
        self.assertEqual(self.names("--saved", "困难"), ["张金凤", "李建国"])
        self.assertEqual(self.names("--saved", "困难", "--age", "60-"), ["张金凤"])
        self.expect(0, run("list", "forget", "困难"))
        self.expect(3, run("list", "forget", "困难"))


if __name__ == "__main__":
    story.unittest.main()
