-- Whoever was put off because of hours that have changed since is looked at again.
CREATE TRIGGER changed_hours_are_asked_again AFTER UPDATE OF window_start_minute, window_end_minute, window_days, holidays, ends_at ON campaigns
WHEN NEW.window_start_minute <> OLD.window_start_minute OR NEW.window_end_minute <> OLD.window_end_minute
  OR NEW.window_days <> OLD.window_days OR NEW.holidays <> OLD.holidays OR NEW.ends_at IS NOT OLD.ends_at
BEGIN
  UPDATE recipients SET due_at = NEW.updated_at
  WHERE campaign_id = NEW.id AND state = 'pending' AND due_at > NEW.updated_at AND attempts_made = 0;
END;

-- When people are reached: calls by the hour in which they rang and by where they rang. The report reads a few hundred rows, whatever the list.
CREATE TABLE campaign_hours (
  campaign_id TEXT NOT NULL,
  zones TEXT NOT NULL,
  hour INTEGER NOT NULL, -- hours since 1970, UTC
  account_id TEXT NOT NULL,
  calls INTEGER NOT NULL,
  answered INTEGER NOT NULL,
  transferred INTEGER NOT NULL,
  PRIMARY KEY (campaign_id, zones, hour),
  FOREIGN KEY (account_id, campaign_id) REFERENCES campaigns (account_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Which of two greetings somebody hears, drawn once per person when the list is copied; and what came of each.
ALTER TABLE recipients ADD COLUMN variant TEXT NOT NULL DEFAULT 'a' CHECK (variant IN ('a', 'b'));
CREATE TABLE campaign_variants (
  campaign_id TEXT NOT NULL,
  variant TEXT NOT NULL CHECK (variant IN ('a', 'b')),
  account_id TEXT NOT NULL,
  calls INTEGER NOT NULL,
  answered INTEGER NOT NULL,
  transferred INTEGER NOT NULL,
  opted_out INTEGER NOT NULL,
  PRIMARY KEY (campaign_id, variant),
  FOREIGN KEY (account_id, campaign_id) REFERENCES campaigns (account_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TRIGGER an_ended_call_tells_when_and_what AFTER UPDATE OF state ON attempts
WHEN NEW.state = 'ended' AND OLD.state <> 'ended' AND NEW.dialed_at IS NOT NULL
BEGIN
  INSERT INTO campaign_hours (campaign_id, zones, hour, account_id, calls, answered, transferred)
  SELECT NEW.campaign_id, zones, NEW.dialed_at / 3600000, NEW.account_id, 1,
    coalesce(NEW.disposition IN ('answered', 'transferred', 'opted_out'), 0), coalesce(NEW.disposition = 'transferred', 0)
  FROM recipients WHERE campaign_id = NEW.campaign_id AND contact_id = NEW.contact_id
  ON CONFLICT DO UPDATE SET calls = calls + 1, answered = answered + excluded.answered, transferred = transferred + excluded.transferred;
  INSERT INTO campaign_variants (campaign_id, variant, account_id, calls, answered, transferred, opted_out)
  SELECT NEW.campaign_id, variant, NEW.account_id, 1,
    coalesce(NEW.disposition IN ('answered', 'transferred', 'opted_out'), 0), coalesce(NEW.disposition = 'transferred', 0), coalesce(NEW.disposition = 'opted_out', 0)
  FROM recipients WHERE campaign_id = NEW.campaign_id AND contact_id = NEW.contact_id
  ON CONFLICT DO UPDATE SET calls = calls + 1, answered = answered + excluded.answered,
    transferred = transferred + excluded.transferred, opted_out = opted_out + excluded.opted_out;
END;
