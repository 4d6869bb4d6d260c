-- Sessions that a client names itself, and how far their log was cleared.
ALTER TABLE sessions ADD COLUMN chosen TEXT;
ALTER TABLE sessions ADD COLUMN file TEXT;
ALTER TABLE sessions ADD COLUMN cleared_job TEXT;
ALTER TABLE sessions ADD COLUMN cleared_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN cleared_at INTEGER NOT NULL DEFAULT 0;
