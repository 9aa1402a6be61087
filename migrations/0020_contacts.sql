-- What an import reads and how its file is made up, so that its bad rows can be handed back as they came.
ALTER TABLE imports ADD COLUMN columns TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(columns));
CREATE INDEX imports_unfinished ON imports (updated_at) WHERE status = 'running';

-- A list or a greeting that goes takes its name off the campaigns that are over; one that is still needed cannot go (the verbs ask first).
CREATE INDEX campaigns_by_list ON campaigns (account_id, contact_list_id) WHERE contact_list_id IS NOT NULL;
CREATE INDEX campaigns_by_greeting ON campaigns (account_id, greeting_file_id) WHERE greeting_file_id IS NOT NULL;
CREATE INDEX campaigns_by_transfer ON campaigns (account_id, transfer_number_id) WHERE transfer_number_id IS NOT NULL;
CREATE TRIGGER a_list_leaves_its_campaigns BEFORE DELETE ON contact_lists
BEGIN
  UPDATE campaigns SET contact_list_id = NULL
  WHERE account_id = OLD.account_id AND contact_list_id = OLD.id AND status NOT IN ('scheduled', 'running', 'paused');
END;
CREATE TRIGGER a_greeting_leaves_its_campaigns BEFORE DELETE ON greeting_files
BEGIN
  UPDATE campaigns SET greeting_file_id = NULL
  WHERE account_id = OLD.account_id AND greeting_file_id = OLD.id AND status NOT IN ('scheduled', 'running', 'paused');
END;
CREATE TRIGGER a_transfer_number_leaves_its_campaigns BEFORE DELETE ON transfer_numbers
BEGIN
  UPDATE campaigns SET transfer_number_id = NULL
  WHERE account_id = OLD.account_id AND transfer_number_id = OLD.id AND status NOT IN ('scheduled', 'running', 'paused');
END;
