-- The first floor: operators, rule books, the register, the ledger, the canteen.
-- Dates are ISO text, money is integer fen. The SQL keeps to what PostgreSQL also understands;
-- STRICT and WITHOUT ROWID are storage hints, triggers are to be rewritten for another engine.

CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY, -- demo
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE operator (
    operator_id INTEGER PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE,
    role        TEXT NOT NULL CHECK (role IN ('desk', 'mediator', 'tally', 'keeper', 'auditor')),
    system_user TEXT UNIQUE, -- account that acts as this operator without signing in
    created_at  TEXT NOT NULL
) STRICT;

CREATE TABLE rule_book (
    version      INTEGER PRIMARY KEY,
    adopted_from TEXT    NOT NULL, -- first day on which the book decides
    adopted_at   TEXT    NOT NULL,
    operator_id  INTEGER NOT NULL REFERENCES operator,
    hash         BLOB    NOT NULL, -- BLAKE2b-256 of the book
    book         TEXT    NOT NULL  -- the YAML as it was adopted
) STRICT;

-- Register

CREATE TABLE place (
    place_id INTEGER PRIMARY KEY,
    estate   TEXT NOT NULL, -- 小区 or 院落; each level is '' when not known
    building TEXT NOT NULL,
    unit     TEXT NOT NULL,
    room     TEXT NOT NULL,
    UNIQUE (estate, building, unit, room)
) STRICT;

CREATE TABLE household (
    household_id INTEGER PRIMARY KEY,
    place_id     INTEGER NOT NULL REFERENCES place,
    number       TEXT    NOT NULL DEFAULT '', -- 户号
    occupancy    INTEGER NOT NULL DEFAULT 0,  -- data/codes/occupancy.def; 0 not known
    grid         TEXT    NOT NULL DEFAULT '',
    UNIQUE (place_id, number)
) STRICT;

CREATE TABLE resident (
    resident_id  INTEGER PRIMARY KEY,
    name         TEXT    NOT NULL CHECK (name <> ''),
    id_number    TEXT UNIQUE, -- GB 11643
    sex          INTEGER NOT NULL DEFAULT 0, -- GB/T 2261.1
    birth_date   TEXT    NOT NULL DEFAULT '',
    phone        TEXT    NOT NULL DEFAULT '', -- numbers separated by blanks
    card         TEXT UNIQUE,
    household_id INTEGER REFERENCES household,
    relation     INTEGER NOT NULL DEFAULT 0, -- GB/T 4761
    occupation   TEXT    NOT NULL DEFAULT '',
    residence    INTEGER NOT NULL DEFAULT 0, -- data/codes/residence.def
    tags         TEXT    NOT NULL DEFAULT '', -- words separated by blanks
    note         TEXT    NOT NULL DEFAULT '',
    status       INTEGER NOT NULL DEFAULT 1, -- data/codes/status.def
    ended_on     TEXT    NOT NULL DEFAULT '', -- day of moving out or of death
    version      INTEGER NOT NULL DEFAULT 1  -- counts the changes; a stale editor is told
) STRICT;

CREATE INDEX resident_household ON resident (household_id);
CREATE INDEX resident_name ON resident (name, birth_date);
CREATE INDEX resident_ended ON resident (status) WHERE status <> 1;

-- Homes that a person lived in before the present one.
CREATE TABLE residence_past (
    resident_id  INTEGER NOT NULL REFERENCES resident,
    household_id INTEGER NOT NULL REFERENCES household,
    relation     INTEGER NOT NULL,
    until_date   TEXT    NOT NULL,
    changed_at   TEXT    NOT NULL,
    PRIMARY KEY (resident_id, changed_at, household_id)
) STRICT, WITHOUT ROWID;

