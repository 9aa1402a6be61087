-- Voice assistants, kept in step with their provider: `spec` is what the owner wants, `kept_spec` what the provider has. While the two
-- may differ, `look_after` says when a completer should bring them together.
CREATE TABLE assistants (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  status TEXT NOT NULL CHECK (status IN ('pending', 'active', 'error', 'deleting', 'deleted')),
  provider TEXT NOT NULL CHECK (provider IN ('real', 'simulated')),
  provider_ref TEXT UNIQUE,
  name TEXT NOT NULL,
  spec TEXT NOT NULL CHECK (json_valid(spec)),
  kept_spec TEXT CHECK (kept_spec IS NULL OR json_valid(kept_spec)),
  address TEXT, -- where calls can be handed to it, once one was asked for
  error TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  operation_id TEXT REFERENCES operations (id),
  look_after INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK (status <> 'active' OR (provider_ref IS NOT NULL AND kept_spec IS NOT NULL)),
  CHECK ((status IN ('pending', 'deleting')) = (look_after IS NOT NULL)),
  UNIQUE (account_id, id)
) STRICT;
CREATE INDEX assistants_of_account ON assistants (account_id, id) WHERE status <> 'deleted';
CREATE INDEX assistants_to_look_after ON assistants (look_after) WHERE look_after IS NOT NULL;

-- Which assistant answers which number: in force, and wanted. They differ while the provider is being told.
CREATE TABLE assistant_connections (
  number_id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  assistant_id TEXT,
  wanted_id TEXT,
  status TEXT NOT NULL CHECK (status IN ('pending', 'active', 'error')),
  provider_ref TEXT, -- the provider's id of the line
  error TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  look_after INTEGER,
  updated_at INTEGER NOT NULL,
  CHECK ((status = 'pending') = (look_after IS NOT NULL)),
  CHECK (status <> 'active' OR assistant_id IS wanted_id),
  FOREIGN KEY (account_id, number_id) REFERENCES numbers (account_id, id),
  FOREIGN KEY (account_id, assistant_id) REFERENCES assistants (account_id, id),
  FOREIGN KEY (account_id, wanted_id) REFERENCES assistants (account_id, id)
) STRICT;
CREATE INDEX assistant_connections_of_account ON assistant_connections (account_id, number_id);
CREATE INDEX assistant_connections_of_assistant ON assistant_connections (account_id, assistant_id) WHERE assistant_id IS NOT NULL;
CREATE INDEX assistant_connections_wanting ON assistant_connections (account_id, wanted_id) WHERE wanted_id IS NOT NULL;
CREATE INDEX assistant_connections_to_look_after ON assistant_connections (look_after) WHERE look_after IS NOT NULL;

-- The number says which assistant is in force, so that whoever routes a call reads one row.
CREATE TRIGGER a_connection_shows_on_its_number AFTER UPDATE OF assistant_id ON assistant_connections
WHEN NEW.assistant_id IS NOT OLD.assistant_id
BEGIN
  UPDATE numbers SET assistant_id = NEW.assistant_id WHERE account_id = NEW.account_id AND id = NEW.number_id;
END;
-- A number that is given up is nobody's to answer: the completer takes it away from the provider.
CREATE TRIGGER a_number_given_up_is_disconnected AFTER UPDATE OF status ON numbers
WHEN NEW.status IN ('released', 'failed') AND OLD.status <> NEW.status
BEGIN
  UPDATE assistant_connections SET wanted_id = NULL, status = 'pending', look_after = 0, version = version + 1
  WHERE number_id = NEW.id AND (assistant_id IS NOT NULL OR wanted_id IS NOT NULL OR provider_ref IS NOT NULL);
END;

