-- A pretended call is as long as the call log says, which counts telephone seconds; those pass faster in a simulation.
DROP TRIGGER an_ended_call_wants_its_report;
CREATE TRIGGER an_ended_call_wants_its_report AFTER UPDATE OF ended_at ON calls
WHEN OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL AND NEW.carrier_ref IS NOT NULL
BEGIN
  UPDATE assistant_calls SET look_after = NEW.ended_at,
    ended_at = max(started_at, iif(NEW.duration_seconds > 0, started_at + NEW.duration_seconds * 1000, NEW.ended_at))
  WHERE carrier_ref = NEW.carrier_ref AND account_id = NEW.account_id AND reported_at IS NULL;
END;
