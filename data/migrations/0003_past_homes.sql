-- The homes that people lived in before, with the columns of the key first: SQLite 3.40.1 looks for
-- the others at the wrong place otherwise, and its integrity_check calls a sound file damaged.

CREATE TABLE past_home (
    resident_id  INTEGER NOT NULL REFERENCES resident,
    changed_at   TEXT    NOT NULL,
    household_id INTEGER NOT NULL REFERENCES household,
    relation     INTEGER NOT NULL,
    until_date   TEXT    NOT NULL,
    PRIMARY KEY (resident_id, changed_at, household_id)
) STRICT, WITHOUT ROWID;

INSERT INTO past_home (resident_id, changed_at, household_id, relation, until_date)
SELECT resident_id, changed_at, household_id, relation, until_date FROM residence_past;

DROP TABLE residence_past;
ALTER TABLE past_home RENAME TO residence_past;
