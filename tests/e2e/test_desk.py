"""The desk in a terminal: the lunch queue, the register, and everything that can befall a terminal."""
import sqlite3
import time

import story
from story import person, sheet

CARDS = 60


class Opened(story.Story):
    def furnish(self):
        super().furnish()
        rows = [person(f"人{n:03d}", "1946-01-01", n, 楼栋="3", 单元="1", 室=str(200 + n), 卡号=f"K{n:03d}")
                for n in range(CARDS)]
        rows += [person("欧阳修文", "1966-03-10", 1, 电话="13812345678", 楼栋="5", 单元="2", 室="501", 标签="残疾"),
                 person("欧阳修武", "1990-03-10", 3, 楼栋="5", 单元="2", 室="502"),
                 person("李\U0003158E", "1950-03-10", 5, 楼栋="6", 室="101", 卡号="RARE1")]
        self.import_sheet(sheet(rows))

    def counter(self, **options):
        """A desk with the check-in screen open."""
        desk = self.open(**options)
        desk.until("11:30").wait().type("1")
        desk.until("签到" if options.get("lang", "zh") == "zh" else "Check")
        return desk.wait()


class Counter(Opened):
    def tearDown(self):
        self.verify()

    def test_a_card_serves_at_once_and_the_box_is_ready_again(self):
        desk = self.counter()
        box = desk.cursor()
        desk.scan("K000").until("人000")
        text = desk.text
        for word in ("80", "7.00", "8.00", "80周岁及以上"):
            self.assertIn(word, text)
        self.assertEqual(desk.cursor(), box)
        self.assertEqual(self.serve("K000", code=1)["code"], "already_served")

    def test_a_whole_id_number_serves_at_once(self):
        desk = self.counter()
        desk.scan(person("", "1966-03-10", 1)["身份证号"]).until("12.00")
        self.assertIn("欧阳修文", desk.text)

    def test_a_name_gives_a_list_and_enter_serves(self):
        for number, query in enumerate(("欧阳", "oyxw", "5678", "ouyang")):
            desk = self.counter()
            desk.type(query).until("欧阳修文")
            self.assertNotEqual(self.home.run("meal", "list").out.count("欧阳修文"), number + 1, "only typed")
            if query in ("欧阳", "ouyang"):
                self.assertIn("欧阳修武", desk.text)
            if query in ("oyxw", "ouyang"):
                desk.key("Esc").gone("欧阳修武").end()
                continue
            desk.key("Enter")
            desk.until("12.00" if number == 0 else "已经")
            desk.end()
        self.assertEqual(self.serve("欧阳修文", code=1)["code"], "already_served")

    def test_the_list_is_walked_with_arrows(self):
        desk = self.counter()
        desk.type("欧阳").until("欧阳修武").key("Down", "Enter").until("15.00")
        desk.until("全价")
        self.assertIn("欧阳修武", desk.text)
        self.assertEqual(self.serve("欧阳修武", code=1)["code"], "already_served")

    def test_refusals_stand_in_line_and_the_queue_goes_on(self):
        desk = self.counter()
        desk.scan("K001").until("人001").scan("K001").until("×")
        self.assertNotIn("┌", desk.text)
        desk.scan("NOBODY1").until("NOBODY1").scan("K002").until("√")
        desk.until("人002")

    def test_last_eight_below_and_figures_at_the_side(self):
        desk = self.counter()
        for n in range(10):
            desk.scan(f"K{n:03d}").until(f"人{n:03d}")
        desk.until("10 份")
        text = desk.text
        for n in range(2, 10):
            self.assertIn(f"人{n:03d}", text)
        self.assertNotIn("人000", text)
        self.assertIn("40", text)
        self.assertIn("80.00", text)

    def test_f8_takes_the_last_one_back_with_a_reason(self):
        desk = self.counter()
        desk.scan("K003").until("√").key("F8").until("原因").type("点错人").key("Enter").until("作废")
        desk.gone("┌")
        self.assertTrue(self.serve("K003")["ok"])

    def test_f8_without_a_reason_takes_nothing_back(self):
        desk = self.counter()
        desk.scan("K003").until("√").key("F8").until("原因").key("Enter").wait()
        desk.key("Esc").gone("┌")
        self.assertEqual(self.serve("K003", code=1)["code"], "already_served")

    def test_a_second_counter_shows_by_itself(self):
        desk = self.counter()
        self.serve("K010")
        begin = time.monotonic()
        desk.until("人010")
        self.assertLess(time.monotonic() - begin, 2.5)
        desk.until("1 份")

    def test_none_of_a_burst_of_scans_is_lost(self):
        desk = self.counter()
        burst = "".join(f"K{n % CARDS:03d}\r" for n in range(300))
        desk.bytes(burst.encode()).wait()
        desk.until(f"{CARDS} 份")
        self.assertEqual(self.home.run("meal", "settle", "--format", "json").code, 0)
        done = self.home.run("meal", "checkin", "-", "--format", "json",
                             stdin="".join(f"K{n:03d}\n" for n in range(CARDS)))
        self.assertEqual({row.get("code") for row in done.rows}, {"already_served"})

    def test_scans_that_end_with_tab_or_line_feed(self):
        desk = self.counter()
        desk.bytes(b"K004\t").until("人004")
        desk.bytes(b"K005\n").until("人005")
        desk.bytes(b"K006\r\n").until("人006")
        desk.until("3 份")
        desk.scan("Ｋ００７").until("人007")

    def test_while_another_desk_saves_the_queue_waits_and_nothing_is_lost(self):
        desk = self.counter()
        connection = sqlite3.connect(self.home.database, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
        desk.scan("K020").scan("K021")
        time.sleep(1)
        connection.execute("ROLLBACK")
        connection.close()
        desk.until("人020").until("人021").until("2 份")

    def test_in_english(self):
        desk = self.open(lang="en")
        desk.until("11:30").wait().type("1").wait()
        desk.scan("K000").until("8.00")
        rest = desk.text.replace("80周岁及以上", "").replace("人000", "").replace("云鹭湾社区", "")
        for word in ("午餐", "户外劳动者公益餐", "独居", "空巢"):  # of the rules and the register
            rest = rest.replace(word, "")
        self.assertNotRegex(rest, "[\u4e00-\u9fff]")


class Register(Opened):
    def test_found_looked_at_and_changed(self):
        desk = self.open()
        desk.until("11:30").wait().type("2").wait()
        desk.type("oyxw").until("欧阳修文")
        self.assertIn("138****5678", desk.text)
        self.assertNotIn("13812345678", desk.text)
        desk.key("Enter").until("501")

    def test_a_new_file_by_the_keyboard_alone(self):
        desk = self.open()
        desk.until("11:30").wait().type("3").until("姓名").wait()
        number = person("", "1955-05-05", 2)["身份证号"]
        desk.type("诸葛小明").key("Enter").type(number).key("Enter").wait()
        self.assertIn("1955-05-05", desk.text)
        desk.key("F2").until("已登记")
        found = self.find("zgxm")
        self.assertEqual([(f["name"], f["age"]) for f in found], [("诸葛小明", 70)])

    def test_what_acts_on_a_terminal_never_comes_in(self):
        desk = self.open()
        desk.until("11:30").wait().type("3").until("姓名").wait()
        desk.bytes("\x1b[200~诸葛\u202e小\u200b明\x07\n\x1b[201~".encode()).wait()
        desk.key("F2").until("已登记")
        self.assertEqual(self.names("诸葛小明"), ["诸葛小明"])
        output = desk.output()
        for bad in ("\u202e", "\u200b"):
            self.assertNotIn(bad.encode(), output)

    def test_a_bad_id_number_is_told_on_leaving_and_does_not_hold_the_caret(self):
        desk = self.open()
        desk.until("11:30").wait().type("3").until("姓名").wait()
        desk.type("诸葛").key("Enter").type("330205195505050000").key("Enter").until("校验")
        desk.key("Enter").wait()
        desk.key("F2").wait()
        self.assertEqual(self.find("诸葛"), [])
        self.assertIn("校验", desk.text)

    def test_rare_characters_keep_their_bytes_and_show_as_a_mark(self):
        desk = self.open()
        desk.until("11:30").wait().type("2").wait()
        desk.type("6-101").until("李〓")
        self.assertEqual(self.names("RARE1"), ["李\U0003158E"])


class Terminals(Opened):
    def test_full_width_digits_open_screens(self):
        desk = self.open()
        desk.until("11:30").wait().type("１").until("签到")
        desk.until("免费餐还剩")

    def test_every_size_down_to_the_notice(self):
        desk = self.counter()
        desk.type("欧阳")
        for rows, columns in ((20, 60), (24, 80), (40, 120), (24, 80)):
            desk.resize(rows, columns).until("欧阳修文")
            for row in desk.screen():
                self.assertLessEqual(len(row), columns)
        desk.resize(5, 20).gone("欧阳修文")
        desk.wait()
        self.assertTrue(desk.text.strip(), "a notice")
        desk.resize(24, 80).until("欧阳修文")
        desk.key("Enter").until("√")

    def test_opened_in_a_window_that_is_too_small(self):
        for rows, columns in ((5, 20), (2, 10), (24, 10), (3, 80)):
            desk = self.open(rows=rows, columns=columns)
            desk.wait()
            desk.resize(24, 80).until("助餐签到")
            desk.end()

    def test_storms_of_sizes_and_a_card_right_behind(self):
        desk = self.counter()
        for storm in range(story.rounds(8)):
            for n in range(60):
                desk.resize(5 + (n + storm) % 40, 20 + n * 7 % 150)
            desk.resize(24, 80).scan(f"K{storm % CARDS:03d}")
            desk.until(f"人{storm % CARDS:03d}" if storm < CARDS else "×")
        desk.until(f"{min(storm + 1, CARDS)} 份")

    def test_no_utf_8_no_terminal_type(self):
        for env in ({"TERM": "dumb"}, {"TERM": ""}, {"TERM": "no-such-terminal"}):
            for lang in ("zh", "en"):
                desk = self.open(lang=lang, env=env)
                self.assertIn(desk.exited(), (2, 3), env)
                self.assertIn("TERM", desk.text)
                desk.end()
        for env in ({"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"LC_ALL": "zh_CN.GBK"}):
            desk = self.open(env=env)
            desk.until("助餐签到")
            desk.end()

    def test_without_colour(self):
        desk = self.open(env={"NO_COLOR": "1"})
        desk.until("助餐签到").type("1").wait()
        desk.scan("K001").until("√")
        for row in range(24):
            for run in desk.attributes(row):
                self.assertEqual(run[3:5], ("default", "default"), run)

    def test_keys_that_do_nothing_here_say_so(self):
        desk = self.counter()
        desk.key("F2").until("F2")
        desk.key("F12").wait()
        self.assertIn("F12", desk.text)

    def test_help_and_menu_and_back(self):
        desk = self.counter()
        desk.key("F1").until("┌").until("F8").key("Esc").gone("┌")
        desk.key("F9").until("┌").type("jies").until("助餐结算").key("Esc").wait()
        desk.key("Esc").wait()

    def test_garbage_from_the_keyboard(self):
        desk = self.counter()
        desk.bytes(bytes(range(128, 256)) * 4).wait()
        desk.bytes(b"\x1b[999;999;999~\x1bOz\x1b]0;title\x07\x1bP\x1b\\\x00\x00").wait()
        desk.key("Esc").wait()
        desk.key("Ctrl-U").wait()
        self.assertIsNone(desk.process.poll())
        desk.key("Esc", "Esc", "Esc", "Esc").wait()

    def test_the_title_and_the_cursor_are_left_as_they_were(self):
        desk = self.open()
        desk.until("助餐签到")
        desk.key("Ctrl-C").wait()
        desk.key("Ctrl-Z").wait()
        self.assertIn("助餐签到", desk.text)


class Dropped(Opened):
    """The line drops, the machine is switched off, somebody kills the program."""

    def half_typed(self):
        desk = self.open()
        desk.until("11:30").wait().type("3").until("姓名").wait()
        desk.type("慕容未完").until("慕容未完").key("Enter").wait()
        time.sleep(2.5)
        return desk

    def comes_back(self):
        desk = self.open()
        desk.until("11:30").wait().type("3").until("慕容未完")
        return desk

    def test_hanging_up_ends_the_desk_and_keeps_the_draft(self):
        desk = self.half_typed()
        begin = time.monotonic()
        desk.hang_up()
        desk.exited()
        self.assertLess(time.monotonic() - begin, 2)
        self.comes_back()
        self.assertEqual(self.find("慕容未完"), [])

    def test_terminating_keeps_what_was_typed_last(self):
        for signal in ("TERM", "HUP"):
            desk = self.open()
            desk.until("11:30").wait().type("3").until("姓名").wait()
            desk.type("慕容未完").until("慕容未完")
            desk.signal(signal)
            desk.exited()
            self.comes_back().end()

    def test_kill_9_loses_two_seconds_at_most(self):
        self.half_typed().signal("KILL").exited()
        self.comes_back()

    def test_a_killed_counter_keeps_every_meal(self):
        desk = self.counter()
        for n in range(5):
            desk.scan(f"K{n:03d}").until(f"人{n:03d}")
        desk.signal("KILL")
        desk.exited()
        for n in range(5):
            self.assertEqual(self.serve(f"K{n:03d}", code=1)["code"], "already_served")
        self.counter().until("5 份")
        self.verify()

    def test_a_reader_of_the_terminal_that_stops_holds_up_nobody(self):
        desk = self.counter()
        desk.signal("STOP")
        for n in range(3):
            self.serve(f"K{n:03d}")
        desk.signal("CONT")
        desk.until("3 份")


if __name__ == "__main__":
    story.unittest.main()
