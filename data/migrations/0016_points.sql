-- The points bank: teams and volunteers, services and what they earned, goods and what they cost,
-- and the months that were closed. The points themselves stand in the ledger's points book, on the
-- account 'person:' and the file's number; below nothing is the person's, as with money.

CREATE TABLE team (
    team_id    INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL UNIQUE CHECK (name <> ''), -- as the rule book's duties call it
    founded_on TEXT    NOT NULL DEFAULT '',
    ended_on   TEXT    NOT NULL DEFAULT '',
    note       TEXT    NOT NULL DEFAULT '',
    withdrawn  INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)), -- founded by mistake
    version    INTEGER NOT NULL DEFAULT 1 -- counts the changes; a stale editor is told
) STRICT;

CREATE TABLE team_member (
    team_id     INTEGER NOT NULL REFERENCES team,
    resident_id INTEGER NOT NULL REFERENCES resident,
    from_date   TEXT    NOT NULL,
    until_date  TEXT    NOT NULL DEFAULT '', -- the last day; '': still there
    role        INTEGER NOT NULL DEFAULT 1,  -- data/codes/team_role.def
    PRIMARY KEY (team_id, resident_id, from_date)
) STRICT, WITHOUT ROWID;

CREATE INDEX team_member_person ON team_member (resident_id);
CREATE UNIQUE INDEX team_member_once ON team_member (team_id, resident_id) WHERE until_date = '';

-- Who registered as a volunteer: what hangs on the wall by name is theirs to say.
CREATE TABLE volunteer (
    resident_id   INTEGER PRIMARY KEY REFERENCES resident,
    registered_on TEXT    NOT NULL,             -- '': it was a mistake
    number        TEXT UNIQUE,                  -- of the national volunteers' system; null: not known
    skills        TEXT    NOT NULL DEFAULT '',  -- words separated by blanks
    shows_name    INTEGER NOT NULL DEFAULT 0 CHECK (shows_name IN (0, 1)),
    left_on       TEXT    NOT NULL DEFAULT '',
    version       INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX volunteer_registered ON volunteer (registered_on);

-- A list of those who came to one activity.
CREATE TABLE attendance (
    attendance_id INTEGER PRIMARY KEY,
    title         TEXT    NOT NULL CHECK (title <> ''), -- of the activity
    duty          TEXT    NOT NULL,                     -- id in the rule book
    date          TEXT    NOT NULL,
    place         TEXT    NOT NULL DEFAULT '',
    confirmed_by  TEXT    NOT NULL DEFAULT '', -- '': nobody
    operator_id   INTEGER NOT NULL REFERENCES operator,
    recorded_at   TEXT    NOT NULL
) STRICT;

CREATE INDEX attendance_day ON attendance (date);

-- One service of one person. It is open until the person has gone; then it is recorded for good,
-- by a ledger entry whose document is the hash over the row (domain/service.h), and only a reversal
-- can follow.
CREATE TABLE service (
    service_id    INTEGER PRIMARY KEY,
    entry_id      INTEGER UNIQUE REFERENCES ledger_entry, -- null: the person has not gone
    resident_id   INTEGER NOT NULL REFERENCES resident,
    duty          TEXT    NOT NULL,            -- id in the rule book
    team          TEXT    NOT NULL DEFAULT '', -- that the book gave the duty to
    date          TEXT    NOT NULL,
    starts_at     INTEGER NOT NULL CHECK (starts_at BETWEEN -1 AND 1439), -- minute of the day; -1: not told
    ends_at       INTEGER NOT NULL CHECK (ends_at BETWEEN -1 AND 2879),   -- behind 1439: the day after
    minutes       INTEGER NOT NULL CHECK (minutes BETWEEN 0 AND 1440),
    times         INTEGER NOT NULL DEFAULT 1 CHECK (times BETWEEN 1 AND 99),
    points        INTEGER NOT NULL DEFAULT 0,  -- that it earned
    place         TEXT    NOT NULL DEFAULT '',
    recipient     TEXT    NOT NULL DEFAULT '', -- for whom, in words
    recipient_id  INTEGER REFERENCES resident, -- or whose file it is
    confirmed_by  TEXT    NOT NULL DEFAULT '', -- '': nobody
    confirmed_id  INTEGER REFERENCES resident,
    forgotten     INTEGER NOT NULL DEFAULT 0 CHECK (forgotten IN (0, 1)), -- closed by rule
    attendance_id INTEGER REFERENCES attendance,
    note          TEXT    NOT NULL DEFAULT '',
    operator_id   INTEGER NOT NULL REFERENCES operator,
    begun_at      TEXT    NOT NULL, -- moment of the first record
    reversed_by   INTEGER REFERENCES ledger_entry,
    CHECK (reversed_by IS NULL OR entry_id IS NOT NULL)
) STRICT;

CREATE INDEX service_person ON service (resident_id, date);
CREATE INDEX service_day ON service (date, duty);
CREATE INDEX service_list ON service (attendance_id) WHERE attendance_id IS NOT NULL;
CREATE UNIQUE INDEX service_open ON service (resident_id) WHERE entry_id IS NULL;
CREATE UNIQUE INDEX service_reversed ON service (reversed_by) WHERE reversed_by IS NOT NULL;

CREATE TRIGGER service_new BEFORE INSERT ON service
WHEN EXISTS (SELECT 1 FROM service WHERE service_id = NEW.service_id OR entry_id = NEW.entry_id)
  OR NEW.reversed_by IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'this service stands already'); END;
