-- Tags of a contact, sorted; and saved filters over contacts, which a campaign may be for instead of a list.
ALTER TABLE contacts ADD COLUMN tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags));
CREATE TABLE segments (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  name TEXT NOT NULL,
  filter TEXT NOT NULL CHECK (json_valid(filter)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (account_id, id)
) STRICT;
ALTER TABLE campaigns ADD COLUMN segment_id TEXT;
CREATE INDEX campaigns_by_segment ON campaigns (account_id, segment_id) WHERE segment_id IS NOT NULL;
CREATE TRIGGER a_segment_leaves_its_campaigns BEFORE DELETE ON segments
BEGIN
  UPDATE campaigns SET segment_id = NULL
  WHERE account_id = OLD.account_id AND segment_id = OLD.id AND status NOT IN ('scheduled', 'running', 'paused');
END;
