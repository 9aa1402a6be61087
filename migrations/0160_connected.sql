-- Who pressed 1 is one thing, who then talked with somebody another: when the other end took the call, and for how long.
ALTER TABLE attempts ADD COLUMN connected_at INTEGER;
ALTER TABLE campaign_counters ADD COLUMN connected_calls INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaign_counters ADD COLUMN connected_seconds INTEGER NOT NULL DEFAULT 0;

-- Facts may come after the call has ended, so this heeds every update, whatever its state.
CREATE TRIGGER a_talk_counts AFTER UPDATE OF connected_at, transfer_seconds ON attempts
WHEN NEW.connected_at IS NOT OLD.connected_at OR NEW.transfer_seconds IS NOT OLD.transfer_seconds
BEGIN
  UPDATE campaign_counters SET
    connected_calls = connected_calls + (NEW.connected_at IS NOT NULL) - (OLD.connected_at IS NOT NULL),
    connected_seconds = connected_seconds + coalesce(NEW.transfer_seconds, 0) - coalesce(OLD.transfer_seconds, 0)
  WHERE campaign_id = NEW.campaign_id;
END;

-- Somebody who waited in a queue is connected when an agent takes the call, and talks until it ends.
CREATE TRIGGER a_taken_caller_is_connected AFTER UPDATE OF state ON queue_calls WHEN NEW.state = 'connected' AND OLD.state <> 'connected'
BEGIN
  UPDATE attempts SET connected_at = NEW.ended_at
  WHERE id = 'att_' || substr(NEW.call_id, 6) AND account_id = NEW.account_id AND connected_at IS NULL;
END;
CREATE TRIGGER a_talk_ends_with_its_call AFTER UPDATE OF state ON attempts
WHEN NEW.state = 'ended' AND OLD.state <> 'ended' AND NEW.connected_at IS NOT NULL AND NEW.transfer_seconds IS NULL
BEGIN
  UPDATE attempts SET transfer_seconds = max(0, (NEW.ended_at - NEW.connected_at) / 1000) WHERE id = NEW.id;
END;

-- What is known of the past, before the counters' trigger sees more of it.
UPDATE campaign_counters SET connected_seconds = coalesce((SELECT sum(transfer_seconds) FROM attempts a
  WHERE a.account_id = campaign_counters.account_id AND a.campaign_id = campaign_counters.campaign_id), 0);
UPDATE attempts SET connected_at = coalesce(ended_at, transferred_at) WHERE transferred_at IS NOT NULL AND transfer_seconds > 0;
