"""A record file that is not ours, from the future, damaged, locked, read-only, on a full disk."""
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest.mock

import story
from story import Home, person, sheet

COMMANDS = (("today",), ("find", "人"), ("meal", "checkin", "K1"), ("verify",), ("meal", "settle"))


class Record(story.Story):
    def setUp(self):
        super().setUp()
        self.people = [person(f"人{n:03d}", "1946-01-01", n, 楼栋="3", 室=str(n), 卡号=f"K{n}")
                       for n in range(60)]
        self.import_sheet(sheet(self.people))

    def refused(self, *words, code=(3, 4), unchanged=True):
        before = self.home.database.read_bytes() if self.home.database.is_file() else None
        for arguments in COMMANDS:
            for lang in ("zh", "en"):
                with self.subTest(arguments=arguments, lang=lang):
                    self.says(self.home.run(*arguments, lang=lang), code, *words)
        if unchanged and before is not None:
            self.assertEqual(self.home.database.read_bytes(), before)

    def sql(self, statement):
        connection = sqlite3.connect(self.home.database)
        connection.execute(statement)
        connection.commit()
        connection.close()


class NotOurs(Record):
    def test_another_programs_database(self):
        self.home.database.unlink()
        self.sql("CREATE TABLE recipes (name TEXT)")
        self.refused("mulin.db")

    def test_another_application_id(self):
        self.sql("PRAGMA application_id = 1234567")
        self.refused("mulin.db")

    def test_a_newer_version(self):
        self.sql("PRAGMA user_version = 9999")
        self.refused("9999")

    def test_no_database_at_all(self):
        for content in (b"hello\n" * 1000, b"\x00" * 8192, b"SQLite format 3\x00", os.urandom(8192)):
            self.home.database.write_bytes(content)
            self.refused("mulin.db")

    def test_an_empty_file(self):
        """Nothing was ever recorded there: it is not taken for a home."""
        self.home.database.write_bytes(b"")
        self.refused("mulin.db")

    def test_a_directory_as_the_file(self):
        self.home.database.unlink()
        self.home.database.mkdir()
        self.refused("mulin.db")

    def test_a_link_as_the_file(self):
        elsewhere = self.folder / "elsewhere.db"
        self.home.database.rename(elsewhere)
        self.home.database.symlink_to(elsewhere)
        self.refused()


