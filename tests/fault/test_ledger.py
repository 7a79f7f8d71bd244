"""Attacks on the posted rows with a plain SQLite connection: refused, or found by `mulin verify`."""
import sqlite3

import story
from story import person, sheet


class Ledger(story.Story):
    """A day with seven meals of which two are voided; the sixth person did not eat."""

    def setUp(self):
        super().setUp()
        rows = [person(f"人{n}", birth, n, 楼栋="1", 室=str(n), 卡号=f"K{n}", 标签=tags)
                for n, (birth, tags) in enumerate((("1940-01-01", ""), ("1960-01-01", ""), ("1990-01-01", ""),
                                                   ("1950-01-01", "低保"), ("1941-01-01", ""),
                                                   ("1942-01-01", "")))]
        self.import_sheet(sheet(rows))
        meals = [self.serve(f"K{n}") for n in range(5)]
        self.serve("--outdoor", "外卖员")
        self.expect(0, self.home.run("meal", "void", meals[1]["meal_id"], "--reason", "点错"))
        self.expect(0, self.home.run("meal", "void", meals[2]["meal_id"], "--reason", "没来"))
        self.serve("K1", now="2026-03-10T12:00")
        self.verify()
        self.clean = self.home.database.read_bytes()

    def connect(self):
        connection = sqlite3.connect(self.home.database, isolation_level=None)
        self.addCleanup(connection.close)
        return connection

    def restore(self):
        self.home.database.write_bytes(self.clean)


class Refused(Ledger):
    def attack(self, *statements):
        connection = self.connect()
        tables = ("ledger_entry", "ledger_posting", "ledger_account", "meal")
        dump = [connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables]
        for statement in statements:
            with self.subTest(statement=statement):
                with self.assertRaises(sqlite3.DatabaseError):
                    connection.execute(statement)
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                self.assertEqual(dump, [connection.execute(f"SELECT * FROM {table}").fetchall()
                                        for table in tables])
        connection.close()
        self.verify()

    def columns(self, table):
        return [row[1] for row in self.connect().execute(f"PRAGMA table_info({table})")]

    def test_update_of_any_column(self):
        for table in ("ledger_entry", "ledger_posting"):
            self.attack(*(f"UPDATE {table} SET {column} = {column}" for column in self.columns(table)))
            self.attack(*(f"UPDATE OR REPLACE {table} SET {column} = {column}" for column in self.columns(table)))

    def test_delete(self):
        for table in ("ledger_entry", "ledger_posting", "meal", "resident", "household"):
            self.attack(f"DELETE FROM {table}", f"DELETE FROM {table} WHERE rowid = 1"
                        if table != "ledger_posting" else f"DELETE FROM {table} WHERE entry_id = 1")

    def test_insert_or_replace(self):
        for table in ("ledger_entry", "ledger_posting", "meal"):
            self.attack(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
                        f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
                        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} ORDER BY 1 DESC LIMIT 1")

    def test_upsert(self):
        self.attack("INSERT INTO ledger_entry SELECT * FROM ledger_entry WHERE true "
                    "ON CONFLICT (entry_id) DO UPDATE SET reason = 'x'",
                    "INSERT INTO ledger_posting SELECT * FROM ledger_posting WHERE true "
                    "ON CONFLICT (entry_id, line) DO UPDATE SET amount = 0",
                    "INSERT INTO meal SELECT * FROM meal WHERE true "
                    "ON CONFLICT (meal_id) DO UPDATE SET price = 0")

    def test_another_line_on_a_sealed_entry(self):
        self.attack("INSERT INTO ledger_posting (entry_id, line, account_id, amount) VALUES (1, 99, 1, 100)",
                    "INSERT OR IGNORE INTO ledger_posting (entry_id, line, account_id, amount) "
                    "VALUES (1, 98, 1, '100')")

    def test_an_entry_that_does_not_balance(self):
        columns = ", ".join(c for c in self.columns("ledger_entry") if c not in ("entry_id", "idempotency_key"))
        values = columns.replace("reverses", "NULL")
        self.attack(
            f"INSERT INTO ledger_entry (entry_id, idempotency_key, {columns}) "
            f"SELECT entry_id + 1, 'forged', {values} FROM ledger_entry ORDER BY entry_id DESC LIMIT 1",
            f"INSERT INTO ledger_entry (entry_id, idempotency_key, {columns}) "
            f"SELECT entry_id + 7, 'forged', {values} FROM ledger_entry ORDER BY entry_id DESC LIMIT 1",
            f"INSERT INTO ledger_entry (entry_id, idempotency_key, {columns}) "
            f"SELECT -1, 'forged', {values} FROM ledger_entry ORDER BY entry_id DESC LIMIT 1")

    def test_meals_change_only_by_being_voided(self):
        self.attack(*(f"UPDATE meal SET {column} = {column}" for column in self.columns("meal")
                      if column != "void_entry_id"),
                    "UPDATE meal SET void_entry_id = NULL",
                    "UPDATE meal SET price = 0", "UPDATE meal SET resident_id = 3 WHERE meal_id = 1")

    def test_a_second_lunch_and_a_second_slot(self):
        names = [c for c in self.columns("meal") if c not in ("meal_id", "entry_id")]
        self.attack(f"INSERT INTO meal (meal_id, entry_id, {', '.join(names)}) SELECT 900, 900, "
                    f"{', '.join(names)} FROM meal WHERE resident_id IS NOT NULL AND void_entry_id IS NULL LIMIT 1",
                    f"INSERT INTO meal (meal_id, entry_id, {', '.join(names)}) SELECT 901, 901, "
                    f"{', '.join(names)} FROM meal WHERE quota_slot IS NOT NULL AND void_entry_id IS NULL LIMIT 1")


