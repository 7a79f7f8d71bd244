"""The demo community: full of life, made up, and saying so."""
import story


class Demo(story.Story):
    preset = None

    def test_a_demo_community_is_full_of_life_and_says_that_it_is_made_up(self):
        self.expect(0, self.home.run("init", "--preset", "yunluwan", "--demo"))
        self.assertGreater(len(self.find("张", "--limit", "100")), 5)
        for lang, word in (("zh", "演示"), ("en", "demo")):
            self.assertIn(word, self.expect(0, self.home.run("today", lang=lang)).out.lower())
        self.verify()


if __name__ == "__main__":
    story.unittest.main()
