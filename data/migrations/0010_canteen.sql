-- Ways to pay for a meal, and what stands on an account.

-- The sum of an account's postings, kept beside them so that it can be asked at the counter.
CREATE TABLE balance (
    account_id INTEGER PRIMARY KEY REFERENCES ledger_account,
    amount     INTEGER NOT NULL
) STRICT;

INSERT INTO balance (account_id, amount)
SELECT account_id, sum(amount) FROM ledger_posting GROUP BY account_id;

-- Cards that were lost or replaced: who shows one is told so.
CREATE TABLE card_past (
    card        TEXT    NOT NULL,
    ended_at    TEXT    NOT NULL,
    resident_id INTEGER NOT NULL REFERENCES resident,
    operator_id INTEGER NOT NULL REFERENCES operator,
    reason      TEXT    NOT NULL,
    PRIMARY KEY (card, ended_at)
) STRICT, WITHOUT ROWID;

-- Meals once more, with the monthly account as a way to pay.

CREATE TABLE meal_with_accounts (
    meal_id       INTEGER PRIMARY KEY,
    entry_id      INTEGER NOT NULL UNIQUE REFERENCES ledger_entry,
    resident_id   INTEGER REFERENCES resident, -- null: somebody without a file
    date          TEXT    NOT NULL,
    session       TEXT    NOT NULL,
    tier          TEXT, -- null: full price
    quota_slot    INTEGER CHECK (quota_slot >= 1), -- which of the tier's meals of the day
    price         INTEGER NOT NULL, -- fen
    pay           INTEGER NOT NULL, -- fen, by the diner
    payer         TEXT    NOT NULL, -- who pays the rest, with amounts when there are several
    pay_method    TEXT    NOT NULL CHECK (pay_method IN ('cash', 'card', 'account')),
    occupation    TEXT    NOT NULL DEFAULT '', -- of somebody without a file
    note          TEXT    NOT NULL DEFAULT '',
    served_at     TEXT    NOT NULL,
    void_entry_id INTEGER REFERENCES ledger_entry
) STRICT;

INSERT INTO meal_with_accounts SELECT * FROM meal;
DROP TABLE meal;
ALTER TABLE meal_with_accounts RENAME TO meal;

CREATE UNIQUE INDEX meal_once ON meal (resident_id, date, session)
WHERE resident_id IS NOT NULL AND void_entry_id IS NULL;
CREATE UNIQUE INDEX meal_quota ON meal (date, tier, quota_slot)
WHERE quota_slot IS NOT NULL AND void_entry_id IS NULL;
CREATE UNIQUE INDEX meal_void ON meal (void_entry_id) WHERE void_entry_id IS NOT NULL;
CREATE INDEX meal_day ON meal (date, meal_id);

CREATE TRIGGER meal_new BEFORE INSERT ON meal
WHEN EXISTS (SELECT 1 FROM meal WHERE meal_id = NEW.meal_id OR entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'this meal stands already'); END;
CREATE TRIGGER meal_only_voided BEFORE UPDATE ON meal
WHEN OLD.void_entry_id IS NOT NULL OR NEW.void_entry_id IS NULL
  OR (NEW.meal_id, NEW.entry_id, NEW.date, NEW.session, NEW.price, NEW.pay, NEW.payer,
      NEW.pay_method, NEW.occupation, NEW.note, NEW.served_at)
  <> (OLD.meal_id, OLD.entry_id, OLD.date, OLD.session, OLD.price, OLD.pay, OLD.payer,
      OLD.pay_method, OLD.occupation, OLD.note, OLD.served_at)
  OR NEW.resident_id IS DISTINCT FROM OLD.resident_id
  OR NEW.tier IS DISTINCT FROM OLD.tier OR NEW.quota_slot IS DISTINCT FROM OLD.quota_slot
BEGIN SELECT RAISE(ABORT, 'a meal can only be voided'); END;
CREATE TRIGGER meal_stays BEFORE DELETE ON meal
BEGIN SELECT RAISE(ABORT, 'meals are never removed'); END;
