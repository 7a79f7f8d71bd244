"""A rule book with faults: all of them at once, where they stand, and what would be right."""
import story

GOOD = """centre: {name: 云鹭湾社区党群服务中心, division: "330205"}
canteen:
  sessions:
    - {id: lunch, name: 午餐, from: "10:30", to: "13:00", price: 15.00}
  tiers:
    - {id: outdoor, name: 公益餐, when: {occupation: [保洁员, 外卖员]}, price: 0, payer: charity, daily_quota: 40}
    - {id: tier-80, name: 八十, when: {age: {from: 80}}, off: 7.00, payer: subsidy}
    - {id: tier-60, name: 六十, when: {age: {from: 60}}, off: 20%, payer: fund}
  limits: {subsidised_per_day: 1, void_minutes: 30}
"""


class Books(story.Story):
    def check(self, book, code, lang="zh"):
        data = book if isinstance(book, bytes) else book.encode()
        path = self.write("book.yaml", data)
        done = self.home.run("rules", "check", path, lang=lang)
        return self.expect(code, done)

    def faults(self, book, lang="zh"):
        """The faults as (line, column, key path, text)."""
        done = self.check(book, 3, lang)
        found = []
        for line in (done.out + done.err).splitlines():
            match = story.re.match(r".*book\.yaml:(\d+):(\d+): ([^:：]*)[:：] ?(.*)", line)
            if match:
                found.append((int(match[1]), int(match[2]), match[3], match[4]))
        self.assertTrue(found, str(done))
        return found

    def test_a_good_book(self):
        self.check(GOOD, 0)
        for when in ("{any: [{age: {from: 60}}, {tags: [低保]}]}", "{not: {residence: migrant}}",
                     "{all: [{sex: 女}, {occupancy: 自住}]}", "{residence: resident}", "{age: {from: 0, to: 6}}"):
            with self.subTest(when=when):
                self.check(GOOD.replace("{age: {from: 80}}", when), 0)

    def one(self, old, new, line, path, *words):
        self.assertIn(old, GOOD)
        for lang in ("zh", "en"):
            found = self.faults(GOOD.replace(old, new), lang)
            self.assertEqual([f[0] for f in found], [line], found)
            self.assertIn(path, found[0][2] + found[0][3])
            for word in words:
                self.assertIn(word, found[0][3] + found[0][2])
            self.assertEqual("：" in found[0][3], lang == "zh", found)

    def test_unknown_keys(self):
        self.one("void_minutes", "void_minuets", 9, "void_minuets", "void_minutes")
        self.one("daily_quota", "dayly_quota", 6, "canteen.tiers[0]")
        self.one("canteen:", "spaceships: {}\ncanteen:", 2, "spaceships")

    def test_unknown_words(self):
        self.one("payer: charity", "payer: church", 6, "canteen.tiers[0].payer",
                 "subsidy", "workshop", "charity", "fund")
        self.one("{age: {from: 80}}", "{height: {from: 80}}", 7, "canteen.tiers[1].when", "age")
        self.one("{age: {from: 80}}", "{occupancy: [别墅]}", 7, "canteen.tiers[1].when.occupancy")
        self.one("{age: {from: 80}}", "{sex: other}", 7, "canteen.tiers[1].when.sex")
        self.one("{age: {from: 80}}", "{residence: moon}", 7, "canteen.tiers[1].when.residence", "migrant")

    def test_numbers(self):
        self.one("price: 15.00", "price: fifteen", 4, "canteen.sessions[0].price")
        self.one("price: 15.00", "price: 15.005", 4, "canteen.sessions[0].price")
        self.one("price: 15.00", "price: -1", 4, "canteen.sessions[0].price")
        self.one("price: 15.00", "price: 0800", 4, "canteen.sessions[0].price")
        self.one("price: 15.00", "price: 1e3", 4, "canteen.sessions[0].price")
        self.one("price: 15.00", "price: 0x10", 4, "canteen.sessions[0].price")
        self.one("price: 15.00", "price: 99999999999999999999", 4, "canteen.sessions[0].price")
        self.one("daily_quota: 40", "daily_quota: 4.5", 6, "canteen.tiers[0].daily_quota")
        self.one("daily_quota: 40", "daily_quota: no", 6, "canteen.tiers[0].daily_quota")
        self.one("off: 20%", "off: 120%", 8, "canteen.tiers[2].off")
        self.one("{from: 80}", "{from: 80, to: 60}", 7, "canteen.tiers[1].when.age")
        self.one("void_minutes: 30", "void_minutes: -30", 9, "canteen.limits.void_minutes")

    def test_times(self):
        for time in ('"24:30"', '"13:60"', '"1300"', "noon", '"-1:00"', '""'):
            self.one('to: "13:00"', f"to: {time}", 4, "canteen.sessions[0].to")
        self.one('to: "13:00"', "to: 13:00", 4, "canteen.sessions[0].to")
        self.one('to: "13:00"', 'to: "10:00"', 4, "canteen.sessions[0]")

    def test_what_is_missing(self):
        self.one(', payer: subsidy}', '}', 7, "canteen.tiers[1]", "payer")
        self.one(', price: 15.00}', '}', 4, "canteen.sessions[0]", "price")
        self.one("id: lunch, ", "", 4, "canteen.sessions[0]", "id")
        self.one("off: 7.00, ", "", 7, "canteen.tiers[1]", "off")

    def test_what_is_there_twice(self):
        self.one("payer: charity", "payer: charity, payer: fund", 6, "payer")
        self.one("id: tier-60", "id: tier-80", 8, "canteen.tiers[2].id", "tier-80")
        self.one("off: 7.00", "off: 7.00, price: 3.00", 7, "canteen.tiers[1]")

    def test_sessions_that_overlap(self):
        found = self.faults(GOOD.replace("  tiers:", '    - {id: late, name: 晚, from: "12:00", to: "14:00", '
                                         "price: 9.00}\n  tiers:"))
        self.assertEqual([f[0] for f in found], [5])

    def test_shapes(self):
        self.one("{name: 云鹭湾社区党群服务中心, division: \"330205\"}", "[1, 2]", 1, "centre")
        self.one("[保洁员, 外卖员]", "{a: b}", 6, "canteen.tiers[0].when.occupation")
        self.one("{subsidised_per_day: 1, void_minutes: 30}", "30", 9, "canteen.limits")

    def test_all_at_once_in_the_order_of_the_text(self):
        book = (GOOD.replace("price: 15.00", "price: fifteen").replace("payer: charity", "payer: church")
                .replace("off: 7.00", "of: 7.00").replace("void_minutes: 30", "void_minutes: x")
                .replace('"330205"', '"33"'))
        found = self.faults(book)
        self.assertEqual(sorted({f[0] for f in found}), [1, 4, 6, 7, 9])
        self.assertEqual([f[:2] for f in found], sorted(f[:2] for f in found))

    def test_columns_count_characters(self):
        found = self.faults(GOOD.replace("payer: charity", "payer: church"))
        line = GOOD.replace("payer: charity", "payer: church").splitlines()[5]
        self.assertEqual(found[0][1], line.index("church") + 1)

    def test_yaml_that_is_too_clever(self):
        for name, book in (
                ("anchor", GOOD.replace("{age: {from: 80}}", "&a {age: {from: 80}}")),
                ("alias", GOOD.replace("{age: {from: 80}}", "&a {age: {from: 80}}").replace(
                    "{age: {from: 60}}", "*a")),
                ("tag", GOOD.replace("price: 15.00", "price: !!float 15.00")),
                ("two documents", GOOD + "---\n" + GOOD),
                ("merge", GOOD.replace("{id: tier-80, ", "{<<: {id: a}, id: tier-80, ")),
                ("deep", "centre: " + "{a: " * 40 + "1" + "}" * 40),
                ("nul", GOOD.replace("午餐", '"午\\0餐"')),
                ("escape", GOOD.replace("午餐", '"午\\e[31m餐"')),
                ("bidi", GOOD.replace("午餐", "午\u202e餐"))):
            with self.subTest(name):
                self.faults(book)

    def test_what_is_no_book(self):
        for name, book in (("empty", b""), ("comment", b"# nothing\n"), ("scalar", b"42\n"),
                           ("broken", GOOD.encode() + b"\n  }:[\n"), ("bytes", b"\xff\xfe\x00centre"),
                           ("latin", GOOD.encode().replace("午餐".encode(), b"\xe9\xe8")),
                           ("tab", GOOD.replace("  tiers", "\ttiers").encode())):
            with self.subTest(name):
                done = self.check(book, 3)
                self.assertIn("book.yaml", done.out + done.err)

    def test_limits(self):
        import time
        for book in ("[" * 65000, "{" * 65000, "- " * 32000, "a: [" * 9000,
                     GOOD + "# " + "x" * 70000):
            begin = time.monotonic()
            self.check(book, 3)
            self.assertLess(time.monotonic() - begin, 3)

    def test_thousands_of_faults_are_counted_not_listed(self):
        done = self.check(GOOD.replace("canteen:", "".join(f"k{n}: 1\n" for n in range(3000)) + "canteen:"), 3)
        self.assertLess(len((done.out + done.err).splitlines()), 200)

    def test_a_file_that_cannot_be_read(self):
        self.says(self.home.run("rules", "check", self.folder / "none.yaml"), 3, "none.yaml")
        self.says(self.home.run("rules", "check", self.folder), 3)
        self.says(self.home.run("rules", "check", "/dev/zero", timeout=20), 3)

    def test_gb18030_books_are_refused_by_name(self):
        done = self.check(GOOD.encode("gb18030"), 3)
        self.assertIn("UTF-8", done.out + done.err)


if __name__ == "__main__":
    story.unittest.main()
