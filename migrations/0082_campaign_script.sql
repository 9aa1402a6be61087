-- What is heard and what keys do, beyond a greeting, 1 and 9. Its shape is the API's; whatever file it names is the account's own.
ALTER TABLE campaigns ADD COLUMN script TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(script));
ALTER TABLE campaigns ADD COLUMN caller_choice TEXT NOT NULL DEFAULT 'rotate' CHECK (caller_choice IN ('rotate', 'local'));

-- What people asked for with a key: to be called back, or what they said after the tone.
CREATE TABLE campaign_requests (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  campaign_id TEXT NOT NULL,
  attempt_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  e164 TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('callback', 'recording')),
  recording_ref TEXT, -- the carrier's
  seconds INTEGER,
  created_at INTEGER NOT NULL,
  done_at INTEGER,
  UNIQUE (attempt_id, kind),
  FOREIGN KEY (account_id, campaign_id) REFERENCES campaigns (account_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX campaign_requests_of_campaign ON campaign_requests (account_id, campaign_id, id);
