-- Every page of the account is told when a campaign moves: once until it is sent, however many calls moved it meanwhile.
CREATE UNIQUE INDEX outbox_campaign_unsent ON outbox (payload) WHERE type = 'campaign' AND sent_at IS NULL;
CREATE TRIGGER a_campaigns_progress_is_told AFTER UPDATE ON campaign_counters
BEGIN
  INSERT INTO outbox (account_id, type, payload, created_at)
  VALUES (NEW.account_id, 'campaign', json_object('campaignId', NEW.campaign_id), CAST(unixepoch('subsec') * 1000 AS INTEGER))
  ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER a_campaigns_status_is_told AFTER UPDATE OF status ON campaigns WHEN NEW.status <> OLD.status
BEGIN
  INSERT INTO outbox (account_id, type, payload, created_at)
  VALUES (NEW.account_id, 'campaign', json_object('campaignId', NEW.id), NEW.updated_at)
  ON CONFLICT DO NOTHING;
END;
