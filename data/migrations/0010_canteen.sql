-- What stands on each account: the sum of its postings, kept so that it can be asked at the counter.

CREATE TABLE balance (
    account_id INTEGER PRIMARY KEY REFERENCES ledger_account,
    amount     INTEGER NOT NULL
) STRICT;

INSERT INTO balance (account_id, amount)
SELECT account_id, sum(amount) FROM ledger_posting GROUP BY account_id;
