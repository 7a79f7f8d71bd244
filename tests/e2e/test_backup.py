"""The keeper's backups: made while desks work, sealed, tried out, thinned, restored elsewhere."""
import json
import os
import pathlib
import random
import re
import resource
import shlex
import shutil
import signal
import subprocess
import threading
import time
import unittest.mock

import story
from story import Home, person, sheet

PASSPHRASE = "井亭的桂花开了"
ROOT = pathlib.Path(os.environ["MULIN_ROOT"])
WAIT_MS = 500  # what a counter may have to wait for a backup


class Backup(story.Story):
    program = story.QUICK_KEY

    def setUp(self):
        self.enterContext(unittest.mock.patch.object(story, "MULIN", self.program))
        super().setUp()
        self.file = self.folder / "a.backup"

    def furnish(self):
        super().furnish()
        self.import_sheet(sheet([person(f"严守密{n:02d}", "1946-01-01", n, 电话=f"1380013{n:04d}", 卡号=f"K{n}")
                                 for n in range(40)]))

    def back_up(self, *arguments, words=PASSPHRASE, **more):
        return self.home.run("backup", *arguments, "--passphrase-fd", "0", stdin=words + "\n", **more)

    def restore(self, file, to, *arguments, words=PASSPHRASE, **more):
        return self.home.run("restore", file, "--home", to, *arguments, "--passphrase-fd", "0",
                             stdin=words + "\n", **more)

    def bring_key(self, new):
        """A backup is without the key: it comes from the paper copy."""
        self.expect(0, new.run("key", "restore", stdin=self.expect(0, self.home.run("key", "show")).out))

    def assert_nothing_left(self):
        """Neither a backup nor half of one nor records beside the records."""
        self.assertEqual(sorted(path.name for path in self.folder.glob("*.backup*")), [])
        self.assertLessEqual({path.name for path in self.home.path.iterdir()},
                             {"mulin.db", "mulin.db-journal", "mulin.db-turn", "mulin.key"})

    def head(self, home):
        return self.expect(0, home.run("verify")).out


class Passphrase(Backup):
    def test_ctrl_c_at_the_question(self):
        desk = self.open("backup", self.file)
        desk.until("备份口令：").type("half").bytes(b"\x03").until("口令：没有输入")
        self.assertEqual(desk.exited(), 1)
        self.assert_nothing_left()

    def test_the_end_of_input_at_the_question(self):
        desk = self.open("backup", self.file)
        desk.until("备份口令：").bytes(b"\x04").until("口令：没有输入")
        self.assertEqual(desk.exited(), 1)

    def test_a_restore_asks_once(self):
        self.expect(0, self.back_up(self.file))
        desk = self.open("restore", self.file, "--home", self.folder / "new")
        desk.until("备份口令：").type(PASSPHRASE).key("Enter").until("核验无误，与备份清单一致")
        self.assertEqual(desk.exited(), 0)

    def test_from_a_descriptor(self):
        read, write = os.pipe()
        os.write(write, f"{PASSPHRASE}\r\nwhat follows is not the passphrase".encode())
        os.close(write)
        self.expect(0, self.home.run("backup", self.file, "--passphrase-fd", read, pass_fds=[read]))
        os.close(read)
        self.expect(0, self.restore(self.file, self.folder / "new"))

    def test_from_a_credential(self):
        (self.folder / "credentials").mkdir()
        variables = {"CREDENTIALS_DIRECTORY": str(self.folder / "credentials")}
        self.write("credentials/mulin-backup", f"{PASSPHRASE}\n".encode())
        self.write("credentials/other", b"another one of the safe")
        self.expect(0, self.home.run("backup", self.file, env=variables))
        self.expect(0, self.restore(self.file, self.folder / "new"))
        self.expect(0, self.home.run("backup", self.folder / "b.backup", "--credential", "other", env=variables))
        self.says(self.restore(self.folder / "b.backup", self.folder / "third"), 3, "口令不对")
        for name in ("none", "../credentials/other", ""):
            self.says(self.home.run("backup", self.folder / "c", "--credential", name, env=variables), 3, "凭据")
        self.says(self.home.run("backup", self.folder / "c", "--credential", "other"), 3, "凭据")

    def test_what_is_no_passphrase(self):
        for words in ("", "short", "12345678901", "x" * 256, "with a \x1b[2J control", "nul\0nul nul nul nul"):
            with self.subTest(words=words[:20]):
                self.says(self.back_up(self.file, words=words), 3, "口令")
        for wrong in ("x", "-1", "1x", "99999999999999999999", ""):
            self.says(self.home.run("backup", self.file, "--passphrase-fd", wrong), 2)
        self.says(self.home.run("backup", self.file, "--passphrase-fd", "77"), 3)
        self.says(self.home.run("backup", self.file, start_new_session=True), 2, "--passphrase-fd")
        self.says(self.home.run("backup"), 2, "FILE")
        self.says(self.home.run("backup", self.file, "--to", self.folder), 2)
        self.says(self.home.run("backup", self.file, "--passphrase-fd", "0", "--credential", "x"), 2)
        self.assert_nothing_left()


