-- What every list of a community says of its people: nearly all of them are of one group, and a code
-- of 0 or 1 takes no byte of its row, so it stands with the person and not in a table beside.

ALTER TABLE resident ADD COLUMN ethnic_group   INTEGER NOT NULL DEFAULT 0; -- GB/T 3304; 0 not known
ALTER TABLE resident ADD COLUMN marital_status INTEGER NOT NULL DEFAULT 0; -- GB/T 2261.2; 0 not known
