-- What people can subscribe to. Money is taken by the payment provider; what a plan includes is credited to the wallet each period.
CREATE TABLE plans (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  price_micros INTEGER NOT NULL CHECK (price_micros > 0 AND price_micros % 10000 = 0), -- whole cents
  currency TEXT NOT NULL DEFAULT 'USD',
  credit_micros INTEGER NOT NULL DEFAULT 0 CHECK (credit_micros >= 0),
  is_offered INTEGER NOT NULL DEFAULT 1 CHECK (is_offered IN (0, 1)),
  position INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO plans (id, name, description, price_micros, credit_micros, position) VALUES
  ('starter', 'Starter', 'For one person with a number or two', 15000000, 16000000, 1),
  ('team', 'Team', 'For a team that calls and texts every day', 49000000, 54000000, 2),
  ('business', 'Business', 'For campaigns and call centres', 149000000, 170000000, 3);

CREATE TABLE billing_customers (
  account_id TEXT PRIMARY KEY REFERENCES accounts (id),
  customer_ref TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE payments (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  kind TEXT NOT NULL CHECK (kind IN ('top_up', 'subscription')),
  status TEXT NOT NULL CHECK (status IN ('open', 'succeeded', 'failed', 'expired', 'refunded', 'disputed')),
  amount_micros INTEGER NOT NULL CHECK (amount_micros > 0),
  refunded_micros INTEGER NOT NULL DEFAULT 0 CHECK (refunded_micros >= 0),
  currency TEXT NOT NULL DEFAULT 'USD',
  method TEXT NOT NULL DEFAULT '',
  plan_id TEXT REFERENCES plans (id),
  checkout_ref TEXT UNIQUE, -- the provider's id of the page, or of the invoice
  intent_ref TEXT, -- the provider's id of the money's way; refunds name it
  is_simulated INTEGER NOT NULL CHECK (is_simulated IN (0, 1)),
  created_at INTEGER NOT NULL,
  settled_at INTEGER
) STRICT;
CREATE INDEX payments_of_account ON payments (account_id, id);
CREATE INDEX payments_open ON payments (created_at) WHERE status = 'open';
CREATE INDEX payments_by_intent ON payments (intent_ref) WHERE intent_ref IS NOT NULL;
CREATE INDEX payments_by_age ON payments (settled_at) WHERE settled_at IS NOT NULL;

CREATE TABLE subscriptions (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  plan_id TEXT NOT NULL REFERENCES plans (id),
  status TEXT NOT NULL CHECK (status IN ('incomplete', 'trialing', 'active', 'past_due', 'unpaid', 'paused', 'canceled')),
  status_rank INTEGER NOT NULL,
  period_start INTEGER NOT NULL,
  period_end INTEGER NOT NULL,
  cancel_at_period_end INTEGER NOT NULL DEFAULT 0 CHECK (cancel_at_period_end IN (0, 1)),
  provider_ref TEXT NOT NULL UNIQUE,
  is_simulated INTEGER NOT NULL CHECK (is_simulated IN (0, 1)),
  heard_at INTEGER NOT NULL, -- when the provider says that this was so; what is older changes nothing
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX subscriptions_of_account ON subscriptions (account_id, id);
CREATE INDEX subscriptions_simulated_due ON subscriptions (period_end) WHERE is_simulated = 1 AND status = 'active';

-- Each event of the provider has its effect once.
CREATE TABLE payment_events (
  event_ref TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  received_at INTEGER NOT NULL
) STRICT;

-- Where our books and somebody else's disagree. Listed for administrators; nothing is mended silently.
CREATE TABLE differences (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL CHECK (source IN ('carrier', 'payments')),
  kind TEXT NOT NULL,
  ref TEXT NOT NULL,
  account_id TEXT,
  detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
  found_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL, -- when it was last still so
  closed_at INTEGER,
  closed_by TEXT,
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX differences_open ON differences (source, kind, ref) WHERE closed_at IS NULL;
CREATE INDEX differences_by_id ON differences (id) WHERE closed_at IS NULL;
