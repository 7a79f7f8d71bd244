-- A home as the program wrote it before anything was sealed: four made-up people, two meals and a
-- half-typed form, at format 2. The sqlite3 shell's .dump.
PRAGMA application_id = 7173484;
PRAGMA user_version = 2;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY, -- demo
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE operator (
    operator_id INTEGER PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE,
    role        TEXT NOT NULL CHECK (role IN ('desk', 'mediator', 'tally', 'keeper', 'auditor')),
    system_user TEXT UNIQUE, -- account that acts as this operator without signing in
    created_at  TEXT NOT NULL
, password TEXT, ended_at TEXT, wrong_tries INTEGER NOT NULL DEFAULT 0, locked_until TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO operator VALUES(1,'keeper','keeper','keeper','2026-11-21T09:30:00',NULL,NULL,0,'');
CREATE TABLE rule_book (
    version      INTEGER PRIMARY KEY,
    adopted_from TEXT    NOT NULL, -- first day on which the book decides
    adopted_at   TEXT    NOT NULL,
    operator_id  INTEGER NOT NULL REFERENCES operator,
    hash         BLOB    NOT NULL, -- BLAKE2b-256 of the book
    book         TEXT    NOT NULL  -- the YAML as it was adopted
) STRICT;
INSERT INTO rule_book VALUES(1,'2026-11-21','2026-11-21T09:30:00',1,X'9694d1055e3925d181b0a0b88055528e4dedd3e019056af7cdf8a5c75273a673',replace('# 云鹭湾社区（宁波江北）\n# 社区的做法是“全龄普惠 + 老龄特惠 + 公益免费”：谁都可以来吃；60 岁、80 岁以上当场减 3 元到\n# 7 元；保洁、环卫、骑手等户外劳动者每天有 40 份免费餐。晚餐是本书加的，社区可以改。\ncentre: {name: 云鹭湾社区党群服务中心, division: "330205"}\ncanteen:\n  sessions:\n    - {id: lunch, name: 午餐, from: "10:30", to: "13:00", price: 15.00}\n    - {id: dinner, name: 晚餐, from: "16:30", to: "18:30", price: 15.00}\n  tiers:                      # 从上往下，第一条符合的说了算；都不符合按原价\n    - {id: outdoor, name: 户外劳动者公益餐, when: {occupation: [保洁员, 环卫工, 外卖员, 快递员]}, price: 0, payer: charity, daily_quota: 40}\n    - {id: hardship, name: 困难老人工坊餐, when: {all: [{age: {from: 60}}, {tags: [低保, 特困, 困境家庭]}]}, price: 2.00, payer: workshop}\n    - {id: tier-80, name: 80周岁及以上, when: {age: {from: 80}}, off: 7.00, payer: subsidy}\n    - {id: tier-60, name: 60周岁及以上, when: {age: {from: 60}}, off: 3.00, payer: subsidy}\n  limits: {subsidised_per_day: 1, void_minutes: 30}\n','\n',char(10)));
CREATE TABLE place (
    place_id INTEGER PRIMARY KEY,
    estate   TEXT NOT NULL, -- 小区 or 院落; each level is '' when not known
    building TEXT NOT NULL,
    unit     TEXT NOT NULL,
    room     TEXT NOT NULL,
    UNIQUE (estate, building, unit, room)
) STRICT;
INSERT INTO place VALUES(1,'金桂花园','3','1','201');
INSERT INTO place VALUES(2,'金桂花园','5','2','402');
CREATE TABLE household (
    household_id INTEGER PRIMARY KEY,
    place_id     INTEGER NOT NULL REFERENCES place,
    number       TEXT    NOT NULL DEFAULT '', -- 户号
    occupancy    INTEGER NOT NULL DEFAULT 0,  -- data/codes/occupancy.def; 0 not known
    grid         TEXT    NOT NULL DEFAULT '',
    UNIQUE (place_id, number)
) STRICT;
INSERT INTO household VALUES(1,1,'',0,'');
INSERT INTO household VALUES(2,2,'',0,'');
CREATE TABLE resident (
    resident_id  INTEGER PRIMARY KEY,
    name         TEXT    NOT NULL CHECK (name <> ''),
    id_number    TEXT UNIQUE, -- GB 11643
    sex          INTEGER NOT NULL DEFAULT 0, -- GB/T 2261.1
    birth_date   TEXT    NOT NULL DEFAULT '',
    phone        TEXT    NOT NULL DEFAULT '', -- numbers separated by blanks
    card         TEXT UNIQUE,
    household_id INTEGER REFERENCES household,
    relation     INTEGER NOT NULL DEFAULT 0, -- GB/T 4761
    occupation   TEXT    NOT NULL DEFAULT '',
    residence    INTEGER NOT NULL DEFAULT 0, -- data/codes/residence.def
    tags         TEXT    NOT NULL DEFAULT '', -- words separated by blanks
    note         TEXT    NOT NULL DEFAULT '',
    status       INTEGER NOT NULL DEFAULT 1, -- data/codes/status.def
    ended_on     TEXT    NOT NULL DEFAULT '', -- day of moving out or of death
    version      INTEGER NOT NULL DEFAULT 1  -- counts the changes; a stale editor is told
) STRICT;
INSERT INTO resident VALUES(1,'张金凤','11010519491231002X',2,'1949-12-31','13800004821','8801',1,0,'',0,'','糖尿病，每天打胰岛素',1,'',1);
INSERT INTO resident VALUES(2,'王建国','330205195811230152',1,'1958-11-23','0574-87654321','8802',1,0,'',0,'','心脏搭桥，二级护理',1,'',2);
INSERT INTO resident VALUES(3,'李小满',NULL,0,'','13800000004',NULL,2,0,'',0,'','',1,'',1);
INSERT INTO resident VALUES(4,'赵大妈','110105194901010021',2,'1949-01-01','',NULL,2,0,'',0,'','一个人住',1,'',3);
CREATE TABLE residence_past (
    resident_id  INTEGER NOT NULL REFERENCES resident,
    household_id INTEGER NOT NULL REFERENCES household,
    relation     INTEGER NOT NULL,
    until_date   TEXT    NOT NULL,
    changed_at   TEXT    NOT NULL,
    PRIMARY KEY (resident_id, changed_at, household_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE search_key (
    token       TEXT    NOT NULL,
    resident_id INTEGER NOT NULL,
    PRIMARY KEY (token, resident_id)
) STRICT, WITHOUT ROWID;
INSERT INTO search_key VALUES('1lixiaoman',3);
INSERT INTO search_key VALUES('1lxm',3);
INSERT INTO search_key VALUES('1wangjianguo',2);
INSERT INTO search_key VALUES('1wjg',2);
INSERT INTO search_key VALUES('1zdm',4);
INSERT INTO search_key VALUES('1zhangjinfeng',1);
INSERT INTO search_key VALUES('1zhaodama',4);
INSERT INTO search_key VALUES('1zjf',1);
INSERT INTO search_key VALUES('1张金凤',1);
INSERT INTO search_key VALUES('1李小满',3);
INSERT INTO search_key VALUES('1王建国',2);
INSERT INTO search_key VALUES('1赵大妈',4);
INSERT INTO search_key VALUES('2dama',4);
INSERT INTO search_key VALUES('2dm',4);
INSERT INTO search_key VALUES('2f',1);
INSERT INTO search_key VALUES('2feng',1);
INSERT INTO search_key VALUES('2g',2);
INSERT INTO search_key VALUES('2guo',2);
INSERT INTO search_key VALUES('2jf',1);
INSERT INTO search_key VALUES('2jg',2);
INSERT INTO search_key VALUES('2jianguo',2);
INSERT INTO search_key VALUES('2jinfeng',1);
INSERT INTO search_key VALUES('2m',3);
INSERT INTO search_key VALUES('2m',4);
INSERT INTO search_key VALUES('2ma',4);
INSERT INTO search_key VALUES('2man',3);
INSERT INTO search_key VALUES('2xiaoman',3);
INSERT INTO search_key VALUES('2xm',3);
INSERT INTO search_key VALUES('2凤',1);
INSERT INTO search_key VALUES('2国',2);
INSERT INTO search_key VALUES('2大妈',4);
INSERT INTO search_key VALUES('2妈',4);
INSERT INTO search_key VALUES('2小满',3);
INSERT INTO search_key VALUES('2建国',2);
INSERT INTO search_key VALUES('2满',3);
INSERT INTO search_key VALUES('2金凤',1);
INSERT INTO search_key VALUES('3120010',4);
INSERT INTO search_key VALUES('3123456784750',2);
INSERT INTO search_key VALUES('312840000831',1);
INSERT INTO search_key VALUES('3251032',2);
INSERT INTO search_key VALUES('340000000831',3);
INSERT INTO search_key VALUES('3x20013',1);
INSERT INTO search_key VALUES('c8801',1);
INSERT INTO search_key VALUES('c8802',2);
INSERT INTO search_key VALUES('r3-1-201',1);
INSERT INTO search_key VALUES('r3-1-201',2);
INSERT INTO search_key VALUES('r3-201',1);
INSERT INTO search_key VALUES('r3-201',2);
INSERT INTO search_key VALUES('r5-2-402',3);
INSERT INTO search_key VALUES('r5-2-402',4);
INSERT INTO search_key VALUES('r5-402',3);
INSERT INTO search_key VALUES('r5-402',4);
CREATE TABLE ledger_account (
    account_id INTEGER PRIMARY KEY,
    book       TEXT NOT NULL CHECK (book IN ('points', 'meals', 'fund')),
    code       TEXT NOT NULL, -- cash, income, payer:subsidy
    UNIQUE (book, code)
) STRICT;
INSERT INTO ledger_account VALUES(1,'meals','cash');
INSERT INTO ledger_account VALUES(2,'meals','payer:subsidy');
INSERT INTO ledger_account VALUES(3,'meals','income');
CREATE TABLE ledger_entry (
    entry_id        INTEGER PRIMARY KEY, -- 1, 2, 3 … without a gap
    book            TEXT    NOT NULL CHECK (book IN ('points', 'meals', 'fund')),
    date            TEXT    NOT NULL,
    recorded_at     TEXT    NOT NULL,
    operator_id     INTEGER NOT NULL REFERENCES operator,
    rule_id         TEXT    NOT NULL,
    rules_version   INTEGER NOT NULL REFERENCES rule_book,
    resident_id     INTEGER REFERENCES resident,
    reverses        INTEGER REFERENCES ledger_entry,
    reason          TEXT    NOT NULL DEFAULT '',
    idempotency_key TEXT    NOT NULL UNIQUE,
    hash            BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO ledger_entry VALUES(1,'meals','2026-11-21','2026-11-21T11:30:00',1,'tier-60',1,1,NULL,'','5386af9609b3831996d9b2fb9caee31f',X'89e895c3bdf6c359736957b98f78f6521de5417790beb5e56ebd6896c0c6d6c4');
INSERT INTO ledger_entry VALUES(2,'meals','2026-11-21','2026-11-21T11:31:00',1,'tier-60',1,2,NULL,'','d02ce39b8ca8df5c91a6b10e92ac0152',X'8a39384372f323da77042af2d85234f6a25d42f33a9cd7c2a3160ac13f4f4e2f');
CREATE TABLE ledger_posting (
    entry_id   INTEGER NOT NULL REFERENCES ledger_entry DEFERRABLE INITIALLY DEFERRED,
    line       INTEGER NOT NULL CHECK (line >= 1),
    account_id INTEGER NOT NULL REFERENCES ledger_account,
    amount     INTEGER NOT NULL,
    PRIMARY KEY (entry_id, line)
) STRICT, WITHOUT ROWID;
INSERT INTO ledger_posting VALUES(1,1,1,1200);
INSERT INTO ledger_posting VALUES(1,2,2,300);
INSERT INTO ledger_posting VALUES(1,3,3,-1500);
INSERT INTO ledger_posting VALUES(2,1,1,1200);
INSERT INTO ledger_posting VALUES(2,2,2,300);
INSERT INTO ledger_posting VALUES(2,3,3,-1500);
CREATE TABLE meal (
    meal_id       INTEGER PRIMARY KEY,
    entry_id      INTEGER NOT NULL UNIQUE REFERENCES ledger_entry,
    resident_id   INTEGER REFERENCES resident, -- null: somebody without a file
    date          TEXT    NOT NULL,
    session       TEXT    NOT NULL,
    tier          TEXT, -- null: full price
    quota_slot    INTEGER CHECK (quota_slot >= 1), -- which of the tier's meals of the day
    price         INTEGER NOT NULL, -- fen
    pay           INTEGER NOT NULL, -- fen, by the diner
    payer         TEXT    NOT NULL, -- who pays the rest
    pay_method    TEXT    NOT NULL CHECK (pay_method IN ('cash', 'card')),
    occupation    TEXT    NOT NULL DEFAULT '', -- of somebody without a file
    note          TEXT    NOT NULL DEFAULT '',
    served_at     TEXT    NOT NULL,
    void_entry_id INTEGER REFERENCES ledger_entry
) STRICT;
INSERT INTO meal VALUES(1,1,1,'2026-11-21','lunch','tier-60',NULL,1500,1200,'subsidy','cash','','','2026-11-21T11:30:00',NULL);
INSERT INTO meal VALUES(2,2,2,'2026-11-21','lunch','tier-60',NULL,1500,1200,'subsidy','cash','','','2026-11-21T11:31:00',NULL);
CREATE TABLE draft (
    operator_id INTEGER NOT NULL REFERENCES operator,
    form        TEXT    NOT NULL,
    saved_at    TEXT    NOT NULL,
    body        TEXT    NOT NULL, -- JSON object: field keys and what was typed
    PRIMARY KEY (operator_id, form)
) STRICT, WITHOUT ROWID;
INSERT INTO draft VALUES(1,'resident:1','2026-11-21T09:40:00',replace('note=头晕\nid_number=11010519491231002X\n','\n',char(10)));
CREATE TABLE audit_entry (
    entry_id    INTEGER PRIMARY KEY, -- 1, 2, 3 … without a gap
    recorded_at TEXT    NOT NULL,
    operator_id INTEGER NOT NULL REFERENCES operator,
    terminal    TEXT    NOT NULL,
    action      TEXT    NOT NULL, -- an operation of data/rights.def
    resident_id INTEGER REFERENCES resident,
    subject     TEXT    NOT NULL DEFAULT '',
    before      TEXT    NOT NULL DEFAULT '', -- field=value lines, numbers masked
    after       TEXT    NOT NULL DEFAULT '',
    reason      TEXT    NOT NULL DEFAULT '',
    hash        BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO audit_entry VALUES(1,'2026-11-21T09:30:00',1,'','import_residents',NULL,'p.csv','',replace('added=4\nupdated=0\n','\n',char(10)),'',X'221058f0da1b9640a32ff6f0b1e48299317b38ace89de13cb3b833d86b8e0e28');
INSERT INTO audit_entry VALUES(2,'2026-11-21T09:30:00',1,'','save_resident',2,'',replace('note=*\n','\n',char(10)),replace('note=*\n','\n',char(10)),'',X'f70a00d33b1d6da65d9f10e7564e90bd1a7c94c834dca06a5c28ad245722b580');
INSERT INTO audit_entry VALUES(3,'2026-11-21T09:30:00',1,'','save_resident',4,'',replace('id_number=110105********0021\n','\n',char(10)),replace('id_number=110105********0048\n','\n',char(10)),'',X'841a504b23944406d60f89708857cae8a65fdd6acf48c795df65272b1cb941c3');
INSERT INTO audit_entry VALUES(4,'2026-11-21T09:30:00',1,'','save_resident',4,'',replace('id_number=110105********0048\n','\n',char(10)),replace('id_number=110105********0021\n','\n',char(10)),'',X'89440629a9cc403b974ef2d0a4a3d061cd03ab9caec81e102e453d5fdf7a6ab4');
INSERT INTO audit_entry VALUES(5,'2026-11-21T09:30:00',1,'','reveal',1,'id_number','','','核对',X'88aedb09405a83cdb33db220d0bf9de3f1b286b354c56742eac822d8952f34c0');
CREATE INDEX resident_household ON resident (household_id);
CREATE INDEX resident_name ON resident (name, birth_date);
CREATE INDEX resident_ended ON resident (status) WHERE status <> 1;
CREATE TRIGGER resident_stays BEFORE DELETE ON resident
BEGIN SELECT RAISE(ABORT, 'residents are never deleted'); END;
CREATE TRIGGER household_stays BEFORE DELETE ON household
BEGIN SELECT RAISE(ABORT, 'households are never deleted'); END;
CREATE UNIQUE INDEX ledger_reversed ON ledger_entry (reverses) WHERE reverses IS NOT NULL;
CREATE TRIGGER ledger_entry_next BEFORE INSERT ON ledger_entry
WHEN NEW.entry_id <> (SELECT coalesce(max(entry_id), 0) + 1 FROM ledger_entry)
BEGIN SELECT RAISE(ABORT, 'ledger entries follow one another'); END;
CREATE TRIGGER ledger_entry_once BEFORE INSERT ON ledger_entry
WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE idempotency_key = NEW.idempotency_key)
  OR EXISTS (SELECT 1 FROM ledger_entry WHERE reverses = NEW.reverses)
BEGIN SELECT RAISE(ABORT, 'this ledger entry stands already'); END;
CREATE TRIGGER ledger_entry_balanced BEFORE INSERT ON ledger_entry
WHEN (SELECT count(*) < 2 OR sum(amount) <> 0 FROM ledger_posting WHERE entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'postings must sum to zero'); END;
CREATE TRIGGER ledger_entry_unchanged BEFORE UPDATE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger entries are never changed'); END;
CREATE TRIGGER ledger_entry_stays BEFORE DELETE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger entries are never removed'); END;
CREATE TRIGGER ledger_posting_sealed BEFORE INSERT ON ledger_posting
WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'this ledger entry is sealed'); END;
CREATE TRIGGER ledger_posting_unchanged BEFORE UPDATE ON ledger_posting
BEGIN SELECT RAISE(ABORT, 'ledger postings are never changed'); END;
CREATE TRIGGER ledger_posting_stays BEFORE DELETE ON ledger_posting
BEGIN SELECT RAISE(ABORT, 'ledger postings are never removed'); END;
CREATE TRIGGER ledger_account_once BEFORE INSERT ON ledger_account
WHEN EXISTS (SELECT 1 FROM ledger_account WHERE account_id = NEW.account_id
             OR (book = NEW.book AND code = NEW.code))
BEGIN SELECT RAISE(ABORT, 'this ledger account stands already'); END;
CREATE TRIGGER ledger_account_unchanged BEFORE UPDATE ON ledger_account
BEGIN SELECT RAISE(ABORT, 'ledger accounts are never changed'); END;
CREATE TRIGGER ledger_account_stays BEFORE DELETE ON ledger_account
BEGIN SELECT RAISE(ABORT, 'ledger accounts are never removed'); END;
CREATE UNIQUE INDEX meal_once ON meal (resident_id, date, session)
WHERE resident_id IS NOT NULL AND void_entry_id IS NULL;
CREATE UNIQUE INDEX meal_quota ON meal (date, tier, quota_slot)
WHERE quota_slot IS NOT NULL AND void_entry_id IS NULL;
CREATE UNIQUE INDEX meal_void ON meal (void_entry_id) WHERE void_entry_id IS NOT NULL;
CREATE INDEX meal_day ON meal (date, meal_id);
CREATE TRIGGER meal_new BEFORE INSERT ON meal
WHEN EXISTS (SELECT 1 FROM meal WHERE meal_id = NEW.meal_id OR entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'this meal stands already'); END;
CREATE TRIGGER meal_only_voided BEFORE UPDATE ON meal
WHEN OLD.void_entry_id IS NOT NULL OR NEW.void_entry_id IS NULL
  OR (NEW.meal_id, NEW.entry_id, NEW.date, NEW.session, NEW.price, NEW.pay, NEW.payer,
      NEW.pay_method, NEW.occupation, NEW.note, NEW.served_at)
  <> (OLD.meal_id, OLD.entry_id, OLD.date, OLD.session, OLD.price, OLD.pay, OLD.payer,
      OLD.pay_method, OLD.occupation, OLD.note, OLD.served_at)
  OR NEW.resident_id IS DISTINCT FROM OLD.resident_id
  OR NEW.tier IS DISTINCT FROM OLD.tier OR NEW.quota_slot IS DISTINCT FROM OLD.quota_slot
BEGIN SELECT RAISE(ABORT, 'a meal can only be voided'); END;
CREATE TRIGGER meal_stays BEFORE DELETE ON meal
BEGIN SELECT RAISE(ABORT, 'meals are never removed'); END;
CREATE INDEX audit_resident ON audit_entry (resident_id, entry_id) WHERE resident_id IS NOT NULL;
CREATE TRIGGER audit_entry_next BEFORE INSERT ON audit_entry
WHEN NEW.entry_id <> (SELECT coalesce(max(entry_id), 0) + 1 FROM audit_entry)
BEGIN SELECT RAISE(ABORT, 'audit entries follow one another'); END;
CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END;
CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit entries are never removed'); END;
COMMIT;
