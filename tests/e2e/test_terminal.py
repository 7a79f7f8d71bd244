"""The pseudo-terminal itself: what the stories on the screen rest on."""
import story


class Terminal(story.Story):
    preset = None

    def desk(self, script, rows=5, columns=60):
        desk = story.Desk(["sh", "-c", script], rows, columns)
        self.addCleanup(desk.end)
        return desk

    def test_shows_wide_characters_once_and_counts_their_cells(self):
        desk = self.desk(r"printf '张三ab'; read x")
        desk.until("张三ab")
        self.assertEqual(desk.screen()[0], "张三ab")
        self.assertEqual(desk.cursor(), (0, 6))

    def test_tells_attributes_by_runs(self):
        desk = self.desk(r"printf 'a\033[1;7mbc\033[0md'; read x")
        desk.until("abcd")
        runs = desk.attributes(0)
        self.assertEqual((runs[1][0], runs[1][1], runs[1][2]), (1, 2, ["bold", "reverse"]))

    def test_sends_keys_and_text_as_a_terminal_does(self):
        desk = self.desk(r"stty raw -echo; printf ready; head -c 9 | od -An -tx1; read x")
        desk.until("ready").type("好").key("F1", "Up")
        desk.until("e5 a5 bd 1b 4f 50 1b 5b 41")

    def test_waits_for_the_byte_of_the_program_and_for_nothing_else(self):
        desk = self.desk(r"read x; echo got; printf . >&$MULIN_TEST_FD; read y; exec sleep 60")
        desk.type("1").key("Enter").wait()
        self.assertIn("got", desk.text)
        desk.order("timeout", "200")
        desk.type("2").key("Enter")
        with self.assertRaises(AssertionError):
            desk.wait()

    def test_says_how_the_program_ended(self):
        self.assertEqual(self.desk("exit 3").exited(), 3)
        desk = self.desk("printf up; exec sleep 60")
        self.assertEqual(desk.until("up").signal("KILL").exited(), -9)

    def test_hanging_up_is_a_sighup(self):
        desk = self.desk("printf up; exec sleep 60")
        self.assertEqual(desk.until("up").hang_up().exited(), -1)

    def test_a_missing_text_fails(self):
        desk = self.desk("printf up; exec sleep 60")
        desk.order("timeout", "100")
        with self.assertRaises(AssertionError):
            desk.until("down")


if __name__ == "__main__":
    story.unittest.main()
