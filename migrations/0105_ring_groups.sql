-- People who are rung together under one name; routings refer to it, so whoever joins or leaves is changed in one place.
CREATE TABLE ring_groups (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  member_ids TEXT NOT NULL CHECK (json_valid(member_ids) AND json_array_length(member_ids) BETWEEN 1 AND 20),
  strategy TEXT NOT NULL DEFAULT 'all' CHECK (strategy IN ('all', 'one_by_one')),
  ring_seconds INTEGER NOT NULL DEFAULT 25 CHECK (ring_seconds BETWEEN 5 AND 120),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (account_id, id),
  CONSTRAINT ring_group_name UNIQUE (account_id, name)
) STRICT;
