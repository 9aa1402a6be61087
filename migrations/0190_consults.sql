-- The line beside the caller's that is in the call now, and who sits there when it is a person's browser.
ALTER TABLE calls ADD COLUMN leg_ref TEXT;
ALTER TABLE calls ADD COLUMN leg_user_id TEXT;

-- Somebody is asked about a call while its customer waits on hold.
CREATE TABLE consults (
  id TEXT PRIMARY KEY, -- a ulid of when it began, so that ids sort by time
  account_id TEXT NOT NULL,
  call_id TEXT NOT NULL,
  user_id TEXT NOT NULL, -- who asks
  kind TEXT NOT NULL CHECK (kind IN ('number', 'transfer_number', 'member')),
  target TEXT NOT NULL, -- E.164, or the id of whoever or whatever was named
  label TEXT NOT NULL, -- E.164, or the person's name
  address TEXT NOT NULL, -- what the carrier calls
  agent_ref TEXT NOT NULL, -- the carrier's names for the lines of who asks, of who waits, and of who is asked
  customer_ref TEXT NOT NULL,
  target_ref TEXT UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('ringing', 'talking', 'failed', 'completed', 'taken_back', 'dropped')),
  reason TEXT NOT NULL DEFAULT '', -- why it failed, or who has left
  asked_at INTEGER NOT NULL,
  moved_at INTEGER, -- since then the lines stand in rooms of their own instead of being joined to each other
  talked_at INTEGER,
  joined_at INTEGER, -- since then who was asked talks with the customer
  ended_at INTEGER,
  usage_ref TEXT, -- what is set aside for the line of who is asked; NULL: nothing (any more)
  look_after INTEGER, -- when the clock should ask the carrier what became of that line
  FOREIGN KEY (account_id, call_id) REFERENCES calls (account_id, id) ON DELETE CASCADE,
  CHECK ((ended_at IS NULL) = (state IN ('ringing', 'talking')))
) STRICT;
CREATE INDEX consults_of_call ON consults (account_id, call_id, id);
CREATE INDEX consults_of_agent ON consults (agent_ref, id);
CREATE INDEX consults_to_look_after ON consults (look_after) WHERE look_after IS NOT NULL;
-- One person at a time is asked about a call, whoever taps twice.
CREATE UNIQUE INDEX consults_one_at_a_time ON consults (call_id) WHERE state IN ('ringing', 'talking');

-- From now on it is the customer's line that the call lives and ends with, whoever called whom.
CREATE TRIGGER a_consult_begins AFTER INSERT ON consults
BEGIN
  UPDATE calls SET carrier_ref = NEW.customer_ref, leg_ref = NEW.agent_ref, leg_user_id = NEW.user_id WHERE id = NEW.call_id;
  INSERT INTO call_events (account_id, call_id, kind, detail, event_key, created_at)
  VALUES (NEW.account_id, NEW.call_id, 'consult_ringing', json_object('by', NEW.user_id, 'to', NEW.label), NEW.id || ':ringing', NEW.asked_at);
END;

-- Every turn of it stands in the call's story, once.
CREATE TRIGGER a_consult_turns AFTER UPDATE OF state ON consults WHEN NEW.state <> OLD.state
BEGIN
  INSERT INTO call_events (account_id, call_id, kind, detail, event_key, created_at)
  VALUES (NEW.account_id, NEW.call_id, 'consult_' || NEW.state, json_object('to', NEW.label, 'reason', NEW.reason),
    NEW.id || ':' || NEW.state, coalesce(NEW.ended_at, NEW.talked_at, NEW.asked_at))
  ON CONFLICT DO NOTHING;
END;

-- Who was asked has the call now: it is not one from the first one's browser any more, and a transfer number has had one more.
CREATE TRIGGER a_consult_hands_over AFTER UPDATE OF joined_at ON consults WHEN OLD.joined_at IS NULL AND NEW.joined_at IS NOT NULL
BEGIN
  UPDATE calls SET via = '', leg_ref = NEW.target_ref, leg_user_id = iif(NEW.kind = 'member', NEW.target, NULL),
    talking_user_id = iif(NEW.kind = 'member', NEW.target, NULL)
  WHERE id = NEW.call_id AND ended_at IS NULL;
  UPDATE transfer_numbers SET call_count = call_count + 1
  WHERE NEW.kind = 'transfer_number' AND id = NEW.target AND account_id = NEW.account_id;
END;

-- Nobody waits any more. Whoever is left on the other lines is let go at once, or by the clock.
CREATE TRIGGER an_ended_call_ends_its_consult AFTER UPDATE OF ended_at ON calls WHEN OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL
BEGIN
  UPDATE consults SET state = 'dropped', reason = 'customer', ended_at = NEW.ended_at
  WHERE call_id = NEW.id AND state IN ('ringing', 'talking');
  UPDATE consults SET look_after = NEW.ended_at
  WHERE id = (SELECT max(id) FROM consults WHERE account_id = NEW.account_id AND call_id = NEW.id);
END;
