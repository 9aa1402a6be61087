-- Texts that are used again and again, and messages that wait for their time.
CREATE TABLE message_templates (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 1600),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (account_id, name)
) STRICT;

-- waiting -> sending -> sent, or failed with the reason; or canceled while it waits. Its message is sent under the schedule's own key, so
-- that a crash between "sending" and "sent" sends it once.
CREATE TABLE scheduled_messages (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  user_id TEXT NOT NULL, -- who wanted it sent
  kind TEXT NOT NULL DEFAULT 'wish' CHECK (kind IN ('wish', 'help')),
  own_e164 TEXT NOT NULL,
  peer TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('sms', 'whatsapp')),
  body TEXT NOT NULL,
  media TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(media)),
  send_at INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'canceled')),
  tries INTEGER NOT NULL DEFAULT 0,
  message_id TEXT,
  reason TEXT,
  created_at INTEGER NOT NULL,
  FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id),
  UNIQUE (account_id, id)
) STRICT;
CREATE INDEX scheduled_messages_due ON scheduled_messages (send_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX scheduled_messages_of_account ON scheduled_messages (account_id, id);
CREATE INDEX scheduled_messages_of_peer ON scheduled_messages (account_id, own_e164, peer, channel, id);

-- What an account answers to HELP; NULL: the usual words. '' for nothing at all.
CREATE TABLE message_settings (
  account_id TEXT PRIMARY KEY REFERENCES accounts (id),
  help_text TEXT CHECK (length(help_text) <= 320)
) STRICT;
