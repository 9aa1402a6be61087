-- Figures of an account: running totals, by the quarter of an hour. A row holds the sum of everything that began up to the end of its
-- quarter, ever, for one subject: the whole account, a number, an assistant or a campaign. What happened between two moments is then
-- one row less another one, so a year costs what a day costs, and any time zone is served (their offsets are whole quarters of an hour).
-- A fact adds to its quarter's row and to the later ones; there are none but for facts that come late, and then few.
CREATE TABLE figures (
  account_id TEXT NOT NULL REFERENCES accounts (id),
  kind TEXT NOT NULL CHECK (kind IN ('all', 'number', 'assistant', 'campaign')),
  subject TEXT NOT NULL, -- '' for the whole account; an E.164 number; an id
  at INTEGER NOT NULL CHECK (at % 900000 = 0), -- when the quarter began
  calls_in INTEGER NOT NULL,
  calls_out INTEGER NOT NULL,
  answered INTEGER NOT NULL,
  seconds INTEGER NOT NULL,
  campaign_calls INTEGER NOT NULL,
  assistant_calls INTEGER NOT NULL,
  assistant_seconds INTEGER NOT NULL,
  messages_in INTEGER NOT NULL,
  messages_out INTEGER NOT NULL,
  spent_micros INTEGER NOT NULL,
  PRIMARY KEY (account_id, kind, subject, at)
) STRICT, WITHOUT ROWID;

