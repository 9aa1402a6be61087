-- Who said what in a call with an assistant, and at which second of it: [{"by", "text", "at"}].
ALTER TABLE assistant_calls ADD COLUMN turns TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(turns));

ALTER TABLE assistant_calls ADD COLUMN byte_length INTEGER; -- of its recording, once that is here

-- What the assistants' provider has recorded is heard, kept and deleted like what the carrier has. `carrier_ref` is its name at its source.
ALTER TABLE recordings ADD COLUMN source TEXT NOT NULL DEFAULT 'carrier' CHECK (source IN ('carrier', 'assistant'));
CREATE TRIGGER an_assistants_recording_is_logged AFTER UPDATE OF recording ON assistant_calls
WHEN NEW.recording = 'kept' AND OLD.recording <> 'kept'
BEGIN
  INSERT INTO recordings (id, account_id, call_id, user_id, kind, carrier_ref, status, r2_key, media_type, byte_length, duration_seconds,
    created_at, source)
  SELECT 'rec_' || substr(NEW.id, 5), c.account_id, c.id, c.user_id, 'call', NEW.provider_ref, 'ready', NEW.r2_key, NEW.media_type,
    NEW.byte_length, NEW.duration_seconds, NEW.reported_at, 'assistant'
  FROM calls c WHERE c.account_id = NEW.account_id AND (c.carrier_ref = NEW.carrier_ref OR c.id = 'call_' || substr(NEW.id, 5))
  ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER an_assistants_recording_is_deleted AFTER UPDATE OF status ON recordings
WHEN NEW.status = 'deleted' AND OLD.status <> 'deleted' AND NEW.source = 'assistant'
BEGIN
  UPDATE assistant_calls SET recording = 'gone', r2_key = NULL WHERE account_id = NEW.account_id AND provider_ref = NEW.carrier_ref;
END;