class Real(Backup):
    """With what a passphrase costs."""

    program = story.MULIN

    def test_typed_twice_and_never_seen(self):
        desk = self.open("backup", self.file)
        desk.until("备份口令：").type(PASSPHRASE).key("Enter")
        desk.until("再输入一次：").type("井亭的桂花谢了").key("Enter")
        desk.until("两次输入的不一样")
        self.assertFalse(self.file.exists())
        desk.type(PASSPHRASE).key("Enter").until("再输入一次：").type(PASSPHRASE).key("Enter")
        desk.until("已备份到")
        self.assertIn("正在备份", desk.output().decode("utf-8", "replace"))
        self.assertNotIn("桂花", desk.text)
        self.assertEqual(desk.exited(), 0)
        self.expect(0, self.restore(self.file, self.folder / "new"))

    def test_what_is_in_it(self):
        self.serve("K1")
        made = self.expect(0, self.back_up(self.file, lang="en"))
        self.assertRegex(made.out, r"opened again and found sound: 1 ledger entries, head L1(-[0-9a-f]{4}){4}-[0-9]{2}")
        self.assertEqual(self.file.stat().st_mode & 0o7777, 0o600)
        data = self.file.read_bytes()
        for word in ("严守密", "1380013", "19460101", "SQLite", "resident", "云鹭湾"):
            self.assertNotIn(word.encode(), data)
        self.assertEqual({path.name for path in self.home.path.iterdir()},
                         {"mulin.db", "mulin.db-journal", "mulin.key"})
        new = Home(self.folder / "new")
        told = self.expect(0, self.restore(self.file, new.path, lang="en")).out
        self.assertIn(made.out.rsplit("head ", 1)[1].strip(), told)
        self.assertEqual(new.path.stat().st_mode & 0o7777, 0o700)
        self.assertEqual(new.database.stat().st_mode & 0o7777, 0o600)
        self.assertEqual([path.name for path in new.path.iterdir()], ["mulin.db"])
        self.says(new.run("verify"), 4, "mulin.key")
        self.bring_key(new)
        self.expect(0, new.run("verify"))
        self.assertEqual(self.find("严守密07")[0]["id"], self.expect(0, new.run("find", "K7", "--format", "json")).row["id"])


