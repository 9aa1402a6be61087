-- A paused campaign may be given longer calls or another desk. What is set aside for each call that is still to be placed follows:
-- a call is charged no more than was held for it.
CREATE TRIGGER holds_follow_what_a_call_may_cost AFTER UPDATE OF max_call_seconds, transfer_minute_micros ON campaigns
WHEN NEW.max_call_seconds <> OLD.max_call_seconds OR NEW.transfer_minute_micros <> OLD.transfer_minute_micros
BEGIN
  UPDATE recipients SET hold_micros = (NEW.max_call_seconds + 59) / 60 * (minute_micros + NEW.transfer_minute_micros)
  WHERE campaign_id = NEW.id AND state = 'pending';
END;