class Found(Ledger):
    """With the triggers out of the way (and put back afterwards) only the chain can tell."""

    def tamper(self, *statements, names=None, put_back=True):
        self.restore()
        connection = self.connect()
        connection.execute("PRAGMA foreign_keys = OFF")
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        indexes = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'index' "
                                     "AND sql IS NOT NULL").fetchall()
        for kind, rows in (("TRIGGER", triggers), ("INDEX", indexes)):
            for name, _ in rows:
                connection.execute(f"DROP {kind} {name}")
        for statement in statements:
            changed = connection.execute(statement).rowcount
            self.assertNotEqual(changed, 0, statement)
        if put_back:
            for _, sql in indexes + triggers:
                connection.execute(sql)
        connection.close()
        done = self.home.run("verify")
        self.says(done, 4)
        if names:
            self.assertRegex(done.err, rf"(?<!\d){names}(?!\d)", str(statements))

    def columns(self, table):
        return self.connect().execute(f"PRAGMA table_info({table})").fetchall()

    def test_every_column_of_a_posting(self):
        for statement in ("UPDATE ledger_posting SET amount = amount * 2 WHERE entry_id = 3",
                          "UPDATE ledger_posting SET amount = -amount WHERE entry_id = 3",
                          "UPDATE ledger_posting SET amount = 0 WHERE entry_id = 3",
                          "UPDATE ledger_posting SET line = line + 10 WHERE entry_id = 3",
                          "UPDATE ledger_posting SET account_id = (SELECT max(account_id) FROM ledger_account) "
                          "WHERE entry_id = 3 AND account_id <> (SELECT max(account_id) FROM ledger_account)",
                          "DELETE FROM ledger_posting WHERE entry_id = 3",
                          "INSERT INTO ledger_posting SELECT entry_id, line + 5, account_id, 0 FROM "
                          "ledger_posting WHERE entry_id = 3"):
            with self.subTest(statement=statement):
                self.tamper(statement, names=3)

    def test_an_account_renamed(self):
        self.tamper("UPDATE ledger_account SET code = 'x-' || code WHERE account_id = 1")

    def test_an_entry_gone_from_the_middle(self):
        self.tamper("DELETE FROM ledger_posting WHERE entry_id = 3", "DELETE FROM ledger_entry WHERE entry_id = 3")

    def test_two_entries_swapped(self):
        self.tamper(*(f"UPDATE {table} SET entry_id = {new} WHERE entry_id = {old}"
                      for table in ("ledger_posting", "ledger_entry")
                      for old, new in ((3, 1000), (4, 3), (1000, 4))))

    def test_an_entry_forged_at_the_end(self):
        names = [row[1] for row in self.columns("ledger_entry")
                 if row[1] not in ("entry_id", "idempotency_key", "reverses")]
        last = "(SELECT max(entry_id) FROM ledger_entry)"
        self.tamper(f"INSERT INTO ledger_posting SELECT entry_id + 1, line, account_id, amount FROM "
                    f"ledger_posting WHERE entry_id = {last}",
                    f"INSERT INTO ledger_entry (entry_id, idempotency_key, {', '.join(names)}) "
                    f"SELECT entry_id + 1, 'forged', {', '.join(names)} FROM ledger_entry WHERE entry_id = {last}")

    def test_a_rule_book_rewritten(self):
        self.tamper("UPDATE rule_book SET book = replace(book, '7.00', '9.00')")

    def test_a_trigger_that_does_nothing(self):
        self.restore()
        connection = self.connect()
        connection.execute("DROP TRIGGER ledger_entry_unchanged")
        connection.execute("CREATE TRIGGER ledger_entry_unchanged BEFORE UPDATE ON ledger_entry "
                           "WHEN false BEGIN SELECT 1; END")
        connection.close()
        self.says(self.home.run("verify"), 4)

    def test_meals_that_say_something_else_than_the_ledger(self):
        for statement in ("UPDATE meal SET price = price + 100 WHERE meal_id = 3",
                          "UPDATE meal SET pay = pay - 100 WHERE meal_id = 3",
                          "UPDATE meal SET resident_id = 6 WHERE meal_id = 4",
                          "UPDATE meal SET date = '2026-03-09' WHERE meal_id = 3",
                          "UPDATE meal SET payer = 'fund' WHERE meal_id = 1",
                          "UPDATE meal SET tier = 'outdoor' WHERE meal_id = 4",
                          "UPDATE meal SET void_entry_id = NULL WHERE meal_id = 3",
                          "DELETE FROM meal WHERE meal_id = 4"):
            with self.subTest(statement=statement):
                self.tamper(statement)

    def test_search_keys_that_lead_to_somebody_else(self):
        self.tamper("DELETE FROM search_key WHERE resident_id = 1")

    def test_triggers_gone(self):
        self.tamper(put_back=False)

    def test_what_the_desk_may_do_is_no_tampering(self):
        self.restore()
        self.verify()


if __name__ == "__main__":
    story.unittest.main()
