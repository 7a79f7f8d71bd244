"""The screen that brings a spreadsheet in, in a real terminal; a stopped and a killed import; undo of the whole."""
import os
import signal
import subprocess

import story
from story import person, sheet


class ImportScreen(story.Story):
    def tearDown(self):
        self.verify()

    def table(self, rows, name="people.csv"):
        path = self.folder / name
        path.write_bytes(rows if isinstance(rows, bytes) else rows.encode())
        return path

    def screen(self, path):
        """A desk with the columns of the file on it."""
        desk = self.open()
        desk.until("11:30").wait().key("F9").type("导入").key("Enter").until("表格和文件夹")
        return desk.type(str(path)).key("Enter")

    def test_a_table_comes_in_and_is_taken_back(self):
        path = self.table(sheet([person("王秀英", "1946-01-01", 1, 楼栋="3", 室="201", 卡号="K1"), {"姓名": "", "卡号": "K2"}]))
        desk = self.screen(path).until("登记为").key("F2").until("试导入").key("F2").until("请确认").wait()
        desk.type("y").until("已导入")
        self.assertEqual(self.names("K1"), ["王秀英"])
        self.assertTrue(path.with_suffix(".rejects.csv").exists())
        desk.key("F8").until("请确认").wait().type("y").until("已撤销")
        self.assertEqual(self.find("K1"), [])

    def test_what_is_no_table_is_told_at_the_screen(self):
        fifo = self.folder / "fifo.csv"
        os.mkfifo(fifo)
        self.screen(fifo).until("设备或管道")

    def test_mappings_by_command(self):
        path = self.table("老人姓名,随访,磁卡\n王秀英,常来,K1\n")
        self.says(self.home.run("import", "residents", path), 3, "姓名")
        self.says(self.home.run("mapping", "save", "民政局"), 3, "不用保存")
        self.says(self.home.run("mapping", "save", "民政局", "--map", "老人姓名"), 2, "等号")
        self.says(self.home.run("mapping", "save", "民政局", "--map", "老人姓名=鞋码"), 3, "鞋码")
        self.expect(0, self.home.run("mapping", "save", "民政局", "--map", "老人姓名=姓名", "--map", "随访="))
        listed = self.expect(0, self.home.run("mapping", "list", "--format", "json")).rows
        self.assertEqual(listed, [{"name": "民政局", "headers": 2}])
        lines = self.expect(0, self.home.run("mapping", "list", "民政局", "--format", "json")).rows
        self.assertEqual({line["header"]: line["field"] for line in lines}, {"老人姓名": "name", "随访": None})
        self.assertIn("不导入", self.expect(0, self.home.run("mapping", "list", "民政局")).out)
        done = self.expect(0, self.home.run("import", "residents", path, "--mapping", "民政局", "--map", "磁卡=card",
                                            "--format", "json")).row
        self.assertEqual((done["added"], done["unknown_headers"]), (1, []))
        self.assertEqual(self.names("K1"), ["王秀英"])
        self.expect(0, self.home.run("mapping", "remove", "民政局"))
        self.says(self.home.run("import", "residents", path, "--mapping", "民政局"), 3, "民政局")
        self.says(self.home.run("mapping", "remove", "民政局"), 3, "民政局")
        self.says(self.home.run("mapping", "remove"), 2, "NAME")
        self.says(self.home.run("mapping", "list", "a", "b"), 2, "b")

    def test_undo_by_command_names_what_stays(self):
        path = self.table(sheet([person(f"人{n:02d}", "1946-01-01", n, 楼栋="3", 室=str(n)) for n in range(30)]))
        self.expect(0, self.home.run("import", "residents", path))
        self.expect(0, self.home.run("resident", "edit", 7, "--note", "常来"))
        self.expect(0, self.home.run("undo", 1))
        self.assertEqual([row["id"] for row in self.find("人")], [7])
        again = self.expect(0, self.home.run("import", "residents", path, "--format", "json")).row
        self.assertEqual((again["added"], again["unchanged"]), (29, 1))

    def test_an_undo_that_is_killed_is_whole_or_nothing(self):
        path = self.table(sheet([person(f"人{n:03d}", "1946-01-01", n % 999, 楼栋="3", 室=str(n)) for n in range(900)]))
        self.expect(0, self.home.run("import", "residents", path))
        process = self.home.start("undo", 1)
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait(story.SLOW)
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream:
                stream.close()
        left = self.expect(0, self.home.run("import", "residents", path, "--dry-run", "--format", "json")).row
        self.assertIn((left["added"], left["unchanged"]), [(900, 0), (0, 900)])


if __name__ == "__main__":
    story.unittest.main()