class Safe(Backup):
    def test_nothing_is_overwritten(self):
        self.file.write_bytes(b"photos")
        self.says(self.back_up(self.file), 3, "已经存在")
        self.assertEqual(self.file.read_bytes(), b"photos")
        self.file.unlink()
        self.expect(0, self.back_up(self.file))
        before = self.head(self.home)
        self.says(self.restore(self.file, self.home.path), 3, "已经有记录")
        self.assertEqual(self.head(self.home), before)
        (self.folder / "full").mkdir()
        self.write("full/letter", b"x")
        self.says(self.restore(self.file, self.folder / "full"), 3, "别的文件")
        self.assertEqual(os.listdir(self.folder / "full"), ["letter"])

    def test_what_is_not_whole_is_not_restored(self):
        self.expect(0, self.back_up(self.file))
        good, seed = self.file.read_bytes(), random.randrange(1 << 32)
        print(f"seed {seed}")
        chance = random.Random(seed)

        def flipped(at):
            return good[:at] + bytes([good[at] ^ 1 << chance.randrange(8)]) + good[at + 1:]

        chunk, start = 65536 + 17, 60 + 1024 + 17
        bad = [flipped(chance.randrange(20, len(good))) for _ in range(4)]
        bad += [good[:start], good[:start + chunk], good[:-1], good[:59], b"", good + b"\0",
                good[:start] + good[start + chunk:], b"SQLite format 3\0" + good[16:]]
        for number, data in enumerate(bad):
            with self.subTest(number=number):
                self.write("bad.backup", data)
                self.says(self.restore(self.folder / "bad.backup", self.folder / "deep" / "new"), 3)
                self.assertFalse((self.folder / "deep").exists())
        self.says(self.restore(self.file, self.folder / "new", words=PASSPHRASE + "x"), 3, "口令不对")
        self.says(self.restore(self.folder / "none", self.folder / "new"), 3, "none")
        self.says(self.restore(self.folder, self.folder / "new"), 3)
        self.assertFalse((self.folder / "new").exists())

    def test_a_full_disk(self):
        def little_room():
            resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

        self.says(self.back_up(self.file, preexec_fn=little_room), 4)
        self.assert_nothing_left()
        self.expect(0, self.back_up(self.file))
        self.says(self.restore(self.file, self.folder / "new", preexec_fn=little_room), 4, "写不进去")
        self.assertFalse((self.folder / "new").exists())

    def test_killed_and_stopped_at_any_moment(self):
        """Whole and good, or not there; what was killed is cleared away by the next one."""
        made, after = False, 0.02
        while not made:
            process = self.home.start("backup", self.file, "--passphrase-fd", "0")
            process.stdin.write(f"{PASSPHRASE}\n".encode())
            process.stdin.close()
            try:
                process.wait(after := after * 1.2)
            except subprocess.TimeoutExpired:
                story.kill(process)
            process.stdout.close()
            process.stderr.close()
            if self.file.exists():
                made = True
                self.expect(0, self.restore(self.file, self.folder / "new"))
                self.file.unlink()
            (self.folder / "a.backup.part").unlink(missing_ok=True)
        process = self.home.start("backup", self.file, "--passphrase-fd", "0")
        time.sleep(0.1)  # it waits for its passphrase
        process.terminate()
        out, err = process.communicate(b"")
        self.assertIn(process.returncode, (1, 3, -signal.SIGTERM), err)
        self.expect(0, self.back_up(self.folder / "b.backup"))
        self.assertEqual({path.name for path in self.home.path.iterdir()},
                         {"mulin.db", "mulin.db-journal", "mulin.key"})
        self.verify()


class AtWork(Backup):
    program = story.MULIN
    on_disk = True
    MEALS = 200
    PEOPLE = story.rounds(4000)

    def furnish(self):
        self.expect(0, self.home.run("init", "--preset", "yunluwan", "--demo", "--scale", str(self.PEOPLE)))
        self.import_sheet(sheet([person(f"客{n:03d}", "1946-01-01", n, 卡号=f"K{n}") for n in range(3 * self.MEALS)]))

    def stream(self, first, waits):
        """Checks people in one by one, as fast as it goes."""
        process = self.home.start("meal", "checkin", "-", "--format", "json")
        for number in range(first, first + self.MEALS):
            begun = time.monotonic()
            process.stdin.write(f"K{number}\n".encode())
            process.stdin.flush()
            answer = process.stdout.readline()
            waits.append((time.monotonic() - begun) * 1000)
            self.answers.append(answer)
        process.communicate()

    def test_lunch_goes_on(self):
        worst = []
        for attempt in range(3):  # the machine may be busy with other things
            self.answers, waits = [], []
            counter = threading.Thread(target=self.stream, args=(attempt * self.MEALS, waits))
            counter.start()
            backups = []
            while counter.is_alive() or not backups:
                backups.append(self.folder / f"{attempt}-{len(backups)}.backup")
                self.expect(0, self.back_up(backups[-1]))
            counter.join()
            self.assertEqual(len(waits), self.MEALS)
            self.assertTrue(all(json.loads(answer)["ok"] for answer in self.answers))
            worst.append(max(waits))
            print(f"{self.MEALS} check-ins beside {len(backups)} backups: longest wait {worst[-1]:.0f} ms")
            if worst[-1] < WAIT_MS:
                break
        self.assertLess(min(worst), WAIT_MS)
        self.verify()
        for number, file in enumerate((backups[0], backups[-1])):
            new = Home(self.folder / f"new{number}")
            self.expect(0, self.restore(file, new.path))
            self.bring_key(new)
            self.expect(0, new.run("verify"))

    def test_desks_that_are_killed_beside_a_backup(self):
        """What they were writing is in the backup wholly or not at all."""
        backup = self.home.start("backup", self.file, "--passphrase-fd", "0")
        backup.stdin.write(f"{PASSPHRASE}\n".encode())
        backup.stdin.close()
        killed = 0
        while backup.poll() is None:
            counter = self.home.start("meal", "checkin", "-", "--format", "json")
            counter.stdin.write("".join(f"K{number}\n" for number in range(3 * self.MEALS)).encode())
            counter.stdin.flush()
            time.sleep(self.dice.uniform(0, 0.3))
            story.kill(counter)
            counter.communicate()
            killed += 1
        print(f"{killed} desks were killed")
        self.assertEqual(backup.returncode, 0, backup.stderr.read())
        backup.stdout.close()
        backup.stderr.close()
        self.verify()
        new = Home(self.folder / "new")
        self.expect(0, self.restore(self.file, new.path))
        self.bring_key(new)
        self.expect(0, new.run("verify"))

    def test_two_backups_at_once(self):
        first = self.home.start("backup", self.file, "--passphrase-fd", "0")
        first.stdin.write(f"{PASSPHRASE}\n".encode())
        first.stdin.close()
        second = self.back_up(self.folder / "b.backup")
        self.expect((0, 1), second)
        if second.code == 1:
            self.assertIn("另一个备份正在进行", second.err)
        first.wait()
        first.stdout.close()
        first.stderr.close()
        self.assertIn(first.returncode, (0, 1))
        self.assertTrue(self.file.exists() or second.code == 0)


