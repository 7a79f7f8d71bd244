#!/usr/bin/env python3
"""import_peer.py DATABASE FOLDER <SCRIPT: what a careful person would write in Python. Reads
FOLDER/people.csv in GB18030, checks each row, and fills the tables of the shell's script. Sealed
columns, tags and readings come to it ready-made."""
import csv
import datetime
import itertools
import pathlib
import re
import sqlite3
import sys

AT_ONCE = 1000
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
PHONE = re.compile(r"\+?[0-9-]{5,24}")
SEXES = {"": 0, "男": 1, "女": 2}


def check_row(row, today):
    """GB 11643, dates, phones, codes: the checks that ours makes of these columns."""
    name, number, sex, birth, phones = row[:5]
    if not name or len(name) > 60 or not name.isprintable():
        raise ValueError("name")
    if number:
        total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS))
        if len(number) != 18 or number[17] != "10X98765432"[total % 11]:
            raise ValueError("ID number")
        born = datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
        if born > today or SEXES[sex] not in (0, 2 - int(number[16]) % 2):
            raise ValueError("ID number")
        if birth and datetime.date.fromisoformat(birth) != born:
            raise ValueError("date of birth")
    elif birth and datetime.date.fromisoformat(birth) > today:
        raise ValueError("date of birth")
    if any(not PHONE.fullmatch(phone) for phone in phones.split()):
        raise ValueError("phone")
    if not all(cell.isprintable() for cell in row[5:]):
        raise ValueError("text")


def read(folder, name):
    with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def checked(folder):
    """The ready-made rows of residents, each when its row of the spreadsheet is good, its home is
    known, and its number and card are nobody else's."""
    today, numbers, cards, homes = datetime.date(2026, 3, 10), set(), set(), {}
    with open(folder / "people.csv", encoding="gb18030", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for row, ready in zip(rows, read(folder, "resident"), strict=True):
            check_row(row, today)
            if row[1] in numbers or row[13] in cards:
                raise ValueError("twice")
            numbers.add(row[1])
            cards.add(row[13])
            homes.setdefault(tuple(row[5:10]), len(homes))
            yield ready


def fill(database, table, rows):
    rows = iter(rows)
    while some := list(itertools.islice(rows, AT_ONCE)):
        database.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(some[0]))})", some)


def main():
    folder = pathlib.Path(sys.argv[2])
    database = sqlite3.connect(sys.argv[1], isolation_level=None)
    statement = ""
    for line in sys.stdin:
        statement += line
        if line.startswith(".import"):
            source, table = line.split()[-2:]
            name = pathlib.Path(source).stem
            fill(database, table, checked(folder) if name == "resident" else read(folder, name))
            statement = ""
        elif line.startswith(".mode"):
            statement = ""
        elif sqlite3.complete_statement(statement):
            database.execute(statement)
            statement = ""
    if statement.strip():
        database.execute(statement)
    database.close()


if __name__ == "__main__":
    main()
