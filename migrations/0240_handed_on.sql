-- An assistant's provider hands a call on by itself, past our routing: the leg to the other number is looked for at the carrier once it
-- is over, and charged as a call to that number is.
ALTER TABLE assistant_calls ADD COLUMN leg_look_after INTEGER; -- NULL: nothing to be paid any more
CREATE INDEX assistant_calls_handed_on ON assistant_calls (leg_look_after) WHERE leg_look_after IS NOT NULL;

-- The leg's cost is the call's, beside what the call has cost by itself.
CREATE TRIGGER a_call_handed_on_costs AFTER UPDATE OF settled_at ON usages
WHEN OLD.settled_at IS NULL AND NEW.settled_at IS NOT NULL AND NEW.ref GLOB 'call_*.handed'
BEGIN
  UPDATE calls SET cost_micros = coalesce(cost_micros, 0) + NEW.unit_micros * NEW.units_charged
  WHERE account_id = NEW.account_id AND id = substr(NEW.ref, 1, instr(NEW.ref, '.') - 1);
END;
