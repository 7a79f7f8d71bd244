-- The words of the mediation notes, for searching: see store/case_word_store.h. All rows of a table
-- are sealed and of one length: without the key they tell which cases are fresh, and of words
-- nothing at all.

DROP TABLE case_word;

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
