"""kill -9 at any moment: what was acknowledged is there, what was not is whole or absent."""
import collections
import datetime
import json
import signal
import time

import story
from story import person, sheet

PEOPLE, COUNTERS, KILLS, KILLS_A_CHECK = 400, 4, 1000, 50


class Counter:
    """A stream of check-ins that runs until it is killed."""

    def __init__(self, home, day, cards):
        self.day, self.began = day, time.monotonic()
        self.process = home.start("meal", "checkin", "-", now=f"{day}T11:30")
        self.process.stdin.write("".join(f"{card}\n" for card in cards).encode())
        self.process.stdin.flush()

    def kill(self):
        """The answers that were read whole: a torn line was not acknowledged."""
        self.process.kill()
        out, err = self.process.communicate()
        assert not err, err
        return [json.loads(line) for line in out[:out.rfind(b"\n") + 1].splitlines()]


class Acknowledged:
    """The log of everything that was answered, and what it must agree with."""

    def __init__(self, story):
        self.story, self.days = story, collections.defaultdict(dict)

    def take(self, counter):
        for answer in counter.kill():
            if answer["ok"]:
                day = datetime.date.fromisoformat(answer["date"])  # a counter may still have yesterday's clock
                self.story.assertNotIn(answer["name"], self.days[day], "served twice")
                self.days[day][answer["name"]] = answer["meal_id"]
            else:
                self.story.assertEqual(answer["code"], "already_served", answer)

    @property
    def count(self):
        return sum(map(len, self.days.values()))

    def unanswered(self):
        """Compares with the meals that stand in the records; how many of these nobody was told of."""
        stand = 0
        for day, answered in self.days.items():
            meals = self.story.expect(0, self.story.home.run("meal", "list", day, "--limit", PEOPLE + 1,
                                                             "--format", "json", now=f"{day}T11:30")).rows
            there = {meal["name"]: meal["meal_id"] for meal in meals}
            self.story.assertEqual(len(there), len(meals), "somebody stands there twice")
            self.story.assertEqual({name: there.get(name) for name in answered}, answered, "lost")
            stand += len(meals)
        self.story.assertRegex(self.story.verify().out, rf"(?<!\d){stand}(?!\d)")
        return stand - self.count


class Storm(story.Story):
    def furnish(self):
        super().furnish()
        self.import_sheet(sheet([person(f"人{n:03d}", "1946-01-01", n, 楼栋="3", 室=str(n), 卡号=f"K{n:03d}")
                                 for n in range(PEOPLE)]))

    def open_counter(self, log, day, opening):
        """Another counter, its queue dealt from those who have not been answered today. It lives up
        to twice the time in which a counter opens: some die opening, some in any place of a meal."""
        waiting = [f"K{n:03d}" for n in range(PEOPLE) if f"人{n:03d}" not in log.days[day]]
        counter = Counter(self.home, day, self.dice.sample(waiting, min(len(waiting), 60)))
        counter.end = counter.began + self.dice.uniform(0, 2) * opening
        return counter

    def test_every_acknowledged_check_in_survives_a_thousand_kills(self):
        """Four counters serve the same queue; whichever is killed is opened anew."""
        log, day, kills = Acknowledged(self), datetime.date(2026, 3, 10), story.rounds(KILLS)
        opening = self.opening_time()
        counters = [self.open_counter(log, day, opening) for _ in range(COUNTERS)]
        for number in range(kills):
            counter = min(counters, key=lambda counter: counter.end)
            time.sleep(max(0, counter.end - time.monotonic()))
            log.take(counter)
            if number % KILLS_A_CHECK == KILLS_A_CHECK - 1:
                self.verify()
            if len(log.days[day]) > PEOPLE * 3 // 4:
                day += datetime.timedelta(days=1)
            counters[counters.index(counter)] = self.open_counter(log, day, opening)
        for counter in counters:
            log.take(counter)
        unanswered = log.unanswered()
        self.assertLessEqual(unanswered, kills + COUNTERS, "one of each that was killed at most")
        self.assertGreater(log.count, kills // 4)
        self.figure("row 1, acknowledged work survives kill", f"{kills} kills", f"{log.count} acknowledged",
                    "0 lost", "0 doubled", f"{unanswered} committed and not yet answered")

    def opening_time(self):
        begin = time.monotonic()
        counters = [Counter(self.home, "2026-03-09", ["nobody"]) for _ in range(COUNTERS)]
        for counter in counters:
            counter.process.stdout.readline()
        opening = time.monotonic() - begin
        for counter in counters:
            counter.kill()
        return opening

    def entries(self):
        return self.expect(0, self.home.run("today", "--format", "json")).row["entries"]

    def test_a_retry_never_doubles(self):
        """The till does not know what was saved when its stream died: it sends everything again,
        three times, and takes one meal back three times."""
        opening, served, taken_back, retries = self.opening_time(), 0, 0, 0
        for number in range(story.rounds(12)):
            day = datetime.date(2026, 4, 1) + datetime.timedelta(days=number)
            cards = self.dice.sample([f"K{n:03d}" for n in range(PEOPLE)], 25)
            counter = Counter(self.home, day, cards)
            time.sleep(self.dice.uniform(0.5, 2) * opening)
            told = [answer["who"] for answer in counter.kill()]
            for again in range(3):
                replay = Counter(self.home, day, cards)
                answers = [json.loads(replay.process.stdout.readline()) for _ in cards]
                replay.kill()
                for answer in answers:
                    if again or answer["who"] in told:
                        self.assertEqual(answer.get("code"), "already_served", answer)
                retries += len(cards)
            served += len(cards)
            self.assertEqual(self.entries(), served + taken_back)
            last = self.home.run("meal", "list", day, "--format", "json", now=f"{day}T11:30").rows[0]
            void = ("meal", "void", last["meal_id"], "--reason", "点错")
            process = self.home.start(*void, now=f"{day}T11:31")
            time.sleep(self.dice.uniform(0.2, 1) * opening)
            story.kill(process)
            process.communicate()
            codes = [self.home.run(*void, now=f"{day}T11:31").code for _ in range(3)]
            self.assertIn(codes, ([0, 1, 1], [1, 1, 1]))
            taken_back += 1
            self.assertEqual(self.entries(), served + taken_back)
        self.verify()
        self.figure("row 8, retry never doubles", f"{retries} retries of {served} meals, "
                    f"{3 * taken_back} of {taken_back} voids", "1 effect each")

    def test_an_import_that_is_killed_lands_whole_or_not_at_all(self):
        path = self.write("new.csv", sheet([{"姓名": f"新{n}", "楼栋": "8", "室": str(n)} for n in range(5000)]))
        for _ in range(story.rounds(6)):
            process = self.home.start("import", "residents", path)
            time.sleep(self.dice.uniform(0.05, 0.8))
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
