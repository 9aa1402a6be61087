-- What the owner decides about a member, and what people decide about themselves.

ALTER TABLE users ADD COLUMN spending_limit_micros INTEGER CHECK (spending_limit_micros >= 0); -- a calendar month (UTC); NULL: none
ALTER TABLE users ADD COLUMN password_is_temporary INTEGER NOT NULL DEFAULT 0 CHECK (password_is_temporary IN (0, 1));
ALTER TABLE users ADD COLUMN is_discoverable INTEGER NOT NULL DEFAULT 1 CHECK (is_discoverable IN (0, 1)); -- by the personal number

-- A member who is gone holds no numbers.
CREATE TRIGGER a_removed_member_lets_go AFTER UPDATE OF status ON users WHEN NEW.status = 'removed' AND OLD.status <> 'removed'
BEGIN
  UPDATE numbers SET assigned_to = NULL WHERE account_id = NEW.account_id AND assigned_to = NEW.id;
END;

-- What a member does at the owner's expense: one row per operation, message or call. The ledger moves its amount.
CREATE TABLE member_spending (
  ref TEXT PRIMARY KEY, -- the ledger's ref
  account_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  amount_micros INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id)
) STRICT;
CREATE INDEX member_spending_of_member ON member_spending (account_id, user_id, created_at, amount_micros);

CREATE TRIGGER a_member_spends AFTER INSERT ON ledger WHEN NEW.from_bucket = 'available' AND NEW.to_bucket IN ('held', 'revenue')
BEGIN
  UPDATE member_spending SET amount_micros = amount_micros + NEW.amount_micros WHERE ref = NEW.ref;
  INSERT INTO must (claim)
  SELECT 'member_within_limit'
  FROM member_spending AS spent JOIN users AS member ON member.id = spent.user_id
  WHERE spent.ref = NEW.ref AND member.spending_limit_micros < (
    SELECT sum(amount_micros) FROM member_spending
    WHERE account_id = spent.account_id AND user_id = spent.user_id
      AND created_at >= CAST(strftime('%s', NEW.created_at / 1000, 'unixepoch', 'start of month') AS INTEGER) * 1000);
END;
CREATE TRIGGER a_member_gets_back AFTER INSERT ON ledger WHEN NEW.to_bucket = 'available' AND NEW.from_bucket IN ('held', 'revenue')
BEGIN
  UPDATE member_spending SET amount_micros = amount_micros - NEW.amount_micros WHERE ref = NEW.ref;
END;
