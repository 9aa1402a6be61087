-- What an account spends by day (UTC), moved by the ledger itself: the daily cap and the chart of spend read it.
CREATE TABLE wallet_days (
  account_id TEXT NOT NULL REFERENCES wallets (account_id),
  day TEXT NOT NULL,
  committed_micros INTEGER NOT NULL DEFAULT 0, -- set aside or charged, less what was given back
  charged_micros INTEGER NOT NULL DEFAULT 0,
  paid_in_micros INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account_id, day)
) STRICT, WITHOUT ROWID;

-- What the owner has decided about the account's money. Without a row: no cap, and a notice below five dollars.
CREATE TABLE wallet_rules (
  account_id TEXT PRIMARY KEY REFERENCES accounts (id),
  daily_cap_micros INTEGER CHECK (daily_cap_micros >= 0),
  low_balance_micros INTEGER NOT NULL DEFAULT 5000000 CHECK (low_balance_micros >= 0)
) STRICT;

-- What the house has to tell an account. Once per matter: whatever finds it out twice, tells it once.
CREATE TABLE notices (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  kind TEXT NOT NULL,
  ref TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
  created_at INTEGER NOT NULL,
  mailed_at INTEGER,
  read_at INTEGER,
  UNIQUE (account_id, kind, ref)
) STRICT;
CREATE INDEX notices_of_account ON notices (account_id, seq);
CREATE INDEX notices_to_mail ON notices (seq) WHERE mailed_at IS NULL;

CREATE TRIGGER the_ledger_fills_the_days AFTER INSERT ON ledger
BEGIN
  INSERT INTO wallet_days (account_id, day, committed_micros, charged_micros, paid_in_micros)
  VALUES (
    NEW.account_id,
    date(NEW.created_at / 1000, 'unixepoch'),
    NEW.amount_micros * ((NEW.from_bucket = 'available' AND NEW.to_bucket IN ('held', 'revenue'))
      - (NEW.to_bucket = 'available' AND NEW.from_bucket IN ('held', 'revenue'))),
    NEW.amount_micros * ((NEW.to_bucket = 'revenue') - (NEW.from_bucket = 'revenue')),
    NEW.amount_micros * ((NEW.from_bucket = 'external') - (NEW.to_bucket = 'external'))
  )
  ON CONFLICT DO UPDATE SET
    committed_micros = committed_micros + excluded.committed_micros,
    charged_micros = charged_micros + excluded.charged_micros,
    paid_in_micros = paid_in_micros + excluded.paid_in_micros;
  -- Rent is owed whatever was decided about today.
  INSERT INTO must (claim)
  SELECT 'day_within_cap' FROM wallet_rules JOIN wallet_days USING (account_id)
  WHERE account_id = NEW.account_id AND day = date(NEW.created_at / 1000, 'unixepoch') AND committed_micros > daily_cap_micros
    AND NEW.from_bucket = 'available' AND NEW.to_bucket IN ('held', 'revenue') AND NEW.kind <> 'number_rent';
END;
INSERT INTO wallet_days (account_id, day, committed_micros, charged_micros, paid_in_micros)
SELECT account_id, date(created_at / 1000, 'unixepoch'),
  sum(amount_micros * ((from_bucket = 'available' AND to_bucket IN ('held', 'revenue')) - (to_bucket = 'available' AND from_bucket IN ('held', 'revenue')))),
  sum(amount_micros * ((to_bucket = 'revenue') - (from_bucket = 'revenue'))),
  sum(amount_micros * ((from_bucket = 'external') - (to_bucket = 'external')))
FROM ledger GROUP BY 1, 2;

CREATE TRIGGER a_low_balance_is_told AFTER UPDATE OF available_micros ON wallets
WHEN NEW.available_micros < OLD.available_micros
  AND NEW.available_micros < coalesce((SELECT low_balance_micros FROM wallet_rules WHERE account_id = NEW.account_id), 5000000)
  AND OLD.available_micros >= coalesce((SELECT low_balance_micros FROM wallet_rules WHERE account_id = NEW.account_id), 5000000)
BEGIN
  INSERT INTO notices (account_id, kind, ref, detail, created_at)
  SELECT NEW.account_id, 'low_balance', date(created_at / 1000, 'unixepoch'), json_object('availableMicros', NEW.available_micros), created_at
  FROM ledger WHERE account_id = NEW.account_id ORDER BY seq DESC LIMIT 1
  ON CONFLICT DO NOTHING;
END;

-- Rent: paid from month to month, counted from the day of purchase.
ALTER TABLE numbers ADD COLUMN rent_paid_through INTEGER;
ALTER TABLE numbers ADD COLUMN rent_due_since INTEGER; -- unpaid since; NULL while it is paid
ALTER TABLE numbers ADD COLUMN rent_next_try INTEGER;
UPDATE numbers SET rent_paid_through = purchased_at + 2592000000, rent_next_try = purchased_at + 2592000000 WHERE status = 'active';
CREATE INDEX numbers_rent_due ON numbers (rent_next_try) WHERE status = 'active';
CREATE INDEX numbers_rent_unpaid ON numbers (account_id) WHERE rent_due_since IS NOT NULL AND status = 'active';

CREATE TRIGGER new_money_pays_the_rent AFTER INSERT ON ledger WHEN NEW.from_bucket = 'external' AND NEW.to_bucket = 'available'
BEGIN
  UPDATE numbers SET rent_next_try = NEW.created_at
  WHERE account_id = NEW.account_id AND rent_due_since IS NOT NULL AND status = 'active';
END;

-- How long a number stays when its rent is not paid, and how long before the end its owner is told again.
INSERT INTO installation (name, value) VALUES ('rent', '{"graceDays":7,"lastNoticeDays":2}');
