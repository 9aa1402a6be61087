-- Sending: what became of each message, what a batch that sends insists on, and how much an account may send.
ALTER TABLE messages ADD COLUMN user_id TEXT; -- who sent it; NULL for what came in
ALTER TABLE messages ADD COLUMN status_rank INTEGER NOT NULL DEFAULT 0; -- of the carrier's last word, as pure/message-state orders them
ALTER TABLE messages ADD COLUMN error_code TEXT;
ALTER TABLE messages ADD COLUMN segments INTEGER;
ALTER TABLE messages ADD COLUMN cost_micros INTEGER;
ALTER TABLE messages ADD COLUMN retry_of TEXT;
ALTER TABLE messages ADD COLUMN operation_id TEXT;
ALTER TABLE messages ADD COLUMN event_key TEXT; -- the callback that moved it last
-- A message that failed is tried again once; the next try is of the new one.
CREATE UNIQUE INDEX messages_one_retry ON messages (retry_of) WHERE retry_of IS NOT NULL;
CREATE INDEX messages_sent ON messages (account_id, created_at) WHERE direction = 'outbound';
CREATE INDEX messages_by_operation ON messages (operation_id) WHERE operation_id IS NOT NULL;

-- Everything that the carrier told of messages, once each; of some that we do not know, too.
CREATE TABLE message_events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  event_key TEXT NOT NULL UNIQUE,
  account_id TEXT REFERENCES accounts (id),
  message_id TEXT,
  status TEXT NOT NULL,
  error_code TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX message_events_of_message ON message_events (account_id, message_id, seq) WHERE message_id IS NOT NULL;

-- Assertions of a batch that calls or texts somebody, as the table "must" has them for all: it never holds a row.
CREATE TABLE reach_rules (
  claim TEXT NOT NULL,
  CONSTRAINT peer_is_open CHECK (claim <> 'peer_is_open'),
  CONSTRAINT country_is_open CHECK (claim <> 'country_is_open'),
  CONSTRAINT number_can_text CHECK (claim <> 'number_can_text'),
  CONSTRAINT number_can_show CHECK (claim <> 'number_can_show'),
  CONSTRAINT media_is_there CHECK (claim <> 'media_is_there'),
  CONSTRAINT within_minute CHECK (claim <> 'within_minute'),
  CONSTRAINT within_day CHECK (claim <> 'within_day'),
  CONSTRAINT within_daily_spend CHECK (claim <> 'within_daily_spend'),
  CONSTRAINT failed_before CHECK (claim <> 'failed_before'),
  CONSTRAINT reach_never_holds_a_row CHECK (0)
) STRICT;

-- What administrators have decided about one account's reach; NULL: as for everybody (installation, 'reach').
CREATE TABLE reach_limits (
  account_id TEXT PRIMARY KEY REFERENCES accounts (id),
  countries TEXT CHECK (countries IS NULL OR json_valid(countries)),
  messages_per_minute INTEGER CHECK (messages_per_minute >= 0),
  messages_per_day INTEGER CHECK (messages_per_day >= 0),
  message_spend_per_day_micros INTEGER CHECK (message_spend_per_day_micros >= 0)
) STRICT;
INSERT INTO installation (name, value) VALUES ('reach', json_object(
  'countries', json('["AD","AE","AG","AI","AR","AT","AU","BB","BE","BG","BM","BR","BS","CA","CH","CL","CO","CR","CY","CZ","DE","DK","DO","EE","EG","ES","FI","FR","GB","GG","GI","GR","HK","HR","HU","ID","IE","IL","IM","IN","IS","IT","JE","JP","KE","KR","KY","LI","LT","LU","LV","MA","MC","MT","MX","MY","NG","NL","NO","NZ","PA","PE","PH","PL","PR","PT","RO","SA","SE","SG","SI","SK","SM","TH","TR","TW","UA","US","UY","VN","ZA"]'),
  'messagesPerMinute', 120, 'messagesPerDay', 10000, 'messageSpendPerDayMicros', 200000000));

-- What an account sends by day (UTC).
CREATE TABLE message_days (
  account_id TEXT NOT NULL REFERENCES accounts (id),
  day TEXT NOT NULL,
  sent INTEGER NOT NULL DEFAULT 0,
  received INTEGER NOT NULL DEFAULT 0,
  committed_micros INTEGER NOT NULL DEFAULT 0, -- set aside for messages, less what was given back
  PRIMARY KEY (account_id, day)
) STRICT, WITHOUT ROWID;
INSERT INTO message_days (account_id, day, sent, received)
SELECT account_id, date(created_at / 1000, 'unixepoch'), sum(direction = 'outbound'), sum(direction = 'inbound') FROM messages GROUP BY 1, 2;
CREATE TRIGGER a_message_counts_for_its_day AFTER INSERT ON messages
BEGIN
  INSERT INTO message_days (account_id, day, sent, received)
  VALUES (NEW.account_id, date(NEW.created_at / 1000, 'unixepoch'), NEW.direction = 'outbound', NEW.direction = 'inbound')
  ON CONFLICT DO UPDATE SET sent = sent + excluded.sent, received = received + excluded.received;
END;
CREATE TRIGGER a_messages_money_counts_for_its_day AFTER INSERT ON ledger WHEN NEW.kind IN ('message_hold', 'message_release')
BEGIN
  INSERT INTO message_days (account_id, day, committed_micros)
  VALUES (NEW.account_id, date(NEW.created_at / 1000, 'unixepoch'), iif(NEW.kind = 'message_hold', 1, -1) * NEW.amount_micros)
  ON CONFLICT DO UPDATE SET committed_micros = committed_micros + excluded.committed_micros;
END;