CREATE TRIGGER service_only_reversed BEFORE UPDATE ON service
WHEN OLD.entry_id IS NOT NULL AND
  (OLD.reversed_by IS NOT NULL OR NEW.reversed_by IS NULL
   OR (NEW.service_id, NEW.entry_id, NEW.resident_id, NEW.duty, NEW.team, NEW.date, NEW.starts_at,
       NEW.ends_at, NEW.minutes, NEW.times, NEW.points, NEW.place, NEW.recipient, NEW.confirmed_by,
       NEW.forgotten, NEW.note, NEW.operator_id, NEW.begun_at)
   <> (OLD.service_id, OLD.entry_id, OLD.resident_id, OLD.duty, OLD.team, OLD.date, OLD.starts_at,
       OLD.ends_at, OLD.minutes, OLD.times, OLD.points, OLD.place, OLD.recipient, OLD.confirmed_by,
       OLD.forgotten, OLD.note, OLD.operator_id, OLD.begun_at)
   OR NEW.recipient_id IS DISTINCT FROM OLD.recipient_id
   OR NEW.confirmed_id IS DISTINCT FROM OLD.confirmed_id
   OR NEW.attendance_id IS DISTINCT FROM OLD.attendance_id)
BEGIN SELECT RAISE(ABORT, 'a recorded service can only be reversed'); END;
CREATE TRIGGER service_stays BEFORE DELETE ON service
BEGIN SELECT RAISE(ABORT, 'services are never removed'); END;

