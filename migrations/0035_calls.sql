-- The call log: one row per call and party. Both rows of a call between two users share call_ref.

CREATE TABLE calls (
  id TEXT PRIMARY KEY, -- a ulid of when it began, so that ids sort by time
  account_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  call_ref TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('browser', 'carrier')),
  direction TEXT NOT NULL CHECK (direction IN ('inbound', 'outbound')),
  from_address TEXT NOT NULL, -- E.164, or a call identity without a number
  to_address TEXT NOT NULL,
  peer_identity TEXT NOT NULL DEFAULT '',
  peer_name TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL CHECK (status IN
    ('completed', 'missed', 'no_answer', 'declined', 'cancelled', 'busy', 'unavailable', 'failed')),
  started_at INTEGER NOT NULL,
  answered_at INTEGER,
  ended_at INTEGER NOT NULL,
  duration_seconds INTEGER NOT NULL DEFAULT 0 CHECK (duration_seconds >= 0),
  FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id),
  CHECK (ended_at >= started_at),
  CONSTRAINT once_per_party UNIQUE (user_id, call_ref)
) STRICT;
CREATE INDEX calls_of_user ON calls (account_id, user_id, id);
