"""Tags with days and evidence, and those that the system computes."""
import story
from story import person, sheet


class Tags(story.Story):
    def furnish(self):
        super().furnish()
        rows = [person("周阿宝", "1944-01-01", 1, 楼栋="3", 室="201", 与户主关系="户主"),
                person("李强", "1950-02-02", 3, 楼栋="3", 室="202", 与户主关系="户主"),
                person("李小强", "1980-02-02", 5, 楼栋="3", 室="202", 与户主关系="子")]
        self.import_sheet(sheet(rows))

    def tearDown(self):
        self.verify()

    def words(self, name):
        return self.find(name)[0]["tags"]

    def tag(self, *words, code=0, now=story.LUNCH):
        return self.expect(code, self.home.run("tag", *words, now=now))

    def test_a_tag_is_set_with_days_and_evidence_and_ended(self):
        self.tag("set", "1", "低保", "--evidence", "低保证 118")
        row = self.tag("list", "1", "--format", "json").row
        self.assertEqual((row["word"], row["from"], row["evidence"], row["in_force"]),
                         ("低保", story.LUNCH[:10], "低保证 118", True))
        self.assertGreater(row["until"], row["from"])
        self.assertIn("低保", self.words("周阿宝"))
        self.tag("set", "1", "残疾", "--from", "2020-05-01", "--until", "-")
        self.tag("end", "1", "低保")
        self.assertNotIn("低保", self.words("周阿宝"))
        self.assertIn("残疾", self.words("周阿宝"))
        self.assertEqual(len(self.tag("list", "1", "--format", "json").rows), 1)

    def test_the_meal_costs_what_the_tag_of_the_day_says(self):
        self.tag("set", "2", "低保", "--from", "2026-01-01", "--until", "2026-12-31")
        self.assertEqual(self.serve("李强", now="2026-12-31T12:00")["pay_fen"], 200)
        self.assertEqual(self.serve("李强", now="2027-01-01T12:00")["pay_fen"], 1200)

    def test_who_lives_alone_is_computed_and_said_why(self):
        self.assertEqual(self.find("周阿宝")[0]["derived"], ["60+", "独居", "空巢", "高龄"])
        self.assertEqual(self.find("李强")[0]["derived"], ["60+"])
        self.assertIn("独居：户内仅一人在住", self.home.run("resident", "show", "1", lang="zh").out)
        self.expect(0, self.home.run("resident", "end", "3", "--moved-out", "2026-03-01"))
        self.assertIn("独居", self.words("李强"))

    def test_a_computed_word_is_told_when_it_is_typed(self):
        for command in (("tag", "set", "1", "独居"), ("resident", "edit", "1", "--tags", "低保 60+"),
                        ("resident", "add", "--name", "孙明", "--tags", "空巢")):
            with self.subTest(command=command):
                self.says(self.home.run(*command), 3)
        self.assertEqual(self.find("孙明"), [])
        done = self.import_sheet(sheet([person("孙明", "1980-01-01", 7, 标签="独居、低保")]))
        self.assertEqual((done.row["added"], self.words("孙明")), (1, ["低保"]))
        self.assertIn("独居", done.err)

    def test_what_runs_out_is_due_and_renewed(self):
        self.tag("set", "1", "低保", "--from", "2026-01-01", "--until", "2026-12-31")
        self.assertEqual(self.tag("due", "--format", "json", now="2026-11-01T09:00").rows, [])
        due = self.tag("due", "--format", "json", now="2026-12-24T09:00").row
        self.assertEqual((due["resident"], due["word"], due["until"]), (1, "低保", "2026-12-31"))
        self.tag("set", "1", "低保", "--evidence", "复核表", now="2026-12-24T09:00")
        rows = self.tag("list", "1", "--format", "json", now="2026-12-24T09:00").rows
        self.assertEqual([(row["from"], row["until"]) for row in rows],
                         [("2027-01-01", "2027-12-31"), ("2026-01-01", "2026-12-31")])
        self.assertEqual(self.tag("due", "--format", "json", now="2027-01-15T09:00").rows, [])

    def test_impossible_days_are_refused(self):
        for words in (("--from", "2026-02-30"), ("--from", "2126-01-01"), ("--until", "1999-01-01"),
                      ("--from", "1940-01-01"), ("--until", "someday")):
            with self.subTest(words=words):
                self.says(self.home.run("tag", "set", "1", "党员", *words), 3)
        self.says(self.home.run("tag", "end", "1", "特困"), 3)
        self.says(self.home.run("tag", "set", "99", "党员"), 3)
        self.says(self.home.run("tag", "set", "1"), 2)


if __name__ == "__main__":
    story.unittest.main()
