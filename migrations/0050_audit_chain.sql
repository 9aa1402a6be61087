-- Every deed of the audit log gets a seal: the hash of the deed and of the seal before it in the account. Whoever changes a deed
-- behind the triggers' back breaks every seal after it, and whoever kept an older seal can prove that.

CREATE TABLE audit_seals (
  seq INTEGER PRIMARY KEY REFERENCES audit_log (seq),
  account_id TEXT NOT NULL,
  previous_seq INTEGER NOT NULL, -- the deed before it in the account; 0: none
  seal TEXT NOT NULL CHECK (length(seal) = 64),
  UNIQUE (account_id, previous_seq) -- two who seal at once cannot fork the chain
) STRICT;
CREATE TRIGGER a_seal_is_never_rewritten BEFORE UPDATE ON audit_seals
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER a_seal_is_never_erased BEFORE DELETE ON audit_seals
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;

-- What waits for its seal: hashes are made by the Worker, a moment after the deed.
CREATE TABLE audit_unsealed (
  seq INTEGER PRIMARY KEY,
  account_id TEXT NOT NULL
) STRICT;
CREATE INDEX audit_unsealed_of_account ON audit_unsealed (account_id, seq);
CREATE TRIGGER a_deed_waits_for_its_seal AFTER INSERT ON audit_log
BEGIN
  INSERT INTO audit_unsealed (seq, account_id) VALUES (NEW.seq, NEW.account_id);
END;
CREATE TRIGGER a_deed_is_sealed AFTER INSERT ON audit_seals
BEGIN
  DELETE FROM audit_unsealed WHERE seq = NEW.seq;
END;
INSERT INTO audit_unsealed (seq, account_id) SELECT seq, account_id FROM audit_log;
