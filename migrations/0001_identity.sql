-- People and the accounts that they act for. Times are Unix milliseconds everywhere in this database.

CREATE TABLE accounts (
  id TEXT PRIMARY KEY, -- also the id of its owner's user row
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'frozen', 'closed')),
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  role TEXT NOT NULL CHECK (role IN ('owner', 'member')),
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'removed')),
  email TEXT NOT NULL,
  email_key TEXT NOT NULL UNIQUE, -- normalised: what two spellings of one address share
  email_verified_at INTEGER,
  password_hash TEXT,
  is_admin INTEGER NOT NULL DEFAULT 0 CHECK (is_admin IN (0, 1)),
  full_name TEXT,
  company_name TEXT,
  avatar_url TEXT,
  time_zone TEXT,
  country TEXT,
  theme TEXT NOT NULL DEFAULT 'system' CHECK (theme IN ('system', 'day', 'night')),
  notifications TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(notifications)),
  care4w_id TEXT NOT NULL UNIQUE,
  personal_e164 TEXT,
  personal_national TEXT UNIQUE, -- the policy: unique by its national part over all users
  phone_prompt_dismissed_at INTEGER,
  is_affiliate INTEGER NOT NULL DEFAULT 0 CHECK (is_affiliate IN (0, 1)),
  referral_code TEXT UNIQUE,
  referred_by TEXT REFERENCES users (id),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK ((role = 'owner') = (id = account_id)),
  CHECK ((personal_e164 IS NULL) = (personal_national IS NULL)),
  UNIQUE (account_id, id)
) STRICT;
CREATE INDEX users_by_personal_number ON users (personal_e164) WHERE personal_e164 IS NOT NULL;
CREATE INDEX users_by_referrer ON users (referred_by) WHERE referred_by IS NOT NULL;

-- A session is one signed-in device: a family of refresh tokens that lives and dies together.
CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  created_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  idle_expires_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER,
  revoked_reason TEXT,
  user_agent TEXT NOT NULL DEFAULT '',
  ip TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id, id);

CREATE TABLE refresh_tokens (
  token_hash TEXT PRIMARY KEY, -- SHA-256; the token itself is stored nowhere
  session_id TEXT NOT NULL REFERENCES sessions (id),
  created_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

-- Assertions for a batch: inserting a claim always fails, so `INSERT INTO must SELECT 'x' WHERE NOT (...)` aborts the whole
-- batch when x does not hold, and the name of the broken constraint says why. The table never holds a row.
CREATE TABLE must (
  claim TEXT NOT NULL,
  CONSTRAINT session_is_live CHECK (claim <> 'session_is_live'),
  CONSTRAINT number_is_callers CHECK (claim <> 'number_is_callers'),
  CONSTRAINT member_within_limit CHECK (claim <> 'member_within_limit'),
  CONSTRAINT day_within_cap CHECK (claim <> 'day_within_cap'),
  CONSTRAINT greeting_exists CHECK (claim <> 'greeting_exists'),
  CONSTRAINT list_exists CHECK (claim <> 'list_exists'),
  CONSTRAINT transfer_number_exists CHECK (claim <> 'transfer_number_exists'),
  CONSTRAINT nothing_changed_meanwhile CHECK (claim <> 'nothing_changed_meanwhile'),
  CONSTRAINT never_holds_a_row CHECK (0)
) STRICT;
