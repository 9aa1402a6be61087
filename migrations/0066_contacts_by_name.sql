-- People are found by how their first or their last name begins, in whatever case it is typed.
CREATE INDEX contacts_by_first_name ON contacts (account_id, first_name COLLATE NOCASE) WHERE first_name <> '';
CREATE INDEX contacts_by_last_name ON contacts (account_id, last_name COLLATE NOCASE) WHERE last_name <> '';
