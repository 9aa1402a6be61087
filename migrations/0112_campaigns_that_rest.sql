-- Until when a running campaign has nobody to call, say overnight: meanwhile the others have its share of the carrier's rate, and the
-- clock lets its dialer sleep.
ALTER TABLE campaigns ADD COLUMN resting_until INTEGER;