-- Calls that an assistant took. Facts fill in as they arrive, in any order; a status never goes back.
CREATE TABLE assistant_calls (
  id TEXT PRIMARY KEY, -- a ulid of when it was first heard of
  account_id TEXT NOT NULL,
  assistant_id TEXT NOT NULL,
  provider_ref TEXT NOT NULL UNIQUE,
  carrier_ref TEXT,
  direction TEXT NOT NULL CHECK (direction IN ('inbound', 'outbound')),
  from_address TEXT NOT NULL DEFAULT '',
  to_address TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL CHECK (status IN ('scheduled', 'queued', 'ringing', 'in-progress', 'forwarding', 'ended')),
  rank INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  duration_seconds INTEGER NOT NULL DEFAULT 0 CHECK (duration_seconds >= 0),
  ended_reason TEXT,
  ended_bucket TEXT,
  cost_micros INTEGER CHECK (cost_micros >= 0),
  transcript TEXT NOT NULL DEFAULT '',
  summary TEXT NOT NULL DEFAULT '',
  transferred_to TEXT,
  reported_at INTEGER,
  recording TEXT NOT NULL DEFAULT 'none' CHECK (recording IN ('none', 'wanted', 'kept', 'gone')),
  r2_key TEXT,
  media_type TEXT,
  look_after INTEGER, -- when to ask for a report or a recording that has not come
  tries INTEGER NOT NULL DEFAULT 0,
  FOREIGN KEY (account_id, assistant_id) REFERENCES assistants (account_id, id),
  UNIQUE (account_id, id)
) STRICT;
CREATE INDEX assistant_calls_of_account ON assistant_calls (account_id, id);
CREATE INDEX assistant_calls_of_assistant ON assistant_calls (account_id, assistant_id, id);
CREATE INDEX assistant_calls_by_carrier ON assistant_calls (carrier_ref) WHERE carrier_ref IS NOT NULL;
CREATE INDEX assistant_calls_to_look_after ON assistant_calls (look_after) WHERE look_after IS NOT NULL;

-- Everything the provider told, once each; of calls that are nobody's, too.
CREATE TABLE assistant_events (
  event_key TEXT PRIMARY KEY,
  account_id TEXT,
  call_ref TEXT NOT NULL,
  type TEXT NOT NULL,
  received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX assistant_events_of_account ON assistant_events (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX assistant_events_by_age ON assistant_events (received_at);

-- The call log knows what an assistant did with a call. A call that went straight from the carrier to the provider is not in it yet.
CREATE TRIGGER an_assistants_report_is_logged AFTER UPDATE OF reported_at ON assistant_calls
WHEN NEW.reported_at IS NOT NULL AND OLD.reported_at IS NULL
BEGIN
  UPDATE calls SET assistant_id = NEW.assistant_id, answered_by = coalesce(answered_by, 'assistant'),
    transcript = coalesce(transcript, nullif(NEW.transcript, ''))
  WHERE carrier_ref = NEW.carrier_ref AND account_id = NEW.account_id;
  INSERT INTO calls (id, account_id, user_id, call_ref, kind, direction, from_address, to_address, own_e164, status, carrier_ref,
    started_at, answered_at, ended_at, duration_seconds, answered_by, assistant_id, transcript)
  SELECT 'call_' || substr(NEW.id, 5), NEW.account_id,
    coalesce((SELECT assigned_to FROM numbers WHERE account_id = NEW.account_id AND status = 'active'
      AND e164 = iif(NEW.direction = 'inbound', NEW.to_address, NEW.from_address)), NEW.account_id),
    NEW.id, 'carrier', NEW.direction, NEW.from_address, NEW.to_address,
    iif(NEW.direction = 'inbound', NEW.to_address, NEW.from_address),
    CASE NEW.ended_bucket WHEN 'busy' THEN 'busy' WHEN 'no_answer' THEN 'no_answer' WHEN 'cancelled' THEN 'cancelled'
      WHEN 'error' THEN 'failed' ELSE 'completed' END,
    NEW.carrier_ref, NEW.started_at, iif(NEW.duration_seconds > 0, NEW.started_at, NULL),
    max(NEW.started_at, coalesce(NEW.ended_at, NEW.started_at)), NEW.duration_seconds,
    iif(NEW.duration_seconds > 0, 'assistant', NULL), NEW.assistant_id, nullif(NEW.transcript, '')
  WHERE EXISTS (SELECT 1 FROM users WHERE account_id = NEW.account_id AND id = NEW.account_id)
    AND NOT EXISTS (SELECT 1 FROM calls WHERE carrier_ref = NEW.carrier_ref)
  ON CONFLICT DO NOTHING;
END;
