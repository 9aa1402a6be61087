-- Two people who call each other's browsers over the carrier: one call of the carrier's, which the caller's row follows. The row of the
-- one who is called begins, is answered and ends with it. Its id is a ulid of the same moment: hexadecimal digits are digits of ulids, too.
CREATE TRIGGER a_called_person_has_the_call_too AFTER UPDATE OF carrier_ref ON calls
WHEN NEW.kind = 'browser' AND OLD.carrier_ref IS NULL AND NEW.carrier_ref IS NOT NULL
BEGIN
  INSERT INTO calls (id, account_id, user_id, call_ref, kind, direction, from_address, to_address, peer_identity, peer_name, status,
    call_rank, started_at)
  SELECT substr(NEW.id, 1, 15) || hex(randomblob(8)), called.account_id, called.id, NEW.call_ref, 'browser', 'inbound', NEW.from_address,
    coalesce(called.personal_e164, called.care4w_id), caller.care4w_id, coalesce(caller.full_name, caller.company_name, ''), 'ringing', 3,
    NEW.started_at
  FROM users called JOIN users caller ON caller.id = NEW.user_id
  WHERE called.care4w_id = NEW.peer_identity AND called.status = 'active'
  ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER a_called_persons_call_goes_on_alike AFTER UPDATE OF answered_at, ended_at, duration_seconds ON calls
WHEN NEW.kind = 'browser' AND NEW.carrier_ref IS NOT NULL
BEGIN
  UPDATE calls SET answered_at = NEW.answered_at, ended_at = NEW.ended_at, duration_seconds = NEW.duration_seconds,
    answered_by = iif(NEW.answered_at IS NULL, NULL, 'human'), answered_user_id = iif(NEW.answered_at IS NULL, NULL, user_id),
    status = CASE WHEN NEW.ended_at IS NULL THEN iif(NEW.answered_at IS NULL, 'ringing', 'in_progress')
      WHEN NEW.answered_at IS NULL THEN 'missed' ELSE 'completed' END
  WHERE call_ref = NEW.call_ref AND user_id = (SELECT id FROM users WHERE care4w_id = NEW.peer_identity) AND carrier_ref IS NULL;
END;
