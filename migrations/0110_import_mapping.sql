-- What each column of a file was taken for, so that a row is mended as it was read; the file's name; and, of the rows that are kept for
-- mending, how many have which reason.
ALTER TABLE imports ADD COLUMN filename TEXT NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN fields TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(fields));
ALTER TABLE imports ADD COLUMN reasons TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(reasons));
