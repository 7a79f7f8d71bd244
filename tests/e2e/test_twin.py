"""Files of one person are found, linked and parted by command."""
import story
from story import id_number


class Twin(story.Story):
    def add(self, *fields):
        self.expect(0, self.home.run("resident", "add", *fields))

    def twins(self, *operands):
        return self.expect(0, self.home.run("twin", "list", *operands, "--format", "json")).rows

    def two_files(self):
        self.add("--name", "张金凤", "--id-number", id_number("1945-03-05", 12), "--card", "YL0001")
        self.add("--name", "张金凤", "--birth-date", "1945-03-05", "--phone", "13812344821", "--card", "YL0002")

    def test_a_pair_is_told_with_its_reason_and_masked(self):
        self.two_files()
        pair, = self.twins()
        self.assertEqual((pair["first"]["id"], pair["second"]["id"]), (1, 2))
        self.assertEqual(pair["reasons"], ["the same name and birth date"])
        self.assertEqual(pair["second"]["phone"], "138****4821")
        self.assertNotIn("19450305", pair["first"]["id_number"])
        self.assertEqual(self.twins("2")[0]["second"]["id"], 1)

    def test_linked_and_parted_again(self):
        self.two_files()
        self.expect(0, self.home.run("twin", "link", "1", "2", "--reason", "同一张照片"))
        self.assertEqual(self.twins(), [])
        link, = self.twins("--linked")
        self.assertEqual((link["first"], link["second"], link["leading"], link["verdict"]), (1, 2, 1, "one_person"))
        self.assertEqual([found["id"] for found in self.find("4821")], [1])
        self.expect(0, self.home.run("twin", "unlink", "2"))
        self.assertEqual([found["id"] for found in self.find("4821")], [2])
        self.expect(0, self.home.run("undo"))
        self.assertEqual([found["id"] for found in self.find("4821")], [1])
        self.expect(0, self.home.run("verify"))

    def test_declared_different_for_good(self):
        self.two_files()
        self.expect(0, self.home.run("twin", "different", "2", "1", "--reason", "同名"))
        self.assertEqual(self.twins(), [])
        self.assertEqual(self.twins("1"), [])
        self.says(self.home.run("twin", "link", "1", "2"), 1)
        self.assertEqual(self.twins("--different")[0]["reason"], "同名")
        self.expect(0, self.home.run("twin", "different", "1", "2", "--withdraw"))
        self.assertEqual(len(self.twins()), 1)

    def test_everything_ever_decided_is_told(self):
        self.two_files()
        self.expect(0, self.home.run("twin", "link", "1", "2", "--reason", "同一张照片"))
        self.expect(0, self.home.run("twin", "unlink", "2"))
        self.expect(0, self.home.run("twin", "different", "1", "2", "--reason", "同名"))
        newer, older = self.twins("--decided")
        self.assertEqual((newer["verdict"], newer["reason"], newer["ended"]), ("two_people", "同名", False))
        self.assertEqual((older["verdict"], older["reason"], older["ended"]), ("one_person", "同一张照片", True))
        lines = self.expect(0, self.home.run("twin", "list", "--decided")).out.splitlines()
        self.assertIn("不同人", lines[0])
        self.assertIn("已撤回", lines[1])
        self.says(self.home.run("twin", "list", "1", "--decided"), 2)

    def test_misuse_is_told(self):
        self.two_files()
        for words, code in ((("link", "1", "1"), 3), (("link", "1", "9"), 3), (("link", "1"), 2), (("link", "x", "1"), 2),
                            (("unlink", "2"), 1), (("list", "1", "--linked"), 2), (("list", "9"), 3),
                            (("unlink", "2", "--withdraw"), 2), (("different", "1", "2", "3"), 2)):
            with self.subTest(words=words):
                self.says(self.home.run("twin", *words), code)


if __name__ == "__main__":
    story.unittest.main()
