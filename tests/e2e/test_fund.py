"""Payers that pay only what their account in the fund book holds."""
import story
from story import person, sheet


class Fund(story.Story):
    preset = "jingting"

    def setUp(self):
        super().setUp()
        self.import_sheet(sheet([person(name, "1950-01-01", n, 卡号=f"J{n}", 标签="低保")
                                 for n, name in enumerate(("周阿宝", "李秀英", "王桂兰"))]))

    def tearDown(self):
        self.verify()

    def fund(self, *words, code=0, lang="en"):
        return self.expect(code, self.home.run("fund", *words, lang=lang))

    def balance(self, payer):
        rows = {row["payer"]: row for row in self.fund("list", "--format", "json").rows}
        return rows[payer]["balance_fen"]

    def test_the_workshops_income_pays_until_it_is_used_up(self):
        self.fund("receive", "workshop", "10", "--reason", "义卖")
        self.assertEqual(self.serve("J0")["payers"], {"self": 500, "workshop": 700})
        self.assertEqual(self.balance("workshop"), 300)
        self.assertEqual(self.serve("J1")["payers"], {"self": 500, "subsidy": 700})
        said = self.expect(0, self.home.run("meal", "checkin", "J2", lang="zh"))
        self.assertIn("共富工坊的账上不够", said.out)

    def test_a_voided_meal_returns_the_money(self):
        self.fund("receive", "workshop", "7", "--reason", "义卖")
        meal = self.serve("J0")
        self.assertEqual(self.balance("workshop"), 0)
        self.expect(0, self.home.run("meal", "void", str(meal["meal_id"]), "--reason", "点错"))
        self.assertEqual(self.balance("workshop"), 700)

    def test_what_is_wrong_is_said_and_nothing_is_booked(self):
        for words, code in (("spend", "charity", "1", "--reason", "买米"), 1), \
                           (("receive", "charity", "1"), 2), (("receive", "church", "1", "--reason", "x"), 2), \
                           (("receive", "self", "1", "--reason", "x"), 2), \
                           (("receive", "charity", "0", "--reason", "x"), 2), \
                           (("receive", "charity", "1.005", "--reason", "x"), 2), \
                           (("receive", "charity", "1", "--reason", " "), 3), (("receive", "charity"), 2):
            with self.subTest(words=words):
                self.says(self.home.run("fund", *words), code)
        self.assertEqual(self.balance("charity"), 0)

    def test_the_list_tells_who_pays_out_of_the_account(self):
        said = self.fund("list", lang="zh").out
        self.assertIn("共富工坊：0.00 元（账上有钱才付）", said)
        self.assertIn("助餐补贴：0.00 元（月底结账）", said)


if __name__ == "__main__":
    story.unittest.main()
