CREATE TABLE campaigns (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  title TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL DEFAULT 'draft'
    CHECK (status IN ('draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled')),
  paused_reason TEXT,
  greeting_file_id TEXT,
  transfer_number_id TEXT,
  contact_list_id TEXT,
  caller_numbers TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(caller_numbers)), -- E.164, the account's own
  starts_at INTEGER, -- when the cron starts a scheduled campaign
  window_start_minute INTEGER NOT NULL DEFAULT 540 CHECK (window_start_minute BETWEEN 0 AND 1439),
  window_end_minute INTEGER NOT NULL DEFAULT 1200 CHECK (window_end_minute BETWEEN 1 AND 1440),
  window_days TEXT NOT NULL DEFAULT '1234567' CHECK (length(window_days) BETWEEN 1 AND 7), -- ISO weekdays, Monday is 1
  outside_hours TEXT NOT NULL DEFAULT 'wait' CHECK (outside_hours IN ('wait', 'skip')),
  unknown_zone TEXT NOT NULL DEFAULT 'skip' CHECK (unknown_zone IN ('skip', 'dial')),
  calls_per_second REAL CHECK (calls_per_second IS NULL OR calls_per_second > 0), -- NULL: as fast as the carrier account allows
  max_concurrent INTEGER CHECK (max_concurrent IS NULL OR max_concurrent > 0),
  max_attempts INTEGER NOT NULL DEFAULT 1 CHECK (max_attempts BETWEEN 1 AND 10),
  retry_delay_seconds INTEGER NOT NULL DEFAULT 900 CHECK (retry_delay_seconds BETWEEN 60 AND 604800),
  max_call_seconds INTEGER NOT NULL DEFAULT 600 CHECK (max_call_seconds BETWEEN 30 AND 14400),
  transfer_minute_micros INTEGER NOT NULL DEFAULT 0, -- the transfer leg's price, fixed at the start
  prepared_through TEXT NOT NULL DEFAULT '', -- how far the list has been copied into recipients: the last contact's id
  prepared_at INTEGER, -- when all of it had been
  started_at INTEGER,
  finished_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK (window_start_minute < window_end_minute),
  FOREIGN KEY (account_id, greeting_file_id) REFERENCES greeting_files (account_id, id),
  FOREIGN KEY (account_id, transfer_number_id) REFERENCES transfer_numbers (account_id, id),
  FOREIGN KEY (account_id, contact_list_id) REFERENCES contact_lists (account_id, id),
  UNIQUE (account_id, id)
) STRICT;
CREATE INDEX campaigns_scheduled ON campaigns (starts_at) WHERE status = 'scheduled';
CREATE INDEX campaigns_running ON campaigns (id) WHERE status = 'running';
CREATE INDEX campaigns_running_of_account ON campaigns (account_id) WHERE status IN ('running', 'paused');

