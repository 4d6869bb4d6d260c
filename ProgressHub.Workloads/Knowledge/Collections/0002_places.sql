-- Where in its file a passage stands: the page or slide, and the line or row.
ALTER TABLE passages ADD COLUMN page INTEGER;
ALTER TABLE passages ADD COLUMN line INTEGER;
