-- The call log knows first that a call is over: then its report is due, and a pretended one can be made.
CREATE TRIGGER an_ended_call_wants_its_report AFTER UPDATE OF ended_at ON calls
WHEN OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL AND NEW.carrier_ref IS NOT NULL
BEGIN
  UPDATE assistant_calls SET ended_at = max(started_at, NEW.ended_at), look_after = NEW.ended_at
  WHERE carrier_ref = NEW.carrier_ref AND account_id = NEW.account_id AND reported_at IS NULL;
END;
