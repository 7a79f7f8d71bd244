-- The mediation log. A case is the steps that were taken in it, one behind the other and never
-- changed; what was said stands in their bodies, sealed. Everything else here is worked out from
-- the steps (domain/case.h), so that lists, counts and reminders need not open them; `verify` works
-- it out again. Who the parties are, where they live and what they quarrel about stands in no plain
-- column.

CREATE TABLE mediator (
    mediator_id INTEGER PRIMARY KEY,
    name        TEXT    NOT NULL CHECK (name <> ''),
    operator_id INTEGER UNIQUE REFERENCES operator,  -- as who they sign in; null: not at all
    resident_id INTEGER UNIQUE REFERENCES resident,  -- their own file; null: not from here
    team        TEXT    NOT NULL DEFAULT '',         -- 红烛格老
    skills      TEXT    NOT NULL DEFAULT '',         -- words separated by blanks
    from_date   TEXT    NOT NULL DEFAULT '',
    until_date  TEXT    NOT NULL DEFAULT '',         -- the last day; '': still there
    withdrawn   INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)), -- entered by mistake
    version     INTEGER NOT NULL DEFAULT 1           -- counts the changes; a stale editor is told
) STRICT;

CREATE TABLE mediation_case (
    case_id     INTEGER PRIMARY KEY, -- 1, 2, 3 … without a gap
    year        INTEGER NOT NULL,
    serial      INTEGER NOT NULL,        -- 1, 2, 3 … of the year, without a gap
    number      TEXT    NOT NULL UNIQUE, -- as the rule book writes it: (2026)井调字第12号
    state       TEXT    NOT NULL,        -- enum mu_case_state
    outcome     TEXT    NOT NULL,        -- enum mu_case_outcome
    dispute     INTEGER NOT NULL,        -- data/codes/dispute.def
    source      INTEGER NOT NULL,        -- data/codes/case_source.def
    level       INTEGER NOT NULL,        -- data/codes/case_level.def
    weight      INTEGER NOT NULL,        -- data/codes/case_weight.def
    danger      INTEGER NOT NULL,        -- data/codes/answer.def: somebody threatened violence
    station     INTEGER NOT NULL,        -- data/codes/case_station.def: who has it now
    grade       TEXT    NOT NULL DEFAULT '', -- of risk, id in the rule book
    parties     INTEGER NOT NULL,
    accepted_on TEXT    NOT NULL,
    agreed_on   TEXT    NOT NULL DEFAULT '',
    ended_on    TEXT    NOT NULL DEFAULT '', -- agreed, failed, withdrawn: mediation is over
    closed_on   TEXT    NOT NULL DEFAULT '',
    form        INTEGER NOT NULL DEFAULT 0,  -- data/codes/case_form.def: of the agreement
    kept        INTEGER NOT NULL DEFAULT 0,  -- data/codes/case_kept.def: as the last visit found
    promised    INTEGER NOT NULL DEFAULT 0,  -- fen that the agreement speaks of,
    paid        INTEGER NOT NULL DEFAULT 0,  -- and that were paid
    label       BLOB    NOT NULL,            -- sealed: whose and what, for lists
    operator_id INTEGER NOT NULL REFERENCES operator, -- who wrote it down first
    steps       INTEGER NOT NULL,
    head        BLOB    NOT NULL CHECK (length(head) = 32), -- hash of the last step
    UNIQUE (year, serial)
) STRICT;

-- Holds all that is counted, so that counting passes over the rows.
CREATE INDEX case_accepted ON mediation_case (accepted_on, ended_on, outcome, dispute, source, level,
                                              weight, kept, promised, paid);
CREATE INDEX case_open ON mediation_case (case_id) WHERE state <> 'closed';
CREATE INDEX case_ended ON mediation_case (ended_on) WHERE ended_on <> '';

CREATE TRIGGER case_next BEFORE INSERT ON mediation_case
WHEN NEW.case_id <> (SELECT coalesce(max(case_id), 0) + 1 FROM mediation_case)
  OR NEW.serial <> (SELECT coalesce(max(serial), 0) + 1 FROM mediation_case WHERE year = NEW.year)
BEGIN SELECT RAISE(ABORT, 'cases follow one another'); END;
CREATE TRIGGER case_number_stays BEFORE UPDATE ON mediation_case
WHEN (NEW.case_id, NEW.year, NEW.serial, NEW.number, NEW.operator_id)
  <> (OLD.case_id, OLD.year, OLD.serial, OLD.number, OLD.operator_id) OR NEW.steps < OLD.steps
BEGIN SELECT RAISE(ABORT, 'the number of a case stays'); END;
CREATE TRIGGER case_stays BEFORE DELETE ON mediation_case
BEGIN SELECT RAISE(ABORT, 'cases are never removed'); END;

