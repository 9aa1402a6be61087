-- A busy campaign comes through these doors several times per call. Nearly always the quarter's row is there and the pages have still to be
-- told of the call before, and then there is nothing to add: looking costs a fraction of an insert that comes to nothing.

DROP TRIGGER a_move_shifts_the_figures;
CREATE TRIGGER a_move_shifts_the_figures INSTEAD OF INSERT ON figure_moves WHEN NEW.subject IS NOT NULL
BEGIN
  -- A quarter's row never comes without its subject's, so one that is there says that both are.
  INSERT INTO figure_subjects (account_id, kind, subject, last_at)
  SELECT NEW.account_id, NEW.kind, NEW.subject, NEW.at - NEW.at % 900000
  WHERE NOT EXISTS (SELECT 1 FROM figures
    WHERE account_id = NEW.account_id AND kind = NEW.kind AND subject = NEW.subject AND at = NEW.at - NEW.at % 900000)
  ON CONFLICT DO UPDATE SET last_at = excluded.last_at WHERE excluded.last_at > last_at;
  INSERT INTO figures (account_id, kind, subject, at,
    calls_in, calls_out, answered, seconds, campaign_calls, assistant_calls, assistant_seconds, messages_in, messages_out, spent_micros)
  SELECT NEW.account_id, NEW.kind, NEW.subject, NEW.at - NEW.at % 900000,
    coalesce(p.calls_in, 0), coalesce(p.calls_out, 0), coalesce(p.answered, 0), coalesce(p.seconds, 0), coalesce(p.campaign_calls, 0), coalesce(p.assistant_calls, 0), coalesce(p.assistant_seconds, 0), coalesce(p.messages_in, 0), coalesce(p.messages_out, 0), coalesce(p.spent_micros, 0)
  FROM (SELECT 1) LEFT JOIN figures p ON p.account_id = NEW.account_id AND p.kind = NEW.kind AND p.subject = NEW.subject
    AND p.at = (SELECT max(at) FROM figures WHERE account_id = NEW.account_id AND kind = NEW.kind AND subject = NEW.subject
      AND at <= NEW.at - NEW.at % 900000)
  WHERE p.at IS NULL OR p.at < NEW.at - NEW.at % 900000;
  UPDATE figures SET
    calls_in = calls_in + NEW.calls_in,
    calls_out = calls_out + NEW.calls_out,
    answered = answered + NEW.answered,
    seconds = seconds + NEW.seconds,
    campaign_calls = campaign_calls + NEW.campaign_calls,
    assistant_calls = assistant_calls + NEW.assistant_calls,
    assistant_seconds = assistant_seconds + NEW.assistant_seconds,
    messages_in = messages_in + NEW.messages_in,
    messages_out = messages_out + NEW.messages_out,
    spent_micros = spent_micros + NEW.spent_micros
  WHERE account_id = NEW.account_id AND kind = NEW.kind AND subject = NEW.subject AND at >= NEW.at - NEW.at % 900000;
END;

DROP TRIGGER a_campaigns_progress_is_told;
CREATE TRIGGER a_campaigns_progress_is_told AFTER UPDATE ON campaign_counters
WHEN NOT EXISTS (SELECT 1 FROM outbox
  WHERE type = 'campaign' AND sent_at IS NULL AND payload = json_object('campaignId', NEW.campaign_id))
BEGIN
  INSERT INTO outbox (account_id, type, payload, created_at)
  VALUES (NEW.account_id, 'campaign', json_object('campaignId', NEW.campaign_id), CAST(unixepoch('subsec') * 1000 AS INTEGER))
  ON CONFLICT DO NOTHING;
END;
