"""Prepaid cards and monthly accounts, from the counter's side."""
import story
from story import person, sheet


class Cards(story.Story):
    def setUp(self):
        super().setUp()
        self.import_sheet(sheet([person("陈伟", "1990-01-01", 1, 卡号="K1"), person("李强", "1991-01-01", 3)]))

    def tearDown(self):
        self.verify()

    def card(self, *words, code=0):
        return self.expect(code, self.home.run("card", *map(str, words)))

    def account(self, number):
        return self.card("show", number, "--format", "json").row

    def test_a_card_is_topped_up_used_and_refunded(self):
        self.card("topup", 1, "50")
        meal = self.serve("K1", "--pay", "card")
        self.assertEqual(self.account(1)["prepaid_fen"], 5000 - meal["pay_fen"])
        self.says(self.home.run("card", "refund", "1", "50", "--reason", "搬走"), 1)
        self.card("refund", 1, "35", "--reason", "搬走")
        self.assertEqual(self.account(1)["prepaid_fen"], 0)
        settled = self.expect(0, self.home.run("meal", "settle", "--format", "json", now=story.LUNCH)).row
        self.assertEqual((settled["card_fen"], settled["cash_fen"]), (1500, 0))

    def test_a_card_that_does_not_reach_serves_nobody(self):
        self.card("topup", 1, "14.99")
        refused = self.serve("K1", "--pay", "card", code=1)
        self.assertEqual((refused["ok"], refused["code"]), (False, "payment"))
        self.assertEqual(self.account(1)["prepaid_fen"], 1499)
        self.serve("K1")

    def test_a_lost_card_is_replaced_with_its_balance(self):
        self.card("topup", 1, "20")
        self.says(self.home.run("card", "bind", "1", "K9"), 3)
        self.card("bind", 1, "K9", "--reason", "遗失")
        self.assertEqual(self.serve("K1", code=1)["code"], "card_ended")
        self.assertEqual(self.serve("K9", "--pay", "card")["pay_fen"], 1500)
        self.says(self.home.run("card", "bind", "2", "K1"), 1)

    def test_an_unknown_card_is_given_to_somebody(self):
        self.assertEqual(self.serve("K7", code=1)["code"], "not_found")
        self.card("bind", 2, "K7")
        self.assertEqual(self.serve("K7")["name"], "李强")

    def test_the_month_is_settled(self):
        self.serve("李强", "--pay", "account")
        owing = self.expect(0, self.home.run("account", "list", "--format", "json")).rows
        self.assertEqual([(row["resident_id"], row["owed_fen"]) for row in owing], [(2, 1500)])
        self.expect(0, self.home.run("account", "pay", "2", "15"))
        self.assertEqual(self.expect(0, self.home.run("account", "list", "--format", "json")).rows, [])

    def test_wrong_use_is_told(self):
        for words, code in (("topup", "1"), 2), (("topup", "x", "5"), 2), (("topup", "1", "five"), 2), \
                           (("topup", "1", "0"), 3), (("topup", "99", "5"), 3), (("refund", "1", "5"), 3), \
                           (("show",), 2), (("bind", "1", "K1"), 3):
            with self.subTest(words=words):
                self.says(self.home.run("card", *words), code)

    def test_two_tills_cannot_spend_the_same_money(self):
        self.card("topup", 1, "15")
        self.serve("K1", "--pay", "card")
        self.expect(0, self.home.run("meal", "void", "1", "--reason", "点错"))
        self.card("refund", 1, "15", "--reason", "退卡")
        self.assertEqual(self.serve("K1", "--pay", "card", code=1)["code"], "payment")


if __name__ == "__main__":
    story.unittest.main()
