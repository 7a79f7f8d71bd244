"""Whoever used to come and stays away is missed until somebody says what was found."""
import datetime
import re
import story
from story import person, sheet
from test_manual import LANGUAGES, fields, source


class Missed(story.Story):
    def setUp(self):
        super().setUp()
        self.import_sheet(sheet([person(name, "1940-01-01", n, 卡号=f"A{n}")
                                 for n, name in enumerate(("周阿宝", "李秀英", "王桂兰"))]))

    def alert(self, *words, code=0, lang="en", now=story.LUNCH):
        return self.expect(code, self.home.run("alert", *words, lang=lang, now=now))

    def day(self, after, clock):
        return f"{self.first + datetime.timedelta(after)}T{clock}"

    def test_three_meals_missed_make_an_alert_that_is_answered_once(self):
        self.first = datetime.date.fromisoformat(story.LUNCH[:10]) + datetime.timedelta(1)
        for day in range(13):
            cards = ("A0", "A1", "A2") if day < 10 else ("A0", "A1")
            self.expect(0, self.home.run("meal", "checkin", *cards, now=self.day(day, "11:30")))
        self.assertIn("nobody is missed", self.alert("list").err)
        evening = self.day(12, "20:00")
        self.assertIn("1", self.alert("check", now=evening).out)
        self.assertIn("0", self.alert("check", now=evening).out)
        row = self.alert("list", "--format", "json").row
        self.assertEqual((row["name"], row["cause"], row["missed"]), ("王桂兰", "absent", 3))
        self.assertEqual(self.expect(0, self.home.run("today", "--format", "json")).row["alerts"], 1)
        self.assertIn("要去看看的人 1 个", self.home.run("today", lang="zh").out)
        self.assertIn("3 餐没来", self.alert("list", lang="zh").out)
        for lang in LANGUAGES:
            self.assertEqual(fields(source(lang, "mulin.1"), "alerts"), set(row))

        number = str(row["alert_id"])
        for words, code in ((("answer",), 2), (("answer", number), 2), (("answer", "x", "--outcome", "safe"), 2),
                            (("answer", "99", "--outcome", "safe"), 3), (("answer", number, "--outcome", "dancing"), 3),
                            (("answer", number, "--outcome", "away"), 3), (("answer", number, "9", "--outcome", "safe"), 2),
                            (("answer", number, "--outcome", "needs help"), 3), (("answer", number, "--colour"), 2),
                            (("list", "x"), 2), (("list", "--format", "xml"), 2), (("check", "x"), 2)):
            with self.subTest(words=words):
                self.says(self.home.run("alert", *words, now=evening), code)
        said = self.alert("answer", number, "--outcome", "住院", "--back-on", "2027-03-01", "--found", "区一院三楼",
                          lang="zh", now=evening)
        self.assertIn("已写明 王桂兰 的情况：住院", said.out)
        self.says(self.home.run("alert", "answer", number, "--outcome", "safe", now=evening), 1)
        self.assertIn("nobody is missed", self.alert("list").err)
        row = self.alert("list", "--all", "--format", "json").row
        self.assertEqual((row["outcome"], row["again_from"]), ("in_hospital", "2027-03-01"))
        self.assertTrue(re.search("in hospital", self.alert("list", "--all").out))
        self.verify()


if __name__ == "__main__":
    story.unittest.main()
