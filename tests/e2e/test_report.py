"""The register counted: the published table of a community, any day, any format."""
import csv
import io
import stat
import zipfile

import story
from story import person, sheet

# What the community of 督院街 published of itself.
PUBLISHED = {"homes": 7643, "owner_occupied": 2926, "tenant": 3123, "homestay": 250, "vacant": 1344,
             "people": 21000, "estates": 53, "grids": 18, "grade_c": 3, "grade_d": 1, "flood_points": 1}


class Duyuan(story.Story):
    preset = None

    def test_the_demo_has_the_published_figures_on_whatever_day_it_is_made(self):
        for now in ("2026-11-22T11:30", "2028-02-29T23:59"):
            with self.subTest(now=now):
                home = story.Home(self.folder / now[:4])
                self.expect(0, home.run("init", "--preset", "duyuan", "--demo", now=now))
                table = self.expect(0, home.run("report", "register", "--format", "json", now=now)).row
                self.assertEqual({key: table[key] for key in PUBLISHED}, PUBLISHED)
                self.assertEqual(sum(band["people"] for band in table["ages"] if (band["from"] or 0) >= 70), 1489)
                self.assertEqual(sum(band["people"] for band in table["ages"]), 21000)
                # As near as whole courtyards and whole buildings come to 78%.
                self.assertEqual(round(100 * table["buildings_over_20_years"] / table["buildings"]), 78)
                self.assertEqual(table["estates_over_20_years"], 41)
                rows = self.expect(0, home.run("report", "register", "--by", "grid", "--format", "json", now=now)).rows
                self.assertEqual([row["name"] for row in rows][:2], ["第一网格", "第二网格"])
                self.assertEqual(sum(row["homes"] for row in rows), 7643)
                self.assertEqual(sum(row["people"] for row in rows), 21000)
        self.home = home
        # The screen counts between the keys; Esc leaves it, counting or not.
        desk = self.open(now=now)
        desk.until("23:59").wait()
        for leave in ("Esc", None):
            desk.key("F9").wait()
            desk.type("户籍统").wait().key("Enter")
            if leave:
                desk.key(leave).wait()
        desk.until("7643 户，在住 21000 人").wait()
        self.assertRegex(desk.text, r"闲置 +1,?344 +17.6%")
        desk.key("F4").until("按网格")


class Register(story.Story):
    def setUp(self):
        super().setUp()
        rows = [person("周阿宝", "1944-01-01", 1, 楼栋="3", 室="201", 与户主关系="户主", 网格="=1+1", 居住类型="自住"),
                person("李强", "1950-02-02", 3, 楼栋="3", 室="202", 与户主关系="户主", 网格="二网格", 居住类型="租户"),
                person("李小强", "1980-02-02", 5, 楼栋="3", 室="202", 与户主关系="子", 网格="二网格", 居住类型="租户")]
        self.import_sheet(sheet(rows))

    def tearDown(self):
        self.verify()

    def report(self, *words, code=0, **more):
        return self.expect(code, self.home.run("report", "register", *words, **more))

    def test_it_is_counted_in_each_format(self):
        row = self.report("--format", "json").row
        self.assertEqual((row["homes"], row["people"], row["elders"]), (2, 3, 2))
        self.assertEqual({tag["name"]: tag["people"] for tag in row["tags"]},
                         {"60+": 2, "独居": 1, "空巢": 1, "高龄": 1})
        self.assertIn("在住 3 人", self.report(lang="zh").out)
        self.assertIn("<td>=1+1</td>", self.report("--by", "grid", "--format", "html").out)
        rows = list(csv.reader(io.StringIO(self.report("--by", "grid", "--format", "csv").out.lstrip("\ufeff"))))
        self.assertEqual([row[0] for row in rows[1:]], ["'=1+1", "二网格", rows[-1][0]])
        self.assertEqual(rows[-1][1], "2")

    def test_a_file_is_written_once_and_for_its_owner_only(self):
        path = self.folder / "register.xlsx"
        self.report("-o", str(path))
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        with zipfile.ZipFile(path) as book:
            self.assertIsNone(book.testzip())
            cells = book.read("xl/worksheets/sheet1.xml").decode()
            self.assertIn("<v>3</v>", cells)
            self.assertIn("pane", cells)
            self.assertTrue([name for name in book.namelist() if "charts/chart" in name])
        before = path.read_bytes()
        self.says(self.home.run("report", "register", "-o", str(path), lang="en"), 3, "it exists")
        self.assertEqual(path.read_bytes(), before)
        self.report("--by", "age", "-o", str(path), "--overwrite")
        self.assertNotEqual(path.read_bytes(), before)
        self.assertEqual([one.name for one in self.folder.glob("*register*")], ["register.xlsx"])

    def test_what_cannot_be_is_refused_in_words(self):
        def run(*words):
            return self.home.run(*words, lang="en")

        self.says(run("report", "register", "--date", "2026-11-23"), 3, "has not come yet")
        self.says(run("report", "register", "--format", "xlsx"), 2, "-o")
        self.says(run("report", "register", "--format", "json", "-o", "x"), 2, "JSON")
        self.says(run("report", "register", "--by", "phone"), 2, "mulin report register")
        self.says(run("report", "register", "--date", "never"), 2, "mulin report register")
        self.says(run("report", "register", "-o", str(self.folder)), 3, "folder")
        self.says(run("report", "register", "-o", str(self.folder / "none" / "x.csv")), 3, "cannot write")

    def test_a_past_day_is_told_with_what_is_not_known(self):
        out = self.report("--date", "1970-01-01", lang="en").out
        self.assertIn("1970-01-01: 2 homes, 2 people", out)
        self.assertIn(f"the records began on {story.LUNCH[:10]}", out)


if __name__ == "__main__":
    story.unittest.main()
