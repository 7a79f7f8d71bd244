-- What an import did beside the residents that it added.

ALTER TABLE act ADD COLUMN changed INTEGER NOT NULL DEFAULT 0; -- files and households that it changed
ALTER TABLE act ADD COLUMN homes   INTEGER NOT NULL DEFAULT 0; -- homes without people that it made
