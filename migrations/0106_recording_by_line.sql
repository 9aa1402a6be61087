-- What a line records, where that is not what its account records: NULL is as the account has it.
CREATE TABLE line_recording (
  number_id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  record_inbound INTEGER CHECK (record_inbound IN (0, 1)),
  record_outbound INTEGER CHECK (record_outbound IN (0, 1)),
  announce INTEGER CHECK (announce IN (0, 1)),
  announcement TEXT CHECK (length(announcement) BETWEEN 1 AND 500),
  updated_at INTEGER NOT NULL,
  FOREIGN KEY (account_id, number_id) REFERENCES numbers (account_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX line_recording_of_account ON line_recording (account_id, number_id);
