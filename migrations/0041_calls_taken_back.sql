-- A call that never left is taken back from the count. SQLite tests a row's CHECKs before it looks for a conflict, so an upsert
-- with a negative number fails although the sum would not be: the row comes first, then the sum.
DROP TRIGGER a_call_counts_for_its_account;
CREATE TRIGGER a_call_counts_for_its_account AFTER UPDATE OF total_calls ON campaign_counters
WHEN NEW.total_calls <> OLD.total_calls
BEGIN
  INSERT INTO account_calls (account_id, total_calls) VALUES (NEW.account_id, 0) ON CONFLICT DO NOTHING;
  UPDATE account_calls SET total_calls = total_calls + NEW.total_calls - OLD.total_calls WHERE account_id = NEW.account_id;
END;
