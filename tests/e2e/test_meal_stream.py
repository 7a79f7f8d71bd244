"""`meal checkin -`: a scanner's stream, one line in, one line out after the commit."""
import concurrent.futures
import json
import random
import select
import sqlite3

import story
from story import person, sheet


class Stream(story.Story):
    def furnish(self):
        super().furnish()
        self.import_sheet(sheet([person(f"人{n:03d}", "1946-01-01", n, 楼栋="3", 室=str(n), 卡号=f"K{n:03d}")
                                 for n in range(100)]))

    def stream(self, data, code=None):
        done = self.home.run("meal", "checkin", "-", "--format", "json", stdin=data)
        if code is not None:
            self.expect(code, done)
        return done

    def test_a_line_comes_back_before_the_next_is_sent(self):
        process = self.home.start("meal", "checkin", "-", "--format", "json")
        for n in range(5):
            process.stdin.write(f"K{n:03d}\n".encode())
            process.stdin.flush()
            ready, _, _ = select.select([process.stdout], [], [], 20)
            self.assertTrue(ready, "no answer while the stream is open")
            row = json.loads(process.stdout.readline())
            self.assertTrue(row["ok"], row)
            other = self.serve(f"K{n:03d}", code=1)
            self.assertEqual(other["code"], "already_served", "answered before the commit")
        process.stdin.close()
        self.assertEqual(process.wait(20), 0)
        process.stdout.close()
        process.stderr.close()

    def test_in_order_with_refusals_between(self):
        done = self.stream("K001\n没有\nK001\nK002\n", 1)
        self.assertEqual([(r["who"], r.get("code")) for r in done.rows],
                         [("K001", None), ("没有", "not_found"), ("K001", "already_served"), ("K002", None)])

    def test_scanners_end_lines_in_their_own_way(self):
        done = self.stream(b"K001\r\nK002\n\xef\xbc\xab\xef\xbc\x90\xef\xbc\x90\xef\xbc\x93\nK004", 0)
        self.assertEqual([r["name"] for r in done.rows], ["人001", "人002", "人003", "人004"])

    def test_an_empty_stream(self):
        self.assertEqual(self.stream(b"", 0).out, "")

    def test_rubbish_is_answered_and_the_stream_goes_on(self):
        done = self.stream(b"K001\n\xff\xfe\xc3\n\x00\x1b[31m\n" + b"9" * 300000 + b"\nK002\n", 1)
        rows = done.rows
        self.assertEqual([r["ok"] for r in rows], [True, False, False, False, True])
        self.assertNotIn("\x1b", done.out)
        self.verify()

    def test_a_thousand_scans_none_lost(self):
        done = self.stream("".join(f"K{n % 100:03d}\n" for n in range(1000)), 1)
        rows = done.rows
        self.assertEqual(len(rows), 1000)
        self.assertEqual([r["ok"] for r in rows], [True] * 100 + [False] * 900)

    def test_a_reader_that_goes_away(self):
        process = self.home.start("meal", "checkin", "-", "--format", "json")
        process.stdin.write(b"K001\n")
        process.stdin.flush()
        self.assertTrue(json.loads(process.stdout.readline())["ok"])
        process.stdout.close()
        try:
            process.stdin.write("".join(f"K{n:03d}\n" for n in range(2, 100)).encode())
            process.stdin.close()
        except BrokenPipeError:
            pass
        code = process.wait(20)
        err = process.stderr.read().decode()
        process.stderr.close()
        self.assertIn(code, (1, 3, 4, -13), err)
        self.assertNotIn("Sanitizer", err)
        self.verify()
        self.assertEqual(self.serve("K001", code=1)["code"], "already_served")

    def test_full_output_is_told(self):
        """What cannot be answered must not pass in silence: /dev/full for stdout."""
        with open("/dev/full", "wb") as full:
            process = story.subprocess.run(self.home.command("meal", "checkin", "K001", "--format", "json"),
                                           stdout=full, stderr=story.subprocess.PIPE,
                                           env=story.environment(), timeout=20)
        self.assertNotEqual(process.returncode, 0)
        self.assertTrue(process.stderr)

    def test_a_closed_stdin(self):
        done = story.subprocess.run(["sh", "-c", 'exec "$@" <&-', "sh",
                                     *self.home.command("meal", "checkin", "-", "--format", "json")],
                                    capture_output=True, env=story.environment(), timeout=20)
        self.assertIn(done.returncode, (0, 3), done.stderr)

    def test_a_rush_of_a_thousand_scans_at_two_counters(self):
        """One takes cash, the other cards; some cards are nobody's, most have nothing on them."""
        loaded = {f"人{n:03d}" for n in range(0, 100, 10)}
        for name in sorted(loaded):
            self.expect(0, self.home.run("card", "topup", str(self.find(name)[0]["id"]), "20"))
        turns = random.Random(5)
        scans = [[f"K{n:03d}" for n in range(100)] * 4 + [f"X{n:03d}" for n in range(100)] for _ in range(2)]
        counters = [self.home.start("meal", "checkin", "-", "--pay", pay) for pay in ("cash", "card")]
        for queue in scans:
            turns.shuffle(queue)
        with concurrent.futures.ThreadPoolExecutor(2) as at_once:
            done = list(at_once.map(lambda counter, queue: counter.communicate(
                "".join(f"{card}\n" for card in queue).encode(), timeout=story.SLOW), counters, scans))
        cash, card = ([json.loads(line) for line in out.splitlines()] for out, _ in done)
        for rows, queue in zip((cash, card), scans):
            self.assertEqual([row["who"] for row in rows], queue, "answered in the order of the scans")
            self.assertTrue(all((row.get("code") == "not_found") == row["who"].startswith("X") for row in rows))
        served = [row for row in cash + card if row["ok"]]
        self.assertEqual(sorted(row["name"] for row in served), [f"人{n:03d}" for n in range(100)])
        self.assertEqual(len({row["meal_id"] for row in served}), 100)
        self.assertLessEqual({row["name"] for row in card if row["ok"]}, loaded)
        self.assertLessEqual({row.get("code") for row in cash}, {None, "not_found", "already_served"})
        self.assertLessEqual({row.get("code") for row in card},
                             {None, "not_found", "already_served", "payment"})
        day = self.expect(0, self.home.run("meal", "settle", "--format", "json")).row
        self.assertEqual((day["meals"], day["voided"]), (100, 0))
        self.assertEqual(day["cash_fen"], sum(row["pay_fen"] for row in cash if row["ok"]))
        self.assertEqual(day["card_fen"], sum(row["pay_fen"] for row in card if row["ok"]))
        self.assertEqual(day["price_fen"], sum(row["price_fen"] for row in served))
        left = sum(self.expect(0, self.home.run("card", "show", str(self.find(name)[0]["id"]), "--format",
                                                "json")).row["prepaid_fen"] for name in sorted(loaded))
        self.assertEqual(left, 2000 * len(loaded) - day["card_fen"])
        self.verify()

    def test_two_streams_at_once_serve_everybody_once(self):
        data = "".join(f"K{n:03d}\n" for n in range(100)).encode()
        both = [self.home.start("meal", "checkin", "-", "--format", "json") for _ in range(2)]
        for process in both:
            process.stdin.write(data)
            process.stdin.close()
        rows = [json.loads(line) for process in both for line in process.stdout.read().splitlines()]
        for process in both:
            process.wait(60)
            process.stdout.close()
            process.stderr.close()
        self.assertEqual(len(rows), 200)
        self.assertEqual(sorted(r["name"] for r in rows if r["ok"]), [f"人{n:03d}" for n in range(100)])
        self.assertEqual({r["code"] for r in rows if not r["ok"]}, {"already_served"})
        self.verify()


