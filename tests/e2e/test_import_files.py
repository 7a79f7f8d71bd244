"""Files that are no spreadsheet: empty, torn, enormous, hostile."""
import os
import resource
import termios
import time

import story
from story import person, sheet


class BadFiles(story.Story):
    def refuse(self, data, *words):
        before = self.home.database.read_bytes()
        path = self.write("bad.csv", data)
        for lang in ("zh", "en"):
            self.says(self.home.run("import", "residents", path, lang=lang), 3, *words)
        self.assertEqual(self.home.database.read_bytes(), before)

    def test_an_empty_file(self):
        self.refuse(b"")
        self.refuse("\ufeff".encode())
        self.refuse(b"\r\n\r\n")

    def test_headers_alone_are_no_rows(self):
        done = self.import_sheet(sheet([]))
        self.assertEqual(done.row["rows"], 0)

    def test_a_file_that_is_not_there(self):
        self.says(self.home.run("import", "residents", self.folder / "none.csv"), 3, "none.csv")

    def test_a_directory_as_a_file(self):
        self.says(self.home.run("import", "residents", self.folder), 3)

    def test_a_fifo_without_a_writer_does_not_hang(self):
        os.mkfifo(self.folder / "pipe.csv")
        done = self.home.run("import", "residents", self.folder / "pipe.csv", timeout=20)
        self.says(done, 3)

    def test_a_device_without_end(self):
        self.says(self.home.run("import", "residents", "/dev/zero", timeout=60), 3)

    def test_a_torn_file(self):
        """The last row broke off: it does not land, whatever is left of it."""
        data = sheet([person("张三", "1950-01-01", 1), person("李四", "1950-01-01", 3, 备注="长,备注")])
        number = person("李四", "1950-01-01", 3)["身份证号"].encode()
        for cut in (data.index(number) + 10, data.index(number) + 19, data.index("李四".encode()) + 6,
                    data.index("长,".encode()) + 4):
            with self.subTest(left=data[cut - 6:cut]):
                done = self.home.run("import", "residents", self.write("torn.csv", data[:cut]))
                self.says(done, 3)
                self.assertEqual(self.find("李四"), [])

    def test_torn_in_the_middle_of_a_character(self):
        data = sheet([person("张三", "1950-01-01", 1)], newline="\n") + "李".encode()[:2]
        done = self.home.run("import", "residents", self.write("torn.csv", data))
        self.says(done, 3)

    def test_nul_bytes(self):
        data = sheet([person("张三", "1950-01-01", 1)]) + b"\x00\x00,\x00\r\n"
        self.says(self.home.run("import", "residents", self.write("nul.csv", data)), 3)

    def test_utf_16_is_named_or_refused(self):
        self.refuse(sheet([person("张三", "1950-01-01", 1)]).decode().encode("utf-16"))

    def test_a_spreadsheet_program_file(self):
        self.refuse(b"PK\x03\x04" + os.urandom(4000))
        self.refuse(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + os.urandom(4000))

    def test_a_row_with_more_cells_than_headers(self):
        done = self.import_sheet(sheet([["张三", "多出"]], ["姓名"]), code=3)
        self.assertEqual(done.row["rejected"], 1)

    def test_a_cell_of_a_megabyte(self):
        path = self.write("long.csv", sheet([person("张三", "1950-01-01", 1, 备注="长" * 350000)]))
        self.says(self.home.run("import", "residents", path), 3)

    def test_a_hundred_thousand_columns(self):
        data = (",".join(["姓名"] + ["x"] * 100000) + "\n张三\n").encode()
        done = self.home.run("import", "residents", self.write("wide.csv", data), timeout=60)
        self.assertIn(done.code, (0, 3))

    def test_a_hundred_megabytes(self):
        """Either it comes in or it is refused in words; the memory stays small either way."""
        path = self.folder / "big.csv"
        row = ("填充" * 30 + ",别墅\r\n").encode()
        with open(path, "wb") as file:
            file.write("姓名,居住类型\r\n".encode())
            block = row * 5000
            for _ in range(100 * 1024 * 1024 // len(block) + 1):
                file.write(block)
        begin = time.monotonic()
        done = self.home.run("import", "residents", path, "--strict", timeout=280)
        self.assertEqual(done.code, 3, str(done)[:2000])
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        self.assertLess(peak, 600, f"MiB, under a sanitizer, after {time.monotonic() - begin:.0f} s")
        self.assertEqual(self.find("填充"), [])

    def test_the_rejects_file_cannot_be_written(self):
        if os.geteuid() == 0:
            self.skipTest("root may write anywhere")
        folder = self.folder / "locked"
        folder.mkdir()
        (folder / "x.csv").write_bytes(sheet([person("张三", "1950-01-01", 1, 居住类型="别墅")]))
        folder.chmod(0o500)
        self.addCleanup(folder.chmod, 0o700)
        done = self.home.run("import", "residents", folder / "x.csv")
        self.says(done, 3)

    def test_the_rejects_file_does_not_follow_a_link(self):
        victim = self.write("victim", b"precious")
        os.symlink(victim, self.folder / "residents.rejects.csv")
        path = self.write("residents.csv", sheet([person("张三", "1950-01-01", 1, 居住类型="别墅")]))
        self.home.run("import", "residents", path)
        self.assertEqual(victim.read_bytes(), b"precious")

    def test_progress_is_shown_when_it_takes_longer_than_half_a_second(self):
        path = self.write("many.csv", sheet([{"姓名": f"人{n}", "室": str(n)} for n in range(60000)]))
        desk = self.open("import", "residents", path)
        desk.order("timeout", "200000")
        begin = time.monotonic()
        self.assertEqual(desk.exited(), 0)
        took, shown = time.monotonic() - begin, desk.output().decode()
        self.assertIn("60000", shown)
        if took > 1.5:
            self.assertGreater(len(story.re.split("[\r\n]+", shown.strip())), 2, shown)
            self.assertNotIn("人1", shown)


class Terminal(story.Story):
    def test_ctrl_s_at_the_terminal_keeps_no_desk_from_saving(self):
        path = self.write("many.csv", sheet([{"姓名": f"人{n}", "出生日期": "没有" if n % 9 == 0 else ""}
                                             for n in range(3000)]))
        keyboard, screen = story.os.openpty()
        self.addCleanup(story.os.close, keyboard)
        termios.tcflow(screen, termios.TCOOFF)
        done = story.subprocess.Popen(self.home.command("import", "residents", path), stderr=screen,
                                      stdout=story.subprocess.DEVNULL, env=story.environment())
        story.os.close(screen)
        self.addCleanup(done.wait)
        self.addCleanup(done.kill)
        for attempt in range(40):
            if self.home.run("find", "人2999").out:
                break
            story.time.sleep(0.25)
        self.expect(0, self.home.run("resident", "add", "--name", "新来的"))
        self.assertEqual(self.names("新来的"), ["新来的"])
        self.assertEqual(self.names("人2999"), ["人2999"])


if __name__ == "__main__":
    story.unittest.main()
