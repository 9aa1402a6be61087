-- Who may be called at all: ranges that cost more than a call should are told apart when a number is read, and consent is a date.
ALTER TABLE contacts ADD COLUMN barred TEXT NOT NULL DEFAULT '' CHECK (barred IN ('', 'premium', 'no_country'));
ALTER TABLE contacts ADD COLUMN consented_at INTEGER;
INSERT INTO installation (name, value) VALUES ('blockedCountries', '[]');

ALTER TABLE campaigns ADD COLUMN ends_at INTEGER; -- no call starts from here on
ALTER TABLE campaigns ADD COLUMN expires_at INTEGER; -- one that has not begun, or stands paused, by then is cancelled
ALTER TABLE campaigns ADD COLUMN holidays TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(holidays)); -- local days, 2026-12-25
ALTER TABLE campaigns ADD COLUMN assumed_zone TEXT; -- the zone of those whose own nobody can tell
ALTER TABLE campaigns ADD COLUMN consent_required INTEGER NOT NULL DEFAULT 0 CHECK (consent_required IN (0, 1));
ALTER TABLE campaigns ADD COLUMN consent_confirmed_at INTEGER;
ALTER TABLE campaigns ADD COLUMN consent_confirmed_by TEXT;
CREATE INDEX campaigns_expiring ON campaigns (expires_at) WHERE status IN ('scheduled', 'paused') AND expires_at IS NOT NULL;

-- Numbers that one campaign leaves out, beside those that the account never calls.
CREATE TABLE campaign_do_not_call (
  campaign_id TEXT NOT NULL,
  e164 TEXT NOT NULL,
  account_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (campaign_id, e164),
  FOREIGN KEY (account_id, campaign_id) REFERENCES campaigns (account_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Other delays and other limits per result than the campaign's own: {"busy":{"maxAttempts":3,"delaySeconds":300}}. What a carrier
-- will never connect (a wrong number, a blocked one) is not tried again, whatever the rules say.
ALTER TABLE campaigns ADD COLUMN retry_rules TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(retry_rules));
DROP TRIGGER an_ended_attempt_frees_its_recipient;
CREATE TRIGGER an_ended_attempt_frees_its_recipient AFTER UPDATE OF state ON attempts
WHEN NEW.state = 'ended' AND OLD.state <> 'ended'
BEGIN
  UPDATE recipients SET
    outcome = NEW.disposition,
    state = CASE WHEN c.status <> 'cancelled'
        AND NEW.n < coalesce(c.rule ->> 'maxAttempts', iif(NEW.disposition IN ('busy', 'no_answer', 'failed'), c.max_attempts, 1))
        AND NOT coalesce(NEW.error_code GLOB 'invalid_to:*' OR NEW.error_code GLOB 'blocked:*' OR NEW.error_code GLOB 'opted_out:*', 0)
      THEN 'pending' ELSE 'done' END,
    due_at = NEW.ended_at + 1000 * coalesce(c.rule ->> 'delaySeconds', c.retry_delay_seconds)
  FROM (SELECT max_attempts, retry_delay_seconds, status, retry_rules -> NEW.disposition AS rule
    FROM campaigns WHERE id = NEW.campaign_id) AS c
  WHERE campaign_id = NEW.campaign_id AND contact_id = NEW.contact_id;
END;
