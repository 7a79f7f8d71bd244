"""Row 27: two desks open a home of an older program at once and are killed while they bring it up."""
import getpass
import os
import re
import shutil
import sqlite3
import time

import story

NOW = "2026-11-22T11:30"
SQL = os.path.join(os.environ.get("MULIN_ROOT", "."), "tests", "data", "home_version_2.sql")
MORE = 1500  # people more than the old home has, so that the upgrade takes its time
ADD = f"""
WITH RECURSIVE number (n) AS (SELECT 5 UNION ALL SELECT n + 1 FROM number WHERE n < {MORE + 4})
INSERT INTO resident (resident_id, name, note) SELECT n, '李小满', '旧伤' || n FROM number;
INSERT INTO search_key SELECT token, r.resident_id FROM resident r, search_key k
WHERE r.resident_id > 4 AND k.resident_id = 3 AND k.token < '3'
"""


class Upgrade(story.Story):
    preset = None

    def setUp(self):
        super().setUp()
        self.home.path.mkdir(mode=0o700)
        connection = sqlite3.connect(self.home.database)
        with open(SQL, encoding="utf-8") as file:
            connection.executescript(file.read())
        connection.executescript(ADD)
        connection.execute("UPDATE operator SET system_user = ?", (getpass.getuser(),))
        connection.commit()
        connection.close()
        self.home.database.chmod(0o600)
        self.old = self.home.database.read_bytes()

    def move_back(self):
        shutil.rmtree(self.home.path)
        self.home.path.mkdir(mode=0o700)
        self.home.database.write_bytes(self.old)
        self.home.database.chmod(0o600)

    def told(self, *command):
        return self.expect(0, self.home.run(*command, now=NOW)).out

    def everything(self):
        """What the records say of themselves and of some people."""
        verify = self.told("verify")
        return (verify, self.told("meal", "list", "2026-11-21"), self.told("audit"),
                [self.told("find", query) for query in ("11010519491231002X", "002X", "4821", "wjg", "3-201")],
                [self.told("resident", "show", n) for n in ("1", "2", "4", str(MORE + 4))])

    def test_killed_at_any_moment(self):
        begin = time.monotonic()
        self.told("today")
        whole = time.monotonic() - begin
        expected, killed, count = self.everything(), 0, story.rounds(24)
        self.assertTrue(all(expected[3]))
        for number in range(count):
            self.move_back()
            begin = time.monotonic()
            desks = [self.home.start("today", now=NOW) for _ in range(2)]
            time.sleep(self.dice.uniform(0.1, 1.2) * whole)
            for desk in desks[:self.dice.choice((1, 2))]:
                killed += desk.poll() is None
                desk.kill()
            for desk in desks:
                _, err = desk.communicate()
                self.assertIn(desk.returncode, (0, -9), err.decode())
            if all(desk.returncode == 0 for desk in desks):  # the machine was slower at first
                whole = min(whole, time.monotonic() - begin)
            if number % 4:
                self.told("verify")
            else:
                self.assertEqual(self.everything(), expected)
            data = self.home.database.read_bytes()
            for secret in ("11010519491231002X", "旧伤"):
                self.assertNotIn(secret.encode(), data)
            strangers = [path.name for path in self.home.path.iterdir() if not re.fullmatch(
                r"mulin\.(key|db|db-journal|db-turn|db\.before-\d+(\.\d+)?)", path.name)
                and not (path.name.startswith("etilqs_") and path.stat().st_size == 0)]  # about to lose its name
            self.assertEqual(strangers, [])
        self.assertGreater(killed, count // 4)
        self.figure("row 27, upgrade safe", f"{count} upgrades by two desks", f"{killed} desks killed",
                    "nothing lost, all verify")


if __name__ == "__main__":
    story.unittest.main()
