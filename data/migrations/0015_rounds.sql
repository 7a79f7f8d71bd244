-- Meals that are brought: who takes them where, and what became of each.

CREATE TABLE delivery_round (
    round_id    INTEGER PRIMARY KEY,
    date        TEXT    NOT NULL,
    session     TEXT    NOT NULL,
    courier     TEXT    NOT NULL CHECK (courier <> ''), -- 小巷骑兵, by name
    made_at     TEXT    NOT NULL,
    operator_id INTEGER NOT NULL REFERENCES operator,
    UNIQUE (date, session, courier)
) STRICT;

-- One door. What is brought there stands in the order.
CREATE TABLE delivery_stop (
    stop_id     INTEGER PRIMARY KEY,
    round_id    INTEGER NOT NULL REFERENCES delivery_round, -- goes to another courier with it
    date        TEXT    NOT NULL,
    session     TEXT    NOT NULL,
    resident_id INTEGER NOT NULL REFERENCES resident,
    UNIQUE (date, session, resident_id)
) STRICT;

CREATE INDEX delivery_stop_round ON delivery_stop (round_id);

CREATE TRIGGER delivery_stop_only_moved BEFORE UPDATE ON delivery_stop
WHEN (NEW.stop_id, NEW.date, NEW.session, NEW.resident_id)
  <> (OLD.stop_id, OLD.date, OLD.session, OLD.resident_id)
BEGIN SELECT RAISE(ABORT, 'a stop can only go to another round'); END;
CREATE TRIGGER delivery_stop_stays BEFORE DELETE ON delivery_stop
BEGIN SELECT RAISE(ABORT, 'stops are never removed'); END;

-- What the courier told, as it was entered; the last one of a stop counts, those before were wrong.
CREATE TABLE delivery_return (
    return_id   INTEGER PRIMARY KEY,
    stop_id     INTEGER NOT NULL REFERENCES delivery_stop,
    outcome     INTEGER NOT NULL, -- data/codes/delivery.def
    meal_id     INTEGER REFERENCES meal, -- that was posted; null: none
    told        BLOB, -- sealed: what the courier said; null: nothing
    reason      BLOB, -- sealed: why the one before was wrong; null: the first one
    returned_at TEXT    NOT NULL,
    operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

CREATE INDEX delivery_return_stop ON delivery_return (stop_id, return_id);

-- What is sealed may be sealed with another key.
CREATE TRIGGER delivery_return_unchanged BEFORE UPDATE OF return_id, stop_id, outcome, meal_id,
  returned_at, operator_id ON delivery_return
BEGIN SELECT RAISE(ABORT, 'what was returned is never changed'); END;
CREATE TRIGGER delivery_return_stays BEFORE DELETE ON delivery_return
BEGIN SELECT RAISE(ABORT, 'what was returned is never removed'); END;
