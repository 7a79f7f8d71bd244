"""What terminals send, and what becomes of it: keys of five terminals, characters and sequences cut
apart, junk, pastes, scanners, signals, terminals that can't do it."""
import os
import time
import unittest

import story

ECHO = os.environ["MULIN_ECHO"]


class Input(unittest.TestCase):
    def desk(self, rows=24, columns=80, **env):
        desk = story.Desk([ECHO], rows, columns, env=env)
        self.addCleanup(desk.end)
        return desk

    def heard(self, desk):
        """The events so far, joined by blanks."""
        desk.wait()
        return " ".join(" ".join(desk.screen()[1:]).split())

    def hears(self, data, events, **env):
        desk = self.desk(**env).until("keys 0")
        desk.bytes(data)
        self.assertEqual(self.heard(desk), events, data)

    def test_f_keys_of_five_terminals(self):
        terminals = {
            "xterm-256color": (b"\x1bOP\x1bOQ\x1bOR\x1bOS\x1b[15~\x1b[17~\x1b[18~\x1b[19~\x1b[20~"),
            "xterm": b"\x1b[11~\x1b[12~\x1b[13~\x1b[14~\x1b[15~\x1b[17~\x1b[18~\x1b[19~\x1b[20~",
            "screen-256color": (
                b"\x1bOP\x1bOQ\x1bOR\x1bOS\x1b[15~\x1b[17~\x1b[18~\x1b[19~\x1b[20~"),
            "linux": b"\x1b[[A\x1b[[B\x1b[[C\x1b[[D\x1b[[E\x1b[17~\x1b[18~\x1b[19~\x1b[20~",
            "vt220": b"\x1bOP\x1bOQ\x1bOR\x1bOS\x1b[15~\x1b[17~\x1b[18~\x1b[19~\x1b[20~",
        }
        for term, data in terminals.items():
            with self.subTest(term):
                self.hears(data, "F1 F2 F3 F4 F5 F6 F7 F8 F9", TERM=term)

    def test_control_twins_and_editing_keys(self):
        self.hears(b"\x07\x0f\x06\x0b\x12\x04\x0e\x15\x10", "^G ^O ^F ^K ^R ^D ^N ^U ^P")
        self.hears(b"\x7f\x08\x1b[3~\r\n\t\x1b[Z", "Backspace Backspace Delete Enter Tab Shift-Tab")
        self.hears(b"\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[5~\x1b[6~\x1b[2~",
                   "Home End Home End PgUp PgDn Insert")
        self.hears(b"\x1b[1;5H\x1b[1;5F\x1b[7^\x1b[8^", "Ctrl-Home Ctrl-End Ctrl-Home Ctrl-End")
        self.hears(b"\x1b[A\x1bOA\x1b[B\x1bOD", "Up Up Down Left")

    def test_characters_whose_bytes_come_apart(self):
        desk = self.desk().until("keys 0")
        for byte in "张𠀀é".encode():
            desk.bytes(bytes([byte]))
            time.sleep(0.01)  # the point of this story: the bytes do not come together
        desk.until("characters 3")
        self.assertEqual(self.heard(desk), "张 𠀀 é")

    def test_a_key_whose_bytes_come_apart(self):
        desk = self.desk().until("keys 0")
        for data in (b"\x1b", b"[", b"A"):
            desk.bytes(data)
            time.sleep(0.04)
        self.assertEqual(self.heard(desk.until("keys 1")), "Up")

    def test_esc_alone_answers_soon(self):
        desk = self.desk().until("keys 0")
        begin = time.monotonic()
        desk.bytes(b"\x1b").until("Esc")
        self.assertLess(time.monotonic() - begin, 1.0)  # curses' own delay is a second

    def test_sequences_without_a_name_leave_no_text_behind(self):
        self.hears(b"\x1b[1;5A\x1b[99~\x1b[<0;3;4Mx\x1bOz\x1b[?1;2cy", "other other other x other other y")

    def test_bytes_of_another_encoding_are_told_once(self):
        self.hears("王敏芬".encode("gbk") + b"a", "other a")
        self.hears(b"\xe5\xbca\xff\xfeb", "other a other b")

    def test_a_paste_is_one_event(self):
        desk = self.desk().until("keys 0")
        text = "张金凤\r1\x1b[A\t" * 500
        desk.bytes(b"\x1b[200~" + text.encode() + b"\x1b[201~x")
        self.assertEqual(self.heard(desk.until("characters 1")), "paste x")
        self.assertIn("keys 0", desk.text)
        self.assertIn(f"pasted {(9 + 1 + 1 + 1) * 500}", desk.text)

    def test_a_long_paste_is_one_event_too(self):
        desk = self.desk().until("keys 0")
        long = b"\x1b[200~" + "调解\x1b[20".encode() * 2000 + b"\x1b[201~"
        sent = long + b"x\x1b[A" + long + b"\x1b[201"
        for at in range(0, len(sent), 1000):
            desk.bytes(sent[at:at + 1000])
        self.assertEqual(self.heard(desk.bytes(b"~y").until("characters 2")), "paste x Up paste y")
        self.assertIn(f"pasted {(6 + 4) * 2000}", desk.text)

    def test_a_thousand_scans_back_to_back(self):
        for end in (b"\r", b"\r\n", b"\n"):
            with self.subTest(end):
                desk = self.desk().until("keys 0")
                for i in range(10):
                    desk.bytes(b"".join(b"62284804020%08d" % (i * 100 + n) + end
                                        for n in range(100)))
                desk.until("enters 1000")
                self.assertIn("characters 19000", desk.text)

    def test_typed_before_the_start_is_not_lost(self):
        desk = story.Desk(["sh", "-c", f"stty -echo; sleep 0.3; exec {ECHO}"])
        self.addCleanup(desk.end)
        desk.bytes("张1\r".encode())
        self.assertEqual(self.heard(desk.until("enters 1")), "张 1 Enter")

    def test_a_storm_of_sizes(self):
        desk = self.desk().until("keys 0")
        for rows, columns in ((5, 20), (60, 200), (1, 1), (24, 80), (20, 60), (24, 80)):
            desk.resize(rows, columns)
        desk.bytes(b"x").until("characters 1")
        self.assertEqual(len(desk.screen()), 24)

    def test_the_end_comes_soon_and_clean(self):
        for name in ("HUP", "TERM", "INT"):
            with self.subTest(name):
                desk = self.desk().until("keys 0")
                begin = time.monotonic()
                desk.signal(name)
                self.assertEqual(desk.exited(), 7)
                self.assertLess(time.monotonic() - begin, 2)
        desk = self.desk().until("keys 0").hang_up()
        self.assertEqual(desk.exited(), 7)

    def test_control_z_and_control_c_are_keys(self):
        desk = self.desk().until("keys 0").bytes(b"\x1a\x03\x13\x11")
        self.assertEqual(self.heard(desk), "^Z ^C ^S ^Q")
        desk.signal("TSTP").bytes(b"x").until("characters 1")

    def test_terminals_that_cannot(self):
        for env, words in (({"TERM": "dumb"}, "dumb"), ({"TERM": "no-such"}, "no-such"),
                           ({"TERM": ""}, "type")):
            with self.subTest(env):
                desk = self.desk(**env)
                self.assertEqual(desk.exited(), 2)
                self.assertIn(words, desk.text)

    def test_without_a_utf8_locale_it_takes_one(self):
        desk = self.desk(LC_ALL="POSIX").until("keys 0").bytes("张".encode())
        self.assertEqual(self.heard(desk), "张")

    def test_a_cursor_move_sends_little(self):
        desk = self.desk().until("keys 0").bytes(b"a")
        self.heard(desk)
        desk.output()
        desk.bytes(b"b")
        self.heard(desk)
        self.assertLessEqual(len(desk.output()), 400)

    def test_the_probe_can_be_skipped(self):
        desk = self.desk(MULIN_PROBE="0").until("keys 0")
        self.assertNotIn(b"\x1b[6n", desk.output())
        desk = self.desk().until("lines narrow")
        self.assertIn(b"\x1b[6n", desk.output())


if __name__ == "__main__":
    unittest.main()