-- Which subjects an account has figures of, and until when, so that a campaign of long ago is not looked at for this month.
CREATE TABLE figure_subjects (
  account_id TEXT NOT NULL REFERENCES accounts (id),
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, kind, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX figure_subjects_lately ON figure_subjects (account_id, last_at);

-- What a fact adds. Nothing is ever kept here: inserting shifts the figures.
CREATE VIEW figure_moves AS SELECT * FROM figures;
CREATE TRIGGER a_move_shifts_the_figures INSTEAD OF INSERT ON figure_moves WHEN NEW.subject IS NOT NULL
BEGIN
  INSERT INTO figure_subjects (account_id, kind, subject, last_at)
  VALUES (NEW.account_id, NEW.kind, NEW.subject, NEW.at - NEW.at % 900000)
  ON CONFLICT DO UPDATE SET last_at = excluded.last_at WHERE excluded.last_at > last_at;
  INSERT INTO figures (account_id, kind, subject, at,
    calls_in, calls_out, answered, seconds, campaign_calls, assistant_calls, assistant_seconds, messages_in, messages_out, spent_micros)
  SELECT NEW.account_id, NEW.kind, NEW.subject, NEW.at - NEW.at % 900000,
    coalesce(p.calls_in, 0), coalesce(p.calls_out, 0), coalesce(p.answered, 0), coalesce(p.seconds, 0), coalesce(p.campaign_calls, 0), coalesce(p.assistant_calls, 0), coalesce(p.assistant_seconds, 0), coalesce(p.messages_in, 0), coalesce(p.messages_out, 0), coalesce(p.spent_micros, 0)
  FROM (SELECT 1) LEFT JOIN figures p ON p.account_id = NEW.account_id AND p.kind = NEW.kind AND p.subject = NEW.subject
    AND p.at = (SELECT max(at) FROM figures WHERE account_id = NEW.account_id AND kind = NEW.kind AND subject = NEW.subject
      AND at <= NEW.at - NEW.at % 900000)
  WHERE 1 ON CONFLICT DO NOTHING;
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

-- Calls: when they began, however long ago that was when somebody tells. A call that is erased has happened all the same.
CREATE TRIGGER a_call_moves_the_figures AFTER INSERT ON calls
BEGIN
  INSERT INTO figure_moves (account_id, kind, subject, at, calls_in, calls_out, answered, seconds, campaign_calls, assistant_calls, assistant_seconds, messages_in, messages_out, spent_micros)
  SELECT NEW.account_id, s.kind, s.subject, NEW.started_at,
    (NEW.direction = 'inbound'), (NEW.direction = 'outbound'), (NEW.answered_at IS NOT NULL), NEW.duration_seconds,
    (NEW.campaign_id IS NOT NULL), (NEW.assistant_id IS NOT NULL), iif(NEW.assistant_id IS NULL, 0, NEW.duration_seconds), 0, 0, 0
  FROM (SELECT 'all' AS kind, '' AS subject UNION ALL SELECT 'number', nullif(NEW.own_e164, '')
    UNION ALL SELECT 'campaign', NEW.campaign_id UNION ALL SELECT 'assistant', NEW.assistant_id) s
  WHERE s.subject IS NOT NULL;
END;
-- What is learned of a call later takes its old part out and puts the new one in.
CREATE TRIGGER a_changed_call_moves_the_figures AFTER UPDATE OF direction, own_e164, campaign_id, assistant_id, started_at, duration_seconds, answered_at ON calls
WHEN NEW.direction IS NOT OLD.direction OR NEW.own_e164 IS NOT OLD.own_e164 OR NEW.campaign_id IS NOT OLD.campaign_id OR NEW.assistant_id IS NOT OLD.assistant_id OR NEW.started_at IS NOT OLD.started_at OR NEW.duration_seconds IS NOT OLD.duration_seconds
  OR (NEW.answered_at IS NULL) <> (OLD.answered_at IS NULL)
BEGIN
  INSERT INTO figure_moves (account_id, kind, subject, at, calls_in, calls_out, answered, seconds, campaign_calls, assistant_calls, assistant_seconds, messages_in, messages_out, spent_micros)
  SELECT OLD.account_id, s.kind, s.subject, OLD.started_at,
    -(OLD.direction = 'inbound'), -(OLD.direction = 'outbound'), -(OLD.answered_at IS NOT NULL), -OLD.duration_seconds,
    -(OLD.campaign_id IS NOT NULL), -(OLD.assistant_id IS NOT NULL), -iif(OLD.assistant_id IS NULL, 0, OLD.duration_seconds), 0, 0, 0
  FROM (SELECT 'all' AS kind, '' AS subject UNION ALL SELECT 'number', nullif(OLD.own_e164, '')
    UNION ALL SELECT 'campaign', OLD.campaign_id UNION ALL SELECT 'assistant', OLD.assistant_id) s
  WHERE s.subject IS NOT NULL;
  INSERT INTO figure_moves (account_id, kind, subject, at, calls_in, calls_out, answered, seconds, campaign_calls, assistant_calls, assistant_seconds, messages_in, messages_out, spent_micros)
  SELECT NEW.account_id, s.kind, s.subject, NEW.started_at,
    (NEW.direction = 'inbound'), (NEW.direction = 'outbound'), (NEW.answered_at IS NOT NULL), NEW.duration_seconds,
    (NEW.campaign_id IS NOT NULL), (NEW.assistant_id IS NOT NULL), iif(NEW.assistant_id IS NULL, 0, NEW.duration_seconds), 0, 0, 0
  FROM (SELECT 'all' AS kind, '' AS subject UNION ALL SELECT 'number', nullif(NEW.own_e164, '')
    UNION ALL SELECT 'campaign', NEW.campaign_id UNION ALL SELECT 'assistant', NEW.assistant_id) s
  WHERE s.subject IS NOT NULL;
END;

CREATE TRIGGER a_message_moves_the_figures AFTER INSERT ON messages
BEGIN
  INSERT INTO figure_moves (account_id, kind, subject, at, calls_in, calls_out, answered, seconds, campaign_calls, assistant_calls, assistant_seconds, messages_in, messages_out, spent_micros)
  SELECT NEW.account_id, s.kind, s.subject, NEW.created_at, 0, 0, 0, 0, 0, 0, 0, NEW.direction = 'inbound', NEW.direction = 'outbound', 0
  FROM (SELECT 'all' AS kind, '' AS subject UNION ALL
    SELECT 'number', (SELECT own_e164 FROM conversations WHERE account_id = NEW.account_id AND id = NEW.conversation_id)) s
  WHERE s.subject IS NOT NULL;
END;
-- What was charged, less what was given back. A campaign's calls are charged under their attempt, other calls under their id (with a
-- tail for each leg), texts under theirs, and numbers name themselves in the memo.
CREATE TRIGGER money_moves_the_figures AFTER INSERT ON ledger WHEN NEW.to_bucket = 'revenue' OR NEW.from_bucket = 'revenue'
BEGIN
  INSERT INTO figure_moves (account_id, kind, subject, at, calls_in, calls_out, answered, seconds, campaign_calls, assistant_calls, assistant_seconds, messages_in, messages_out, spent_micros)
  SELECT NEW.account_id, s.kind, s.subject, NEW.created_at, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    iif(NEW.to_bucket = 'revenue', NEW.amount_micros, -NEW.amount_micros)
  FROM (SELECT 'all' AS kind, '' AS subject
    UNION ALL SELECT 'campaign', (SELECT campaign_id FROM attempts WHERE id = NEW.ref AND account_id = NEW.account_id)
      WHERE NEW.kind LIKE 'call\_%' ESCAPE '\'
    UNION ALL SELECT 'number', CASE
      WHEN NEW.kind LIKE 'call\_%' ESCAPE '\' THEN nullif(coalesce(
        (SELECT caller_e164 FROM attempts WHERE id = NEW.ref AND account_id = NEW.account_id),
        (SELECT own_e164 FROM calls WHERE account_id = NEW.account_id
          AND id = substr(NEW.ref, 1, iif(instr(NEW.ref, '.') = 0, length(NEW.ref), instr(NEW.ref, '.') - 1)))), '')
      WHEN NEW.kind LIKE 'message\_%' ESCAPE '\' THEN (SELECT c.own_e164 FROM messages m
        JOIN conversations c ON c.account_id = m.account_id AND c.id = m.conversation_id
        WHERE m.id = NEW.ref AND m.account_id = NEW.account_id)
      WHEN NEW.kind LIKE 'number\_%' ESCAPE '\' AND NEW.memo GLOB '+[1-9]*' THEN NEW.memo END) s
  WHERE s.subject IS NOT NULL;
