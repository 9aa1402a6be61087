-- A customer's own webhooks: where what happens in an account is told to its programs.
CREATE TABLE webhooks (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  url TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  events TEXT NOT NULL CHECK (json_valid(events)), -- the types that are told, or ["*"]
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'paused', 'disabled')),
  disabled_reason TEXT, -- why we stopped; NULL when its owner did
  secret_sealed TEXT NOT NULL,
  previous_sealed TEXT, -- signs along until the time beside it, while the secret is changed
  previous_until INTEGER,
  failing_since INTEGER, -- the first failure since the last success
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK ((previous_sealed IS NULL) = (previous_until IS NULL)),
  UNIQUE (account_id, id)
) STRICT;
CREATE INDEX webhooks_of_account ON webhooks (account_id, id);
CREATE INDEX webhooks_active ON webhooks (account_id) WHERE status = 'active';

-- One event on its way to one webhook: written with the fact, sent after the commit, tried again until it arrives or is too old.
CREATE TABLE webhook_deliveries (
  id TEXT PRIMARY KEY, -- begins with when it was made, so that ids sort by time
  account_id TEXT NOT NULL,
  webhook_id TEXT NOT NULL,
  event_id TEXT NOT NULL, -- what the receiver tells repetitions by
  type TEXT NOT NULL,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'failed')),
  tries INTEGER NOT NULL DEFAULT 0,
  next_try INTEGER,
  answer_status INTEGER,
  answer_ms INTEGER,
  error TEXT,
  created_at INTEGER NOT NULL,
  done_at INTEGER,
  CHECK ((status = 'pending') = (next_try IS NOT NULL)),
  FOREIGN KEY (account_id, webhook_id) REFERENCES webhooks (account_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX webhook_deliveries_of_webhook ON webhook_deliveries (account_id, webhook_id, id);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (account_id, next_try) WHERE status = 'pending';
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (next_try) WHERE status = 'pending';
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (created_at);

-- What happens is said here, and is written down for every webhook that wants to hear it. Nothing is ever kept in the view itself.
CREATE VIEW webhook_news AS SELECT account_id, type, event_id, created_at AS at, payload AS data FROM webhook_deliveries;
CREATE TRIGGER news_go_to_webhooks INSTEAD OF INSERT ON webhook_news
BEGIN
  INSERT INTO webhook_deliveries (id, account_id, webhook_id, event_id, type, payload, next_try, created_at)
  SELECT 'dlv_' || printf('%012x', NEW.at) || lower(hex(randomblob(8))), w.account_id, w.id, NEW.event_id, NEW.type,
    json_object('type', NEW.type, 'timestamp', strftime('%Y-%m-%dT%H:%M:%fZ', NEW.at / 1000.0, 'unixepoch'), 'data', json(NEW.data)),
    NEW.at, NEW.at
  FROM webhooks w WHERE w.account_id = NEW.account_id AND w.status = 'active'
    AND EXISTS (SELECT 1 FROM json_each(w.events) WHERE value IN (NEW.type, '*'));
END;

CREATE TRIGGER a_message_that_comes_is_news AFTER INSERT ON messages
WHEN NEW.direction = 'inbound' AND EXISTS (SELECT 1 FROM webhooks WHERE account_id = NEW.account_id AND status = 'active')
BEGIN
  INSERT INTO webhook_news (account_id, type, event_id, at, data)
  SELECT NEW.account_id, 'message.received', 'evt_' || NEW.id, NEW.created_at,
    json_object('id', NEW.id, 'conversationId', c.id, 'channel', c.channel, 'from', c.peer, 'to', c.own_e164, 'body', NEW.body)
  FROM conversations c WHERE c.account_id = NEW.account_id AND c.id = NEW.conversation_id;
END;
CREATE TRIGGER a_message_that_moves_is_news AFTER UPDATE OF status ON messages
WHEN NEW.status <> OLD.status AND NEW.direction = 'outbound'
  AND EXISTS (SELECT 1 FROM webhooks WHERE account_id = NEW.account_id AND status = 'active')
BEGIN
  INSERT INTO webhook_news (account_id, type, event_id, at, data)
  SELECT NEW.account_id, 'message.status', 'evt_' || NEW.id || '_' || NEW.status, CAST(unixepoch('subsec') * 1000 AS INTEGER),
    json_object('id', NEW.id, 'conversationId', c.id, 'channel', c.channel, 'from', c.own_e164, 'to', c.peer, 'status', NEW.status,
      'errorCode', NEW.error_code)
  FROM conversations c WHERE c.account_id = NEW.account_id AND c.id = NEW.conversation_id;
END;

CREATE TRIGGER a_call_logged_as_over_is_news AFTER INSERT ON calls
WHEN NEW.ended_at IS NOT NULL AND EXISTS (SELECT 1 FROM webhooks WHERE account_id = NEW.account_id AND status = 'active')
BEGIN
  INSERT INTO webhook_news (account_id, type, event_id, at, data)
  VALUES (NEW.account_id, 'call.ended', 'evt_' || NEW.id, NEW.ended_at,
    json_object('id', NEW.id, 'kind', NEW.kind, 'direction', NEW.direction, 'from', NEW.from_address, 'to', NEW.to_address,
      'status', NEW.status, 'answered', json(iif(NEW.answered_at IS NULL, 'false', 'true')), 'durationSeconds', NEW.duration_seconds,
      'campaignId', NEW.campaign_id, 'assistantId', NEW.assistant_id));
END;
CREATE TRIGGER a_call_that_ends_is_news AFTER UPDATE OF ended_at ON calls
WHEN OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL
  AND EXISTS (SELECT 1 FROM webhooks WHERE account_id = NEW.account_id AND status = 'active')
BEGIN
  INSERT INTO webhook_news (account_id, type, event_id, at, data)
  VALUES (NEW.account_id, 'call.ended', 'evt_' || NEW.id, NEW.ended_at,
    json_object('id', NEW.id, 'kind', NEW.kind, 'direction', NEW.direction, 'from', NEW.from_address, 'to', NEW.to_address,
      'status', NEW.status, 'answered', json(iif(NEW.answered_at IS NULL, 'false', 'true')), 'durationSeconds', NEW.duration_seconds,
      'campaignId', NEW.campaign_id, 'assistantId', NEW.assistant_id));
END;
CREATE TRIGGER an_assistants_report_is_news AFTER UPDATE OF reported_at ON assistant_calls
WHEN NEW.reported_at IS NOT NULL AND OLD.reported_at IS NULL
  AND EXISTS (SELECT 1 FROM webhooks WHERE account_id = NEW.account_id AND status = 'active')
BEGIN
  INSERT INTO webhook_news (account_id, type, event_id, at, data)
  VALUES (NEW.account_id, 'assistant.report', 'evt_' || NEW.id, NEW.reported_at,
    json_object('id', NEW.id, 'assistantId', NEW.assistant_id, 'from', NEW.from_address, 'to', NEW.to_address,
      'durationSeconds', NEW.duration_seconds, 'ended', NEW.ended_bucket, 'endedReason', NEW.ended_reason, 'summary', NEW.summary));
END;

CREATE TRIGGER a_campaigns_call_is_news AFTER UPDATE OF state ON attempts
WHEN NEW.state = 'ended' AND OLD.state <> 'ended'
  AND EXISTS (SELECT 1 FROM webhooks WHERE account_id = NEW.account_id AND status = 'active')
BEGIN
  INSERT INTO webhook_news (account_id, type, event_id, at, data)
  VALUES (NEW.account_id, 'campaign.attempt', 'evt_' || NEW.id, NEW.ended_at,
    json_object('id', NEW.id, 'campaignId', NEW.campaign_id, 'contactId', NEW.contact_id, 'attempt', NEW.n, 'from', NEW.caller_e164,
      'to', NEW.e164, 'disposition', NEW.disposition, 'durationSeconds', coalesce(NEW.duration_seconds, 0),
      'costMicros', coalesce(NEW.cost_micros, 0)));
END;
CREATE TRIGGER a_person_who_is_done_is_news AFTER UPDATE OF state ON recipients
WHEN NEW.state IN ('done', 'skipped') AND OLD.state NOT IN ('done', 'skipped')
  AND EXISTS (SELECT 1 FROM webhooks WHERE account_id = NEW.account_id AND status = 'active')
BEGIN
  INSERT INTO webhook_news (account_id, type, event_id, at, data)
  VALUES (NEW.account_id, 'campaign.contact_finished', 'evt_' || NEW.campaign_id || '_' || NEW.contact_id,
    CAST(unixepoch('subsec') * 1000 AS INTEGER),
    json_object('campaignId', NEW.campaign_id, 'contactId', NEW.contact_id, 'phoneNumber', NEW.e164, 'outcome', NEW.outcome,
      'attempts', NEW.attempts_made));
END;
CREATE TRIGGER a_campaign_that_is_over_is_news AFTER UPDATE OF status ON campaigns
WHEN NEW.status IN ('completed', 'cancelled') AND OLD.status <> NEW.status
  AND EXISTS (SELECT 1 FROM webhooks WHERE account_id = NEW.account_id AND status = 'active')
BEGIN
  INSERT INTO webhook_news (account_id, type, event_id, at, data)
  SELECT NEW.account_id, 'campaign.finished', 'evt_' || NEW.id || '_' || NEW.status, NEW.updated_at,
    json_object('id', NEW.id, 'title', NEW.title, 'status', NEW.status, 'totalCalls', c.total_calls, 'answeredCalls', c.answered_calls,
      'transferredCalls', c.transferred_calls, 'failedCalls', c.failed_calls)
  FROM campaign_counters c WHERE c.campaign_id = NEW.id;
END;

-- Whoever does not hear us for days is told so by another way.
CREATE TRIGGER a_webhook_we_stopped_is_noticed AFTER UPDATE OF status ON webhooks
WHEN NEW.status = 'disabled' AND OLD.status <> 'disabled'
BEGIN
  INSERT INTO notices (account_id, kind, ref, detail, created_at)
  VALUES (NEW.account_id, 'webhook_disabled', NEW.id || '_' || NEW.updated_at, json_object('url', NEW.url, 'reason', NEW.disabled_reason),
    NEW.updated_at) ON CONFLICT DO NOTHING;
END;
