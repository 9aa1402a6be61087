-- Money: integers in millionths of the currency. The ledger is the truth, a wallet is its sum.

CREATE TABLE wallets (
  account_id TEXT PRIMARY KEY REFERENCES accounts (id),
  currency TEXT NOT NULL DEFAULT 'USD' CHECK (length(currency) = 3),
  available_micros INTEGER NOT NULL DEFAULT 0,
  held_micros INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT wallet_covers CHECK (available_micros >= 0),
  CONSTRAINT wallet_holds CHECK (held_micros >= 0),
  CONSTRAINT wallet_not_beyond_exact_integers CHECK (available_micros + held_micros <= 9000000000000000)
) STRICT;

-- Double entry: every row moves one amount from one bucket of the account's books to another, so every row sums to zero.
-- external: the world that pays in. available, held: the customer's. revenue: what was earned for a service.
CREATE TABLE ledger (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id TEXT NOT NULL REFERENCES wallets (account_id),
  kind TEXT NOT NULL,
  from_bucket TEXT NOT NULL CHECK (from_bucket IN ('external', 'available', 'held', 'revenue')),
  to_bucket TEXT NOT NULL CHECK (to_bucket IN ('external', 'available', 'held', 'revenue')),
  amount_micros INTEGER NOT NULL CHECK (amount_micros BETWEEN 1 AND 9000000000000000),
  ref TEXT NOT NULL, -- the operation, attempt, message or payment that the money moved for
  memo TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  CHECK (from_bucket <> to_bucket),
  UNIQUE (ref, kind) -- whatever happens twice is booked once
) STRICT;
CREATE INDEX ledger_by_account ON ledger (account_id, seq);

CREATE TRIGGER ledger_moves_the_wallet AFTER INSERT ON ledger
BEGIN
  UPDATE wallets SET
    available_micros = available_micros
      + CASE WHEN NEW.to_bucket = 'available' THEN NEW.amount_micros ELSE 0 END
      - CASE WHEN NEW.from_bucket = 'available' THEN NEW.amount_micros ELSE 0 END,
    held_micros = held_micros
      + CASE WHEN NEW.to_bucket = 'held' THEN NEW.amount_micros ELSE 0 END
      - CASE WHEN NEW.from_bucket = 'held' THEN NEW.amount_micros ELSE 0 END
  WHERE account_id = NEW.account_id;
END;
CREATE TRIGGER ledger_is_never_rewritten BEFORE UPDATE ON ledger
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only');
END;
CREATE TRIGGER ledger_is_never_erased BEFORE DELETE ON ledger
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only');
END;

-- What things cost. '*' stands for any country; the more exact row wins.
CREATE TABLE price_book (
  item TEXT NOT NULL CHECK (item IN ('number_month', 'call_minute', 'sms_segment', 'mms')),
  country TEXT NOT NULL CHECK (country = '*' OR length(country) = 2),
  line_type TEXT NOT NULL DEFAULT '*' CHECK (line_type IN ('*', 'local', 'mobile', 'tollfree')),
  amount_micros INTEGER NOT NULL CHECK (amount_micros BETWEEN 0 AND 1000000000),
  PRIMARY KEY (item, country, line_type)
) STRICT, WITHOUT ROWID;

INSERT INTO price_book (item, country, line_type, amount_micros) VALUES
  ('number_month', '*', '*', 5000000),
  ('number_month', 'US', 'local', 1150000), ('number_month', 'US', 'mobile', 1150000), ('number_month', 'US', 'tollfree', 2150000),
  ('number_month', 'CA', 'local', 1150000), ('number_month', 'CA', 'mobile', 1150000), ('number_month', 'CA', 'tollfree', 2150000),
  ('number_month', 'GB', 'local', 1150000), ('number_month', 'GB', 'mobile', 1150000), ('number_month', 'GB', 'tollfree', 2150000),
  ('number_month', 'DE', 'local', 1150000), ('number_month', 'DE', 'mobile', 15000000),
  ('number_month', 'FR', 'local', 1150000), ('number_month', 'AU', 'local', 3000000), ('number_month', 'AU', 'mobile', 6500000),
  ('number_month', 'NL', 'local', 2500000), ('number_month', 'NL', 'mobile', 6000000), ('number_month', 'SE', 'mobile', 3000000),
  ('number_month', 'PL', 'mobile', 6000000), ('number_month', 'ES', 'local', 1150000), ('number_month', 'IT', 'local', 2000000),
  ('call_minute', '*', '*', 150000),
  ('call_minute', 'US', '*', 14000), ('call_minute', 'CA', '*', 14000), ('call_minute', 'GB', '*', 31000),
  ('call_minute', 'DE', '*', 42000), ('call_minute', 'FR', '*', 38000), ('call_minute', 'ES', '*', 36000),
  ('call_minute', 'IT', '*', 45000), ('call_minute', 'NL', '*', 48000), ('call_minute', 'SE', '*', 40000),
  ('call_minute', 'AU', '*', 41000), ('call_minute', 'NZ', '*', 60000), ('call_minute', 'IE', '*', 50000),
  ('call_minute', 'IN', '*', 40000), ('call_minute', 'BR', '*', 60000), ('call_minute', 'MX', '*', 45000), ('call_minute', 'JP', '*', 90000),
  ('sms_segment', '*', '*', 90000), ('sms_segment', 'US', '*', 7900), ('sms_segment', 'CA', '*', 7900), ('sms_segment', 'GB', '*', 46000),
  ('mms', '*', '*', 150000), ('mms', 'US', '*', 20000), ('mms', 'CA', '*', 20000);