-- The hash covers the body as it reads, not as it is sealed: a new key seals it anew. A salt in the
-- body keeps anybody from guessing it from the hash.
CREATE TABLE case_step (
    step_id     INTEGER PRIMARY KEY, -- 1, 2, 3 … over all cases
    case_id     INTEGER NOT NULL REFERENCES mediation_case DEFERRABLE INITIALLY DEFERRED,
    number      INTEGER NOT NULL,    -- 1, 2, 3 … of the case
    kind        TEXT    NOT NULL,    -- enum mu_case_step_kind
    date        TEXT    NOT NULL,    -- of what happened
    recorded_at TEXT    NOT NULL,
    operator_id INTEGER NOT NULL REFERENCES operator,
    body        BLOB    NOT NULL,    -- sealed
    hash        BLOB    NOT NULL CHECK (length(hash) = 32),
    UNIQUE (case_id, number)
) STRICT;

CREATE TRIGGER case_step_next BEFORE INSERT ON case_step
WHEN NEW.step_id <> (SELECT coalesce(max(step_id), 0) + 1 FROM case_step)
  OR NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM case_step WHERE case_id = NEW.case_id)
BEGIN SELECT RAISE(ABORT, 'steps follow one another'); END;
CREATE TRIGGER case_step_unchanged BEFORE UPDATE ON case_step
WHEN (NEW.step_id, NEW.case_id, NEW.number, NEW.kind, NEW.date, NEW.recorded_at, NEW.operator_id,
      NEW.hash) <> (OLD.step_id, OLD.case_id, OLD.number, OLD.kind, OLD.date, OLD.recorded_at,
      OLD.operator_id, OLD.hash)
BEGIN SELECT RAISE(ABORT, 'steps are never changed'); END;
CREATE TRIGGER case_step_stays BEFORE DELETE ON case_step
BEGIN SELECT RAISE(ABORT, 'steps are never removed'); END;

-- Worked out: who mediates which case, and what is due when.
CREATE TABLE case_mediator (
    case_id     INTEGER NOT NULL REFERENCES mediation_case DEFERRABLE INITIALLY DEFERRED,
    mediator_id INTEGER NOT NULL REFERENCES mediator,
    at_work     INTEGER NOT NULL CHECK (at_work IN (0, 1)), -- 0: was refused, stepped aside, left
    PRIMARY KEY (case_id, mediator_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX case_mediator_load ON case_mediator (mediator_id, at_work, case_id);

CREATE TABLE case_due (
    case_id INTEGER NOT NULL REFERENCES mediation_case DEFERRABLE INITIALLY DEFERRED,
    kind    TEXT    NOT NULL, -- enum mu_case_due_kind
    number  INTEGER NOT NULL, -- of the promise, or 0
    due_on  TEXT    NOT NULL,
    PRIMARY KEY (case_id, kind, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX case_due_day ON case_due (due_on, case_id);

-- By which the same people and the same address are found again: marks that only the key can make,
-- and what each was made of, sealed, so that a new key can make it anew.
CREATE TABLE case_mark (
    mark_id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES mediation_case DEFERRABLE INITIALLY DEFERRED,
    party   INTEGER NOT NULL, -- number of the party; 0: the place
    mark    BLOB    NOT NULL CHECK (length(mark) = 16),
    source  BLOB    NOT NULL,
    UNIQUE (case_id, party, mark)
) STRICT;

CREATE INDEX case_mark_same ON case_mark (mark, case_id);

-- Whom the keeper names to read a case beside its mediators; case 0: all of them.
CREATE TABLE case_reader (
    reader_id   INTEGER PRIMARY KEY,
    case_id     INTEGER NOT NULL DEFAULT 0,
    operator_id INTEGER NOT NULL REFERENCES operator,
    reason      TEXT    NOT NULL CHECK (reason <> ''),
    named_by    INTEGER NOT NULL REFERENCES operator,
    named_at    TEXT    NOT NULL,
    until_at    TEXT    NOT NULL DEFAULT '' -- '': still
) STRICT;

CREATE UNIQUE INDEX case_reader_once ON case_reader (operator_id, case_id) WHERE until_at = '';

-- The words of the mediation notes, for searching: see store/case_word_store.h. All rows of a table
-- are sealed and of one length: without the key they tell which cases are fresh, and of words
-- nothing at all.

CREATE TABLE case_word_fresh (
    case_id INTEGER PRIMARY KEY,
    map     BLOB NOT NULL -- the marks of its words
) STRICT;

CREATE TABLE case_word_part (
    part_id INTEGER PRIMARY KEY,
    key     BLOB NOT NULL, -- of its slices
    cases   BLOB NOT NULL  -- their numbers
) STRICT;

CREATE TABLE case_word_slice (
    slice_id INTEGER PRIMARY KEY, -- part_id * 16384 + mark
    bits     BLOB NOT NULL        -- who of the part has the mark
) STRICT;
