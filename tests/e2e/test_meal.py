"""Lunch by command: what it costs, who pays, what is refused."""
import story
from story import person, sheet

DINNER = "2026-03-10T17:00"
SERVED = {"who", "ok", "meal_id", "resident_id", "name", "session", "date", "price_fen", "pay_fen",
          "payers", "tier", "message"}


class Canteen(story.Story):
    people = [
        person("赵八十", "1946-03-10", 1, 卡号="C80", 电话="13800000080"),
        person("钱七九", "1946-03-11", 1, 卡号="C79"),
        person("孙六十", "1966-03-10", 1, 卡号="C60"),
        person("李五九", "1966-03-11", 1, 卡号="C59"),
        person("周低保", "1950-01-01", 1, 卡号="CH1", 标签="低保"),
        person("吴特困", "1940-01-01", 1, 卡号="CH2", 标签="特困"),
        person("郑年轻", "1990-01-01", 1, 卡号="CY1", 标签="低保"),
        person("王同名", "1950-02-02", 1, 卡号="CT1"),
        person("王同名", "1951-02-02", 1, 卡号="CT2"),
        {"姓名": "冯无证", "卡号": "CN1"},
    ]

    def furnish(self):
        super().furnish()
        rows = [{**{"楼栋": "3", "室": str(100 + n)}, **row} for n, row in enumerate(self.people)]
        self.assertEqual(self.import_sheet(sheet(rows)).row["added"], len(rows))

    def tearDown(self):
        self.verify()

    def refused(self, code, *who, now=story.LUNCH):
        row = self.serve(*who, code=1, now=now)
        self.assertIs(row["ok"], False)
        self.assertEqual(row["code"], code, row)
        self.assertTrue(row["message"])
        return row


class Prices(Canteen):
    def test_each_tier_of_the_book(self):
        for card, tier, pay, payers in (
                ("C80", "tier-80", 800, {"self": 800, "subsidy": 700}),
                ("C79", "tier-60", 1200, {"self": 1200, "subsidy": 300}),
                ("C60", "tier-60", 1200, {"self": 1200, "subsidy": 300}),
                ("C59", None, 1500, {"self": 1500}),
                ("CH1", "hardship", 200, {"self": 200, "workshop": 1300}),
                ("CH2", "hardship", 200, {"self": 200, "workshop": 1300}),
                ("CY1", None, 1500, {"self": 1500}),
                ("CN1", None, 1500, {"self": 1500})):
            with self.subTest(card=card):
                row = self.serve(card)
                self.assertEqual(row["tier"] or None, tier)
                self.assertEqual((row["price_fen"], row["pay_fen"]), (1500, pay))
                self.assertEqual({k: v for k, v in row["payers"].items() if v}, payers)

    def test_the_line_has_every_key(self):
        row = self.serve("赵八十")
        self.assertLessEqual(SERVED, row.keys())
        self.assertIs(row["ok"], True)
        self.assertEqual((row["who"], row["name"], row["session"], row["date"]),
                         ("赵八十", "赵八十", "lunch", "2026-03-10"))
        self.assertIsInstance(row["resident_id"], int)
        self.assertIsInstance(row["meal_id"], int)
        self.assertEqual(row["resident_id"], self.find("赵八十")[0]["id"])

    def test_who_is_a_card_an_id_number_a_name_a_sound_or_a_phone_tail(self):
        for who in ("C80", self.people[0]["身份证号"], "赵八十", "zbs", "0080"):
            with self.subTest(who=who):
                row = self.serve(who)
                self.assertEqual(row["name"], "赵八十")
                self.expect(0, self.home.run("meal", "void", row["meal_id"], "--reason", "点错"))

    def test_several_at_once_get_a_line_each_in_order(self):
        done = self.home.run("meal", "checkin", "C80", "C404", "C60", "--format", "json")
        self.expect(1, done)
        self.assertEqual([(row["who"], row["ok"]) for row in done.rows],
                         [("C80", True), ("C404", False), ("C60", True)])

    def test_a_payment_by_card_or_cash(self):
        self.serve("C80", "--pay", "card", code=1)
        self.expect(0, self.home.run("card", "topup", str(self.find("C80")[0]["id"]), "20"))
        self.serve("C80", "--pay", "card")
        self.serve("C60", "--pay", "cash")
        self.assertEqual(self.home.run("meal", "checkin", "C59", "--pay", "gold").code, 2)
        self.serve("C59")

    def test_the_session_may_be_named(self):
        self.assertEqual(self.serve("C80", "--session", "lunch")["session"], "lunch")
        done = self.home.run("meal", "checkin", "C60", "--session", "brunch", "--format", "json")
        self.assertIn(done.code, (1, 2, 3), str(done))
        self.serve("C60")

    def test_a_second_meal_of_the_day_is_at_full_price(self):
        self.assertEqual(self.serve("C80")["pay_fen"], 800)
        row = self.serve("C80", now=DINNER)
        self.assertEqual((row["session"], row["pay_fen"], row["tier"] or None), ("dinner", 1500, None))
        self.assertEqual(self.serve("C80", now="2026-03-11T11:00")["pay_fen"], 800)

    def test_a_voided_lunch_does_not_use_up_the_day(self):
        first = self.serve("C80")
        self.expect(0, self.home.run("meal", "void", first["meal_id"], "--reason", "没来"))
        self.assertEqual(self.serve("C80", now=DINNER)["pay_fen"], 800)

    def test_messages_in_both_languages(self):
        for lang in ("zh", "en"):
            done = self.home.run("meal", "checkin", "C80" if lang == "zh" else "C60", "--format", "json",
                                 lang=lang)
            message = self.expect(0, done).row["message"]
            self.assertEqual(any("\u4e00" <= c <= "\u9fff" for c in message.replace("赵八十", "").replace(
                "孙六十", "").replace("周岁及以上", "").replace("午餐", "")), lang == "zh", message)


