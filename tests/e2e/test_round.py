"""Delivery rounds: made of the day's orders, printed for the courier, and told of door by door."""
import sqlite3
import story
from story import person, sheet
from test_manual import LANGUAGES, fields, source


class Round(story.Story):
    def setUp(self):
        super().setUp()
        self.import_sheet(sheet([person(name, "1940-01-01", n, 卡号=f"R{n}", 楼栋=str(9 + n % 2), 房号=f"{n}01")
                                 for n, name in enumerate(("周阿宝", "李秀英", "王桂兰"))]))

    def round(self, *words, code=0, lang="en", now=story.LUNCH):
        return self.expect(code, self.home.run("round", *words, lang=lang, now=now))

    def order_for_all(self):
        """Standing orders as the desk keeps them: lunch, every day, delivered."""
        with sqlite3.connect(self.home.database) as base:
            base.executemany("INSERT INTO canteen_order (resident_id, session, weekdays, from_date, serving)"
                             " VALUES (?, 'lunch', 127, ?, 2)", [(n, story.LUNCH[:10]) for n in (1, 2, 3)])

    def test_a_day_of_the_courier(self):
        self.order_for_all()
        self.assertIn("3 meals to be brought stand on no round", self.round("list").err)
        self.assertIn("2 户", self.round("make", "--courier", "骑手小陈", "--building", "9", lang="zh").out)
        self.assertIn("1 new", self.round("make", "--courier", "老张").out)
        self.says(self.home.run("round", "make", "--courier", "老张"), 3)
        rows = self.round("list", "--format", "json").rows
        self.assertEqual([(row["courier"], row["stops"]) for row in rows], [("老张", 1), ("骑手小陈", 2)])
        number = {row["courier"]: str(row["round_id"]) for row in rows}
        self.assertIn("1 doors went to 骑手小陈", self.round("move", number["老张"], "--courier", "骑手小陈").out)

        paper = self.round("print", number["骑手小陈"], lang="zh").out
        self.assertIn("骑手小陈", paper)
        self.assertNotIn("周阿宝", paper)
        for name in ("list.csv", "list.xlsx", "list.html"):
            self.round("print", number["骑手小陈"], "-o", str(self.folder / name))
            self.assertTrue((self.folder / name).stat().st_size)
        stops = self.round("print", number["骑手小陈"], "--format", "json").rows
        for lang in LANGUAGES:
            self.assertEqual(fields(source(lang, "mulin.1"), "rounds"), set(rows[0]))
            self.assertEqual(fields(source(lang, "mulin.1"), "stops"), set(stops[0]))
        stop = [str(row["stop_id"]) for row in stops]

        evening = story.LUNCH[:10] + "T19:30"
        self.assertIn("送到平安", self.round("return", stop[0], "--outcome", "平安", now=evening, lang="zh").out)
        self.assertIn("an alert stands on home", self.round("return", stop[1], "--outcome", "no answer").out)
        self.round("return", stop[2], "--outcome", "refused", "--told", "去女儿家")
        self.assertEqual(self.home.run("alert", "list", "--format", "json").row["cause"], "no-answer")
        self.assertEqual(self.home.run("meal", "list", "--format", "json").row["session"], "lunch")
        self.says(self.home.run("round", "return", stop[2], "--outcome", "delivered"), 3)
        self.assertIn("delivered", self.round("return", stop[2], "--outcome", "delivered", "--pay", "cash",
                                              "--reason", "按错了").out)
        self.assertNotIn("not told of", self.round("list").err)
        for words, code in ((("make",), 2), (("make", "--courier", " "), 3), (("make", "--courier", "x", "y"), 2),
                            (("move", "x", "--courier", "y"), 2), (("move", "1"), 2), (("move", "99", "--courier", "y"), 3),
                            (("print",), 2), (("print", "99"), 3), (("print", "1", "--format", "xml"), 2),
                            (("return", "1"), 2), (("return", "1", "--outcome", "dancing"), 2), (("return",), 2),
                            (("list", "never"), 2), (("list", "--format", "csv"), 2)):
            with self.subTest(words=words):
                self.says(self.home.run("round", *words), code)
        self.verify()


if __name__ == "__main__":
    story.unittest.main()
