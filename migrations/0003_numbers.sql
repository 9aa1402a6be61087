-- What is under way at a carrier. One row is both the saga's memory and the Idempotency-Key's: a retry finds it, a completer settles it.
CREATE TABLE operations (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  user_id TEXT NOT NULL REFERENCES users (id),
  kind TEXT NOT NULL,
  idempotency_key TEXT,
  request_hash TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'unknown', 'done', 'failed')),
  hold_micros INTEGER NOT NULL DEFAULT 0 CHECK (hold_micros >= 0),
  detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
  response_status INTEGER,
  response_body TEXT,
  created_at INTEGER NOT NULL,
  settled_at INTEGER,
  CHECK ((state IN ('done', 'failed')) = (settled_at IS NOT NULL)),
  UNIQUE (account_id, id)
) STRICT;
CREATE UNIQUE INDEX operations_by_key ON operations (account_id, kind, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX operations_unsettled ON operations (created_at) WHERE state IN ('open', 'unknown');

CREATE TABLE numbers (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  e164 TEXT NOT NULL CHECK (e164 GLOB '+[1-9]*' AND length(e164) BETWEEN 8 AND 16),
  status TEXT NOT NULL CHECK (status IN ('pending', 'active', 'releasing', 'released', 'failed')),
  country TEXT NOT NULL CHECK (length(country) = 2),
  line_type TEXT NOT NULL CHECK (line_type IN ('local', 'mobile', 'tollfree')),
  label TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '',
  region TEXT NOT NULL DEFAULT '',
  provider TEXT NOT NULL CHECK (provider IN ('twilio', 'simulated')),
  carrier_ref TEXT,
  can_voice INTEGER NOT NULL DEFAULT 0 CHECK (can_voice IN (0, 1)),
  can_sms INTEGER NOT NULL DEFAULT 0 CHECK (can_sms IN (0, 1)),
  can_mms INTEGER NOT NULL DEFAULT 0 CHECK (can_mms IN (0, 1)),
  monthly_micros INTEGER NOT NULL CHECK (monthly_micros >= 0),
  assigned_to TEXT,
  assistant_id TEXT,
  routing TEXT CHECK (routing IS NULL OR json_valid(routing)),
  operation_id TEXT REFERENCES operations (id),
  purchased_at INTEGER,
  released_at INTEGER,
  created_at INTEGER NOT NULL,
  CHECK (status <> 'active' OR (carrier_ref IS NOT NULL AND purchased_at IS NOT NULL)),
  FOREIGN KEY (account_id, assigned_to) REFERENCES users (account_id, id),
  UNIQUE (account_id, id)
) STRICT;
-- One owner per number, whatever two buyers do at once.
CREATE UNIQUE INDEX numbers_one_owner ON numbers (e164) WHERE status IN ('pending', 'active', 'releasing');
CREATE INDEX numbers_of_account ON numbers (account_id, status, id);
CREATE INDEX numbers_assigned ON numbers (account_id, assigned_to, id) WHERE assigned_to IS NOT NULL;
CREATE INDEX numbers_by_operation ON numbers (operation_id) WHERE operation_id IS NOT NULL;

CREATE TABLE channels (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  number_id TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('whatsapp', 'sms', 'voice')),
  status TEXT NOT NULL CHECK (status IN ('active', 'deleted')),
  created_at INTEGER NOT NULL,
  FOREIGN KEY (account_id, number_id) REFERENCES numbers (account_id, id)
) STRICT;
CREATE INDEX channels_of_account ON channels (account_id, id) WHERE status = 'active';
CREATE UNIQUE INDEX channels_one_per_number ON channels (number_id) WHERE status = 'active';
