"""A whole month of the points bank, from the first service to the list on the wall, and what is asked
about it afterwards."""
import story
from story import sheet

NOW = "2026-03-10T11:30"
LATER = "2026-04-02T09:00"
BOOK = """
centre: {name: 云鹭湾, division: "330205"}
canteen:
  sessions: [{id: lunch, name: 午餐, from: "10:30", to: "13:00", price: 15.00}]
points:
  duties:
    - {id: meal-delivery, team: 小巷骑兵, name: 送餐, per_hour: 10, confirm: recipient}
    - {id: patrol, team: 阿姨巡逻队, name: 巡逻, per_time: 5}
  caps: {per_day: 40, per_month: 400}
  bonuses: [{id: heat, name: 高温, when: {months: [7, 8]}, times: 1.5}]
  stars: {by: hours, levels: [100, 300, 600, 1000, 1500], min_months: 0}
  expiry: {months: 24}
  goods: {per_month_limit: 3}
"""
DRAFT = BOOK.replace("per_time: 5", "per_time: 8").replace("per_day: 40", "per_day: 30")


class Points(story.Story):
    def furnish(self):
        super().furnish()
        self.expect(0, self.home.run("rules", "adopt", self.write("book.yaml", BOOK.encode()), now=NOW))
        people = [{"姓名": name, "性别": sex, "出生日期": birth, "卡号": card} for name, sex, birth, card in (
            ("王建国", "男", "1962-03-08", "V1"), ("李秀英", "女", "1965-01-01", "V2"),
            ("张桂兰", "女", "1958-02-02", "V3"), ("周阿宝", "男", "1940-02-02", "V4"))]
        self.import_sheet(sheet(people, headers=["姓名", "性别", "出生日期", "卡号"]), now=NOW)
        self.expect(0, self.home.run("operator", "add", "周洋", "--role", "tally"))
        self.expect(0, self.home.run("operator", "passwd", "周洋", "--password-fd", "0", stdin="135790\n"))

    def tearDown(self):
        self.verify()

    def points(self, word, *words, code=0, now=NOW, **more):
        return self.expect(code, self.home.run("points", word, *words, now=now, **more))

    def earn(self, *words, now=NOW):
        return self.points("earn", *words, "--format", "json", now=now).rows

    def refused(self, *words, code=1, now=NOW):
        self.says(self.home.run("points", *words, now=now), code)

    def test_a_month_from_the_first_service_to_the_wall(self):
        self.earned()
        self.gone_by_scan()
        self.taken_back()
        self.spent()
        self.doubted_and_closed()
        self.counted_later()
        self.posted()
        self.asked_about()

    def earned(self):
        delivery = ("--duty", "送餐", "--confirmed-by", "刘奶奶")
        first, = self.earn("V1", *delivery, "--date", "2026-03-05", "--from", "09:00", "--to", "11:00")
        self.assertEqual((first["points"], first["team"], first["entry_id"]), (20, "小巷骑兵", 1))
        self.assertEqual(self.earn("V1", *delivery, "--date", "2026-03-06", "--minutes", "300")[0]["points"], 40)
        crowd = self.earn("V1", "V2", "V3", "--duty", "patrol", "--date", "2026-03-04", "--list", "周三巡逻")
        self.assertEqual([row["points"] for row in crowd], [5, 5, 5])
        self.assertEqual({row["attendance_id"] for row in crowd}, {1})
        self.assertEqual(self.earn("V2", "--duty", "送餐", "--date", "2026-03-09", "--minutes", "65")[0]["points"], 10)
        for words in (("V1", "--duty", "巡逻", "--date", "2026-03-05", "--from", "10:00", "--to", "10:30"),
                      ("V1", "--duty", "巡逻", "--date", "2026-03-11"),
                      ("没有这个人", "--duty", "巡逻")):
            with self.subTest(words=words):
                self.refused("earn", *words)
        self.refused("earn", "V2", "--duty", "送餐", "--minutes", "1441", code=(1, 2, 3))

    def gone_by_scan(self):
        self.points("checkin", "V3", "--duty", "送餐")
        self.refused("checkin", "V3", "--duty", "送餐")
        gone = self.points("checkout", "V3", "--confirmed-by", "刘奶奶", "--format", "json", now="2026-03-10T12:30").row
        self.assertEqual((gone["minutes"], gone["points"]), (60, 10))

    def taken_back(self):
        entry = next(row["entry_id"] for row in self.points("list", "V3", "--format", "json").rows if row["duty"] == "patrol")
        self.refused("reverse", str(entry), code=(1, 2, 3))
        self.points("reverse", str(entry), "--reason", "那天没来")
        self.refused("reverse", str(entry), "--reason", "再冲一次")
        self.assertEqual(len(self.points("list", "V3", "--format", "json").rows), 2)

    def spent(self):
        """A bag of rice for 15 points, the only one: brought back once, and then taken for good."""
        self.expect(0, self.home.run("goods", "add", "--name", "大米", "--unit", "袋", "--price", "15"))
        self.expect(0, self.home.run("goods", "receive", "大米", "1"))
        self.refused("redeem", "V3", "大米")
        taken = self.points("redeem", "V1", "大米", "--format", "json").row
        self.assertEqual((taken["before"], taken["sum"], taken["balance"]), (65, 15, 50))
        self.refused("redeem", "V2", "大米")
        self.points("give-back", str(taken["move_id"]), "--reason", "拿错了")
        self.refused("give-back", str(taken["move_id"]), "--reason", "再退一次")
        self.assertIn("大米", self.points("redeem", "V1", "大米").out)
        self.assertEqual(self.points("balance", "V1", "--format", "json").row["balance"], 50)

    def doubted_and_closed(self):
        close = ("close", "2026-03", "--second", "周洋", "--second-password-fd", "0")
        month = self.points("tally", "2026-03", "--format", "json").rows
        self.assertEqual((month[0]["people"], month[0]["earned"], month[0]["spent"], month[0]["balance"]),
                         (3, 90, 15, 75))
        self.assertIn("送餐", self.points("tally", "2026-03", "--by", "duty").out)
        doubt = self.points("doubts", "2026-03", "--format", "json").row
        self.assertEqual((doubt["doubt"], doubt["name"]), ("unconfirmed", "李秀英"))
        self.says(self.home.run("points", *close, now=NOW, stdin="135790\n"), (1, 3))
        self.says(self.home.run("points", *close, now=LATER, stdin="135790\n"), (1, 3), "疑点")
        self.points("accept", "2026-03", doubt["doubt"], str(doubt["number"]), "--word", "电话问过本人", now=LATER)
        self.says(self.home.run("points", *close, now=LATER, stdin="000000\n"), (1, 3))
        self.assertIn("周洋", self.points(*close, now=LATER, stdin="135790\n").out)

    def counted_later(self):
        late = ("V2", "--duty", "送餐", "--date", "2026-03-12", "--minutes", "60", "--confirmed-by", "刘奶奶")
        self.refused("earn", *late, now=LATER)
        self.earn(*late, "--reason", "漏记", now=LATER)
        self.points("reverse", "1", "--reason", "记错了人", now=LATER)
        march = self.points("tally", "2026-03", "--format", "json", now=LATER).rows[0]
        self.assertEqual((march["earned"], march["balance"]), (90, 75))
        april = self.points("tally", "2026-04", "--format", "json", now=LATER).rows[0]
        self.assertEqual((april["earned"], april["balance"]), (-10, 65))

    def posted(self):
        """Who agreed stands there by name."""
        self.expect(0, self.home.run("volunteer", "register", "V2", "--shows-name", "是", now=LATER))
        self.expect(0, self.home.run("team", "join", "小巷骑兵", "V2", "--role", "队长", now=LATER))
        wall = self.points("post", "2026-03", now=LATER).out
        self.assertIn("王*国", wall)
        self.assertNotIn("王建国", wall)
        self.assertIn("李秀英", wall)
        self.assertRegex(wall, r"王\*国 +65 +15 +0 +50")
        statement = self.points("statement", "V1", now=LATER).out
        for words in ("王建国", "已由第", "冲正第 1 笔", "记错了人"):
            self.assertIn(words, statement)
        self.assertRegex(statement, r"-20 +30")
        paper = self.points("certificate", "V1", "--from", "2026-03-01", "--to", "2026-03-31", now=LATER).out
        self.assertIn("王建国", paper)
        self.assertIn("2026-0001", paper)

    def asked_about(self):
        told = self.expect(0, self.home.run("rules", "explain", "--entry", "2", now=LATER)).out
        for words in ("送餐", "40 分", "第 2 版规则书", "一致"):
            self.assertIn(words, told)
        self.says(self.home.run("rules", "explain", "--entry", "999", now=LATER), 3)
        draft = self.write("draft.yaml", DRAFT.encode())
        replay = ("rules", "replay", draft, "--month", "2026-03", "--by")
        told = self.expect(0, self.home.run(*replay, "volunteer", now=LATER)).out
        self.assertRegex(told, r"王\*国 +2 +2 +45 +38 +-7")
        self.assertNotIn("王建国", told)
        for by, name in (("duty", "巡逻"), ("team", "阿姨巡逻队")):
            self.assertIn(name, self.expect(0, self.home.run(*replay, by, now=LATER)).out)
        whole = self.expect(0, self.home.run(*replay, "volunteer", "--full", "--reason", "核对", now=LATER)).out
        self.assertIn("王建国", whole)
        nothing = self.home.run("rules", "replay", draft, "--month", "2026-02", "--by", "team", now=LATER)
        self.assertIn("2026-02", self.expect(0, nothing).out)


if __name__ == "__main__":
    story.unittest.main()
