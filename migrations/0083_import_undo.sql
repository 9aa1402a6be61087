-- A whole import can be taken back for a day: what it added is known by it, what it changed is kept as it was.
ALTER TABLE imports ADD COLUMN first_contact_id TEXT NOT NULL DEFAULT ''; -- the ids that it made begin so, all but the last six digits
ALTER TABLE imports ADD COLUMN undone_at INTEGER;
ALTER TABLE list_members ADD COLUMN import_id TEXT;
CREATE TABLE import_changes (
  account_id TEXT NOT NULL,
  import_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  before TEXT NOT NULL CHECK (json_valid(before)),
  PRIMARY KEY (account_id, import_id, contact_id),
  FOREIGN KEY (account_id, import_id) REFERENCES imports (account_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX imports_by_age ON imports (created_at);