class Damaged(Record):
    def test_a_truncated_file(self):
        data = self.home.database.read_bytes()
        for part in (0.9, 0.5, 0.1):
            self.home.database.write_bytes(data[:int(len(data) * part) // 4096 * 4096 or 512])
            for arguments in COMMANDS:
                done = self.home.run(*arguments)
                self.assertIn(done.code, (0, 1, 4), str(done))
            self.says(self.home.run("verify"), 4)

    def test_flipped_bytes_never_crash_and_most_are_noticed(self):
        for n in range(20):
            self.serve(f"K{n}")
        data = self.home.database.read_bytes()
        dice = random.Random(20260310)
        for _ in range(40):
            broken = bytearray(data)
            for _ in range(8):
                broken[dice.randrange(100, len(broken))] ^= 1 << dice.randrange(8)
            self.home.database.write_bytes(broken)
            for arguments in (("find", "人00"), ("meal", "checkin", "K40", "--format", "json"), ("verify",)):
                done = self.home.run(*arguments)
                self.assertIn(done.code, (0, 1, 4), str(done))

    def test_a_page_of_rubbish_is_found(self):
        data = self.home.database.read_bytes()
        connection = sqlite3.connect(self.home.database)
        pages = [row[0] for row in connection.execute("SELECT rootpage FROM sqlite_schema WHERE rootpage > 0 "
                                                      "AND name IN ('resident', 'search_key', 'place')")]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        connection.close()
        for page in pages:
            broken = bytearray(data)
            broken[(page - 1) * size:page * size] = random.Random(page).randbytes(size)
            self.home.database.write_bytes(broken)
            self.says(self.home.run("verify"), 4)
            for arguments in COMMANDS:
                self.assertIn(self.home.run(*arguments).code, (0, 1, 4))


class Busy(Record):
    def hold(self):
        connection = sqlite3.connect(self.home.database, isolation_level=None, check_same_thread=False)
        connection.execute("BEGIN EXCLUSIVE")
        self.addCleanup(connection.close)
        return connection

    def test_a_lock_that_does_not_go_away_is_told_after_some_seconds(self):
        connection = self.hold()
        begin = time.monotonic()
        done = self.home.run("meal", "checkin", "K1")
        self.says(done, 4)
        self.assertLess(time.monotonic() - begin, 20)
        connection.execute("ROLLBACK")
        self.serve("K1")

    def test_a_lock_that_goes_away_is_waited_for(self):
        connection = self.hold()
        threading.Timer(1, lambda: connection.execute("ROLLBACK")).start()
        self.serve("K1")


class NoRoom(Record):
    """The disk is full: reading works, writing is refused in words, and nothing is lost."""

    def after(self, served):
        self.verify()
        for card in served:
            self.assertEqual(self.serve(card, code=1, now=story.LUNCH)["code"], "already_served")

    def test_a_limit_on_the_size_of_files(self):
        self.serve("K1")
        limit = self.home.database.stat().st_size

        def shrink():
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        rows = sheet([{"姓名": f"新{n}", "楼栋": "8", "室": str(n)} for n in range(4000)])
        done = self.home.run("import", "residents", self.write("new.csv", rows), preexec_fn=shrink)
        self.says(done, 4)
        self.assertEqual(self.find("新"), [])
        self.assertEqual(len(self.find("人", "--limit", "100")), 60)
        self.after(["K1"])

    def test_a_full_file_system(self):
        mounted = self.folder / "small"
        mounted.mkdir()
        if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", mounted],
                                               capture_output=True).returncode != 0:
            self.skipTest("needs the right to mount")
        self.addCleanup(subprocess.run, ["umount", "-l", mounted])
        home = Home(mounted / "home")
        shutil.copytree(self.home.path, home.path)
        home.path.chmod(0o700)
        self.home = home
        self.serve("K1")
        with open(mounted / "fill", "wb", buffering=0) as fill:
            try:
                while True:
                    fill.write(b"x" * 4096)
            except OSError:
                pass
        self.says(home.run("meal", "checkin", "K2", "--format", "json"), 4)
        self.assertEqual(len(self.find("人", "--limit", "100")), 60)
        self.says(home.run("import", "residents", self.write("x.csv", sheet(
            [{"姓名": f"新{n}"} for n in range(4000)]))), 4)
        (mounted / "fill").unlink()
        self.after(["K1"])
        self.serve("K2")


class ReadOnly(Record):
    """root writes through any mode: as root all of this is done by nobody."""

    def setUp(self):
        if os.geteuid() == 0:
            self.identity = {"user": 65534, "group": 65534, "extra_groups": []}
            program = tempfile.mkdtemp(prefix="mulin-nobody-")
            self.addCleanup(shutil.rmtree, program)
            os.chmod(program, 0o755)
            counts = tempfile.mkdtemp(dir=program)  # of branches, when they are counted: not in our build
            os.chmod(counts, 0o777)
            self.enterContext(unittest.mock.patch.dict(os.environ, GCOV_PREFIX=counts))
            self.enterContext(unittest.mock.patch.object(story, "MULIN", shutil.copy(story.MULIN, program)))
        super().setUp()

    def test_a_read_only_file(self):
        self.home.database.chmod(0o400)
        before = self.home.database.read_bytes()
        self.says(self.home.run("meal", "checkin", "K1"), 4, "mulin.db")
        self.assertEqual(self.home.database.read_bytes(), before)

    def test_a_file_of_somebody_else(self):
        self.home.database.chmod(0o000)
        self.says(self.home.run("find", "人"), 4, "mulin.db")

    def test_a_folder_in_which_no_journal_can_be_made(self):
        (self.home.path / "mulin.db-journal").unlink(missing_ok=True)
        self.home.path.chmod(0o500)
        self.addCleanup(self.home.path.chmod, 0o700)
        self.says(self.home.run("meal", "checkin", "K1"), 4)


if __name__ == "__main__":
    story.unittest.main()
