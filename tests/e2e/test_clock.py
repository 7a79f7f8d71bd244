"""The computer's clock goes back while people stand in the queue: nobody eats twice, no quota begins
anew, and somebody is told."""
import story

QUOTA = 3  # meals a day for couriers and cleaners


class Clock(story.Story):
    def setUp(self):
        super().setUp()
        self.import_sheet(story.sheet([story.person("钟秀英", "1940-01-01", 2, 卡号="C80"),
                                       story.person("钟阿福", "1941-01-01", 1, 卡号="C85")]))

        book = self.expect(0, self.home.run("rules", "show")).out
        self.assertEqual(book.count("daily_quota: 40"), 1)
        self.write("book.yaml", book.replace("daily_quota: 40", f"daily_quota: {QUOTA}").encode())
        self.expect(0, self.home.run("rules", "adopt", self.folder / "book.yaml"))

    def courier(self, now, *options):
        return self.expect(0, self.home.run("meal", "checkin", "--outdoor", "外卖员", "--format", "json", *options,
                                            now=now)).row

    def use_up_the_quota(self, now):
        for _ in range(QUOTA):
            self.assertEqual(self.courier(now)["pay_fen"], 0)

    def meals(self, date):
        return self.expect(0, self.home.run("meal", "settle", date, "--format", "json")).row["meals"]

    def test_a_day_back(self):
        self.use_up_the_quota("2026-03-10T11:30")
        self.serve("C80", now="2026-03-10T11:30")
        row = self.courier("2026-03-09T11:31")
        self.assertEqual((row["date"], row["pay_fen"], row["tier"]), ("2026-03-10", 1500, None))
        self.assertIn("名额已用完", row["message"])
        self.assertIn("电脑时钟退到了 2026-03-09", row["message"])
        again = self.serve("C80", now="2026-03-09T11:32", code=1)
        self.assertEqual(again["code"], "already_served")
        served = self.serve("C85", now="2026-03-09T11:33")
        self.assertEqual((served["date"], served["pay_fen"]), ("2026-03-10", 800))
        voided = self.expect(0, self.home.run("meal", "void", served["meal_id"], "--reason", "点错", "--format", "json",
                                              now="2026-03-09T11:34")).row
        self.assertEqual(voided["date"], "2026-03-10")
        self.assertEqual((self.meals("2026-03-09"), self.meals("2026-03-10")), (0, QUOTA + 2))
        self.assertNotIn("时钟", self.serve("C85", now="2026-03-10T11:40")["message"])
        self.verify()

    def test_back_over_midnight(self):
        late, next_day = "2026-03-10T23:59", "2026-03-11T00:01"
        self.assertEqual(self.serve("C80", "--session", "dinner", "--reason", "补签", now=late)["date"], "2026-03-10")
        self.assertEqual(self.courier(next_day, "--session", "dinner", "--reason", "补签")["date"], "2026-03-11")
        row = self.serve("C80", "--session", "dinner", "--reason", "补签", now=late)
        self.assertEqual(row["date"], "2026-03-11")
        self.assertIn("时钟", row["message"])
        self.assertEqual(self.serve("C80", "--session", "dinner", "--reason", "补签", now=next_day, code=1)["code"], "already_served")
        self.verify()

    def test_on_over_midnight_a_new_day_begins(self):
        self.use_up_the_quota("2026-03-10T11:30")
        row = self.courier("2026-03-11T00:00", "--session", "lunch", "--reason", "补签")
        self.assertEqual((row["date"], row["pay_fen"]), ("2026-03-11", 0))
        self.assertNotIn("时钟", row["message"])
        self.verify()

    def test_a_wrong_year_does_not_hold_the_house(self):
        self.courier("2027-03-10T11:30")
        row = self.courier("2026-03-10T11:30")
        self.assertEqual((row["date"], row["pay_fen"]), ("2026-03-10", 0))
        self.assertIn("电脑时钟是 2026-03-10，比最后一笔账（2027-03-10）早", row["message"])
        self.assertNotIn("时钟", self.courier("2026-03-10T11:31")["message"])
        self.verify()

    def test_the_screen_says_so_too(self):
        self.courier("2026-03-12T11:30")
        desk = self.open(now="2026-03-11T11:31")
        desk.until("首页").type("1").until("› 助餐签到")
        desk.scan("C80")
        desk.until("请付 8.00").until("时钟")
        self.assertEqual(self.meals("2026-03-12"), 2)


if __name__ == "__main__":
    story.unittest.main()
