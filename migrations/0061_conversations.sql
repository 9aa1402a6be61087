-- Working with conversations: where each stands, whose it is, what is said about it, and how it is found again.
ALTER TABLE conversations ADD COLUMN status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'snoozed', 'done', 'archived'));
ALTER TABLE conversations ADD COLUMN snoozed_until INTEGER;
ALTER TABLE conversations ADD COLUMN assigned_to TEXT;
ALTER TABLE conversations ADD COLUMN peer_name TEXT NOT NULL DEFAULT ''; -- the contact's, kept in step by the triggers below
ALTER TABLE conversations ADD COLUMN last_direction TEXT NOT NULL DEFAULT 'inbound' CHECK (last_direction IN ('inbound', 'outbound'));
ALTER TABLE conversations ADD COLUMN seq INTEGER; -- for the search, which wants numbers
UPDATE conversations SET seq = rowid,
  peer_name = coalesce((SELECT trim(first_name || ' ' || last_name) FROM contacts c WHERE c.account_id = conversations.account_id AND c.e164 = peer), ''),
  last_direction = coalesce((SELECT direction FROM messages m WHERE m.account_id = conversations.account_id AND m.conversation_id = conversations.id ORDER BY m.seq DESC LIMIT 1), 'inbound');
CREATE UNIQUE INDEX conversations_by_seq ON conversations (seq);
CREATE INDEX conversations_standing ON conversations (account_id, status, last_at, id);
CREATE INDEX conversations_unread ON conversations (account_id, last_at, id) WHERE unread > 0;
CREATE INDEX conversations_of_member ON conversations (account_id, assigned_to, last_at, id) WHERE assigned_to IS NOT NULL;
CREATE INDEX conversations_of_peer ON conversations (account_id, peer);
CREATE INDEX conversations_asleep ON conversations (snoozed_until) WHERE status = 'snoozed';

-- Whatever is new stands on top; what a person writes brings a conversation back that was done, archived or asleep.
DROP TRIGGER a_message_moves_its_conversation;
CREATE TRIGGER a_message_moves_its_conversation AFTER INSERT ON messages
BEGIN
  UPDATE conversations SET
    unread = unread + (NEW.direction = 'inbound'),
    last_text = substr(NEW.body, 1, 160),
    last_direction = NEW.direction,
    last_at = max(last_at, NEW.created_at),
    status = iif(NEW.direction = 'inbound', 'open', status),
    snoozed_until = iif(NEW.direction = 'inbound', NULL, snoozed_until)
  WHERE id = NEW.conversation_id;
END;

CREATE TABLE conversation_labels (
  account_id TEXT NOT NULL,
  label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 40),
  conversation_id TEXT NOT NULL,
  PRIMARY KEY (account_id, label, conversation_id),
  FOREIGN KEY (account_id, conversation_id) REFERENCES conversations (account_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_labels_of ON conversation_labels (account_id, conversation_id);

-- What people of the account tell each other about a conversation; its peer never sees it.
CREATE TABLE conversation_notes (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  FOREIGN KEY (account_id, conversation_id) REFERENCES conversations (account_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX conversation_notes_of ON conversation_notes (account_id, conversation_id, created_at, id);

CREATE TABLE conversation_seen (
  account_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, conversation_id, user_id),
  FOREIGN KEY (account_id, conversation_id) REFERENCES conversations (account_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The timeline asks for messages by time.
CREATE INDEX messages_by_time ON messages (account_id, conversation_id, created_at, id);

-- Search. The account is a word of each text, so that nobody's search reads through what others wrote.
CREATE VIRTUAL TABLE message_words USING fts5 (account_id, body, content = 'messages', content_rowid = 'seq',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
INSERT INTO message_words (rowid, account_id, body) SELECT seq, account_id, body FROM messages WHERE body <> '';
CREATE TRIGGER a_message_is_found AFTER INSERT ON messages WHEN NEW.body <> ''
BEGIN
  INSERT INTO message_words (rowid, account_id, body) VALUES (NEW.seq, NEW.account_id, NEW.body);
END;
CREATE TRIGGER an_erased_message_is_not_found AFTER DELETE ON messages WHEN OLD.body <> ''
BEGIN
  INSERT INTO message_words (message_words, rowid, account_id, body) VALUES ('delete', OLD.seq, OLD.account_id, OLD.body);
END;

-- Names and numbers are found by any three letters or digits in them.
CREATE VIRTUAL TABLE conversation_words USING fts5 (account_id, peer, peer_name, content = 'conversations', content_rowid = 'seq',
  tokenize = 'trigram');
INSERT INTO conversation_words (rowid, account_id, peer, peer_name) SELECT seq, account_id, peer, peer_name FROM conversations;
CREATE TRIGGER a_conversation_is_found AFTER INSERT ON conversations
BEGIN
  UPDATE conversations SET
    seq = coalesce((SELECT max(seq) FROM conversations), 0) + 1,
    peer_name = coalesce((SELECT trim(first_name || ' ' || last_name) FROM contacts
      WHERE account_id = NEW.account_id AND e164 = NEW.peer), '')
  WHERE id = NEW.id;
  INSERT INTO conversation_words (rowid, account_id, peer, peer_name)
  SELECT seq, account_id, peer, peer_name FROM conversations WHERE id = NEW.id;
END;
CREATE TRIGGER a_renamed_conversation_is_found AFTER UPDATE OF peer_name ON conversations
WHEN NEW.peer_name <> OLD.peer_name AND OLD.seq IS NOT NULL
BEGIN
  INSERT INTO conversation_words (conversation_words, rowid, account_id, peer, peer_name)
  VALUES ('delete', OLD.seq, OLD.account_id, OLD.peer, OLD.peer_name);
  INSERT INTO conversation_words (rowid, account_id, peer, peer_name) VALUES (NEW.seq, NEW.account_id, NEW.peer, NEW.peer_name);
END;
CREATE TRIGGER an_erased_conversation_is_not_found AFTER DELETE ON conversations WHEN OLD.seq IS NOT NULL
BEGIN
  INSERT INTO conversation_words (conversation_words, rowid, account_id, peer, peer_name)
  VALUES ('delete', OLD.seq, OLD.account_id, OLD.peer, OLD.peer_name);
END;
CREATE TRIGGER a_new_contact_names_its_conversations AFTER INSERT ON contacts
BEGIN
  UPDATE conversations SET peer_name = trim(NEW.first_name || ' ' || NEW.last_name) WHERE account_id = NEW.account_id AND peer = NEW.e164;
END;
CREATE TRIGGER a_contact_renames_its_conversations AFTER UPDATE OF first_name, last_name, e164 ON contacts
BEGIN
  UPDATE conversations SET peer_name = '' WHERE account_id = OLD.account_id AND peer = OLD.e164 AND NEW.e164 <> OLD.e164;
  UPDATE conversations SET peer_name = trim(NEW.first_name || ' ' || NEW.last_name) WHERE account_id = NEW.account_id AND peer = NEW.e164;
END;
CREATE TRIGGER a_contact_who_goes_leaves_a_number AFTER DELETE ON contacts
BEGIN
  UPDATE conversations SET peer_name = '' WHERE account_id = OLD.account_id AND peer = OLD.e164;
END;
