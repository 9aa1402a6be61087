CREATE TABLE contacts (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  e164 TEXT NOT NULL CHECK (e164 GLOB '+[1-9]*' AND length(e164) BETWEEN 8 AND 16),
  country TEXT NOT NULL DEFAULT '' CHECK (length(country) IN (0, 2)),
  zones TEXT NOT NULL DEFAULT '', -- IANA zones by the number's prefix, joined by '|'; '' when nobody can tell
  first_name TEXT NOT NULL DEFAULT '',
  last_name TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  notes TEXT NOT NULL DEFAULT '',
  time_zone TEXT, -- what the owner says; goes before zones
  custom_fields TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(custom_fields)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (account_id, e164),
  UNIQUE (account_id, id)
) STRICT;

CREATE TABLE contact_lists (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  contact_count INTEGER NOT NULL DEFAULT 0 CHECK (contact_count >= 0),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (account_id, id)
) STRICT;

CREATE TABLE list_members (
  account_id TEXT NOT NULL,
  list_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  PRIMARY KEY (account_id, list_id, contact_id),
  FOREIGN KEY (account_id, list_id) REFERENCES contact_lists (account_id, id) ON DELETE CASCADE,
  FOREIGN KEY (account_id, contact_id) REFERENCES contacts (account_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX list_members_of_contact ON list_members (account_id, contact_id);
CREATE TRIGGER list_gains_a_member AFTER INSERT ON list_members
BEGIN
  UPDATE contact_lists SET contact_count = contact_count + 1 WHERE id = NEW.list_id;
END;
CREATE TRIGGER list_loses_a_member AFTER DELETE ON list_members
BEGIN
  UPDATE contact_lists SET contact_count = contact_count - 1 WHERE id = OLD.list_id;
END;

-- One upload of one file into one list. Rows are counted as they land, so a cut import says how far it came and can go on.
CREATE TABLE imports (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  list_id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('running', 'done', 'failed')),
  file_hash TEXT NOT NULL DEFAULT '',
  rows_read INTEGER NOT NULL DEFAULT 0,
  rows_added INTEGER NOT NULL DEFAULT 0,
  rows_known INTEGER NOT NULL DEFAULT 0,
  rows_bad INTEGER NOT NULL DEFAULT 0,
  failure TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  FOREIGN KEY (account_id, list_id) REFERENCES contact_lists (account_id, id) ON DELETE CASCADE,
  UNIQUE (account_id, id)
) STRICT;
CREATE INDEX imports_of_list ON imports (account_id, list_id, id);

CREATE TABLE import_errors (
  account_id TEXT NOT NULL,
  import_id TEXT NOT NULL,
  line INTEGER NOT NULL,
  reason TEXT NOT NULL,
  value TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (account_id, import_id, line),
  FOREIGN KEY (account_id, import_id) REFERENCES imports (account_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Consent is a history that is only ever added to; suppressions are what follows from it now.
CREATE TABLE consent_events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  e164 TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('stop', 'start')),
  scope TEXT NOT NULL DEFAULT 'all' CHECK (scope IN ('all', 'calls', 'messages')),
  source TEXT NOT NULL, -- 'keypress', 'sms', 'do_not_call', 'carrier', ...
  evidence TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX consent_events_of_number ON consent_events (account_id, e164, seq);
CREATE TRIGGER consent_is_never_rewritten BEFORE UPDATE ON consent_events
BEGIN
  SELECT RAISE(ABORT, 'consent history is append-only');
END;

CREATE TABLE suppressions (
  account_id TEXT NOT NULL REFERENCES accounts (id),
  e164 TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('all', 'calls', 'messages')),
  source TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, e164, scope)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER a_stop_suppresses AFTER INSERT ON consent_events WHEN NEW.action = 'stop'
BEGIN
  INSERT INTO suppressions (account_id, e164, scope, source, created_at)
  VALUES (NEW.account_id, NEW.e164, NEW.scope, NEW.source, NEW.created_at)
  ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER a_start_lifts AFTER INSERT ON consent_events WHEN NEW.action = 'start'
BEGIN
  DELETE FROM suppressions
  WHERE account_id = NEW.account_id AND e164 = NEW.e164 AND (NEW.scope = 'all' OR scope = NEW.scope);
END;

CREATE TABLE greeting_files (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  status TEXT NOT NULL CHECK (status IN ('pending', 'ready')),
  filename TEXT NOT NULL,
  media_type TEXT NOT NULL CHECK (media_type IN ('audio/wav', 'audio/mpeg', 'audio/ogg')),
  byte_length INTEGER NOT NULL CHECK (byte_length BETWEEN 0 AND 10485760),
  duration_ms INTEGER NOT NULL DEFAULT 0 CHECK (duration_ms >= 0),
  r2_key TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  UNIQUE (account_id, id)
) STRICT;
CREATE INDEX greeting_files_of_account ON greeting_files (account_id, id) WHERE status = 'ready';
CREATE INDEX greeting_files_unfinished ON greeting_files (created_at) WHERE status = 'pending';

CREATE TABLE transfer_numbers (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  name TEXT NOT NULL,
  e164 TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  call_count INTEGER NOT NULL DEFAULT 0 CHECK (call_count >= 0),
  created_at INTEGER NOT NULL,
  UNIQUE (account_id, id)
) STRICT;
