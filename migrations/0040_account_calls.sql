-- How many calls an account's campaigns have placed: one row to read, however many campaigns there are.
CREATE TABLE account_calls (
  account_id TEXT PRIMARY KEY REFERENCES accounts (id),
  total_calls INTEGER NOT NULL CHECK (total_calls >= 0)
) STRICT;
INSERT INTO account_calls (account_id, total_calls)
SELECT account_id, sum(total_calls) FROM campaign_counters GROUP BY account_id;

CREATE TRIGGER a_call_counts_for_its_account AFTER UPDATE OF total_calls ON campaign_counters
WHEN NEW.total_calls <> OLD.total_calls
BEGIN
  INSERT INTO account_calls (account_id, total_calls) VALUES (NEW.account_id, NEW.total_calls - OLD.total_calls)
  ON CONFLICT (account_id) DO UPDATE SET total_calls = total_calls + NEW.total_calls - OLD.total_calls;
END;
CREATE TRIGGER calls_go_with_their_campaign AFTER DELETE ON campaign_counters
BEGIN
  UPDATE account_calls SET total_calls = total_calls - OLD.total_calls WHERE account_id = OLD.account_id;
END;
