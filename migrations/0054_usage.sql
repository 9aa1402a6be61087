-- What is used by the piece: reserved at the start at the price of that moment, charged at the end by what really happened.
CREATE TABLE usages (
  ref TEXT PRIMARY KEY, -- the message or the call
  account_id TEXT NOT NULL REFERENCES wallets (account_id),
  item TEXT NOT NULL CHECK (item IN ('call_minute', 'sms_segment', 'mms')),
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
