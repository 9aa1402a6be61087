-- What was recorded, by the carrier's own name for it: once, however often it is told. The bytes are fetched from the carrier.
CREATE TABLE recordings (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  call_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('call', 'voicemail')),
  carrier_ref TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL CHECK (status IN ('fetching', 'ready', 'failed', 'deleted')),
  r2_key TEXT NOT NULL,
  media_type TEXT NOT NULL DEFAULT 'audio/wav',
  byte_length INTEGER NOT NULL DEFAULT 0,
  duration_seconds INTEGER NOT NULL DEFAULT 0 CHECK (duration_seconds >= 0),
  transcript TEXT,
  heard_at INTEGER,
  created_at INTEGER NOT NULL,
  next_try INTEGER, -- when the bytes are to be asked for again
  tries INTEGER NOT NULL DEFAULT 0,
  FOREIGN KEY (account_id, call_id) REFERENCES calls (account_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX recordings_of_call ON recordings (account_id, call_id, id);
CREATE INDEX recordings_voicemail ON recordings (account_id, id) WHERE kind = 'voicemail' AND status <> 'deleted';
CREATE INDEX recordings_to_fetch ON recordings (next_try) WHERE status = 'fetching';
CREATE INDEX recordings_by_age ON recordings (account_id, created_at) WHERE status = 'ready';

-- What an account has decided about its calls. Without a row nothing is recorded, and voicemail is kept for ever.
CREATE TABLE voice_settings (
  account_id TEXT PRIMARY KEY REFERENCES accounts (id),
  record_calls INTEGER NOT NULL DEFAULT 0 CHECK (record_calls IN (0, 1)),
  announcement TEXT NOT NULL DEFAULT 'This call is recorded.',
  transcribe INTEGER NOT NULL DEFAULT 0 CHECK (transcribe IN (0, 1)),
  retention_days INTEGER CHECK (retention_days BETWEEN 1 AND 3650)
) STRICT;

CREATE TABLE queues (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  name TEXT NOT NULL,
  greeting_file_id TEXT, -- what those who wait hear; without, a tone
  member_ids TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(member_ids)), -- who besides the owner takes calls from it
  max_waiting INTEGER NOT NULL DEFAULT 50 CHECK (max_waiting BETWEEN 1 AND 1000),
  max_wait_seconds INTEGER NOT NULL DEFAULT 900 CHECK (max_wait_seconds BETWEEN 10 AND 14400),
  service_level_seconds INTEGER NOT NULL DEFAULT 30 CHECK (service_level_seconds BETWEEN 1 AND 3600),
  announce_position INTEGER NOT NULL DEFAULT 1 CHECK (announce_position IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (account_id, id)
) STRICT;
CREATE INDEX queues_of_account ON queues (account_id, id);

CREATE TABLE queue_calls (
  id TEXT PRIMARY KEY, -- a ulid of when the caller came, so that ids sort by place
  account_id TEXT NOT NULL,
  queue_id TEXT NOT NULL,
  call_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'connected', 'dropped', 'transferred', 'left', 'timed_out')),
  taken_by TEXT,
  entered_at INTEGER NOT NULL,
  taken_at INTEGER,
  ended_at INTEGER,
  FOREIGN KEY (account_id, queue_id) REFERENCES queues (account_id, id) ON DELETE CASCADE,
  FOREIGN KEY (account_id, call_id) REFERENCES calls (account_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX queue_calls_of_queue ON queue_calls (account_id, queue_id, id);
CREATE INDEX queue_calls_waiting ON queue_calls (account_id, queue_id, id) WHERE state IN ('waiting', 'taken');
-- A call waits in one place at a time.
CREATE UNIQUE INDEX queue_calls_one_place ON queue_calls (call_id) WHERE state IN ('waiting', 'taken');

-- Whoever hangs up while waiting has left.
CREATE TRIGGER an_ended_call_leaves_its_queue AFTER UPDATE OF ended_at ON calls WHEN OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL
BEGIN
  UPDATE queue_calls SET state = 'left', ended_at = NEW.ended_at WHERE call_id = NEW.id AND state IN ('waiting', 'taken');
END;
