-- Who talks with the caller now; the first who answered stays in answered_user_id. Both see the call, whoever has its line.
ALTER TABLE calls ADD COLUMN talking_user_id TEXT;
CREATE INDEX calls_of_answerer ON calls (account_id, answered_user_id, id) WHERE answered_user_id IS NOT NULL;
CREATE INDEX calls_of_talker ON calls (account_id, talking_user_id, id) WHERE talking_user_id IS NOT NULL;
