-- Whatever moves money tells the account's pages, once until it is sent: the event goes into the outbox with the movement itself.
CREATE UNIQUE INDEX outbox_wallet_unsent ON outbox (account_id) WHERE type = 'wallet' AND sent_at IS NULL;
CREATE TRIGGER moved_money_is_told AFTER INSERT ON ledger
BEGIN
  INSERT INTO outbox (account_id, type, created_at) VALUES (NEW.account_id, 'wallet', NEW.created_at) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER an_opened_payment_is_told AFTER INSERT ON payments
BEGIN
  INSERT INTO outbox (account_id, type, created_at) VALUES (NEW.account_id, 'wallet', NEW.created_at) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER a_settled_payment_is_told AFTER UPDATE OF status ON payments
BEGIN
  INSERT INTO outbox (account_id, type, created_at) VALUES (NEW.account_id, 'wallet', coalesce(NEW.settled_at, NEW.created_at)) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER a_new_subscription_is_told AFTER INSERT ON subscriptions
BEGIN
  INSERT INTO outbox (account_id, type, created_at) VALUES (NEW.account_id, 'wallet', NEW.created_at) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER a_changed_subscription_is_told AFTER UPDATE ON subscriptions
BEGIN
  INSERT INTO outbox (account_id, type, created_at) VALUES (NEW.account_id, 'wallet', NEW.heard_at) ON CONFLICT DO NOTHING;
END;
