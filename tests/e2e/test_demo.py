"""The demo community: full of life, made up, and saying so."""
import story
from story import Home


class Demo(story.Story):
    preset = None

    def test_a_demo_community_is_full_of_life_and_says_that_it_is_made_up(self):
        self.expect(0, self.home.run("init", "--preset", "yunluwan", "--demo"))
        self.assertGreater(len(self.find("张", "--limit", "100")), 5)
        for lang, word in (("zh", "演示"), ("en", "demo")):
            self.assertIn(word, self.expect(0, self.home.run("today", lang=lang)).out.lower())
        self.verify()

    def test_killed_in_the_middle_it_can_be_done_again(self):
        for n in range(6):
            home = Home(self.folder / f"home-{n}")
            process = home.start("init", "--preset", "yunluwan", "--demo")
            try:
                process.wait(0.02 * (n + 1))
            except story.subprocess.TimeoutExpired:
                pass
            story.kill(process)
            for pipe in (process.stdin, process.stdout, process.stderr):
                pipe.close()
            again = home.run("init", "--preset", "yunluwan", "--demo")
            if again.code != 0:
                self.assertTrue(home.database.exists(), str(again))
            self.expect(0, home.run("verify"))
            self.expect(0, home.run("today"))


if __name__ == "__main__":
    story.unittest.main()
