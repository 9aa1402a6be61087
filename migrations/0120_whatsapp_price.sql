-- A WhatsApp message has a price of its own: it is no text, and is not counted in segments. A CHECK cannot be changed, so both tables
-- are made anew; nothing refers to them.
CREATE TABLE price_book_new (
  item TEXT NOT NULL CHECK (item IN ('number_month', 'call_minute', 'sms_segment', 'mms', 'whatsapp')),
  country TEXT NOT NULL CHECK (country = '*' OR length(country) = 2),
  line_type TEXT NOT NULL DEFAULT '*' CHECK (line_type IN ('*', 'local', 'mobile', 'tollfree')),
  amount_micros INTEGER NOT NULL CHECK (amount_micros BETWEEN 0 AND 1000000000),
  PRIMARY KEY (item, country, line_type)
) STRICT, WITHOUT ROWID;
INSERT INTO price_book_new SELECT item, country, line_type, amount_micros FROM price_book;
DROP TABLE price_book;
ALTER TABLE price_book_new RENAME TO price_book;

-- An administrator who has set prices for texts has meant WhatsApp with them until now.
INSERT INTO price_book (item, country, line_type, amount_micros)
SELECT 'whatsapp', country, line_type, amount_micros FROM price_book WHERE item = 'sms_segment';

CREATE TABLE usages_new (
  ref TEXT PRIMARY KEY, -- the message or the call
  account_id TEXT NOT NULL REFERENCES wallets (account_id),
  item TEXT NOT NULL CHECK (item IN ('call_minute', 'sms_segment', 'mms', 'whatsapp')),
  unit_micros INTEGER NOT NULL CHECK (unit_micros >= 0),
  units_held INTEGER NOT NULL CHECK (units_held > 0),
  units_charged INTEGER, -- NULL while it is under way
  memo TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  settle_by INTEGER NOT NULL, -- after this it is late
  settled_at INTEGER,
  CHECK ((units_charged IS NULL) = (settled_at IS NULL)),
  CHECK (units_charged IS NULL OR units_charged BETWEEN 0 AND units_held)
) STRICT;
INSERT INTO usages_new SELECT ref, account_id, item, unit_micros, units_held, units_charged, memo, created_at, settle_by, settled_at FROM usages;
DROP TABLE usages; -- and its triggers, which come again below: until then nothing is booked
ALTER TABLE usages_new RENAME TO usages;
CREATE INDEX usages_unsettled ON usages (settle_by) WHERE settled_at IS NULL;
CREATE INDEX usages_of_account ON usages (account_id, ref);

CREATE TRIGGER a_use_holds AFTER INSERT ON usages WHEN NEW.unit_micros > 0
BEGIN
  INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, memo, created_at)
  VALUES (NEW.account_id, iif(NEW.item = 'call_minute', 'call_hold', 'message_hold'), 'available', 'held',
    NEW.unit_micros * NEW.units_held, NEW.ref, NEW.memo, NEW.created_at);
END;
CREATE TRIGGER a_use_that_is_over_settles AFTER UPDATE OF settled_at ON usages
WHEN OLD.settled_at IS NULL AND NEW.settled_at IS NOT NULL AND NEW.unit_micros > 0
BEGIN
  INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, memo, created_at)
  SELECT NEW.account_id, iif(NEW.item = 'call_minute', 'call_charge', 'message_charge'), 'held', 'revenue',
    NEW.unit_micros * NEW.units_charged, NEW.ref, NEW.memo, NEW.settled_at
  WHERE NEW.units_charged > 0;
  INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, memo, created_at)
  SELECT NEW.account_id, iif(NEW.item = 'call_minute', 'call_release', 'message_release'), 'held', 'available',
    NEW.unit_micros * (NEW.units_held - NEW.units_charged), NEW.ref, NEW.memo, NEW.settled_at
  WHERE NEW.units_held > NEW.units_charged;
END;
CREATE TRIGGER a_settled_use_stays BEFORE UPDATE ON usages WHEN OLD.settled_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'a settled use is never rewritten');
END;
