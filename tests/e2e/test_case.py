"""A leak between two neighbours, from intake to the dossier: the way of the case, who may see it, and
what neither the audit trail nor the file gives away."""
import contextlib
import os
import re
import shutil
import sqlite3

import story
from story import Home, sheet

SIDES = ("柳春燕", "康大勇")
LONG = ("楼上的水管漏了三回。" * 10_000)[:99_990] + "雨棚也坏了，都听到。"
SECRETS = (*SIDES, "漏了三回", "雨棚", "楼上漏水", "扬言", "赔偿粉刷", "13900001111")
DESKS = 8


class QuickHome(Home):
    """Signing in costs nothing here."""

    def command(self, *arguments, lang="zh"):
        return [story.QUICK_KEY, *super().command(*arguments, lang=lang)[1:]]


class Case(story.Story):
    preset = "jingting"

    def furnish(self):
        super().furnish()
        self.import_sheet(sheet([{"姓名": SIDES[0], "卡号": "L1", "小区": "井亭苑", "楼栋": "3", "室": "201"}]))
        self.quick = QuickHome(self.home.path)
        for name, role in (("林峰", "mediator"), ("吴窗口", "desk"), ("赵审计", "auditor")):
            self.expect(0, self.home.run("operator", "add", name, "--role", role))
            self.expect(0, self.quick.run("operator", "passwd", name, "--password-fd", "0", stdin="864201\n"))
        keeper = self.do("operator", "list", "--format", "json").rows[0]["name"]
        self.do("mediator", "add", "--name", "秦玉兰", "--operator-name", keeper, "--team", "和事帮帮团")
        self.do("mediator", "add", "--name", "林峰", "--operator-name", "林峰")

    def setUp(self):
        super().setUp()
        self.quick = QuickHome(self.home.path)

    def do(self, *words, now=story.LUNCH, **more):
        return self.expect(0, self.home.run(*words, now=now, **more))

    def refused(self, *words, says=(), code=(1, 2, 3), now=story.LUNCH):
        self.says(self.home.run(*words, now=now), code, *says)

    def run_as(self, name, *words):
        reader, writer = os.pipe()
        os.write(writer, b"864201\n")
        os.close(writer)
        try:
            return self.quick.run("--operator", name, "--password-fd", reader, *words, pass_fds=(reader,))
        finally:
            os.close(reader)

    def shown(self, case="1"):
        return self.do("case", "show", case, "--format", "json").row

    def steps(self, kind):
        return [step for step in self.shown()["steps"] if step["kind"] == kind]

    def intake(self, *sides, **fields):
        said = {"subject": "楼上漏水", "dispute": "漏水", "level": "邻里事", "source": "申请", "danger": "否", **fields}
        return ("case", "open", *sides, *(word for key, value in said.items() for word in (f"--{key}", value)))

    def taken_in(self):
        """By a local word, and with a threat: whom to tell comes first."""
        both = ("--applicant", "L1", "--respondent-name", SIDES[1], "--respondent-phone", "13900001111")
        self.refused(*self.intake(*both, dispute="没有这种事"), says=["--dispute"])
        self.refused(*self.intake(*both, subject=""), says=["--subject"])
        for twice in (("--applicant", "L1", "--respondent", "L1"),
                      ("--applicant-name", SIDES[1], "--applicant-phone", "13900001111",
                       "--respondent-name", SIDES[1], "--respondent-phone", "13900001111")):
            self.refused(*self.intake(*twice), says=["同一"])
        told = self.do(*self.intake(*both, danger="是", text="康大勇扬言要动手"))
        self.assertIn("(2026)井调字第1号", told.out)
        self.assertIn("case report", told.err)
        self.assertIn("派出所", told.err)
        self.refused("case", "party", "1", "--side", "被申请人", "--file", "L1")
        self.do("case", "report", "1", "--to", "派出所", "--at", "11:20")
        self.assertEqual(self.steps("intake")[0]["dispute"], "neighbours")
        self.assertEqual([step["name"] for step in self.steps("party")], list(SIDES))

    def opened_at_once(self):
        """Eight desks, and no number is left out or given twice."""
        desks = [self.home.start(*self.intake("--applicant-name", f"路人{n}", "--respondent-name", f"邻居{n}",
                                              subject="遛狗不牵绳", dispute="遛狗"))
                 for n in range(DESKS)]
        told = [desk.communicate() for desk in desks]
        self.assertEqual([desk.returncode for desk in desks], [0] * DESKS, told)
        numbers = sorted(int(re.search(r"第(\d+)号", out.decode())[1]) for out, _ in told)
        self.assertEqual(numbers, list(range(2, DESKS + 2)))
        self.assertEqual(len(self.do("case", "list", "--format", "json").rows), DESKS + 1)

    def mediated(self):
        meeting = ("case", "session", "1", "--present", "、".join(SIDES))
        self.refused(*meeting, "--text", "先谈谈", says=["告知"])
        self.do("case", "inform", "1", "--how", "当面宣读，双方签字")
        self.refused(*meeting, says=["--text"])
        self.do("case", "investigate", "1", "--asked", "楼长", "--text", "看了现场：三楼的管子裂了")
        self.do(*meeting, "--place", "调解室", "--text-file", "-", stdin=LONG)
        self.assertEqual(self.steps("meeting")[0]["text"], LONG)
        agreement = ("case", "agree", "1", "--form", "书面协议", "--signed-by", "双方", "--text", "修管子，赔偿粉刷")
        self.refused(*agreement, says=["--date"])
        self.assertEqual(self.steps("agreed"), [])
        self.do(*agreement, "--date", "2026-03-10")
        self.do("case", "promise", "1", "--who", SIDES[1], "--what", "修好管子", "--due-on", "2026-03-15")
        self.do("case", "promise", "1", "--who", SIDES[1], "--what", "赔偿粉刷", "--amount", "800",
                "--due-on", "2026-03-20")
        self.refused("case", "promise", "1", "--who", SIDES[1], "--what", "道歉", says=["--due-on"])

    def kept(self):
        late = "2026-03-21T09:00"
        due = self.do("case", "due", now=late).out
        self.assertIn("(2026)井调字第1号", due)
        self.do("case", "perform", "1", "--about", "2", "--amount", "300", now=late)
        self.refused("case", "perform", "1", "--about", "2", "--amount", "600", now=late, says=["500"])
        self.do("case", "perform", "1", "--about", "2", "--amount", "500", now=late)
        self.do("case", "perform", "1", "--about", "1", "--how", "楼长看过", now=late)
        self.assertEqual((self.shown()["promised"], self.shown()["paid"]), (80000, 80000))
        self.refused("case", "close", "1", now=late, says=["回访"])
        self.do("case", "follow", "1", "--kept", "已履行", "--met", "上门见了双方", now=late)
        self.do("case", "close", "1", now=late)
        self.assertEqual(self.shown()["state"], "closed")

    def counted(self):
        """Who fails is told where else to go."""
        self.refused("case", "end", "2", "--how", "调解不成", says=["--told"])
        self.do("case", "end", "2", "--how", "调解不成", "--told", "是")
        total, kind = self.do("report", "mediation", "2026", "--by", "dispute", "--format", "json").rows
        told = {"accepted": DESKS + 1, "open": DESKS - 1, "settled": 1, "failed": 1, "kept": 1, "paid_fen": 80000}
        self.assertEqual({key: total[key] for key in told}, told)
        self.assertEqual((kind["name"], kind["accepted"]), ("邻里纠纷", DESKS + 1))

    def taken_up_again(self):
        late = "2026-03-21T09:00"
        self.refused("case", "session", "1", "--present", "双方", "--text", "再谈", now=late)
        self.refused("case", "reopen", "1", now=late, says=["--reason"])
        self.do("case", "reopen", "1", "--reason", "雨棚又漏", now=late)
        self.do("case", "add", "1", "--about", "7", "--text", "更正：管子在四楼", now=late)
        self.assertEqual([step["about"] for step in self.steps("added")], [7])

    def kept_secret(self):
        """By number for others; whom the keeper names may read, and each look is in the trail."""
        for name in ("吴窗口", "赵审计", "林峰"):
            listed = self.expect(0, self.run_as(name, "case", "list", "--all", "--format", "json")).out
            self.assertIn("(2026)井调字第1号", listed)
            for secret in SECRETS:
                self.assertNotIn(secret, listed)
            self.says(self.run_as(name, "case", "show", "1"), 1, "只有本案调解员")
        self.assertNotIn("雨棚", self.expect(0, self.run_as("林峰", "case", "find", "雨棚")).out)
        self.refused("case", "reader-add", "赵审计", "--case", "1", says=["--reason"])
        self.do("case", "reader-add", "赵审计", "--case", "1", "--reason", "年度抽查")
        self.assertIn(SIDES[1], self.expect(0, self.run_as("赵审计", "case", "show", "1")).out)
        self.says(self.run_as("赵审计", "case", "show", "2"), 1, "只有本案调解员")
        self.says(self.run_as("赵审计", "case", "follow", "1", "--kept", "已履行"), 1)
        reader = self.do("case", "readers", "--format", "json").row
        self.do("case", "reader-end", reader["reader_id"])
        self.says(self.run_as("赵审计", "case", "show", "1"), 1, "只有本案调解员")
        self.expect(0, self.run_as("林峰", *self.intake("--applicant-name", "方小宁", "--respondent-name", "葛海")))
        self.refused("case", "show", str(DESKS + 2), says=["只有本案调解员"])
        found = self.do("case", "find", "雨棚", "--format", "json").rows
        self.assertEqual([row["case_id"] for row in found], [1])
        before = self.opened()
        self.assertEqual(before.count("赵审计"), 1)
        self.shown()
        self.assertEqual(len(self.opened()), len(before) + 1)
        trail = self.do("audit", "--format", "json").out
        for secret in SECRETS:
            self.assertNotIn(secret, trail)
        self.assertEqual(self.find("雨棚"), [])

    def opened(self):
        return [row["operator"] for row in self.do("audit", "--action", "read_case", "--format", "json").rows
                if row["subject"] == "(2026)井调字第1号"]

    def on_paper(self):
        page = self.folder / "dossier.html"
        self.refused("case", "dossier", "1", "--format", "html", "-o", page, says=["原因"])
        self.assertFalse(page.exists())
        self.do("case", "dossier", "1", "--format", "html", "-o", page, "--reason", "送法院")
        text = page.read_text("utf-8")
        for item in ("封面", "目录", "申请书", "受理登记表", "告知书", "调查记录", "证据", "调解记录", "协议书", "回访记录",
                     "司法确认", "情况说明", "封底", "缺", *SIDES):
            self.assertIn(item, text)
        exported = self.do("audit", "--action", "export_case", "--format", "json").rows
        self.assertEqual([row["reason"] for row in exported], ["送法院"])

    def at_rest(self):
        for name in ("mulin.db", "mulin.db-wal", "mulin.db-journal"):
            path = self.home.path / name
            data = path.read_bytes() if path.exists() else b""
            for secret in SECRETS[1:]:
                self.assertNotIn(secret.encode(), data, f"{name}: {secret}")
        whole = self.shown()
        self.do("key", "change")
        self.assertEqual(self.shown(), whole)
        self.assertEqual(self.do("case", "find", "雨棚", "--format", "json").row["case_id"], 1)
        self.verify()

    def bent(self):
        """What is changed behind its back is found."""
        other = "(SELECT body FROM case_step WHERE step_id = 9)"
        for number, bend in enumerate(("UPDATE case_step SET date = '2026-03-09' WHERE step_id = 8",
                                       f"UPDATE case_step SET body = {other} WHERE step_id = 8",
                                       "UPDATE mediation_case SET paid = 1 WHERE case_id = 1")):
            copy = Home(self.folder / f"bent{number}")
            shutil.copytree(self.home.path, copy.path)
            with contextlib.closing(sqlite3.connect(copy.database)) as connection, connection:
                connection.execute("DROP TRIGGER case_step_unchanged")
                connection.execute(bend)
            self.says(copy.run("verify"), (1, 3, 4), "调解")

    def test_a_leak_between_neighbours(self):
        self.taken_in()
        self.opened_at_once()
        self.mediated()
        self.kept()
        self.counted()
        self.taken_up_again()
        self.kept_secret()
        self.on_paper()
        self.at_rest()
        self.bent()


if __name__ == "__main__":
    story.unittest.main()
