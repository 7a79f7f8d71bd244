"""./run as a stranger types it: without a terminal it says so, and the second time it is quick."""
import os
import subprocess
import time
import unittest

import story

ROOT = os.environ.get("MULIN_ROOT", os.curdir)


class Run(story.Story):
    preset = None

    def command(self, *arguments, **more):
        env = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "zh_CN.UTF-8", **more}
        return subprocess.run(["./run", *arguments], cwd=ROOT, env=env, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=280, text=True)

    def test_without_a_terminal_it_tells_the_day_and_how_to_go_on(self):
        done = self.command()
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        for word in ("没有终端", "no terminal", "在住", "./run", "find"):
            self.assertIn(word, done.stdout)
        home = self.folder / ".local/share/mulin-demo"
        self.assertTrue((home / "mulin.db").exists())
        today = story.Home(home).run("today", now="").out.splitlines()
        self.assertIn(today[1], done.stdout, "the figures are of the same home")
        begin = time.monotonic()
        again = self.command()
        took = time.monotonic() - begin
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertNotIn("building", again.stdout)
        self.assertLess(took, 1 if len(os.sched_getaffinity(0)) > os.getloadavg()[0] else 5)

    def test_a_home_that_is_named_is_opened_and_not_made_anew(self):
        home = story.Home(self.folder / "mine")
        self.expect(0, home.run("init"))
        before = home.database.read_bytes()
        done = self.command(MULIN_HOME=str(home.path))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("在住 0 人", done.stdout)
        self.assertEqual(home.database.read_bytes(), before)

    def test_in_a_terminal_the_desk_opens_in_chinese(self):
        self.command()
        desk = story.Desk(["sh", "-c", 'cd "$1" && exec ./run', "sh", ROOT],
                          env={"HOME": str(self.folder), "PATH": os.environ["PATH"]})
        self.addCleanup(desk.end)
        desk.until("演示").until("助餐签到")

    def test_wrong_use(self):
        for arguments in (("dance",), ("fuzz", "long"), ("fuzz", "-1")):
            done = self.command(*arguments)
            self.assertEqual(done.returncode, 2)
            self.assertIn("./run test", done.stderr)
        self.assertIn("./run test", self.command("help").stdout)

    def test_it_is_plain_posix_sh(self):
        for shell in ("dash", "busybox"):
            if subprocess.run(["which", shell], capture_output=True).returncode == 0:
                command = [shell, "sh"] if shell == "busybox" else [shell]
                done = subprocess.run([*command, "-n", f"{ROOT}/run"], capture_output=True)
                self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
