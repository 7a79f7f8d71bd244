"""The line between desk and clerk drops, the terminal freezes, a process is stopped."""
import datetime
import json
import pathlib
import re
import signal
import sqlite3
import threading
import time

import story
from test_desk import CARDS, Opened

NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
SECONDS = 2  # within which others commit and a desk without a line ends


class Dropped(Opened):
    """Row 17: the line drops at any moment. What the screen had shown is kept."""

    def setUp(self):
        super().setUp()
        self.slowest = self.busiest = 0
        self.half_typed = None  # a name that a form showed and nobody saved

    def name(self):
        return "慕容" + "".join(self.dice.choices(NAMES, k=6))

    def pause(self):
        time.sleep(self.dice.choice((0, self.dice.uniform(0, 0.02), self.dice.uniform(0, 0.3))))

    def drop(self, desk):
        """Hangs up; the desk ends in time and does not spin meanwhile."""
        terminal = desk.process.pid
        child = pathlib.Path(f"/proc/{terminal}/task/{terminal}/children").read_text().strip()
        before = sum(map(int, pathlib.Path(f"/proc/{child}/stat").read_text().rsplit(")")[-1].split()[11:13])) / 100
        begin = time.monotonic()
        desk.hang_up()
        status = desk.exited()
        self.slowest = max(self.slowest, time.monotonic() - begin)
        self.busiest = max(self.busiest, desk.cpu - before)
        self.assertIn(status, (0, 4))  # 4: there is no terminal to say good-bye to
        desk.end()

    def form(self):
        """A desk with the form for a new file, which holds what was typed before the line dropped."""
        desk = self.open()
        desk.until("11:30").wait().type("3").until("姓名").wait()
        if self.half_typed:
            desk.until(self.half_typed).key(*["Backspace"] * 12).gone(self.half_typed)
        return desk

    def typing(self, day):
        desk, self.half_typed = self.form(), self.name()
        desk.type(self.half_typed).until(self.half_typed).bytes("们们们".encode())
        self.pause()
        self.drop(desk)

    def popup_over_a_form(self, day):
        desk, self.half_typed = self.form(), self.name()
        desk.type(self.half_typed).until(self.half_typed).key(self.dice.choice(("F1", "F9", "Esc")))
        self.pause()
        self.drop(desk)

    def saving(self, day):
        """F2 and the line drops: the file is there, or the form still holds it."""
        desk, name = self.form(), self.name()
        desk.type(name).until(name).key("F2")
        self.pause()
        self.drop(desk)
        saved = self.names(name)
        self.assertIn(saved, ([], [name]))
        self.half_typed = None if saved else name

    def scanning(self, day):
        desk = self.counter(now=f"{day}T11:30")
        queue = self.dice.sample(range(CARDS), 20)
        desk.bytes("".join(f"K{n:03d}\r" for n in queue).encode())
        self.pause()
        shown = set(re.findall(r"人\d{3}", desk.text))
        self.drop(desk)
        served = [meal["name"] for meal in self.home.run("meal", "list", day, "--format", "json").rows]
        self.assertEqual(shown - set(served), set(), "shown as served and not there")
        self.assertEqual(len(served), len(set(served)))
        self.assertEqual(served[::-1], [f"人{n:03d}" for n in queue][:len(served)])

    def taking_back(self, day):
        """The reason is asked for in a popup: Enter voids the meal wholly or not."""
        desk = self.counter(now=f"{day}T11:30")
        desk.scan("K001").until("√").key("F8").until("原因").type("点错人").until("点错人")
        if self.dice.random() < 0.7:
            desk.key("Enter")
        self.pause()
        self.drop(desk)
        meal, = self.home.run("meal", "list", day, "--format", "json").rows
        again = self.serve("K001", now=f"{day}T11:31", code=(0, 1))
        self.assertEqual(bool(meal.get("void_entry_id")), again["ok"])

    def test_at_any_moment(self):
        scenes = (self.typing, self.scanning, self.popup_over_a_form, self.taking_back, self.saving)
        count = story.rounds(30)
        for number in range(count):
            scenes[number % len(scenes)](datetime.date(2026, 3, 10) + datetime.timedelta(days=number))
            if number % 10 == 9:
                self.verify()
        if self.half_typed:
            self.form()
        self.verify()
        self.assertLess(self.slowest, SECONDS)
        self.assertLess(self.busiest, SECONDS / 2)
        self.figure("row 17, dropped line harmless", f"{count} lines dropped",
                    f"slowest end {self.slowest:.2f} s with {self.busiest:.2f} s of CPU at most", "nothing lost")


    def test_while_another_desk_saves(self):
        """The desk waits for its turn when nobody is there any more."""
        other = sqlite3.connect(self.home.database, isolation_level=None, check_same_thread=False)
        self.addCleanup(other.close)
        for key in ("K001", "F2"):
            if key == "F2":
                desk, self.half_typed = self.form(), self.name()
                desk.type(self.half_typed).until(self.half_typed)
                other.execute("BEGIN IMMEDIATE")
                desk.key("F2")
            else:
                desk = self.counter()
                other.execute("BEGIN IMMEDIATE")
                desk.scan(key)
            time.sleep(0.2)  # it waits
            self.drop(desk)
            other.execute("ROLLBACK")
        self.assertLess(self.slowest, SECONDS)
        self.assertEqual(self.names(self.half_typed), [])
        self.assertTrue(self.serve("K001")["ok"])
        self.half_typed = None
        desk, self.half_typed = self.form(), self.name()
        desk.type(self.half_typed).until(self.half_typed)
        other.execute("BEGIN IMMEDIATE")
        done = threading.Timer(0.4, other.execute, ["COMMIT"])
        done.start()
        self.drop(desk)
        done.join()
        self.form()  # what was typed was kept as soon as the other one had done
        self.verify()
        self.figure("row 17, dropped line harmless", "beside a desk that does not stop saving",
                    f"slowest end {self.slowest:.2f} s")


