-- Not every update of an attempt moves a counter: the carrier's answer makes a live call of one that was being dialed, which both count
-- as a call in the air. Each that does writes the campaign's row, the account's, and an event for its pages.
DROP TRIGGER an_attempt_moves;
CREATE TRIGGER an_attempt_moves AFTER UPDATE ON attempts
WHEN (NEW.state IN ('dialing', 'unknown', 'live')) <> (OLD.state IN ('dialing', 'unknown', 'live'))
  OR NEW.disposition IS NOT OLD.disposition OR NEW.duration_seconds IS NOT OLD.duration_seconds OR NEW.cost_micros IS NOT OLD.cost_micros
  OR (NEW.dialed_at IS NULL) <> (OLD.dialed_at IS NULL) OR (NEW.answered_at IS NULL) <> (OLD.answered_at IS NULL)
  OR (NEW.transferred_at IS NULL) <> (OLD.transferred_at IS NULL) OR (NEW.opted_out_at IS NULL) <> (OLD.opted_out_at IS NULL)
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
