-- How far a sweep over a bucket has come: the last key that it looked at.
CREATE TABLE sweeps (
  name TEXT PRIMARY KEY,
  after_key TEXT NOT NULL
) STRICT, WITHOUT ROWID;
