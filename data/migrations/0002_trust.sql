-- Who may do what, and who did and saw what.

ALTER TABLE operator ADD COLUMN password TEXT; -- argon2id; null: signs in by the system user only
ALTER TABLE operator ADD COLUMN ended_at TEXT; -- null: works here
ALTER TABLE operator ADD COLUMN wrong_tries INTEGER NOT NULL DEFAULT 0; -- since the last good one
ALTER TABLE operator ADD COLUMN locked_until TEXT NOT NULL DEFAULT '';

CREATE TABLE audit_entry (
    entry_id    INTEGER PRIMARY KEY, -- 1, 2, 3 … without a gap
    recorded_at TEXT    NOT NULL,
    operator_id INTEGER NOT NULL REFERENCES operator,
    terminal    TEXT    NOT NULL,
    action      TEXT    NOT NULL, -- an operation of data/rights.def
    resident_id INTEGER REFERENCES resident,
    subject     TEXT    NOT NULL DEFAULT '',
    before      TEXT    NOT NULL DEFAULT '', -- field=value lines, numbers masked
    after       TEXT    NOT NULL DEFAULT '',
    reason      TEXT    NOT NULL DEFAULT '',
    hash        BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE INDEX audit_resident ON audit_entry (resident_id, entry_id) WHERE resident_id IS NOT NULL;

CREATE TRIGGER audit_entry_next BEFORE INSERT ON audit_entry
WHEN NEW.entry_id <> (SELECT coalesce(max(entry_id), 0) + 1 FROM audit_entry)
BEGIN SELECT RAISE(ABORT, 'audit entries follow one another'); END;
CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END;
CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit entries are never removed'); END;
