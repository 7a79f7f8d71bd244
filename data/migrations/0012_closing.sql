-- Sessions that were settled: the cash that was counted, against what the ledger says was taken since
-- the closing before, and the two who counted. Each is booked by a ledger entry that moves the
-- difference and whose document is the hash over the row (domain/closing.h).

CREATE TABLE meal_closing (
    closing_id  INTEGER PRIMARY KEY, -- 1, 2, 3 … without a gap
    entry_id    INTEGER NOT NULL UNIQUE REFERENCES ledger_entry,
    date        TEXT    NOT NULL,
    session     TEXT    NOT NULL, -- '': all sessions of the day that were not closed before
    after_entry INTEGER NOT NULL, -- the cash of ledger entries behind this one was counted,
    last_entry  INTEGER NOT NULL CHECK (last_entry >= after_entry), -- up to this one,
    head        BLOB    NOT NULL CHECK (length(head) = 32), -- whose hash this is
    meals       INTEGER NOT NULL, -- of the sessions, that stood then
    price       INTEGER NOT NULL, -- fen, as all amounts
    pay         INTEGER NOT NULL, -- by the diners
    expected    INTEGER NOT NULL, -- cash
    counted     INTEGER NOT NULL,
    notes       TEXT    NOT NULL DEFAULT '', -- "10000:3 5000:1": fen and pieces; '': a sum was given
    reason      TEXT    NOT NULL DEFAULT '', -- of a difference
    operator_id INTEGER NOT NULL REFERENCES operator,
    second_id   INTEGER REFERENCES operator, -- null: somebody who works here without signing in
    second_name TEXT    NOT NULL CHECK (second_name <> ''),
    closed_at   TEXT    NOT NULL,
    UNIQUE (date, session),
    CHECK (counted = expected OR reason <> '')
) STRICT;

CREATE TRIGGER meal_closing_next BEFORE INSERT ON meal_closing
WHEN NEW.closing_id <> (SELECT coalesce(max(closing_id), 0) + 1 FROM meal_closing)
  OR EXISTS (SELECT 1 FROM meal_closing WHERE date = NEW.date AND session = NEW.session)
BEGIN SELECT RAISE(ABORT, 'closings follow one another'); END;
CREATE TRIGGER meal_closing_unchanged BEFORE UPDATE ON meal_closing
BEGIN SELECT RAISE(ABORT, 'closings are never changed'); END;
CREATE TRIGGER meal_closing_stays BEFORE DELETE ON meal_closing
BEGIN SELECT RAISE(ABORT, 'closings are never removed'); END;
