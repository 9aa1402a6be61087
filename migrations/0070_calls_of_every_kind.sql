-- The call log takes in calls over the carrier, from their first ring on, and what became of a campaign's calls. SQLite cannot change
-- a CHECK, so the table is made anew; nothing refers to it yet.
CREATE TABLE calls_of_every_kind (
  id TEXT PRIMARY KEY, -- a ulid of when it began, so that ids sort by time
  account_id TEXT NOT NULL,
  user_id TEXT NOT NULL, -- in whose log it stands: who has the line, else the owner
  call_ref TEXT NOT NULL, -- what both parties' rows of a browser call share; the attempt of a campaign; else the call's own id
  kind TEXT NOT NULL CHECK (kind IN ('browser', 'carrier', 'campaign')),
  direction TEXT NOT NULL CHECK (direction IN ('inbound', 'outbound')),
  from_address TEXT NOT NULL, -- E.164, or a call identity without a number; '' for callers who hide theirs
  to_address TEXT NOT NULL,
  own_e164 TEXT NOT NULL DEFAULT '', -- the account's own line in it
  peer_identity TEXT NOT NULL DEFAULT '',
  peer_name TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL CHECK (status IN ('queued', 'ringing', 'in_progress',
    'completed', 'missed', 'no_answer', 'declined', 'cancelled', 'busy', 'unavailable', 'failed')),
  call_rank INTEGER NOT NULL DEFAULT 5, -- of the carrier's last word, as pure/call-state orders them
  carrier_ref TEXT UNIQUE,
  via TEXT NOT NULL DEFAULT '' CHECK (via IN ('', 'browser', 'phone')), -- what the one who called is called back on
  placing TEXT CHECK (placing IN ('asking', 'unknown')), -- the request to the carrier is on its way, or nobody can tell
  started_at INTEGER NOT NULL,
  answered_at INTEGER,
  ended_at INTEGER, -- NULL while it goes on
  duration_seconds INTEGER NOT NULL DEFAULT 0 CHECK (duration_seconds >= 0),
  answered_by TEXT, -- human, machine, voicemail, queue, assistant, forward
  answered_user_id TEXT,
  campaign_id TEXT,
  assistant_id TEXT,
  transfer_number_id TEXT,
  transcript TEXT,
  cost_micros INTEGER CHECK (cost_micros >= 0),
  usage_ref TEXT, -- what is set aside for the leg that goes on now
  error_code TEXT,
  route TEXT CHECK (route IS NULL OR json_valid(route)), -- what is to be done with it now, and what comes after
  look_after INTEGER, -- when the clock should ask the carrier how it stands, or settle what is left of it
  FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id),
  CHECK (ended_at IS NULL OR ended_at >= started_at),
  CHECK ((ended_at IS NULL) = (status IN ('queued', 'ringing', 'in_progress'))),
  CONSTRAINT once_per_party UNIQUE (user_id, call_ref),
  UNIQUE (account_id, id)
) STRICT;
INSERT INTO calls_of_every_kind (id, account_id, user_id, call_ref, kind, direction, from_address, to_address, peer_identity, peer_name,
  status, started_at, answered_at, ended_at, duration_seconds, answered_by)
SELECT id, account_id, user_id, call_ref, kind, direction, from_address, to_address, peer_identity, peer_name,
  status, started_at, answered_at, ended_at, duration_seconds, iif(answered_at IS NULL, NULL, 'human') FROM calls;
DROP TABLE calls;
ALTER TABLE calls_of_every_kind RENAME TO calls;

CREATE INDEX calls_of_user ON calls (account_id, user_id, id);
CREATE INDEX calls_of_account ON calls (account_id, id);
CREATE INDEX calls_of_campaign ON calls (account_id, campaign_id, id) WHERE campaign_id IS NOT NULL;
CREATE INDEX calls_under_way ON calls (account_id, id) WHERE ended_at IS NULL;
CREATE INDEX calls_to_look_after ON calls (look_after) WHERE look_after IS NOT NULL;
-- Nobody makes two calls from the browser at a time, whatever two tabs do at once.
CREATE UNIQUE INDEX calls_one_from_the_browser ON calls (user_id) WHERE ended_at IS NULL AND via = 'browser';

-- A call's story: what happened, in order. What the carrier says twice breaks the key and is without effect.
CREATE TABLE call_events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id TEXT NOT NULL,
  call_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
  event_key TEXT UNIQUE,
  created_at INTEGER NOT NULL,
  FOREIGN KEY (account_id, call_id) REFERENCES calls (account_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX call_events_of_call ON call_events (account_id, call_id, seq);

-- A campaign's calls stand in the log once they are over.
CREATE TRIGGER an_ended_attempt_is_logged AFTER UPDATE OF state ON attempts WHEN NEW.state = 'ended' AND OLD.state <> 'ended'
BEGIN
  INSERT INTO calls (id, account_id, user_id, call_ref, kind, direction, from_address, to_address, own_e164, status, started_at,
    answered_at, ended_at, duration_seconds, answered_by, campaign_id, cost_micros, error_code)
  SELECT 'call_' || substr(NEW.id, 5), NEW.account_id, NEW.account_id, NEW.id, 'campaign', 'outbound', NEW.caller_e164, NEW.e164,
    NEW.caller_e164,
    CASE NEW.disposition WHEN 'busy' THEN 'busy' WHEN 'no_answer' THEN 'no_answer' WHEN 'cancelled' THEN 'cancelled'
      WHEN 'failed' THEN 'failed' WHEN 'unconfirmed' THEN 'failed' ELSE 'completed' END,
    coalesce(NEW.dialed_at, NEW.claimed_at), NEW.answered_at, max(NEW.ended_at, coalesce(NEW.dialed_at, NEW.claimed_at)),
    coalesce(NEW.duration_seconds, 0),
    CASE WHEN NEW.disposition = 'machine' THEN 'machine' WHEN NEW.answered_at IS NOT NULL THEN 'human' END,
    NEW.campaign_id, NEW.cost_micros, NEW.error_code
  WHERE EXISTS (SELECT 1 FROM users WHERE account_id = NEW.account_id AND id = NEW.account_id)
  ON CONFLICT DO NOTHING;
END;
