-- Who besides the account's owner is told of an event: a user's id, '*' for everybody; NULL for nobody else.
ALTER TABLE outbox ADD COLUMN audience TEXT;
