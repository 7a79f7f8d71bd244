#!/usr/bin/env python3
"""ledger_reader.py mulin.db: walks the chains of ledger and audit trail and prints their heads.

Written from mulin-ledger(5) alone, to see that the page says enough and that the program does what
the page says. Exit status: 0 both chains are sound, 1 something does not fit, which is told."""
import contextlib
import hashlib
import pathlib
import sqlite3
import sys

NOTHING = bytes(32)
BOOKS = "points", "meals", "fund"


class Fault(Exception):
    """Where a chain does not fit, and why."""

    def __init__(self, table, number, why):
        super().__init__(f"{table} {number}: {why}")
        self.table, self.number = table, number


def blake(data):
    return hashlib.blake2b(data, digest_size=32).digest()


def text(value):
    return b"" if value is None else value.encode()


def number(value):
    return b"" if value is None else b"%d" % value


def row(fields):
    """What is hashed: each field behind its length."""
    return b"".join(len(field).to_bytes(4, "big") + field for field in fields)


def meal_document(key, meal, book):
    return blake(row([
        b"mulin-meal-1", text(key), number(meal["meal_id"]), number(meal["resident_id"]), text(meal["date"]),
        text(meal["session"]), text(meal["tier"]), number(meal["quota_slot"]), number(meal["price"]),
        number(meal["pay"]), text(meal["payer"]), text(meal["pay_method"]), text(meal["occupation"]),
        text(meal["note"]), text(meal["served_at"]), book]))


SERVICE = [(number, "service_id"), (number, "resident_id"), (text, "duty"), (text, "team"), (text, "date"),
           (number, "starts_at"), (number, "ends_at"), (number, "minutes"), (number, "times"), (number, "points"),
           (text, "place"), (text, "recipient"), (number, "recipient_id"), (text, "confirmed_by"),
           (number, "confirmed_id"), (number, "forgotten"), (number, "attendance_id"), (text, "note"),
           (number, "operator_id"), (text, "begun_at")]
GOODS = [(number, "move_id"), (number, "goods_id"), (text, "kind"), (number, "pieces"), (text, "date"),
         (number, "resident_id"), (number, "returns"), (text, "reason"), (number, "operator_id"), (text, "moved_at"),
         (number, "stock")]
LINE = ["resident_id", "services", "minutes", "earned", "spent", "expired", "balance", "total_minutes",
        "total_earned", "stars"]
MONTH = [(number, "month"), (number, "last_entry"), (bytes, "head"), (number, "people"), (number, "services"),
         (number, "minutes"), (number, "earned"), (number, "spent"), (number, "expired"), (number, "balance"),
         (number, "operator_id"), (number, "second_id"), (text, "second_name"), (text, "closed_at")]


def told(fields, of):
    return [tell(of[name]) for tell, name in fields]


def ledger_hash(entry, postings, before):
    documented = entry["document"] is not None
    fields = [b"mulin-ledger-2" if documented else b"mulin-ledger-1", number(entry["entry_id"]), text(entry["book"]),
              text(entry["date"]), text(entry["recorded_at"]), number(entry["operator_id"]), text(entry["rule_id"]),
              number(entry["rules_version"]), number(entry["resident_id"]), number(entry["reverses"]),
              text(entry["reason"]), text(entry["idempotency_key"])]
    if documented:
        fields.append(entry["document"])
    fields.append(number(len(postings)))
    for posting in postings:
        fields += [text(posting["code"]), number(posting["amount"])]
    return blake(row(fields + [before]))


def audit_hash(entry, before):
    return blake(row([
        b"mulin-audit-1", number(entry["entry_id"]), text(entry["recorded_at"]), number(entry["operator_id"]),
        text(entry["terminal"]), text(entry["action"]), number(entry["resident_id"]), text(entry["subject"]),
        text(entry["before"]), text(entry["after"]), text(entry["reason"]), before]))


def on_paper(letter, entries, head):
    digits = head.hex()[:16] if entries else "0" * 16
    groups = [digits[at:at + 4] for at in range(0, 16, 4)]
    return "-".join([f"{letter}{entries}", *groups, f"{int(f'{letter}{entries}{digits}', 36) % 97:02d}"])


def check(fits, table, where, why):
    if not fits:
        raise Fault(table, where, why)


