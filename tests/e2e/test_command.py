"""The command itself: homes, words, statuses."""
import contextlib
import os
import sqlite3
import stat

import story
from story import Home


class Init(story.Story):
    preset = None

    def test_makes_a_home_that_only_its_owner_sees(self):
        self.expect(0, self.home.run("init", "--preset", "yunluwan"))
        self.assertEqual(stat.S_IMODE(self.home.path.stat().st_mode), 0o700)
        for path in self.home.path.rglob("*"):
            if path.is_file():
                self.assertEqual(stat.S_IMODE(path.stat().st_mode) & 0o077, 0, path)
        self.verify()

    def test_asks_nothing(self):
        done = story.subprocess.run(["sh", "-c", 'exec "$@" <&-', "sh", *self.home.command("init")],
                                    capture_output=True, env=story.environment(), timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_never_overwrites_a_home(self):
        self.expect(0, self.home.run("init", "--preset", "yunluwan"))
        before = self.home.database.read_bytes()
        done = self.home.run("init", "--preset", "yunluwan", "--demo")
        self.assertNotEqual(done.code, 0)
        self.says(done, done.code)
        self.assertEqual(self.home.database.read_bytes(), before)

    def test_an_unknown_preset_is_named_with_those_that_exist(self):
        for lang in ("zh", "en"):
            done = self.home.run("init", "--preset", "atlantis", lang=lang)
            self.assertIn(done.code, (2, 3))
            self.says(done, done.code, "atlantis", "yunluwan")
        self.assertFalse(self.home.database.exists())

    def test_where_the_home_is(self):
        for name, value, home in (("MULIN_HOME", "a", "a"), ("XDG_DATA_HOME", "b", "b/mulin"),
                                  ("HOME", "c", "c/.local/share/mulin")):
            done = story.subprocess.run([story.MULIN, "init"], capture_output=True, timeout=60,
                                        env=story.environment(**{name: str(self.folder / value)}))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertTrue((self.folder / home / "mulin.db").exists(), name)

    def test_a_folder_that_cannot_be_made(self):
        (self.folder / "file").write_bytes(b"")
        done = Home(self.folder / "file" / "home").run("init")
        self.assertIn(done.code, (3, 4))
        self.says(done, done.code, "file")


class Words(story.Story):
    def test_help_names_every_command_in_both_languages(self):
        for lang in ("zh", "en"):
            out = self.expect(0, self.home.run("--help", lang=lang)).out
            for word in ("init", "import", "find", "meal", "rules", "verify", "today"):
                self.assertIn(word, out)
        self.assertRegex(self.expect(0, self.home.run("--version")).out, r"mulin.*\d+\.\d+")

    def test_wrong_use_is_two_and_says_what_is_right(self):
        for arguments in (("dance",), ("--colour",), ("import",), ("import", "cats", "x.csv"), ("find",),
                          ("find", "x", "--format", "xml"), ("find", "x", "--limit", "many"),
                          ("find", "x", "--limit", "-1"), ("init", "--preset"), ("rules",),
                          ("verify", "now"), ("--lang", "fr", "today")):
            with self.subTest(arguments=arguments):
                for lang in ("zh", "en"):
                    self.says(self.home.run(*arguments, lang=lang), 2)

    def test_help_about_one_command_or_all_of_one_word(self):
        one = self.expect(0, self.home.run("meal", "checkin", "--help")).out
        self.assertIn("mulin meal checkin ", one)
        self.assertNotIn("mulin meal void ", one)
        for arguments in (("meal", "--help"), ("meal", "waltz", "--help")):
            out = self.expect(0, self.home.run(*arguments)).out
            self.assertIn("mulin meal checkin ", out)
            self.assertIn("mulin meal void ", out)
            self.assertNotIn("mulin find ", out)
        self.assertIn("mulin meal void ", self.says_usage("meal", "waltz"))
        self.assertNotIn("mulin", self.says_usage("dance", "--help").replace("mulin:", "").replace("mulin --help", ""))

    def says_usage(self, *arguments):
        done = self.home.run(*arguments)
        self.says(done, 2)
        return done.err

    def test_a_home_that_is_not_there(self):
        for arguments in (("today",), ("find", "x"), ("meal", "checkin", "x"), ("verify",)):
            for lang in ("zh", "en"):
                home = Home(self.folder / "nowhere")
                self.says(home.run(*arguments, lang=lang), (3, 4), "nowhere")
                self.assertFalse(home.path.exists())

    def test_an_impossible_clock_is_refused(self):
        for now in ("2026-02-30T11:00", "yesterday", "2026-03-10", "2026-03-10T25:00", "", "9999999-01-01T00:00"):
            with self.subTest(now=now):
                if now:
                    done = self.home.run("meal", "checkin", "x", now=now)
                    self.assertEqual(done.code, 2, str(done))

    def test_english_has_no_chinese_and_chinese_no_english(self):
        zh = self.home.run("find", lang="zh").err
        en = self.home.run("find", lang="en").err
        self.assertRegex(zh, "[\u4e00-\u9fff]{4}")
        self.assertNotRegex(en, "[\u4e00-\u9fff]")

    def test_works_without_any_chinese_locale(self):
        for locale in ("C", "POSIX", "zh_CN.GBK", "nonsense"):
            done = self.home.run("today", env={"LC_ALL": locale})
            self.assertIn(done.code, (0, 2, 3), str(done))
            done = self.home.run("find", "张", env={"LC_ALL": locale, "LANG": locale})
            self.assertIn(done.code, (0, 1, 2, 3), str(done))

    def test_today_tells_the_figures(self):
        self.import_sheet(story.sheet([story.person("张三", "1946-01-01", 1, 卡号="K1")]))
        self.serve("K1")
        out = self.expect(0, self.home.run("today")).out
        self.assertIn("8.00", out)
        self.assertIn("1", out)

    def test_output_that_nobody_takes_is_a_failure(self):
        self.import_sheet(story.sheet([story.person(f"人{n}", "1990-01-01", n, 楼栋=str(n), 室="1", 网格=f"第{n}网格")
                                       for n in (1, 3)]))
        for arguments in (("today",), ("--help",), ("meal", "settle"), ("place", "list", "--format", "json"),
                          ("grid", "list", "--format", "json"), ("place", "list", "", "--format", "json")):
            with open("/dev/full", "wb") as full:
                done = story.subprocess.run(self.home.command(*arguments), stdout=full, timeout=60,
                                            stderr=story.subprocess.PIPE, env=story.environment())
            self.assertNotEqual(done.returncode, 0, arguments)
            self.assertEqual(done.stderr.count(b"mulin:"), 1, arguments)

    def test_no_terminal(self):
        """The desk does not open without one; it says so and what to do."""
        for lang in ("zh", "en"):
            self.says(self.home.run(lang=lang), 2)


class Operands(story.Story):
    """What is too much, given twice or no number is refused before anything is changed."""

    def test_operands(self):
        self.expect(0, self.home.run("resident", "add", "--name", "张三"))
        for arguments, word in (
                (("resident", "end", "1", "--moved-out", "2026-03-01", "--died", "2026-03-02"), "--died"),
                (("resident", "end", "1", "more", "--died", "2026-03-02"), "more"),
                (("resident", "restore", "1", "more"), "more"),
                (("resident", "show", "1", "more"), "more"),
                (("resident", "show", "-1"), "-1"),
                (("meal", "void", "x", "--reason", "y"), "x"),
                (("rules", "check", "a", "more"), "more"),
                (("--bogus",), "--bogus")):
            with self.subTest(arguments=arguments):
                self.says(self.home.run(*arguments), 2, word)
        self.assertEqual(self.find("张三")[0]["status"], "living_here")


class Texts(story.Story):
    def test_a_note_keeps_its_lines_and_nothing_acts_on_the_terminal(self):
        self.expect(0, self.home.run("resident", "add", "--name", "张三", "--note", "听力不好\n住三楼"))
        show = ("resident", "show", "1")
        self.assertIn("听力不好 住三楼", self.home.run(*show).out)
        self.assertEqual(self.home.run(*show, "--format", "json").row["note"], "听力不好\n住三楼")
        with contextlib.closing(sqlite3.connect(self.home.database)) as connection, connection:
            connection.execute("UPDATE resident SET tags = ?, occupation = ?",
                               ("残疾 a\u202eb \x1b[31m", "x\x9b31m\x07"))
        for out in (self.home.run(*show).out, self.home.run(*show, "--format", "json").out,
                    self.home.run("find", "张三").out, self.home.run("find", "张三", "--format", "json").out):
            for harm in "\u202e\x1b\x9b\x07":
                self.assertNotIn(harm, out)

    def test_a_line_without_end_is_nobody(self):
        stream = "9" * 300_000 + "\na\0b\n张三\n"
        done = self.home.run("meal", "checkin", "-", stdin=stream)
        self.assertEqual([row["code"] for row in done.rows], ["not_found"] * 3)


class Rules(story.Story):
    def test_each_shipped_preset_passes(self):
        presets = story.pathlib.Path(os.environ["MULIN_ROOT"]) / "config/presets"
        for preset in presets.glob("*.yaml"):
            self.expect(0, self.home.run("rules", "check", preset))


if __name__ == "__main__":
    story.unittest.main()
