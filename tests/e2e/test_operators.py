"""Who acts at a desk or in a command: hired by the keeper, signed in by a password, locked out."""
import os

import story


class Operators(story.Story):
    def run_as(self, name, password, *arguments, **more):
        """A command of `name`, the password coming through a pipe."""
        reader, writer = os.pipe()
        os.write(writer, password.encode() + b"\n")
        os.close(writer)
        try:
            return self.home.run("--operator", name, "--password-fd", reader, *arguments,
                                 pass_fds=(reader,), **more)
        finally:
            os.close(reader)

    def hire(self, name, role, password):
        self.expect(0, self.home.run("operator", "add", name, "--role", role))
        self.expect(0, self.home.run("operator", "passwd", name, "--password-fd", "0",
                                     stdin=password + "\n"))

    def listed(self, name):
        rows = self.expect(0, self.home.run("operator", "list", "--format", "json")).rows
        return next(row for row in rows if row["name"] == name)

    def test_a_command_acts_with_the_rights_of_who_signed_in(self):
        self.hire("陈静", "desk", "864201")
        self.expect(0, self.run_as("陈静", "864201", "resident", "add", "--name", "赵小玲"))
        self.says(self.run_as("陈静", "864201", "operator", "list"), 1, "管理工作人员")
        self.says(self.run_as("陈静", "1111", "today"), 1, "姓名或密码不对")
        self.says(self.run_as("没有人", "1111", "today"), 1, "姓名或密码不对")
        self.expect(0, self.home.run("operator", "end", "陈静"))
        self.says(self.run_as("陈静", "864201", "today"), 1, "姓名或密码不对")
        trail = self.expect(0, self.home.run("audit")).out
        self.assertNotIn("864201", trail)
        self.assertNotIn(b"864201", self.home.database.read_bytes())
        self.verify()

    def test_five_wrong_tries_lock_across_programs(self):
        self.hire("陈静", "desk", "864201")
        for _ in range(5):
            answer = self.run_as("陈静", "1111", "today")
        self.says(answer, 1, "请等到 11:31 再试")
        self.says(self.run_as("陈静", "864201", "today"), 1, "请等到 11:31 再试")
        self.assertEqual(self.listed("陈静")["wrong_tries"], 5)
        later = "2026-03-10T11:31"
        self.expect(0, self.run_as("陈静", "864201", "today", now=later))
        self.assertEqual(self.listed("陈静")["wrong_tries"], 0)

    def test_wrong_use_is_told(self):
        self.says(self.home.run("operator", "add", "陈静"), 2, "--role")
        self.says(self.home.run("operator", "add", "陈静", "--role", "king"), 2, "king")
        self.says(self.home.run("operator", "role", "陈静"), 2, "NAME ROLE")
        self.says(self.home.run("operator", "role", "陈静", "desk"), 3, "没有这个人")
        self.says(self.home.run("operator", "bind", "陈静"), 2, "USER")
        self.says(self.home.run("operator", "end"), 2, "NAME")
        self.says(self.home.run("--operator", "陈静", "today", start_new_session=True), 2,
                  "--password-fd")
        self.says(self.home.run("--operator", "陈静", "--password-fd", "x", "today"), 2, "x")

    def test_a_password_is_typed_twice_and_not_shown(self):
        self.expect(0, self.home.run("operator", "add", "陈静", "--role", "desk"))
        desk = self.open("operator", "passwd", "陈静")
        desk.until("新密码：").type("864201").key("Enter")
        desk.until("再输入一次新密码：").type("864201").key("Enter").until("密码已设好")
        self.assertNotIn("864201", desk.text)
        self.assertEqual(desk.exited(), 0)
        self.assertTrue(self.listed("陈静")["password"])

    def test_the_desk_asks_on_its_screen(self):
        self.hire("陈静", "desk", "864201")
        desk = self.open("--operator", "陈静")
        desk.until("陈静，请输入密码").paste("864201").until("******")
        self.assertNotIn("864201", desk.text)
        desk.key("Enter").until("现在是 陈静")

    def test_over_an_account_that_several_share_the_desk_asks_who_works(self):
        """The account that ran init acts as the first keeper in commands; nobody sits down as him."""
        self.hire("陈静", "desk", "864201")
        desk = self.open("--sign-in")
        desk.until("登录").until("陈静").wait()
        desk.type("1").key("F9", "F3").wait()
        self.assertIn("┌─ 登录", desk.text)
        self.assertNotIn("在住", desk.text)
        desk.key("Backspace").type("陈静").key("Enter").until("请输入密码").paste("864201").until("******")
        desk.key("Enter").until("现在是 陈静").until("在住")
        self.says(self.home.run("--sign-in", "today"), 2, "--operator")
        self.expect(0, self.run_as("陈静", "864201", "--sign-in", "today"))

    def test_the_last_keeper_is_not_shut_out(self):
        keeper = self.expect(0, self.home.run("operator", "list", "--format", "json")).row["name"]
        self.says(self.home.run("operator", "bind", keeper, "-"), 1, f"operator passwd {keeper}")
        self.expect(0, self.home.run("operator", "passwd", "--password-fd", "0", stdin="135790\n"))
        self.expect(0, self.home.run("operator", "bind", keeper, "-"))
        self.says(self.home.run("today"), 1, "operator")
        self.expect(0, self.run_as(keeper, "135790", "today"))


if __name__ == "__main__":
    story.unittest.main()
