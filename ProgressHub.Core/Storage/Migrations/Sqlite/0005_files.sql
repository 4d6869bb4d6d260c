-- Files: uploaded ones, and those that jobs made. Their bytes are in the blob folder under the same id; a row is there
-- before its bytes are, and file_removals keeps an id until its bytes are gone.

CREATE TABLE files (
  id           TEXT    PRIMARY KEY NOT NULL,
  owner        TEXT    NOT NULL,
  name         TEXT    NOT NULL,                        -- what the sender called it; never a path
  media_type   TEXT    NOT NULL,                        -- judged by its bytes
  length       INTEGER,                                 -- as it was said, or as it is; null while neither is known
  received     INTEGER NOT NULL,                        -- what is on disk for certain
  resumable    INTEGER NOT NULL,
  used         INTEGER NOT NULL,                        -- whether a job names it; it goes with the last one
  created_at   INTEGER NOT NULL,
  touched_at   INTEGER NOT NULL,
  completed_at INTEGER
);

-- Those under way or unused: what an owner may have few of, and what is swept when its time is over.
CREATE INDEX files_open ON files (owner) WHERE completed_at IS NULL OR used = 0;
CREATE INDEX files_stale ON files (touched_at) WHERE completed_at IS NULL OR used = 0;

CREATE TABLE job_files (
  job     INTEGER NOT NULL,
  file    TEXT    NOT NULL,
  derived TEXT,                                         -- the name the job's work gave it; null where the input names it
  PRIMARY KEY (job, file)
) WITHOUT ROWID;
CREATE INDEX job_files_by_file ON job_files (file);
CREATE UNIQUE INDEX job_files_derived ON job_files (job, derived) WHERE derived IS NOT NULL;

CREATE TABLE file_removals (id TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID;

-- How many bytes all files have, kept by triggers for the same reason as job_counts.
CREATE TABLE file_bytes (id INTEGER PRIMARY KEY, n INTEGER NOT NULL);
INSERT INTO file_bytes (id, n) VALUES (1, 0);

CREATE TRIGGER files_counted_in AFTER INSERT ON files BEGIN
  UPDATE file_bytes SET n = n + COALESCE(NEW.length, NEW.received) WHERE id = 1;
END;

CREATE TRIGGER files_counted_on AFTER UPDATE OF length, received ON files BEGIN
  UPDATE file_bytes SET n = n - COALESCE(OLD.length, OLD.received) + COALESCE(NEW.length, NEW.received) WHERE id = 1;
END;

CREATE TRIGGER files_counted_out AFTER DELETE ON files BEGIN
  UPDATE file_bytes SET n = n - COALESCE(OLD.length, OLD.received) WHERE id = 1;
END;
