"""What a resident and a ledger entry take in the record file, with their indexes."""
import sqlite3

RESIDENT = {"resident": "the person", "search_key": "keys", "resident_tag": "tags",
            "household": "households", "place": "places"}
ENTRY = {"ledger_entry": "the entry", "ledger_posting": "postings"}


def measure(bench):
    size = bench.size
    taken(bench, "a resident", 300, bench.home, RESIDENT, size.residents)
    bench.note("disk, a resident: 300 bytes were measured for five columns in the clear and seven keys."
               " Here are fifteen keys, 250 bytes: names from each of their characters on, as"
               " characters, pinyin and initials 123, three sealed marks of the ID number's end 54,"
               " the room 34, phone 21, card 19. The ID number is sealed in 58 bytes beside a mark of"
               " 16, which its index needs again; tags with their days and who set them take 70, what"
               " lists are read in the order of (name, birth, card, household, grid, place) 110. The"
               " card is found by its index, too, and namesakes by the keys of whole names: without"
               " their second index a resident would take 45 bytes less. Of the 15.4 million keys of a"
               " million people 2.8 million are different: a list of people behind each, in place of"
               " a row for each, would take about 200 less (reckoned, not tried), and every change"
               " of a person would rewrite fifteen lists. All of it together is still not 300.")
    taken(bench, "a ledger entry", 120, bench.ledger_home, ENTRY, None)
    bench.note("disk, a ledger entry: 32 bytes of hash, 32 of the document's hash and 20 of the"
               " idempotency key, which its index needs again, are 104 that no packing makes less,"
               " two postings with their numbers about 30; day, moment, book and rule stand as the"
               " text that is hashed, about 45: written as numbers they would save some 35 bytes an"
               " entry, for a new table and a copy of every entry of every home.")


def taken(bench, what, most, home, tables, count):
    database = sqlite3.connect(home / "mulin.db")
    trees = database.execute("SELECT coalesce(s.tbl_name, d.name), s.type, sum(d.pgsize) FROM dbstat d"
                             " LEFT JOIN sqlite_schema s ON s.name = d.name GROUP BY d.name").fetchall()
    count = count or database.execute("SELECT count(*) FROM ledger_entry").fetchone()[0]
    database.close()
    parts = {word: sum(size for table, _, size in trees if table == name) / count
             for name, word in tables.items()}
    each = sum(parts.values())
    indexes = sum(size for table, kind, size in trees if table in tables and kind == "index") / count
    bench.add(f"disk, {what}", f"≤ {most} bytes", f"{each:.0f} bytes", met=each <= most)
    bench.note(f"disk, {what}: " + ", ".join(f"{word} {size:.0f}" for word, size in parts.items())
               + f"; {indexes:.0f} of these are indexes")
    bench.point(f"disk, {what}", "bytes", each)
