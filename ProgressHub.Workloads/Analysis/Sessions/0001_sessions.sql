CREATE TABLE IF NOT EXISTS tables (
  id TEXT PRIMARY KEY,
  profile TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS sources (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS sessions (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  data_id TEXT NOT NULL,
  data_name TEXT NOT NULL,
  sample TEXT,
  choices TEXT NOT NULL DEFAULT '{}',
  created_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS sessions_by_owner ON sessions (owner, created_at);

CREATE TABLE IF NOT EXISTS answers (
  job_id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  session_id TEXT,
  data_id TEXT NOT NULL,
  engine TEXT NOT NULL,
  normalized TEXT NOT NULL,
  question TEXT NOT NULL,
  embedder TEXT NOT NULL,
  embedding BLOB NOT NULL,
  choices TEXT NOT NULL,
  result BLOB NOT NULL,
  answered_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS answers_by_question ON answers (owner, data_id, normalized);
CREATE INDEX IF NOT EXISTS answers_by_age ON answers (owner, answered_at);
CREATE INDEX IF NOT EXISTS answers_by_session ON answers (session_id);

-- Sessions that a client names itself, and how far their log was cleared.
ALTER TABLE sessions ADD COLUMN chosen TEXT;
ALTER TABLE sessions ADD COLUMN file TEXT;
ALTER TABLE sessions ADD COLUMN cleared_job TEXT;
ALTER TABLE sessions ADD COLUMN cleared_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN cleared_at INTEGER NOT NULL DEFAULT 0;
