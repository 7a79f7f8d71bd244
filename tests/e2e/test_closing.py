"""A session is closed at the command line: cash, two people, and what is corrected later; tickets."""
import os

import story
from story import person, sheet

EVENING = "2026-03-10T17:00"


class Closing(story.Story):
    def setUp(self):
        super().setUp()
        self.import_sheet(sheet([person("张金凤", "1940-01-01", 1, 卡号="8801"), person("陈伟", "1990-01-01", 2, 卡号="8802")]))
        self.expect(0, self.home.run("operator", "add", "王芳", "--role", "desk"))
        self.expect(0, self.home.run("operator", "passwd", "王芳", "--password-fd", "0", stdin="2468\n"))

    def tearDown(self):
        self.verify()

    def close(self, *words, password="2468", **more):
        reader, writer = os.pipe()
        os.write(writer, password.encode() + b"\n")
        os.close(writer)
        try:
            return self.home.run("meal", "close", *words, "--second", "王芳", "--second-password-fd", reader,
                                 pass_fds=(reader,), **more)
        finally:
            os.close(reader)

    def test_the_cash_is_counted_and_the_figures_stand(self):
        self.serve("8801")
        meal = self.serve("8802")
        self.says(self.close("--session", "lunch", "--counted", "22"), 3, "相差 -1.00 元")
        self.says(self.close("--session", "lunch", "--counted", "23", password="1111"), 1, "姓名或密码不对")
        said = self.expect(0, self.close("--session", "lunch", "--counted", "22", "--reason", "找零多给一元")).out
        for words in ("第 1 号结算：午餐，2026-03-10 11:30", "应收现金 23.00 元，实点 22.00 元，相差 -1.00 元",
                      "说明：找零多给一元", "同点 王芳", "结到账首 L2-", "账目 3 笔，账首 L3-"):
            self.assertIn(words, said)
        self.says(self.close("--session", "lunch", "--counted", "23"), 1, "已经结过")
        self.assertEqual(self.serve("8801", code=1)["code"], "settled")

        self.expect(0, self.home.run("meal", "void", meal["meal_id"], "--reason", "没吃", now=EVENING))
        row = self.expect(0, self.home.run("meal", "settle", "--session", "lunch", "--format", "json", now=EVENING)).row
        self.assertEqual((row["meals"], row["cash_fen"], row["voided"]), (2, 2300, 0))
        said = self.expect(0, self.close("--session", "dinner", "--counted", "0", "--reason", "退在午餐钱里",
                                         now=EVENING, lang="en")).out
        self.assertIn("corrections -15.00", said)
        self.assertIn("voided: meal 2 of 2026-03-10, 15.00 yuan: 没吃", said)
        closings = self.expect(0, self.home.run("meal", "settle", "--format", "json", now=EVENING)).row["closings"]
        for name in "paper.html", "paper.txt":
            path = self.folder / name
            self.expect(0, self.home.run("meal", "settle", "--session", "lunch", "-o", path, now=EVENING))
            text = path.read_text()
            for words in "2026-03-10 午餐 助餐结算单", "实点 22.00 元", "签名：", "账首 L", "80周岁及以上":
                self.assertIn(words, text)
            self.says(self.home.run("meal", "settle", "-o", path, now=EVENING), 3, name)
            self.expect(0, self.home.run("meal", "settle", "-o", path, "--overwrite", now=EVENING))
        self.says(self.home.run("meal", "settle", "-o", "paper.doc"), 2, "paper.doc")
        self.assertEqual([(c["session"], c["difference_fen"], c["corrected"]) for c in closings],
                         [("lunch", -100, 0), ("dinner", 1500, 1)])

    def test_a_day_without_closing_is_told(self):
        self.serve("8801")
        tomorrow = "2026-03-11T10:30"
        self.assertIn("2026-03-10 有餐次没有结算", self.expect(0, self.home.run("today", now=tomorrow)).out)
        self.assertEqual(self.expect(0, self.home.run("today", "--format", "json", now=tomorrow)).row["unclosed"],
                         "2026-03-10")
        self.expect(0, self.close("2026-03-10", "--counted", "8", now=tomorrow))
        self.assertNotIn("没有结算", self.expect(0, self.home.run("today", now=tomorrow)).out)

    def test_a_ticket_is_shown_and_printed(self):
        meal = self.serve("8801")["meal_id"]
        shown = self.expect(0, self.home.run("meal", "ticket", meal)).out
        self.assertIn("午餐  第 1 号", shown)
        self.assertNotIn("张金凤", shown)
        self.says(self.home.run("meal", "ticket", meal, "--print"), 1, "没有写打印命令")
        paper = self.folder / "paper"
        book = self.expect(0, self.home.run("rules", "show")).out
        path = self.write("book.yaml", book.replace("canteen:\n", f"canteen:\n  tickets: {{command: [tee, {paper}]}}\n").encode())
        self.expect(0, self.home.run("rules", "adopt", path))
        self.assertIn("第 1 号小票已打印", self.expect(0, self.home.run("meal", "ticket", meal, "--print")).out)
        self.assertEqual(paper.read_text(), shown)
        self.assertIn("[copy 2]", self.expect(0, self.home.run("meal", "ticket", meal, lang="en")).out)
        self.says(self.home.run("meal", "ticket", "77"), 3, "77")
        self.says(self.home.run("meal", "ticket"), 2, "ID")
        self.says(self.home.run("meal", "ticket", "x"), 2, "x")
        self.says(self.home.run("meal", "ticket", "1", "--copies"), 2, "--copies")

    def test_wrong_use_is_told(self):
        self.says(self.home.run("meal", "close", "--second", "王芳"), 2, "--counted")
        self.says(self.home.run("meal", "close", "--counted", "1"), 2, "--second")
        self.says(self.close("--counted", "x"), 2, "--counted")
        self.says(self.close("someday", "--counted", "1"), 2, "someday")
        self.says(self.close("2026-03-11", "--counted", "0"), 3, "还没到")
        self.says(self.close("--counted", "0"), 1, "还没开始")


if __name__ == "__main__":
    story.unittest.main()