END;

-- What has happened so far: each fact once through the same triggers' door.
INSERT INTO figure_moves (account_id, kind, subject, at, calls_in, calls_out, answered, seconds, campaign_calls, assistant_calls, assistant_seconds, messages_in, messages_out, spent_micros)
SELECT c.account_id, s.value ->> 0, s.value ->> 1, c.started_at, c.direction = 'inbound', c.direction = 'outbound', c.answered_at IS NOT NULL,
  c.duration_seconds, c.campaign_id IS NOT NULL, c.assistant_id IS NOT NULL, iif(c.assistant_id IS NULL, 0, c.duration_seconds), 0, 0, 0
FROM calls c, json_each(json_array(json_array('all', ''), json_array('number', nullif(c.own_e164, '')),
  json_array('campaign', c.campaign_id), json_array('assistant', c.assistant_id))) s
WHERE s.value ->> 1 IS NOT NULL ORDER BY c.started_at;
INSERT INTO figure_moves (account_id, kind, subject, at, calls_in, calls_out, answered, seconds, campaign_calls, assistant_calls, assistant_seconds, messages_in, messages_out, spent_micros)
SELECT m.account_id, s.value ->> 0, s.value ->> 1, m.created_at, 0, 0, 0, 0, 0, 0, 0, m.direction = 'inbound', m.direction = 'outbound', 0
FROM messages m JOIN conversations v ON v.id = m.conversation_id, json_each(json_array(json_array('all', ''), json_array('number', v.own_e164))) s
ORDER BY m.created_at;
INSERT INTO figure_moves (account_id, kind, subject, at, calls_in, calls_out, answered, seconds, campaign_calls, assistant_calls, assistant_seconds, messages_in, messages_out, spent_micros)
SELECT account_id, 'all', '', created_at, 0, 0, 0, 0, 0, 0, 0, 0, 0, iif(to_bucket = 'revenue', amount_micros, -amount_micros)
FROM ledger WHERE to_bucket = 'revenue' OR from_bucket = 'revenue' ORDER BY created_at;
