-- How a file is to be read, where somebody said so: by the id of the table that comes of it.
CREATE TABLE IF NOT EXISTS readings (
  id TEXT PRIMARY KEY,
  reading TEXT NOT NULL
) WITHOUT ROWID;
