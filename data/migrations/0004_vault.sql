-- ID numbers, notes and half-typed forms lie sealed (src/base/seal.h). src/store/vault_first.c has
-- sealed them, just before and in the same transaction, into the temporary tables of this
-- migration. The tables are made anew, because what is dropped whole leaves nothing behind.
-- Settings: key_check tells the key that seals from others.

CREATE TEMP TABLE IF NOT EXISTS sealed_resident
    (resident_id INTEGER PRIMARY KEY, id_number BLOB, id_lookup BLOB, note BLOB);
CREATE TEMP TABLE IF NOT EXISTS sealed_draft (operator_id INTEGER, form TEXT, body BLOB);
CREATE TEMP TABLE IF NOT EXISTS number_key (token TEXT, resident_id INTEGER);

CREATE TABLE sealed (
    resident_id  INTEGER PRIMARY KEY,
    name         TEXT    NOT NULL CHECK (name <> ''),
    id_number    BLOB, -- GB 11643, sealed
    id_lookup    BLOB UNIQUE, -- what the number is found by: BLAKE2b under a key
    sex          INTEGER NOT NULL DEFAULT 0, -- GB/T 2261.1
    birth_date   TEXT    NOT NULL DEFAULT '',
    phone        TEXT    NOT NULL DEFAULT '', -- numbers separated by blanks
    card         TEXT UNIQUE,
    household_id INTEGER REFERENCES household,
    relation     INTEGER NOT NULL DEFAULT 0, -- GB/T 4761
    occupation   TEXT    NOT NULL DEFAULT '',
    residence    INTEGER NOT NULL DEFAULT 0, -- data/codes/residence.def
    tags         TEXT    NOT NULL DEFAULT '', -- words separated by blanks
    note         BLOB, -- sealed; null: none
    status       INTEGER NOT NULL DEFAULT 1, -- data/codes/status.def
    ended_on     TEXT    NOT NULL DEFAULT '', -- day of moving out or of death
    version      INTEGER NOT NULL DEFAULT 1, -- counts the changes; a stale editor is told
    CHECK ((id_number IS NULL) = (id_lookup IS NULL))
) STRICT;

INSERT INTO sealed (resident_id, name, id_number, id_lookup, sex, birth_date, phone, card,
                    household_id, relation, occupation, residence, tags, note, status, ended_on,
                    version)
SELECT r.resident_id, r.name, s.id_number, s.id_lookup, r.sex, r.birth_date, r.phone, r.card,
       r.household_id, r.relation, r.occupation, r.residence, r.tags, s.note, r.status, r.ended_on,
       r.version
FROM resident r LEFT JOIN sealed_resident s ON s.resident_id = r.resident_id
ORDER BY r.resident_id;

DROP TABLE resident;
ALTER TABLE sealed RENAME TO resident;

CREATE INDEX resident_household ON resident (household_id);
CREATE INDEX resident_name ON resident (name, birth_date);
CREATE INDEX resident_ended ON resident (status) WHERE status <> 1;

CREATE TRIGGER resident_stays BEFORE DELETE ON resident
BEGIN SELECT RAISE(ABORT, 'residents are never deleted'); END;

-- Shelf 3 held the ends of ID numbers in the clear, and holds phones.

CREATE TABLE sealed (
    token       TEXT    NOT NULL,
    resident_id INTEGER NOT NULL,
    PRIMARY KEY (token, resident_id)
) STRICT, WITHOUT ROWID;

INSERT INTO sealed (token, resident_id)
SELECT token, resident_id FROM search_key WHERE token < '3' OR token >= '5'
UNION ALL SELECT token, resident_id FROM number_key
ORDER BY token, resident_id;

DROP TABLE search_key;
ALTER TABLE sealed RENAME TO search_key;

CREATE TABLE sealed (
    operator_id INTEGER NOT NULL REFERENCES operator,
    form        TEXT    NOT NULL,
    saved_at    TEXT    NOT NULL,
    body        BLOB    NOT NULL, -- field keys and what was typed, sealed
    PRIMARY KEY (operator_id, form)
) STRICT, WITHOUT ROWID;

INSERT INTO sealed (operator_id, form, saved_at, body)
SELECT d.operator_id, d.form, d.saved_at, s.body
FROM draft d JOIN sealed_draft s ON s.operator_id = d.operator_id AND s.form = d.form;

DROP TABLE draft;
ALTER TABLE sealed RENAME TO draft;

DROP TABLE sealed_resident;
DROP TABLE sealed_draft;
DROP TABLE number_key;
