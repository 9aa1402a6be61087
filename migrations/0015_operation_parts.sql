-- A batch is an operation of parts: each part ends on its own, the whole is what they came to.
ALTER TABLE operations ADD COLUMN parent_id TEXT;
CREATE INDEX operations_of_parent ON operations (account_id, parent_id, id) WHERE parent_id IS NOT NULL;
