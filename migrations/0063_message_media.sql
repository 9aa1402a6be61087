-- Pictures and files of messages. What comes in is fetched from the carrier by its own names, never from an address in a request.
CREATE TABLE message_media (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  status TEXT NOT NULL CHECK (status IN ('pending', 'ready', 'lost')),
  filename TEXT NOT NULL DEFAULT '',
  media_type TEXT NOT NULL DEFAULT 'application/octet-stream',
  byte_length INTEGER NOT NULL DEFAULT 0,
  r2_key TEXT NOT NULL UNIQUE,
  message_ref TEXT, -- the carrier's name of the message that it came with; NULL for what was uploaded here
  position INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  next_try INTEGER,
  created_at INTEGER NOT NULL,
  UNIQUE (account_id, id)
) STRICT;
CREATE INDEX message_media_to_fetch ON message_media (next_try) WHERE status = 'pending' AND next_try IS NOT NULL;
CREATE INDEX message_media_unfinished ON message_media (created_at) WHERE status = 'pending' AND message_ref IS NULL;
CREATE INDEX message_media_of_account ON message_media (account_id, id);
