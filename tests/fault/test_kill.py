"""kill -9 at any moment: what was acknowledged is there, what was not is whole or absent."""
import json
import os
import random
import signal
import time

import story
from story import person, sheet

PEOPLE = 600


class Storm(story.Story):
    def setUp(self):
        super().setUp()
        self.import_sheet(sheet([person(f"人{n:03d}", "1946-01-01", n, 楼栋="3", 室=str(n), 卡号=f"K{n:03d}")
                                 for n in range(PEOPLE)]))

    def test_every_acknowledged_check_in_survives(self):
        dice = random.Random(20260310)
        acknowledged, waiting = set(), list(range(PEOPLE))
        for _ in range(int(os.environ.get("MULIN_ROUNDS", "12"))):
            dice.shuffle(waiting)
            counters = [self.home.start("meal", "checkin", "-", "--format", "json") for _ in range(2)]
            for number, process in enumerate(counters):
                cards = "".join(f"K{n:03d}\n" for n in waiting[number::2])
                process.stdin.write(cards.encode())
                process.stdin.flush()
            time.sleep(dice.uniform(0.02, 0.4))
            for process in counters:
                process.kill()
            for process in counters:
                # The last line may be torn: what was not read whole was not acknowledged.
                out = process.stdout.read()
                for line in out[:out.rfind(b"\n") + 1].splitlines():
                    row = json.loads(line)
                    self.assertTrue(row["ok"] or row["code"] == "already_served", row)
                    if row["ok"]:
                        self.assertNotIn(row["who"], acknowledged)
                        acknowledged.add(row["who"])
                process.wait()
                for pipe in (process.stdin, process.stdout, process.stderr):
                    try:
                        pipe.close()
                    except BrokenPipeError:
                        pass
            self.verify()
            waiting = [n for n in waiting if f"K{n:03d}" not in acknowledged]
        self.assertGreater(len(acknowledged), 20)
        done = self.home.run("meal", "checkin", "-", "--format", "json",
                             stdin="".join(f"{who}\n" for who in sorted(acknowledged)))
        self.assertEqual({row.get("code") for row in done.rows}, {"already_served"})
        self.assertEqual(len(done.rows), len(acknowledged))

    def test_an_import_that_is_killed_lands_whole_or_not_at_all(self):
        dice = random.Random(7)
        path = self.write("new.csv", sheet([{"姓名": f"新{n}", "楼栋": "8", "室": str(n)} for n in range(5000)]))
        for _ in range(6):
            process = self.home.start("import", "residents", path)
            time.sleep(dice.uniform(0.05, 0.8))
            story.kill(process)
            for pipe in (process.stdin, process.stdout, process.stderr):
                pipe.close()
            self.verify()
            self.assertIn(len(self.find("8-4999")), (0, 1))
            self.assertEqual(len(self.find("8-0")), len(self.find("8-4999")))
        done = self.expect(0, self.home.run("import", "residents", path, "--format", "json"))
        self.assertEqual(done.row["added"] + done.row["unchanged"], 5000)

    def test_hup_and_term_end_a_stream_in_order(self):
        for number, name in enumerate((signal.SIGTERM, signal.SIGHUP, signal.SIGINT)):
            process = self.home.start("meal", "checkin", "-", "--format", "json")
            process.stdin.write(f"K{number:03d}\n".encode())
            process.stdin.flush()
            self.assertTrue(json.loads(process.stdout.readline())["ok"])
            process.send_signal(name)
            process.wait(10)
            self.assertNotIn(b"Sanitizer", process.stderr.read())
            for pipe in (process.stdin, process.stdout, process.stderr):
                pipe.close()
            self.assertEqual(self.serve(f"K{number:03d}", code=1)["code"], "already_served")
        self.verify()


if __name__ == "__main__":
    story.unittest.main()