-- The points book by month and person: what tallies, statements and the wall are read from. One row
-- for each entry and person it moves points of; `verify` holds it against the postings.
CREATE TABLE points_line (
    month       INTEGER NOT NULL, -- 202611: in which it counts
    resident_id INTEGER NOT NULL REFERENCES resident,
    entry_id    INTEGER NOT NULL REFERENCES ledger_entry,
    kind        INTEGER NOT NULL, -- enum mu_points_kind
    points      INTEGER NOT NULL, -- above nothing: the person gained
    minutes     INTEGER NOT NULL, -- of service
    PRIMARY KEY (month, resident_id, entry_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX points_line_person ON points_line (resident_id, entry_id, month, kind, points, minutes);

CREATE TRIGGER points_line_unchanged BEFORE UPDATE ON points_line
BEGIN SELECT RAISE(ABORT, 'points are never changed'); END;
CREATE TRIGGER points_line_stays BEFORE DELETE ON points_line
BEGIN SELECT RAISE(ABORT, 'points are never removed'); END;

-- What others say of a volunteer, online or at the door.
CREATE TABLE rating (
    rating_id   INTEGER PRIMARY KEY,
    entry_id    INTEGER NOT NULL UNIQUE REFERENCES ledger_entry,
    resident_id INTEGER NOT NULL REFERENCES resident,
    source      TEXT    NOT NULL, -- id in the rule book
    date        TEXT    NOT NULL,
    score       INTEGER NOT NULL,
    note        TEXT    NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX rating_person ON rating (resident_id, date);
CREATE TRIGGER rating_unchanged BEFORE UPDATE ON rating
BEGIN SELECT RAISE(ABORT, 'ratings are never changed'); END;
CREATE TRIGGER rating_stays BEFORE DELETE ON rating
BEGIN SELECT RAISE(ABORT, 'ratings are never removed'); END;

-- Goods that points buy. `stock` is the sum of what came and went; it never falls below nothing.
CREATE TABLE goods (
    goods_id  INTEGER PRIMARY KEY,
    name      TEXT    NOT NULL UNIQUE CHECK (name <> ''),
    unit      TEXT    NOT NULL DEFAULT '',
    price     INTEGER NOT NULL CHECK (price > 0), -- points a piece
    per_month INTEGER NOT NULL DEFAULT 0,         -- pieces a person at most; 0: as the rule book says
    offered   INTEGER NOT NULL DEFAULT 1 CHECK (offered IN (0, 1)),
    stock     INTEGER NOT NULL DEFAULT 0 CHECK (stock >= 0),
    version   INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE goods_move (
    move_id     INTEGER PRIMARY KEY, -- 1, 2, 3 … without a gap
    goods_id    INTEGER NOT NULL REFERENCES goods,
    kind        TEXT    NOT NULL CHECK (kind IN ('received', 'given', 'returned', 'counted', 'spoiled')),
    pieces      INTEGER NOT NULL, -- added to the stock; below nothing: taken from it
    date        TEXT    NOT NULL,
    resident_id INTEGER REFERENCES resident,            -- who took or brought them back
    entry_id    INTEGER UNIQUE REFERENCES ledger_entry, -- that moved the points
    returns     INTEGER UNIQUE REFERENCES goods_move,   -- what was brought back
    reason      TEXT    NOT NULL DEFAULT '',
    operator_id INTEGER NOT NULL REFERENCES operator,
    moved_at    TEXT    NOT NULL,
    CHECK ((kind IN ('given', 'returned')) = (entry_id IS NOT NULL)),
    CHECK ((kind IN ('given', 'returned')) = (resident_id IS NOT NULL)),
    CHECK ((kind = 'returned') = (returns IS NOT NULL))
) STRICT;

CREATE INDEX goods_move_goods ON goods_move (goods_id, move_id);
CREATE INDEX goods_move_person ON goods_move (resident_id, date) WHERE resident_id IS NOT NULL;

CREATE TRIGGER goods_move_next BEFORE INSERT ON goods_move
WHEN NEW.move_id <> (SELECT coalesce(max(move_id), 0) + 1 FROM goods_move)
BEGIN SELECT RAISE(ABORT, 'movements of goods follow one another'); END;
CREATE TRIGGER goods_move_unchanged BEFORE UPDATE ON goods_move
BEGIN SELECT RAISE(ABORT, 'movements of goods are never changed'); END;
CREATE TRIGGER goods_move_stays BEFORE DELETE ON goods_move
BEGIN SELECT RAISE(ABORT, 'movements of goods are never removed'); END;
CREATE TRIGGER goods_stays BEFORE DELETE ON goods
BEGIN SELECT RAISE(ABORT, 'goods are never removed'); END;

-- A month that was closed, by two people: its sums are sealed. The ledger entry that stands for it
-- moves nothing; its document is the hash over the row and its lines (domain/points_month.h).
CREATE TABLE points_month (
    month       INTEGER PRIMARY KEY, -- 202611
    entry_id    INTEGER NOT NULL UNIQUE REFERENCES ledger_entry,
    last_entry  INTEGER NOT NULL, -- the last ledger entry that it knows of,
    head        BLOB    NOT NULL CHECK (length(head) = 32), -- whose hash this is
    people      INTEGER NOT NULL, -- of whom anything moved
    services    INTEGER NOT NULL,
    minutes     INTEGER NOT NULL,
    earned      INTEGER NOT NULL, -- points, corrections counted in
    spent       INTEGER NOT NULL, -- what was given back counted in
    expired     INTEGER NOT NULL,
    balance     INTEGER NOT NULL, -- of everybody, at its end
    operator_id INTEGER NOT NULL REFERENCES operator,
    second_id   INTEGER REFERENCES operator, -- null: somebody who works here without signing in
    second_name TEXT    NOT NULL CHECK (second_name <> ''),
    closed_at   TEXT    NOT NULL
) STRICT;

-- Whoever ever had points has a line in each closed month: the next one begins with it.
CREATE TABLE points_month_line (
    month       INTEGER NOT NULL REFERENCES points_month DEFERRABLE INITIALLY DEFERRED,
    resident_id INTEGER NOT NULL REFERENCES resident, -- the file that spoke for the person
    services    INTEGER NOT NULL,
    minutes     INTEGER NOT NULL,
    earned      INTEGER NOT NULL,
    spent       INTEGER NOT NULL,
    expired     INTEGER NOT NULL,
    balance     INTEGER NOT NULL, -- at its end
    total_minutes INTEGER NOT NULL, -- of service, up to its end
    total_earned  INTEGER NOT NULL, -- likewise
    stars       INTEGER NOT NULL, -- at its end
    PRIMARY KEY (month, resident_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER points_month_next BEFORE INSERT ON points_month
WHEN EXISTS (SELECT 1 FROM points_month WHERE month >= NEW.month)
BEGIN SELECT RAISE(ABORT, 'months are closed one after another'); END;
CREATE TRIGGER points_month_unchanged BEFORE UPDATE ON points_month
BEGIN SELECT RAISE(ABORT, 'closed months are never changed'); END;
CREATE TRIGGER points_month_stays BEFORE DELETE ON points_month
BEGIN SELECT RAISE(ABORT, 'closed months are never removed'); END;
CREATE TRIGGER points_month_line_sealed BEFORE INSERT ON points_month_line
WHEN EXISTS (SELECT 1 FROM points_month WHERE month = NEW.month)
BEGIN SELECT RAISE(ABORT, 'this month is sealed'); END;
CREATE TRIGGER points_month_line_unchanged BEFORE UPDATE ON points_month_line
BEGIN SELECT RAISE(ABORT, 'closed months are never changed'); END;
CREATE TRIGGER points_month_line_stays BEFORE DELETE ON points_month_line
BEGIN SELECT RAISE(ABORT, 'closed months are never removed'); END;
-- Nothing counts in a closed month any more.
CREATE TRIGGER points_line_month_open BEFORE INSERT ON points_line
WHEN EXISTS (SELECT 1 FROM points_month WHERE month >= NEW.month)
BEGIN SELECT RAISE(ABORT, 'this month is closed'); END;

-- Something of a month that looked wrong and was accepted with a word.
CREATE TABLE points_accepted (
    month       INTEGER NOT NULL,
    kind        TEXT    NOT NULL, -- enum mu_points_doubt
    resident_id INTEGER NOT NULL REFERENCES resident,
    service_id  INTEGER NOT NULL DEFAULT 0, -- of the service, or 0
    word        TEXT    NOT NULL CHECK (word <> ''),
    operator_id INTEGER NOT NULL REFERENCES operator,
    accepted_at TEXT    NOT NULL,
    PRIMARY KEY (month, kind, resident_id, service_id)
) STRICT, WITHOUT ROWID;

-- Awards that were given: 活力小哥.
CREATE TABLE award (
    award_id    INTEGER PRIMARY KEY,
    resident_id INTEGER NOT NULL REFERENCES resident,
    name        TEXT    NOT NULL CHECK (name <> ''),
    month       INTEGER NOT NULL, -- for which
    given_on    TEXT    NOT NULL,
    note        TEXT    NOT NULL DEFAULT '',
    operator_id INTEGER NOT NULL REFERENCES operator,
    UNIQUE (resident_id, name, month)
) STRICT;

-- Certificates of service that were given out (志愿服务证明).
CREATE TABLE certificate (
    certificate_id INTEGER PRIMARY KEY, -- 1, 2, 3 … without a gap
    number         TEXT    NOT NULL UNIQUE, -- as printed
    resident_id    INTEGER NOT NULL REFERENCES resident,
    from_date      TEXT    NOT NULL,
    to_date        TEXT    NOT NULL,
    services       INTEGER NOT NULL,
    minutes        INTEGER NOT NULL,
    last_entry     INTEGER NOT NULL, -- the last ledger entry that it knows of,
    head           BLOB    NOT NULL CHECK (length(head) = 32), -- whose hash this is
    issued_at      TEXT    NOT NULL,
    operator_id    INTEGER NOT NULL REFERENCES operator
) STRICT;

CREATE INDEX certificate_person ON certificate (resident_id);
CREATE TRIGGER certificate_next BEFORE INSERT ON certificate
WHEN NEW.certificate_id <> (SELECT coalesce(max(certificate_id), 0) + 1 FROM certificate)
BEGIN SELECT RAISE(ABORT, 'certificates follow one another'); END;
CREATE TRIGGER certificate_unchanged BEFORE UPDATE ON certificate
BEGIN SELECT RAISE(ABORT, 'certificates are never changed'); END;
CREATE TRIGGER certificate_stays BEFORE DELETE ON certificate
BEGIN SELECT RAISE(ABORT, 'certificates are never removed'); END;
