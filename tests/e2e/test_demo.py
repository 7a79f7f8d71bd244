"""The demo community: full of life, made up, and saying so."""
import random
import time

import story


class Demo(story.Story):
    preset = None

    def test_a_demo_community_is_full_of_life_and_says_that_it_is_made_up(self):
        self.expect(0, self.home.run("init", "--preset", "yunluwan", "--demo"))
        self.assertGreater(len(self.find("张", "--limit", "100")), 5)
        for lang, word in (("zh", "演示"), ("en", "demo")):
            self.assertIn(word, self.expect(0, self.home.run("today", lang=lang)).out.lower())
        self.verify()
        self.assertEqual(sorted(path.name for path in self.home.path.iterdir()),
                         ["mulin.db", "mulin.key"])

    def test_killed_while_it_is_filled_there_is_no_demo_home_and_the_next_try_makes_one(self):
        dice = random.Random(20261122)
        for _ in range(8):
            process = self.home.start("init", "--preset", "yunluwan", "--demo", "--scale", "3000")
            time.sleep(dice.uniform(0.02, 1))
            story.kill(process)
            if self.home.database.exists():
                break  # it was faster: then it is whole
            self.says(self.home.run("today"), 3, "mulin init")
        else:
            self.expect(0, self.home.run("init", "--preset", "yunluwan", "--demo", "--scale", "3000"))
        self.assertGreater(self.expect(0, self.home.run("today", "--format", "json")).row["files"], 2500)
        names = {path.name for path in self.home.path.iterdir()}
        self.assertLessEqual({"mulin.db", "mulin.key"}, names)
        self.assertLessEqual(names, {"mulin.db", "mulin.db-journal", "mulin.key", "demo.tmp"})
        self.verify()


if __name__ == "__main__":
    story.unittest.main()