def walk_ledger(base):
    """The number of entries and the last hash."""
    head, count = NOTHING, 0
    for entry in base.execute("SELECT * FROM ledger_entry ORDER BY entry_id"):
        where = "ledger_entry", entry["entry_id"]
        postings = base.execute(
            "SELECT line, amount, code, book FROM ledger_posting JOIN ledger_account USING (account_id)"
            " WHERE entry_id = ? ORDER BY line", [entry["entry_id"]]).fetchall()
        count += 1
        check(entry["entry_id"] == count, *where, "an entry is missing before it")
        check(entry["book"] in BOOKS, *where, "no such book")
        check(2 <= len(postings) <= 8 and sum(posting["amount"] for posting in postings) == 0, *where, "not balanced")
        check([posting["line"] for posting in postings] == list(range(1, len(postings) + 1)), *where, "lines")
        check({posting["book"] for posting in postings} == {entry["book"]}, *where, "account of another book")
        head = ledger_hash(entry, postings, head)
        check(head == entry["hash"], *where, "altered")
    for orphan in base.execute("SELECT min(entry_id) FROM ledger_posting WHERE entry_id NOT IN"
                               " (SELECT entry_id FROM ledger_entry) HAVING count(*) > 0"):
        raise Fault("ledger_posting", orphan[0], "without entry")
    return count, head


def walk_audit(base):
    head, count = NOTHING, 0
    for entry in base.execute("SELECT * FROM audit_entry ORDER BY entry_id"):
        count += 1
        check(entry["entry_id"] == count, "audit_entry", entry["entry_id"], "an entry is missing before it")
        head = audit_hash(entry, head)
        check(head == entry["hash"], "audit_entry", entry["entry_id"], "altered")
    return count, head


def check_books(base):
    for book in base.execute("SELECT version, book, hash FROM rule_book"):
        check(blake(text(book["book"])) == book["hash"], "rule_book", book["version"], "altered")


def check_meals(base):
    for meal in base.execute("SELECT m.*, e.document, e.idempotency_key, b.hash AS book_hash FROM meal m"
                             " JOIN ledger_entry e USING (entry_id) JOIN rule_book b ON b.version = e.rules_version"
                             " WHERE e.document IS NOT NULL ORDER BY m.meal_id"):
        document = meal_document(meal["idempotency_key"], meal, meal["book_hash"])
        check(document == meal["document"], "meal", meal["meal_id"], "altered")


def check_points(base):
    """What stands behind entries of the points book, and the lines that statements are read from."""
    for service in base.execute("SELECT s.*, e.document, e.idempotency_key FROM service s JOIN ledger_entry e USING (entry_id)"):
        check(blake(row([b"mulin-service-1", text(service["idempotency_key"]), *told(SERVICE, service)])) ==
              service["document"], "service", service["service_id"], "altered")
    for move in base.execute("SELECT m.*, e.document, e.idempotency_key, (SELECT sum(pieces) FROM goods_move b"
                             " WHERE b.goods_id = m.goods_id AND b.move_id <= m.move_id) AS stock"
                             " FROM goods_move m JOIN ledger_entry e USING (entry_id)"):
        check(blake(row([b"mulin-goods-1", text(move["idempotency_key"]), *told(GOODS, move)])) == move["document"],
              "goods_move", move["move_id"], "altered")
    for month in base.execute("SELECT m.*, e.document, e.idempotency_key FROM points_month m JOIN ledger_entry e USING (entry_id)"):
        lines = base.execute("SELECT * FROM points_month_line WHERE month = ? ORDER BY resident_id", [month["month"]])
        fields = [number(line[name]) for line in lines for name in LINE] + told(MONTH, month)
        check(blake(row([b"mulin-points-month-1", text(month["idempotency_key"]), *fields])) == month["document"],
              "points_month", month["month"], "altered")
    for entry, in base.execute("SELECT entry_id FROM (SELECT entry_id, code, -amount AS points FROM ledger_posting"
                               " JOIN ledger_account USING (account_id) WHERE code LIKE 'person:%' UNION ALL"
                               " SELECT entry_id, 'person:' || resident_id, -points FROM points_line)"
                               " GROUP BY entry_id, code HAVING sum(points) <> 0"):
        raise Fault("points_line", entry, "not what the postings moved")


@contextlib.contextmanager
def opened(path):
    base = sqlite3.connect(f"{pathlib.Path(path).resolve().as_uri()}?mode=ro", uri=True)
    base.row_factory = sqlite3.Row
    try:
        yield base
    finally:
        base.close()


def heads(path):
    """Both heads as they are printed; a Fault when something does not fit."""
    with opened(path) as base:
        printed = [on_paper("L", *walk_ledger(base)), on_paper("A", *walk_audit(base))]
        check_books(base)
        check_meals(base)
        check_points(base)
        return printed


if __name__ == "__main__":
    try:
        print("\n".join(heads(sys.argv[1])))
    except (Fault, sqlite3.Error) as fault:
        sys.exit(f"{sys.argv[1]}: {fault}")