class Quota(story.Story):
    def test_exactly_forty_of_eighty_under_eight_processes(self):
        for _ in range(story.rounds(1)):
            home = story.Home(self.folder / f"round-{_}")
            self.expect(0, home.run("init", "--preset", "yunluwan"))
            command = " ".join(map(story.shlex.quote, home.command(
                "meal", "checkin", "--outdoor", "外卖员", "--format", "json")))
            workers = [story.subprocess.Popen(
                ["sh", "-c", f"for i in 1 2 3 4 5 6 7 8 9 10; do {command}; done"],
                stdout=story.subprocess.PIPE, stderr=story.subprocess.PIPE, env=story.environment())
                for _ in range(8)]
            rows = []
            for worker in workers:
                out, err = worker.communicate(timeout=120)
                self.assertEqual(err, b"")
                rows += [json.loads(line) for line in out.splitlines()]
            self.assertEqual(len(rows), 80)
            free = [row for row in rows if row["ok"] and row["tier"] == "outdoor"]
            self.assertEqual(len(free), 40)
            self.assertTrue(all(row["pay_fen"] == 0 for row in free))
            rest = [row for row in rows if row not in free]
            self.assertTrue(all(row.get("code") == "quota" or row.get("pay_fen") == 1500 for row in rest))
            self.assertEqual(len({row["meal_id"] for row in free}), 40)
            self.expect(0, home.run("verify"))

    def test_exactly_forty_on_each_of_a_hundred_days(self):
        """Row 7: eight counters, each asking six times a day, all at the same moment."""
        days = story.rounds(100)
        done = story.subprocess.run([story.COUNTERS, self.home.path, "8", "6", str(days)], capture_output=True,
                                    text=True, env=story.environment(), timeout=story.SLOW * story.SOAK)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout, "40 8 0\n" * days)
        connection = sqlite3.connect(self.home.database)
        self.addCleanup(connection.close)
        self.assertEqual(connection.execute("SELECT count(*), min(free), max(free), min(slots) FROM (SELECT "
                                            "count(*) AS free, count(DISTINCT quota_slot) AS slots FROM meal "
                                            "WHERE pay = 0 GROUP BY date)").fetchone(), (days, 40, 40, 40))
        self.verify()
        self.figure("row 7, exactly 40 free meals", f"8 processes x {days} days", "40 each")


if __name__ == "__main__":
    story.unittest.main()
