-- What the kitchen cooks, and who has ordered it.

CREATE TABLE menu (
    menu_id INTEGER PRIMARY KEY,
    date    TEXT    NOT NULL,
    session TEXT    NOT NULL, -- id of the rule book
    version INTEGER NOT NULL DEFAULT 1, -- counts the changes
    UNIQUE (date, session)
) STRICT;

CREATE TABLE dish (
    menu_id  INTEGER NOT NULL REFERENCES menu,
    position INTEGER NOT NULL, -- on the menu, from 1
    name     TEXT    NOT NULL CHECK (name <> ''),
    marks    INTEGER NOT NULL DEFAULT 0, -- data/codes/diet.def: code 1 counts 1, 2 counts 2, 3 counts 4 …
    PRIMARY KEY (menu_id, position)
) STRICT, WITHOUT ROWID;

-- A single order is for one day, a standing one for some days of each week. A change of a standing
-- order ends it and begins another, so that past days stay as they were ordered.
CREATE TABLE canteen_order (
    order_id    INTEGER PRIMARY KEY,
    resident_id INTEGER NOT NULL REFERENCES resident,
    session     TEXT    NOT NULL,
    weekdays    INTEGER NOT NULL CHECK (weekdays BETWEEN 0 AND 127), -- Monday counts 1, Tuesday 2, Wednesday 4 …; 0: single
    from_date   TEXT    NOT NULL CHECK (from_date <> ''), -- of a single order its day
    until_date  TEXT    NOT NULL DEFAULT '', -- the last day; '' for good
    dish        TEXT    NOT NULL DEFAULT '', -- its name on the menu; '' what there is
    serving     INTEGER NOT NULL CHECK (serving <> 0), -- data/codes/serving.def: eaten there, delivered
    note        BLOB, -- for the kitchen or the courier; sealed
    cancelled   INTEGER NOT NULL DEFAULT 0, -- data/codes/answer.def; 0: it stands
    version     INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE UNIQUE INDEX canteen_order_once ON canteen_order (from_date, session, resident_id)
WHERE weekdays = 0 AND cancelled = 0;
CREATE INDEX canteen_order_standing ON canteen_order (until_date) WHERE weekdays <> 0 AND cancelled = 0;
CREATE INDEX canteen_order_resident ON canteen_order (resident_id);

-- Told by somebody or for them: no meal for me in this time.
CREATE TABLE canteen_absence (
    absence_id  INTEGER PRIMARY KEY,
    resident_id INTEGER NOT NULL REFERENCES resident,
    session     TEXT    NOT NULL DEFAULT '', -- '' every one
    from_date   TEXT    NOT NULL CHECK (from_date <> ''),
    until_date  TEXT    NOT NULL DEFAULT '', -- the last day; '' until further notice
    reason      BLOB, -- often of health; sealed
    cancelled   INTEGER NOT NULL DEFAULT 0, -- data/codes/answer.def; 0: it stands
    version     INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX canteen_absence_resident ON canteen_absence (resident_id, from_date);