class Refusals(Canteen):
    def test_the_same_session_twice(self):
        self.serve("C80")
        self.refused("already_served", "C80")
        self.refused("already_served", self.people[0]["身份证号"], now="2026-03-10T12:59")

    def test_nobody_and_too_many(self):
        self.refused("not_found", "查无此人")
        self.refused("ambiguous", "王同名")
        self.assertEqual(self.serve("CT2")["name"], "王同名")

    def test_outside_the_sessions(self):
        for now in ("2026-03-10T10:29", "2026-03-10T13:00", "2026-03-10T18:30", "2026-03-10T00:00"):
            self.refused("closed", "C80", now=now)
        self.serve("C80", now="2026-03-10T10:30")
        self.serve("C60", now="2026-03-10T12:59")

    def test_those_who_moved_out_or_died(self):
        for who, how, code in (("赵八十", "--moved-out", "moved_out"), ("孙六十", "--died", "deceased")):
            number = self.find(who)[0]["id"]
            self.expect(0, self.home.run("resident", "end", number, how, "2026-03-01"))
            row = self.refused(code, who)
            self.assertIn("2026-03-01", row["message"])
            self.assertIn("2026-03-01", self.refused(code, self.people[0]["卡号"] if how == "--moved-out"
                                                     else "C60")["message"])
            self.expect(0, self.home.run("resident", "restore", number))
            self.assertTrue(self.serve(who)["ok"])

    def test_part_of_a_number_serves_nobody(self):
        self.assertIs(self.serve("C8", code=1)["ok"], False)

    def test_hostile_input(self):
        for who in ("'", "%", "\x1b]0;x\x07", "张\u202e三", "x" * 100000):
            row = self.serve(who, code=1)
            self.assertIs(row["ok"], False)
            self.assertNotIn("\x1b", row["message"])
            self.assertNotIn("\u202e", row["message"])

    def test_wrong_use(self):
        for arguments in (("meal",), ("meal", "checkin"), ("meal", "eat"), ("meal", "void"),
                          ("meal", "checkin", "C80", "--format", "xml"), ("meal", "settle", "yesterday"),
                          ("meal", "checkin", "--colour", "red", "C80")):
            with self.subTest(arguments=arguments):
                self.says(self.home.run(*arguments), 2)


