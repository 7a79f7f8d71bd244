-- What a ledger entry was posted for: BLAKE2b-256 over the meal as it was served. Null for entries
-- without such a paper, and for those of before.

ALTER TABLE ledger_entry ADD COLUMN document BLOB CHECK (length(document) = 32);
