-- What became of tickets that were handed to the printer: one that was printed before is a copy.

CREATE TABLE ticket (
    ticket_id   INTEGER PRIMARY KEY,
    meal_id     INTEGER NOT NULL REFERENCES meal,
    printed     INTEGER NOT NULL CHECK (printed IN (0, 1)),
    fault       TEXT    NOT NULL DEFAULT '', -- why it was not
    ended_at    TEXT    NOT NULL,
    operator_id INTEGER NOT NULL REFERENCES operator
) STRICT;

CREATE INDEX ticket_meal ON ticket (meal_id);

CREATE TRIGGER ticket_unchanged BEFORE UPDATE ON ticket
BEGIN SELECT RAISE(ABORT, 'tickets are never changed'); END;
CREATE TRIGGER ticket_stays BEFORE DELETE ON ticket
BEGIN SELECT RAISE(ABORT, 'tickets are never removed'); END;
