-- Who wants the silence: the person (who alone can end it) or the owner of the account (whose word may be taken back). One row serves
-- both, so whoever asks whether a number may be called still looks for one row.
ALTER TABLE suppressions ADD COLUMN person_at INTEGER;
ALTER TABLE suppressions ADD COLUMN owner_at INTEGER;
UPDATE suppressions SET person_at = created_at WHERE source <> 'do_not_call';
UPDATE suppressions SET owner_at = created_at WHERE source = 'do_not_call';

DROP TRIGGER a_stop_suppresses;
CREATE TRIGGER a_stop_suppresses AFTER INSERT ON consent_events WHEN NEW.action = 'stop'
BEGIN
  INSERT INTO suppressions (account_id, e164, scope, source, created_at, person_at, owner_at)
  VALUES (
    NEW.account_id, NEW.e164, NEW.scope, NEW.source, NEW.created_at,
    iif(NEW.source = 'do_not_call', NULL, NEW.created_at), iif(NEW.source = 'do_not_call', NEW.created_at, NULL)
  )
  ON CONFLICT (account_id, e164, scope) DO UPDATE SET
    source = iif(excluded.person_at IS NULL OR person_at IS NOT NULL, source, excluded.source),
    person_at = coalesce(person_at, excluded.person_at),
    owner_at = coalesce(owner_at, excluded.owner_at);
END;

-- A start takes back the word of whoever says it, and the silence ends when nobody wants it any more.
DROP TRIGGER a_start_lifts;
CREATE TRIGGER a_start_lifts AFTER INSERT ON consent_events WHEN NEW.action = 'start'
BEGIN
  UPDATE suppressions SET
    person_at = iif(NEW.source = 'owner', person_at, NULL),
    owner_at = iif(NEW.source = 'owner', NULL, owner_at),
    source = iif(NEW.source = 'owner', source, 'do_not_call')
  WHERE account_id = NEW.account_id AND e164 = NEW.e164 AND (NEW.scope = 'all' OR scope = NEW.scope);
  DELETE FROM suppressions
  WHERE account_id = NEW.account_id AND e164 = NEW.e164 AND (NEW.scope = 'all' OR scope = NEW.scope)
    AND person_at IS NULL AND owner_at IS NULL;
END;
-- Only the rules above may write suppressions away while a person wants them.
CREATE TRIGGER a_persons_stop_stays BEFORE DELETE ON suppressions WHEN OLD.person_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'only the person can end this');
END;
CREATE TRIGGER consent_is_never_erased BEFORE DELETE ON consent_events
BEGIN
  SELECT RAISE(ABORT, 'consent history is append-only');
END;
