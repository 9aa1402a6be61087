-- Whoever presses 1 may wait in a queue. A campaign's call stands in the log from then on, and ends there when its attempt ends.
DROP TRIGGER an_ended_attempt_is_logged;
CREATE TRIGGER an_ended_attempt_is_logged AFTER UPDATE OF state ON attempts WHEN NEW.state = 'ended' AND OLD.state <> 'ended'
BEGIN
  INSERT INTO calls (id, account_id, user_id, call_ref, kind, direction, from_address, to_address, own_e164, status, started_at,
    answered_at, ended_at, duration_seconds, answered_by, campaign_id, cost_micros, error_code)
  SELECT 'call_' || substr(NEW.id, 5), NEW.account_id, NEW.account_id, NEW.id, 'campaign', 'outbound', NEW.caller_e164, NEW.e164,
    NEW.caller_e164,
    CASE NEW.disposition WHEN 'busy' THEN 'busy' WHEN 'no_answer' THEN 'no_answer' WHEN 'cancelled' THEN 'cancelled'
      WHEN 'failed' THEN 'failed' WHEN 'unconfirmed' THEN 'failed' ELSE 'completed' END,
    coalesce(NEW.dialed_at, NEW.claimed_at), NEW.answered_at, max(NEW.ended_at, coalesce(NEW.dialed_at, NEW.claimed_at)),
    coalesce(NEW.duration_seconds, 0),
    CASE WHEN NEW.disposition = 'machine' THEN 'machine' WHEN NEW.answered_at IS NOT NULL THEN 'human' END,
    NEW.campaign_id, NEW.cost_micros, NEW.error_code
  WHERE EXISTS (SELECT 1 FROM users WHERE account_id = NEW.account_id AND id = NEW.account_id)
  ON CONFLICT (id) DO UPDATE SET status = excluded.status, ended_at = max(started_at, excluded.ended_at),
    duration_seconds = max(duration_seconds, excluded.duration_seconds), answered_by = coalesce(answered_by, excluded.answered_by),
    cost_micros = coalesce(cost_micros, 0) + coalesce(excluded.cost_micros, 0)
    WHERE calls.ended_at IS NULL
  ON CONFLICT DO NOTHING;
END;
