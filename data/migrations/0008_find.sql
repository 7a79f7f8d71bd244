-- What people and households are found by besides: shelf p of search_key holds the rooms that
-- somebody lived in before (src/store/search_store.h; the program writes those of homes that were
-- left already), and household numbers are looked up without the letters and zeros before them.

CREATE INDEX household_number
ON household (ltrim(upper(number), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ-0')) WHERE number <> '';
