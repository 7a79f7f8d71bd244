-- Somebody did not come to eat, or did not open the door: an alert stands until somebody wrote what
-- they found. None is ever removed; who is missed again gets a new one.

CREATE TABLE alert (
    alert_id    INTEGER PRIMARY KEY,
    resident_id INTEGER NOT NULL REFERENCES resident,
    cause       TEXT    NOT NULL CHECK (cause IN ('absent', 'no-answer')),
    date        TEXT    NOT NULL, -- of the meal that made it
    session     TEXT    NOT NULL,
    missed      INTEGER NOT NULL CHECK (missed >= 1), -- meals in a row, this one included
    opened_at   TEXT    NOT NULL,
    opened_by   INTEGER NOT NULL REFERENCES operator, -- at whose desk it was seen
    answered_at TEXT    NOT NULL DEFAULT '', -- '': it is open
    answered_by INTEGER REFERENCES operator,
    outcome     INTEGER NOT NULL DEFAULT 0, -- data/codes/outcome.def
    again_from  TEXT    NOT NULL DEFAULT '', -- meals count as missed again from this day on; '': not
    found       BLOB, -- sealed; null: nothing but the outcome
    CHECK ((answered_at = '') = (outcome = 0)),
    CHECK ((answered_at = '') = (answered_by IS NULL))
) STRICT;

CREATE UNIQUE INDEX alert_once ON alert (resident_id, cause, date, session);
CREATE INDEX alert_open ON alert (opened_at) WHERE answered_at = '';
CREATE INDEX alert_again ON alert (again_from) WHERE again_from <> '';

CREATE TRIGGER alert_new BEFORE INSERT ON alert
WHEN EXISTS (SELECT 1 FROM alert WHERE alert_id = NEW.alert_id) OR NEW.answered_at <> ''
BEGIN SELECT RAISE(ABORT, 'an alert begins open and once'); END;
-- What was found may be sealed with another key.
CREATE TRIGGER alert_only_answered BEFORE UPDATE OF alert_id, resident_id, cause, date, session,
  missed, opened_at, opened_by, answered_at, answered_by, outcome, again_from ON alert
WHEN OLD.answered_at <> '' OR NEW.answered_at = ''
  OR (NEW.alert_id, NEW.resident_id, NEW.cause, NEW.date, NEW.session, NEW.missed, NEW.opened_at,
      NEW.opened_by)
  <> (OLD.alert_id, OLD.resident_id, OLD.cause, OLD.date, OLD.session, OLD.missed, OLD.opened_at,
      OLD.opened_by)
BEGIN SELECT RAISE(ABORT, 'an alert can only be answered'); END;
CREATE TRIGGER alert_stays BEFORE DELETE ON alert
BEGIN SELECT RAISE(ABORT, 'alerts are never removed'); END;

-- The day of each session up to which it was asked who is missed.
CREATE TABLE alert_check (
    session TEXT NOT NULL PRIMARY KEY,
    date    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
