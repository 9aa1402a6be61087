-- A minute with a voice assistant has a price of its own, beside that of the line. A CHECK cannot be changed, so both tables are made
-- anew; nothing refers to them.
CREATE TABLE price_book_new (
  item TEXT NOT NULL CHECK (item IN ('number_month', 'call_minute', 'assistant_minute', 'sms_segment', 'mms', 'whatsapp')),
  country TEXT NOT NULL CHECK (country = '*' OR length(country) = 2),
  line_type TEXT NOT NULL DEFAULT '*' CHECK (line_type IN ('*', 'local', 'mobile', 'tollfree')),
  amount_micros INTEGER NOT NULL CHECK (amount_micros BETWEEN 0 AND 1000000000),
  PRIMARY KEY (item, country, line_type)
) STRICT, WITHOUT ROWID;
INSERT INTO price_book_new SELECT item, country, line_type, amount_micros FROM price_book;
DROP TABLE price_book;
ALTER TABLE price_book_new RENAME TO price_book;
INSERT INTO price_book (item, country, line_type, amount_micros) VALUES ('assistant_minute', '*', '*', 150000);

CREATE TABLE usages_new (
  ref TEXT PRIMARY KEY, -- the message or the call
  account_id TEXT NOT NULL REFERENCES wallets (account_id),
  item TEXT NOT NULL CHECK (item IN ('call_minute', 'assistant_minute', 'sms_segment', 'mms', 'whatsapp')),
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
  VALUES (NEW.account_id, iif(NEW.item IN ('call_minute', 'assistant_minute'), 'call_hold', 'message_hold'), 'available', 'held',
    NEW.unit_micros * NEW.units_held, NEW.ref, NEW.memo, NEW.created_at);
END;
CREATE TRIGGER a_use_that_is_over_settles AFTER UPDATE OF settled_at ON usages
WHEN OLD.settled_at IS NULL AND NEW.settled_at IS NOT NULL AND NEW.unit_micros > 0
BEGIN
  INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, memo, created_at)
  SELECT NEW.account_id, iif(NEW.item IN ('call_minute', 'assistant_minute'), 'call_charge', 'message_charge'), 'held', 'revenue',
    NEW.unit_micros * NEW.units_charged, NEW.ref, NEW.memo, NEW.settled_at
  WHERE NEW.units_charged > 0;
  INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, memo, created_at)
  SELECT NEW.account_id, iif(NEW.item IN ('call_minute', 'assistant_minute'), 'call_release', 'message_release'), 'held', 'available',
    NEW.unit_micros * (NEW.units_held - NEW.units_charged), NEW.ref, NEW.memo, NEW.settled_at
  WHERE NEW.units_held > NEW.units_charged;
END;
CREATE TRIGGER a_settled_use_stays BEFORE UPDATE ON usages WHEN OLD.settled_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'a settled use is never rewritten');
END;

-- What was spent on a call that an assistant took is the assistant's figure, too.
DROP TRIGGER money_moves_the_figures;
CREATE TRIGGER money_moves_the_figures AFTER INSERT ON ledger WHEN NEW.to_bucket = 'revenue' OR NEW.from_bucket = 'revenue'
BEGIN
  INSERT INTO figure_moves (account_id, kind, subject, at, calls_in, calls_out, answered, seconds, campaign_calls, assistant_calls, assistant_seconds, messages_in, messages_out, spent_micros)
  SELECT NEW.account_id, s.kind, s.subject, NEW.created_at, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    iif(NEW.to_bucket = 'revenue', NEW.amount_micros, -NEW.amount_micros)
  FROM (SELECT 'all' AS kind, '' AS subject
    UNION ALL SELECT 'campaign', (SELECT campaign_id FROM attempts WHERE id = NEW.ref AND account_id = NEW.account_id)
      WHERE NEW.kind LIKE 'call\_%' ESCAPE '\'
    UNION ALL SELECT 'assistant', (SELECT assistant_id FROM calls WHERE account_id = NEW.account_id
        AND id = substr(NEW.ref, 1, iif(instr(NEW.ref, '.') = 0, length(NEW.ref), instr(NEW.ref, '.') - 1)))
      WHERE NEW.kind LIKE 'call\_%' ESCAPE '\'
    UNION ALL SELECT 'number', CASE
      WHEN NEW.kind LIKE 'call\_%' ESCAPE '\' THEN nullif(coalesce(
        (SELECT caller_e164 FROM attempts WHERE id = NEW.ref AND account_id = NEW.account_id),
        (SELECT own_e164 FROM calls WHERE account_id = NEW.account_id
          AND id = substr(NEW.ref, 1, iif(instr(NEW.ref, '.') = 0, length(NEW.ref), instr(NEW.ref, '.') - 1)))), '')
      WHEN NEW.kind LIKE 'message\_%' ESCAPE '\' THEN (SELECT c.own_e164 FROM messages m
        JOIN conversations c ON c.account_id = m.account_id AND c.id = m.conversation_id
        WHERE m.id = NEW.ref AND m.account_id = NEW.account_id)
      WHEN NEW.kind LIKE 'number\_%' ESCAPE '\' AND NEW.memo GLOB '+[1-9]*' THEN NEW.memo END) s
  WHERE s.subject IS NOT NULL;
END;
