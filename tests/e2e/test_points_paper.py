"""Points on paper: the list for the wall, the statements that it can be followed to, certificates."""
import zipfile

import ledger_reader
import story
from story import person, sheet
from test_manual import LANGUAGES, fields, source

MONTH = story.LUNCH[:7]


class PointsPaper(story.Story):
    preset = "zhonggeng"

    def setUp(self):
        super().setUp()
        self.import_sheet(sheet([person("张金凤", "1960-01-01", 0, 卡号="V0"), person("李秀英", "1962-01-01", 1, 卡号="V1")]))
        for who, duty, minutes in (("V0", "rider-patrol", 120), ("V1", "rider-patrol", 60), ("V0", "gardener-tutor", 45)):
            self.expect(0, self.home.run("points", "earn", who, "--duty", duty, "--date", "2026-03-05",
                                         "--minutes", str(minutes), "--confirmed-by", "王芳"))

    def tearDown(self):
        self.verify()

    def rows(self, *words):
        return self.expect(0, self.home.run("points", *words, "--format", "json")).rows

    def test_what_is_printed_can_be_followed(self):
        self.followed()
        self.posted()
        self.certified()
        self.refused()
        self.read_by_another_program()

    def followed(self):
        wall = self.rows("post", MONTH)
        self.assertEqual([row["name"] for row in wall], ["张*凤", "李*英"])
        for row in wall:
            entries = self.rows("statement", "--id", str(row["resident_id"]), "--from", MONTH)
            self.assertEqual(sum(entry["points"] for entry in entries), row["earned"])
            self.assertEqual(sum(entry["minutes"] for entry in entries), row["minutes"])
            self.assertEqual(entries[-1]["balance"], row["balance"])
            why = self.expect(0, self.home.run("rules", "explain", "--entry", str(entries[0]["entry_id"]))).out
            self.assertIn("骑行巡查", why)
        for lang in LANGUAGES:
            for kind, row in {"wall": wall[0], "statement": entries[0]}.items():
                self.assertEqual(fields(source(lang, "mulin.1"), kind), set(row), f"{lang}: {kind}")

    def posted(self):
        out = self.expect(0, self.home.run("points", "post", MONTH)).out
        self.assertIn("暂定", out)
        self.assertNotIn("张金凤", out)
        page = self.folder / "wall.html"
        self.expect(0, self.home.run("points", "post", MONTH, "-o", page))
        self.assertNotIn("张金凤", page.read_text())
        self.says(self.home.run("points", "post", MONTH, "-o", page), 3)
        book = self.folder / "wall.xlsx"
        self.expect(0, self.home.run("points", "post", MONTH, "-o", book))
        self.assertIn("xl/charts/chart1.xml", zipfile.ZipFile(book).namelist())
        out = self.expect(0, self.home.run("points", "statement", "V0", "--to", MONTH, lang="en")).out
        self.assertIn("rider-patrol", out)
        self.expect(0, self.home.run("points", "statement", "V0", "-o", self.folder / "own.csv"))
        noted = self.expect(0, self.home.run("audit", "--format", "json")).rows
        self.assertIn("own.csv", " ".join(row["subject"] or "" for row in noted if row["action"] == "read_points"))

    def certified(self):
        draft = self.rows("certificate", "V0", "--draft")[0]
        self.assertEqual((draft["number"], draft["services"], draft["minutes"]), (None, 2, 165))
        given = self.home.run("points", "certificate", "V0", "--from", "2026-03-01", "--format", "json")
        self.assertIn("2026-0001", self.expect(0, given).err)
        for lang in LANGUAGES:
            self.assertEqual(fields(source(lang, "mulin.1"), "certificate"), set(given.row))
        entry = self.rows("statement", "V0")[0]["entry_id"]
        self.expect(0, self.home.run("points", "reverse", str(entry), "--reason", "记错"))
        again = self.expect(0, self.home.run("points", "certificate", "--number", "2026-0001"))
        self.assertIn("2 小时 45 分", again.out)
        self.assertIn("张金凤", again.out)
        self.assertEqual(self.rows("certificates")[0]["number"], "2026-0001")
        self.assertEqual(self.rows("certificates", "V1"), [])
        self.assertIn("2026-0001", self.expect(0, self.home.run("points", "certificates", "V0")).out)

    def read_by_another_program(self):
        with ledger_reader.opened(self.home.database) as base:
            self.assertEqual(base.execute("SELECT count(*) FROM service").fetchone()[0], 3)
        ledger_reader.heads(self.home.database)

    def refused(self):
        self.says(self.home.run("points", "certificate", "V0", "--to", "2025-12-31"), 1)
        self.says(self.home.run("points", "certificate", "--number", "2026-0099"), 3)
        for words in (("post",), ("post", "2026-13"), ("statement",), ("statement", "V0", "--id", "1"), ("certificate",),
                      ("certificate", "V0", "--number", "2026-0001"), ("statement", "V0", "--from", "x")):
            with self.subTest(words=words):
                self.says(self.home.run("points", *words), 2)
        self.says(self.home.run("points", "statement", "V0", "--from", "2026-03", "--to", "2026-01"), 3)
        self.says(self.home.run("points", "statement", "nobody"), 1)
        self.says(self.home.run("points", "post", "2027-01"), 3)


if __name__ == "__main__":
    story.unittest.main()