class Frozen(Opened):
    """Row 18: a desk that stands still holds up nobody, and goes on where it stood."""

    def others_commit(self, *cards):
        begin = time.monotonic()
        for card in cards:
            self.serve(card)
        self.slowest = max(getattr(self, "slowest", 0), (time.monotonic() - begin) / len(cards))
        self.assertLess(self.slowest, SECONDS)

    def stop_between_commits(self, *desks):
        """A desk that is stopped while it saves holds the lock: that is row 18's other story. None
        of them can be saving while the lock is ours."""
        lock = sqlite3.connect(self.home.database, isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        for desk in desks:
            desk.signal("STOP")
        lock.execute("ROLLBACK")
        lock.close()

    def half_typed(self):
        desk = self.open()
        desk.until("11:30").wait().type("3").until("姓名").wait()
        return desk.type("慕容未完").until("慕容未完")

    def test_whatever_stops_it(self):
        counter, form = self.counter(), self.half_typed()
        counter.scan("K000").until("人000")
        for desk in (counter, form):  # typed and sent from elsewhere: neither stops a desk
            desk.key("Ctrl-Z").wait()
            desk.signal("TSTP").key("Ctrl-Q").wait()
            self.others_commit("K001" if desk is counter else "K002")
        counter.until("3 份")
        for desk in (counter, form):  # XOFF, and a terminal that nobody reads
            desk.freeze()
        counter.bytes(b"K003\r" + b"\x0c" * 50 + b"K004\r")
        form.bytes("又来".encode())
        time.sleep(0.5)  # the desks meet the frozen terminal
        self.others_commit("K005", "K006")
        self.assertEqual(self.serve("K003", code=1)["code"], "already_served")
        counter.thaw().until("人004").until("7 份")
        form.thaw().until("慕容未完又来")
        self.stop_between_commits(counter, form)
        self.others_commit("K007", "K008")
        for desk in (counter, form):
            desk.signal("CONT")
        counter.until("9 份")
        form.key("F2").until("已登记")
        self.assertEqual(self.names("慕容未完又来"), ["慕容未完又来"])
        self.verify()
        self.figure("row 18, frozen terminal harmless", f"others commit in {self.slowest:.2f} s at most")

    def test_a_frozen_terminal_that_goes_away(self):
        desk = self.counter()
        desk.freeze().bytes(b"K001\r" + b"\x0c" * 50)
        time.sleep(0.5)
        begin = time.monotonic()
        desk.hang_up().exited()
        self.assertLess(time.monotonic() - begin, SECONDS)
        self.assertEqual(self.serve("K001", code=1)["code"], "already_served")


class Stopped(Opened):
    """Row 18: another desk is stopped in the middle of a commit (SIGSTOP cannot be held off)."""

    def locked(self):
        connection = sqlite3.connect(self.home.database, timeout=0, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            return False
        except sqlite3.OperationalError:
            return True
        finally:
            connection.close()

    def stop_in_a_commit(self, process):
        for _ in range(1000):
            time.sleep(self.dice.uniform(0, 0.005))
            process.send_signal(signal.SIGSTOP)
            if self.locked():
                return
            process.send_signal(signal.SIGCONT)
        self.fail("it is never found in a commit")

    def test_a_peer_stopped_in_mid_commit(self):
        queue = [f"K{n:03d}" for n in range(2, CARDS)] * 30
        desk = self.counter()
        peer, rows = self.home.start("meal", "checkin", "-"), []
        for clean in (peer.stderr.close, peer.stdout.close, lambda: story.kill(peer)):
            self.addCleanup(clean)
        lines = "".join(f"{card}\n" for card in queue).encode()
        feeder = threading.Thread(target=lambda: (peer.stdin.write(lines), peer.stdin.close()), daemon=True)
        reader = threading.Thread(target=lambda: rows.extend(map(json.loads, peer.stdout)), daemon=True)
        feeder.start()
        reader.start()
        self.stop_in_a_commit(peer)
        begin = time.monotonic()
        other = self.home.start("meal", "checkin", "K000", "--format", "json")
        desk.order("timeout", "15000")
        desk.scan("K001").until("正在保存")
        told = time.monotonic() - begin
        self.assertLess(told, 10)
        out, err = other.communicate()
        self.assertEqual(other.returncode, 4)
        self.assertIn("正在保存", (out + err).decode())
        peer.send_signal(signal.SIGCONT)
        desk.scan("K001").until("√")
        self.serve("K000")
        feeder.join()
        reader.join()
        peer.wait()
        self.assertEqual(sorted(row["name"] for row in rows if row["ok"]), [f"人{n:03d}" for n in range(2, CARDS)])
        self.verify()
        self.figure("row 18, stopped peer", f"'another desk is saving' after {told:.1f} s", "nothing lost")


if __name__ == "__main__":
    story.unittest.main()
