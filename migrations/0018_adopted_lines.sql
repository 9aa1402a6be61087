-- What a line was set to at the carrier before it was adopted; NULL for one that was bought.
ALTER TABLE numbers ADD COLUMN settings_before TEXT CHECK (settings_before IS NULL OR json_valid(settings_before));
CREATE INDEX numbers_released ON numbers (released_at) WHERE released_at IS NOT NULL;
