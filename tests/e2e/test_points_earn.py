"""Services: an attendance list from a spreadsheet, scans in and out, mistakes taken back."""
import story
from story import person, sheet


class Earn(story.Story):
    preset = "zhonggeng"

    def setUp(self):
        super().setUp()
        self.import_sheet(sheet([person(name, "1975-01-01", n, 卡号=f"V{n}")
                                 for n, name in enumerate(("周阿芬", "张国强", "王桂兰"))]))

    def tearDown(self):
        self.verify()

    def points(self, *words, code=0, **options):
        return self.expect(code, self.home.run("points", *words, **options))

    def table(self, text):
        path = self.folder / "list.csv"
        path.write_text(text, encoding="gb18030")
        return str(path)

    def test_a_list_is_brought_again_when_it_was_mended(self):
        words = ("earn", "--duty", "骑行巡查", "--date", "2026-03-09", "--list", "平安日", "--minutes", "120", "--file")
        said = self.points(*words, self.table("姓名,卡号,分钟\n周阿芬,V0,\n张国强,,60\n没有,V9,\n"), code=1, lang="zh")
        self.assertIn("平安日：登记 2 人，24 分", said.out, said.err)
        self.assertIn("list.csv:4: V9：没有查到", said.err)
        said = self.points(*words, self.table("姓名,卡号,分钟\n周阿芬,V0,\n张国强,,60\n王桂兰,V2,\n"), lang="zh")
        self.assertIn("平安日：登记 1 人，16 分", said.out)
        self.assertIn("2 人表上已有", said.out)
        sheet_row = self.points("list", "--lists", "--format", "json").row
        self.assertEqual((sheet_row["people"], sheet_row["minutes"], sheet_row["points"]), (3, 300, 40))
        bad = self.points(*words, self.table("卡号,分钟\nV0,两小时\n"), code=3, lang="en")
        self.assertIn("line 2", bad.err)

    def test_somebody_checks_in_and_out_and_it_was_somebody_else(self):
        self.assertIsNone(self.points("checkin", "V0", "--duty", "rider-patrol", "--format", "json").row["entry_id"])
        self.points("checkin", "V0", "--duty", "rider-patrol", code=1)
        gone = self.points("checkout", "V0", "--confirmed-by", "张国强", "--format", "json", now="2026-03-10T13:00").row
        self.assertEqual((gone["minutes"], gone["points"], gone["confirmed_by"]), (90, 12, "张国强"))
        said = self.points("reverse", str(gone["entry_id"]), "--reason", "是她妹妹", lang="zh", now="2026-03-10T14:05")
        self.assertEqual(said.out, "已冲正：周阿芬，-12 分，现有 0 分\n")
        row = self.points("list", "V0", "--format", "json").row
        self.assertTrue(row["reversed_by"] > row["entry_id"])
        self.points("reverse", str(gone["entry_id"]), "--reason", "再来", code=1)

    def test_a_forgotten_check_out_is_marked(self):
        self.points("checkin", "V1", "--duty", "rider-patrol")
        self.points("checkout", "--forgotten", now="2026-03-11T08:00")
        row = self.points("list", "--format", "json").row
        self.assertEqual((row["forgotten"], row["minutes"], row["points"]), (True, 60, 8))

    def test_ratings_and_the_old_book(self):
        said = self.points("rate", "V2", "5", "--source", "door", lang="zh")
        self.assertEqual(said.out, "王桂兰：评价记 8 分，现有 8 分\n")
        self.points("rate", "V2", "9", "--source", "door", code=3)
        opening = self.table("姓名,积分,小时\n周阿芬,350,20\n张国强,20,\n")
        self.assertIn("转入 2 人，370 分", self.points("opening", opening, lang="zh").out)
        self.assertIn("2 人表上已有", self.points("opening", opening, lang="zh").out)


if __name__ == "__main__":
    story.unittest.main()
