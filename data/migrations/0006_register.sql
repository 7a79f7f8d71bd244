-- What a community remembers of its places, households and people.

-- Places. A building is described here once somebody knows more of it than its name.

ALTER TABLE place ADD COLUMN area INTEGER NOT NULL DEFAULT 0; -- 0.01 m², for owners' votes; 0 not known

CREATE TABLE building (
    building_id INTEGER PRIMARY KEY,
    estate      TEXT    NOT NULL,
    building    TEXT    NOT NULL,
    year_built  INTEGER NOT NULL DEFAULT 0, -- 0 not known
    danger      INTEGER NOT NULL DEFAULT 0, -- data/codes/danger.def, grades A to D; 0 not examined
    flood_point INTEGER NOT NULL DEFAULT 0, -- data/codes/answer.def; 0 not known
    leader      TEXT    NOT NULL DEFAULT '', -- 楼道长
    note        TEXT    NOT NULL DEFAULT '',
    version     INTEGER NOT NULL DEFAULT 1,
    UNIQUE (estate, building)
) STRICT;

CREATE TABLE grid (
    grid_id      INTEGER PRIMARY KEY,
    name         TEXT    NOT NULL UNIQUE CHECK (name <> ''), -- as in household.grid
    member       TEXT    NOT NULL DEFAULT '', -- 网格员
    member_phone TEXT    NOT NULL DEFAULT '',
    branch       TEXT    NOT NULL DEFAULT '', -- 网格党支部
    version      INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Grids that a building belonged to before the present one.
CREATE TABLE building_grid_past (
    building_id INTEGER NOT NULL REFERENCES building,
    changed_at  TEXT    NOT NULL,
    grid        TEXT    NOT NULL,
    until_date  TEXT    NOT NULL,
    operator_id INTEGER NOT NULL REFERENCES operator,
    PRIMARY KEY (building_id, changed_at)
) STRICT, WITHOUT ROWID;

-- Households

ALTER TABLE household ADD COLUMN occupied_from TEXT NOT NULL DEFAULT ''; -- first day of the occupancy
ALTER TABLE household ADD COLUMN contact       TEXT NOT NULL DEFAULT ''; -- whom to ask: the owner elsewhere
ALTER TABLE household ADD COLUMN contact_phone TEXT NOT NULL DEFAULT '';
ALTER TABLE household ADD COLUMN note          BLOB; -- sealed; null: none
ALTER TABLE household ADD COLUMN joined_into   INTEGER REFERENCES household; -- null: a household of its own
ALTER TABLE household ADD COLUMN version       INTEGER NOT NULL DEFAULT 1;

CREATE INDEX residence_past_household ON residence_past (household_id, changed_at);
CREATE INDEX household_grid ON household (grid, household_id);

-- How a household's home was used before.
CREATE TABLE occupancy_past (
    household_id INTEGER NOT NULL REFERENCES household,
    changed_at   TEXT    NOT NULL,
    occupancy    INTEGER NOT NULL,
    from_date    TEXT    NOT NULL, -- '' not known
    until_date   TEXT    NOT NULL,
    PRIMARY KEY (household_id, changed_at, occupancy)
) STRICT, WITHOUT ROWID;

-- People

-- The other file of the same person that this one was linked to: it speaks for both.
ALTER TABLE resident ADD COLUMN linked_to INTEGER REFERENCES resident;
CREATE INDEX resident_linked ON resident (linked_to) WHERE linked_to IS NOT NULL;
CREATE INDEX resident_birth ON resident (birth_date);

-- What only few files hold: 一人一档.
CREATE TABLE person_file (
    resident_id     INTEGER PRIMARY KEY REFERENCES resident,
    diet            BLOB, -- sealed, as everything about health; null: nothing known
    health          BLOB, -- sealed
    guardian        TEXT    NOT NULL DEFAULT '',
    guardian_phone  TEXT    NOT NULL DEFAULT '',
    emergency       TEXT    NOT NULL DEFAULT '', -- whom to call
    emergency_phone TEXT    NOT NULL DEFAULT '',
    name_consent    INTEGER NOT NULL DEFAULT 0, -- data/codes/answer.def: may the name be posted
    party_branch    TEXT    NOT NULL DEFAULT '', -- of a party member
    reports_from    TEXT    NOT NULL DEFAULT '', -- 双报到: the unit that sent the in-service member
    version         INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Tags: who set them, on what evidence, from when to when. What stands now is repeated in
-- resident.tags as words separated by blanks, a last day behind a '<': 低保<2027-03-31. Lists read
-- it there.
CREATE TABLE resident_tag (
    resident_id INTEGER NOT NULL REFERENCES resident,
    word        TEXT    NOT NULL CHECK (word <> ''),
    from_date   TEXT    NOT NULL, -- '' not known
    until_date  TEXT    NOT NULL DEFAULT '', -- the last day; '' for good; before from_date: withdrawn
    evidence    TEXT    NOT NULL DEFAULT '',
    operator_id INTEGER NOT NULL REFERENCES operator,
    recorded_at TEXT    NOT NULL,
    PRIMARY KEY (resident_id, word, from_date)
) STRICT, WITHOUT ROWID;

CREATE INDEX resident_tag_word ON resident_tag (word, resident_id, until_date);
CREATE INDEX resident_tag_until ON resident_tag (until_date) WHERE until_date <> '';

INSERT INTO resident_tag (resident_id, word, from_date, operator_id, recorded_at)
WITH RECURSIVE split (resident_id, word, rest) AS (
    SELECT resident_id, '', tags || ' ' FROM resident WHERE tags <> ''
    UNION ALL
    SELECT resident_id, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1)
    FROM split WHERE rest <> ''
)
SELECT DISTINCT resident_id, word, '', (SELECT min(operator_id) FROM operator), ''
FROM split WHERE word <> '';

-- Two files and what somebody decided about them.
CREATE TABLE twin (
    twin_id     INTEGER PRIMARY KEY,
    first_id    INTEGER NOT NULL REFERENCES resident,
    second_id   INTEGER NOT NULL REFERENCES resident,
    verdict     INTEGER NOT NULL, -- data/codes/verdict.def: one person, two people
    reason      TEXT    NOT NULL DEFAULT '',
    operator_id INTEGER NOT NULL REFERENCES operator,
    decided_at  TEXT    NOT NULL,
    ended_at    TEXT    NOT NULL DEFAULT '', -- when it was taken back
    CHECK (first_id < second_id)
) STRICT;

CREATE UNIQUE INDEX twin_pair ON twin (first_id, second_id) WHERE ended_at = '';
CREATE INDEX twin_second ON twin (second_id) WHERE ended_at = '';

-- What somebody did, as it can be shown in the file's history and taken back. Append-only but for
-- the mark that it was taken back.

CREATE TABLE act (
    act_id      INTEGER PRIMARY KEY, -- 1, 2, 3 …
    recorded_at TEXT    NOT NULL,
    operator_id INTEGER NOT NULL REFERENCES operator,
    operation   TEXT    NOT NULL, -- of data/rights.def
    subject     TEXT    NOT NULL DEFAULT '', -- what it was about: a file's name, a building
    first_new   INTEGER NOT NULL DEFAULT 0, -- an import: the residents that it added, from
    last_new    INTEGER NOT NULL DEFAULT 0, -- and to
    undone_by   INTEGER REFERENCES act
) STRICT;

CREATE INDEX act_operator ON act (operator_id, act_id);

-- The fields of one record that an act changed: lines KEY=VALUE, sealed as a whole.
CREATE TABLE act_change (
    act_id  INTEGER NOT NULL REFERENCES act,
    line    INTEGER NOT NULL,
    kind    TEXT    NOT NULL, -- resident, person_file, household, building, grid, tag, twin
    row     INTEGER NOT NULL, -- number of the record
    before  BLOB, -- null: there was none
    after   BLOB NOT NULL,
    PRIMARY KEY (act_id, line)
) STRICT, WITHOUT ROWID;

CREATE INDEX act_change_row ON act_change (kind, row, act_id);

-- What an operator comes back to.

CREATE TABLE recent_file (
    operator_id INTEGER NOT NULL REFERENCES operator,
    resident_id INTEGER NOT NULL REFERENCES resident,
    opened_at   TEXT    NOT NULL,
    PRIMARY KEY (operator_id, resident_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_list (
    operator_id INTEGER NOT NULL REFERENCES operator,
    name        TEXT    NOT NULL CHECK (name <> ''),
    body        TEXT    NOT NULL, -- lines KEY=VALUE: filter, columns, order
    PRIMARY KEY (operator_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE header_mapping (
    name   TEXT NOT NULL, -- of the mapping: 民政局名单
    header TEXT NOT NULL, -- of the spreadsheet
    field  TEXT NOT NULL, -- key of a field; '' passed over
    PRIMARY KEY (name, header)
) STRICT, WITHOUT ROWID;
