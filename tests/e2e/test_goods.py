"""Goods for points at many counters at once: the last piece is given once, and what is asked again
under its key is not given twice."""
import story
from story import sheet

NOW = "2026-03-10T11:30"
BOOK = """
centre: {name: 云鹭湾, division: "330205"}
canteen:
  sessions: [{id: lunch, name: 午餐, from: "10:30", to: "13:00", price: 15.00}]
points:
  duties: [{id: patrol, team: 阿姨巡逻队, name: 巡逻, per_time: 5}]
  expiry: {months: 24}
  goods: {per_month_limit: 3}
  transfers: household
"""
COUNTERS = 8
SHELF = "名称,单位,积分,库存\n大米,袋,30,1\n香皂,块,10,9\n".encode("gb18030")


class Goods(story.Story):
    def furnish(self):
        super().furnish()
        self.expect(0, self.home.run("rules", "adopt", self.write("book.yaml", BOOK.encode()), now=NOW))
        people = [{"姓名": name, "卡号": f"V{number}", "户编号": "H1"}
                  for number, name in enumerate(("王建国", "李秀英", "张桂兰", "周阿宝", "吴小妹", "郑国强", "冯玉梅", "陈水根"), 1)]
        self.import_sheet(sheet(people, headers=["姓名", "卡号", "户编号"]), now=NOW)
        opening = "卡号,积分\n" + "".join(f"V{number},50\n" for number in range(1, COUNTERS + 1))
        self.expect(0, self.home.run("points", "opening", self.write("opening.csv", opening.encode()), now=NOW))
        self.table = self.write("goods.csv", SHELF)
        self.expect(0, self.home.run("goods", "import", self.table, now=NOW))

    def tearDown(self):
        self.verify()

    def do(self, *words, code=0, now=NOW):
        return self.expect(code, self.home.run(*words, now=now))

    def stock(self):
        return {row["name"]: row["stock"] for row in self.do("goods", "list", "--format", "json").rows}

    def test_the_last_piece_and_the_retry(self):
        counters = [self.home.start("points", "redeem", f"V{number}", "大米", now=NOW)
                    for number in range(1, COUNTERS + 1)]
        told = [counter.communicate() for counter in counters]
        codes = [counter.returncode for counter in counters]
        self.assertEqual(sorted(codes), [0] + [1] * (COUNTERS - 1), told)
        for code, (out, err) in zip(codes, told):
            self.assertIn("大米" if code else "大米 × 1袋", (err if code else out).decode())
        self.assertEqual(self.stock(), {"大米": 0, "香皂": 9})
        left = [row["balance"] for row in self.do("points", "balance", *(f"V{n}" for n in range(1, COUNTERS + 1)),
                                                  "--format", "json").rows]
        self.assertEqual(sorted(left), [20] + [50] * (COUNTERS - 1))
        self.asked_again(f"V{left.index(50) + 1}")
        self.counted()

    def asked_again(self, who):
        redeem = ("points", "redeem", who, "香皂=2", "--key", "counter-3:17", "--format", "json")
        first, again = self.do(*redeem).row, self.do(*redeem).row
        self.assertEqual((first["before"], first["sum"], first["balance"], first["already"]), (50, 20, 30, False))
        self.assertEqual((again["move_id"], again["balance"], again["already"]), (first["move_id"], 30, True))
        number = str(first["move_id"])
        self.assertIn("香皂 × 2块", self.do("points", "receipt", number).out)
        self.says(self.home.run("points", "redeem", who, "香皂=2", now=NOW), 1, "还能兑 1 件")
        self.says(self.home.run("points", "give-back", number, now=NOW), 2)
        self.assertIn("退回", self.do("points", "give-back", number, "--reason", "拿错了").out)
        self.says(self.home.run("points", "give-back", number, "--reason", "拿错了", now=NOW), 1)
        self.do("points", "transfer", who, "V1" if who != "V1" else "V2", "50", "--reason", "给家里人")
        self.says(self.home.run("points", "redeem", who, "香皂", now=NOW), 1, "只有 0 分")

    def counted(self):
        self.assertEqual(self.do("goods", "import", self.table, "--dry-run", "--format", "json").row,
                         {"added": 0, "changed": 0, "same": 1, "stocked": 1, "dry_run": True})
        bad = self.write("bad.csv", "名称,积分,库存\n牙膏,5,3\n毛巾,8,-1\n".encode())
        self.says(self.home.run("goods", "import", bad, now=NOW), (1, 2, 3), "bad.csv:3")
        self.do("goods", "add", "--name", "牙膏", "--price", "5", "--unit", "支")
        self.do("goods", "change", "牙膏", "--price", "6", "--offered", "否")
        self.do("goods", "receive", "香皂", "3")
        self.says(self.home.run("goods", "count", "香皂", "11", now=NOW), (1, 2, 3), "原因")
        self.do("goods", "count", "香皂", "11", "--reason", "少一块")
        self.do("goods", "spoil", "香皂", "1", "--reason", "受潮")
        self.assertEqual(self.stock(), {"大米": 0, "香皂": 10})
        kinds = [row["kind"] for row in self.do("goods", "history", "香皂", "--format", "json").rows]
        self.assertEqual(kinds, ["spoiled", "counted", "received", "returned", "given", "received"])
        self.assertIn("受潮", self.do("goods", "history").out)
        late = "2028-04-01T09:00"
        preview = self.do("points", "expire", "--preview", "2028-04-01", "--format", "json").rows
        self.assertEqual(sum(row["points"] for row in preview), 370)
        self.assertIn("370", self.do("points", "expire", now=late).out)
        self.assertIn("，0 人", self.do("points", "expire", now=late).out)


if __name__ == "__main__":
    story.unittest.main()
