-- A call that the carrier sent to the assistants' provider past our routing is charged when its report comes; the call log tells what
-- it cost, as of every other call.
CREATE TRIGGER a_call_past_us_costs AFTER UPDATE OF settled_at ON usages
WHEN OLD.settled_at IS NULL AND NEW.settled_at IS NOT NULL AND NEW.ref GLOB 'call_*.assistant'
BEGIN
  UPDATE calls SET cost_micros = NEW.unit_micros * NEW.units_charged
  WHERE account_id = NEW.account_id AND id = substr(NEW.ref, 1, instr(NEW.ref, '.') - 1);
END;