class Nightly(Backup):
    def unit(self, key):
        text = (ROOT / "data/systemd/mulin-backup.service").read_text()
        return re.search(rf"^{key}=(.*)$", text, re.M)[1]

    def night(self, now):
        """What the unit does, in folders of the story."""
        shelf, credentials = self.folder / "shelf", self.folder / "credentials"
        shelf.mkdir(exist_ok=True)
        credentials.mkdir(exist_ok=True)
        name, _ = self.unit("LoadCredential").split(":")
        (credentials / name).write_text(PASSPHRASE + "\n")
        program, *arguments = shlex.split(self.unit("ExecStart"))
        self.assertEqual(program, "mulin")
        arguments = [argument.replace("/var/backups/mulin", str(shelf)) for argument in arguments]
        self.expect(0, self.home.run(*arguments, now=now, env={"CREDENTIALS_DIRECTORY": str(credentials)}))
        return sorted(path.name for path in shelf.iterdir())

    def test_the_unit_backs_up_and_thins(self):
        [first] = self.night("2026-03-01T02:30")
        series = re.fullmatch(r"mulin-([0-9a-f]{8})-20260301-023000\.backup", first)[1]
        shelf = self.folder / "shelf"
        for day in range(1, 29):
            (shelf / f"mulin-{series}-202602{day:02d}-023000.backup").write_bytes(b"")
        (shelf / "mulin-00000000-20250101-023000.backup").write_bytes(b"another home's")
        (shelf / "photos.zip").write_bytes(b"")
        left = self.night("2026-03-02T02:30")
        days = [int(found[1] + found[2]) for name in left
                if (found := re.fullmatch(rf"mulin-{series}-2026(\d\d)(\d\d)-023000\.backup", name))]
        self.assertEqual(days, [208, 215, 222, 224, 225, 226, 227, 228, 301, 302])
        self.assertIn("mulin-00000000-20250101-023000.backup", left)
        self.assertIn("photos.zip", left)
        self.expect(0, self.restore(shelf / left[-2], self.folder / "new"))

    def test_a_disk_that_is_not_there(self):
        self.says(self.back_up("--to", self.folder / "missing"), 3, "备份盘")
        self.assertFalse((self.folder / "missing").exists())

    def test_the_day_tells_of_a_late_backup(self):
        self.assertIn("还没有备份过", self.expect(0, self.home.run("today")).out)
        self.open().until("还没有备份过：请运行 mulin backup").end()
        self.expect(0, self.back_up(self.file))
        self.assertIn("最近一次备份 2026-03-10 11:30", self.expect(0, self.home.run("today")).out)
        self.open().until("账本").gone("mulin backup").end()
        late = self.expect(0, self.home.run("today", now="2026-03-11T11:31"))
        self.assertIn("已超过一天：请运行 mulin backup", late.out)
        row = self.expect(0, self.home.run("today", "--format", "json", now="2026-03-11T11:31")).row
        self.assertEqual((row["backup_made_at"], row["backup_late"]), ("2026-03-10T11:30:00", True))

    def test_systemd_finds_nothing_wrong(self):
        if not shutil.which("systemd-analyze"):
            self.skipTest("systemd is not here")
        for name in ("mulin-backup.service", "mulin-backup.timer"):
            text = (ROOT / "data/systemd" / name).read_text()
            (self.folder / name).write_text(text.replace("ExecStart=mulin", f"ExecStart={story.MULIN}"))
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", *self.folder.glob("mulin-backup.*")],
                              capture_output=True, text=True, env=dict(os.environ, SYSTEMD_UNIT_PATH=f"{self.folder}:"))
        self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    story.unittest.main()
