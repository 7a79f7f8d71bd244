"""A month at the canteen: why a meal cost what it did, what a draft would have cost, the month's
table for ourselves and for the notice board, and the share for the micro-fund."""
import pathlib
import zipfile

import story
from story import person, sheet

ROOT = pathlib.Path(__file__).resolve().parents[2]
LATER = "2026-04-03T09:00"


class Month(story.Story):
    preset = "duyuan"

    def setUp(self):
        super().setUp()
        self.import_sheet(sheet([person("周阿宝", "1950-01-01", 0, 卡号="D0"), person("李秀英", "1962-01-01", 1, 卡号="D1"),
                                 person("王小明", "1995-01-01", 2, 卡号="D2")]))
        self.meals = [self.serve(card) for card in ("D0", "D1", "D2")]

    def tearDown(self):
        self.verify()

    def test_foresight_and_the_month(self):
        self.explained()
        self.replayed()
        self.reported()
        self.shared()

    def explained(self):
        number = str(self.meals[0]["meal_id"])
        self.assertIn("推算与记录一致", self.expect(0, self.home.run("rules", "explain", "--meal", number, lang="zh")).out)
        self.says(self.home.run("rules", "explain", "--meal", "99"), 3)
        for words in (("--meal", "x"), ("--meal", number, "D0"), ("--meal", number, "--session", "lunch"), ()):
            with self.subTest(words=words):
                self.says(self.home.run("rules", "explain", *words), 2)

    def replayed(self):
        draft = self.write("draft.yaml", (ROOT / "config/presets/duyuan.yaml").read_text().replace("9.00", "10.00").encode())
        replay = ("rules", "replay", draft, "--month", "2026-03")
        out = self.expect(0, self.home.run(*replay, lang="zh")).out
        self.assertRegex(out, r"周\*宝 +1 +9\.00 +10\.00 +1\.00")
        self.assertNotIn("周阿宝", out)
        self.says(self.home.run(*replay, "--full"), 3)
        whole = self.expect(0, self.home.run(*replay, "--full", "--reason", "核对", "--format", "csv", lang="zh")).out
        self.assertIn("周阿宝", whole)
        bad = self.write("bad.yaml", b"centre: {}\ncanteen: {tears: 1}\n")
        said = self.home.run("rules", "replay", bad, "--month", "2026-03")
        self.assertEqual(said.code, 3)
        self.assertGreater(said.err.count("bad.yaml:"), 2)
        for words in ((draft,), ("--month", "2026-03"), (draft, "--month", "2026-13"), (*replay[2:], "--by", "day")):
            with self.subTest(words=words):
                self.says(self.home.run("rules", "replay", *words), 2)
        self.says(self.home.run("rules", "replay", draft, "--month", "2027-01"), 3)
        self.assertIn("2026-02", self.expect(0, self.home.run("rules", "replay", draft, "--month", "2026-02")).out)

    def reported(self):
        out = self.expect(0, self.home.run("report", "canteen", "2026-03", lang="zh")).out
        self.assertIn("70周岁及以上低偿餐", out)
        self.assertRegex(out, r"账首 L\d+-")
        posted = self.expect(0, self.home.run("report", "canteen", "2026-03", "--posted", "--by", "person", lang="zh")).out
        self.assertIn("周*宝", posted)
        self.assertNotIn("周阿宝", posted)
        self.assertIn("周阿宝", self.expect(0, self.home.run("report", "canteen", "2026-03", "--by", "person")).out)
        path = self.folder / "month.xlsx"
        self.expect(0, self.home.run("report", "canteen", "2026-03", "--by", "day", "-o", path))
        with zipfile.ZipFile(path) as book:
            self.assertIn("xl/charts/chart1.xml", book.namelist())
        self.says(self.home.run("report", "canteen", "2026-03", "-o", path), 3)
        for words in ((), ("2026-13",), ("2026-03", "2026-02"), ("2026-03", "--by", "tag"), ("2026-03", "--format", "xlsx")):
            with self.subTest(words=words):
                self.says(self.home.run("report", "canteen", *words), 2)

    def shared(self):
        self.says(self.home.run("fund", "share", "2026-03"), 1)
        self.says(self.home.run("fund", "share"), 2)
        said = self.expect(0, self.home.run("fund", "share", "2026-03", now=LATER)).out
        self.assertIn("1.95", said)  # 5% of 9 + 12 + 18
        self.assertIn("1.95", self.home.run("fund", "share", "2026-03", now=LATER).err)
        funds = {row["payer"]: row for row in self.home.run("fund", "list", "--format", "json", now=LATER).rows}
        self.assertEqual(funds["fund"]["balance_fen"], 195)


if __name__ == "__main__":
    story.unittest.main()