class Outdoor(Canteen):
    def test_people_without_a_file_eat_on_charity(self):
        row = self.serve("--outdoor", "外卖员", "--note", "美团 蓝衣")
        self.assertEqual((row["tier"], row["price_fen"], row["pay_fen"]), ("outdoor", 1500, 0))
        self.assertEqual({k: v for k, v in row["payers"].items() if v}, {"charity": 1500})
        self.assertIsNone(row["resident_id"])

    def test_two_couriers_are_two_people(self):
        self.assertNotEqual(self.serve("--outdoor", "外卖员")["meal_id"],
                            self.serve("--outdoor", "外卖员")["meal_id"])

    def test_another_trade_is_no_outdoor_worker(self):
        done = self.home.run("meal", "checkin", "--outdoor", "银行家", "--format", "json")
        if done.code == 0:
            self.assertEqual(done.row["pay_fen"], 1500)
        else:
            self.assertIn(done.code, (1, 2), str(done))

    def test_forty_and_no_more(self):
        for _ in range(40):
            self.assertEqual(self.serve("--outdoor", "环卫工")["pay_fen"], 0)
        done = self.home.run("meal", "checkin", "--outdoor", "环卫工", "--format", "json")
        row = done.row
        if row["ok"]:
            self.assertEqual((done.code, row["pay_fen"]), (0, 1500))
            self.assertIn("户外劳动者公益餐", row["message"], "the message says which tier is used up")
        else:
            self.assertEqual((done.code, row["code"]), (1, "quota"))
        self.assertEqual(self.serve("--outdoor", "环卫工", now="2026-03-11T11:00")["pay_fen"], 0)

    def test_a_voided_meal_gives_its_place_back(self):
        rows = [self.serve("--outdoor", "环卫工") for _ in range(40)]
        self.expect(0, self.home.run("meal", "void", rows[7]["meal_id"], "--reason", "点错"))
        self.assertEqual(self.serve("--outdoor", "环卫工")["pay_fen"], 0)
        done = self.home.run("meal", "checkin", "--outdoor", "环卫工", "--format", "json").row
        self.assertTrue(not done["ok"] or done["pay_fen"] == 1500, done)


class Void(Canteen):
    def void(self, meal, *more, code=0, now=story.LUNCH):
        return self.expect(code, self.home.run("meal", "void", meal, "--reason", "点错人", *more, now=now))

    def test_a_voided_meal_may_be_had_again(self):
        meal = self.serve("C80")["meal_id"]
        self.void(meal)
        again = self.serve("C80")
        self.assertNotEqual(again["meal_id"], meal)
        self.assertEqual(again["pay_fen"], 800)

    def test_within_thirty_minutes(self):
        meal = self.serve("C80", now="2026-03-10T11:00")["meal_id"]
        self.void(meal, code=1, now="2026-03-10T11:31")
        self.refused("already_served", "C80", now="2026-03-10T11:32")
        self.void(meal, now="2026-03-10T11:30")

    def test_only_once(self):
        meal = self.serve("C80")["meal_id"]
        self.void(meal)
        self.void(meal, code=1)

    def test_only_with_a_reason(self):
        meal = self.serve("C80")["meal_id"]
        self.says(self.home.run("meal", "void", meal), 2, "--reason")
        self.assertIn(self.home.run("meal", "void", meal, "--reason", " ").code, (1, 2, 3))
        self.refused("already_served", "C80")

    def test_only_a_meal(self):
        for meal, codes in (("999999", (1, 3)), ("x", (2,)), ("-1", (1, 2, 3)), ("0", (1, 2, 3)),
                            ("99999999999999999999", (1, 2, 3))):
            self.assertIn(self.home.run("meal", "void", meal, "--reason", "错").code, codes, meal)


class Settle(Canteen):
    def test_totals_by_tier_and_payer(self):
        for card in ("C80", "C79", "C60", "C59", "CH1"):
            self.serve(card)
        self.serve("--outdoor", "快递员")
        voided = self.serve("CY1")["meal_id"]
        self.expect(0, self.home.run("meal", "void", voided, "--reason", "点错"))
        self.serve("C59", now="2026-03-11T11:00")
        for lang in ("zh", "en"):
            done = self.expect(0, self.home.run("meal", "settle", "2026-03-10", lang=lang))
            text = done.out
            # self 8 + 12 + 12 + 15 + 2, subsidy 7 + 3 + 3, workshop 13, charity 15, all 6 × 15
            for amount in ("49.00", "13.00", "15.00", "90.00"):
                self.assertIn(amount, text)
            for tier in ("80周岁及以上", "60周岁及以上", "困难老人工坊餐", "户外劳动者公益餐"):
                self.assertIn(tier, text)

    def test_today_when_no_date_is_given(self):
        self.serve("C59")
        self.assertIn("15.00", self.expect(0, self.home.run("meal", "settle")).out)

    def test_a_day_without_meals(self):
        self.expect(0, self.home.run("meal", "settle", "2026-01-01"))

    def test_the_posted_sheet_shows_the_head_of_the_chain(self):
        self.serve("C80")
        first = self.expect(0, self.home.run("meal", "settle")).out
        self.serve("C60")
        second = self.expect(0, self.home.run("meal", "settle")).out
        head = story.re.compile(r"\b[LA][0-9]+(?:-[0-9a-f]{4}){4}-[0-9]{2}\b")
        self.assertEqual([found[0] for found in head.findall(first)], ["L", "A"])
        self.assertNotEqual(head.findall(first)[0], head.findall(second)[0])


if __name__ == "__main__":
    story.unittest.main()