-- What a person is found by. The first character of a token is its shelf (src/store/search_store.h).
CREATE TABLE search_key (
    token       TEXT    NOT NULL,
    resident_id INTEGER NOT NULL,
    PRIMARY KEY (token, resident_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER resident_stays BEFORE DELETE ON resident
BEGIN SELECT RAISE(ABORT, 'residents are never deleted'); END;
CREATE TRIGGER household_stays BEFORE DELETE ON household
BEGIN SELECT RAISE(ABORT, 'households are never deleted'); END;

-- Ledger: double entry, append only. Postings are written first and sealed by their entry.

CREATE TABLE ledger_account (
    account_id INTEGER PRIMARY KEY,
    book       TEXT NOT NULL CHECK (book IN ('points', 'meals', 'fund')),
    code       TEXT NOT NULL, -- cash, income, payer:subsidy
    UNIQUE (book, code)
) STRICT;

CREATE TABLE ledger_entry (
    entry_id        INTEGER PRIMARY KEY, -- 1, 2, 3 … without a gap
    book            TEXT    NOT NULL CHECK (book IN ('points', 'meals', 'fund')),
    date            TEXT    NOT NULL,
    recorded_at     TEXT    NOT NULL,
    operator_id     INTEGER NOT NULL REFERENCES operator,
    rule_id         TEXT    NOT NULL,
    rules_version   INTEGER NOT NULL REFERENCES rule_book,
    resident_id     INTEGER REFERENCES resident,
    reverses        INTEGER REFERENCES ledger_entry,
    reason          TEXT    NOT NULL DEFAULT '',
    idempotency_key TEXT    NOT NULL UNIQUE,
    hash            BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE UNIQUE INDEX ledger_reversed ON ledger_entry (reverses) WHERE reverses IS NOT NULL;

CREATE TABLE ledger_posting (
    entry_id   INTEGER NOT NULL REFERENCES ledger_entry DEFERRABLE INITIALLY DEFERRED,
    line       INTEGER NOT NULL CHECK (line >= 1),
    account_id INTEGER NOT NULL REFERENCES ledger_account,
    amount     INTEGER NOT NULL,
    PRIMARY KEY (entry_id, line)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER ledger_entry_next BEFORE INSERT ON ledger_entry
WHEN NEW.entry_id <> (SELECT coalesce(max(entry_id), 0) + 1 FROM ledger_entry)
BEGIN SELECT RAISE(ABORT, 'ledger entries follow one another'); END;

CREATE TRIGGER ledger_entry_once BEFORE INSERT ON ledger_entry
WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE idempotency_key = NEW.idempotency_key)
  OR EXISTS (SELECT 1 FROM ledger_entry WHERE reverses = NEW.reverses)
BEGIN SELECT RAISE(ABORT, 'this ledger entry stands already'); END;

CREATE TRIGGER ledger_entry_balanced BEFORE INSERT ON ledger_entry
WHEN (SELECT count(*) < 2 OR sum(amount) <> 0 FROM ledger_posting WHERE entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'postings must sum to zero'); END;

CREATE TRIGGER ledger_entry_unchanged BEFORE UPDATE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger entries are never changed'); END;
CREATE TRIGGER ledger_entry_stays BEFORE DELETE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger entries are never removed'); END;

CREATE TRIGGER ledger_posting_sealed BEFORE INSERT ON ledger_posting
WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'this ledger entry is sealed'); END;
CREATE TRIGGER ledger_posting_unchanged BEFORE UPDATE ON ledger_posting
BEGIN SELECT RAISE(ABORT, 'ledger postings are never changed'); END;
CREATE TRIGGER ledger_posting_stays BEFORE DELETE ON ledger_posting
BEGIN SELECT RAISE(ABORT, 'ledger postings are never removed'); END;

CREATE TRIGGER ledger_account_once BEFORE INSERT ON ledger_account
WHEN EXISTS (SELECT 1 FROM ledger_account WHERE account_id = NEW.account_id
             OR (book = NEW.book AND code = NEW.code))
BEGIN SELECT RAISE(ABORT, 'this ledger account stands already'); END;
CREATE TRIGGER ledger_account_unchanged BEFORE UPDATE ON ledger_account
BEGIN SELECT RAISE(ABORT, 'ledger accounts are never changed'); END;
CREATE TRIGGER ledger_account_stays BEFORE DELETE ON ledger_account
BEGIN SELECT RAISE(ABORT, 'ledger accounts are never removed'); END;

-- Canteen

CREATE TABLE meal (
    meal_id       INTEGER PRIMARY KEY,
    entry_id      INTEGER NOT NULL UNIQUE REFERENCES ledger_entry,
    resident_id   INTEGER REFERENCES resident, -- null: somebody without a file
    date          TEXT    NOT NULL,
    session       TEXT    NOT NULL,
    tier          TEXT, -- null: full price
    quota_slot    INTEGER CHECK (quota_slot >= 1), -- which of the tier's meals of the day
    price         INTEGER NOT NULL, -- fen
    pay           INTEGER NOT NULL, -- fen, by the diner
    payer         TEXT    NOT NULL, -- who pays the rest
    pay_method    TEXT    NOT NULL CHECK (pay_method IN ('cash', 'card')),
    occupation    TEXT    NOT NULL DEFAULT '', -- of somebody without a file
    note          TEXT    NOT NULL DEFAULT '',
    served_at     TEXT    NOT NULL,
    void_entry_id INTEGER REFERENCES ledger_entry
) STRICT;

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

-- Half-typed forms

CREATE TABLE draft (
    operator_id INTEGER NOT NULL REFERENCES operator,
    form        TEXT    NOT NULL,
    saved_at    TEXT    NOT NULL,
    body        TEXT    NOT NULL, -- JSON object: field keys and what was typed
    PRIMARY KEY (operator_id, form)
) STRICT, WITHOUT ROWID;
