-- One thread per own number, channel and peer.
CREATE TABLE conversations (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  own_e164 TEXT NOT NULL,
  peer TEXT NOT NULL, -- E.164; a short code or a name for peers that have no number
  channel TEXT NOT NULL CHECK (channel IN ('sms', 'whatsapp')),
  unread INTEGER NOT NULL DEFAULT 0 CHECK (unread >= 0),
  last_text TEXT NOT NULL DEFAULT '',
  last_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (account_id, own_e164, peer, channel),
  UNIQUE (account_id, id)
) STRICT;
CREATE INDEX conversations_by_time ON conversations (account_id, last_at, id);

CREATE TABLE messages (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('inbound', 'outbound')),
  body TEXT NOT NULL DEFAULT '',
  media TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(media)),
  status TEXT NOT NULL,
  carrier_ref TEXT UNIQUE, -- whatever the carrier says twice is kept once
  consent TEXT CHECK (consent IN ('stop', 'start')),
  created_at INTEGER NOT NULL,
  FOREIGN KEY (account_id, conversation_id) REFERENCES conversations (account_id, id)
) STRICT;
CREATE INDEX messages_of_conversation ON messages (account_id, conversation_id, seq);

CREATE TRIGGER a_message_moves_its_conversation AFTER INSERT ON messages
BEGIN
  UPDATE conversations SET
    unread = unread + (NEW.direction = 'inbound'),
    last_text = substr(NEW.body, 1, 160),
    last_at = max(last_at, NEW.created_at)
  WHERE id = NEW.conversation_id;
END;
-- Whoever writes stop is suppressed in the same transaction, with the message as evidence.
CREATE TRIGGER a_word_of_consent_is_kept AFTER INSERT ON messages WHEN NEW.consent IS NOT NULL
BEGIN
  INSERT INTO consent_events (account_id, e164, action, scope, source, evidence, created_at)
  SELECT NEW.account_id, c.peer, NEW.consent, 'all', 'sms', NEW.id, NEW.created_at
  FROM conversations c WHERE c.id = NEW.conversation_id;
END;

-- Messages to numbers that nobody here has yet: kept as they came, until somebody has.
CREATE TABLE parked_messages (
  carrier_ref TEXT PRIMARY KEY,
  own_e164 TEXT NOT NULL,
  form TEXT NOT NULL CHECK (json_valid(form)),
  received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX parked_messages_of_number ON parked_messages (own_e164);
