"""Orders and menus at the command: tomorrow's lunch from the menu to the kitchen's sheet."""
import csv
import io

import story


class Orders(story.Story):
    def test_tomorrow_from_the_menu_to_the_kitchen(self):
        run = self.home.run
        zhang, wang = 1, 2
        for name in ("张金凤", "王秀英"):
            self.expect(0, run("resident", "add", "--name", name))
        self.expect(0, run("resident", "file", str(zhang), "--diet", "糖尿病"))
        self.expect(3, run("menu", "set", "红烧肉（好吃）"))
        self.expect(0, run("menu", "set", "红烧肉（含大豆）", "清蒸鱼 低糖"))
        self.expect(0, run("order", "add", str(zhang), "--dish", "鱼"))
        self.expect(3, run("order", "add", str(zhang), "--dish", "红烧肉"))
        self.expect(3, run("order", "add", str(wang), "--dish", "馄饨"))
        self.expect(0, run("order", "add", str(wang), "--weekdays", "周一至周五", "--serving", "送餐"))
        rows = run("order", "list", "--format", "json").rows
        self.assertEqual([(row["name"], row["dish"], row["delivered"], row["standing"]) for row in rows],
                         [("张金凤", "清蒸鱼", False, False), ("王秀英", None, True, True)])
        self.expect(0, run("order", "absent", str(wang), "--until", "2026-12-20", "--reason", "住院"))
        self.assertEqual(len(run("order", "list", "--format", "json").rows), 1)
        mine = run("order", "list", str(wang), "--format", "json").rows
        self.assertEqual([row["note"] for row in mine], [None, "住院"])
        self.expect(0, run("order", "back", str(mine[1]["absence_id"]), "--date", mine[1]["from"]))
        sheet = self.expect(0, run("order", "count", "--format", "csv")).out
        table = list(csv.reader(io.StringIO(sheet.lstrip("\ufeff"))))
        self.assertEqual([row[1:6] for row in table[1:]],
                         [["当天的菜", "", "1", "0", "1"], ["清蒸鱼", "低糖", "1", "1", "0"], ["", "", "2", "1", "1"]])
        self.assertIn("张**：糖尿病", sheet)
        self.assertNotIn("金凤", sheet)
        self.expect(0, run("order", "change", "1", "--serving", "送餐"))
        self.expect(0, run("order", "cancel", "2"))
        self.assertEqual([(row["meals"], row["delivered"]) for row in
                          run("order", "count", "--format", "json").rows], [(1, 1)])
        self.expect(0, run("order", "count", "-o", str(self.folder / "kitchen.xlsx")))
        self.expect(0, run("menu", "copy", mine[1]["from"], "--date", "2026-12-24"))
        self.assertEqual(run("menu", "show", "--date", "2026-12-24", "--format", "json").row["dishes"],
                         [{"name": "红烧肉", "marks": "含大豆"}, {"name": "清蒸鱼", "marks": "低糖"}])
        for wrong in (("order", "add"), ("order", "add", "x"), ("order", "list", "1", "2"),
                      ("order", "count", "--format", "xlsx"), ("order", "count", "--format", "json", "-o", "x"),
                      ("menu", "set"), ("menu", "copy"), ("menu", "copy", "gestern"), ("order", "back", "1", "2"),
                      ("order", "list", "--format", "csv"), ("menu", "show", "--date", "x")):
            with self.subTest(wrong=wrong):
                self.expect(2, run(*wrong))
        self.expect(3, run("order", "change", "99"))
        self.expect(3, run("order", "list", "99"))


if __name__ == "__main__":
    story.unittest.main()