-- Who the campaign is for, copied from the list at the start so that later edits of the list cannot swap the numbers.
CREATE TABLE recipients (
  campaign_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  e164 TEXT NOT NULL,
  zones TEXT NOT NULL, -- IANA zones joined by '|' whose hours must all be open; '' when nobody can tell
  hold_micros INTEGER NOT NULL CHECK (hold_micros >= 0), -- what one attempt may cost at most
  minute_micros INTEGER NOT NULL CHECK (minute_micros >= 0),
  state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'done', 'skipped')),
  outcome TEXT, -- the latest disposition, or why it was skipped
  due_at INTEGER NOT NULL,
  attempts_made INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (campaign_id, contact_id),
  FOREIGN KEY (account_id, campaign_id) REFERENCES campaigns (account_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX recipients_due ON recipients (campaign_id, due_at, contact_id) WHERE state = 'pending';
CREATE INDEX recipients_by_outcome ON recipients (account_id, campaign_id, outcome, contact_id);

-- The zones that occur in a campaign, so that a zone that closes for the night can be put off in one statement.
CREATE TABLE campaign_zones (
  campaign_id TEXT NOT NULL,
  zones TEXT NOT NULL,
  account_id TEXT NOT NULL,
  PRIMARY KEY (campaign_id, zones),
  FOREIGN KEY (account_id, campaign_id) REFERENCES campaigns (account_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- claimed -> dialing -> live -> ended, or dropped before anything rang, or unknown until somebody can tell.
CREATE TABLE attempts (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  campaign_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  n INTEGER NOT NULL CHECK (n >= 1),
  e164 TEXT NOT NULL,
  caller_e164 TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('claimed', 'dialing', 'unknown', 'live', 'ended', 'dropped')),
  call_status TEXT, -- the carrier's last word, ordered by pure/call-state
  call_rank INTEGER NOT NULL DEFAULT 0,
  disposition TEXT
    CHECK (disposition IN ('answered', 'transferred', 'opted_out', 'machine', 'busy', 'no_answer', 'failed', 'cancelled', 'unconfirmed')),
  carrier_ref TEXT UNIQUE,
  hold_micros INTEGER NOT NULL CHECK (hold_micros >= 0),
  minute_micros INTEGER NOT NULL CHECK (minute_micros >= 0),
  transfer_minute_micros INTEGER NOT NULL DEFAULT 0 CHECK (transfer_minute_micros >= 0),
  cost_micros INTEGER CHECK (cost_micros >= 0),
  look_after INTEGER NOT NULL, -- when a completer should ask what became of it
  claimed_at INTEGER NOT NULL,
  dialed_at INTEGER,
  answered_at INTEGER,
  ended_at INTEGER,
  duration_seconds INTEGER,
  transfer_seconds INTEGER,
  answered_by TEXT,
  digits TEXT,
  transferred_at INTEGER,
  opted_out_at INTEGER,
  error_code TEXT,
  CHECK ((state IN ('ended', 'dropped')) = (ended_at IS NOT NULL)),
  CHECK (cost_micros IS NULL OR cost_micros <= hold_micros),
  FOREIGN KEY (account_id, campaign_id) REFERENCES campaigns (account_id, id) ON DELETE CASCADE
) STRICT;
-- At most one call per contact and attempt number; one that was dropped before it rang does not count.
CREATE UNIQUE INDEX attempts_once ON attempts (campaign_id, contact_id, n) WHERE state <> 'dropped';
CREATE UNIQUE INDEX attempts_one_live ON attempts (campaign_id, contact_id)
  WHERE state IN ('claimed', 'dialing', 'unknown', 'live');
CREATE INDEX attempts_claimed ON attempts (campaign_id, id) WHERE state = 'claimed';
CREATE INDEX attempts_dialing ON attempts (campaign_id, id) WHERE state = 'dialing';
CREATE INDEX attempts_to_look_after ON attempts (look_after) WHERE state IN ('claimed', 'dialing', 'unknown', 'live');
CREATE INDEX attempts_of_campaign ON attempts (account_id, campaign_id, id);

-- One row per campaign, moved by triggers in the same transaction as the fact: sums of indicators, so they cannot drift.
CREATE TABLE campaign_counters (
  campaign_id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  recipients INTEGER NOT NULL DEFAULT 0,
  pending INTEGER NOT NULL DEFAULT 0,
  active INTEGER NOT NULL DEFAULT 0,
  done INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  total_calls INTEGER NOT NULL DEFAULT 0,
  live_calls INTEGER NOT NULL DEFAULT 0,
  answered_calls INTEGER NOT NULL DEFAULT 0,
  transferred_calls INTEGER NOT NULL DEFAULT 0,
  opted_out_calls INTEGER NOT NULL DEFAULT 0,
  machine_calls INTEGER NOT NULL DEFAULT 0,
  busy_calls INTEGER NOT NULL DEFAULT 0,
  no_answer_calls INTEGER NOT NULL DEFAULT 0,
  failed_calls INTEGER NOT NULL DEFAULT 0,
  unconfirmed_calls INTEGER NOT NULL DEFAULT 0,
  talk_seconds INTEGER NOT NULL DEFAULT 0,
  spent_micros INTEGER NOT NULL DEFAULT 0,
  FOREIGN KEY (account_id, campaign_id) REFERENCES campaigns (account_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX campaign_counters_of_account ON campaign_counters (account_id, campaign_id);

CREATE TRIGGER a_campaign_counts AFTER INSERT ON campaigns
BEGIN
  INSERT INTO campaign_counters (campaign_id, account_id) VALUES (NEW.id, NEW.account_id);
END;
CREATE TRIGGER a_recipient_counts AFTER INSERT ON recipients
BEGIN
  UPDATE campaign_counters SET
    recipients = recipients + 1,
    pending = pending + (NEW.state = 'pending'),
    skipped = skipped + (NEW.state = 'skipped')
  WHERE campaign_id = NEW.campaign_id;
END;
CREATE TRIGGER a_recipient_moves AFTER UPDATE OF state ON recipients WHEN OLD.state <> NEW.state
BEGIN
  UPDATE campaign_counters SET
    pending = pending + (NEW.state = 'pending') - (OLD.state = 'pending'),
    active = active + (NEW.state = 'active') - (OLD.state = 'active'),
    done = done + (NEW.state = 'done') - (OLD.state = 'done'),
    skipped = skipped + (NEW.state = 'skipped') - (OLD.state = 'skipped')
  WHERE campaign_id = NEW.campaign_id;
END;

-- How many calls the carrier may have in the air right now, over every campaign.
CREATE TABLE carrier_load (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  live_calls INTEGER NOT NULL CHECK (live_calls >= 0)
) STRICT;
INSERT INTO carrier_load (id, live_calls) VALUES (1, 0);

-- A claim takes its money and its recipient with it, or does not happen.
CREATE TRIGGER a_claim_holds AFTER INSERT ON attempts
BEGIN
  UPDATE recipients SET state = 'active', attempts_made = NEW.n
  WHERE campaign_id = NEW.campaign_id AND contact_id = NEW.contact_id;
  INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, memo, created_at)
  SELECT NEW.account_id, 'call_hold', 'available', 'held', NEW.hold_micros, NEW.id, NEW.e164, NEW.claimed_at
  WHERE NEW.hold_micros > 0;
END;
CREATE TRIGGER an_attempt_moves AFTER UPDATE ON attempts
BEGIN
  UPDATE campaign_counters SET
    total_calls = total_calls + (NEW.dialed_at IS NOT NULL) - (OLD.dialed_at IS NOT NULL),
    live_calls = live_calls + (NEW.state IN ('dialing', 'unknown', 'live')) - (OLD.state IN ('dialing', 'unknown', 'live')),
    answered_calls = answered_calls + (NEW.answered_at IS NOT NULL) - (OLD.answered_at IS NOT NULL),
    transferred_calls = transferred_calls + (NEW.transferred_at IS NOT NULL) - (OLD.transferred_at IS NOT NULL),
    opted_out_calls = opted_out_calls + (NEW.opted_out_at IS NOT NULL) - (OLD.opted_out_at IS NOT NULL),
    machine_calls = machine_calls + (NEW.disposition IS 'machine') - (OLD.disposition IS 'machine'),
    busy_calls = busy_calls + (NEW.disposition IS 'busy') - (OLD.disposition IS 'busy'),
    no_answer_calls = no_answer_calls + (NEW.disposition IS 'no_answer') - (OLD.disposition IS 'no_answer'),
    failed_calls = failed_calls + (NEW.disposition IS 'failed') - (OLD.disposition IS 'failed'),
    unconfirmed_calls = unconfirmed_calls + (NEW.disposition IS 'unconfirmed') - (OLD.disposition IS 'unconfirmed'),
    talk_seconds = talk_seconds + coalesce(NEW.duration_seconds, 0) - coalesce(OLD.duration_seconds, 0),
    spent_micros = spent_micros + coalesce(NEW.cost_micros, 0) - coalesce(OLD.cost_micros, 0)
  WHERE campaign_id = NEW.campaign_id;
  UPDATE carrier_load SET
    live_calls = live_calls + (NEW.state IN ('dialing', 'unknown', 'live')) - (OLD.state IN ('dialing', 'unknown', 'live'))
  WHERE (NEW.state IN ('dialing', 'unknown', 'live')) <> (OLD.state IN ('dialing', 'unknown', 'live'));
END;
-- An attempt that is over holds nothing: what it cost is captured, the rest goes back, once.
CREATE TRIGGER an_ended_attempt_settles AFTER UPDATE OF state ON attempts
WHEN NEW.state IN ('ended', 'dropped') AND OLD.state NOT IN ('ended', 'dropped')
BEGIN
  INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, memo, created_at)
  SELECT NEW.account_id, 'call_charge', 'held', 'revenue', NEW.cost_micros, NEW.id, NEW.e164, NEW.ended_at
  WHERE coalesce(NEW.cost_micros, 0) > 0;
  INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, memo, created_at)
  SELECT NEW.account_id, 'call_release', 'held', 'available', NEW.hold_micros - coalesce(NEW.cost_micros, 0), NEW.id, NEW.e164, NEW.ended_at
  WHERE NEW.hold_micros > coalesce(NEW.cost_micros, 0);
END;
-- Whoever was called is done, or waits for another try; whoever was dropped before anything rang is as before.
CREATE TRIGGER an_ended_attempt_frees_its_recipient AFTER UPDATE OF state ON attempts
WHEN NEW.state = 'ended' AND OLD.state <> 'ended'
BEGIN
  UPDATE recipients SET
    outcome = NEW.disposition,
    state = CASE WHEN NEW.disposition IN ('busy', 'no_answer', 'failed') AND NEW.n < c.max_attempts AND c.status <> 'cancelled'
      THEN 'pending' ELSE 'done' END,
    due_at = NEW.ended_at + c.retry_delay_seconds * 1000
  FROM (SELECT max_attempts, retry_delay_seconds, status FROM campaigns WHERE id = NEW.campaign_id) AS c
  WHERE campaign_id = NEW.campaign_id AND contact_id = NEW.contact_id;
END;
CREATE TRIGGER a_dropped_attempt_frees_its_recipient AFTER UPDATE OF state ON attempts
WHEN NEW.state = 'dropped' AND OLD.state <> 'dropped'
BEGIN
  UPDATE recipients SET
    attempts_made = NEW.n - 1,
    state = CASE WHEN NEW.error_code IS NULL THEN 'pending' ELSE 'skipped' END,
    outcome = coalesce(NEW.error_code, outcome)
  WHERE campaign_id = NEW.campaign_id AND contact_id = NEW.contact_id;
END;
-- Whoever says stop in a call is suppressed in the same transaction, with the call as evidence.
CREATE TRIGGER a_stop_in_a_call_is_kept AFTER UPDATE OF opted_out_at ON attempts
WHEN NEW.opted_out_at IS NOT NULL AND OLD.opted_out_at IS NULL
BEGIN
  INSERT INTO consent_events (account_id, e164, action, scope, source, evidence, created_at)
  VALUES (NEW.account_id, NEW.e164, 'stop', 'all', 'keypress', NEW.id, NEW.opted_out_at);
END;
CREATE TRIGGER a_transfer_counts AFTER UPDATE OF transferred_at ON attempts
WHEN NEW.transferred_at IS NOT NULL AND OLD.transferred_at IS NULL
BEGIN
  UPDATE transfer_numbers SET call_count = call_count + 1
  WHERE id = (SELECT transfer_number_id FROM campaigns WHERE id = NEW.campaign_id);
END;
CREATE TRIGGER an_over_attempt_stays_over BEFORE UPDATE OF state ON attempts
WHEN OLD.state IN ('ended', 'dropped') AND NEW.state <> OLD.state
BEGIN
  SELECT RAISE(ABORT, 'an attempt that is over stays over');
END;

-- Everything a carrier told us, once each: the raw material of a call's story.
CREATE TABLE carrier_events (
  event_key TEXT PRIMARY KEY,
  account_id TEXT,
  attempt_id TEXT,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX carrier_events_of_attempt ON carrier_events (attempt_id, received_at) WHERE attempt_id IS NOT NULL;

CREATE TABLE installation (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;
-- The hours within which a campaign may ring anybody, in the called person's own time.
INSERT INTO installation (name, value) VALUES ('legalHours', '{"start":"08:00","end":"21:00"}');

CREATE TABLE heartbeats (
  name TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
