-- Who did what that matters: only ever added to, and kept when the account is gone.
CREATE TABLE audit_log (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id TEXT NOT NULL,
  actor_id TEXT NOT NULL, -- the user at the door, or 'system'
  action TEXT NOT NULL,
  object TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
  ip TEXT NOT NULL DEFAULT '',
  user_agent TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_log_of_account ON audit_log (account_id, seq);
CREATE TRIGGER audit_is_never_rewritten BEFORE UPDATE ON audit_log
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_is_never_erased BEFORE DELETE ON audit_log
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;

-- An account on its way out. It is frozen at once; every room then lets go of what it holds, step by step.
CREATE TABLE closures (
  account_id TEXT PRIMARY KEY REFERENCES accounts (id),
  asked_at INTEGER NOT NULL,
  done_steps TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(done_steps)),
  last_error TEXT,
  finished_at INTEGER
) STRICT;
CREATE INDEX closures_unfinished ON closures (asked_at) WHERE finished_at IS NULL;
